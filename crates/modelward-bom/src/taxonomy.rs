//! The names of the CycloneDX property taxonomy for models (`cdx:ai-ml`).

use crate::inspect::Aspect;

/// The hyperparameters that the taxonomy names; any other stands under `_undefined`.
const HYPERPARAMETERS: [&str; 16] = [
    "activation_dropout",
    "context_length",
    "d_model",
    "hidden_act",
    "hidden_size",
    "intermediate_size",
    "layer_norm_epsilon",
    "layer_norm_type",
    "max_position_embeddings",
    "num_attention_heads",
    "num_hidden_layers",
    "num_key_value_heads",
    "num_layers",
    "quantization",
    "tokenizer_class",
    "vocab_size",
];

/// The settings of a tokenizer that the taxonomy names.
const TOKENIZER: [&str; 9] = [
    "bos_token",
    "chat_template",
    "eos_token",
    "errors",
    "pad_token",
    "padding_side",
    "tokenizer_class",
    "unk_token",
    "vocab_size",
];

/// Returns the name of the property under which an aspect stands, where it stands as one.
pub(crate) fn property(aspect: &Aspect) -> Option<String> {
    Some(match aspect {
        Aspect::ChatTemplate => "modelward:chat-template:sha256".to_owned(),
        Aspect::Hyperparameter(name) => {
            let prefix = "cdx:ai-ml:model:hyperparameter:";
            named(prefix, name, &HYPERPARAMETERS)
        }
        Aspect::Language => "cdx:ai-ml:model:language".to_owned(),
        Aspect::Modality => "cdx:ai-ml:model:modality".to_owned(),
        Aspect::Quantization => "cdx:ai-ml:model:hyperparameter:quantization".to_owned(),
        Aspect::Tokenizer(name) => named("cdx:ai-ml:tokenizer:hyperparameter:", name, &TOKENIZER),
        Aspect::Tool => "modelward:tool".to_owned(),
        Aspect::TuneMethod => "cdx:ai-ml:model:parameter:tune_method".to_owned(),
        _ => return None,
    })
}

fn named(prefix: &str, name: &str, known: &[&str]) -> String {
    if known.contains(&name) {
        return format!("{prefix}{name}");
    }
    format!("{prefix}_undefined:{name}")
}
