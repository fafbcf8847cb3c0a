//! Tests of `modelward-artifact` against its public API.

mod digest;
mod document;
mod escape;
mod json;
mod manifest;
mod path;
mod public_api;
mod resource;
mod sums;
mod timestamp;
mod verdict;
mod walk;
mod write;
