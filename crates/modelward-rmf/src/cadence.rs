use std::collections::BTreeMap;

use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{Digest, JsonLimits, Timestamp};
use serde::{Serialize, Serializer};

use crate::cadence::read::read;
use crate::cadence::schedule::schedule;
use crate::{
    AuditCadenceBuilder, AuditCadenceError, AuditInputs, AuditItem, CadenceRule, CadenceScope,
    PolicyId, ReadAuditCadenceError, Subcategory, Text,
};

pub(crate) mod builder;
pub(crate) mod event;
pub(crate) mod item;
pub(crate) mod read;
mod recommended;
pub(crate) mod rule;
mod schedule;
pub(crate) mod scope;

pub(crate) const SCHEMA: &str = "modelward.audit-cadence/1";

/// Says how often, and after which events, what was assessed has to be assessed anew.
///
/// - Each subcategory has one [`CadenceRule`]: that of its own, else of its category, else of the
///   phases in which it is looked at, else of its function, else the default. A rule takes the place
///   of the less specific one as a whole. Of several phases the strictest holds: the lowest ages
///   and the triggers of all.
/// - An assessment has one date for all its ratings, so all of them age together; evidence has dates
///   of its own.
/// - Its document is JSON with `"schema": "modelward.audit-cadence/1"`, without members that this
///   version does not know.
///
/// ```
/// use modelward_rmf::{
///     Assessment, AuditCadence, AuditInputs, CadenceRule, ChangeEvent, Party, Rated, Subject, Trigger,
/// };
///
/// let cadence = AuditCadence::builder("org.cadence".parse()?, "1".parse()?, CadenceRule::max_age_days(365))
///     .with("MEASURE 2.7".parse()?, CadenceRule::max_age_days(90).after(Trigger::ModelChanged))
///     .build()?;
/// let at = "2026-01-01T10:00:00Z".parse()?;
/// let assessment = Assessment::builder(Subject::new("sentiment-small")?, Party::new("Ada")?, at)
///     .rate("MEASURE 2.7".parse()?, Rated::new("met", "The red team report was read.")?)
///     .build()?;
/// let retrained = ChangeEvent::new(Trigger::ModelChanged, "2026-02-01T10:00:00Z".parse()?, "retrained".parse()?);
/// let events = [retrained];
/// let inputs = AuditInputs::new(&assessment).with_events(&events);
/// let due = cadence.due(&inputs, "2026-02-02T10:00:00Z".parse()?);
/// let security = due.iter().find(|item| item.subcategory().to_string() == "MEASURE 2.7");
/// assert_eq!(security.expect("the model changed").since().to_string(), "2026-02-01T10:00:00Z");
///
/// let twice = AuditCadence::builder("org.cadence".parse()?, "1".parse()?, CadenceRule::nothing())
///     .with("GOVERN".parse()?, CadenceRule::max_age_days(365))
///     .with("gv".parse()?, CadenceRule::max_age_days(90))
///     .build();
/// assert_eq!(twice.unwrap_err().code(), "rmf.audit_cadence.twice");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AuditCadence {
    parts: Parts,
    digest: Digest,
}

/// Holds everything that the digest of a cadence covers.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct Parts {
    schema: &'static str,
    framework: &'static str,
    id: PolicyId,
    version: Text,
    default: CadenceRule,
    overrides: BTreeMap<CadenceScope, CadenceRule>,
}

impl AuditCadence {
    /// Starts a cadence with the rule for all that has no rule of its own.
    pub const fn builder(id: PolicyId, version: Text, default: CadenceRule) -> AuditCadenceBuilder {
        AuditCadenceBuilder::new(id, version, default)
    }

    /// Returns our cadence, to start from.
    ///
    /// The framework asks for regular review (GOVERN 1.5) and names no interval, so the intervals
    /// are our choice: what the organization does once a year, what is measured twice a year, what
    /// watches the running system four times, and sooner where something changed.
    #[must_use]
    pub fn recommended() -> Self {
        recommended::recommended()
    }

    /// Reads a cadence from its JSON document.
    ///
    /// # Errors
    ///
    /// [`ReadAuditCadenceError`] where the text is not strict JSON, passes a limit, is of another
    /// schema or framework, lacks a member or has one that is unknown, or has two rules for one
    /// scope.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadAuditCadenceError> {
        read(bytes, limits)
    }

    /// Returns the JSON document, the same bytes for the same cadence.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where the cadence has no JSON form.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(self)
    }

    /// Returns the SHA-256 digest of the canonical document (RFC 8785).
    #[must_use]
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// Returns the id.
    #[must_use]
    pub const fn id(&self) -> &PolicyId {
        &self.parts.id
    }

    /// Returns the version.
    #[must_use]
    pub const fn version(&self) -> &Text {
        &self.parts.version
    }

    /// Returns the rule for all that has no rule of its own.
    #[must_use]
    pub const fn default_rule(&self) -> &CadenceRule {
        &self.parts.default
    }

    /// Returns the other rules, sorted by scope.
    #[must_use]
    pub fn overrides(&self) -> impl ExactSizeIterator<Item = (CadenceScope, &CadenceRule)> {
        let overrides = self.parts.overrides.iter();
        overrides.map(|(scope, rule)| (*scope, rule))
    }

    /// Returns the rule that holds for a subcategory.
    #[must_use]
    pub fn rule(&self, subcategory: Subcategory) -> CadenceRule {
        let of = |scope| self.parts.overrides.get(&scope).cloned();
        let phases = subcategory.phases().iter();
        let phases = phases.filter_map(|phase| of(CadenceScope::Phase(*phase)));
        of(CadenceScope::Subcategory(subcategory))
            .or_else(|| of(CadenceScope::Category(subcategory.category())))
            .or_else(|| phases.reduce(CadenceRule::stricter))
            .or_else(|| of(CadenceScope::Function(subcategory.function())))
            .unwrap_or_else(|| self.parts.default.clone())
    }

    /// Returns what has to be assessed anew at `now`: why, and since when, the longest due first.
    ///
    /// There is an item for each reason, so that a subcategory can stand there more than once.
    #[must_use]
    pub fn due(&self, inputs: &AuditInputs<'_>, now: Timestamp) -> Vec<AuditItem> {
        let mut items = schedule(self, inputs, now);
        items.retain(|item| item.since() <= now);
        items
    }

    /// Returns what becomes due after `now` and by the end of the day that lies so many days later,
    /// the next first. Events of the future count, such as a planned release.
    #[must_use]
    pub fn next_due(
        &self,
        inputs: &AuditInputs<'_>,
        now: Timestamp,
        within_days: u32,
    ) -> Vec<AuditItem> {
        let last = now.date().checked_add_days(within_days);
        let mut items = schedule(self, inputs, now);
        items.retain(|item| {
            item.since() > now && last.is_none_or(|last| !last.is_over(item.since()))
        });
        items
    }

    fn seal(parts: Parts) -> Result<Self, AuditCadenceError> {
        let canonical = json::canonical(&parts);
        let canonical = canonical.map_err(|source| AuditCadenceError::Canonical { source })?;
        let digest = Digest::sha256(&canonical);
        Ok(Self { parts, digest })
    }
}

impl Serialize for AuditCadence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.parts.serialize(serializer)
    }
}
