use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::Finding;
use serde_json::{Map, Value};

use crate::inspect::{Aspect, Fact, Input, InspectError, Location, Outline, json};

/// The length of the number that states how long the header is.
const PREFIX: u64 = 8;

/// Element types and their width in bits.
const ELEMENTS: [(&str, u64); 20] = [
    ("BF16", 16),
    ("BOOL", 8),
    ("C64", 64),
    ("F16", 16),
    ("F32", 32),
    ("F4", 4),
    ("F64", 64),
    ("F6_E2M3", 6),
    ("F6_E3M2", 6),
    ("F8_E4M3", 8),
    ("F8_E5M2", 8),
    ("F8_E8M0", 8),
    ("I16", 16),
    ("I32", 32),
    ("I64", 64),
    ("I8", 8),
    ("U16", 16),
    ("U32", 32),
    ("U64", 64),
    ("U8", 8),
];

/// What the header of a safetensors file says. The tensors themselves are not read.
///
/// - The tensors fill the file from the end of the header to its last byte, without gap or overlap.
/// - Each has as many bytes as its shape and element type ask for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Safetensors {
    tensors: Vec<SafetensorsTensor>,
    metadata: BTreeMap<String, String>,
}

/// One tensor of a safetensors file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SafetensorsTensor {
    name: String,
    element_type: &'static str,
    shape: Vec<u64>,
    elements: u64,
    begin: u64,
    end: u64,
}

impl SafetensorsTensor {
    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the element type, such as `F32`.
    #[must_use]
    pub const fn element_type(&self) -> &'static str {
        self.element_type
    }

    /// Returns the size of each dimension; empty for a scalar.
    #[must_use]
    pub fn shape(&self) -> &[u64] {
        &self.shape
    }

    /// Returns the number of elements.
    #[must_use]
    pub const fn elements(&self) -> u64 {
        self.elements
    }

    /// Returns the number of bytes.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.end - self.begin
    }
}

impl Safetensors {
    /// Reads and checks the header.
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the file is no safetensors file, or says of its tensors what cannot be.
    pub fn read(input: &mut Input<'_>) -> Result<Self, InspectError> {
        let prefix = input.bytes("header length", 0, PREFIX)?;
        let length = prefix
            .try_into()
            .map(u64::from_le_bytes)
            .unwrap_or_default();
        let header = input.bytes("header", PREFIX, length)?;
        let limits = input.limits().large_json().with_max_depth(4);
        let header = json::parse("header", &header, &limits)?;
        let Value::Object(members) = header else {
            return Err(malformed("header", "no object", "a json object"));
        };
        let mut file = Self {
            tensors: Vec::with_capacity(members.len()),
            metadata: BTreeMap::new(),
        };
        for (name, value) in members {
            if name == "__metadata__" {
                file.metadata = metadata(value)?;
            } else {
                file.tensors.push(tensor(name, &value)?);
            }
        }
        file.check_places(input.size() - PREFIX - length)?;
        Ok(file)
    }

    /// Returns the tensors in the order of their bytes.
    #[must_use]
    pub fn tensors(&self) -> &[SafetensorsTensor] {
        &self.tensors
    }

    /// Returns the metadata that its writer put in, such as `format`.
    #[must_use]
    pub const fn metadata(&self) -> &BTreeMap<String, String> {
        &self.metadata
    }

    /// Returns the number of elements in all tensors.
    #[must_use]
    pub fn parameters(&self) -> u64 {
        let elements = self.tensors.iter().map(SafetensorsTensor::elements);
        elements.fold(0, u64::saturating_add)
    }

