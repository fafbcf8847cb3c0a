//! Assessments, registers and crosswalks with texts that exporters stumble over.

use modelward_artifact::{Digest, DigestAlgorithm};
use modelward_rmf::crosswalk::{FrameworkRef, NewRow, Provenance, Relation, Status};
use modelward_rmf::oscal::OscalOptions;
use modelward_rmf::{
    Acceptance, ActionItem, ActionPlan, ActionState, Assessment, AssetRef, BomRef, Collection,
    ComponentRef, Confidence, Crosswalk, Evidence, EvidenceId, EvidenceSource, Goal, Independence,
    Method, PackageUrl, Party, Period, Polarity, Priority, Profile, Rated, RatingScale, Revocation,
    Risk, RiskMatrix, RiskRating, RiskRegister, RiskStatement, RiskStatus, Subcategory, Subject,
    Target, Text, Treatment,
};

/// Texts that are valid here, and trap those who paste them into JSON, Markdown, lines or addresses.
pub(crate) const NASTY: [&str; 17] = [
    "plain",
    "\"quoted\" and 'quoted' \\ back",
    "two\nlines",
    "\r\n  blanks around\t\r\n",
    "a\tb\u{a0}c\u{2003}d",
    "line\u{2028}separator\u{2029}1",
    "\u{feff}byte order mark 1\u{feff}",
    "Ünïcödé 模型 🦀 e\u{301}",
    "\u{202e}reversed 1\u{200b}",
    "# title\n- list\n1. one\n> quote\n\n    code",
    "*bold* _it_ `code` ~sub~ ^sup^ [a](javascript:1)",
    "<script>alert(1)</script> &lt; &#60;",
    "{{ insert: param, ac-1_prm_1 }}",
    "=cmd|' /C calc'!A0",
    "https://example.org/a b?c=d#e",
    "C:\\audit\\50 %.pdf",
    "null",
];

/// Counts what is made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) subcategories: usize,
    pub(crate) evidence: usize,
    pub(crate) risks: usize,
}

pub(crate) fn options() -> OscalOptions {
    OscalOptions::new("2026-11-26T10:00:00.250Z".parse().unwrap(), "1.0.0").unwrap()
}

fn nasty(number: usize) -> &'static str {
    NASTY[number % NASTY.len()]
}

fn text(number: usize) -> Text {
    nasty(number).parse().unwrap()
}

fn party(number: usize) -> Party {
    let party = Party::new(nasty(number)).unwrap();
    match number % 3 {
        0 => party,
        1 => party.with_organization(nasty(number / 2)).unwrap(),
        _ => party.with_role(nasty(number / 3)).unwrap(),
    }
}

fn digest(number: usize) -> Digest {
    let all = DigestAlgorithm::ALL;
    Digest::of(all[number % all.len()], &number.to_le_bytes())
}

fn source(number: usize) -> EvidenceSource {
    match number % 7 {
        0 => EvidenceSource::BomComponent {
            serial: text(number),
            version: u32::MAX,
            bom_ref: text(number + 1),
        },
        1 => EvidenceSource::Document {
            title: text(number),
        },
        2 => EvidenceSource::GraphFinding {
            report: digest(number),
            finding: text(number),
        },
        3 => EvidenceSource::Incident {
            incident: text(number),
        },
        4 => EvidenceSource::Interview {
            with: party(number),
        },
        5 => EvidenceSource::TestRun {
            tool: text(number),
            run: text(number + 2),
        },
        _ => EvidenceSource::VerifiedSignature {
            subject: digest(number),
            bundle: digest(number + 1),
            identity: text(number),
        },
    }
}

fn evidence(number: usize) -> Evidence {
    let source = source(number);
    let method = match source {
        EvidenceSource::Interview { .. } => Method::Interview,
        _ => Method::ALL[number % 3],
    };
    let at = "2026-11-20T10:00:00Z".parse().unwrap();
    let collection = Collection::new(method, party(number + 1), at);
    let mut evidence = Evidence::new(source, collection).unwrap();
    if !number.is_multiple_of(3) {
        evidence = evidence.with_digest(digest(number));
    }
    if number.is_multiple_of(2) {
        evidence = evidence.with_location(nasty(number / 2)).unwrap();
        evidence = evidence.with_description(nasty(number + 5)).unwrap();
    }
    if number.is_multiple_of(4) {
        evidence = evidence.expiring("2027-05-23".parse().unwrap()).unwrap();
        let [from, to] = ["2026-01-01", "2026-10-31"].map(|day| day.parse().unwrap());
        evidence = evidence.with_period(Period::new(from, to).unwrap());
    }
    for step in 0..number % 4 {
        let subcategory = Subcategory::ALL[(number * 7 + step) % 72];
        let polarity = [Polarity::Contradicts, Polarity::Supports][step % 2];
        evidence = evidence.bearing_on(subcategory, polarity);
    }
    evidence
}

