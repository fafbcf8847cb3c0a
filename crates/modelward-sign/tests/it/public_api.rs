use std::error::Error;

use modelward_sign::{
    Attestation, AttestationError, Bundle, Certificate, CertificatePolicy, PublicKey,
    ReadBundleError, ReadCertificateError, ReadKeyError, ReadStatementError, ResignError,
    RevocationList, SignError, SignerFault, SigningKey, VerifiedAttestation, VerifiedChain,
    VerifiedModel, VerifyError, VerifyPolicy,
};

fn thread_safe<T: Send + Sync + 'static>() {}

fn error<T: Error + Send + Sync + 'static>() {}

#[test]
fn types_cross_threads_and_errors_are_errors() {
    thread_safe::<(Bundle, PublicKey, SigningKey, VerifiedModel, VerifyPolicy)>();
    thread_safe::<(Attestation, VerifiedAttestation)>();
    thread_safe::<(
        Certificate,
        CertificatePolicy,
        RevocationList,
        VerifiedChain,
    )>();
    #[cfg(feature = "pkcs11")]
    thread_safe::<(modelward_sign::Pkcs11Module, modelward_sign::Pkcs11Signer)>();
    #[cfg(feature = "sigstore")]
    thread_safe::<(
        modelward_sign::SigstorePolicy,
        modelward_sign::SigstoreTrust,
    )>();
    error::<AttestationError>();
    error::<ReadBundleError>();
    error::<ReadCertificateError>();
    error::<ReadKeyError>();
    error::<ReadStatementError>();
    error::<ResignError>();
    error::<SignError>();
    error::<SignerFault>();
    error::<VerifyError>();
}

#[test]
fn errors_stay_small_enough_to_return() {
    assert!(size_of::<VerifyError>() <= 128);
    assert!(size_of::<ReadBundleError>() <= 128);
}
