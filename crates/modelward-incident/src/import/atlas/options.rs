use modelward_artifact::Text;

use crate::format::atlas::AtlasData;
use crate::{IncidentId, Severity, Tlp};

/// Says what a case study does not: the id of the record, how bad it was, how far it may be passed
/// on, and of which release of ATLAS its techniques are.
///
/// Events are marked [`Tlp::Amber`] where nothing else is said, also those of a case study that is
/// published.
#[derive(Clone, Debug)]
pub struct AtlasImportOptions<'a> {
    pub(super) id: IncidentId,
    pub(super) severity: Severity,
    pub(super) tlp: Tlp,
    pub(super) version: Option<Text>,
    pub(super) data: Option<&'a AtlasData>,
}

impl<'a> AtlasImportOptions<'a> {
    /// Takes the id of the incident and how bad it is.
    #[must_use]
    pub const fn new(id: IncidentId, severity: Severity) -> Self {
        Self {
            id,
            severity,
            tlp: Tlp::Amber,
            version: None,
            data: None,
        }
    }

    /// Sets how far the events may be passed on.
    #[must_use]
    pub const fn marked(mut self, tlp: Tlp) -> Self {
        self.tlp = tlp;
        self
    }

    /// Sets the version of ATLAS that the techniques are of; it is `not stated` otherwise.
    #[must_use]
    pub fn with_version(mut self, version: Text) -> Self {
        self.version = Some(version);
        self
    }

    /// Takes the version and the names of the techniques from a release. A version that is stated
    /// goes first.
    #[must_use]
    pub const fn with_data(mut self, data: &'a AtlasData) -> Self {
        self.data = Some(data);
        self
    }
}
