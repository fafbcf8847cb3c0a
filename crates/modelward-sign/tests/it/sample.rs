//! Models, their bundles and a chain, the same at each call: the fuzz targets know by them what was
//! really signed and issued.

use std::num::NonZeroU64;

use modelward_artifact::{Digest, DigestAlgorithm, Entry, Manifest, Shard};
use modelward_sign::{
    Attestation, Bundle, Certificate, SignOptions, SigningKey, Subject, Write, attest, sign_with,
};

/// The instant at which the chain is valid: 2026-11-18.
pub(crate) const INSTANT: i64 = 1_795_000_000;

/// The predicate type of [`attested`].
pub(crate) const PREDICATE: &str = "https://example.com/report/v1";

/// Returns the key that signs.
pub(crate) fn key() -> SigningKey {
    let pem = include_str!("../vectors/p256.pkcs8.pem");
    SigningKey::from_pem(pem).expect("the vector is a private key")
}

/// Returns the authority that is trusted.
pub(crate) fn root() -> Certificate {
    Certificate::from_pem(include_str!("../vectors/chain/root.pem")).expect("a certificate")
}

/// Returns all that the authorities ever issued: the signer's certificate and its authority's, then
/// the same from an authority with constraints.
pub(crate) fn issued() -> Vec<Certificate> {
    let pem = include_str!("../vectors/chain/issued.pem");
    Certificate::read_pem_all(pem, 8).expect("certificates")
}

/// Returns the models that were signed: files, files by another algorithm, shards, and one file.
pub(crate) fn manifests() -> Vec<Manifest> {
    let file = |algorithm, path: &str| {
        let path = path.parse().expect("a path");
        Entry::new(path, 3, Digest::of(algorithm, b"abc"))
    };
    let files = |algorithm| {
        let paths = ["config.json", "onnx/model.onnx", "weights.bin"];
        let files = paths.map(|path| file(algorithm, path));
        Manifest::new("model", files.to_vec()).expect("no path stands twice")
    };
    let shards = [(0, 4), (4, 8), (8, 10_u8)].map(|(start, end)| {
        let shard = Shard::new(start, end.into()).expect("it has bytes");
        let path = "weights.bin".parse().expect("a path");
        Entry::shard(path, shard, Digest::sha256(&[end]))
    });
    let size = NonZeroU64::new(4).expect("not zero");
    let shards = Manifest::sharded("model", size, shards.to_vec()).expect("shards in a row");
    let one = vec![file(DigestAlgorithm::Sha256, "weights.bin")];
    let one = Manifest::new("weights.bin", one).and_then(Manifest::into_single_file);
    vec![
        files(DigestAlgorithm::Sha256),
        files(DigestAlgorithm::Blake3),
        shards,
        one.expect("the model has the name of its file"),
    ]
}

/// Returns the bundles of the models: by the key and by the certificate, in both forms.
pub(crate) fn bundles() -> Vec<Bundle> {
    let mut bundles = Vec::new();
    for manifest in manifests() {
        for form in [Write::Spec, Write::PythonCompat] {
            let plain = SignOptions::default().with_form(form);
            let chained = plain.clone().with_certificates(issued());
            for options in [plain, chained] {
                let bundle = sign_with(&manifest, &key(), &options);
                bundles.push(bundle.expect("a key in memory signs"));
            }
        }
    }
    bundles
}

/// Returns the bundle of a statement of another kind, on the first model.
pub(crate) fn attested() -> Bundle {
    let root = manifests()[0].root();
    let report = serde_json::json!({"decision": "go"});
    let attestation = Attestation::new(PREDICATE, vec![Subject::new("model", root)], report);
    let attestation = attestation.expect("it has a subject");
    attest(&attestation, &key(), &SignOptions::default()).expect("a key in memory signs")
}
