//! Looks at an XML document before it is handed on: how deep it nests, and which values it holds.

use std::collections::HashMap;
use std::fmt;

use modelward_artifact::JsonLimits;
use modelward_artifact::escape::Line;
use serde_json::Value;
use xml::EventReader;
use xml::reader::{ParserConfig, XmlEvent};

use crate::{Loss, ReadBomError};

/// What is said where, of an XML document.
#[derive(Debug)]
pub(super) struct XmlValues {
    /// The path of elements and the text of each value, in the order of the document.
    values: Vec<(String, String)>,
    /// The version of CycloneDX that the namespace of the root names.
    pub(super) version: String,
}

impl XmlValues {
    /// Reads every value. Nesting and the numbers of elements and values are bounded, and entities may
    /// not grow the text.
    pub(super) fn read(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadBomError> {
        // The parser bounds by itself what entities may grow to.
        let config = ParserConfig::default()
            .trim_whitespace(true)
            .cdata_to_characters(true);
        let mut scan = Scan {
            found: Self {
                values: Vec::new(),
                version: String::new(),
            },
            path: Vec::new(),
            elements: 0,
            limits: *limits,
        };
        for event in EventReader::new_with_config(bytes, config) {
            let event = event.map_err(|error| refused(&error))?;
            scan.event(event)?;
        }
        Ok(scan.found)
    }

    /// Lists the values that a document does not have, each by the path of its elements.
    pub(super) fn missing_in(&self, document: &Value) -> Vec<Loss> {
        let mut left: HashMap<String, usize> = HashMap::new();
        let mut pending = vec![document];
        while let Some(value) = pending.pop() {
            match value {
                Value::Array(items) => pending.extend(items),
                Value::Object(members) => pending.extend(members.values()),
                Value::Null => {}
                Value::String(text) => *left.entry(text.trim().to_owned()).or_default() += 1,
                scalar => *left.entry(scalar.to_string()).or_default() += 1,
            }
        }
        let missing = self.values.iter().filter(|(_, text)| {
            let count = left.get_mut(text);
            match count {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            }
        });
        let loss = |(path, _): &(String, String)| {
            Loss::new(path.clone(), "cyclonedx-bom does not read it from xml")
        };
        missing.map(loss).collect()
    }
}

struct Scan {
    found: XmlValues,
    path: Vec<String>,
    elements: usize,
    limits: JsonLimits,
}

impl Scan {
    fn event(&mut self, event: XmlEvent) -> Result<(), ReadBomError> {
        match event {
            XmlEvent::StartElement {
                name, attributes, ..
            } => {
                self.count_element()?;
                if self.path.is_empty() {
                    let namespace = name.namespace.unwrap_or_default();
                    let version = namespace.rsplit('/').next().unwrap_or_default();
                    version.clone_into(&mut self.found.version);
                }
                self.path.push(name.local_name);
                for attribute in attributes {
                    self.value(
                        &format!("/@{}", attribute.name.local_name),
                        &attribute.value,
                    )?;
                }
            }
            XmlEvent::EndElement { .. } => {
                self.path.pop();
            }
            XmlEvent::Characters(text) => self.value("", &text)?,
            _ => {}
        }
        Ok(())
    }

    fn count_element(&mut self) -> Result<(), ReadBomError> {
        let limit = self.limits.max_depth();
        if self.path.len() >= limit {
            return Err(ReadBomError::XmlDepth { limit });
        }
        let limit = self.limits.max_members();
        if self.elements >= limit {
            return Err(ReadBomError::XmlTooMany { limit });
        }
        self.elements += 1;
        Ok(())
    }

    fn value(&mut self, end: &str, text: &str) -> Result<(), ReadBomError> {
        let limit = self.limits.max_values();
        if self.found.values.len() >= limit {
            return Err(ReadBomError::XmlTooMany { limit });
        }
        let path = format!("/{}{end}", self.path.join("/"));
        self.found.values.push((path, text.trim().to_owned()));
        Ok(())
    }
}

/// Says what a parser said. It repeats names of elements and values as they are.
pub(super) fn refused(error: &impl fmt::Display) -> ReadBomError {
    ReadBomError::Xml {
        source: Line(&error.to_string()).to_string().into(),
    }
}