fn target(subcategories: usize) -> Profile<Target> {
    let goals = Subcategory::ALL.into_iter().take(subcategories).enumerate();
    let goals = goals.map(|(number, subcategory)| {
        let mut goal = Goal::new("measured", Priority::ALL[number % 3]).unwrap();
        if number.is_multiple_of(2) {
            goal = goal
                .due("2027-06-30".parse().unwrap())
                .because(text(number));
        }
        (subcategory, goal)
    });
    Profile::new(RatingScale::maturity(), goals).unwrap()
}

pub(crate) fn assessment(size: Size) -> Assessment {
    let bom = BomRef::new(nasty(1), 3, digest(2)).unwrap();
    let subject = Subject::new(nasty(size.evidence))
        .unwrap()
        .with_version(nasty(size.risks))
        .unwrap()
        .with_scope(nasty(size.subcategories))
        .unwrap()
        .with_owner(party(7))
        .with_digest(digest(1))
        .with_bom(bom.made("2026-11-01T00:00:00Z".parse().unwrap()));
    let at = "2026-11-23T10:00:00.125Z".parse().unwrap();
    let mut builder = Assessment::builder(subject, party(size.evidence), at)
        .scale(RatingScale::maturity())
        .independence(Independence::External)
        .target(target(size.subcategories + 2));
    let ids: Vec<_> = (0..size.evidence)
        .map(|number| format!("E-{number}").parse::<EvidenceId>().unwrap())
        .collect();
    let assessed = Subcategory::ALL.into_iter().take(size.subcategories);
    for (number, subcategory) in assessed.enumerate() {
        if number % 6 == 5 {
            builder = builder.not_applicable(subcategory, text(number));
            continue;
        }
        let level = ["absent", "ad-hoc", "defined", "measured", "improving"][number % 5];
        let mut rated = Rated::new(level, nasty(number)).unwrap();
        if number.is_multiple_of(2) {
            rated = rated.with_confidence(Confidence::ALL[number % 3]);
            rated = rated.with_outcome(text(number + 3));
        }
        let cited = ids.iter().skip(number).step_by(72);
        rated = cited.fold(rated, |rated, id| rated.citing(id.clone()));
        builder = builder.rate(subcategory, rated);
    }
    for (number, id) in ids.into_iter().enumerate() {
        builder = builder.evidence(id, evidence(number));
    }
    builder.build().unwrap()
}

fn acceptance(number: usize) -> Acceptance {
    let [on, expires] = match number % 3 {
        0 => ["2026-11-01", "2027-03-31"],
        1 => ["2025-11-01", "2026-03-31"],
        _ => ["2027-01-01", "2027-03-31"],
    };
    let [on, expires] = [on, expires].map(|day| day.parse().unwrap());
    let acceptance = Acceptance::new(party(number), on, nasty(number), expires).unwrap();
    if !number.is_multiple_of(5) {
        return acceptance;
    }
    let revocation = Revocation::new(party(number + 1), on, nasty(number + 1)).unwrap();
    acceptance.revoke(revocation).unwrap()
}

fn plan(number: usize) -> ActionPlan {
    let states = [
        ActionState::Planned,
        ActionState::InProgress,
        ActionState::Completed {
            on: "2026-11-02".parse().unwrap(),
        },
        ActionState::Cancelled {
            on: "2026-11-03".parse().unwrap(),
            reason: text(number),
        },
    ];
    let actions = states.into_iter().zip(0..).map(|(state, at)| {
        let id = format!("A-{number}.{at}").parse().unwrap();
        let action = ActionItem::new(id, nasty(number + at)).unwrap();
        let action = action.with_state(state);
        match (number + at) % 3 {
            0 => action,
            1 => action.with_owner(party(number)),
            _ => action
                .with_owner(party(at))
                .with_due("2027-01-31".parse().unwrap())
                .counted_in_residual(),
        }
    });
    ActionPlan::new(actions).unwrap()
}

