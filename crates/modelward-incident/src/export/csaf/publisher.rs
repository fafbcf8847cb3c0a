use fluent_uri::Uri;

use super::{CsafInputError, text};

/// Says in which role a publisher writes. A multiplier, which 2.0 does not have, and a translator,
/// who works on another's text, write no records of incidents.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum CsafPublisherCategory {
    /// Coordinates those who are concerned, as a CERT does.
    Coordinator,
    /// Found what happened.
    Discoverer,
    /// None of the others.
    Other,
    /// Uses what is affected.
    User,
    /// Makes what is affected.
    Vendor,
}

impl CsafPublisherCategory {
    /// Returns the name in CSAF, which is also that of the party in an involvement.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Coordinator => "coordinator",
            Self::Discoverer => "discoverer",
            Self::Other => "other",
            Self::User => "user",
            Self::Vendor => "vendor",
        }
    }
}

/// Names who publishes a document.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CsafPublisher {
    pub(super) category: CsafPublisherCategory,
    pub(super) name: String,
    pub(super) namespace: String,
    pub(super) contact: Option<String>,
}

impl CsafPublisher {
    /// Names a publisher. The namespace is an absolute URI under the publisher's control; with the
    /// document's id it makes a name that is unique in the world.
    ///
    /// # Errors
    ///
    /// [`CsafInputError::Text`] for the name, [`CsafInputError::Uri`] for the namespace.
    pub fn new(
        category: CsafPublisherCategory,
        name: &str,
        namespace: &str,
    ) -> Result<Self, CsafInputError> {
        Ok(Self {
            category,
            name: text("name", name)?,
            namespace: uri("namespace", namespace)?,
            contact: None,
        })
    }

    /// Says how the publisher can be reached.
    ///
    /// # Errors
    ///
    /// [`CsafInputError::Text`].
    pub fn with_contact(mut self, contact: &str) -> Result<Self, CsafInputError> {
        self.contact = Some(text("contact", contact)?);
        Ok(self)
    }
}

pub(super) fn uri(member: &'static str, text: &str) -> Result<String, CsafInputError> {
    match Uri::parse(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err(CsafInputError::Uri { member }),
    }
}
