use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::airmf_1_0::parse::Parts;
use crate::{Function, ParseIdError, Subcategory};

/// Names one of the 19 categories of the AI RMF core, such as `GOVERN 1`.
///
/// Besides the spellings of [`Subcategory`], `GOVERN 1.0` is read, as the Secure Controls
/// Framework writes the category.
///
/// ```
/// use modelward_rmf::Category;
///
/// let category: Category = "ms-2".parse()?;
/// assert_eq!(category.to_string(), "MEASURE 2");
/// assert_eq!(category.subcategories().count(), 13);
/// # Ok::<(), modelward_rmf::ParseIdError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Category {
    function: Function,
    number: u8,
}

impl Category {
    /// Lists the categories in the order of the document.
    pub const ALL: [Self; 19] = all();

    /// Returns the category with this number.
    ///
    /// # Errors
    ///
    /// [`ParseIdError::UnknownCategory`] where the function has no such category.
    pub const fn new(function: Function, number: u16) -> Result<Self, ParseIdError> {
        let last = function.sizes().len();
        let mut known = 1;
        // `const fn` has no `try_from`; counting up needs no cast that could cut the number off.
        let mut index = 0;
        while index < last {
            if known as u16 == number {
                return Ok(Self {
                    function,
                    number: known,
                });
            }
            known += 1;
            index += 1;
        }
        Err(ParseIdError::UnknownCategory {
            function,
            number,
            last: known - 1,
        })
    }

    /// Returns the function.
    #[must_use]
    pub const fn function(self) -> Function {
        self.function
    }

    /// Returns the number within the function, from 1.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.number
    }

    /// Returns the position in [`ALL`](Self::ALL), 0 to 18.
    #[must_use]
    pub const fn index(self) -> usize {
        FIRST[self.function as usize] + self.number as usize - 1
    }

    /// Returns the subcategories in the order of the document.
    pub fn subcategories(self) -> impl Iterator<Item = Subcategory> {
        let all = Subcategory::ALL.into_iter();
        all.filter(move |subcategory| subcategory.category() == self)
    }

    /// Returns the number of the last subcategory.
    pub(crate) const fn last(self) -> u8 {
        self.function.sizes()[self.number as usize - 1]
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.function, self.number)
    }
}

impl FromStr for Category {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match Parts::read(text)? {
            Parts {
                function,
                category: Some(number),
                subcategory: None | Some(0),
            } => Self::new(function, number),
            _ => Err(ParseIdError::form("GOVERN 1", text)),
        }
    }
}

impl Serialize for Category {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Category {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Holds the position of the first category of each function.
static FIRST: [usize; 4] = first();

const fn first() -> [usize; 4] {
    let mut first = [0; 4];
    let mut next = 0;
    let mut index = 0;
    while index < first.len() {
        first[index] = next;
        next += Function::ALL[index].sizes().len();
        index += 1;
    }
    first
}

const fn all() -> [Category; 19] {
    let mut all = [Category {
        function: Function::Govern,
        number: 1,
    }; 19];
    let mut next = 0;
    let mut function = 0;
    while function < Function::ALL.len() {
        let sizes = Function::ALL[function].sizes();
        let mut number = 1;
        while (number as usize) <= sizes.len() {
            all[next] = Category {
                function: Function::ALL[function],
                number,
            };
            next += 1;
            number += 1;
        }
        function += 1;
    }
    assert!(next == all.len(), "the sizes make 19 categories");
    all
}
