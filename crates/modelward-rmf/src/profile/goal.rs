use std::fmt;

use modelward_artifact::Date;
use serde::{Deserialize, Serialize};

use crate::{LevelName, ParseKeyError, Text};

/// States which level a subcategory shall reach, how urgently and by when.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    level: LevelName,
    priority: Priority,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rationale: Option<Text>,
}

impl Goal {
    /// States which level shall be reached.
    ///
    /// # Errors
    ///
    /// [`ParseKeyError`] where the level is no [`LevelName`].
    pub fn new(level: &str, priority: Priority) -> Result<Self, ParseKeyError> {
        Ok(Self::of(level.parse()?, priority))
    }

    pub(crate) const fn of(level: LevelName, priority: Priority) -> Self {
        Self {
            level,
            priority,
            due: None,
            rationale: None,
        }
    }

    /// Sets the day by which the level shall be reached.
    #[must_use]
    pub const fn due(mut self, due: Date) -> Self {
        self.due = Some(due);
        self
    }

    /// Sets why this level is aimed at.
    #[must_use]
    pub fn because(mut self, rationale: Text) -> Self {
        self.rationale = Some(rationale);
        self
    }

    /// Returns the level.
    #[must_use]
    pub const fn level(&self) -> &LevelName {
        &self.level
    }

    /// Returns how urgent it is.
    #[must_use]
    pub const fn priority(&self) -> Priority {
        self.priority
    }

    /// Returns the day by which the level shall be reached.
    #[must_use]
    pub const fn due_on(&self) -> Option<Date> {
        self.due
    }

    /// Returns why this level is aimed at.
    #[must_use]
    pub const fn rationale(&self) -> Option<&Text> {
        self.rationale.as_ref()
    }
}

/// Says how urgent a goal is; more urgent is greater.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "three steps are what people tell apart"
)]
pub enum Priority {
    /// When there is time.
    Low,
    /// In the course of things.
    Medium,
    /// Before others.
    High,
}

impl Priority {
    /// Lists the priorities from less to more urgent.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// Returns the name that documents use, such as `high`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

impl fmt::Display for Priority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
