//! Reads members one by one and lists everything that is wrong with them.

use modelward_artifact::JsonLimits;
use modelward_artifact::json;
use serde_json::{Map, Value};

use super::fault::{AiidError, AiidFault, AiidFaultKind};
use super::time::AiidTime;

/// The longest address in bytes.
const MAX_ADDRESS: usize = 4096;

/// How many names a list may have.
const MAX_NAMES: usize = 1000;

/// Reads the JSON of a document and hands it to `read`, which lists its faults.
pub(super) fn document<T>(
    bytes: &[u8],
    limits: &JsonLimits,
    read: impl FnOnce(Place<'_>, Value) -> Option<T>,
) -> Result<T, AiidError> {
    let value = json::read(bytes, limits).map_err(|source| AiidError::Json { source })?;
    checked("", value, read)
}

/// Hands a value to `read` and makes an error of the faults that it lists.
pub(super) fn checked<T>(
    at: &str,
    value: Value,
    read: impl FnOnce(Place<'_>, Value) -> Option<T>,
) -> Result<T, AiidError> {
    let mut faults = Vec::new();
    let place = Place {
        at,
        faults: &mut faults,
    };
    match read(place, value) {
        Some(document) if faults.is_empty() => Ok(document),
        _ => Err(AiidError::Faults { faults }),
    }
}

/// Where a value stands, and where to list what is wrong with it.
pub(super) struct Place<'a> {
    at: &'a str,
    faults: &'a mut Vec<AiidFault>,
}

impl Place<'_> {
    pub(super) fn refuse<T>(self, kind: AiidFaultKind) -> Option<T> {
        self.faults.push(AiidFault::new(self.at, kind));
        None
    }

    /// Lends the place, so that more can be listed after a reader had it.
    pub(super) const fn again(&mut self) -> Place<'_> {
        Place {
            at: self.at,
            faults: self.faults,
        }
    }

    /// Hands an item of the value to `read`.
    pub(super) fn inside<T>(
        &mut self,
        name: &str,
        value: Value,
        read: impl FnOnce(Place<'_>, Value) -> Option<T>,
    ) -> Option<T> {
        let at = format!("{}/{name}", self.at);
        let place = Place {
            at: &at,
            faults: self.faults,
        };
        read(place, value)
    }

    /// Lists a fault of a member and goes on.
    pub(super) fn list(&mut self, name: &str, kind: AiidFaultKind) {
        let at = format!("{}/{name}", self.at);
        self.faults.push(AiidFault::new(&at, kind));
    }
}

/// The members of an object; those that are not asked for remain.
pub(super) struct Members<'a> {
    place: Place<'a>,
    map: Map<String, Value>,
}

