//! What is known of one model, gathered from the command line: the folder, and what is named.

use std::path::{Path, PathBuf};

use modelward::artifact::{HashOptions, WalkOptions, read_file};
use modelward::audit::{AffectedAssets, Lineage, ModelEvidence, PickleFact, scan_pickles};
use modelward::bom::inspect::InspectLimits;
use modelward::graph::NodeKind;
use modelward::graph::advisory::AdvisorySet;
use modelward::graph::vex::VexDocument;
use modelward::rmf::{GateInputs, PhaseGateReport, RiskRegister, Subject};
use modelward::sign::VerifiedModel;
use modelward::{Assessment, Digest, Incident, Manifest, MlBom, Timestamp, Verdict};

use crate::failure::Failure;
use crate::hashing::Reading;
use crate::progress::Progress;
use crate::rmf::{MAX_BYTES, limits, read_assessment, read_register};
use crate::trust::Trust;
use crate::{assess, bom, bundle, graph, incident, inside};

/// What is not named here counts as not known, never as good.
#[derive(clap::Args)]
pub(crate) struct Evidence {
    /// The model's directory or file.
    model: PathBuf,
    /// The signature of the model. Say whom to trust by '--public-key' or '--certificate-chain'.
    #[arg(
        long,
        value_name = "FILE",
        requires = "trust",
        help_heading = "Evidence"
    )]
    signature: Option<PathBuf>,
    #[command(flatten)]
    trust: Trust,
    /// The ML-BOM of the model (CycloneDX), as `modelward bom` writes it.
    #[arg(long, value_name = "FILE", help_heading = "Evidence")]
    bom: Option<PathBuf>,
    /// The assessment against the AI RMF, as `modelward assess` writes it.
    #[arg(long, value_name = "FILE", help_heading = "Evidence")]
    assessment: Option<PathBuf>,
    /// The risk register, as `modelward risk` writes it.
    #[arg(long, value_name = "FILE", help_heading = "Evidence")]
    register: Option<PathBuf>,
    /// The policy of a phase gate (JSON), or the name of a phase for the one that we recommend: the
    /// assessment and the register are judged by it.
    #[arg(
        long,
        value_name = "FILE|PHASE",
        requires = "assessment",
        help_heading = "Evidence"
    )]
    phase_gate: Option<PathBuf>,
    /// A log of incidents, as `modelward incident` keeps it. An empty file says that there are none.
    #[arg(long, value_name = "LOG", help_heading = "Evidence")]
    incidents: Vec<PathBuf>,
    /// The list of assets that are known to be affected, as JSON.
    #[arg(long, value_name = "FILE", help_heading = "Evidence")]
    affected: Option<PathBuf>,
    /// Advisories (OSV): a file with one record, a `.jsonl` file, or a folder of both.
    #[arg(
        long,
        value_name = "FILE|DIR",
        requires = "bom",
        help_heading = "Evidence"
    )]
    advisories: Vec<PathBuf>,
    /// What producers say of their products (`OpenVEX`, CSAF or CycloneDX VEX).
    #[arg(
        long,
        value_name = "FILE",
        requires = "advisories",
        help_heading = "Evidence"
    )]
    vex: Vec<PathBuf>,
    #[command(flatten, next_help_heading = "Reading the model")]
    reading: Reading,
}

/// Owns what a model's evidence borrows.
pub(crate) struct Gathered {
    manifest: Manifest,
    verdict: Option<Verdict<VerifiedModel>>,
    bundle: Option<Digest>,
    bom: Option<(MlBom, Lineage)>,
    affected: Option<AffectedAssets>,
    pickles: Vec<PickleFact>,
    advisories: Option<AdvisorySet>,
    vex: Vec<VexDocument>,
    assessment: Option<Assessment>,
    register: Option<RiskRegister>,
    phase_gate: Option<PhaseGateReport>,
    incidents: Option<Vec<Incident>>,
}

impl Evidence {
    /// Reads everything that was named, hashes the model once, and scans its pickles.
    pub(crate) fn gather(&self, now: Timestamp) -> Result<Gathered, Failure> {
        let (verdict, bundle) = self.verify(now)?;
        let manifest = match verdict.as_ref().and_then(Verdict::verified) {
            Some(model) => model.manifest().clone(),
            None => self.hash()?,
        };
        let assessment = self
            .assessment
            .as_deref()
            .map(read_assessment)
            .transpose()?;
        let register = self.register.as_deref().map(read_register).transpose()?;
        let judged = (assessment.as_ref(), register.as_ref());
        let phase_gate = self.judge(&manifest, judged, now)?;
        Ok(Gathered {
            pickles: scan_pickles(&self.model, &manifest, &InspectLimits::default())?,
            manifest,
            verdict,
            bundle,
            bom: self.bom.as_deref().map(described).transpose()?,
            affected: self.affected.as_deref().map(affected).transpose()?,
            advisories: graph::advisories::named(&self.advisories)?,
            vex: graph::advisories::statements(&self.vex)?,
            assessment,
            register,
            phase_gate,
            incidents: self.read_incidents()?,
        })
    }

