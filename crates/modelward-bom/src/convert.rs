//! The one file that names `cyclonedx-bom`: documents in XML, and programs that use that crate.
//!
//! It knows 1.3 to 1.5 and drops what it does not know, so what it drops is found by comparing.

mod xml;

use cyclonedx_bom::models::bom::SpecVersion as ForeignVersion;
use cyclonedx_bom::prelude::{Bom, Validate as _, ValidationResult};
use cyclonedx_bom::validation::ValidationErrorsKind;
use modelward_artifact::{Finding, JsonLimits};
use serde_json::{Map, Value};

use self::xml::XmlValues;
use crate::pointer::Place;
use crate::{ConvertError, Converted, Loss, MlBom, ReadBomError, SpecVersion};

/// Holds a document as `cyclonedx-bom` has it, and what it cannot hold.
#[derive(Clone, Debug, PartialEq)]
pub struct CyclonedxBom {
    bom: Bom,
    losses: Vec<Loss>,
}

impl CyclonedxBom {
    /// Returns the document.
    #[must_use]
    pub const fn bom(&self) -> &Bom {
        &self.bom
    }

    /// Returns the document and drops the rest.
    #[must_use]
    pub fn into_bom(self) -> Bom {
        self.bom
    }

    /// Returns what the crate does not hold, by its place in the document that was converted.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// Returns what that crate's own validation has against the document. It looks at no model card
    /// and no data; [`MlBom::validate`] does.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let result = self.bom.validate_version(ForeignVersion::V1_5);
        collect(result, "", &mut findings);
        findings
    }
}

impl MlBom {
    /// Reads a CycloneDX document in XML: version 1.3, 1.4 or 1.5.
    ///
    /// It goes through `cyclonedx-bom`, which does not read all of it: the considerations of a model
    /// card and all of a component's evidence are among what it drops. Every value of the text
    /// that is not in the document is listed, by the path of its elements.
    ///
    /// The limits are those for JSON: bytes, levels of nesting, values, which are texts and
    /// attributes, and members, which are elements.
    ///
    /// # Errors
    ///
    /// [`ReadBomError`] where the text is not such a document, or passes a limit.
    pub fn read_xml(bytes: &[u8], limits: &JsonLimits) -> Result<Converted, ReadBomError> {
        if bytes.len() > limits.max_bytes() {
            let limit = limits.max_bytes();
            return Err(ReadBomError::XmlTooLarge { limit });
        }
        let values = XmlValues::read(bytes, limits)?;
        let (version, name) = match values.version.as_str() {
            "1.3" => (ForeignVersion::V1_3, SpecVersion::V1_3),
            "1.4" => (ForeignVersion::V1_4, SpecVersion::V1_4),
            "1.5" => (ForeignVersion::V1_5, SpecVersion::V1_5),
            other => {
                return Err(ReadBomError::Format {
                    member: "namespace",
                    expected: "1.3, 1.4 or 1.5 of http://cyclonedx.org/schema/bom",
                    found: other.to_owned(),
                });
            }
        };
        let foreign = Bom::parse_from_xml_with_version(bytes, version);
        let foreign = foreign.map_err(|error| xml::refused(&error))?;
        let document = to_value(foreign, version);
        let mut document = document.map_err(|message| xml::refused(&message))?;
        mend(&mut document);
        document["specVersion"] = name.name().into();
        let losses = values.missing_in(&document);
        Ok(Converted::new(Self::from_value(document)?, losses))
    }

    /// Turns the document into that of the `cyclonedx-bom` crate, which is of version 1.5.
    ///
    /// # Errors
    ///
    /// [`ConvertError`] where the document has no form in 1.5, or that crate refuses it.
    pub fn to_cyclonedx_bom(&self) -> Result<CyclonedxBom, ConvertError> {
        let converted = self.convert(SpecVersion::V1_5)?;
        let mut losses = converted.losses().to_vec();
        let source = converted.bom().to_value();
        let projected = project(source.clone(), &Place::ROOT, &mut losses);
        let refused = |message: String| ConvertError::Refused { message };
        let bom =
            Bom::parse_json_value(projected.clone()).map_err(|error| refused(error.to_string()))?;
        let mut written = to_value(bom.clone(), ForeignVersion::V1_5).map_err(refused)?;
        mend(&mut written);
        missing(&projected, &written, &Place::ROOT, &mut losses);
        losses.sort();
        losses.dedup();
        Ok(CyclonedxBom { bom, losses })
    }
}

