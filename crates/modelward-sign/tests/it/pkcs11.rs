//! Keys on a token, for which `SoftHSM2` stands.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use modelward_artifact::{HashOptions, Signer as _};
use modelward_sign::{
    Curve, Pkcs11Error, Pkcs11Module, Pkcs11Uri, SigningKey, VerifyPolicy, check_signer, sign,
};

use crate::fixture::{hashed, model, outcome};
use crate::key::CURVES;

const PIN: &str = "1234";

fn uri(text: &str) -> Pkcs11Uri {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The library, if `SoftHSM2` is installed.
fn library() -> Option<PathBuf> {
    let places = [
        "/usr/lib/softhsm",
        "/usr/lib64/softhsm",
        "/usr/local/lib/softhsm",
    ];
    let library = places.map(|place| Path::new(place).join("libsofthsm2.so"));
    let library = library.into_iter().find(|path| path.is_file());
    if library.is_none() {
        let may_skip = std::env::var_os("MODELWARD_NO_SKIP").is_none();
        assert!(
            may_skip,
            "SoftHSM2 is not installed, and skipping is not allowed"
        );
        writeln!(io::stderr(), "SKIPPED: SoftHSM2 is not installed").ok();
    }
    library
}

/// Runs the tool that comes with the library.
fn softhsm(configuration: &Path, arguments: &[&str]) {
    let run = Command::new("softhsm2-util")
        .args(arguments)
        .env("SOFTHSM2_CONF", configuration)
        .output();
    let run = run.expect("the tool comes with the library");
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
}

/// The library finds its tokens by the environment of the process, so a process of its own is given
/// one.
#[test]
fn keys_on_a_token_sign() {
    let Some(library) = library() else {
        return;
    };
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    let tokens = folder.path().join("tokens");
    fs::create_dir(&tokens).expect("writable");
    let configuration = folder.path().join("softhsm2.conf");
    let text = format!(
        "directories.tokendir = {}\nlog.level = ERROR\n",
        tokens.display()
    );
    fs::write(&configuration, text).expect("writable");
    for token in ["models", "other"] {
        let new = [
            "--init-token",
            "--free",
            "--label",
            token,
            "--pin",
            PIN,
            "--so-pin",
            "4321",
        ];
        softhsm(&configuration, &new);
    }
    let rsa = include_str!("../vectors/rsa2048.pkcs8.pem");
    let mut keys: Vec<_> = CURVES
        .iter()
        .map(|(curve, [pem, ..])| (curve.name(), *pem))
        .collect();
    keys.push(("rsa", rsa));
    for (number, (label, pem)) in keys.iter().enumerate() {
        let file = folder.path().join(label);
        fs::write(&file, pem).expect("writable");
        let file = file.to_str().expect("a plain path");
        let id = format!("a{number}");
        let import = [
            "--import", file, "--token", "models", "--label", label, "--id", &id, "--pin", PIN,
        ];
        softhsm(&configuration, &import);
    }
    let own = std::env::current_exe().expect("the tests are a program");
    let run = Command::new(own)
        .args(["--exact", "pkcs11::on_a_token", "--ignored", "--nocapture"])
        .env("SOFTHSM2_CONF", &configuration)
        .env("MODELWARD_TOKEN_LIBRARY", library)
        .output()
        .expect("the tests can be run");
    let said =
        String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
#[ignore = "`keys_on_a_token_sign` runs it in a process of its own"]
fn on_a_token() {
    let library = std::env::var_os("MODELWARD_TOKEN_LIBRARY").expect("the other test names it");
    let module = Pkcs11Module::load(library.as_ref()).expect("the library can be loaded");
    let again = Pkcs11Module::load(library.as_ref()).expect("and once more");
    for (number, (curve, [pem, ..])) in CURVES.iter().enumerate() {
        let by_label = format!("pkcs11:token=models;object={curve}?pin-value={PIN}");
        let by_id = format!(
            "pkcs11:token=models;manufacturer=SoftHSM%20project;model=SoftHSM%20v2;\
             library-manufacturer=SoftHSM;id=%a{number}?pin-value=wrong"
        );
        let signer = module
            .signer(&uri(&by_label), None)
            .expect("the key is there");
        let same = again
            .signer(&uri(&by_id), Some(PIN))
            .expect("the key is there");
        let expected = SigningKey::from_pem(pem).expect("the vector is a private key");
        assert_eq!(signer.public_key(), expected.public_key());
        assert_eq!(same.public_key(), expected.public_key());
        assert_eq!(
            signer.key_name(),
            format!("pkcs11:token=models;object={curve}")
        );
        assert!(!format!("{signer:?}").contains(PIN));
        check_signer(&signer).unwrap_or_else(|fault| panic!("{curve}: {fault}"));

        let model = model();
        let bundle = sign(&hashed(model.path(), &HashOptions::default()), &signer);
        let bundle = bundle.expect("the token signs");
        let policy = VerifyPolicy::key(expected.public_key().clone());
        assert_eq!(outcome(model.path(), &bundle, &policy), ["ok"], "{curve}");
    }
    let cases = [
        (
            "pkcs11:token=models;library-version=99.9",
            "sign.pkcs11.tokens",
            "0 tokens are named, expected 1",
        ),
        (
            "pkcs11:token=none",
            "sign.pkcs11.tokens",
            "0 tokens are named, expected 1",
        ),
        (
            "pkcs11:object=P-256",
            "sign.pkcs11.tokens",
            "2 tokens are named, expected 1",
        ),
        (
            "pkcs11:token=models",
            "sign.pkcs11.private_keys",
            "4 private keys on the token are named, expected 1",
        ),
        (
            "pkcs11:token=models;object=P-256;id=%ff",
            "sign.pkcs11.private_keys",
            "0 private keys on the token are named, expected 1",
        ),
        (
            "pkcs11:token=models;object=rsa",
            "sign.pkcs11.key_type",
            "the key on the token is no elliptic curve key",
        ),
        (
            "pkcs11:token=models;slot-id=9;object=P-256",
            "sign.pkcs11.tokens",
            "0 tokens are named, expected 1",
        ),
    ];
    for (text, code, message) in cases {
        let error = module.signer(&uri(text), Some(PIN)).expect_err(text);
        assert_eq!(
            (error.code(), error.to_string()),
            (code, message.to_owned())
        );
    }
    // A token where nobody is logged in yet refuses the wrong PIN.
    let error = module
        .signer(&uri("pkcs11:token=other"), Some("0000"))
        .expect_err("wrong");
    assert!(matches!(error, Pkcs11Error::PinWrong), "{error}");
}

#[test]
fn what_is_no_library_is_not_loaded() {
    let error = Pkcs11Module::load("/no/such/library.so".as_ref()).expect_err("nothing is there");
    assert_eq!(error.code(), "sign.pkcs11.load");
}

#[test]
fn the_examples_of_the_standard_are_read() {
    // RFC 7512, section 3.
    let read = [
        "pkcs11:",
        "pkcs11:object=my-pubkey;type=public",
        "pkcs11:object=my-key;type=private?pin-source=file:/etc/token",
        "pkcs11:token=The%20Software%20PKCS%2311%20Softtoken;manufacturer=Snake%20Oil,%20Inc.;\
         model=1.0;object=my-certificate;type=cert;\
         id=%69%95%3E%5C%F4%BD%EC%91;serial=?pin-source=file:/etc/token_pin",
        "pkcs11:object=my-sign-key;type=private?module-name=mypkcs11",
        "pkcs11:object=my-sign-key;type=private?module-path=/mnt/libmypkcs11.so.1",
        "pkcs11:token=Software%20PKCS%2311%20softtoken;manufacturer=Snake%20Oil,%20Inc.\
         ?pin-value=the-pin",
        "pkcs11:slot-id=327",
        "pkcs11:token=my-token?pin-source=file:/etc/token&x-vendor=1",
    ];
    let uris = read.map(uri);
    assert_eq!(uris[3].token(), Some("The Software PKCS#11 Softtoken"));
    assert_eq!(uris[3].id(), Some(&b"\x69\x95\x3E\x5C\xF4\xBD\xEC\x91"[..]));
    assert_eq!(uris[3].pin_source(), Some("file:/etc/token_pin"));
    assert_eq!(uris[4].module_name(), Some("mypkcs11"));
    assert_eq!(uris[5].module_path(), Some("/mnt/libmypkcs11.so.1"));
    let shown = format!("{} {:?}", uris[6], uris[6]);
    assert!(!shown.contains("the-pin"), "{shown}");
}

#[test]
fn what_is_no_uri_of_a_key_says_why() {
    let cases = [
        ("pkcs12:object=x", "sign.pkcs11.scheme"),
        ("pkcs11:object", "sign.pkcs11.no_value"),
        ("pkcs11:?pin-value=12&34", "sign.pkcs11.no_value"),
        ("pkcs11:object=a&pin-value=1234", "sign.pkcs11.pin_in_path"),
        ("pkcs11:object=a b", "sign.pkcs11.character"),
        ("pkcs11:slot-id=+5", "sign.pkcs11.attribute"),
        ("pkcs11:object=%4", "sign.pkcs11.attribute"),
        ("pkcs11:object=%zz", "sign.pkcs11.attribute"),
        ("pkcs11:object=%ff", "sign.pkcs11.attribute"),
        ("pkcs11:slot-id=-1", "sign.pkcs11.attribute"),
        ("pkcs11:type=secret-key", "sign.pkcs11.attribute"),
        ("pkcs11:object=a;object=b", "sign.pkcs11.twice"),
        (
            "pkcs11:object=a?pin-value=1&pin-value=2",
            "sign.pkcs11.twice",
        ),
        ("pkcs11:x-vendor=1", "sign.pkcs11.unknown_attribute"),
        ("pkcs11:tokn=3", "sign.pkcs11.unknown_attribute"),
    ];
    for (text, code) in cases {
        let error = text.parse::<Pkcs11Uri>().expect_err(text);
        assert_eq!(error.code(), code, "{text}");
        // Neither a PIN nor a part of one stands in an error.
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("34"), "{shown}");
    }
    let long = format!("pkcs11:object={}", "a".repeat(5000));
    let error = long.parse::<Pkcs11Uri>().expect_err("it is too long");
    assert_eq!(error.code(), "sign.pkcs11.too_long");
    assert!(
        "PKCS11:token=a".parse::<Pkcs11Uri>().is_ok(),
        "case does not count in a scheme"
    );
    assert_eq!(Curve::ALL.len(), CURVES.len());
}
