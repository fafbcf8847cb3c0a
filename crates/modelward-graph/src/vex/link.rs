use std::fmt;
use std::str::FromStr;

use modelward_artifact::escape::Terminal;
use thiserror::Error;

use crate::percent::decoded;

/// Points to a bill of materials of CycloneDX by its serial number and version, or to one thing in
/// it (BOM-Link, `urn:cdx:SERIAL/VERSION#REF`).
///
/// ```
/// use modelward_graph::vex::BomLink;
///
/// let link: BomLink = "urn:cdx:3E671687-395b-41f5-a30f-a58921a69b79/1#log4j%20core".parse()?;
/// assert_eq!(link.serial(), "3e671687-395b-41f5-a30f-a58921a69b79");
/// assert_eq!((link.version(), link.reference()), (Some(1), Some("log4j%20core")));
/// assert_eq!("urn:cdx:1/1#a".parse::<BomLink>().unwrap_err().code(), "graph.bom_link.serial");
/// # Ok::<(), modelward_graph::vex::ParseBomLinkError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct BomLink {
    serial: String,
    version: Option<u64>,
    reference: Option<String>,
}

impl BomLink {
    /// The longest link in bytes.
    pub const MAX_LEN: usize = 4096;

    /// Names a thing in the document that has this serial number, with or without `urn:uuid:`.
    pub(super) fn within(serial: &str, version: Option<u64>, reference: &str) -> Option<Self> {
        Some(Self {
            serial: read_serial(serial)?,
            version,
            reference: Some(reference.to_owned()),
        })
    }

    /// Returns the serial number: a UUID in lowercase, without `urn:uuid:`.
    #[must_use]
    pub fn serial(&self) -> &str {
        &self.serial
    }

    /// Returns the version of the document. A link has one; a document that is meant by itself may
    /// have none.
    #[must_use]
    pub const fn version(&self) -> Option<u64> {
        self.version
    }

    /// Returns the `bom-ref`, as it was written. A link without one points to the whole document.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    /// Tells whether the link names this `bom-ref`, be it written with escapes or without.
    pub(super) fn refers_to(&self, bom_ref: &str) -> bool {
        let reference = self.reference.as_deref();
        reference.is_some_and(|own| own == bom_ref || decoded(own).as_deref() == Some(bom_ref))
    }
}

impl FromStr for BomLink {
    type Err = ParseBomLinkError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > Self::MAX_LEN {
            return Err(ParseBomLinkError::TooLong { found: text.len() });
        }
        let rest = text.strip_prefix("urn:cdx:");
        let parts = rest.and_then(|rest| rest.split_once('/'));
        let (serial, rest) = parts.ok_or(ParseBomLinkError::Form)?;
        let (version, reference) = match rest.split_once('#') {
            Some((version, reference)) => (version, Some(reference)),
            None => (rest, None),
        };
        if reference == Some("") {
            return Err(ParseBomLinkError::Form);
        }
        let is_number = version.bytes().all(|byte| byte.is_ascii_digit());
        let version = version.parse().ok().filter(|_| is_number);
        Ok(Self {
            serial: read_serial(serial).ok_or(ParseBomLinkError::Serial)?,
            version: Some(version.ok_or(ParseBomLinkError::Version)?),
            reference: reference.map(str::to_owned),
        })
    }
}

impl fmt::Display for BomLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "urn:cdx:{}", self.serial)?;
        if let Some(version) = self.version {
            write!(f, "/{version}")?;
        }
        match &self.reference {
            Some(reference) => write!(f, "#{}", Terminal(reference)),
            None => Ok(()),
        }
    }
}

/// Says why a text is not a [`BomLink`].
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseBomLinkError {
    /// It is not `urn:cdx:`, a serial number, a `/` and a version, or ends with `#`.
    #[error("bom link is not of the form urn:cdx:SERIAL/VERSION#REF")]
    Form,
    /// The serial number is not a UUID.
    #[error("serial number of bom link is not a uuid")]
    Serial,
    /// It is longer than 4096 bytes.
    #[error("bom link has {found} bytes, expected at most {}", BomLink::MAX_LEN)]
    TooLong {
        /// Its length in bytes.
        found: usize,
    },
    /// The version is not a number.
    #[error("version of bom link is not a number")]
    Version,
}

impl ParseBomLinkError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form => "graph.bom_link.form",
            Self::Serial => "graph.bom_link.serial",
            Self::TooLong { .. } => "graph.bom_link.too_long",
            Self::Version => "graph.bom_link.version",
        }
    }
}

/// Reads a UUID, with or without `urn:uuid:`, and returns it bare and in lowercase.
pub(super) fn read_serial(text: &str) -> Option<String> {
    let text = text.to_ascii_lowercase();
    let bare = text.strip_prefix("urn:uuid:").unwrap_or(&text);
    is_uuid(bare).then(|| bare.to_owned())
}

/// Tells whether a text is a bare UUID, in either case.
pub(crate) fn is_uuid(text: &str) -> bool {
    let is_right = |(index, byte): (usize, u8)| match index {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(is_right)
}
