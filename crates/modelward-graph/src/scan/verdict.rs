use std::fmt;

use crate::scan::ScanReport;

/// Tells what a report says of the files that it is about. The worse answer is the greater one.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_enums, reason = "there is no fourth answer")]
pub enum ScanVerdict {
    /// Every file was scanned and nothing was found. A scanner does not find everything.
    Clean,
    /// Nothing was found, and that says nothing.
    Unknown(ScanDoubt),
    /// Something was found.
    Flagged,
}

/// Says why a report that found nothing is not clean. What counts more stands last.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum ScanDoubt {
    /// The report does not tell which files were passed over.
    SkippedNotStated,
    /// Files were passed over.
    Skipped,
    /// Globals of which the tool does not know what they do.
    Suspicious,
    /// A part of the report is not known here.
    Unread,
    /// The numbers of the report do not fit together.
    Inconsistent,
    /// The scan met errors.
    Errors,
    /// Nothing was scanned.
    NothingScanned,
}

impl ScanDoubt {
    /// Returns the reason in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SkippedNotStated => "it is not told which files were passed over",
            Self::Skipped => "files were passed over",
            Self::Suspicious => "there are globals that the tool does not know",
            Self::Unread => "a part of the report is not known",
            Self::Inconsistent => "the numbers of the report do not fit together",
            Self::Errors => "the scan met errors",
            Self::NothingScanned => "nothing was scanned",
        }
    }
}

impl fmt::Display for ScanDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl ScanReport {
    /// Returns what the report says of all its files together.
    #[must_use]
    pub fn verdict(&self) -> ScanVerdict {
        if !self.findings.is_empty() {
            return ScanVerdict::Flagged;
        }
        let doubts = self.doubts();
        let worst = doubts.last().copied();
        worst.map_or(ScanVerdict::Clean, ScanVerdict::Unknown)
    }

    /// Returns every reason why the report would not be clean even if nothing was found, sorted.
    #[must_use]
    pub fn doubts(&self) -> Vec<ScanDoubt> {
        let facts = [
            (self.scanned_count == 0, ScanDoubt::NothingScanned),
            (!self.errors.is_empty(), ScanDoubt::Errors),
            (!self.skipped.is_empty(), ScanDoubt::Skipped),
        ];
        let facts = facts
            .into_iter()
            .filter_map(|(is, doubt)| is.then_some(doubt));
        let mut doubts: Vec<_> = facts.chain(self.doubts.iter().copied()).collect();
        doubts.sort();
        doubts.dedup();
        doubts
    }
}
