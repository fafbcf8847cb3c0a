//! Keeps what the readers are made for, for the fuzzer to begin with.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

mod chain;

use std::path::PathBuf;
use std::{env, fs};

use modelward_artifact::{Digest, Verdict};
use modelward_sign::{
    Attestation, PAYLOAD_TYPE, PublicKey, SigningKey, Statement, VerifyPolicy, verify_attestation,
    verify_manifest,
};

use crate::fixture::{key, policy};
use crate::key::CURVES;
use crate::sample;

/// Keeps a file for a target, in the folder that `MODELWARD_SEEDS` names. Without it nothing is kept.
pub(crate) fn keep(target: &str, bytes: &[u8]) {
    if let Some(folder) = env::var_os("MODELWARD_SEEDS") {
        let folder = PathBuf::from(folder).join(target);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(Digest::sha256(bytes).to_hex()), bytes).unwrap();
    }
}

#[test]
fn the_fuzzer_begins_with_bundles_that_verify() {
    let manifests = sample::manifests();
    for (index, bundle) in sample::bundles().iter().enumerate() {
        let bytes = bundle.to_json();
        keep("bundle", &bytes);
        keep("verify", &bytes);
        keep("statement", bundle.envelope().unverified_payload());
        // Four bundles of each model: by key and by certificate, in both forms.
        let policy = if index % 2 == 0 {
            policy()
        } else {
            VerifyPolicy::certificate(chain::policy())
        };
        let verdict = verify_manifest(manifests[index / 4].clone(), bundle, &policy);
        let verdict = verdict.expect("the manifest is of the right kind");
        assert!(matches!(verdict, Verdict::Verified(_)), "{verdict:?}");
    }
}

#[test]
fn the_fuzzer_begins_with_attestations() {
    let bundle = sample::attested();
    let verdict = verify_attestation(&bundle, &policy(), sample::PREDICATE);
    assert!(verdict.expect("it is read").verified().is_some());
    keep("bundle", &bundle.to_json());
    keep("verify", &bundle.to_json());
    keep("attestation", bundle.envelope().unverified_payload());
    let countersigned = Attestation::countersignature("model.sig", &bundle.to_json());
    keep("attestation", &countersigned.to_json());
    let statement = Statement::of(&sample::manifests()[0]).to_json();
    let text = [PAYLOAD_TYPE.as_bytes(), b"\n", &statement].concat();
    keep("envelope", &text);
}

#[test]
fn the_fuzzer_begins_with_keys() {
    for (_, [pkcs8, sec1, public]) in CURVES {
        for pem in [pkcs8, sec1] {
            SigningKey::from_pem(pem).expect("the vector is a private key");
            keep("key", pem.as_bytes());
        }
        let read = PublicKey::from_pem(public).expect("the vector is a public key");
        keep("key", public.as_bytes());
        keep("key", read.as_der());
    }
    #[cfg(feature = "encrypted-keys")]
    for pem in [crate::key::PBKDF2, crate::key::SCRYPT] {
        SigningKey::from_encrypted_pem(pem, b"tests").expect("it is the password");
        keep("encrypted-key", pem.as_bytes());
    }
}

#[cfg(feature = "pkcs11")]
#[test]
fn the_fuzzer_begins_with_uris_of_keys() {
    for uri in [
        "pkcs11:token=my%20token;id=%01%a0?pin-value=1234",
        "pkcs11:slot-id=7;object=models;type=private?module-path=/usr/lib/token.so",
        "PKCS11:manufacturer=m;model=n;serial=1;library-version=2.4?module-name=n&pin-source=file:/p",
        "pkcs11:slot-description=d;slot-manufacturer=m;library-description=d;library-manufacturer=m",
    ] {
        uri.parse::<modelward_sign::Pkcs11Uri>()
            .expect("it names a key");
        keep("pkcs11-uri", uri.as_bytes());
    }
}

#[cfg(feature = "safetensors")]
#[test]
fn the_fuzzer_begins_with_tensors() {
    use std::collections::HashMap;

    use safetensors::Dtype;
    use safetensors::tensor::{TensorView, serialize};

    let numbers: Vec<u8> = (0..24).collect();
    let view = |kind, shape: &[usize]| TensorView::new(kind, shape.to_vec(), &numbers).unwrap();
    let views = [
        ("a", view(Dtype::F32, &[2, 3])),
        ("b", view(Dtype::U8, &[24])),
        ("c", view(Dtype::F64, &[3, 1, 1])),
    ];
    let metadata = HashMap::from([("format".to_owned(), "pt".to_owned())]);
    keep("tensors", &serialize(views, Some(metadata)).unwrap());
    let empty = TensorView::new(Dtype::F16, vec![0], &[]).unwrap();
    keep("tensors", &serialize([("a", empty)], None).unwrap());
    let index = br#"{"metadata": {"total_size": 24}, "weight_map": {"a": "model.safetensors"}}"#;
    keep("tensors", index);
    assert_eq!(key().public_key(), sample::key().public_key());
}
