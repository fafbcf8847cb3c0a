//! Licenses, as license expressions of the Simple Licensing profile.

use serde_json::json;

use crate::license::{NO_ASSERTION, is_expression};
use crate::spdx3::LossReason;
use crate::spdx3::graph::{Element, Graph, NO_ASSERTION_LICENSE, Relation, content};
use crate::spdx3::place::{Class, Place};
use crate::spdx3::reference::link;
use crate::spdx3::source::Node;

/// Relates an element to its licenses.
///
/// What is stated without an acknowledgement is taken as declared. CycloneDX does not say whether
/// several licenses hold together or by choice, so one relationship leads to all of them. The AI
/// and Dataset profiles want one of both kinds for each package, be it to no assertion.
pub(super) fn relate(graph: &mut Graph, place: &Place<'_>) {
    let (mut declared, mut concluded) = (Vec::new(), Vec::new());
    for choice in place.node.list("licenses") {
        let Some(id) = license(graph, &choice) else {
            continue;
        };
        let body = choice.get("license").unwrap_or(choice);
        match body.peek("acknowledgement") {
            Some("concluded") => {
                body.take("acknowledgement");
                concluded.push(id);
            }
            Some("declared") => {
                body.take("acknowledgement");
                declared.push(id);
            }
            _ => declared.push(id),
        }
    }
    let required = matches!(place.class, Class::AiPackage | Class::Dataset);
    for (kind, mut to) in [
        ("hasConcludedLicense", concluded),
        ("hasDeclaredLicense", declared),
    ] {
        if to.is_empty() && required {
            to.push(NO_ASSERTION_LICENSE.to_owned());
        }
        to.sort();
        to.dedup();
        if !to.is_empty() {
            graph.relate(Relation::new(place.id.clone(), kind, to));
        }
    }
}

/// Adds the license of a `licenseChoice`, unless it is none that SPDX can say.
pub(super) fn license(graph: &mut Graph, choice: &Node<'_>) -> Option<String> {
    if let Some(expression) = choice.get("expression") {
        return stated(graph, &expression, None);
    }
    let license = choice.get("license")?;
    if let Some(id) = license.get("id") {
        return stated(graph, &id, Some(&license));
    }
    let name = license.take("name")?;
    let detail = Detail {
        name: Some(name),
        url: license.take("url"),
        text: license.get("text").and_then(|text| plain_text(&text)),
    };
    let parts = [name, detail.url.unwrap_or(""), detail.text.unwrap_or("")];
    let reference = format!("LicenseRef-{}-{}", plain(name), content(&parts).simple());
    Some(add(graph, &reference, detail))
}

/// Adds what is an expression by itself, with the address that a license has.
fn stated(graph: &mut Graph, node: &Node<'_>, license: Option<&Node<'_>>) -> Option<String> {
    let stated = node.text();
    let Some(text) = stated.filter(|text| *text == NO_ASSERTION || is_expression(text)) else {
        node.lose(LossReason::Malformed);
        return None;
    };
    node.carry();
    if text == NO_ASSERTION {
        return Some(NO_ASSERTION_LICENSE.to_owned());
    }
    let url = license.and_then(|license| license.take("url"));
    let detail = Detail {
        url,
        ..Detail::default()
    };
    Some(add(graph, text, detail))
}

/// What is known of a license besides its expression.
#[derive(Clone, Copy, Default)]
struct Detail<'a> {
    name: Option<&'a str>,
    url: Option<&'a str>,
    text: Option<&'a str>,
}

fn add(graph: &mut Graph, expression: &str, detail: Detail<'_>) -> String {
    let parts = [expression, detail.url.unwrap_or("")];
    let mut element = Element::new(
        "simplelicensing_LicenseExpression",
        graph.id_of("license", &parts),
    );
    element.set("simplelicensing_licenseExpression", expression);
    if let Some(name) = detail.name {
        element.set("name", name);
    }
    if let Some(url) = detail.url {
        link(&mut element, "license", (url, ""));
    }
    if let Some(text) = detail.text {
        let id = graph.id_of("license-text", &parts);
        let mut body = Element::new("simplelicensing_SimpleLicensingText", id);
        body.set("simplelicensing_licenseText", text);
        let entry = json!({"type": "DictionaryEntry", "key": expression, "value": body.id()});
        element.push("simplelicensing_customIdToUri", entry);
        graph.add(body);
    }
    let id = element.id().to_owned();
    graph.add(element);
    id
}

/// The text of an attachment that is neither encoded nor of another form than plain text.
fn plain_text<'a>(attachment: &Node<'a>) -> Option<&'a str> {
    let plain = attachment
        .peek("contentType")
        .is_none_or(|kind| kind == "text/plain");
    if attachment.get("encoding").is_some() || !plain {
        attachment.lose(LossReason::NotMapped);
        return None;
    }
    attachment.take("contentType");
    attachment.take("content")
}

/// The characters of a name that a `LicenseRef` may have (SPDX 3.0.1, annex B.1, `idstring`).
fn plain(name: &str) -> String {
    let keep = |c: char| {
        if c.is_ascii_alphanumeric() || c == '.' {
            c
        } else {
            '-'
        }
    };
    name.chars().take(64).map(keep).collect()
}
