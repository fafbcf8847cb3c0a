//! What each fact bears on, how far, and which way.

use std::fs;

use modelward_artifact::{Digest, NoControl, Verdict};
use modelward_audit::{
    AffectedAssets, EvidenceCoverage, Lineage, ModelEvidence, Observation, PickleFact, PickleState,
    ReleaseFacts, ReleasePolicy, Strength,
};
use modelward_bom::MlBom;
use modelward_bom::model::{ModelCard, ModelParameters};
use modelward_graph::NodeKind;
use modelward_graph::advisory::AdvisorySet;
use modelward_graph::vex::VexDocument;
use modelward_incident::{AssetRef, Determination};
use modelward_rmf::{
    Assessment, GateInputs, GatePolicy, Independence, Phase, Polarity, Subject, ToolEvidence,
};
use modelward_sign::{SigningKey, VerifyPolicy, sign, verify_model};

use super::given::{attack, cleared, impact, kept, register};
use super::{AGAINST, FOR, HELPS, HURTS, cover, evidence, seen};
use crate::road::{Road, jo, now};

const BASE: &str = "pkg:huggingface/acme/base";

#[test]
fn a_signature_supports_security_and_a_refused_one_contradicts_it() {
    let road = Road::good();
    let verified = cover(&evidence(&road).with_bundle(Digest::sha256(b"bundle")));
    for (subcategory, expected) in [
        ("MEASURE 2.7", FOR),
        ("MAP 4.2", FOR),
        ("MEASURE 2.8", HELPS),
    ] {
        assert_eq!(
            seen(&verified, subcategory, "verified-signature"),
            [expected]
        );
    }
    fs::write(road.folder.path().join("weights.bin"), "changed").unwrap();
    let key = SigningKey::generate();
    let bundle = sign(&road.manifest, &key).unwrap();
    let policy = VerifyPolicy::key(key.public_key().clone());
    let verdict = verify_model(road.folder.path(), &bundle, &policy, &NoControl).unwrap();
    assert!(matches!(verdict, Verdict::Rejected(_)));
    let refused = cover(&ModelEvidence::of(&road.manifest).with_verification(&verdict));
    assert_eq!(seen(&refused, "MEASURE 2.7", "test-run"), [AGAINST]);
    assert!(refused.row("MAP 4.2".parse().unwrap()).is_contradicted());
}

#[test]
fn a_signature_over_other_files_contradicts() {
    let road = Road::good();
    let other = ModelEvidence::new("model", Digest::sha256(b"other files"));
    let coverage = cover(&other.with_verification(&road.verdict));
    assert_eq!(seen(&coverage, "MEASURE 2.7", "test-run"), [AGAINST]);
}

#[test]
fn pickles_support_only_where_every_one_was_scanned_and_is_safe() {
    let pickles = |states: &[PickleState]| {
        let facts = states
            .iter()
            .map(|state| PickleFact::new("a.pkl".into(), *state));
        let facts: Vec<_> = facts.collect();
        let evidence = ModelEvidence::new("model", Digest::sha256(b"files"));
        seen(
            &cover(&evidence.with_pickles(&facts)),
            "MEASURE 2.7",
            "test-run",
        )
    };
    use PickleState::{NotScanned, Safe, Suspicious, Unsafe};
    assert_eq!(pickles(&[]), [FOR]);
    assert_eq!(pickles(&[Safe, Safe]), [FOR]);
    assert_eq!(pickles(&[Safe, NotScanned]), []);
    assert_eq!(pickles(&[Safe, Suspicious]), [AGAINST]);
    assert_eq!(pickles(&[NotScanned, Unsafe]), [AGAINST]);
}

#[test]
fn an_ml_bom_supports_what_it_states_and_contradicts_by_what_every_reader_needs() {
    let road = Road::good();
    let coverage = cover(&ModelEvidence::of(&road.manifest).with_bom(&road.bom));
    let cases = [
        ("GOVERN 1.6", FOR),
        ("MAP 2.1", FOR),
        ("MAP 2.3", HELPS),
        ("MAP 4.1", AGAINST),
        ("GOVERN 6.1", HURTS),
        ("MANAGE 3.2", HELPS),
        ("MEASURE 2.9", HELPS),
    ];
    for (subcategory, expected) in cases {
        let seen = seen(&coverage, subcategory, "bom-component");
        assert_eq!(seen, [expected], "{subcategory}: {coverage}");
    }
    for silent in ["MEASURE 2.1", "MEASURE 2.11", "MEASURE 2.12", "MAP 2.2"] {
        assert_eq!(seen(&coverage, silent, "bom-component"), [], "{silent}");
    }
    let bare = ModelCard::new().with_model_parameters(ModelParameters::new());
    let model = road.bom.model().unwrap().clone().with_model_card(bare);
    let metadata = road.bom.metadata().unwrap().clone().with_component(model);
    let bom = road.bom.clone().with_metadata(metadata);
    let coverage = cover(&ModelEvidence::of(&road.manifest).with_bom(&bom));
    assert_eq!(seen(&coverage, "MAP 2.1", "bom-component"), [AGAINST]);
}

