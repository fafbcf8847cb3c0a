use std::fmt;

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::inspect::Location;

/// States one thing that a file says of the model, and where it says so.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fact {
    aspect: Aspect,
    value: String,
    origin: Origin,
    location: Location,
}

/// Says how a value is known.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a value is written, counted or concluded; there is no fourth"
)]
pub enum Origin {
    /// Somebody wrote it: a claim that the bytes neither prove nor disprove.
    Declared,
    /// It was concluded from other values or from a convention, such as a file name.
    Inferred,
    /// It was counted or read off the structure of the bytes that a loader would use.
    Observed,
}

/// Says what a fact is about.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Aspect {
    /// The learning approach, a word of `modelParameters.approach.type`.
    Approach,
    /// The class or graph that computes, such as `BertForSequenceClassification`.
    Architecture,
    /// The family, such as `bert` or `llama`.
    ArchitectureFamily,
    /// A person that made the model.
    Author,
    /// A model that this one was made from, by its identifier.
    BaseModel,
    /// How this model was made of its base: `adapter`, `finetune`, `merge`, `quantized`.
    BaseModelRelation,
    /// The SHA-256 of a chat template in lowercase hexadecimal digits.
    ChatTemplate,
    /// A dataset that the model was trained or evaluated on.
    Dataset,
    /// A description in prose.
    Description,
    /// A type of elements, in the format's own word, such as `F16` or `Q4_K`.
    ElementType,
    /// An ethical risk or bias in prose.
    EthicalConsideration,
    /// A file beside this one which it needs, as it names it.
    ExternalFile,
    /// The version of the file format.
    FormatVersion,
    /// A hyperparameter, by its name.
    Hyperparameter(String),
    /// Something that loading imports, such as `torch._utils._rebuild_tensor_v2`.
    Import,
    /// An input, by its name; the value is its type and shape, such as `float32[batch, 256]`.
    Input(String),
    /// A natural language.
    Language,
    /// A library that the model or its training needs, as a requirement such as `torch>=2.1`.
    Library,
    /// A license, in the file's own word.
    License,
    /// The address of a license's text.
    LicenseLink,
    /// The name of a license that has no identifier.
    LicenseName,
    /// A technical limitation in prose.
    Limitation,
    /// Metadata that has no aspect of its own, by its key.
    Metadata(String),
    /// The value of a metric.
    Metric {
        /// The metric's type, such as `accuracy`.
        kind: String,
        /// The data that it was measured on.
        slice: Option<String>,
    },
    /// What is processed: `text`, `image`, `audio`.
    Modality,
    /// The model's name.
    Name,
    /// An operator that the format's standard does not have.
    Operator,
    /// An organization that made the model.
    Organization,
    /// An output, by its name; the value is its type and shape.
    Output(String),
    /// The number of parameters, in decimal digits.
    ParameterCount,
    /// How the parameters are quantized.
    Quantization,
    /// The address of something about the model, by the kind of `externalReferences[].type`.
    Reference(String),
    /// A tag.
    Tag,
    /// The task, such as `text-classification`.
    Task,
    /// The number of tensors, in decimal digits.
    TensorCount,
    /// A setting of the tokenizer, by its name.
    Tokenizer(String),
    /// The program that wrote the file, with its version where it states one.
    Tool,
    /// How the model was tuned, a word of `cdx:ai-ml:model:parameter:tune_method`.
    TuneMethod,
    /// A use case in prose.
    UseCase,
    /// The model's version.
    Version,
}

impl Fact {
    /// States something that somebody wrote.
    #[must_use]
    pub fn declared(aspect: Aspect, value: impl Into<String>, location: Location) -> Self {
        Self::new(Origin::Declared, aspect, value.into(), location)
    }

    /// States something that was concluded.
    #[must_use]
    pub fn inferred(aspect: Aspect, value: impl Into<String>, location: Location) -> Self {
        Self::new(Origin::Inferred, aspect, value.into(), location)
    }

