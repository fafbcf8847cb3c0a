use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::Command;
use std::{env, fs, io};

use modelward_graph::{NodeKind, Relation, Source, SupplyGraph, SupplyGraphBuilder};
use serde_json::{Value, json};

use super::{edges, read, warnings};
use crate::seed;

fn report(install: &Value) -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    let document = json!({
        "version": "1",
        "environment": {
            "implementation_name": "cpython", "os_name": "posix", "platform_machine": "x86_64",
            "platform_python_implementation": "CPython", "platform_release": "6.1-custom",
            "python_full_version": "3.11.7", "python_version": "3.11", "sys_platform": "linux",
        },
        "install": install,
    });
    seed::keep("pip-report", document.to_string().as_bytes());
    builder.add_pip_report(Source::new("r"), &document).unwrap();
    builder.build().unwrap()
}

/// Each line: a marker and whether it holds, or is unknown.
#[test]
fn markers_hold_or_not() {
    for (marker, expected) in [
        ("python_version >= '3.8'", Some(true)),
        ("python_version<\"3.10\"", Some(false)),
        ("'3.12' > python_version", Some(true)),
        ("python_version == '3.*'", Some(true)),
        ("python_version ~= '3.9'", Some(true)),
        ("python_full_version < '3.11.8'", Some(true)),
        ("python_version in '2.7, 3.11'", Some(true)),
        ("python_version not in '2.7, 3.11'", Some(false)),
        ("os_name == 'nt'", Some(false)),
        ("os.name == 'posix'", Some(true)),
        ("python_implementation != 'PyPy'", Some(true)),
        ("sys_platform === 'LINUX'", Some(true)),
        (
            "os_name == 'nt' or os_name == 'posix' and python_version < '3'",
            Some(false),
        ),
        (
            "(os_name == 'nt' or os_name == 'posix') and python_version > '3'",
            Some(true),
        ),
        ("((((os_name == 'posix'))))", Some(true)),
        ("os_name == 'nt' and platform_release >= '6'", Some(false)),
        ("extra == 'none'", Some(false)),
        ("extra != 'none'", Some(true)),
        ("platform_release >= '6'", None),
        ("no_such_variable == '1'", None),
        ("os_name < 'z'", None),
        ("os_name == 'posix' and", None),
        ("(os_name == 'posix'", None),
        ("os_name == 'posix')", None),
        ("os_name 'posix'", None),
        ("os_name == posix'", None),
        ("?", None),
    ] {
        let graph = report(&json!([
            {"requested": true, "metadata": {"name": "a", "version": "1",
                "requires_dist": [format!("b>=1 ; {marker}")]}},
            {"metadata": {"name": "b", "version": "1"}},
        ]));
        let line = "pkg:pypi/a@1 depends-on pkg:pypi/b@1".to_owned();
        let holds = edges(&graph).contains(&line);
        assert_eq!(holds, expected != Some(false), "{marker}");
        assert_eq!(!graph.warnings().is_empty(), expected.is_none(), "{marker}");
    }
    // Too many brackets or comparisons exhaust nothing.
    for marker in [
        "(".repeat(100_000),
        "os_name == 'nt' or ".repeat(10_000) + "os_name == 'nt'",
    ] {
        let graph = report(&json!([{"metadata": {"name": "a", "version": "1",
            "requires_dist": [format!("b; {marker}")]}}]));
        let code = graph.warnings()[1].code();
        assert_eq!(code, "graph.warning.malformed");
    }
}

#[test]
fn extras_travel_along_requirements() {
    let graph = report(&json!([
        {"requested": true, "requested_extras": ["All"], "metadata": {"name": "A_a", "version": "1",
            "requires_dist": ["a.a[one,two]; extra == 'all'", "b[x] ; extra == 'one'",
                "c (>=1) ; extra == \"two\"", "d @ https://example.com/d;v=1.whl ; extra == 'no'", "e"]}},
        {"metadata": {"name": "b", "version": "1", "requires_dist": ["f; extra == 'X'", "c; extra == 'y'"]}},
        {"metadata": {"name": "c", "version": "1"}},
        {"metadata": {"name": "e", "version": "1", "requires_dist": ["A-A"]}},
        {"metadata": {"name": "f", "version": "1"}},
        {"metadata": {"name": "lonely", "version": "1"}},
    ]));
    assert_eq!(
        edges(&graph),
        [
            "pkg:pypi/a-a@1 depends-on pkg:pypi/e@1",
            "pkg:pypi/a-a@1 depends-on/optional pkg:pypi/b@1",
            "pkg:pypi/a-a@1 depends-on/optional pkg:pypi/c@1",
            "pkg:pypi/b@1 depends-on/optional pkg:pypi/f@1",
            "pkg:pypi/e@1 depends-on pkg:pypi/a-a@1",
            "r#requirements depends-on pkg:pypi/a-a@1",
            "r#requirements depends-on pkg:pypi/lonely@1",
        ]
    );
    assert_eq!(warnings(&graph), [""; 0]);
}

