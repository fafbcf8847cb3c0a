use modelward_artifact::{DigestAlgorithm, Finding};

use super::Statement;
use super::wire::{WirePredicate, WireResource, WireStatement};

/// What OMS v1.0 registers (algorithm registry, section "Hash algorithms").
const REGISTERED: [DigestAlgorithm; 3] = [
    DigestAlgorithm::Sha256,
    DigestAlgorithm::Blake2b,
    DigestAlgorithm::Blake3,
];

/// Lists where the text of a statement is not that of OMS v1.0, though it is understood.
#[derive(Default)]
pub(super) struct Deviations(Vec<Finding>);

impl Deviations {
    pub(super) fn of(wire: &WireStatement, predicate: &WirePredicate) -> Self {
        let mut deviations = Self::default();
        let serialization = &predicate.serialization;
        let size = serialization.shard_size.as_ref();
        if size.is_some_and(|size| size.as_u64().is_none()) {
            let message = "the size of shards is written with a fraction";
            deviations.note("sign.statement.shard_size", message);
        }
        if serialization.allow_symlinks.is_none() {
            let message = "the statement does not say whether links were followed";
            deviations.note("sign.statement.no_symlinks", message);
        }
        let plain = |resource: &WireResource| resource.algorithm == serialization.hash_type;
        if !predicate.resources.iter().all(plain) {
            let message = "the algorithm of shards is written with their size";
            deviations.note("sign.statement.shard_algorithm", message);
        }
        let others = [&wire.other, &predicate.other, &serialization.other];
        if let Some(member) = others.iter().find_map(|other| other.keys().next()) {
            let message = format!("the statement has the member `{member}`, which is not known");
            deviations.note("sign.statement.unknown_member", message);
        }
        deviations
    }

    /// Adds what is seen only once the statement is read.
    pub(super) fn and_of(mut self, statement: &Statement) -> Vec<Finding> {
        if statement.is_unnamed_file() {
            let message = "the model is one file and goes by a dot instead of its name";
            self.note("sign.statement.dot_name", message);
        }
        if !statement.is_sorted() {
            let message = "the resources are not in the order of OMS v1.0, section 5.2.1";
            self.note("sign.statement.order", message);
        }
        if !REGISTERED.contains(&statement.algorithm()) {
            let message = format!("OMS v1.0 does not register {}", statement.algorithm());
            self.note("sign.statement.unregistered_algorithm", message);
        }
        self.0
    }

    fn note(&mut self, code: &'static str, message: impl Into<String>) {
        self.0.push(Finding::new(code, message));
    }
}
