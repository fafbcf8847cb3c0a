//! Reads the product tree: branches, products by their full names, relationships and groups.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use serde_json::Value;

use crate::vex::notes::Notes;
use crate::vex::subject::Identity;
use crate::vex::{BomPlace, VersionScope, VexSubject, VexWarningKind};

/// The products of a document by their ids.
#[derive(Default)]
pub(super) struct Products<'v> {
    products: BTreeMap<&'v str, Product<'v>>,
    groups: Groups<'v>,
}

enum Product<'v> {
    Plain(VexSubject),
    /// A component within a whole: the ids of both, and what the two together are called.
    Related {
        component: Option<&'v str>,
        whole: Option<&'v str>,
        name: VexSubject,
    },
}

/// The groups of each product.
#[derive(Default)]
pub(super) struct Groups<'v> {
    by_product: BTreeMap<&'v str, BTreeSet<&'v str>>,
    none: BTreeSet<&'v str>,
}

impl<'v> Groups<'v> {
    pub(super) fn of(&self, product: &str) -> &BTreeSet<&'v str> {
        self.by_product.get(product).unwrap_or(&self.none)
    }
}

/// One level of branches that is being walked, and the version that stands over it.
struct Level<'v> {
    branches: std::iter::Enumerate<slice::Iter<'v, Value>>,
    pointer: String,
    version: Option<VersionScope>,
}

impl<'v> Products<'v> {
    pub(super) fn read(document: &'v Value, notes: &mut Notes) -> Self {
        let mut products = Self::default();
        let pointer = "/product_tree";
        let tree = match document.get("product_tree") {
            None | Some(Value::Null) => return products,
            Some(tree) if tree.is_object() => tree,
            Some(_) => {
                notes.shape(pointer, "a product tree");
                return products;
            }
        };
        products.read_branches(tree, pointer, notes);
        let names = notes.list(tree, "full_product_names", pointer);
        for (index, name) in names.iter().enumerate() {
            let pointer = format!("{pointer}/full_product_names/{index}");
            products.add(name, None, &pointer, notes);
        }
        products.read_relationships(tree, pointer, notes);
        products.read_groups(tree, pointer, notes);
        products
    }

    pub(super) const fn groups(&self) -> &Groups<'v> {
        &self.groups
    }

    /// Returns the product of an id, or the whole that it is in and the component. What cannot be
    /// resolved is a thing that has only a name, so that nothing matches it.
    pub(super) fn resolve(
        &self,
        id: &str,
        pointer: &str,
        notes: &mut Notes,
    ) -> (VexSubject, Option<VexSubject>) {
        let id = id.to_owned();
        match self.products.get(id.as_str()) {
            Some(Product::Plain(subject)) => (subject.clone(), None),
            Some(Product::Related {
                component,
                whole,
                name,
            }) => match (self.plain(*component), self.plain(*whole)) {
                (Some(component), Some(whole)) => (whole, Some(component)),
                _ => {
                    let parts = [component, whole].into_iter().flatten();
                    let mut parts = parts.map(|part| self.products.contains_key(part));
                    let is_nested = component.is_some() && whole.is_some() && parts.all(|is| is);
                    let kind = if is_nested {
                        VexWarningKind::Nested { id }
                    } else {
                        VexWarningKind::Unresolved { id }
                    };
                    notes.warn(pointer, kind);
                    (name.clone(), None)
                }
            },
            None => {
                let name = named(&id);
                notes.warn(pointer, VexWarningKind::Unresolved { id });
                (name, None)
            }
        }
    }

    fn plain(&self, id: Option<&str>) -> Option<VexSubject> {
        match self.products.get(id?)? {
            Product::Plain(subject) => Some(subject.clone()),
            Product::Related { .. } => None,
        }
    }

    /// Walks the branches, a level after the other. JSON itself nests no deeper than the limits.
    fn read_branches(&mut self, tree: &'v Value, pointer: &str, notes: &mut Notes) {
        let level = |object, pointer: &str, version, notes: &mut Notes| Level {
            branches: notes.list(object, "branches", pointer).iter().enumerate(),
            pointer: format!("{pointer}/branches"),
            version,
        };
        let mut levels = vec![level(tree, pointer, None, notes)];
        while let Some(top) = levels.last_mut() {
            let Some((index, branch)) = top.branches.next() else {
                levels.pop();
                continue;
            };
            let pointer = format!("{}/{index}", top.pointer);
            let over = top.version.clone();
            if !branch.is_object() {
                notes.shape(pointer, "a branch");
                continue;
            }
            let version = read_version(branch, &pointer, notes).or(over);
            if let Some(product) = branch.get("product") {
                let pointer = format!("{pointer}/product");
                self.add(product, version.as_ref(), &pointer, notes);
            }
            if branch.get("branches").is_some() {
                levels.push(level(branch, &pointer, version, notes));
            }
        }
    }

    fn add(
        &mut self,
        product: &'v Value,
        version: Option<&VersionScope>,
        pointer: &str,
        notes: &mut Notes,
    ) {
        let Some(id) = notes.text(product, "product_id", pointer) else {
            notes.warn(pointer, VexWarningKind::NoProduct);
            return;
        };
        let subject = read_subject(product, version, pointer, notes);
        self.insert(id, Product::Plain(subject), pointer, notes);
    }

    fn insert(&mut self, id: &'v str, product: Product<'v>, pointer: &str, notes: &mut Notes) {
        match self.products.entry(id) {
            Entry::Vacant(entry) => {
                entry.insert(product);
            }
            Entry::Occupied(_) => {
                notes.warn(pointer, VexWarningKind::Duplicate { id: id.into() });
            }
        }
    }

    fn read_relationships(&mut self, tree: &'v Value, pointer: &str, notes: &mut Notes) {
        let items = notes.list(tree, "relationships", pointer);
        for (index, item) in items.iter().enumerate() {
            let pointer = format!("{pointer}/relationships/{index}");
            let product = item.get("full_product_name").unwrap_or(&Value::Null);
            let place = format!("{pointer}/full_product_name");
            let Some(id) = notes.text(product, "product_id", &place) else {
                notes.warn(place, VexWarningKind::NoProduct);
                continue;
            };
            let related = Product::Related {
                component: notes.text(item, "product_reference", &pointer),
                whole: notes.text(item, "relates_to_product_reference", &pointer),
                name: named(notes.text(product, "name", &place).unwrap_or(id)),
            };
            self.insert(id, related, &place, notes);
        }
    }

    fn read_groups(&mut self, tree: &'v Value, pointer: &str, notes: &mut Notes) {
        let items = notes.list(tree, "product_groups", pointer);
        for (index, item) in items.iter().enumerate() {
            let pointer = format!("{pointer}/product_groups/{index}");
            let Some(group) = notes.text(item, "group_id", &pointer) else {
                notes.shape(format!("{pointer}/group_id"), "a text");
                continue;
            };
            for (_, product) in notes.texts(item, "product_ids", &pointer) {
                self.groups
                    .by_product
                    .entry(product)
                    .or_default()
                    .insert(group);
            }
        }
    }
}

