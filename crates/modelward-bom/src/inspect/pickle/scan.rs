use modelward_artifact::Finding;

use crate::inspect::pickle::cursor::Cursor;
use crate::inspect::pickle::grade::{Import, ImportGrade};
use crate::inspect::pickle::machine::{Loader, Machine};
use crate::inspect::pickle::record::{Record, Root};
use crate::inspect::{Input, InspectError, Location};

/// Says how many streams follow each other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Extent {
    /// As many as a loader of the format takes.
    Exactly(usize),
    /// One, and whatever follows it, which a program may load too.
    ToEnd,
}

/// The streams of a file, followed to where they end or break.
#[derive(Debug)]
pub(crate) struct Scan {
    record: Record,
    roots: Vec<Root>,
    end: u64,
    rest: u64,
    fault: Option<InspectError>,
}

impl Scan {
    /// Follows the streams from an offset, as joblib and as Python read them.
    ///
    /// # Errors
    ///
    /// Why the first stream breaks, where it breaks before it imports anything: then it may be no
    /// pickle at all. Later faults are findings, beside what was imported.
    pub(crate) fn of(input: &mut Input<'_>, at: u64, extent: Extent) -> Result<Self, InspectError> {
        let mut scan = Self::follow(input, at, extent);
        let nothing_seen = scan.roots.is_empty()
            && scan.record.imports().is_empty()
            && scan.record.unresolved().is_none();
        if let Some(fault) = scan.fault.take_if(|_| nothing_seen) {
            return Err(fault);
        }
        Ok(scan)
    }

    /// Follows the streams of a file in an archive, where every fault is a finding: what its
    /// neighbors say still counts.
    pub(crate) fn of_member(input: &mut Input<'_>, at: u64, extent: Extent) -> Self {
        Self::follow(input, at, extent)
    }

    fn follow(input: &mut Input<'_>, at: u64, extent: Extent) -> Self {
        let mut scan = Self {
            record: Record::new(input.limits()),
            roots: Vec::new(),
            end: at,
            rest: 0,
            fault: None,
        };
        scan.run(input, extent, Loader::Joblib);
        if scan.record.has_raw_arrays() {
            scan.compare(input, at, extent);
        }
        scan
    }

    fn run(&mut self, input: &mut Input<'_>, extent: Extent, loader: Loader) {
        let mut cursor = Cursor::new(input, self.end);
        while !self.is_done(extent) {
            if extent == Extent::ToEnd && !self.roots.is_empty() {
                if cursor.remaining() == 0 || !self.attempt(&mut cursor, loader) {
                    break;
                }
                continue;
            }
            match Machine::new(&mut cursor, &mut self.record, loader).run() {
                Ok(root) => self.roots.push(root),
                Err(fault) => {
                    self.fault = Some(fault);
                    break;
                }
            }
            self.end = cursor.position();
        }
        self.rest = input.size().saturating_sub(self.end);
    }

    fn is_done(&self, extent: Extent) -> bool {
        matches!(extent, Extent::Exactly(count) if self.roots.len() >= count)
    }

    /// Follows what may be one more stream. Where it is none, only its dangerous imports count.
    fn attempt(&mut self, cursor: &mut Cursor<'_, '_>, loader: Loader) -> bool {
        let mut record = self.record.continued();
        match Machine::new(cursor, &mut record, loader).run() {
            Ok(root) => {
                self.roots.push(root);
                self.end = cursor.position();
                self.record.merge(record);
                return true;
            }
            Err(fault @ (InspectError::Depth { .. } | InspectError::TooLarge { .. })) => {
                self.fault = Some(fault);
            }
            Err(_) => {}
        }
        self.record.merge_imports(&record, Import::is_dangerous);
        false
    }

    /// Follows the file as `pickle.load` would, which takes the elements of arrays for opcodes.
    fn compare(&mut self, input: &mut Input<'_>, at: u64, extent: Extent) {
        let mut other = Self {
            record: self.record.continued(),
            roots: Vec::new(),
            end: at,
            rest: 0,
            fault: None,
        };
        other.run(input, extent, Loader::Pickle);
        self.record
            .merge_imports(&other.record, Import::is_dangerous);
    }

    pub(crate) const fn record(&self) -> &Record {
        &self.record
    }

    pub(crate) fn roots(&self) -> &[Root] {
        &self.roots
    }

    /// Returns where the last stream ends.
    pub(crate) const fn end(&self) -> u64 {
        self.end
    }

    pub(crate) const fn is_whole(&self) -> bool {
        self.fault.is_none()
    }

    /// Returns the import of what the first stream gives its loader, if that is an instance.
    pub(crate) fn root_class(&self) -> Option<&Import> {
        let root = self.roots.iter().find_map(|root| match root {
            Root::Instance(module, name) => Some((module.as_str(), name.as_str())),
            Root::Other | Root::Texts(_) => None,
        })?;
        let imports = self.record.imports().iter();
        let mut same = imports.filter(|import| (import.module(), import.name()) == root);
        same.next()
    }

    /// Returns what deserves attention; `place` says where the file of an archive is.
    pub(crate) fn findings(&self, place: &dyn Fn(Location) -> Location) -> Vec<Finding> {
        let mut findings = import_findings(&self.record, place);
        if let Some(fault) = &self.fault {
            let message = match place(Location::Whole) {
                Location::Member { name, .. } => format!("`{name}` cannot be read: {fault}"),
                _ => format!("the stream cannot be read to its end: {fault}"),
            };
            findings.push(Finding::new("bom.inspect.pickle.truncated", message));
        }
        findings
    }

    /// Returns the finding that says of bytes behind the last stream.
    pub(crate) fn trailing(&self) -> Option<Finding> {
        let (rest, end) = (self.rest, self.end);
        (self.is_whole() && rest > 0).then(|| {
            let message =
                format!("{rest} bytes from byte {end} on are no pickle and were not read");
            Finding::new("bom.inspect.pickle.trailing", message)
        })
    }
}

fn import_findings(record: &Record, place: &dyn Fn(Location) -> Location) -> Vec<Finding> {
    let mut findings = Vec::new();
    for import in record.imports() {
        let at = place(Location::Byte(import.offset()));
        match import.grade() {
            ImportGrade::Dangerous { reason } => {
                let message = format!("loading imports `{import}` at {at}, which {reason}");
                findings.push(Finding::new("bom.inspect.pickle.dangerous", message));
            }
            ImportGrade::Harmless => {}
            ImportGrade::Unknown => {
                let message = format!("loading imports `{import}` at {at}, which is on no list");
                findings.push(Finding::new("bom.inspect.pickle.unknown_import", message));
            }
        }
    }
    if let Some(unresolved) = record.unresolved() {
        let at = place(Location::Byte(unresolved.first));
        let message = format!(
            "{} imports have names that are not to be told, the first at {at}",
            unresolved.count
        );
        findings.push(Finding::new("bom.inspect.pickle.unresolved", message));
    }
    let tensors = record.tensors();
    if tensors.unresolved() > 0 {
        let message = format!(
            "the type or shape of {} of {} tensors is not to be told",
            tensors.unresolved(),
            tensors.count()
        );
        findings.push(Finding::new("bom.inspect.pickle.unknown", message));
    }
    findings
}