    /// Returns what the file says of the model.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let header = || Location::Byte(PREFIX);
        let count = self.tensors.len().to_string();
        let parameters = self.parameters().to_string();
        let mut facts = vec![
            Fact::observed(Aspect::TensorCount, count, header()),
            Fact::observed(Aspect::ParameterCount, parameters, header()),
        ];
        let types: BTreeSet<&str> = self
            .tensors
            .iter()
            .map(|tensor| tensor.element_type)
            .collect();
        let element_type = |name| Fact::observed(Aspect::ElementType, name, header());
        facts.extend(types.into_iter().map(element_type));
        facts.extend(self.metadata.iter().map(|(key, value)| {
            let pointer = format!(
                "/__metadata__/{}",
                key.replace('~', "~0").replace('/', "~1")
            );
            Fact::declared(aspect(key), value, Location::Pointer(pointer))
        }));
        facts
    }

    /// Returns what deserves attention: nothing, for the format cannot hold code.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        Vec::new()
    }

    pub(crate) fn outline(&self) -> Outline {
        let mut outline = Outline::default();
        for tensor in &self.tensors {
            outline.add(&tensor.name, &tensor.shape);
        }
        outline
    }

    /// Makes sure that the tensors tile the bytes after the header.
    fn check_places(&mut self, data: u64) -> Result<(), InspectError> {
        self.tensors
            .sort_by(|a, b| (a.begin, a.end, &a.name).cmp(&(b.begin, b.end, &b.name)));
        let mut expected = 0;
        for tensor in &self.tensors {
            if tensor.begin != expected {
                let found = format!("`{}` from byte {}", tensor.name, tensor.begin);
                let expected = "tensors without gap or overlap";
                return Err(malformed("data offsets", found, expected));
            }
            expected = tensor.end;
        }
        if expected == data {
            return Ok(());
        }
        let found = format!("{expected} bytes of tensors where the file has {data}");
        Err(malformed(
            "data offsets",
            found,
            "tensors to the end of the file",
        ))
    }
}

/// Keys that writers are known to use; the format itself names none.
fn aspect(key: &str) -> Aspect {
    match key {
        "modelspec.architecture" => Aspect::Architecture,
        "modelspec.author" => Aspect::Author,
        "modelspec.description" => Aspect::Description,
        "modelspec.license" => Aspect::License,
        "modelspec.title" => Aspect::Name,
        _ => Aspect::Metadata(key.to_owned()),
    }
}

fn metadata(value: Value) -> Result<BTreeMap<String, String>, InspectError> {
    let wrong = || malformed("`__metadata__`", "something else", "texts by name");
    let Value::Object(members) = value else {
        return Err(wrong());
    };
    let texts = members.into_iter().map(|(name, value)| match value {
        Value::String(text) => Ok((name, text)),
        _ => Err(wrong()),
    });
    texts.collect()
}

fn tensor(name: String, value: &Value) -> Result<SafetensorsTensor, InspectError> {
    let parsed = value.as_object().and_then(parse);
    let Some((element_type, shape, elements, (begin, end))) = parsed else {
        let expected = "a type, shape and place that go together";
        return Err(malformed("tensor", format!("`{name}`: {value}"), expected));
    };
    Ok(SafetensorsTensor {
        name,
        element_type,
        shape,
        elements,
        begin,
        end,
    })
}

type Parsed = (&'static str, Vec<u64>, u64, (u64, u64));

/// Reads a tensor whose place has exactly the bytes that its shape and type ask for.
fn parse(members: &Map<String, Value>) -> Option<Parsed> {
    let named = members.get("dtype")?.as_str()?;
    let (element_type, bits) = ELEMENTS.iter().find(|(name, _)| *name == named)?;
    let sizes = members.get("shape")?.as_array()?.iter().map(Value::as_u64);
    let shape = sizes.collect::<Option<Vec<u64>>>()?;
    let elements = shape
        .iter()
        .try_fold(1_u64, |elements, size| elements.checked_mul(*size))?;
    let [begin, end] = members.get("data_offsets")?.as_array()?.as_slice() else {
        return None;
    };
    let (begin, end) = (begin.as_u64()?, end.as_u64()?);
    let bits = elements.checked_mul(*bits)?;
    let fits = bits % 8 == 0 && end.checked_sub(begin)? == bits / 8;
    fits.then_some((*element_type, shape, elements, (begin, end)))
}

fn malformed(what: &'static str, found: impl Into<String>, expected: &'static str) -> InspectError {
    let mut found = found.into();
    if found.len() > 200 {
        found = found.chars().take(200).collect();
    }
    InspectError::Malformed {
        what,
        at: Location::Byte(PREFIX),
        found,
        expected,
    }
}
