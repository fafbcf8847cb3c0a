#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod attestation;
mod bundle;
mod certificate;
mod chain;
mod envelope;
mod error;
mod inspect;
mod joint;
mod key;
mod model;
mod pae;
#[cfg(feature = "pkcs11")]
mod pkcs11;
mod policy;
mod profile;
mod resign;
mod sign;
mod signer;
#[cfg(feature = "sigstore")]
mod sigstore;
mod statement;
mod verify;

pub use crate::attestation::{
    Attestation, AttestationError, COUNTERSIGNATURE_PREDICATE_TYPE, CYCLONEDX_PREDICATE_TYPE,
    Subject, VerifiedAttestation, attest, verify_attestation,
};
pub use crate::bundle::{BUNDLE_MEDIA_TYPE, Bundle, Method, ReadBundleError};
pub use crate::certificate::{Certificate, ReadCertificateError, SubjectName};
pub use crate::chain::{
    CertificatePolicy, Denied, Identity, Revocation, RevocationList, Usage, ValidationTime,
    VerifiedChain, verify_chain,
};
pub use crate::envelope::{Envelope, PAYLOAD_TYPE};
pub use crate::error::{SignError, VerifyError};
pub use crate::inspect::Inspection;
pub use crate::joint::verify_jointly;
pub use crate::key::{Curve, PublicKey, ReadKeyError, SigningKey};
pub use crate::model::{
    HeldModel, LoadError, LoadMode, LoadOptions, VerifiedCursor, VerifiedFile, VerifiedReader,
};
#[cfg(feature = "safetensors")]
pub use crate::model::{TensorError, VerifiedTensors};
pub use crate::pae::pae;
#[cfg(feature = "pkcs11")]
pub use crate::pkcs11::{ParsePkcs11UriError, Pkcs11Error, Pkcs11Module, Pkcs11Signer, Pkcs11Uri};
pub use crate::policy::{UnsignedFiles, VerifyPolicy};
pub use crate::profile::{Profile, Write};
pub use crate::resign::{ResignError, Resigning};
pub use crate::sign::{SignOptions, sign, sign_with};
pub use crate::signer::{SignerFault, check_signer};
#[cfg(feature = "sigstore")]
pub use crate::sigstore::{ReadTrustError, SigstorePolicy, SigstoreSigner, SigstoreTrust};
pub use crate::statement::{
    PREDICATE_TYPE, ReadStatementError, Resource, STATEMENT_TYPE, Statement,
};
pub use crate::verify::{
    SignedBy, VerifiedModel, VerifiedStatement, verify_manifest, verify_model, verify_statement,
};
