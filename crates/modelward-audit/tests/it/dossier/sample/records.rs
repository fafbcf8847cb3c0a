use modelward_artifact::{Digest, Party, Text};
use modelward_incident::log::Context;
use modelward_incident::{
    AffectedAsset, AssetKind, AssetRef, CloseOutcome, Determination, EventKind, Incident,
    IncidentKind, NewEvent, Opening, Phase, QuarantineOrder, Severity,
};
use modelward_rmf::{
    Acceptance, Assessment, Collection, Evidence, EvidenceSource, Independence, Method, Polarity,
    Rated, Risk, RiskMatrix, RiskRating, RiskRegister, RiskStatement, Subcategory, Subject,
    Treatment,
};

use super::{Kind, Words, at};

/// Rates most outcomes; of the good one, all that are asked for are met.
pub(super) fn assessment(words: &Words, root: Digest, kind: Kind) -> Assessment {
    let name = one_line(words.name);
    let subject = Subject::new(&name).unwrap().with_digest(root);
    let by = Party::new("Ada Example").unwrap();
    let by = by.with_organization("Example Assurance").unwrap();
    let builder = Assessment::builder(subject, by.clone(), at("2026-11-20T15:30:00Z"));
    let mut builder = builder.independence(Independence::Internal);
    for (number, id) in Subcategory::ALL.into_iter().enumerate() {
        let level = match number % 9 {
            4 if kind != Kind::Go => "partially-met",
            7 if kind != Kind::Go => "not-met",
            8 if !["MAP 1.1", "MANAGE 1.1"].contains(&id.to_string().as_str()) => continue,
            _ => "met",
        };
        let key = format!("E-{}", number + 1);
        let source = EvidenceSource::Document {
            title: text("Model risk policy"),
        };
        let day = at("2026-11-10T10:00:00Z");
        let how = Collection::new(Method::Examine, by.clone(), day);
        let evidence = Evidence::new(source, how).unwrap();
        let evidence = evidence.bearing_on(id, Polarity::Supports);
        let why = if number == 4 {
            words.text
        } else {
            REASONS[number % 3]
        };
        let rated = Rated::new(level, why).unwrap().citing(key.parse().unwrap());
        builder = builder
            .evidence(key.parse().unwrap(), evidence)
            .rate(id, rated);
    }
    builder.build().unwrap()
}

const REASONS: [&str; 3] = [
    "The policy is approved and reviewed every year; the last review is on file.",
    "Two of three teams follow the rule. The third has an exception without an end.",
    "Records of the last four releases were sampled and agree with the procedure.",
];

/// Holds some threats; of the good one, none is above the tolerance.
pub(super) fn register(words: &Words, kind: Kind) -> RiskRegister {
    let owner = Party::new("Model Risk Committee").unwrap();
    let risks = (1..=18).map(|number| risk(words, number, kind));
    let title = text("Risks of payment screening");
    let register = RiskRegister::builder(title, owner, RiskMatrix::five_by_five());
    register.risks(risks).build().unwrap()
}

fn risk(words: &Words, number: usize, kind: Kind) -> Risk {
    let likelihood = ["rare", "unlikely", "possible", "likely", "almost-certain"];
    let impact = ["negligible", "minor", "moderate", "major", "severe"];
    let rate = |likely: usize, weighty: usize| {
        RiskRating::new(
            likelihood[likely].parse().unwrap(),
            impact[weighty].parse().unwrap(),
        )
    };
    let (likely, weighty) = match kind {
        Kind::Go => (number % 2, number / 2 % 2),
        _ => (number * 7 % 5, number * number % 5),
    };
    let event = if number == 2 {
        words.text
    } else {
        EVENTS[number % 3]
    };
    let statement = RiskStatement::new(
        "Training data is taken in without a check.",
        event,
        "People are asked to prove what they did not do.",
    );
    let id = format!("R-{number}").parse().unwrap();
    let current = rate(likely, weighty);
    let risk = Risk::threat(id, statement.unwrap(), current, at("2026-02-01T00:00:00Z"));
    let risk = risk
        .owner(Party::new("Grace Example").unwrap())
        .residual(rate(likely.saturating_sub(2), weighty.saturating_sub(1)));
    if number % 3 != 1 {
        return risk.build().unwrap();
    }
    let by = Party::new("Head of Payments").unwrap();
    let (on, to) = ("2026-05-01", ["2026-11-20", "2027-03-31"][number % 2]);
    let why = "Every case is read by a person.";
    let acceptance = Acceptance::new(by, on.parse().unwrap(), why, to.parse().unwrap());
    risk.treatment(Treatment::Accept(acceptance.unwrap()))
        .build()
        .unwrap()
}

