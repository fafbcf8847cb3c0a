//! The outcomes of NIST AI 100-1 (AI RMF 1.0, January 2023), tables 1 to 4, by their ids alone.

pub(crate) mod category;
pub(crate) mod function;
pub(crate) mod subcategory;

mod parse;
