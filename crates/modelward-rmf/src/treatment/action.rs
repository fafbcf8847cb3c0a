use std::slice;

use modelward_artifact::Date;
use serde::{Deserialize, Serialize};

use crate::{ActionId, Party, RiskError, Text};

/// Says how far an [`ActionItem`] is.
///
/// In documents it is `"planned"`, `"in-progress"`, `{"completed": {"on": ".."}}` or
/// `{"cancelled": {"on": "..", "reason": ".."}}`.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum ActionState {
    /// It is not begun.
    #[default]
    Planned,
    /// It is begun.
    InProgress,
    /// It is done.
    Completed {
        /// The day on which it was done.
        on: Date,
    },
    /// It will not be done.
    Cancelled {
        /// The day on which that was decided.
        on: Date,
        /// Why it will not be done.
        reason: Text,
    },
}

impl ActionState {
    /// Returns the name that documents use, such as `in-progress`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::InProgress => "in-progress",
            Self::Completed { .. } => "completed",
            Self::Cancelled { .. } => "cancelled",
        }
    }

    /// Tells whether something is still to be done.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Planned | Self::InProgress)
    }
}

/// Describes one thing that is done about a risk.
///
/// ```
/// use modelward_rmf::{ActionItem, ActionState};
///
/// let action = ActionItem::new("A-7".parse()?, "Sign the training data.")?
///     .with_due("2027-01-31".parse()?)
///     .counted_in_residual();
/// assert!(action.state().is_open());
/// assert!(ActionItem::new("A-8".parse()?, " ").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ActionItem {
    id: ActionId,
    description: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    owner: Option<Party>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due: Option<Date>,
    #[serde(default)]
    state: ActionState,
    #[serde(default)]
    counted_in_residual: bool,
}

impl ActionItem {
    /// Describes an action that is planned.
    ///
    /// # Errors
    ///
    /// [`RiskError::Text`] where the description is no [`Text`].
    pub fn new(id: ActionId, description: &str) -> Result<Self, RiskError> {
        Ok(Self {
            id,
            description: RiskError::text("description of an action", description)?,
            owner: None,
            due: None,
            state: ActionState::Planned,
            counted_in_residual: false,
        })
    }

    /// Sets who answers for the action.
    #[must_use]
    pub fn with_owner(mut self, owner: Party) -> Self {
        self.owner = Some(owner);
        self
    }

    /// Sets the last day on which the action is to be done.
    #[must_use]
    pub const fn with_due(mut self, due: Date) -> Self {
        self.due = Some(due);
        self
    }

    /// Sets how far the action is.
    #[must_use]
    pub fn with_state(mut self, state: ActionState) -> Self {
        self.state = state;
        self
    }

    /// States that the residual rating of the risk counts on this action. A gate takes it to count
    /// on every action where none says so.
    #[must_use]
    pub const fn counted_in_residual(mut self) -> Self {
        self.counted_in_residual = true;
        self
    }

    /// Returns the id, which is the action's own within the register.
    #[must_use]
    pub const fn id(&self) -> &ActionId {
        &self.id
    }

    /// Returns what is done.
    #[must_use]
    pub const fn description(&self) -> &Text {
        &self.description
    }

    /// Returns who answers for the action.
    #[must_use]
    pub const fn owner(&self) -> Option<&Party> {
        self.owner.as_ref()
    }

    /// Returns the last day on which the action is to be done.
    #[must_use]
    pub const fn due(&self) -> Option<Date> {
        self.due
    }

    /// Returns how far the action is.
    #[must_use]
    pub const fn state(&self) -> &ActionState {
        &self.state
    }

    /// Tells whether the residual rating of the risk counts on this action.
    #[must_use]
    pub const fn is_counted_in_residual(&self) -> bool {
        self.counted_in_residual
    }
}

/// Lists what is done about a risk: one action or more, sorted by id, each with an id of its own.
///
/// In documents it is a list.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(try_from = "Vec<ActionItem>", into = "Vec<ActionItem>")]
pub struct ActionPlan(Vec<ActionItem>);

impl ActionPlan {
    /// Makes a plan.
    ///
    /// # Errors
    ///
    /// [`RiskError`] where there is no action, or two have one id.
    pub fn new(actions: impl IntoIterator<Item = ActionItem>) -> Result<Self, RiskError> {
        let mut actions: Vec<_> = actions.into_iter().collect();
        if actions.is_empty() {
            return Err(RiskError::NoAction);
        }
        actions.sort_by(|left, right| left.id.cmp(&right.id));
        let twice = actions.windows(2).find(|pair| pair[0].id == pair[1].id);
        if let Some(pair) = twice {
            let id = pair[0].id.clone();
            return Err(RiskError::ActionTwice { id });
        }
        Ok(Self(actions))
    }

    /// Returns the actions, sorted by id.
    #[must_use]
    pub fn as_slice(&self) -> &[ActionItem] {
        &self.0
    }

    /// Returns the actions, sorted by id.
    pub fn iter(&self) -> slice::Iter<'_, ActionItem> {
        self.0.iter()
    }
}

impl TryFrom<Vec<ActionItem>> for ActionPlan {
    type Error = RiskError;

    fn try_from(actions: Vec<ActionItem>) -> Result<Self, RiskError> {
        Self::new(actions)
    }
}

impl From<ActionPlan> for Vec<ActionItem> {
    fn from(plan: ActionPlan) -> Self {
        plan.0
    }
}

impl<'a> IntoIterator for &'a ActionPlan {
    type Item = &'a ActionItem;
    type IntoIter = slice::Iter<'a, ActionItem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
