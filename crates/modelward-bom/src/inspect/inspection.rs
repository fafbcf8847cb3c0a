use std::io::{Read, Seek};

use modelward_artifact::Finding;
use serde::Serialize;
use serde::ser::{SerializeStruct as _, Serializer};

use crate::inspect::{
    Fact, Format, Gguf, Hdf5, Input, InspectError, InspectLimits, Keras, ModelCardFile, Numpy,
    Onnx, Outline, Pickle, Requirements, Safetensors, SavedModel, SentenceModules, Settings,
    Tflite, Tokenizer, Torch, WeightIndex,
};

/// Holds what a file says of a model, whatever its format.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    format: Format,
    facts: Vec<Fact>,
    findings: Vec<Finding>,
    outline: Outline,
}

impl Inspection {
    /// Reads a file by its format: the one that its first bytes show, else the one that its name
    /// announces. `None` for a file of no known format.
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the file is not what its format has.
    pub fn of(
        name: &str,
        reader: &mut (impl Read + Seek),
        limits: &InspectLimits,
    ) -> Result<Option<Self>, InspectError> {
        let mut input = Input::new(reader, limits)?;
        let named = Format::of_name(name);
        // PyTorch's older name for its files says nothing by itself.
        let hint = named.or(name.ends_with(".bin").then_some(Format::Torch));
        let Some(format) = Format::of_content(&mut input, hint)?.or(named) else {
            return Ok(None);
        };
        let (facts, mut findings, outline) = read(format, &mut input)?;
        if let Some(named) = named.filter(|named| *named != format) {
            let message = format!("the name announces {named}, the content is {format}");
            findings.push(Finding::new("bom.inspect.mismatch", message));
        }
        Ok(Some(Self {
            format,
            facts,
            findings,
            outline,
        }))
    }

    /// Returns the format.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.format
    }

    /// Returns what the file says of the model.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// Returns what deserves attention.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    pub(crate) const fn outline(&self) -> &Outline {
        &self.outline
    }
}

impl Serialize for Inspection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut inspection = serializer.serialize_struct("Inspection", 3)?;
        inspection.serialize_field("format", self.format.name())?;
        inspection.serialize_field("facts", &self.facts)?;
        inspection.serialize_field("findings", &self.findings)?;
        inspection.end()
    }
}

type Said = (Vec<Fact>, Vec<Finding>, Outline);

fn read(format: Format, input: &mut Input<'_>) -> Result<Said, InspectError> {
    Ok(match format {
        Format::Gguf => {
            let file = Gguf::read(input)?;
            (file.facts(), file.findings(), file.outline())
        }
        Format::Hdf5 => {
            let file = Hdf5::read(input)?;
            (file.facts(), file.findings(), Outline::default())
        }
        Format::ModelCard => {
            let file = ModelCardFile::read(input)?;
            (file.facts(), file.findings(), Outline::default())
        }
        Format::Keras => {
            let file = Keras::read(input)?;
            (file.facts(), file.findings(), Outline::default())
        }
        Format::Numpy => {
            let file = Numpy::read(input)?;
            (file.facts(), file.findings(), Outline::default())
        }
        Format::Torch => {
            let file = Torch::read(input)?;
            (file.facts(), file.findings(), Outline::default())
        }
        Format::Pickle => {
            let file = Pickle::read(input)?;
            (file.facts(), file.findings(), Outline::default())
        }
        Format::Onnx => {
            let file = Onnx::read(input)?;
            (file.facts(), file.findings(), Outline::default())
        }
        Format::CondaEnvironment | Format::Pyproject | Format::Requirements => {
            let file = Requirements::read(input, format)?;
            (file.facts(), file.findings(), Outline::default())
        }
        Format::Safetensors => {
            let file = Safetensors::read(input)?;
            (file.facts(), file.findings(), file.outline())
        }
        Format::SavedModel => {
            let file = SavedModel::read(input)?;
            (file.facts(), file.findings(), Outline::default())
        }
        Format::SentenceModules => {
            let file = SentenceModules::read(input)?;
            (file.facts(), file.findings(), Outline::default())
        }
        Format::Tflite => {
            let file = Tflite::read(input)?;
            (file.facts(), file.findings(), Outline::default())
        }
        Format::Tokenizer => {
            let file = Tokenizer::read(input)?;
            (file.facts(), file.findings(), Outline::default())
        }
        Format::AdapterConfig
        | Format::Config
        | Format::DatasetList
        | Format::GenerationConfig
        | Format::ModelIndex
        | Format::SpacyMeta
        | Format::TokenizerConfig => {
            let file = Settings::read(input, format)?;
            (file.facts(), file.findings(), Outline::default())
        }
        Format::WeightIndex => {
            let file = WeightIndex::read(input)?;
            (file.facts(), file.findings(), Outline::default())
        }
    })
}
