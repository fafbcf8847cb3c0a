#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod airmf_1_0;
mod assessment;
mod builder;
mod determination;
mod document;
mod error;
mod evidence;
mod key;
mod matrix;
mod party;
mod read;
mod risk;
mod scale;
mod text;
mod treatment;

pub use crate::airmf_1_0::category::Category;
pub use crate::airmf_1_0::function::Function;
pub use crate::airmf_1_0::subcategory::Subcategory;
pub use crate::assessment::{Assessment, Coverage, Subject};
pub use crate::builder::AssessmentBuilder;
pub use crate::determination::{Determination, Rating};
pub use crate::document::ReadDocumentError;
pub use crate::error::{BuildAssessmentError, ParseIdError, ReadAssessmentError};
pub use crate::evidence::Evidence;
pub use crate::key::{ActionId, EvidenceId, LevelName, ParseKeyError, RiskId, ScaleId};
pub use crate::matrix::builder::RiskMatrixBuilder;
pub use crate::matrix::error::MatrixError;
pub use crate::matrix::{AxisLevel, RiskLevel, RiskMatrix, Standing};
pub use crate::party::Party;
pub use crate::risk::Risk;
pub use crate::risk::asset::{AssetRef, ComponentRef, PackageUrl};
pub use crate::risk::builder::RiskBuilder;
pub use crate::risk::error::RiskError;
pub use crate::risk::history::{Change, HistoryEntry};
pub use crate::risk::link::Link;
pub use crate::risk::rating::{Basis, RiskRating};
pub use crate::risk::revision::{Amendment, Revision};
pub use crate::risk::statement::{RiskKind, RiskStatement};
pub use crate::risk::status::RiskStatus;
pub use crate::risk::technique::{AtlasTechnique, ParseTechniqueError};
pub use crate::scale::{Attainment, Level, RatingScale, ScaleError};
pub use crate::text::{ParseTextError, Text};
pub use crate::treatment::Treatment;
pub use crate::treatment::acceptance::{Acceptance, AcceptanceState, Revocation};
pub use crate::treatment::action::{ActionItem, ActionPlan, ActionState};
