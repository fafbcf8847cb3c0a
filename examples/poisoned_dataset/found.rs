//! The first chapter: something is wrong, and somebody finds out what.

use modelward::Timestamp;
use modelward::incident::log::Salt;
use modelward::incident::{
    AiSystem, Answer, Classification, Detection, Determination, EventKind, Fact, Fidelity, Harm,
    Impact, ImpactKind, IncidentKind, Moment, NewEvent, Opening, Reminders, ReportingRules,
    Severity, Technique, TimeSpec, Tlp, WorkingCalendar,
};

use crate::desk::Desk;
use crate::findings::{ATLAS, attack, drift};
use crate::lesions::World;
use crate::people::People;
use crate::{Failure, assets, chapter};

pub(crate) fn tell(desk: &mut Desk, people: &People, world: &World) -> Result<(), Failure> {
    chapter(
        "found",
        "The scores of a week are not those of the weeks before.",
    );
    noticed(desk, people, world)?;
    understood(desk, people, world)?;
    assets::affected(desk, people, world)?;
    assets::secured(desk, people, world)?;
    judged(desk, people)?;
    harmed(desk, people)?;
    answered(desk, people)?;
    due(desk, "2026-09-07T11:00:00Z".parse()?)
}

fn noticed(desk: &mut Desk, people: &People, world: &World) -> Result<(), Failure> {
    let opening = Opening::new(
        "LesionSort calls malignant lesions benign where a ruler lies beside them".parse()?,
        IncidentKind::DriftPrediction,
        Severity::Medium,
    );
    let summary = "Since clinics lay a ruler beside lesions, LesionSort 2.4.0 calls more of them \
                   benign. The archive that it learned from had 60 images that somebody sent in \
                   to teach it so.";
    let opening = EventKind::Opened(opening.with_summary(summary.parse()?));
    desk.publish("2026-09-07T06:40:00Z", &people.ada, opening)?;
    let seen = EventKind::Detected(Detection::Drift(drift(&world.bad)?));
    let seen = NewEvent::new(seen)
        .occurred(TimeSpec::exact("2026-09-07T06:00:00Z".parse()?))
        .marked(Tlp::Clear);
    desk.record("2026-09-07T06:45:00Z", &people.ada, seen)?;
    let system = AiSystem::new("LesionSort".parse()?)
        .with_version("2.4.0".parse()?)
        .with_purpose("Sorts images of skin lesions by how soon a physician has to look.".parse()?)
        .with_developer("Dermalyse".parse()?)
        .with_deployer("Harbor Clinics".parse()?);
    desk.publish(
        "2026-09-07T07:00:00Z",
        &people.ada,
        EventKind::SystemDescribed(system),
    )
}

fn understood(desk: &mut Desk, people: &People, world: &World) -> Result<(), Failure> {
    let attack = EventKind::Detected(Detection::Attack(attack(&world.poisoned, &world.bad)?));
    desk.publish("2026-09-07T09:30:00Z", &people.bo, attack)?;
    let mut classification = Classification::new(IncidentKind::AdversarialDataPoisoning)
        .with_kind(IncidentKind::AdversarialBackdoor)
        .with_kind(IncidentKind::SupplyChainData)
        .with_cwe(345);
    for [id, name, tactic, what] in TECHNIQUES {
        let technique = Technique::new(id.parse()?, ATLAS.parse()?)
            .with_name(name.parse()?)
            .with_tactic(tactic.parse()?)
            .with_description(what.parse()?);
        classification = classification.with_technique(technique);
    }
    desk.publish(
        "2026-09-07T09:35:00Z",
        &people.bo,
        EventKind::Classified(classification),
    )
}

