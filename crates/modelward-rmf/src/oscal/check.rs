use std::collections::BTreeMap;

use modelward_artifact::{Finding, Timestamp};
use serde_json::Value;

use crate::oscal::OscalModel;
use crate::oscal::check::allowed::{allowed, is_reference_of, list_of};
use crate::oscal::text::line;

mod allowed;

/// Lists what an OSCAL document says that its JSON schema does not check, in the order of the
/// document; nothing where all is well.
///
/// The subject of a finding is the JSON pointer of the place. Codes:
///
/// - `rmf.oscal_check.root`: the document is none of the four models that are written here.
/// - `rmf.oscal_check.uuid`: a UUID is not of version 4 or 5; `.uuid_twice`: two things have one.
/// - `rmf.oscal_check.reference`: a UUID, a role or a `#` address leads nowhere; `.kind`: it leads to
///   something of another kind.
/// - `rmf.oscal_check.value`: a word is not one that OSCAL has at its place.
/// - `rmf.oscal_check.time`: a time is not a date and a time with an offset that OSCAL has.
/// - `rmf.oscal_check.token` and `.line`: an id, name or value is not of its data type.
/// - `rmf.oscal_check.empty`: a list is empty. `rmf.oscal_check.id_twice`: two parts of a catalog
///   have one id.
///
/// Whoever validates by the schema first needs no more than these.
#[must_use]
pub fn check(document: &Value) -> Vec<Finding> {
    let known = OscalModel::ALL.map(OscalModel::name);
    let root = document.as_object().filter(|root| root.len() == 1);
    let root = root.and_then(|root| root.iter().next());
    let Some((model, content)) = root.filter(|(model, _)| known.contains(&model.as_str())) else {
        let message = format!("expected one member, one of {}", known.join(", "));
        return vec![Finding::new("rmf.oscal_check.root", message)];
    };
    let mut seen = Seen::default();
    let path = format!("/{model}");
    seen.collect(content, "", &path);
    let mut checker = Checker {
        seen,
        findings: Vec::new(),
    };
    checker.repeated();
    let place = Place {
        list: "",
        key: model,
        path,
    };
    checker.visit(content, &place);
    checker.findings
}

/// What is defined in a document.
#[derive(Default)]
struct Seen<'a> {
    /// The list that holds the thing with a UUID, such as `risks`.
    things: BTreeMap<&'a str, &'a str>,
    roles: BTreeMap<&'a str, ()>,
    ids: BTreeMap<&'a str, ()>,
    /// Place, code and text of what is defined again.
    again: Vec<(String, &'static str, &'a str)>,
}

impl<'a> Seen<'a> {
    fn collect(&mut self, value: &'a Value, list: &'a str, path: &str) {
        match value {
            Value::Array(items) => {
                for (item, at) in items.iter().zip(0..) {
                    self.collect(item, list, &format!("{path}/{at}"));
                }
            }
            Value::Object(members) => {
                if let Some(uuid) = members.get("uuid").and_then(Value::as_str)
                    && self.things.insert(uuid, list).is_some()
                {
                    let place = format!("{path}/uuid");
                    self.again.push((place, "rmf.oscal_check.uuid_twice", uuid));
                }
                if let Some(id) = members.get("id").and_then(Value::as_str) {
                    let place = format!("{path}/id");
                    self.identify(id, list, place);
                }
                for (key, value) in members {
                    self.collect(value, key, &format!("{path}/{key}"));
                }
            }
            _ => {}
        }
    }

    fn identify(&mut self, id: &'a str, list: &str, place: String) {
        match list {
            "roles" => {
                self.roles.insert(id, ());
            }
            "controls" | "groups" | "parts" if self.ids.insert(id, ()).is_some() => {
                self.again.push((place, "rmf.oscal_check.id_twice", id));
            }
            _ => {}
        }
    }
}

/// A place in the document.
struct Place<'a> {
    /// The list or object that holds the object, such as `observations`.
    list: &'a str,
    /// The member of the object, such as `methods`.
    key: &'a str,
    path: String,
}

struct Checker<'a> {
    seen: Seen<'a>,
    findings: Vec<Finding>,
}

