//! Reads what model files say, without running them: one file for each format.
//!
//! ```
//! use std::io::Cursor;
//!
//! use modelward_bom::inspect::{InspectLimits, Inspection, Origin};
//!
//! let header = br#"{"w": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}"#;
//! let length = u64::try_from(header.len())?.to_le_bytes();
//! let file = [&length[..], header, &[0; 8]].concat();
//!
//! let limits = InspectLimits::default();
//! let inspection = Inspection::of("model.safetensors", &mut Cursor::new(&file), &limits)?
//!     .expect("a format that is known");
//! let count = inspection
//!     .facts()
//!     .iter()
//!     .find(|fact| fact.aspect().name() == "parameter-count")
//!     .expect("safetensors files list their tensors");
//! assert_eq!((count.value(), count.origin()), ("2", Origin::Observed));
//!
//! // A header that claims more than the file has is refused.
//! let cut = Inspection::of("model.safetensors", &mut Cursor::new(&file[..20]), &limits);
//! assert_eq!(cut.unwrap_err().code(), "bom.inspect.truncated");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod card;
mod dataset_card;
mod error;
mod fact;
mod flatbuffer;
mod format;
mod gguf;
mod hdf5;
mod input;
mod inspection;
mod json;
mod keras;
mod limits;
mod location;
mod model_card;
mod numpy;
mod onnx;
mod outline;
mod pickle;
mod protobuf;
mod remote_code;
mod requirements;
mod safetensors;
mod safetensors_index;
mod saved_model;
mod sentence_modules;
mod settings;
mod tflite;
mod tokenizer;
mod torch;
mod yaml;
mod zip;

pub use self::dataset_card::DatasetCard;
pub use self::error::InspectError;
pub use self::fact::{Aspect, Fact, Origin};
pub use self::format::Format;
pub use self::gguf::{Gguf, GgufElement, GgufEntry, GgufTensor, GgufValue};
pub use self::hdf5::{Hdf5, Hdf5Dataset};
pub use self::input::Input;
pub use self::inspection::Inspection;
pub use self::keras::Keras;
pub use self::limits::InspectLimits;
pub use self::location::Location;
pub use self::model_card::ModelCardFile;
pub use self::numpy::{Numpy, NumpyArray};
pub use self::onnx::Onnx;
pub(crate) use self::outline::Outline;
pub use self::pickle::{Import, ImportGrade, Pickle};
pub use self::requirements::Requirements;
pub use self::safetensors::{Safetensors, SafetensorsTensor};
pub use self::safetensors_index::WeightIndex;
pub use self::saved_model::SavedModel;
pub use self::sentence_modules::SentenceModules;
pub use self::settings::Settings;
pub use self::tflite::Tflite;
pub use self::tokenizer::{AddedToken, Tokenizer};
pub use self::torch::{Torch, TorchForm};
