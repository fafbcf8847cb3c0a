use modelward_artifact::Digest;
use modelward_graph::license::LicensePolicy;
use modelward_graph::{Node, NodeKind, SignatureState, SupplyGraphBuilder};

use crate::{graph, id, state};

const COMMIT: &str = "043235d6088ecd3dd5fb5ca3592b6913fd516027";

#[test]
fn what_nothing_pins_is_found() {
    let digest = Digest::sha256(b"x").to_string();
    let table = [
        ("pkg:huggingface/a/b", NodeKind::Model, true),
        ("pkg:huggingface/a/b@main", NodeKind::Model, true),
        ("pkg:huggingface/a/b@1a2b3c4", NodeKind::Model, true),
        (
            &format!("pkg:huggingface/a/b@{COMMIT}"),
            NodeKind::Model,
            false,
        ),
        (
            &format!("pkg:huggingface/a/b@{}", COMMIT.replace('0', "g")),
            NodeKind::Model,
            true,
        ),
        ("pkg:github/a/b@v1", NodeKind::Library, true),
        ("pkg:oci/shop@latest", NodeKind::Container, true),
        ("pkg:oci/shop@sha256%3Aab", NodeKind::Container, false),
        ("pkg:pypi/torch@2.1", NodeKind::Library, false),
        ("pkg:pypi/torch", NodeKind::Library, true),
        ("pkg:pypi/torch@?x=y", NodeKind::Library, true),
        ("pkg:generic/w@1", NodeKind::File, true),
        ("plain", NodeKind::Dataset, true),
        (&digest, NodeKind::File, false),
        ("service", NodeKind::Service, false),
        ("company", NodeKind::Organization, false),
    ];
    for (text, kind, is_loose) in table {
        let mut builder = SupplyGraphBuilder::default();
        builder.add_node(&Node::new(id(text), kind, "n")).unwrap();
        assert_eq!(
            builder.build().unwrap().unpinned().contains(text),
            is_loose,
            "{text}"
        );
        let pinned = Node::new(id(text), kind, "n").with_digest(Digest::sha256(b"n"));
        builder.add_node(&pinned).unwrap();
        assert!(builder.build().unwrap().unpinned().is_empty(), "{text}");
    }
}

#[test]
fn signatures_are_missing_unknown_or_verified() {
    let mut builder = SupplyGraphBuilder::default();
    for (name, state) in [
        ("m", SignatureState::Missing),
        ("v", SignatureState::Verified),
        ("u", SignatureState::Unknown),
    ] {
        let node = Node::new(id(name), NodeKind::Model, name).with_signature(state);
        builder.add_node(&node).unwrap();
    }
    builder
        .add_node(&Node::new(id("s"), NodeKind::Service, "s"))
        .unwrap();
    let graph = builder.build().unwrap();
    assert_eq!(graph.with_signature(SignatureState::Missing).ids(), ["m"]);
    assert_eq!(graph.with_signature(SignatureState::Verified).ids(), ["v"]);
    assert_eq!(graph.with_signature(SignatureState::Unknown).ids(), ["u"]);
}

#[test]
fn an_origin_is_a_registry_a_supplier_or_what_it_is_a_part_of() {
    let graph = graph(&[
        "app contains loose",
        "app supplied-by company",
        "model contains weights",
        "model produced-by run",
        "weights contains shard",
        "stray contains part",
        "pkg:pypi/torch",
        "pkg:generic/blob",
        "tuned derived-from stray",
    ]);
    // `run` and `company` are libraries in this test, as all its nodes are.
    assert_eq!(
        graph.of_unknown_origin().ids(),
        ["company", "part", "pkg:generic/blob", "run", "stray"]
    );
}

