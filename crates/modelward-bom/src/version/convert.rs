use std::collections::BTreeSet;

use modelward_artifact::escape::Terminal;
use serde_json::{Map, Value};
use thiserror::Error;

use crate::check::{Once, is_license_choice, mixes_licenses};
use crate::model::List;
use crate::pointer::Place;
use crate::shape::{Kind, Member, Shape, Wire};
use crate::{Loss, MlBom, SpecVersion};

/// Holds a document in another version of CycloneDX, and what that version cannot say.
#[derive(Clone, Debug, PartialEq)]
pub struct Converted {
    bom: MlBom,
    losses: Vec<Loss>,
}

impl Converted {
    pub(crate) const fn new(bom: MlBom, losses: Vec<Loss>) -> Self {
        Self { bom, losses }
    }

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

    /// Returns what was dropped or changed, by its place in the document that was converted.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }
}

/// Says that a document could not be converted.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ConvertError {
    /// What is left is not a document: a value that every version needs would have to go.
    #[error("the document has no form in cyclonedx {version}")]
    NoForm {
        /// The version that was asked for.
        version: SpecVersion,
    },
    /// The version is read and not written.
    #[error("cyclonedx {version} is not written, expected 1.5, 1.6 or 1.7")]
    NotWritten {
        /// The version that was asked for.
        version: SpecVersion,
    },
    /// Another library does not take the document.
    #[error("cyclonedx-bom refuses the document: {}", Terminal(message))]
    Refused {
        /// What it says.
        message: String,
    },
}

impl ConvertError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoForm { .. } => "bom.convert.no_form",
            Self::NotWritten { .. } => "bom.convert.not_written",
            Self::Refused { .. } => "bom.convert.refused",
        }
    }
}

impl MlBom {
    /// Converts the document to a version, dropping what that version does not have.
    ///
    /// What has another form there is changed: several findings of a component's identity to the
    /// first, a kind of reference that is too new to `other`. Members that no version has are
    /// dropped too. Every such place is listed; a document that keeps to its version
    /// and is converted to the same has none.
    ///
    /// # Errors
    ///
    /// [`ConvertError`] for a version that is not written, or a document that has nothing left.
    pub fn convert(&self, version: SpecVersion) -> Result<Converted, ConvertError> {
        if !SpecVersion::WRITTEN.contains(&version) {
            return Err(ConvertError::NotWritten { version });
        }
        let mut converter = Converter {
            source: self.spec_version(),
            target: version,
            losses: Vec::new(),
            refs: Refs::default(),
        };
        let mut frame = self.frame().to_value();
        frame["specVersion"] = version.name().into();
        if let Some(schema) = frame.get_mut("$schema") {
            *schema = schema_address(version).into();
        }
        converter.refs.stood(&frame);
        let frame = converter.value(frame, Self::KIND, &Place::ROOT).ok();
        let no_form = ConvertError::NoForm { version };
        let frame = frame.ok_or_else(|| no_form.clone())?;
        converter.refs.stands(&frame);
        let mut bom = <Self as Wire>::from_value(frame).ok_or_else(|| no_form.clone())?;
        for list in Self::lists() {
            let at = Place::ROOT.member(list.name);
            let mut once = Once::default();
            for (index, item) in self.items(list.name).enumerate() {
                if let Some(item) = converter.item(item, &list, &at.index(index), &mut once) {
                    bom.push(list.name, item).ok_or_else(|| no_form.clone())?;
                }
            }
        }
        Ok(Converted::new(bom, converter.losses))
    }
}

/// Returns the address of a version's JSON schema.
pub(crate) fn schema_address(version: SpecVersion) -> String {
    format!("http://cyclonedx.org/schema/bom-{version}.schema.json")
}

/// Says that a value has no form in the version, and why.
struct Unfit(String);

/// Why an item is dropped that differed from another only in what was dropped of it.
const EQUAL: &str = "equals another item now";

struct Converter {
    source: SpecVersion,
    target: SpecVersion,
    losses: Vec<Loss>,
    refs: Refs,
}

