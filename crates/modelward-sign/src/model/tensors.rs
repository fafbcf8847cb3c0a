use std::collections::BTreeMap;
use std::num::TryFromIntError;

use modelward_artifact::escape::Terminal;
use modelward_artifact::json::{JsonError, read_as};
use modelward_artifact::{EntryPath, JsonLimits};
use safetensors::SafeTensorError;
use safetensors::tensor::{Metadata, TensorInfo, TensorView};
use serde::Deserialize;
use thiserror::Error;

use crate::{HeldModel, LoadError, VerifiedFile};

/// The length of the header, which stands before it.
const PREFIX: u64 = 8;

/// How the name of an index ends, as the Hugging Face libraries write it.
const INDEX: &str = ".safetensors.index.json";

/// Gives out the tensors of verified safetensors files by name.
///
/// Of a model that is loaded by shard, the shards of a tensor are verified when it is asked for the
/// first time. Beside the header, nothing else is read.
///
/// - One file, or the files of an index (`model.safetensors.index.json`), which have to be signed and
///   to lie in the index's folder or below it.
/// - The tensors of a file cover its data without gap or overlap, and each has the bytes that type and
///   shape ask for: what does not is an error before memory is asked for.
///
/// Its views are those of the `safetensors` crate, so that they fit wherever that one's do.
#[derive(Debug)]
pub struct VerifiedTensors<'a> {
    files: Vec<Tensors<'a>>,
    /// In which of the files each tensor is.
    places: BTreeMap<String, usize>,
}

/// The tensors of one file.
#[derive(Debug)]
struct Tensors<'a> {
    file: VerifiedFile<'a>,
    data: u64,
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Index {
    weight_map: BTreeMap<String, String>,
}

impl<'a> VerifiedTensors<'a> {
    /// Reads the header of a file, or an index and the headers of its files.
    ///
    /// # Errors
    ///
    /// [`TensorError`] where the header or the index passes a limit, is not understood, names a file
    /// that is not signed, or has bytes that are not the signed ones.
    pub fn open(
        model: &'a HeldModel,
        path: &str,
        limits: &JsonLimits,
    ) -> Result<Self, TensorError> {
        if path.ends_with(INDEX) {
            return Self::of_index(model, path, limits);
        }
        let tensors = Tensors::open(model.file(path)?, limits)?;
        let names = tensors.metadata.offset_keys().into_iter();
        let places = names.map(|name| (name, 0)).collect();
        Ok(Self {
            files: vec![tensors],
            places,
        })
    }

    /// Returns the names of the tensors, sorted.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// Returns the number of tensors.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Tells whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Returns a tensor, whose bytes are verified before.
    ///
    /// # Errors
    ///
    /// [`TensorError`] where there is none of this name, or its bytes are not the signed ones.
    pub fn tensor(&self, name: &str) -> Result<TensorView<'a>, TensorError> {
        let place = self.places.get(name);
        let tensors = place.and_then(|&place| self.files.get(place));
        let info = tensors.and_then(|it| Some((it, it.metadata.info(name)?)));
        let (tensors, info) = info.ok_or_else(|| TensorError::NoTensor {
            name: name.to_owned(),
        })?;
        tensors.view(info)
    }

    fn of_index(
        model: &'a HeldModel,
        path: &str,
        limits: &JsonLimits,
    ) -> Result<Self, TensorError> {
        let index = model.file(path)?;
        check_size(&index, index.size(), limits)?;
        let read: Index =
            read_as(index.all()?, limits).map_err(|source| not_json(&index, source))?;
        let mut files: Vec<Tensors<'a>> = Vec::new();
        let mut opened: BTreeMap<&str, usize> = BTreeMap::new();
        let mut places = BTreeMap::new();
        for (name, file) in &read.weight_map {
            let place = match opened.get(file.as_str()) {
                Some(&place) => place,
                None => {
                    let path = beside(&index, file)?;
                    files.push(Tensors::open(model.file(path.as_str())?, limits)?);
                    opened.insert(file, files.len() - 1);
                    files.len() - 1
                }
            };
            if files[place].metadata.info(name).is_none() {
                return Err(TensorError::NoTensor { name: name.clone() });
            }
            places.insert(name.clone(), place);
        }
        Ok(Self { files, places })
    }
}

