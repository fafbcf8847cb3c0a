use std::collections::{BTreeSet, HashSet};

use crate::inspect::pickle::grade::Import;
use crate::inspect::pickle::tensor::Tensors;
use crate::inspect::pickle::value::{Heap, Item, Value};
use crate::inspect::{InspectError, InspectLimits, Location};

/// What was seen in the streams of one file.
#[derive(Debug)]
pub(crate) struct Record {
    imports: Vec<Import>,
    known: HashSet<(String, String)>,
    unresolved: Option<Unresolved>,
    protocol: Option<u8>,
    tensors: Tensors,
    raw_arrays: u64,
    versions: BTreeSet<String>,
    spent: u64,
    limits: InspectLimits,
}

/// Imports whose names were not to be told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unresolved {
    pub(crate) first: u64,
    pub(crate) count: u64,
}

/// What a stream gives its loader, as far as it is of use.
#[derive(Debug)]
pub(crate) enum Root {
    /// An instance of a class, or the result of a function: module and name.
    Instance(String, String),
    Other,
    /// A list of texts.
    Texts(Vec<String>),
}

impl Root {
    pub(super) fn of(heap: &Heap, value: Value) -> Self {
        if let Some(values) = heap.list(value) {
            let texts = values
                .iter()
                .map(|text| heap.text(*text).map(str::to_owned));
            return texts
                .collect::<Option<_>>()
                .map_or(Self::Other, Self::Texts);
        }
        let Some(Item::Object(object)) = heap.get(value) else {
            return Self::Other;
        };
        heap.class(object).map_or(Self::Other, |class| {
            Self::Instance(class.module.clone(), class.name.clone())
        })
    }
}

impl Record {
    pub(crate) fn new(limits: &InspectLimits) -> Self {
        Self {
            imports: Vec::new(),
            known: HashSet::new(),
            unresolved: None,
            protocol: None,
            tensors: Tensors::default(),
            raw_arrays: 0,
            versions: BTreeSet::new(),
            spent: 0,
            limits: limits.clone(),
        }
    }

    /// Counts one opcode.
    pub(super) fn spend(&mut self, at: u64) -> Result<(), InspectError> {
        self.spent = self.spent.saturating_add(1);
        if self.spent <= self.limits.max_items() {
            return Ok(());
        }
        Err(InspectError::TooLarge {
            what: "number of opcodes",
            at: Location::Byte(at),
            found: self.spent,
            limit: self.limits.max_items(),
        })
    }

    pub(super) const fn max_depth(&self) -> usize {
        self.limits.max_depth()
    }

    /// Returns a record that has as many opcodes left.
    pub(crate) fn continued(&self) -> Self {
        Self {
            spent: self.spent,
            ..Self::new(&self.limits)
        }
    }

    pub(super) fn note_import(&mut self, module: &str, name: &str, at: u64) {
        if self.known.insert((module.to_owned(), name.to_owned())) {
            let import = Import::new(module.to_owned(), name.to_owned(), at);
            self.imports.push(import);
        }
    }

    pub(super) fn note_unresolved(&mut self, at: u64) {
        let first = self.unresolved.map_or(at, |unresolved| unresolved.first);
        let count = self.unresolved.map_or(0, |unresolved| unresolved.count);
        let count = count.saturating_add(1);
        self.unresolved = Some(Unresolved { first, count });
    }

    pub(super) fn note_protocol(&mut self, protocol: u8) {
        self.protocol = self.protocol.max(Some(protocol));
    }

    pub(super) fn note_raw_array(&mut self) {
        self.raw_arrays = self.raw_arrays.saturating_add(1);
    }

    pub(super) fn note_sklearn(&mut self, version: &str) {
        self.versions.insert(version.to_owned());
    }

    pub(super) const fn tensors_mut(&mut self) -> &mut Tensors {
        &mut self.tensors
    }

    /// Takes over what another way of reading the same file, or a file beside it, has seen.
    pub(crate) fn merge(&mut self, other: Self) {
        self.merge_imports(&other, |_| true);
        if let Some(unresolved) = other.unresolved {
            let first = self.unresolved.map_or(unresolved.first, |own| own.first);
            let count = self.unresolved.map_or(0, |own| own.count);
            let count = count.saturating_add(unresolved.count);
            self.unresolved = Some(Unresolved { first, count });
        }
        self.protocol = self.protocol.max(other.protocol);
        self.raw_arrays = self.raw_arrays.saturating_add(other.raw_arrays);
        self.versions.extend(other.versions);
        self.spent = other.spent.max(self.spent);
        self.tensors.merge(&other.tensors);
    }

    /// Takes over only those imports that are wanted.
    pub(crate) fn merge_imports(&mut self, other: &Self, wanted: impl Fn(&Import) -> bool) {
        for import in other.imports.iter().filter(|import| wanted(import)) {
            let key = (import.module().to_owned(), import.name().to_owned());
            if self.known.insert(key) {
                self.imports.push(import.clone());
            }
        }
        self.spent = other.spent.max(self.spent);
    }

    pub(crate) fn imports(&self) -> &[Import] {
        &self.imports
    }

    pub(crate) const fn unresolved(&self) -> Option<Unresolved> {
        self.unresolved
    }

    /// Returns the protocol that the streams state; that of the oldest form is nowhere stated.
    pub(crate) fn protocol(&self) -> Option<u8> {
        self.protocol
    }

    pub(crate) const fn tensors(&self) -> &Tensors {
        &self.tensors
    }

    pub(crate) const fn has_raw_arrays(&self) -> bool {
        self.raw_arrays > 0
    }

    pub(crate) const fn sklearn_versions(&self) -> &BTreeSet<String> {
        &self.versions
    }
}
