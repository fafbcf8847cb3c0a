use std::fmt::Write as _;

use modelward_artifact::escape::Markdown;

use super::form::{OecdForm, OecdRow};
use super::labels::{dimension, label};
use crate::IncidentId;

pub(super) fn written(incident: &IncidentId, form: &OecdForm) -> String {
    let mut out = format!(
        "# Incident {}: form of the OECD\n",
        Markdown::line(incident.as_str())
    );
    let missing: Vec<String> = form.missing().map(|it| it.number().to_string()).collect();
    out.push('\n');
    out.push_str(&match missing.as_slice() {
        [] => "Every mandatory criterion (marked `*`) has an answer.\n".to_owned(),
        _ => format!(
            "Mandatory criteria (marked `*`) without an answer: **{}**.\n",
            missing.join(", ")
        ),
    });
    for rows in form
        .rows()
        .chunk_by(|one, other| dimension(one.criterion()) == dimension(other.criterion()))
    {
        let _ = write!(
            out,
            "\n## {}\n\n| # | Criterion | Answer | Status | Source |\n|---|---|---|---|---|\n",
            rows.first().map_or("", |row| dimension(row.criterion()))
        );
        out.extend(rows.iter().map(line));
    }
    out
}

fn line(row: &OecdRow) -> String {
    let answers = row.answers().iter();
    let answers = answers.map(|answer| Markdown::text(answer));
    let mark = if row.criterion().is_mandatory() {
        r"\*"
    } else {
        ""
    };
    format!(
        "| {}{mark} | {} | {} | {} | {} |\n",
        row.criterion().number(),
        label(row.criterion()),
        Markdown::joined(answers, "<br>"),
        row.status().name(),
        Markdown::text(row.note()),
    )
}
