use std::fs;

use modelward_artifact::JsonLimits;
use modelward_graph::scan::{
    ReadScanError, ScanDoubt, ScanFinding, ScanReport, ScanTool, ScanVerdict, Severity,
};
use proptest::prelude::{any, prop, prop_assert, proptest};
use serde_json::{Value, json};

use crate::seed;
use crate::version::fixtures;

fn modelscan(value: &Value) -> Result<ScanReport, ReadScanError> {
    let text = value.to_string();
    seed::keep("scan", text.as_bytes());
    ScanReport::read_modelscan(text.as_bytes(), &JsonLimits::default())
}

fn fickling(value: &Value) -> Result<ScanReport, ReadScanError> {
    let text = value.to_string();
    seed::keep("scan", text.as_bytes());
    ScanReport::read_fickling(text.as_bytes(), "a.pkl", &JsonLimits::default())
}

fn picklescan(text: &str) -> Result<ScanReport, ReadScanError> {
    seed::keep("scan", text.as_bytes());
    ScanReport::read_picklescan(text, &JsonLimits::default())
}

/// A report of modelscan about these files, of which none is bad.
fn clean(files: &[&str], skipped: &[&str]) -> Value {
    let skipped: Vec<_> = skipped.iter().map(|file| json!({"source": file})).collect();
    let mut value = json!({"summary": {"modelscan_version": "0.8.8", "total_issues": 0,
        "scanned": {"total_scanned": files.len()},
        "skipped": {"total_skipped": skipped.len(), "skipped_files": skipped}},
        "issues": [], "errors": []});
    if !files.is_empty() {
        value["summary"]["scanned"]["scanned_files"] = json!(files);
    }
    value
}

fn summary(counts: [u64; 4]) -> String {
    let [scanned, infected, suspicious, dangerous] = counts;
    format!(
        "----------- SCAN SUMMARY -----------\nScanned files: {scanned}\nInfected files: {infected}\n\
         Suspicious globals: {suspicious}\nDangerous globals: {dangerous}\n"
    )
}

#[test]
fn a_report_of_modelscan_is_clean_only_if_all_was_scanned() {
    let verdict = |value: &Value| modelscan(value).unwrap().verdict();
    assert_eq!(verdict(&clean(&["a.pkl"], &[])), ScanVerdict::Clean);
    let mut not_stated = clean(&["a.pkl"], &[]);
    not_stated["summary"]
        .as_object_mut()
        .unwrap()
        .remove("skipped");
    let mut errors = clean(&["a.pkl"], &[]);
    errors["errors"] = json!([{"category": "PICKLE_GENOPS", "description": "d", "source": "b"}]);
    let mut hidden = clean(&["a.pkl"], &[]);
    hidden["summary"]["total_issues"] = json!(1);
    let mut fewer = clean(&["a.pkl"], &[]);
    fewer["summary"]["scanned"]["total_scanned"] = json!(2);
    let mut skips = clean(&["a.pkl"], &[]);
    skips["summary"]["skipped"]["total_skipped"] = json!(1);
    for (value, doubt) in [
        (clean(&[], &[]), ScanDoubt::NothingScanned),
        (clean(&["a.pkl"], &["b.bin"]), ScanDoubt::Skipped),
        (not_stated, ScanDoubt::SkippedNotStated),
        (errors, ScanDoubt::Errors),
        (hidden, ScanDoubt::Inconsistent),
        (fewer, ScanDoubt::Inconsistent),
        (skips, ScanDoubt::Inconsistent),
    ] {
        assert_eq!(verdict(&value), ScanVerdict::Unknown(doubt), "{value}");
        assert_eq!(modelscan(&value).unwrap().doubts(), [doubt]);
    }
}

#[test]
fn findings_of_modelscan_keep_its_words() {
    let words = [
        ("LOW", Some(Severity::Low)),
        ("MEDIUM", Some(Severity::Medium)),
        ("HIGH", Some(Severity::High)),
        ("CRITICAL", Some(Severity::Critical)),
        ("DOOM", None),
    ];
    for (word, severity) in words {
        let mut value = clean(&["a.pkl"], &["b"]);
        value["summary"]["total_issues"] = json!(1);
        value["issues"] = json!([{"description": "d", "source": "a.zip:b.pkl", "scanner": "s",
            "severity": word}]);
        let report = modelscan(&value).unwrap();
        assert_eq!(report.verdict(), ScanVerdict::Flagged);
        assert_eq!(report.doubts(), [ScanDoubt::Skipped]);
        let finding = &report.findings()[0];
        assert_eq!(finding.severity(), severity);
        assert_eq!((finding.severity_word(), finding.scanner()), (word, "s"));
        assert_eq!(
            (finding.file(), finding.description()),
            ("a.zip:b.pkl", "d")
        );
        assert_eq!(report.skipped(), ["b"]);
    }
}

