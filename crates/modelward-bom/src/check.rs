//! Judges a document by the shapes: one walk that lists every deviation with its place.

use std::collections::BTreeSet;

use modelward_artifact::Finding;
use serde_json::{Map, Value};

use crate::pointer::Place;
use crate::shape::{Kind, Shape, Wire as _, Word, is_integer};
use crate::{MlBom, SpecVersion};

/// How many deviations are listed: a document with more is told no better by all of them.
const MAX_FINDINGS: usize = 1000;

/// Lists what keeps a value from being of a kind.
///
/// `version` is the one that members and words are judged by; without it only what no version
/// allows is listed.
pub(crate) fn check(value: &Value, kind: Kind, version: Option<SpecVersion>) -> Vec<Finding> {
    let mut checker = Checker {
        version,
        findings: Vec::new(),
    };
    checker.value(value, kind, &Place::ROOT);
    checker.findings
}

/// Lists what keeps a document from being of its own version, item by item.
pub(crate) fn check_document(bom: &MlBom) -> Vec<Finding> {
    let mut checker = Checker {
        version: Some(bom.spec_version()),
        findings: Vec::new(),
    };
    checker.value(&bom.frame().to_value(), MlBom::KIND, &Place::ROOT);
    for list in MlBom::lists() {
        let at = Place::ROOT.member(list.name);
        let mut once = Once::default();
        for (index, item) in bom.items(list.name).enumerate() {
            let place = at.index(index);
            checker.value(&item, list.item, &place);
            if list.unique && !once.is_first(&item) {
                checker.twice(&place);
            }
        }
    }
    checker.findings
}

/// Tells which items of a list stood there before.
#[derive(Debug, Default)]
pub(crate) struct Once(BTreeSet<String>);

impl Once {
    pub(crate) fn is_first(&mut self, item: &Value) -> bool {
        self.0.insert(item.to_string())
    }
}

struct Checker {
    version: Option<SpecVersion>,
    findings: Vec<Finding>,
}

impl Checker {
    fn value(&mut self, value: &Value, kind: Kind, at: &Place<'_>) {
        match (kind.of(value), value) {
            (Kind::Any, _) | (Kind::Flag, Value::Bool(_)) => {}
            (Kind::Text(rule), Value::String(text)) => {
                if !(rule.holds)(text) {
                    self.wrong(at, rule.expected);
                }
            }
            (Kind::Words(words), Value::String(word)) => self.word(word, words, at),
            (Kind::Integer { least }, Value::Number(number)) => {
                if !is_integer(number, least) {
                    self.wrong(at, "an integer that is not too small");
                }
            }
            (Kind::Number { range }, Value::Number(number)) => {
                let outside = |(least, most)| {
                    !number
                        .as_f64()
                        .is_some_and(|number| (least..=most).contains(&number))
                };
                if range.is_some_and(outside) {
                    self.wrong(at, "a number from 0 to 1");
                }
            }
            (
                Kind::List {
                    item,
                    unique,
                    least,
                },
                Value::Array(items),
            ) => {
                self.list(items, *item, at);
                if unique && self.version.is_some() {
                    self.unique(items, at);
                }
                if items.len() < least {
                    self.wrong(at, "a list that is not empty");
                }
            }
            (Kind::Object(shape), Value::Object(members)) => self.object(members, shape(), at),
            (kind, _) => self.wrong(at, kind.expected()),
        }
    }

    fn list(&mut self, items: &[Value], item: Kind, at: &Place<'_>) {
        for (index, value) in items.iter().enumerate() {
            self.value(value, item, &at.index(index));
        }
        let before_1_7 = self
            .version
            .is_some_and(|version| version < SpecVersion::V1_7);
        if before_1_7 && is_license_choice(item) && mixes_licenses(items) {
            let message = "licenses are several licenses or one expression before CycloneDX 1.7";
            self.note("bom.schema.newer", at, message.to_owned());
        }
    }

    fn word(&mut self, word: &str, words: &[Word], at: &Place<'_>) {
        let Some(known) = words.iter().find(|known| known.name == word) else {
            let names: Vec<&str> = words.iter().map(|word| word.name).collect();
            let shown = names.get(..12).unwrap_or(&names).join(", ");
            let more = if names.len() > 12 { ", .." } else { "" };
            let message =
                format!("`{word}` is not a word that stands here, expected {shown}{more}");
            return self.note("bom.schema.word", at, message);
        };
        self.newer(known.since, at, word);
    }