const EVENTS: [&str; 3] = [
    "Poisoned rows enter the training set.",
    "The habits of payers drift unnoticed.",
    "Reviewers follow wrong proposals.",
];

/// Holds an open incident on the data, and a closed one on the model.
pub(super) fn incidents(words: &Words, root: Digest, kind: Kind) -> Vec<Incident> {
    let over = over(root);
    if kind == Kind::Go {
        return vec![over];
    }
    vec![open(words), over]
}

fn open(words: &Words) -> Incident {
    let kind = IncidentKind::AdversarialDataPoisoning;
    let title = "Planted rows among the disputes";
    let title = if words.name.contains('<') {
        &one_line(words.name)
    } else {
        title
    };
    let opening = Opening::new(text(title), kind, Severity::Medium);
    let (ada, bo) = (
        |day: &str| by(day, "Ada Example"),
        |day: &str| by(day, "Bo Example"),
    );
    let opened = ada("2026-11-09T08:00:00Z");
    let mut incident = Incident::open("INC-2026-0117".parse().unwrap(), opening, &opened).unwrap();
    let data = AssetRef::purl("pkg:huggingface/datasets/bank/card-disputes@2026q2").unwrap();
    let asset = AffectedAsset::new(slug("disputes"), AssetKind::Dataset, text("disputes"));
    let order = QuarantineOrder::new(slug("q-1"), text("learned from planted rows"));
    let mut record = |event: EventKind, context: &Context| {
        incident.record(NewEvent::new(event), context).unwrap();
    };
    record(
        EventKind::AssetRecorded(asset.with_ref(data.clone())),
        &ada("2026-11-09T09:00:00Z"),
    );
    record(
        EventKind::Determined {
            to: Determination::Confirmed,
            reason: text("60 rows come from one account."),
        },
        &ada("2026-11-10T09:00:00Z"),
    );
    record(
        EventKind::PhaseChanged {
            to: Phase::Containment,
            reason: text(words.text),
        },
        &ada("2026-11-11T11:00:00Z"),
    );
    record(
        EventKind::OrderProposed(order.with_target(data)),
        &ada("2026-11-11T12:00:00Z"),
    );
    record(
        EventKind::OrderSignedOff {
            order: slug("q-1"),
            note: text("compared with the registry"),
        },
        &bo("2026-11-11T13:00:00Z"),
    );
    record(
        EventKind::PhaseChanged {
            to: Phase::Detection,
            reason: text("A second account sent rows too."),
        },
        &ada("2026-11-16T11:00:00Z"),
    );
    record(
        EventKind::SeverityChanged {
            to: Severity::High,
            reason: text("It concerns two quarters."),
            evidence: [].into(),
        },
        &ada("2026-11-17T11:00:00Z"),
    );
    record(
        EventKind::PhaseChanged {
            to: Phase::Containment,
            reason: text("Both accounts are known, and what they sent."),
        },
        &ada("2026-11-19T11:00:00Z"),
    );
    incident
}

fn over(root: Digest) -> Incident {
    let kind = IncidentKind::ModelFailurePerformance;
    let opening = Opening::new(text("More false alarms on a Sunday"), kind, Severity::Low);
    let ada = |day: &str| by(day, "Ada Example");
    let opened = ada("2026-08-02T08:00:00Z");
    let mut incident = Incident::open("INC-2026-0081".parse().unwrap(), opening, &opened).unwrap();
    let asset = AffectedAsset::new(slug("model"), AssetKind::Model, text("model"));
    let asset = asset.with_ref(AssetRef::Digest(root));
    let events = [
        EventKind::AssetRecorded(asset),
        EventKind::Determined {
            to: Determination::FalsePositive,
            reason: text("A holiday moved the payments."),
        },
        EventKind::Closed {
            outcome: CloseOutcome::FalsePositive,
            reason: text("Nothing was wrong."),
        },
    ];
    for event in events {
        incident
            .record(event, &ada("2026-08-04T08:00:00Z"))
            .unwrap();
    }
    incident
}

fn by(day: &str, name: &str) -> Context {
    Context::new(at(day), Party::new(name).unwrap())
}

fn slug(text: &str) -> modelward_incident::Slug {
    text.parse().unwrap()
}

fn text(text: &str) -> Text {
    text.parse().unwrap()
}

/// Takes out what a name of one line cannot have.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}
