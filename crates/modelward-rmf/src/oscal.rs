//! Writes assessments, plans, crosswalks and the framework itself as OSCAL 1.2 JSON.
//!
//! | ours | OSCAL |
//! |---|---|
//! | [`Assessment`](crate::Assessment) and its risks | [`assessment_results`] |
//! | open actions and open gaps | [`plan_of_action`] |
//! | [`Crosswalk`](crate::Crosswalk) | [`mapping_collection`] |
//! | the 72 subcategories, in our words | [`catalog`] |
//!
//! - OSCAL knows a target as satisfied or not. Here only what is rated as met is satisfied; the
//!   ratings themselves stand in props under [`NAMESPACE`].
//! - UUIDs are version 5 over content, and nothing reads a clock: the same input gives the same
//!   bytes.
//! - NIST has published no OSCAL form of the framework, so control ids are ours until it does; see
//!   [`OscalOptions::with_control_ids`].
//! - A title is cut after 120 characters, and a prop is one line. Where that changes a text, the
//!   whole one stands in the description or the remarks, escaped as OSCAL's Markdown wants it.
//! - An export shows a state. The history of a risk stays in the register, whose digest is named.
//! - The official JSON schema checks no references and few values; [`check`] does.
//!
//! ```
//! use modelward_rmf::oscal::{self, OscalOptions};
//! use modelward_rmf::{Assessment, Party, Rated, Subject};
//!
//! let at = "2026-11-26T10:00:00Z".parse()?;
//! let subject = Subject::new("sentiment-small")?;
//! let assessment = Assessment::builder(subject, Party::new("Ada Example")?, at)
//!     .rate("GOVERN 1.6".parse()?, Rated::new("met", "It is in the inventory since May.")?)
//!     .build()?;
//! let options = OscalOptions::new(at, "1.0.0")?;
//! let results = oscal::assessment_results(&assessment, None, &options)?;
//! assert!(oscal::check(results.value()).is_empty());
//! let finding = &results.value()["assessment-results"]["results"][0]["findings"][0];
//! assert_eq!(finding["target"]["target-id"], "govern-1.6_stm");
//!
//! // Nothing is open, so there is no plan.
//! let refused = oscal::plan_of_action(&assessment, None, &options).unwrap_err();
//! assert_eq!(refused.code(), "rmf.oscal.nothing_open");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod catalog;
mod check;
mod component;
mod document;
mod error;
mod export;
mod finding;
mod links;
mod mapping;
mod object;
mod observation;
mod options;
mod poam;
mod read;
mod response;
mod results;
mod risk;
mod text;

pub use crate::oscal::catalog::catalog;
pub use crate::oscal::check::check;
pub use crate::oscal::document::{OscalDocument, OscalModel};
pub use crate::oscal::error::OscalError;
pub use crate::oscal::mapping::mapping_collection;
pub use crate::oscal::options::OscalOptions;
pub use crate::oscal::poam::plan_of_action;
pub use crate::oscal::read::{FindingError, ReadOscalError, read_assessment_results};
pub use crate::oscal::results::assessment_results;

/// Names the version of OSCAL that documents are written for.
///
/// The schemas of 1.2.0 to 1.2.3 accept any text here, and differ for nothing that is written. This
/// is the newest version that `compliance-trestle` 5.2 takes for one that it supports.
pub const OSCAL_VERSION: &str = "1.2.1";

/// Names the props of this crate, unless the options name another namespace.
pub const NAMESPACE: &str = "https://github.com/modelward/modelward/ns/oscal";
