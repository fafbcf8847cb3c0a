//! Whole documents as they are written, so that a review sees what a change does to them.
//!
//! A serial number holds the version of the library: at a release the snapshots change with it.

use modelward_artifact::Timestamp;
use modelward_bom::spdx3::Spdx3Options;
use modelward_bom::{GenerateOptions, Generated, SpecVersion, generate};

use crate::{empty, full, manifest, write};

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("documents are text")
}

fn time() -> Timestamp {
    "2026-11-01T12:00:00Z".parse().expect("a time")
}

/// The model with every file that is read, as who ships it describes it.
fn described(version: SpecVersion) -> Generated {
    let folder = full();
    let options = GenerateOptions::default()
        .with_name("acme/sentiment")
        .with_version("1.2.0")
        .with_supplier("Acme Ltd.")
        .with_purl("pkg:huggingface/acme/sentiment@0123abc")
        .with_timestamp(time())
        .with_spec_version(version);
    generate(folder.path(), &manifest(folder.path()), &options).expect("the model can be described")
}

#[test]
fn documents_of_every_version() {
    for version in SpecVersion::WRITTEN {
        let name = format!("cyclonedx-{version}");
        insta::assert_snapshot!(name, text(described(version).bom().to_json()));
    }
}

#[test]
fn exported_to_spdx() {
    let made = described(SpecVersion::V1_7);
    let exported = made.bom().to_spdx3(&Spdx3Options::new(time())).unwrap();
    insta::assert_snapshot!("spdx-3.0.1", text(exported.to_json().unwrap()));
    insta::assert_json_snapshot!("spdx-3.0.1-losses", exported.losses());
}

/// Nobody says anything of this model, and its weights would run a command.
#[test]
fn hostile_and_silent() {
    let folder = empty();
    let pickle = b"cposix\nsystem\n(S'echo \x1b[31mhello'\ntR.";
    write(folder.path(), "weights.pkl", pickle);
    write(folder.path(), "broken.safetensors", b"\xff\xff\xff\xff");
    let options = GenerateOptions::default().with_name("found");
    let made = generate(folder.path(), &manifest(folder.path()), &options).unwrap();
    insta::assert_snapshot!("hostile", text(made.bom().to_json()));
    insta::assert_json_snapshot!("hostile-findings", made.findings());
}
