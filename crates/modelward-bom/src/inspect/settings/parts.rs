//! The parts of a pipeline of diffusers (`model_index.json`): a class of a library for each.

use std::collections::BTreeMap;

use modelward_artifact::Finding;

use crate::inspect::json::Node;
use crate::inspect::{Aspect, Fact};

/// The libraries whose classes diffusers loads as parts of a pipeline.
const LIBRARIES: [&str; 4] = ["diffusers", "onnxruntime.training", "peft", "transformers"];

/// Modules of diffusers that hold the checkers of its first pipelines.
const MODULES: [&str; 6] = [
    "deepfloyd_if",
    "kandinsky",
    "paint_by_example",
    "stable_diffusion",
    "stable_diffusion_safe",
    "stable_diffusion_xl",
];

/// States the class of each part, and the libraries that have them.
pub(super) fn facts(root: &Node<'_>) -> Vec<Fact> {
    let mut facts: Vec<Fact> = class(root).into_iter().collect();
    let mut libraries = BTreeMap::new();
    for (_, node, library, class) in parts(root) {
        let class = format!("{library}.{class}");
        facts.push(Fact::observed(Aspect::Import, class, node.location()));
        if LIBRARIES.contains(&library) {
            libraries.entry(library).or_insert(node);
        }
    }
    facts.extend(libraries.iter().map(|(library, node)| {
        let library = library.split('.').next().unwrap_or(library);
        Fact::inferred(Aspect::Library, library, node.location())
    }));
    facts
}

/// States the class of the pipeline. One whose code lies beside the model is a pair of module and
/// class.
fn class(root: &Node<'_>) -> Option<Fact> {
    let member = root.member("_class_name")?;
    let second = member.items().nth(1);
    let class = second.unwrap_or(member);
    let name = class.text()?;
    Some(Fact::declared(Aspect::Architecture, name, class.location()))
}

/// Says which code lies beside the model, and which may.
pub(super) fn findings(root: &Node<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let class = root.member("_class_name");
    if class.is_some_and(|class| class.value().is_array()) {
        let message = "the pipeline's class is code from the model's folder";
        findings.push(Finding::new("bom.inspect.remote_code", message));
    }
    for (name, _, library, class) in parts(root) {
        if LIBRARIES.contains(&library) || MODULES.contains(&library) {
            continue;
        }
        let message = format!(
            "the part `{name}` is `{library}.{class}`, of no known library: its code may lie in \
             the model's folder"
        );
        findings.push(Finding::new("bom.inspect.remote_code", message));
    }
    findings
}

/// Returns name, place, library and class of each part: a pair of texts. A pair of nulls is a part
/// that the pipeline does without.
fn parts<'a>(root: &Node<'a>) -> Vec<(&'a str, Node<'a>, &'a str, &'a str)> {
    let members = root.members().filter(|(name, _)| !name.starts_with('_'));
    let part = |(name, node): (&'a str, Node<'a>)| {
        let [library, class] = node.value().as_array()?.as_slice() else {
            return None;
        };
        Some((name, node, library.as_str()?, class.as_str()?))
    };
    members.filter_map(part).collect()
}
