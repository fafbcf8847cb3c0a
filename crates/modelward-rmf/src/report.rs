pub(crate) mod bars;
mod evidence;
mod facts;
mod findings;
mod gaps;
mod html;
mod legend;
mod markdown;
mod outcomes;
pub(crate) mod risks;
mod state;
mod verdict;
mod view;
mod words;

use modelward_artifact::{Finding, Timestamp};

use crate::report::findings::Group;
use crate::report::view::View;
use crate::{Assessment, CheckReport, RiskRegister};

/// Writes an assessment, and what belongs to it, for people: as Markdown, or as one HTML page.
///
/// - What is not given is not in it, and the report says so.
/// - `now` is printed as the time of the report and decides what is overdue or expired.
/// - It counts and names, but gives no score: AI RMF 1.0 is voluntary and knows no conformity.
/// - Texts that people wrote cannot act as markup. Characters that would reorder or hide a text are
///   shown as `\u{..}`.
/// - The page has no script, loads nothing, and forbids both to itself. It can be read at any width,
///   in light and dark, on paper and by a screen reader; no figure relies on color.
/// - The same input gives the same bytes.
///
/// ```
/// use modelward_rmf::{Assessment, Checks, Party, Rated, Report, Subject};
///
/// let at = "2026-11-23T10:00:00Z".parse()?;
/// let assessment = Assessment::builder(Subject::new("<b>small</b>")?, Party::new("Ada")?, at)
///     .rate("GOVERN 1.6".parse()?, Rated::new("met", "It is in the inventory.")?)
///     .build()?;
/// let now = "2026-11-26T10:00:00Z".parse()?;
/// let checks = Checks::new(&assessment, now).run();
/// let report = Report::new(&assessment, now).with_checks(&checks);
///
/// assert!(report.to_markdown().contains("Of 72 outcomes, 1 is met"));
/// assert!(!report.to_html().contains("<b>small"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a report does nothing until it is written"]
pub struct Report<'a> {
    assessment: &'a Assessment,
    now: Timestamp,
    register: Option<&'a RiskRegister>,
    checks: Option<&'a CheckReport>,
    findings: Vec<Group>,
}

impl<'a> Report<'a> {
    /// Reports on an assessment as of `now`.
    pub const fn new(assessment: &'a Assessment, now: Timestamp) -> Self {
        Self {
            assessment,
            now,
            register: None,
            checks: None,
            findings: Vec::new(),
        }
    }

    /// Adds the register of the risks that belong to the assessment.
    pub const fn with_register(mut self, register: &'a RiskRegister) -> Self {
        self.register = Some(register);
        self
    }

    /// Adds what the checks found, and what they could not look at.
    pub const fn with_checks(mut self, checks: &'a CheckReport) -> Self {
        self.checks = Some(checks);
        self
    }

    /// Adds findings of another tool or of a gate under a title, in the order given. That there is
    /// none is said too.
    pub fn with_findings(
        mut self,
        title: impl Into<String>,
        findings: impl IntoIterator<Item = Finding>,
    ) -> Self {
        self.findings
            .push(Group::of_findings(title.into(), findings));
        self
    }

    /// Returns the report in GitHub Flavored Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        markdown::write(&View::of(self))
    }

    /// Returns the report as one HTML page that needs nothing else.
    #[must_use]
    pub fn to_html(&self) -> String {
        html::write(&View::of(self))
    }
}