impl Checker<'_> {
    fn find(&mut self, code: &'static str, place: &Place<'_>, message: String) {
        let finding = Finding::new(code, message).about(place.path.clone());
        self.findings.push(finding);
    }

    fn repeated(&mut self) {
        for (place, code, text) in std::mem::take(&mut self.seen.again) {
            let message = format!("`{text}` stands for two things");
            self.findings.push(Finding::new(code, message).about(place));
        }
    }

    fn visit(&mut self, value: &Value, place: &Place<'_>) {
        match value {
            Value::Array(items) => {
                if items.is_empty() {
                    let message = "list is empty".to_owned();
                    self.find("rmf.oscal_check.empty", place, message);
                }
                for (item, at) in items.iter().zip(0..) {
                    let path = format!("{}/{at}", place.path);
                    self.visit(item, &Place { path, ..*place });
                }
            }
            Value::Object(members) => {
                // Props that OSCAL defines are looked at as a whole.
                let foreign = members.contains_key("ns");
                for (key, value) in members {
                    let path = format!("{}/{key}", place.path);
                    let place = Place {
                        list: place.key,
                        key,
                        path,
                    };
                    self.visit(value, &place);
                }
                if place.key == "props" && !foreign {
                    self.prop(members.get("name"), members.get("value"), place);
                }
            }
            Value::String(text) => self.text(text, place),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, place: &Place<'_>) {
        match place.key {
            "uuid" => self.uuid(text, place),
            "href" => self.href(text, place),
            "role-id" if !self.seen.roles.contains_key(text) => {
                let message = format!("no role is called `{text}`");
                self.find("rmf.oscal_check.reference", place, message);
            }
            "collected" | "date" | "deadline" | "end" | "expires" | "last-modified"
            | "published" | "start"
                if !is_time(text) =>
            {
                let message = format!("`{text}` is no time that OSCAL has");
                self.find("rmf.oscal_check.time", place, message);
            }
            "class" | "control-id" | "id" | "name" | "statement-ids" | "target-id"
                if is_token_at(place) && !is_token(text) =>
            {
                let message = format!("`{text}` is no token");
                self.find("rmf.oscal_check.token", place, message);
            }
            "value" | "version" if line(text) != text || text.is_empty() => {
                let message = "text is not one line without blanks around it".to_owned();
                self.find("rmf.oscal_check.line", place, message);
            }
            key if is_reference_of(key) => self.reference(text, place),
            key => {
                let words = allowed(place.list, key);
                if !words.is_empty() && !words.contains(&text) {
                    let message = format!("`{text}` is none of {}", words.join(", "));
                    self.find("rmf.oscal_check.value", place, message);
                }
            }
        }
    }

    fn uuid(&mut self, uuid: &str, place: &Place<'_>) {
        if !is_uuid(uuid) {
            let message = format!("`{uuid}` is no UUID of version 4 or 5");
            self.find("rmf.oscal_check.uuid", place, message);
        }
    }

    fn reference(&mut self, uuid: &str, place: &Place<'_>) {
        self.uuid(uuid, place);
        let Some(found) = self.seen.things.get(uuid).copied() else {
            let message = format!("`{uuid}` leads nowhere");
            return self.find("rmf.oscal_check.reference", place, message);
        };
        if list_of(place.key).is_some_and(|expected| expected != found) {
            let message = format!("`{uuid}` leads to one of `{found}`");
            self.find("rmf.oscal_check.kind", place, message);
        }
    }

    fn href(&mut self, href: &str, place: &Place<'_>) {
        let Some(uuid) = href.strip_prefix('#') else {
            return;
        };
        let message = match self.seen.things.get(uuid) {
            Some(&"resources") => return,
            Some(_) => (
                "rmf.oscal_check.kind",
                "leads to something else than a resource",
            ),
            None => ("rmf.oscal_check.reference", "leads nowhere"),
        };
        self.find(message.0, place, format!("`{href}` {}", message.1));
    }

    /// Checks a prop that has no namespace and is therefore OSCAL's.
    fn prop(&mut self, name: Option<&Value>, value: Option<&Value>, place: &Place<'_>) {
        let [Some(name), Some(value)] = [name, value].map(|it| it.and_then(Value::as_str)) else {
            return;
        };
        let words = allowed(place.list, &format!("prop {name}"));
        if !words.is_empty() && !words.contains(&value) {
            let message = format!("`{value}` is none of {}", words.join(", "));
            self.find("rmf.oscal_check.value", place, message);
        }
    }
}

/// Tells whether a member is a token where it stands: names of parties are none, nor ids of systems.
fn is_token_at(place: &Place<'_>) -> bool {
    match place.key {
        "id" => matches!(place.list, "controls" | "groups" | "parts" | "roles"),
        "name" => matches!(place.list, "facets" | "parts" | "props"),
        _ => true,
    }
}

/// Tells whether a text is a token: a letter or `_`, then letters, digits, `.`, `-` and `_`.
fn is_token(text: &str) -> bool {
    let mut rest = text.chars();
    let first = rest.next().is_some_and(|c| c.is_alphabetic() || c == '_');
    first && rest.all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

fn is_uuid(text: &str) -> bool {
    let hyphens = [8, 13, 18, 23];
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            14 => matches!(byte, b'4' | b'5'),
            19 => b"89ABab".contains(&byte),
            _ if hyphens.contains(&at) => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Tells whether a text is of OSCAL's data type date-time-with-timezone, from 1970 on.
fn is_time(text: &str) -> bool {
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    let Some((_, time)) = text.split_once('T') else {
        return false;
    };
    let zone = match time.find(['Z', '+', '-']) {
        None => return false,
        Some(at) => &time[at..],
    };
    text.starts_with(['1', '2'])
        && matches!(letters.as_str(), "T" | "TZ")
        && is_zone(zone)
        && text.parse::<Timestamp>().is_ok()
}

/// Tells whether an offset is one that OSCAL lists.
fn is_zone(zone: &str) -> bool {
    let Some((sign, offset)) = zone.split_at_checked(1) else {
        return false;
    };
    let Some((hours, minutes)) = offset.split_once(':') else {
        return zone == "Z";
    };
    let whole = minutes == "00" && hours.len() == 2;
    match (sign, hours.parse::<u8>()) {
        ("+", Ok(hours)) if whole => hours <= 14,
        ("-", Ok(hours)) if whole => hours <= 12,
        ("+", Ok(3..=6 | 9 | 10)) => minutes == "30" || (minutes == "45" && hours == "05"),
        ("+", Ok(8 | 12)) => minutes == "45",
        ("-", Ok(3 | 9)) => minutes == "30",
        _ => false,
    }
}
