#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod airmf_1_0;
mod assessment;
mod builder;
mod determination;
mod error;
mod evidence;
mod name;
mod phase;
mod read;
mod text;

pub use crate::airmf_1_0::actor::ActorTask;
pub use crate::airmf_1_0::category::Category;
pub use crate::airmf_1_0::function::Function;
pub use crate::airmf_1_0::subcategory::Subcategory;
pub use crate::airmf_1_0::tool_evidence::ToolEvidence;
pub use crate::airmf_1_0::trust::TrustCharacteristic;
pub use crate::assessment::{Assessment, Coverage, Subject};
pub use crate::builder::AssessmentBuilder;
pub use crate::determination::{Determination, Rating};
pub use crate::error::{BuildAssessmentError, ParseIdError, ReadAssessmentError};
pub use crate::evidence::Evidence;
pub use crate::name::ParseNameError;
pub use crate::phase::Phase;
pub use crate::text::{ParseTextError, Text};
