//! Which members of which file say what.

use crate::inspect::{Aspect, Format};

/// One member of a file of settings.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) pointer: &'static str,
    /// Stands before the value, such as `spacy` before the versions that fit.
    pub(super) prefix: &'static str,
    /// Whether of a list only the first item counts.
    pub(super) first_only: bool,
    aspect: Kind,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Architecture,
    Author,
    Description,
    ElementType,
    Family,
    Hyperparameter(&'static str),
    Language,
    Library,
    License,
    Name,
    Quantization,
    Task,
    Tokenizer(&'static str),
    Tool,
    Version,
    Website,
}

impl Field {
    pub(super) fn aspect(&self) -> Aspect {
        match self.aspect {
            Kind::Architecture => Aspect::Architecture,
            Kind::Author => Aspect::Author,
            Kind::Description => Aspect::Description,
            Kind::ElementType => Aspect::ElementType,
            Kind::Family => Aspect::ArchitectureFamily,
            Kind::Hyperparameter(name) => Aspect::Hyperparameter(name.to_owned()),
            Kind::Language => Aspect::Language,
            Kind::Library => Aspect::Library,
            Kind::License => Aspect::License,
            Kind::Name => Aspect::Name,
            Kind::Quantization => Aspect::Quantization,
            Kind::Task => Aspect::Task,
            Kind::Tokenizer(name) => Aspect::Tokenizer(name.to_owned()),
            Kind::Tool => Aspect::Tool,
            Kind::Version => Aspect::Version,
            Kind::Website => Aspect::Reference("website".to_owned()),
        }
    }
}

pub(super) fn fields(format: Format) -> &'static [Field] {
    match format {
        Format::AdapterConfig => &ADAPTER,
        Format::Config => &CONFIG,
        Format::GenerationConfig => &GENERATION,
        Format::ModelIndex => &MODEL_INDEX,
        Format::SpacyMeta => &SPACY,
        Format::TokenizerConfig => &TOKENIZER,
        _ => &[],
    }
}

const fn field(pointer: &'static str, aspect: Kind) -> Field {
    Field {
        pointer,
        prefix: "",
        first_only: false,
        aspect,
    }
}

const fn first(pointer: &'static str, aspect: Kind) -> Field {
    Field {
        first_only: true,
        ..field(pointer, aspect)
    }
}

/// What wrote the file: that it is needed in this very version is not said.
const fn tool(pointer: &'static str, prefix: &'static str) -> Field {
    Field {
        prefix,
        ..field(pointer, Kind::Tool)
    }
}

const fn library(pointer: &'static str, prefix: &'static str) -> Field {
    Field {
        prefix,
        ..field(pointer, Kind::Library)
    }
}

/// `config.json` of transformers: the names of the CycloneDX property taxonomy, and what else tells
/// one model from another.
static CONFIG: [Field; 32] = [
    first("/architectures", Kind::Architecture),
    field("/model_type", Kind::Family),
    field("/dtype", Kind::ElementType),
    field("/torch_dtype", Kind::ElementType),
    field("/quantization_config/quant_method", Kind::Quantization),
    tool("/transformers_version", "transformers "),
    field(
        "/activation_dropout",
        Kind::Hyperparameter("activation_dropout"),
    ),
    field("/context_length", Kind::Hyperparameter("context_length")),
    field("/d_model", Kind::Hyperparameter("d_model")),
    field("/head_dim", Kind::Hyperparameter("head_dim")),
    field("/hidden_act", Kind::Hyperparameter("hidden_act")),
    field(
        "/hidden_dropout_prob",
        Kind::Hyperparameter("hidden_dropout_prob"),
    ),
    field("/hidden_size", Kind::Hyperparameter("hidden_size")),
    field(
        "/initializer_range",
        Kind::Hyperparameter("initializer_range"),
    ),
    field(
        "/intermediate_size",
        Kind::Hyperparameter("intermediate_size"),
    ),
    field(
        "/layer_norm_eps",
        Kind::Hyperparameter("layer_norm_epsilon"),
    ),
    field(
        "/layer_norm_epsilon",
        Kind::Hyperparameter("layer_norm_epsilon"),
    ),
    field("/layer_norm_type", Kind::Hyperparameter("layer_norm_type")),
    field(
        "/max_position_embeddings",
        Kind::Hyperparameter("max_position_embeddings"),
    ),
    field("/n_embd", Kind::Hyperparameter("hidden_size")),
    field("/n_head", Kind::Hyperparameter("num_attention_heads")),
    field("/n_layer", Kind::Hyperparameter("num_hidden_layers")),
    field(
        "/n_positions",
        Kind::Hyperparameter("max_position_embeddings"),
    ),
    field(
        "/num_attention_heads",
        Kind::Hyperparameter("num_attention_heads"),
    ),
    field(
        "/num_experts_per_tok",
        Kind::Hyperparameter("num_experts_per_tok"),
    ),
    field(
        "/num_hidden_layers",
        Kind::Hyperparameter("num_hidden_layers"),
    ),
    field(
        "/num_key_value_heads",
        Kind::Hyperparameter("num_key_value_heads"),
    ),
    field("/num_layers", Kind::Hyperparameter("num_layers")),
    field(
        "/num_local_experts",
        Kind::Hyperparameter("num_local_experts"),
    ),
    field("/rms_norm_eps", Kind::Hyperparameter("rms_norm_eps")),
    field("/tokenizer_class", Kind::Hyperparameter("tokenizer_class")),
    field("/vocab_size", Kind::Hyperparameter("vocab_size")),
];

