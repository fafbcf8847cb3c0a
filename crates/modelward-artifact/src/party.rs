use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{ParseTextError, Text};

/// Names who does or answers for something: a person, a team or an organization.
///
/// Where only the name is known, its JSON form is that name; otherwise it is an object with `name`,
/// `organization` and `role`.
///
/// ```
/// use modelward_artifact::Party;
///
/// let ada = Party::new("Ada Example")?.with_organization("Example Org")?;
/// assert_eq!(ada.to_string(), "Ada Example (Example Org)");
/// assert!(ada.is_same(&Party::new(" ada  example")?));
/// assert!(Party::new(" ").is_err());
/// # Ok::<(), modelward_artifact::ParseTextError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Party {
    name: Text,
    organization: Option<Text>,
    role: Option<Text>,
}

impl Party {
    /// Names a party.
    ///
    /// # Errors
    ///
    /// [`ParseTextError`] where the name is not a [`Text`].
    pub fn new(name: &str) -> Result<Self, ParseTextError> {
        Ok(Self::of(name.parse()?))
    }

    /// Sets the organization that the party belongs to.
    ///
    /// # Errors
    ///
    /// [`ParseTextError`] where the organization is not a [`Text`].
    pub fn with_organization(mut self, organization: &str) -> Result<Self, ParseTextError> {
        self.organization = Some(organization.parse()?);
        Ok(self)
    }

    /// Sets the role in which the party acts, such as `model validator`.
    ///
    /// # Errors
    ///
    /// [`ParseTextError`] where the role is not a [`Text`].
    pub fn with_role(mut self, role: &str) -> Result<Self, ParseTextError> {
        self.role = Some(role.parse()?);
        Ok(self)
    }

    /// Returns the name.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.name
    }

    /// Returns the organization.
    #[must_use]
    pub const fn organization(&self) -> Option<&Text> {
        self.organization.as_ref()
    }

    /// Returns the role.
    #[must_use]
    pub const fn role(&self) -> Option<&Text> {
        self.role.as_ref()
    }

    /// Tells whether both name the same party: the same name but for case and blanks, and no two
    /// different organizations. Roles do not count.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let organizations = self.organization.as_ref().zip(other.organization.as_ref());
        folded(&self.name) == folded(&other.name)
            && organizations.is_none_or(|(ours, theirs)| folded(ours) == folded(theirs))
    }

    /// Names a party by texts that are checked.
    #[must_use]
    pub const fn of_parts(name: Text, organization: Option<Text>, role: Option<Text>) -> Self {
        Self {
            name,
            organization,
            role,
        }
    }

    const fn of(name: Text) -> Self {
        Self::of_parts(name, None, None)
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)?;
        match &self.organization {
            None => Ok(()),
            Some(organization) => write!(f, " ({organization})"),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    name: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Text>,
}

impl Serialize for Party {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.organization.is_none() && self.role.is_none() {
            return self.name.serialize(serializer);
        }
        let wire = Wire {
            name: self.name.clone(),
            organization: self.organization.clone(),
            role: self.role.clone(),
        };
        wire.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Party {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PartyVisitor)
    }
}

/// Reads a name alone, or an object.
struct PartyVisitor;

impl<'de> Visitor<'de> for PartyVisitor {
    type Value = Party;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name, or an object with a name")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Party, E> {
        name.parse().map(Party::of).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Party, A::Error> {
        let wire = Wire::deserialize(MapAccessDeserializer::new(map)).map_err(A::Error::custom)?;
        Ok(Party {
            name: wire.name,
            organization: wire.organization,
            role: wire.role,
        })
    }
}

fn folded(text: &Text) -> String {
    let words: Vec<_> = text.as_str().split_whitespace().collect();
    words.join(" ").to_lowercase()
}
