pub(crate) mod document;
pub(crate) mod goal;

use std::collections::BTreeMap;
use std::fmt;

use thiserror::Error;

use crate::{Attainment, Determination, Goal, Level, LevelName, Rated, RatingScale, Subcategory};

/// Marks the profile of what is the case.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "it marks a type and has no value")]
pub enum Current {}

/// Marks the profile of what is aimed at.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "it marks a type and has no value")]
pub enum Target {}

/// Tells the two kinds of profile apart (NIST AI 100-1, section 6); nobody else can make a third.
pub trait ProfileKind: sealed::Sealed {
    /// What stands for each subcategory.
    type Entry: Clone + fmt::Debug + Eq;

    /// The name that documents use, `current` or `target`.
    const NAME: &'static str;

    /// Returns the level that an entry names.
    fn level(entry: &Self::Entry) -> Option<&LevelName>;
}

impl ProfileKind for Current {
    type Entry = Determination;

    const NAME: &'static str = "current";

    fn level(entry: &Determination) -> Option<&LevelName> {
        entry.rated().map(Rated::level)
    }
}

impl ProfileKind for Target {
    type Entry = Goal;

    const NAME: &'static str = "target";

    fn level(entry: &Goal) -> Option<&LevelName> {
        Some(entry.level())
    }
}

mod sealed {
    #[expect(unnameable_types, reason = "nobody else shall name it")]
    pub trait Sealed {}

    impl Sealed for super::Current {}

    impl Sealed for super::Target {}
}

/// Says for the subcategories of AI RMF 1.0 what is the case or what is aimed at.
///
/// `Profile<Current>` and `Profile<Target>` are different types, so that one cannot stand where the
/// other should. Every level that is named is one of the profile's scale.
///
/// ```
/// use modelward_rmf::{Goal, Priority, Profile, RatingScale, Target};
///
/// let goal = Goal::new("met", Priority::High)?.due("2027-06-30".parse()?);
/// let target = Profile::<Target>::new(RatingScale::outcome(), [("GOVERN 1.6".parse()?, goal)])?;
/// assert_eq!(target.entries().len(), 1);
///
/// let stars = Goal::new("five-stars", Priority::Low)?;
/// assert!(Profile::<Target>::new(RatingScale::outcome(), [("GOVERN 1.6".parse()?, stars)]).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Profile<K: ProfileKind> {
    scale: RatingScale,
    entries: BTreeMap<Subcategory, K::Entry>,
}

impl<K: ProfileKind> Profile<K> {
    /// Makes a profile.
    ///
    /// # Errors
    ///
    /// [`ProfileError`] where a subcategory stands twice or a level is none of the scale's.
    pub fn new(
        scale: RatingScale,
        entries: impl IntoIterator<Item = (Subcategory, K::Entry)>,
    ) -> Result<Self, ProfileError> {
        let mut unique = BTreeMap::new();
        for (subcategory, entry) in entries {
            if let Some(level) = K::level(&entry)
                && scale.level(level).is_none()
            {
                return Err(ProfileError::Level {
                    subcategory,
                    level: level.clone(),
                    scale: scale.to_string(),
                });
            }
            if unique.insert(subcategory, entry).is_some() {
                return Err(ProfileError::Twice { subcategory });
            }
        }
        Ok(Self {
            scale,
            entries: unique,
        })
    }

    /// Returns the scale.
    #[must_use]
    pub const fn scale(&self) -> &RatingScale {
        &self.scale
    }

    pub(crate) fn into_parts(self) -> (RatingScale, BTreeMap<Subcategory, K::Entry>) {
        (self.scale, self.entries)
    }

    /// Returns what stands for a subcategory; `None` where nothing does.
    #[must_use]
    pub fn entry(&self, subcategory: Subcategory) -> Option<&K::Entry> {
        self.entries.get(&subcategory)
    }

    /// Returns what stands there, in the order of the framework.
    #[must_use]
    pub fn entries(&self) -> impl ExactSizeIterator<Item = (Subcategory, &K::Entry)> {
        self.entries.iter().map(|(&id, entry)| (id, entry))
    }

    pub(crate) const fn map(&self) -> &BTreeMap<Subcategory, K::Entry> {
        &self.entries
    }

    /// Returns the level of a subcategory; `None` where none is named.
    #[must_use]
    pub fn level(&self, subcategory: Subcategory) -> Option<&Level> {
        let name = self.entry(subcategory).and_then(K::level)?;
        self.scale.level(name)
    }
}

static NOT_ASSESSED: Determination = Determination::NotAssessed;

impl Profile<Current> {
    /// Returns what was found for a subcategory; what is not mentioned is not assessed.
    #[must_use]
    pub fn determination(&self, subcategory: Subcategory) -> &Determination {
        self.entry(subcategory).unwrap_or(&NOT_ASSESSED)
    }

    /// Returns how far the outcome of a subcategory is reached; `None` unless it is rated.
    #[must_use]
    pub fn attainment(&self, subcategory: Subcategory) -> Option<Attainment> {
        self.level(subcategory).map(Level::attainment)
    }

    /// Leaves out what says nothing, so that one profile has one form.
    pub(crate) fn without_silence(mut self) -> Self {
        let silent = |entry: &Determination| *entry == Determination::NotAssessed;
        self.entries.retain(|_, entry| !silent(entry));
        self
    }
}

/// Says why entries are no [`Profile`].
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ProfileError {
    /// A level is none of the scale's.
    #[error("{subcategory} has level `{level}`, which scale {scale} does not have")]
    Level {
        /// The subcategory.
        subcategory: Subcategory,
        /// The level.
        level: LevelName,
        /// The scale's name and version.
        scale: String,
    },
    /// A subcategory stands twice.
    #[error("{subcategory} stands twice")]
    Twice {
        /// The subcategory.
        subcategory: Subcategory,
    },
}

impl ProfileError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Level { .. } => "rmf.profile.level",
            Self::Twice { .. } => "rmf.profile.twice",
        }
    }
}
