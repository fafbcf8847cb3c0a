use std::error::Error;

use modelward_sign::{
    Bundle, PublicKey, ReadBundleError, ReadKeyError, ReadStatementError, SignError, SigningKey,
    VerifiedModel, VerifyError, VerifyPolicy,
};

fn thread_safe<T: Send + Sync + 'static>() {}

fn error<T: Error + Send + Sync + 'static>() {}

#[test]
fn types_cross_threads_and_errors_are_errors() {
    thread_safe::<(Bundle, PublicKey, SigningKey, VerifiedModel, VerifyPolicy)>();
    error::<ReadBundleError>();
    error::<ReadKeyError>();
    error::<ReadStatementError>();
    error::<SignError>();
    error::<VerifyError>();
}

#[test]
fn errors_stay_small_enough_to_return() {
    assert!(size_of::<VerifyError>() <= 128);
    assert!(size_of::<ReadBundleError>() <= 128);
}
