use serde_json::{Map, Value};

use super::fault::AiidFaultKind;
use super::members::{Members, Place, items};

/// A list of what a document points to, in the form in which it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Links<T> {
    items: Vec<T>,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    /// `{"link": [..]}`, as what is to be inserted has it.
    Linked,
    /// `[..]`
    List,
}

/// What a document points to, as a plain value or as an object that says more.
pub(super) trait Target: Sized {
    fn read(place: Place<'_>, value: Value) -> Option<Self>;
    fn write(&self) -> Value;
}

impl<T: Target> Links<T> {
    pub(super) fn read(mut place: Place<'_>, value: Value, limit: usize) -> Option<Self> {
        if value.is_array() {
            let items = items(place, value, limit, T::read)?;
            let form = Form::List;
            return Some(Self { items, form });
        }
        let Value::Object(mut map) = value else {
            return place.refuse(AiidFaultKind::Shape { expected: "a list" });
        };
        let linked = map.remove("link").filter(|_| map.is_empty());
        let Some(linked) = linked else {
            return place.refuse(AiidFaultKind::Shape {
                expected: "a list, or an object with `link` alone",
            });
        };
        let items = place.inside("link", linked, |place, value| {
            items(place, value, limit, T::read)
        })?;
        let form = Form::Linked;
        Some(Self { items, form })
    }

    pub(super) fn write(&self) -> Value {
        let items = Value::Array(self.items.iter().map(T::write).collect());
        match self.form {
            Form::Linked => Value::Object(Map::from_iter([("link".to_owned(), items)])),
            Form::List => items,
        }
    }
}

/// Returns what there is; a list that is missing has nothing.
pub(super) fn targets<T>(links: Option<&Links<T>>) -> &[T] {
    links.map_or(&[], |links| &links.items)
}

impl Target for u64 {
    fn read(place: Place<'_>, value: Value) -> Option<Self> {
        super::members::number(place, value)
    }

    fn write(&self) -> Value {
        Value::from(*self)
    }
}

/// Takes the member that names an object, and keeps the others.
pub(super) fn named<K>(
    place: Place<'_>,
    value: Value,
    member: &str,
    read: impl FnOnce(Place<'_>, Value) -> Option<K>,
) -> Option<(K, Map<String, Value>)> {
    let mut members = Members::of(place, value)?;
    let key = members.required(member, read)?;
    Some((key, members.rest()))
}
