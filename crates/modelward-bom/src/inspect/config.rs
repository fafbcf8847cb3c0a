use modelward_artifact::{Finding, json};
use serde_json::Value;

use crate::inspect::{Aspect, Fact, Input, InspectError, Location};

/// The members that the CycloneDX property taxonomy names as hyperparameters of a model.
const HYPERPARAMETERS: [&str; 12] = [
    "context_length",
    "hidden_act",
    "hidden_size",
    "intermediate_size",
    "layer_norm_type",
    "max_position_embeddings",
    "num_attention_heads",
    "num_hidden_layers",
    "num_key_value_heads",
    "num_layers",
    "tokenizer_class",
    "vocab_size",
];

/// What the `config.json` of a Hugging Face model says.
#[derive(Debug, Default)]
pub(crate) struct Config {
    members: Value,
}

impl Config {
    pub(crate) fn read(input: &mut Input<'_>) -> Result<Self, InspectError> {
        let text = input.text("configuration")?;
        let members =
            json::read(&text, &input.limits().json()).map_err(|source| InspectError::Json {
                what: "configuration",
                source,
            })?;
        Ok(Self { members })
    }

    /// Returns what the configuration says of the model.
    pub(crate) fn facts(&self) -> Vec<Fact> {
        let at = |pointer: &str| Location::Pointer(pointer.to_owned());
        let mut facts = Vec::new();
        if let Some(name) = self.architecture() {
            facts.push(Fact::declared(
                Aspect::Architecture,
                name,
                at("/architectures/0"),
            ));
        }
        if let Some(name) = self.family() {
            facts.push(Fact::declared(
                Aspect::ArchitectureFamily,
                name,
                at("/model_type"),
            ));
        }
        facts.extend(self.hyperparameters().into_iter().map(|(name, value)| {
            let aspect = Aspect::Hyperparameter(name.to_owned());
            Fact::declared(aspect, value, at(&format!("/{name}")))
        }));
        facts
    }

    /// Returns the first of `architectures`: the class that loads the weights.
    pub(crate) fn architecture(&self) -> Option<&str> {
        self.members.get("architectures")?.get(0)?.as_str()
    }

    pub(crate) fn family(&self) -> Option<&str> {
        self.members.get("model_type")?.as_str()
    }

    /// Returns each hyperparameter's name and value.
    pub(crate) fn hyperparameters(&self) -> Vec<(&'static str, String)> {
        let value = |name: &&'static str| match self.members.get(*name)? {
            Value::String(text) => Some((*name, text.clone())),
            Value::Number(number) => Some((*name, number.to_string())),
            _ => None,
        };
        HYPERPARAMETERS.iter().filter_map(value).collect()
    }

    /// Returns what deserves attention.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let remote = self
            .members
            .get("auto_map")
            .is_some_and(|map| !map.is_null());
        let message = "`auto_map` makes a loader that trusts it run code from the model's folder";
        let finding = Finding::new("bom.inspect.remote_code", message);
        remote.then_some(finding).into_iter().collect()
    }
}