#[test]
fn a_report_of_fickling_is_read_by_its_severity_and_results() {
    let report = |severity: &str, results: Value| {
        let value = json!({"severity": severity, "analysis": "text", "detailed_results": results});
        fickling(&value).unwrap()
    };
    let safe = report("LIKELY_SAFE", json!({}));
    assert_eq!(
        (safe.verdict(), safe.scanned()),
        (ScanVerdict::Clean, &["a.pkl".to_owned()][..])
    );
    for (word, severity) in [
        ("LIKELY_SAFE", None),
        ("POSSIBLY_UNSAFE", Some(Severity::Low)),
        ("SUSPICIOUS", Some(Severity::Medium)),
        ("LIKELY_UNSAFE", Some(Severity::High)),
        ("LIKELY_OVERTLY_MALICIOUS", Some(Severity::Critical)),
        ("OVERTLY_MALICIOUS", Some(Severity::Critical)),
        ("NEW_WORD", None),
    ] {
        let results = json!({"AnalysisResult": {"UnsafeImports": "i", "UnusedVariables": ["v"]}});
        let report = report(word, results);
        assert_eq!(report.verdict(), ScanVerdict::Flagged);
        let findings = report.findings();
        assert_eq!((findings.len(), findings[0].severity()), (2, severity));
        assert_eq!(findings[0].severity_word(), word);
        let scanners: Vec<_> = findings.iter().map(ScanFinding::scanner).collect();
        assert_eq!(scanners, ["UnusedVariables", "UnsafeImports"]);
    }
    // A file that fickling cannot read has a severity and no results.
    for word in ["LIKELY_UNSAFE", "NEW_WORD"] {
        let report = report(word, json!({}));
        assert_eq!(report.verdict(), ScanVerdict::Flagged);
        assert_eq!(report.findings()[0].description(), "text");
    }
}

#[test]
fn a_text_of_picklescan_is_read_line_by_line() {
    let text = format!(
        "a: b: dangerous import 'posix system' FOUND\n\
         c.pkl: dangerous import 'my.mod f' FOUND (promoted by --strict)\n\
         WARNING: could not parse d.pkl as pickle: no newline\n{}\
         All globals found:\n  * posix.system - dangerous\n",
        summary([3, 2, 0, 2])
    );
    let report = picklescan(&text).unwrap();
    assert_eq!(report.verdict(), ScanVerdict::Flagged);
    assert_eq!(
        (report.scanned_count(), report.tool()),
        (3, ScanTool::PickleScan)
    );
    assert_eq!(report.doubts(), [ScanDoubt::Errors]);
    let shown = report
        .findings()
        .iter()
        .map(|one| (one.file(), one.description(), one.severity()));
    assert!(shown.eq([
        ("a: b", "import of posix.system", Some(Severity::Critical)),
        ("c.pkl", "import of my.mod.f", Some(Severity::Medium)),
    ]));
}

#[test]
fn a_text_of_picklescan_is_clean_only_if_it_says_so_throughout() {
    let verdict = |text: &str| picklescan(text).unwrap().verdict();
    let good = summary([1, 0, 0, 0]);
    assert_eq!(verdict(&good), ScanVerdict::Clean);
    assert_eq!(verdict(&good.replace('\n', "\r\n")), ScanVerdict::Clean);
    for (text, doubt) in [
        (summary([0, 0, 0, 0]), ScanDoubt::NothingScanned),
        (summary([1, 0, 1, 0]), ScanDoubt::Suspicious),
        (
            format!("WARNING: could not parse a as pickle: x\n{good}"),
            ScanDoubt::Errors,
        ),
        (
            format!("ERROR: parsing pickle in a: x\n{good}"),
            ScanDoubt::Errors,
        ),
        (
            format!("Invalid file b in zip archive a: x\n{good}"),
            ScanDoubt::Errors,
        ),
        (format!("something new\n{good}"), ScanDoubt::Unread),
        (format!("{good}{good}"), ScanDoubt::Unread),
        (
            format!("{good}  * posix.system - dangerous\n"),
            ScanDoubt::Unread,
        ),
    ] {
        assert_eq!(verdict(&text), ScanVerdict::Unknown(doubt), "{text}");
    }
    // A file whose name holds a clean summary does not make the scan clean.
    let forged = format!(
        "{good}: dangerous import 'posix system' FOUND\n{}",
        summary([1, 1, 0, 1])
    );
    assert_eq!(verdict(&forged), ScanVerdict::Flagged);
    assert_eq!(verdict(&summary([1, 1, 0, 1])), ScanVerdict::Flagged);
}

