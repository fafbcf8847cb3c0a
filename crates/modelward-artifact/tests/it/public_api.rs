use std::error::Error;

use modelward_artifact::json::{JsonError, ShapeError};
use modelward_artifact::{
    Digest, EntryPath, Findings, HashError, HashOptions, Manifest, ManifestError, NoControl,
    ParseDigestError, ParseEntryPathError, ParseTimestampError, ReadError, SignerError, Timestamp,
    Verdict, WriteError,
};

fn thread_safe<T: Send + Sync + 'static>() {}

fn error<T: Error + Send + Sync + 'static>() {}

#[test]
fn types_cross_threads_and_errors_are_errors() {
    thread_safe::<(
        Digest,
        EntryPath,
        Findings,
        HashOptions,
        Manifest,
        NoControl,
        Timestamp,
    )>();
    thread_safe::<Verdict<Manifest>>();
    error::<HashError>();
    error::<JsonError>();
    error::<ShapeError>();
    error::<ManifestError>();
    error::<ParseDigestError>();
    error::<ParseEntryPathError>();
    error::<ParseTimestampError>();
    error::<ReadError>();
    error::<SignerError>();
    error::<WriteError>();
}

#[test]
fn errors_stay_small_enough_to_return() {
    assert!(size_of::<HashError>() <= 128);
    assert!(size_of::<JsonError>() <= 128);
}
