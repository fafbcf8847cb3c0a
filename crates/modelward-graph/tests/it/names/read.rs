//! Documents with names that lie, whatever a reader makes of them.

use std::error::Error;

use modelward_artifact::JsonLimits;
use modelward_graph::advisory::{Advisory, AdvisorySet, Package};
use modelward_graph::evidence::AvidReport;
use modelward_graph::license::LicenseExpression;
use modelward_graph::scan::ScanReport;
use modelward_graph::vex::VexDocument;
use modelward_graph::{ImportError, NodeId, NodeKind, Relation, Source, SupplyGraphBuilder};
use serde_json::{Value, json};

use super::table::{NAMES, assert_one_line, assert_quiet, assert_told_quietly, lies};

fn bom() -> Value {
    json!({"bomFormat": "CycloneDX", "specVersion": "1.6",
        "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79", "version": 1,
        "metadata": {"timestamp": "2026-01-01T00:00:00Z",
            "component": {"type": "machine-learning-model", "name": "m", "version": "1", "bom-ref": "m",
                "purl": "pkg:huggingface/a/m@1", "licenses": [{"license": {"id": "MIT"}}],
                "modelCard": {"modelParameters": {"datasets": [{"ref": "d"}]}}}},
        "components": [{"type": "data", "name": "d", "bom-ref": "d",
            "hashes": [{"alg": "SHA-256", "content": "00"}]},
            {"type": "library", "group": "g", "name": "l", "bom-ref": "l",
            "licenses": [{"expression": "MIT OR Apache-2.0"}],
            "pedigree": {"ancestors": [{"type": "library", "name": "o", "bom-ref": "o"}]}}],
        "dependencies": [{"ref": "m", "dependsOn": ["l"], "provides": ["d"]}]})
}

/// Shows everything that a graph of a document can show.
fn show(read: impl FnOnce(&mut SupplyGraphBuilder) -> Result<(), ImportError>) {
    let mut builder = SupplyGraphBuilder::default();
    if let Err(error) = read(&mut builder) {
        assert_told_quietly(&error);
        return;
    }
    let graph = match builder.build() {
        Ok(graph) => graph,
        Err(error) => return assert_told_quietly(&error),
    };
    for warning in graph.warnings() {
        assert_one_line("warning", &warning.to_string());
    }
    assert_quiet("summary", &graph.summary().to_string());
    assert_quiet("dot", &graph.to_dot());
    assert_quiet("svg", &graph.all().to_svg().unwrap());
    assert_quiet("mermaid", &graph.all().to_mermaid().unwrap());
    for finding in graph.mutable_names() {
        assert_one_line("finding", &finding.to_string());
    }
}

#[test]
fn boms_of_names_that_lie_show_none_as_it_is() {
    for lie in lies(&bom()) {
        show(|builder| builder.add_cyclonedx(Source::new("bom"), &lie).map(drop));
    }
}

#[test]
fn models_and_reports_of_names_that_lie_show_none_as_it_is() {
    let model = json!({"id": "a/m", "sha": "0123456789012345678901234567890123456789",
        "tags": ["dataset:a/d", "base_model:a/b", "license:mit"], "cardData": {
        "base_model": ["a/b"], "datasets": ["a/d"], "license": "mit"}});
    for lie in lies(&model) {
        show(|builder| builder.add_hugging_face(Source::new("hub"), &lie).map(drop));
    }
    let report = json!({"version": "1", "pip_version": "25.0", "install": [{
        "download_info": {"url": "https://files.example.org/a.whl", "archive_info": {"hashes":
        {"sha256": "00"}}}, "is_direct": false, "requested": true,
        "metadata": {"name": "a", "version": "1.0", "requires_dist": ["b>=1; extra == 'x'"]}}],
        "environment": {"python_version": "3.12"}});
    for lie in lies(&report) {
        show(|builder| builder.add_pip_report(Source::new("pip"), &lie).map(drop));
    }
}

#[test]
fn lock_files_of_names_that_lie_show_none_as_it_is() {
    for name in NAMES {
        let quoted = json!(name);
        for text in [
            name.to_owned(),
            format!("version = 4\n[[package]]\nname = {quoted}\nversion = {quoted}\n"),
            format!("version = {quoted}\n"),
            format!("{quoted} = 1\n{quoted} = 2\n"),
            format!("[[package]]\nname = 'a'\nversion = '1'\ndependencies = [{quoted}]\n"),
        ] {
            show(|builder| builder.add_cargo_lock(Source::new(name), &text).map(drop));
        }
    }
}

#[track_caller]
fn told<T, E: Error + 'static>(read: Result<T, E>) -> Option<T> {
    read.map_err(|error| assert_told_quietly(&error)).ok()
}

#[test]
fn advisories_of_names_that_lie_show_none_as_it_is() {
    let record = json!({"id": "CVE-2026-1", "modified": "2026-01-01T00:00:00Z", "aliases": ["GHSA-1"],
        "summary": "s", "affected": [{"package": {"ecosystem": "PyPI", "name": "l",
        "purl": "pkg:pypi/l"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"},
        {"fixed": "2"}]}], "versions": ["1"]}]});
    let mut builder = SupplyGraphBuilder::default();
    builder
        .relate_all(&[("pkg:oci/shop@1", Relation::Contains, "pkg:pypi/l@1")])
        .unwrap();
    let graph = builder.build().unwrap();
    let mut hits = 0;
    for lie in lies(&record) {
        let bytes = lie.to_string().into_bytes();
        let limits = JsonLimits::default();
        let Some(advisory) = told(Advisory::read(&bytes, &limits)) else {
            continue;
        };
        let set = AdvisorySet::new([advisory]);
        let exposures = graph.exposures(&set);
        for hit in exposures.hits() {
            assert_one_line("hit", &hit.to_string());
            assert_one_line("finding", &hit.to_finding().to_string());
            hits += 1;
        }
        for other in exposures.not_evaluated() {
            assert_one_line("not evaluated", &other.to_string());
        }
        assert_quiet("impact", &exposures.impact(NodeKind::Container).to_string());
    }
    assert!(hits > 100, "{hits}");
}

