use std::fmt;

use crate::inspect::{Input, InspectError};

/// Names a format of files that is read.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Format {
    /// The configuration of an adapter such as LoRA (`adapter_config.json`).
    AdapterConfig,
    /// The environment of conda (`environment.yml`).
    CondaEnvironment,
    /// The configuration of a Hugging Face model (`config.json`).
    Config,
    /// The training sets of a sentence-transformers model (`data_config.json`).
    DatasetList,
    /// How text is generated unless the caller says otherwise (`generation_config.json`).
    GenerationConfig,
    /// GGUF, as llama.cpp reads it.
    Gguf,
    /// HDF5, as Keras writes it.
    Hdf5,
    /// Keras 3 (`.keras`).
    Keras,
    /// A model card: `README.md` with front matter.
    ModelCard,
    /// The parts of a diffusers pipeline (`model_index.json`).
    ModelIndex,
    /// One NumPy array (`.npy`), or several (`.npz`).
    Numpy,
    /// ONNX.
    Onnx,
    /// Python pickles, those of joblib too.
    Pickle,
    /// A Python project (`pyproject.toml`).
    Pyproject,
    /// A list of Python packages (`requirements.txt`).
    Requirements,
    /// safetensors.
    Safetensors,
    /// A `SavedModel` of `TensorFlow` (`saved_model.pb`).
    SavedModel,
    /// The modules of a sentence-transformers model (`modules.json`).
    SentenceModules,
    /// The description of a spaCy pipeline (`meta.json`).
    SpacyMeta,
    /// `TFLite`, now also called `LiteRT`.
    Tflite,
    /// A tokenizer of the library `tokenizers` (`tokenizer.json`).
    Tokenizer,
    /// The configuration of a tokenizer (`tokenizer_config.json`).
    TokenizerConfig,
    /// PyTorch: what `torch.save` writes, and `TorchScript`.
    Torch,
    /// The index of a model in several weight files.
    WeightIndex,
}

/// A file's name says which format it is meant to be.
const NAMES: [(&str, Format); 15] = [
    ("README.md", Format::ModelCard),
    ("adapter_config.json", Format::AdapterConfig),
    ("config.json", Format::Config),
    ("data_config.json", Format::DatasetList),
    ("environment.yaml", Format::CondaEnvironment),
    ("environment.yml", Format::CondaEnvironment),
    ("generation_config.json", Format::GenerationConfig),
    ("meta.json", Format::SpacyMeta),
    ("model_index.json", Format::ModelIndex),
    ("modules.json", Format::SentenceModules),
    ("pyproject.toml", Format::Pyproject),
    ("requirements.txt", Format::Requirements),
    ("saved_model.pb", Format::SavedModel),
    ("tokenizer.json", Format::Tokenizer),
    ("tokenizer_config.json", Format::TokenizerConfig),
];

const ENDINGS: [(&str, Format); 18] = [
    (".bin.index.json", Format::WeightIndex),
    (".ckpt", Format::Torch),
    (".gguf", Format::Gguf),
    (".h5", Format::Hdf5),
    (".hdf5", Format::Hdf5),
    (".jit", Format::Torch),
    (".joblib", Format::Pickle),
    (".keras", Format::Keras),
    (".npy", Format::Numpy),
    (".npz", Format::Numpy),
    (".onnx", Format::Onnx),
    (".pickle", Format::Pickle),
    (".pkl", Format::Pickle),
    (".pt", Format::Torch),
    (".pth", Format::Torch),
    (".safetensors", Format::Safetensors),
    (".safetensors.index.json", Format::WeightIndex),
    (".tflite", Format::Tflite),
];

impl Format {
    /// Returns the word for it, such as `safetensors`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AdapterConfig => "adapter-config",
            Self::CondaEnvironment => "conda-environment",
            Self::Config => "config",
            Self::DatasetList => "dataset-list",
            Self::GenerationConfig => "generation-config",
            Self::Gguf => "gguf",
            Self::Hdf5 => "hdf5",
            Self::Keras => "keras",
            Self::ModelCard => "model-card",
            Self::ModelIndex => "model-index",
            Self::Numpy => "numpy",
            Self::Onnx => "onnx",
            Self::Pickle => "pickle",
            Self::Pyproject => "pyproject",
            Self::Requirements => "requirements",
            Self::Safetensors => "safetensors",
            Self::SavedModel => "saved-model",
            Self::SentenceModules => "sentence-modules",
            Self::SpacyMeta => "spacy-meta",
            Self::Tflite => "tflite",
            Self::Tokenizer => "tokenizer",
            Self::TokenizerConfig => "tokenizer-config",
            Self::Torch => "torch",
            Self::WeightIndex => "weight-index",
        }
    }

    /// Tells whether files of the format hold weights.
    #[must_use]
    pub const fn holds_weights(self) -> bool {
        matches!(
            self,
            Self::Gguf
                | Self::Hdf5
                | Self::Keras
                | Self::Numpy
                | Self::Onnx
                | Self::Pickle
                | Self::Safetensors
                | Self::SavedModel
                | Self::Tflite
                | Self::Torch
        )
    }

    /// Tells whether files of the format are texts, which are read whole.
    #[must_use]
    pub const fn is_text(self) -> bool {
        !self.holds_weights()
    }

    /// Tells whether the format lists packages of Python by name.
    pub(crate) const fn is_python(self) -> bool {
        matches!(self, Self::Pyproject | Self::Requirements | Self::SpacyMeta)
    }

    /// Returns the format that a file's name announces.
    #[must_use]
    pub fn of_name(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let whole = NAMES.iter().find(|(known, _)| *known == name);
        let ending = || ENDINGS.iter().find(|(ending, _)| name.ends_with(ending));
        whole.or_else(ending).map(|(_, format)| *format)
    }

    /// Returns the format that a file's first bytes show, where the format has a signature. `named`
    /// is the format of its name, which tells archives and pickles of one signature apart.
    pub(crate) fn of_content(
        input: &mut Input<'_>,
        named: Option<Self>,
    ) -> Result<Option<Self>, InspectError> {
        let head = input.head(16)?;
        let shown = match head.as_slice() {
            [b'G', b'G', b'U', b'F', ..] => Self::Gguf,
            [0x89, b'H', b'D', b'F', b'\r', b'\n', 0x1a, b'\n', ..] => Self::Hdf5,
            [0x93, b'N', b'U', b'M', b'P', b'Y', ..] => Self::Numpy,
            [_, _, _, _, b'T', b'F', b'L', b'3', ..] => Self::Tflite,
            // A protocol before 2 has no signature; its files go by their name. What PyTorch wrote
            // before it took to archives is pickles too.
            [0x80, 2..=5, ..] if named == Some(Self::Torch) => Self::Torch,
            [0x80, 2..=5, ..] => Self::Pickle,
            [b'P', b'K', 3, 4, ..] => match named {
                Some(Self::Keras) => Self::Keras,
                Some(Self::Numpy) => Self::Numpy,
                Some(Self::Pickle | Self::Torch) => Self::Torch,
                _ => return Ok(None),
            },
            _ => return Ok(None),
        };
        Ok(Some(shown))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
