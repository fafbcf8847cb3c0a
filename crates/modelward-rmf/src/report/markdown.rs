mod risks;
mod writer;

use modelward_artifact::escape::Markdown;

use crate::report::evidence::EvidenceRow;
use crate::report::facts::{Fact, RECOMPUTE};
use crate::report::findings::{FindingRow, Group};
use crate::report::gaps::Gaps;
use crate::report::legend::Legend;
use crate::report::markdown::writer::Writer;
use crate::report::outcomes::{FunctionTable, GoalView, OutcomeRow};
use crate::report::state::State;
use crate::report::view::View;
use crate::report::words::Deadline;

/// Writes the document.
pub(super) fn write(view: &View) -> String {
    let mut writer = Writer::default();
    let name = Markdown::text(&view.facts.name);
    let title = [Markdown::ours("AI risk assessment of"), name];
    writer.heading(1, &Markdown::joined(title, " "));
    writer.paragraph(&Markdown::ours(
        "Assessed against the NIST AI RMF 1.0, which is voluntary; this is no statement of \
         conformity.",
    ));
    summary(&mut writer, view);
    functions(&mut writer, view);
    gaps(&mut writer, &view.gaps);
    risks::write(&mut writer, view.risks.as_ref());
    findings(&mut writer, &view.findings);
    outcomes(&mut writer, &view.outcomes);
    evidence(&mut writer, &view.evidence);
    if let Some(risks) = &view.risks {
        risks::all(&mut writer, risks);
    }
    limits(&mut writer, &view.legend);
    scale(&mut writer, &view.legend);
    glossary(&mut writer, &view.legend);
    let now = Markdown::text(&view.facts.now);
    let end = [
        Markdown::ours("Report as of"),
        now,
        Markdown::ours(
            "written by modelward-rmf. Summaries of outcomes are its own words and not those of \
             NIST.",
        ),
    ];
    writer.paragraph(&Markdown::joined(end, " "));
    writer.finish()
}

fn summary(writer: &mut Writer, view: &View) {
    heading(writer, 2, "Summary");
    writer.paragraph(&Markdown::bold(&view.verdict.sentence));
    let attention = &view.verdict.attention;
    if !attention.is_empty() {
        heading(writer, 3, "Needs attention");
        writer.list(attention.iter().map(|it| Markdown::text(&it.text)));
    }
    heading(writer, 3, "What was assessed");
    facts(writer, &view.facts.subject);
    heading(writer, 3, "By whom and when");
    facts(writer, &view.facts.work);
    heading(writer, 3, "How to see that nothing was changed");
    facts(writer, &view.facts.seals);
    writer.paragraph(&Markdown::ours(
        "A seal is the SHA-256 digest of the JSON document in its canonical form (RFC 8785). \
         Anybody who has the document as it was exported can recompute it, for instance with \
         Python and its package `rfc8785`:",
    ));
    writer.command(RECOMPUTE);
    writer.paragraph(&Markdown::ours(
        "The seal says nothing about who wrote the document until somebody signs it.",
    ));
}

fn facts(writer: &mut Writer, facts: &[Fact]) {
    let row = |fact: &Fact| {
        let value = if fact.is_code {
            Markdown::code(&fact.value)
        } else {
            Markdown::text(&fact.value)
        };
        [Markdown::text(fact.label), value]
    };
    writer.table(header(["Fact", "Value"]), facts.iter().map(row));
}

fn functions(writer: &mut Writer, view: &View) {
    heading(writer, 2, "Outcomes by function");
    let rows = view.bars.iter().map(|bar| {
        let counts = bar.segments.iter().map(|part| part.count);
        let counts = counts.chain([bar.total]);
        let counts = counts.map(|count| Markdown::text(&count.to_string()));
        let name = Markdown::bold(bar.function);
        [name].into_iter().chain(counts).collect()
    });
    let states = State::ALL.map(|state| Markdown::text(state.label()));
    let [function, all] = header(["Function", "All"]);
    let columns = [function].into_iter().chain(states).chain([all]);
    writer.columns(columns.collect(), rows.collect());
}

