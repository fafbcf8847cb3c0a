//! Tests of `modelward-artifact` against its public API.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that fails fails the test that called it"
)]

mod algorithm;
mod atlas;
mod cache;
mod collision;
mod date;
mod digest;
mod document;
mod engine;
mod escape;
mod json;
mod kernel;
mod manifest;
mod names;
#[cfg(feature = "object-store")]
mod object_store;
mod open;
mod path;
mod public_api;
mod resource;
mod seed;
mod shaped;
mod sums;
mod tar;
mod text;
mod timestamp;
mod verdict;
mod walk;
mod write;
