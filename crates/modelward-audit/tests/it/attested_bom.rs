use std::fs;

use modelward_artifact::{HashOptions, Manifest, NoControl, Verdict};
use modelward_audit::{AttestBomError, VerifiedBom, VerifyBomError, attest_bom, verify_with_bom};
use modelward_bom::model::{Component, ComponentKind};
use modelward_bom::{GenerateOptions, MlBom, SpecVersion, generate};
use modelward_sign::{
    Attestation, Bundle, SigningKey, Subject, VerifyPolicy, attest, sign, verify_statement,
};
use serde_json::json;

/// A model, its signature, and its ML-BOM attested by another key.
struct Signed {
    folder: tempfile::TempDir,
    manifest: Manifest,
    bom: MlBom,
    signer: SigningKey,
    author: SigningKey,
    signature: Bundle,
}

impl Signed {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        fs::write(folder.path().join("README.md"), "---\nlicense: mit\n---\n").expect("writable");
        fs::write(folder.path().join("weights.bin"), "weights").expect("writable");
        let manifest = Manifest::hash(folder.path(), &HashOptions::default(), &NoControl);
        let manifest = manifest.expect("it can be hashed");
        let generated = generate(folder.path(), &manifest, &GenerateOptions::default());
        let signer = SigningKey::generate();
        Self {
            signature: sign(&manifest, &signer).expect("a key in memory signs"),
            bom: generated.expect("a model").into_bom(),
            author: SigningKey::generate(),
            folder,
            manifest,
            signer,
        }
    }

    fn attested(&self) -> Bundle {
        attest_bom(&self.bom, &self.manifest, &self.author, &Default::default()).expect("the same")
    }

    fn verify(&self, attested: &Bundle) -> Result<Verdict<VerifiedBom>, VerifyBomError> {
        let policy = |key: &SigningKey| VerifyPolicy::key(key.public_key().clone());
        let (signer, author) = (policy(&self.signer), policy(&self.author));
        let signature = (&self.signature, &signer);
        verify_with_bom(
            self.folder.path(),
            signature,
            (attested, &author),
            &NoControl,
        )
    }

    #[track_caller]
    fn refused(&self, attested: &Bundle) -> Vec<String> {
        match self.verify(attested).expect("an answer") {
            Verdict::Rejected(findings) => findings.iter().map(|f| f.code().to_owned()).collect(),
            Verdict::Verified(_) => panic!("it must be refused"),
        }
    }
}

#[test]
fn a_model_and_its_ml_bom_are_verified_together() {
    let signed = Signed::new();
    let verdict = signed.verify(&signed.attested()).expect("an answer");
    let verified = verdict.verified().expect("nothing was changed");
    assert_eq!(verified.bom(), &signed.bom);
    assert_eq!(verified.model().manifest().root(), signed.manifest.root());
    assert_eq!(
        verified.attested_by().key_digest(),
        signed.author.public_key().hint()
    );
    assert_eq!(verified.warnings().count(), 0);
}

#[test]
fn an_ml_bom_of_other_files_is_neither_attested_nor_verified() {
    let mut signed = Signed::new();
    let before = signed.attested();
    let cases = [
        ("added.bin", Some("new"), "audit.bom.missing"),
        ("weights.bin", Some("other"), "audit.bom.digest"),
        ("weights.bin", None, "audit.bom.surplus"),
    ];
    for (name, text, code) in cases {
        let path = signed.folder.path().join(name);
        let old = fs::read(&path).ok();
        match text {
            Some(text) => fs::write(&path, text).expect("writable"),
            None => fs::remove_file(&path).expect("it is there"),
        }
        let manifest = Manifest::hash(signed.folder.path(), &HashOptions::default(), &NoControl);
        signed.manifest = manifest.expect("it can be hashed");
        signed.signature = sign(&signed.manifest, &signed.signer).expect("it signs");
        assert_eq!(signed.refused(&before), ["audit.bom.other_model", code]);
        let error = attest_bom(
            &signed.bom,
            &signed.manifest,
            &signed.author,
            &Default::default(),
        );
        let error = error.expect_err("it is of other files");
        assert!(matches!(&error, AttestBomError::OtherFiles { findings } if findings.has(code)));
        assert_eq!(error.code(), "audit.bom.other_files");
        match old {
            Some(old) => fs::write(&path, old).expect("writable"),
            None => fs::remove_file(&path).expect("it is there"),
        }
    }
}

#[test]
fn neither_signature_stands_for_the_other() {
    let signed = Signed::new();
    // The signature of the model is no attestation, and an attestation by the wrong key is none.
    let no_attestation = signed.verify(&signed.signature);
    assert!(!no_attestation.is_ok_and(|verdict| verdict.verified().is_some()));
    let stranger = SigningKey::generate();
    let forged = attest_bom(
        &signed.bom,
        &signed.manifest,
        &stranger,
        &Default::default(),
    );
    let forged = forged.expect("anyone can attest");
    assert!(!signed.refused(&forged).is_empty());
    let policy = VerifyPolicy::key(signed.author.public_key().clone());
    assert!(verify_statement(&signed.attested(), &policy).is_err());
}

#[test]
fn an_ml_bom_without_files_is_bound_by_the_root_digest() {
    let mut signed = Signed::new();
    let model = Component::new(ComponentKind::MachineLearningModel, "m");
    let metadata = modelward_bom::model::Metadata::new().with_component(model);
    signed.bom = MlBom::new(SpecVersion::V1_6).with_metadata(metadata);
    let attested = signed.attested();
    assert!(
        signed
            .verify(&attested)
            .expect("an answer")
            .verified()
            .is_some()
    );
    fs::write(signed.folder.path().join("weights.bin"), "other").expect("writable");
    assert!(!signed.refused(&attested).is_empty());
}

#[test]
fn an_ml_bom_that_lists_a_file_twice_is_refused() {
    let signed = Signed::new();
    let mut value = signed.bom.to_value();
    let files = &mut value["metadata"]["component"]["components"];
    let again = files[0].clone();
    files.as_array_mut().expect("a list").push(again);
    let bom = MlBom::from_value(value).expect("a document");
    let error = attest_bom(&bom, &signed.manifest, &signed.author, &Default::default());
    let error = error.expect_err("it is of other files");
    assert!(
        matches!(&error, AttestBomError::OtherFiles { findings } if findings.has("audit.bom.twice"))
    );
}

#[test]
fn an_attested_value_that_is_no_ml_bom_gives_no_answer() {
    let signed = Signed::new();
    let subject = Subject::new("m", signed.manifest.root());
    let odd = json!({"bomFormat": "SPDX"});
    let odd = Attestation::new(MlBom::PREDICATE_TYPE, vec![subject], odd).expect("a statement");
    let odd = attest(&odd, &signed.author, &Default::default()).expect("it signs");
    let error = signed.verify(&odd).expect_err("it cannot be read");
    assert_eq!(error.code(), "bom.read.format");
}
