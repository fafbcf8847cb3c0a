//! Tests of `modelward-audit` against its public API.

mod affected;
mod gate;
mod lineage;
mod road;
