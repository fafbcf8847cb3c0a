//! The components that are affected, and what points at them.

use std::collections::BTreeSet;

use modelward_artifact::{Digest, DigestAlgorithm};

use super::wire::{Component, Hash};
use crate::export::vex::BomId;
use crate::export::vex::product::{Product, Rollback};

/// Gives out identifiers of which no two are the same, and holds what they stand for.
#[derive(Default)]
pub(super) struct Components {
    taken: BTreeSet<String>,
    pub(super) list: Vec<Component>,
}

impl Components {
    /// Returns the identifier that is wanted, or that with a number behind it where it is taken.
    pub(super) fn take(&mut self, wanted: &str) -> String {
        let numbered = (2_u64..).map(|number| format!("{wanted}#{number}"));
        let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
        let name = names.find(|name| !self.taken.contains(name));
        let name = name.expect("there are more numbers than names");
        self.taken.insert(name.clone());
        name
    }

    /// Returns what points at an asset: links into bills of materials, or else components here.
    pub(super) fn of_asset(&mut self, product: &Product, bom: Option<&BomId>) -> Vec<String> {
        let links = product.bom_links(bom);
        if !links.is_empty() {
            return links;
        }
        let purls: Vec<Option<&String>> = match product.purls.as_slice() {
            [] => vec![None],
            purls => purls.iter().map(Some).collect(),
        };
        let mut refs = Vec::new();
        for (index, purl) in purls.into_iter().enumerate() {
            let own = product.bom_refs.get(index);
            let asset = product.asset.as_str();
            let wanted = own.or(purl).map_or(asset, String::as_str);
            let bom_ref = self.take(wanted);
            self.list.push(Component {
                kind: product.component_type,
                bom_ref: Some(bom_ref.clone()),
                name: product.name.clone(),
                version: product.version.clone(),
                hashes: hashes(&product.digests),
                purl: purl.cloned(),
            });
            refs.push(bom_ref);
        }
        refs
    }

    /// Returns what points at what an asset went back to.
    pub(super) fn of_rollback(&mut self, product: &Product, rollback: &Rollback) -> String {
        let bom_ref = self.take(&format!("rollback:{}", product.asset));
        self.list.push(Component {
            kind: product.component_type,
            bom_ref: Some(bom_ref.clone()),
            name: product.name.clone(),
            version: rollback.version.clone(),
            hashes: hashes(&[rollback.to]),
            purl: None,
        });
        bom_ref
    }
}

fn hashes(digests: &[Digest]) -> Vec<Hash> {
    let digests = digests.iter().filter_map(|digest| {
        let alg = match digest.algorithm() {
            DigestAlgorithm::Blake2b => "BLAKE2b-512",
            DigestAlgorithm::Blake3 => "BLAKE3",
            DigestAlgorithm::Sha256 => "SHA-256",
            DigestAlgorithm::Sha384 => "SHA-384",
            DigestAlgorithm::Sha512 => "SHA-512",
            _ => return None,
        };
        let content = digest.to_hex();
        Some(Hash { alg, content })
    });
    digests.collect()
}
