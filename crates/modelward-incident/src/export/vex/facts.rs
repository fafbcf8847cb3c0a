//! What the record says, as the formats take it. Nothing else of the record reaches them.

use modelward_artifact::Timestamp;

use super::VexProblem;
use super::product::{Product, Standing};
use crate::Tlp;
use crate::link::is_cve;

/// What an incident says at the level of its release.
#[derive(Clone, Debug)]
pub(crate) struct VexFacts {
    pub(crate) id: String,
    pub(crate) level: Tlp,
    pub(crate) title: String,
    pub(crate) summary: Option<String>,
    pub(crate) opened: Timestamp,
    pub(crate) changed: Timestamp,
    pub(crate) detected: Option<Timestamp>,
    /// Which detection the time is from, where nobody stated it.
    pub(crate) detected_by: Option<usize>,
    pub(crate) is_open: bool,
    pub(crate) phase: &'static str,
    /// `low`, `medium`, `high` or `critical`.
    pub(crate) severity: &'static str,
    pub(crate) determination: &'static str,
    pub(crate) harm: &'static str,
    pub(crate) is_false_positive: bool,
    /// Kinds of incident and techniques, one line for each.
    pub(crate) kinds: Vec<String>,
    pub(crate) techniques: Vec<String>,
    pub(crate) cwes: Vec<u32>,
    pub(crate) impacts: Vec<String>,
    pub(crate) root_cause: Option<String>,
    pub(crate) review: Option<String>,
    pub(crate) links: Vec<FactLink>,
    pub(crate) notes: Vec<FactNote>,
    /// Who made the one system that is described, where one alone did.
    pub(crate) vendor: Option<String>,
    pub(crate) products: Vec<Product>,
    /// The fields that are about assets which the release does not have.
    pub(crate) unplaced: Vec<String>,
}

/// A link to another record.
#[derive(Clone, Debug)]
pub(crate) struct FactLink {
    /// The other record is about the same thing.
    pub(crate) is_same: bool,
    /// The relation in words.
    pub(crate) relation: String,
    pub(crate) title: Option<String>,
    pub(crate) system: Option<String>,
    pub(crate) target: String,
}

/// A note of the timeline.
#[derive(Clone, Debug)]
pub(crate) struct FactNote {
    pub(crate) at: Timestamp,
    pub(crate) actor: String,
    pub(crate) text: String,
}

impl VexFacts {
    /// Returns the CVE that the incident is, where a link says that it is one.
    pub(crate) fn own_cve(&self) -> Option<&str> {
        let mut own = self.links.iter().filter(|link| link.is_same);
        own.find_map(|link| is_cve(&link.target).then_some(link.target.as_str()))
    }

    /// Returns the other names under which the incident is known, and the systems that gave them.
    pub(crate) fn aliases(&self) -> impl Iterator<Item = (&str, &str)> {
        let same = self.links.iter();
        let same = same.filter(|link| link.is_same && !link.is_address());
        same.map(|link| {
            let system = link.system.as_deref().unwrap_or("other");
            (system, link.target.as_str())
        })
    }

    /// Says where the links go that lead neither to an address nor to the same case elsewhere.
    pub(crate) fn other_links(&self) -> Vec<String> {
        let other = self
            .links
            .iter()
            .filter(|link| !link.is_same && link.url().is_none());
        other
            .map(|link| format!("{} {}", link.summary(), link.target))
            .collect()
    }

    /// Returns the products that stand so.
    pub(crate) fn that_are(&self, standing: Standing) -> impl Iterator<Item = &Product> {
        let products = self.products.iter();
        products.filter(move |product| product.standing == standing)
    }

    /// Says why a cleared asset is not affected.
    pub(crate) fn clearance(&self) -> String {
        format!(
            "The asset was examined in incident {} and cleared.",
            self.id
        )
    }

    /// Lists what no format can be made with.
    pub(crate) fn problems(&self) -> Vec<VexProblem> {
        let mut problems = Vec::new();
        if self.products.is_empty() {
            problems.push(VexProblem::NoProduct);
        }
        for product in self.products.iter().filter(|it| it.has_bad_purl) {
            let asset = product.asset.clone();
            problems.push(VexProblem::Purl { asset });
        }
        problems
    }

    /// Says in a few words what is held of the case.
    pub(crate) fn standing(&self) -> String {
        format!(
            "Severity: {}. Determination: {}. Harm: {}. Phase: {}.",
            self.severity, self.determination, self.harm, self.phase
        )
    }
}

impl FactLink {
    /// Tells whether the target is an address of the web.
    pub(crate) fn is_address(&self) -> bool {
        let text = self.target.as_str();
        let is_web = text.starts_with("https://") || text.starts_with("http://");
        is_web && fluent_uri::Uri::parse(text).is_ok()
    }

    /// Returns where the target is found, if it is an address or a CVE.
    pub(crate) fn url(&self) -> Option<String> {
        if is_cve(&self.target) {
            let address = "https://www.cve.org/CVERecord?id=";
            return Some(format!("{address}{}", self.target));
        }
        self.is_address().then(|| self.target.clone())
    }

    /// Says what the target is, such as `Related: CVE-2026-1234`.
    pub(crate) fn summary(&self) -> String {
        let name = match (&self.title, &self.system) {
            (Some(title), _) => title,
            (None, _) if is_cve(&self.target) => &self.target,
            (None, Some(system)) => system,
            (None, None) => return self.relation.clone(),
        };
        format!("{}: {name}", self.relation)
    }
}