#[test]
fn what_is_no_report_is_refused() {
    let code = |outcome: Result<ScanReport, ReadScanError>| outcome.unwrap_err().code();
    for value in [
        json!({}),
        json!([]),
        json!({"summary": {}, "issues": [], "errors": []}),
        json!({"summary": {"scanned": {"total_scanned": 1}}, "issues": {}, "errors": []}),
        json!({"summary": {"scanned": {"total_scanned": 1}}, "issues": [1], "errors": []}),
        json!({"summary": {"scanned": {"total_scanned": 1}}, "issues": []}),
        json!({"summary": {"scanned": {"total_scanned": -1}}, "issues": [], "errors": []}),
        json!({"summary": {"scanned": {"total_scanned": 1, "scanned_files": [1]}}, "issues": [],
            "errors": []}),
    ] {
        assert_eq!(code(modelscan(&value)), "graph.scan.shape", "{value}");
    }
    for value in [
        json!({}),
        json!({"severity": "LIKELY_SAFE"}),
        json!({"detailed_results": {}}),
    ] {
        assert_eq!(code(fickling(&value)), "graph.scan.shape", "{value}");
    }
    let error = modelscan(&json!({"issues": []})).unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected a summary at `/summary` of the report of modelscan"
    );
    let limits = JsonLimits::default();
    assert_eq!(
        code(ScanReport::read_modelscan(b"{", &limits)),
        "graph.scan.json"
    );
    assert_eq!(code(picklescan("")), "graph.scan.no_summary");
    assert_eq!(
        code(picklescan("Unhandled exception\nTraceback")),
        "graph.scan.no_summary"
    );
    let short = summary([1, 0, 0, 0]).replace("Dangerous globals: 0\n", "");
    assert_eq!(code(picklescan(&short)), "graph.scan.no_summary");
    let lines = "\n".repeat(11);
    let few = limits.with_max_values(10);
    assert_eq!(
        code(ScanReport::read_picklescan(&lines, &few)),
        "graph.scan.too_large"
    );
    let small = limits.with_max_bytes(10);
    assert_eq!(
        code(ScanReport::read_picklescan(&lines, &small)),
        "graph.scan.too_large"
    );
}

#[test]
fn real_reports_are_read() {
    let Some(folder) = fixtures() else { return };
    let folder = folder.join("../scanner");
    let limits = JsonLimits::default();
    let text = fs::read(folder.join("modelscan.json")).unwrap();
    let report = ScanReport::read_modelscan(&text, &limits).unwrap();
    assert_eq!(
        (report.verdict(), report.version()),
        (ScanVerdict::Flagged, Some("0.8.8"))
    );
    assert_eq!(report.findings()[0].severity(), Some(Severity::Critical));
    assert_eq!(
        report.findings()[0].scanner(),
        "modelscan.scanners.PickleUnsafeOpScan"
    );
    assert_eq!(report.doubts(), [ScanDoubt::SkippedNotStated]);
    let text = fs::read(folder.join("safety_results.json")).unwrap();
    let report = ScanReport::read_fickling(&text, "evil.pkl", &limits).unwrap();
    assert_eq!(
        (report.verdict(), report.findings().len()),
        (ScanVerdict::Flagged, 2)
    );
    assert!(report.doubts().is_empty());
}

proptest! {
    #[test]
    fn no_text_makes_a_reader_panic(
        lines in prop::collection::vec(
            prop::sample::select(vec!["a: dangerous import 'b c' FOUND", ": ' FOUND", "",
                "----------- SCAN SUMMARY -----------", "Scanned files: 1", "Infected files: 0",
                "Suspicious globals: 0", "Dangerous globals: 0", "All globals found:", "  * a"]),
            0..12,
        ),
        bytes in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        let read = picklescan(&lines.join("\n"));
        let has_finding = lines.contains(&"a: dangerous import 'b c' FOUND");
        prop_assert!(!has_finding || read.is_err() || read.unwrap().verdict() == ScanVerdict::Flagged);
        let limits = JsonLimits::default();
        ScanReport::read_modelscan(&bytes, &limits).ok();
        ScanReport::read_fickling(&bytes, "a", &limits).ok();
        picklescan(&String::from_utf8_lossy(&bytes)).ok();
    }
}
