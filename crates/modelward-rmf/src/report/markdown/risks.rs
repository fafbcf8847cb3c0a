use modelward_artifact::escape::Markdown;

use crate::report::markdown::writer::Writer;
use crate::report::markdown::{day, header, heading};
use crate::report::risks::map::RiskMap;
use crate::report::risks::treatment::{ActionView, TreatmentView};
use crate::report::risks::{LevelView, RiskRow, Risks};

/// Writes the register's figures and its worst risks.
pub(super) fn write(writer: &mut Writer, risks: Option<&Risks>) {
    heading(writer, 2, "Risks");
    let Some(risks) = risks else {
        let absent = "No risk register was given, so nothing is said about risks.";
        writer.paragraph(&Markdown::ours(absent));
        return;
    };
    let title = Markdown::text(&risks.title);
    writer.paragraph(&Markdown::joined(
        [title, Markdown::text(&risks.lead)],
        ". ",
    ));
    for map in &risks.maps {
        heat_map(writer, map);
    }
    if !risks.opportunities.is_empty() {
        writer.paragraph(&Markdown::text(&risks.opportunities));
    }
    heading(writer, 3, "Top risks");
    writer.paragraph(&Markdown::text(&risks.top_note));
    if !risks.top.is_empty() {
        let columns = [
            "Risk",
            "What may happen",
            "Current",
            "Residual",
            "Treatment",
            "Owner",
            "Review by",
        ];
        writer.table(header(columns), risks.top.iter().map(top));
    }
    due(writer, risks);
}

/// Writes the table of all risks.
pub(super) fn all(writer: &mut Writer, risks: &Risks) {
    heading(writer, 2, "All risks");
    if risks.all.is_empty() {
        writer.paragraph(&Markdown::ours("The register holds no risk."));
        return;
    }
    let columns = [
        "Risk",
        "Kind",
        "What may happen",
        "Status",
        "Inherent",
        "Current",
        "Residual",
        "Treatment",
        "Owner",
        "Review by",
        "Bears on",
    ];
    writer.table(header(columns), risks.all.iter().map(row));
}

fn heat_map(writer: &mut Writer, map: &RiskMap) {
    heading(writer, 3, &map.caption);
    let corner = Markdown::ours("Likelihood, by impact rising to the right");
    let columns = map.columns.iter().map(|label| Markdown::text(label));
    let rows = map.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| {
            let mark = if cell.is_above_tolerance { " !" } else { "" };
            Markdown::text(&format!("{} {}{mark}", cell.count, cell.level))
        });
        [Markdown::bold(&row.label)]
            .into_iter()
            .chain(cells)
            .collect()
    });
    writer.columns(
        [corner].into_iter().chain(columns).collect(),
        rows.collect(),
    );
    let note = format!("{} Cells with ! lie above the tolerance.", map.note);
    writer.paragraph(&Markdown::text(&note));
}

fn top(risk: &RiskRow) -> [Markdown; 7] {
    let labelled = |label: &str, text: &str| Markdown::text(&format!("{label}: {text}"));
    let statement = [
        Markdown::text(&risk.event),
        labelled("Cause", &risk.cause),
        labelled("Consequence", &risk.consequence),
    ];
    [
        Markdown::bold(&risk.id),
        Markdown::joined(statement, "<br>"),
        level(&risk.current),
        level(&risk.residual),
        treatment(&risk.treatment),
        Markdown::text(&risk.owner),
        day(&risk.review),
    ]
}

fn due(writer: &mut Writer, risks: &Risks) {
    let days = risks.soon_days;
    heading(writer, 3, &format!("Overdue or due within {days} days"));
    if risks.due.is_empty() {
        let none = format!("Nothing of the register is overdue or due within {days} days.");
        writer.paragraph(&Markdown::text(&none));
        return;
    }
    let rows = risks.due.iter();
    let rows = rows.map(|due| {
        [
            day(&due.day),
            Markdown::bold(&due.risk),
            Markdown::text(&due.item),
        ]
    });
    writer.table(header(["Day", "Risk", "What"]), rows);
}

fn row(risk: &RiskRow) -> [Markdown; 11] {
    let links = risk.links.iter().map(|link| Markdown::text(link));
    let event = [Markdown::text(&risk.event)].into_iter().chain(links);
    let outcomes = risk.outcomes.iter();
    let outcomes = outcomes.map(|(outcome, _)| Markdown::text(&outcome.to_string()));
    let label = |level: &LevelView| Markdown::text(&level.label);
    let treatment = [
        Markdown::text(&risk.treatment.kind),
        Markdown::bold(&risk.treatment.warning),
    ];
    [
        Markdown::bold(&risk.id),
        Markdown::text(&risk.kind),
        Markdown::joined(event, "<br>"),
        Markdown::text(&risk.status),
        label(&risk.inherent),
        label(&risk.current),
        label(&risk.residual),
        Markdown::joined(treatment, "<br>"),
        Markdown::text(&risk.owner),
        day(&risk.review),
        Markdown::joined(outcomes, "<br>"),
    ]
}

fn level(level: &LevelView) -> Markdown {
    let parts = [Markdown::bold(&level.label), Markdown::text(&level.rating)];
    Markdown::joined(parts, "<br>")
}

fn treatment(treatment: &TreatmentView) -> Markdown {
    let head = [
        Markdown::bold(&treatment.kind),
        Markdown::bold(&treatment.warning),
    ];
    let lines = treatment.lines.iter().map(|line| Markdown::text(line));
    let actions = treatment.actions.iter().map(action);
    let parts = head.into_iter().chain(lines).chain(actions);
    Markdown::joined(parts, "<br>")
}

fn action(action: &ActionView) -> Markdown {
    let mut facts = vec![action.state.as_str(), action.who.as_str()];
    if !action.due.is_empty() {
        facts.push(&action.due);
    }
    let line = format!("{} {} ({})", action.id, action.what, facts.join("; "));
    Markdown::text(&line)
}
