use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use modelward_artifact::escape::Terminal;
use modelward_artifact::{Entry, EntryPath, Finding, Layout, Manifest, ReadError, open_entry};
use modelward_bom::inspect::{Format, Input, InspectError, InspectLimits, Inspection, Pickle};
use thiserror::Error;

use crate::{PickleFact, PickleState};

/// Findings of things that loading runs and that may be harmless.
const SUSPICIOUS: [&str; 16] = [
    "bom.inspect.hdf5.import",
    "bom.inspect.hdf5.lambda",
    "bom.inspect.keras.code",
    "bom.inspect.keras.custom",
    "bom.inspect.keras.lambda",
    "bom.inspect.keras.pickle",
    "bom.inspect.mismatch",
    "bom.inspect.pickle.trailing",
    "bom.inspect.pickle.unknown_import",
    "bom.inspect.remote_code",
    "bom.inspect.saved_model.operator",
    "bom.inspect.zip.duplicate",
    "bom.inspect.zip.foreign",
    "bom.inspect.zip.local_header",
    "bom.inspect.zip.overlap",
    "bom.inspect.zip.path_escape",
];

/// Findings of things that could not be followed.
const NOT_SCANNED: [&str; 3] = [
    "bom.inspect.numpy.unknown",
    "bom.inspect.pickle.truncated",
    "bom.inspect.pickle.unresolved",
];

/// Scans every file of a model whose loading runs what the file says, without running it: pickles,
/// PyTorch files, and what of Keras, NumPy, `TensorFlow` and configurations loads code.
///
/// - A file of Python pickles or of PyTorch is always listed; any other only where something in it
///   is not safe.
/// - A file that should be one of these and cannot be read, one that is compressed in a way that is
///   not read, and an archive of an unknown kind were not scanned.
/// - What code of `TorchScript` does is not looked at: PyTorch's own interpreter runs it.
///
/// That the bytes are those that were hashed is for the verification to say; here only the sizes are
/// compared.
///
/// ```
/// use modelward_artifact::{HashOptions, Manifest, NoControl};
/// use modelward_audit::{PickleState, scan_pickles};
/// use modelward_bom::inspect::InspectLimits;
///
/// let folder = tempfile::tempdir()?;
/// // Loading this calls `os.system("id")`.
/// std::fs::write(folder.path().join("model.pkl"), b"cos\nsystem\n(S'id'\ntR.")?;
/// let manifest = Manifest::hash(folder.path(), &HashOptions::default(), &NoControl)?;
/// let pickles = scan_pickles(folder.path(), &manifest, &InspectLimits::default())?;
/// assert_eq!(pickles[0].state, PickleState::Unsafe);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`ScanPicklesError`] where a file cannot be read or has another size than was hashed.
pub fn scan_pickles(
    root: &Path,
    manifest: &Manifest,
    limits: &InspectLimits,
) -> Result<Vec<PickleFact>, ScanPicklesError> {
    let mut facts = Vec::new();
    let mut seen: Option<&EntryPath> = None;
    for entry in manifest.entries() {
        // A file in shards has an entry for each.
        if seen.replace(entry.path()) == Some(entry.path()) {
            continue;
        }
        if let Some(state) = scan(root, manifest, entry, limits)? {
            facts.push(PickleFact::new(entry.path().as_str().to_owned(), state));
        }
    }
    Ok(facts)
}

/// Says why a model was not scanned.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ScanPicklesError {
    /// A file is not the one that the manifest lists.
    #[error("file `{}` is not the one that was hashed", Terminal(path.as_str()))]
    Changed {
        /// The file.
        path: EntryPath,
    },
    /// A file could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl ScanPicklesError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Changed { .. } => "audit.pickles.changed",
            Self::Read(source) => source.code(),
        }
    }
}

/// Returns `None` for a file whose loading runs nothing.
fn scan(
    root: &Path,
    manifest: &Manifest,
    entry: &Entry,
    limits: &InspectLimits,
) -> Result<Option<PickleState>, ScanPicklesError> {
    let io = |source| ReadError::Io {
        path: entry.path().below(root),
        source,
    };
    let mut file = open_entry(root, entry.path()).map_err(io)?;
    let size = file.metadata().map_err(io)?.len();
    if manifest.layout() == Layout::Files && size != entry.size() {
        let path = entry.path().clone();
        return Err(ScanPicklesError::Changed { path });
    }
    let name = entry.path().as_str();
    match Inspection::of(name, &mut file, limits) {
        Ok(Some(found)) => Ok(state(&found, &mut file, limits).map_err(io)?),
        Ok(None) => Ok(is_archive(&mut file)
            .map_err(io)?
            .then_some(PickleState::NotScanned)),
        Err(InspectError::Io { source }) => Err(io(source).into()),
        Err(_) => {
            let runs = Format::of_name(name).is_some_and(runs_code);
            let runs = runs || name.ends_with(".bin") || is_pickle(&mut file).map_err(io)?;
            Ok(runs.then_some(PickleState::NotScanned))
        }
    }
}

fn state(
    found: &Inspection,
    file: &mut File,
    limits: &InspectLimits,
) -> io::Result<Option<PickleState>> {
    let mut state = worst(found.findings());
    if found.format() == Format::Pickle {
        // What is compressed in a way that is not read has no imports to find.
        let whole = Input::new(file, limits).and_then(|mut input| Pickle::read(&mut input));
        match whole {
            Ok(pickle) if pickle.is_whole() => {}
            Err(InspectError::Io { source }) => return Err(source),
            _ => state = state.max(PickleState::NotScanned),
        }
    }
    let always = matches!(found.format(), Format::Pickle | Format::Torch);
    Ok((always || state > PickleState::Safe).then_some(state))
}

fn worst(findings: &[Finding]) -> PickleState {
    let grade = |finding: &Finding| match finding.code() {
        "bom.inspect.pickle.dangerous" => PickleState::Unsafe,
        code if NOT_SCANNED.contains(&code) => PickleState::NotScanned,
        code if SUSPICIOUS.contains(&code) => PickleState::Suspicious,
        _ => PickleState::Safe,
    };
    let states = findings.iter().map(grade);
    states.max().unwrap_or(PickleState::Safe)
}

/// Tells whether loading files of a format can run what they say.
const fn runs_code(format: Format) -> bool {
    matches!(
        format,
        Format::Hdf5
            | Format::Keras
            | Format::Numpy
            | Format::Pickle
            | Format::SavedModel
            | Format::Torch
    )
}

/// Tells whether a file of an unknown kind is a zip archive, in which pickles may lie.
fn is_archive(file: &mut File) -> io::Result<bool> {
    Ok(head(file)?.starts_with(b"PK\x03\x04"))
}

fn is_pickle(file: &mut File) -> io::Result<bool> {
    Ok(matches!(head(file)?, [0x80, 2..=5, ..]))
}

fn head(file: &mut File) -> io::Result<[u8; 4]> {
    let mut bytes = [0; 4];
    file.seek(SeekFrom::Start(0))?;
    let mut filled = 0;
    while filled < bytes.len() {
        match file.read(&mut bytes[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(bytes)
}
