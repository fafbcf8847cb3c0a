//! Three models with their evidence: one that is stopped, one of which nothing is known, one to go.

mod bom;
mod records;

use std::fs;
use std::path::Path;

use modelward_artifact::{
    Digest, Finding, HashOptions, JsonLimits, Manifest, NoControl, Timestamp, Verdict,
};
use modelward_audit::{
    AffectedAssets, Dossier, EvidenceCoverage, Lineage, ModelEvidence, PickleFact, PickleState,
    ReleaseFacts, ReleasePolicy, ReleaseReport,
};
use modelward_bom::MlBom;
use modelward_graph::advisory::{Advisory, AdvisorySet};
use modelward_graph::vex::VexDocument;
use modelward_graph::{Finding as Flaw, FindingClass, NodeKind};
use modelward_incident::{AssetRef, Incident};
use modelward_rmf::{Assessment, GateInputs, GatePolicy, Phase, PhaseGateReport, RiskRegister};
use modelward_sign::{
    Certificate, CertificatePolicy, SignOptions, SigningKey, ValidationTime, VerifiedModel,
    VerifyPolicy, sign_with, verify_model,
};

/// A text that would like to act.
pub(crate) const HOSTILE: &str = "</td></table><script>alert(1)</script> \
    <img src=http://evil.example/x.png onerror=x> \u{202e}desrever\u{202c} \u{1b}[2J \
    [l](http://evil.example) `|` **b** & \"q\" 'a'\n- not an item\n# no heading\n| no | cell |\n\
    ```\nnot a fence";

/// The same without the control character that records refuse.
pub(crate) const HOSTILE_TEXT: &str = "</td></table><script>alert(1)</script> \
    <img src=http://evil.example/x.png onerror=x> \u{202e}desrever\u{202c} \
    [l](http://evil.example) `|` **b** & \"q\" 'a'\n- not an item\n# no heading\n| no | cell |\n\
    ```\nnot a fence";

/// Everything that a dossier can be given.
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    manifest: Manifest,
    verdict: Verdict<VerifiedModel>,
    bom: MlBom,
    lineage: Lineage,
    affected: AffectedAssets,
    pickles: Vec<PickleFact>,
    flaws: Vec<Flaw>,
    vex: VexDocument,
    advisories: AdvisorySet,
    assessment: Assessment,
    register: RiskRegister,
    gate: PhaseGateReport,
    incidents: Vec<Incident>,
    policy: ReleasePolicy,
}

/// How a sample is to be.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Kind {
    Go,
    Hostile,
    /// Everything has one name.
    Lying(&'static str),
    Stopped,
}

impl Kind {
    /// Returns what everything is called.
    fn lie(self) -> Option<&'static str> {
        match self {
            Self::Hostile => Some(HOSTILE),
            Self::Lying(name) => Some(name),
            Self::Go | Self::Stopped => None,
        }
    }
}

