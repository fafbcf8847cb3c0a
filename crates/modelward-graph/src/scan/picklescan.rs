//! The text of picklescan: a line for each dangerous import, warnings, and a summary.

use modelward_artifact::JsonLimits;

use crate::scan::{ReadScanError, ScanDoubt, ScanFinding, ScanReport, ScanTool, Severity};

const SUMMARY: &str = "----------- SCAN SUMMARY -----------";

/// What `--globals` adds below the summary.
const GLOBALS: &str = "All globals found:";

/// The lines of the summary, in their order.
const COUNTS: [&str; 4] = [
    "Scanned files: ",
    "Infected files: ",
    "Suspicious globals: ",
    "Dangerous globals: ",
];

pub(super) fn read(text: &str, limits: &JsonLimits) -> Result<ScanReport, ReadScanError> {
    let limit = limits.max_bytes();
    if text.len() > limit {
        return Err(ReadScanError::TooLarge { limit });
    }
    let limit = limits.max_values();
    if text.lines().nth(limit).is_some() {
        return Err(ReadScanError::TooLarge { limit });
    }
    let mut report = ScanReport::new(ScanTool::PickleScan);
    let mut lines = text.lines();
    for line in lines.by_ref().take_while(|line| *line != SUMMARY) {
        read_line(&mut report, line);
    }
    let mut counts = [0; COUNTS.len()];
    for (count, name) in counts.iter_mut().zip(COUNTS) {
        let number = lines
            .next()
            .and_then(|line| line.strip_prefix(name)?.parse().ok());
        *count = number.ok_or(ReadScanError::NoSummary {
            tool: ScanTool::PickleScan,
        })?;
    }
    read_rest(&mut report, lines);
    check(&mut report, counts);
    Ok(report.sorted())
}

fn read_line(report: &mut ScanReport, line: &str) {
    if line.trim().is_empty() {
        return;
    }
    if let Some(finding) = read_finding(line) {
        report.findings.push(finding);
    } else if is_trouble(line) {
        report.errors.push(line.to_owned());
    } else {
        report.doubts.push(ScanDoubt::Unread);
    }
}

/// Reads `FILE: dangerous import 'MODULE NAME' FOUND`. The file may hold anything, so the line is
/// read from its end.
fn read_finding(line: &str) -> Option<ScanFinding> {
    let strict = line.strip_suffix(" (promoted by --strict)");
    let rest = strict.unwrap_or(line).strip_suffix("' FOUND")?;
    let (rest, global) = rest.rsplit_once(" import '")?;
    let (file, word) = rest.rsplit_once(": ")?;
    let severity = match word {
        // What is promoted is only not known to be harmless.
        "dangerous" if strict.is_some() => Some(Severity::Medium),
        "dangerous" => Some(Severity::Critical),
        "suspicious" => Some(Severity::Medium),
        _ => None,
    };
    Some(ScanFinding {
        file: file.to_owned(),
        description: format!("import of {}", global.replacen(' ', ".", 1)),
        severity,
        word: word.to_owned(),
        scanner: ScanTool::PickleScan.name().to_owned(),
    })
}

/// Tells whether the tool says that it could not do its work. A file that it cannot parse it counts
/// as scanned, with an exit code of success.
fn is_trouble(line: &str) -> bool {
    const TROUBLE: [&str; 4] = [
        "ERROR: ",
        "WARNING: ",
        "Invalid file ",
        "Unhandled exception",
    ];
    TROUBLE.iter().any(|start| line.starts_with(start))
}

/// Reads what follows the summary: the list of globals, or nothing. More than that is there where a
/// file's name holds a summary, so findings count below it too.
fn read_rest<'t>(report: &mut ScanReport, lines: impl Iterator<Item = &'t str>) {
    let mut is_list = false;
    for line in lines.filter(|line| !line.trim().is_empty()) {
        match read_finding(line) {
            Some(finding) => {
                report.findings.push(finding);
                report.doubts.push(ScanDoubt::Unread);
            }
            None if line == GLOBALS => is_list = true,
            None if is_list && line.starts_with("  * ") => {}
            None => report.doubts.push(ScanDoubt::Unread),
        }
    }
}

/// Compares the numbers of the summary with what was read.
fn check(report: &mut ScanReport, counts: [u64; COUNTS.len()]) {
    let [scanned, infected, suspicious, dangerous] = counts;
    report.scanned_count = scanned;
    if suspicious > 0 {
        report.doubts.push(ScanDoubt::Suspicious);
    }
    let found = u64::try_from(report.findings.len()).unwrap_or(u64::MAX);
    if found != dangerous || (infected == 0) != (dangerous == 0) || infected > scanned {
        report.doubts.push(ScanDoubt::Inconsistent);
    }
    if report.findings.is_empty() && (infected > 0 || dangerous > 0) {
        report.findings.push(ScanFinding {
            file: String::new(),
            description: format!("{dangerous} dangerous globals in {infected} files"),
            severity: Some(Severity::Critical),
            word: "dangerous".to_owned(),
            scanner: ScanTool::PickleScan.name().to_owned(),
        });
    }
}
