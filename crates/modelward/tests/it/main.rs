//! Tests of the facade.

mod errors;

use std::error::Error as StdError;
use std::fs;

use modelward::artifact::{HashOptions, NoControl};
use modelward::{Error, Manifest};

fn hash(path: &std::path::Path) -> Result<Manifest, Error> {
    Ok(Manifest::hash(path, &HashOptions::default(), &NoControl)?)
}

#[test]
fn errors_of_every_crate_become_one_by_the_question_mark() {
    let folder = tempfile::tempdir().unwrap();
    let error = hash(folder.path()).unwrap_err();
    assert_eq!(error.code(), "artifact.walk.empty");
    assert_eq!(
        error.help(),
        Some("name the directory that holds the model's files")
    );

    let errors: [(Error, &str); 4] = [
        (
            "x".parse::<modelward::rmf::Subcategory>()
                .unwrap_err()
                .into(),
            "rmf.id.",
        ),
        (
            "".parse::<modelward::graph::NodeId>().unwrap_err().into(),
            "graph.node_id.",
        ),
        (
            "a b"
                .parse::<modelward::incident::IncidentId>()
                .unwrap_err()
                .into(),
            "incident.id.",
        ),
        (
            modelward::sign::SigningKey::from_pem("")
                .unwrap_err()
                .into(),
            "sign.key.",
        ),
    ];
    for (error, prefix) in errors {
        assert!(error.code().starts_with(prefix), "{}", error.code());
    }
}

#[test]
fn an_error_says_the_same_through_the_facade() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("no");
    let direct = Manifest::hash(&missing, &HashOptions::default(), &NoControl).unwrap_err();
    let text = direct.to_string();
    let facade = Error::from(direct);
    assert_eq!(facade.to_string(), text);
    assert!(
        facade.source().is_some(),
        "the operating system's reason is the source"
    );
    assert!(size_of::<Error>() <= 128);
}

#[test]
fn the_paved_path_is_at_the_root() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("w"), "w").unwrap();
    let manifest = hash(folder.path()).unwrap();
    assert_eq!(
        *manifest.entries()[0].digest(),
        modelward::Digest::sha256(b"w")
    );
}
