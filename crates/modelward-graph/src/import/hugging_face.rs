//! What the Hugging Face Hub tells of a model.

mod lineage;
mod name;

use std::collections::BTreeMap;
use std::fmt::Display;

use modelward_artifact::Digest;
use serde_json::Value;

use self::name::{Repository, is_commit};
use crate::import::document::{Document, all_licenses};
use crate::{
    BuildGraphError, Derivation, ImportError, Node, NodeId, NodeKind, Relation, Source,
    SupplyGraphBuilder,
};

impl SupplyGraphBuilder {
    /// Reads what the Hugging Face Hub tells of a model (`api/models/ID`) and returns its node.
    ///
    /// - The model is `pkg:huggingface/ORG/NAME@COMMIT`, base models are `pkg:huggingface/ORG/NAME`
    ///   and data sets `pkg:huggingface/datasets/ORG/NAME`, both without a commit, since the Hub does
    ///   not tell which one it was.
    /// - `base_model` of the card, of the tags and of `baseModels` are `derived-from`, in the way that
    ///   the Hub or the card tells. A base that is named several times is one.
    /// - `datasets` and the tags `dataset:` are `trained-on`, those of `model-index` `evaluated-on`.
    /// - `siblings` are contained: by their SHA-256 where the Hub tells it, else as
    ///   `pkg:huggingface/ORG/NAME@COMMIT#PATH`.
    /// - The organization before the slash is the supplier.
    ///
    /// ```
    /// use modelward_graph::{Source, SupplyGraphBuilder};
    /// use serde_json::json;
    ///
    /// let mut builder = SupplyGraphBuilder::default();
    /// let model = builder.add_hugging_face(
    ///     Source::new("hub"),
    ///     &json!({
    ///         "id": "acme/tuned",
    ///         "sha": "0123456789abcdef0123456789abcdef01234567",
    ///         "tags": ["base_model:finetune:google/bert", "base_model:google/bert"],
    ///     }),
    /// )?;
    /// let graph = builder.build()?;
    /// let why = graph.path(&model, "pkg:huggingface/google/bert")?;
    /// let why = why.ok_or("the model does not need its base")?;
    /// assert_eq!(why.hops()[0].relation().key(), "derived-from/finetune");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ImportError::NotThisFormat`] and [`ImportError::Build`].
    pub fn add_hugging_face(
        &mut self,
        source: Source,
        model: &Value,
    ) -> Result<NodeId, ImportError> {
        let name = model["id"].as_str().or_else(|| model["modelId"].as_str());
        let Some(name) = name else {
            return Err(ImportError::NotThisFormat {
                format: "a model of the hugging face hub",
                reason: "it has no `id`",
            });
        };
        let time = ("/lastModified", &model["lastModified"]);
        let mut reader = Reader {
            out: Document::begin(self, source, None, time)?,
            model,
        };
        let id = reader.identity(name);
        let derivations = reader.relate_bases(&id)?;
        reader.describe(&id, name, &derivations)?;
        reader.relate_datasets(&id)?;
        reader.relate_files(&id)?;
        Ok(id)
    }
}

/// A model between its JSON and the graph.
struct Reader<'b, 'd> {
    out: Document<'b>,
    model: &'d Value,
}

impl Reader<'_, '_> {
    fn identity(&mut self, name: &str) -> NodeId {
        let commit = self.out.text(self.model, "sha", &"");
        let commit = commit.filter(|commit| {
            let is_right = is_commit(commit);
            if !is_right {
                self.out.malformed(&"/sha", "text is not a commit");
            }
            is_right
        });
        let repository = Repository::model(name).map(|repository| repository.id(commit));
        repository.unwrap_or_else(|| {
            self.out.malformed(&"/id", "text is not a name of the hub");
            self.out.local(name, &"/id")
        })
    }

