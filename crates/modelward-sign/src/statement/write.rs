use std::num::NonZeroU64;

use modelward_artifact::{EntryPath, Layout};
use serde_json::{Map, Number};

use super::wire::{
    WireDigest, WirePredicate, WireResource, WireSerialization, WireStatement, WireSubject,
};
use super::{PREDICATE_TYPE, Resource, STATEMENT_TYPE, Statement};
use crate::Write;

impl Statement {
    /// Writes the statement as OMS v1.0 has it, the same bytes for the same statement.
    ///
    /// Members that were read and are not known stand where they stood.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        self.to_json_as(Write::Spec)
    }

    /// Writes the statement in a form, the same bytes for the same statement.
    ///
    /// # Panics
    ///
    /// Never: a statement's members are text.
    #[must_use]
    pub fn to_json_as(&self, form: Write) -> Vec<u8> {
        let writer = Writer {
            statement: self,
            form,
        };
        serde_json::to_vec(&writer.statement()).expect("text members have a JSON form")
    }
}

struct Writer<'a> {
    statement: &'a Statement,
    form: Write,
}

impl Writer<'_> {
    fn statement(&self) -> WireStatement {
        let Statement { name, root, .. } = self.statement;
        let unknown = &self.statement.unknown;
        WireStatement {
            kind: STATEMENT_TYPE.to_owned(),
            subject: vec![WireSubject {
                name: name.clone(),
                digest: WireDigest {
                    sha256: *root,
                    other: unknown.digest.clone(),
                },
                other: unknown.subject.clone(),
            }],
            predicate_type: PREDICATE_TYPE.to_owned(),
            predicate: serde_json::to_value(self.predicate()).unwrap_or_default(),
            other: unknown.statement.clone(),
        }
    }

    fn predicate(&self) -> WirePredicate {
        let statement = self.statement;
        let (method, shard_size) = match statement.layout {
            Layout::Files => ("files", None),
            Layout::Shards { size } => ("shards", Some(self.shard_size(size))),
        };
        let ignored = statement.ignored.as_ref();
        WirePredicate {
            serialization: WireSerialization {
                method: method.to_owned(),
                hash_type: statement.algorithm.name().to_owned(),
                shard_size,
                allow_symlinks: Some(statement.links_followed),
                ignore_paths: ignored.map(|paths| paths.iter().map(EntryPath::to_string).collect()),
                other: statement.unknown.serialization.clone(),
            },
            resources: statement
                .resources
                .iter()
                .map(|resource| self.resource(resource))
                .collect(),
            other: statement.unknown.predicate.clone(),
        }
    }

    /// The Python client has numbers of one kind alone, those with a fraction.
    fn shard_size(&self, size: NonZeroU64) -> Number {
        let python = format!("{size}.0").parse().ok();
        match self.form {
            Write::PythonCompat => python.unwrap_or_else(|| size.get().into()),
            Write::Spec => size.get().into(),
        }
    }

    fn resource(&self, resource: &Resource) -> WireResource {
        WireResource {
            name: self.name(resource),
            algorithm: self.algorithm(),
            digest: resource.digest.to_hex(),
            other: resource.other.as_deref().map_or_else(Map::new, Map::clone),
        }
    }

    fn name(&self, resource: &Resource) -> String {
        let one_file = self.statement.single_file || self.statement.unnamed_file;
        match (self.form, resource.name.shard()) {
            (Write::PythonCompat, None) if one_file => ".".to_owned(),
            (Write::PythonCompat, Some(shard)) if one_file => format!(".:{shard}"),
            _ => resource.name.to_string(),
        }
    }

    fn algorithm(&self) -> String {
        let plain = self.statement.algorithm.name();
        match (self.form, self.statement.layout) {
            (Write::PythonCompat, Layout::Shards { size }) => format!("{plain}-sharded-{size}"),
            _ => plain.to_owned(),
        }
    }
}
