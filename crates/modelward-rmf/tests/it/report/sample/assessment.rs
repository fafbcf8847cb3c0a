use modelward_artifact::Digest;
use modelward_rmf::{
    Assessment, BomRef, Collection, Confidence, Evidence, EvidenceSource, Goal, Independence,
    Method, Party, Period, Polarity, Priority, Profile, Rated, RatingScale, Subcategory, Subject,
    Target,
};

use crate::report::sample::{HOSTILE, at, text};

pub(super) fn assessment() -> Assessment {
    let at_assessment = at("2026-11-20T15:30:00Z");
    let assessor = Party::new("Ada Example").unwrap();
    let assessor = assessor.with_organization("Example Assurance").unwrap();
    let assessor = assessor.with_role("lead assessor").unwrap();
    let mut builder = Assessment::builder(subject(), assessor, at_assessment)
        .scale(RatingScale::maturity())
        .independence(Independence::Internal)
        .target(target())
        .supersedes(Digest::sha256(b"earlier"));
    for number in 1..=200 {
        let id = format!("E-{number}").parse().unwrap();
        builder = builder.evidence(id, evidence(number));
    }
    for (at, id) in Subcategory::ALL.into_iter().enumerate() {
        builder = match at % 12 {
            7 => continue,
            9 => builder.not_applicable(id, text("The model is not trained on personal data.")),
            _ => builder.rate(id, rated(at)),
        };
    }
    builder.build().unwrap()
}

fn subject() -> Subject {
    let bom = BomRef::new(
        "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
        3,
        Digest::sha256(b"bom"),
    );
    Subject::new("Credit decision assistant")
        .unwrap()
        .with_version("4.2.1")
        .unwrap()
        .with_digest(Digest::sha256(b"manifest"))
        .with_owner(Party::new("Retail Lending").unwrap())
        .with_scope(
            "Decision support for consumer loans in two countries: the ranking model, its features \
             and the review screen. Not the scoring of businesses.",
        )
        .unwrap()
        .with_bom(bom.unwrap().made(at("2026-11-18T09:00:00Z")))
}

fn rated(at: usize) -> Rated {
    let levels = ["absent", "ad-hoc", "defined", "measured", "improving"];
    let rated = Rated::new(levels[at * 7 % 5], &reason(at)).unwrap();
    let mut rated = rated.with_confidence(Confidence::ALL[at % 3]);
    for number in [at * 2 + 1, at * 2 + 2] {
        rated = rated.citing(format!("E-{number}").parse().unwrap());
    }
    if at % 10 == 3 {
        rated = rated.with_outcome(text("The second outcome is reached in one team."));
    }
    rated
}

fn reason(at: usize) -> String {
    match at {
        4 => HOSTILE.to_owned(),
        13 => "Donaudampfschifffahrtsgesellschaft".repeat(6),
        22 => "تمت مراجعة سياسة إدارة المخاطر واعتمادها من قبل اللجنة في أكتوبر.".to_owned(),
        _ => [
            "The policy is approved and reviewed every year; the last review is on file.",
            "Records of the last four releases were sampled and agree with the procedure.",
            "Two of three teams follow the rule. The third has an exception without an end.",
            "Nothing in writing was found; the team describes a habit.",
        ][at % 4]
            .to_owned(),
    }
}

fn target() -> Profile<Target> {
    let goals = Subcategory::ALL.into_iter().enumerate();
    let goals = goals.filter(|(at, _)| at % 5 != 4).map(|(at, id)| {
        let level = ["defined", "measured", "improving"][at % 3];
        let goal = Goal::new(level, Priority::ALL[at % 3]).unwrap();
        let day = ["2026-10-31", "2027-03-31", "2027-06-30"][at / 2 % 3];
        let goal = if at % 7 == 6 {
            goal
        } else {
            goal.due(day.parse().unwrap())
        };
        let because = text("Asked for by the model risk policy.");
        (
            id,
            if at % 6 == 0 {
                goal.because(because)
            } else {
                goal
            },
        )
    });
    Profile::new(RatingScale::maturity(), goals).unwrap()
}

fn evidence(number: usize) -> Evidence {
    let by = Party::new(["Ada Example", "Grace Example", "Red team"][number % 3]).unwrap();
    let digest = Digest::sha256(&number.to_le_bytes());
    let source = source(number, digest);
    let method = match source {
        EvidenceSource::Interview { .. } => Method::Interview,
        EvidenceSource::TestRun { .. } | EvidenceSource::VerifiedSignature { .. } => Method::Test,
        _ => Method::Examine,
    };
    let day = at([
        "2026-11-03T10:00:00Z",
        "2026-06-03T10:00:00Z",
        "2026-11-19T10:00:00Z",
    ][number % 3]);
    let mut evidence = Evidence::new(source, Collection::new(method, by, day)).unwrap();
    if !number.is_multiple_of(4) {
        evidence = evidence.with_digest(digest);
    }
    if number % 5 == 1 {
        let expires = ["2026-11-24", "2027-05-31"][number % 2];
        evidence = evidence.expiring(expires.parse().unwrap()).unwrap();
    }
    if number % 9 == 2 {
        evidence = evidence
            .with_description("What the run shows of the release.")
            .unwrap();
        let days = Period::new("2026-01-01".parse().unwrap(), "2026-06-30".parse().unwrap());
        evidence = evidence.with_period(days.unwrap());
    }
    if number == 6 {
        evidence = evidence
            .with_location("https://example.org/a?b=<c>&d=\"e\"")
            .unwrap();
        evidence = evidence.with_description(HOSTILE).unwrap();
    }
    bearing(number, evidence)
}

fn bearing(number: usize, evidence: Evidence) -> Evidence {
    let polarity = if number % 17 == 3 {
        Polarity::Contradicts
    } else {
        Polarity::Supports
    };
    let evidence = evidence.bearing_on(Subcategory::ALL[(number - 1) / 2 % 72], polarity);
    if number.is_multiple_of(6) {
        return evidence.bearing_on(Subcategory::ALL[number * 5 % 72], Polarity::Supports);
    }
    evidence
}

fn source(number: usize, digest: Digest) -> EvidenceSource {
    match number % 7 {
        0 => EvidenceSource::Interview {
            with: Party::new("Head of Lending").unwrap(),
        },
        1 => EvidenceSource::BomComponent {
            serial: text("urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79"),
            version: 3,
            bom_ref: text("model:ranker"),
        },
        2 => EvidenceSource::TestRun {
            tool: text("garak 0.13"),
            run: text(&number.to_string()),
        },
        3 => EvidenceSource::VerifiedSignature {
            subject: Digest::sha256(b"manifest"),
            bundle: digest,
            identity: text("release@example.org"),
        },
        4 => EvidenceSource::GraphFinding {
            report: digest,
            finding: text("G-12"),
        },
        5 => EvidenceSource::Incident {
            incident: text("INC-7"),
        },
        _ => EvidenceSource::Document {
            title: text("Model risk policy"),
        },
    }
}
