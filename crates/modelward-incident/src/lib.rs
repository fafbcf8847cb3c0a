#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

pub mod log;

mod asset;
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
