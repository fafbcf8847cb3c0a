//! Zip archives, which PyTorch, numpy and Keras keep models in.
//!
//! Loaders differ in what they make of a strange archive: some read the directory at the end, some
//! the header before each member, some take the first of two members of a name and some the last.
//! Members are read as the directory has them, and wherever another loader would see something
//! else there is a finding.

mod place;
mod window;

use std::cell::Cell;
use std::collections::HashSet;
use std::io::{self, Read};

use flate2::read::DeflateDecoder;
use modelward_artifact::Finding;
use rawzip::{
    CompressionMethod, ErrorKind, MAX_CENTRAL_DIRECTORY_RECORD_SIZE, ZipArchive,
    ZipArchiveEntryWayfinder, ZipFileHeaderRecord,
};

use self::window::Window;
use crate::inspect::{Input, InspectError, InspectLimits, Location};

/// A zip archive whose directory was read.
#[derive(Debug)]
pub(crate) struct Zip<'z, 'i> {
    archive: ZipArchive<Window<'z, 'i>>,
    members: Vec<Member>,
    findings: Vec<Finding>,
    limits: &'i InspectLimits,
    /// How many bytes may still be read: members can overlap, and many be inflated of few bytes.
    left: Cell<u64>,
}

/// A file of an archive, as the directory describes it.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    name: String,
    name_bytes: Vec<u8>,
    size: u64,
    crc: u32,
    method: CompressionMethod,
    is_encrypted: bool,
    local_offset: u64,
    wayfinder: ZipArchiveEntryWayfinder,
}

impl Member {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Returns the size after decompression, as the directory states it.
    pub(crate) const fn size(&self) -> u64 {
        self.size
    }

    fn of(record: &ZipFileHeaderRecord<'_>) -> Self {
        let name_bytes = record.file_path().as_bytes().to_vec();
        Self {
            name: String::from_utf8_lossy(&name_bytes).into_owned(),
            name_bytes,
            size: record.uncompressed_size_hint(),
            crc: record.crc32(),
            method: record.compression_method(),
            is_encrypted: record.flags().is_encrypted(),
            local_offset: record.local_header_offset(),
            wayfinder: record.wayfinder(),
        }
    }

    /// A name that leads out of the folder that the archive is unpacked to.
    fn escapes(&self) -> bool {
        let name = self.name.as_str();
        let has_drive = name.as_bytes().get(1) == Some(&b':');
        name.starts_with('/')
            || name.contains(['\\', '\0'])
            || has_drive
            || name.split('/').any(|part| part == "..")
    }
}

impl<'z, 'i> Zip<'z, 'i> {
    /// Reads the directory and compares it with the headers of the members.
    pub(crate) fn open(input: &'z mut Input<'i>) -> Result<Self, InspectError> {
        let size = input.size();
        let limits = input.limits();
        let mut buffer = vec![0; MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
        let archive = ZipArchive::with_max_search_space(size)
            .locate_in_reader(Window::new(input), &mut buffer, size)
            .map_err(|(_, error)| archive_error(error))?;
        let members = list(&archive, &mut buffer, limits)?;
        let mut zip = Self {
            archive,
            members,
            findings: Vec::new(),
            limits,
            left: Cell::new(limits.max_header()),
        };
        zip.check_names();
        zip.check_places(size, &mut buffer);
        Ok(zip)
    }

    /// Returns the members in the order of the directory.
    pub(crate) fn members(&self) -> &[Member] {
        &self.members
    }

    /// Returns the member of a name: the last one, as Python's `zipfile` does.
    pub(crate) fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().rev().find(|member| member.name == name)
    }

