#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod bom;
mod component;
mod convert;
mod error;
mod generate;
mod hash;
pub mod inspect;
mod unknown;
mod write;

pub use crate::bom::{Dependency, MlBom};
pub use crate::component::{Component, ComponentKind};
pub use crate::convert::{SbomComponent, read_sbom};
pub use crate::error::{GenerateBomError, ReadBomError, ReadSbomError};
pub use crate::generate::{GenerateOptions, Generated, generate};
pub use crate::inspect::safetensors::SafetensorsFault;
