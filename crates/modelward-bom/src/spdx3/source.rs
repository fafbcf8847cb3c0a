//! The document that is exported, and which of its values were.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::Loss;
use crate::pointer::Place;

/// Members that say nothing of the components: the form of the document itself.
const STRUCTURE: [&str; 6] = [
    "/$schema",
    "/bomFormat",
    "/serialNumber",
    "/specVersion",
    "/version",
    "/metadata/lifecycles",
];

pub(super) struct Source {
    document: Value,
    used: BTreeSet<String>,
}

impl Source {
    pub(super) fn new(document: Value) -> Self {
        let used = STRUCTURE.map(str::to_owned).into();
        Self { document, used }
    }

    pub(super) const fn document(&self) -> &Value {
        &self.document
    }

    /// Returns a text, and notes that it is exported.
    pub(super) fn text(&mut self, pointer: &str) -> Option<String> {
        let text = self.document.pointer(pointer)?.as_str()?.to_owned();
        self.used.insert(pointer.to_owned());
        Some(text)
    }

    /// Notes that a value is exported with all that is in it.
    pub(super) fn mark(&mut self, pointer: impl Into<String>) {
        self.used.insert(pointer.into());
    }

    /// Returns how many items a list has.
    pub(super) fn length(&self, pointer: &str) -> usize {
        let list = self.document.pointer(pointer).and_then(Value::as_array);
        list.map_or(0, Vec::len)
    }

    /// Returns a text without noting anything.
    pub(super) fn peek(&self, pointer: &str) -> Option<&str> {
        self.document.pointer(pointer)?.as_str()
    }

    /// Lists what was not exported, each as the largest part of which nothing was.
    pub(super) fn losses(&self) -> Vec<Loss> {
        let mut losses = Vec::new();
        self.collect(&self.document, &Place::ROOT, &mut losses);
        losses
    }

    fn collect(&self, value: &Value, at: &Place<'_>, losses: &mut Vec<Loss>) {
        let pointer = at.to_string();
        if self.used.contains(&pointer) {
            return;
        }
        // Whether anything inside was exported: pointers of what is inside follow in the order.
        let inside = format!("{pointer}/");
        let mut after = self.used.range(inside.clone()..);
        if after.next().is_none_or(|next| !next.starts_with(&inside)) {
            let reason = "has no place in spdx 3.0.1 that this export knows";
            losses.push(Loss::new(pointer, reason));
            return;
        }
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.collect(item, &at.index(index), losses);
                }
            }
            Value::Object(members) => {
                for (name, value) in members {
                    self.collect(value, &at.member(name), losses);
                }
            }
            _ => {}
        }
    }
}
