//! Which id each element goes by.

use std::collections::BTreeMap;

use modelward_artifact::{Digest, DigestAlgorithm};

use super::{Element, Form, Reader};
use crate::{BuildGraphError, NodeId, NodeKind};

/// By which digest a file goes if it has several.
const NAMING: [DigestAlgorithm; 5] = [
    DigestAlgorithm::Sha256,
    DigestAlgorithm::Sha384,
    DigestAlgorithm::Sha512,
    DigestAlgorithm::Blake2b,
    DigestAlgorithm::Blake3,
];

impl Reader<'_, '_> {
    pub(super) fn identify(&mut self) -> Result<(), BuildGraphError> {
        for number in 0..self.elements.len() {
            if self.elements[number].same_as.is_none() {
                self.elements[number].digests = self.digests(number);
                self.elements[number].kind = self.kind(number);
            }
        }
        let shared = self.shared_digests();
        for number in 0..self.elements.len() {
            let id = match self.elements[number].same_as {
                Some(same) => self.id(same),
                None => self.identity(number, &shared)?,
            };
            self.elements[number].id = Some(id);
        }
        Ok(())
    }

    /// Returns the digest that files would go by, with whether those files differ in their names:
    /// two empty files have one digest and are two files.
    fn shared_digests(&self) -> BTreeMap<Digest, bool> {
        let mut names: BTreeMap<Digest, (&str, bool)> = BTreeMap::new();
        for element in &self.elements {
            let Some(digest) = naming_digest(element) else {
                continue;
            };
            let name = element.value["name"].as_str().unwrap_or_default();
            let known = names.entry(digest).or_insert((name, false));
            known.1 |= known.0 != name;
        }
        let shared = names
            .into_iter()
            .map(|(digest, (_, is_shared))| (digest, is_shared));
        shared.collect()
    }

    fn identity(
        &mut self,
        number: usize,
        shared: &BTreeMap<Digest, bool>,
    ) -> Result<NodeId, BuildGraphError> {
        let element = &self.elements[number];
        let (value, at) = (element.value, element.at);
        let digest = naming_digest(element).filter(|digest| !shared[digest]);
        let place = self.trail.place(at);
        let purl = self.out.text(value, "purl", &place);
        let place = self.trail.place(at);
        let named = purl.and_then(|purl| self.out.purl(purl, &place.with("/purl")));
        let named = named.or_else(|| digest.as_ref().map(NodeId::from));
        let name = value["bom-ref"].as_str();
        let local = name.filter(|name| self.names[name].first() == Some(&number));
        let place = self.trail.place(at);
        let local = local.map(|name| self.out.local(name, &place.with("/bom-ref")));
        let (Some(named), Some(local)) = (&named, &local) else {
            let place = self.trail.place(at);
            return Ok(named.or(local).unwrap_or_else(|| self.out.placed(&place)));
        };
        // A name of several things is an alias of none.
        let is_sole = name.is_some_and(|name| self.names[name].len() == 1);
        if is_sole && named != local {
            self.out.builder.alias(local, named)?;
        }
        Ok(named.clone())
    }

    fn kind(&mut self, number: usize) -> NodeKind {
        let element = &self.elements[number];
        let (value, at) = (element.value, element.at);
        match element.form {
            Form::Service => return NodeKind::Service,
            Form::Workflow => return NodeKind::TrainingRun,
            Form::Data => return data_kind(value["type"].as_str()),
            // Tools may be services, which have no type.
            Form::Tool if value["type"].is_null() => return NodeKind::Unknown,
            Form::Component | Form::Tool => {}
        }
        match value["type"].as_str() {
            Some("machine-learning-model") if self.is_adapter(number) => NodeKind::Adapter,
            Some("machine-learning-model") => NodeKind::Model,
            Some("data") => {
                let types = value["data"].as_array().into_iter().flatten();
                let mut kinds = types.map(|data| data_kind(data["type"].as_str()));
                let first = kinds.next().unwrap_or(NodeKind::Dataset);
                let is_dataset =
                    first == NodeKind::Dataset || kinds.any(|k| k == NodeKind::Dataset);
                if is_dataset { NodeKind::Dataset } else { first }
            }
            Some("file") => NodeKind::File,
            Some("container" | "operating-system" | "platform") => NodeKind::Container,
            Some("application" | "device-driver" | "firmware" | "framework" | "library") => {
                NodeKind::Library
            }
            Some("cryptographic-asset" | "device") => NodeKind::Unknown,
            _ => {
                let place = self.trail.place(at);
                self.out
                    .malformed(&place.with("/type"), "component has no type of cyclonedx");
                NodeKind::Unknown
            }
        }
    }
}

fn data_kind(name: Option<&str>) -> NodeKind {
    match name {
        Some("configuration" | "definition" | "other" | "source-code") => NodeKind::File,
        _ => NodeKind::Dataset,
    }
}

/// Returns the digest that a file without a package URL goes by.
fn naming_digest(element: &Element<'_>) -> Option<Digest> {
    if element.kind != NodeKind::File || element.form != Form::Component {
        return None;
    }
    let with = |algorithm| {
        let mut digests = element.digests.iter();
        digests
            .find(|digest| digest.algorithm() == algorithm)
            .copied()
    };
    NAMING.into_iter().find_map(with)
}
