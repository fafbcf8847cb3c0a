use serde_json::{Value, json};

use crate::export::stix::StixDialect;
use crate::export::stix::object::Object;

/// Links objects in the order in which they came.
///
/// The extension puts the steps into the list of entries, STIX 2.2 into the objects themselves.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sequence {
    /// The property of an entry, such as `task_ref`.
    pub(super) reference: &'static str,
    /// The property of STIX 2.2, such as `next_task_refs`.
    pub(super) next: &'static str,
}

/// The sequence of tasks.
pub(super) const TASKS: Sequence = Sequence {
    reference: "task_ref",
    next: "next_task_refs",
};

/// The sequence of events.
pub(super) const EVENTS: Sequence = Sequence {
    reference: "event_ref",
    next: "next_event_refs",
};

impl Sequence {
    /// Returns the entries of a list: a chain of objects, each the next step of the one before.
    pub(super) fn chain(self, ids: &[String]) -> Vec<Value> {
        let entry = |(index, id): (usize, &String)| {
            let mut entry = json!({ self.reference: id, "sequence_start": index == 0 });
            if let Some(next) = ids.get(index + 1) {
                entry["next_steps"] = json!([{
                    self.reference: next,
                    "condition_type": "unknown",
                    "transition_type": "unknown",
                }]);
            }
            entry
        };
        ids.iter().enumerate().map(entry).collect()
    }

    /// Returns the entry of an object that is no step of a chain.
    pub(super) fn alone(self, id: &str) -> Value {
        json!({ self.reference: id })
    }

    /// Says in the object itself, where the dialect wants that, which object comes next.
    pub(super) fn before(self, dialect: StixDialect, object: Object, next: Option<&str>) -> Object {
        match next {
            Some(next) if !dialect.extends() => object.with(self.next, json!([next])),
            _ => object,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::TASKS;

    #[test]
    fn a_chain_begins_once_and_goes_on_to_the_end() {
        let ids = ["task--1", "task--2"].map(str::to_owned);
        let expected = json!([
            {
                "task_ref": "task--1",
                "sequence_start": true,
                "next_steps": [{
                    "task_ref": "task--2",
                    "condition_type": "unknown",
                    "transition_type": "unknown",
                }],
            },
            { "task_ref": "task--2", "sequence_start": false },
        ]);
        assert_eq!(json!(TASKS.chain(&ids)), expected);
        assert!(TASKS.chain(&[]).is_empty());
    }
}
