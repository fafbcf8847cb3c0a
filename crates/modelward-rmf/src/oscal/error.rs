use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use thiserror::Error;

use crate::{ScaleMismatch, Subcategory};

/// Says why something has no OSCAL form.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OscalError {
    /// A namespace is no URI, or the address of a plan is no URI reference to another document.
    #[error("{what} `{}` is not an address that OSCAL takes", Terminal(found))]
    Address {
        /// What the address is for.
        what: &'static str,
        /// The address, cut off after 32 characters.
        found: String,
    },
    /// A crosswalk has no canonical form, of which its UUIDs are made.
    #[error("crosswalk has no canonical form")]
    Canonical {
        /// What is wrong with it.
        source: JsonError,
    },
    /// The id of a control is no token of ASCII: a letter or `_`, then letters, digits, `.`, `-`
    /// and `_`.
    #[error("control id `{}` of {subcategory} is no token", Terminal(found))]
    ControlId {
        /// The subcategory.
        subcategory: Subcategory,
        /// The id, cut off after 32 characters.
        found: String,
    },
    /// Two subcategories have one control id.
    #[error("{first} and {second} have one control id, `{}`", Terminal(found))]
    ControlIdTwice {
        /// The earlier subcategory.
        first: Subcategory,
        /// The later subcategory.
        second: Subcategory,
        /// The id, cut off after 32 characters.
        found: String,
    },
    /// A version or an identifier is blank, has blanks around it or a control character.
    #[error("{what} is not one line of text without blanks around it")]
    Line {
        /// What the text is for.
        what: &'static str,
    },
    /// A crosswalk has no rows, and OSCAL has no empty mapping.
    #[error("crosswalk has no rows to map")]
    NoRows,
    /// Nothing is assessed, and OSCAL has no results without reviewed controls.
    #[error("assessment has no determination")]
    NothingAssessed,
    /// No action and no gap is open, and OSCAL has no empty plan.
    #[error("no action and no gap is open")]
    NothingOpen,
    /// The profiles are rated on two scales.
    #[error("profiles cannot be compared")]
    Scale {
        /// The scales.
        source: ScaleMismatch,
    },
    /// OSCAL has years from 1900 to 2999 only.
    #[error("{what} {found} is after the year 2999, the last that OSCAL has")]
    Year {
        /// What the time is.
        what: &'static str,
        /// The time.
        found: String,
    },
}

impl OscalError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Address { .. } => "rmf.oscal.address",
            Self::Canonical { .. } => "rmf.oscal.canonical",
            Self::ControlId { .. } => "rmf.oscal.control_id",
            Self::ControlIdTwice { .. } => "rmf.oscal.control_id_twice",
            Self::Line { .. } => "rmf.oscal.line",
            Self::NoRows => "rmf.oscal.no_rows",
            Self::NothingAssessed => "rmf.oscal.nothing_assessed",
            Self::NothingOpen => "rmf.oscal.nothing_open",
            Self::Scale { .. } => "rmf.oscal.scale",
            Self::Year { .. } => "rmf.oscal.year",
        }
    }
}
