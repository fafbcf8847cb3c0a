//! Reports and vulnerabilities of AVID, the AI Vulnerability Database.
//!
//! The shape is that of `avidtools` 0.3.2. What is read is written again: members that the format
//! does not have are kept, and only a member that is `null` is left out, as `avidtools` does.
//!
//! Records of the database differ from the format in places: `avidtools` refuses 37 of the 1,794 of
//! March 2026. So a value outside of a vocabulary and a metric of another shape are kept, and
//! [`AvidReport::deviations`] lists them with their places; all 1,794 come back, and the same 37 have
//! such deviations. What has another type than the format says is refused.
//!
//! ```
//! use modelward_artifact::JsonLimits;
//! use modelward_incident::format::avid::{AvidReport, SepCategory};
//!
//! let text = br#"{
//!     "data_type": "AVID",
//!     "metadata": {"report_id": "ACME-R-7"},
//!     "impact": {"avid": {
//!         "risk_domain": ["Security"], "sep_view": ["S0600: Data Poisoning", "S9999: New"],
//!         "lifecycle_view": [], "taxonomy_version": "0.2"
//!     }}
//! }"#;
//! let report = AvidReport::from_json(text, &JsonLimits::default())?;
//! let taxonomy = report.record().impact().and_then(|it| it.avid()).ok_or("has one")?;
//! assert_eq!(taxonomy.sep_view()[0].known(), SepCategory::find("S0600"));
//! let deviations = report.deviations();
//! assert_eq!(deviations[0].subject(), Some("/impact/avid/sep_view/1"));
//!
//! let refused = AvidReport::from_json(br#"{"credit": "me"}"#, &JsonLimits::default()).unwrap_err();
//! assert_eq!(refused.pointer(), Some("/credit"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod deviation;
mod error;
mod impact;
mod metric;
mod part;
mod record;
mod report;
mod score;
mod sep;
mod shape;
mod term;
mod vulnerability;

pub use self::error::AvidError;
pub use self::impact::{AtlasStep, AvidTaxonomy, Impact};
pub use self::metric::{DetectionMethod, MethodKind, Metric};
pub use self::part::{
    Affects, Artifact, ArtifactKind, LangText, Problem, ProblemClass, ProblemKind, Reference,
};
pub use self::record::AvidRecord;
pub use self::report::AvidReport;
pub use self::score::{Cvss, Cwe, Jailbreak, Odin};
pub use self::sep::{LifecycleStage, RiskDomain, SepCategory};
pub use self::term::{Term, Vocabulary};
pub use self::vulnerability::{AvidVulnerability, ReportSummary};