#[test]
fn what_model_cards_state_of_use_limits_and_tests_is_observed() {
    let road = Road::good();
    let text = String::from_utf8(road.bom.to_json()).unwrap();
    let card = r#""modelCard": {
        "quantitativeAnalysis": {"performanceMetrics": [{"type": "accuracy", "value": "0.9"}]},
        "considerations": {
            "users": ["editors"], "useCases": ["reviews"], "technicalLimitations": ["English"],
            "ethicalConsiderations": [{"name": "slurs"}],
            "fairnessAssessments": [{"groupAtRisk": "speakers of dialects"}]
        },"#;
    let text = text.replacen(r#""modelCard": {"#, card, 1);
    let bom = MlBom::read(text.as_bytes(), &modelward_artifact::JsonLimits::default()).unwrap();
    let coverage = cover(&ModelEvidence::of(&road.manifest).with_bom(&bom));
    let cases = [
        ("MEASURE 2.1", FOR),
        ("MEASURE 2.3", HELPS),
        ("MAP 3.3", HELPS),
        ("MAP 2.2", HELPS),
        ("MEASURE 2.5", HELPS),
        ("GOVERN 4.2", HELPS),
        ("MEASURE 2.11", HELPS),
    ];
    for (subcategory, expected) in cases {
        assert_eq!(seen(&coverage, subcategory, "bom-component"), [expected]);
    }
    assert_eq!(seen(&coverage, "MAP 1.1", "bom-component"), [HELPS, HELPS]);
}

#[test]
fn affected_assets_count_only_where_the_list_has_any() {
    let mut road = Road::good();
    assert_eq!(seen(&cover(&evidence(&road)), "MANAGE 3.1", "document"), []);
    let elsewhere = AssetRef::purl("pkg:pypi/elsewhere").unwrap();
    road.affected = AffectedAssets::new().with(elsewhere, "recalled");
    let clean = cover(&evidence(&road));
    assert_eq!(seen(&clean, "MANAGE 3.1", "document"), [FOR]);
    assert_eq!(seen(&clean, "MANAGE 3.2", "document"), [FOR]);
    road.affected = AffectedAssets::new().with(AssetRef::purl(BASE).unwrap(), "recalled");
    let hit = cover(&evidence(&road));
    assert_eq!(seen(&hit, "MANAGE 3.1", "document"), [AGAINST]);
    assert_eq!(seen(&hit, "MANAGE 3.2", "document"), [AGAINST]);
}

#[test]
fn an_open_advisory_contradicts_a_cleared_one_supports_and_a_doubtful_one_shows_nothing() {
    let road = Road::good();
    let see = |doubt, product: Option<&str>| {
        let impact = impact(&road, BASE, doubt);
        let vex = product.map(cleared);
        let statements = vex.iter().flat_map(VexDocument::statements);
        let triage = impact.with_vex(statements);
        let coverage = cover(&evidence(&road).with_advisories(&triage));
        ["MEASURE 2.7", "MANAGE 3.1", "MANAGE 3.2"].map(|it| {
            let seen = coverage.row(it.parse().unwrap()).observations().to_vec();
            let ours = seen
                .iter()
                .filter(|it| it.source().describe().contains("advisories"));
            ours.map(|it| (it.strength(), it.polarity()))
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(see(None, None), [[AGAINST], [AGAINST], [AGAINST]]);
    // Nobody said what was looked up.
    let in_part = [vec![HELPS], vec![HELPS], vec![]];
    assert_eq!(see(None, Some(BASE)), in_part);
    let nothing: [Vec<_>; 3] = [vec![], vec![], vec![]];
    assert_eq!(see(Some("no version is known"), None), nothing);
}

#[test]
fn no_open_advisory_bears_directly_only_where_everything_was_looked_up() {
    let road = Road::good();
    let (none, graph) = (AdvisorySet::new([]), road.lineage.graph());
    let exposures = graph.exposures(&none);
    let impact = graph.impact(&[], NodeKind::Model).unwrap();
    let triage = impact.with_vex([]);
    let known = evidence(&road)
        .with_advisories(&triage)
        .with_exposures(&exposures);
    let coverage = cover(&known);
    let row = coverage.row("MANAGE 3.1".parse().unwrap());
    let observation = row.observations().first().unwrap();
    assert_eq!(
        observation.strength(),
        Strength::Supporting,
        "{observation}"
    );
    assert!(
        observation
            .message()
            .ends_with("; 2 components were not looked up"),
        "{observation}"
    );
    assert_eq!(seen(&coverage, "MANAGE 3.2", "test-run"), []);

    // Without its base model there is nothing to look up.
    let bom = road.bom.to_json();
    let mut bom: serde_json::Value = serde_json::from_slice(&bom).unwrap();
    let model = bom.pointer_mut("/metadata/component").unwrap();
    model.as_object_mut().unwrap().remove("pedigree");
    bom.as_object_mut().unwrap().remove("dependencies");
    let lineage = Lineage::of(&MlBom::from_value(bom).unwrap()).unwrap();
    let exposures = lineage.graph().exposures(&none);
    let impact = lineage.graph().impact(&[], NodeKind::Model).unwrap();
    let triage = impact.with_vex([]);
    let known = ModelEvidence::of(&road.manifest).with_lineage(&lineage);
    let coverage = cover(&known.with_advisories(&triage).with_exposures(&exposures));
    assert_eq!(seen(&coverage, "MANAGE 3.1", "test-run"), [FOR]);
}

#[test]
fn a_register_shows_what_is_kept_and_what_is_let_slip() {
    let none = ModelEvidence::new("model", Digest::sha256(b"files"));
    let good = register(kept);
    let coverage = cover(&none.with_register(&good));
    let rows = [
        ("MAP 1.5", FOR, FOR),
        ("GOVERN 2.1", HELPS, HURTS),
        ("GOVERN 1.5", FOR, AGAINST),
        ("MEASURE 3.1", FOR, AGAINST),
        ("MAP 5.1", FOR, FOR),
        ("MANAGE 1.2", FOR, AGAINST),
        ("MANAGE 1.3", FOR, AGAINST),
        ("MANAGE 1.4", FOR, AGAINST),
    ];
    for (subcategory, expected, _) in rows {
        assert_eq!(
            seen(&coverage, subcategory, "document"),
            [expected],
            "{subcategory}"
        );
    }
    let bare = register(|it| it);
    let coverage = cover(&none.with_register(&bare));
    for (subcategory, _, expected) in rows {
        assert_eq!(
            seen(&coverage, subcategory, "document"),
            [expected],
            "{subcategory}"
        );
    }
    let late = "2027-02-01T10:00:00Z".parse().unwrap();
    let coverage = EvidenceCoverage::of(&none.with_register(&good), late);
    for (subcategory, expected) in [
        ("GOVERN 1.5", AGAINST),
        ("MANAGE 1.3", AGAINST),
        ("MANAGE 1.2", FOR),
    ] {
        assert_eq!(
            seen(&coverage, subcategory, "document"),
            [expected],
            "{subcategory}"
        );
    }
}

#[test]
fn incidents_show_how_they_are_handled_and_what_happened_to_the_model() {
    let mut road = Road::good();
    let base = || AssetRef::purl(BASE).unwrap();
    let see = |road: &Road, subcategory| seen(&cover(&evidence(road)), subcategory, "incident");
    assert_eq!(see(&road, "GOVERN 4.3"), []);
    road.incidents = vec![attack(1, base(), Determination::Confirmed)];
    assert_eq!(see(&road, "GOVERN 4.3"), [FOR]);
    assert_eq!(see(&road, "MANAGE 2.4"), [HELPS]);
    assert_eq!(see(&road, "MEASURE 2.7"), [AGAINST]);
    assert_eq!(see(&road, "MEASURE 2.6"), [HURTS]);
    road.incidents = vec![attack(1, base(), Determination::Blocked)];
    assert_eq!(see(&road, "MEASURE 2.7"), [FOR]);
    let elsewhere = AssetRef::purl("pkg:pypi/elsewhere").unwrap();
    road.incidents = vec![attack(1, elsewhere, Determination::Confirmed)];
    assert_eq!(see(&road, "GOVERN 4.3"), [FOR]);
    assert_eq!(see(&road, "MEASURE 2.7"), []);
}

#[test]
fn who_assessed_bears_on_independence_and_ratings_bear_on_nothing() {
    let assess = |owner: Option<&str>, independence: Option<Independence>| {
        let subject = Subject::new("model").unwrap();
        let subject = match owner {
            Some(name) => subject.with_owner(modelward_rmf::Party::new(name).unwrap()),
            None => subject,
        };
        let mut builder = Assessment::builder(subject, jo(), now());
        if let Some(independence) = independence {
            builder = builder.independence(independence);
        }
        let assessment = builder.build().unwrap();
        let none = ModelEvidence::new("model", Digest::sha256(b"files"));
        let coverage = cover(&none.with_assessment(&assessment));
        let rows = coverage.rows().iter();
        assert!(rows.filter(|row| !row.observations().is_empty()).count() <= 1);
        seen(&coverage, "MEASURE 1.3", "document")
    };
    assert_eq!(assess(None, None), []);
    assert_eq!(assess(None, Some(Independence::External)), [HELPS]);
    assert_eq!(assess(None, Some(Independence::FirstLine)), [HURTS]);
    assert_eq!(assess(Some("Jo"), Some(Independence::External)), [HURTS]);
}

#[test]
fn a_decision_supports_whatever_it_is_and_no_decision_contradicts() {
    let root = Digest::sha256(b"files");
    let none = ModelEvidence::new("model", root);
    let text = format!("{}[phase.release.signature]\n", crate::policy::HEAD);
    let policy =
        ReleasePolicy::from_toml(&text, &modelward_artifact::JsonLimits::default()).unwrap();
    let blind = policy.evaluate(Phase::Release, &ReleaseFacts::new("model", root), now());
    let coverage = cover(&none).with_decision(&blind);
    assert_eq!(seen(&coverage, "MANAGE 1.1", "document"), [AGAINST]);
    let facts = ReleaseFacts::new("model", root)
        .with_signatures([modelward_audit::SignatureFact::Rejected { findings: vec![] }]);
    let refused = policy.evaluate(Phase::Release, &facts, now());
    let coverage = cover(&none).with_decision(&refused);
    assert_eq!(
        seen(&coverage, "MANAGE 1.1", "document"),
        [FOR],
        "{refused}"
    );
    let other = ModelEvidence::new("model", Digest::sha256(b"other"));
    let coverage = cover(&other).with_decision(&refused);
    assert_eq!(seen(&coverage, "MANAGE 1.1", "document"), []);
}

#[test]
fn a_phase_gate_on_other_files_decides_nothing_about_these() {
    let root = Digest::sha256(b"files");
    let subject = Subject::new("model").unwrap();
    let policy = GatePolicy::recommended(Phase::Release);
    let decide = |digest| {
        let subject = subject.clone().with_digest(digest);
        let report = policy.evaluate(&GateInputs::new(&subject), now());
        let none = ModelEvidence::new("model", root);
        seen(
            &cover(&none.with_phase_gate(&report)),
            "MANAGE 1.1",
            "document",
        )
        .len()
    };
    assert_eq!(decide(root), 1);
    assert_eq!(decide(Digest::sha256(b"other")), 0);
}

#[test]
fn no_observation_is_stronger_than_a_tool_can_show_or_without_a_document() {
    let mut road = Road::good();
    road.affected = AffectedAssets::new().with(AssetRef::purl(BASE).unwrap(), "recalled");
    road.incidents = vec![
        attack(
            1,
            AssetRef::Digest(road.manifest.root()),
            Determination::Confirmed,
        ),
        attack(2, AssetRef::purl(BASE).unwrap(), Determination::Blocked),
    ];
    road.lineage = Lineage::of(&road.bom).unwrap();
    let register = register(kept);
    let pickles = [PickleFact::new("a.pkl".into(), PickleState::Unsafe)];
    let impact = impact(&road, BASE, None);
    let triage = impact.with_vex([]);
    let everything = evidence(&road)
        .with_register(&register)
        .with_pickles(&pickles)
        .with_advisories(&triage);
    let coverage = cover(&everything);
    for row in coverage.rows() {
        for observation in row.observations() {
            let allowed = match observation.strength() {
                Strength::Direct => row.possible() == ToolEvidence::Direct,
                Strength::Supporting => row.possible() != ToolEvidence::None,
            };
            assert!(allowed, "{}: {observation}", row.subcategory());
            assert!(!observation.message().is_empty());
            assert!(!observation.source().describe().is_empty());
        }
        let sorted = row.observations().iter().map(Observation::polarity);
        assert!(sorted.is_sorted_by_key(|it| it == Polarity::Supports));
    }
    assert!(coverage.counts().contradicted() > 5, "{coverage}");
}

#[test]
fn the_order_in_which_things_are_given_changes_nothing() {
    let mut road = Road::good();
    let mut pickles = ["b.pkl", "a.pkl", "c.pkl"]
        .map(|path| PickleFact::new(path.into(), PickleState::Suspicious));
    road.incidents = [3, 1, 2]
        .map(|number| {
            attack(
                number,
                AssetRef::purl(BASE).unwrap(),
                Determination::Confirmed,
            )
        })
        .into();
    let list = |assets: [&str; 2]| {
        assets
            .into_iter()
            .fold(AffectedAssets::new(), |list, asset| {
                list.with(AssetRef::purl(asset).unwrap(), "recalled")
            })
    };
    road.affected = list([BASE, "pkg:pypi/elsewhere"]);
    let one = cover(&evidence(&road).with_pickles(&pickles)).to_json();
    pickles.reverse();
    road.incidents.reverse();
    road.affected = list(["pkg:pypi/elsewhere", BASE]);
    let two = cover(&evidence(&road).with_pickles(&pickles)).to_json();
    assert_eq!(one, two);
}