fn named(name: &str) -> VexSubject {
    VexSubject::new(Identity {
        names: vec![name.to_owned()],
        ..Identity::default()
    })
}

/// Reads the version of a branch that is one.
fn read_version(branch: &Value, pointer: &str, notes: &mut Notes) -> Option<VersionScope> {
    let category = notes.text(branch, "category", pointer)?;
    let scope = match category {
        "product_version" => VersionScope::exact(notes.text(branch, "name", pointer)?),
        "product_version_range" => VersionScope::range(notes.text(branch, "name", pointer)?),
        _ => return None,
    };
    if !scope.is_readable() {
        let text = scope.as_str().into();
        let kind = VexWarningKind::UnreadableRange { text };
        notes.warn(format!("{pointer}/name"), kind);
    }
    Some(scope)
}

/// Reads a product. A version that stands over it in the tree counts where its package URLs have
/// none; a range always does.
fn read_subject(
    product: &Value,
    version: Option<&VersionScope>,
    pointer: &str,
    notes: &mut Notes,
) -> VexSubject {
    let mut identity = Identity::default();
    identity
        .names
        .extend(notes.text(product, "name", pointer).map(str::to_owned));
    identity.version = version.map(VersionScope::text);
    let place = format!("{pointer}/product_identification_helper");
    match product.get("product_identification_helper") {
        None | Some(Value::Null) => {}
        Some(helper) if helper.is_object() => read_helper(&mut identity, helper, &place, notes),
        Some(_) => notes.shape(place, "what identifies the product"),
    }
    let identity = identity.sorted();
    let is_open = identity
        .purls
        .iter()
        .any(|purl| purl.package().version().is_none());
    let counts = |version: &&VersionScope| version.is_range() || is_open;
    let versions = version.filter(counts).into_iter().cloned().collect();
    VexSubject::new(identity).with_versions(versions)
}

fn read_helper(identity: &mut Identity, helper: &Value, pointer: &str, notes: &mut Notes) {
    let cpe = notes.text(helper, "cpe", pointer);
    identity.cpes.extend(cpe.map(str::to_owned));
    if let Some(purl) = notes.text(helper, "purl", pointer) {
        identity.add_purl(purl, &format!("{pointer}/purl"), notes);
    }
    for (index, purl) in notes.texts(helper, "purls", pointer) {
        identity.add_purl(purl, &format!("{pointer}/purls/{index}"), notes);
    }
    let files = notes.list(helper, "hashes", pointer);
    for (index, file) in files.iter().enumerate() {
        let pointer = format!("{pointer}/hashes/{index}");
        let hashes = notes.list(file, "file_hashes", &pointer);
        for (index, hash) in hashes.iter().enumerate() {
            let pointer = format!("{pointer}/file_hashes/{index}");
            let function = notes.text(hash, "algorithm", &pointer);
            let value = notes.text(hash, "value", &pointer);
            match function.zip(value) {
                Some(pair) => identity.add_digest(pair, &pointer, notes),
                None => notes.shape(pointer, "a hash"),
            }
        }
    }
    // Section 3.1.3.3.8 of CSAF: this is how a product points into a bill of materials.
    let uris = notes.list(helper, "x_generic_uris", pointer);
    for (index, uri) in uris.iter().enumerate() {
        let pointer = format!("{pointer}/x_generic_uris/{index}");
        let link = notes
            .text(uri, "uri", &pointer)
            .and_then(|uri| uri.parse().ok());
        if let Some(link) = link {
            identity.place.get_or_insert(BomPlace::Link(link));
        }
    }
}