#[test]
fn vex_documents_of_names_that_lie_show_none_as_it_is() {
    let open = json!({"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://example.org/1",
        "author": "a", "timestamp": "2026-01-01T00:00:00Z", "version": 1, "statements": [{
        "vulnerability": {"name": "CVE-2026-1", "aliases": ["GHSA-1"]},
        "products": [{"@id": "pkg:pypi/l@1", "identifiers": {"purl": "pkg:pypi/l@1"},
            "hashes": {"sha-256": "00"}}],
        "status": "not_affected", "justification": "component_not_present",
        "impact_statement": "i"}]});
    let csaf = json!({"document": {"csaf_version": "2.0", "category": "csaf_vex", "title": "t",
        "tracking": {"id": "1", "current_release_date": "2026-01-01T00:00:00Z"}},
        "product_tree": {"full_product_names": [{"product_id": "p", "name": "l",
            "product_identification_helper": {"purl": "pkg:pypi/l@1"}}]},
        "vulnerabilities": [{"cve": "CVE-2026-1", "product_status": {"known_not_affected": ["p"]},
            "flags": [{"label": "component_not_present", "product_ids": ["p"]}]}]});
    let mut bom = bom();
    bom["vulnerabilities"] = json!([{"id": "CVE-2026-1", "analysis": {"state": "not_affected",
        "justification": "code_not_present", "detail": "d"}, "affects": [{"ref": "l"}]}]);
    let mut statements = 0;
    for document in [open, csaf, bom] {
        for lie in lies(&document) {
            let bytes = lie.to_string().into_bytes();
            let Some(vex) = told(VexDocument::read(&bytes, &JsonLimits::default())) else {
                continue;
            };
            for warning in vex.warnings() {
                assert_one_line("warning", &warning.to_string());
            }
            for statement in vex.statements() {
                statements += 1;
                let subjects = [Some(statement.product()), statement.subcomponent()];
                for subject in subjects.into_iter().flatten() {
                    assert_one_line("subject", &subject.to_string());
                }
            }
        }
    }
    assert!(statements > 100, "{statements}");
}

#[test]
fn reports_of_scanners_and_of_harm_with_names_that_lie_show_none_as_it_is() {
    let modelscan = json!({"summary": {"modelscan_version": "0.8.8", "total_issues": 1,
        "scanned": {"total_scanned": 1, "scanned_files": ["a.pkl"]},
        "skipped": {"total_skipped": 1, "skipped_files": [{"source": "b", "category": "c",
            "description": "d"}]}},
        "issues": [{"description": "d", "operator": "system", "module": "os", "source": "a.pkl",
            "scanner": "s", "severity": "CRITICAL"}],
        "errors": [{"category": "c", "description": "d", "source": "b"}]});
    let fickling = json!({"severity": "OVERTLY_MALICIOUS", "analysis": "a", "detailed_results":
        {"AnalysisResult": {"a": "b"}}});
    let avid = json!({"data_type": "AVID", "metadata": {"report_id": "AVID-2026-R0001"},
        "affects": {"developer": ["d"], "deployer": ["d"], "artifacts": [{"type": "Model",
            "name": "m"}]}, "problemtype": {"classof": "LLM Evaluation", "type": "Measurement",
        "description": {"lang": "eng", "value": "v"}}, "references": [{"label": "l", "url": "u"}],
        "description": {"lang": "eng", "value": "v"},
        "impact": {"atlas": ["AML.T0051"]}, "reported_date": "2026-01-01"});
    let limits = JsonLimits::default();
    for lie in lies(&modelscan).into_iter().chain(lies(&fickling)) {
        let bytes = lie.to_string().into_bytes();
        for report in [
            told(ScanReport::read_modelscan(&bytes, &limits)),
            told(ScanReport::read_fickling(&bytes, "a.pkl", &limits)),
        ] {
            for doubt in report.iter().flat_map(ScanReport::doubts) {
                assert_one_line("doubt", &doubt.to_string());
            }
        }
    }
    for lie in lies(&avid) {
        let bytes = lie.to_string().into_bytes();
        told(AvidReport::read(&bytes, &limits));
    }
    for name in NAMES {
        let text = format!("{name}: {name} import '{name} {name}' FOUND\n");
        told(ScanReport::read_picklescan(&text, &limits));
    }
}

#[test]
fn what_is_parsed_shows_no_name_as_it_is() {
    for name in NAMES {
        told(name.parse::<NodeId>());
        told(name.parse::<NodeKind>());
        told(name.parse::<Relation>());
        told(name.parse::<Package>());
        told(format!("pkg:pypi/{name}").parse::<Package>());
        told(LicenseExpression::read(name));
        told(LicenseExpression::read(&format!("MIT AND {name}")));
    }
}
