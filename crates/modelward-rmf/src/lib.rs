#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod airmf_1_0;
mod assessment;
mod determination;
mod diff;
mod document;
mod error;
mod evidence;
mod gap;
mod key;
mod name;
mod party;
mod phase;
mod profile;
mod scale;
mod subject;
mod text;

pub use crate::airmf_1_0::actor::ActorTask;
pub use crate::airmf_1_0::category::Category;
pub use crate::airmf_1_0::function::Function;
pub use crate::airmf_1_0::subcategory::Subcategory;
pub use crate::airmf_1_0::tool_evidence::ToolEvidence;
pub use crate::airmf_1_0::trust::TrustCharacteristic;
pub use crate::assessment::builder::{AssessmentBuilder, BuildAssessmentError};
pub use crate::assessment::coverage::Coverage;
pub use crate::assessment::read::ReadAssessmentError;
pub use crate::assessment::{Assessment, Independence};
pub use crate::determination::{Confidence, Determination, Rated, RatedError};
pub use crate::diff::{ChangeKind, Changes, LevelChange};
pub use crate::document::ReadDocumentError;
pub use crate::error::ParseIdError;
pub use crate::evidence::resolver::{EvidenceResolver, Resolution};
pub use crate::evidence::source::EvidenceSource;
pub use crate::evidence::{Collection, Evidence, EvidenceError, Method, Period, Polarity};
pub use crate::gap::{Gap, GapAnalysis, GapState, ScaleMismatch};
pub use crate::key::{ActionId, EvidenceId, LevelName, ParseKeyError, RiskId, ScaleId};
pub use crate::name::ParseNameError;
pub use crate::party::Party;
pub use crate::phase::Phase;
pub use crate::profile::document::ReadProfileError;
pub use crate::profile::goal::{Goal, Priority};
pub use crate::profile::{Current, Profile, ProfileError, ProfileKind, Target};
pub use crate::scale::{Attainment, Level, RatingScale, ScaleError};
pub use crate::subject::{BomRef, Subject};
pub use crate::text::{ParseTextError, Text};
