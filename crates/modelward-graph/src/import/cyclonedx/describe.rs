//! What a document says of each node.

use std::fmt::Display;

use modelward_artifact::Digest;
use serde_json::Value;

use super::{Form, Reader};
use crate::import::document::all_licenses;
use crate::{BuildGraphError, Node, NodeId};

/// The property under which an ML-BOM states the digest of the whole model.
const ROOT_PROPERTY: &str = "modelward:manifest:root";

impl Reader<'_, '_> {
    pub(super) fn describe_all(&mut self) -> Result<(), BuildGraphError> {
        for number in 0..self.elements.len() {
            if self.elements[number].form != Form::Tool {
                self.describe(number)?;
            }
        }
        self.relate_document_suppliers()
    }

    /// Describes an element once.
    pub(super) fn describe(&mut self, number: usize) -> Result<(), BuildGraphError> {
        let element = &mut self.elements[number];
        if element.same_as.is_some() || std::mem::replace(&mut element.is_described, true) {
            return Ok(());
        }
        let (value, at, form) = (element.value, element.at, element.form);
        let (kind, digests) = (element.kind, element.digests.clone());
        let id = self.id(number);
        let place = self.trail.place(at);
        let mut name = self.out.text(value, "name", &place);
        if name.is_none() && matches!(form, Form::Component | Form::Service) {
            self.out
                .malformed(&place, "component or service has no name");
        }
        name = name.or_else(|| value["contents"]["url"].as_str());
        name = name.or_else(|| value["uid"].as_str());
        let mut node = Node::new(id.clone(), kind, name.unwrap_or_default());
        if let Some(version) = self.out.text(value, "version", &place) {
            node = node.with_version(version);
        }
        if let Some(license) = self.license(number) {
            node = node.with_license(license);
        }
        for digest in digests {
            node = node.with_digest(digest);
        }
        self.out.builder.add_node(&node)?;
        self.relate_suppliers(number)
    }

    /// Reads what an element says of its bytes.
    pub(super) fn digests(&mut self, number: usize) -> Vec<Digest> {
        let (value, at) = (self.elements[number].value, self.elements[number].at);
        let place = self.trail.place(at);
        let mut digests = Vec::new();
        for (index, hash) in self.out.list(value, "hashes", &place).iter().enumerate() {
            let place = format_args!("{place}/hashes/{index}");
            let name = self.out.text(hash, "alg", &place);
            let hex = self.out.text(hash, "content", &place);
            let (Some(name), Some(hex)) = (name, hex) else {
                self.out
                    .malformed(&place, "hash has no `alg` or no `content`");
                continue;
            };
            digests.extend(self.out.digest(name, hex, &place));
        }
        let root = properties(value).find(|(name, _)| *name == ROOT_PROPERTY);
        digests.extend(root.and_then(|(_, root)| root.parse::<Digest>().ok()));
        digests
    }

    /// Joins the licenses of an element, all of which hold, as CycloneDX says.
    fn license(&mut self, number: usize) -> Option<String> {
        let (value, at) = (self.elements[number].value, self.elements[number].at);
        let place = self.trail.place(at);
        let mut licenses = Vec::new();
        for (index, choice) in self.out.list(value, "licenses", &place).iter().enumerate() {
            let license = &choice["license"];
            let texts = [&choice["expression"], &license["id"], &license["name"]];
            let text = texts.into_iter().find_map(Value::as_str);
            match text {
                Some(text) => licenses.push(text.to_owned()),
                None => {
                    let place = format_args!("{place}/licenses/{index}");
                    self.out
                        .malformed(&place, "license has no id, name or expression");
                }
            }
        }
        all_licenses(licenses)
    }

    /// States whom an element comes from.
    fn relate_suppliers(&mut self, number: usize) -> Result<(), BuildGraphError> {
        let element = &self.elements[number];
        let (value, at) = (element.value, element.at);
        let id = self.id(number);
        for member in ["manufacturer", "provider", "supplier"] {
            let place = self.trail.place(at);
            self.relate_supplier(&id, &value[member], &format_args!("{place}/{member}"))?;
        }
        for member in ["author", "publisher"] {
            let place = self.trail.place(at);
            if let Some(name) = self.out.text(value, member, &place) {
                self.out
                    .supplied_by(&id, name, &format_args!("{place}/{member}"))?;
            }
        }
        let place = self.trail.place(at);
        let authors = self.out.list(value, "authors", &place);
        for (index, author) in authors.iter().enumerate() {
            self.relate_supplier(&id, author, &format_args!("{place}/authors/{index}"))?;
        }
        Ok(())
    }

    /// States whom the subject comes from, as the metadata of the document has it.
    fn relate_document_suppliers(&mut self) -> Result<(), BuildGraphError> {
        let Some(subject) = self.subject else {
            return Ok(());
        };
        let (id, metadata) = (self.id(subject), &self.document["metadata"]);
        for member in ["manufacture", "supplier"] {
            self.relate_supplier(&id, &metadata[member], &format_args!("/metadata/{member}"))?;
        }
        Ok(())
    }

    /// States that a node comes from an organization or contact, by its name, else by the host of
    /// its address or by its mail.
    fn relate_supplier(
        &mut self,
        id: &NodeId,
        entity: &Value,
        place: &dyn Display,
    ) -> Result<(), BuildGraphError> {
        if entity.is_null() {
            return Ok(());
        }
        if !entity.is_object() {
            self.out.malformed(place, "expected an object");
            return Ok(());
        }
        let url = entity["url"].as_array().and_then(|urls| urls.first());
        let url = url.or(Some(&entity["url"])).and_then(Value::as_str);
        let names = [
            entity["name"].as_str(),
            url.map(host),
            entity["email"].as_str(),
        ];
        match names.into_iter().flatten().find(|name| !name.is_empty()) {
            Some(name) => self.out.supplied_by(id, name, place),
            None => Ok(()),
        }
    }
}

/// Returns the host of an address, as far as it can be told.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// Returns the properties of a component and of its model card that have a name and a value.
pub(super) fn properties(value: &Value) -> impl Iterator<Item = (&str, &str)> {
    let lists = [&value["properties"], &value["modelCard"]["properties"]];
    let items = lists.into_iter().filter_map(Value::as_array).flatten();
    items.filter_map(|item| Some((item["name"].as_str()?, item["value"].as_str()?)))
}
