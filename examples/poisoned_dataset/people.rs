//! Who takes part.

use modelward::artifact::Party;

use crate::Failure;

pub(crate) struct People {
    /// Was on call.
    pub(crate) ada: Party,
    /// Looks for attacks on models.
    pub(crate) bo: Party,
    /// Answers for the safety of the system.
    pub(crate) cy: Party,
}

impl People {
    pub(crate) fn new() -> Result<Self, Failure> {
        let person = |name: &str, role: &str| {
            Party::new(name)?
                .with_organization("Dermalyse")?
                .with_role(role)
        };
        Ok(Self {
            ada: person("Ada Ferro", "engineer on call")?,
            bo: person("Bo Lindqvist", "model security")?,
            cy: person("Cy Marsh", "head of safety")?,
        })
    }
}
