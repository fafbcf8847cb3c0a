use serde_json::{Value, json};

use super::{bom, cyclonedx, edges, kind, warnings};

#[test]
fn every_type_of_component_has_its_kind() {
    for (name, expected) in [
        ("application", "library"),
        ("container", "container"),
        ("cryptographic-asset", "unknown"),
        ("data", "dataset"),
        ("device", "unknown"),
        ("device-driver", "library"),
        ("file", "file"),
        ("firmware", "library"),
        ("framework", "library"),
        ("library", "library"),
        ("machine-learning-model", "model"),
        ("operating-system", "container"),
        ("platform", "container"),
    ] {
        let document = bom(json!({"components": [{"type": name, "name": "x", "bom-ref": "x"}]}));
        assert_eq!(kind(&cyclonedx(&[&document]), "a#x"), expected, "{name}");
    }
    let data = |types: &[&str]| {
        let data: Vec<_> = types.iter().map(|name| json!({"type": name})).collect();
        bom(json!({"components": [{"type": "data", "name": "x", "bom-ref": "x", "data": data}]}))
    };
    assert_eq!(
        kind(&cyclonedx(&[&data(&["configuration"])]), "a#x"),
        "file"
    );
    assert_eq!(
        kind(&cyclonedx(&[&data(&["other", "dataset"])]), "a#x"),
        "dataset"
    );
}

#[test]
fn relations_are_typed_by_what_the_document_knows() {
    let document = bom(json!({
        "metadata": {"component": {
            "type": "machine-learning-model", "name": "m", "bom-ref": "m",
            "components": [{"type": "file", "name": "w", "bom-ref": "w"}],
            "pedigree": {
                "ancestors": [{"type": "machine-learning-model", "name": "base", "bom-ref": "base"}],
                "descendants": [{"type": "machine-learning-model", "name": "child", "bom-ref": "child",
                    "properties": [{"name": "acme:base_model_relation", "value": "quantized"}]}],
                "variants": [{"type": "machine-learning-model", "name": "twin", "bom-ref": "twin"}],
            },
            "modelCard": {"modelParameters": {"datasets": [
                {"ref": "d1"}, {"type": "dataset", "name": "inline", "bom-ref": "d2"},
            ]}},
        }},
        "components": [
            {"type": "data", "name": "d1", "bom-ref": "d1"},
            {"type": "data", "name": "d3", "bom-ref": "d3"},
            {"type": "library", "name": "need", "bom-ref": "need"},
            {"type": "library", "name": "may", "bom-ref": "may", "scope": "optional"},
            {"type": "library", "name": "dev", "bom-ref": "dev", "scope": "excluded"},
            {"type": "cryptographic-asset", "name": "aes", "bom-ref": "aes"},
        ],
        "services": [{"name": "s", "bom-ref": "s", "services": [{"name": "t", "bom-ref": "t"}]}],
        "dependencies": [
            {"ref": "m", "dependsOn": ["base", "d1", "d3", "need", "may", "dev"]},
            {"ref": "need", "provides": ["aes"]},
            {"ref": "s", "dependsOn": ["m", "d3"]},
        ],
    }));
    let graph = cyclonedx(&[&document]);
    assert_eq!(
        edges(&graph),
        [
            "a#child derived-from/quantized a#m",
            "a#m contains a#w",
            "a#m depends-on a#need",
            "a#m depends-on a#s",
            "a#m depends-on/development a#dev",
            "a#m depends-on/optional a#may",
            "a#m derived-from a#base",
            "a#m trained-on a#d1",
            "a#m trained-on a#d2",
            "a#m trained-on a#d3",
            "a#need provides a#aes",
            "a#s contains a#t",
            "a#s depends-on a#d3",
            "a#s depends-on a#m",
        ]
    );
    // Nobody knows which of two variants came from which.
    assert_eq!(kind(&graph, "a#twin"), "model");
    assert_eq!(warnings(&graph), [""; 0]);
}

