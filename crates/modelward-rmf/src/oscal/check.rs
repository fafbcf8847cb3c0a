use modelward_artifact::{Finding, Timestamp};
use serde_json::Value;

use crate::oscal::OscalModel;
use crate::oscal::check::allowed::{allowed, is_reference_of, list_of};
use crate::oscal::check::place::Place;
use crate::oscal::check::seen::Seen;
use crate::oscal::text::line;

mod allowed;
mod place;
mod seen;

/// Lists what an OSCAL document says that its JSON schema does not check, in the order of the
/// document; nothing where all is well.
///
/// The subject of a finding is the JSON pointer of the place. Codes:
///
/// - `rmf.oscal_check.root`: the document is none of the four models that are written here.
/// - `rmf.oscal_check.uuid`: a UUID is not of version 4 or 5. `rmf.oscal_check.uuid_twice`: two
///   things have one.
/// - `rmf.oscal_check.reference`: a UUID, a role or a `#` address leads nowhere.
///   `rmf.oscal_check.kind`: it leads to something of another kind.
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
    let place = Place::root(model);
    let mut seen = Seen::default();
    let mut findings = Vec::new();
    seen.collect(content, &place, &mut findings);
    let mut checker = Checker { seen, findings };
    checker.visit(content, &place);
    checker.findings
}

struct Checker<'a> {
    seen: Seen<'a>,
    findings: Vec<Finding>,
}

impl Checker<'_> {
    fn find(&mut self, code: &'static str, place: &Place<'_>, message: String) {
        let finding = Finding::new(code, message).about(place.pointer());
        self.findings.push(finding);
    }

    fn visit(&mut self, value: &Value, place: &Place<'_>) {
        match value {
            Value::Array(items) => {
                if items.is_empty() {
                    let message = "list is empty".to_owned();
                    self.find("rmf.oscal_check.empty", place, message);
                }
                for (item, at) in items.iter().zip(0..) {
                    self.visit(item, &place.item(at));
                }
            }
            Value::Object(members) => {
                // Props that OSCAL defines are looked at as a whole.
                let foreign = members.contains_key("ns");
                for (key, value) in members {
                    self.visit(value, &place.member(key));
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
            "role-id" if !self.seen.has_role(text) => {
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
        let Some(found) = self.seen.list_of(uuid) else {
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
        let message = match self.seen.list_of(uuid) {
            Some("resources") => return,
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
        let words = match name {
            "state" => allowed(place.list, "prop state"),
            "type" => allowed(place.list, "prop type"),
            _ => return,
        };
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
