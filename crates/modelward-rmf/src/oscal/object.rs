//! JSON objects that have neither empty lists nor members without a value.

use std::fmt;

use serde_json::{Map, Value};

use crate::oscal::text;

/// Makes one object.
#[derive(Debug, Default)]
pub(super) struct Object(Map<String, Value>);

impl Object {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn set(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    pub(super) fn maybe(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            None => self,
            Some(value) => self.set(name, value),
        }
    }

    /// Sets a list, unless it is empty: OSCAL has no empty ones.
    pub(super) fn list(self, name: &str, items: Vec<Value>) -> Self {
        if items.is_empty() {
            return self;
        }
        self.set(name, items)
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object.0)
    }
}

/// Collects the props of one object, most of them under our namespace.
#[derive(Debug)]
pub(super) struct Props<'a> {
    namespace: &'a str,
    props: Vec<Value>,
}

impl<'a> Props<'a> {
    pub(super) const fn new(namespace: &'a str) -> Self {
        Self {
            namespace,
            props: Vec::new(),
        }
    }

    /// Adds one of ours. Where a text is more than one line, the remarks have the whole of it.
    pub(super) fn add(self, name: &str, value: impl fmt::Display) -> Self {
        self.push(name, None, &value.to_string())
    }

    pub(super) fn maybe(self, name: &str, value: Option<impl fmt::Display>) -> Self {
        match value {
            None => self,
            Some(value) => self.add(name, value),
        }
    }

    pub(super) fn all<V: fmt::Display>(
        self,
        name: &str,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        values
            .into_iter()
            .fold(self, |props, value| props.add(name, value))
    }

    /// Adds one of ours with a class, which is a token.
    pub(super) fn class(self, name: &str, class: &str, value: impl fmt::Display) -> Self {
        self.push(name, Some(class), &value.to_string())
    }

    /// Adds one that OSCAL defines.
    pub(super) fn oscal(mut self, name: &str, value: &str) -> Self {
        let prop = Object::new().set("name", name).set("value", value);
        self.props.push(prop.into());
        self
    }

    pub(super) fn done(self) -> Vec<Value> {
        self.props
    }

    fn push(mut self, name: &str, class: Option<&str>, value: &str) -> Self {
        let line = text::line(value);
        let remarks = (line != value).then(|| text::prose(value));
        let prop = Object::new()
            .set("name", name)
            .set("ns", self.namespace)
            .set("value", line)
            .maybe("class", class)
            .maybe("remarks", remarks);
        self.props.push(prop.into());
        self
    }
}
