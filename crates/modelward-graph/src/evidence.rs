//! Evidence that names things freely, and so never proves that one of ours is meant.
//!
//! Reports of AVID name systems, models and datasets without versions or addresses. That such a
//! name is like ours is worth a look: it makes an answer unknown, never affected, and that it is
//! not makes nothing unaffected.
//!
//! ```
//! use modelward_artifact::JsonLimits;
//! use modelward_graph::evidence::{AvidReport, Naming};
//!
//! let report = AvidReport::read(
//!     br#"{"metadata": {"report_id": "AVID-2023-R0001"}, "affects": {"developer": [],
//!         "deployer": [], "artifacts": [{"type": "Model", "name": "Bert Base-Uncased"}]}}"#,
//!     &JsonLimits::default(),
//! )?;
//! assert_eq!(report.naming("bert-base-uncased"), Naming::Named);
//! assert_eq!(report.naming("bert-large-uncased"), Naming::NotNamed);
//! # Ok::<(), modelward_graph::evidence::ReadEvidenceError>(())
//! ```

mod avid;
mod error;
mod graph;
mod name;

pub use self::avid::{AvidArtifact, AvidKind, AvidReport};
pub use self::error::ReadEvidenceError;
pub use self::name::{FreeName, Naming};
