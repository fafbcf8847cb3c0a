//! What the readers of all formats share: they read tolerantly, and warn of what they cannot use.

use std::collections::BTreeSet;
use std::fmt::Display;

use modelward_artifact::{Digest, DigestAlgorithm};
use serde_json::Value;

use crate::{
    BuildGraphError, Node, NodeId, NodeKind, Relation, Source, SupplyGraphBuilder, WarningKind,
};

/// How much of a text of outsiders a warning shows, in characters.
const SHOWN: usize = 200;

/// The longest name of a document that ids begin with, in bytes.
const MAX_BASE: usize = 1024;

/// A document that is being read, with the builder that it is read into.
///
/// Places are JSON Pointers, written only where there is something to warn of.
pub(super) struct Document<'b> {
    pub(super) builder: &'b mut SupplyGraphBuilder,
    base: String,
    /// Hash functions whose digests were left out.
    left_out: BTreeSet<String>,
}

impl<'b> Document<'b> {
    /// Begins a source, with the time of the document where the caller gave none.
    ///
    /// `base` is what the ids of nameless things begin with; without one it is the source's name.
    pub(super) fn begin(
        builder: &'b mut SupplyGraphBuilder,
        source: Source,
        base: Option<String>,
        time: (&str, &Value),
    ) -> Result<Self, BuildGraphError> {
        let mut base = base.unwrap_or_else(|| source.name().to_owned());
        if base.len() > MAX_BASE || NodeId::check(&base).is_err() {
            base = Digest::sha256(base.as_bytes()).to_string();
        }
        let stated = time.1.as_str().map(str::parse);
        let is_malformed = !time.1.is_null() && !matches!(stated, Some(Ok(_)));
        let source = match stated {
            Some(Ok(stated)) if source.time().is_none() => source.with_time(stated),
            _ => source,
        };
        builder.begin(source)?;
        let mut document = Self {
            builder,
            base,
            left_out: BTreeSet::new(),
        };
        if is_malformed {
            document.malformed(&time.0, "time is not one of rfc 3339");
        }
        Ok(document)
    }

