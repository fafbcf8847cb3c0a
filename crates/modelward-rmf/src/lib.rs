#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod crosswalk;
pub mod currency;

mod airmf_1_0;
mod assessment;
mod builder;
mod determination;
mod document;
mod error;
mod evidence;
mod genai_600_1;
mod key;
mod party;
mod read;
mod scale;
mod ssdf_218a;
mod text;

pub use crate::airmf_1_0::category::Category;
pub use crate::airmf_1_0::function::Function;
pub use crate::airmf_1_0::subcategory::Subcategory;
pub use crate::assessment::{Assessment, Coverage, Subject};
pub use crate::builder::AssessmentBuilder;
pub use crate::crosswalk::Crosswalk;
pub use crate::determination::{Determination, Rating};
pub use crate::document::ReadDocumentError;
pub use crate::error::{BuildAssessmentError, ParseIdError, ReadAssessmentError};
pub use crate::evidence::Evidence;
pub use crate::genai_600_1::action::GenAiAction;
pub use crate::genai_600_1::error::ParseGenAiError;
pub use crate::genai_600_1::risk::GenAiRisk;
pub use crate::key::{ActionId, EvidenceId, LevelName, ParseKeyError, RiskId, ScaleId};
pub use crate::party::Party;
pub use crate::scale::{Attainment, Level, RatingScale, ScaleError};
pub use crate::ssdf_218a::{ParseSsdfTaskError, SsdfChange, SsdfPriority, SsdfTask};
pub use crate::text::{ParseTextError, Text};