fn treatment(number: usize) -> Treatment {
    match number % 6 {
        0 => Treatment::Mitigate {
            actions: plan(number),
            remainder: number.is_multiple_of(12).then(|| acceptance(number)),
        },
        1 => Treatment::Accept(acceptance(number)),
        2 => Treatment::Avoid {
            decision: text(number),
        },
        3 => Treatment::Transfer {
            to: party(number),
            instrument: text(number),
            remainder: number.is_multiple_of(2).then(|| acceptance(number)),
        },
        4 => Treatment::Pursue {
            actions: plan(number),
        },
        _ => Treatment::Undecided,
    }
}

fn risk(number: usize) -> Risk {
    let statement =
        RiskStatement::new(nasty(number), nasty(number + 1), nasty(number + 2)).unwrap();
    let rating = |likelihood: &str, impact: &str| {
        RiskRating::new(likelihood.parse().unwrap(), impact.parse().unwrap())
    };
    let id = format!("R-{number}").parse().unwrap();
    let at = "2026-10-01T08:00:00Z".parse().unwrap();
    let current = rating("likely", "major");
    let treatment = treatment(number);
    let builder = match treatment {
        Treatment::Pursue { .. } => Risk::opportunity(id, statement, current, at),
        _ => Risk::threat(id, statement, current, at),
    };
    let status = match number % 4 {
        0 if treatment.is_decided() => RiskStatus::Treating,
        1 => RiskStatus::Monitoring,
        2 if number.is_multiple_of(5) => RiskStatus::Closed {
            on: "2026-11-10".parse().unwrap(),
            reason: text(number),
        },
        _ => RiskStatus::Open,
    };
    let mut builder = builder
        .treatment(treatment)
        .status(status)
        .subcategory(Subcategory::ALL[number * 5 % 72])
        .subcategory(Subcategory::ALL[(number * 5 + 1) % 72])
        .asset(AssetRef::Named(text(number)))
        .asset(AssetRef::Digest(digest(number)));
    if number.is_multiple_of(2) {
        let package = PackageUrl::new("pkg:huggingface/acme/base@abc").unwrap();
        let component = ComponentRef::new(
            "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
            nasty(number),
        )
        .unwrap();
        builder = builder
            .inherent(rating("almost-certain", "major"))
            .residual(rating("unlikely", "major"))
            .owner(party(number))
            .review_by("2027-02-23".parse().unwrap())
            .asset(AssetRef::Package(package))
            .asset(AssetRef::Component(component))
            .technique("AML.T0020".parse().unwrap())
            .incident(text(number))
            .taxonomy("LLM04:2026".parse().unwrap());
    }
    builder.build().unwrap()
}

pub(crate) fn register(size: Size) -> RiskRegister {
    let matrix = RiskMatrix::five_by_five();
    RiskRegister::builder(text(size.risks), party(size.risks), matrix)
        .risks((0..size.risks).map(risk))
        .build()
        .unwrap()
}

/// Makes a crosswalk with every relation and status, ids of every level and names for ids.
pub(crate) fn crosswalk() -> Crosswalk {
    let provenance = Provenance::new("\u{2014} \"Ada\" <ada>", "2026-11-26".parse().unwrap())
        .unwrap()
        .with_license("MIT OR *other*")
        .unwrap();
    let sources = ["GOVERN 1.6", "GOVERN 1", "MEASURE", "PROTECT 1.1", "gv-1.1"];
    let rows = Relation::ALL.into_iter().cycle().zip(0..30_usize);
    let rows = rows.map(|(relation, number)| {
        let target = format!("{number} <x>\u{a0}\u{2003}\"y\"");
        let row = NewRow::new(sources[number % 5], target, relation);
        let status = Status::ALL[number % 5];
        row.with_status(status).with_note("*a* note \u{202e}1")
    });
    let source = FrameworkRef::ai_rmf_1_0();
    let target = FrameworkRef::new("x-1", "A \"framework\" <1>").unwrap();
    Crosswalk::new(source, target, provenance, rows).unwrap()
}
