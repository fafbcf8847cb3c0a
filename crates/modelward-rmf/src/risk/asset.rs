use std::fmt;

use modelward_artifact::Digest;
use serde::{Deserialize, Serialize};

use crate::{RiskError, Text};

/// Names what a risk is about.
///
/// In documents it is an object with one member:
/// `{"component": {"serial": "urn:uuid:..", "bomRef": ".."}}`, `{"digest": "sha256:.."}`,
/// `{"named": ".."}` or `{"package": "pkg:.."}`. Two of them are the same asset only where they are
/// equal; this crate looks nothing up in a BOM.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AssetRef {
    /// A component of a BOM.
    Component(ComponentRef),
    /// What has this digest, such as the root digest of a model's manifest.
    Digest(Digest),
    /// What people call so.
    Named(Text),
    /// What has this package URL.
    Package(PackageUrl),
}

impl fmt::Display for AssetRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Component(component) => component.fmt(f),
            Self::Digest(digest) => digest.fmt(f),
            Self::Named(name) => name.fmt(f),
            Self::Package(package) => package.fmt(f),
        }
    }
}

/// Names a component of a CycloneDX BOM by the BOM's serial number and the component's `bom-ref`.
///
/// The serial number is `urn:uuid:` and a UUID in lower case, as CycloneDX writes it.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "Wire", rename_all = "camelCase")]
pub struct ComponentRef {
    serial: Text,
    bom_ref: Text,
}

impl ComponentRef {
    /// Names a component.
    ///
    /// # Errors
    ///
    /// [`RiskError`] where the serial number does not have its form or the `bom-ref` is no
    /// [`Text`].
    pub fn new(serial: &str, bom_ref: &str) -> Result<Self, RiskError> {
        Self {
            serial: RiskError::text("serial number", serial)?,
            bom_ref: RiskError::text("bom-ref", bom_ref)?,
        }
        .checked()
    }

    /// Returns the serial number of the BOM.
    #[must_use]
    pub const fn serial(&self) -> &Text {
        &self.serial
    }

    /// Returns the `bom-ref` of the component.
    #[must_use]
    pub const fn bom_ref(&self) -> &Text {
        &self.bom_ref
    }

    fn checked(self) -> Result<Self, RiskError> {
        let uuid = self.serial.as_str().strip_prefix("urn:uuid:");
        match uuid {
            Some(uuid) if is_uuid(uuid) => Ok(self),
            _ => Err(RiskError::Serial),
        }
    }
}

/// Writes serial number and `bom-ref`, such as `urn:uuid:..#model`.
impl fmt::Display for ComponentRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.serial, self.bom_ref)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wire {
    serial: Text,
    bom_ref: Text,
}

impl TryFrom<Wire> for ComponentRef {
    type Error = RiskError;

    fn try_from(wire: Wire) -> Result<Self, RiskError> {
        Self {
            serial: wire.serial,
            bom_ref: wire.bom_ref,
        }
        .checked()
    }
}

/// Holds a package URL such as `pkg:huggingface/org/model@1`.
///
/// It is `pkg:`, a type of letters, digits, dots, plus and minus signs, a slash and a name, in
/// ASCII without blanks. It is kept as it was written; what its type demands is not checked.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "Text", into = "Text")]
pub struct PackageUrl(Text);

impl PackageUrl {
    /// Takes a package URL.
    ///
    /// # Errors
    ///
    /// [`RiskError::PackageUrl`] where it does not have its form.
    pub fn new(url: &str) -> Result<Self, RiskError> {
        let url: Text = url.parse().map_err(|_| RiskError::PackageUrl)?;
        url.try_into()
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for PackageUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<Text> for PackageUrl {
    type Error = RiskError;

    fn try_from(text: Text) -> Result<Self, RiskError> {
        let url = text.as_str();
        let parts = url.strip_prefix("pkg:").and_then(|url| url.split_once('/'));
        let mark = |c: char| c.is_ascii_alphanumeric() || ".+-".contains(c);
        match parts {
            Some((kind, name))
                if kind.starts_with(|c: char| c.is_ascii_alphabetic())
                    && kind.chars().all(mark)
                    && name.starts_with(|c: char| !"/@?#".contains(c))
                    && name.bytes().all(|byte| byte.is_ascii_graphic()) =>
            {
                Ok(Self(text))
            }
            _ => Err(RiskError::PackageUrl),
        }
    }
}

impl From<PackageUrl> for Text {
    fn from(url: PackageUrl) -> Self {
        url.0
    }
}

fn is_uuid(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 36
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}
