use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::airmf_1_0::parse::Parts;
use crate::{Category, Function, ParseIdError};

/// Names one of the 72 subcategories of the AI RMF core, such as `GOVERN 1.1`.
///
/// - Its text is the id as NIST AI 100-1 writes it. Order is that of the document, so
///   `MEASURE 2.9` stands before `MEASURE 2.10`.
/// - Read are `GOVERN 1.1`, `GOVERN-1.1`, `GOVERN.1.1`, `GOVERN1.1` and the same with `GV`, in any
///   case, with blanks around, a colon at the end, or the framework's version as in
///   `GOVERN-1.1@1.0`. Typographic hyphens and no-break blanks count as plain ones.
/// - An id that the framework does not have is refused.
///
/// ```
/// use modelward_rmf::Subcategory;
///
/// let subcategory: Subcategory = "MS-2.11".parse()?;
/// assert_eq!(subcategory.to_string(), "MEASURE 2.11");
///
/// let refused = "MEASURE 2.14".parse::<Subcategory>().unwrap_err();
/// assert_eq!(refused.to_string(), "MEASURE 2.14 does not exist, MEASURE 2 has 2.1 to 2.13");
/// # Ok::<(), modelward_rmf::ParseIdError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Subcategory {
    category: Category,
    number: u8,
}

impl Subcategory {
    /// Lists the subcategories in the order of the document.
    pub const ALL: [Self; 72] = all();

    /// Returns the subcategory with this number.
    ///
    /// # Errors
    ///
    /// [`ParseIdError::UnknownSubcategory`] where the category has no such subcategory.
    pub const fn new(category: Category, number: u16) -> Result<Self, ParseIdError> {
        let last = category.last();
        let mut known = 1;
        // `const fn` has no `try_from`; counting up needs no cast that could cut the number off.
        while known <= last {
            if known as u16 == number {
                return Ok(Self {
                    category,
                    number: known,
                });
            }
            known += 1;
        }
        Err(ParseIdError::UnknownSubcategory {
            category,
            number,
            last,
        })
    }

    /// Returns the function.
    #[must_use]
    pub const fn function(self) -> Function {
        self.category.function()
    }

    /// Returns the category.
    #[must_use]
    pub const fn category(self) -> Category {
        self.category
    }

    /// Returns the number within the category, from 1.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.number
    }

    /// Returns the position in [`ALL`](Self::ALL), 0 to 71.
    #[must_use]
    pub const fn index(self) -> usize {
        FIRST[self.category.index()] + self.number as usize - 1
    }

    /// Returns the short form that NIST AI 600-1 uses, such as `GV-1.1`.
    #[must_use]
    pub fn short(self) -> String {
        let category = self.category.number();
        format!("{}-{category}.{}", self.function().short(), self.number)
    }

    /// Returns what a table can be matched by.
    pub(crate) const fn key(self) -> (Function, u8, u8) {
        (self.function(), self.category.number(), self.number)
    }
}

impl fmt::Display for Subcategory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.category, self.number)
    }
}

impl FromStr for Subcategory {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match Parts::read(text)? {
            Parts {
                function,
                category: Some(category),
                subcategory: Some(number),
            } => Self::new(Category::new(function, category)?, number),
            _ => Err(ParseIdError::form("GOVERN 1.1", text)),
        }
    }
}

impl Serialize for Subcategory {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Subcategory {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Holds the position of the first subcategory of each category.
static FIRST: [usize; 19] = first();

const fn first() -> [usize; 19] {
    let mut first = [0; 19];
    let mut next = 0;
    let mut index = 0;
    while index < first.len() {
        first[index] = next;
        next += Category::ALL[index].last() as usize;
        index += 1;
    }
    first
}

const fn all() -> [Subcategory; 72] {
    let mut all = [Subcategory {
        category: Category::ALL[0],
        number: 1,
    }; 72];
    let mut next = 0;
    let mut index = 0;
    while index < Category::ALL.len() {
        let category = Category::ALL[index];
        let mut number = 1;
        while number <= category.last() {
            all[next] = Subcategory { category, number };
            next += 1;
            number += 1;
        }
        index += 1;
    }
    assert!(next == all.len(), "the sizes make 72 subcategories");
    all
}