    fn describe(
        &mut self,
        id: &NodeId,
        name: &str,
        derivations: &[Derivation],
    ) -> Result<(), BuildGraphError> {
        let is_adapter = derivations.contains(&Derivation::Adapter);
        let kind = if is_adapter {
            NodeKind::Adapter
        } else {
            NodeKind::Model
        };
        let (organization, short) = match name.split_once('/') {
            Some((organization, short)) if Repository::model(name).is_some() => {
                (Some(organization), short)
            }
            _ => (None, name),
        };
        let mut node = Node::new(id.clone(), kind, short);
        if let Some(commit) = self.model["sha"]
            .as_str()
            .filter(|commit| is_commit(commit))
        {
            node = node.with_version(commit);
        }
        if let Some(license) = self.license() {
            node = node.with_license(license);
        }
        self.out.builder.add_node(&node)?;
        match organization {
            Some(organization) => self.out.supplied_by(id, organization, &"/id"),
            None => Ok(()),
        }
    }

    /// Returns the license of the card, else of the tags. `other` is told by its name.
    fn license(&mut self) -> Option<String> {
        let card = &self.model["cardData"];
        let mut licenses = self.out.texts(card, "license", &"/cardData");
        if licenses.is_empty() {
            let tags = self.model["tags"].as_array().into_iter().flatten();
            let stated = tags.filter_map(|tag| tag.as_str()?.strip_prefix("license:"));
            licenses.extend(stated);
        }
        let name = card["license_name"].as_str();
        let licenses = licenses.into_iter().map(|license| match name {
            Some(name) if license == "other" => name.to_owned(),
            _ => license.to_owned(),
        });
        all_licenses(licenses.collect())
    }

    fn relate_files(&mut self, model: &NodeId) -> Result<(), BuildGraphError> {
        let siblings = self.out.list(self.model, "siblings", &"");
        let mut files = Vec::with_capacity(siblings.len());
        let mut names: BTreeMap<Digest, usize> = BTreeMap::new();
        for (index, sibling) in siblings.iter().enumerate() {
            let at = format_args!("/siblings/{index}");
            let Some(name) = self.out.text(sibling, "rfilename", &at) else {
                self.out.malformed(&at, "file has no `rfilename`");
                continue;
            };
            let hex = sibling["lfs"]["sha256"].as_str();
            let at = format_args!("{at}/lfs/sha256");
            let digest = hex.and_then(|hex| self.out.digest("sha256", hex, &at));
            if let Some(digest) = digest {
                *names.entry(digest).or_default() += 1;
            }
            files.push((index, name, digest));
        }
        for (index, name, digest) in files {
            let at = format_args!("/siblings/{index}");
            let sole = digest.filter(|digest| names[digest] == 1);
            let id = match sole {
                Some(digest) => NodeId::from(&digest),
                None => self.file(model, name, &at),
            };
            let mut node = Node::new(id.clone(), NodeKind::File, name);
            if let Some(digest) = digest {
                node = node.with_digest(digest);
            }
            self.out.builder.add_node(&node)?;
            self.out.relate(model, Relation::Contains, &id, &at)?;
        }
        Ok(())
    }

    /// Returns the id of a file that goes by its path.
    fn file(&mut self, model: &NodeId, name: &str, at: &dyn Display) -> NodeId {
        let below = NodeId::in_document(model.as_str(), name).ok();
        let purl = below.and_then(|below| NodeId::of_purl(below.as_str()).ok());
        let purl = purl.filter(|purl| NodeId::check(purl.as_str()).is_ok() && purl != model);
        purl.unwrap_or_else(|| self.out.local(name, at))
    }
}

/// Reads how a model came from its base, in the words of the Hub.
pub(super) fn derivation_of(relation: &str) -> Option<Derivation> {
    match relation {
        "adapter" => Some(Derivation::Adapter),
        "distill" | "distilled" => Some(Derivation::Distilled),
        "finetune" => Some(Derivation::Finetune),
        "merge" => Some(Derivation::Merge),
        "quantized" => Some(Derivation::Quantized),
        _ => None,
    }
}
