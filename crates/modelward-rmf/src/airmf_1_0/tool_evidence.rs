use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Function::{Govern, Manage, Map, Measure};
use crate::Subcategory;

/// Says how much tooling such as this workspace can show of an outcome.
///
/// It is our judgement and says nothing of a system: even direct evidence can speak against it, and
/// how it is rated stays with the assessor. Of the 72 subcategories 22 get direct evidence; 39
/// get supporting and 11 no evidence, so 50 get supporting evidence at most.
///
/// ```
/// use modelward_rmf::{Subcategory, ToolEvidence};
///
/// let inventory: Subcategory = "GOVERN 1.6".parse()?;
/// assert_eq!(inventory.tool_evidence(), ToolEvidence::Direct);
/// # Ok::<(), modelward_rmf::ParseIdError>(())
/// ```
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[expect(
    clippy::exhaustive_enums,
    reason = "whoever reports coverage has to say something of all three"
)]
#[serde(rename_all = "kebab-case")]
pub enum ToolEvidence {
    /// A fact that a machine can check bears on the outcome itself.
    Direct,
    /// A fact that a machine can check bears on a part of the outcome, or shows that a record of it
    /// exists.
    Supporting,
    /// The outcome is of people and the organization; no tool shows any of it.
    None,
}

impl ToolEvidence {
    /// Lists the levels from the strongest on.
    pub const ALL: [Self; 3] = [Self::Direct, Self::Supporting, Self::None];

    /// Returns the name, such as `direct`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Supporting => "supporting",
            Self::None => "none",
        }
    }
}

impl fmt::Display for ToolEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Subcategory {
    /// Returns how much tooling can show of the outcome.
    #[must_use]
    pub const fn tool_evidence(self) -> ToolEvidence {
        match self.key() {
            (Govern, 1, 5 | 6)
            | (Govern, 4, 3)
            | (Govern, 6, 1)
            | (Map, 1, 5)
            | (Map, 2, 1)
            | (Map, 3, 2)
            | (Map, 4, 1 | 2)
            | (Map, 5, 1)
            | (Measure, 2, 1 | 7)
            | (Measure, 3, 1 | 2)
            | (Manage, 1, _)
            | (Manage, 2, 3)
            | (Manage, 3, _)
            | (Manage, 4, 3) => ToolEvidence::Direct,
            (Govern, 1 | 2, 2)
            | (Govern, 3 | 4, 1)
            | (Map, 1, 2..=4)
            | (Map, 3, 4)
            | (Measure, 2, 2)
            | (Measure, 4, 1)
            | (Manage, 2, 2) => ToolEvidence::None,
            _ => ToolEvidence::Supporting,
        }
    }
}
