//! Tests of `modelward-audit` against its public API.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

mod affected;
mod attested_bom;
mod coverage;
mod dossier;
#[cfg(target_os = "linux")]
mod faults;
mod fleet;
mod gate;
mod gather;
mod inventory;
mod lies;
mod lineage;
mod phase_gate;
mod policy;
mod quarantine;
mod road;
mod rollback;
mod seed;