#[test]
fn derivations_are_told_by_properties_and_tags() {
    for (member, expected) in [
        (
            json!({"properties": [{"name": "hf:base_model_relation", "value": "adapter"}]}),
            "adapter",
        ),
        (
            json!({"properties": [{"name": "baseModelRelation", "value": "merge"}]}),
            "merge",
        ),
        (
            json!({"modelCard": {"properties": [
                {"name": "cdx:ai-ml:model:parameter:tune_method", "value": "qlora"}]}}),
            "adapter",
        ),
        (
            json!({"tags": ["nlp", "base_model:quantized:google/bert"]}),
            "quantized",
        ),
        (
            json!({"tags": ["base_model:finetune:google/bert"]}),
            "finetune",
        ),
    ] {
        let mut model = member;
        model["type"] = json!("machine-learning-model");
        model["name"] = json!("m");
        model["bom-ref"] = json!("m");
        model["pedigree"] = json!({"ancestors": [
            {"type": "machine-learning-model", "name": "b", "bom-ref": "b"}]});
        let graph = cyclonedx(&[&bom(json!({"components": [model]}))]);
        assert_eq!(edges(&graph), [format!("a#m derived-from/{expected} a#b")]);
        let is_adapter = expected == "adapter";
        assert_eq!(
            kind(&graph, "a#m"),
            if is_adapter { "adapter" } else { "model" }
        );
    }
}

#[test]
fn components_that_nothing_relates_belong_to_the_subject() {
    let document = bom(json!({
        "metadata": {"component": {"type": "application", "name": "app", "bom-ref": "app"}},
        "components": [
            {"type": "library", "name": "x", "bom-ref": "x"},
            {"type": "library", "name": "y", "bom-ref": "y"},
            {"type": "library", "name": "p", "bom-ref": "p"},
            {"type": "library", "name": "q", "bom-ref": "q"},
            {"type": "library", "name": "test", "bom-ref": "test", "scope": "excluded"},
        ],
        "dependencies": [
            {"ref": "x", "dependsOn": ["y"]},
            {"ref": "q", "dependsOn": ["p"]}, {"ref": "p", "dependsOn": ["q"]},
        ],
    }));
    let graph = cyclonedx(&[&document]);
    assert_eq!(
        edges(&graph),
        [
            "a#app contains a#p",
            "a#app contains a#x",
            "a#app depends-on/development a#test",
            "a#p depends-on a#q",
            "a#q depends-on a#p",
            "a#x depends-on a#y",
        ]
    );
}

#[test]
fn workflows_are_runs_with_inputs_and_outputs() {
    let document = bom(json!({
        "components": [
            {"type": "machine-learning-model", "name": "m", "bom-ref": "m"},
            {"type": "data", "name": "d", "bom-ref": "d"},
            {"type": "library", "name": "l", "bom-ref": "l"},
        ],
        "formulation": [{"workflows": [{
            "bom-ref": "run", "uid": "1", "name": "train",
            "inputs": [{"resource": {"ref": "d"}}],
            "resourceReferences": [{"externalReference": {"type": "vcs", "url": "https://example.com/code"}}],
            "tasks": [{"bom-ref": "step", "uid": "2", "inputs": [{"source": {"ref": "l"}}],
                "outputs": [{"type": "artifact", "resource": {"ref": "m"}}]}],
        }]}],
    }));
    let graph = cyclonedx(&[&document]);
    assert_eq!(
        edges(&graph),
        [
            "a#m produced-by a#run",
            "a#run trained-on a#d",
            "a#run uses a#l",
            "a#run uses https://example.com/code",
        ]
    );
    assert_eq!(kind(&graph, "a#run"), "training-run");
}

