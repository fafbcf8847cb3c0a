//! On what a pipeline of spaCy was trained, and what was measured (`meta.json`).
//!
//! The format: <https://spacy.io/api/data-formats#meta>.

use serde_json::Value;

use crate::inspect::json::Node;
use crate::inspect::{Aspect, Fact};

/// States the data and the results.
pub(super) fn facts(root: &Node<'_>) -> Vec<Fact> {
    let sources = root.member("sources").into_iter();
    let sources = sources.flat_map(|sources| sources.one_or_more());
    let mut facts: Vec<Fact> = sources.flat_map(|source| dataset(&source)).collect();
    facts.extend(metrics(root));
    facts
}

/// States a dataset: in version 3 an object, in version 2 a text.
fn dataset(source: &Node<'_>) -> Vec<Fact> {
    let place = source.member("name").unwrap_or_else(|| source.clone());
    let Some(name) = place.text() else {
        return Vec::new();
    };
    let mut facts = vec![Fact::declared(Aspect::Dataset, name, place.location())];
    for detail in ["author", "license", "url"] {
        let member = source.member(detail);
        facts.extend(member.and_then(|member| {
            let aspect = Aspect::Metadata(format!("dataset.{name}.{detail}"));
            Some(Fact::declared(aspect, member.text()?, member.location()))
        }));
    }
    facts
}

/// States the results, which version 2 calls `accuracy`. What was measured by label is an object of
/// objects, such as `ents_per_type`; the label is the slice.
fn metrics(root: &Node<'_>) -> Vec<Fact> {
    let results = root
        .member("performance")
        .or_else(|| root.member("accuracy"));
    let Some(results) = results else {
        return Vec::new();
    };
    let mut facts = Vec::new();
    for (kind, member) in results.members() {
        facts.extend(metric(kind.to_owned(), None, &member));
        for (label, of_label) in member.members() {
            for score in ["p", "r", "f"] {
                let (kind, slice) = (format!("{kind}.{score}"), Some(label.to_owned()));
                let member = of_label.member(score);
                facts.extend(member.and_then(|member| metric(kind, slice, &member)));
            }
        }
    }
    facts
}

fn metric(kind: String, slice: Option<String>, member: &Node<'_>) -> Option<Fact> {
    let Value::Number(value) = member.value() else {
        return None;
    };
    let aspect = Aspect::Metric { kind, slice };
    Some(Fact::declared(aspect, value.to_string(), member.location()))
}
