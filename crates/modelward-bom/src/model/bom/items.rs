//! A document item by item: its lists are long, and never all JSON at once.

use serde_json::Value;

use crate::MlBom;
use crate::shape::{Kind, Wire};

/// Declares the lists of a document by their fields.
macro_rules! lists {
    ($($field:ident = $member:literal;)*) => {
        impl MlBom {
            /// The members that are lists, in the order of [`MlBom::items`].
            pub(crate) const LISTS: &'static [&'static str] = &[$($member),*];

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

            /// Returns each item of each list as JSON, with the list and the index in it.
            pub(crate) fn items(&self) -> impl Iterator<Item = (&'static str, usize, Value)> {
                std::iter::empty()$(.chain(
                    self.$field.iter().flatten().enumerate()
                        .map(|(index, item)| ($member, index, item.to_value())),
                ))*
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
                $(if let Some(items) = other.$field {
                    self.$field.get_or_insert_default().extend(items);
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
    /// Returns the kind of the items of a list, and whether each may stand there once only.
    pub(crate) fn list_kind(list: &str) -> Option<(Kind, bool)> {
        let Kind::Object(shape) = Self::KIND else {
            return None;
        };
        match shape().member(list)?.kind {
            Kind::List { item, unique, .. } if Self::LISTS.contains(&list) => Some((*item, unique)),
            _ => None,
        }
    }
}
