//! What scanners of model files found, read from their own reports.
//!
//! A report is not taken at its word: one that scanned nothing, passed files over, met errors or
//! contradicts itself is never clean.
//!
//! ```
//! use modelward_artifact::JsonLimits;
//! use modelward_graph::scan::{ScanDoubt, ScanReport, ScanVerdict, Severity};
//!
//! let report = ScanReport::read_picklescan(
//!     "model.pkl: dangerous import 'posix system' FOUND\n\
//!      ----------- SCAN SUMMARY -----------\n\
//!      Scanned files: 1\nInfected files: 1\nSuspicious globals: 0\nDangerous globals: 1\n",
//!     &JsonLimits::default(),
//! )?;
//! assert_eq!(report.verdict(), ScanVerdict::Flagged);
//! let finding = &report.findings()[0];
//! assert_eq!((finding.file(), finding.severity()), ("model.pkl", Some(Severity::Critical)));
//!
//! let empty = br#"{"summary": {"scanned": {"total_scanned": 0}}, "issues": [], "errors": []}"#;
//! let report = ScanReport::read_modelscan(empty, &JsonLimits::default())?;
//! assert_eq!(report.verdict(), ScanVerdict::Unknown(ScanDoubt::NothingScanned));
//! # Ok::<(), modelward_graph::scan::ReadScanError>(())
//! ```

mod error;
mod fickling;
mod modelscan;
mod picklescan;
mod verdict;

use std::fmt;

use modelward_artifact::{JsonLimits, json};
use serde_json::Value;

pub use self::error::ReadScanError;
pub use self::verdict::{ScanDoubt, ScanVerdict};

/// Names a scanner of model files.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum ScanTool {
    /// Fickling, by Trail of Bits.
    Fickling,
    /// `ModelScan`, by Protect AI.
    ModelScan,
    /// `picklescan`, by Matthieu Maitre.
    PickleScan,
}

impl ScanTool {
    /// Returns the name by which the tool is called, such as `modelscan`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fickling => "fickling",
            Self::ModelScan => "modelscan",
            Self::PickleScan => "picklescan",
        }
    }
}

impl fmt::Display for ScanTool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Says how bad a finding is. The worse one is the greater.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the scale of CVSS and of all the tools"
)]
pub enum Severity {
    /// It is hardly one.
    Low,
    /// It may be harmless.
    Medium,
    /// It is likely to do harm.
    High,
    /// It runs what an attacker wants.
    Critical,
}

impl Severity {
    /// Returns the name in lowercase.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Holds one thing that a scanner found in a file.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct ScanFinding {
    file: String,
    description: String,
    severity: Option<Severity>,
    word: String,
    scanner: String,
}

impl ScanFinding {
    /// Returns the file, as the tool names it. A member of an archive follows its name.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Returns what was found, in the tool's words.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Returns how bad it is. `None` where the tool's word for it is not known here.
    #[must_use]
    pub const fn severity(&self) -> Option<Severity> {
        self.severity
    }

    /// Returns the tool's own word for how bad it is.
    #[must_use]
    pub fn severity_word(&self) -> &str {
        &self.word
    }

    /// Returns the part of the tool that found it.
    #[must_use]
    pub fn scanner(&self) -> &str {
        &self.scanner
    }
}

/// Holds the report of one run of a scanner.
#[derive(Clone, Debug)]
pub struct ScanReport {
    tool: ScanTool,
    version: Option<String>,
    findings: Vec<ScanFinding>,
    scanned: Vec<String>,
    scanned_count: u64,
    skipped: Vec<String>,
    errors: Vec<String>,
    doubts: Vec<ScanDoubt>,
}

impl ScanReport {
    /// Reads the JSON of modelscan 0.8.
    ///
    /// Run it with `--show-skipped`: without that it does not tell which files it passed over, and
    /// what it calls clean is unknown.
    ///
    /// # Errors
    ///
    /// [`ReadScanError`] where the text is not strict JSON within the limits, or not such a report.
    pub fn read_modelscan(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadScanError> {
        modelscan::read(&read_json(bytes, limits)?)
    }

    /// Reads the JSON of fickling 0.1 about one file, whose name is not in it.
    ///
    /// # Errors
    ///
    /// As of [`ScanReport::read_modelscan`].
    pub fn read_fickling(
        bytes: &[u8],
        file: &str,
        limits: &JsonLimits,
    ) -> Result<Self, ReadScanError> {
        fickling::read(&read_json(bytes, limits)?, file)
    }

    /// Reads what picklescan 1.0 prints. Of `limits` the size counts, and a line is a value.
    ///
    /// Suspicious globals, of which it tells the number alone, make the answer unknown. A line that
    /// is not known does too, since a file's name can hold line breaks.
    ///
    /// # Errors
    ///
    /// [`ReadScanError`] where the text passes a limit or has no summary.
    pub fn read_picklescan(text: &str, limits: &JsonLimits) -> Result<Self, ReadScanError> {
        picklescan::read(text, limits)
    }

    /// Returns the tool.
    #[must_use]
    pub const fn tool(&self) -> ScanTool {
        self.tool
    }

    /// Returns the tool's version, if the report tells it.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Returns what was found, sorted by file.
    #[must_use]
    pub fn findings(&self) -> &[ScanFinding] {
        &self.findings
    }

    /// Returns the files that were scanned, sorted, as far as the report names them.
    #[must_use]
    pub fn scanned(&self) -> &[String] {
        &self.scanned
    }

    /// Returns how many files were scanned.
    #[must_use]
    pub const fn scanned_count(&self) -> u64 {
        self.scanned_count
    }

    /// Returns the files that were passed over, sorted.
    #[must_use]
    pub fn skipped(&self) -> &[String] {
        &self.skipped
    }

    /// Returns what went wrong, in the tool's words, sorted.
    #[must_use]
    pub fn errors(&self) -> &[String] {
        &self.errors
    }

    /// Begins a report in which nothing was scanned.
    const fn new(tool: ScanTool) -> Self {
        Self {
            tool,
            version: None,
            findings: Vec::new(),
            scanned: Vec::new(),
            scanned_count: 0,
            skipped: Vec::new(),
            errors: Vec::new(),
            doubts: Vec::new(),
        }
    }

    fn sorted(mut self) -> Self {
        self.findings.sort();
        self.scanned.sort();
        self.skipped.sort();
        self.errors.sort();
        self.doubts.sort();
        self.doubts.dedup();
        self
    }
}

fn read_json(bytes: &[u8], limits: &JsonLimits) -> Result<Value, ReadScanError> {
    json::read(bytes, limits).map_err(|source| ReadScanError::Json { source })
}
