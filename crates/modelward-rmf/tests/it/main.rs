//! Tables against the public API.

#![expect(
    clippy::unwrap_used,
    reason = "a panic in a helper fails the test that called it"
)]

mod assessment;
mod cadence;
mod check;
mod compose;
mod crosswalk;
mod crosswalk_files;
mod crosswalk_lint;
mod csv_malformed;
mod csv_round_trip;
mod csv_rows;
mod currency;
mod diff;
mod document;
mod evidence;
mod gap;
mod gate;
mod gate_assessment;
mod gate_policy;
mod gate_properties;
mod gate_requirements;
mod gate_risks;
mod genai;
mod ids;
mod lies;
mod matrix;
mod names;
mod official;
mod oscal;
mod oscal_check;
mod oscal_made;
mod oscal_read;
mod oscal_texts;
mod outcomes;
mod register;
mod register_document;
mod register_queries;
mod report;
mod revision;
mod risk;
mod scale;
mod seed;
mod shipped;
mod ssdf;
mod treatment;
