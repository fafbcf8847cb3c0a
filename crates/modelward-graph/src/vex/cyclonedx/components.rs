//! Finds what a `ref` means: a component or service of the document, or one of another document.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::iter::Enumerate;
use std::slice;
use std::sync::Arc;

use serde_json::Value;

use crate::vex::notes::Notes;
use crate::vex::subject::Identity;
use crate::vex::{BomLink, BomPlace, VexSubject, VexWarningKind, link};

/// The members that hold things with a `bom-ref`, at every level.
const HOLDERS: [&str; 2] = ["components", "services"];

/// The things of the document to which vulnerabilities refer.
pub(super) struct Components {
    serial: Option<String>,
    version: Option<u64>,
    /// What the document describes as a whole.
    root: Option<(String, VexSubject)>,
    known: BTreeMap<String, VexSubject>,
}

/// One list that is being walked.
struct Level<'v> {
    items: Enumerate<slice::Iter<'v, Value>>,
    pointer: String,
}

impl Components {
    pub(super) fn read(document: &Value, vulnerabilities: &[Value], notes: &mut Notes) -> Self {
        let serial = notes.text(document, "serialNumber", "");
        let mut components = Self {
            serial: serial.and_then(link::read_serial),
            version: document.get("version").and_then(Value::as_u64),
            root: None,
            known: BTreeMap::new(),
        };
        let wanted = components.wanted(vulnerabilities);
        if wanted.is_empty() {
            return components;
        }
        if let Some(root) = document.pointer("/metadata/component") {
            let pointer = "/metadata/component";
            let name = notes.text(root, "bom-ref", pointer).unwrap_or_default();
            let subject = components.subject(root, pointer, notes);
            components.root = Some((name.to_owned(), subject));
            components.walk(root, pointer, &wanted, notes);
        }
        components.walk(document, "", &wanted, notes);
        components
    }

    /// Returns what a `ref` means: the product, and the component in it if it is not the product
    /// itself. A `ref` that means nothing here, but is a package URL, is taken for that.
    pub(super) fn resolve(
        &self,
        reference: &str,
        pointer: &str,
        notes: &mut Notes,
    ) -> (VexSubject, Option<VexSubject>) {
        let link: Option<BomLink> = reference.parse().ok();
        let own = self.own(reference);
        if let Some((_, root)) = self.root.as_ref().filter(|root| root.0 == own) {
            return (root.clone(), None);
        }
        if let Some(known) = self.known.get(&own) {
            return match &self.root {
                Some((_, root)) => (root.clone(), Some(known.clone())),
                None => (known.clone(), None),
            };
        }
        let mut identity = Identity::default();
        match link {
            // A link means that one place, whatever its text looks like.
            Some(link) => identity.place = Some(BomPlace::Link(link)),
            None if reference.starts_with("pkg:") => {
                identity.add_purl(reference, &format!("{pointer}/ref"), notes);
            }
            None => {
                let id = reference.to_owned();
                identity.place = Some(self.place(reference));
                notes.warn(format!("{pointer}/ref"), VexWarningKind::Unresolved { id });
            }
        }
        if identity == Identity::default() {
            identity.names.push(reference.to_owned());
        }
        (VexSubject::new(identity), None)
    }

    /// Returns the `bom-ref` that a `ref` has, where it points into this document by a link.
    fn own(&self, reference: &str) -> String {
        let link: Option<BomLink> = reference.parse().ok();
        let own = link.filter(|link| {
            self.serial.as_deref() == Some(link.serial()) && self.version == link.version()
        });
        let own = own.and_then(|link| link.reference().map(str::to_owned));
        own.unwrap_or_else(|| reference.to_owned())
    }

    fn wanted(&self, vulnerabilities: &[Value]) -> BTreeSet<String> {
        let affects = vulnerabilities.iter().filter_map(|one| one.get("affects"));
        let affects = affects.filter_map(Value::as_array).flatten();
        let references = affects.filter_map(|affected| affected.get("ref")?.as_str());
        references.map(|reference| self.own(reference)).collect()
    }

    /// Walks everything below `top`, a list after the other. JSON itself nests no deeper than the
    /// limits.
    fn walk(&mut self, top: &Value, pointer: &str, wanted: &BTreeSet<String>, notes: &mut Notes) {
        let mut levels = Vec::new();
        push(&mut levels, top, pointer, notes);
        while let Some(level) = levels.last_mut() {
            let Some((index, item)) = level.items.next() else {
                levels.pop();
                continue;
            };
            let pointer = format!("{}/{index}", level.pointer);
            if let Some(name) = notes.text(item, "bom-ref", &pointer)
                && wanted.contains(name)
            {
                let subject = self.subject(item, &pointer, notes);
                match self.known.entry(name.to_owned()) {
                    Entry::Vacant(entry) => {
                        entry.insert(subject);
                    }
                    Entry::Occupied(_) => {
                        let id = name.to_owned();
                        notes.warn(pointer.as_str(), VexWarningKind::Duplicate { id });
                    }
                }
            }
            push(&mut levels, item, &pointer, notes);
        }
    }

    fn place(&self, bom_ref: &str) -> BomPlace {
        let serial = self.serial.as_deref();
        let link = serial.and_then(|serial| BomLink::within(serial, self.version, bom_ref));
        link.map_or_else(|| BomPlace::Unnumbered(bom_ref.to_owned()), BomPlace::Link)
    }

    fn subject(&self, component: &Value, pointer: &str, notes: &mut Notes) -> VexSubject {
        let mut identity = Identity::default();
        let name = notes.text(component, "name", pointer);
        let group = notes.text(component, "group", pointer);
        identity.names.extend(name.map(|name| match group {
            Some(group) => format!("{group}/{name}"),
            None => name.to_owned(),
        }));
        let version = notes.text(component, "version", pointer);
        identity.version = version.map(Arc::from);
        let cpe = notes.text(component, "cpe", pointer);
        identity.cpes.extend(cpe.map(str::to_owned));
        if let Some(purl) = notes.text(component, "purl", pointer) {
            identity.add_purl(purl, &format!("{pointer}/purl"), notes);
        }
        let hashes = notes.list(component, "hashes", pointer);
        for (index, hash) in hashes.iter().enumerate() {
            let pointer = format!("{pointer}/hashes/{index}");
            let function = notes.text(hash, "alg", &pointer);
            match function.zip(notes.text(hash, "content", &pointer)) {
                Some(pair) => identity.add_digest(pair, &pointer, notes),
                None => notes.shape(pointer, "a hash"),
            }
        }
        let bom_ref = notes.text(component, "bom-ref", pointer);
        identity.place = bom_ref.map(|bom_ref| self.place(bom_ref));
        VexSubject::new(identity.sorted())
    }
}

fn push<'v>(levels: &mut Vec<Level<'v>>, object: &'v Value, pointer: &str, notes: &mut Notes) {
    for member in HOLDERS {
        let items = notes.list(object, member, pointer);
        if !items.is_empty() {
            levels.push(Level {
                items: items.iter().enumerate(),
                pointer: format!("{pointer}/{member}"),
            });
        }
    }
}