    fn object(&mut self, members: &Map<String, Value>, shape: &'static Shape, at: &Place<'_>) {
        for (name, value) in members {
            let place = at.member(name);
            let Some(member) = shape.member(name) else {
                if self.version.is_some() && !shape.open {
                    let message = format!("`{}` has no member `{name}`", shape.name);
                    self.note("bom.schema.unknown_member", &place, message);
                }
                continue;
            };
            self.newer(member.since, &place, name);
            self.value(value, member.kind, &place);
        }
        for member in shape.members {
            if member.required && !members.contains_key(member.name) {
                let message = format!("`{}` lacks `{}`", shape.name, member.name);
                self.note("bom.schema.missing", at, message);
            }
        }
        if self.version.is_some() {
            self.groups(members, shape, at);
            self.special(members, shape, at);
        }
    }

    fn groups(&mut self, members: &Map<String, Value>, shape: &Shape, at: &Place<'_>) {
        let count = |group: &[&str]| {
            group
                .iter()
                .filter(|name| members.contains_key(**name))
                .count()
        };
        let exactly = shape.exactly_one.iter().map(|group| (group, 1, 1));
        let at_most = shape.at_most_one.iter().map(|group| (group, 0, 1));
        let at_least = shape
            .at_least_one
            .iter()
            .map(|group| (group, 1, usize::MAX));
        for (group, least, most) in exactly.chain(at_most).chain(at_least) {
            let found = count(group);
            if !(least..=most).contains(&found) {
                let names = group.join(", ");
                let message = format!("`{}` has {found} of {names}, expected one", shape.name);
                self.note("bom.schema.exclusive", at, message);
            }
        }
    }

    /// Two rules of the schema that no table holds.
    fn special(&mut self, members: &Map<String, Value>, shape: &Shape, at: &Place<'_>) {
        let identity = members.get("identity");
        let before_1_6 = self
            .version
            .is_some_and(|version| version < SpecVersion::V1_6);
        if shape.name == "componentEvidence" && before_1_6 && identity.is_some_and(Value::is_array)
        {
            let place = at.member("identity");
            let message = "a list of identities is of CycloneDX 1.6".to_owned();
            self.note("bom.schema.newer", &place, message);
        }
        let external = members.get("isExternal") == Some(&Value::Bool(true));
        if shape.name == "component" && !external && members.contains_key("versionRange") {
            let message = "a component that is not external has no range of versions".to_owned();
            self.note("bom.schema.exclusive", at, message);
        }
    }

    fn unique(&mut self, items: &[Value], at: &Place<'_>) {
        let mut once = Once::default();
        for (index, item) in items.iter().enumerate() {
            if !once.is_first(item) {
                self.twice(&at.index(index));
            }
        }
    }

    fn twice(&mut self, at: &Place<'_>) {
        let message = "the item stands twice in its list".to_owned();
        self.note("bom.schema.duplicate_item", at, message);
    }

    fn newer(&mut self, since: SpecVersion, at: &Place<'_>, name: &str) {
        if self.version.is_some_and(|version| version < since) {
            let message = format!("`{name}` is of CycloneDX {since}");
            self.note("bom.schema.newer", at, message);
        }
    }

    fn wrong(&mut self, at: &Place<'_>, expected: &str) {
        self.note("bom.schema.form", at, format!("expected {expected}"));
    }

    fn note(&mut self, code: &'static str, at: &Place<'_>, message: String) {
        if self.findings.len() < MAX_FINDINGS {
            self.findings
                .push(Finding::new(code, message).about(format!("#{at}")));
        }
    }
}

pub(crate) fn is_license_choice(item: Kind) -> bool {
    matches!(item, Kind::Object(shape) if shape().name == "licenseChoice")
}

/// Before 1.7 a list holds licenses, or one expression and nothing else.
pub(crate) fn mixes_licenses(items: &[Value]) -> bool {
    items.len() > 1 && items.iter().any(|item| item.get("expression").is_some())
}
