//! The outcomes of NIST AI 100-1 (AI RMF 1.0, January 2023), tables 1 to 4, by their ids and in our
//! own words.

pub(crate) mod actor;
pub(crate) mod category;
pub(crate) mod function;
pub(crate) mod subcategory;
pub(crate) mod tool_evidence;
pub(crate) mod trust;

mod lifecycle;
mod note;
mod oscal_id;
mod parse;
mod standing;
mod summary;
