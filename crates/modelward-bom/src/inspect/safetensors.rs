use std::collections::BTreeSet;
use std::io::{self, Read as _};
use std::path::Path;

use modelward_artifact::escape::Terminal;
use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{Entry, JsonLimits, open_entry};
use serde_json::Value;
use thiserror::Error;

/// The longest header that the format's own reader takes.
const MAX_HEADER: u64 = 100_000_000;

/// Element types and their width in bits.
const ELEMENTS: [(&str, u64); 20] = [
    ("BF16", 16),
    ("BOOL", 8),
    ("C64", 64),
    ("F16", 16),
    ("F32", 32),
    ("F4", 4),
    ("F64", 64),
    ("F6_E2M3", 6),
    ("F6_E3M2", 6),
    ("F8_E4M3", 8),
    ("F8_E5M2", 8),
    ("F8_E8M0", 8),
    ("I16", 16),
    ("I32", 32),
    ("I64", 64),
    ("I8", 8),
    ("U16", 16),
    ("U32", 32),
    ("U64", 64),
    ("U8", 8),
];

/// What the header of a safetensors file says of its tensors. The tensors are not read.
#[derive(Debug, Default)]
pub(crate) struct Tensors {
    /// The number of tensors.
    pub(crate) count: u64,
    /// The number of elements in all tensors.
    pub(crate) elements: u64,
    /// The element types.
    pub(crate) types: BTreeSet<String>,
}

/// Reads and checks the header of a file of the model.
pub(crate) fn read(root: &Path, entry: &Entry) -> Result<Tensors, SafetensorsFault> {
    let io = |source| SafetensorsFault::Io { source };
    let mut file = open_entry(root, entry.path()).map_err(io)?;
    let size = file.metadata().map_err(io)?.len();
    if size != entry.size() {
        return Err(SafetensorsFault::Changed);
    }
    let Some(rest) = size.checked_sub(8) else {
        return Err(SafetensorsFault::TooShort { found: size });
    };
    let mut length = [0; 8];
    file.read_exact(&mut length).map_err(io)?;
    let stated = u64::from_le_bytes(length);
    let available = rest.min(MAX_HEADER);
    if stated > available {
        return Err(SafetensorsFault::HeaderLength { stated, available });
    }
    let mut header = Vec::new();
    file.take(stated).read_to_end(&mut header).map_err(io)?;
    check(&header, rest - stated)
}

/// Checks that the tensors tile the `data` bytes after the header without gap or overlap.
fn check(header: &[u8], data: u64) -> Result<Tensors, SafetensorsFault> {
    let limits = JsonLimits::default()
        .with_max_bytes(header.len())
        .with_max_depth(4)
        .with_max_values(4_000_000);
    let header = json::read(header, &limits).map_err(|source| SafetensorsFault::Json { source })?;
    let members = header.as_object().ok_or(SafetensorsFault::NotAnObject)?;
    let mut tensors = Tensors::default();
    let mut places = Vec::new();
    for (name, value) in members.iter().filter(|(name, _)| *name != "__metadata__") {
        let tensor =
            Tensor::of(value).ok_or_else(|| SafetensorsFault::Tensor { name: name.clone() })?;
        tensors.count += 1;
        tensors.elements = tensors.elements.saturating_add(tensor.elements);
        tensors.types.insert(tensor.element_type.to_owned());
        places.push((tensor.begin, tensor.end, name));
    }
    places.sort();
    let mut expected = 0;
    for (begin, end, name) in places {
        if begin != expected {
            return Err(SafetensorsFault::Tiling {
                name: name.clone(),
                expected,
                found: begin,
            });
        }
        expected = end;
    }
    if expected != data {
        return Err(SafetensorsFault::DataLength {
            stated: expected,
            found: data,
        });
    }
    Ok(tensors)
}

struct Tensor<'a> {
    element_type: &'a str,
    elements: u64,
    begin: u64,
    end: u64,
}

impl<'a> Tensor<'a> {
    /// Reads a tensor whose place has exactly the bytes that its shape and type ask for.
    fn of(value: &'a Value) -> Option<Self> {
        let element_type = value.get("dtype")?.as_str()?;
        let (_, bits) = ELEMENTS.iter().find(|(name, _)| *name == element_type)?;
        let mut elements = 1_u64;
        for size in value.get("shape")?.as_array()? {
            elements = elements.checked_mul(size.as_u64()?)?;
        }
        let [begin, end] = value.get("data_offsets")?.as_array()?.as_slice() else {
            return None;
        };
        let (begin, end) = (begin.as_u64()?, end.as_u64()?);
        let bits = elements.checked_mul(*bits)?;
        (bits % 8 == 0 && end.checked_sub(begin)? == bits / 8).then_some(Self {
            element_type,
            elements,
            begin,
            end,
        })
    }
}

/// Says why a file is no valid safetensors file.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SafetensorsFault {
    /// The file has another size than when it was hashed.
    #[error("the file is not the one that was hashed")]
    Changed,
    /// The tensors do not fill the file.
    #[error("header states {stated} bytes of tensors, the file has {found}")]
    DataLength {
        /// Where the last tensor ends.
        stated: u64,
        /// How many bytes follow the header.
        found: u64,
    },
    /// The header is longer than the file or than 100 MB.
    #[error("header states a length of {stated} bytes, expected at most {available}")]
    HeaderLength {
        /// The length that the first eight bytes state.
        stated: u64,
        /// The longest that can be.
        available: u64,
    },
    /// The operating system refused.
    #[error("the file cannot be read")]
    Io {
        /// What the operating system said.
        source: io::Error,
    },
    /// The header is not strict JSON.
    #[error("header is not the expected json")]
    Json {
        /// What is wrong.
        source: JsonError,
    },
    /// The header is JSON and no object.
    #[error("header is not a json object")]
    NotAnObject,
    /// A tensor's type, shape and place do not go together.
    #[error(
        "tensor `{}` has a type, shape and place that do not go together",
        Terminal(name)
    )]
    Tensor {
        /// The tensor.
        name: String,
    },
    /// There is a gap before a tensor, or it overlaps another.
    #[error(
        "tensor `{}` begins at byte {found}, expected {expected}",
        Terminal(name)
    )]
    Tiling {
        /// The tensor.
        name: String,
        /// Where the tensor before it ends.
        expected: u64,
        /// Where it begins.
        found: u64,
    },
    /// The file is too short for a header.
    #[error("file has {found} bytes, expected at least 8")]
    TooShort {
        /// The size of the file.
        found: u64,
    },
}

impl SafetensorsFault {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Changed => "bom.inspect.changed",
            Self::DataLength { .. } => "bom.safetensors.data_length",
            Self::HeaderLength { .. } => "bom.safetensors.header_length",
            Self::Io { .. } => "bom.safetensors.io",
            Self::Json { source } => source.code(),
            Self::NotAnObject => "bom.safetensors.not_an_object",
            Self::Tensor { .. } => "bom.safetensors.tensor",
            Self::Tiling { .. } => "bom.safetensors.tiling",
            Self::TooShort { .. } => "bom.safetensors.too_short",
        }
    }
}
