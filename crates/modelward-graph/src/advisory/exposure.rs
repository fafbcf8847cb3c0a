use std::fmt;

/// Tells whether something is affected by an advisory. The worse answer is the greater one.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_enums, reason = "there is no fourth answer")]
pub enum Exposure {
    /// It is not, as far as the advisory goes.
    NotAffected,
    /// The advisory cannot be evaluated: this is never to be taken for a no.
    Unknown(UnknownReason),
    /// It is.
    Affected(Evidence),
}

/// Says by what a version is affected.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Evidence {
    /// It lies in a range.
    Range,
    /// It is listed.
    Listed,
}

/// Says why it is not known whether something is affected.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum UnknownReason {
    /// The advisory has only ranges of commits, which need the repository.
    Commits,
    /// Only the name is that of a package of the advisory: nothing tells whether it is the same one.
    NameOnly,
    /// The advisory names no versions.
    NoRange,
    /// The version is not known.
    NoVersion,
    /// It depends on the release of the distribution, which is not known.
    Release,
    /// The order of versions in this ecosystem is not known here.
    UnknownOrder,
    /// A bound of a range is no version of its scheme.
    UnreadableRange,
    /// The version is none of its scheme.
    UnreadableVersion,
}

impl UnknownReason {
    /// Returns the reason in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Commits => "the advisory has only ranges of commits",
            Self::NameOnly => "only its name is that of a package of the advisory",
            Self::NoRange => "the advisory names no versions",
            Self::NoVersion => "the version is not known",
            Self::Release => "the release of the distribution is not known",
            Self::UnknownOrder => "the order of versions in this ecosystem is not known",
            Self::UnreadableRange => "a bound of the advisory is no version of its scheme",
            Self::UnreadableVersion => "the version is none of its scheme",
        }
    }
}

impl fmt::Display for UnknownReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
