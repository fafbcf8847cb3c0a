//! Reports of the release gate: read back, signed, and verified.

use modelward_artifact::{Digest, JsonLimits};
use modelward_audit::{
    ExpectedReport, PickleFact, PickleState, ReleaseFacts, ReleasePolicy, ReleaseReport,
    attest_report, verify_report,
};
use modelward_rmf::{Phase, PhaseDecision};
use modelward_sign::{Attestation, Bundle, SignOptions, SigningKey, Subject, VerifyPolicy, attest};
use serde_json::{Value, json};

use super::{judge, policy, root};

const RULES: &str = "
[phase.release.signature]
[phase.release.pickles]
[phase.release.incidents]
[[waivers]]
rule = 'pickles'
subject = 'a.pkl'
approver = { name = 'Jo' }
reason = 'looked at by hand'
expires = '2026-12-31'
[[waivers]]
rule = 'incidents'
approver = { name = 'Jo' }
reason = 'was a drill'
expires = '2026-01-31'
";

/// One rule is waived, one cannot be told, and a waiver has expired.
pub(crate) fn report() -> ReleaseReport {
    let facts = ReleaseFacts::new("model", root())
        .with_pickles([PickleFact::new("a.pkl".into(), PickleState::Unsafe)])
        .with_incidents([]);
    judge(&policy(RULES), &facts)
}

fn value(report: &ReleaseReport) -> Value {
    serde_json::from_slice(&report.to_json()).unwrap()
}

fn read(value: &Value) -> Result<ReleaseReport, &'static str> {
    let bytes = serde_json::to_vec(value).unwrap();
    ReleaseReport::from_json(&bytes, &JsonLimits::default()).map_err(|error| error.code())
}

#[test]
fn a_report_is_read_back_as_it_was() {
    let report = report();
    assert_eq!(report.decision(), PhaseDecision::CannotTell);
    assert_eq!(report.expired_waivers().len(), 1);
    let read = ReleaseReport::from_json(&report.to_json(), &JsonLimits::default()).unwrap();
    assert_eq!(read, report);
    assert_eq!(
        (read.to_json(), read.to_sarif()),
        (report.to_json(), report.to_sarif())
    );
}

#[test]
fn a_report_that_its_reasons_do_not_come_to_is_refused() {
    let whole = value(&report());
    let waived = "/rules/1/reasons/0";
    let cases = [
        ("/decision", json!("go"), "audit.report.contradiction"),
        (
            "/rules/0/answer",
            json!("pass"),
            "audit.report.contradiction",
        ),
        ("/rules/2/reasons", json!([]), "audit.report.contradiction"),
        (
            "/rules/1/reasons/0/answer",
            json!("pass"),
            "audit.report.contradiction",
        ),
        (
            "/rules/1/reasons/0/waiver",
            Value::Null,
            "audit.report.contradiction",
        ),
        (
            "/rules/1/reasons/0/waiver/expires",
            json!("2026-01-01"),
            "audit.report.contradiction",
        ),
        (
            "/rules/1/reasons/0/waiver/rule",
            json!("incidents"),
            "audit.report.contradiction",
        ),
        (
            "/rules/1/reasons/0/subject",
            json!("b.pkl"),
            "audit.report.contradiction",
        ),
        (
            "/expiredWaivers/0/expires",
            json!("2027-01-31"),
            "audit.report.contradiction",
        ),
        (
            "/rules/2/rule",
            json!("signature"),
            "audit.report.contradiction",
        ),
        (
            "/schema",
            json!("modelward.release-report/2"),
            "audit.report.schema",
        ),
        ("/rules/0/rule", json!("vibes"), "artifact.json.shape"),
        ("/root", json!("sha256:12"), "artifact.json.shape"),
        ("/phase", json!("lunch"), "artifact.json.shape"),
        ("/decidedAt", json!("today"), "artifact.json.shape"),
    ];
    assert!(
        whole
            .pointer(waived)
            .is_some_and(|it| it["answer"] == "waived"),
        "{whole}"
    );
    for (pointer, changed, code) in cases {
        let mut damaged = whole.clone();
        *damaged.pointer_mut(pointer).unwrap() = changed;
        assert_eq!(read(&damaged).unwrap_err(), code, "{pointer}");
    }
    for place in ["", "/policy", "/rules/0", "/rules/0/reasons/0"] {
        let mut damaged = whole.clone();
        damaged.pointer_mut(place).unwrap()["surplus"] = json!(1);
        assert_eq!(
            read(&damaged).unwrap_err(),
            "artifact.json.shape",
            "{place}"
        );
    }
    let mut damaged = whole.clone();
    damaged["rules"].as_array_mut().unwrap().swap(0, 1);
    assert_eq!(read(&damaged).unwrap_err(), "audit.report.contradiction");
}

