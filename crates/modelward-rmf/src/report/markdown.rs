mod risks;
mod text;
mod writer;

use crate::report::evidence::EvidenceRow;
use crate::report::facts::{Fact, RECOMPUTE};
use crate::report::findings::{FindingRow, Group};
use crate::report::gaps::Gaps;
use crate::report::legend::Legend;
use crate::report::markdown::text::Inline;
use crate::report::markdown::writer::Writer;
use crate::report::outcomes::{FunctionTable, GoalView, OutcomeRow};
use crate::report::state::State;
use crate::report::view::View;
use crate::report::words::Deadline;

/// Writes the document.
pub(super) fn write(view: &View) -> String {
    let mut writer = Writer::default();
    let name = Inline::text(&view.facts.name);
    let title = [Inline::ours("AI risk assessment of"), name];
    writer.heading(1, &Inline::joined(title, " "));
    writer.paragraph(&Inline::ours(
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
    let now = Inline::text(&view.facts.now);
    let end = [
        Inline::ours("Report as of"),
        now,
        Inline::ours(
            "written by modelward-rmf. Summaries of outcomes are its own words and not those of \
             NIST.",
        ),
    ];
    writer.paragraph(&Inline::joined(end, " "));
    writer.finish()
}

fn summary(writer: &mut Writer, view: &View) {
    heading(writer, 2, "Summary");
    writer.paragraph(&Inline::bold(&view.verdict.sentence));
    let attention = &view.verdict.attention;
    if !attention.is_empty() {
        heading(writer, 3, "Needs attention");
        writer.list(attention.iter().map(|it| Inline::text(&it.text)));
    }
    heading(writer, 3, "What was assessed");
    facts(writer, &view.facts.subject);
    heading(writer, 3, "By whom and when");
    facts(writer, &view.facts.work);
    heading(writer, 3, "How to see that nothing was changed");
    facts(writer, &view.facts.seals);
    writer.paragraph(&Inline::ours(
        "A seal is the SHA-256 digest of the JSON document in its canonical form (RFC 8785). \
         Anybody who has the document as it was exported can recompute it, for instance with \
         Python and its package `rfc8785`:",
    ));
    writer.command(RECOMPUTE);
    writer.paragraph(&Inline::ours(
        "The seal says nothing about who wrote the document until somebody signs it.",
    ));
}

fn facts(writer: &mut Writer, facts: &[Fact]) {
    let row = |fact: &Fact| {
        let value = if fact.is_code {
            Inline::code(&fact.value)
        } else {
            Inline::text(&fact.value)
        };
        [Inline::text(fact.label), value]
    };
    writer.table(header(["Fact", "Value"]), facts.iter().map(row));
}

fn functions(writer: &mut Writer, view: &View) {
    heading(writer, 2, "Outcomes by function");
    let rows = view.bars.iter().map(|bar| {
        let counts = bar.segments.iter().map(|part| part.count);
        let counts = counts.chain([bar.total]);
        let counts = counts.map(|count| Inline::text(&count.to_string()));
        let name = Inline::bold(bar.function);
        [name].into_iter().chain(counts).collect()
    });
    let states = State::ALL.map(|state| Inline::text(state.label()));
    let [function, all] = header(["Function", "All"]);
    let columns = [function].into_iter().chain(states).chain([all]);
    writer.columns(columns.collect(), rows.collect());
}

fn gaps(writer: &mut Writer, gaps: &Gaps) {
    heading(writer, 2, "Top gaps");
    writer.paragraph(&Inline::text(&gaps.lead));
    if gaps.shown == 0 {
        return;
    }
    let rows = gaps.top().iter().map(|gap| {
        [
            Inline::bold(&gap.id.to_string()),
            Inline::text(gap.summary),
            Inline::text(&gap.now),
            Inline::text(&gap.goal),
            Inline::text(gap.priority),
            day(&gap.due),
        ]
    });
    let columns = ["Outcome", "In our words", "Now", "Goal", "Priority", "Due"];
    writer.table(header(columns), rows);
}

fn findings(writer: &mut Writer, groups: &[Group]) {
    heading(writer, 2, "Findings of the checks");
    if groups.is_empty() {
        writer.paragraph(&Inline::ours(
            "No checks were given, so nothing is said about what they would find.",
        ));
    }
    for group in groups {
        heading(writer, 3, &group.title);
        if group.rows.is_empty() {
            writer.paragraph(&Inline::ours("Nothing was found."));
        } else {
            writer.paragraph(&Inline::text(&format!("Found: {}.", group.tally())));
            let row = |row: &FindingRow| {
                [
                    Inline::bold(&row.severity),
                    Inline::text(&row.place),
                    Inline::text(&row.message),
                    Inline::code(&row.code),
                ]
            };
            let columns = ["Severity", "Where", "What", "Code"];
            writer.table(header(columns), group.rows.iter().map(row));
        }
        if !group.unchecked.is_empty() {
            writer.paragraph(&Inline::ours("Not looked at:"));
            writer.list(group.unchecked.iter().map(|line| Inline::text(line)));
        }
    }
}

fn outcomes(writer: &mut Writer, tables: &[FunctionTable]) {
    heading(writer, 2, "All outcomes");
    writer.paragraph(&Inline::ours(
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

fn outcome(row: &OutcomeRow) -> [Inline; 6] {
    let level = match row.level.as_str() {
        "" => String::new(),
        level => format!("Level: {level}"),
    };
    let state = format!("{} {}", row.state.sign(), row.state.label());
    let stated = [
        Inline::text(&state),
        Inline::text(&level),
        Inline::text(row.confidence),
    ];
    let notes = row.notes.iter().map(|note| Inline::text(note));
    let reasons = [Inline::text(&row.reason)].into_iter().chain(notes);
    let evidence = row.evidence.iter().map(|id| Inline::text(id));
    let goal = row.goal.as_ref().map(|it| goal(it, row.is_open));
    [
        Inline::bold(&row.id.to_string()),
        Inline::text(row.summary),
        Inline::joined(stated, "<br>"),
        Inline::joined(reasons, "<br>"),
        Inline::joined(evidence, ", "),
        goal.unwrap_or_else(|| Inline::ours("None")),
    ]
}

fn goal(goal: &GoalView, is_open: bool) -> Inline {
    let due = goal.due.as_ref().map(|due| {
        if is_open {
            day(due)
        } else {
            Inline::text(&due.on)
        }
    });
    let parts = [
        Inline::text(&goal.level),
        Inline::text(&format!("{} priority", goal.priority)),
        due.unwrap_or_default(),
        Inline::text(&goal.reason),
    ];
    Inline::joined(parts, "<br>")
}

fn evidence(writer: &mut Writer, evidence: &[EvidenceRow]) {
    heading(writer, 2, "Evidence");
    if evidence.is_empty() {
        writer.paragraph(&Inline::ours("The assessment has no evidence."));
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

fn piece(row: &EvidenceRow) -> [Inline; 7] {
    let details = row.details.iter().map(|line| Inline::text(line));
    let source = [Inline::text(&row.source)].into_iter().chain(details);
    let future = row.is_in_future.then(|| Inline::bold("after this report"));
    let collected = [
        Inline::text(&row.collected),
        future.unwrap_or_default(),
        Inline::text(&format!("by {}", row.collector)),
    ];
    let digest = row.digest.as_deref().map(Inline::code);
    let bears_on = row.bears_on.iter();
    let bears_on = bears_on.map(|it| Inline::text(&format!("{} {}", it.verb, it.outcome)));
    [
        Inline::bold(&row.id),
        Inline::joined(source, "<br>"),
        Inline::text(row.method),
        Inline::joined(collected, "<br>"),
        day(&row.expires),
        digest.unwrap_or_else(|| Inline::ours("None")),
        Inline::joined(bears_on, "<br>"),
    ]
}

fn limits(writer: &mut Writer, legend: &Legend) {
    heading(writer, 2, "What tools cannot show");
    writer.paragraph(&Inline::ours(
        "Most outcomes are of an organization. Tools can support a rating there, but no tool \
         proves it. How much tooling can show is our judgement and says nothing of this system.",
    ));
    let rows = legend.tools.iter().map(|row| {
        let outcomes = row.outcomes.iter();
        let outcomes = outcomes.map(|outcome| Inline::text(&outcome.to_string()));
        [
            Inline::bold(row.label),
            Inline::text(&row.count.to_string()),
            Inline::text(&row.met.to_string()),
            Inline::text(row.meaning),
            Inline::joined(outcomes, ", "),
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
    writer.paragraph(&Inline::text(&scale));
    let rows = legend
        .levels
        .iter()
        .map(|level| [&level.label, level.reached, &level.criterion].map(Inline::text));
    let columns = ["Level", "Outcome", "What has to be the case"];
    writer.table(header(columns), rows);
    if !legend.axes.is_empty() {
        heading(writer, 3, "Risk matrix");
        let rows = legend.risk_levels.iter();
        let rows = rows.map(|level| [&level.label, level.standing].map(Inline::text));
        let columns = ["Level of risk", "How it stands to appetite and tolerance"];
        writer.table(header(columns), rows);
        let rows = legend.axes.iter();
        let rows = rows.map(|it| [it.axis, &it.label, &it.criterion].map(Inline::text));
        let columns = ["Axis", "Level", "What has to be the case"];
        writer.table(header(columns), rows);
    }
}

fn glossary(writer: &mut Writer, legend: &Legend) {
    heading(writer, 2, "Glossary");
    let terms = legend
        .glossary
        .iter()
        .map(|(term, meaning)| Inline::joined([Inline::bold(term), Inline::text(meaning)], ": "));
    writer.list(terms);
}

/// Writes a day, and in bold how late it is.
fn day(day: &Deadline) -> Inline {
    Inline::joined([Inline::text(&day.on), Inline::bold(&day.late)], "<br>")
}

fn heading(writer: &mut Writer, level: usize, text: &str) {
    writer.heading(level, &Inline::text(text));
}

fn header<const N: usize>(columns: [&str; N]) -> [Inline; N] {
    columns.map(Inline::text)
}
