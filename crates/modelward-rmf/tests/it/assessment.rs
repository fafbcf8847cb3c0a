use modelward_artifact::Digest;
use modelward_rmf::{
    Assessment, AssessmentBuilder, Attainment, Collection, Determination, Evidence, EvidenceId,
    EvidenceSource, Function, Goal, Independence, Method, Party, Polarity, Priority, Profile,
    Rated, RatingScale, Subcategory, Subject, Target,
};

pub(crate) fn id(text: &str) -> Subcategory {
    text.parse().unwrap()
}

pub(crate) fn evidence_id(text: &str) -> EvidenceId {
    text.parse().unwrap()
}

pub(crate) fn party(name: &str) -> Party {
    Party::new(name).unwrap()
}

pub(crate) fn builder() -> AssessmentBuilder {
    let subject = Subject::new("sentiment-small").unwrap();
    let subject = subject.with_digest(Digest::sha256(b"root"));
    let at = "2026-11-23T10:00:00Z".parse().unwrap();
    Assessment::builder(subject, party("Ada Example"), at)
}

pub(crate) fn collected(method: Method) -> Collection {
    let at = "2026-11-20T10:00:00Z".parse().unwrap();
    Collection::new(method, party("Grace Example"), at)
}

pub(crate) fn document_evidence(title: &str) -> Evidence {
    let title = title.parse().unwrap();
    Evidence::new(
        EvidenceSource::Document { title },
        collected(Method::Examine),
    )
    .unwrap()
}

pub(crate) fn rated(level: &str, rationale: &str) -> Rated {
    Rated::new(level, rationale).unwrap()
}

pub(crate) fn sample() -> Assessment {
    let bom = EvidenceSource::BomComponent {
        serial: "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79"
            .parse()
            .unwrap(),
        version: 2,
        bom_ref: "model".parse().unwrap(),
    };
    let bom = Evidence::new(bom, collected(Method::Examine)).unwrap();
    let report = document_evidence("Red team report");
    let report = report.with_location("https://example.org/report.pdf");
    builder()
        .independence(Independence::Internal)
        .rate(
            id("MEASURE 2.10"),
            rated("not-met", "No privacy test was made."),
        )
        .rate(
            id("MEASURE 2.7"),
            rated("partially-met", "One of two attacks was tested.").citing(evidence_id("E-2")),
        )
        .rate(
            id("GOVERN 1.6"),
            rated("met", "The release is in the inventory.").citing(evidence_id("E-1")),
        )
        .not_applicable(
            id("MEASURE 2.12"),
            "Energy use is assessed for the whole site."
                .parse()
                .unwrap(),
        )
        .evidence(
            evidence_id("E-1"),
            bom.with_digest(Digest::sha256(b"bom"))
                .bearing_on(id("GOVERN 1.6"), Polarity::Supports),
        )
        .evidence(evidence_id("E-2"), report.unwrap())
        .build()
        .unwrap()
}

#[test]
fn an_assessment_answers_for_every_subcategory() {
    let assessment = sample();
    assert_eq!(
        assessment.attainment(id("GOVERN 1.6")),
        Some(Attainment::Met)
    );
    let govern = assessment.determination(id("GOVERN 1.6")).rated().unwrap();
    let cited: Vec<_> = govern.evidence().collect();
    assert_eq!(cited, [&evidence_id("E-1")]);
    let bom = assessment.evidence_of(cited[0]).unwrap();
    assert_eq!(bom.digest(), Some(&Digest::sha256(b"bom")));
    assert!(matches!(
        assessment.determination(id("MS-2.12")),
        Determination::NotApplicable { justification }
            if justification.as_str() == "Energy use is assessed for the whole site."
    ));
    let untouched = assessment.determination(id("MAP 1.1"));
    assert_eq!(*untouched, Determination::NotAssessed);
    assert_eq!(untouched.rated(), None);
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
fn what_cannot_be_built_is_refused_and_named() {
    let govern = id("GOVERN 1.1");
    let stars = Goal::new("absent", Priority::Low).unwrap();
    let other_scale = Profile::<Target>::new(RatingScale::maturity(), [(govern, stars)]).unwrap();
    let cases = [
        (
            builder().rate(govern, rated("measured", "a")),
            "rmf.profile.level",
            "GOVERN 1.1 has level `measured`, which scale modelward.outcome 1 does not have",
        ),
        (
            builder()
                .rate(govern, rated("met", "a"))
                .not_applicable(govern, "b".parse().unwrap()),
            "rmf.profile.twice",
            "GOVERN 1.1 stands twice",
        ),
        (
            builder().rate(govern, rated("met", "a").citing(evidence_id("E-9"))),
            "rmf.assessment.dangling",
            "GOVERN 1.1 cites evidence `E-9`, which is not there",
        ),
        (
            builder()
                .evidence(evidence_id("E-1"), document_evidence("a"))
                .evidence(evidence_id("E-1"), document_evidence("b")),
            "rmf.assessment.evidence_twice",
            "evidence `E-1` stands twice",
        ),
        (
            builder().target(other_scale),
            "rmf.assessment.scale",
            "current profile is rated on scale modelward.outcome 1, target profile on modelward.maturity 1",
        ),
    ];
    for (builder, code, message) in cases {
        let error = builder.build().unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (code, message));
    }
}

#[test]
fn evidence_may_be_given_before_or_after_the_rating() {
    let govern = id("GOVERN 1.1");
    let cited = || rated("met", "a").citing(evidence_id("E-1"));
    let before = builder()
        .evidence(evidence_id("E-1"), document_evidence("report"))
        .rate(govern, cited());
    let after = builder()
        .rate(govern, cited())
        .evidence(evidence_id("E-1"), document_evidence("report"));
    assert_eq!(before.build().unwrap(), after.build().unwrap());
}
