//! What the record says, as the formats take it. Nothing else of the record reaches them.

use modelward_artifact::Timestamp;

use super::VexProblem;
use super::product::{Product, Standing};
use crate::Tlp;

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
    pub(crate) is_open: bool,
    pub(crate) phase: &'static str,
    /// `low`, `medium`, `high` or `critical`.
    pub(crate) severity: Option<&'static str>,
    pub(crate) determination: Option<&'static str>,
    pub(crate) harm: Option<&'static str>,
    pub(crate) is_false_positive: bool,
    /// Kinds of incident and techniques, one line for each.
    pub(crate) kinds: Vec<String>,
    pub(crate) techniques: Vec<String>,
    pub(crate) cves: Vec<String>,
    pub(crate) cwes: Vec<u32>,
    pub(crate) impacts: Vec<String>,
    pub(crate) root_cause: Option<String>,
    pub(crate) review: Option<String>,
    pub(crate) links: Vec<FactLink>,
    pub(crate) notes: Vec<FactNote>,
    /// Who made the one system that is described, where one alone did.
    pub(crate) vendor: Option<String>,
    pub(crate) products: Vec<Product>,
    /// The names of all fields that hold something.
    pub(crate) held: Vec<String>,
}

/// A link to another record.
#[derive(Clone, Debug)]
pub(crate) struct FactLink {
    /// The other record is about the same thing.
    pub(crate) is_same: bool,
    /// The relation in words.
    pub(crate) relation: &'static str,
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
        let same = self
            .links
            .iter()
            .filter(|link| link.is_same && link.url().is_none());
        same.map(|link| {
            (
                link.system.as_deref().unwrap_or("other"),
                link.target.as_str(),
            )
        })
    }

    /// Says where the links go that lead neither to an address nor to the same case elsewhere.
    pub(crate) fn other_links(&self) -> Vec<String> {
        let other = self
            .links
            .iter()
            .filter(|link| !link.is_same && link.url().is_none());
        other
            .map(|link| format!("{}: {}", link.summary(), link.target))
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
        let parts = [
            self.severity.map(|text| format!("Severity: {text}.")),
            self.determination
                .map(|text| format!("Determination: {text}.")),
            self.harm.map(|text| format!("Harm: {text}.")),
            Some(format!("Phase: {}.", self.phase)),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

impl FactLink {
    /// Returns the target where it is an address of the web.
    pub(crate) fn url(&self) -> Option<&str> {
        let text = self.target.as_str();
        let is_web = text.starts_with("https://") || text.starts_with("http://");
        (is_web && fluent_uri::Uri::parse(text).is_ok()).then_some(text)
    }

    /// Says what the target is, such as `Source in AIID`.
    pub(crate) fn summary(&self) -> String {
        match &self.system {
            Some(system) => format!("{} ({system})", self.relation),
            None => self.relation.to_owned(),
        }
    }
}

/// Tells whether a text is the id of a CVE, as CSAF has it.
pub(crate) fn is_cve(text: &str) -> bool {
    let parts = text
        .strip_prefix("CVE-")
        .and_then(|rest| rest.split_once('-'));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    parts.is_some_and(|(year, number)| {
        year.len() == 4 && number.len() >= 4 && is_number(year) && is_number(number)
    })
}

/// Returns the address of a CVE's record.
pub(crate) fn cve_url(cve: &str) -> String {
    format!("https://www.cve.org/CVERecord?id={cve}")
}
