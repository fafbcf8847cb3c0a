//! Data, as properties of the Dataset profile.

use crate::spdx3::LossReason;
use crate::spdx3::graph::{Element, is_absolute};
use crate::spdx3::reference::link;
use crate::spdx3::source::Node;

/// Carries over what the data of a component say besides the component itself.
pub(super) fn describe_all(element: &mut Element, node: &Node<'_>) {
    for data in node.list("data") {
        if let Some(name) = data.get("name") {
            own_name(element, &name, node);
        }
        if let Some(description) = data.take("description") {
            element.line("description", description);
        }
        describe(element, &data);
    }
}

/// Carries over what a `componentData` says besides its name and description.
pub(super) fn describe(element: &mut Element, data: &Node<'_>) {
    if let Some(url) = data.at(&["contents", "url"]) {
        address(element, &url);
    }
    if let Some(classification) = data.take("classification") {
        match confidentiality(classification) {
            Some(level) if !element.has("dataset_confidentialityLevel") => {
                element.set("dataset_confidentialityLevel", level);
            }
            _ => element.line("comment", &format!("Classification: {classification}")),
        }
    }
    // Sensitive data need not be personal, so `hasSensitivePersonalInformation` stays unsaid.
    for sensitive in data.take_list("sensitiveData") {
        element.line("comment", &format!("Sensitive data: {sensitive}"));
    }
}

/// The name of the data is said already where the component has the same.
fn own_name(element: &mut Element, name: &Node<'_>, component: &Node<'_>) {
    match name.text() {
        Some(text) if component.peek("name") == Some(text) => name.carry(),
        Some(text) => {
            name.carry();
            element.line("comment", &format!("Data: {text}"));
        }
        None => name.lose(LossReason::Malformed),
    }
}

fn address(element: &mut Element, url: &Node<'_>) {
    let Some(text) = url.take_text() else {
        return;
    };
    if is_absolute(text) && !element.has("software_downloadLocation") {
        element.set("software_downloadLocation", text);
    } else {
        link(element, "altDownloadLocation", (text, ""));
    }
}

/// The levels of SPDX are the colors of the Traffic Light Protocol, here under their own name.
fn confidentiality(classification: &str) -> Option<&'static str> {
    Some(match classification {
        "TLP:AMBER" => "amber",
        "TLP:CLEAR" => "clear",
        "TLP:GREEN" => "green",
        "TLP:RED" => "red",
        _ => return None,
    })
}
