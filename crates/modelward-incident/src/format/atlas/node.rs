use serde_json::{Map, Value};

/// A value whose members have an order.
pub(super) enum Node {
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
    Scalar(Value),
}

impl Node {
    pub(super) const fn map() -> Self {
        Self::Map(Vec::new())
    }

    /// Adds a member to a map.
    pub(super) fn put(&mut self, name: &str, value: impl Into<Self>) {
        if let Self::Map(members) = self {
            members.push((name.to_owned(), value.into()));
        }
    }

    pub(super) fn put_some(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    pub(super) fn put_all(&mut self, members: &Map<String, Value>) {
        for (name, value) in members {
            self.put(name, value);
        }
    }

    pub(super) fn into_value(self) -> Value {
        match self {
            Self::List(items) => items.into_iter().map(Self::into_value).collect(),
            Self::Map(members) => {
                let members = members.into_iter();
                let members = members.map(|(name, node)| (name, node.into_value()));
                Value::Object(members.collect())
            }
            Self::Scalar(value) => value,
        }
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Scalar(text.into())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Scalar(text.into())
    }
}

impl From<&Value> for Node {
    fn from(value: &Value) -> Self {
        match value {
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(members) => {
                let members = members.iter();
                let members = members.map(|(name, value)| (name.clone(), Self::from(value)));
                Self::Map(members.collect())
            }
            scalar => Self::Scalar(scalar.clone()),
        }
    }
}
