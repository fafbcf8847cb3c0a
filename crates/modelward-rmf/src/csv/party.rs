use crate::Party;
use crate::csv::fields::{Fields, text};
use crate::csv::sheet::SheetRow;

/// Names the three columns of a party.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PartyColumns {
    name: &'static str,
    organization: &'static str,
    role: &'static str,
}

/// Names the columns of a party after the one that holds its name.
macro_rules! party {
    ($name:literal) => {
        crate::csv::party::PartyColumns::new(
            $name,
            concat!($name, "-organization"),
            concat!($name, "-role"),
        )
    };
}

pub(crate) use party;

impl PartyColumns {
    pub(crate) const fn new(
        name: &'static str,
        organization: &'static str,
        role: &'static str,
    ) -> Self {
        Self {
            name,
            organization,
            role,
        }
    }

    pub(crate) fn write(self, row: &mut SheetRow, party: &Party) {
        row.set(self.name, party.name());
        row.set_some(self.organization, party.organization());
        row.set_some(self.role, party.role());
    }

    /// Reads a party that this row needs.
    pub(crate) fn need(self, fields: &mut Fields<'_>) -> Option<Party> {
        let name = fields.need(self.name, text);
        let organization = fields.read(self.organization, text);
        let role = fields.read(self.role, text);
        Some(Party::of_parts(name?, organization, role))
    }

    /// Reads a party that may be left out. An organization or a role alone is none.
    pub(crate) fn read(self, fields: &mut Fields<'_>) -> Option<Party> {
        let columns = [self.name, self.organization, self.role];
        if columns.iter().all(|column| fields.said(column).is_none()) {
            return None;
        }
        self.need(fields)
    }
}