pub(crate) fn now() -> Timestamp {
    at("2026-11-26T10:00:00Z")
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

impl Sample {
    pub(crate) fn new(kind: Kind) -> Self {
        let words = Words::of(kind);
        let (manifest, verdict) = words.files(kind);
        let bom = bom::of(&words, &manifest);
        let lineage = Lineage::of(&bom).unwrap();
        let assessment = records::assessment(&words, manifest.root(), kind);
        let register = records::register(&words, kind);
        let gate = gate(&assessment, &register);
        let is_good = kind == Kind::Go;
        Self {
            name: words.name,
            verdict,
            affected: affected(is_good, words.reason),
            pickles: pickles(is_good, words.file),
            flaws: flaws(is_good),
            vex: vex(),
            advisories: advisories(),
            incidents: records::incidents(&words, manifest.root(), kind),
            policy: policy(is_good),
            manifest,
            bom,
            lineage,
            assessment,
            register,
            gate,
        }
    }

    /// Lets the decision on a model be looked at.
    pub(crate) fn with_decision<T>(&self, look: impl FnOnce(&ReleaseReport) -> T) -> T {
        self.with_both(|_, decision| look(decision))
    }

    /// Lets a dossier with all that is known be looked at.
    pub(crate) fn with<T>(&self, look: impl FnOnce(&Dossier<'_>) -> T) -> T {
        self.with_both(|dossier, _| look(dossier))
    }

    fn with_both<T>(&self, look: impl FnOnce(&Dossier<'_>, &ReleaseReport) -> T) -> T {
        let graph = self.lineage.graph();
        let impact = graph.impact(&self.flaws, NodeKind::Model).unwrap();
        let triage = impact.with_vex(self.vex.statements());
        let exposures = graph.exposures(&self.advisories);
        let evidence = ModelEvidence::of(&self.manifest)
            .with_verification(&self.verdict)
            .with_bundle(Digest::sha256(b"bundle"))
            .with_bom(&self.bom)
            .with_lineage(&self.lineage)
            .with_affected(&self.affected)
            .with_pickles(&self.pickles)
            .with_advisories(&triage)
            .with_exposures(&exposures)
            .with_assessment(&self.assessment)
            .with_register(&self.register)
            .with_phase_gate(&self.gate)
            .with_incidents(&self.incidents);
        let facts = ReleaseFacts::of(&evidence, now());
        let decision = self.policy.evaluate(Phase::Release, &facts, now());
        let coverage = EvidenceCoverage::of(&evidence, now()).with_decision(&decision);
        let dossier = Dossier::of(&evidence, now())
            .with_decision(&decision)
            .with_coverage(&coverage);
        look(&dossier, &decision)
    }

    pub(crate) fn html(&self) -> String {
        self.with(html)
    }

    pub(crate) fn markdown(&self) -> String {
        self.with(markdown)
    }

    pub(crate) fn json(&self) -> String {
        String::from_utf8(self.with(json_of)).unwrap()
    }
}

pub(crate) fn html(dossier: &Dossier<'_>) -> String {
    dossier.to_html()
}

pub(crate) fn markdown(dossier: &Dossier<'_>) -> String {
    dossier.to_markdown()
}

pub(crate) fn json_of(dossier: &Dossier<'_>) -> Vec<u8> {
    dossier.to_json()
}

/// What things are called in a sample.
pub(crate) struct Words {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) base: &'static str,
    pub(crate) data: &'static str,
    pub(crate) text: &'static str,
    pub(crate) long: &'static str,
    reason: &'static str,
    file: &'static str,
}

impl Words {
    fn of(kind: Kind) -> Self {
        if let Some(name) = kind.lie() {
            // Records refuse texts with control characters, and texts that say nothing.
            let is_text = name.parse::<modelward_artifact::Text>().is_ok();
            return Self {
                name,
                version: name,
                base: name,
                data: name,
                text: if is_text { name } else { HOSTILE_TEXT },
                long: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesell\
                       schaftDonaudampfschifffahrtselektrizitätenhauptbetriebswerk",
                reason: name,
                file: name,
            };
        }
        Self {
            name: "fraud-screening",
            version: if kind == Kind::Go { "2.4.0" } else { "2.3.0" },
            base: "payments-encoder",
            data: "card-disputes-2026q2",
            text: "Screens card payments before they are booked.",
            long: "Payments of firms, and payments in currencies without disputes in the data.",
            reason: "Rows 40,112 to 40,171 were planted (INC-2026-0117)",
            file: "tokenizer/vocab.pkl",
        }
    }

    /// Writes, signs and verifies the files. Of the hostile ones, the signature is refused.
    fn files(&self, kind: Kind) -> (Manifest, Verdict<VerifiedModel>) {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("fraud-screening");
        let write = |name: &str, text: &str| {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text.repeat(4000)).unwrap();
        };
        write("config.json", "{}");
        write("README.md", "# Fraud screening\n");
        write(
            "model-00001-of-00002.safetensors",
            "weights of the first half",
        );
        write(
            "model-00002-of-00002.safetensors",
            "weights of the second half",
        );
        write("tokenizer/vocab.pkl", "words");
        let manifest = Manifest::hash(&folder, &HashOptions::default(), &NoControl).unwrap();
        let Some(name) = kind.lie() else {
            let verdict = verified(&folder, &manifest, kind);
            return (manifest, verdict);
        };
        let entries = manifest.entries().to_vec();
        let manifest = Manifest::new(name, entries).unwrap();
        let refused = Finding::new("sign.file.changed", name).about(name);
        (manifest, Verdict::Rejected(refused.into()))
    }
}

/// Verifies the good one by its key, the other one by who certified the key.
fn verified(folder: &Path, manifest: &Manifest, kind: Kind) -> Verdict<VerifiedModel> {
    let certificate = |pem| Certificate::from_pem(pem).unwrap();
    let signer = certificate(include_str!("keys/signer.pem"));
    let authority = certificate(include_str!("keys/authority.pem"));
    let key = SigningKey::from_pem(include_str!("keys/signer.key.pem")).unwrap();
    let options = match kind {
        Kind::Go => SignOptions::default(),
        _ => SignOptions::default().with_certificates([signer]),
    };
    let bundle = sign_with(manifest, &key, &options).unwrap();
    let policy = CertificatePolicy::new([authority], ValidationTime::Now(now()));
    let policy = match kind {
        Kind::Go => VerifyPolicy::key(key.public_key().clone()),
        _ => VerifyPolicy::certificate(policy),
    };
    verify_model(folder, &bundle, &policy, &NoControl).unwrap()
}

fn affected(is_good: bool, reason: &str) -> AffectedAssets {
    let affected = AffectedAssets::new();
    if is_good {
        return affected;
    }
    let data = AssetRef::purl("pkg:huggingface/datasets/bank/card-disputes@2026q2").unwrap();
    affected.with(data, reason)
}

fn pickles(is_good: bool, file: &str) -> Vec<PickleFact> {
    if is_good {
        return vec![PickleFact::new(
            "tokenizer/vocab.pkl".into(),
            PickleState::Safe,
        )];
    }
    vec![
        PickleFact::new(file.into(), PickleState::Unsafe),
        PickleFact::new("extra/optimizer.pt".into(), PickleState::NotScanned),
        PickleFact::new("extra/labels.pkl".into(), PickleState::Suspicious),
    ]
}

fn flaws(is_good: bool) -> Vec<Flaw> {
    let flaw = |node: &str, id: &str, severity: &str| {
        Flaw::new(node.parse().unwrap(), FindingClass::CodeFlaw, id).with_severity(severity)
    };
    let cleared = flaw("pkg:pypi/torch@2.4.0", "CVE-2025-32434", "critical");
    if is_good {
        return vec![cleared];
    }
    let open = flaw("pkg:pypi/transformers@4.40.0", "CVE-2026-1839", "high");
    vec![
        open.with_doubt("the version of the image is not known"),
        cleared,
    ]
}

fn vex() -> VexDocument {
    let text =
        br#"{"@context": "https://openvex.dev/ns/v0.2.0", "timestamp": "2026-10-01T00:00:00Z",
        "statements": [{"vulnerability": {"name": "CVE-2025-32434"}, "status": "not_affected",
        "justification": "vulnerable_code_not_in_execute_path",
        "products": [{"@id": "pkg:pypi/torch@2.4.0"}]}]}"#;
    VexDocument::read(text, &JsonLimits::default()).unwrap()
}

