use std::collections::BTreeMap;

use fluent_uri::{Uri, UriRef};
use modelward_artifact::Timestamp;

use crate::Subcategory;
use crate::error::shortened;
use crate::oscal::text::{self, is_token};
use crate::oscal::{NAMESPACE, OscalError};

/// Says what an OSCAL document needs and an assessment does not have.
///
/// ```
/// use modelward_rmf::oscal::OscalOptions;
///
/// let options = OscalOptions::new("2026-11-26T10:00:00Z".parse()?, "1.0.0")?
///     .with_system_id("fraud-model")?
///     .with_control_ids(|subcategory| format!("ai-{}", subcategory.oscal_id()))?;
/// assert_eq!(options.control_id("GV-1.6".parse()?), "ai-govern-1.6");
///
/// let refused = options.with_control_ids(|subcategory| subcategory.to_string()).unwrap_err();
/// assert_eq!(refused.to_string(), "control id `GOVERN 1.1` of GOVERN 1.1 is no token");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
#[must_use = "options do nothing until something is written with them"]
pub struct OscalOptions {
    last_modified: Timestamp,
    version: String,
    namespace: String,
    /// One for each subcategory, in the order of the framework.
    control_ids: Vec<String>,
    import_ap: Option<String>,
    system_id: Option<String>,
}

impl OscalOptions {
    /// Sets when the document was last modified and which version of the document it is.
    ///
    /// # Errors
    ///
    /// [`OscalError::Line`] where the version is not one line, and [`OscalError::Year`] after 2999.
    pub fn new(last_modified: Timestamp, version: &str) -> Result<Self, OscalError> {
        text::instant("last modification", last_modified)?;
        let ids = Subcategory::ALL.into_iter().map(Subcategory::oscal_id);
        Ok(Self {
            last_modified,
            version: one_line("version", version)?,
            namespace: NAMESPACE.to_owned(),
            control_ids: ids.collect(),
            import_ap: None,
            system_id: None,
        })
    }

    /// Sets the URI under which our props stand.
    ///
    /// # Errors
    ///
    /// [`OscalError::Address`] where it is no URI.
    pub fn with_namespace(mut self, uri: &str) -> Result<Self, OscalError> {
        if Uri::parse(uri).is_err() || uri.ends_with(':') {
            return Err(address("namespace", uri));
        }
        uri.clone_into(&mut self.namespace);
        Ok(self)
    }

    /// Sets the ids of the controls, for instance to those of a catalog that NIST publishes.
    ///
    /// # Errors
    ///
    /// [`OscalError::ControlId`] where an id is no token, and [`OscalError::ControlIdTwice`] where
    /// two subcategories get one id.
    pub fn with_control_ids(
        mut self,
        id: impl Fn(Subcategory) -> String,
    ) -> Result<Self, OscalError> {
        let ids: Vec<_> = Subcategory::ALL.into_iter().map(id).collect();
        let mut seen = BTreeMap::new();
        for (id, subcategory) in ids.iter().zip(Subcategory::ALL) {
            let found = shortened(id);
            if !is_token(id) {
                return Err(OscalError::ControlId { subcategory, found });
            }
            if let Some(first) = seen.insert(id, subcategory) {
                let second = subcategory;
                return Err(OscalError::ControlIdTwice {
                    first,
                    second,
                    found,
                });
            }
        }
        self.control_ids = ids;
        Ok(self)
    }

    /// Sets where the assessment plan is, a URI reference to another document.
    ///
    /// Without it, results name a resource of their own that holds scope and target profile.
    ///
    /// # Errors
    ///
    /// [`OscalError::Address`] where it is no such reference.
    pub fn with_import_ap(mut self, href: &str) -> Result<Self, OscalError> {
        if href.is_empty() || href.starts_with('#') || UriRef::parse(href).is_err() {
            return Err(address("assessment plan", href));
        }
        self.import_ap = Some(href.to_owned());
        Ok(self)
    }

    /// Sets the identifier by which the organization knows the system.
    ///
    /// It takes the place of the documents' digests in the UUIDs of risks, findings and the like, so
    /// that they stay the same from one assessment or register to the next, as OSCAL wants it. Two
    /// systems must not share it.
    ///
    /// # Errors
    ///
    /// [`OscalError::Line`] where it is not one line.
    pub fn with_system_id(mut self, id: &str) -> Result<Self, OscalError> {
        self.system_id = Some(one_line("system id", id)?);
        Ok(self)
    }

    /// Returns when the document was last modified.
    #[must_use]
    pub const fn last_modified(&self) -> Timestamp {
        self.last_modified
    }

    /// Returns the version of the document.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Returns the URI under which our props stand.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// Returns the id of a subcategory's control.
    #[must_use]
    pub fn control_id(&self, subcategory: Subcategory) -> &str {
        &self.control_ids[subcategory.index()]
    }

    /// Returns where the assessment plan is.
    #[must_use]
    pub fn import_ap(&self) -> Option<&str> {
        self.import_ap.as_deref()
    }

    /// Returns the identifier by which the organization knows the system.
    #[must_use]
    pub fn system_id(&self) -> Option<&str> {
        self.system_id.as_deref()
    }

    pub(super) fn control_ids(&self) -> &[String] {
        &self.control_ids
    }
}

fn one_line(what: &'static str, text: &str) -> Result<String, OscalError> {
    let line = text::line(text);
    if line.is_empty() || line != text || text.contains(char::is_control) {
        return Err(OscalError::Line { what });
    }
    Ok(line)
}

fn address(what: &'static str, found: &str) -> OscalError {
    let found = shortened(found);
    OscalError::Address { what, found }
}
