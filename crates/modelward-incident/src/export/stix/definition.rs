use serde_json::json;

use crate::export::stix::StixDialect;
use crate::export::stix::object::Object;

/// The extension of `incident`.
pub(super) const INCIDENT: Definition = Definition {
    id: "extension-definition--ef765651-680c-498d-9894-99799f2fa126",
    name: "Incident Core Extension",
    description: "How an incident was judged and what it consists of.",
    schema: "incident-core",
    version: "2.0.0",
    kind: "property-extension",
    created: "2020-10-19T20:51:00.000Z",
    modified: "2023-07-11T00:56:00.000Z",
    created_by: "identity--8ce3f695-d5a4-4dc8-9e93-a65af453a31a",
};

/// The extension that defines `event`.
pub(super) const EVENT: Definition = Definition {
    id: "extension-definition--4ca6de00-5b0d-45ef-a1dc-ea7279ea910e",
    name: "Event Extension",
    description: "What happened in the course of an incident.",
    schema: "incident-core/event",
    version: "1.0.0",
    kind: "new-sdo",
    created: "2023-05-16T20:47:23.388576Z",
    modified: "2023-05-16T20:47:23.388576Z",
    created_by: INCIDENT.created_by,
};

/// The extension that defines `impact`.
pub(super) const IMPACT: Definition = Definition {
    id: "extension-definition--7cc33dd6-f6a1-489b-98ea-522d351d71b9",
    name: "Impact Extension",
    description: "What an incident did to whom.",
    schema: "incident-core/impact",
    version: "1.0.0",
    kind: "new-sdo",
    created: "2023-05-16T21:01:53.607242Z",
    modified: "2023-05-16T21:01:53.607242Z",
    created_by: INCIDENT.created_by,
};

/// The extension that defines `task`.
pub(super) const TASK: Definition = Definition {
    id: "extension-definition--2074a052-8be4-4932-849e-f5e7798e0030",
    name: "Task Extension",
    description: "What was done in response to an incident.",
    schema: "incident-core/task",
    version: "1.0.0",
    kind: "new-sdo",
    created: "2023-05-16T21:24:16.596743Z",
    modified: "2023-05-16T21:24:16.596743Z",
    created_by: INCIDENT.created_by,
};

/// The extension of `marking-definition` by TLP 2.0.
pub(super) const TLP: Definition = Definition {
    id: "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d",
    name: "TLP 2.0",
    description: "The levels of the Traffic Light Protocol 2.0 as markings.",
    schema: "tlp-2.0",
    version: "1.0.0",
    kind: "property-extension",
    created: "2022-10-01T00:00:00.000Z",
    modified: "2022-10-01T00:00:00.000Z",
    created_by: "identity--b3bca3c2-1f3d-4b54-b44f-dac42c3a8f01",
};

/// Where the definitions stand.
const FOLDER: &str = "https://github.com/oasis-open/cti-stix-common-objects/tree/main/\
                      extension-definition-specifications/";

/// Describes a published extension: ids, times and version as its authors give them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Definition {
    pub(super) id: &'static str,
    name: &'static str,
    description: &'static str,
    schema: &'static str,
    version: &'static str,
    kind: &'static str,
    created: &'static str,
    modified: &'static str,
    created_by: &'static str,
}

impl Definition {
    /// Returns the object that says what the extension is.
    pub(super) fn object(&self, dialect: StixDialect) -> Object {
        Object::new("extension-definition", self.id, dialect.spec_version())
            .with("created_by_ref", self.created_by)
            .with("created", self.created)
            .with("modified", self.modified)
            .with("name", self.name)
            .with("description", self.description)
            .with("schema", format!("{FOLDER}{}", self.schema))
            .with("version", self.version)
            .with("extension_types", json!([self.kind]))
    }

    /// Marks an object as one of the type that the extension defines.
    pub(super) fn applied_to(&self, object: Object) -> Object {
        object.extended(self.id, json!({ "extension_type": self.kind }))
    }
}

/// Returns the definitions that a bundle of a dialect uses.
pub(super) const fn used_by(dialect: StixDialect) -> &'static [Definition] {
    if dialect.extends() {
        &[TLP, INCIDENT, EVENT, IMPACT, TASK]
    } else {
        &[TLP]
    }
}
