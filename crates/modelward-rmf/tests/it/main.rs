//! Tables against the public API.

#![expect(
    clippy::unwrap_used,
    reason = "a panic in a helper fails the test that called it"
)]

mod assessment;
mod compose;
mod crosswalk;
mod crosswalk_files;
mod crosswalk_lint;
mod currency;
mod document;
mod genai;
mod ids;
mod names;
mod official;
mod outcomes;
mod shipped;
mod ssdf;
mod text;
