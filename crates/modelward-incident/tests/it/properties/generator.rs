//! Events of every kind from few numbers, so that a failing case shrinks to a short one.

mod events;

use std::time::Duration;

use modelward_artifact::{Party, Timestamp};
use modelward_incident::log::Context;
use modelward_incident::{EventKind, Fidelity, NewEvent, Opening, Severity, Text, TimeSpec, Tlp};
use proptest::prelude::{Strategy, any};
use serde_json::Value;

use self::events::KINDS_OF_INCIDENT;
pub(super) use self::events::event;

/// How many kinds of events there are.
pub(super) const KINDS: usize = 43;

/// Says which event comes next.
#[derive(Clone, Debug)]
pub(super) struct Draw {
    /// A kind below [`KINDS`]; from there on what the next phase lacks.
    pub(super) kind: usize,
    pub(super) picks: [u8; 5],
    /// Minutes after the last event; the odd high ones lie before it.
    pub(super) later: u8,
    pub(super) actor: u8,
    pub(super) tlp: u8,
    /// Which fields are marked, and how.
    pub(super) marks: Vec<(u8, u8)>,
}

pub(super) fn draws(most: usize) -> impl Strategy<Value = Vec<Draw>> {
    let marks = proptest::collection::vec(any::<(u8, u8)>(), 0..3);
    let parts = (
        0..KINDS * 2,
        any::<[u8; 5]>(),
        any::<u8>(),
        any::<u8>(),
        any::<u8>(),
        marks,
    );
    let draw = parts.prop_map(|(kind, picks, later, actor, tlp, marks)| Draw {
        kind,
        picks,
        later,
        actor,
        tlp,
        marks,
    });
    proptest::collection::vec(draw, 1..most)
}

/// Makes texts of which no two are the same and none is within another.
pub(super) struct Words {
    serial: usize,
    next: usize,
}

impl Words {
    pub(super) const fn new(serial: usize) -> Self {
        Self { serial, next: 0 }
    }

    fn text(&mut self) -> Text {
        self.next += 1;
        let text = format!("canary{}f{}z", self.serial, self.next);
        text.parse().unwrap()
    }

    fn party(&mut self, pick: u8) -> Party {
        let names = ["Jo Example", "Ada Example", "Kim Example"];
        let party = Party::new(names[usize::from(pick) % 3]).unwrap();
        party.with_role(self.text().as_str()).unwrap()
    }
}

pub(super) fn minute(minute: u64) -> Timestamp {
    let ten = Timestamp::from_unix_seconds(1_795_428_000).unwrap();
    ten.checked_add(Duration::from_secs(minute * 60)).unwrap()
}

/// Says when an event is recorded and by whom; now and then it would go back in time.
pub(super) fn context(draw: &Draw, serial: usize, last: Timestamp) -> Context {
    let back = draw.later > 240;
    let seconds = last.unix_seconds() + i64::from(draw.later % 8) * 60 - i64::from(back) * 600;
    let now = Timestamp::from_unix_seconds(seconds).unwrap();
    let mut words = Words { serial, next: 1000 };
    Context::new(now, words.party(draw.actor))
}

pub(super) fn opening(draw: &Draw) -> NewEvent {
    let mut words = Words::new(0);
    let kind = pick(&KINDS_OF_INCIDENT, draw.picks[0]);
    let severity = pick(&Severity::ALL, draw.picks[1]);
    let opening = Opening::new(words.text(), kind, severity).with_summary(words.text());
    marked(EventKind::Opened(opening), draw)
}

/// Labels an event and some of its fields.
pub(super) fn marked(kind: EventKind, draw: &Draw) -> NewEvent {
    let pointers = pointers(&kind);
    let event = NewEvent::new(kind).marked(pick(&Tlp::ALL, draw.tlp));
    let event = if draw.picks[4].is_multiple_of(3) {
        event.occurred(TimeSpec::new(minute(u64::from(draw.later)), Fidelity::Hour))
    } else {
        event
    };
    let marks = draw.marks.iter();
    marks.fold(event, |event, (field, tlp)| {
        let field = &pointers[usize::from(*field) % pointers.len()];
        event.field(field, pick(&Tlp::ALL, *tlp)).unwrap()
    })
}

pub(super) fn data(kind: &EventKind) -> Value {
    serde_json::to_value(kind).unwrap()["data"].take()
}

/// Lists every field that can be marked.
pub(super) fn pointers(kind: &EventKind) -> Vec<String> {
    let mut found = Vec::new();
    collect(&data(kind), "", &mut found);
    found
}

fn collect(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut visit = |name: &str, value: &Value, is_field: bool| {
        let at = format!("{at}/{name}");
        if at.parse::<modelward_incident::Pointer>().is_ok() && !name.contains('/') {
            found.extend(is_field.then(|| at.clone()));
            collect(value, &at, found);
        }
    };
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, value)| visit(name, value, true)),
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                // An item is no field, and what is within it may be.
                visit(&index.to_string(), value, false);
            }
        }
        _ => {}
    }
}

fn pick<T: Copy>(from: &[T], pick: u8) -> T {
    from[usize::from(pick) % from.len()]
}
