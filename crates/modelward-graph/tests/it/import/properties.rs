use modelward_graph::{Source, SupplyGraphBuilder};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{bom, cyclonedx, edges};

/// Members that the readers look for, so that arbitrary documents reach deep into them.
const MEMBERS: [&str; 34] = [
    "alg",
    "ancestors",
    "baseModels",
    "base_model",
    "bom-ref",
    "cardData",
    "components",
    "content",
    "data",
    "datasets",
    "dependencies",
    "dependsOn",
    "deps",
    "dep_kinds",
    "formulation",
    "hashes",
    "id",
    "inputs",
    "licenses",
    "metadata",
    "modelCard",
    "modelParameters",
    "name",
    "nodes",
    "pedigree",
    "pkg",
    "purl",
    "ref",
    "requires_dist",
    "resolve",
    "services",
    "siblings",
    "tags",
    "version",
];

fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "[ab]",
        "[ -~]{0,12}",
        "pkg:(npm|huggingface)/[a-c@%?#/]{0,8}",
        "b(\\[x\\])?; ?(extra|os_name) (==|<) 'x'",
        "urn:cdx:[a-f0-9/#]{0,12}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 96, 6, |inner| {
        let member = (0..MEMBERS.len()).prop_map(|at| MEMBERS[at].to_owned());
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(member, inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// A document of CycloneDX whose things all have names, some of them purls.
fn document() -> impl Strategy<Value = Value> {
    let edges = prop::collection::vec((0..12_usize, 0..14_usize), 0..24);
    let purls = prop::collection::vec(any::<bool>(), 12);
    (edges, purls).prop_map(|(edges, purls)| {
        let components = purls.iter().enumerate().map(|(at, has_purl)| {
            let kind = ["library", "data", "machine-learning-model"][at % 3];
            let mut component =
                json!({"type": kind, "name": at.to_string(), "bom-ref": at.to_string()});
            if *has_purl {
                component["purl"] = json!(format!("pkg:npm/x@{at}"));
            }
            component
        });
        let dependencies = edges
            .iter()
            .map(|(from, to)| json!({"ref": from.to_string(), "dependsOn": [to.to_string()]}));
        bom(json!({
            "metadata": {"component": {"type": "application", "name": "app", "bom-ref": "app"}},
            "components": components.collect::<Vec<_>>(),
            "dependencies": dependencies.collect::<Vec<_>>(),
        }))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn no_document_stops_a_reader(parts in prop::collection::vec(value(), 6), text in "[ -~\n]{0,80}") {
        let mut builder = SupplyGraphBuilder::default();
        let mut document = bom(json!({}));
        let members = ["components", "dependencies", "services", "metadata", "formulation", "version"];
        for (member, part) in members.iter().zip(&parts) {
            document[*member] = part.clone();
        }
        builder.add_cyclonedx(Source::new("a"), &document).unwrap();
        let cargo = json!({"version": 1, "packages": [parts[0]], "resolve": {"nodes": [parts[1]]}});
        builder.add_cargo_metadata(Source::new("b"), &cargo).unwrap();
        let requirement = json!({"name": "p", "version": "1", "requires_dist": [parts[2], parts[3]]});
        let pip = json!({"version": "1", "environment": parts[4],
            "install": [parts[1], {"metadata": requirement, "requested_extras": parts[5]}]});
        builder.add_pip_report(Source::new("c"), &pip).unwrap();
        let hub = json!({"id": "a/b", "cardData": parts[0], "tags": parts[1], "siblings": parts[2],
            "baseModels": parts[3], "model-index": parts[4], "sha": parts[5]});
        builder.add_hugging_face(Source::new("d"), &hub).unwrap();
        let _ = builder.add_cargo_lock(Source::new("e"), &text);
        for part in &parts {
            let _ = builder.add_cyclonedx(Source::new("f"), part);
            let _ = builder.add_cargo_metadata(Source::new("f"), part);
            let _ = builder.add_pip_report(Source::new("f"), part);
            let _ = builder.add_hugging_face(Source::new("f"), part);
        }
        builder.build().unwrap();
    }

    #[test]
    fn the_order_of_a_document_does_not_matter(
        (document, shuffled) in document().prop_flat_map(|document| {
            let lists = ["components", "dependencies"].map(|list| {
                Just(document[list].as_array().cloned().unwrap_or_default()).prop_shuffle()
            });
            (Just(document.clone()), lists).prop_map(|(document, [components, dependencies])| {
                let mut shuffled = document.clone();
                shuffled["components"] = Value::Array(components);
                shuffled["dependencies"] = Value::Array(dependencies);
                (document, shuffled)
            })
        })
    ) {
        let (one, other) = (cyclonedx(&[&document]), cyclonedx(&[&shuffled]));
        prop_assert!(one.nodes().map(modelward_graph::NodeRef::id).eq(other.nodes().map(modelward_graph::NodeRef::id)));
        prop_assert_eq!(edges(&one), edges(&other));
        prop_assert_eq!(one.warnings().len(), other.warnings().len());
    }

    #[test]
    fn what_is_retracted_was_never_there(one in document(), other in document()) {
        let mut builder = SupplyGraphBuilder::default();
        builder.add_cyclonedx(Source::new("one"), &one).unwrap();
        builder.add_cyclonedx(Source::new("other"), &other).unwrap();
        builder.retract("one");
        let mut alone = SupplyGraphBuilder::default();
        alone.add_cyclonedx(Source::new("other"), &other).unwrap();
        prop_assert!(builder.build().unwrap() == alone.build().unwrap());
    }
}
