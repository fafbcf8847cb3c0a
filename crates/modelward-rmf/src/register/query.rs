use modelward_artifact::AtlasTechnique;

use crate::{AssetRef, Basis, Risk, RiskKind, RiskLevel, RiskRegister, Standing, Subcategory};

impl RiskRegister {
    /// Returns the level of one of a risk's ratings, or `None` where the risk has no such rating.
    ///
    /// A risk of another register may also have a rating that this matrix does not know.
    #[must_use]
    pub fn level(&self, risk: &Risk, basis: Basis) -> Option<&RiskLevel> {
        self.matrix().level_of(risk.rating(basis)?)
    }

    /// Tells how one of a risk's ratings stands to appetite and tolerance, or returns `None` where
    /// [`RiskRegister::level`] does.
    #[must_use]
    pub fn standing(&self, risk: &Risk, basis: Basis) -> Option<Standing> {
        self.matrix().standing(risk.rating(basis)?)
    }

    /// Returns the threats that are not closed and whose level is above the appetite, sorted by id.
    ///
    /// What is above the tolerance is above the appetite too. Threats that have no such rating are
    /// left out: [`Tally::unrated`](crate::Tally::unrated) counts them.
    pub fn above_appetite(&self, basis: Basis) -> impl Iterator<Item = &Risk> {
        self.at_least(Standing::WithinTolerance, basis)
    }

    /// Returns the threats that are not closed and whose level is above the tolerance, sorted by
    /// id. Threats that have no such rating are left out.
    pub fn above_tolerance(&self, basis: Basis) -> impl Iterator<Item = &Risk> {
        self.at_least(Standing::AboveTolerance, basis)
    }

    /// Returns the risks, closed ones too, that are about an asset, sorted by id.
    pub fn by_asset(&self, asset: &AssetRef) -> impl Iterator<Item = &Risk> {
        self.risks()
            .filter(move |risk| risk.assets().contains(asset))
    }

    /// Returns the risks, closed ones too, that are linked to an incident, sorted by id.
    pub fn by_incident(&self, id: &str) -> impl Iterator<Item = &Risk> {
        let linked = move |risk: &&Risk| risk.incidents().iter().any(|known| known.as_str() == id);
        self.risks().filter(linked)
    }

    /// Returns the risks, closed ones too, that bear on a subcategory, sorted by id.
    pub fn by_subcategory(&self, subcategory: Subcategory) -> impl Iterator<Item = &Risk> {
        let linked = move |risk: &&Risk| risk.subcategories().contains(&subcategory);
        self.risks().filter(linked)
    }

    /// Weighs a subcategory by the worst current level among the open threats that bear on it: 0
    /// where there is none, 1 for the lowest level of risk, and so on.
    #[must_use]
    pub fn weight(&self, subcategory: Subcategory) -> usize {
        let open = self.by_subcategory(subcategory);
        let threats =
            open.filter(|risk| !risk.status().is_closed() && risk.kind() == RiskKind::Threat);
        let levels = threats.filter_map(|risk| {
            let level = self.level(risk, Basis::Current)?;
            self.matrix().ordinal(level.name())
        });
        levels.map(|ordinal| ordinal + 1).max().unwrap_or(0)
    }

    /// Returns the risks, closed ones too, that are linked to a technique or a part of it, sorted
    /// by id.
    pub fn by_technique(&self, technique: AtlasTechnique) -> impl Iterator<Item = &Risk> {
        let includes = move |known: &AtlasTechnique| technique.includes(*known);
        self.risks()
            .filter(move |risk| risk.techniques().iter().any(includes))
    }

    fn at_least(&self, least: Standing, basis: Basis) -> impl Iterator<Item = &Risk> {
        self.risks().filter(move |risk| {
            risk.kind() == RiskKind::Threat
                && !risk.status().is_closed()
                && self.standing(risk, basis) >= Some(least)
        })
    }
}
