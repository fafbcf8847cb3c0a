//! The document that is exported, and a ledger of what became of each of its leaves.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::pointer::Place;
use crate::spdx3::{Loss, LossReason};

/// Notes which leaves of the input went into the output, and why others did not.
///
/// Whatever nobody asked for is lost by itself, so a member that this crate has never heard of
/// cannot vanish unnoticed.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    carried: RefCell<BTreeSet<String>>,
    reasons: RefCell<BTreeMap<String, LossReason>>,
}

impl Ledger {
    pub(super) const fn root<'a>(&'a self, value: &'a Value) -> Node<'a> {
        Node {
            pointer: String::new(),
            value,
            ledger: self,
        }
    }

    /// Draws up the balance: each leaf of `value` was carried or stands under a loss.
    pub(super) fn settle(self, value: &Value) -> (BTreeSet<String>, Vec<Loss>) {
        let mut settlement = Settlement {
            carried: self.carried.into_inner(),
            reasons: self.reasons.into_inner(),
            losses: Vec::new(),
        };
        if let Fate::Lost(reason) = settlement.fate(value, "", LossReason::NoPlace) {
            settlement.losses.push(Loss::new(String::new(), reason));
        }
        settlement.losses.sort();
        (settlement.carried, settlement.losses)
    }
}

/// One value of the input with its place.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pointer: String,
    value: &'a Value,
    ledger: &'a Ledger,
}

impl<'a> Node<'a> {
    pub(super) fn pointer(&self) -> &str {
        &self.pointer
    }

    pub(super) const fn value(&self) -> &'a Value {
        self.value
    }

    pub(super) fn get(&self, member: &str) -> Option<Self> {
        let value = self.value.as_object()?.get(member)?;
        Some(self.child(Place::ROOT.member(member), value))
    }

    /// Follows one member after the other.
    pub(super) fn at(&self, members: &[&str]) -> Option<Self> {
        let mut members = members.iter();
        let first = self.get(members.next()?)?;
        members.try_fold(first, |node, member| node.get(member))
    }

    pub(super) fn items(&self) -> Vec<Self> {
        let items = self.value.as_array().map_or(&[][..], Vec::as_slice);
        let item = |(index, value): (usize, &'a Value)| self.child(Place::ROOT.index(index), value);
        items.iter().enumerate().map(item).collect()
    }

    /// The items of a member that is a list.
    pub(super) fn list(&self, member: &str) -> Vec<Self> {
        self.get(member).map_or_else(Vec::new, |list| list.items())
    }

    /// The text of this value, unless it is empty; nothing is noted.
    pub(super) fn text(&self) -> Option<&'a str> {
        self.value.as_str().filter(|text| !text.trim().is_empty())
    }

    /// The text of a member; nothing is noted.
    pub(super) fn peek(&self, member: &str) -> Option<&'a str> {
        self.get(member)?.text()
    }

    /// The text of this value, which the caller carries over.
    pub(super) fn take_text(&self) -> Option<&'a str> {
        let text = self.text();
        match text {
            Some(_) => self.carry(),
            None => self.lose(LossReason::Malformed),
        }
        text
    }

    /// The text of a member, which the caller carries over.
    pub(super) fn take(&self, member: &str) -> Option<&'a str> {
        self.get(member)?.take_text()
    }

    /// The texts of a member that is a list, which the caller carries over.
    pub(super) fn take_list(&self, member: &str) -> Vec<&'a str> {
        let items = self.list(member);
        items.iter().filter_map(Self::take_text).collect()
    }

    /// Notes that this leaf went into the output.
    pub(super) fn carry(&self) {
        self.ledger
            .carried
            .borrow_mut()
            .insert(self.pointer.clone());
    }

    /// Notes why this value, or a part of it, did not go into the output.
    pub(super) fn lose(&self, reason: LossReason) {
        self.ledger
            .reasons
            .borrow_mut()
            .insert(self.pointer.clone(), reason);
    }

    /// Notes that this leaf went into the output after all, whatever was noted before.
    pub(super) fn keep(&self) {
        self.ledger.reasons.borrow_mut().remove(&self.pointer);
        self.carry();
    }

    fn child(&self, step: Place<'_>, value: &'a Value) -> Self {
        Self {
            pointer: format!("{}{step}", self.pointer),
            value,
            ledger: self.ledger,
        }
    }
}

/// What became of a value.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Fate {
    /// It is an empty list or object, which says nothing.
    Empty,
    /// All of it is lost for one reason, and its parent names the loss.
    Lost(LossReason),
    /// A part of it was carried, or its losses are named already.
    Settled,
}

struct Settlement {
    carried: BTreeSet<String>,
    reasons: BTreeMap<String, LossReason>,
    losses: Vec<Loss>,
}

impl Settlement {
    /// Recurs as deep as the input nests, which was checked before.
    fn fate(&mut self, value: &Value, pointer: &str, inherited: LossReason) -> Fate {
        let own = self.reasons.get(pointer).copied();
        let reason = own.unwrap_or(inherited);
        let children: Vec<(String, &Value)> = match value {
            Value::Array(items) => {
                let item = |(index, item)| (format!("{pointer}/{index}"), item);
                items.iter().enumerate().map(item).collect()
            }
            Value::Object(members) => {
                let member = |(name, value): (&String, _)| {
                    let step = Place::ROOT.member(name);
                    (format!("{pointer}{step}"), value)
                };
                members.iter().map(member).collect()
            }
            _ => return self.leaf(pointer, own, reason),
        };
        self.branch(children, reason)
    }

    fn leaf(&mut self, pointer: &str, own: Option<LossReason>, reason: LossReason) -> Fate {
        if !self.carried.contains(pointer) {
            return Fate::Lost(reason);
        }
        // What is noted on a carried leaf itself was lost of it on the way.
        let partial = own.map(|reason| Loss::new(pointer.to_owned(), reason));
        self.losses.extend(partial);
        Fate::Settled
    }

    fn branch(&mut self, children: Vec<(String, &Value)>, reason: LossReason) -> Fate {
        let mut fates = Vec::with_capacity(children.len());
        for (pointer, value) in children {
            let fate = self.fate(value, &pointer, reason);
            if fate != Fate::Empty {
                fates.push((pointer, fate));
            }
        }
        let Some((_, first)) = fates.first() else {
            return Fate::Empty;
        };
        let first = *first;
        if first != Fate::Settled && fates.iter().all(|(_, fate)| *fate == first) {
            return first;
        }
        for (pointer, fate) in fates {
            if let Fate::Lost(reason) = fate {
                self.losses.push(Loss::new(pointer, reason));
            }
        }
        Fate::Settled
    }
}
