use crate::report::markdown::text::Inline;
use crate::report::markdown::writer::Writer;
use crate::report::markdown::{day, header, heading};
use crate::report::risks::map::HeatMap;
use crate::report::risks::treatment::{ActionView, TreatmentView};
use crate::report::risks::{LevelView, RiskRow, Risks};

/// Writes the register's figures and its worst risks.
pub(super) fn write(writer: &mut Writer, risks: Option<&Risks>) {
    heading(writer, 2, "Risks");
    let Some(risks) = risks else {
        let absent = "No risk register was given, so nothing is said about risks.";
        writer.paragraph(&Inline::ours(absent));
        return;
    };
    let title = Inline::text(&risks.title);
    writer.paragraph(&Inline::joined([title, Inline::text(&risks.lead)], ". "));
    for map in &risks.maps {
        heat_map(writer, map);
    }
    if !risks.opportunities.is_empty() {
        writer.paragraph(&Inline::text(&risks.opportunities));
    }
    heading(writer, 3, "Top risks");
    writer.paragraph(&Inline::text(&risks.top_note));
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
        writer.paragraph(&Inline::ours("The register holds no risk."));
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

fn heat_map(writer: &mut Writer, map: &HeatMap) {
    heading(writer, 3, &map.caption);
    let corner = Inline::ours("Likelihood, by impact rising to the right");
    let columns = map.columns.iter().map(|label| Inline::text(label));
    let rows = map.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| {
            let mark = if cell.is_above_tolerance { " !" } else { "" };
            Inline::text(&format!("{} {}{mark}", cell.count, cell.level))
        });
        [Inline::bold(&row.label)]
            .into_iter()
            .chain(cells)
            .collect()
    });
    writer.columns(
        [corner].into_iter().chain(columns).collect(),
        rows.collect(),
    );
    let note = format!("{} Cells with ! lie above the tolerance.", map.note);
    writer.paragraph(&Inline::text(&note));
}

fn top(risk: &RiskRow) -> [Inline; 7] {
    let labelled = |label: &str, text: &str| Inline::text(&format!("{label}: {text}"));
    let statement = [
        Inline::text(&risk.event),
        labelled("Cause", &risk.cause),
        labelled("Consequence", &risk.consequence),
    ];
    [
        Inline::bold(&risk.id),
        Inline::joined(statement, "<br>"),
        level(&risk.current),
        level(&risk.residual),
        treatment(&risk.treatment),
        Inline::text(&risk.owner),
        day(&risk.review),
    ]
}

fn due(writer: &mut Writer, risks: &Risks) {
    let days = risks.soon_days;
    heading(writer, 3, &format!("Overdue or due within {days} days"));
    if risks.due.is_empty() {
        let none = format!("Nothing of the register is overdue or due within {days} days.");
        writer.paragraph(&Inline::text(&none));
        return;
    }
    let rows = risks.due.iter();
    let rows = rows.map(|due| {
        [
            day(&due.day),
            Inline::bold(&due.risk),
            Inline::text(&due.item),
        ]
    });
    writer.table(header(["Day", "Risk", "What"]), rows);
}

fn row(risk: &RiskRow) -> [Inline; 11] {
    let links = risk.links.iter().map(|link| Inline::text(link));
    let event = [Inline::text(&risk.event)].into_iter().chain(links);
    let outcomes = risk.outcomes.iter();
    let outcomes = outcomes.map(|(outcome, _)| Inline::text(&outcome.to_string()));
    let label = |level: &LevelView| Inline::text(&level.label);
    let treatment = [
        Inline::text(&risk.treatment.kind),
        Inline::bold(&risk.treatment.warning),
    ];
    [
        Inline::bold(&risk.id),
        Inline::text(&risk.kind),
        Inline::joined(event, "<br>"),
        Inline::text(&risk.status),
        label(&risk.inherent),
        label(&risk.current),
        label(&risk.residual),
        Inline::joined(treatment, "<br>"),
        Inline::text(&risk.owner),
        day(&risk.review),
        Inline::joined(outcomes, "<br>"),
    ]
}

fn level(level: &LevelView) -> Inline {
    let parts = [Inline::bold(&level.label), Inline::text(&level.rating)];
    Inline::joined(parts, "<br>")
}

fn treatment(treatment: &TreatmentView) -> Inline {
    let head = [
        Inline::bold(&treatment.kind),
        Inline::bold(&treatment.warning),
    ];
    let lines = treatment.lines.iter().map(|line| Inline::text(line));
    let actions = treatment.actions.iter().map(action);
    let parts = head.into_iter().chain(lines).chain(actions);
    Inline::joined(parts, "<br>")
}

fn action(action: &ActionView) -> Inline {
    let mut facts = vec![action.state.as_str(), action.who.as_str()];
    if !action.due.is_empty() {
        facts.push(&action.due);
    }
    let line = format!("{} {} ({})", action.id, action.what, facts.join("; "));
    Inline::text(&line)
}