#[test]
fn a_report_over_a_limit_is_refused() {
    let limits = JsonLimits::default().with_max_bytes(64);
    let refused = ReleaseReport::from_json(&report().to_json(), &limits).unwrap_err();
    assert_eq!(refused.code(), "artifact.json.too_large");
}

fn trust(key: &SigningKey) -> VerifyPolicy {
    VerifyPolicy::key(key.public_key().clone())
}

/// Returns the codes of the refusals, none where it is verified.
fn refusals(bundle: &Bundle, key: &SigningKey, expected: &ExpectedReport) -> Vec<String> {
    let verdict = verify_report(bundle, &trust(key), expected).unwrap();
    match verdict.into_result() {
        Ok(verified) => {
            assert_eq!(verified.decision(), verified.report().decision());
            vec![]
        }
        Err(findings) => findings.iter().map(|it| it.code().to_owned()).collect(),
    }
}

#[test]
fn a_signed_report_is_verified_only_where_it_is_the_one_that_is_asked_for() {
    let (key, policy, report) = (SigningKey::generate(), policy(RULES), report());
    let bundle = attest_report(&report, &key, &SignOptions::default()).unwrap();
    let ours = ExpectedReport::on(root());
    let asked = ours.by_policy(policy.digest()).in_phase(Phase::Release);
    for expected in [ours, asked] {
        assert_eq!(refusals(&bundle, &key, &expected), Vec::<String>::new());
    }
    let verdict = verify_report(&bundle, &trust(&key), &asked).unwrap();
    let verified = verdict.verified().unwrap();
    assert_eq!(verified.report(), &report);
    let signer = verified.signed_by().key_digest();
    assert_eq!(signer, key.public_key().hint());

    let other = Digest::sha256(b"other");
    let cases = [
        (ExpectedReport::on(other), "audit.report.other_files"),
        (ours.by_policy(other), "audit.report.other_policy"),
        (ours.in_phase(Phase::Testing), "audit.report.other_phase"),
    ];
    for (expected, code) in cases {
        assert_eq!(refusals(&bundle, &key, &expected), [code]);
    }
    let stranger = SigningKey::generate();
    assert_eq!(refusals(&bundle, &stranger, &ours).len(), 1);
}

#[test]
fn a_statement_of_another_kind_or_about_other_files_is_refused() {
    let (key, report) = (SigningKey::generate(), report());
    let seal = |kind: &str, root: Digest| {
        let subject = Subject::new("model", root);
        let statement = Attestation::new(kind, vec![subject], report.to_predicate()).unwrap();
        attest(&statement, &key, &SignOptions::default()).unwrap()
    };
    let expected = ExpectedReport::on(root());
    let other = seal("https://example.com/report/v1", root());
    assert_eq!(
        refusals(&other, &key, &expected),
        ["sign.attestation.predicate_type"]
    );
    let other = seal(ReleaseReport::PREDICATE_TYPE, Digest::sha256(b"other"));
    assert_eq!(refusals(&other, &key, &expected), ["audit.report.subject"]);
}

#[test]
fn a_changed_payload_and_a_predicate_that_is_no_report_are_refused() {
    let (key, report) = (SigningKey::generate(), report());
    let bundle = attest_report(&report, &key, &SignOptions::default()).unwrap();
    let mut text: Value = serde_json::from_slice(&bundle.to_json()).unwrap();
    let payload = text.pointer_mut("/dsseEnvelope/payload").unwrap();
    let whole = payload.as_str().unwrap();
    // Four digits of base64 are three bytes, so that what follows stays as it was.
    let (head, tail) = whole.split_at(whole.len() / 8 * 4);
    *payload = json!(format!("{head}AAAA{}", &tail[4..]));
    let bytes = serde_json::to_vec(&text).unwrap();
    let tampered = Bundle::read(&bytes, &JsonLimits::default()).unwrap();
    let refused = refusals(&tampered, &key, &ExpectedReport::on(root()));
    assert_eq!(refused, ["sign.signature.invalid"]);

    let mut predicate = report.to_predicate();
    predicate["decision"] = json!("go");
    let subject = Subject::new("model", root());
    let kind = ReleaseReport::PREDICATE_TYPE;
    let statement = Attestation::new(kind, vec![subject], predicate).unwrap();
    let bundle = attest(&statement, &key, &SignOptions::default()).unwrap();
    let error = verify_report(&bundle, &trust(&key), &ExpectedReport::on(root())).unwrap_err();
    assert_eq!(error.code(), "audit.report.contradiction");
    let said = "what was attested is not a report of a release gate";
    assert_eq!(error.to_string(), said);
}

#[test]
fn the_same_report_is_the_same_statement() {
    let (one, two) = (report(), report());
    assert_eq!(one.to_predicate(), two.to_predicate());
    let lax: ReleasePolicy = policy("[phase.release.pickles]\n");
    assert_ne!(lax.digest(), *one.policy_digest());
}
