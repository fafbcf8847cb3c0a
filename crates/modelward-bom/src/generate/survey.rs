//! Reads every file of a model that has a known format.

use std::io::Cursor;
use std::path::Path;

use modelward_artifact::{
    Digest, Entry, EntryPath, Finding, Manifest, ReadError, open_entry, read_entry,
};

use crate::GenerateBomError;
use crate::inspect::{Format, InspectError, InspectLimits, Inspection};

/// What the files of a model say.
#[derive(Debug, Default)]
pub(super) struct Survey {
    files: Vec<SurveyedFile>,
    findings: Vec<Finding>,
}

/// What one file says.
#[derive(Debug)]
pub(super) struct SurveyedFile {
    pub(super) path: EntryPath,
    pub(super) inspection: Inspection,
}

impl SurveyedFile {
    /// Tells whether the file lies in the model's top directory.
    pub(super) fn is_top(&self) -> bool {
        !self.path.as_str().contains('/')
    }
}

impl Survey {
    pub(super) fn files(&self) -> &[SurveyedFile] {
        &self.files
    }

    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    pub(super) fn file(&self, path: &EntryPath) -> Option<&SurveyedFile> {
        self.files.iter().find(|file| file.path == *path)
    }
}

/// Inspects every file of a manifest.
///
/// A file that is not what its format has is a finding: its digest is known all the same, and a
/// document without it would hide it.
pub(super) fn survey(
    root: &Path,
    manifest: &Manifest,
    limits: &InspectLimits,
) -> Result<Survey, GenerateBomError> {
    let mut survey = Survey::default();
    for entry in manifest.entries() {
        let path = entry.path();
        match inspect(root, entry, limits)? {
            Ok(None) => {}
            Ok(Some(inspection)) => {
                let about = |finding: &Finding| finding.clone().about(path.as_str());
                survey
                    .findings
                    .extend(inspection.findings().iter().map(about));
                survey.files.push(SurveyedFile {
                    path: path.clone(),
                    inspection,
                });
            }
            Err(error) => {
                let code = error.code();
                let message = with_causes(&error);
                survey
                    .findings
                    .push(Finding::new(code, message).about(path.as_str()));
            }
        }
    }
    Ok(survey)
}

type Inspected = Result<Option<Inspection>, InspectError>;

fn inspect(
    root: &Path,
    entry: &Entry,
    limits: &InspectLimits,
) -> Result<Inspected, GenerateBomError> {
    let name = entry.path().as_str();
    if Format::of_name(name).is_some_and(Format::is_text) && entry.size() <= limits.max_text() {
        let bytes = read_listed(root, entry, limits.max_text())?;
        return Ok(Inspection::of(name, &mut Cursor::new(bytes), limits));
    }
    let io = |source| {
        GenerateBomError::Read(ReadError::Io {
            path: entry.path().below(root),
            source,
        })
    };
    let mut file = open_entry(root, entry.path()).map_err(io)?;
    if file.metadata().map_err(io)?.len() != entry.size() {
        return Err(changed(entry));
    }
    match Inspection::of(name, &mut file, limits) {
        Err(InspectError::Io { source }) => Err(io(source)),
        other => Ok(other),
    }
}

/// Reads a small file of the model and makes sure that it is the one that was hashed.
fn read_listed(root: &Path, entry: &Entry, max_bytes: u64) -> Result<Vec<u8>, GenerateBomError> {
    let bytes = read_entry(root, entry.path(), max_bytes)?;
    if Digest::of(entry.digest().algorithm(), &bytes) == *entry.digest() {
        return Ok(bytes);
    }
    Err(changed(entry))
}

fn changed(entry: &Entry) -> GenerateBomError {
    GenerateBomError::Changed {
        path: entry.path().clone(),
    }
}

/// Writes an error with its causes, the first line of each, since a finding is one line.
fn with_causes(error: &InspectError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(source) = cause {
        let shown = source.to_string();
        text.push_str(": ");
        text.push_str(shown.lines().next().unwrap_or_default());
        cause = source.source();
    }
    text
}