    fn verify(
        &self,
        now: Timestamp,
    ) -> Result<(Option<Verdict<VerifiedModel>>, Option<Digest>), Failure> {
        let Some(signature) = &self.signature else {
            return Ok((None, None));
        };
        let bytes = read_file(signature, bundle::MAX_BYTES)?;
        let (read, limits) = bundle::parse(signature, &bytes)?;
        let mut policy = self.trust.policy(now)?.with_limits(limits);
        policy = policy.with_hashing(self.reading.options());
        let own = inside(&self.model, signature);
        for path in self.reading.ignored().iter().cloned().chain(own) {
            policy = policy.with_ignored(path);
        }
        let verdict = modelward::sign::verify_model(&self.model, &read, &policy, &Progress::new())?;
        Ok((Some(verdict), Some(Digest::sha256(&bytes))))
    }

    fn hash(&self) -> Result<Manifest, Failure> {
        let own = self.signature.as_deref();
        let own = own.and_then(|file| inside(&self.model, file));
        let options = self.reading.options();
        let ignored = self.reading.ignored().iter().cloned().chain(own);
        let walk = ignored.fold(options.walk().clone(), WalkOptions::with_ignored);
        let options: HashOptions = options.with_walk(walk);
        Ok(Manifest::hash(&self.model, &options, &Progress::new())?)
    }

    fn judge(
        &self,
        manifest: &Manifest,
        (assessment, register): (Option<&Assessment>, Option<&RiskRegister>),
        now: Timestamp,
    ) -> Result<Option<PhaseGateReport>, Failure> {
        let (Some(named), Some(assessment)) = (&self.phase_gate, assessment) else {
            return Ok(None);
        };
        let policy = assess::gate::policy(named)?;
        let subject = Subject::new(manifest.name())?.with_digest(manifest.root());
        let mut inputs = GateInputs::new(&subject).with_assessment(assessment);
        if let Some(register) = register {
            inputs = inputs.with_register(register);
        }
        Ok(Some(policy.evaluate(&inputs, now)))
    }

    fn read_incidents(&self) -> Result<Option<Vec<Incident>>, Failure> {
        if self.incidents.is_empty() {
            return Ok(None);
        }
        let mut incidents = Vec::new();
        for log in &self.incidents {
            incidents.extend(incident::read(log)?.iter().cloned());
        }
        Ok(Some(incidents))
    }
}

impl Gathered {
    /// Lends everything that is known to whoever judges or describes the model.
    pub(crate) fn lend<T>(&self, judge: impl FnOnce(&ModelEvidence<'_>) -> T) -> T {
        let evidence = self.without_advisories();
        let (Some((_, lineage)), Some(advisories)) = (&self.bom, &self.advisories) else {
            return judge(&evidence);
        };
        let exposures = lineage.graph().exposures(advisories);
        let impact = exposures.impact(NodeKind::Model);
        let triage = impact.with_vex(self.vex.iter().flat_map(VexDocument::statements));
        judge(&evidence.with_exposures(&exposures).with_advisories(&triage))
    }

    fn without_advisories(&self) -> ModelEvidence<'_> {
        let mut evidence = ModelEvidence::of(&self.manifest).with_pickles(&self.pickles);
        if let Some(verdict) = &self.verdict {
            evidence = evidence.with_verification(verdict);
        }
        if let Some(bundle) = self.bundle {
            evidence = evidence.with_bundle(bundle);
        }
        if let Some((bom, lineage)) = &self.bom {
            evidence = evidence.with_bom(bom).with_lineage(lineage);
        }
        if let Some(affected) = &self.affected {
            evidence = evidence.with_affected(affected);
        }
        if let Some(assessment) = &self.assessment {
            evidence = evidence.with_assessment(assessment);
        }
        if let Some(register) = &self.register {
            evidence = evidence.with_register(register);
        }
        if let Some(report) = &self.phase_gate {
            evidence = evidence.with_phase_gate(report);
        }
        if let Some(incidents) = &self.incidents {
            evidence = evidence.with_incidents(incidents);
        }
        evidence
    }
}

fn described(path: &Path) -> Result<(MlBom, Lineage), Failure> {
    let (bom, _) = bom::read(path)?;
    let lineage = Lineage::of(&bom).map_err(|error| Failure::at(path, error))?;
    Ok((bom, lineage))
}

fn affected(path: &Path) -> Result<AffectedAssets, Failure> {
    let bytes = read_file(path, MAX_BYTES)?;
    AffectedAssets::from_json(&bytes, &limits()).map_err(|error| Failure::at(path, error))
}
