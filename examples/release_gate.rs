//! Takes a model through the whole road: hash, sign, verify, ML-BOM, graph, scan, assessment, gate.
//!
//! Without a directory it trains a small classifier and takes that. Exit codes: 0 go, 1 no go,
//! 2 cannot tell or an error, 3 go with conditions, 64 wrong usage.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints"
)]

mod arguments;
mod failure;
mod progress;
mod toy_documents;
mod toy_model;

use std::fs::OpenOptions;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;
use std::{env, fs, io};

use clap::Parser;
use modelward::Error;
use modelward::artifact::escape::{Terminal, TerminalPath};
use modelward::artifact::{
    Digest, Entry, HashOptions, JsonLimits, Manifest, Timestamp, Verdict, read_file,
    write_atomically,
};
use modelward::audit::{
    AffectedAssets, Decision, Dossier, EvidenceCoverage, Lineage, ModelEvidence, PickleFact,
    ReleaseFacts, ReleasePolicy, ReleaseReport, scan_pickles,
};
use modelward::bom::inspect::InspectLimits;
use modelward::bom::{GenerateOptions, MlBom, generate};
use modelward::graph::NodeKind;
use modelward::graph::advisory::{Advisory, AdvisorySet};
use modelward::incident::Incident;
use modelward::rmf::{Assessment, Phase, PhaseGateReport, RiskRegister};
use modelward::sign::{Bundle, SigningKey, VerifiedModel, VerifyPolicy, sign, verify_model};

use crate::arguments::parse;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::toy_model::Classifier;

/// The largest assessment or list that is read.
const MAX_DOCUMENT_BYTES: u64 = 16 << 20;

