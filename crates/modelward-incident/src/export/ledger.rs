//! What became of every field of a record, in one vocabulary for all documents.

mod held;

use std::collections::BTreeMap;
use std::ops::Bound;

use super::{FieldLoss, LossStatus};
use crate::Released;

/// Why a field is not told of which nothing was said.
pub(super) const NO_PLACE: &str = "the format has no place for it";

/// Says what became of fields, where nothing closer was said: their name, how, and where or why not.
pub(super) type Told<'a> = (&'a str, LossStatus, &'a str);

/// Keeps what became of every field of a record that holds something, so that none is forgotten.
///
/// A field is one of the record as a whole (`severity`), a thing of a list (`links/0`) or a member of
/// one (`assets/weights/refs`). Names stand for several too: `assets` for all of every asset,
/// `assets/weights/*` for all of that one, and `assets/*/refs` for that member of each. A slug may have
/// slashes, so that `assets/eu` would not tell what is meant. What is said of a field that holds
/// nothing is of no account.
#[derive(Debug)]
pub(super) struct Ledger {
    rows: BTreeMap<String, Row>,
}

#[derive(Debug)]
struct Row {
    /// Where in the name of the field the list ends, and where the thing of it does.
    list: usize,
    thing: usize,
    said: Option<(LossStatus, String)>,
}

impl Ledger {
    /// Enters every field that holds something, and the label.
    pub(super) fn of(released: &Released) -> Self {
        let mut ledger = Self {
            rows: BTreeMap::new(),
        };
        held::enter(released, &mut ledger);
        ledger
    }

    /// States that fields are told whole, and where.
    pub(super) fn direct(&mut self, name: impl AsRef<str>, place: impl Into<String>) {
        self.say(name, LossStatus::Direct, place);
    }

    /// States that a part of fields is told.
    pub(super) fn partial(&mut self, name: impl AsRef<str>, note: impl Into<String>) {
        self.say(name, LossStatus::Partial, note);
    }

    /// States that something near to fields is told.
    pub(super) fn approximate(&mut self, name: impl AsRef<str>, note: impl Into<String>) {
        self.say(name, LossStatus::Approximate, note);
    }

    /// States that fields are not told, and why.
    pub(super) fn unmapped(&mut self, name: impl AsRef<str>, why: impl Into<String>) {
        self.say(name, LossStatus::Unmapped, why);
    }

    /// States what became of fields. Said twice, the better of both counts.
    pub(super) fn say(
        &mut self,
        name: impl AsRef<str>,
        status: LossStatus,
        note: impl Into<String>,
    ) {
        let note = note.into();
        for row in self.named(name.as_ref()) {
            let known = row.said.as_ref().map(|(known, _)| *known);
            if known.is_none_or(|known| status < known) {
                row.said = Some((status, note.clone()));
            }
        }
    }

    /// States what became of the fields of which nothing was said; the first that names a field counts.
    pub(super) fn rest(&mut self, told: &[Told<'_>]) {
        for (name, status, note) in told {
            for row in self.named(name) {
                row.said
                    .get_or_insert_with(|| (*status, (*note).to_owned()));
            }
        }
    }

    /// Returns what became of each field, in order of the fields; `absent` is why one is not told of
    /// which nothing was said.
    pub(super) fn into_losses(self, absent: &str) -> Vec<FieldLoss> {
        let rows = self.rows.into_iter();
        rows.map(|(field, row)| {
            let unsaid = || (LossStatus::Unmapped, absent.to_owned());
            let (status, note) = row.said.unwrap_or_else(unsaid);
            FieldLoss::new(field, status, note)
        })
        .collect()
    }

    fn enter(&mut self, list: &str, thing: &str, member: &str) {
        let mut field = list.to_owned();
        let list = field.len();
        push(&mut field, thing);
        let thing = field.len();
        push(&mut field, member);
        let said = None;
        self.rows.insert(field, Row { list, thing, said });
    }

    fn named<'a>(&'a mut self, name: &'a str) -> impl Iterator<Item = &'a mut Row> {
        let (head, member) = match name.split_once("/*") {
            Some((list, member)) => (list, Some(member)),
            None => (name, None),
        };
        let from = (Bound::Included(head), Bound::Unbounded);
        let rows = self.rows.range_mut::<str, _>(from);
        let rows = rows.take_while(move |(field, _)| field.starts_with(head));
        let rows = rows.filter(move |(field, row)| row.is_named(field, head, member));
        rows.map(|(_, row)| row)
    }
}

impl Row {
    /// Tells whether a name is that of the field or of what it stands below.
    fn is_named(&self, field: &str, head: &str, member: Option<&str>) -> bool {
        let (list, thing) = (&field[..self.list], &field[..self.thing]);
        match member {
            None => [list, field].contains(&head),
            Some("") => [list, thing].contains(&head),
            Some(member) => list == head && &field[self.thing..] == member,
        }
    }
}

fn push(field: &mut String, part: &str) {
    if !part.is_empty() {
        field.push('/');
        field.push_str(part);
    }
}
