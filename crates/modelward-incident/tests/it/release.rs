use modelward_artifact::{Digest, Party};
use modelward_incident::log::{Disclosures, IncidentLog, Salt};
use modelward_incident::{
    AffectedAsset, AssetKind, AssetOrigin, CompromiseWindow, Disclosure, EventKind, Incident,
    Incidents, NewEvent, Phase, TimeSpec, Tlp, Withheld, near_miss_patterns,
};

use crate::{by, note, opening, step, text, weights};

fn marked(event: impl Into<NewEvent>, tlp: Tlp) -> NewEvent {
    event.into().marked(tlp)
}

fn told_so_far() -> Incident {
    let opening = opening().with_summary(text("the summary names Acme"));
    let opening = marked(opening, Tlp::Clear)
        .field("/summary", Tlp::Red)
        .unwrap();
    let mut incident = Incident::open("INC-1".parse().unwrap(), opening, &by(0)).unwrap();
    let asset = EventKind::AssetRecorded(weights());
    incident.record(marked(asset, Tlp::Green), &by(1)).unwrap();
    incident
        .record(marked(step(Phase::Containment), Tlp::Clear), &by(2))
        .unwrap();
    let required = marked(note("a note of Jo"), Tlp::Clear)
        .field("/text", Tlp::Amber)
        .unwrap();
    incident.record(required, &by(3)).unwrap();
    incident
}

#[test]
fn a_release_has_what_is_marked_so_and_nothing_above() {
    let incident = told_so_far();
    let clear = incident.release(Tlp::Clear).unwrap();
    let told = clear.incident();
    assert_eq!(told.title(), incident.title());
    assert_eq!(
        (told.summary(), told.assets().len(), told.notes().len()),
        (None, 0, 0)
    );
    assert_eq!(told.phase(), Phase::Containment);
    assert!(told.is_partial());
    let left: Vec<_> = clear
        .withheld()
        .iter()
        .map(|Withheld { seq, field, .. }| (*seq, field.is_some()))
        .collect();
    assert_eq!(left, [(0, true), (1, false), (3, false)]);
    let record = String::from_utf8(told.to_json().unwrap()).unwrap();
    for secret in ["Acme", "acme/base", "a note of Jo"] {
        assert!(!record.contains(secret), "{secret}");
    }
    let read = Incident::from_json(
        record.as_bytes(),
        &modelward_artifact::JsonLimits::default(),
    );
    assert_eq!(&read.unwrap(), told);

    let red = incident.release(Tlp::Red).unwrap();
    assert_eq!(red.incident(), &incident);
    assert!(red.withheld().is_empty());
}

#[test]
fn an_incident_whose_opening_is_above_is_not_told() {
    let incident = crate::opened();
    let error = incident.release(Tlp::Green).unwrap_err();
    assert_eq!(error.code(), "incident.release.opening");
    assert_eq!(
        error.to_string(),
        "the opening of the incident is marked above TLP:GREEN"
    );
}

#[test]
fn what_is_kept_beside_the_log_comes_back_with_it_alone() {
    let mut log = IncidentLog::new();
    let mut incidents = Incidents::new();
    let id = "INC-1".parse().unwrap();
    incidents.record(&mut log, &id, opening(), &by(0)).unwrap();
    let salt = Salt::new(&[7; 16]).unwrap();
    let secret = NewEvent::new(note("the reporter is Jo"))
        .secret("/text", salt)
        .unwrap();
    let recorded = incidents.record(&mut log, &id, secret, &by(1)).unwrap();
    incidents
        .record(&mut log, &id, note("and so on"), &by(2))
        .unwrap();
    let lines = String::from_utf8(log.to_lines().unwrap()).unwrap();
    assert!(!lines.contains("reporter is Jo"));

    let mut beside = Disclosures::new();
    for value in recorded.secrets {
        beside.disclose(&recorded.entry, value).unwrap();
    }
    assert_eq!(Incidents::replay(&mut log, &beside).unwrap(), incidents);
    let without = Incidents::replay(&mut log, &Disclosures::new()).unwrap();
    let told = without.get(&id).unwrap();
    assert!(told.is_partial());
    assert_eq!(told.notes(), [text("and so on")]);
    assert_eq!(told.withheld().iter().copied().collect::<Vec<_>>(), [1]);
}

#[test]
fn near_misses_that_are_alike_are_found() {
    let near = |id: &str| {
        let mut incident = Incident::open(id.parse().unwrap(), opening(), &by(0)).unwrap();
        let harm = EventKind::HarmStated {
            to: modelward_incident::Harm::NearMiss,
            reason: text("the canary failed"),
            prevented_by: vec![text("canary")],
        };
        incident.record(harm, &by(1)).unwrap();
        incident
    };
    let incidents = [near("INC-1"), near("INC-2"), crate::opened()];
    let patterns = near_miss_patterns(&incidents, 2);
    assert_eq!(patterns.len(), 1);
    assert_eq!(patterns[0].incidents.len(), 2);
    assert_eq!(patterns[0].prevented_by, [text("canary")].into());
    assert!(near_miss_patterns(&incidents, 3).is_empty());
}

