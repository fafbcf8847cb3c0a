//! Documents for people of incidents whose every text tries to be markup.

use std::collections::BTreeSet;

use modelward_artifact::JsonLimits;
use modelward_incident::export::Export;
use modelward_incident::export::markdown::{self, Duties, ReportStage};
use modelward_incident::{Incident, Released, ReportingRules, Tlp, WorkingCalendar};
use proptest::prelude::{ProptestConfig, proptest};
use serde_json::Value;

use super::generator::{Draw, context, draws, event, marked, minute};
use super::released::canaries;
use super::{begun, id, live};
use crate::markdown::read;

const HOSTILE: &str = "# h | a\r## b\n- [l](http://x.y) ![i](u) <script>x</script> <!-- `c` **b** \
    __u__ ~~s~~ $m$ [^1] [[w]] x^2^ &amp; \u{202e}rev\u{200b} | --- |\n```\n1. one\n    code\n> q\n\
    ===\n[l]: http://x.y\n| a |\n|---|\n\\";

/// Puts what tries to be markup before and after each text.
fn poison(value: &mut Value) {
    match value {
        Value::Object(members) => members.iter_mut().for_each(|(name, value)| match value {
            // It has no line breaks.
            Value::String(text) if name == "bom-ref" => *text = format!("# | <b> `x` {text} |"),
            value => poison(value),
        }),
        Value::Array(items) => items.iter_mut().for_each(poison),
        Value::String(text) if text.starts_with("canary") => {
            *text = format!("{HOSTILE}{text}{HOSTILE}");
        }
        _ => {}
    }
}

fn poisoned(incident: &Incident) -> Incident {
    let mut record: Value = serde_json::from_slice(&incident.to_json().unwrap()).unwrap();
    poison(&mut record);
    let bytes = serde_json::to_vec(&record).unwrap();
    Incident::from_json(&bytes, &JsonLimits::default()).unwrap()
}

fn documents(released: &Released) -> [Export<String>; 5] {
    let calendar = WorkingCalendar::utc();
    let duties = Duties::new(ReportingRules::built_in(), &calendar, minute(9000));
    let near = std::slice::from_ref(released);
    [
        markdown::record(released, Some(duties)),
        markdown::regulator(released, ReportStage::Initial, None, &[]),
        markdown::regulator(released, ReportStage::Final, None, near),
        markdown::review(released, minute(9000)),
        markdown::sharing(released),
    ]
}

fn check(incident: &Incident) {
    let headings = |it: &Export<String>| read(it.document()).headings;
    let plain = incident.release(Tlp::Red).unwrap();
    let plain = documents(&plain).map(|it| headings(&it));
    let poisoned = poisoned(incident);
    for level in Tlp::ALL {
        let Ok(released) = poisoned.release(level) else {
            continue;
        };
        let record = String::from_utf8(released.incident().to_json().unwrap()).unwrap();
        let told = canaries(&record);
        for (export, known) in documents(&released).iter().zip(&plain) {
            let document = export.document();
            assert!(canaries(document).is_subset(&told), "{level}");
            let found = read(document);
            // Hostile texts add no heading; what is withheld may take one away.
            assert!(
                found.headings.iter().all(|it| known.contains(it)),
                "{:?}",
                found.headings
            );
            assert!(
                found.titles[0].contains("<script>x</script>"),
                "{:?}",
                found.titles
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn texts_of_a_record_add_no_markup_to_a_document(draws in draws(30)) {
        check(&live(&draws, |_, _| ()));
    }
}

/// Draws each kind once, in an order in which most can happen.
fn once_each() -> Incident {
    const ORDER: [usize; 41] = [
        21, 22, 23, 24, 25, 26, 27, 0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 14, 15, 16, 19, 20, 18, 28,
        29, 30, 31, 32, 33, 34, 35, 36, 43, 43, 43, 43, 38, 39, 40, 41,
    ];
    let draw = |kind| Draw {
        kind,
        picks: [1, 9, 1, 8, 1],
        later: 0,
        actor: u8::from(matches!(kind, 33)),
        tlp: 0,
        marks: vec![],
    };
    let (first, at) = begun(&draw(0));
    let mut incident = Incident::open(id(), first, &at).unwrap();
    for (serial, kind) in (1..).zip(ORDER) {
        let draw = draw(kind);
        let at = context(&draw, serial, incident.last_change());
        let kind = event(&draw, serial, &incident, at.now());
        let name = kind.name();
        if let Err(error) = incident.record(marked(kind, &draw), &at) {
            panic!("{name}: {error}");
        }
    }
    incident
}

#[test]
fn the_record_in_words_has_every_text_but_those_that_it_says_it_has_not() {
    let incident = once_each();
    let released = incident.release(Tlp::Red).unwrap();
    let record = String::from_utf8(incident.to_json().unwrap()).unwrap();
    let export = &documents(&released)[0];
    let missing: BTreeSet<_> = canaries(&record)
        .difference(&canaries(export.document()))
        .cloned()
        .collect();
    let partial: BTreeSet<_> = incident
        .detections()
        .iter()
        .flat_map(|it| canaries(std::str::from_utf8(&it.to_json().unwrap()).unwrap()))
        .collect();
    assert_eq!(missing, partial);
    let lost: Vec<_> = export.lost().map(|loss| loss.field.as_str()).collect();
    assert_eq!(lost, ["detections/0", "timeline"]);
}
