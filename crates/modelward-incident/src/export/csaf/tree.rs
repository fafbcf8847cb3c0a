//! The products: who made them, what they are called, what identifies them.

use modelward_artifact::{Digest, DigestAlgorithm};

use super::wire::{Branch, FileHash, FileHashes, FullName, GenericUri, Helper, Tree};
use super::{CsafRequest, CsafVersion};
use crate::export::vex::facts::VexFacts;
use crate::export::vex::product::{Product, Rollback, files, full_name};

/// Names links into bills of materials, as section 3.1.3.3.8 of CSAF 2.0 does.
const BOM_LINKS: &str = "https://cyclonedx.org/capabilities/bomlink/";

/// Returns the id of an asset's product. A slug has no colon, so no two ids are the same.
pub(super) fn asset_id(product: &Product) -> String {
    format!("asset:{}", product.asset)
}

/// Returns the id of the product that an asset goes back to.
pub(super) fn rollback_id(product: &Product) -> String {
    format!("rollback:{}", product.asset)
}

pub(super) fn tree(facts: &VexFacts, request: &CsafRequest) -> Tree {
    let mut names = Names::default();
    for product in &facts.products {
        names.add(
            product,
            product.version.as_deref(),
            of_asset(product, request),
        );
        if let Some(rollback) = &product.rollback {
            let version = rollback.version.as_deref();
            names.add(product, version, of_rollback(product, rollback));
        }
    }
    let branches = names.into_branches();
    let branches = match &facts.vendor {
        None => branches,
        Some(vendor) => vec![branch("vendor", vendor, Inside::Branches(branches))],
    };
    Tree { branches }
}

/// Products by their names: those with a version stand together.
#[derive(Default)]
struct Names(Vec<(String, Vec<Branch>, Option<FullName>)>);

impl Names {
    fn add(&mut self, product: &Product, version: Option<&str>, full: FullName) {
        let name = product.name.as_str();
        let Some(version) = version.filter(|version| is_version(version)) else {
            self.0.push((name.to_owned(), Vec::new(), Some(full)));
            return;
        };
        let below = branch("product_version", version, Inside::Product(full));
        let same =
            |it: &&mut (String, Vec<Branch>, Option<FullName>)| it.0 == name && it.2.is_none();
        match self.0.iter_mut().find(same) {
            Some((_, versions, _)) => versions.push(below),
            None => self.0.push((name.to_owned(), vec![below], None)),
        }
    }

    fn into_branches(self) -> Vec<Branch> {
        let names = self.0.into_iter();
        names
            .map(|(name, versions, product)| {
                let inside = product.map_or(Inside::Branches(versions), Inside::Product);
                branch("product_name", &name, inside)
            })
            .collect()
    }
}

enum Inside {
    Branches(Vec<Branch>),
    Product(FullName),
}

fn branch(category: &'static str, name: &str, inside: Inside) -> Branch {
    let (branches, product) = match inside {
        Inside::Branches(branches) => (branches, None),
        Inside::Product(product) => (Vec::new(), Some(product)),
    };
    Branch {
        branches,
        category,
        name: name.to_owned(),
        product,
    }
}

fn of_asset(product: &Product, request: &CsafRequest) -> FullName {
    let (mut purl, mut purls) = (None, product.purls.clone());
    if request.version == CsafVersion::V2_0 {
        purl = purls.first().cloned();
        purls.clear();
    }
    let links = product.bom_links(request.bom.as_ref());
    let uris = links.into_iter().map(|uri| GenericUri {
        namespace: BOM_LINKS,
        uri,
    });
    FullName {
        name: product.full_name(),
        product_id: asset_id(product),
        product_identification_helper: Helper {
            cpe: request.cpes.get(&product.asset).cloned(),
            hashes: hashes(&product.name, &product.digests),
            purl,
            purls,
            x_generic_uris: uris.collect(),
        },
    }
}

fn of_rollback(product: &Product, rollback: &Rollback) -> FullName {
    let digest = rollback.to.to_string();
    let version = rollback.version.as_deref().unwrap_or(&digest);
    FullName {
        name: full_name(&product.name, Some(version), product.kind),
        product_id: rollback_id(product),
        product_identification_helper: Helper {
            hashes: hashes(&product.name, &[rollback.to]),
            ..Helper::default()
        },
    }
}

fn hashes(name: &str, digests: &[Digest]) -> Vec<FileHashes> {
    let of_file = |digests: Vec<Digest>| FileHashes {
        file_hashes: digests.iter().map(file_hash).collect(),
        filename: name.to_owned(),
    };
    files(digests).into_iter().map(of_file).collect()
}

fn file_hash(digest: &Digest) -> FileHash {
    FileHash {
        // The names of OpenSSL, which CSAF refers to; BLAKE3 has none there and keeps its own.
        algorithm: match digest.algorithm() {
            DigestAlgorithm::Blake2b => "blake2b512",
            other => other.name(),
        },
        value: digest.to_hex(),
    }
}

/// Tells whether a name stands for one version and not for a range (mandatory test 6.1.31).
pub(super) fn is_version(name: &str) -> bool {
    let words = [
        "after", "all", "before", "earlier", "later", "prior", "versions",
    ];
    let name = name.to_lowercase();
    !name.contains(['<', '>']) && !name.split_whitespace().any(|word| words.contains(&word))
}
