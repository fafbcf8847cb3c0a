use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::{EntryPath, Finding};
use serde_json::Value;

use crate::inspect::{Aspect, Fact, Input, InspectError, Location, json};

/// What the index of a sharded model says: which file holds which tensor
/// (`model.safetensors.index.json`, and the same for other weight formats).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WeightIndex {
    weights: BTreeMap<String, String>,
    total_size: Option<u64>,
    total_parameters: Option<u64>,
}

impl WeightIndex {
    /// Reads the index.
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the text is not strict JSON, or has no `weight_map` of names.
    pub fn read(input: &mut Input<'_>) -> Result<Self, InspectError> {
        let text = input.text("weight index")?;
        let value = json::parse("weight index", &text, &input.limits().json())?;
        let map = value.get("weight_map").and_then(Value::as_object);
        let files = map.into_iter().flatten().map(|(name, file)| {
            let file = file.as_str()?.to_owned();
            Some((name.clone(), file))
        });
        let weights = map
            .and(files.collect::<Option<BTreeMap<String, String>>>())
            .ok_or_else(|| InspectError::Malformed {
                what: "weight index",
                at: Location::Pointer("/weight_map".to_owned()),
                found: "something else".to_owned(),
                expected: "the name of a file by the name of each tensor",
            })?;
        let number = |name: &str| value.pointer(&format!("/metadata/{name}"))?.as_u64();
        Ok(Self {
            weights,
            total_size: number("total_size"),
            total_parameters: number("total_parameters"),
        })
    }

    /// Returns the file of each tensor.
    #[must_use]
    pub const fn weights(&self) -> &BTreeMap<String, String> {
        &self.weights
    }

    /// Returns the files that hold tensors.
    #[must_use]
    pub fn files(&self) -> BTreeSet<&str> {
        self.weights.values().map(String::as_str).collect()
    }

    /// Returns the number of bytes of all tensors, as it is declared.
    #[must_use]
    pub const fn total_size(&self) -> Option<u64> {
        self.total_size
    }

    /// Returns what the index says of the model.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let pointer = |pointer: &str| Location::Pointer(pointer.to_owned());
        let count = self.weights.len().to_string();
        let mut facts = vec![Fact::declared(
            Aspect::TensorCount,
            count,
            pointer("/weight_map"),
        )];
        if let Some(parameters) = self.total_parameters {
            let at = pointer("/metadata/total_parameters");
            facts.push(Fact::declared(
                Aspect::ParameterCount,
                parameters.to_string(),
                at,
            ));
        }
        let file = |file| Fact::declared(Aspect::ExternalFile, file, pointer("/weight_map"));
        facts.extend(self.files().into_iter().map(file));
        facts
    }

    /// Returns what deserves attention: files outside of the model's directory.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let escapes = |file: &&str| file.parse::<EntryPath>().is_err();
        let finding = |file: &str| {
            let message = format!("the index names `{file}`, which is no path inside the model");
            Finding::new("bom.inspect.index.path_escape", message)
        };
        self.files()
            .into_iter()
            .filter(escapes)
            .map(finding)
            .collect()
    }
}
