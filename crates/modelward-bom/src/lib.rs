#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

pub mod inspect;
pub mod model;
pub mod profile;
pub mod purl;
pub mod spdx3;

mod check;
mod convert;
mod diff;
mod error;
mod generate;
mod hash;
mod license;
mod lint;
mod loss;
mod merge;
mod pointer;
mod predicate;
mod provenance;
mod read;
mod shape;
mod taxonomy;
mod unknown;
mod version;
mod view;

pub use crate::convert::CyclonedxBom;
pub use crate::diff::Difference;
pub use crate::error::{GenerateBomError, ReadBomError};
pub use crate::generate::{GenerateOptions, Generated, generate, hash_and_generate};
pub use crate::loss::Loss;
pub use crate::merge::{Merge, MergeError, Merged};
pub use crate::model::{Component, ComponentKind, MlBom, ModelCard};
pub use crate::provenance::Provenance;
pub use crate::version::{ConvertError, Converted, SpecVersion, UnknownSpecVersion};
