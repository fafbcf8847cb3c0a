use serde_json::json;

use crate::Tlp;
use crate::export::stix::StixDialect;
use crate::export::stix::definition::TLP;
use crate::export::stix::object::Object;

/// When the levels of TLP 2.0 were published as markings.
const CREATED: &str = "2022-10-01T00:00:00.000Z";

/// Marks objects with a level of TLP 2.0, by the ids that OASIS published.
///
/// STIX 2.1 itself, section 7.2.1.4, knows TLP 1.0 alone, under other ids.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marking {
    pub(super) id: &'static str,
    name: &'static str,
    value: &'static str,
}

impl Marking {
    /// Returns the marking of a level.
    pub(super) const fn of(level: Tlp) -> Self {
        let (id, name, value) = match level {
            Tlp::Clear => (
                "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
                "TLP:CLEAR",
                "clear",
            ),
            Tlp::Green => (
                "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
                "TLP:GREEN",
                "green",
            ),
            Tlp::Amber => (
                "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
                "TLP:AMBER",
                "amber",
            ),
            Tlp::AmberStrict => (
                "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
                "TLP:AMBER+STRICT",
                "amber+strict",
            ),
            Tlp::Red => (
                "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
                "TLP:RED",
                "red",
            ),
        };
        Self { id, name, value }
    }

    /// Returns the object that says what the marking is.
    pub(super) fn object(self, dialect: StixDialect) -> Object {
        let object = Object::new("marking-definition", self.id, dialect.spec_version())
            .with("created", CREATED)
            .with("name", self.name);
        object.extended(
            TLP.id,
            json!({ "extension_type": "property-extension", "tlp_2_0": self.value }),
        )
    }
}