/// Without one item the others would go by other names, so a list is marked as a whole.
#[test]
fn an_item_of_a_list_cannot_be_marked() {
    let mut incident = crate::opened();
    for field in ["/refs/0", "/refs/00", "/refs/1", "/refs/0/purl/x"] {
        let asset = marked(EventKind::AssetRecorded(weights()), Tlp::Clear);
        let asset = asset.field(field, Tlp::Red).unwrap();
        let error = incident.record(asset, &by(1)).unwrap_err();
        assert!(error.to_string().contains("has no field"), "{error}");
    }
}

#[test]
fn a_mark_within_a_mark_and_a_second_release_hide_what_they_should() {
    let window = CompromiseWindow::new(
        TimeSpec::exact(by(0).now()),
        Some(TimeSpec::exact(by(1).now())),
    );
    let asset = EventKind::AssetRecorded(weights().with_window(window));
    let asset = marked(asset, Tlp::Clear);
    let labels = [
        ("/window", Tlp::Amber),
        ("/window/until", Tlp::Red),
        ("/refs", Tlp::Green),
    ];
    let asset = labels.into_iter().fold(asset, |event, (field, tlp)| {
        event.field(field, tlp).unwrap()
    });
    let opening = marked(opening(), Tlp::Clear);
    let mut incident = Incident::open("INC-1".parse().unwrap(), opening, &by(0)).unwrap();
    incident.record(asset, &by(1)).unwrap();
    let held = |incident: &Incident| {
        let asset = &incident.assets().values().next().unwrap();
        let until = asset.window.is_some_and(|window| window.until.is_some());
        (asset.window.is_some(), until, asset.refs.len())
    };
    let release = |incident: &Incident, level| incident.release(level).unwrap().incident().clone();
    assert_eq!(held(&release(&incident, Tlp::Red)), (true, true, 1));
    assert_eq!(
        held(&release(&incident, Tlp::AmberStrict)),
        (true, false, 1)
    );
    assert_eq!(held(&release(&incident, Tlp::Green)), (false, false, 1));
    assert_eq!(held(&release(&incident, Tlp::Clear)), (false, false, 0));
    // What was told up to one label is told on up to another.
    let strict = release(&incident, Tlp::AmberStrict);
    assert_eq!(held(&release(&strict, Tlp::Clear)), (false, false, 0));
    let green = release(&strict, Tlp::Green);
    assert_eq!(held(&green), (false, false, 1));
    assert_eq!(green.timeline(), release(&incident, Tlp::Green).timeline());
}

#[test]
fn an_item_of_a_list_cannot_be_kept_beside_the_log() {
    let mut log = IncidentLog::new();
    let mut incidents = Incidents::new();
    let id = "INC-1".parse().unwrap();
    incidents.record(&mut log, &id, opening(), &by(0)).unwrap();
    let asset = NewEvent::new(EventKind::AssetRecorded(weights()));
    let secret = asset
        .secret("/refs/0", Salt::new(&[7; 16]).unwrap())
        .unwrap();
    let error = incidents.record(&mut log, &id, secret, &by(1)).unwrap_err();
    assert_eq!(error.code(), "incident.event.field");
    assert_eq!(log.len(), 1);
}

#[test]
fn what_is_no_event_without_a_field_is_withheld_as_little_as_can_be() {
    let from = AssetOrigin::Propagated {
        from: "weights".parse().unwrap(),
        path: vec![text("fine-tuning")],
    };
    let adapter = AffectedAsset::new("lora".parse().unwrap(), AssetKind::Adapter, text("lora"));
    let recorded = EventKind::AssetRecorded(adapter.with_origin(from));
    let mut incident = told_so_far();
    let recorded = marked(recorded, Tlp::Green).field("/origin/from", Tlp::Red);
    incident.record(recorded.unwrap(), &by(4)).unwrap();
    let released = incident.release(Tlp::Green).unwrap();
    let told = &released.incident().assets()[&"lora".parse().unwrap()];
    assert_eq!(told.origin, None);
    let last = released.withheld().last().unwrap();
    assert_eq!(last.field.as_ref().unwrap().as_str(), "/origin");
}

#[test]
fn a_mark_stays_on_a_name_that_is_written_otherwise() {
    let jo = Party::new("Jo Example").unwrap();
    let jo = jo.with_role("the one who called").unwrap();
    let document = (text("csaf-2.0"), Digest::sha256(b"document"));
    let told = Disclosure::new(text("a customer"), Tlp::Green, document, jo);
    let told = marked(EventKind::Disclosed(told), Tlp::Clear);
    let told = told.field("/approvedBy/role", Tlp::Red).unwrap();
    let told = told.field("/approvedBy/name", Tlp::Amber).unwrap();
    let mut incident = told_so_far();
    incident.record(told, &by(4)).unwrap();
    let amber = incident.release(Tlp::Amber).unwrap();
    assert_eq!(amber.incident().disclosures().len(), 1);
    for released in [
        amber.incident().release(Tlp::Green),
        incident.release(Tlp::Green),
    ] {
        let record = released.unwrap().incident().to_json().unwrap();
        let record = String::from_utf8(record).unwrap();
        assert!(
            !record.contains("approvedBy") && !record.contains("called"),
            "{record}"
        );
    }
}
