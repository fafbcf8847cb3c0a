use modelward_artifact::json;
use serde_json::{Map, Value};
use uuid::{Uuid, uuid};

use crate::export::stix::STIX_NAMESPACE;

/// The namespace of observables (STIX 2.1, section 2.9).
const OBSERVABLES: Uuid = uuid!("00abedb4-aa42-466c-9c01-fed23315a9b7");

/// The namespace in which MITRE makes the UUIDs of ATLAS 5: the bytes of `atlas.mitre.org.`.
const ATLAS: Uuid = uuid!("61746c61-732e-6d69-7472-652e6f72672e");

/// Makes the ids of one incident of one producer. Equal names make equal ids.
#[derive(Clone, Debug)]
pub(super) struct Ids {
    producer: Uuid,
    incident: Uuid,
}

impl Ids {
    /// Takes the names. Two producers may have incidents of one id, so the producer counts too.
    pub(super) fn new(producer: &str, incident: &str) -> Self {
        let ours = Uuid::new_v5(&Uuid::NAMESPACE_URL, STIX_NAMESPACE.as_bytes());
        let producer = Uuid::new_v5(&ours, producer.as_bytes());
        let incident = Uuid::new_v5(&producer, incident.as_bytes());
        Self { producer, incident }
    }

    /// Returns the id of the producer's identity, the same in all its bundles.
    pub(super) fn producer(&self) -> String {
        format!("identity--{}", self.producer)
    }

    /// Returns the id of an object of this incident.
    pub(super) fn local(&self, kind: &str, key: &str) -> String {
        let name = format!("{kind}/{key}");
        format!("{kind}--{}", Uuid::new_v5(&self.incident, name.as_bytes()))
    }
}

/// Returns the id under which MITRE publishes a technique.
pub(super) fn technique(atlas: &str) -> String {
    format!("attack-pattern--{}", Uuid::new_v5(&ATLAS, atlas.as_bytes()))
}

/// Returns the id of a file with these hashes and this name (STIX 2.1, section 2.9): of several
/// hashes SHA-256 counts, then SHA-512, then the first by name.
pub(super) fn file(hashes: &Map<String, Value>, name: Option<&str>) -> String {
    let chosen = ["SHA-256", "SHA-512"]
        .into_iter()
        .find_map(|known| hashes.get_key_value(known))
        .or_else(|| hashes.iter().min_by_key(|(name, _)| *name));
    let mut contributing = Map::new();
    if let Some((algorithm, hash)) = chosen {
        let one = Map::from_iter([(algorithm.clone(), hash.clone())]);
        contributing.insert("hashes".to_owned(), one.into());
    }
    if let Some(name) = name {
        contributing.insert("name".to_owned(), name.into());
    }
    observable("file", contributing)
}

/// Returns the id of a piece of software (STIX 2.1, section 6.14).
pub(super) fn software(name: &str, vendor: Option<&str>, version: Option<&str>) -> String {
    let mut contributing = Map::new();
    contributing.insert("name".to_owned(), name.into());
    for (property, text) in [("vendor", vendor), ("version", version)] {
        if let Some(text) = text {
            contributing.insert(property.to_owned(), text.into());
        }
    }
    observable("software", contributing)
}

fn observable(kind: &str, contributing: Map<String, Value>) -> String {
    let canonical = json::canonical(&Value::Object(contributing))
        .expect("both callers put in texts alone, which all have a canonical form");
    format!("{kind}--{}", Uuid::new_v5(&OBSERVABLES, &canonical))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Ids, file, software, technique};

    /// The expected ids are those of the Python library `stix2` 3.0.2.
    #[test]
    fn observables_have_the_ids_that_other_libraries_give_them() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let hashes = json!({"SHA-256": empty, "SHA-512": "00"});
        let hashes = hashes.as_object().expect("an object");
        assert_eq!(file(hashes, None), FILE);
        assert_eq!(file(hashes, Some("träin \"1\".csv")), NAMED_FILE);
        assert_eq!(software("scorer", None, Some("1.2")), SOFTWARE);
        assert_eq!(software("scorer", Some("Acme"), None), VENDOR);
    }

    const FILE: &str = "file--22f8ff52-8f62-5f03-a53a-6f50f54fd74c";
    const NAMED_FILE: &str = "file--d4ec8027-0c5d-55fe-a378-86d631f22086";
    const SOFTWARE: &str = "software--93014b64-a7f2-597b-aa86-e10407b027a7";
    const VENDOR: &str = "software--f3759c86-da4d-57f3-a95b-d594dba0ae44";

    #[test]
    fn a_technique_has_the_id_of_the_published_bundle() {
        let published = "attack-pattern--c02f812d-59cc-5366-b1aa-7eb05154b772";
        assert_eq!(technique("AML.T0000"), published);
    }

    #[test]
    fn an_id_depends_on_producer_incident_kind_and_key() {
        let ids = Ids::new("Acme", "INC-1");
        assert_eq!(
            ids.local("task", "a"),
            Ids::new("Acme", "INC-1").local("task", "a")
        );
        assert_ne!(ids.local("task", "a"), ids.local("task", "b"));
        assert_ne!(ids.local("task", "a")[6..], ids.local("event", "a")[7..]);
        assert_ne!(
            ids.local("task", "a"),
            Ids::new("Acme", "INC-2").local("task", "a")
        );
        assert_ne!(
            ids.local("task", "a"),
            Ids::new("Bcme", "INC-1").local("task", "a")
        );
        assert_eq!(ids.producer(), Ids::new("Acme", "INC-2").producer());
    }
}