fn advisories() -> AdvisorySet {
    let text = br#"{"id": "GHSA-53q9-r3pm-6pq6", "modified": "2026-01-01T00:00:00Z",
        "aliases": ["CVE-2025-32434"], "affected": [{"package": {"ecosystem": "PyPI",
        "name": "torch"}, "ranges": [{"type": "ECOSYSTEM",
        "events": [{"introduced": "0"}, {"fixed": "2.6.0"}]}]}]}"#;
    AdvisorySet::new([Advisory::read(text, &JsonLimits::default()).unwrap()])
}

fn gate(assessment: &Assessment, register: &RiskRegister) -> PhaseGateReport {
    let inputs = GateInputs::new(assessment.subject())
        .with_assessment(assessment)
        .with_register(register);
    GatePolicy::recommended(Phase::Release).evaluate(&inputs, now())
}

fn policy(is_good: bool) -> ReleasePolicy {
    let text = if is_good { GO } else { STRICT };
    ReleasePolicy::from_toml(text, &JsonLimits::default()).unwrap()
}

const STRICT: &str = r#"
schema = "modelward.release-policy/1"
id = "example-bank.release"
version = "7"
title = "What Example Bank releases"

[phase.release.signature]
[phase.release.bom]
[phase.release.bom-profile]
profiles = ["ntia-2021"]
[phase.release.lineage]
[phase.release.supply-chain]
[phase.release.pickles]
[phase.release.advisories]
max-severity = "medium"
[phase.release.licenses]
deny = ["AGPL-3.0-only"]
[phase.release.subcategories]
require = [{ subcategory = "MAP 1.1" }, { subcategory = "MEASURE 2.7" }, { subcategory = "MANAGE 1.1" }]
max-evidence-age-days = 90
[phase.release.residual-risk]
[phase.release.incidents]
[phase.release.quarantine]
[phase.release.phase-gate]

[[waivers]]
rule = "pickles"
subject = "extra/labels.pkl"
approver = "Grace Example"
reason = "Read line by line; it maps 14 labels to words."
expires = "2026-12-31"

[[waivers]]
rule = "licenses"
approver = "Ada Example"
reason = "The counsel looks at it."
expires = "2026-10-31"
"#;

const GO: &str = r#"
schema = "modelward.release-policy/1"
id = "example-bank.release"
version = "7"
title = "What Example Bank releases"

[phase.release.signature]
[phase.release.bom]
[phase.release.supply-chain]
[phase.release.pickles]
[phase.release.subcategories]
require = [{ subcategory = "MAP 1.1" }, { subcategory = "MANAGE 1.1" }]
[phase.release.residual-risk]
[phase.release.incidents]
[phase.release.quarantine]
"#;
