//! Edges as a document or a list of a registry has them, and what is asked of them.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use crate::layers::Layers;

/// The relations of the made edges, by their names in files. A number is a place in this list.
pub(crate) const RELATIONS: [&str; 5] = [
    "contains",
    "depends-on",
    "derived-from/finetune",
    "serves",
    "trained-on",
];

/// One edge: the dependent, the relation, the dependency.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge<'a> {
    pub(crate) from: &'a str,
    pub(crate) relation: u8,
    pub(crate) to: &'a str,
}

/// Whatever edges can be had of, more than once.
pub(crate) trait Edges {
    fn iter(&self) -> impl Iterator<Item = Edge<'_>>;
}

impl Edges for Vec<Edge<'_>> {
    fn iter(&self) -> impl Iterator<Item = Edge<'_>> {
        self.as_slice().iter().copied()
    }
}

/// Which nodes are asked for.
#[derive(Debug, Default)]
pub(crate) struct Picks {
    pub(crate) flawed: Vec<String>,
    pub(crate) roots: Vec<String>,
    pub(crate) popular: String,
    pub(crate) p99: String,
    pub(crate) median: String,
    /// A root and a node that is as far from it as any.
    pub(crate) why: [String; 2],
}

impl Picks {
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(folder.join("picks.tsv")).map_err(|e| e.to_string())?;
        let mut picks = Self::default();
        for line in text.lines() {
            let (what, id) = line.split_once('\t').ok_or("a pick has no id")?;
            let id = id.to_owned();
            match what {
                "flawed" => picks.flawed.push(id),
                "root" => picks.roots.push(id),
                "popular" => picks.popular = id,
                "p99" => picks.p99 = id,
                "median" => picks.median = id,
                "why-from" => picks.why[0] = id,
                "why-to" => picks.why[1] = id,
                _ => return Err(format!("there is no pick {what}")),
            }
        }
        Ok(picks)
    }

    fn lines(&self) -> impl Iterator<Item = (&str, &String)> {
        let single = [
            ("popular", &self.popular),
            ("p99", &self.p99),
            ("median", &self.median),
            ("why-from", &self.why[0]),
            ("why-to", &self.why[1]),
        ];
        let flawed = self.flawed.iter().map(|id| ("flawed", id));
        let roots = self.roots.iter().map(|id| ("root", id));
        single.into_iter().chain(flawed).chain(roots)
    }
}

/// The text of a file of edges: `from`, tab, `relation`, tab, `to` in each line.
pub(crate) struct Text(String);

impl Text {
    pub(crate) fn read(folder: &Path) -> io::Result<Self> {
        fs::read_to_string(folder.join("edges.tsv")).map(Self)
    }

    /// Splits the text. A line that is no edge is none: the file is our own.
    pub(crate) fn edges(&self) -> Vec<Edge<'_>> {
        let edges = self.0.lines().filter_map(|line| {
            let (from, rest) = line.split_once('\t')?;
            let (relation, to) = rest.split_once('\t')?;
            let relation = (0..).zip(RELATIONS).find(|(_, name)| *name == relation)?.0;
            Some(Edge { from, relation, to })
        });
        edges.collect()
    }
}

/// Writes `edges.tsv` and `picks.tsv`.
pub(crate) fn write(layers: &Layers, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = BufWriter::new(File::create(folder.join("edges.tsv"))?);
    for Edge { from, relation, to } in layers.iter() {
        writeln!(file, "{from}\t{}\t{to}", RELATIONS[usize::from(relation)])?;
    }
    file.flush()?;
    let mut file = BufWriter::new(File::create(folder.join("picks.tsv"))?);
    for (what, id) in layers.picks().lines() {
        writeln!(file, "{what}\t{id}")?;
    }
    file.flush()
}
