use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What the tensors and arrays of a file have in common.
#[derive(Debug, Default)]
pub(crate) struct Tensors {
    count: u64,
    elements: u64,
    unresolved: u64,
    types: BTreeSet<String>,
    storages: BTreeMap<String, Storage>,
    views: HashSet<(String, i64, Vec<u64>)>,
}

/// A run of elements that tensors of PyTorch look at.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Storage {
    /// The type of its elements, in PyTorch's own word.
    pub(crate) element: &'static str,
    /// The size of an element in bytes.
    pub(crate) width: u64,
    /// The number of its elements.
    pub(crate) length: u64,
}

/// The classes of storages, with the element types that they stand for and their widths.
const STORAGES: [(&str, &str, u64); 19] = [
    ("BFloat16Storage", "bfloat16", 2),
    ("BoolStorage", "bool", 1),
    ("ByteStorage", "uint8", 1),
    ("CharStorage", "int8", 1),
    ("ComplexDoubleStorage", "complex128", 16),
    ("ComplexFloatStorage", "complex64", 8),
    ("DoubleStorage", "float64", 8),
    ("FloatStorage", "float32", 4),
    ("HalfStorage", "float16", 2),
    ("IntStorage", "int32", 4),
    ("LongStorage", "int64", 8),
    ("QInt32Storage", "qint32", 4),
    ("QInt8Storage", "qint8", 1),
    ("QUInt2x4Storage", "quint2x4", 1),
    ("QUInt4x2Storage", "quint4x2", 1),
    ("QUInt8Storage", "quint8", 1),
    ("ShortStorage", "int16", 2),
    ("UntypedStorage", "uint8", 1),
    ("_UntypedStorage", "uint8", 1),
];

impl Storage {
    /// Returns the storage of a class, such as `FloatStorage`.
    pub(super) fn of(class: &str, length: u64) -> Option<Self> {
        let (_, element, width) = STORAGES.iter().find(|(name, ..)| *name == class)?;
        Some(Self {
            element,
            width: *width,
            length,
        })
    }
}

impl Tensors {
    pub(super) fn add_storage(&mut self, key: String, storage: Storage) {
        self.storages.insert(key, storage);
    }

    /// Adds a tensor of PyTorch. Tensors that look at the same elements in the same way are tied
    /// weights: they count as one tensor each, and their elements once.
    pub(super) fn add_view(&mut self, element: &str, view: (String, i64, Vec<u64>)) {
        let Some(elements) = product(&view.2) else {
            return self.add_unresolved();
        };
        self.count = self.count.saturating_add(1);
        self.types.insert(element.to_owned());
        if self.views.insert(view) {
            self.elements = self.elements.saturating_add(elements);
        }
    }

    /// Adds an array of numpy.
    pub(crate) fn add_array(&mut self, element: &str, shape: &[u64]) {
        let Some(elements) = product(shape) else {
            return self.add_unresolved();
        };
        self.count = self.count.saturating_add(1);
        self.elements = self.elements.saturating_add(elements);
        self.types.insert(element.to_owned());
    }

    /// Adds a tensor of which type or shape is not known.
    pub(crate) fn add_unresolved(&mut self) {
        self.count = self.count.saturating_add(1);
        self.unresolved = self.unresolved.saturating_add(1);
    }

    /// Adds the tensors of another stream, which has storages of its own.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.count = self.count.saturating_add(other.count);
        self.elements = self.elements.saturating_add(other.elements);
        self.unresolved = self.unresolved.saturating_add(other.unresolved);
        self.types.extend(other.types.iter().cloned());
    }

    pub(crate) const fn count(&self) -> u64 {
        self.count
    }

    pub(crate) const fn elements(&self) -> u64 {
        self.elements
    }

    pub(crate) const fn unresolved(&self) -> u64 {
        self.unresolved
    }

    pub(crate) const fn types(&self) -> &BTreeSet<String> {
        &self.types
    }

    pub(crate) const fn storages(&self) -> &BTreeMap<String, Storage> {
        &self.storages
    }
}

fn product(shape: &[u64]) -> Option<u64> {
    // An empty dimension makes the product zero however large the others are.
    if shape.contains(&0) {
        return Some(0);
    }
    shape
        .iter()
        .try_fold(1_u64, |product, size| product.checked_mul(*size))
}
