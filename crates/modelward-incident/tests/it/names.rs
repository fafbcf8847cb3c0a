use modelward_artifact::Digest;
use modelward_incident::{AssetRef, Category, IncidentId, Phase, Severity};
use serde_json::json;

#[test]
fn assets_are_written_by_what_names_them() {
    let digest = Digest::sha256(b"model");
    let cases = [
        (
            AssetRef::purl("pkg:pypi/torch@2.4.0").unwrap(),
            json!({"purl": "pkg:pypi/torch@2.4.0"}),
        ),
        (
            AssetRef::bom_ref("file:a b").unwrap(),
            json!({"bom-ref": "file:a b"}),
        ),
        (
            AssetRef::Digest(digest),
            json!({"digest": digest.to_string()}),
        ),
    ];
    for (asset, written) in cases {
        assert_eq!(serde_json::to_value(&asset).unwrap(), written);
        assert_eq!(serde_json::from_value::<AssetRef>(written).unwrap(), asset);
    }
}

#[test]
fn names_of_assets_that_are_none_are_refused() {
    let long = "x".repeat(2049);
    let cases = [
        (AssetRef::bom_ref(""), "incident.asset.length"),
        (AssetRef::bom_ref(&long), "incident.asset.length"),
        (AssetRef::bom_ref("a\u{1b}[2J"), "incident.asset.control"),
        (AssetRef::purl("pypi/torch"), "incident.asset.purl"),
        (AssetRef::purl("pkg:"), "incident.asset.purl"),
        (AssetRef::purl("pkg:pypi/a b"), "incident.asset.purl"),
    ];
    for (parsed, code) in cases {
        assert_eq!(parsed.unwrap_err().code(), code);
    }
    for written in [
        json!({"purl": "torch"}),
        json!({"cpe": "x"}),
        json!("pkg:pypi/torch"),
    ] {
        assert!(serde_json::from_value::<AssetRef>(written).is_err());
    }
}

#[test]
fn ids_of_incidents_are_plain() {
    for text in ["INC-1", "a", "2026.11_x"] {
        assert_eq!(text.parse::<IncidentId>().unwrap().to_string(), text);
    }
    for text in ["", "a b", "a/b", "\u{e9}", &"x".repeat(129)] {
        assert!(text.parse::<IncidentId>().is_err(), "{text}");
    }
}

#[test]
fn what_is_shown_is_what_is_written() {
    let categories = [
        Category::AdversarialAttack,
        Category::DataPoisoning,
        Category::Drift,
        Category::Failure,
        Category::Other,
        Category::SupplyChainCompromise,
    ];
    let shown = |text: String, written: serde_json::Result<serde_json::Value>| {
        assert_eq!(written.unwrap(), json!(text));
    };
    for phase in Phase::ALL {
        shown(phase.to_string(), serde_json::to_value(phase));
    }
    for severity in Severity::ALL {
        shown(severity.to_string(), serde_json::to_value(severity));
    }
    for category in categories {
        shown(category.to_string(), serde_json::to_value(category));
    }
}
