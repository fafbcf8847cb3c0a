use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use modelward_artifact::escape::Terminal;
use modelward_artifact::{EntryPath, Finding, Layout, Manifest, ReadError, open_entry};
use modelward_bom::inspect::{Format, Input, InspectError, InspectLimits, Inspection, Pickle};
use modelward_sign::{HeldModel, LoadError};
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
/// compared. Who can write to the files in between can show other bytes to each:
/// [`scan_held_pickles`] looks at the bytes that were verified and that will be loaded.
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
        let name = entry.path().as_str();
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
        let state = scan(name, &mut file, limits).map_err(io)?;
        facts.extend(state.map(|state| PickleFact::new(name.to_owned(), state)));
    }
    Ok(facts)
}

/// Scans as [`scan_pickles`] does every file of a model that is held open: what is scanned is what was
/// signed, and what is loaded from it afterwards is what was scanned. Of files that are mapped
/// ([`Holding::Mapped`](modelward_artifact::Holding::Mapped)) that is so as long as nobody writes to them.
///
/// By shard, a file is verified as far as it has to be looked at: of tensors the header alone.
///
/// ```
/// use modelward_artifact::{HashOptions, Manifest, NoControl};
/// use modelward_audit::{PickleState, scan_held_pickles};
/// use modelward_bom::inspect::InspectLimits;
/// use modelward_sign::{LoadOptions, SigningKey, VerifiedModel, VerifyPolicy, sign};
///
/// # let key = SigningKey::generate();
/// # let model = tempfile::tempdir()?;
/// # std::fs::write(model.path().join("model.pkl"), b"\x80\x04K\x01.")?;
/// # let bundle = sign(&Manifest::hash(model.path(), &HashOptions::default(), &NoControl)?, &key)?;
/// let options = LoadOptions::new(VerifyPolicy::key(key.public_key().clone()));
/// let verdict = VerifiedModel::open(model.path(), &bundle, &options, &NoControl)?;
/// let held = verdict.into_result().map_err(|findings| findings.to_string())?;
/// let pickles = scan_held_pickles(&held, &InspectLimits::default())?;
/// assert!(pickles.iter().all(|pickle| pickle.state == PickleState::Safe));
/// let bytes = held.file("model.pkl")?.all()?; // to be loaded
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`ScanPicklesError::Load`] where bytes are not given out, such as all of a model that was opened to
/// be streamed ([`LoadError::Mode`]).
pub fn scan_held_pickles(
    model: &HeldModel,
    limits: &InspectLimits,
) -> Result<Vec<PickleFact>, ScanPicklesError> {
    let mut facts = Vec::new();
    for path in model.paths() {
        let io = |source: io::Error| match source.downcast::<LoadError>() {
            Ok(error) => ScanPicklesError::Load(error),
            Err(source) => ScanPicklesError::Read(ReadError::Io {
                path: path.as_str().into(),
                source,
            }),
        };
        let mut cursor = model.file(path.as_str())?.cursor();
        let state = scan(path.as_str(), &mut cursor, limits).map_err(io)?;
        facts.extend(state.map(|state| PickleFact::new(path.as_str().to_owned(), state)));
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
    /// A model that is held open does not give out its bytes.
    #[error(transparent)]
    Load(#[from] LoadError),
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
            Self::Load(source) => source.code(),
            Self::Read(source) => source.code(),
        }
    }
}

/// Returns `None` for a file whose loading runs nothing.
fn scan(
    name: &str,
    file: &mut (impl Read + Seek),
    limits: &InspectLimits,
) -> io::Result<Option<PickleState>> {
    match Inspection::of(name, file, limits) {
        Ok(Some(found)) => state(&found, file, limits),
        Ok(None) => Ok(is_archive(file)?.then_some(PickleState::NotScanned)),
        Err(InspectError::Io { source }) => Err(source),
        Err(_) => {
            let runs = Format::of_name(name).is_some_and(runs_code);
            let runs = runs || name.ends_with(".bin") || is_pickle(file)?;
            Ok(runs.then_some(PickleState::NotScanned))
        }
    }
}

fn state(
    found: &Inspection,
    file: &mut (impl Read + Seek),
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
fn is_archive(file: &mut (impl Read + Seek)) -> io::Result<bool> {
    Ok(head(file)?.starts_with(b"PK\x03\x04"))
}

fn is_pickle(file: &mut (impl Read + Seek)) -> io::Result<bool> {
    Ok(matches!(head(file)?, [0x80, 2..=5, ..]))
}

fn head(file: &mut (impl Read + Seek)) -> io::Result<[u8; 4]> {
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
