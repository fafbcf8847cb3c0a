use std::collections::BTreeMap;

use crate::{
    AssetRef, Basis, LevelName, Risk, RiskKind, RiskLevel, RiskMatrix, RiskRegister, Subcategory,
};

/// Counts the risks of a register by one of their ratings, threats and opportunities apart.
///
/// NIST AI 100-1 means by residual risk in MANAGE 1.4 the sum of all unmitigated risks. What it asks
/// to document is the aggregate of [`Basis::Residual`], together with the number of risks whose
/// residual rating nobody has given ([`Tally::unrated`]).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Aggregate {
    basis: Basis,
    threats: Tally,
    opportunities: Tally,
    assets: BTreeMap<AssetRef, Group>,
    subcategories: BTreeMap<Subcategory, Group>,
}

impl Aggregate {
    /// Returns by which rating the risks are counted.
    #[must_use]
    pub const fn basis(&self) -> Basis {
        self.basis
    }

    /// Returns the counts of one kind of risks.
    #[must_use]
    pub const fn tally(&self, kind: RiskKind) -> &Tally {
        match kind {
            RiskKind::Opportunity => &self.opportunities,
            RiskKind::Threat => &self.threats,
        }
    }

    /// Returns the counts of the threats.
    #[must_use]
    pub const fn threats(&self) -> &Tally {
        &self.threats
    }

    /// Returns the counts of the opportunities.
    #[must_use]
    pub const fn opportunities(&self) -> &Tally {
        &self.opportunities
    }

    /// Returns the counts for each asset, sorted. A risk about two assets counts for both.
    #[must_use]
    pub fn assets(&self) -> impl ExactSizeIterator<Item = (&AssetRef, &Group)> {
        self.assets.iter()
    }

    /// Returns the counts for each subcategory that a risk bears on, in the order of AI RMF 1.0. A
    /// risk that bears on two counts for both.
    #[must_use]
    pub fn subcategories(&self) -> impl ExactSizeIterator<Item = (Subcategory, &Group)> {
        let groups = self.subcategories.iter();
        groups.map(|(subcategory, group)| (*subcategory, group))
    }

    /// Returns how many risks there are, closed ones too.
    #[must_use]
    pub fn total(&self) -> usize {
        self.threats.total() + self.opportunities.total()
    }
}

/// Holds the counts of threats and of opportunities that have something in common.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Group {
    threats: Tally,
    opportunities: Tally,
}

impl Group {
    /// Returns the counts of one kind of risks.
    #[must_use]
    pub const fn tally(&self, kind: RiskKind) -> &Tally {
        match kind {
            RiskKind::Opportunity => &self.opportunities,
            RiskKind::Threat => &self.threats,
        }
    }
}

/// Counts risks of one kind. Each risk is counted once: as closed, as unrated, or in its cell.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Tally {
    /// The levels of risk from low to high, each with its count.
    levels: Vec<(RiskLevel, usize)>,
    /// A row for each likelihood, a column for each impact.
    cells: Vec<Vec<usize>>,
    unrated: usize,
    closed: usize,
}

impl Tally {
    /// Returns the levels of risk from low to high, each with the number of risks.
    #[must_use]
    pub fn levels(&self) -> &[(RiskLevel, usize)] {
        &self.levels
    }

    /// Returns the number of risks of a level; 0 where the matrix does not have it.
    #[must_use]
    pub fn count(&self, level: &LevelName) -> usize {
        let mut levels = self.levels.iter();
        let found = levels.find(|(known, _)| known.name() == level);
        found.map_or(0, |(_, count)| *count)
    }

    /// Returns the number of risks in each cell: a row for each likelihood and a column for each
    /// impact, from low to high.
    #[must_use]
    pub fn cells(&self) -> &[Vec<usize>] {
        &self.cells
    }

    /// Returns the highest level that a risk has.
    #[must_use]
    pub fn highest(&self) -> Option<&RiskLevel> {
        let mut levels = self.levels.iter().rev();
        let found = levels.find(|(_, count)| *count > 0);
        found.map(|(level, _)| level)
    }

    /// Returns the number of risks that have this rating and are not closed.
    #[must_use]
    pub fn rated(&self) -> usize {
        self.levels.iter().map(|(_, count)| count).sum()
    }

    /// Returns the number of risks that are not closed and do not have this rating.
    #[must_use]
    pub const fn unrated(&self) -> usize {
        self.unrated
    }

    /// Returns the number of closed risks, which count nowhere else.
    #[must_use]
    pub const fn closed(&self) -> usize {
        self.closed
    }

    /// Returns the number of risks, closed ones too.
    #[must_use]
    pub fn total(&self) -> usize {
        self.rated() + self.unrated + self.closed
    }

    fn new(matrix: &RiskMatrix) -> Self {
        let levels = matrix.levels().iter();
        Self {
            levels: levels.map(|level| (level.clone(), 0)).collect(),
            cells: vec![vec![0; matrix.impact().len()]; matrix.likelihood().len()],
            unrated: 0,
            closed: 0,
        }
    }

    fn add(&mut self, place: Place) {
        match place {
            Place::Cell { row, column, level } => {
                self.cells[row][column] += 1;
                self.levels[level].1 += 1;
            }
            Place::Closed => self.closed += 1,
            Place::Unrated => self.unrated += 1,
        }
    }
}

impl RiskRegister {
    /// Counts the risks by one of their ratings.
    #[must_use]
    pub fn aggregate(&self, basis: Basis) -> Aggregate {
        let matrix = self.matrix();
        let mut all = Group::new(matrix);
        let mut assets = BTreeMap::new();
        let mut subcategories = BTreeMap::new();
        for risk in self.risks() {
            let place = Place::of(matrix, risk, basis);
            all.add(risk.kind(), place);
            for asset in risk.assets() {
                let group = assets.entry(asset.clone());
                let group = group.or_insert_with(|| Group::new(matrix));
                group.add(risk.kind(), place);
            }
            for subcategory in risk.subcategories() {
                let group = subcategories.entry(*subcategory);
                let group = group.or_insert_with(|| Group::new(matrix));
                group.add(risk.kind(), place);
            }
        }
        Aggregate {
            basis,
            threats: all.threats,
            opportunities: all.opportunities,
            assets,
            subcategories,
        }
    }
}

impl Group {
    fn new(matrix: &RiskMatrix) -> Self {
        Self {
            threats: Tally::new(matrix),
            opportunities: Tally::new(matrix),
        }
    }

    fn add(&mut self, kind: RiskKind, place: Place) {
        let tally = match kind {
            RiskKind::Opportunity => &mut self.opportunities,
            RiskKind::Threat => &mut self.threats,
        };
        tally.add(place);
    }
}

/// Says where a risk is counted, by positions in the matrix.
#[derive(Clone, Copy)]
enum Place {
    Cell {
        row: usize,
        column: usize,
        level: usize,
    },
    Closed,
    Unrated,
}

impl Place {
    fn of(matrix: &RiskMatrix, risk: &Risk, basis: Basis) -> Self {
        if risk.status().is_closed() {
            return Self::Closed;
        }
        let cell = risk.rating(basis).and_then(|rating| {
            let (row, column) = matrix.position(rating)?;
            let level = matrix.ordinal(matrix.cell(row, column)?.name())?;
            Some(Self::Cell { row, column, level })
        });
        cell.unwrap_or(Self::Unrated)
    }
}
