use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::{Party, Text, Timestamp};

use crate::{
    ActionState, AffectedAsset, AiSystem, CloseOutcome, Detection, Determination, Disclosure,
    Evidence, Facts, Harm, Impact, IncidentKind, Link, ObligationReview, OecdCriterion,
    OecdSeverity, Opening, OrderState, Phase, RecoveryState, ReviewState, RootCause, Severity,
    Slug, Technique, TimeSpec, Toll,
};

/// Says from when on an incident was in a phase.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct PhaseSpan {
    /// The phase.
    pub phase: Phase,
    /// From when on.
    pub entered: Timestamp,
    /// Why; `None` for the first.
    pub reason: Option<Text>,
}

/// Keeps assets from being changed.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Hold {
    /// Which ones.
    pub assets: BTreeSet<Slug>,
    /// Why.
    pub why: Text,
}

/// Holds what the events of an incident come to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct State {
    pub(crate) title: Text,
    pub(crate) summary: Option<Text>,
    pub(crate) kinds: BTreeSet<IncidentKind>,
    pub(crate) techniques: Vec<Technique>,
    pub(crate) cwes: BTreeSet<u32>,
    pub(crate) severity: Severity,
    pub(crate) determination: Determination,
    pub(crate) harm: Harm,
    pub(crate) prevented_by: Vec<Text>,
    pub(crate) oecd_severity: Option<OecdSeverity>,
    pub(crate) oecd_answers: BTreeMap<OecdCriterion, Text>,
    pub(crate) began: Option<TimeSpec>,
    pub(crate) facts: Facts,
    pub(crate) tolls: Vec<(Slug, Toll)>,
    pub(crate) ruled_out: BTreeMap<Slug, (Text, Party)>,
    /// Gone as soon as something changes that the obligations follow from.
    pub(crate) obligations_reviewed: Option<ObligationReview>,
    pub(crate) systems: Vec<AiSystem>,
    pub(crate) assets: BTreeMap<Slug, AffectedAsset>,
    pub(crate) assets_unknown: Option<Text>,
    pub(crate) evidence: BTreeMap<Slug, Evidence>,
    pub(crate) detections: Vec<Detection>,
    pub(crate) impacts: BTreeMap<Slug, Impact>,
    pub(crate) actions: BTreeMap<Slug, ActionState>,
    pub(crate) containment_waived: BTreeMap<Slug, Text>,
    /// The actions from before a relapse, which do not contain what came back.
    pub(crate) outlived: BTreeSet<Slug>,
    pub(crate) eradication_waived: Option<Text>,
    pub(crate) orders: BTreeMap<Slug, OrderState>,
    pub(crate) hold: Option<Hold>,
    pub(crate) authority_informed: Option<Timestamp>,
    pub(crate) root_cause: Option<RootCause>,
    /// By asset.
    pub(crate) recoveries: BTreeMap<Slug, RecoveryState>,
    pub(crate) recovery_waived: Option<Text>,
    pub(crate) review: Option<ReviewState>,
    pub(crate) links: Vec<Link>,
    pub(crate) disclosures: Vec<Disclosure>,
    pub(crate) notes: Vec<Text>,
    pub(crate) spans: Vec<PhaseSpan>,
    pub(crate) outcome: Option<CloseOutcome>,
}

impl State {
    pub(crate) fn opened(opening: &Opening, at: Timestamp) -> Self {
        let first = PhaseSpan {
            phase: Phase::Detection,
            entered: at,
            reason: None,
        };
        Self {
            title: opening.title.clone(),
            summary: opening.summary.clone(),
            kinds: opening.kinds.clone(),
            severity: opening.severity,
            spans: vec![first],
            techniques: Vec::new(),
            cwes: BTreeSet::new(),
            determination: Determination::Suspected,
            harm: Harm::Unclear,
            prevented_by: Vec::new(),
            oecd_severity: None,
            oecd_answers: BTreeMap::new(),
            began: None,
            facts: Facts::new(),
            tolls: Vec::new(),
            ruled_out: BTreeMap::new(),
            obligations_reviewed: None,
            systems: Vec::new(),
            assets: BTreeMap::new(),
            assets_unknown: None,
            evidence: BTreeMap::new(),
            detections: Vec::new(),
            impacts: BTreeMap::new(),
            actions: BTreeMap::new(),
            containment_waived: BTreeMap::new(),
            outlived: BTreeSet::new(),
            eradication_waived: None,
            orders: BTreeMap::new(),
            hold: None,
            authority_informed: None,
            root_cause: None,
            recoveries: BTreeMap::new(),
            recovery_waived: None,
            review: None,
            links: Vec::new(),
            disclosures: Vec::new(),
            notes: Vec::new(),
            outcome: None,
        }
    }

    pub(crate) fn phase(&self) -> Phase {
        self.spans
            .last()
            .map_or(Phase::Detection, |span| span.phase)
    }
}
