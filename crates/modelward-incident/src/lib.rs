#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

pub mod export;
pub mod format;
pub mod import;
pub mod log;

mod action;
mod asset;
mod axis;
mod category;
mod detection;
mod error;
mod event;
mod evidence;
mod id;
mod impact;
mod incident;
mod incidents;
mod link;
mod near_miss;
mod obligation;
mod oecd;
mod order;
mod phase;
mod pointer;
mod policy;
mod read;
mod records;
mod recovery;
mod release;
mod review;
mod slug;
mod system;
mod technique;
mod time_spec;
mod tlp;

pub use crate::action::{ActionKind, ActionState, Effect, ResponseAction, Stage};
pub use crate::asset::{
    AffectedAsset, AssetKind, AssetOrigin, AssetRef, BomRef, Compromise, CompromiseWindow,
    ParseAssetError, Purl,
};
pub use crate::axis::{Determination, Harm, Severity};
pub use crate::category::{Category, CosaiType, IncidentKind, KindMapping, ParseIncidentKindError};
pub use crate::detection::Detection;
pub use crate::detection::attack::error::AttackError;
pub use crate::detection::attack::part::{PoisonedPart, RowRange};
pub use crate::detection::attack::technique::{AttackTechnique, NistAttackId};
pub use crate::detection::attack::{
    AttackDetector, AttackEvidence, AttackIndicator, AttackOutcome, AttackTarget,
};
pub use crate::detection::drift::error::DriftError;
pub use crate::detection::drift::evidence::{
    DriftEvidence, DriftKind, DriftSubject, DriftTerms, DriftWindows, Recheck, ReportedValue,
};
pub use crate::detection::drift::histogram::{Bins, DriftWindow, Histogram};
pub use crate::detection::drift::metric::{DriftMeasure, DriftMetric, LogBase, ZeroHandling};
pub use crate::detection::drift::preset::{DriftPreset, PresetOrigin};
pub use crate::detection::drift::threshold::{Correction, DriftVerdict, Threshold};
pub use crate::detection::failure::error::FailureError;
pub use crate::detection::failure::parts::{
    Baseline, Better, CheckKind, EvaluatedSample, FailedCheck, Labels, Observed, PerformanceMetric,
};
pub use crate::detection::failure::{FailureEvidence, FailureVerdict};
pub use crate::detection::number::{Comparator, Finite, Interval, NumberError, TimeRange};
pub use crate::detection::tool::DetectionTool;
pub use crate::detection::trials::Trials;
pub use crate::error::{IncidentError, ReadIncidentError};
pub use crate::event::{
    Classification, CloseOutcome, Event, EventKind, NewEvent, Opening, ReadEventError,
};
pub use crate::evidence::{Custody, CustodyAction, Evidence};
pub use crate::id::{IncidentId, ParseIncidentIdError};
pub use crate::impact::{Impact, ImpactKind};
pub use crate::incident::{Hold, Incident, PhaseSpan, Refusal};
pub use crate::incidents::{Incidents, Journal, RecordError, Recorded, ReplayError};
pub use crate::link::{Disclosure, Link, LinkRelation};
pub use crate::near_miss::{NearMissPattern, near_miss_patterns};
pub use crate::obligation::{
    Answer, Due, DueTimes, Excluded, Exclusion, Fact, Facts, InitialReport, Moment, Obligation,
    ObligationError, ObligationStatus, OffsetError, REMINDER_NOTICE, Reminders, ReportSent,
    ReportingRule, ReportingRuleError, ReportingRules, Selection, Start, Toll, Trigger, WhenClosed,
    WorkingCalendar, applicable, due, select,
};
pub use crate::oecd::{OecdCriterion, OecdCriterionError, OecdSeverity};
pub use crate::order::{OrderState, QuarantineOrder};
pub use crate::phase::Phase;
pub use crate::pointer::{ParsePointerError, Pointer};
pub use crate::policy::{
    Backup, Contact, Exercise, IncidentPolicy, NearMisses, ParseRmfActionError, Playbook,
    PolicyKind, PolicySet, Readiness, RmfAction,
};
pub use crate::records::ReadListError;
pub use crate::recovery::{RecoveryPlan, RecoveryReceipt, RecoveryState};
pub use crate::release::{ReleaseError, Released, Withheld};
pub use crate::review::{
    ObligationReview, PostIncidentReview, ReviewAction, ReviewState, RootCause,
};
pub use crate::slug::{ParseSlugError, Slug};
pub use crate::system::AiSystem;
pub use crate::technique::Technique;
pub use crate::time_spec::{Fidelity, TimeSpec};
pub use crate::tlp::Tlp;
pub use modelward_artifact::{ParseTextError, Text};
