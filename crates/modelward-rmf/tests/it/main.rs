//! Tables against the public API.

mod assessment;
mod document;
mod ids;
mod official;
mod text;
