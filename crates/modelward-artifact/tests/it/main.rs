//! Tests of `modelward-artifact` against its public API.

mod algorithm;
mod cache;
mod collision;
mod digest;
mod document;
mod engine;
mod escape;
mod json;
mod kernel;
mod manifest;
#[cfg(feature = "object-store")]
mod object_store;
mod open;
mod path;
mod public_api;
mod resource;
mod sums;
mod tar;
mod timestamp;
mod verdict;
mod walk;
mod write;
