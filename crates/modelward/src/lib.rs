#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

#[doc(inline)]
pub use modelward_artifact as artifact;
#[doc(inline)]
pub use modelward_audit as audit;
#[doc(inline)]
pub use modelward_bom as bom;
#[doc(inline)]
pub use modelward_graph as graph;
#[doc(inline)]
pub use modelward_incident as incident;
#[doc(inline)]
pub use modelward_rmf as rmf;
#[doc(inline)]
pub use modelward_sign as sign;

// The paved path. Everything else has one name only, in its module.
pub use modelward_artifact::{Digest, Manifest, Timestamp, Verdict};
pub use modelward_audit::ReleaseGate;
pub use modelward_bom::MlBom;
pub use modelward_graph::SupplyGraph;
pub use modelward_incident::Incident;
pub use modelward_rmf::Assessment;
pub use modelward_sign::{Bundle, VerifyPolicy};

mod error;

pub use crate::error::Error;

// These lie outside of the package, so they are read only when doc tests run.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
mod readme {}

#[cfg(doctest)]
#[doc = include_str!("../../../docs/guide/01-first-model.md")]
mod guide_01_first_model {}

#[cfg(doctest)]
#[doc = include_str!("../../../docs/guide/02-signing.md")]
mod guide_02_signing {}

#[cfg(doctest)]
#[doc = include_str!("../../../docs/guide/03-ml-bom.md")]
mod guide_03_ml_bom {}

#[cfg(doctest)]
#[doc = include_str!("../../../docs/guide/04-supply-graph.md")]
mod guide_04_supply_graph {}

#[cfg(doctest)]
#[doc = include_str!("../../../docs/guide/05-rmf.md")]
mod guide_05_rmf {}

#[cfg(doctest)]
#[doc = include_str!("../../../docs/guide/06-incidents.md")]
mod guide_06_incidents {}

#[cfg(doctest)]
#[doc = include_str!("../../../docs/guide/08-hashing.md")]
mod guide_08_hashing {}

#[cfg(doctest)]
#[doc = include_str!("../../../docs/guide/09-rollback.md")]
mod guide_09_rollback {}
