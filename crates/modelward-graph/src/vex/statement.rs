use std::sync::Arc;

use modelward_artifact::Timestamp;

use crate::vex::notes::Notes;
use crate::vex::{VexStatus, VexSubject, VexWarningKind};

/// States how one product stands to one vulnerability.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct VexStatement {
    pub(super) vulnerability: Arc<Vulnerability>,
    pub(super) product: VexSubject,
    pub(super) subcomponent: Option<VexSubject>,
    pub(super) status: VexStatus,
    pub(super) detail: Option<Arc<str>>,
    pub(super) timestamp: Option<Timestamp>,
    pub(super) pointer: String,
}

#[derive(Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Vulnerability {
    pub(super) id: String,
    pub(super) aliases: Vec<String>,
}

impl Vulnerability {
    /// The longest id in bytes.
    const MAX_LEN: usize = 1024;

    /// Takes the first id as the main one. `None` where there is none.
    pub(super) fn of<'t>(
        ids: impl IntoIterator<Item = &'t str>,
        pointer: &str,
        notes: &mut Notes,
    ) -> Option<Arc<Self>> {
        let mut ids = ids.into_iter().filter(|id| {
            let found = id.len();
            if found > Self::MAX_LEN {
                notes.warn(pointer, VexWarningKind::TooLong { found });
            }
            !id.is_empty() && found <= Self::MAX_LEN
        });
        let id = ids.next()?.to_owned();
        let mut aliases: Vec<_> = ids
            .filter(|alias| *alias != id)
            .map(str::to_owned)
            .collect();
        aliases.sort();
        aliases.dedup();
        Some(Arc::new(Self { id, aliases }))
    }
}

impl VexStatement {
    /// Returns the vulnerability's id, such as `CVE-2021-44228`.
    #[must_use]
    pub fn vulnerability(&self) -> &str {
        &self.vulnerability.id
    }

    /// Returns its other ids, sorted.
    #[must_use]
    pub fn aliases(&self) -> &[String] {
        &self.vulnerability.aliases
    }

    /// Tells whether the statement is about the vulnerability of that id.
    #[must_use]
    pub fn concerns(&self, id: &str) -> bool {
        self.vulnerability() == id || self.aliases().iter().any(|alias| alias == id)
    }

    /// Returns the product.
    #[must_use]
    pub const fn product(&self) -> &VexSubject {
        &self.product
    }

    /// Returns the part of the product that has the flaw, if the statement names one. It holds for
    /// that part within the product alone.
    #[must_use]
    pub const fn subcomponent(&self) -> Option<&VexSubject> {
        self.subcomponent.as_ref()
    }

    /// Returns the status.
    #[must_use]
    pub const fn status(&self) -> VexStatus {
        self.status
    }

    /// Returns what the author adds: why it is not affected, what to do, or what was found.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.detail.as_deref()
    }

    /// Returns the time of the statement, or of what stands over it.
    #[must_use]
    pub const fn timestamp(&self) -> Option<Timestamp> {
        self.timestamp
    }

    /// Returns its place in the document, a JSON Pointer (RFC 6901).
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }
}
