use std::error::Error as _;

use modelward_rmf::{
    Amendment, Basis, Change, Link, Revision, RiskRegister, RiskStatement, RiskStatus, Treatment,
};
use serde_json::json;

use crate::register::{mitigate, read, register, sample};
use crate::risk::{rating, threat};
use crate::treatment::{ada, at, day};

const NOON: &str = "2026-11-26T12:00:00Z";

fn revise(register: &RiskRegister, id: &str, amendment: Amendment) -> RiskRegister {
    let revision = Revision::new(ada(), at(NOON), amendment);
    register.revise(&id.parse().unwrap(), revision).unwrap()
}

fn incident(id: &str) -> Link {
    Link::Incident(id.parse().unwrap())
}

#[test]
fn each_amendment_is_recorded_with_what_was_before() {
    let other = RiskStatement::new("a", "b", "c").unwrap();
    let low = rating("rare", "minor");
    let plain = json!({"cause": "Data is not checked.", "event": "Data is poisoned.",
        "consequence": "Outputs are wrong."});
    let cases = [
        (
            Amendment::Link(incident("INC-8")),
            json!({"kind": "linked", "link": {"incident": "INC-8"}}),
        ),
        (
            Amendment::Unlink(incident("INC-7")),
            json!({"kind": "unlinked", "link": {"incident": "INC-7"}}),
        ),
        (
            Amendment::Note("Reviewed.".parse().unwrap()),
            json!({"kind": "noted", "text": "Reviewed."}),
        ),
        (
            Amendment::Owner(None),
            json!({"kind": "owner", "from": "Ada Example"}),
        ),
        (
            Amendment::Rating(Basis::Current, Some(low.clone())),
            json!({"kind": "rating", "basis": "current",
                "from": {"likelihood": "likely", "impact": "major"},
                "to": {"likelihood": "rare", "impact": "minor"}}),
        ),
        (
            Amendment::Rating(Basis::Residual, None),
            json!({"kind": "rating", "basis": "residual",
                "from": {"likelihood": "unlikely", "impact": "moderate"}}),
        ),
        (
            Amendment::Rating(Basis::Inherent, Some(low)),
            json!({"kind": "rating", "basis": "inherent",
                "from": {"likelihood": "almost-certain", "impact": "severe"},
                "to": {"likelihood": "rare", "impact": "minor"}}),
        ),
        (
            Amendment::Review(Some(day("2027-06-01"))),
            json!({"kind": "review", "from": "2026-12-01", "to": "2027-06-01"}),
        ),
        (
            Amendment::Statement(other),
            json!({"kind": "statement", "from": plain,
                "to": {"cause": "a", "event": "b", "consequence": "c"}}),
        ),
        (
            Amendment::Status(RiskStatus::Monitoring),
            json!({"kind": "status", "from": "treating", "to": "monitoring"}),
        ),
        (
            Amendment::Treatment(Treatment::Avoid {
                decision: "Dropped.".parse().unwrap(),
            }),
            json!({"kind": "treatment",
                "from": serde_json::to_value(mitigate(&["A-1", "A-2"])).unwrap(),
                "to": {"kind": "avoid", "decision": "Dropped."}}),
        ),
    ];
    let id = "R-1".parse().unwrap();
    for (amendment, change) in cases {
        let revised = revise(&sample(), "R-1", amendment);
        let history = revised.risk(&id).unwrap().history();
        assert_eq!(history.len(), 1);
        assert_eq!(serde_json::to_value(history[0].change()).unwrap(), change);
        assert_eq!((history[0].by(), history[0].at()), (&ada(), at(NOON)));
        let document = serde_json::to_value(&revised).unwrap();
        assert_eq!(read(&document).unwrap(), revised, "{change}");
        assert_ne!(revised.digest(), sample().digest());
    }
}

#[test]
fn a_note_says_why() {
    let note = "The vendor left the market.";
    let revision = Revision::new(ada(), at(NOON), Amendment::Owner(None));
    let revision = revision.with_note(note.parse().unwrap());
    let id = "R-1".parse().unwrap();
    let revised = sample().revise(&id, revision).unwrap();
    let entry = &revised.risk(&id).unwrap().history()[0];
    assert_eq!(entry.note().map(modelward_rmf::Text::as_str), Some(note));
    assert_eq!(entry.change().what(), "owner");
    assert!(matches!(
        entry.change(),
        Change::Owner {
            from: Some(_),
            to: None
        }
    ));
}