    pub(crate) const fn limits(&self) -> &'i InspectLimits {
        self.limits
    }

    /// Returns what makes loaders differ.
    pub(crate) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Reads a whole member, and checks its size and checksum. All that is read of an archive
    /// together is bounded by `max_header`.
    pub(crate) fn read(&self, member: &Member) -> Result<Vec<u8>, InspectError> {
        self.spend(member, member.size)?;
        let entry = self.archive.get_entry(member.wayfinder);
        let entry = entry.map_err(|error| member_error(member, &error.to_string()))?;
        let reader = entry.verifying_reader(inflated(member, entry.reader())?);
        // A byte more than is stated is asked for, which makes the size checked.
        take(reader, member.size.saturating_add(1), member)
    }

    /// Reads the first bytes of a member, fewer where it is shorter, without a checksum.
    pub(crate) fn head(&self, member: &Member, length: u64) -> Result<Vec<u8>, InspectError> {
        let length = length.min(member.size);
        self.spend(member, length)?;
        let entry = self.archive.get_entry(member.wayfinder);
        let entry = entry.map_err(|error| member_error(member, &error.to_string()))?;
        take(inflated(member, entry.reader())?, length, member)
    }

    fn spend(&self, member: &Member, length: u64) -> Result<(), InspectError> {
        let Some(left) = self.left.get().checked_sub(length) else {
            return Err(InspectError::TooLarge {
                what: "member of a zip archive",
                at: Location::Whole.inside(member.name.as_str()),
                found: length,
                limit: self.left.get(),
            });
        };
        self.left.set(left);
        Ok(())
    }

    fn check_names(&mut self) {
        let mut known = HashSet::new();
        for member in &self.members {
            let name = &member.name;
            if member.escapes() {
                let message = format!("`{name}` leads out of the folder that it is unpacked to");
                self.findings
                    .push(Finding::new("bom.inspect.zip.path_escape", message));
            }
            if !known.insert(name) {
                let message = format!("`{name}` is there more than once: loaders differ in which");
                self.findings
                    .push(Finding::new("bom.inspect.zip.duplicate", message));
            }
        }
    }

    /// Compares the headers of the members with the directory, and looks for bytes of neither.
    fn check_places(&mut self, size: u64, buffer: &mut [u8]) {
        let mut ranges = Vec::new();
        for member in &self.members {
            match self.local(member, buffer) {
                Ok((range, None)) => ranges.push(range),
                Ok((range, Some(difference))) => {
                    ranges.push(range);
                    self.findings.push(local_finding(member, &difference));
                }
                Err(error) => self
                    .findings
                    .push(local_finding(member, &error.to_string())),
            }
        }
        ranges.sort_unstable();
        if ranges.windows(2).any(|pair| pair[1].0 < pair[0].1) {
            let message = "members overlap: the same bytes are read as more than one file";
            self.findings
                .push(Finding::new("bom.inspect.zip.overlap", message));
        }
        let first = ranges.first().map_or(0, |(begin, _)| *begin);
        let behind = size.saturating_sub(self.archive.end_offset());
        for (bytes, place) in [(first, "before"), (behind, "behind")] {
            if bytes > 0 {
                let message = format!("{bytes} bytes {place} the archive are no part of it");
                self.findings
                    .push(Finding::new("bom.inspect.zip.foreign", message));
            }
        }
    }

    /// Returns where a member begins and ends, and how its header differs from the directory.
    fn local(
        &self,
        member: &Member,
        buffer: &mut [u8],
    ) -> Result<((u64, u64), Option<String>), rawzip::Error> {
        let entry = self.archive.get_entry(member.wayfinder)?;
        let local = entry.local_header(buffer)?;
        let flags = local.flags();
        let sizes = (local.compressed_size_hint(), local.uncompressed_size_hint());
        let stated = (member.wayfinder.compressed_size_hint(), member.size);
        // Where a descriptor follows the data, the header has zeros.
        let described = flags.has_data_descriptor();
        let difference = if local.file_path().as_bytes() != member.name_bytes {
            let name = String::from_utf8_lossy(local.file_path().as_bytes());
            Some(format!("the header names it `{name}`"))
        } else if local.compression_method() != member.method {
            Some("the header states another compression".to_owned())
        } else if flags.is_encrypted() != member.is_encrypted {
            Some("the header states another encryption".to_owned())
        } else if !described && (sizes != stated || local.crc32() != member.crc) {
            Some("the header states another size or checksum".to_owned())
        } else {
            None
        };
        let (_, end) = entry.compressed_data_range();
        Ok(((member.local_offset, end), difference))
    }
}

fn list(
    archive: &ZipArchive<Window<'_, '_>>,
    buffer: &mut [u8],
    limits: &InspectLimits,
) -> Result<Vec<Member>, InspectError> {
    let mut members = Vec::new();
    let mut names = 0_u64;
    let mut entries = archive.entries(buffer);
    while let Some(record) = entries.next_entry().map_err(archive_error)? {
        let member = Member::of(&record);
        names = names.saturating_add(u64::try_from(member.name.len()).unwrap_or(u64::MAX));
        let count = u64::try_from(members.len()).unwrap_or(u64::MAX);
        let bounds = [
            (
                "number of members",
                count.saturating_add(1),
                limits.max_items(),
            ),
            ("names of members", names, limits.max_header()),
        ];
        for (what, found, limit) in bounds {
            if found > limit {
                let at = Location::Byte(record.central_directory_offset());
                return Err(InspectError::TooLarge {
                    what,
                    at,
                    found,
                    limit,
                });
            }
        }
        members.push(member);
    }
    let found = u64::try_from(members.len()).unwrap_or(u64::MAX);
    if found != archive.entries_hint() {
        return Err(InspectError::Malformed {
            what: "zip directory",
            at: Location::Byte(archive.directory_offset()),
            found: format!("one of {found} members"),
            expected: "as many as its end states",
        });
    }
    Ok(members)
}

/// Returns a reader of what a member holds.
fn inflated<'r>(member: &Member, raw: impl Read + 'r) -> Result<Box<dyn Read + 'r>, InspectError> {
    let refused = |found: &str| {
        Err(InspectError::Unsupported {
            what: "member of a zip archive",
            at: Location::Whole.inside(member.name.as_str()),
            found: found.to_owned(),
        })
    };
    if member.is_encrypted {
        return refused("encrypted");
    }
    match member.method {
        CompressionMethod::STORE => Ok(Box::new(raw)),
        CompressionMethod::DEFLATE => Ok(Box::new(DeflateDecoder::new(raw))),
        other => refused(&format!("compressed by {other}")),
    }
}

fn take(reader: impl Read, length: u64, member: &Member) -> Result<Vec<u8>, InspectError> {
    let mut bytes = Vec::new();
    let read = reader.take(length).read_to_end(&mut bytes);
    read.map_err(|error| member_error(member, &error.to_string()))?;
    Ok(bytes)
}

fn local_finding(member: &Member, difference: &str) -> Finding {
    let message = format!("`{}` differs from the directory: {difference}", member.name);
    Finding::new("bom.inspect.zip.local_header", message)
}

fn archive_error(error: rawzip::Error) -> InspectError {
    let at = Location::Byte(error.eocd_offset().unwrap_or(0));
    let found = error.to_string();
    match error.into_kind() {
        ErrorKind::IO(source) if source.kind() != io::ErrorKind::UnexpectedEof => {
            InspectError::Io { source }
        }
        _ => InspectError::Malformed {
            what: "zip archive",
            at,
            found,
            expected: "a directory of its members at the end",
        },
    }
}

fn member_error(member: &Member, found: &str) -> InspectError {
    InspectError::Malformed {
        what: "member of a zip archive",
        at: Location::Whole.inside(member.name.as_str()),
        found: found.to_owned(),
        expected: "bytes of the size and checksum that the directory states",
    }
}
