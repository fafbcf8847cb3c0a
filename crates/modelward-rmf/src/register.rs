use std::collections::BTreeMap;

use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{Digest, JsonLimits};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::risk::revision::revised;
use crate::{
    Party, ReadRegisterError, RegisterError, Revision, Risk, RiskId, RiskMatrix,
    RiskRegisterBuilder, Text,
};

pub(crate) mod aggregate;
pub(crate) mod builder;
mod check;
pub(crate) mod due;
pub(crate) mod error;
mod query;
mod read;

const SCHEMA: &str = "modelward.risk-register/1";

/// Keeps the risks of a system or an organization, with the matrix by which they are rated.
///
/// - Every rating is one of the matrix, and every action has an id of its own in the register.
///   Ratings in the history are not checked, since they may be of an earlier matrix.
/// - A register is not changed: [`RiskRegister::revise`] returns a new one, in which the risk's
///   history has one entry more.
/// - Its document is JSON with `"schema": "modelward.risk-register/1"`. Top-level members that this
///   version does not know survive a round trip and are part of the digest.
/// - It can be serialized anywhere, but read only by [`RiskRegister::from_json`]: serde alone could
///   not see the duplicate members that are refused there.
///
/// ```
/// use modelward_artifact::{JsonLimits, Timestamp};
/// use modelward_rmf::{
///     Amendment, Basis, Party, Revision, Risk, RiskMatrix, RiskRating, RiskRegister, RiskStatement,
/// };
///
/// let ada = Party::new("Ada Example")?;
/// let now: Timestamp = "2026-11-26T10:00:00Z".parse()?;
/// let statement = RiskStatement::new(
///     "Training data is taken from public sites without a check.",
///     "Poisoned samples enter the training set.",
///     "The model misjudges the inputs that an attacker chose.",
/// )?;
/// let current = RiskRating::new("likely".parse()?, "major".parse()?);
/// let risk = Risk::threat("R-3".parse()?, statement, current, now).build()?;
/// let register = RiskRegister::builder("Models".parse()?, ada.clone(), RiskMatrix::five_by_five())
///     .risk(risk)
///     .build()?;
///
/// let id = "R-3".parse()?;
/// let revision = Revision::new(ada.clone(), now, Amendment::Owner(Some(ada.clone())));
/// let revised = register.revise(&id, revision)?;
/// let risk = revised.risk(&id).expect("the risk is there");
/// assert_eq!(risk.history().len(), 1);
/// assert_eq!(revised.level(risk, Basis::Current).map(|level| level.name().as_str()), Some("critical"));
///
/// let no_such_level = RiskRating::new("always".parse()?, "major".parse()?);
/// let revision = Revision::new(ada, now, Amendment::Rating(Basis::Current, Some(no_such_level)));
/// assert_eq!(revised.revise(&id, revision).unwrap_err().code(), "rmf.register.likelihood");
///
/// let read = RiskRegister::from_json(&revised.to_json()?, &JsonLimits::default())?;
/// assert_eq!(read.digest(), revised.digest());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RiskRegister {
    parts: Parts,
    digest: Digest,
}

/// Holds everything that the digest of a register covers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Parts {
    title: Text,
    owner: Party,
    matrix: RiskMatrix,
    risks: BTreeMap<RiskId, Risk>,
    unknown: Map<String, Value>,
}

impl RiskRegister {
    /// Starts a register that has no risks yet, with the party that answers for it.
    pub const fn builder(title: Text, owner: Party, matrix: RiskMatrix) -> RiskRegisterBuilder {
        RiskRegisterBuilder::new(title, owner, matrix)
    }

    /// Reads a register from its JSON document.
    ///
    /// # Errors
    ///
    /// [`ReadRegisterError`] where the text is not strict JSON, passes a limit, is of another
    /// schema, has an unknown member below the top level, or is not as stated above.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadRegisterError> {
        read::read(bytes, limits)
    }

    /// Returns the JSON document, the same bytes for the same register.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where the register has no JSON form.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(self)
    }

    /// Returns the SHA-256 digest of the canonical document (RFC 8785).
    ///
    /// It proves nothing about who wrote the document until it is signed.
    #[must_use]
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// Returns what the register is called.
    #[must_use]
    pub const fn title(&self) -> &Text {
        &self.parts.title
    }

    /// Returns who answers for the register.
    #[must_use]
    pub const fn owner(&self) -> &Party {
        &self.parts.owner
    }

    /// Returns the matrix by which the risks are rated.
    #[must_use]
    pub const fn matrix(&self) -> &RiskMatrix {
        &self.parts.matrix
    }

    /// Returns a risk by its id.
    #[must_use]
    pub fn risk(&self, id: &RiskId) -> Option<&Risk> {
        self.parts.risks.get(id)
    }

    /// Returns the risks, closed ones too, sorted by id.
    #[must_use]
    pub fn risks(&self) -> impl ExactSizeIterator<Item = &Risk> {
        self.parts.risks.values()
    }

    /// Returns the register with one more risk.
    ///
    /// # Errors
    ///
    /// [`RegisterError`] where the id of the risk or of one of its actions is taken, or a rating is
    /// not of the matrix.
    pub fn with_risk(&self, risk: Risk) -> Result<Self, RegisterError> {
        let mut parts = self.parts.clone();
        parts.add(risk)?;
        Self::seal(parts)
    }

    /// Returns the register with one risk amended; the history of the risk says by whom, when, and
    /// what it was before.
    ///
    /// # Errors
    ///
    /// [`RegisterError`] where there is no such risk, a rating is not of the matrix, the id of an
    /// action is taken, or [`RegisterError::Revision`] where the risk refuses the revision: it
    /// changes nothing, is earlier than the last one, or makes the risk contradict itself.
    pub fn revise(&self, id: &RiskId, revision: Revision) -> Result<Self, RegisterError> {
        let risk = self.risk(id);
        let risk = risk.ok_or_else(|| RegisterError::UnknownRisk { id: id.clone() })?;
        let risk = revised(risk, revision).map_err(|source| RegisterError::Revision {
            risk: id.clone(),
            source,
        })?;
        let mut parts = self.parts.clone();
        parts.risks.insert(id.clone(), risk);
        Self::seal(parts)
    }

    /// Checks what the parts say about each other and takes the digest.
    fn seal(parts: Parts) -> Result<Self, RegisterError> {
        check::check(&parts)?;
        let canonical = json::canonical(&parts);
        let canonical = canonical.map_err(|source| RegisterError::Canonical { source })?;
        let digest = Digest::sha256(&canonical);
        Ok(Self { parts, digest })
    }
}

impl Parts {
    fn add(&mut self, risk: Risk) -> Result<(), RegisterError> {
        let id = risk.id().clone();
        if self.risks.contains_key(&id) {
            return Err(RegisterError::RiskTwice { id });
        }
        self.risks.insert(id, risk);
        Ok(())
    }
}

impl Serialize for RiskRegister {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.parts.serialize(serializer)
    }
}

impl Serialize for Parts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_map(None)?;
        document.serialize_entry("schema", SCHEMA)?;
        document.serialize_entry("title", &self.title)?;
        document.serialize_entry("owner", &self.owner)?;
        document.serialize_entry("matrix", &self.matrix)?;
        document.serialize_entry("risks", &self.risks)?;
        for (member, value) in &self.unknown {
            document.serialize_entry(member, value)?;
        }
        document.end()
    }
}