#[test]
fn packages_are_described() {
    let digest = "1".repeat(64);
    let graph = report(&json!([
        {"requested": true, "is_direct": true, "metadata": {"name": "a", "version": "1", "license_expression": "MIT",
            "license": "no"}, "download_info": {"url": "https://example.com/a.git",
            "vcs_info": {"vcs": "git", "commit_id": "abc"}}},
        {"requested": true, "is_direct": true, "metadata": {"name": "b", "version": "1",
            "classifier": ["License :: OSI Approved", "License :: OSI Approved :: BSD License"]},
            "download_info": {"url": "file:///b", "dir_info": {}}},
        {"requested": true, "metadata": {"name": "c", "version": "1", "license": "Apache 2.0"},
            "download_info": {"archive_info": {"hash": format!("sha256={digest}")}}},
        {"requested": true, "metadata": {"name": "d", "version": "1", "license": "Ours\n\nAll rights ..",
            "requires_dist": ["gone", "!"]},
            "download_info": {"archive_info": {"hashes": {"sha256": digest, "md5": "1"}}}},
        {"metadata": {"name": "D", "version": "2"}},
        {"metadata": {"name": "e"}},
    ]));
    let direct = "pkg:pypi/a@1?vcs_url=git%2Bhttps:%2F%2Fexample.com%2Fa.git%40abc";
    for (id, license, digests) in [
        (direct, Some("MIT"), 0),
        ("r#b@1", Some("BSD License"), 0),
        ("pkg:pypi/c@1", Some("Apache 2.0"), 1),
        ("pkg:pypi/d@1", Some("Ours"), 1),
    ] {
        let node = graph.node(id).unwrap();
        assert_eq!(
            (node.license(), node.digests().len()),
            (license, digests),
            "{id}"
        );
    }
    assert_eq!(
        warnings(&graph),
        [
            "r: digests by `md5` are left out",
            "r#/install/3/metadata/license: license is a whole text",
            "r#/install/3/metadata/requires_dist/0: `gone` is related and not described",
            "r#/install/3/metadata/requires_dist/1: text is not a requirement",
            "r#/install/4: two things are named `d`",
            "r#/install/5/metadata: package has no name or no version",
        ]
    );
}

/// Compares a fresh report of pip with what `packaging`, which pip itself uses, makes of it.
#[test]
fn a_report_of_pip_has_the_edges_that_pip_sees() {
    let Some(path) = env::var_os("MODELWARD_PIP_REPORT") else {
        writeln!(io::stderr(), "SKIPPED: no MODELWARD_PIP_REPORT").ok();
        return;
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../.ci/pip_edges.py");
    let output = Command::new("python3")
        .arg(script)
        .arg(&path)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let expected: BTreeSet<String> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect();

    let report = read(path.as_ref());
    let mut builder = SupplyGraphBuilder::default();
    let root = builder
        .add_pip_report(Source::new("report"), &report)
        .unwrap();
    let graph = builder.build().unwrap();
    let edges = graph
        .edges()
        .filter(|edge| edge.from().id() != root.as_str());
    let edges = edges.filter(|edge| matches!(edge.relation(), Relation::DependsOn(_)));
    let found: BTreeSet<String> = edges
        .map(|edge| format!("{} {}", edge.from().id(), edge.to().id()))
        .collect();
    assert_eq!(found, expected);
    let libraries = graph
        .nodes()
        .filter(|node| node.kind() == NodeKind::Library);
    assert_eq!(
        libraries.count(),
        report["install"].as_array().map_or(0, Vec::len) + 1
    );
    let counts = format!(
        "{} nodes, {} edges, {:?}\n",
        graph.node_count(),
        found.len(),
        warnings(&graph)
    );
    writeln!(io::stderr(), "{counts}").ok();
    if let Some(log) = env::var_os("MODELWARD_PIP_COUNTS") {
        fs::write(log, counts).unwrap();
    }
}