#[test]
fn what_is_said_of_a_component_is_kept() {
    let sha = "A".repeat(64);
    let document = bom(json!({"components": [{
        "type": "library", "name": "x", "version": "1", "purl": "pkg:PyPI/X_y@1", "bom-ref": "x",
        "licenses": [{"license": {"id": "MIT"}}, {"expression": "Apache-2.0 OR BSD-3-Clause"}],
        "hashes": [{"alg": "SHA-256", "content": sha}, {"alg": "MD5", "content": "00"}],
        "supplier": {"name": "Acme, Inc."}, "publisher": "ACME Inc",
        "manufacturer": {"url": ["https://www.example.com/about"]},
        "authors": [{"email": "a@example.com"}],
    }]}));
    let graph = cyclonedx(&[&document]);
    let node = graph.node("pkg:pypi/x-y@1").unwrap();
    assert_eq!(node.license(), Some("MIT AND (Apache-2.0 OR BSD-3-Clause)"));
    assert_eq!(node.version(), Some("1"));
    assert_eq!(
        node.digests()[0].to_string(),
        format!("sha256:{}", sha.to_lowercase())
    );
    assert_eq!(node.aliases().collect::<Vec<_>>(), ["a#x"]);
    assert_eq!(
        edges(&graph),
        ["org:a-example-com", "org:acme-inc", "org:example-com"]
            .map(|id| format!("pkg:pypi/x-y@1 supplied-by {id}"))
    );
    assert_eq!(warnings(&graph), ["a: digests by `MD5` are left out"]);
}

#[test]
fn files_go_by_their_digest_unless_names_share_it() {
    let file = |name: &str, digit: &str| {
        json!({"type": "file", "name": name, "bom-ref": name,
            "hashes": [{"alg": "SHA-256", "content": digit.repeat(64)}]})
    };
    let document = bom(json!({"components": [file("w", "1"), file("x", "2"), file("y", "2")]}));
    let graph = cyclonedx(&[&document]);
    let mut ids: Vec<_> = graph.nodes().map(|node| node.id().to_owned()).collect();
    ids.sort_unstable();
    assert_eq!(
        ids,
        [
            "a#x".to_owned(),
            "a#y".to_owned(),
            format!("sha256:{}", "1".repeat(64))
        ]
    );
}

#[test]
fn documents_join_by_bom_links_in_either_order() {
    const SERIAL: &str = "3e671687-395b-41f5-a30f-a58921a69b79";
    let library = bom(json!({
        "serialNumber": format!("urn:uuid:{}", SERIAL.to_uppercase()), "version": 2,
        "metadata": {"component": {"type": "library", "name": "l", "bom-ref": "l",
            "purl": "pkg:cargo/l@1"}},
        "components": [{"type": "file", "name": "odd", "bom-ref": "x y@1"}],
    }));
    let product = bom(json!({
        "components": [
            {"type": "application", "name": "p", "bom-ref": "p"},
            {"type": "application", "name": "q", "bom-ref": "q"},
        ],
        "dependencies": [
            {"ref": "p", "dependsOn": [format!("urn:cdx:{SERIAL}/2#l"),
                format!("urn:cdx:{SERIAL}/2#x%20y%401")]},
            {"ref": "q", "dependsOn": [format!("urn:cdx:{SERIAL}/2")]},
        ],
    }));
    let expected = |product: &str, odd: &str| {
        [
            format!("{product}#p depends-on pkg:cargo/l@1"),
            format!("{product}#p depends-on {odd}"),
            format!("{product}#q depends-on pkg:cargo/l@1"),
            format!("pkg:cargo/l@1 contains {odd}"),
        ]
    };
    let odd = format!("urn:cdx:{SERIAL}/2#x y@1");
    for (order, product_name) in [([&library, &product], "b"), ([&product, &library], "a")] {
        let graph = cyclonedx(&order);
        assert_eq!(edges(&graph), expected(product_name, &odd));
        assert_eq!(warnings(&graph), [""; 0]);
        let link = format!("urn:cdx:{SERIAL}/2#l");
        assert_eq!(
            graph.node(link).map(modelward_graph::NodeRef::id),
            Some("pkg:cargo/l@1")
        );
    }
}

