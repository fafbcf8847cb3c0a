//! What a release holds, told from texts that each stand in one place.

use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::JsonLimits;
use modelward_incident::{Event, Incident, Released, Tlp};
use proptest::prelude::{ProptestConfig, proptest};
use serde_json::Value;

use super::generator::{data, draws};
use super::live;

/// Finds the texts that stand for what may be secret.
pub(super) fn canaries(text: &str) -> BTreeSet<String> {
    let starts = text.match_indices("canary").map(|(at, _)| &text[at..]);
    let found = starts.filter_map(|rest| rest.split_once('z'));
    found.map(|(canary, _)| canary.to_owned()).collect()
}

/// Says for each text how far it may be passed on.
fn labels(event: &Event) -> BTreeMap<String, Tlp> {
    let mut labels = BTreeMap::new();
    let role = event.actor().role().unwrap().as_str();
    labels.extend(canaries(role).into_iter().map(|it| (it, event.tlp())));
    descend(event, &data(event.kind()), "", &mut labels);
    labels
}

fn descend(event: &Event, value: &Value, at: &str, labels: &mut BTreeMap<String, Tlp>) {
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, value)| descend(event, value, &format!("{at}/{name}"), labels)),
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                descend(event, value, &format!("{at}/{index}"), labels);
            }
        }
        Value::String(text) => {
            let marks = event.fields().iter();
            let above =
                marks.filter(|(field, _)| format!("{at}/").starts_with(&format!("{field}/")));
            let label = above.map(|(_, tlp)| *tlp).max();
            let label = label.unwrap_or(event.tlp()).max(event.tlp());
            labels.extend(canaries(text).into_iter().map(|it| (it, label)));
        }
        _ => {}
    }
}

fn texts(released: &Released) -> String {
    let record = String::from_utf8(released.incident().to_json().unwrap()).unwrap();
    format!("{record}{released:?}")
}

fn check(incident: &Incident) {
    let labels: BTreeMap<_, _> = incident.timeline().iter().flat_map(labels).collect();
    let mut told_below = BTreeSet::new();
    let mut seqs_below = BTreeSet::new();
    for level in Tlp::ALL {
        let Ok(released) = incident.release(level) else {
            // Not even the opening may be told.
            let opening = &incident.timeline()[0];
            let marks = opening.fields().values().copied();
            assert!(marks.chain([opening.tlp()]).any(|tlp| tlp > level));
            continue;
        };
        let told = canaries(&texts(&released));
        for canary in &told {
            assert!(
                labels[canary] <= level,
                "{canary} is {} and told at {level}",
                labels[canary]
            );
        }
        assert!(told.is_superset(&told_below), "less is told at {level}");
        let seqs: BTreeSet<_> = released
            .incident()
            .timeline()
            .iter()
            .map(Event::seq)
            .collect();
        assert!(seqs.is_superset(&seqs_below));
        whole(incident, &released);
        further(incident, &released);
        (told_below, seqs_below) = (told, seqs);
    }
    let red = incident.release(Tlp::Red).unwrap();
    assert_eq!(red.incident(), incident);
    assert_eq!(told_below.len(), labels.len(), "a text is nowhere");
}

/// What is not there is listed, and the record of what is there can be read.
fn whole(incident: &Incident, released: &Released) {
    let told = released.incident();
    let left = released
        .withheld()
        .iter()
        .filter(|it| it.field.is_none())
        .count();
    assert_eq!(told.timeline().len() + left, incident.timeline().len());
    let read = Incident::from_json(&told.to_json().unwrap(), &JsonLimits::default()).unwrap();
    assert_eq!(&read, told);
}

/// What was told can be told further as the whole could.
fn further(incident: &Incident, released: &Released) {
    for level in Tlp::ALL
        .into_iter()
        .filter(|level| *level <= released.level())
    {
        let at_once = incident.release(level).ok();
        let in_turn = released.incident().release(level).ok();
        let record = |it: &Option<Released>| it.as_ref().map(|it| it.incident().clone());
        assert_eq!(record(&at_once), record(&in_turn), "{level}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_release_tells_what_its_label_allows(draws in draws(40)) {
        check(&live(&draws, |_, _| ()));
    }
}
