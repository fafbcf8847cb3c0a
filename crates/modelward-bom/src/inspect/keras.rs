mod walk;

use modelward_artifact::Finding;
use serde_json::Value;

use self::walk::Walk;
use crate::inspect::zip::{Member, Zip};
use crate::inspect::{Aspect, Fact, Input, InspectError, Location, json};

/// What a model of Keras 3 (`.keras`) says of itself: an archive with `metadata.json`,
/// `config.json` and the weights in HDF5, which are not read.
///
/// The format is described at <https://keras.io/api/models/model_saving_apis/>.
#[derive(Debug)]
pub struct Keras {
    facts: Vec<Fact>,
    findings: Vec<Finding>,
    has_code: bool,
}

const CONFIG: &str = "config.json";
const METADATA: &str = "metadata.json";
const WEIGHTS: &str = "model.weights.h5";

impl Keras {
    /// Reads the two JSON members.
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the file is no archive, or has no `config.json` that is an object.
    pub fn read(input: &mut Input<'_>) -> Result<Self, InspectError> {
        let zip = Zip::open(input)?;
        let config = zip.member(CONFIG).ok_or(InspectError::Malformed {
            what: "archive",
            at: Location::Whole,
            found: format!("one of {} members without `{CONFIG}`", zip.members().len()),
            expected: "a model of Keras 3",
        })?;
        let config = read_json(&zip, config, "the configuration")?;
        let mut file = Self {
            facts: config_facts(&config),
            findings: zip.findings().to_vec(),
            has_code: false,
        };
        if let Some(metadata) = zip.member(METADATA) {
            let metadata = read_json(&zip, metadata, "the metadata")?;
            file.facts.extend(metadata_facts(&metadata));
        }
        let walk = Walk::of(&config);
        file.has_code = !walk.findings().is_empty();
        file.facts.extend(walk.facts());
        file.findings.extend_from_slice(walk.findings());
        for member in zip.members() {
            file.note_unknown(member.name());
        }
        Ok(file)
    }

    /// Tells whether loading may run code that is not Keras's own.
    #[must_use]
    pub const fn has_code(&self) -> bool {
        self.has_code
    }

    /// Returns the class and name of the model, its inputs and layers, and the version of Keras.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        self.facts.clone()
    }

    /// Returns the layers and classes that may run code, and what was not read.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.findings.clone()
    }

    fn note_unknown(&mut self, name: &str) {
        let message = match name {
            CONFIG | METADATA => return,
            WEIGHTS => format!("`{WEIGHTS}` was not read: it has the number of parameters"),
            _ => format!("`{name}` was not read"),
        };
        self.findings
            .push(Finding::new("bom.inspect.keras.unknown", message));
    }
}

fn read_json(
    zip: &Zip<'_, '_>,
    member: &Member,
    what: &'static str,
) -> Result<Value, InspectError> {
    let bytes = zip.read(member)?;
    let found = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let limit = zip.limits().max_text();
    if found > limit {
        let at = Location::Whole.inside(member.name());
        return Err(InspectError::TooLarge {
            what,
            at,
            found,
            limit,
        });
    }
    let value = json::parse(what, &bytes, &zip.limits().json())?;
    if value.is_object() {
        return Ok(value);
    }
    Err(InspectError::Malformed {
        what,
        at: Location::Pointer(String::new()).inside(member.name()),
        found: "another value".to_owned(),
        expected: "an object",
    })
}

fn metadata_facts(metadata: &Value) -> Vec<Fact> {
    let text = |key: &str| Some(metadata.get(key)?.as_str()?.to_owned());
    let at = |key: &str| Location::Pointer(format!("/{key}")).inside(METADATA);
    let mut facts = Vec::new();
    if let Some(version) = text("keras_version") {
        let requirement = format!("keras=={version}");
        let tool = format!("keras {version}");
        facts.push(Fact::declared(
            Aspect::Library,
            requirement,
            at("keras_version"),
        ));
        facts.push(Fact::declared(Aspect::Tool, tool, at("keras_version")));
    }
    if let Some(saved) = text("date_saved") {
        let aspect = Aspect::Metadata("date_saved".to_owned());
        facts.push(Fact::declared(aspect, saved, at("date_saved")));
    }
    facts
}

fn config_facts(config: &Value) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(class) = config.get("class_name").and_then(Value::as_str) {
        let at = Location::Pointer("/class_name".to_owned()).inside(CONFIG);
        facts.push(Fact::observed(Aspect::Architecture, class, at));
    }
    if let Some(name) = config.pointer("/config/name").and_then(Value::as_str) {
        let at = Location::Pointer("/config/name".to_owned()).inside(CONFIG);
        facts.push(Fact::declared(Aspect::Name, name, at));
    }
    facts
}
