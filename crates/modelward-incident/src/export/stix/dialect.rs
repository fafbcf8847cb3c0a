use std::fmt;

/// Says which of the texts that describe incidents in STIX a bundle follows.
///
/// The incident core extension 2.0 is a draft of October 2023 for STIX 2.1. Its prose and its JSON
/// Schema differ, and the draft of STIX 2.2 takes it up with changes.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum StixDialect {
    /// STIX 2.1 and the prose of the extension: an incident is `confirmed`.
    #[default]
    Prose20,
    /// STIX 2.1 and the JSON Schema of the extension: an incident is a `successful-attempt`, and
    /// may be `low-value`.
    Schema20,
    /// The draft of STIX 2.2 of 2026, in which events, impacts and tasks are objects as any other.
    /// Readers and validators of STIX 2.1 refuse it.
    Stix22,
}

impl StixDialect {
    /// Lists every dialect.
    pub const ALL: [Self; 3] = [Self::Prose20, Self::Schema20, Self::Stix22];

    /// Returns the name, such as `prose-2.0`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prose20 => "prose-2.0",
            Self::Schema20 => "schema-2.0",
            Self::Stix22 => "stix-2.2",
        }
    }

    /// Returns the version of STIX that objects of this dialect name.
    #[must_use]
    pub const fn spec_version(self) -> &'static str {
        match self {
            Self::Prose20 | Self::Schema20 => "2.1",
            Self::Stix22 => "2.2",
        }
    }

    /// Tells whether incidents, events, impacts and tasks need extensions.
    pub(super) const fn extends(self) -> bool {
        matches!(self, Self::Prose20 | Self::Schema20)
    }
}

impl fmt::Display for StixDialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
