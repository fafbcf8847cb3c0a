// What the text shows and links to is there with all crates.
#![cfg_attr(feature = "audit", doc = include_str!("../README.md"))]
#![cfg_attr(
    not(feature = "audit"),
    doc = "Inventories, signs, traces, assesses and recovers machine-learning models: the crates that \
           were chosen by features."
)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

#[doc(inline)]
pub use modelward_artifact as artifact;
#[cfg(feature = "audit")]
#[doc(inline)]
pub use modelward_audit as audit;
#[cfg(feature = "bom")]
#[doc(inline)]
pub use modelward_bom as bom;
#[cfg(feature = "graph")]
#[doc(inline)]
pub use modelward_graph as graph;
#[cfg(feature = "incident")]
#[doc(inline)]
pub use modelward_incident as incident;
#[cfg(feature = "rmf")]
#[doc(inline)]
pub use modelward_rmf as rmf;
#[cfg(feature = "sign")]
#[doc(inline)]
pub use modelward_sign as sign;

// The paved path. Everything else has one name only, in its module.
pub use modelward_artifact::{
    Control, Digest, HashOptions, Manifest, NoControl, Timestamp, Verdict,
};
#[cfg(feature = "audit")]
pub use modelward_audit::{ModelEvidence, ReleaseFacts, ReleasePolicy};
#[cfg(feature = "bom")]
pub use modelward_bom::{GenerateOptions, MlBom, generate};
#[cfg(feature = "graph")]
pub use modelward_graph::SupplyGraph;
#[cfg(feature = "incident")]
pub use modelward_incident::Incident;
#[cfg(feature = "rmf")]
pub use modelward_rmf::Assessment;
#[cfg(feature = "sign")]
pub use modelward_sign::{Bundle, SigningKey, VerifyPolicy, sign, verify_model};

mod error;

pub use crate::error::Error;

// These lie outside of the package, so they are read only when doc tests run. They use every crate.
#[cfg(all(doctest, feature = "audit"))]
#[doc = include_str!("../../../README.md")]
mod readme {}

#[cfg(all(doctest, feature = "audit"))]
#[doc = include_str!("../../../docs/guide/01-first-model.md")]
mod guide_01_first_model {}

#[cfg(all(doctest, feature = "audit"))]
#[doc = include_str!("../../../docs/guide/02-signing.md")]
mod guide_02_signing {}

#[cfg(all(doctest, feature = "audit"))]
#[doc = include_str!("../../../docs/guide/03-ml-bom.md")]
mod guide_03_ml_bom {}

#[cfg(all(doctest, feature = "audit"))]
#[doc = include_str!("../../../docs/guide/04-supply-graph.md")]
mod guide_04_supply_graph {}

#[cfg(all(doctest, feature = "audit"))]
#[doc = include_str!("../../../docs/guide/05-rmf.md")]
mod guide_05_rmf {}

#[cfg(all(doctest, feature = "audit"))]
#[doc = include_str!("../../../docs/guide/06-incidents.md")]
mod guide_06_incidents {}

#[cfg(all(doctest, feature = "audit"))]
#[doc = include_str!("../../../docs/guide/07-release-gate.md")]
mod guide_07_release_gate {}

#[cfg(all(doctest, feature = "audit"))]
#[doc = include_str!("../../../docs/guide/08-hashing.md")]
mod guide_08_hashing {}

#[cfg(all(doctest, feature = "audit"))]
#[doc = include_str!("../../../docs/guide/09-rollback.md")]
mod guide_09_rollback {}

#[cfg(all(doctest, feature = "audit", feature = "safetensors"))]
#[doc = include_str!("../../../docs/guide/10-verified-loading.md")]
mod guide_10_verified_loading {}

#[cfg(all(doctest, feature = "audit"))]
#[doc = include_str!("../../../docs/guide/11-building-a-cli.md")]
mod guide_11_building_a_cli {}

#[cfg(all(doctest, feature = "audit"))]
#[doc = include_str!("../../../docs/guide/12-inventory.md")]
mod guide_12_inventory {}
