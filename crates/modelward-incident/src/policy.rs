//! The organization's policies for incidents, and how ready it is for one.

mod action;
mod document;
mod kind;
mod readiness;
mod set;

pub use self::action::{ParseRmfActionError, RmfAction};
pub use self::document::{IncidentPolicy, NearMisses};
pub use self::kind::PolicyKind;
pub use self::readiness::{Backup, Contact, Exercise, Playbook, Readiness};
pub use self::set::PolicySet;
