use modelward_artifact::Finding;

use crate::{Assessment, AssetRef, CheckReport, RiskRegister, Subject};

/// Gives a gate what it judges. What is not given is not a pass where the policy asks for it.
#[derive(Clone, Copy, Debug)]
#[must_use = "inputs are judged by a policy"]
pub struct GateInputs<'a> {
    pub(super) subject: &'a Subject,
    pub(super) assessment: Option<&'a Assessment>,
    pub(super) register: Option<&'a RiskRegister>,
    pub(super) assets: Option<&'a [AssetRef]>,
    pub(super) findings: Option<&'a [Finding]>,
    pub(super) checks: Option<&'a CheckReport>,
}

impl<'a> GateInputs<'a> {
    /// Names what shall go through the gate.
    pub const fn new(subject: &'a Subject) -> Self {
        Self {
            subject,
            assessment: None,
            register: None,
            assets: None,
            findings: None,
            checks: None,
        }
    }

    /// Gives the assessment.
    pub const fn with_assessment(mut self, assessment: &'a Assessment) -> Self {
        self.assessment = Some(assessment);
        self
    }

    /// Gives the register of risks.
    pub const fn with_register(mut self, register: &'a RiskRegister) -> Self {
        self.register = Some(register);
        self
    }

    /// Names the assets that go through the gate, for a register of the whole organization: a risk
    /// that is about other assets only is left out, and the report says how many were.
    pub const fn with_assets(mut self, assets: &'a [AssetRef]) -> Self {
        self.assets = Some(assets);
        self
    }

    /// Gives what was found elsewhere. An empty list says that nothing was.
    pub const fn with_findings(mut self, findings: &'a [Finding]) -> Self {
        self.findings = Some(findings);
        self
    }

    /// Gives what [`Checks`](crate::Checks) found.
    pub const fn with_checks(mut self, checks: &'a CheckReport) -> Self {
        self.checks = Some(checks);
        self
    }
}
