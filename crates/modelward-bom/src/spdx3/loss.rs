use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::{Serialize, Serializer};

/// Names a part of the input that is not in the output.
///
/// A loss at an object or list is a loss of all inside it. On a leaf that was carried it says that
/// a part of the value went missing, such as a fraction of a second.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Loss {
    pointer: String,
    reason: LossReason,
}

impl Loss {
    pub(super) const fn new(pointer: String, reason: LossReason) -> Self {
        Self { pointer, reason }
    }

    /// Returns the JSON pointer (RFC 6901) of what was lost; empty is the whole document.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Returns why it was lost.
    #[must_use]
    pub const fn reason(&self) -> LossReason {
        self.reason
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}: {}", Terminal(&self.pointer), self.reason)
    }
}

/// Says why something of the input is not in the output.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum LossReason {
    /// It refers to something that is not in the output.
    Dangling,
    /// It does not have the form that SPDX demands there.
    Malformed,
    /// SPDX 3.0.1 has no property of this meaning.
    NoPlace,
    /// SPDX 3.0.1 could say it in a profile or class that this export does not write.
    NotMapped,
    /// SPDX takes one value there, and another was carried.
    OneOnly,
    /// SPDX takes times in whole seconds.
    Rounded,
}

impl LossReason {
    /// Returns the stable code of this reason.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dangling => "bom.spdx3.loss.dangling",
            Self::Malformed => "bom.spdx3.loss.malformed",
            Self::NoPlace => "bom.spdx3.loss.no_place",
            Self::NotMapped => "bom.spdx3.loss.not_mapped",
            Self::OneOnly => "bom.spdx3.loss.one_only",
            Self::Rounded => "bom.spdx3.loss.rounded",
        }
    }
}

impl fmt::Display for LossReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Dangling => "refers to something that is not exported",
            Self::Malformed => "does not have the form that spdx demands",
            Self::NoPlace => "has no place in spdx 3.0.1",
            Self::NotMapped => "is not mapped by this export",
            Self::OneOnly => "spdx takes one value there, and another was carried",
            Self::Rounded => "spdx takes times in whole seconds",
        })
    }
}

impl Serialize for LossReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// Names a property that SPDX requires of an element and that the input does not state.
///
/// The requirements are the external property restrictions of `AIPackage` and `DatasetPackage`
/// (SPDX 3.0.1, AI and Dataset profiles). The official JSON schema and SHACL shapes do not enforce
/// them, so the document is valid without; it does not claim the profile then.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Unmet {
    pointer: String,
    element: String,
    class: &'static str,
    property: &'static str,
}

impl Unmet {
    pub(super) fn new(
        pointer: &str,
        element: &str,
        class: &'static str,
        property: &'static str,
    ) -> Self {
        Self {
            pointer: pointer.to_owned(),
            element: element.to_owned(),
            class,
            property,
        }
    }

    /// Returns the JSON pointer of the component in the input.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Returns the `spdxId` of the element in the output.
    #[must_use]
    pub fn element(&self) -> &str {
        &self.element
    }

    /// Returns the class of the element, such as `ai_AIPackage`.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        self.class
    }

    /// Returns the required property, such as `releaseTime`.
    #[must_use]
    pub const fn property(&self) -> &'static str {
        self.property
    }
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (at, class, property) = (Terminal(&self.pointer), self.class, self.property);
        write!(
            f,
            "#{at}: `{property}` is required of {class} and not stated"
        )
    }
}
