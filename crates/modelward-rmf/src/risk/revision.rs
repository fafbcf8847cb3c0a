use modelward_artifact::{Date, Timestamp};

use crate::{
    Basis, Change, HistoryEntry, Link, Party, Risk, RiskError, RiskRating, RiskStatement,
    RiskStatus, Text, Treatment,
};

/// Says what a risk is to become; what it was is taken from the risk.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Amendment {
    /// Adds a link.
    Link(Link),
    /// Notes something and changes nothing else.
    Note(Text),
    /// Sets who answers for the risk.
    Owner(Option<Party>),
    /// Sets a rating. The current one cannot be removed.
    Rating(Basis, Option<RiskRating>),
    /// Sets the day by which the risk is to be reviewed.
    Review(Option<Date>),
    /// States the risk in other words.
    Statement(RiskStatement),
    /// Sets where the risk stands in its life.
    Status(RiskStatus),
    /// Sets what is done about the risk.
    Treatment(Treatment),
    /// Removes a link.
    Unlink(Link),
}

/// Amends a risk: who, when, to what, and why.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Revision {
    by: Party,
    at: Timestamp,
    amendment: Amendment,
    note: Option<Text>,
}

impl Revision {
    /// Describes a revision.
    #[must_use]
    pub const fn new(by: Party, at: Timestamp, amendment: Amendment) -> Self {
        Self {
            by,
            at,
            amendment,
            note: None,
        }
    }

    /// Sets why the risk is amended.
    #[must_use]
    pub fn with_note(mut self, note: Text) -> Self {
        self.note = Some(note);
        self
    }
}

/// Applies a revision to a risk and records it in the risk's history.
pub(crate) fn revised(risk: &Risk, revision: Revision) -> Result<Risk, RiskError> {
    let mut revised = risk.clone();
    let change = amend(&mut revised, revision.amendment)?;
    let mut entry = HistoryEntry::new(revision.at, revision.by, change);
    if let Some(note) = revision.note {
        entry = entry.with_note(note);
    }
    revised.history.push(entry);
    revised.checked()
}

fn amend(risk: &mut Risk, amendment: Amendment) -> Result<Change, RiskError> {
    Ok(match amendment {
        Amendment::Link(link) => {
            risk.link(link.clone())?;
            Change::Linked { link }
        }
        Amendment::Note(text) => Change::Noted { text },
        Amendment::Owner(to) => {
            let from = replace("owner", &mut risk.owner, to.clone())?;
            Change::Owner { from, to }
        }
        Amendment::Rating(basis, to) => rate(risk, basis, to)?,
        Amendment::Review(to) => {
            let from = replace("review", &mut risk.review_by, to)?;
            Change::Review { from, to }
        }
        Amendment::Statement(to) => {
            let from = replace("statement", &mut risk.statement, to.clone())?;
            Change::Statement { from, to }
        }
        Amendment::Status(to) => {
            let from = replace("status", &mut risk.status, to.clone())?;
            Change::Status { from, to }
        }
        Amendment::Treatment(to) => {
            let from = replace("treatment", &mut risk.treatment, to.clone())?;
            Change::Treatment {
                from: Box::new(from),
                to: Box::new(to),
            }
        }
        Amendment::Unlink(link) => {
            if !risk.unlink(&link) {
                let (what, found) = (link.what(), link.to_string());
                return Err(RiskError::NoLink { what, found });
            }
            Change::Unlinked { link }
        }
    })
}

fn rate(risk: &mut Risk, basis: Basis, to: Option<RiskRating>) -> Result<Change, RiskError> {
    let from = match basis {
        Basis::Inherent => replace("inherent rating", &mut risk.inherent, to.clone())?,
        Basis::Current => {
            let to = to.clone().ok_or(RiskError::NoRating)?;
            Some(replace("current rating", &mut risk.current, to)?)
        }
        Basis::Residual => replace("residual rating", &mut risk.residual, to.clone())?,
    };
    Ok(Change::Rating { basis, from, to })
}

fn replace<T: PartialEq>(what: &'static str, place: &mut T, value: T) -> Result<T, RiskError> {
    if *place == value {
        return Err(RiskError::Unchanged { what });
    }
    Ok(std::mem::replace(place, value))
}
