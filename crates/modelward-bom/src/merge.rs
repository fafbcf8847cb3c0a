use std::collections::BTreeMap;

use modelward_artifact::Timestamp;
use modelward_artifact::escape::Terminal;
use serde_json::{Map, Value};
use thiserror::Error;

use crate::model::text::is_bom_ref;
use crate::model::{BomRef, Component, DateTime, Metadata, Positive, Tools};
use crate::pointer::SUBJECT;
use crate::shape::{Kind, Wire};
use crate::{ConvertError, Loss, MlBom, SpecVersion};

/// The property names that end with a JSON pointer into the document.
const POINTER_PROPERTY: &str = "modelward:source:";

/// Joins several documents into one about a system that has all their models.
///
/// Each document has a namespace; every `bom-ref` in it, and every reference to one, gets it as a
/// prefix, so that two documents that both call their model `model` do not clash. What a
/// document is about becomes a component of the whole.
///
/// ```
/// use modelward_bom::model::{BomRef, Component, ComponentKind};
/// use modelward_bom::{Merge, MlBom, SpecVersion};
///
/// let model = |name: &str| {
///     let model = Component::new(ComponentKind::MachineLearningModel, name)
///         .with_bom_ref(BomRef::new("model").expect("not empty"));
///     MlBom::new(SpecVersion::V1_6).with_components([model])
/// };
/// let system = Component::new(ComponentKind::Application, "assistant");
/// let merged = Merge::new(system)
///     .with("ears", model("transcriber"))?
///     .with("mouth", model("speaker"))?
///     .build()?;
/// let refs: Vec<_> = merged.bom().components().iter().map(Component::bom_ref).collect();
/// assert_eq!(refs, [Some("ears/model"), Some("mouth/model")]);
/// # Ok::<(), modelward_bom::MergeError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Merge {
    subject: Component,
    timestamp: Option<Timestamp>,
    version: SpecVersion,
    parts: Vec<(String, MlBom)>,
}

/// Holds a joined document, and what of its parts it does not say.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    bom: MlBom,
    losses: Vec<(String, Loss)>,
}

impl Merged {
    /// Returns the document.
    #[must_use]
    pub const fn bom(&self) -> &MlBom {
        &self.bom
    }

    /// Returns the document and drops the rest.
    #[must_use]
    pub fn into_bom(self) -> MlBom {
        self.bom
    }

    /// Returns what of each part, by its namespace, is not in the document.
    #[must_use]
    pub fn losses(&self) -> &[(String, Loss)] {
        &self.losses
    }
}

/// Says why documents could not be joined.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum MergeError {
    /// A part has no form in the version of the whole.
    #[error(transparent)]
    Convert(#[from] ConvertError),
    /// Two parts have the same namespace, or one has none.
    #[error(
        "`{}` cannot be a namespace: it is empty, has a `/`, or is taken",
        Terminal(namespace)
    )]
    Namespace {
        /// The namespace.
        namespace: String,
    },
    /// The parts do not make a document.
    #[error("the parts do not make a document")]
    Shape,
}

impl MergeError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Convert(source) => source.code(),
            Self::Namespace { .. } => "bom.merge.namespace",
            Self::Shape => "bom.merge.shape",
        }
    }
}

impl Merge {
    /// Begins with what the whole is: an application, a container, a model of models.
    #[must_use]
    pub const fn new(subject: Component) -> Self {
        Self {
            subject,
            timestamp: None,
            version: SpecVersion::V1_6,
            parts: Vec::new(),
        }
    }

    /// States when the documents are joined; otherwise the whole bears no time.
    #[must_use]
    pub const fn with_timestamp(mut self, timestamp: Timestamp) -> Self {
        self.timestamp = Some(timestamp);
        self
    }

    /// Adds a document under a namespace.
    ///
    /// # Errors
    ///
    /// [`MergeError::Namespace`] where the namespace is empty, has a `/`, or is taken.
    pub fn with(mut self, namespace: &str, bom: MlBom) -> Result<Self, MergeError> {
        let taken = self.parts.iter().any(|(known, _)| known == namespace);
        if taken || namespace.is_empty() || namespace.contains('/') {
            let namespace = namespace.to_owned();
            return Err(MergeError::Namespace { namespace });
        }
        self.version = self.version.max(bom.spec_version());
        self.parts.push((namespace.to_owned(), bom));
        Ok(self)
    }

    /// Joins the documents. The whole is of the newest version among them, at least 1.6.
    ///
    /// # Errors
    ///
    /// [`MergeError`] where a part has no form in that version.
    pub fn build(self) -> Result<Merged, MergeError> {
        let mut metadata = Metadata::new().with_component(self.subject);
        if let Some(timestamp) = self.timestamp {
            metadata = metadata.with_timestamp(DateTime::from(timestamp));
        }
        let mut whole = Whole {
            bom: MlBom::new(self.version),
            tools: Map::new(),
            losses: Vec::new(),
        };
        for (namespace, bom) in self.parts {
            let converted = bom.convert(self.version)?;
            drop(bom);
            let own = |loss: &Loss| (namespace.clone(), loss.clone());
            whole.losses.extend(converted.losses().iter().map(own));
            whole
                .add(&namespace, &converted.into_bom())
                .ok_or(MergeError::Shape)?;
        }
        if !whole.tools.is_empty() {
            let tools = Tools::from_value(Value::Object(whole.tools)).ok_or(MergeError::Shape)?;
            metadata = metadata.with_tools(tools);
        }
        let bom = whole.bom.with_schema_of_version();
        let bom = bom.with_version(Positive::one()).with_metadata(metadata);
        let losses = whole.losses;
        Ok(Merged { bom, losses })
    }
}

