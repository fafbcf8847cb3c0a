use modelward_artifact::{AtlasTechnique, Digest};
use modelward_incident::{
    ActionKind, AssetKind, AssetRef, Category, CloseOutcome, Determination, Fidelity, Harm,
    ImpactKind, IncidentId, IncidentKind, NistAttackId, Phase, Severity,
};
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
    let shown = |text: &str, written: serde_json::Result<serde_json::Value>| {
        assert_eq!(written.unwrap(), json!(text));
    };
    for it in Phase::ALL {
        shown(it.name(), serde_json::to_value(it));
    }
    for it in Severity::ALL {
        shown(it.name(), serde_json::to_value(it));
    }
    for it in Category::ALL {
        shown(it.name(), serde_json::to_value(it));
    }
    for it in Determination::ALL {
        shown(it.name(), serde_json::to_value(it));
    }
    for it in Harm::ALL {
        shown(it.name(), serde_json::to_value(it));
    }
    for it in CloseOutcome::ALL {
        shown(it.name(), serde_json::to_value(it));
    }
    for it in AssetKind::ALL {
        shown(it.name(), serde_json::to_value(it));
    }
    for it in ImpactKind::ALL {
        shown(it.name(), serde_json::to_value(it));
    }
    for it in ActionKind::ALL {
        shown(it.name(), serde_json::to_value(it));
    }
    for it in Fidelity::ALL {
        shown(it.name(), serde_json::to_value(it));
    }
}

/// The letters of the codes are those of AVID's taxonomy: security, ethics, performance.
#[test]
fn every_kind_has_one_row_of_what_it_is_called_elsewhere() {
    let vocabulary = [
        "blocked",
        "benign",
        "compromised-system",
        "data-exfiltration",
        "exploit",
        "known-malware",
        "major",
        "misconfiguration",
        "modification-information",
        "policy-violation",
        "supply-chain-customer",
        "supply-chain-vendor",
        "unauthorized-access-information",
        "unintentional",
    ];
    for kind in IncidentKind::ALL {
        let (name, row) = (kind.name(), kind.mapping());
        assert_eq!(name.parse::<IncidentKind>().unwrap(), *kind);
        let first = name.split('/').next().unwrap();
        assert_eq!(first, kind.category().name(), "{name}");
        for id in row.atlas {
            id.parse::<AtlasTechnique>().unwrap();
        }
        for id in row.nist {
            id.parse::<NistAttackId>().unwrap();
        }
        for code in row.avid {
            assert!(
                code.len() == 5 && code.starts_with(['S', 'E', 'P']),
                "{name} {code}"
            );
        }
        for word in row.stix {
            assert!(vocabulary.contains(word), "{name} {word}");
        }
        assert_eq!(row.avid.is_empty(), *kind == IncidentKind::Other, "{name}");
    }
    assert!(IncidentKind::ALL.is_sorted());
    assert_eq!(
        "weather".parse::<IncidentKind>().unwrap_err().code(),
        "incident.kind.unknown"
    );
}

/// The rows that the field notes fix.
#[test]
fn the_rows_of_the_known_attacks_are_these() {
    let rows = [
        (
            "adversarial/data-poisoning",
            "AML.T0020",
            "NISTAML.013",
            "S0600",
        ),
        (
            "adversarial/backdoor",
            "AML.T0018.000",
            "NISTAML.023",
            "S0201",
        ),
        ("adversarial/evasion", "AML.T0015", "NISTAML.022", "S0403"),
        (
            "adversarial/extraction",
            "AML.T0024.002",
            "NISTAML.031",
            "S0502",
        ),
        (
            "adversarial/inversion",
            "AML.T0024.001",
            "NISTAML.032",
            "S0501",
        ),
        (
            "adversarial/membership-inference",
            "AML.T0024.000",
            "NISTAML.033",
            "P0300",
        ),
        (
            "adversarial/prompt-injection-direct",
            "AML.T0051.000",
            "NISTAML.018",
            "S0400",
        ),
        (
            "adversarial/prompt-injection-indirect",
            "AML.T0051.001",
            "NISTAML.015",
            "S0400",
        ),
        (
            "supply-chain/model",
            "AML.T0010.003",
            "NISTAML.051",
            "S0201",
        ),
        (
            "supply-chain/software",
            "AML.T0010.001",
            "NISTAML.05",
            "S0202",
        ),
        ("supply-chain/data", "AML.T0010.002", "NISTAML.05", "S0200"),
    ];
    for (name, atlas, nist, avid) in rows {
        let row = name.parse::<IncidentKind>().unwrap().mapping();
        assert_eq!(
            (row.atlas[0], row.nist[0], row.avid[0]),
            (atlas, nist, avid),
            "{name}"
        );
    }
}

/// Every technique, attack and code is one of the publications that the rows were read from.
#[test]
fn the_rows_name_what_the_publications_have() {
    let Some(shared) = crate::shared("incident") else {
        return;
    };
    let atlas = std::fs::read_to_string(shared.join("atlas/ATLAS.json")).unwrap();
    let avid = std::fs::read_to_string(shared.join("avid/report.schema.json")).unwrap();
    for kind in IncidentKind::ALL {
        for id in kind.mapping().atlas {
            assert!(atlas.contains(&format!("\"{id}\"")), "{kind} {id}");
        }
        for code in kind.mapping().avid {
            assert!(avid.contains(&format!("\"{code}: ")), "{kind} {code}");
        }
    }
}