fn gaps(writer: &mut Writer, gaps: &Gaps) {
    heading(writer, 2, "Top gaps");
    writer.paragraph(&Markdown::text(&gaps.lead));
    if gaps.shown == 0 {
        return;
    }
    let rows = gaps.top().iter().map(|gap| {
        [
            Markdown::bold(&gap.id.to_string()),
            Markdown::text(gap.summary),
            Markdown::text(&gap.now),
            Markdown::text(&gap.goal),
            Markdown::text(gap.priority),
            day(&gap.due),
        ]
    });
    let columns = ["Outcome", "In our words", "Now", "Goal", "Priority", "Due"];
    writer.table(header(columns), rows);
}

fn findings(writer: &mut Writer, groups: &[Group]) {
    heading(writer, 2, "Findings of the checks");
    if groups.is_empty() {
        writer.paragraph(&Markdown::ours(
            "No checks were given, so nothing is said about what they would find.",
        ));
    }
    for group in groups {
        heading(writer, 3, &group.title);
        if group.rows.is_empty() {
            writer.paragraph(&Markdown::ours("Nothing was found."));
        } else {
            writer.paragraph(&Markdown::text(&format!("Found: {}.", group.tally())));
            let row = |row: &FindingRow| {
                [
                    Markdown::bold(&row.severity),
                    Markdown::text(&row.place),
                    Markdown::text(&row.message),
                    Markdown::code(&row.code),
                ]
            };
            let columns = ["Severity", "Where", "What", "Code"];
            writer.table(header(columns), group.rows.iter().map(row));
        }
        if !group.unchecked.is_empty() {
            writer.paragraph(&Markdown::ours("Not looked at:"));
            writer.list(group.unchecked.iter().map(|line| Markdown::text(line)));
        }
    }
}

fn outcomes(writer: &mut Writer, tables: &[FunctionTable]) {
    heading(writer, 2, "All outcomes");
    writer.paragraph(&Markdown::ours(
        "The 72 subcategories of the framework in its order. Their summaries are a reading aid in \
         our words; the wording that counts is in NIST AI 100-1.",
    ));
    let columns = [
        "Outcome",
        "In our words",
        "Determination",
        "Why",
        "Evidence",
        "Goal",
    ];
    for table in tables {
        heading(writer, 3, &format!("{}: {}", table.function, table.summary));
        writer.table(header(columns), table.rows.iter().map(outcome));
    }
}

fn outcome(row: &OutcomeRow) -> [Markdown; 6] {
    let level = match row.level.as_str() {
        "" => String::new(),
        level => format!("Level: {level}"),
    };
    let state = format!("{} {}", row.state.sign(), row.state.label());
    let stated = [
        Markdown::text(&state),
        Markdown::text(&level),
        Markdown::text(row.confidence),
    ];
    let notes = row.notes.iter().map(|note| Markdown::text(note));
    let reasons = [Markdown::text(&row.reason)].into_iter().chain(notes);
    let evidence = row.evidence.iter().map(|id| Markdown::text(id));
    let goal = row.goal.as_ref().map(|it| goal(it, row.is_open));
    [
        Markdown::bold(&row.id.to_string()),
        Markdown::text(row.summary),
        Markdown::joined(stated, "<br>"),
        Markdown::joined(reasons, "<br>"),
        Markdown::joined(evidence, ", "),
        goal.unwrap_or_else(|| Markdown::ours("None")),
    ]
}

fn goal(goal: &GoalView, is_open: bool) -> Markdown {
    let due = goal.due.as_ref().map(|due| {
        if is_open {
            day(due)
        } else {
            Markdown::text(&due.on)
        }
    });
    let parts = [
        Markdown::text(&goal.level),
        Markdown::text(&format!("{} priority", goal.priority)),
        due.unwrap_or_default(),
        Markdown::text(&goal.reason),
    ];
    Markdown::joined(parts, "<br>")
}

