//! The risks and actions of NIST AI 600-1 (Generative AI Profile, July 2024), by their ids alone.

pub(crate) mod action;
pub(crate) mod error;
pub(crate) mod risk;

mod table;