/// `adapter_config.json` of PEFT, beside its base model and method.
static ADAPTER: [Field; 7] = [
    field("/lora_alpha", Kind::Hyperparameter("lora_alpha")),
    field("/lora_dropout", Kind::Hyperparameter("lora_dropout")),
    field("/peft_type", Kind::Hyperparameter("peft_type")),
    field("/peft_version", Kind::Hyperparameter("peft_version")),
    field("/r", Kind::Hyperparameter("lora_rank")),
    field("/target_modules", Kind::Hyperparameter("target_modules")),
    field("/task_type", Kind::Task),
];

/// `generation_config.json` of transformers.
static GENERATION: [Field; 9] = [
    field("/do_sample", Kind::Hyperparameter("do_sample")),
    field("/max_length", Kind::Hyperparameter("max_length")),
    field("/max_new_tokens", Kind::Hyperparameter("max_new_tokens")),
    field("/num_beams", Kind::Hyperparameter("num_beams")),
    field(
        "/repetition_penalty",
        Kind::Hyperparameter("repetition_penalty"),
    ),
    field("/temperature", Kind::Hyperparameter("temperature")),
    field("/top_k", Kind::Hyperparameter("top_k")),
    field("/top_p", Kind::Hyperparameter("top_p")),
    tool("/transformers_version", "transformers "),
];

/// `model_index.json` of diffusers, beside its parts.
static MODEL_INDEX: [Field; 2] = [
    tool("/_diffusers_version", "diffusers "),
    field("/_name_or_path", Kind::Name),
];

/// `meta.json` of a spaCy pipeline.
static SPACY: [Field; 9] = [
    field("/name", Kind::Name),
    field("/version", Kind::Version),
    field("/lang", Kind::Language),
    field("/license", Kind::License),
    field("/author", Kind::Author),
    field("/description", Kind::Description),
    field("/url", Kind::Website),
    library("/spacy_version", "spacy"),
    field("/pipeline", Kind::Hyperparameter("pipeline")),
];

/// `tokenizer_config.json` of transformers.
static TOKENIZER: [Field; 9] = [
    field("/bos_token", Kind::Tokenizer("bos_token")),
    field("/cls_token", Kind::Tokenizer("cls_token")),
    field("/eos_token", Kind::Tokenizer("eos_token")),
    field("/model_max_length", Kind::Tokenizer("model_max_length")),
    field("/pad_token", Kind::Tokenizer("pad_token")),
    field("/padding_side", Kind::Tokenizer("padding_side")),
    field("/sep_token", Kind::Tokenizer("sep_token")),
    field("/tokenizer_class", Kind::Tokenizer("tokenizer_class")),
    field("/unk_token", Kind::Tokenizer("unk_token")),
];
