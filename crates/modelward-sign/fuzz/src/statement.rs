//! Bundles, the statements inside of them, and attestations.

use modelward_artifact::{Digest, JsonLimits};
use modelward_sign::{Attestation, Bundle, Inspection, Statement, Write, pae};

use crate::refused;

/// Reads a bundle, which is written and read as the same.
pub fn bundle(bytes: &[u8]) {
    let limits = JsonLimits::default();
    let bundle = match Bundle::read(bytes, &limits) {
        Ok(bundle) => bundle,
        Err(error) => return refused(&error),
    };
    let written = bundle.to_json();
    let again = Bundle::read(&written, &limits).expect("what we wrote is read");
    assert_eq!(again.to_json(), written);
    assert_eq!(again.envelope(), bundle.envelope());
    let of = |bundle: &Bundle| (bundle.method(), bundle.hint().copied());
    assert_eq!(of(&again), of(&bundle));
    assert!(
        again
            .unverified_certificates()
            .eq(bundle.unverified_certificates())
    );
    let codes = |bundle: &Bundle| -> Vec<String> {
        let codes = bundle.deviations().iter().map(|it| it.code().to_owned());
        // What is written has one alphabet.
        codes
            .filter(|code| code != "sign.bundle.base64_form")
            .collect()
    };
    assert_eq!(codes(&again), codes(&bundle), "what is not known survives");
    let inspected = serde_json::to_string(&Inspection::of(&bundle, &limits));
    let inspected = inspected.expect("it has a JSON form");
    assert!(inspected.starts_with(r#"{"verified":false,"#));
}

/// Reads a statement, which is written and read as the same in both forms.
pub fn statement(bytes: &[u8]) {
    let limits = JsonLimits::default();
    let statement = match Statement::read(bytes, &limits) {
        Ok(statement) => statement,
        Err(error) => return refused(&error),
    };
    for form in [Write::Spec, Write::PythonCompat] {
        let written = statement.to_json_as(form);
        let again = Statement::read(&written, &limits).expect("what we wrote is read");
        same(&again, &statement);
        assert_eq!(again.to_json_as(form), written);
    }
    let mut names: Vec<_> = statement.resources().iter().map(|it| it.name()).collect();
    names.sort();
    assert!(
        names.windows(2).all(|pair| pair[0] != pair[1]),
        "a name stands twice"
    );
}

fn same(again: &Statement, statement: &Statement) {
    assert_eq!(again.root(), statement.root());
    assert_eq!(again.name(), statement.name());
    assert_eq!(again.resources(), statement.resources());
    assert_eq!(again.layout(), statement.layout());
    assert_eq!(again.algorithm(), statement.algorithm());
    assert_eq!(again.ignored(), statement.ignored());
    assert_eq!(again.links_followed(), statement.links_followed());
    assert_eq!(again.is_sorted(), statement.is_sorted());
}

/// Reads an attestation, which is written and read as the same.
pub fn attestation(bytes: &[u8]) {
    let limits = JsonLimits::default();
    let attestation = match Attestation::read(bytes, &limits) {
        Ok(attestation) => attestation,
        Err(error) => return refused(&error),
    };
    let written = attestation.to_json();
    let again = Attestation::read(&written, &limits).expect("what we wrote is read");
    assert_eq!(again, attestation);
    assert_eq!(again.to_json(), written);
    for subject in attestation.subjects() {
        assert!(!subject.digests().is_empty(), "it has a digest");
        let mut digests = subject.digests().iter();
        assert!(digests.all(|digest| attestation.is_about(digest)));
    }
    assert!(!attestation.is_about(&Digest::sha256(b"another")));
}

/// Encodes what a signature covers, which is taken apart into the very type and payload.
pub fn envelope(bytes: &[u8]) {
    let mut parts = bytes.splitn(2, |byte| *byte == b'\n');
    let kind = String::from_utf8_lossy(parts.next().unwrap_or_default());
    let payload = parts.next().unwrap_or_default();
    let encoded = pae(&kind, payload);
    let rest = encoded.strip_prefix(b"DSSEv1 ").expect("it begins so");
    let (found, rest) = counted(rest);
    assert_eq!(found, kind.as_bytes());
    let (found, rest) = counted(rest.strip_prefix(b" ").expect("a blank follows"));
    assert_eq!((found, rest), (payload, &b""[..]));
}

/// Takes apart what stands behind its length.
fn counted(bytes: &[u8]) -> (&[u8], &[u8]) {
    let blank = bytes.iter().position(|byte| *byte == b' ');
    let (length, rest) = bytes.split_at(blank.expect("a length stands there"));
    let length = std::str::from_utf8(length).expect("it has digits");
    assert!(length == "0" || !length.starts_with('0'), "no zero leads");
    rest[1..].split_at(length.parse().expect("it has digits"))
}
