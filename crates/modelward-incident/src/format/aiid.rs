//! Documents of the AI Incident Database (AIID): incidents, submissions and classifications.
//!
//! - An [`AiidIncident`] is what the database says, as a row of its own or as its GraphQL interface
//!   gives it. It is written as it was read.
//! - An [`AiidSubmission`] keeps the limits of the database's form; each refusal is an
//!   [`AiidFault`] with its place, and all of them are listed.
//! - An [`AiidClassification`] says what a taxonomy makes of an incident. The lists of values of
//!   [`AiidField`] are closed.
//!
//! Members that have no type here are kept. Lengths are counted as the form does, in UTF-16 units.
//! The names of members, the limits and the lists are those of 2026-05-14.

mod account;
mod builder;
mod classification;
mod entity;
mod fault;
mod field;
mod incident;
mod links;
mod members;
mod report;
mod submission;
mod time;

pub use self::account::PublishedAccount;
pub use self::builder::{AiidSubject, AiidSubmissionBuilder};
pub use self::classification::{AiidAttribute, AiidClassification};
pub use self::entity::AiidEntity;
pub use self::fault::{AiidError, AiidFault, AiidFaultKind};
pub use self::field::{AiidField, AiidTaxonomy};
pub use self::incident::{AiidForm, AiidIncident};
pub use self::report::AiidReport;
pub use self::submission::AiidSubmission;
pub use self::time::{AiidTime, ParseAiidTimeError};
