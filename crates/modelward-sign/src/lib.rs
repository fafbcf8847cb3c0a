#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod bundle;
mod envelope;
mod error;
mod key;
mod pae;
mod policy;
mod profile;
mod sign;
mod statement;
mod verify;

pub use crate::bundle::{BUNDLE_MEDIA_TYPE, Bundle, Method, ReadBundleError};
pub use crate::envelope::{Envelope, PAYLOAD_TYPE};
pub use crate::error::{SignError, VerifyError};
pub use crate::key::{Curve, PublicKey, ReadKeyError, SigningKey};
pub use crate::pae::pae;
pub use crate::policy::{UnsignedFiles, VerifyPolicy};
pub use crate::profile::{Profile, Write};
pub use crate::sign::{SignOptions, sign, sign_with};
pub use crate::statement::{
    PREDICATE_TYPE, ReadStatementError, Resource, STATEMENT_TYPE, Statement,
};
pub use crate::verify::{
    SignedBy, VerifiedModel, VerifiedStatement, verify_manifest, verify_model, verify_statement,
};
