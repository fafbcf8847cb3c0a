//! What the monitors and the people who looked into it found.

use modelward::Digest;
use modelward::incident::{
    AttackDetector, AttackEvidence, AttackIndicator, AttackTarget, AttackTechnique, Comparator,
    DetectionTool, DriftEvidence, DriftKind, DriftPreset, DriftSubject, DriftTerms, DriftWindow,
    DriftWindows, Finite, Histogram, PoisonedPart, RowRange, TimeRange, Trials,
};

use crate::Failure;
use crate::lesions::{Archive, Model, POISONED_SHARD};

/// The release of ATLAS that names of techniques are from.
pub(crate) const ATLAS: &str = "5.6.0";

/// The monitor compares the scores of two weeks; more and more lesions are called benign.
pub(crate) fn drift(model: &Model) -> Result<DriftEvidence, Failure> {
    let preset = DriftPreset::find("evidently.psi").ok_or("the preset is not known")?;
    let subject = DriftSubject::new("malignancy score", DriftKind::Prediction, model.digest())?;
    let reference = week(
        "2026-08-17T00:00:00Z",
        "2026-08-24T00:00:00Z",
        model.week(2),
    )?;
    let current = week(
        "2026-08-31T00:00:00Z",
        "2026-09-07T00:00:00Z",
        model.week(40),
    )?;
    let windows = DriftWindows::new(reference, current)?;
    let tool = DetectionTool::new("score-monitor", "1.3.0")?;
    Ok(DriftEvidence::measured(
        subject,
        DriftTerms::of_preset(preset),
        windows,
        tool,
    )?)
}

fn week(from: &str, until: &str, scores: Vec<u64>) -> Result<DriftWindow, Failure> {
    let edges: Vec<f64> = (0..=10).map(|tenth| f64::from(tenth) / 10.0).collect();
    let sample = Digest::sha256(format!("{scores:?}").as_bytes());
    let range = TimeRange::new(from.parse()?, until.parse()?)?;
    Ok(DriftWindow::new(
        range,
        sample,
        Histogram::numeric(&edges, scores)?,
    ))
}

/// Shard 7 has a run of rows that no honest reader would write, and a ruler fools the model.
pub(crate) fn attack(archive: &Archive, model: &Model) -> Result<AttackEvidence, Failure> {
    let rows = archive.suspicious(POISONED_SHARD).into_iter();
    let rows: Vec<RowRange> = rows
        .map(|(first, last)| RowRange::new(first, last))
        .collect::<Result<_, _>>()?;
    let shard = Digest::sha256(&archive.shard(POISONED_SHARD));
    let part = PoisonedPart::new("shard-07.csv", shard, rows)?;
    let window = TimeRange::new(
        "2026-08-20T00:00:00Z".parse()?,
        "2026-09-07T09:30:00Z".parse()?,
    )?;
    let (attempts, fooled) = model.trials();
    let tool = DetectionTool::new("label-audit", "0.9.2")?;
    let detector = AttackDetector::new(
        tool,
        Finite::new(0.97)?,
        Comparator::Above,
        Finite::new(0.9)?,
    );
    let technique = AttackTechnique::new("AML.T0020".parse()?, ATLAS)?;
    let target = AttackTarget::new(model.digest(), window);
    let evidence = AttackEvidence::new(
        AttackIndicator::DataPoisoning,
        target,
        Vec::new(),
        vec![part],
    )?;
    Ok(evidence
        .with_trials(Trials::new(attempts, fooled)?)
        .with_technique(technique.with_nist("NISTAML.013".parse()?))
        .with_detector(detector))
}
