use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{Finding, JsonLimits};
use serde_json::Value;

/// The largest `config.json`: those with a label for each of many classes have a few MB.
pub(crate) const MAX_BYTES: u64 = 16 << 20;

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
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, JsonError> {
        let members = json::read(bytes, &JsonLimits::default())?;
        Ok(Self { members })
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
    pub(crate) fn findings(&self, subject: &str) -> Vec<Finding> {
        let remote = self
            .members
            .get("auto_map")
            .is_some_and(|map| !map.is_null());
        let message = "`auto_map` makes a loader that trusts it run code from the model's folder";
        let finding = Finding::new("bom.inspect.remote_code", message).about(subject);
        remote.then_some(finding).into_iter().collect()
    }
}
