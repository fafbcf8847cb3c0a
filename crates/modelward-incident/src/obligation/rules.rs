use std::sync::LazyLock;

use modelward_artifact::JsonLimits;
use modelward_artifact::json::JsonError;

use super::rule::ReportingRule;
use crate::Slug;
use crate::records::{ListForm, ReadListError, unique};

const FORM: ListForm = ListForm {
    schema: "modelward.reporting-rules/1",
    member: "rules",
    max: 1000,
};

static BUILT_IN: LazyLock<ReportingRules> = LazyLock::new(|| {
    let bytes = include_bytes!("built_in.json");
    ReportingRules::from_json(bytes, &JsonLimits::default()).expect("a test reads our document")
});

/// Holds reporting rules, each with an id of its own: ours, or the user's.
///
/// A document has the schema `modelward.reporting-rules/1` and up to 1,000 `rules`; members that it
/// does not know are refused. The rules that are built in are such a document.
///
/// ```
/// use modelward_artifact::JsonLimits;
/// use modelward_incident::{Due, ReportingRules};
///
/// let ours = br#"{
///     "schema": "modelward.reporting-rules/1",
///     "rules": [{
///         "id": "acme/customers", "regime": "Contract", "basis": "Annex 2, 4.1",
///         "statement": "Customers are told of breaches of their data.",
///         "quote": "within 36 hours", "source": "contract store, C-1", "retrieved": "2026-11-26",
///         "trigger": {"all": ["personal-data-breach"]}, "start": {"moment": "aware"},
///         "due": {"hours": 36}, "initialReport": "allowed", "recipient": "the customer"
///     }]
/// }"#;
/// let ours = ReportingRules::from_json(ours, &JsonLimits::default())?;
/// let all = ReportingRules::built_in().clone().with(ours)?;
/// let rule = all.get(&"acme/customers".parse()?).ok_or("was added")?;
/// assert_eq!(rule.due(), Due::Hours(36));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReportingRules {
    rules: Vec<ReportingRule>,
}

impl ReportingRules {
    /// Returns the rules that are built in: EU AI Act, GPAI code of practice, GDPR and DORA.
    ///
    /// Laws change. Each rule says when its basis was read and from when on it applies.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Reads rules.
    ///
    /// # Errors
    ///
    /// [`ReadListError`] where the text is not strict JSON of this schema, has too many rules, one
    /// that is no [`ReportingRule`], or two with one id.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadListError> {
        Self {
            rules: FORM.read(bytes, limits)?,
        }
        .checked()
    }

    /// Writes the rules: members sorted, the same bytes for the same rules.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where a rule has no JSON form, which each has.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        FORM.write(&self.rules)
    }

    /// Adds rules.
    ///
    /// # Errors
    ///
    /// [`ReadListError::Twice`] where both have a rule of one id; none is replaced in silence.
    /// [`ReadListError::TooMany`] above 1,000.
    pub fn with(mut self, other: Self) -> Result<Self, ReadListError> {
        self.rules.extend(other.rules);
        self.checked()
    }

    /// Returns the rules in the order in which they were given.
    #[must_use]
    pub fn as_slice(&self) -> &[ReportingRule] {
        &self.rules
    }

    /// Returns a rule by its id.
    #[must_use]
    pub fn get(&self, id: &Slug) -> Option<&ReportingRule> {
        self.rules.iter().find(|rule| rule.id() == id)
    }

    fn checked(self) -> Result<Self, ReadListError> {
        let found = self.rules.len();
        if found > FORM.max {
            let limit = FORM.max;
            return Err(ReadListError::TooMany { found, limit });
        }
        unique(self.rules.iter().map(|rule| rule.id().as_str()))?;
        Ok(self)
    }
}
