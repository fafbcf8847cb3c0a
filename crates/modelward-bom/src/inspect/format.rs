use std::fmt;

use crate::inspect::{Input, InspectError};

/// Names a format of files that is read.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Format {
    /// The configuration of a Hugging Face model (`config.json`).
    Config,
    /// GGUF, as llama.cpp reads it.
    Gguf,
    /// A model card: `README.md` with front matter.
    ModelCard,
    /// safetensors.
    Safetensors,
    /// The index of a model in several weight files.
    WeightIndex,
}

/// A file's name says which format it is meant to be.
const NAMES: [(&str, Format); 2] = [
    ("README.md", Format::ModelCard),
    ("config.json", Format::Config),
];

const ENDINGS: [(&str, Format); 4] = [
    (".bin.index.json", Format::WeightIndex),
    (".gguf", Format::Gguf),
    (".safetensors", Format::Safetensors),
    (".safetensors.index.json", Format::WeightIndex),
];

impl Format {
    /// Returns the word for it, such as `safetensors`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Gguf => "gguf",
            Self::ModelCard => "model-card",
            Self::Safetensors => "safetensors",
            Self::WeightIndex => "weight-index",
        }
    }

    /// Tells whether files of the format hold weights.
    #[must_use]
    pub const fn holds_weights(self) -> bool {
        matches!(self, Self::Gguf | Self::Safetensors)
    }

    /// Tells whether files of the format are texts, which are read whole.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Config | Self::ModelCard | Self::WeightIndex)
    }

    /// Returns the format that a file's name announces.
    #[must_use]
    pub fn of_name(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let whole = NAMES.iter().find(|(known, _)| *known == name);
        let ending = || ENDINGS.iter().find(|(ending, _)| name.ends_with(ending));
        whole.or_else(ending).map(|(_, format)| *format)
    }

    /// Returns the format that a file's first bytes show, where the format has a signature.
    pub(crate) fn of_content(input: &mut Input<'_>) -> Result<Option<Self>, InspectError> {
        let head = input.head(16)?;
        Ok(if head.starts_with(b"GGUF") {
            Some(Self::Gguf)
        } else {
            None
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
