mod cursor;
mod types;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::{Digest, Finding};

use self::cursor::Cursor;
use self::types::{file_type, width};
use crate::inspect::{Aspect, Fact, Input, InspectError, Location, Outline};

pub use self::types::GgufElement;
pub use self::value::GgufValue;

/// How tensors are aligned where the file does not say.
const ALIGNMENT: u64 = 32;

/// The most dimensions that a tensor of the format has.
const MAX_DIMENSIONS: u32 = 4;

/// What the header of a GGUF file says: its metadata and its table of tensors, in versions 1 to 3
/// and either byte order. The tensors themselves are not read.
#[derive(Clone, Debug, PartialEq)]
pub struct Gguf {
    version: u32,
    metadata: BTreeMap<String, GgufEntry>,
    tensors: Vec<GgufTensor>,
    /// Where the table of tensors begins.
    table: u64,
}

/// One metadatum of a GGUF file.
#[derive(Clone, Debug, PartialEq)]
pub struct GgufEntry {
    at: u64,
    value: GgufValue,
}

impl GgufEntry {
    /// Returns the offset of the value in bytes.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        self.at
    }

    /// Returns the value.
    #[must_use]
    pub const fn value(&self) -> &GgufValue {
        &self.value
    }
}

/// One tensor of a GGUF file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct GgufTensor {
    name: String,
    shape: Vec<u64>,
    elements: u64,
    element: GgufElement,
    offset: u64,
}

impl GgufTensor {
    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the size of each dimension, the innermost first.
    #[must_use]
    pub fn shape(&self) -> &[u64] {
        &self.shape
    }

    /// Returns the number of elements.
    #[must_use]
    pub const fn elements(&self) -> u64 {
        self.elements
    }

    /// Returns the type of the elements.
    #[must_use]
    pub const fn element(&self) -> GgufElement {
        self.element
    }
}

impl Gguf {
    /// Reads and checks the header.
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the file is no GGUF file of version 1 to 3, or a tensor does not lie
    /// inside it.
    pub fn read(input: &mut Input<'_>) -> Result<Self, InspectError> {
        let mut cursor = Cursor::new(input)?;
        let (tensors, entries) = cursor.counts()?;
        let mut file = Self {
            version: cursor.version(),
            metadata: BTreeMap::new(),
            tensors: Vec::new(),
            table: 0,
        };
        for _ in 0..entries {
            file.read_entry(&mut cursor)?;
        }
        file.table = cursor.position();
        for _ in 0..tensors {
            let tensor = read_tensor(&mut cursor)?;
            file.tensors.push(tensor);
        }
        let alignment = file.number("general.alignment").unwrap_or(ALIGNMENT);
        file.check_places(cursor.position(), alignment, cursor.size())?;
        Ok(file)
    }

    /// Returns the version of the format.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// Returns the metadata by key.
    #[must_use]
    pub const fn metadata(&self) -> &BTreeMap<String, GgufEntry> {
        &self.metadata
    }

    /// Returns the tensors in the order of the table.
    #[must_use]
    pub fn tensors(&self) -> &[GgufTensor] {
        &self.tensors
    }

    /// Returns the number of elements in all tensors.
    #[must_use]
    pub fn parameters(&self) -> u64 {
        let elements = self.tensors.iter().map(GgufTensor::elements);
        elements.fold(0, u64::saturating_add)
    }

    /// Returns the chat template, which a loader runs as a Jinja program.
    #[must_use]
    pub fn chat_template(&self) -> Option<&str> {
        self.metadata
            .get("tokenizer.chat_template")?
            .value
            .as_text()
    }