/// Every `bom-ref` of the document that is converted, and of what it becomes.
#[derive(Default)]
struct Refs {
    source: BTreeSet<String>,
    target: BTreeSet<String>,
}

impl Refs {
    fn stood(&mut self, value: &Value) {
        collect_refs(value, &mut self.source);
    }

    fn stands(&mut self, value: &Value) {
        collect_refs(value, &mut self.target);
    }

    fn is_gone(&self, value: &Value) -> bool {
        value
            .as_str()
            .is_some_and(|name| self.source.contains(name) && !self.target.contains(name))
    }
}

impl Converter {
    fn value(&mut self, value: Value, kind: Kind, at: &Place<'_>) -> Result<Value, Unfit> {
        match (kind.of(&value), value) {
            (Kind::Object(shape), Value::Object(members)) => self.object(members, shape(), at),
            (Kind::List { item, unique, .. }, Value::Array(items)) => {
                let mut items = self.list(items, *item, at);
                if unique {
                    self.drop_equal(&mut items, at);
                }
                Ok(items.into_iter().map(|(_, item)| item).collect())
            }
            (Kind::Words(words), Value::String(word)) => {
                let known = words.iter().find(|known| known.name == word);
                match known {
                    Some(known) if known.since > self.target => {
                        Err(Unfit(format!("`{word}` is of CycloneDX {}", known.since)))
                    }
                    _ => Ok(Value::String(word)),
                }
            }
            (_, value) => Ok(value),
        }
    }

    fn object(
        &mut self,
        members: Map<String, Value>,
        shape: &'static Shape,
        at: &Place<'_>,
    ) -> Result<Value, Unfit> {
        let mut kept = Map::new();
        let mut unfit = None;
        for (name, value) in members {
            let place = at.member(&name);
            let Some(member) = shape.member(&name) else {
                if shape.open {
                    kept.insert(name, value);
                } else {
                    self.lose(&place, format!("no version has `{name}` here"));
                }
                continue;
            };
            match self.member(value, member, shape, &place) {
                Ok(Some(value)) => {
                    kept.insert(name, value);
                }
                Ok(None) => {}
                Err(reason) => unfit = Some(reason),
            }
        }
        match unfit {
            Some(reason) => Err(reason),
            None => self.complete(kept, shape),
        }
    }

    /// Converts a member; `None` where it was dropped, an error where the object needs it.
    fn member(
        &mut self,
        value: Value,
        member: &'static Member,
        shape: &Shape,
        at: &Place<'_>,
    ) -> Result<Option<Value>, Unfit> {
        if member.since > self.target {
            self.lose(at, format!("is of CycloneDX {}", member.since));
            return Ok(None);
        }
        if member.name == "cryptoProperties" && self.source > self.target {
            self.lose(at, "has another form in each version".to_owned());
            return Ok(None);
        }
        let converted = match value {
            Value::Array(items)
                if is_identity(shape, member) && self.target < SpecVersion::V1_6 =>
            {
                self.first_identity(items, member, at)
            }
            value => self.value(value, member.kind, at),
        };
        match converted {
            Ok(value) => Ok(Some(value)),
            Err(Unfit(reason)) if shape.name == "externalReference" && member.name == "type" => {
                let reason = format!("{reason}; `other` stands for it");
                self.losses.push(Loss::new(at.to_string(), reason));
                Ok(Some("other".into()))
            }
            Err(unfit) if member.required => Err(unfit),
            Err(Unfit(reason)) => {
                self.lose(at, reason);
                Ok(None)
            }
        }
    }

    /// Before 1.6 a component's identity is one finding.
    fn first_identity(
        &mut self,
        items: Vec<Value>,
        member: &Member,
        at: &Place<'_>,
    ) -> Result<Value, Unfit> {
        let mut fitting = None;
        for (index, item) in items.into_iter().enumerate() {
            let place = at.index(index);
            if fitting.is_some() {
                self.lose(&place, "before 1.6 there is one identity".to_owned());
                continue;
            }
            match self.value(item, member.kind, &place) {
                Ok(item) => fitting = Some(item),
                Err(Unfit(reason)) => self.lose(&place, reason),
            }
        }
        fitting.ok_or_else(|| Unfit("no identity is left".to_owned()))
    }

