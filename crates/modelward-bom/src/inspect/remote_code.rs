//! Classes that a loader takes from files beside the model (`trust_remote_code`).

use modelward_artifact::Finding;

use crate::inspect::json::Node;
use crate::inspect::{Aspect, Fact};

/// States each class that `auto_map` and `custom_pipelines` name.
pub(crate) fn facts(root: &Node<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for class in classes(root) {
        let name = class.text().unwrap_or_default();
        facts.push(Fact::observed(Aspect::Import, name, class.location()));
    }
    facts
}

/// Says that loading runs code that is not of the library.
pub(crate) fn findings(root: &Node<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if root.member("auto_map").is_some() {
        let message = "`auto_map` makes a loader that trusts it run code from the model's folder";
        findings.push(Finding::new("bom.inspect.remote_code", message));
    }
    if root.member("custom_pipelines").is_some() {
        let message =
            "`custom_pipelines` makes a loader that trusts it run code from the model's folder";
        findings.push(Finding::new("bom.inspect.remote_code", message));
    }
    // `owner/name--module.Class` is code of another repository, which may change on its own.
    let elsewhere = |class: &Node<'_>| Some(class.text()?.split_once("--")?.0.to_owned());
    let mut repositories: Vec<String> = classes(root).iter().filter_map(elsewhere).collect();
    repositories.sort();
    repositories.dedup();
    findings.extend(repositories.iter().map(|repository| {
        let message = format!("loading runs code of another repository, `{repository}`");
        Finding::new("bom.inspect.remote_code", message)
    }));
    findings
}

fn classes<'a>(root: &Node<'a>) -> Vec<Node<'a>> {
    let mapped = root.member("auto_map").into_iter();
    let mapped = mapped.flat_map(|map| map.members().map(|(_, class)| class).collect::<Vec<_>>());
    let pipelines = root.member("custom_pipelines").into_iter();
    let pipelines = pipelines.flat_map(|map| {
        let implementation = |(_, pipeline): (&str, Node<'a>)| pipeline.member("impl");
        map.members().filter_map(implementation).collect::<Vec<_>>()
    });
    let classes = mapped.chain(pipelines);
    // A tokenizer has a slow and a fast class; a loader looks at no third one.
    let classes = classes.flat_map(|class| class.one_or_more().into_iter().take(2));
    classes.filter(|class| class.text().is_some()).collect()
}
