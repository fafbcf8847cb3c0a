mod assessment;
pub(crate) mod code;
pub(crate) mod inventory;
pub(crate) mod issue;
mod register;

use std::collections::BTreeSet;
use std::fmt;

use modelward_artifact::{Date, Timestamp};
use serde::Serialize;

use crate::{
    Assessment, CheckCode, EvidenceId, EvidenceResolver, InventoryItem, Issue, Place, Rated,
    RiskRegister, Severity, Text,
};

/// How many days before its end something ends soon, unless the caller says otherwise.
const SOON_DAYS: u32 = 30;

/// Looks for what is wrong with an assessment and with what belongs to it.
///
/// What is not given cannot be checked, and [`CheckReport::unchecked`] says so: nothing found is not
/// the same as nothing wrong. The same input gives the same issues in the same order.
///
/// ```
/// use modelward_rmf::{Assessment, CheckCode, Checks, Party, Rated, Subject};
///
/// let at = "2026-11-23T10:00:00Z".parse()?;
/// let assessment = Assessment::builder(Subject::new("sentiment-small")?, Party::new("Ada")?, at)
///     .rate("GOVERN 1.6".parse()?, Rated::new("met", "I know that there is an inventory.")?)
///     .build()?;
/// let report = Checks::new(&assessment, "2026-11-26T10:00:00Z".parse()?).run();
/// assert!(report.has(CheckCode::RatingUnsupported));
/// assert!(!report.unchecked().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct Checks<'a> {
    assessment: &'a Assessment,
    now: Timestamp,
    soon_days: u32,
    register: Option<&'a RiskRegister>,
    resolver: Option<&'a dyn EvidenceResolver>,
    inventory: Option<&'a [InventoryItem]>,
    open_incidents: Option<&'a [Text]>,
}

impl<'a> Checks<'a> {
    /// Checks an assessment as of `now`.
    #[must_use]
    pub const fn new(assessment: &'a Assessment, now: Timestamp) -> Self {
        Self {
            assessment,
            now,
            soon_days: SOON_DAYS,
            register: None,
            resolver: None,
            inventory: None,
            open_incidents: None,
        }
    }

    /// Sets how many days before its end something ends soon; 30 unless it is set.
    #[must_use]
    pub const fn with_soon_days(mut self, days: u32) -> Self {
        self.soon_days = days;
        self
    }

    /// Gives the register of the risks that belong to the assessment.
    #[must_use]
    pub const fn with_register(mut self, register: &'a RiskRegister) -> Self {
        self.register = Some(register);
        self
    }

    /// Gives what looks evidence up.
    #[must_use]
    pub fn with_resolver(mut self, resolver: &'a dyn EvidenceResolver) -> Self {
        self.resolver = Some(resolver);
        self
    }

    /// Gives the components that the organization has, such as the models of an ML-BOM.
    #[must_use]
    pub const fn with_inventory(mut self, inventory: &'a [InventoryItem]) -> Self {
        self.inventory = Some(inventory);
        self
    }

    /// Gives the ids of all incidents that are open. An empty list says that there is none.
    #[must_use]
    pub const fn with_open_incidents(mut self, open: &'a [Text]) -> Self {
        self.open_incidents = Some(open);
        self
    }

    /// Runs every check for which there is something to check.
    pub fn run(&self) -> CheckReport {
        let stated = self.assessment.determinations();
        let rated = stated.filter_map(|(_, stated)| stated.rated());
        let mut run = Run {
            assessment: self.assessment,
            now: self.now,
            soon_days: self.soon_days,
            resolver: self.resolver,
            cited: rated.flat_map(Rated::evidence).collect(),
            issues: Vec::new(),
        };
        assessment::check(&mut run);
        if let Some(register) = self.register {
            register::check(&mut run, register);
        }
        if let Some(items) = self.inventory {
            inventory::components(&mut run, items, self.register);
        }
        if let (Some(open), Some(register)) = (self.open_incidents, self.register) {
            inventory::incidents(&mut run, open, register);
        }
        let mut issues = run.issues;
        issues.sort();
        CheckReport {
            issues,
            unchecked: self.unchecked(),
        }
    }

    fn unchecked(&self) -> Vec<&'static str> {
        let gaps = [
            (
                self.register.is_none(),
                "risks and their treatment: no register was given",
            ),
            (
                self.resolver.is_none(),
                "whether evidence is still there and unchanged: nothing looks it up",
            ),
            (
                self.inventory.is_none(),
                "holes of the inventory: no components were given",
            ),
            (
                self.open_incidents.is_none() || self.register.is_none(),
                "incidents without a risk: no incidents or no register were given",
            ),
        ];
        let open = gaps.into_iter().filter(|(is_open, _)| *is_open);
        open.map(|(_, what)| what).collect()
    }
}

impl fmt::Debug for Checks<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checks")
            .field("assessment", &self.assessment.digest())
            .field("now", &self.now)
            .finish_non_exhaustive()
    }
}

/// Lists what [`Checks`] found, and what they could not look at.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[must_use]
pub struct CheckReport {
    issues: Vec<Issue>,
    unchecked: Vec<&'static str>,
}

impl CheckReport {
    /// Returns the issues, sorted by place and code.
    #[must_use]
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// Returns what was not looked at and why, a line each.
    #[must_use]
    pub fn unchecked(&self) -> &[&'static str] {
        &self.unchecked
    }

    /// Returns the worst severity; `None` where nothing was found.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.issues.iter().map(Issue::severity).max()
    }

    /// Tells whether an issue with this code was found.
    #[must_use]
    pub fn has(&self, code: CheckCode) -> bool {
        self.issues.iter().any(|issue| issue.code() == code)
    }
}

/// What the checks look at, and what they found so far.
struct Run<'a> {
    assessment: &'a Assessment,
    now: Timestamp,
    soon_days: u32,
    resolver: Option<&'a dyn EvidenceResolver>,
    /// What any rating cites.
    cited: BTreeSet<&'a EvidenceId>,
    issues: Vec<Issue>,
}

impl Run<'_> {
    fn found(&mut self, code: CheckCode, place: Place, message: impl Into<String>) {
        self.issues.push(Issue::new(code, place, message));
    }

    /// Tells whether a day that is not over is near.
    fn is_soon(&self, day: Date) -> bool {
        let left = day.days_since(self.now.date());
        left.is_some_and(|left| left <= self.soon_days)
    }
}
