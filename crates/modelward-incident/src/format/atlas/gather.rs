use std::collections::BTreeMap;
use std::fmt;

use super::error::AtlasError;

/// Objects in their order, found by their ids.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Index<K, T> {
    items: Vec<T>,
    places: BTreeMap<K, usize>,
}

/// An index that is being made: it knows where each object stands, so that a second one of its id is
/// refused with both places.
pub(super) struct Gather<K, T> {
    index: Index<K, T>,
    pointers: Vec<String>,
}

impl<K: Ord + fmt::Display, T> Gather<K, T> {
    pub(super) const fn new() -> Self {
        Self {
            index: Index {
                items: Vec::new(),
                places: BTreeMap::new(),
            },
            pointers: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, key: K, item: T, pointer: String) -> Result<(), AtlasError> {
        let index = &mut self.index;
        if let Some(first) = index.places.get(&key) {
            return Err(AtlasError::Twice {
                pointer,
                first: self.pointers.get(*first).cloned().unwrap_or_default(),
                id: key.to_string(),
            });
        }
        index.places.insert(key, index.items.len());
        index.items.push(item);
        self.pointers.push(pointer);
        Ok(())
    }

    pub(super) fn finish(self) -> Index<K, T> {
        self.index
    }
}

impl<K: Ord, T> Index<K, T> {
    pub(super) fn items(&self) -> &[T] {
        &self.items
    }

    pub(super) fn get(&self, key: &K) -> Option<&T> {
        self.items.get(*self.places.get(key)?)
    }

    pub(super) fn get_mut(&mut self, key: &K) -> Option<&mut T> {
        self.items.get_mut(*self.places.get(key)?)
    }

    pub(super) fn has(&self, key: &K) -> bool {
        self.places.contains_key(key)
    }

    /// Puts the objects in another order.
    pub(super) fn sort_by_key<S: Ord>(&mut self, id: impl Fn(&T) -> K, key: impl FnMut(&T) -> S) {
        self.items.sort_by_key(key);
        let items = self.items.iter().enumerate();
        self.places = items.map(|(place, item)| (id(item), place)).collect();
    }
}
