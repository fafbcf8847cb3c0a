//! Licenses as expressions, declared or concluded.

use serde_json::Map;

use crate::spdx3::graph::Graph;
use crate::spdx3::source::Source;

/// Exports the licenses of a component, and relates them to its element.
pub(super) fn licenses(source: &mut Source, graph: &mut Graph, at: &str, id: &str) {
    for index in 0..source.length(&format!("{at}/licenses")) {
        let pointer = format!("{at}/licenses/{index}");
        let Some((expression, acknowledgement)) = expression(source, &pointer) else {
            continue;
        };
        let license = graph.id(&format!("license{pointer}"));
        let mut members = Map::new();
        members.insert(
            "simplelicensing_licenseExpression".to_owned(),
            expression.into(),
        );
        graph.add("simplelicensing_LicenseExpression", &license, members);
        // Who says nothing of it states what the author of the document takes for declared.
        let kind = if acknowledgement.as_deref() == Some("concluded") {
            "hasConcludedLicense"
        } else {
            "hasDeclaredLicense"
        };
        graph.relate(id, kind, &[license]);
    }
}

fn expression(source: &mut Source, at: &str) -> Option<(String, Option<String>)> {
    if let Some(expression) = source.text(&format!("{at}/expression")) {
        return Some((expression, source.text(&format!("{at}/acknowledgement"))));
    }
    let acknowledgement = source.text(&format!("{at}/license/acknowledgement"));
    if let Some(id) = source.text(&format!("{at}/license/id")) {
        return Some((id, acknowledgement));
    }
    let name = source.text(&format!("{at}/license/name"))?;
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || c == '.' {
            c
        } else {
            '-'
        }
    };
    let reference: String = name.chars().map(plain).collect();
    Some((format!("LicenseRef-{reference}"), acknowledgement))
}
