//! The JSON of fickling about one file: `severity`, `analysis` and `detailed_results`.

use serde_json::Value;

use crate::scan::{ReadScanError, ScanDoubt, ScanFinding, ScanReport, ScanTool, Severity};

/// The severity of a file in which nothing was found.
const SAFE: &str = "LIKELY_SAFE";

pub(super) fn read(value: &Value, file: &str) -> Result<ScanReport, ReadScanError> {
    let word = value.get("severity").and_then(Value::as_str);
    let word = word.ok_or_else(|| shape("/severity", "a text"))?;
    let results = value.get("detailed_results").and_then(Value::as_object);
    let results = results.ok_or_else(|| shape("/detailed_results", "results by their kind"))?;
    let mut report = ScanReport::new(ScanTool::Fickling);
    report.scanned.push(file.to_owned());
    report.scanned_count = 1;
    let finding = |scanner: &str, description: String| ScanFinding {
        file: file.to_owned(),
        description,
        severity: severity(word),
        word: word.to_owned(),
        scanner: scanner.to_owned(),
    };
    for (kind, result) in results {
        match result.as_object() {
            Some(results) => {
                let results = results.iter();
                let results = results.map(|(name, found)| finding(name, shown(found)));
                report.findings.extend(results);
            }
            None => report.findings.push(finding(kind, shown(result))),
        }
    }
    // A malformed file has a severity and no results.
    if report.findings.is_empty() && word != SAFE {
        let analysis = value.get("analysis").map(shown).unwrap_or_default();
        report
            .findings
            .push(finding(ScanTool::Fickling.name(), analysis));
    }
    if !report.findings.is_empty() && word == SAFE {
        report.doubts.push(ScanDoubt::Inconsistent);
    }
    Ok(report.sorted())
}

/// Reads the tool's six words. What it calls likely safe has no severity.
fn severity(word: &str) -> Option<Severity> {
    match word {
        "POSSIBLY_UNSAFE" => Some(Severity::Low),
        "SUSPICIOUS" => Some(Severity::Medium),
        "LIKELY_UNSAFE" => Some(Severity::High),
        "LIKELY_OVERTLY_MALICIOUS" | "OVERTLY_MALICIOUS" => Some(Severity::Critical),
        _ => None,
    }
}

fn shown(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn shape(pointer: &str, expected: &'static str) -> ReadScanError {
    ReadScanError::Shape {
        tool: ScanTool::Fickling,
        pointer: pointer.to_owned(),
        expected,
    }
}
