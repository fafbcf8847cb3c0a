#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

pub mod fleet;
pub mod inventory;

mod affected;
mod attested_bom;
mod checkpoint_key;
mod coverage;
mod dossier;
mod error;
mod lineage;
mod model_evidence;
mod pickles;
mod policy;
mod quarantine;
pub mod rollback;
mod supply_chain;

pub use crate::affected::AffectedAssets;
pub use crate::attested_bom::{VerifiedBom, attest_bom, verify_with_bom};
pub use crate::checkpoint_key::{CheckpointKey, CheckpointKeyError};
pub use crate::coverage::observation::{Observation, Observed, Strength};
pub use crate::coverage::{CoverageCounts, CoverageRow, EvidenceCoverage};
pub use crate::dossier::Dossier;
pub use crate::error::{AttestBomError, LineageError, ReadAffectedError, VerifyBomError};
pub use crate::lineage::Lineage;
pub use crate::model_evidence::ModelEvidence;
pub use crate::pickles::{ScanPicklesError, scan_held_pickles, scan_pickles};
pub use crate::policy::ReleasePolicy;
pub use crate::policy::attest::{ExpectedReport, VerifiedReport, attest_report, verify_report};
pub use crate::policy::error::{AttestReportError, ReadReleasePolicyError, ReadReleaseReportError};
pub use crate::policy::fact::{
    AdvisoryFact, AffectedFact, BomFact, BomProfileFact, IncidentFact, IncidentState, LicenseFact,
    LicenseState, LineageFact, LineageState, NotEvaluatedFact, OrderStanding, PhaseGateFact,
    PickleFact, PickleState, QuarantineFact, RiskFact, SignatureFact, SubcategoryFact,
    SubcategoryState,
};
pub use crate::policy::facts::ReleaseFacts;
pub use crate::policy::report::{PolicyOutcome, PolicyReason, ReleaseReport};
pub use crate::policy::rule::{PolicyAnswer, PolicyRule};
pub use crate::policy::section::PhaseRules;
pub use crate::policy::terms::{
    AdvisoryTerms, BomProfileTerms, BomTerms, IncidentTerms, LicenseTerms, LineageTerms,
    PhaseGateTerms, PickleTerms, QuarantineTerms, RequiredSubcategory, ResidualRiskTerms,
    SignatureTerms, SubcategoryTerms, SupplyChainTerms,
};
pub use crate::policy::waiver::Waiver;
pub use crate::quarantine::Quarantine;
pub use crate::rollback::{
    AttestPlanError, ReadHistoryError, ReadRollbackError, Release, RollbackPlan, RollbackPolicy,
    RollbackRequest, VerifiedPlan, plan_rollback, verify_plan,
};
/// What a gate decides, the same type as that of phase gates.
pub use modelward_rmf::PhaseDecision as Decision;
