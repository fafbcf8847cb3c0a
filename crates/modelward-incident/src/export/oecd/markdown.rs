use std::fmt::Write as _;

use modelward_artifact::escape::Markup;

use super::form::{OecdForm, OecdRow};
use super::labels::{dimension, label};
use crate::IncidentId;

pub(super) fn written(incident: &IncidentId, form: &OecdForm) -> String {
    let mut out = format!("# Incident {}: form of the OECD\n", cell(incident.as_str()));
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
    let answers: Vec<String> = row.answers().iter().map(|answer| cell(answer)).collect();
    let mark = if row.criterion().is_mandatory() {
        r"\*"
    } else {
        ""
    };
    format!(
        "| {}{mark} | {} | {} | {} | {} |\n",
        row.criterion().number(),
        label(row.criterion()),
        answers.join("<br>"),
        row.status().name(),
        cell(row.note()),
    )
}

/// Escapes a text so that it makes no markup and stays in its cell; breaks of lines become `<br>`.
fn cell(text: &str) -> String {
    let lines = text.lines().map(str::trim);
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).map(escaped).collect();
    lines.join("<br>")
}

fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    for (at, c) in line.char_indices() {
        let before = &line.as_bytes()[..at];
        let is_link = match c {
            ':' => line[at..].starts_with("://"),
            '.' => before.len() >= 3 && before[at - 3..].eq_ignore_ascii_case(b"www"),
            // Addresses of mail become links too.
            '@' => true,
            _ => false,
        };
        if is_link || r"\`*_[]|~$^#".contains(c) {
            out.push('\\');
            out.push(c);
        } else {
            // The backslash of what is shown in place of a character is escaped in its turn.
            let shown = Markup(c.encode_utf8(&mut [0; 4])).to_string();
            out.push_str(&shown.replace('\\', r"\\"));
        }
    }
    out
}
