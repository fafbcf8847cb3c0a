use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::genai_600_1::table::RISKS;
use crate::{GenAiRisk, ParseGenAiError, Subcategory};

/// The longest text that can be an action; the longest id has 15 characters.
const MAX_LEN: usize = 64;

/// Names one of the 212 suggested actions of NIST AI 600-1, such as `GV-1.1-001`.
///
/// - Only actions that exist can be made. `GV-1.1-002` is none: the document prints it once as an
///   example of how ids are built.
/// - Read are `GV-1.1-001`, `GOVERN 1.1-001` and every other spelling of the [`Subcategory`] before
///   a hyphen and the number, `GV-1.1-1` (leading zeros carry no meaning), and `GV4.3--001`, as
///   the document misprints one. One form is written.
/// - Order is that of the document. The text of the actions is NIST's and not shipped.
///
/// ```
/// use modelward_rmf::GenAiAction;
///
/// let action: GenAiAction = "GV4.3--001".parse()?;
/// assert_eq!(action.to_string(), "GV-4.3-001");
/// assert_eq!(action.subcategory().to_string(), "GOVERN 4.3");
/// assert_eq!(GenAiAction::ALL.len(), 212);
///
/// let refused = "GV-1.1-002".parse::<GenAiAction>().unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "GV-1.1-002 does not exist, the last action of GOVERN 1.1 is 001"
/// );
/// # Ok::<(), modelward_rmf::ParseGenAiError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct GenAiAction {
    subcategory: Subcategory,
    number: u8,
}

impl GenAiAction {
    /// Lists the actions in the order of the document.
    pub const ALL: [Self; 212] = all();

    /// Returns the action of a subcategory with this number.
    ///
    /// # Errors
    ///
    /// [`ParseGenAiError::NoActions`] where the subcategory has none, and
    /// [`ParseGenAiError::UnknownAction`] where it has others.
    pub fn new(subcategory: Subcategory, number: u16) -> Result<Self, ParseGenAiError> {
        let mut last = 0;
        for action in subcategory.genai_actions() {
            if u16::from(action.number) == number {
                return Ok(action);
            }
            last = action.number;
        }
        Err(match last {
            0 => ParseGenAiError::NoActions { subcategory },
            last => ParseGenAiError::UnknownAction {
                subcategory,
                number,
                last,
            },
        })
    }

    /// Returns the subcategory that the action serves.
    #[must_use]
    pub const fn subcategory(self) -> Subcategory {
        self.subcategory
    }

    /// Returns the number within the subcategory, from 1.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.number
    }

    /// Returns the risks that the action is tagged with, at least one, in the order of the document.
    pub fn risks(self) -> impl Iterator<Item = GenAiRisk> {
        let set = self.risk_set();
        let all = GenAiRisk::ALL.into_iter();
        all.filter(move |risk| set & (1 << *risk as u16) != 0)
    }

    /// Returns the risks as bits, the first risk as the lowest one.
    pub(super) fn risk_set(self) -> u16 {
        let sets = sets(self.subcategory);
        sets[usize::from(self.number) - 1]
    }
}

impl Subcategory {
    /// Returns the actions that NIST AI 600-1 suggests for this subcategory; 23 have none.
    pub fn genai_actions(self) -> impl Iterator<Item = GenAiAction> {
        let sets = sets(self).iter();
        (1..).zip(sets).map(move |(number, _)| GenAiAction {
            subcategory: self,
            number,
        })
    }
}

impl fmt::Display for GenAiAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:03}", self.subcategory.short(), self.number)
    }
}

impl FromStr for GenAiAction {
    type Err = ParseGenAiError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let malformed = || ParseGenAiError::form(text);
        if text.len() > MAX_LEN {
            return Err(malformed());
        }
        let id = text.trim();
        let id = id.strip_suffix(':').map_or(id, str::trim_end);
        // Typographic hyphens of the PDF count as plain ones.
        let is_hyphen = |c: char| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}');
        let (rest, number) = id.rsplit_once(is_hyphen).ok_or_else(malformed)?;
        let rest = rest.strip_suffix(is_hyphen).unwrap_or(rest);
        let digits = number.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || number.len() > 3 || !rest.contains('.') || rest.ends_with(is_hyphen) {
            return Err(malformed());
        }
        let number = number.parse().map_err(|_| malformed())?;
        let subcategory = rest
            .parse()
            .map_err(|source| ParseGenAiError::Subcategory { source })?;
        Self::new(subcategory, number)
    }
}

impl Serialize for GenAiAction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for GenAiAction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Returns one set of risks for each action of a subcategory.
fn sets(subcategory: Subcategory) -> &'static [u16] {
    let index = Subcategory::ALL.iter().position(|it| *it == subcategory);
    index.map_or(&[], |index| RISKS[index])
}

const fn all() -> [GenAiAction; 212] {
    let mut all = [GenAiAction {
        subcategory: Subcategory::ALL[0],
        number: 1,
    }; 212];
    let mut next = 0;
    let mut index = 0;
    while index < RISKS.len() {
        let mut number = 1;
        while number as usize <= RISKS[index].len() {
            all[next] = GenAiAction {
                subcategory: Subcategory::ALL[index],
                number,
            };
            next += 1;
            number += 1;
        }
        index += 1;
    }
    assert!(next == all.len(), "the table makes 212 actions");
    all
}
