//! Tests of `modelward-audit` against its public API.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

mod affected;
mod attested_bom;
mod fleet;
mod gate;
mod inventory;
mod lineage;
mod phase_gate;
mod policy;
mod road;
mod rollback;