fn to_value(bom: Bom, version: ForeignVersion) -> Result<Value, String> {
    let mut bytes = Vec::new();
    bom.output_as_json(&mut bytes, version)
        .map_err(|error| error.to_string())?;
    serde_json::from_slice(&bytes).map_err(|error| error.to_string())
}

/// Undoes what the crate writes otherwise than CycloneDX has it.
fn mend(value: &mut Value) {
    const NAMES: [(&str, &str); 4] = [
        ("bomRef", "bom-ref"),
        ("confidence_interval", "confidenceInterval"),
        ("lower_bound", "lowerBound"),
        ("upper_bound", "upperBound"),
    ];
    match value {
        Value::Array(items) => items.iter_mut().for_each(mend),
        Value::Object(members) => {
            for (wrong, right) in NAMES {
                if let Some(value) = members.remove(wrong) {
                    members.entry(right).or_insert(value);
                }
            }
            members.retain(|_, value| !value.is_null());
            members.values_mut().for_each(mend);
        }
        Value::String(text) if text == "condified-infrastructure" => {
            "codified-infrastructure".clone_into(text);
        }
        _ => {}
    }
}

/// Takes out what makes the crate refuse a document: where CycloneDX has a list and the crate one
/// value, references to datasets, and who governs data.
fn project(value: Value, at: &Place<'_>, losses: &mut Vec<Loss>) -> Value {
    match value {
        Value::Array(items) => {
            let mut kept = Vec::with_capacity(items.len());
            for (index, item) in items.into_iter().enumerate() {
                kept.push(project(item, &at.index(index), losses));
            }
            Value::Array(kept)
        }
        Value::Object(members) => project_object(members, at, losses),
        scalar => scalar,
    }
}

fn project_object(members: Map<String, Value>, at: &Place<'_>, losses: &mut Vec<Loss>) -> Value {
    let mut kept = Map::new();
    let is_property = members.len() == 1 && members.contains_key("name");
    for (name, value) in members {
        let place = at.member(&name);
        let refused = match name.as_str() {
            "governance" | "sensitiveData" => true,
            "data" => value.is_array(),
            "datasets" => value
                .as_array()
                .is_some_and(|items| items.iter().any(|item| item.get("ref").is_some())),
            _ => false,
        };
        if refused {
            let reason = "cyclonedx-bom has no form for it";
            losses.push(Loss::new(place.to_string(), reason));
        } else {
            let value = project(value, &place, losses);
            kept.insert(name, value);
        }
    }
    // A property without a value is one with an empty value to the crate.
    if is_property && kept.len() == 1 && at.to_string().contains("/properties/") {
        kept.insert("value".to_owned(), "".into());
    }
    Value::Object(kept)
}

/// Lists every value of one document that the other lacks.
fn missing(source: &Value, written: &Value, at: &Place<'_>, losses: &mut Vec<Loss>) {
    match (source, written) {
        (Value::Object(members), Value::Object(others)) => {
            for (name, value) in members {
                let place = at.member(name);
                match others.get(name) {
                    Some(other) => missing(value, other, &place, losses),
                    None => losses.push(lost(&place)),
                }
            }
        }
        (Value::Array(items), Value::Array(others)) => {
            for (index, item) in items.iter().enumerate() {
                let place = at.index(index);
                match others.get(index) {
                    Some(other) => missing(item, other, &place, losses),
                    None => losses.push(lost(&place)),
                }
            }
        }
        (Value::Number(one), Value::Number(other)) if one.as_f64() == other.as_f64() => {}
        (one, other) if one == other => {}
        _ => losses.push(lost(at)),
    }
}

fn lost(at: &Place<'_>) -> Loss {
    Loss::new(at.to_string(), "cyclonedx-bom drops or changes it")
}

fn collect(result: ValidationResult, at: &str, findings: &mut Vec<Finding>) {
    for (name, kind) in result.errors() {
        let at = format!("{at}/{name}");
        match kind {
            ValidationErrorsKind::Struct(inner) => collect(inner, &at, findings),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    collect(inner, &format!("{at}/{index}"), findings);
                }
            }
            ValidationErrorsKind::Field(errors) | ValidationErrorsKind::Custom(errors) => {
                let finding = |error: cyclonedx_bom::validation::ValidationError| {
                    Finding::new("bom.cyclonedx_bom", error.message).about(at.clone())
                };
                findings.extend(errors.into_iter().map(finding));
            }
            ValidationErrorsKind::Enum(error) => {
                findings.push(Finding::new("bom.cyclonedx_bom", error.message).about(at));
            }
        }
    }
}