struct Whole {
    bom: MlBom,
    tools: Map<String, Value>,
    losses: Vec<(String, Loss)>,
}

impl Whole {
    /// Adds a part; `None` where something of it has no place in the whole.
    fn add(&mut self, namespace: &str, part: &MlBom) -> Option<()> {
        let mut frame = part.frame().to_value();
        prefix(&mut frame, MlBom::KIND, namespace);
        let Value::Object(mut members) = frame else {
            return None;
        };
        let mut moves = Moves::default();
        let subject = members
            .get_mut("metadata")
            .and_then(|metadata| metadata.as_object_mut()?.remove("component"));
        if let Some(subject) = subject {
            moves.subject = Some(self.bom.length("components"));
            self.bom.push("components", subject)?;
        }
        self.add_tools(&mut members);
        for list in MlBom::lists() {
            members.remove(list.name);
            moves.offsets.insert(list.name, self.bom.length(list.name));
        }
        for list in MlBom::lists() {
            for mut item in part.items(list.name) {
                prefix(&mut item, list.item, namespace);
                match list.name {
                    "citations" => moves.citation(&mut item),
                    "properties" => moves.property(&mut item),
                    _ => {}
                }
                self.bom.push(list.name, item)?;
            }
        }
        let structure = ["$schema", "bomFormat", "specVersion", "version"];
        for (name, value) in members {
            let says = !value.as_object().is_some_and(Map::is_empty);
            if says && !structure.contains(&name.as_str()) {
                let reason = "is of the part, and the whole says something else";
                let loss = Loss::new(format!("/{name}"), reason);
                self.losses.push((namespace.to_owned(), loss));
            }
        }
        Some(())
    }

    /// The tools of the parts made what the whole says, and citations name them.
    fn add_tools(&mut self, members: &mut Map<String, Value>) {
        let metadata = members.get_mut("metadata").and_then(Value::as_object_mut);
        let Some(metadata) =
            metadata.filter(|metadata| metadata.get("tools").is_some_and(Value::is_object))
        else {
            return;
        };
        if let Some(Value::Object(tools)) = metadata.remove("tools") {
            for (kind, items) in tools {
                let all = self
                    .tools
                    .entry(kind)
                    .or_insert_with(|| Value::Array(Vec::new()));
                if let (Value::Array(all), Value::Array(items)) = (all, items) {
                    all.extend(items);
                }
            }
        }
    }
}

/// Where the places of a part are in the whole.
#[derive(Default)]
struct Moves {
    /// The index of what the part is about among the components of the whole.
    subject: Option<usize>,
    /// How many items each list had before those of the part.
    offsets: BTreeMap<&'static str, usize>,
}

impl Moves {
    fn citation(&self, citation: &mut Value) {
        if let Some(Value::Array(pointers)) = citation.get_mut("pointers") {
            for pointer in pointers {
                *pointer = self.of(pointer.as_str().unwrap_or_default()).into();
            }
        }
    }

    /// Properties that name a place of the part name the place in the whole now.
    fn property(&self, property: &mut Value) {
        let name = property["name"].as_str().unwrap_or_default();
        if let Some(pointer) = name.strip_prefix(POINTER_PROPERTY) {
            let moved = self.of(pointer);
            property["name"] = format!("{POINTER_PROPERTY}{moved}").into();
        }
    }

    fn of(&self, pointer: &str) -> String {
        if let (Some(index), Some(rest)) = (self.subject, pointer.strip_prefix(SUBJECT))
            && (rest.is_empty() || rest.starts_with('/'))
        {
            return format!("/components/{index}{rest}");
        }
        self.in_list(pointer).unwrap_or_else(|| pointer.to_owned())
    }

    fn in_list(&self, pointer: &str) -> Option<String> {
        let (list, rest) = pointer.strip_prefix('/')?.split_once('/')?;
        let (index, rest) = rest
            .split_once('/')
            .map_or((rest, None), |(index, rest)| (index, Some(rest)));
        let index = index.parse::<usize>().ok()? + self.offsets.get(list)?;
        Some(match rest {
            Some(rest) => format!("/{list}/{index}/{rest}"),
            None => format!("/{list}/{index}"),
        })
    }
}

/// Puts a namespace before every `bom-ref` and every reference to one.
fn prefix(value: &mut Value, kind: Kind, namespace: &str) {
    match (kind.of(value), value) {
        (Kind::Object(shape), Value::Object(members)) => {
            let shape = shape();
            for (name, value) in members.iter_mut() {
                // The schema has plain texts here, which name components and vulnerabilities.
                let named = shape.name == "compositions"
                    && matches!(name.as_str(), "dependencies" | "vulnerabilities");
                match shape.member(name) {
                    Some(_) if named => prefix(value, Vec::<BomRef>::KIND, namespace),
                    Some(member) => prefix(value, member.kind, namespace),
                    None => {}
                }
            }
        }
        (Kind::List { item, .. }, Value::Array(items)) => {
            for value in items {
                prefix(value, *item, namespace);
            }
        }
        (Kind::Text(rule), Value::String(text))
            if is_bom_ref(rule) && !text.starts_with("urn:cdx:") =>
        {
            *text = format!("{namespace}/{text}");
        }
        _ => {}
    }
}
