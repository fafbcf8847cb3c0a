use std::io::{self, Write};

use modelward_graph::TableFormat;
use serde_json::{Map, Value};

use super::entry::InventoryEntry;
use super::material::Material;
use super::operations::Inventory;

const COMPONENTS: [&str; 8] = [
    "entry", "role", "name", "version", "purl", "bom_ref", "digests", "licenses",
];
const EDGES: [&str; 3] = ["entry", "relation", "to"];
const FINDINGS: [&str; 3] = ["entry", "code", "message"];

/// Tables of all entries, retired ones too, sorted by id.
///
/// CSV is that of RFC 4180 with a line of names; what is not known is empty there and `null` in JSON
/// lines. Both have texts of others as they are: a spreadsheet takes a field that begins with `=`, `+`,
/// `-` or `@` for a formula, so people are given a [`TableFormat::Spreadsheet`]. Rows are written one
/// by one, so pass a writer that buffers.
impl Inventory {
    /// Writes what the models were made of: `entry`, `role`, `name`, `version`, `purl`, `bom_ref`,
    /// `digests` and `licenses`, the last two with blanks and semicolons between.
    ///
    /// # Errors
    ///
    /// [`io::Error`] where the writer fails.
    pub fn write_components(&self, mut out: impl Write, format: TableFormat) -> io::Result<()> {
        let row = |entry: &InventoryEntry, it: &Material| {
            let digests: Vec<_> = it.digests.iter().map(ToString::to_string).collect();
            let (digests, licenses) = (digests.join(" "), it.licenses.join("; "));
            [
                Some(entry.id().to_string()),
                Some(it.role.name().to_owned()),
                Some(it.name.clone()),
                it.version.clone(),
                it.purl.clone(),
                it.bom_ref.clone(),
                (!digests.is_empty()).then_some(digests),
                (!licenses.is_empty()).then_some(licenses),
            ]
        };
        let rows = self.entries().flat_map(|entry| {
            let materials = entry.materials().iter();
            materials.map(move |material| row(entry, material))
        });
        write_table(&mut out, format, COMPONENTS, rows)
    }

    /// Writes how entries hang together: `entry`, `relation` (a role of a material, or
    /// `superseded-by`) and `to` (a package URL, else a `bom-ref`, else a name, or an entry).
    ///
    /// # Errors
    ///
    /// [`io::Error`] where the writer fails.
    pub fn write_edges(&self, mut out: impl Write, format: TableFormat) -> io::Result<()> {
        let rows = self.entries().flat_map(|entry| {
            let id = || Some(entry.id().to_string());
            let materials = entry.materials().iter().map(move |it| {
                let to = it.purl.as_ref().or(it.bom_ref.as_ref()).unwrap_or(&it.name);
                [id(), Some(it.role.name().to_owned()), Some(to.clone())]
            });
            let next = entry.superseded().map(|it| {
                let relation = "superseded-by".to_owned();
                [id(), Some(relation), Some(it.by.to_string())]
            });
            materials.chain(next)
        });
        write_table(&mut out, format, EDGES, rows)
    }

    /// Writes what does not fit together: `entry`, `code` and `message`.
    ///
    /// # Errors
    ///
    /// [`io::Error`] where the writer fails.
    pub fn write_findings(&self, mut out: impl Write, format: TableFormat) -> io::Result<()> {
        let rows = self.entries().flat_map(|entry| {
            let id = || Some(entry.id().to_string());
            let findings = entry.findings().into_iter();
            findings.map(move |it| {
                let (code, message) = (it.code().to_owned(), it.message().to_owned());
                [id(), Some(code), Some(message)]
            })
        });
        write_table(&mut out, format, FINDINGS, rows)
    }
}

/// Writes a table with the names of its columns.
pub(crate) fn write_table<const N: usize>(
    out: &mut dyn Write,
    format: TableFormat,
    names: [&str; N],
    rows: impl Iterator<Item = [Option<String>; N]>,
) -> io::Result<()> {
    let is_csv = format != TableFormat::JsonLines;
    if is_csv {
        write_record(out, &names.map(|name| Some(name.to_owned())))?;
    }
    for row in rows {
        if is_csv {
            let shown = |field: Option<String>| field.map(|it| format.field(&it).into_owned());
            write_record(out, &row.map(shown))?;
            continue;
        }
        let members = names.iter().zip(row);
        let members = members.map(|(name, field)| ((*name).to_owned(), Value::from(field)));
        let line: Map<String, Value> = members.collect();
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes one record (RFC 4180). What is not known is empty, and an empty text has quotes.
fn write_record(out: &mut dyn Write, fields: &[Option<String>]) -> io::Result<()> {
    for (place, field) in fields.iter().enumerate() {
        if place > 0 {
            out.write_all(b",")?;
        }
        let Some(field) = field else { continue };
        let is_special = |c: char| matches!(c, ',' | '"' | '\n' | '\r' | '\\');
        if field.is_empty() || field.contains(is_special) || field.trim() != field {
            write!(out, "\"{}\"", field.replace('"', "\"\""))?;
        } else {
            out.write_all(field.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}
