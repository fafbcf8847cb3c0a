#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

pub mod format;
pub mod log;

mod asset;
mod detection;
mod error;
mod event;
mod id;
mod incident;
mod obligation;
mod phase;
mod policy;
mod read;
mod records;
mod slug;

pub use crate::asset::{AssetRef, BomRef, ParseAssetError, Purl};
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
pub use crate::error::{IncidentError, ReadIncidentError, Refusal};
pub use crate::event::{By, Category, Event, EventKind, Severity};
pub use crate::id::{IncidentId, ParseIncidentIdError};
pub use crate::incident::{Incident, Opening};
pub use crate::obligation::{
    Answer, Due, DueTimes, Excluded, Exclusion, Fact, Facts, InitialReport, Moment, Obligation,
    ObligationError, ObligationStatus, OffsetError, REMINDER_NOTICE, Reminders, ReportSent,
    ReportingRule, ReportingRuleError, ReportingRules, Selection, Start, Toll, Trigger, WhenClosed,
    WorkingCalendar, applicable, due, select,
};
pub use crate::phase::Phase;
pub use crate::policy::{
    Backup, Contact, Exercise, IncidentPolicy, NearMisses, ParseRmfActionError, Playbook,
    PolicyKind, PolicySet, Readiness, RmfAction,
};
pub use crate::records::ReadListError;
pub use crate::slug::{ParseSlugError, Slug};
pub use modelward_artifact::{ParseTextError, Text};
