//! Reads YAML as the values of JSON, within the same limits.

use std::cell::{Cell, RefCell};
use std::fmt;

use modelward_artifact::JsonLimits;
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

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
    let context = Context {
        limits,
        values: Cell::new(0),
        fault: RefCell::new(None),
    };
    let seed = Seed {
        context: &context,
        depth: 0,
    };
    let read = serde_saphyr::with_deserializer_from_str_with_options(text, options(limits), |it| {
        seed.deserialize(it)
    });
    read.map_err(|error| {
        let fault = context.fault.take();
        fault.unwrap_or_else(|| AtlasError::Yaml {
            source: error.to_string().into(),
        })
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

/// What all levels of one reading share. The fault is kept here, since the reader's error holds text.
struct Context<'a> {
    limits: &'a JsonLimits,
    values: Cell<usize>,
    fault: RefCell<Option<AtlasError>>,
}

impl Context<'_> {
    fn fail<E: serde::de::Error>(&self, fault: AtlasError) -> E {
        let error = E::custom(&fault);
        self.fault.replace(Some(fault));
        error
    }
}

#[derive(Clone, Copy)]
struct Seed<'a> {
    context: &'a Context<'a>,
    depth: usize,
}

impl Seed<'_> {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        let limit = self.context.limits.max_depth();
        if self.depth >= limit {
            return Err(self.context.fail(AtlasError::Depth { limit }));
        }
        let depth = self.depth + 1;
        Ok(Self { depth, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let limit = self.context.limits.max_values();
        let values = self.context.values.get() + 1;
        if values > limit {
            return Err(self.context.fail(AtlasError::TooMany { limit }));
        }
        self.context.values.set(values);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value);
        number
            .map(Value::Number)
            .ok_or_else(|| E::custom("number is not finite"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let seed = self.deeper()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(seed)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let seed = self.deeper()?;
        let mut map = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value_seed(seed)?;
            if map.insert(name, value).is_some() {
                return Err(A::Error::custom("an object has a member twice"));
            }
        }
        Ok(Value::Object(map))
    }
}
