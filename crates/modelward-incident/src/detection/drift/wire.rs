use modelward_artifact::{Digest, Text};
use serde::{Deserialize, Serialize};

use crate::detection::drift::evidence::{DriftSubject, DriftTerms, DriftWindows, ReportedValue};
use crate::{
    Correction, DetectionTool, DriftError, DriftEvidence, DriftKind, DriftMeasure, DriftVerdict,
    DriftWindow, Finite, PresetOrigin, Threshold,
};

/// One JSON object, without the steps by which evidence is built.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Wire {
    column: Text,
    kind: DriftKind,
    model: Digest,
    measure: DriftMeasure,
    value: Finite,
    threshold: Threshold,
    #[serde(skip_serializing_if = "Option::is_none")]
    preset: Option<PresetOrigin>,
    correction: Correction,
    tests: u64,
    verdict: DriftVerdict,
    reference: DriftWindow,
    current: DriftWindow,
    tool: DetectionTool,
}

impl From<DriftEvidence> for Wire {
    fn from(evidence: DriftEvidence) -> Self {
        let verdict = evidence.verdict();
        let DriftEvidence {
            subject,
            terms,
            windows,
            reported,
        } = evidence;
        Self {
            column: subject.column,
            kind: subject.kind,
            model: subject.model,
            measure: terms.measure,
            value: reported.value,
            threshold: terms.threshold,
            preset: terms.preset,
            correction: terms.correction,
            tests: terms.tests,
            verdict,
            reference: windows.reference,
            current: windows.current,
            tool: reported.tool,
        }
    }
}

impl TryFrom<Wire> for DriftEvidence {
    type Error = DriftError;

    fn try_from(wire: Wire) -> Result<Self, DriftError> {
        let subject = DriftSubject {
            column: wire.column,
            kind: wire.kind,
            model: wire.model,
        };
        let terms = DriftTerms {
            measure: wire.measure,
            threshold: wire.threshold,
            preset: wire.preset,
            correction: wire.correction,
            tests: wire.tests,
        };
        let windows = DriftWindows::new(wire.reference, wire.current)?;
        let reported = ReportedValue::new(wire.tool, wire.value);
        let evidence = Self::reported(subject, terms.checked()?, windows, reported)?;
        if evidence.verdict() != wire.verdict {
            return Err(DriftError::Verdict);
        }
        Ok(evidence)
    }
}
