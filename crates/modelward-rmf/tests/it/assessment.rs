use std::error::Error as _;

use modelward_artifact::Digest;
use modelward_rmf::{
    Assessment, AssessmentBuilder, Determination, Evidence, Function, Rating, Subcategory, Subject,
};

pub(crate) fn id(text: &str) -> Subcategory {
    text.parse().unwrap()
}

pub(crate) fn builder() -> AssessmentBuilder {
    let subject = Subject::new("sentiment-small").unwrap();
    let at = "2026-11-23T10:00:00Z".parse().unwrap();
    Assessment::builder(
        subject.with_digest(Digest::sha256(b"root")),
        "Ada Example",
        at,
    )
}

pub(crate) fn sample() -> Assessment {
    let report = Evidence::new("Red team report")
        .and_then(|it| it.with_location("https://example.org/report.pdf"))
        .unwrap();
    let bom = Evidence::new("ML-BOM").unwrap();
    builder()
        .rate(
            id("MEASURE 2.10"),
            Rating::NotMet,
            "No privacy test was made.",
        )
        .rate(
            id("MEASURE 2.7"),
            Rating::PartiallyMet,
            "One of two attacks was tested.",
        )
        .rate(
            id("GOVERN 1.6"),
            Rating::Met,
            "The release is in the inventory.",
        )
        .not_applicable(
            id("MEASURE 2.12"),
            "Energy use is assessed for the whole site.",
        )
        .evidence(id("GOVERN 1.6"), bom.with_digest(Digest::sha256(b"bom")))
        .evidence(id("MEASURE 2.7"), report)
        .build()
        .unwrap()
}

#[test]
fn an_assessment_answers_for_every_subcategory() {
    let assessment = sample();
    let govern = assessment.determination(id("GOVERN 1.6"));
    assert_eq!(govern.rating(), Some(Rating::Met));
    assert_eq!(govern.evidence()[0].digest(), Some(&Digest::sha256(b"bom")));
    assert!(matches!(
        assessment.determination(id("MS-2.12")),
        Determination::NotApplicable { justification }
            if justification.as_str() == "Energy use is assessed for the whole site."
    ));
    let untouched = assessment.determination(id("MAP 1.1"));
    assert_eq!(*untouched, Determination::NotAssessed);
    assert_eq!(untouched.rating(), None);
    let order: Vec<_> = assessment.determinations().map(|(it, _)| it).collect();
    assert_eq!(order, Subcategory::ALL);
}

#[test]
fn coverage_counts_every_subcategory_once() {
    let all = sample().coverage();
    let counts = [
        all.met(),
        all.partially_met(),
        all.not_met(),
        all.not_applicable(),
    ];
    assert_eq!(counts, [1, 1, 1, 1]);
    assert_eq!(
        (all.assessed(), all.not_assessed(), all.total()),
        (4, 68, 72)
    );
    let cases = [
        (Function::Govern, 1, 19),
        (Function::Map, 0, 18),
        (Function::Measure, 3, 22),
        (Function::Manage, 0, 13),
    ];
    for (function, assessed, total) in cases {
        let coverage = sample().coverage_of(function);
        assert_eq!(
            (coverage.assessed(), coverage.total()),
            (assessed, total),
            "{function}"
        );
    }
}

#[test]
fn ratings_are_ordered_from_worse_to_better() {
    assert!(Rating::ALL.is_sorted_by(|a, b| a < b));
    assert_eq!(
        Rating::ALL.map(Rating::name),
        ["not-met", "partially-met", "met"]
    );
}

#[test]
fn what_cannot_be_built_is_refused_and_named() {
    let govern = id("GOVERN 1.1");
    let evidence = || Evidence::new("report").unwrap();
    let at = "2026-11-23T10:00:00Z".parse().unwrap();
    let nobody = Assessment::builder(Subject::new("m").unwrap(), " ", at);
    let cases = [
        (
            nobody,
            "rmf.assessment.assessor",
            "assessor has no valid name",
        ),
        (
            builder().rate(govern, Rating::Met, " "),
            "rmf.assessment.rationale",
            "GOVERN 1.1 is rated without a valid rationale",
        ),
        (
            builder().not_applicable(govern, ""),
            "rmf.assessment.justification",
            "GOVERN 1.1 is not applicable without a valid justification",
        ),
        (
            builder()
                .rate(govern, Rating::Met, "a")
                .not_applicable(govern, "b"),
            "rmf.assessment.twice",
            "GOVERN 1.1 is determined twice",
        ),
        (
            builder().evidence(govern, evidence()),
            "rmf.assessment.evidence_without_rating",
            "evidence is given for GOVERN 1.1, which is not rated",
        ),
        (
            builder()
                .not_applicable(govern, "a")
                .evidence(govern, evidence()),
            "rmf.assessment.evidence_without_rating",
            "evidence is given for GOVERN 1.1, which is not rated",
        ),
    ];
    for (builder, code, message) in cases {
        let error = builder.build().unwrap_err();
        assert_eq!(error.code(), code);
        assert_eq!(error.to_string(), message);
        let reasons = ["assessor", "rationale", "justification"];
        let has_cause = reasons.iter().any(|reason| code.ends_with(reason));
        assert_eq!(error.source().is_some(), has_cause, "{code}");
    }
}

#[test]
fn evidence_may_be_given_before_the_rating() {
    let govern = id("GOVERN 1.1");
    let evidence = Evidence::new("report").unwrap();
    let before = builder()
        .evidence(govern, evidence.clone())
        .rate(govern, Rating::Met, "a");
    let after = builder()
        .rate(govern, Rating::Met, "a")
        .evidence(govern, evidence);
    assert_eq!(before.build().unwrap(), after.build().unwrap());
}
