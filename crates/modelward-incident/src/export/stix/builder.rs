use std::collections::BTreeSet;

use modelward_artifact::{Digest, Timestamp};
use serde_json::{Map, Value, json};

use crate::export::stix::definition;
use crate::export::stix::ids::{self, Ids};
use crate::export::stix::marking::Marking;
use crate::export::stix::object::Object;
use crate::export::stix::{StixBundle, StixDialect};

/// The order of the types in a bundle: what others refer to comes first.
const ORDER: [&str; 17] = [
    "marking-definition",
    "extension-definition",
    "identity",
    "incident",
    "impact",
    "event",
    "task",
    "attack-pattern",
    "course-of-action",
    "infrastructure",
    "vulnerability",
    "file",
    "software",
    "observed-data",
    "sighting",
    "note",
    "relationship",
];

/// Collects the objects of one bundle, each id once.
#[derive(Debug)]
pub(super) struct Builder {
    dialect: StixDialect,
    ids: Ids,
    marking: &'static str,
    /// When the incident was recorded first, and last.
    times: (Timestamp, Timestamp),
    seen: BTreeSet<String>,
    objects: Vec<Object>,
}

impl Builder {
    /// Starts a bundle with the marking of all its objects and the extensions that it uses.
    pub(super) fn new(
        dialect: StixDialect,
        ids: Ids,
        marking: Marking,
        times: (Timestamp, Timestamp),
    ) -> Self {
        let mut builder = Self {
            dialect,
            ids,
            marking: marking.id,
            times,
            seen: BTreeSet::new(),
            objects: Vec::new(),
        };
        builder.push(marking.object(dialect));
        for definition in definition::used_by(dialect) {
            builder.push(definition.object(dialect));
        }
        builder
    }

    pub(super) const fn dialect(&self) -> StixDialect {
        self.dialect
    }

    pub(super) const fn ids(&self) -> &Ids {
        &self.ids
    }

    /// Starts an object of the incident that was as it is from the first record to the last.
    pub(super) fn object(&self, kind: &str, key: &str) -> Object {
        self.dated(kind, key, self.times)
    }

    /// Starts an object of the incident that was made and changed at these times.
    pub(super) fn dated(&self, kind: &str, key: &str, times: (Timestamp, Timestamp)) -> Object {
        self.own(kind, &self.ids.local(kind, key))
            .at("created", times.0)
            .at("modified", times.1)
    }

    /// Starts an object with an id that was made elsewhere.
    pub(super) fn own(&self, kind: &str, id: &str) -> Object {
        self.marked(kind, id)
            .with("created_by_ref", self.ids.producer())
    }

    /// Starts an object that others created: it has the marking, and no creator.
    pub(super) fn marked(&self, kind: &str, id: &str) -> Object {
        Object::new(kind, id, self.dialect.spec_version())
            .with("object_marking_refs", json!([self.marking]))
    }

    /// Adds a file. At least one hash or the name has to be given.
    pub(super) fn file(&mut self, file: File<'_>) -> String {
        let id = ids::file(&file.hashes, file.name);
        let object = self
            .marked("file", &id)
            .with("hashes", file.hashes)
            .maybe("name", file.name)
            .maybe("size", file.size)
            .maybe("mime_type", file.mime_type);
        self.push(object)
    }

    /// Adds a piece of software.
    pub(super) fn software(
        &mut self,
        name: &str,
        vendor: Option<&str>,
        version: Option<&str>,
    ) -> String {
        let id = ids::software(name, vendor, version);
        let object = self
            .marked("software", &id)
            .with("name", name)
            .maybe("vendor", vendor)
            .maybe("version", version);
        self.push(object)
    }

    /// Says that one object has to do with another.
    pub(super) fn relate(&mut self, source: &str, kind: &str, target: &str) -> String {
        let object = self
            .object("relationship", &format!("{source}/{kind}/{target}"))
            .with("relationship_type", kind)
            .with("source_ref", source)
            .with("target_ref", target);
        self.push(object)
    }

