//! From what sources say of nodes to the columns of the graph.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use modelward_artifact::Digest;

use super::{Description, SupplyGraphBuilder};
use crate::facts::{Fact, Facts, NONE};
use crate::graph::ix;
use crate::origins::Sets;
use crate::strings::Strings;
use crate::{BuildGraphError, NodeKind, SignatureState};

impl SupplyGraphBuilder {
    /// Sorts descriptions by node, source and content, and joins those that say the same.
    ///
    /// `place` is the node of each id, `source` the number of each source in order of names.
    pub(super) fn facts(
        &self,
        place: &[u32],
        source: &[u32],
        sets: &mut Sets,
    ) -> Result<Facts, BuildGraphError> {
        let mut rows: Vec<Description> = self.descriptions.clone();
        for row in &mut rows {
            row.node = place[row.node as usize];
            row.source = source[row.source as usize];
        }
        // By content first, so that equal ones lie side by side with their sources in order.
        rows.sort_by(|one, other| {
            let by_node = one.node.cmp(&other.node);
            let by_content = by_node.then_with(|| self.compare(one, other));
            by_content.then(one.source.cmp(&other.source))
        });
        let mut joined: Vec<(Description, Vec<u32>)> = Vec::new();
        for row in rows {
            match joined.last_mut() {
                Some((last, sources))
                    if last.node == row.node && self.compare(last, &row).is_eq() =>
                {
                    sources.push(row.source);
                }
                _ => joined.push((row, vec![row.source])),
            }
        }
        // The first source by name counts first; what it says twice goes by content.
        joined.sort_by_key(|(row, sources)| (row.node, sources[0]));
        let mut texts = Texts::new(self);
        let mut facts = Facts::default();
        for (row, mut sources) in joined {
            sources.dedup();
            let start = ix(facts.digests.len());
            facts.digests.extend_from_slice(self.digests_of(&row));
            facts.rows.push(Fact {
                node: row.node,
                sources: sets.number(&sources),
                kind: row.kind,
                signature: row.signature,
                name: texts.number(row.name)?,
                version: texts.number(row.version)?,
                license: texts.number(row.license)?,
                digests: (start, row.digests.1),
            });
        }
        facts.texts = texts.kept;
        facts.texts.shrink();
        facts.rows.shrink_to_fit();
        facts.digests.shrink_to_fit();
        Ok(facts)
    }

    fn compare(&self, one: &Description, other: &Description) -> Ordering {
        let texts = |row: &Description| [row.name, row.version, row.license];
        let own = (one.kind, one.signature).cmp(&(other.kind, other.signature));
        let pairs = texts(one).into_iter().zip(texts(other));
        let by_text = |order: Ordering, (one, other): (u32, u32)| {
            order.then_with(|| self.text_of(one).cmp(&self.text_of(other)))
        };
        pairs
            .fold(own, by_text)
            .then_with(|| self.digests_of(one).cmp(self.digests_of(other)))
    }

    fn text_of(&self, text: u32) -> Option<&str> {
        (text != NONE).then(|| self.texts.texts().at(text))
    }

    fn digests_of(&self, row: &Description) -> &[Digest] {
        let (start, count) = row.digests;
        &self.digests[start as usize..][..count as usize]
    }
}

/// Copies texts in the order in which they are needed, so that the graph does not tell in which
/// order they came.
struct Texts<'b> {
    builder: &'b SupplyGraphBuilder,
    numbers: Vec<u32>,
    kept: Strings,
}

impl<'b> Texts<'b> {
    fn new(builder: &'b SupplyGraphBuilder) -> Self {
        Self {
            builder,
            numbers: vec![NONE; builder.texts.len()],
            kept: Strings::default(),
        }
    }

    fn number(&mut self, text: u32) -> Result<u32, BuildGraphError> {
        let Some(copied) = self.builder.text_of(text) else {
            return Ok(NONE);
        };
        let number = &mut self.numbers[text as usize];
        if *number == NONE {
            *number = ix(self.kept.len());
            self.kept.push(copied).ok_or(BuildGraphError::TooMuchText)?;
        }
        Ok(*number)
    }
}

/// Lists in what the facts of one node differ: the field and what is said, sorted.
pub(super) fn differences(facts: &Facts, of_node: &[Fact]) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    let mut compare = |field: &str, values: BTreeSet<String>| {
        if values.len() > 1 {
            found.push((field.to_owned(), values.into_iter().collect()));
        }
    };
    let texts = |field: fn(&Fact) -> u32| {
        let texts = of_node.iter().filter_map(|fact| facts.text(field(fact)));
        texts.map(str::to_owned).collect()
    };
    let kinds = of_node.iter().map(|fact| fact.kind);
    let kinds = kinds.filter(|kind| *kind != NodeKind::Unknown);
    compare("kind", kinds.map(|kind| kind.key().to_owned()).collect());
    compare("name", texts(|fact| fact.name));
    compare("version", texts(|fact| fact.version));
    compare("license", texts(|fact| fact.license));
    let states = of_node.iter().map(|fact| fact.signature);
    let states = states.filter(|state| *state != SignatureState::Unknown);
    compare(
        "signature",
        states.map(|state| state.name().to_owned()).collect(),
    );
    let digests = of_node.iter().flat_map(|fact| facts.digests(fact));
    let algorithms: BTreeSet<_> = digests.clone().map(Digest::algorithm).collect();
    for algorithm in algorithms {
        let same = digests
            .clone()
            .filter(|digest| digest.algorithm() == algorithm);
        compare(
            &algorithm.to_string(),
            same.map(Digest::to_string).collect(),
        );
    }
    found
}
