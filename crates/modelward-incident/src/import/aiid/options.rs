use crate::format::aiid::AiidClassification;
use crate::{ImpactKind, IncidentKind, Severity, Tlp};

/// Says what the database does not say of an incident and every record has.
#[derive(Clone, Debug, PartialEq)]
pub struct AiidImportOptions {
    pub(super) severity: Severity,
    pub(super) kind: IncidentKind,
    pub(super) impact: Option<ImpactKind>,
    pub(super) tlp: Tlp,
    pub(super) classifications: Vec<AiidClassification>,
}

impl AiidImportOptions {
    /// Sets how bad it is, which a person says. The kind is [`IncidentKind::Other`], and everything is
    /// [`Tlp::Clear`], since the database is public.
    #[must_use]
    pub const fn new(severity: Severity) -> Self {
        Self {
            severity,
            kind: IncidentKind::Other,
            impact: None,
            tlp: Tlp::Clear,
            classifications: Vec::new(),
        }
    }

    /// Sets what sort of incident it is.
    #[must_use]
    pub const fn of_kind(mut self, kind: IncidentKind) -> Self {
        self.kind = kind;
        self
    }

    /// Sets how the harmed parties were harmed.
    #[must_use]
    pub const fn harming(mut self, impact: ImpactKind) -> Self {
        self.impact = Some(impact);
        self
    }

    /// Sets how far what is recorded may be passed on.
    #[must_use]
    pub const fn marked(mut self, tlp: Tlp) -> Self {
        self.tlp = tlp;
        self
    }

    /// Adds what a taxonomy makes of incidents. CSET's answer says whether there was harm, where the
    /// classification names the incident or none.
    #[must_use]
    pub fn with_classification(mut self, classification: AiidClassification) -> Self {
        self.classifications.push(classification);
        self
    }
}
