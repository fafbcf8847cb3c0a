//! Reads YAML as the values of JSON, within the same limits.

use modelward_artifact::JsonLimits;
use modelward_artifact::escape::Line;
use modelward_artifact::json::{self, JsonError};
use serde::de::DeserializeSeed as _;
use serde_json::Value;

use super::error::AtlasError;

/// How many anchors and aliases a document may have. Writers make them of values that they hold twice.
const MAX_ALIASES: usize = 4096;

/// How much aliases may repeat in all. ATLAS has none.
const MAX_REPLAYED: usize = 100_000;

/// Reads one document. Plain words are texts but for null, truth values and numbers of YAML 1.2;
/// dates are texts.
pub(super) fn read(bytes: &[u8], limits: &JsonLimits) -> Result<Value, AtlasError> {
    let limit = limits.max_bytes();
    if bytes.len() > limit {
        return Err(AtlasError::TooLarge { limit });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| AtlasError::Yaml {
        source: Box::new(error),
    })?;
    let read = json::read_other(limits, |seed| {
        let options = options(limits);
        serde_saphyr::with_deserializer_from_str_with_options(text, options, |it| {
            seed.deserialize(it)
        })
    });
    read.map_err(|(error, fault)| match fault {
        Some(JsonError::Depth { limit }) => AtlasError::Depth { limit },
        Some(JsonError::TooMany { limit } | JsonError::TooManyMembers { limit }) => {
            AtlasError::TooMany { limit }
        }
        _ => AtlasError::Yaml {
            source: Line(&error.to_string()).to_string().into(),
        },
    })
}

fn options(limits: &JsonLimits) -> serde_saphyr::Options {
    let values = limits.max_values();
    // A few levels more, so that our own limit speaks before that of the parser. In brackets and braces
    // the parser looks ahead, and its limit may be the first.
    let depth = limits.max_depth().saturating_add(8);
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: depth,
            flow_nesting_limit: depth,
            max_documents: 1,
            max_anchors: MAX_ALIASES,
            max_aliases: MAX_ALIASES,
            // Names of members are nodes too; every node has at most two events.
            max_nodes: values.saturating_mul(2).saturating_add(2),
            max_events: values.saturating_mul(4).saturating_add(8),
            max_total_scalar_bytes: limits.max_bytes(),
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: MAX_REPLAYED,
        },
        merge_keys: serde_saphyr::MergeKeyPolicy::Error,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    }
}