    /// Adds an object, unless one of its id is there, and returns the id.
    pub(super) fn push(&mut self, object: Object) -> String {
        let id = object.id().to_owned();
        if self.seen.insert(id.clone()) {
            self.objects.push(object);
        }
        id
    }

    /// Returns the bundle: the objects by type, and those of one type as they were added.
    pub(super) fn finish(mut self) -> StixBundle {
        self.objects.sort_by_key(|object| {
            let rank = ORDER.iter().position(|kind| *kind == object.kind());
            rank.unwrap_or(ORDER.len())
        });
        let objects: Vec<Value> = self.objects.into_iter().map(Object::into_value).collect();
        // A bundle is this content and no other, so its id is made of all of it.
        let content = Value::Array(objects.clone()).to_string();
        let digest = Digest::sha256(content.as_bytes());
        let id = self.ids.local("bundle", &digest.to_hex());
        StixBundle::new(json!({ "type": "bundle", "id": id, "objects": objects }))
    }
}

/// Describes a file by what is known of it.
#[derive(Debug, Default)]
pub(super) struct File<'a> {
    pub(super) hashes: Map<String, Value>,
    pub(super) name: Option<&'a str>,
    pub(super) size: Option<u64>,
    pub(super) mime_type: Option<&'a str>,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Builder, File};
    use crate::Tlp;
    use crate::export::stix::StixDialect;
    use crate::export::stix::ids::Ids;
    use crate::export::stix::marking::Marking;

    fn builder(dialect: StixDialect) -> Builder {
        let time = |text: &str| text.parse().expect("a time");
        let times = (time("2026-11-26T10:00:00Z"), time("2026-11-26T11:00:00Z"));
        let ids = Ids::new("Acme", "INC-1");
        Builder::new(dialect, ids, Marking::of(Tlp::Green), times)
    }

    fn types(builder: Builder) -> Vec<String> {
        let bundle = builder.finish();
        let kind = |object: &Value| object["type"].as_str().expect("a type").to_owned();
        bundle.objects().iter().map(kind).collect()
    }

    #[test]
    fn objects_stand_in_the_order_of_their_types_and_none_twice() {
        let mut builder = builder(StixDialect::Stix22);
        let note = builder.object("note", "1");
        let incident = builder.object("incident", "");
        let a = builder.push(note.clone());
        let b = builder.push(incident);
        builder.push(note);
        assert_eq!(
            builder.software("x", None, None),
            builder.software("x", None, None)
        );
        assert_eq!(
            builder.relate(&a, "related-to", &b),
            builder.relate(&a, "related-to", &b)
        );
        let expected = [
            "marking-definition",
            "extension-definition",
            "incident",
            "software",
            "note",
            "relationship",
        ];
        assert_eq!(types(builder), expected);
    }

    #[test]
    fn stix_2_1_carries_the_definitions_of_what_it_lacks() {
        let defined = |dialect| {
            let types = types(builder(dialect));
            types
                .iter()
                .filter(|kind| *kind == "extension-definition")
                .count()
        };
        assert_eq!(defined(StixDialect::Prose20), 5);
        assert_eq!(defined(StixDialect::Schema20), 5);
        assert_eq!(defined(StixDialect::Stix22), 1);
    }

    #[test]
    fn what_the_incident_owns_has_creator_times_and_marking_and_observables_the_marking() {
        let mut builder = builder(StixDialect::Prose20);
        let object = builder.object("note", "1").into_value();
        assert_eq!(object["created"], "2026-11-26T10:00:00.000Z");
        assert_eq!(object["modified"], "2026-11-26T11:00:00.000Z");
        assert_eq!(object["created_by_ref"], builder.ids().producer());
        let marking = json!(["marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"]);
        assert_eq!(object["object_marking_refs"], marking);
        let name = Some("a.csv");
        let id = builder.file(File {
            name,
            ..File::default()
        });
        let bundle = builder.finish();
        let file = bundle.objects().last().expect("a file");
        let expected = json!({
            "type": "file", "id": id, "spec_version": "2.1", "name": "a.csv",
            "object_marking_refs": marking,
        });
        assert_eq!(*file, expected);
    }
}