impl<'a> Tensors<'a> {
    fn open(file: VerifiedFile<'a>, limits: &JsonLimits) -> Result<Self, TensorError> {
        let mut prefix = [0; 8];
        if file.read_at(0, &mut prefix)? < prefix.len() {
            return Err(layout(&file, "it is too short to have a header"));
        }
        let length = u64::from_le_bytes(prefix);
        check_size(&file, length, limits)?;
        let data = PREFIX.saturating_add(length);
        if data > file.size() {
            return Err(layout(&file, "the header passes the end of the file"));
        }
        let header = file.bytes(PREFIX..data)?;
        let metadata: Metadata =
            read_as(header, limits).map_err(|source| not_json(&file, source))?;
        let tensors = Self {
            file,
            data,
            metadata,
        };
        tensors.check()?;
        Ok(tensors)
    }

    /// Makes sure that the tensors cover the data of the file, each once.
    fn check(&self) -> Result<(), TensorError> {
        let mut end = 0;
        for name in self.metadata.offset_keys() {
            let Some(info) = self.metadata.info(&name) else {
                continue;
            };
            let (from, to) = info.data_offsets;
            if from != end || to < from {
                return Err(layout(&self.file, "tensors overlap or leave a gap"));
            }
            end = to;
        }
        let rest = self.file.size() - self.data;
        if u64::try_from(end).ok() != Some(rest) {
            return Err(layout(&self.file, "tensors do not end with the file"));
        }
        Ok(())
    }

    fn view(&self, info: &TensorInfo) -> Result<TensorView<'a>, TensorError> {
        let at = |offset: usize| -> Result<u64, TryFromIntError> {
            Ok(self.data.saturating_add(u64::try_from(offset)?))
        };
        let passes = |_| layout(&self.file, "a tensor passes the end of the file");
        let from = at(info.data_offsets.0).map_err(passes)?;
        let to = at(info.data_offsets.1).map_err(passes)?;
        let bytes = self.file.bytes(from..to)?;
        let view = TensorView::new(info.dtype, info.shape.clone(), bytes);
        view.map_err(|source| TensorError::Tensor {
            path: self.file.path().clone(),
            source,
        })
    }
}

/// Returns the path of a file that an index names: in its folder or below, and nowhere else.
fn beside(index: &VerifiedFile<'_>, name: &str) -> Result<EntryPath, TensorError> {
    let path = index.path().as_str();
    let joined = match path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    };
    // A name with `..`, or one from the root on, is no path inside of a model.
    let below: Result<EntryPath, _> = name.parse();
    below.and_then(|_| joined.parse()).map_err(|_| {
        LoadError::NotSigned {
            path: name.to_owned(),
        }
        .into()
    })
}

fn check_size(file: &VerifiedFile<'_>, size: u64, limits: &JsonLimits) -> Result<(), TensorError> {
    let limit = limits.max_bytes();
    if usize::try_from(size).is_ok_and(|size| size <= limit) {
        return Ok(());
    }
    Err(TensorError::TooLarge {
        path: file.path().clone(),
        limit,
    })
}

fn not_json(file: &VerifiedFile<'_>, source: JsonError) -> TensorError {
    TensorError::Json {
        path: file.path().clone(),
        source,
    }
}

fn layout(file: &VerifiedFile<'_>, reason: &'static str) -> TensorError {
    TensorError::Layout {
        path: file.path().clone(),
        reason,
    }
}

/// Says why a tensor is not given out.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TensorError {
    /// A header or an index is not strict JSON of its form.
    #[error("header of `{}` is not understood", Terminal(path.as_str()))]
    Json {
        /// The file.
        path: EntryPath,
        /// What is wrong.
        source: JsonError,
    },
    /// A file is not laid out as safetensors files are.
    #[error("`{}` is no safetensors file: {reason}", Terminal(path.as_str()))]
    Layout {
        /// The file.
        path: EntryPath,
        /// What is wrong.
        reason: &'static str,
    },
    /// Bytes could not be had, or are not the signed ones.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// There is no tensor of this name where it should be.
    #[error("there is no tensor `{}`", Terminal(name))]
    NoTensor {
        /// The name.
        name: String,
    },
    /// Type and shape of a tensor do not fit its bytes.
    #[error("a tensor of `{}` has other bytes than type and shape ask for", Terminal(path.as_str()))]
    Tensor {
        /// The file.
        path: EntryPath,
        /// What does not fit.
        source: SafeTensorError,
    },
    /// A header or an index is too large.
    #[error("header of `{}` is larger than {limit} bytes", Terminal(path.as_str()))]
    TooLarge {
        /// The file.
        path: EntryPath,
        /// The limit.
        limit: usize,
    },
}

impl TensorError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json { .. } => "sign.tensor.json",
            Self::Layout { .. } => "sign.tensor.layout",
            Self::Load(source) => source.code(),
            Self::NoTensor { .. } => "sign.tensor.none",
            Self::Tensor { .. } => "sign.tensor.shape",
            Self::TooLarge { .. } => "sign.tensor.too_large",
        }
    }
}