    /// Returns what the file says of the model.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = vec![Fact::observed(
            Aspect::FormatVersion,
            self.version.to_string(),
            Location::Byte(4),
        )];
        facts.extend(self.tensor_facts());
        let described = self.metadata.iter();
        facts.extend(described.flat_map(|(key, entry)| self.metadata_facts(key, entry)));
        facts
    }

    /// Returns what deserves attention.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.tensors.is_empty() {
            let message = "the file has no tensors: it is a vocabulary or a fragment";
            findings.push(Finding::new("bom.inspect.gguf.no_tensors", message));
        }
        let unknown = self
            .tensors
            .iter()
            .filter(|tensor| tensor.element.name().is_none());
        let unknown: BTreeSet<u32> = unknown.map(|tensor| tensor.element.id()).collect();
        findings.extend(unknown.iter().map(|id| {
            let message = format!("tensors have the element type {id}, whose size is not known");
            Finding::new("bom.inspect.gguf.unknown", message)
        }));
        findings
    }

    pub(crate) fn outline(&self) -> Outline {
        let mut outline = Outline::default();
        for tensor in &self.tensors {
            let shape: Vec<u64> = tensor.shape.iter().rev().copied().collect();
            outline.add(&tensor.name, &shape);
        }
        outline
    }

    fn number(&self, key: &str) -> Option<u64> {
        self.metadata.get(key)?.value.as_u64()
    }

    fn read_entry(&mut self, cursor: &mut Cursor<'_, '_>) -> Result<(), InspectError> {
        let key_at = cursor.position();
        let key = cursor.text("metadata key")?;
        let at = cursor.position();
        let value = GgufValue::read(cursor)?;
        if self.metadata.contains_key(&key) {
            return Err(InspectError::Malformed {
                what: "metadata key",
                at: Location::Byte(key_at),
                found: format!("`{key}` again"),
                expected: "each key once",
            });
        }
        self.metadata.insert(key, GgufEntry { at, value });
        Ok(())
    }

    /// Makes sure that every tensor lies inside the file, where its size is known.
    fn check_places(&self, end: u64, alignment: u64, size: u64) -> Result<(), InspectError> {
        let wrong = |what, found: String, expected| InspectError::Malformed {
            what,
            at: Location::Byte(self.table),
            found,
            expected,
        };
        if !alignment.is_power_of_two() {
            let expected = "a power of two";
            return Err(wrong("alignment", alignment.to_string(), expected));
        }
        let data = end.checked_next_multiple_of(alignment).unwrap_or(u64::MAX);
        for tensor in &self.tensors {
            let length = tensor.element.size(tensor.elements).unwrap_or(0);
            let last = data
                .checked_add(tensor.offset)
                .and_then(|begin| begin.checked_add(length));
            if last.is_none_or(|last| last > size) || !tensor.offset.is_multiple_of(alignment) {
                let found = format!("`{}` at {}", tensor.name, tensor.offset);
                let expected = "aligned tensors inside the file";
                return Err(wrong("tensor offset", found, expected));
            }
        }
        Ok(())
    }

    fn tensor_facts(&self) -> Vec<Fact> {
        let at = || Location::Byte(self.table);
        let count = self.tensors.len().to_string();
        let mut facts = vec![Fact::observed(Aspect::TensorCount, count, at())];
        if self.tensors.is_empty() {
            return facts;
        }
        let parameters = self.parameters().to_string();
        facts.push(Fact::observed(Aspect::ParameterCount, parameters, at()));
        let mut types: BTreeMap<String, u64> = BTreeMap::new();
        for tensor in &self.tensors {
            let elements = types.entry(tensor.element.label()).or_default();
            *elements = elements.saturating_add(tensor.elements);
        }
        let element_type = |name: &String| Fact::observed(Aspect::ElementType, name, at());
        facts.extend(types.keys().map(element_type));
        // What most parameters are held in is what people call the quantization.
        let most = types.iter().max_by_key(|(_, elements)| **elements);
        if let Some((name, _)) = most {
            facts.push(Fact::inferred(Aspect::Quantization, name, at()));
        }
        facts
    }

    fn metadata_facts(&self, key: &str, entry: &GgufEntry) -> Vec<Fact> {
        let at = Location::Byte(entry.at);
        if key == "tokenizer.chat_template" {
            let template = entry.value.as_text().unwrap_or_default();
            let digest = Digest::sha256(template.as_bytes()).to_hex();
            return vec![Fact::observed(Aspect::ChatTemplate, digest, at)];
        }
        if key == "general.file_type" {
            let name = entry.value.as_u64().and_then(file_type);
            let fact = |name| Fact::declared(Aspect::Quantization, name, at);
            return name.map(fact).into_iter().collect();
        }
        let aspect = aspect(key);
        let texts = entry.value.to_texts();
        let fact = |text| Fact::declared(aspect.clone(), text, at.clone());
        texts.into_iter().map(fact).collect()
    }
}

/// Reads one row of the table of tensors.
fn read_tensor(cursor: &mut Cursor<'_, '_>) -> Result<GgufTensor, InspectError> {
    let at = cursor.position();
    let name = cursor.text("tensor name")?;
    let dimensions = cursor.u32("number of dimensions")?;
    let wrong = |found: String, expected| InspectError::Malformed {
        what: "tensor",
        at: Location::Byte(at),
        found: format!("`{name}` with {found}"),
        expected,
    };
    if dimensions > MAX_DIMENSIONS {
        let found = format!("{dimensions} dimensions");
        return Err(wrong(found, "at most 4 dimensions"));
    }
    let mut shape = Vec::new();
    for _ in 0..dimensions {
        shape.push(cursor.length("dimension")?);
    }
    let element = GgufElement::of(cursor.u32("element type")?);
    let offset = cursor.u64("tensor offset")?;
    let elements = shape
        .iter()
        .try_fold(1_u64, |all, size| all.checked_mul(*size));
    let fits =
        |elements: &u64| width(element).is_none_or(|(block, _)| elements.is_multiple_of(block));
    let Some(elements) = elements.filter(fits) else {
        let found = format!("the shape {shape:?}");
        return Err(wrong(found, "a shape of whole blocks"));
    };
    Ok(GgufTensor {
        name,
        shape,
        elements,
        element,
        offset,
    })
}

/// The keys of the format's own list of standardized metadata.
fn aspect(key: &str) -> Aspect {
    match key {
        "general.architecture" => Aspect::ArchitectureFamily,
        "general.author" => Aspect::Author,
        "general.datasets" => Aspect::Dataset,
        "general.description" => Aspect::Description,
        "general.languages" => Aspect::Language,
        "general.license" => Aspect::License,
        "general.license.link" => Aspect::LicenseLink,
        "general.license.name" => Aspect::LicenseName,
        "general.name" => Aspect::Name,
        "general.organization" => Aspect::Organization,
        "general.tags" => Aspect::Tag,
        "general.version" => Aspect::Version,
        "general.url" | "general.repo_url" => Aspect::Reference("website".to_owned()),
        "general.source.url" | "general.source.repo_url" => {
            Aspect::Reference("source-distribution".to_owned())
        }
        _ => other_aspect(key),
    }
}

fn other_aspect(key: &str) -> Aspect {
    if key.starts_with("general.base_model.") && key.ends_with(".repo_url") {
        return Aspect::BaseModel;
    }
    if let Some(name) = key.strip_prefix("general.dataset.")
        && name.ends_with(".repo_url")
    {
        return Aspect::Dataset;
    }
    if let Some(name) = key.strip_prefix("tokenizer.") {
        return Aspect::Tokenizer(name.to_owned());
    }
    match key.split_once('.') {
        Some((group, name)) if group != "general" => Aspect::Hyperparameter(name.to_owned()),
        _ => Aspect::Metadata(key.to_owned()),
    }
}