#[test]
fn a_model_that_was_evaluated_on_what_it_learned_from_is_found() {
    // The edges, and the way of the evaluation with that of the training.
    type Case = (
        &'static [&'static str],
        Option<(&'static str, &'static str)>,
    );
    let cases: [Case; 6] = [
        (
            &["m trained-on d", "m evaluated-on d"],
            Some(("m -evaluated on-> d", "m -trained on-> d")),
        ),
        (
            &[
                "m derived-from/merge b",
                "b trained-on web",
                "web contains quiz",
                "m evaluated-on quiz",
            ],
            Some((
                "m -evaluated on-> quiz",
                "m -merged from-> b -trained on-> web -contains-> quiz",
            )),
        ),
        (
            &[
                "e uses m",
                "m trained-on d",
                "d contains f",
                "bench contains f",
                "e evaluated-on bench",
            ],
            Some((
                "e -evaluated on-> bench -contains-> f",
                "e -uses-> m -trained on-> d -contains-> f",
            )),
        ),
        (&["m trained-on d", "m evaluated-on e"], None),
        (&["m evaluated-on d", "other trained-on d"], None),
        // What is trained on a data set that contains a card of it learned nothing of the rest.
        (
            &[
                "m trained-on d",
                "d contains f",
                "m evaluated-on g",
                "g described-by f",
            ],
            None,
        ),
    ];
    for (lines, expected) in cases {
        let graph = graph(lines);
        let found = graph.contaminations();
        assert_eq!(found.len(), usize::from(expected.is_some()), "{lines:?}");
        if let Some((evaluated, trained)) = expected {
            assert_eq!(found[0].evaluated().to_string(), evaluated);
            assert_eq!(found[0].trained().to_string(), trained);
            assert_eq!(found[0].shared().id(), found[0].trained().end().as_str());
            assert_eq!(found[0].to_string(), format!("{evaluated} and {trained}"));
        }
    }
}

#[test]
fn a_run_learns_from_the_data_that_it_uses() {
    let mut builder = SupplyGraphBuilder::default();
    state(
        &mut builder,
        &["m produced-by run", "run uses d", "m evaluated-on d"],
    );
    assert!(builder.build().unwrap().contaminations().is_empty());
    let mut builder = SupplyGraphBuilder::default();
    builder
        .add_node(&Node::new(id("run"), NodeKind::TrainingRun, "run"))
        .unwrap();
    builder
        .add_node(&Node::new(id("d"), NodeKind::Dataset, "d"))
        .unwrap();
    builder
        .relate_all(&[
            ("m", modelward_graph::Relation::ProducedBy, "run"),
            ("run", modelward_graph::Relation::Uses, "d"),
            ("m", modelward_graph::Relation::EvaluatedOn, "d"),
        ])
        .unwrap();
    let graph = builder.build().unwrap();
    assert_eq!(
        graph.contaminations()[0].trained().to_string(),
        "m -produced by-> run -uses-> d"
    );
}

#[test]
fn terms_of_licenses_flow_over_several_steps_and_are_explained() {
    let mut builder = SupplyGraphBuilder::default();
    let licenses = [
        ("base", "cc-by-nc-4.0"),
        ("tuned", "mit"),
        ("app", "apache-2.0"),
        ("data", "cc-by-sa-4.0"),
        ("odd", "my own words"),
        ("pure", "mit"),
    ];
    for (name, license) in licenses {
        let node = Node::new(id(name), NodeKind::Model, name).with_license(license);
        builder.add_node(&node).unwrap();
    }
    for name in ["merged", "service"] {
        builder
            .add_node(&Node::new(id(name), NodeKind::Model, name))
            .unwrap();
    }
    let edges = [
        "merged derived-from/merge base",
        "tuned derived-from/finetune merged",
        "app contains tuned",
        "service serves app",
        "tuned trained-on data",
        "pure contains odd",
    ];
    for line in edges {
        let words: Vec<_> = line.split(' ').collect();
        builder
            .relate(&id(words[0]), words[1].parse().unwrap(), &id(words[2]))
            .unwrap();
    }
    let graph = builder.build().unwrap();
    let report = graph.license_flow(&LicensePolicy::default());
    let ways: Vec<String> = report
        .findings()
        .iter()
        .map(|found| found.path().to_string())
        .collect();
    assert_eq!(
        ways,
        [
            "tuned -fine-tuned from-> merged -merged from-> base",
            "app -contains-> tuned -fine-tuned from-> merged -merged from-> base",
            "tuned -trained on-> data",
            "app -contains-> tuned -trained on-> data",
            "pure -contains-> odd",
        ]
    );
    assert_eq!(report.unlicensed().ids(), ["merged"]);
    assert_eq!((report.left_out(), report.not_followed().len()), (0, 0));
    let text = report.findings()[0].to_string();
    assert!(
        text.contains("allows no commercial use, while `MIT` does not pass that on"),
        "{text}"
    );
    assert!(!report.findings()[4].answer().is_compatible());
}
