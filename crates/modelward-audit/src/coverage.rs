mod assessment;
mod bearing;
mod bom;
mod evidence;
mod incidents;
mod integrity;
mod notes;
pub(crate) mod observation;
mod origin;
mod register;
mod render;
mod supply;

use modelward_artifact::{Digest, Timestamp};
use modelward_rmf::{Polarity, Subcategory, ToolEvidence};

use self::notes::Notes;
use crate::{ModelEvidence, Observation, Observed, ReleaseReport, Strength};

/// Says for each of the 72 subcategories of AI RMF 1.0 what tooling can show of it at all, and what was
/// observed of one model.
///
/// - It holds at most what [`Subcategory::tool_evidence`] allows: of an outcome that no tool can
///   show, nothing is ever observed, and of one that gets supporting evidence at most, nothing
///   direct.
/// - Behind each observation stands a document, record or run, by name and digest. What was not
///   given makes no observation, and an element that an ML-BOM could have and has not makes none
///   either, except for task and licenses, which every reader of an ML-BOM needs.
/// - What was looked at and is bad contradicts. An observation is no rating: that stays with the
///   assessor.
/// - Which facts bear on which subcategories is our judgement.
///
/// ```
/// use modelward_artifact::Digest;
/// use modelward_audit::{EvidenceCoverage, ModelEvidence, Observed};
///
/// let evidence = ModelEvidence::new("my-model", Digest::sha256(b"files"));
/// let coverage = EvidenceCoverage::of(&evidence, "2026-11-26T10:00:00Z".parse()?);
/// assert_eq!(coverage.rows().len(), 72);
/// assert_eq!(coverage.counts().nothing(), 61);
/// assert_eq!(coverage.counts().no_tool(), 11);
///
/// let training = coverage.row("GOVERN 2.2".parse()?);
/// assert_eq!(training.observed(), Observed::NoTool);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EvidenceCoverage {
    model: String,
    root: Digest,
    observed_at: Timestamp,
    rows: Vec<CoverageRow>,
}

impl EvidenceCoverage {
    /// Collects what everything that is known of a model shows.
    ///
    /// `now` decides what is overdue or has expired.
    #[must_use]
    pub fn of(evidence: &ModelEvidence<'_>, now: Timestamp) -> Self {
        let mut notes = Notes::new();
        integrity::observe(&mut notes, evidence);
        bom::observe(&mut notes, evidence);
        supply::observe(&mut notes, evidence);
        assessment::observe(&mut notes, evidence);
        register::observe(&mut notes, evidence, now);
        incidents::observe(&mut notes, evidence, now);
        Self {
            model: evidence.name().to_owned(),
            root: evidence.root(),
            observed_at: now,
            rows: notes.into_rows(),
        }
    }

    /// Adds what a release gate decided, which bears on MANAGE 1.1. A report on other files than
    /// these adds nothing.
    #[must_use]
    pub fn with_decision(mut self, report: &ReleaseReport) -> Self {
        if *report.root() == self.root {
            let mut notes = Notes::of(self.rows);
            assessment::observe_decision(&mut notes, report);
            self.rows = notes.into_rows();
        }
        self
    }

    /// Returns the model's name.
    #[must_use]
    pub fn model(&self) -> &str {
        &self.model
    }

    /// Returns the root digest of the model's files.
    #[must_use]
    pub const fn root(&self) -> &Digest {
        &self.root
    }

    /// Returns when the observations were made.
    #[must_use]
    pub const fn observed_at(&self) -> Timestamp {
        self.observed_at
    }

    /// Returns a row for each of the 72 subcategories, in the order of the framework.
    #[must_use]
    pub fn rows(&self) -> &[CoverageRow] {
        &self.rows
    }

    /// Returns the row of a subcategory.
    #[must_use]
    pub fn row(&self, subcategory: Subcategory) -> &CoverageRow {
        &self.rows[subcategory.index()]
    }

    /// Counts the rows by what was observed.
    #[must_use]
    pub fn counts(&self) -> CoverageCounts {
        let count = |observed| {
            let rows = self.rows.iter();
            rows.filter(|row| row.observed() == observed).count()
        };
        CoverageCounts {
            direct: count(Observed::Direct),
            supporting: count(Observed::Supporting),
            nothing: count(Observed::Nothing),
            no_tool: count(Observed::NoTool),
            contradicted: self.rows.iter().filter(|row| row.is_contradicted()).count(),
        }
    }
}

/// Says of one subcategory what tooling can show of it, and what was observed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CoverageRow {
    subcategory: Subcategory,
    observations: Vec<Observation>,
}

impl CoverageRow {
    /// Returns the subcategory.
    #[must_use]
    pub const fn subcategory(&self) -> Subcategory {
        self.subcategory
    }

    /// Returns how much tooling can show of the outcome, of any system.
    #[must_use]
    pub const fn possible(&self) -> ToolEvidence {
        self.subcategory.tool_evidence()
    }

    /// Returns what was observed: what contradicts first, then what is direct.
    #[must_use]
    pub fn observations(&self) -> &[Observation] {
        &self.observations
    }

    /// Returns the strongest kind of what was observed, or why there is nothing.
    #[must_use]
    pub fn observed(&self) -> Observed {
        let strongest = self.observations.iter().map(Observation::strength).max();
        match (self.possible(), strongest) {
            (ToolEvidence::None, _) => Observed::NoTool,
            (_, None) => Observed::Nothing,
            (_, Some(Strength::Supporting)) => Observed::Supporting,
            (_, Some(Strength::Direct)) => Observed::Direct,
        }
    }

    /// Tells whether something that was observed speaks against the outcome.
    #[must_use]
    pub fn is_contradicted(&self) -> bool {
        let mut polarities = self.observations.iter().map(Observation::polarity);
        polarities.any(|polarity| polarity == Polarity::Contradicts)
    }
}

/// Counts the rows of an [`EvidenceCoverage`]. The first four add up to 72.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct CoverageCounts {
    direct: usize,
    supporting: usize,
    nothing: usize,
    no_tool: usize,
    contradicted: usize,
}

impl CoverageCounts {
    /// Returns how many have a direct observation.
    #[must_use]
    pub const fn direct(&self) -> usize {
        self.direct
    }

    /// Returns how many have supporting observations only.
    #[must_use]
    pub const fn supporting(&self) -> usize {
        self.supporting
    }

    /// Returns of how many nothing was observed, though tooling can show something.
    #[must_use]
    pub const fn nothing(&self) -> usize {
        self.nothing
    }

    /// Returns of how many no tool can show anything.
    #[must_use]
    pub const fn no_tool(&self) -> usize {
        self.no_tool
    }

    /// Returns how many have an observation that contradicts; they count above as well.
    #[must_use]
    pub const fn contradicted(&self) -> usize {
        self.contradicted
    }
}
