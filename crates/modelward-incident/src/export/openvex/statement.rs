//! What is said of each asset.

use std::collections::BTreeMap;

use modelward_artifact::{Digest, DigestAlgorithm};

use super::OpenVexRequest;
use super::wire::{Component, Identifiers, Statement, Vulnerability};
use crate::export::vex::facts::VexFacts;
use crate::export::vex::product::{Product, Rollback, Standing, files};
use crate::export::vex::stable::{digest_uri, uuid};
use crate::link::is_cve;

/// Makes the statements of one document.
pub(super) struct Writer<'a> {
    pub(super) facts: &'a VexFacts,
    pub(super) request: &'a OpenVexRequest,
    /// The id of the document.
    pub(super) id: &'a str,
}

impl Writer<'_> {
    pub(super) fn statements(&self) -> Vec<Statement> {
        let mut statements = Vec::new();
        for product in &self.facts.products {
            statements.push(self.of_asset(product));
            let done = product.rollback.iter().filter(|it| it.is_done);
            statements.extend(done.map(|rollback| self.of_rollback(product, rollback)));
        }
        statements
    }

    /// An action stands in `affected` alone, a reason in `not_affected` alone: the reader of
    /// go-vex refuses them elsewhere.
    fn of_asset(&self, product: &Product) -> Statement {
        let components = self.components(product);
        let name = format!("asset:{}", product.asset);
        let (status, is_open) = match product.standing {
            Standing::Affected => ("affected", false),
            Standing::Cleared => ("not_affected", false),
            Standing::Suspected | Standing::Unknown => ("under_investigation", true),
        };
        let mut statement = self.statement(&name, status, components);
        statement.status_notes = format!("{}: {}", product.full_name(), statement.status_notes);
        let advice = product.advice().join("\n");
        if status == "affected" {
            let text = if advice.is_empty() {
                "No remedy is recorded yet. Treat the asset as compromised.".to_owned()
            } else {
                advice
            };
            statement.action_statement = Some(text);
        } else if is_open && !advice.is_empty() {
            statement.status_notes = statement.status_notes + "\n" + &advice;
        }
        if product.standing == Standing::Cleared {
            let why = self.request.justifications.get(&product.asset);
            statement.justification = why.map(|why| why.name());
            statement.impact_statement = Some(self.facts.clearance());
        }
        statement
    }

    fn of_rollback(&self, product: &Product, rollback: &Rollback) -> Statement {
        let name = format!("rollback:{}", product.asset);
        let components = self.of_digests(&[rollback.to], &name);
        let mut statement = self.statement(&name, "fixed", components);
        let digest = rollback.to.to_string();
        let version = rollback.version.as_deref().unwrap_or(&digest);
        statement.status_notes = format!(
            "{} {version} was restored in place of what was affected.",
            product.name
        );
        statement
    }

    fn statement(&self, name: &str, status: &'static str, products: Vec<Component>) -> Statement {
        let facts = self.facts;
        let aliases = facts.aliases().map(|(system, text)| match text {
            text if is_cve(text) || text.starts_with(system) => text.to_owned(),
            text => format!("{system}:{text}"),
        });
        let mut aliases: Vec<_> = aliases.collect();
        aliases.sort();
        aliases.dedup();
        aliases.retain(|alias| *alias != facts.id);
        Statement {
            id: format!("{}#{name}", self.id),
            vulnerability: Vulnerability {
                name: facts.id.clone(),
                description: facts.title.clone(),
                aliases,
            },
            products,
            status,
            status_notes: facts.standing(),
            justification: None,
            impact_statement: None,
            action_statement: None,
        }
    }

    /// Returns the asset under each of its names, with its digests.
    fn components(&self, product: &Product) -> Vec<Component> {
        let links = product.bom_links(self.request.bom.as_ref());
        let purls = product.purls.iter().map(|purl| (purl.clone(), true));
        let names: Vec<_> = purls
            .chain(links.into_iter().map(|it| (it, false)))
            .collect();
        if names.is_empty() {
            return self.of_digests(&product.digests, product.asset.as_str());
        }
        let mut files = files(&product.digests);
        if files.is_empty() {
            files.push(Vec::new());
        }
        let mut components = Vec::new();
        for (name, is_purl) in names {
            components.extend(files.iter().map(|digests| Component {
                id: name.clone(),
                identifiers: is_purl.then(|| Identifiers { purl: name.clone() }),
                hashes: hashes(digests),
            }));
        }
        components
    }

    /// Names what has digests alone by them, and what has none that can be told by a UUID.
    fn of_digests(&self, digests: &[Digest], name: &str) -> Vec<Component> {
        let of_file = |digests: Vec<Digest>| {
            let id = digests.iter().find_map(digest_uri)?;
            let hashes = hashes(&digests);
            Some(Component {
                id,
                identifiers: None,
                hashes,
            })
        };
        let components: Vec<_> = files(digests).into_iter().filter_map(of_file).collect();
        if !components.is_empty() {
            return components;
        }
        let id = uuid(&["product", &self.facts.id, name]);
        vec![Component {
            id: format!("urn:uuid:{id}"),
            identifiers: None,
            hashes: BTreeMap::new(),
        }]
    }
}

/// Returns the digests whose algorithms `OpenVEX` has.
fn hashes(digests: &[Digest]) -> BTreeMap<&'static str, String> {
    let known = digests.iter().filter_map(|digest| {
        let name = match digest.algorithm() {
            DigestAlgorithm::Blake2b => "blake2b-512",
            DigestAlgorithm::Sha256 => "sha-256",
            DigestAlgorithm::Sha384 => "sha-384",
            DigestAlgorithm::Sha512 => "sha-512",
            _ => return None,
        };
        Some((name, digest.to_hex()))
    });
    known.collect()
}