/// Each line: a document, its warnings, its edges.
#[test]
fn bad_members_are_warnings_and_the_rest_is_read() {
    let library = |name: &str| json!({"type": "library", "name": name, "bom-ref": name});
    let table: [(Value, &[&str], &[&str]); 9] = [
        (
            json!({"components": [library("x"), library("x")]}),
            &[],
            &[],
        ),
        (
            json!({
                "components": [library("x"), {"type": "library", "name": "z", "bom-ref": "x"}, library("y")],
                "dependencies": [{"ref": "y", "dependsOn": ["x"]}],
            }),
            &["a#/components/1: two things are named `x`"],
            &["a#y depends-on a#/components/1", "a#y depends-on a#x"],
        ),
        (
            json!({"components": [library("x")], "dependencies": [{"ref": "x", "dependsOn": ["gone", "pkg:npm/gone@1"]}]}),
            &[
                "a#/dependencies/0/dependsOn/0: `gone` is related and not described",
                "a#/dependencies/0/dependsOn/1: `pkg:npm/gone@1` is related and not described",
            ],
            &["a#x depends-on a#gone", "a#x depends-on pkg:npm/gone@1"],
        ),
        (
            json!({"components": [library("x")], "dependencies": [{"ref": "x", "dependsOn": ["x", 7]}]}),
            &[
                "a#/dependencies/0/dependsOn/0: node `a#x` is related to itself by `depends on`",
                "a#/dependencies/0/dependsOn/1: expected a text",
            ],
            &[],
        ),
        (
            json!({"components": [{"type": "library", "name": "x", "bom-ref": "x", "purl": "x@1"}]}),
            &["a#/components/0/purl: `x@1` is not a package url"],
            &[],
        ),
        (
            json!({"components": [7, {"type": "gadget", "bom-ref": "a\nb"}]}),
            &[
                "a#/components/0: expected an object",
                "a#/components/1: component or service has no name",
                "a#/components/1/bom-ref: name is too long or has control characters",
                "a#/components/1/type: component has no type of cyclonedx",
            ],
            &[],
        ),
        (
            json!({"serialNumber": "urn:uuid:x", "metadata": {"timestamp": "today"}, "components": {}}),
            &[
                "a#/components: expected a list",
                "a#/metadata/timestamp: time is not one of rfc 3339",
                "a#/serialNumber: serial number is not a uuid",
            ],
            &[],
        ),
        (
            json!({"components": [{"type": "library", "name": "x",
                "hashes": [{"alg": "SHA-256", "content": "0"}, {"alg": "SHA-1"}],
                "licenses": [{"license": {}}], "supplier": "x", "author": "!"}]}),
            &[
                "a#/components/0/author: organization has no name that an id can have",
                "a#/components/0/hashes/0: text is not a digest of sha256",
                "a#/components/0/hashes/1: hash has no `alg` or no `content`",
                "a#/components/0/licenses/0: license has no id, name or expression",
                "a#/components/0/supplier: expected an object",
            ],
            &[],
        ),
        (
            json!({"components": [{"type": "library", "name": "x", "scope": "some", "bom-ref": "x"}, library("y")],
                "dependencies": [{"ref": "y", "dependsOn": ["x"]}, {"dependsOn": ["x"]}, 7]}),
            &[
                "a#/components/0/scope: scope is not one of cyclonedx",
                "a#/dependencies/1: dependency has no `ref`",
                "a#/dependencies/2: dependency has no `ref`",
            ],
            &["a#y depends-on a#x"],
        ),
    ];
    for (members, expected, related) in table {
        let graph = cyclonedx(&[&bom(members)]);
        assert_eq!(warnings(&graph), expected);
        assert_eq!(edges(&graph), related);
    }
}

#[test]
fn tools_of_the_document_count_where_something_refers_to_them() {
    let document = |to: &str| {
        bom(json!({
            "metadata": {"tools": {"components": [{"type": "application", "name": "t", "bom-ref": "t"}]}},
            "components": [{"type": "library", "name": "x", "bom-ref": "x"}],
            "dependencies": [{"ref": "x", "dependsOn": [to]}],
        }))
    };
    assert_eq!(kind(&cyclonedx(&[&document("x")]), "a#t"), "none");
    assert_eq!(kind(&cyclonedx(&[&document("t")]), "a#t"), "library");
}