    /// Returns what ids of this document begin with.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    pub(super) fn malformed(&mut self, at: &dyn Display, reason: impl Into<String>) {
        let reason = reason.into();
        self.builder
            .warn(at.to_string(), WarningKind::Malformed { reason });
    }

    pub(super) fn dangling(&mut self, at: &dyn Display, name: &str) {
        let name = cut(name);
        self.builder
            .warn(at.to_string(), WarningKind::Dangling { name });
    }

    /// Returns a member that is a text. Any other shape is a warning.
    pub(super) fn text<'d>(
        &mut self,
        value: &'d Value,
        member: &str,
        at: &dyn Display,
    ) -> Option<&'d str> {
        match &value[member] {
            Value::Null => None,
            Value::String(text) => Some(text),
            _ => {
                self.malformed(&format_args!("{at}/{member}"), "expected a text");
                None
            }
        }
    }

    /// Returns the items of a member that is a list. Any other shape is a warning.
    pub(super) fn list<'d>(
        &mut self,
        value: &'d Value,
        member: &str,
        at: &dyn Display,
    ) -> &'d [Value] {
        match &value[member] {
            Value::Null => &[],
            Value::Array(items) => items,
            _ => {
                self.malformed(&format_args!("{at}/{member}"), "expected a list");
                &[]
            }
        }
    }

    /// Returns the texts of a member that is one text or a list of them.
    pub(super) fn texts<'d>(
        &mut self,
        value: &'d Value,
        member: &str,
        at: &dyn Display,
    ) -> Vec<&'d str> {
        if let Value::String(text) = &value[member] {
            return vec![text];
        }
        let items = self.list(value, member, at).iter().enumerate();
        let mut texts = Vec::new();
        for (index, item) in items {
            match item.as_str() {
                Some(text) => texts.push(text),
                None => self.malformed(&format_args!("{at}/{member}/{index}"), "expected a text"),
            }
        }
        texts
    }

    /// Returns the id of a package URL, in its canonical form.
    pub(super) fn purl(&mut self, text: &str, at: &dyn Display) -> Option<NodeId> {
        let id = NodeId::of_purl(text).ok();
        let id = id.filter(|id| NodeId::check(id.as_str()).is_ok());
        if id.is_none() {
            let text = cut(text);
            self.builder
                .warn(at.to_string(), WarningKind::MalformedPurl { text });
        }
        id
    }

    /// Returns the id of what this document alone names.
    ///
    /// A name that no id can have goes by its SHA-256, with a warning.
    pub(super) fn local(&mut self, name: &str, at: &dyn Display) -> NodeId {
        if let Ok(id) = NodeId::in_document(&self.base, name) {
            return id;
        }
        self.malformed(at, "name is too long or has control characters");
        self.hashed(name)
    }

    /// Returns the id of a thing without a name: its place in this document.
    pub(super) fn placed(&self, at: &dyn Display) -> NodeId {
        let place = at.to_string();
        let id = NodeId::in_document(&self.base, &place);
        id.unwrap_or_else(|_| self.hashed(&place))
    }

    fn hashed(&self, name: &str) -> NodeId {
        let name = Digest::sha256(name.as_bytes());
        let id = NodeId::in_document(&self.base, &name.to_hex());
        // The base has at most `MAX_BASE` bytes and was checked.
        id.unwrap_or_else(|_| NodeId::from(&name))
    }

    /// States a relation, or warns of the place where something is related to itself.
    pub(super) fn relate(
        &mut self,
        from: &NodeId,
        relation: Relation,
        to: &NodeId,
        at: &dyn Display,
    ) -> Result<(), BuildGraphError> {
        if from == to {
            let id = from.clone();
            let kind = WarningKind::SelfRelation { id, relation };
            self.builder.warn(at.to_string(), kind);
            return Ok(());
        }
        self.builder.relate(from, relation, to)?;
        Ok(())
    }

    /// Reads a digest. Those of functions that this build does not know are left out, with one
    /// warning for each function, since documents have them by the thousand.
    pub(super) fn digest(&mut self, name: &str, hex: &str, at: &dyn Display) -> Option<Digest> {
        let Some(algorithm) = algorithm(name) else {
            if self.left_out.len() < 16 && self.left_out.insert(cut(name)) {
                self.malformed(&"", format!("digests by `{}` are left out", cut(name)));
            }
            return None;
        };
        let digest = Digest::from_hex(algorithm, &hex.to_ascii_lowercase());
        if digest.is_err() {
            self.malformed(at, format!("text is not a digest of {algorithm}"));
        }
        digest.ok()
    }

    /// States that something comes from an organization or person of this name.
    ///
    /// It is `org:` and the name in lowercase with one `-` for each run of other characters than
    /// letters and digits, so that documents that spell it differently name one node.
    pub(super) fn supplied_by(
        &mut self,
        node: &NodeId,
        name: &str,
        at: &dyn Display,
    ) -> Result<(), BuildGraphError> {
        let key = organization(name);
        let id = (!key.is_empty()).then(|| format!("org:{key}").parse::<NodeId>());
        let Some(Ok(id)) = id else {
            self.malformed(at, "organization has no name that an id can have");
            return Ok(());
        };
        self.builder
            .add_node(&Node::new(id.clone(), NodeKind::Organization, key))?;
        self.relate(node, Relation::SuppliedBy, &id, at)
    }
}

/// Returns the hash function of a name as CycloneDX or Python write it.
fn algorithm(name: &str) -> Option<DigestAlgorithm> {
    Some(match name {
        "BLAKE2b-512" | "blake2b" => DigestAlgorithm::Blake2b,
        "BLAKE3" | "blake3" => DigestAlgorithm::Blake3,
        "SHA-256" | "sha256" => DigestAlgorithm::Sha256,
        "SHA-384" | "sha384" => DigestAlgorithm::Sha384,
        "SHA-512" | "sha512" => DigestAlgorithm::Sha512,
        _ => return None,
    })
}

/// Writes a name in the one form in which organizations are compared.
fn organization(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|character: char| !character.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// Returns the beginning of a text of outsiders.
pub(super) fn cut(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

/// Makes one expression of several licenses that hold together.
pub(super) fn all_licenses(mut licenses: Vec<String>) -> Option<String> {
    if licenses.len() > 1 {
        for license in &mut licenses {
            if license.contains(" OR ") {
                *license = format!("({license})");
            }
        }
    }
    (!licenses.is_empty()).then(|| licenses.join(" AND "))
}
