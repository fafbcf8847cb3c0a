use modelward_graph::vex::{VexDocument, newest};
use proptest::prelude::{Just, Strategy, any, prop, proptest};
use proptest::{prop_assert, prop_assert_eq, prop_oneof};
use serde_json::{Value, json};

use super::{SERIAL, purl, read, statement};

/// JSON with the members that the readers look for.
fn anything() -> impl Strategy<Value = Value> {
    let words = [
        "@context",
        "@id",
        "https://openvex.dev/ns",
        "statements",
        "vulnerability",
        "name",
        "products",
        "status",
        "affected",
        "not_affected",
        "subcomponents",
        "hashes",
        "sha-256",
        "identifiers",
        "purl",
        "pkg:pypi/a@1",
        "aliases",
        "timestamp",
        "document",
        "csaf_version",
        "2.0",
        "product_tree",
        "branches",
        "product",
        "product_id",
        "p",
        "full_product_names",
        "relationships",
        "full_product_name",
        "product_reference",
        "relates_to_product_reference",
        "vulnerabilities",
        "product_status",
        "known_affected",
        "fixed",
        "flags",
        "label",
        "group_ids",
        "product_ids",
        "cve",
        "bomFormat",
        "CycloneDX",
        "components",
        "bom-ref",
        "affects",
        "ref",
        "versions",
        "version",
        "range",
        "vers:pypi/<1",
        "analysis",
        "state",
        "exploitable",
        "metadata",
        "component",
        "services",
        "serialNumber",
        "urn:cdx:1/1#a",
        "",
    ];
    let word = prop::sample::select(words.to_vec());
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        word.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 128, 8, move |inner| {
        let members = prop::collection::vec((word.clone(), inner.clone()), 0..8);
        prop_oneof![
            prop::collection::vec(inner, 0..8).prop_map(Value::Array),
            members.prop_map(|members| {
                Value::Object(
                    members
                        .into_iter()
                        .map(|(k, v)| (k.to_owned(), v))
                        .collect(),
                )
            }),
        ]
    })
}

proptest! {
    #[test]
    fn no_document_makes_a_reader_panic(
        parts in prop::collection::vec(anything(), 6),
    ) {
        let head = json!({"csaf_version": "2.0", "tracking": parts[0]});
        let statements = json!([parts[0], {"vulnerability": parts[1], "status": "fixed",
            "products": parts[2]}, {"vulnerability": "a", "status": "fixed",
            "products": [parts[3]], "subcomponents": [parts[4]]}]);
        for value in [
            parts[5].clone(),
            json!({"@context": "https://openvex.dev/ns", "statements": statements}),
            json!({"document": head, "product_tree": parts[1], "vulnerabilities": [parts[2],
                {"cve": "a", "product_status": parts[3], "flags": [parts[4]]}]}),
            json!({"document": head, "product_tree": {"branches": [parts[1]],
                "relationships": [parts[2]], "product_groups": [parts[4]]}, "vulnerabilities": [
                {"cve": "a", "product_status": {"fixed": ["p", parts[3]]}}]}),
            json!({"bomFormat": "CycloneDX", "metadata": parts[0], "components": [parts[1]],
                "vulnerabilities": [parts[2], {"id": "a", "analysis": parts[3],
                "affects": [parts[4], {"ref": "p", "versions": [parts[5]]}]}]}),
        ] {
            let Ok(document) = read(&value) else { continue };
            let again = read(&value).unwrap();
            prop_assert_eq!(document.statements(), again.statements());
            let candidate = purl("pkg:pypi/a@1").with_bom_ref("p").with_bom_serial(SERIAL);
            for statement in document.statements() {
                let _ = statement.product().matches(&candidate);
                prop_assert!(value.pointer(statement.pointer()).is_some());
            }
            for warning in document.warnings() {
                warning.to_string();
            }
        }
    }

    #[test]
    fn the_order_of_statements_does_not_matter(
        statements in prop::collection::vec((prop::option::of(1..4_u8), 0..4_usize), 1..8),
        turn in any::<prop::sample::Index>(),
    ) {
        let statuses = ["affected", "fixed", "not_affected", "under_investigation"];
        let documents: Vec<_> =
            statements.iter().map(|(day, status)| statement(*day, statuses[*status])).collect();
        let all: Vec<_> = documents.iter().flat_map(VexDocument::statements).collect();
        let mut turned = all.clone();
        turned.rotate_left(turn.index(all.len()));
        turned.reverse();
        let (one, other) = (newest(all), newest(turned));
        prop_assert_eq!(one.len(), 1);
        prop_assert_eq!(one[0], other[0]);
    }
}