fn evidence(writer: &mut Writer, evidence: &[EvidenceRow]) {
    heading(writer, 2, "Evidence");
    if evidence.is_empty() {
        writer.paragraph(&Markdown::ours("The assessment has no evidence."));
        return;
    }
    let columns = [
        "Id",
        "Source",
        "Method",
        "Collected",
        "Expires",
        "Digest",
        "Bears on",
    ];
    writer.table(header(columns), evidence.iter().map(piece));
}

fn piece(row: &EvidenceRow) -> [Markdown; 7] {
    let details = row.details.iter().map(|line| Markdown::text(line));
    let source = [Markdown::text(&row.source)].into_iter().chain(details);
    let future = row
        .is_in_future
        .then(|| Markdown::bold("after this report"));
    let collected = [
        Markdown::text(&row.collected),
        future.unwrap_or_default(),
        Markdown::text(&format!("by {}", row.collector)),
    ];
    let digest = row.digest.as_deref().map(Markdown::code);
    let bears_on = row.bears_on.iter();
    let bears_on = bears_on.map(|it| Markdown::text(&format!("{} {}", it.verb, it.outcome)));
    [
        Markdown::bold(&row.id),
        Markdown::joined(source, "<br>"),
        Markdown::text(row.method),
        Markdown::joined(collected, "<br>"),
        day(&row.expires),
        digest.unwrap_or_else(|| Markdown::ours("None")),
        Markdown::joined(bears_on, "<br>"),
    ]
}

fn limits(writer: &mut Writer, legend: &Legend) {
    heading(writer, 2, "What tools cannot show");
    writer.paragraph(&Markdown::ours(
        "Most outcomes are of an organization. Tools can support a rating there, but no tool \
         proves it. How much tooling can show is our judgement and says nothing of this system.",
    ));
    let rows = legend.tools.iter().map(|row| {
        let outcomes = row.outcomes.iter();
        let outcomes = outcomes.map(|outcome| Markdown::text(&outcome.to_string()));
        [
            Markdown::bold(row.label),
            Markdown::text(&row.count.to_string()),
            Markdown::text(&row.met.to_string()),
            Markdown::text(row.meaning),
            Markdown::joined(outcomes, ", "),
        ]
    });
    let columns = [
        "Evidence of tools",
        "Outcomes",
        "Met here",
        "What it means",
        "Which",
    ];
    writer.table(header(columns), rows);
}

fn scale(writer: &mut Writer, legend: &Legend) {
    heading(writer, 2, "Scale and matrix");
    heading(writer, 3, "Rating scale");
    let scale = format!("Levels of {}, from the lowest on:", legend.scale);
    writer.paragraph(&Markdown::text(&scale));
    let rows = legend
        .levels
        .iter()
        .map(|level| [&level.label, level.reached, &level.criterion].map(Markdown::text));
    let columns = ["Level", "Outcome", "What has to be the case"];
    writer.table(header(columns), rows);
    if !legend.axes.is_empty() {
        heading(writer, 3, "Risk matrix");
        let rows = legend.risk_levels.iter();
        let rows = rows.map(|level| [&level.label, level.standing].map(Markdown::text));
        let columns = ["Level of risk", "How it stands to appetite and tolerance"];
        writer.table(header(columns), rows);
        let rows = legend.axes.iter();
        let rows = rows.map(|it| [it.axis, &it.label, &it.criterion].map(Markdown::text));
        let columns = ["Axis", "Level", "What has to be the case"];
        writer.table(header(columns), rows);
    }
}

fn glossary(writer: &mut Writer, legend: &Legend) {
    heading(writer, 2, "Glossary");
    let terms = legend.glossary.iter().map(|(term, meaning)| {
        Markdown::joined([Markdown::bold(term), Markdown::text(meaning)], ": ")
    });
    writer.list(terms);
}

/// Writes a day, and in bold how late it is.
fn day(day: &Deadline) -> Markdown {
    Markdown::joined([Markdown::text(&day.on), Markdown::bold(&day.late)], "<br>")
}

fn heading(writer: &mut Writer, level: usize, text: &str) {
    writer.heading(level, &Markdown::text(text));
}

fn header<const N: usize>(columns: [&str; N]) -> [Markdown; N] {
    columns.map(Markdown::text)
}
