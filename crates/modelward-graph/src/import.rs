//! Reads what other tools wrote into a graph, one file for each format.

mod cargo;
mod cyclonedx;
mod document;
mod error;
mod hugging_face;
mod pip;

pub use self::error::ImportError;