impl<'a> Members<'a> {
    pub(super) fn of(place: Place<'a>, value: Value) -> Option<Self> {
        match value {
            Value::Object(map) => Some(Self { place, map }),
            _ => place.refuse(AiidFaultKind::Shape {
                expected: "an object",
            }),
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.map.contains_key(name)
    }

    /// Takes a member that has to be there.
    pub(super) fn required<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(Place<'_>, Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.map.remove(name).filter(|value| !value.is_null());
        let Some(value) = value else {
            self.place.list(name, AiidFaultKind::Missing);
            return None;
        };
        self.place.inside(name, value, read)
    }

    /// Takes a member that may be missing; one that is null says nothing and remains.
    pub(super) fn optional<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(Place<'_>, Value) -> Option<T>,
    ) -> Option<T> {
        if self.map.get(name).is_none_or(Value::is_null) {
            return None;
        }
        let value = self.map.remove(name)?;
        self.place.inside(name, value, read)
    }

    /// Tells whether a fault of a member, or of what is inside it, is listed.
    pub(super) fn has_fault(&self, name: &str) -> bool {
        let at = format!("{}/{name}", self.place.at);
        let faults = self.place.faults.iter();
        faults
            .filter_map(|fault| fault.pointer().strip_prefix(&*at))
            .any(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Lists a fault of a member.
    pub(super) fn list(&mut self, name: &str, kind: AiidFaultKind) {
        self.place.list(name, kind);
    }

    pub(super) fn rest(self) -> Map<String, Value> {
        self.map
    }
}

/// Bounds the length of a text in UTF-16 units.
#[derive(Clone, Copy)]
pub(super) struct Span {
    min: usize,
    max: usize,
}

impl Span {
    pub(super) const fn new(min: usize, max: usize) -> Self {
        Self { min, max }
    }

    /// Reads a text of such a length.
    pub(super) fn text(self, place: Place<'_>, value: Value) -> Option<Box<str>> {
        let Value::String(text) = value else {
            return place.refuse(AiidFaultKind::Shape { expected: "a text" });
        };
        match self.fault(&text) {
            Some(kind) => place.refuse(kind),
            None => Some(text.into_boxed_str()),
        }
    }

    fn fault(self, text: &str) -> Option<AiidFaultKind> {
        let Self { min, max } = self;
        let found = text.encode_utf16().count();
        let sound = (min..=max).contains(&found);
        (!sound).then_some(AiidFaultKind::Length { found, min, max })
    }
}

/// Reads a list of at most `limit` items.
pub(super) fn items<T>(
    mut place: Place<'_>,
    value: Value,
    limit: usize,
    read: impl Fn(Place<'_>, Value) -> Option<T>,
) -> Option<Vec<T>> {
    let Value::Array(items) = value else {
        return place.refuse(AiidFaultKind::Shape { expected: "a list" });
    };
    let found = items.len();
    if found > limit {
        return place.refuse(AiidFaultKind::TooMany { found, limit });
    }
    let read = items
        .into_iter()
        .enumerate()
        // Every item is read, so that each fault is listed.
        .map(|(index, item)| place.inside(&index.to_string(), item, &read))
        .collect::<Vec<_>>();
    read.into_iter().collect()
}

/// Reads a number from 1 on, such as that of an incident.
#[expect(clippy::needless_pass_by_value, reason = "a reader like the others")]
pub(super) fn number(place: Place<'_>, value: Value) -> Option<u64> {
    match value.as_u64() {
        Some(number) if number > 0 => Some(number),
        _ => place.refuse(AiidFaultKind::Shape {
            expected: "a whole number from 1 on",
        }),
    }
}

/// Reads yes or no.
#[expect(clippy::needless_pass_by_value, reason = "a reader like the others")]
pub(super) fn answer(place: Place<'_>, value: Value) -> Option<bool> {
    match value {
        Value::Bool(answer) => Some(answer),
        _ => place.refuse(AiidFaultKind::Shape {
            expected: "true or false",
        }),
    }
}

/// Reads a day.
#[expect(clippy::needless_pass_by_value, reason = "a reader like the others")]
pub(super) fn day(place: Place<'_>, value: Value) -> Option<AiidTime> {
    let parsed = value.as_str().and_then(|text| text.parse().ok());
    match parsed.filter(AiidTime::is_day) {
        Some(time) => Some(time),
        None => place.refuse(AiidFaultKind::Date),
    }
}

/// Reads a day or an instant.
#[expect(clippy::needless_pass_by_value, reason = "a reader like the others")]
pub(super) fn time(place: Place<'_>, value: Value) -> Option<AiidTime> {
    match value.as_str().and_then(|text| text.parse().ok()) {
        Some(time) => Some(time),
        None => place.refuse(AiidFaultKind::Date),
    }
}

/// Reads an address of the web.
pub(super) fn address(place: Place<'_>, value: Value) -> Option<Box<str>> {
    match value {
        Value::String(text) if host(&text).is_some() => Some(text.into_boxed_str()),
        Value::String(_) => place.refuse(AiidFaultKind::Address),
        _ => place.refuse(AiidFaultKind::Shape { expected: "a text" }),
    }
}

/// Returns the host of an address of the web.
pub(super) fn host(text: &str) -> Option<&str> {
    if text.len() > MAX_ADDRESS {
        return None;
    }
    let iri = fluent_uri::Iri::parse(text).ok()?;
    let scheme = iri.scheme().as_str();
    let web = ["http", "https"]
        .iter()
        .any(|it| it.eq_ignore_ascii_case(scheme));
    let host = iri.authority().filter(|_| web)?.host();
    (!host.is_empty()).then_some(host)
}

/// Writes a member where there is one.
pub(super) fn put(map: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        map.insert(name.to_owned(), value);
    }
}

/// Reads names, up to 1,000.
pub(super) fn names(place: Place<'_>, value: Value, span: Span) -> Option<Vec<Box<str>>> {
    items(place, value, MAX_NAMES, |at, it| span.text(at, it))
}
