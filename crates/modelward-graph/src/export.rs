mod csv;
mod error;
mod rows;

use std::borrow::Cow;
use std::io::Write;

use self::rows::{EdgeRow, NodeRow};
use crate::SupplyGraph;

pub use self::error::ExportError;

/// Says how a table of a graph is written.
///
/// [`Csv`](Self::Csv) and [`JsonLines`](Self::JsonLines) are for programs: texts of others are written
/// as they are. A spreadsheet takes a field that begins with `=`, `+`, `-` or `@` for a formula, and
/// what reorders text acts in it: [`Spreadsheet`](Self::Spreadsheet) is for people who open the table.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TableFormat {
    /// Fields between commas (RFC 4180), with a line of names first. What is not known is
    /// empty, an empty text has quotes, digests have blanks between, lists of sources are JSON.
    Csv,
    /// One JSON object a line. A member that is not known is `null`.
    JsonLines,
    /// As [`Csv`](Self::Csv), but what acts on a reader or hides is shown, as
    /// [`Terminal`](modelward_artifact::escape::Terminal) does it, and what a spreadsheet would take
    /// for a formula begins with an apostrophe. Two names stay two.
    Spreadsheet,
}

impl SupplyGraph {
    /// Writes the nodes as a table, in the order of the graph.
    ///
    /// | column | what |
    /// |---|---|
    /// | `node` | the number of the node, from 0 on, dependencies before their dependents |
    /// | `id`, `kind`, `name` | as [`NodeRef`](crate::NodeRef) has them, the kind as its key |
    /// | `version`, `license` | where some source tells |
    /// | `digests` | algorithm and hexadecimal digits, such as `sha256:` and 64 digits |
    /// | `signature` | `missing`, `unknown` or `verified` |
    /// | `sources` | the names of the sources that describe the node |
    ///
    /// A text may hold any character. `PostgreSQL` has none of number 0 and refuses such a row.
    ///
    /// Numbers are of this graph alone: another graph of the same nodes may have others.
    /// Rows are written one by one, so pass a writer that buffers.
    ///
    /// ```
    /// use modelward_graph::{Relation, SupplyGraphBuilder, TableFormat};
    ///
    /// let mut builder = SupplyGraphBuilder::default();
    /// builder.relate_all(&[("pkg:oci/shop@1", Relation::Serves, "pkg:huggingface/a/b@2")])?;
    /// let graph = builder.build()?;
    /// let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    /// graph.write_nodes(&mut nodes, TableFormat::Csv)?;
    /// graph.write_edges(&mut edges, TableFormat::JsonLines)?;
    /// let first = "node,id,kind,name,version,license,digests,signature,sources\r\n\
    ///     0,pkg:huggingface/a/b@2,model,b,2,,,unknown,[]\r\n";
    /// assert!(nodes.starts_with(first.as_bytes()));
    /// assert_eq!(edges, b"{\"src\":1,\"dst\":0,\"relation\":\"serves\",\"sources\":[\"\"]}\n");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ExportError::Write`] where the writer fails.
    pub fn write_nodes(&self, mut out: impl Write, format: TableFormat) -> Result<(), ExportError> {
        if format != TableFormat::JsonLines {
            csv::write(&mut out, names(NodeRow::COLUMNS))?;
        }
        for (number, node) in self.nodes().enumerate() {
            let row = NodeRow::of(number, node);
            match format {
                TableFormat::Csv => csv::write(&mut out, row.fields()?)?,
                TableFormat::JsonLines => write_line(&mut out, &row)?,
                TableFormat::Spreadsheet => csv::write(&mut out, row.fields()?.map(shown))?,
            }
        }
        Ok(())
    }

    /// Writes the edges as a table, in the order of the graph.
    ///
    /// | column | what |
    /// |---|---|
    /// | `src` | the number of the dependent |
    /// | `dst` | the number of the dependency |
    /// | `relation` | the [key](crate::Relation::key), such as `derived-from/finetune` |
    /// | `sources` | the names of the sources that state the edge |
    ///
    /// # Errors
    ///
    /// [`ExportError::Write`] where the writer fails.
    pub fn write_edges(&self, mut out: impl Write, format: TableFormat) -> Result<(), ExportError> {
        if format != TableFormat::JsonLines {
            csv::write(&mut out, names(EdgeRow::COLUMNS))?;
        }
        for edge in self.edges() {
            let row = EdgeRow::of(edge);
            match format {
                TableFormat::Csv => csv::write(&mut out, row.fields()?)?,
                TableFormat::JsonLines => write_line(&mut out, &row)?,
                TableFormat::Spreadsheet => csv::write(&mut out, row.fields()?.map(shown))?,
            }
        }
        Ok(())
    }
}

impl TableFormat {
    /// Writes a text of others as this format has it, before quotes.
    ///
    /// ```
    /// use modelward_graph::TableFormat;
    ///
    /// assert_eq!(TableFormat::Csv.field("=1+1"), "=1+1");
    /// assert_eq!(TableFormat::Spreadsheet.field("=1+1"), "'=1+1");
    /// ```
    #[must_use]
    pub fn field(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Csv | Self::JsonLines => text.into(),
            Self::Spreadsheet => csv::shown(text),
        }
    }
}

/// Shows a field in a spreadsheet.
fn shown(field: Option<Cow<'_, str>>) -> Option<Cow<'_, str>> {
    field.map(|field| csv::shown(&field).into_owned().into())
}

/// Returns the fields of the first line.
fn names<const N: usize>(columns: [&str; N]) -> [Option<Cow<'_, str>>; N] {
    columns.map(|name| Some(name.into()))
}

fn write_line(out: &mut impl Write, row: &impl serde::Serialize) -> Result<(), ExportError> {
    serde_json::to_writer(&mut *out, row).map_err(std::io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}
