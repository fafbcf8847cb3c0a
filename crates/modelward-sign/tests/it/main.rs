//! Tests of `modelward-sign` against its public API.

mod attestation;
mod authority;
mod chain;
mod fixture;
mod forms;
mod inspect;
mod joint;
mod key;
mod models;
mod mutation;
mod oms;
mod pitfalls;
mod pkits;
mod property;
mod public_api;
mod resign;
mod round_trip;
#[cfg(feature = "sigstore")]
mod sigstore;
