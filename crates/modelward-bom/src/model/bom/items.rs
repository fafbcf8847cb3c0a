//! A document item by item: its lists are long, and never all JSON at once.

use serde_json::Value;

use crate::shape::{Kind, Wire};
use crate::{MlBom, SpecVersion};

/// A list of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct List {
    pub(crate) name: &'static str,
    /// The first version of CycloneDX that has it.
    pub(crate) since: SpecVersion,
    /// What its items are.
    pub(crate) item: Kind,
    /// Whether an item may stand there once only.
    pub(crate) unique: bool,
}

/// Declares the lists of a document by their fields.
macro_rules! lists {
    ($($field:ident = $member:literal;)*) => {
        impl MlBom {
            const LISTS: &'static [&'static str] = &[$($member),*];

            /// Returns the document with its lists empty.
            pub(crate) fn frame(&self) -> Self {
                Self {
                    schema: self.schema.clone(),
                    bom_format: self.bom_format,
                    spec_version: self.spec_version,
                    serial_number: self.serial_number.clone(),
                    version: self.version.clone(),
                    metadata: self.metadata.clone(),
                    declarations: self.declarations.clone(),
                    definitions: self.definitions.clone(),
                    signature: self.signature.clone(),
                    unknown: self.unknown.clone(),
                    $($field: self.$field.as_ref().map(|_| Vec::new()),)*
                }
            }

            /// Returns each item of a list as JSON.
            pub(crate) fn items(&self, list: &str) -> Box<dyn Iterator<Item = Value> + '_> {
                match list {
                    $($member => Box::new(self.$field.iter().flatten().map(Wire::to_value)),)*
                    _ => Box::new(std::iter::empty()),
                }
            }

            /// Tells how many items a list has.
            pub(crate) fn length(&self, list: &str) -> usize {
                match list {
                    $($member => self.$field.as_ref().map_or(0, Vec::len),)*
                    _ => 0,
                }
            }

            /// Adds an item to a list; `None` where it is none of that list.
            pub(crate) fn push(&mut self, list: &str, item: Value) -> Option<()> {
                match list {
                    $($member => self.$field.get_or_insert_default().push(Wire::from_value(item)?),)*
                    _ => return None,
                }
                Some(())
            }

            /// Takes the items of another document behind its own.
            pub(crate) fn append(&mut self, other: Self) {
                $(match (&mut self.$field, other.$field) {
                    (Some(own), Some(items)) if !own.is_empty() => own.extend(items),
                    (own, Some(items)) => *own = Some(items),
                    (_, None) => {}
                })*
            }
        }
    };
}

lists! {
    components = "components";
    services = "services";
    external_references = "externalReferences";
    compositions = "compositions";
    vulnerabilities = "vulnerabilities";
    annotations = "annotations";
    formulation = "formulation";
    citations = "citations";
    properties = "properties";
    dependencies = "dependencies";
}

impl MlBom {
    /// Returns the lists of a document; dependencies, which speak of all others, are the last.
    pub(crate) fn lists() -> impl Iterator<Item = List> {
        Self::LISTS.iter().filter_map(|name| Self::list(name))
    }

    /// Returns a list by its name.
    pub(crate) fn list(name: &str) -> Option<List> {
        let Kind::Object(shape) = Self::KIND else {
            return None;
        };
        let member = shape().member(name)?;
        match member.kind {
            Kind::List { item, unique, .. } if Self::LISTS.contains(&name) => Some(List {
                name: member.name,
                since: member.since,
                item: *item,
                unique,
            }),
            _ => None,
        }
    }
}
