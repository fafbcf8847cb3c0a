use modelward_graph::{Source, SupplyGraph, SupplyGraphBuilder};
use serde_json::{Value, json};

use super::{edges, warnings};
use crate::seed;

fn lock(text: &str) -> (Option<String>, SupplyGraph) {
    seed::keep("cargo-lock", text.as_bytes());
    let mut builder = SupplyGraphBuilder::default();
    let root = builder.add_cargo_lock(Source::new("w"), text).unwrap();
    (root.map(|root| root.to_string()), builder.build().unwrap())
}

fn metadata(document: &Value) -> (Option<String>, SupplyGraph) {
    seed::keep("cargo-metadata", document.to_string().as_bytes());
    let mut builder = SupplyGraphBuilder::default();
    let root = builder
        .add_cargo_metadata(Source::new("w"), document)
        .unwrap();
    (root.map(|root| root.to_string()), builder.build().unwrap())
}

#[test]
fn sources_of_packages_are_told_apart() {
    let (root, graph) = lock(
        r#"
version = 4

[[package]]
name = "app"
version = "0.1.0"
dependencies = [
 "x 1.0.0",
 "x 2.0.0 (git+https://example.com/x?branch=main#abc)",
 "x 2.0.0 (registry+https://example.com/index)",
 "y",
]

[[package]]
name = "x"
version = "1.0.0"
source = "sparse+https://index.crates.io/"
checksum = "0000000000000000000000000000000000000000000000000000000000000000"

[[package]]
name = "x"
version = "2.0.0"
source = "registry+https://example.com/index"

[[package]]
name = "x"
version = "2.0.0"
source = "git+https://example.com/x?branch=main#abc"

[[package]]
name = "y"
version = "1.0.0+build"
source = "registry+https://github.com/rust-lang/crates.io-index"
dependencies = ["x 2.0.0", "gone"]
"#,
    );
    assert_eq!(root.as_deref(), Some("w#app@0.1.0"));
    let (git, other) = (
        "pkg:cargo/x@2.0.0?vcs_url=git%2Bhttps:%2F%2Fexample.com%2Fx%40abc",
        "pkg:cargo/x@2.0.0?repository_url=https:%2F%2Fexample.com%2Findex",
    );
    let y = "pkg:cargo/y@1.0.0%2Bbuild";
    assert_eq!(
        edges(&graph),
        [
            format!("{y} depends-on {other}"),
            format!("{y} depends-on {git}"),
            format!("{y} depends-on w#gone"),
            "w#app@0.1.0 depends-on pkg:cargo/x@1.0.0".to_owned(),
            format!("w#app@0.1.0 depends-on {other}"),
            format!("w#app@0.1.0 depends-on {git}"),
            format!("w#app@0.1.0 depends-on {y}"),
        ]
    );
    assert_eq!(
        warnings(&graph),
        [
            "w#/package/4/dependencies/0: 2 packages are meant",
            "w#/package/4/dependencies/1: `gone` is related and not described",
        ]
    );
    assert_eq!(graph.node("pkg:cargo/x@1.0.0").unwrap().digests().len(), 1);
}

#[test]
fn the_first_version_of_lock_files_is_read() {
    let source = "registry+https://github.com/rust-lang/crates.io-index";
    let (root, graph) = lock(&format!(
        r#"
[root]
name = "app"
version = "0.1.0"
dependencies = ["x 1.0.0 ({source})"]

[[package]]
name = "x"
version = "1.0.0"
source = "{source}"

[metadata]
"checksum x 1.0.0 ({source})" = "{}"
"#,
        "1".repeat(64)
    ));
    assert_eq!(root.as_deref(), Some("w#app@0.1.0"));
    assert_eq!(edges(&graph), ["w#app@0.1.0 depends-on pkg:cargo/x@1.0.0"]);
    assert_eq!(graph.node("pkg:cargo/x@1.0.0").unwrap().digests().len(), 1);
}

/// One package of crates.io for each name, and `app` of a folder.
fn document(dependencies: &Value, deps: &Value) -> Value {
    let source = "registry+https://github.com/rust-lang/crates.io-index";
    let package = |name: &str| json!({"name": name, "version": "1.0.0", "id": name, "source": source, "license": "MIT/Apache-2.0"});
    json!({
        "version": 1,
        "packages": [
            {"name": "app", "version": "0.1.0", "id": "app", "source": null, "dependencies": dependencies},
            package("x"), package("y-z"),
        ],
        "resolve": {"root": "app", "nodes": [{"id": "app", "deps": deps}]},
    })
}

#[test]
fn kinds_of_dependencies_are_scopes() {
    let declared = |optional: bool| {
        json!([
            {"name": "x", "kind": null, "optional": optional},
            {"name": "x", "kind": "dev", "optional": false},
            {"name": "y-z", "kind": "build", "optional": false, "rename": "other-name"},
        ])
    };
    let kinds = |kinds: &[Option<&str>]| {
        let kinds: Vec<_> = kinds
            .iter()
            .map(|kind| json!({"kind": kind, "target": null}))
            .collect();
        json!([{"name": "x", "pkg": "x", "dep_kinds": kinds}])
    };
    let old = json!([{"name": "x", "pkg": "x"}, {"name": "other_name", "pkg": "y-z"}]);
    let table: [(Value, Value, &[&str]); 5] = [
        (
            declared(false),
            kinds(&[None]),
            &["depends-on pkg:cargo/x@1.0.0"],
        ),
        (
            declared(true),
            kinds(&[None]),
            &["depends-on/optional pkg:cargo/x@1.0.0"],
        ),
        (
            declared(false),
            kinds(&[Some("dev"), Some("build")]),
            &[
                "depends-on/build pkg:cargo/x@1.0.0",
                "depends-on/development pkg:cargo/x@1.0.0",
            ],
        ),
        (
            declared(false),
            old.clone(),
            &[
                "depends-on pkg:cargo/x@1.0.0",
                "depends-on/build pkg:cargo/y-z@1.0.0",
                "depends-on/development pkg:cargo/x@1.0.0",
            ],
        ),
        (
            json!([]),
            old,
            &[
                "depends-on pkg:cargo/x@1.0.0",
                "depends-on pkg:cargo/y-z@1.0.0",
            ],
        ),
    ];
    for (dependencies, deps, expected) in table {
        let (root, graph) = metadata(&document(&dependencies, &deps));
        assert_eq!(root.as_deref(), Some("w#app@0.1.0"));
        let expected: Vec<_> = expected
            .iter()
            .map(|line| format!("w#app@0.1.0 {line}"))
            .collect();
        assert_eq!(edges(&graph), expected);
        assert_eq!(warnings(&graph), [""; 0]);
        let license = graph.node("pkg:cargo/x@1.0.0").unwrap().license();
        assert_eq!(license, Some("MIT OR Apache-2.0"));
    }
}

#[test]
fn lock_file_and_metadata_of_one_source_join() {
    let mut builder = SupplyGraphBuilder::default();
    let lock = "version = 4\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\ndependencies = [\"x\"]\n\
        [[package]]\nname = \"x\"\nversion = \"1.0.0\"\n\
        source = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
    let deps = json!([{"name": "x", "pkg": "x", "dep_kinds": [{"kind": null}]}]);
    let one = builder.add_cargo_lock(Source::new("w"), lock).unwrap();
    let other = builder
        .add_cargo_metadata(Source::new("w"), &document(&json!([]), &deps))
        .unwrap();
    assert_eq!(one, other);
    assert_eq!(builder.build().unwrap().edge_count(), 1);
}
