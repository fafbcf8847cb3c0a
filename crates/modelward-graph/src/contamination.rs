use std::fmt;

use crate::bits::Bits;
use crate::reach::{self, Follow};
use crate::{Direction, NodeKind, NodeRef, Path, Relation, RelationSet, SupplyGraph};

/// How data is made of other data.
const DATA: RelationSet = RelationSet::DERIVED_FROM.union(RelationSet::of(&[Relation::Contains]));

/// How a model, or what evaluates it, comes by what was learned.
const LEARNED: RelationSet =
    RelationSet::DERIVED_FROM.union(RelationSet::of(&[Relation::ProducedBy, Relation::Uses]));

impl SupplyGraph {
    /// Finds models that were evaluated on what they learned from, so that the result says little.
    ///
    /// For each model, or evaluation, and each data set that it was evaluated on, the nearest thing
    /// is found that both the data set is, contains or was derived from, and the model or one that it
    /// was made from was trained on. It takes a search for each of them. An evaluation reaches its model by `uses`, a training run its
    /// data by `trained on`, or by `uses` where the kind of the data is known.
    ///
    /// ```
    /// use modelward_graph::{Derivation, Relation, SupplyGraphBuilder};
    ///
    /// let mut builder = SupplyGraphBuilder::default();
    /// builder.relate_all(&[
    ///     ("pkg:huggingface/a/tuned", Relation::DerivedFrom(Derivation::Finetune), "pkg:huggingface/a/base"),
    ///     ("pkg:huggingface/a/base", Relation::TrainedOn, "pkg:huggingface/datasets/a/web"),
    ///     ("pkg:huggingface/datasets/a/web", Relation::Contains, "pkg:huggingface/datasets/a/quiz"),
    ///     ("pkg:huggingface/a/tuned", Relation::EvaluatedOn, "pkg:huggingface/datasets/a/quiz"),
    /// ])?;
    /// let graph = builder.build()?;
    /// let found = graph.contaminations();
    /// assert_eq!(found[0].shared().id(), "pkg:huggingface/datasets/a/quiz");
    /// assert_eq!(found[0].trained().hops().len(), 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn contaminations(&self) -> Vec<Contamination<'_>> {
        let evaluated_on = Relation::EvaluatedOn.code();
        let mut found = Vec::new();
        for node in 0..crate::graph::ix(self.node_count()) {
            if !self.parts().outgoing.codes(node).contains(&evaluated_on) {
                continue;
            }
            let lessons = Lessons::of(self, node);
            let edges = self.parts().outgoing.edges(node);
            for (benchmark, _) in edges.filter(|(_, code)| *code == evaluated_on) {
                found.extend(self.contamination(&lessons, benchmark));
            }
        }
        found
    }

    fn contamination(&self, lessons: &Lessons, benchmark: u32) -> Option<Contamination<'_>> {
        if lessons.known.is_empty() {
            return None;
        }
        let below = self.ordered(benchmark, DATA);
        let shared = below
            .into_iter()
            .find(|data| lessons.known.contains(*data))?;
        let holders = reach::closure(self, &[shared], &data(Direction::Dependents));
        let lesson = lessons.learners.iter().find_map(|&learner| {
            let mut data = self.lessons(learner);
            Some((learner, data.find(|data| holders.contains(*data))?))
        });
        let (learner, data) = lesson?;
        let taught = RelationSet::from(Relation::TrainedOn) | Relation::Uses;
        Some(Contamination {
            graph: self,
            shared,
            evaluated: self.joined_path(&[
                (lessons.node, benchmark, Relation::EvaluatedOn.into()),
                (benchmark, shared, DATA),
            ])?,
            trained: self.joined_path(&[
                (lessons.node, learner, LEARNED),
                (learner, data, taught),
                (data, shared, DATA),
            ])?,
        })
    }

    /// Returns a path that goes from one node to the next along other relations each time.
    fn joined_path(&self, parts: &[(u32, u32, RelationSet)]) -> Option<Path> {
        let mut joined: Option<Path> = None;
        for &(from, to, relations) in parts {
            let follow = Follow::along(Direction::Dependencies, relations);
            let chain = self.shortest(from, to, &follow)?;
            let part = Path::along(self, &chain, &follow);
            joined = Some(match joined {
                None => part,
                Some(before) => before.then(part),
            });
        }
        joined
    }

    /// Returns what is reached from a node, itself first, the nearest first.
    fn ordered(&self, start: u32, relations: RelationSet) -> Vec<u32> {
        let follow = Follow::along(Direction::Dependencies, relations);
        let mut seen = Bits::new(self.node_count());
        let mut order = Vec::new();
        let mut visit = |_, node| {
            let is_new = seen.insert(node);
            if is_new {
                order.push(node);
            }
            is_new
        };
        reach::walk(self, &[start], &follow, u32::MAX, &mut visit);
        order
    }

    /// Returns the data that a model or a run learned from.
    fn lessons(&self, learner: u32) -> impl Iterator<Item = u32> {
        let kinds = &self.parts().kinds;
        let is_run = kinds[learner as usize] == NodeKind::TrainingRun.code();
        let edges = self.parts().outgoing.edges(learner);
        let is_lesson = move |(data, code): &(u32, u8)| {
            let is_data = kinds[*data as usize] == NodeKind::Dataset.code();
            *code == Relation::TrainedOn.code()
                || is_run && is_data && *code == Relation::Uses.code()
        };
        edges.filter(is_lesson).map(|(data, _)| data)
    }
}

/// What a model, or an evaluation of it, learned from.
struct Lessons {
    node: u32,
    /// The node and what it was made of, the nearest first.
    learners: Vec<u32>,
    /// All data that was learned from, with its parts.
    known: Bits,
}

impl Lessons {
    fn of(graph: &SupplyGraph, node: u32) -> Self {
        let learners = graph.ordered(node, LEARNED);
        let lessons = learners.iter().flat_map(|learner| graph.lessons(*learner));
        let lessons: Vec<u32> = lessons.collect();
        Self {
            node,
            learners,
            known: reach::closure(graph, &lessons, &data(Direction::Dependencies)),
        }
    }
}

/// Follows what data is made of.
const fn data(direction: Direction) -> Follow {
    Follow::along(direction, DATA)
}

/// Holds a data set that a model learned from and was evaluated on.
#[derive(Clone, Debug)]
pub struct Contamination<'g> {
    graph: &'g SupplyGraph,
    shared: u32,
    evaluated: Path,
    trained: Path,
}

impl<'g> Contamination<'g> {
    /// Returns the data, or the part of it, that was used for both.
    #[must_use]
    pub const fn shared(&self) -> NodeRef<'g> {
        self.graph.at(self.shared)
    }

    /// Returns how the model, or the evaluation, was evaluated on it.
    #[must_use]
    pub const fn evaluated(&self) -> &Path {
        &self.evaluated
    }

    /// Returns how the model learned from it.
    #[must_use]
    pub const fn trained(&self) -> &Path {
        &self.trained
    }
}

/// Shows both ways in one line.
impl fmt::Display for Contamination<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} and {}", self.evaluated, self.trained)
    }
}
