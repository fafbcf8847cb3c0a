//! A model that was taken through every crate, for the tests to judge.

use std::fs;
use std::path::Path;

use modelward_artifact::{HashOptions, Manifest, NoControl, Timestamp, Verdict};
use modelward_audit::{
    AffectedAssets, Lineage, ModelEvidence, ReleaseFacts, ReleasePolicy, ReleaseReport,
};
use modelward_bom::{GenerateOptions, MlBom, generate};
use modelward_incident::Incident;
use modelward_rmf::{Assessment, Attainment, Party, Phase, Rated, Subcategory, Subject};
use modelward_sign::{SigningKey, VerifiedModel, VerifyPolicy, sign, verify_model};

use crate::policy::policy;

const CARD: &str = "---
license: mit
pipeline_tag: text-classification
library_name: transformers
base_model: acme/base
datasets: [acme/reviews]
---
";

/// What the baseline asks of an assessment at the release.
pub(crate) const REQUIRED: [&str; 5] = [
    "MAP 1.1",
    "MAP 4.1",
    "MEASURE 2.3",
    "MEASURE 2.7",
    "MANAGE 1.1",
];

/// Everything that the rules below can be given, all of it good.
pub(crate) struct Road {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) manifest: Manifest,
    pub(crate) verdict: Verdict<VerifiedModel>,
    pub(crate) bom: MlBom,
    pub(crate) lineage: Lineage,
    pub(crate) affected: AffectedAssets,
    pub(crate) assessment: Option<Assessment>,
    pub(crate) incidents: Vec<Incident>,
}

impl Road {
    pub(crate) fn good() -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder can be made");
        let write = |name: &str, text: &str| {
            fs::write(folder.path().join(name), text).expect("the folder is writable");
        };
        write("README.md", CARD);
        write("config.json", r#"{"architectures": ["Bert"]}"#);
        write("weights.bin", "weights");
        let manifest = hash(folder.path());
        let key = SigningKey::generate();
        let bundle = sign(&manifest, &key).expect("a key in memory signs");
        let policy = VerifyPolicy::key(key.public_key().clone());
        let verdict = verify_model(folder.path(), &bundle, &policy, &NoControl).expect("an answer");
        let options = GenerateOptions::default()
            .with_version("1.0.0")
            .with_supplier("Acme");
        let bom = generate(folder.path(), &manifest, &options)
            .expect("a model")
            .into_bom();
        let lineage = Lineage::of(&bom).expect("a graph");
        let mut road = Self {
            folder,
            manifest,
            verdict,
            bom,
            lineage,
            affected: AffectedAssets::new(),
            assessment: None,
            incidents: Vec::new(),
        };
        road.assess(|_| Attainment::Met);
        road
    }

    /// Rates every required subcategory.
    pub(crate) fn assess(&mut self, rating: impl Fn(Subcategory) -> Attainment) {
        let subject = Subject::new("model")
            .expect("a name")
            .with_digest(self.manifest.root());
        let builder = required().fold(
            Assessment::builder(subject, jo(), now()),
            |builder, subcategory| builder.rate(subcategory, rated(rating(subcategory))),
        );
        self.assessment = Some(builder.build().expect("nothing is missing"));
    }

    pub(crate) fn decide(&self) -> ReleaseReport {
        self.decide_with(&self.evidence())
    }

    pub(crate) fn decide_with(&self, evidence: &ModelEvidence<'_>) -> ReleaseReport {
        decide(&five_rules(&REQUIRED), evidence)
    }

    /// Knows the files, and nothing else of the model.
    pub(crate) fn nothing(&self) -> ModelEvidence<'_> {
        ModelEvidence::of(&self.manifest)
    }

    pub(crate) fn evidence(&self) -> ModelEvidence<'_> {
        let evidence = self
            .nothing()
            .with_verification(&self.verdict)
            .with_bom(&self.bom)
            .with_lineage(&self.lineage)
            .with_affected(&self.affected)
            .with_incidents(&self.incidents);
        match &self.assessment {
            Some(assessment) => evidence.with_assessment(assessment),
            None => evidence,
        }
    }
}

pub(crate) fn required() -> impl Iterator<Item = Subcategory> {
    REQUIRED
        .iter()
        .map(|id| id.parse().expect("the ids stand in AI RMF 1.0"))
}

/// Asks of signature, ML-BOM, supply chain, assessment and incidents.
pub(crate) fn five_rules(required: &[&str]) -> ReleasePolicy {
    let required: Vec<String> = required
        .iter()
        .map(|id| format!("{{ subcategory = '{id}' }}"))
        .collect();
    policy(&format!(
        "[phase.release.signature]
        [phase.release.bom]
        [phase.release.supply-chain]
        [phase.release.subcategories]
        require = [{}]
        in-part = 'condition'
        [phase.release.incidents]
        ",
        required.join(", ")
    ))
}

pub(crate) fn decide(policy: &ReleasePolicy, evidence: &ModelEvidence<'_>) -> ReleaseReport {
    policy.evaluate(Phase::Release, &ReleaseFacts::of(evidence, now()), now())
}

pub(crate) fn hash(root: &Path) -> Manifest {
    Manifest::hash(root, &HashOptions::default(), &NoControl).expect("the model can be hashed")
}

pub(crate) fn now() -> Timestamp {
    "2026-11-23T10:00:00Z".parse().expect("a time")
}

pub(crate) fn jo() -> Party {
    Party::new("Jo").expect("a name")
}

/// Our scale names its levels as the steps that they stand for.
pub(crate) fn rated(attainment: Attainment) -> Rated {
    Rated::new(attainment.name(), "seen").expect("a level and a reason")
}
