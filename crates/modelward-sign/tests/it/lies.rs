//! Names that lie, in what is signed, what is verified, and what is told of both.

#[path = "../../../modelward-artifact/tests/it/names/table.rs"]
mod table;

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;

use modelward_artifact::{EntryPath, HashOptions, JsonLimits, NoControl, Verdict};
use modelward_sign::{
    Attestation, Bundle, Inspection, SigningKey, Statement, UnsignedFiles, sign, verify_model,
};
use serde_json::Value;

use self::table::{NAMES, assert_one_line, assert_quiet, assert_told_quietly, lies};
use crate::fixture::{
    bundle_of, hashed, key, model, policy, read, signed, statement_of, value_of, verified,
};

#[track_caller]
fn told<T, E: Error + 'static>(read: Result<T, E>) -> Option<T> {
    read.map_err(|error| assert_told_quietly(&error)).ok()
}

/// Returns the names of the table that can be files beside each other.
fn files() -> Vec<&'static str> {
    let is_file = |name: &&str| name.parse::<EntryPath>().is_ok() && !name.contains('/');
    NAMES.into_iter().filter(is_file).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn models_whose_names_lie_are_signed_and_verified_file_by_file() {
    let names = files();
    assert!(names.len() > 45, "{}", names.len());
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    for name in &names {
        fs::write(folder.path().join(name), name).expect("writable");
    }
    let bundle = signed(folder.path());
    let proof = verified(folder.path(), &bundle, &policy());
    let paths = proof.manifest().entries().iter();
    let paths: BTreeSet<_> = paths.map(|entry| entry.path().as_str()).collect();
    assert_eq!(paths, names.iter().copied().collect());
    let again = Bundle::read(&bundle.to_json(), &JsonLimits::default()).expect("it reads");
    verified(folder.path(), &again, &policy());
    // Each file in turn is lost, and each other one planted: the finding names it and does not act.
    for name in &names {
        let path = folder.path().join(name);
        fs::remove_file(&path).expect("writable");
        let planted = folder.path().join(format!("{name}.planted"));
        fs::write(&planted, "x").expect("writable");
        let verdict = verify_model(folder.path(), &bundle, &policy(), &NoControl);
        let verdict = verdict.expect("there is an answer");
        let findings = verdict.rejected().expect("two files differ");
        assert_quiet("findings", &findings.to_string());
        for subject in [(*name).to_owned(), format!("{name}.planted")] {
            let about = findings.iter().filter(|it| it.subject() == Some(&*subject));
            assert_eq!(about.count(), 1, "{subject:?}");
        }
        findings
            .iter()
            .for_each(|it| assert_one_line("finding", &it.to_string()));
        let lenient = policy().with_unsigned_files(UnsignedFiles::Warn);
        fs::write(&path, name).expect("writable");
        let proof = verified(folder.path(), &bundle, &lenient);
        assert!(!proof.warnings().is_empty());
        for warning in proof.warnings() {
            assert_one_line("warning", &warning.to_string());
        }
        fs::remove_file(&planted).expect("writable");
    }
}

/// Looks at a model by a bundle, whatever it says.
fn look(bundle: &Bundle) {
    let folder = model();
    let inspection = Inspection::of(bundle, &JsonLimits::default());
    serde_json::to_string(&inspection).expect("it has a JSON form");
    match told(verify_model(folder.path(), bundle, &policy(), &NoControl)) {
        Some(Verdict::Rejected(findings)) => {
            assert_quiet("findings", &findings.to_string());
            findings
                .iter()
                .for_each(|it| assert_one_line("finding", &it.to_string()));
        }
        Some(Verdict::Verified(proof)) => {
            proof
                .warnings()
                .iter()
                .for_each(|it| assert_one_line("warning", &it.to_string()));
        }
        None => {}
    }
}

#[test]
fn statements_of_names_that_lie_show_none_as_it_is() {
    let folder = model();
    let statement = statement_of(&signed(folder.path()));
    let (mut read, mut refused) = (0, 0);
    for lie in lies(&statement) {
        let text = lie.to_string();
        match told(Statement::read(text.as_bytes(), &JsonLimits::default())) {
            Some(_) => read += 1,
            None => refused += 1,
        }
        told(Attestation::read(text.as_bytes(), &JsonLimits::default()));
        if read % 17 == 0 {
            look(&bundle_of(&text));
        }
    }
    assert!(read > 50 && refused > 50, "{read}, {refused}");
}

#[test]
fn bundles_of_names_that_lie_show_none_as_it_is() {
    let folder = model();
    let document = value_of(&signed(folder.path()));
    let (mut taken, mut refused) = (0, 0);
    for lie in lies(&document) {
        let text = lie.to_string();
        match told(Bundle::read(text.as_bytes(), &JsonLimits::default())) {
            Some(bundle) => {
                taken += 1;
                look(&bundle);
            }
            None => refused += 1,
        }
    }
    assert!(taken > 0 && refused > 50, "{taken}, {refused}");
}

#[test]
fn what_is_parsed_shows_no_name_as_it_is() {
    for name in NAMES {
        told(SigningKey::from_pem(name));
        told(SigningKey::from_pem(&format!(
            "-----BEGIN {name}-----\n-----END {name}-----\n"
        )));
        told(modelward_sign::PublicKey::from_pem(name));
        told(modelward_sign::Certificate::from_pem(name));
        #[cfg(feature = "pkcs11")]
        for text in [
            name.to_owned(),
            format!("pkcs11:{name}"),
            format!("pkcs11:token={name}"),
        ] {
            told(text.parse::<modelward_sign::Pkcs11Uri>());
        }
    }
    let _: Value = value_of(&read(&value_of(&signed(model().path()))));
}

#[cfg(unix)]
#[test]
fn files_at_paths_of_four_thousand_bytes_are_signed_and_verified() {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    let room = 4_095 - folder.path().as_os_str().len() - 1;
    let mut deep = String::new();
    while deep.len() + 256 < room {
        deep.push_str(&"d".repeat(255));
        deep.push('/');
    }
    fs::create_dir_all(folder.path().join(&deep)).expect("writable");
    let rest = "f".repeat(room - deep.len() - 1);
    let paths = ["1", "2"].map(|last| format!("{deep}{rest}{last}"));
    for path in &paths {
        assert!(path.len() > 4_000, "{}", path.len());
        fs::write(folder.path().join(path), "weights").expect("writable");
    }
    let manifest = hashed(folder.path(), &HashOptions::default());
    let bundle = sign(&manifest, &key()).expect("it signs");
    verified(folder.path(), &bundle, &policy());
    fs::write(folder.path().join(&paths[1]), "other").expect("writable");
    let verdict = verify_model(folder.path(), &bundle, &policy(), &NoControl);
    let verdict = verdict.expect("there is an answer");
    let findings = verdict.rejected().expect("a file was changed");
    assert_eq!(findings.as_slice().len(), 1);
    assert_eq!(findings.as_slice()[0].subject(), Some(&*paths[1]));
    assert!(
        findings.to_string().contains(&paths[1]),
        "the path is not cut"
    );
}
