use std::cmp::Reverse;

use modelward_artifact::Date;
use thiserror::Error;

use crate::{
    Current, Determination, Goal, Level, LevelName, Priority, Profile, RatingScale, RiskRegister,
    Subcategory, Target,
};

/// Says how what is the case compares with what is aimed at.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "whoever plans must answer to each case, so another one is a breaking change"
)]
pub enum GapState {
    /// The goal lies higher, by this many levels, at least one.
    Gap {
        /// How many levels.
        levels: usize,
    },
    /// The goal is reached.
    Met,
    /// The subcategory is stated not to apply, though there is a goal.
    NotApplicable,
    /// Nothing is aimed at.
    NoGoal,
    /// There is a goal, and nobody has looked.
    NotAssessed,
}

impl GapState {
    /// Returns the name that documents use, such as `not-assessed`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gap { .. } => "gap",
            Self::Met => "met",
            Self::NotApplicable => "not-applicable",
            Self::NoGoal => "no-goal",
            Self::NotAssessed => "not-assessed",
        }
    }
}

/// Compares one subcategory's current and target level.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Gap {
    subcategory: Subcategory,
    state: GapState,
    current: Option<Level>,
    goal: Option<Goal>,
}

impl Gap {
    /// Returns the subcategory.
    #[must_use]
    pub const fn subcategory(&self) -> Subcategory {
        self.subcategory
    }

    /// Returns how the two compare.
    #[must_use]
    pub const fn state(&self) -> GapState {
        self.state
    }

    /// Returns the current level; `None` unless the subcategory is rated.
    #[must_use]
    pub const fn current(&self) -> Option<&Level> {
        self.current.as_ref()
    }

    /// Returns what is aimed at.
    #[must_use]
    pub const fn goal(&self) -> Option<&Goal> {
        self.goal.as_ref()
    }

    /// Returns how urgent the goal is.
    #[must_use]
    pub fn priority(&self) -> Option<Priority> {
        self.goal.as_ref().map(Goal::priority)
    }

    /// Returns the day by which the goal shall be reached.
    #[must_use]
    pub fn due(&self) -> Option<Date> {
        self.goal.as_ref().and_then(Goal::due_on)
    }

    /// Tells whether something is left to do: a gap, or a goal that nobody has looked at.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.state, GapState::Gap { .. } | GapState::NotAssessed)
    }
}

/// Compares what is the case with what is aimed at, subcategory by subcategory (NIST AI 100-1,
/// section 6).
///
/// ```
/// use modelward_rmf::{
///     Current, Determination, GapAnalysis, GapState, Goal, Priority, Profile, Rated, RatingScale,
///     Target,
/// };
///
/// let inventory = "GOVERN 1.6".parse()?;
/// let rated = Determination::Rated(Rated::new("not-met", "There is no inventory.")?);
/// let current = Profile::<Current>::new(RatingScale::outcome(), [(inventory, rated)])?;
/// let goal = Goal::new("met", Priority::High)?;
/// let target = Profile::<Target>::new(RatingScale::outcome(), [(inventory, goal)])?;
/// let gaps = GapAnalysis::between(&current, &target)?;
/// assert_eq!(gaps.of(inventory).state(), GapState::Gap { levels: 2 });
/// assert_eq!(gaps.open().count(), 1);
///
/// let other = Profile::<Target>::new(RatingScale::maturity(), [])?;
/// assert!(GapAnalysis::between(&current, &other).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct GapAnalysis {
    /// One for each subcategory, in the order of the framework.
    gaps: Vec<Gap>,
}

impl GapAnalysis {
    /// Compares two profiles that are rated on one scale.
    ///
    /// # Errors
    ///
    /// [`ScaleMismatch`] where the scales differ in any way: levels of different scales, or of
    /// different versions of one, are not comparable.
    pub fn between(
        current: &Profile<Current>,
        target: &Profile<Target>,
    ) -> Result<Self, ScaleMismatch> {
        if current.scale() != target.scale() {
            return Err(ScaleMismatch {
                current: current.scale().to_string(),
                target: target.scale().to_string(),
            });
        }
        let gap = |subcategory| Gap {
            subcategory,
            state: state(current, target, subcategory),
            current: current.level(subcategory).cloned(),
            goal: target.entry(subcategory).cloned(),
        };
        Ok(Self {
            gaps: Subcategory::ALL.into_iter().map(gap).collect(),
        })
    }

    /// Returns the comparison of one subcategory.
    #[must_use]
    pub fn of(&self, subcategory: Subcategory) -> &Gap {
        &self.gaps[subcategory.index()]
    }

    /// Returns all 72 comparisons in the order of the framework.
    #[must_use]
    pub fn all(&self) -> &[Gap] {
        &self.gaps
    }

    /// Returns those with something left to do, in the order of the framework.
    pub fn open(&self) -> impl Iterator<Item = &Gap> {
        self.gaps.iter().filter(|gap| gap.is_open())
    }

    /// Returns those with something left to do, the first to be done first.
    ///
    /// The order is: the more urgent goal, the worse risk that hangs on the subcategory
    /// ([`RiskRegister::weight`]), the earlier due day (none last), the wider gap (not assessed
    /// before all, since it may be the widest), the framework's order.
    #[must_use]
    pub fn prioritized(&self, register: Option<&RiskRegister>) -> Vec<&Gap> {
        let risk = |subcategory| register.map_or(0, |register| register.weight(subcategory));
        let mut open: Vec<_> = self.open().collect();
        open.sort_by_cached_key(|gap| {
            let width = match gap.state {
                GapState::Gap { levels } => levels,
                _ => usize::MAX,
            };
            (
                Reverse(gap.priority()),
                Reverse(risk(gap.subcategory)),
                gap.due().unwrap_or(Date::MAX),
                Reverse(width),
                gap.subcategory,
            )
        });
        open
    }
}

fn state(
    current: &Profile<Current>,
    target: &Profile<Target>,
    subcategory: Subcategory,
) -> GapState {
    let Some(goal) = target.entry(subcategory) else {
        return GapState::NoGoal;
    };
    let rated = match current.determination(subcategory) {
        Determination::NotAssessed => return GapState::NotAssessed,
        Determination::NotApplicable { .. } => return GapState::NotApplicable,
        Determination::Rated(rated) => rated,
    };
    match levels_between(current.scale(), rated.level(), goal.level()) {
        0 => GapState::Met,
        levels => GapState::Gap { levels },
    }
}

/// Counts the levels from the current one up to the goal. A profile has no level that its scale does
/// not have.
fn levels_between(scale: &RatingScale, current: &LevelName, goal: &LevelName) -> usize {
    let ordinal = |name| scale.ordinal(name).unwrap_or_default();
    ordinal(goal).saturating_sub(ordinal(current))
}

/// Says that two profiles are rated on different scales.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("current profile is rated on scale {current}, target profile on {target}")]
pub struct ScaleMismatch {
    current: String,
    target: String,
}

impl ScaleMismatch {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "rmf.gap.scale"
    }
}
