use serde_json::{Map, Value};

use super::error::AtlasError;
use super::members::{Members, Placed};
use super::node::Node;

/// Names a source: a title, an address, or both.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reference {
    title: Option<Box<str>>,
    url: Option<Box<str>>,
    others: Map<String, Value>,
}

impl Reference {
    /// Names a source.
    #[must_use]
    pub fn new(title: Option<&str>, url: Option<&str>) -> Self {
        Self {
            title: title.map(Into::into),
            url: url.map(Into::into),
            others: Map::new(),
        }
    }

    /// Returns the title.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Returns the address as it was written, which need not be one.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// Returns the members that are not known here.
    #[must_use]
    pub const fn others(&self) -> &Map<String, Value> {
        &self.others
    }

    pub(super) fn read(placed: Placed) -> Result<Self, AtlasError> {
        let mut members = placed.object()?;
        Ok(Self {
            title: members.optional_text("title")?,
            url: members.optional_text("url")?,
            others: members.rest(),
        })
    }

    pub(super) fn read_all(members: &mut Members) -> Result<Vec<Self>, AtlasError> {
        let items = members.list("references")?.into_iter();
        items.map(Self::read).collect()
    }

    /// Returns the object; the official schemas want both members, if only as null.
    pub(super) fn object(&self) -> Node {
        let mut object = Node::map();
        object.put("title", &Value::from(self.title.as_deref()));
        object.put("url", &Value::from(self.url.as_deref()));
        object.put_all(&self.others);
        object
    }
}

/// Names the object of MITRE ATT&CK that an object of ATLAS was made from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AttackReference {
    id: Box<str>,
    url: Option<Box<str>>,
    others: Map<String, Value>,
}

impl AttackReference {
    /// Returns the id in ATT&CK, such as `TA0043`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the address as it was written.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// Returns the members that are not known here.
    #[must_use]
    pub const fn others(&self) -> &Map<String, Value> {
        &self.others
    }

    pub(super) fn take(members: &mut Members) -> Result<Option<Self>, AtlasError> {
        let Some(placed) = members.take_any(&["ATT&CK-reference", "attack-reference"]) else {
            return Ok(None);
        };
        let mut members = placed.object()?;
        Ok(Some(Self {
            id: members.text("id")?,
            url: members.optional_text("url")?,
            others: members.rest(),
        }))
    }
}
