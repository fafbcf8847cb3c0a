//! The JSON of modelscan: `summary`, `issues` and `errors`.

use serde_json::Value;

use crate::scan::{ReadScanError, ScanDoubt, ScanFinding, ScanReport, ScanTool, Severity};

pub(super) fn read(value: &Value) -> Result<ScanReport, ReadScanError> {
    let mut report = ScanReport::new(ScanTool::ModelScan);
    let summary = value.get("summary").filter(|summary| summary.is_object());
    let summary = summary.ok_or_else(|| shape("/summary", "a summary"))?;
    let issues = list(value, "/issues")?;
    for (index, issue) in issues.iter().enumerate() {
        report.findings.push(finding(issue, index)?);
    }
    for error in list(value, "/errors")? {
        report.errors.push(line(error));
    }
    report.version = text(summary, "modelscan_version");
    read_scanned(&mut report, summary)?;
    read_skipped(&mut report, summary)?;
    let total = summary.get("total_issues").and_then(Value::as_u64);
    if total.is_some_and(|total| usize::try_from(total).ok() != Some(issues.len())) {
        report.doubts.push(ScanDoubt::Inconsistent);
    }
    Ok(report.sorted())
}

fn read_scanned(report: &mut ScanReport, summary: &Value) -> Result<(), ReadScanError> {
    let count = summary.pointer("/scanned/total_scanned");
    let count = count.and_then(Value::as_u64);
    let place = "/summary/scanned/total_scanned";
    report.scanned_count = count.ok_or_else(|| shape(place, "a number"))?;
    if let Some(files) = summary.pointer("/scanned/scanned_files") {
        let place = "/summary/scanned/scanned_files";
        let files = files.as_array().ok_or_else(|| shape(place, "a list"))?;
        for file in files {
            let file = file.as_str().ok_or_else(|| shape(place, "texts"))?;
            report.scanned.push(file.to_owned());
        }
    }
    if u64::try_from(report.scanned.len()).ok() != Some(report.scanned_count) {
        report.doubts.push(ScanDoubt::Inconsistent);
    }
    Ok(())
}

fn read_skipped(report: &mut ScanReport, summary: &Value) -> Result<(), ReadScanError> {
    let Some(skipped) = summary.get("skipped") else {
        report.doubts.push(ScanDoubt::SkippedNotStated);
        return Ok(());
    };
    let files = skipped.get("skipped_files").and_then(Value::as_array);
    let files = files.ok_or_else(|| shape("/summary/skipped/skipped_files", "a list"))?;
    report.skipped.extend(files.iter().map(|file| {
        let source = text(file, "source");
        source.unwrap_or_else(|| line(file))
    }));
    let total = skipped.get("total_skipped").and_then(Value::as_u64);
    if total != u64::try_from(files.len()).ok() {
        report.doubts.push(ScanDoubt::Inconsistent);
    }
    Ok(())
}

fn finding(issue: &Value, index: usize) -> Result<ScanFinding, ReadScanError> {
    if !issue.is_object() {
        return Err(shape(&format!("/issues/{index}"), "an issue"));
    }
    let word = text(issue, "severity").unwrap_or_default();
    Ok(ScanFinding {
        file: text(issue, "source").unwrap_or_default(),
        description: text(issue, "description").unwrap_or_default(),
        severity: match word.as_str() {
            "LOW" => Some(Severity::Low),
            "MEDIUM" => Some(Severity::Medium),
            "HIGH" => Some(Severity::High),
            "CRITICAL" => Some(Severity::Critical),
            _ => None,
        },
        word,
        scanner: text(issue, "scanner").unwrap_or_default(),
    })
}

/// Writes an error of the tool in one line.
fn line(error: &Value) -> String {
    let parts = ["category", "source", "description"];
    let parts: Vec<_> = parts.iter().filter_map(|part| text(error, part)).collect();
    if parts.is_empty() {
        error.to_string()
    } else {
        parts.join(": ")
    }
}

fn text(value: &Value, member: &str) -> Option<String> {
    value.get(member)?.as_str().map(str::to_owned)
}

fn list<'v>(value: &'v Value, pointer: &'static str) -> Result<&'v [Value], ReadScanError> {
    let items = value.pointer(pointer).and_then(Value::as_array);
    let items = items.ok_or_else(|| shape(pointer, "a list"))?;
    Ok(items)
}

fn shape(pointer: &str, expected: &'static str) -> ReadScanError {
    ReadScanError::Shape {
        tool: ScanTool::ModelScan,
        pointer: pointer.to_owned(),
        expected,
    }
}
