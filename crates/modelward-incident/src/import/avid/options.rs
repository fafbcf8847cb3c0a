use modelward_artifact::Text;

use crate::{IncidentId, Severity, Tlp};

/// What stands for a version of ATLAS that nobody stated.
const NOT_STATED: &str = "not stated";

/// Says of an incident what a document of AVID does not.
///
/// The format has no severity but CVSS, so a person states one. Events are marked [`Tlp::Amber`]
/// where nothing else is set, as always; of the public database they may be [`Tlp::Clear`].
///
/// ```
/// use modelward_incident::import::avid::AvidImportOptions;
/// use modelward_incident::{Severity, Tlp};
///
/// let options = AvidImportOptions::new("INC-7".parse()?, Severity::Medium)
///     .marked(Tlp::Clear)
///     .with_atlas_version("5.6.0".parse()?);
/// assert_eq!(options.tlp(), Tlp::Clear);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AvidImportOptions {
    id: IncidentId,
    severity: Severity,
    tlp: Tlp,
    atlas_version: Option<Text>,
}

impl AvidImportOptions {
    /// Takes the id of the incident and how bad it is.
    #[must_use]
    pub const fn new(id: IncidentId, severity: Severity) -> Self {
        Self {
            id,
            severity,
            tlp: Tlp::Amber,
            atlas_version: None,
        }
    }

    /// Sets how far the events may be passed on.
    #[must_use]
    pub const fn marked(mut self, tlp: Tlp) -> Self {
        self.tlp = tlp;
        self
    }

    /// Sets the version of MITRE ATLAS that the document's techniques are of; it is `not stated`
    /// otherwise.
    #[must_use]
    pub fn with_atlas_version(mut self, version: Text) -> Self {
        self.atlas_version = Some(version);
        self
    }

    /// Returns how far the events may be passed on.
    #[must_use]
    pub const fn tlp(&self) -> Tlp {
        self.tlp
    }

    pub(super) const fn id(&self) -> &IncidentId {
        &self.id
    }

    pub(super) const fn severity(&self) -> Severity {
        self.severity
    }

    /// Returns the version, and whether somebody stated it.
    pub(super) fn atlas_version(&self) -> (Option<Text>, bool) {
        let stated = self.atlas_version.clone();
        let is_stated = stated.is_some();
        (stated.or_else(|| NOT_STATED.parse().ok()), is_stated)
    }
}