#[test]
fn revisions_that_change_nothing_or_contradict_are_refused() {
    let other = || Treatment::Avoid {
        decision: "Dropped.".parse().unwrap(),
    };
    let cases = [
        (
            Amendment::Owner(Some(ada())),
            "owner is the same before and after",
        ),
        (
            Amendment::Status(RiskStatus::Treating),
            "status is the same before and after",
        ),
        (
            Amendment::Review(Some(day("2026-12-01"))),
            "review is the same before and after",
        ),
        (
            Amendment::Rating(Basis::Current, Some(rating("likely", "major"))),
            "current rating is the same before and after",
        ),
        (
            Amendment::Rating(Basis::Current, None),
            "current rating cannot be removed",
        ),
        (
            Amendment::Treatment(mitigate(&["A-2", "A-1"])),
            "treatment is the same before and after",
        ),
        (
            Amendment::Treatment(Treatment::Undecided),
            "risk is being treated, but its treatment is undecided",
        ),
        (
            Amendment::Link(incident("INC-7")),
            "incident `INC-7` stands twice",
        ),
        (
            Amendment::Unlink(incident("INC-8")),
            "risk has no incident `INC-8`",
        ),
    ];
    let id = "R-1".parse().unwrap();
    for (amendment, message) in cases {
        let revision = Revision::new(ada(), at(NOON), amendment);
        let error = sample().revise(&id, revision).unwrap_err();
        assert_eq!(error.code(), "rmf.register.revision");
        assert_eq!(error.to_string(), "risk `R-1` cannot be revised so");
        assert_eq!(error.source().unwrap().to_string(), message);
    }
    let unknown = Revision::new(ada(), at(NOON), Amendment::Treatment(other()));
    let error = sample()
        .revise(&"R-9".parse().unwrap(), unknown)
        .unwrap_err();
    assert_eq!(error.code(), "rmf.register.unknown_risk");
    assert_eq!(error.to_string(), "register has no risk `R-9`");
}

#[test]
fn a_revision_is_checked_against_the_register() {
    let both = register([
        threat("R-1").treatment(mitigate(&["A-1"])).build().unwrap(),
        threat("R-2").build().unwrap(),
    ]);
    let revise = |amendment| {
        let revision = Revision::new(ada(), at(NOON), amendment);
        both.as_ref()
            .unwrap()
            .revise(&"R-2".parse().unwrap(), revision)
    };
    let error = revise(Amendment::Treatment(mitigate(&["A-1"]))).unwrap_err();
    assert_eq!(error.code(), "rmf.register.action_twice");
    let always = rating("always", "major");
    let error = revise(Amendment::Rating(Basis::Residual, Some(always))).unwrap_err();
    assert_eq!(error.code(), "rmf.register.likelihood");
}

#[test]
fn a_revision_is_not_earlier_than_the_last() {
    let revised = revise(&sample(), "R-1", Amendment::Owner(None));
    let note = Amendment::Note("Reviewed.".parse().unwrap());
    let id = "R-1".parse().unwrap();
    let same_instant = Revision::new(ada(), at(NOON), note.clone());
    assert!(revised.revise(&id, same_instant).is_ok());
    let earlier = Revision::new(ada(), at("2026-11-26T11:59:59Z"), note.clone());
    let error = revised.revise(&id, earlier).unwrap_err();
    assert_eq!(
        error.source().unwrap().to_string(),
        "entry 2 of the history is of 2026-11-26T11:59:59Z, expected 2026-11-26T12:00:00Z or later"
    );
    let before_the_risk = Revision::new(ada(), at("2026-11-20T09:59:59Z"), note);
    let error = sample().revise(&id, before_the_risk).unwrap_err();
    assert_eq!(
        error.source().unwrap().to_string(),
        "entry 1 of the history is of 2026-11-20T09:59:59Z, expected 2026-11-20T10:00:00Z or later"
    );
}

#[test]
fn what_was_changed_without_an_entry_is_found() {
    let register = revise(&sample(), "R-1", Amendment::Review(Some(day("2027-01-01"))));
    let register = revise(&register, "R-1", Amendment::Owner(None));
    let register = revise(&register, "R-1", Amendment::Review(Some(day("2027-06-01"))));
    let register = revise(&register, "R-1", Amendment::Link(incident("INC-8")));
    let risk = |pointer: &str| format!("/risks/R-1{pointer}");
    let cases = [
        (
            "/reviewBy",
            json!("2027-07-01"),
            "entry 3 of the history does not lead to the review that follows",
        ),
        (
            "/owner",
            json!("Bob Example"),
            "entry 2 of the history does not lead to the owner that follows",
        ),
        (
            "/incidents",
            json!(["INC-7"]),
            "entry 4 of the history does not lead to the incident that follows",
        ),
        (
            "/history/2/change/from",
            json!("2027-02-01"),
            "entry 1 of the history does not lead to the review that follows",
        ),
    ];
    for (pointer, value, message) in cases {
        let mut document = serde_json::to_value(&register).unwrap();
        let pointer = risk(pointer);
        let (parent, member) = pointer.rsplit_once('/').unwrap();
        document.pointer_mut(parent).unwrap()[member] = value;
        let error = read(&document).unwrap_err();
        assert_eq!(error.source().unwrap().to_string(), message);
    }
    let mut document = serde_json::to_value(&register).unwrap();
    document["risks"]["R-1"]["current"] = json!({"likelihood": "rare", "impact": "minor"});
    assert!(read(&document).is_ok(), "no entry speaks of the rating");
}
