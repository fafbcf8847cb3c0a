use std::borrow::{Borrow, Cow};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use modelward_artifact::Digest;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ParseNodeIdError;
use crate::advisory::{ParsePackageError, canonical_purl};

/// Names one thing in the supply chain: a package URL, a digest or a `bom-ref`.
///
/// - 1 to 2048 bytes of UTF-8.
/// - No control character, so no line break and no NUL.
///
/// Two ids are the same thing only if they are equal: nothing is normalized. A clone shares the
/// text.
///
/// ```
/// use modelward_graph::NodeId;
///
/// let id: NodeId = "pkg:huggingface/google/bert@1a2b".parse()?;
/// assert_eq!(id.as_str(), "pkg:huggingface/google/bert@1a2b");
///
/// let refused = "two\nlines".parse::<NodeId>().unwrap_err();
/// assert_eq!(refused.to_string(), "node id has a control character at byte 3");
/// # Ok::<(), modelward_graph::ParseNodeIdError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct NodeId(Arc<str>);

impl NodeId {
    /// The longest id in bytes.
    pub const MAX_LEN: usize = 2048;

    /// Makes the id of a package URL in its canonical form, so that two spellings are one thing.
    ///
    /// ```
    /// use modelward_graph::NodeId;
    ///
    /// let id = NodeId::of_purl("pkg:PyPI/Torch@2.1.0")?;
    /// assert_eq!(id.as_str(), "pkg:pypi/torch@2.1.0");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ParsePackageError`] where the text is not a package URL.
    pub fn of_purl(text: &str) -> Result<Self, ParsePackageError> {
        canonical_purl(text).map(|text| Self(text.into()))
    }

    /// Makes the id of what a document alone names: a BOM-Link such as
    /// `urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/1#component`.
    ///
    /// # Errors
    ///
    /// [`ParseNodeIdError`] where the two do not make an id.
    pub fn in_document(document: &str, name: &str) -> Result<Self, ParseNodeIdError> {
        format!("{document}#{name}").parse()
    }

    /// Checks that a text is an id.
    pub(crate) fn check(text: &str) -> Result<(), ParseNodeIdError> {
        if text.is_empty() {
            return Err(ParseNodeIdError::Empty);
        }
        if text.len() > Self::MAX_LEN {
            return Err(ParseNodeIdError::TooLong { found: text.len() });
        }
        match text.find(char::is_control) {
            Some(at) => Err(ParseNodeIdError::Control { at }),
            None => Ok(()),
        }
    }

    /// Takes a text that was checked.
    pub(crate) fn of_checked(text: &str) -> Self {
        Self(text.into())
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for NodeId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for NodeId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Names a thing by its bytes, such as `sha256:` and 64 digits.
impl From<&Digest> for NodeId {
    fn from(digest: &Digest) -> Self {
        Self(digest.to_string().into())
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for NodeId {
    type Err = ParseNodeIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::check(text)?;
        Ok(Self(text.into()))
    }
}

impl Serialize for NodeId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for NodeId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}
