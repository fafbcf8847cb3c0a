//! Reads members of JSON tolerantly, and keeps what could not be read.

use modelward_artifact::Timestamp;
use serde_json::Value;

use crate::vex::{VexWarning, VexWarningKind};

/// How many warnings of one document are kept.
const MAX_WARNINGS: usize = 10_000;

#[derive(Debug, Default)]
pub(super) struct Notes {
    warnings: Vec<VexWarning>,
    left_out: usize,
}

impl Notes {
    pub(super) fn warn(&mut self, pointer: impl Into<String>, kind: VexWarningKind) {
        if self.warnings.len() < MAX_WARNINGS {
            self.warnings.push(VexWarning::new(pointer.into(), kind));
        } else {
            self.left_out += 1;
        }
    }

    /// Returns the warnings, sorted by place.
    pub(super) fn into_warnings(mut self) -> Vec<VexWarning> {
        self.warnings.sort();
        self.warnings.dedup();
        if self.left_out > 0 {
            let left_out = self.left_out;
            let kind = VexWarningKind::TooMany { left_out };
            self.warnings.push(VexWarning::new(String::new(), kind));
        }
        self.warnings
    }

    /// Returns a text that may be left out. An empty one is none.
    pub(super) fn text<'v>(
        &mut self,
        object: &'v Value,
        member: &str,
        pointer: &str,
    ) -> Option<&'v str> {
        match object.get(member) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => (!text.is_empty()).then_some(text),
            Some(_) => {
                self.shape(format!("{pointer}/{member}"), "a text");
                None
            }
        }
    }

    /// Returns a list that may be left out.
    pub(super) fn list<'v>(
        &mut self,
        object: &'v Value,
        member: &str,
        pointer: &str,
    ) -> &'v [Value] {
        match object.get(member) {
            None | Some(Value::Null) => &[],
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.shape(format!("{pointer}/{member}"), "a list");
                &[]
            }
        }
    }

    /// Returns the texts of a list that may be left out, each with its index.
    pub(super) fn texts<'v>(
        &mut self,
        object: &'v Value,
        member: &str,
        pointer: &str,
    ) -> Vec<(usize, &'v str)> {
        let items = self.list(object, member, pointer).iter().enumerate();
        let texts = items.filter_map(|(index, item)| {
            if item.as_str().is_none() {
                self.shape(format!("{pointer}/{member}/{index}"), "a text");
            }
            Some((index, item.as_str()?))
        });
        texts.collect()
    }

    /// Returns a time that may be left out.
    pub(super) fn time(
        &mut self,
        object: &Value,
        member: &str,
        pointer: &str,
    ) -> Option<Timestamp> {
        let text = self.text(object, member, pointer)?;
        let time = text.parse().ok();
        if time.is_none() {
            let text = text.into();
            let kind = VexWarningKind::UnreadableTimestamp { text };
            self.warn(format!("{pointer}/{member}"), kind);
        }
        time
    }

    pub(super) fn shape(&mut self, pointer: impl Into<String>, expected: &'static str) {
        self.warn(pointer, VexWarningKind::Shape { expected });
    }
}
