#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

pub mod log;

mod asset;
mod error;
mod event;
mod id;
mod incident;
mod phase;
mod read;

pub use crate::asset::{AssetRef, BomRef, ParseAssetError, Purl};
pub use crate::error::{IncidentError, ReadIncidentError, Refusal};
pub use crate::event::{By, Category, Event, EventKind, Severity};
pub use crate::id::{IncidentId, ParseIncidentIdError};
pub use crate::incident::{Incident, Opening};
pub use crate::phase::Phase;
pub use modelward_artifact::{ParseTextError, Text};
