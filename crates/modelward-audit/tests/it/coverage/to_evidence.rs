//! Observations as evidence of an assessment, and as text and JSON.

use modelward_artifact::{Digest, JsonLimits};
use modelward_audit::{AffectedAssets, EvidenceCoverage, ModelEvidence};
use modelward_incident::{AssetRef, Determination};
use modelward_rmf::csv::{self, Dialect};
use modelward_rmf::oscal::{self, OscalOptions};
use modelward_rmf::{
    Assessment, CheckCode, Checks, Evidence, EvidenceResolver, Method, Party, Polarity, Rated,
    Resolution, Subject,
};

use super::given::{attack, kept, register};
use super::{cover, evidence, id};
use crate::road::{Road, now};

/// Finds everything, as the coverage saw it.
struct Kept;

impl EvidenceResolver for Kept {
    fn resolve(&self, evidence: &Evidence) -> Resolution {
        let digest = *evidence.digest().expect("every observation has a digest");
        Resolution::Found { digest }
    }
}

fn machine() -> Party {
    Party::new("modelward").unwrap()
}

fn coverage() -> EvidenceCoverage {
    let mut road = Road::good();
    road.affected = AffectedAssets::new().with(AssetRef::purl("pkg:pypi/a").unwrap(), "recalled");
    let base = AssetRef::purl("pkg:huggingface/acme/base").unwrap();
    road.incidents = vec![attack(7, base, Determination::Confirmed)];
    let register = register(kept);
    cover(&evidence(&road).with_register(&register))
}

/// Cites every item for every subcategory that it bears on.
fn assess(coverage: &EvidenceCoverage) -> Assessment {
    let subject = Subject::new("model").unwrap();
    let assessor = Party::new("Jo Example").unwrap();
    let mut builder = Assessment::builder(subject, assessor, now());
    let items = coverage.to_evidence(&machine());
    for row in coverage.rows() {
        let bears = items
            .iter()
            .filter(|(_, it)| it.polarity(row.subcategory()).is_some());
        let level = match row.is_contradicted() {
            true => "not-met",
            false => "partially-met",
        };
        let rated = Rated::new(level, "as tools show").unwrap();
        let mut cited = bears.map(|(id, _)| id.clone()).peekable();
        if cited.peek().is_some() {
            builder = builder.rate(row.subcategory(), cited.fold(rated, Rated::citing));
        }
    }
    for (id, item) in items {
        builder = builder.evidence(id, item);
    }
    builder.build().unwrap()
}

#[test]
fn an_assessment_takes_the_evidence_and_its_checks_find_nothing_wrong_with_it() {
    let assessment = assess(&coverage());
    assert!(assessment.evidence().len() >= 5);
    let kept = Kept;
    let report = Checks::new(&assessment, now()).with_resolver(&kept).run();
    for code in [
        CheckCode::RatingUnsupported,
        CheckCode::RatingContradicted,
        CheckCode::EvidenceChanged,
        CheckCode::EvidenceMissing,
        CheckCode::EvidenceUnresolved,
        CheckCode::EvidenceExpired,
        CheckCode::EvidenceInFuture,
        CheckCode::EvidenceOffTopic,
        CheckCode::EvidenceUnused,
        CheckCode::EvidenceWithoutDigest,
    ] {
        assert!(!report.has(code), "{}: {:?}", code.code(), report.issues());
    }
}

#[test]
fn the_documents_of_an_assessment_keep_the_evidence() {
    let assessment = assess(&coverage());
    let json = assessment.to_json().unwrap();
    let read = Assessment::from_json(&json, &JsonLimits::default()).unwrap();
    assert_eq!(read.digest(), assessment.digest());

    let determinations = csv::write_determinations(&assessment, Dialect::default());
    let evidence = csv::write_evidence(&assessment, Dialect::default());
    assert!(determinations.lines().count() > 72);
    for (id, _) in assessment.evidence() {
        assert!(evidence.contains(id.as_str()), "{evidence}");
    }

    let options = OscalOptions::new(now(), "1").unwrap();
    let results = oscal::assessment_results(&assessment, None, &options).unwrap();
    assert_eq!(oscal::check(results.value()), []);
    let observations = &results.value()["assessment-results"]["results"][0]["observations"];
    assert!(observations.as_array().unwrap().len() >= assessment.evidence().len());
}

#[test]
fn evidence_names_its_source_method_time_and_digest_and_the_worse_word_holds() {
    let coverage = coverage();
    let items = coverage.to_evidence(&machine());
    assert_eq!(items, coverage.to_evidence(&machine()));
    for (_, item) in &items {
        assert_eq!((item.collector(), item.collected()), (&machine(), now()));
        assert!(item.digest().is_some() && item.description().is_some());
        let tested = matches!(item.source().kind(), "test-run" | "verified-signature");
        assert_eq!(item.method() == Method::Test, tested);
    }
    // The incident shows that incidents are noticed, and that this one did harm.
    let (_, incident) = items
        .iter()
        .find(|(_, it)| it.source().kind() == "incident")
        .unwrap();
    assert_eq!(
        incident.polarity(id("GOVERN 4.3")),
        Some(Polarity::Supports)
    );
    assert_eq!(
        incident.polarity(id("MEASURE 2.7")),
        Some(Polarity::Contradicts)
    );
    let said = incident.description().unwrap().as_str();
    assert!(
        said.contains(
            "; direct for GOVERN 4.3, MEASURE 2.7; supporting for MEASURE 2.6, MANAGE 2.4"
        ),
        "{said}"
    );
}

#[test]
fn the_table_is_the_same_in_text_and_json_and_hostile_names_cannot_move_a_cursor() {
    let register = register(|it| it.owner(Party::new("Jo").unwrap()));
    let evidence = ModelEvidence::new("evil\u{1b}[2J", Digest::sha256(b"files"));
    let coverage = cover(&evidence.with_register(&register));
    let text = coverage.to_string();
    assert!(!text.contains('\u{1b}'));
    assert!(text.contains("GOVERN 2.2    no tool can show it"), "{text}");
    assert!(
        text.contains("\nMEASURE 2.1   nothing observed; direct evidence is possible"),
        "{text}"
    );
    let json: serde_json::Value = serde_json::from_slice(&coverage.to_json()).unwrap();
    assert_eq!(json["schema"], "modelward.coverage/1");
    let rows = json["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 72);
    let tolerance = rows
        .iter()
        .find(|it| it["subcategory"] == "MAP 1.5")
        .unwrap();
    assert_eq!(tolerance["possible"], "direct");
    assert_eq!(
        tolerance["observations"][0]["source"]["title"],
        "risk register Risks"
    );
    assert_eq!(json["counts"]["noTool"], 11);
    assert_eq!(
        coverage.to_json(),
        cover(&evidence.with_register(&register)).to_json()
    );
}
