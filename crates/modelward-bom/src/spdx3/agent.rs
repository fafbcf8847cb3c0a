//! Who made or supplied something, and with which tool.

use serde_json::json;

use crate::spdx3::graph::{Element, Graph};
use crate::spdx3::source::Node;

/// Adds the organization of an `organizationalEntity`, unless it says nothing.
pub(super) fn organization(graph: &mut Graph, node: &Node<'_>) -> Option<String> {
    let name = node.take("name");
    let urls = node.take_list("url");
    let contacts = node.list("contact");
    let emails: Vec<&str> = contacts
        .iter()
        .filter_map(|contact| contact.take("email"))
        .collect();
    agent(graph, "Organization", (name, &emails, &urls))
}

/// Adds the person of an `organizationalContact`, unless it says nothing.
pub(super) fn person(graph: &mut Graph, node: &Node<'_>) -> Option<String> {
    let name = node.take("name");
    let email: Vec<&str> = node.take("email").into_iter().collect();
    agent(graph, "Person", (name, &email, &[]))
}

/// Adds somebody of whom no more than a name is known.
pub(super) fn named(graph: &mut Graph, class: &str, name: &str) -> Option<String> {
    agent(graph, class, (Some(name), &[], &[]))
}

/// Adds a tool; SPDX has no version of a tool, so it follows the name as SPDX 2 had it.
pub(super) fn tool(graph: &mut Graph, node: &Node<'_>) -> Option<String> {
    let name = node.take("name")?;
    let name = match node.take("version") {
        Some(version) => format!("{name}-{version}"),
        None => name.to_owned(),
    };
    named(graph, "Tool", &name)
}

fn agent(
    graph: &mut Graph,
    class: &str,
    (name, emails, urls): (Option<&str>, &[&str], &[&str]),
) -> Option<String> {
    if name.is_none() && emails.is_empty() && urls.is_empty() {
        return None;
    }
    let mut parts = vec![class, name.unwrap_or_default(), "emails"];
    parts.extend(emails);
    parts.push("urls");
    parts.extend(urls);
    let mut element = Element::new(class, graph.id_of("agent", &parts));
    if let Some(name) = name {
        element.set("name", name);
    }
    for email in emails {
        element.identifier("email", email);
    }
    for url in urls {
        let reference = json!({
            "type": "ExternalRef",
            "externalRefType": "altWebPage",
            "locator": [url],
        });
        element.push("externalRef", reference);
    }
    let id = element.id().to_owned();
    graph.add(element);
    Some(id)
}
