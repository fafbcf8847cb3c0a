use std::collections::{HashMap, HashSet};

use modelward_artifact::Finding;
use serde_json::Value;

use crate::oscal::check::place::Place;

/// Knows what a document defines.
#[derive(Debug, Default)]
pub(super) struct Seen<'a> {
    /// The member that holds the thing with a UUID, such as `risks`.
    things: HashMap<&'a str, &'a str>,
    roles: HashSet<&'a str>,
    ids: HashSet<&'a str>,
}

impl<'a> Seen<'a> {
    /// Takes what a value defines, and returns in `again` what is defined again.
    pub(super) fn collect(
        &mut self,
        value: &'a Value,
        place: &Place<'_>,
        again: &mut Vec<Finding>,
    ) {
        self.collect_in(value, "", place, again);
    }

    /// Returns the member that holds the thing with a UUID.
    pub(super) fn list_of(&self, uuid: &str) -> Option<&'a str> {
        self.things.get(uuid).copied()
    }

    pub(super) fn has_role(&self, id: &str) -> bool {
        self.roles.contains(id)
    }

    fn collect_in(
        &mut self,
        value: &'a Value,
        list: &'a str,
        place: &Place<'_>,
        again: &mut Vec<Finding>,
    ) {
        match value {
            Value::Array(items) => {
                for (item, at) in items.iter().zip(0..) {
                    self.collect_in(item, list, &place.item(at), again);
                }
            }
            Value::Object(members) => {
                for (key, value) in members {
                    let place = place.member(key);
                    let text = value.as_str();
                    let code = text.and_then(|text| self.define(key, text, list));
                    again.extend(code.map(|code| {
                        let message = format!("{value} stands for two things");
                        Finding::new(code, message).about(place.pointer())
                    }));
                    self.collect_in(value, key, &place, again);
                }
            }
            _ => {}
        }
    }

    /// Keeps what a member defines, or returns a code where that is defined already.
    fn define(&mut self, key: &str, text: &'a str, list: &'a str) -> Option<&'static str> {
        match (key, list) {
            ("uuid", _) if self.things.insert(text, list).is_some() => {
                Some("rmf.oscal_check.uuid_twice")
            }
            ("id", "controls" | "groups" | "parts") if !self.ids.insert(text) => {
                Some("rmf.oscal_check.id_twice")
            }
            ("id", "roles") => {
                self.roles.insert(text);
                None
            }
            _ => None,
        }
    }
}
