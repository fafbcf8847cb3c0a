//! The parts of a document that elements are asked of, by pointer.

use serde_json::Value;

use crate::pointer::SUBJECT;
use crate::profile::requirement::Scope;

/// A part of a document.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    pub(super) pointer: String,
    pub(super) value: &'a Value,
    /// Whether it is a dataset inside a model card: what a component says in an item of `data`, it
    /// says itself.
    pub(super) is_inline: bool,
}

/// The parts of a document, by what is asked of them.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    components: Vec<Part<'a>>,
    datasets: Vec<Part<'a>>,
    document: Part<'a>,
    models: Vec<Part<'a>>,
    subject: Option<Part<'a>>,
}

impl<'a> Parts<'a> {
    pub(super) fn of(document: &'a Value) -> Self {
        let mut components = Vec::new();
        let subject = document.pointer(SUBJECT);
        if let Some(subject) = subject {
            collect(SUBJECT, subject, &mut components);
        }
        list("", document, &mut components);
        let models = of_kind(&components, "machine-learning-model");
        let mut datasets = of_kind(&components, "data");
        datasets.retain(|part| is_dataset(part.value));
        datasets.extend(models.iter().flat_map(inline));
        Self {
            components,
            datasets,
            document: Part::new(String::new(), document),
            models,
            subject: subject.map(|subject| Part::new(SUBJECT.to_owned(), subject)),
        }
    }

    pub(super) fn within(&self, scope: Scope) -> &[Part<'a>] {
        match scope {
            Scope::Components => &self.components,
            Scope::Datasets => &self.datasets,
            Scope::Document => std::slice::from_ref(&self.document),
            Scope::Models => &self.models,
            Scope::Subject => self.subject.as_slice(),
        }
    }

    /// Tells whether a part that is not there should be. A document about a model that names no
    /// dataset lacks it, one without a model does not; but a list that asks for a model is not met
    /// by the lack of one.
    pub(super) fn should_have(&self, scope: Scope) -> bool {
        scope != Scope::Datasets || !self.models.is_empty()
    }
}

impl<'a> Part<'a> {
    const fn new(pointer: String, value: &'a Value) -> Self {
        Self {
            pointer,
            value,
            is_inline: false,
        }
    }
}

fn list<'a>(at: &str, value: &'a Value, all: &mut Vec<Part<'a>>) {
    let components = value.get("components").and_then(Value::as_array);
    for (index, component) in components.into_iter().flatten().enumerate() {
        collect(&format!("{at}/components/{index}"), component, all);
    }
}

fn collect<'a>(at: &str, component: &'a Value, all: &mut Vec<Part<'a>>) {
    all.push(Part::new(at.to_owned(), component));
    list(at, component, all);
}

fn of_kind<'a>(components: &[Part<'a>], kind: &str) -> Vec<Part<'a>> {
    let parts = components.iter();
    parts
        .filter(|part| part.value["type"] == kind)
        .cloned()
        .collect()
}

/// A component of kind `data` may also be a configuration or source code, and then says so.
fn is_dataset(component: &Value) -> bool {
    let data = component.get("data").and_then(Value::as_array);
    data.is_none_or(|data| data.is_empty() || data.iter().any(|item| item["type"] == "dataset"))
}

fn inline<'a>(model: &Part<'a>) -> Vec<Part<'a>> {
    const DATASETS: &str = "/modelCard/modelParameters/datasets";
    let datasets = model.value.pointer(DATASETS).and_then(Value::as_array);
    let items = datasets.into_iter().flatten().enumerate();
    items
        .filter(|(_, item)| item["type"] == "dataset")
        .map(|(index, value)| Part {
            pointer: format!("{}{DATASETS}/{index}", model.pointer),
            value,
            is_inline: true,
        })
        .collect()
}
