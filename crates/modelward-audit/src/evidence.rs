use modelward_artifact::Verdict;
use modelward_bom::MlBom;
use modelward_incident::Incident;
use modelward_rmf::{Assessment, PhaseGateReport};
use modelward_sign::VerifiedModel;

use crate::{AffectedAssets, Lineage};

/// Gathers what a release gate judges. What is not given counts as not known, never as good.
#[derive(Clone, Copy, Debug, Default)]
pub struct GateEvidence<'a> {
    pub(crate) verification: Option<&'a Verdict<VerifiedModel>>,
    pub(crate) bom: Option<&'a MlBom>,
    pub(crate) lineage: Option<&'a Lineage>,
    pub(crate) affected: Option<&'a AffectedAssets>,
    pub(crate) assessment: Option<&'a Assessment>,
    pub(crate) phase_gate: Option<&'a PhaseGateReport>,
    pub(crate) incidents: Option<&'a [Incident]>,
}

impl<'a> GateEvidence<'a> {
    /// Gives what verifying the model's signature came to.
    #[must_use]
    pub const fn with_verification(mut self, verification: &'a Verdict<VerifiedModel>) -> Self {
        self.verification = Some(verification);
        self
    }

    /// Gives the model's ML-BOM.
    #[must_use]
    pub const fn with_bom(mut self, bom: &'a MlBom) -> Self {
        self.bom = Some(bom);
        self
    }

    /// Gives the supply chain and the assets that are known to be affected.
    #[must_use]
    pub const fn with_supply_chain(
        mut self,
        lineage: &'a Lineage,
        affected: &'a AffectedAssets,
    ) -> Self {
        self.lineage = Some(lineage);
        self.affected = Some(affected);
        self
    }

    /// Gives the assessment of the model.
    #[must_use]
    pub const fn with_assessment(mut self, assessment: &'a Assessment) -> Self {
        self.assessment = Some(assessment);
        self
    }

    /// Gives what the phase gate at the end of [`Phase::Release`](modelward_rmf::Phase::Release) came
    /// to, by the organization's own policy over assessment and risk register.
    ///
    /// Its reasons stand beside those of the subcategories that this gate asks for; one does not
    /// take the place of the other where both are given.
    #[must_use]
    pub const fn with_phase_gate(mut self, report: &'a PhaseGateReport) -> Self {
        self.phase_gate = Some(report);
        self
    }

    /// Gives every incident record there is, open and closed. An empty list says that there is none.
    #[must_use]
    pub const fn with_incidents(mut self, incidents: &'a [Incident]) -> Self {
        self.incidents = Some(incidents);
        self
    }
}