/// Takes a model to a release decision.
#[derive(Parser)]
struct Args {
    /// The model's directory; without it a small classifier is trained.
    model: Option<PathBuf>,
    /// The assessment of the model, as JSON.
    #[arg(long, requires = "model")]
    assessment: Option<PathBuf>,
    /// The register of the model's risks, as JSON.
    #[arg(long, requires = "model")]
    register: Option<PathBuf>,
    /// The policy of the gate, as TOML; modelward's baseline by default.
    #[arg(long)]
    policy: Option<PathBuf>,
    /// Assets that are known to be affected, as JSON.
    #[arg(long)]
    affected: Option<PathBuf>,
    /// Advisories, as OSV records in JSON; may be given several times.
    #[arg(long)]
    advisory: Vec<PathBuf>,
    /// Incident records, as JSON; may be given several times.
    #[arg(long)]
    incident: Vec<PathBuf>,
    /// Where to write signature, ML-BOM, graph and decision; a new temporary folder by default.
    #[arg(long)]
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    let args = match parse::<Args>() {
        Ok(args) => args,
        Err(code) => return code,
    };
    match run(&args) {
        Ok(decision) => ExitCode::from(decision.exit_code()),
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<Decision, Failure> {
    let now = Timestamp::try_from(SystemTime::now())?;
    let out = Output::new(args.out.as_deref(), now);
    let model = match &args.model {
        Some(model) => model.clone(),
        None => train(&out)?,
    };
    let signed = Signed::new(&model)?;
    let known = Known::of(args, &model, &signed.manifest, now)?;
    let report = known.decide(&signed, &out, now)?;
    out.write("model.sig", &signed.bundle.to_json())?;
    out.write("model.pub.pem", signed.key.public_key().as_pem().as_bytes())?;
    known.write(&out)?;
    out.write("decision.json", &report.to_json())?;
    out.write("decision.sarif", &report.to_sarif())?;
    out.write("decision.txt", format!("{report}\n").as_bytes())?;
    tell(&signed, &known.lineage, &report);
    refuse_tampered(&model, &signed)?;
    let dossier = out.folder.join("dossier.html");
    println!("\nall of it on one page: {}", TerminalPath(&dossier));
    Ok(report.decision())
}

/// Everything that is known of the model beside its signature.
struct Known {
    bom: MlBom,
    lineage: Lineage,
    pickles: Vec<PickleFact>,
    affected: AffectedAssets,
    advisories: AdvisorySet,
    assessment: Option<Assessment>,
    register: Option<RiskRegister>,
    phase_gate: Option<PhaseGateReport>,
    incidents: Vec<Incident>,
    policy: ReleasePolicy,
}

impl Known {
    /// Reads what the caller has. Of the trained classifier its maker states the rest.
    fn of(args: &Args, model: &Path, manifest: &Manifest, now: Timestamp) -> Result<Self, Failure> {
        let own = args.model.is_none();
        let bom = describe(model, manifest, own, now)?;
        let assessment = match &args.assessment {
            Some(path) => Some(read(path, Assessment::from_json)?),
            None if own => Some(toy_documents::assess(manifest, now)?),
            None => None,
        };
        let register = match &args.register {
            Some(path) => Some(read(path, RiskRegister::from_json)?),
            None if own => Some(toy_documents::register(now)?),
            None => None,
        };
        let judge = |assessment| toy_documents::judge(manifest, assessment, register.as_ref(), now);
        let phase_gate = assessment.as_ref().map(judge).transpose()?;
        let advisories: Result<Vec<_>, _> = args
            .advisory
            .iter()
            .map(|path| read(path, Advisory::read))
            .collect();
        let incidents: Result<_, _> = args
            .incident
            .iter()
            .map(|path| read(path, Incident::from_json))
            .collect();
        Ok(Self {
            lineage: Lineage::of(&bom)?,
            bom,
            pickles: scan_pickles(model, manifest, &InspectLimits::default())?,
            affected: match &args.affected {
                Some(path) => read(path, AffectedAssets::from_json)?,
                None => AffectedAssets::new(),
            },
            advisories: AdvisorySet::new(advisories?),
            assessment,
            register,
            phase_gate,
            incidents: incidents?,
            policy: match &args.policy {
                Some(path) => read_policy(path)?,
                None => ReleasePolicy::baseline(),
            },
        })
    }

    /// Decides, and writes everything that is known as one page.
    fn decide(
        &self,
        signed: &Signed,
        out: &Output,
        now: Timestamp,
    ) -> Result<ReleaseReport, Failure> {
        let exposures = self.lineage.graph().exposures(&self.advisories);
        let impact = exposures.impact(NodeKind::Model);
        let triage = impact.with_vex([]);
        let mut evidence = ModelEvidence::of(&signed.manifest)
            .with_verification(&signed.verdict)
            .with_bundle(Digest::sha256(&signed.bundle.to_json()))
            .with_bom(&self.bom)
            .with_lineage(&self.lineage)
            .with_affected(&self.affected)
            .with_pickles(&self.pickles)
            .with_advisories(&triage)
            .with_exposures(&exposures)
            .with_incidents(&self.incidents);
        if let Some(assessment) = &self.assessment {
            evidence = evidence.with_assessment(assessment);
        }
        if let Some(register) = &self.register {
            evidence = evidence.with_register(register);
        }
        if let Some(report) = &self.phase_gate {
            evidence = evidence.with_phase_gate(report);
        }
        let facts = ReleaseFacts::of(&evidence, now);
        let report = self.policy.evaluate(Phase::Release, &facts, now);
        out.write_dossier(&evidence, &report)?;
        Ok(report)
    }

    fn write(&self, out: &Output) -> Result<(), Failure> {
        out.write("model.cdx.json", &self.bom.to_json())?;
        out.write("graph.dot", self.lineage.graph().to_dot().as_bytes())?;
        out.write("policy.json", &self.policy.to_json()?)?;
        if let Some(assessment) = &self.assessment {
            out.write("assessment.json", &assessment.to_json()?)?;
        }
        if let Some(register) = &self.register {
            out.write("register.json", &register.to_json()?)?;
        }
        Ok(())
    }
}

/// The folder that holds what the road leaves behind.
struct Output {
    folder: PathBuf,
}

impl Output {
    fn new(named: Option<&Path>, now: Timestamp) -> Self {
        let folder = named.map_or_else(
            || {
                let name = format!("modelward-{}-{}", now.unix_seconds(), std::process::id());
                env::temp_dir().join(name)
            },
            Path::to_path_buf,
        );
        Self { folder }
    }

    /// Writes a file. The folder is made with the first one, so that a failure leaves none behind.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        fs::create_dir_all(&self.folder)
            .map_err(|error| io_failure("cannot create", &self.folder, &error))?;
        Ok(write_atomically(&self.folder.join(name), bytes)?)
    }

    /// Writes all that is known as one page, and the same for readers of other kinds.
    fn write_dossier(
        &self,
        evidence: &ModelEvidence<'_>,
        report: &ReleaseReport,
    ) -> Result<(), Failure> {
        let now = report.decided_at();
        let coverage = EvidenceCoverage::of(evidence, now).with_decision(report);
        let dossier = Dossier::of(evidence, now)
            .with_decision(report)
            .with_coverage(&coverage);
        self.write("dossier.html", dossier.to_html().as_bytes())?;
        self.write("dossier.md", dossier.to_markdown().as_bytes())?;
        self.write("dossier.json", &dossier.to_json())
    }
}

/// A model that was hashed, signed with a fresh key, and verified with that key's public half.
struct Signed {
    key: SigningKey,
    manifest: Manifest,
    bundle: Bundle,
    verdict: Verdict<VerifiedModel>,
}

impl Signed {
    fn new(model: &Path) -> Result<Self, Failure> {
        let options = HashOptions::default();
        let manifest = Manifest::hash(model, &options, &Progress::new())?;
        let key = SigningKey::generate();
        let bundle = sign(&manifest, &key)?;
        let policy = VerifyPolicy::key(key.public_key().clone());
        let verdict = verify_model(model, &bundle, &policy, &Progress::new())?;
        Ok(Self {
            key,
            manifest,
            bundle,
            verdict,
        })
    }
}

fn train(out: &Output) -> Result<PathBuf, Failure> {
    let folder = out.folder.join("two-moons-classifier");
    let (classifier, accuracy) = Classifier::train();
    classifier
        .write(&folder, accuracy)
        .map_err(|error| io_failure("cannot write", &folder, &error))?;
    println!(
        "trained a classifier: {:.1} % of unseen points right",
        100.0 * accuracy
    );
    Ok(folder)
}

fn describe(
    model: &Path,
    manifest: &Manifest,
    own: bool,
    now: Timestamp,
) -> Result<MlBom, Failure> {
    let mut options = GenerateOptions::default().with_timestamp(now);
    if own {
        options = toy_documents::identify(options);
    }
    let generated = generate(model, manifest, &options)?;
    for finding in generated.findings() {
        println!("note: {finding}");
    }
    match own {
        true => toy_documents::complete(generated.into_bom()),
        false => Ok(generated.into_bom()),
    }
}

/// Reads a document of JSON.
fn read<T, E: Into<Error>>(
    path: &Path,
    parse: impl Fn(&[u8], &JsonLimits) -> Result<T, E>,
) -> Result<T, Failure> {
    let bytes = read_file(path, MAX_DOCUMENT_BYTES)?;
    parse(&bytes, &JsonLimits::default()).map_err(|error| Failure::at(path, error))
}

fn read_policy(path: &Path) -> Result<ReleasePolicy, Failure> {
    let bytes = read_file(path, MAX_DOCUMENT_BYTES)?;
    let text = String::from_utf8_lossy(&bytes);
    let policy = ReleasePolicy::from_toml(&text, &JsonLimits::default());
    policy.map_err(|error| Failure::at(path, error))
}

fn tell(signed: &Signed, lineage: &Lineage, report: &ReleaseReport) {
    println!(
        "{}: {} files, {} bytes, {}",
        Terminal(signed.manifest.name()),
        signed.manifest.entries().len(),
        signed.manifest.total_size(),
        signed.manifest.root(),
    );
    println!(
        "supply chain: {} components, {} relations\n",
        lineage.graph().node_count(),
        lineage.graph().edge_count(),
    );
    println!("{report}");
}

/// Changes one byte of the weights in a copy and shows that the signature refuses it.
fn refuse_tampered(model: &Path, signed: &Signed) -> Result<(), Failure> {
    let scratch = tempfile::tempdir().map_err(|error| Failure::new("example.copy", error))?;
    let copy = scratch.path().join(signed.manifest.name());
    // The largest safetensors file, else the largest file.
    let weight = |entry: &&Entry| {
        (
            entry.path().extension() == Some("safetensors"),
            entry.size(),
        )
    };
    let target = signed.manifest.entries().iter().max_by_key(weight);
    for entry in signed.manifest.entries() {
        let (from, to) = if model.is_file() {
            (model.to_path_buf(), copy.clone())
        } else {
            (entry.path().below(model), entry.path().below(&copy))
        };
        let placed = if target == Some(entry) {
            place_changed(&from, &to)
        } else {
            place(&from, &to)
        };
        placed.map_err(|error| io_failure("cannot copy", &from, &error))?;
    }
    let policy = VerifyPolicy::key(signed.key.public_key().clone());
    match verify_model(&copy, &signed.bundle, &policy, &Progress::new())? {
        Verdict::Rejected(findings) => {
            println!("\nafter one byte of a copy was changed, the copy is refused:");
            for finding in &findings {
                println!("  {finding}");
            }
            Ok(())
        }
        Verdict::Verified(_) => {
            let text = "a changed copy was verified, which must never happen";
            Err(Failure::new("example.tampered", text))
        }
    }
}

/// Puts a file into the copy, as a second name of the same bytes where the file system can.
fn place(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to.parent().unwrap_or(to))?;
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop))
}

/// Puts a file into the copy and flips one bit in its middle.
fn place_changed(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to.parent().unwrap_or(to))?;
    // A plain copy of a file that is read-only would be read-only too.
    let mut options = OpenOptions::new();
    let mut file = options.read(true).write(true).create_new(true).open(to)?;
    let middle = io::copy(&mut fs::File::open(from)?, &mut file)? / 2;
    let mut byte = [0];
    file.seek(SeekFrom::Start(middle))?;
    let read = file.read(&mut byte)?;
    // An empty file gets a byte that it did not have.
    byte[0] ^= u8::from(read == 1);
    file.seek(SeekFrom::Start(middle))?;
    file.write_all(&byte)
}

fn io_failure(what: &str, path: &Path, error: &io::Error) -> Failure {
    let shown = path.to_string_lossy();
    Failure::new(
        "example.io",
        format!("{what} `{}`: {error}", Terminal(&shown)),
    )
}
