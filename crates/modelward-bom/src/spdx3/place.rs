//! What of the input becomes an element of its own, and under which name.

use std::collections::BTreeMap;

use crate::spdx3::graph::Graph;
use crate::spdx3::source::Node;
use crate::spdx3::{ExportSpdx3Error, LossReason};

/// Where a machine-learning model names the datasets that it was made with.
pub(super) const DATASETS: [&str; 3] = ["modelCard", "modelParameters", "datasets"];

/// The classes of SPDX that components become.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Class {
    AiPackage,
    Dataset,
    File,
    Package,
}

impl Class {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::AiPackage => "ai_AIPackage",
            Self::Dataset => "dataset_DatasetPackage",
            Self::File => "software_File",
            Self::Package => "software_Package",
        }
    }
}

/// How an element stands to the one in which its component was found.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Tie {
    Ancestor,
    Dataset,
    Descendant,
    Part,
    Variant,
}

/// One component of the input, or a dataset that stands inside a model card.
#[derive(Debug)]
pub(super) struct Place<'a> {
    pub(super) node: Node<'a>,
    pub(super) id: String,
    pub(super) class: Class,
    pub(super) purpose: Option<&'static str>,
    pub(super) owner: Option<(usize, Tie)>,
}

impl Place<'_> {
    /// Says whether the dataset stands inside a model card, where it has no other members.
    pub(super) fn is_inline(&self) -> bool {
        matches!(self.owner, Some((_, Tie::Dataset)))
    }
}

/// All places, in the order of the input, and how the input refers to them.
#[derive(Debug)]
pub(super) struct Places<'a> {
    list: Vec<Place<'a>>,
    refs: BTreeMap<&'a str, usize>,
}

impl<'a> Places<'a> {
    pub(super) fn collect(root: &Node<'a>, graph: &Graph) -> Result<Self, ExportSpdx3Error> {
        let mut places = Self {
            list: Vec::new(),
            refs: BTreeMap::new(),
        };
        let main = root.at(&["metadata", "component"]);
        for node in main.into_iter().chain(root.list("components")) {
            places.component(&node, None, graph)?;
        }
        Ok(places)
    }

    pub(super) fn list(&self) -> &[Place<'a>] {
        &self.list
    }

    pub(super) fn id(&self, reference: &str) -> Option<&str> {
        let index = *self.refs.get(reference)?;
        self.list.get(index).map(|place| place.id.as_str())
    }

    /// Recurs as deep as the input nests, which was checked before.
    fn component(
        &mut self,
        node: &Node<'a>,
        owner: Option<(usize, Tie)>,
        graph: &Graph,
    ) -> Result<(), ExportSpdx3Error> {
        let (class, purpose) = classify(node);
        let index = self.insert(node.clone(), (class, purpose), owner, graph)?;
        for part in node.list("components") {
            self.component(&part, Some((index, Tie::Part)), graph)?;
        }
        for (member, tie) in [
            ("ancestors", Tie::Ancestor),
            ("descendants", Tie::Descendant),
            ("variants", Tie::Variant),
        ] {
            for relative in items(node, &["pedigree", member]) {
                self.component(&relative, Some((index, tie)), graph)?;
            }
        }
        if class == Class::AiPackage {
            self.datasets(node, index, graph)?;
        }
        Ok(())
    }

    /// Places the datasets that stand inside a model card.
    fn datasets(
        &mut self,
        node: &Node<'a>,
        owner: usize,
        graph: &Graph,
    ) -> Result<(), ExportSpdx3Error> {
        for data in items(node, &DATASETS) {
            if data.peek("type") == Some("dataset") {
                data.take("type");
                let kind = (Class::Dataset, Some("data"));
                self.insert(data, kind, Some((owner, Tie::Dataset)), graph)?;
            } else if data.get("ref").is_none() {
                data.lose(LossReason::NotMapped);
            }
        }
        Ok(())
    }

    fn insert(
        &mut self,
        node: Node<'a>,
        (class, purpose): (Class, Option<&'static str>),
        owner: Option<(usize, Tie)>,
        graph: &Graph,
    ) -> Result<usize, ExportSpdx3Error> {
        let index = self.list.len();
        let reference = node.take("bom-ref");
        if let Some(reference) = reference
            && let Some(first) = self.refs.insert(reference, index)
        {
            return Err(ExportSpdx3Error::Duplicate {
                reference: reference.to_owned(),
                first: self.list[first].node.pointer().to_owned(),
                second: node.pointer().to_owned(),
            });
        }
        let id = match reference {
            Some(reference) => graph.id("ref", reference),
            None => graph.id("at", node.pointer()),
        };
        self.list.push(Place {
            node,
            id,
            class,
            purpose,
            owner,
        });
        Ok(index)
    }
}

/// The items of a list some members down.
pub(super) fn items<'a>(node: &Node<'a>, members: &[&str]) -> Vec<Node<'a>> {
    node.at(members).map_or_else(Vec::new, |list| list.items())
}

/// Reads the class and the `primaryPurpose` off the type of a component.
fn classify(node: &Node<'_>) -> (Class, Option<&'static str>) {
    let purpose = match node.peek("type") {
        Some("application") => "application",
        Some("container") => "container",
        Some("cryptographic-asset") => "other",
        Some("data") => {
            node.take("type");
            return classify_data(node);
        }
        Some("device") => "device",
        Some("device-driver") => "deviceDriver",
        Some("file") => {
            node.take("type");
            return (Class::File, Some("file"));
        }
        Some("firmware") => "firmware",
        Some("framework") => "framework",
        Some("library") => "library",
        Some("machine-learning-model") => {
            node.take("type");
            return (Class::AiPackage, Some("model"));
        }
        Some("operating-system") => "operatingSystem",
        Some("platform") => "platform",
        _ => {
            if let Some(kind) = node.get("type") {
                kind.lose(LossReason::Malformed);
            }
            return (Class::Package, None);
        }
    };
    node.take("type");
    (Class::Package, Some(purpose))
}

/// A data component is a dataset, unless it says that it is something else and nothing but that.
fn classify_data(node: &Node<'_>) -> (Class, Option<&'static str>) {
    let data = node.list("data");
    let is = |kind: &str| data.iter().any(|data| data.peek("type") == Some(kind));
    let (class, decisive, purpose) = if data.is_empty() || is("dataset") {
        (Class::Dataset, "dataset", "data")
    } else if is("configuration") {
        (Class::Package, "configuration", "configuration")
    } else if is("source-code") {
        (Class::Package, "source-code", "source")
    } else {
        return (Class::Package, Some("data"));
    };
    for data in &data {
        if data.peek("type") == Some(decisive) {
            data.take("type");
        }
    }
    (class, Some(purpose))
}
