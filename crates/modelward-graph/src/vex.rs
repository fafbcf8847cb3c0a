//! What producers say of vulnerabilities in their products (VEX), in three formats and one model.
//!
//! [`VexDocument::read`] tells the format by content: `OpenVEX` (0.0.1 and 0.2.0), CSAF (2.0 and
//! 2.1) and the vulnerabilities of CycloneDX (1.4 to 1.7). What a document says of one product is a
//! [`VexStatement`]; whom it means is asked of its [`VexSubject`], with three answers; of several
//! statements about one thing [`newest`] picks the one that counts.
//!
//! A statement is not proof: it says what its author holds to be true. Whose documents are to be
//! trusted, and how their signatures are verified, is the caller's to decide.
//!
//! ```
//! use modelward_artifact::JsonLimits;
//! use modelward_graph::vex::{Candidate, Justification, Match, VexDocument, VexStatus};
//!
//! let document = VexDocument::read(
//!     br#"{"bomFormat": "CycloneDX", "specVersion": "1.6",
//!         "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79", "version": 1,
//!         "components": [{"type": "library", "bom-ref": "a", "name": "torch",
//!             "purl": "pkg:pypi/torch@2.1.0"}],
//!         "vulnerabilities": [{"id": "CVE-2024-0001", "affects": [{"ref": "a"}],
//!             "analysis": {"state": "not_affected", "justification": "code_not_reachable"}}]}"#,
//!     &JsonLimits::default(),
//! )?;
//! let [statement] = document.statements() else { panic!() };
//! assert_eq!(statement.vulnerability(), "CVE-2024-0001");
//! let reason = Some(Justification::CodeNotReachable);
//! assert_eq!(statement.status(), VexStatus::NotAffected(reason));
//! let candidate = Candidate::new().with_purl("pkg:pypi/torch@2.1.0");
//! assert_eq!(statement.product().matches(&candidate), Match::Yes);
//! # Ok::<(), modelward_graph::vex::ReadVexError>(())
//! ```

mod csaf;
mod cyclonedx;
mod error;
mod identity;
pub(crate) mod link;
mod matching;
mod newest;
mod notes;
mod openvex;
mod package;
mod scope;
mod statement;
mod status;
mod subject;
mod warning;

use std::fmt;

use modelward_artifact::{JsonLimits, Timestamp, json};
use serde_json::Value;

use self::notes::Notes;

pub use self::error::ReadVexError;
pub use self::link::{BomLink, ParseBomLinkError};
pub use self::matching::{Candidate, Match, MatchDoubt};
pub use self::newest::newest;
pub use self::package::PackagePattern;
pub use self::scope::VersionScope;
pub use self::statement::VexStatement;
pub use self::status::{Justification, VexStatus};
pub use self::subject::{BomPlace, VexSubject};
pub use self::warning::{VexWarning, VexWarningKind};

/// Names a format of VEX.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum VexFormat {
    /// CycloneDX, whose bills of materials may hold vulnerabilities.
    CycloneDx,
    /// The Common Security Advisory Framework of OASIS, profile VEX or another.
    Csaf,
    /// `OpenVEX`.
    OpenVex,
}

impl VexFormat {
    /// Returns the name, such as `CSAF`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CycloneDx => "CycloneDX",
            Self::Csaf => "CSAF",
            Self::OpenVex => "OpenVEX",
        }
    }

    fn of(document: &Value) -> Option<Self> {
        let is_openvex = |context: &Value| {
            let text = context.as_str();
            text.is_some_and(|text| text.starts_with("https://openvex.dev/ns"))
        };
        let context = document.get("@context");
        let contexts = context.and_then(Value::as_array).into_iter().flatten();
        if document.get("bomFormat").and_then(Value::as_str) == Some("CycloneDX") {
            Some(Self::CycloneDx)
        } else if document.pointer("/document/csaf_version").is_some() {
            Some(Self::Csaf)
        } else if context.into_iter().chain(contexts).any(is_openvex) {
            Some(Self::OpenVex)
        } else {
            None
        }
    }
}

impl fmt::Display for VexFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Holds the statements of one document, and what of it could not be read.
#[derive(Clone, Debug)]
pub struct VexDocument {
    format: VexFormat,
    id: Option<String>,
    timestamp: Option<Timestamp>,
    statements: Vec<VexStatement>,
    warnings: Vec<VexWarning>,
}

/// What a reader of one format hands over.
struct Read {
    id: Option<String>,
    timestamp: Option<Timestamp>,
    statements: Vec<VexStatement>,
}

impl VexDocument {
    /// Reads a document of any of the formats.
    ///
    /// What makes no statement here is a warning with its place. So a hit that a garbled statement
    /// was to take back stays a hit. `recommended` of CSAF says nothing about vulnerability and is
    /// passed over without one. Nesting is bounded by that of `limits`.
    ///
    /// - `OpenVEX`: each product, with each of its subcomponents, makes a statement.
    /// - CSAF: each product in `product_status` makes a statement. A product that a relationship
    ///   makes (such as `default_component_of`) is read as its component within the whole. Serial
    ///   numbers, model numbers and stock keeping units are not read.
    /// - CycloneDX: each entry of `affects` makes a statement, and several where its `versions` have
    ///   several statuses, which count more than the state that stands over them. A `ref` into a
    ///   document that describes a product is that component within that product.
    ///
    /// # Errors
    ///
    /// [`ReadVexError`] where the text is not strict JSON within the limits, of no format that is
    /// known, or what holds the statements has another shape.
    pub fn read(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadVexError> {
        let value = json::read(bytes, limits);
        let value = value.map_err(|source| ReadVexError::Json { source })?;
        let format = VexFormat::of(&value).ok_or(ReadVexError::UnknownFormat)?;
        let mut notes = Notes::default();
        let read = match format {
            VexFormat::CycloneDx => cyclonedx::read(&value, &mut notes)?,
            VexFormat::Csaf => csaf::read(&value, &mut notes)?,
            VexFormat::OpenVex => openvex::read(&value, limits.max_values(), &mut notes)?,
        };
        Ok(Self {
            format,
            id: read.id,
            timestamp: read.timestamp,
            statements: read.statements,
            warnings: notes.into_warnings(),
        })
    }

    /// Returns the format.
    #[must_use]
    pub const fn format(&self) -> VexFormat {
        self.format
    }

    /// Returns the document's id: its IRI, tracking id or serial number.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Returns the time at which the document was last changed, or else issued.
    #[must_use]
    pub const fn timestamp(&self) -> Option<Timestamp> {
        self.timestamp
    }

    /// Returns the statements in the order of the document.
    #[must_use]
    pub fn statements(&self) -> &[VexStatement] {
        &self.statements
    }

    /// Returns what could not be read, sorted by place.
    #[must_use]
    pub fn warnings(&self) -> &[VexWarning] {
        &self.warnings
    }
}

/// Returns the list that holds the statements or vulnerabilities, where there is one.
fn required_list<'v>(
    document: &'v Value,
    member: &'static str,
) -> Result<Option<&'v [Value]>, ReadVexError> {
    match document.get(member) {
        None => Ok(None),
        Some(Value::Array(items)) => Ok(Some(items)),
        Some(_) => Err(ReadVexError::Shape {
            pointer: format!("/{member}"),
            expected: "a list",
        }),
    }
}
