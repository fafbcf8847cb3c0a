//! What the decision on one model and its dossier cost, once its files are hashed.
//!
//! The model has 12 files and 100 parts, an assessment of all 72 subcategories, and 20 risks. It
//! prints the table of `docs/benchmarks.md`. With `--test` it runs once.

#![expect(clippy::print_stdout, reason = "a bench prints")]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use modelward::artifact::{HashOptions, Manifest, NoControl, Timestamp, Verdict};
use modelward::audit::{
    AffectedAssets, Dossier, EvidenceCoverage, Lineage, ModelEvidence, ReleaseFacts, ReleasePolicy,
    scan_pickles,
};
use modelward::bom::inspect::InspectLimits;
use modelward::bom::{Component, ComponentKind, GenerateOptions, MlBom, generate};
use modelward::graph::NodeKind;
use modelward::graph::advisory::AdvisorySet;
use modelward::rmf::{
    Assessment, Collection, Evidence, EvidenceSource, Method, Party, Phase, Polarity, Rated, Risk,
    RiskMatrix, RiskRating, RiskRegister, RiskStatement, Subcategory, Subject,
};
use modelward::sign::{SigningKey, VerifiedModel, VerifyPolicy, sign, verify_model};

/// How many parts the ML-BOM has beside the files.
const PARTS: usize = 100;

/// How many risks the register has.
const RISKS: usize = 20;

/// How many times one model is judged.
const ROUNDS: usize = 51;

fn main() {
    let is_test = std::env::args().any(|argument| argument == "--test");
    let rounds = if is_test { 1 } else { ROUNDS };
    let now: Timestamp = "2026-11-26T10:00:00Z".parse().expect("a time");
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    let model = Model::new(folder.path(), now);
    let mut times = vec![Vec::new(); 3];
    for _ in 0..rounds {
        let began = Instant::now();
        black_box(model.judge(now, &mut times));
        times[2].push(began.elapsed());
    }
    println!("one model, {PARTS} parts, medians of {rounds} runs");
    println!("| work | median |\n|---|---|");
    let works = [
        "lineage, facts and gate",
        "coverage and dossier in three forms",
        "together",
    ];
    for (work, times) in works.iter().zip(&mut times) {
        times.sort_unstable();
        let median = times[times.len() / 2].as_secs_f64() * 1e3;
        println!("| {work} | {median:.1} ms |");
    }
}

/// Everything that is known of one model.
struct Model {
    manifest: Manifest,
    verdict: Verdict<VerifiedModel>,
    bom: MlBom,
    pickles: Vec<modelward::audit::PickleFact>,
    assessment: Assessment,
    register: RiskRegister,
}

impl Model {
    fn new(folder: &Path, now: Timestamp) -> Self {
        for file in 0..12 {
            let name = format!("part-{file}.json");
            fs::write(folder.join(name), format!("{{\"part\": {file}}}")).expect("writable");
        }
        let manifest = Manifest::hash(folder, &HashOptions::default(), &NoControl);
        let manifest = manifest.expect("it can be hashed");
        let key = SigningKey::generate();
        let bundle = sign(&manifest, &key).expect("it signs");
        let policy = VerifyPolicy::key(key.public_key().clone());
        let verdict = verify_model(folder, &bundle, &policy, &NoControl);
        let options = GenerateOptions::default().with_timestamp(now);
        let bom = generate(folder, &manifest, &options).expect("it has an ML-BOM");
        let pickles = scan_pickles(folder, &manifest, &InspectLimits::default());
        Self {
            verdict: verdict.expect("there is an answer"),
            bom: with_parts(bom.into_bom()),
            pickles: pickles.expect("the files can be read"),
            assessment: assessment(&manifest, now),
            register: register(now),
            manifest,
        }
    }

    /// Returns the size of the page.
    fn judge(&self, now: Timestamp, times: &mut [Vec<Duration>]) -> usize {
        let began = Instant::now();
        let lineage = Lineage::of(&self.bom).expect("it makes a graph");
        let advisories = AdvisorySet::new([]);
        let exposures = lineage.graph().exposures(&advisories);
        let impact = exposures.impact(NodeKind::Model);
        let triage = impact.with_vex([]);
        let affected = AffectedAssets::new();
        let evidence = ModelEvidence::of(&self.manifest)
            .with_verification(&self.verdict)
            .with_bom(&self.bom)
            .with_lineage(&lineage)
            .with_affected(&affected)
            .with_pickles(&self.pickles)
            .with_advisories(&triage)
            .with_exposures(&exposures)
            .with_assessment(&self.assessment)
            .with_register(&self.register)
            .with_incidents(&[]);
        let facts = ReleaseFacts::of(&evidence, now);
        let report = ReleasePolicy::baseline().evaluate(Phase::Release, &facts, now);
        times[0].push(began.elapsed());
        let began = Instant::now();
        let coverage = EvidenceCoverage::of(&evidence, now).with_decision(&report);
        let dossier = Dossier::of(&evidence, now)
            .with_decision(&report)
            .with_coverage(&coverage);
        let html = dossier.to_html();
        black_box((dossier.to_markdown(), dossier.to_json()));
        times[1].push(began.elapsed());
        html.len()
    }
}

/// Adds libraries, which nothing depends on.
fn with_parts(bom: MlBom) -> MlBom {
    let part = |number: usize| {
        let name = format!("library-{number}");
        Component::new(ComponentKind::Library, &name)
            .with_purl(format!("pkg:pypi/{name}@1.{number}.0"))
    };
    let parts = bom.components().iter().cloned().chain((0..PARTS).map(part));
    let parts: Vec<_> = parts.collect();
    bom.with_components(parts)
}

fn assessment(manifest: &Manifest, now: Timestamp) -> Assessment {
    let party = || Party::new("Ada Example").expect("a name");
    let subject = Subject::new(manifest.name()).expect("a name");
    let subject = subject.with_digest(manifest.root());
    let source = EvidenceSource::Document {
        title: "the model card".parse().expect("a title"),
    };
    let collection = Collection::new(Method::Examine, party(), now);
    let mut evidence = Evidence::new(source, collection).expect("evidence");
    evidence = evidence.with_digest(manifest.root());
    for id in Subcategory::ALL {
        evidence = evidence.bearing_on(id, Polarity::Supports);
    }
    let key: modelward::rmf::EvidenceId = "card".parse().expect("a key");
    let mut builder = Assessment::builder(subject, party(), now).evidence(key.clone(), evidence);
    for id in Subcategory::ALL {
        let rated = Rated::new("met", "It was looked at.").expect("a rating");
        builder = builder.rate(id, rated.citing(key.clone()));
    }
    builder.build().expect("an assessment")
}

fn register(now: Timestamp) -> RiskRegister {
    let party = || Party::new("Cy Example").expect("a name");
    let title = "Risks".parse().expect("a title");
    let mut builder = RiskRegister::builder(title, party(), RiskMatrix::five_by_five());
    for number in 0..RISKS {
        let statement = RiskStatement::new(
            "Data is not checked.",
            "Poisoned samples enter.",
            "The model misjudges.",
        );
        let rating = RiskRating::new(
            "rare".parse().expect("a level"),
            "minor".parse().expect("a level"),
        );
        let id = format!("R-{number}").parse().expect("an id");
        let risk = Risk::threat(id, statement.expect("a statement"), rating, now);
        builder = builder.risk(risk.owner(party()).build().expect("a risk"));
    }
    builder.build().expect("a register")
}
