//! Tests of `modelward-incident` against its public API.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

mod clock;
mod detection;
mod incident;
mod log;
mod names;
mod obligation;
mod phase;
mod policy;
mod record;
mod rules;
mod walks;
