//! What the commands about the AI RMF share: reading documents, the time, tables.

use std::fmt::Write as _;
use std::path::Path;

use modelward::artifact::escape::{Terminal, TerminalPath};
use modelward::artifact::{HashOptions, JsonLimits, read_file, write_atomically};
use modelward::rmf::csv::{Delimiter, Dialect};
use modelward::rmf::{Assessment, Party, RiskRegister};
use modelward::{Manifest, Timestamp};
use serde_json::json;

use crate::Answer;
use crate::clock;
use crate::failure::Failure;
use crate::progress::Progress;

/// The largest document that is read.
pub(crate) const MAX_BYTES: u64 = 64 << 20;

/// How many characters of a text a table shows, and of one in its last column.
const MAX_CELL: usize = 40;
const MAX_LAST_CELL: usize = 100;

#[derive(clap::Args)]
pub(crate) struct Clock {
    /// Answer as of this time, such as 2026-11-26T10:00:00Z, instead of by this machine's clock.
    #[arg(long, value_name = "TIME")]
    now: Option<Timestamp>,
}

impl Clock {
    pub(crate) fn now(&self) -> Timestamp {
        self.now.unwrap_or_else(clock::now)
    }
}

pub(crate) fn limits() -> JsonLimits {
    JsonLimits::default()
        .with_max_bytes(usize::try_from(MAX_BYTES).unwrap_or(usize::MAX))
        .with_max_values(4_000_000)
}

pub(crate) fn read_assessment(path: &Path) -> Result<Assessment, Failure> {
    let bytes = read_file(path, MAX_BYTES)?;
    Assessment::from_json(&bytes, &limits()).map_err(|error| Failure::at(path, error))
}

pub(crate) fn read_register(path: &Path) -> Result<RiskRegister, Failure> {
    let bytes = read_file(path, MAX_BYTES)?;
    RiskRegister::from_json(&bytes, &limits()).map_err(|error| Failure::at(path, error))
}

/// Reads a register where one was named.
pub(crate) fn register_of(path: Option<&Path>) -> Result<Option<RiskRegister>, Failure> {
    path.map(read_register).transpose()
}

/// Hashes what is assessed or comes to a gate, as `modelward digest` does.
pub(crate) fn hash_model(model: &Path) -> Result<Manifest, Failure> {
    let hashing = HashOptions::default();
    Ok(Manifest::hash(model, &hashing, &Progress::new())?)
}

/// Refuses to write over what is a person's work.
pub(crate) fn refuse_to_replace(file: &Path) -> Result<(), Failure> {
    if file.symlink_metadata().is_err() {
        return Ok(());
    }
    let text = format!("{} is there already", TerminalPath(file));
    Err(Failure {
        help: Some("name another file, or replace this one by --force".to_owned()),
        ..Failure::new("output.exists", text)
    })
}

/// Writes what is for other tools, or answers with it where no file is named.
pub(crate) fn written(bytes: Vec<u8>, output: Option<&Path>) -> Result<Answer, Failure> {
    if let Some(output) = output {
        write_atomically(output, &bytes)?;
        return Ok(Answer {
            yes: true,
            text: format!("wrote {}", TerminalPath(output)),
            json: json!({"wrote": output.to_string_lossy(), "bytes": bytes.len()}),
        });
    }
    let text = String::from_utf8(bytes).map_err(|error| Failure::new("output.text", error))?;
    Ok(Answer {
        yes: true,
        json: serde_json::from_str(&text).unwrap_or_else(|_| json!({"text": text})),
        text: text.trim_end().to_owned(),
    })
}

/// Reads a party as it is shown: `Ada Example` or `Ada Example (Acme)`.
pub(crate) fn party(text: &str) -> Result<Party, String> {
    let text = text.trim();
    let parts = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('));
    let party = match parts {
        Some((name, organization)) => {
            Party::new(name.trim()).and_then(|party| party.with_organization(organization.trim()))
        }
        None => Party::new(text),
    };
    party.map_err(|error| error.to_string())
}

/// Lines up the cells of a table, whose texts may come from outside.
pub(crate) fn table<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> String {
    let mut all = vec![head.map(str::to_owned)];
    all.extend(rows.iter().map(|row| {
        std::array::from_fn(|column| {
            let is_last = column + 1 == N;
            shortened(&row[column], if is_last { MAX_LAST_CELL } else { MAX_CELL })
        })
    }));
    let width = |column: usize| all.iter().map(|row| row[column].chars().count()).max();
    let widths: [usize; N] = std::array::from_fn(|column| width(column).unwrap_or(0));
    let mut text = String::new();
    for row in &all {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            // Writing to a string cannot fail.
            let _ = write!(line, "{cell:width$}  ");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text
}

/// Shows the beginning of a text from outside, on one line.
fn shortened(text: &str, max: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut beginning: String = line.chars().take(max).collect();
    if beginning.len() < line.len() {
        beginning.push('…');
    }
    Terminal(&beginning).to_string()
}

/// Counts things, such as `1 risk` or `2 risks`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    counted_as(count, what, &format!("{what}s"))
}

/// Counts things whose plural has no rule, such as `1 entry` or `2 entries`.
pub(crate) fn counted_as(count: usize, one: &str, many: &str) -> String {
    let what = if count == 1 { one } else { many };
    format!("{count} {what}")
}

/// Shows something that may be missing.
pub(crate) fn or_dash<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

/// How a table is written for a spreadsheet.
#[derive(Clone, Copy, clap::Args)]
pub(crate) struct Sheet {
    /// What stands between the cells of a table.
    #[arg(long, value_enum, default_value_t = Between::Comma)]
    delimiter: Between,
    /// Begin a table with a byte order mark, by which Excel knows that it is UTF-8.
    #[arg(long)]
    byte_order_mark: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Between {
    Comma,
    Semicolon,
    Tab,
}

impl From<Sheet> for Dialect {
    fn from(sheet: Sheet) -> Self {
        let dialect = Self::default().delimited_by(match sheet.delimiter {
            Between::Comma => Delimiter::Comma,
            Between::Semicolon => Delimiter::Semicolon,
            Between::Tab => Delimiter::Tab,
        });
        if sheet.byte_order_mark {
            dialect.with_byte_order_mark()
        } else {
            dialect
        }
    }
}