    /// States something that the structure of the bytes shows.
    #[must_use]
    pub fn observed(aspect: Aspect, value: impl Into<String>, location: Location) -> Self {
        Self::new(Origin::Observed, aspect, value.into(), location)
    }

    /// Places the fact inside a file of an archive.
    #[must_use]
    pub fn inside(mut self, member: &str) -> Self {
        self.location = self.location.inside(member);
        self
    }

    /// Returns what the fact is about.
    #[must_use]
    pub const fn aspect(&self) -> &Aspect {
        &self.aspect
    }

    /// Returns the value as the file has it: not escaped.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Returns how the value is known.
    #[must_use]
    pub const fn origin(&self) -> Origin {
        self.origin
    }

    /// Returns where it stands.
    #[must_use]
    pub const fn location(&self) -> &Location {
        &self.location
    }

    const fn new(origin: Origin, aspect: Aspect, value: String, location: Location) -> Self {
        Self {
            aspect,
            value,
            origin,
            location,
        }
    }
}

/// `{"aspect": "metric", "detail": "accuracy", "value": "0.9", "origin": .., "location": ..}`.
impl Serialize for Fact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fact = serializer.serialize_struct("Fact", 6)?;
        fact.serialize_field("aspect", self.aspect.name())?;
        if let Some(detail) = self.aspect.detail() {
            fact.serialize_field("detail", detail)?;
        }
        if let Aspect::Metric {
            slice: Some(slice), ..
        } = &self.aspect
        {
            fact.serialize_field("slice", slice)?;
        }
        fact.serialize_field("value", &self.value)?;
        fact.serialize_field("origin", self.origin.name())?;
        fact.serialize_field("location", &self.location)?;
        fact.end()
    }
}

impl Origin {
    /// Returns the word for it, such as `observed`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Inferred => "inferred",
            Self::Observed => "observed",
        }
    }
}

impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Aspect {
    /// Returns the word for it, such as `parameter-count`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Approach => "approach",
            Self::Architecture => "architecture",
            Self::ArchitectureFamily => "architecture-family",
            Self::Author => "author",
            Self::BaseModel => "base-model",
            Self::BaseModelRelation => "base-model-relation",
            Self::ChatTemplate => "chat-template",
            Self::Dataset => "dataset",
            Self::Description => "description",
            Self::ElementType => "element-type",
            Self::EthicalConsideration => "ethical-consideration",
            Self::ExternalFile => "external-file",
            Self::FormatVersion => "format-version",
            Self::Hyperparameter(_) => "hyperparameter",
            Self::Import => "import",
            Self::Input(_) => "input",
            Self::Language => "language",
            Self::Library => "library",
            Self::License => "license",
            Self::LicenseLink => "license-link",
            Self::LicenseName => "license-name",
            Self::Limitation => "limitation",
            Self::Metadata(_) => "metadata",
            Self::Metric { .. } => "metric",
            Self::Modality => "modality",
            Self::Name => "name",
            Self::Operator => "operator",
            Self::Organization => "organization",
            Self::Output(_) => "output",
            Self::ParameterCount => "parameter-count",
            Self::Quantization => "quantization",
            Self::Reference(_) => "reference",
            Self::Tag => "tag",
            Self::Task => "task",
            Self::TensorCount => "tensor-count",
            Self::Tokenizer(_) => "tokenizer",
            Self::Tool => "tool",
            Self::TuneMethod => "tune-method",
            Self::UseCase => "use-case",
            Self::Version => "version",
        }
    }

    /// Returns which one it is, where there are several by name.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::Hyperparameter(name)
            | Self::Input(name)
            | Self::Metadata(name)
            | Self::Metric { kind: name, .. }
            | Self::Output(name)
            | Self::Reference(name)
            | Self::Tokenizer(name) => Some(name),
            _ => None,
        }
    }
}