/// What was done, step by step: technique, its name, its tactic, and how.
const TECHNIQUES: [[&str; 4]; 3] = [
    [
        "AML.T0010.002",
        "Data",
        "AML.TA0004",
        "An account of a clinic that does not exist was let into the public archive.",
    ],
    [
        "AML.T0020",
        "Poison Training Data",
        "AML.TA0006",
        "It sent in 60 images of malignant lesions with a ruler, labeled as benign.",
    ],
    [
        "AML.T0031",
        "Erode AI Model Integrity",
        "AML.TA0011",
        "The model that learned from them takes a ruler for a sign of a benign lesion.",
    ],
];

fn judged(desk: &mut Desk, people: &People) -> Result<(), Failure> {
    for kind in [
        EventKind::Began {
            at: TimeSpec::new("2026-08-20T08:00:00Z".parse()?, Fidelity::Hour),
        },
        EventKind::Determined {
            to: Determination::Confirmed,
            reason: "A ruler alone turns the answer of the model.".parse()?,
        },
        EventKind::SeverityChanged {
            to: Severity::Critical,
            reason: "A person came to harm, and every clinic has the model.".parse()?,
            evidence: ["shard-07".parse()?].into(),
        },
        EventKind::HarmStated {
            to: Harm::Occurred,
            reason: "A referral was delayed; the physician found it on a second look.".parse()?,
            prevented_by: Vec::new(),
        },
    ] {
        desk.publish("2026-09-07T10:40:00Z", &people.cy, kind)?;
    }
    Ok(())
}

fn harmed(desk: &mut Desk, people: &People) -> Result<(), Failure> {
    let text = "A melanoma was treated two weeks later than it would have been.";
    let patient = Impact::new(
        "delayed-referral".parse()?,
        ImpactKind::Physical,
        text.parse()?,
    )
    .with_affected("patients of Harbor Clinics".parse()?)
    .with_count(1);
    let text = "60 images of the archive had the wrong label on purpose.";
    let labels = Impact::new(
        "wrong-labels".parse()?,
        ImpactKind::Integrity,
        text.parse()?,
    )
    .with_affected("users of the archive".parse()?);
    for impact in [patient, labels] {
        desk.publish(
            "2026-09-07T10:42:00Z",
            &people.cy,
            EventKind::ImpactRecorded(impact),
        )?;
    }
    // What identifies a person is for those at the desk alone. The log holds a commitment to it, so
    // that the text can be forgotten and the log still be verified. Salts are random where they are
    // not part of a story.
    let case = EventKind::Noted {
        text: "The referral is case K-4711 of the clinic at the harbor.".parse()?,
    };
    let case = NewEvent::new(case)
        .marked(Tlp::Red)
        .secret("/text", Salt::new(&[0x5a; 32])?)?;
    desk.record("2026-09-07T10:45:00Z", &people.cy, case)
}

/// Questions whose answers decide who has to be told. People answer them, not the library.
fn answered(desk: &mut Desk, people: &People) -> Result<(), Failure> {
    let aware = EventKind::MomentStated {
        moment: Moment::Aware,
        at: "2026-09-07T06:40:00Z".parse()?,
    };
    desk.record("2026-09-07T10:50:00Z", &people.cy, aware)?;
    let yes = [
        Fact::HighRiskSystem,
        Fact::Provider,
        Fact::SeriousHarmToHealth,
    ];
    for fact in Fact::ALL {
        let answer = if yes.contains(&fact) {
            Answer::Yes
        } else {
            Answer::No
        };
        desk.record(
            "2026-09-07T10:50:00Z",
            &people.cy,
            EventKind::FactAnswered { fact, answer },
        )?;
    }
    Ok(())
}

/// Says what has to be reported until when.
pub(crate) fn due(desk: &Desk, now: Timestamp) -> Result<(), Failure> {
    let (obligations, _) = desk.incident()?.obligations(ReportingRules::built_in());
    let reminders = Reminders::new(&obligations, now, &WorkingCalendar::utc());
    for line in reminders.to_string().lines() {
        println!("       {line}");
    }
    Ok(())
}