    fn list(&mut self, items: Vec<Value>, item: Kind, at: &Place<'_>) -> Vec<(usize, Value)> {
        let mixed =
            self.target < SpecVersion::V1_7 && is_license_choice(item) && mixes_licenses(&items);
        let only_expressions = items.iter().all(|item| item.get("expression").is_some());
        let mut kept = Vec::with_capacity(items.len());
        for (index, value) in items.into_iter().enumerate() {
            let place = at.index(index);
            let is_expression = value.get("expression").is_some();
            if mixed && is_expression && !(only_expressions && index == 0) {
                let reason = "before 1.7 an expression stands alone".to_owned();
                self.lose(&place, reason);
                continue;
            }
            match self.value(value, item, &place) {
                Ok(value) => kept.push((index, value)),
                Err(Unfit(reason)) => self.lose(&place, reason),
            }
        }
        kept
    }

    /// What differed in what was dropped is equal now, and a list may have it once.
    fn drop_equal(&mut self, items: &mut Vec<(usize, Value)>, at: &Place<'_>) {
        let mut once = Once::default();
        items.retain(|(index, item)| {
            let first = once.is_first(item);
            if !first {
                self.lose(&at.index(*index), EQUAL.to_owned());
            }
            first
        });
    }

    /// Makes sure that an object still has what it cannot be without.
    fn complete(&self, members: Map<String, Value>, shape: &Shape) -> Result<Value, Unfit> {
        let empty = |group: &&&[&str]| !group.iter().any(|name| members.contains_key(*name));
        let mut groups = shape.exactly_one.iter().chain(shape.at_least_one);
        match groups.find(empty) {
            Some(group) => Err(Unfit(format!("nothing is left of {}", group.join(", ")))),
            None => Ok(Value::Object(members)),
        }
    }

    fn lose(&mut self, at: &Place<'_>, reason: String) {
        self.losses.push(Loss::new(at.to_string(), reason));
    }

    /// Converts an item of a list of the document; `None` where it was dropped.
    fn item(&mut self, item: Value, list: &List, at: &Place<'_>, once: &mut Once) -> Option<Value> {
        self.refs.stood(&item);
        if list.since > self.target {
            // The list was dropped with the frame.
            return None;
        }
        let mut item = match self.value(item, list.item, at) {
            Ok(item) => item,
            Err(Unfit(reason)) => {
                self.lose(at, reason);
                return None;
            }
        };
        if list.name == "dependencies" && !self.keep_dependency(&mut item, at) {
            return None;
        }
        if list.unique && !once.is_first(&item) {
            self.lose(at, EQUAL.to_owned());
            return None;
        }
        self.refs.stands(&item);
        Some(item)
    }

    /// Dependencies on what was dropped go with it.
    fn keep_dependency(&mut self, dependency: &mut Value, at: &Place<'_>) -> bool {
        const REASON: &str = "what it is about was dropped";
        if self.refs.is_gone(&dependency["ref"]) {
            self.lose(at, REASON.to_owned());
            return false;
        }
        for list in ["dependsOn", "provides"] {
            let Some(Value::Array(items)) = dependency.get_mut(list) else {
                continue;
            };
            let place = at.member(list);
            let mut index = 0;
            items.retain(|value| {
                let gone = self.refs.is_gone(value);
                if gone {
                    let pointer = place.index(index).to_string();
                    self.losses.push(Loss::new(pointer, REASON));
                }
                index += 1;
                !gone
            });
        }
        true
    }
}

fn is_identity(shape: &Shape, member: &Member) -> bool {
    shape.name == "componentEvidence" && member.name == "identity"
}

/// Collects every `bom-ref` in a value.
fn collect_refs(value: &Value, found: &mut BTreeSet<String>) {
    let mut pending = vec![value];
    while let Some(value) = pending.pop() {
        match value {
            Value::Array(items) => pending.extend(items),
            Value::Object(members) => {
                if let Some(Value::String(bom_ref)) = members.get("bom-ref") {
                    found.insert(bom_ref.clone());
                }
                pending.extend(members.values());
            }
            _ => {}
        }
    }
}
