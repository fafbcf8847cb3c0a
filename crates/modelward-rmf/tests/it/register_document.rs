use modelward_artifact::{Digest, JsonLimits, json};
use modelward_rmf::{RiskMatrix, RiskRegister};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::register::{read, register, sample};
use crate::risk::{SERIAL, opportunity, threat};

fn document() -> Value {
    serde_json::from_slice(&sample().to_json().unwrap()).unwrap()
}

#[test]
fn a_document_has_this_form() {
    let statement = json!({
        "cause": "Data is not checked.",
        "event": "Data is poisoned.",
        "consequence": "Outputs are wrong.",
    });
    let rating =
        |likelihood: &str, impact: &str| json!({"likelihood": likelihood, "impact": impact});
    let action = |id: &str| {
        json!({"id": id, "description": "Sign the training data.",
        "due": "2026-12-10", "state": "planned", "countedInResidual": false})
    };
    let expected = json!({
        "schema": "modelward.risk-register/1",
        "title": "Risks of the chat bot",
        "owner": "Ada Example",
        "matrix": serde_json::to_value(RiskMatrix::five_by_five()).unwrap(),
        "risks": {
            "R-1": {
                "statement": statement,
                "kind": "threat",
                "assets": [{"component": {"serial": SERIAL, "bomRef": "model"}}, {"named": "The chat bot"}],
                "subcategories": ["GOVERN 6.1", "MEASURE 2.7"],
                "incidents": ["INC-7"],
                "techniques": ["AML.T0020.001"],
                "taxonomy": ["LLM04:2026"],
                "inherent": rating("almost-certain", "severe"),
                "current": rating("likely", "major"),
                "residual": rating("unlikely", "moderate"),
                "treatment": {"kind": "mitigate", "actions": [action("A-1"), action("A-2")]},
                "owner": "Ada Example",
                "reviewBy": "2026-12-01",
                "status": "treating",
                "identifiedAt": "2026-11-20T10:00:00Z",
            },
            "R-2": {
                "statement": statement,
                "kind": "threat",
                "assets": [{"named": "The chat bot"}],
                "techniques": ["AML.T0051"],
                "current": rating("likely", "major"),
                "residual": rating("likely", "major"),
                "treatment": {"kind": "accept", "by": "Ada Example", "on": "2026-11-20",
                    "justification": "The model is retired in March.", "expires": "2026-11-25"},
                "status": "monitoring",
                "identifiedAt": "2026-11-20T10:00:00Z",
            },
            "R-3": {
                "statement": statement,
                "kind": "threat",
                "subcategories": ["MEASURE 2.7"],
                "current": rating("likely", "major"),
                "treatment": {"kind": "undecided"},
                "reviewBy": "2026-11-21",
                "status": {"closed": {"on": "2026-11-22", "reason": "The feature is dropped."}},
                "identifiedAt": "2026-11-20T10:00:00Z",
            },
            "R-4": {
                "statement": statement,
                "kind": "opportunity",
                "current": rating("possible", "minor"),
                "treatment": {"kind": "undecided"},
                "status": "open",
                "identifiedAt": "2026-11-20T10:00:00Z",
            },
        },
    });
    assert_eq!(document(), expected);
    assert_eq!(read(&expected).unwrap(), sample());
}

#[test]
fn what_may_be_left_out_has_a_meaning() {
    let mut document = document();
    document["risks"] = json!({"R-1": {
        "statement": {"cause": "a", "event": "b", "consequence": "c"},
        "kind": "threat",
        "current": {"likelihood": "rare", "impact": "minor"},
        "subcategories": ["ms-2.7", "GV-6.1"],
        "identifiedAt": "2026-11-20T10:00:00Z",
    }});
    let register = read(&document).unwrap();
    let written = serde_json::to_value(&register).unwrap();
    let risk = &written["risks"]["R-1"];
    assert_eq!(risk["treatment"], json!({"kind": "undecided"}));
    assert_eq!(risk["status"], json!("open"));
    assert_eq!(risk["subcategories"], json!(["GOVERN 6.1", "MEASURE 2.7"]));
    assert_eq!(risk.get("owner"), None);
}

#[test]
fn the_digest_covers_the_canonical_document() {
    let bytes = sample().to_json().unwrap();
    let again = RiskRegister::from_json(&bytes, &JsonLimits::default()).unwrap();
    assert_eq!(again, sample());
    assert_eq!(again.to_json().unwrap(), bytes);
    let canonical = json::canonical(&document()).unwrap();
    assert_eq!(again.digest(), Digest::sha256(&canonical));
}

#[test]
fn unknown_members_survive_and_change_the_digest() {
    let mut document = document();
    document["x-ticket"] = json!({"id": 7, "open": [true, null, 0.5]});
    let register = read(&document).unwrap();
    assert_eq!(serde_json::to_value(&register).unwrap(), document);
    assert_ne!(register.digest(), sample().digest());
    let more = register.with_risk(threat("R-9").build().unwrap()).unwrap();
    let written = serde_json::to_value(&more).unwrap();
    assert_eq!(written["x-ticket"], document["x-ticket"]);
}

#[test]
fn wrong_documents_are_refused_and_the_place_is_named() {
    let cases: [(&str, Value, &str, &str); 21] = [
        (
            "/schema",
            json!("modelward.risk-register/2"),
            "rmf.read.schema",
            "unknown schema `modelward.risk-register/2`, expected `modelward.risk-register/1`",
        ),
        (
            "/title",
            json!(" "),
            "rmf.read.shape",
            "`title` is not valid",
        ),
        ("/owner", json!(7), "rmf.read.shape", "`owner` is not valid"),
        (
            "/matrix/tolerance",
            json!("none"),
            "rmf.read.shape",
            "`matrix` is not valid",
        ),
        (
            "/risks",
            json!([]),
            "rmf.read.shape",
            "`risks` is not valid",
        ),
        (
            "/risks/R-1/colour",
            json!("red"),
            "rmf.read.shape",
            "`risks.R-1.colour` is not valid",
        ),
        (
            "/risks/R-1/kind",
            json!("hazard"),
            "rmf.read.shape",
            "`risks.R-1.kind` is not valid",
        ),
        (
            "/risks/R-1/statement/cause",
            json!("-"),
            "rmf.read.shape",
            "`risks.R-1.statement.cause` is not valid",
        ),
        (
            "/risks/R-1/assets/0",
            json!({"package": "torch"}),
            "rmf.read.shape",
            "`risks.R-1.assets[0].package` is not valid",
        ),
        (
            "/risks/R-1/techniques/0",
            json!("T1195"),
            "rmf.read.shape",
            "`risks.R-1.techniques[0]` is not valid",
        ),
        (
            "/risks/R-1/subcategories/0",
            json!("MEASURE 2.14"),
            "rmf.read.shape",
            "`risks.R-1.subcategories[0]` is not valid",
        ),
        (
            "/risks/R-1/treatment",
            json!({"kind": "accept"}),
            "rmf.read.shape",
            "`risks.R-1.treatment` is not valid",
        ),
        (
            "/risks/R-1/reviewBy",
            json!("2026-02-30"),
            "rmf.read.shape",
            "`risks.R-1.reviewBy` is not valid",
        ),
        (
            "/risks/R-1/status",
            json!({"closed": {"on": "2026-11-22"}}),
            "rmf.read.shape",
            "`risks.R-1.status.closed` is not valid",
        ),
        (
            "/risks/R-1/current/likelihood",
            json!("sure"),
            "rmf.register.likelihood",
            "current rating of risk `R-1` has the likelihood `sure`, which the matrix does not have",
        ),
        (
            "/risks/R-4/current/impact",
            json!("none"),
            "rmf.register.impact",
            "current rating of risk `R-4` has the impact `none`, which the matrix does not have",
        ),
        (
            "/risks/R-1/subcategories",
            json!(["GV-6.1", "GOVERN 6.1"]),
            "rmf.register.risk",
            "risk `R-1` is not valid",
        ),
        (
            "/risks/R-3/status/closed/on",
            json!("2026-11-01"),
            "rmf.register.risk",
            "risk `R-3` is not valid",
        ),
        (
            "/risks/R-2/history",
            json!([{"at": "2026-11-01T00:00:00Z", "by": "Ada",
            "change": {"kind": "noted", "text": "a"}}]),
            "rmf.register.risk",
            "risk `R-2` is not valid",
        ),
        (
            "/risks/R-2/treatment",
            json!({"kind": "mitigate", "actions": [{"id": "A-2",
            "description": "a"}]}),
            "rmf.register.action_twice",
            "action `A-2` stands in risk `R-1` and in risk `R-2`",
        ),
        (
            "/x-number",
            json!(u64::MAX),
            "rmf.register.canonical",
            "register has no canonical form",
        ),
    ];
    for (pointer, value, code, message) in cases {
        let mut document = document();
        let (parent, member) = pointer.rsplit_once('/').unwrap();
        match document.pointer_mut(parent).unwrap() {
            Value::Array(items) => items[member.parse::<usize>().unwrap()] = value,
            object => object[member] = value,
        }
        let error = read(&document).unwrap_err();
        assert_eq!(
            (error.code(), error.to_string().as_str()),
            (code, message),
            "{pointer}"
        );
    }
}

#[test]
fn a_missing_member_is_named() {
    for member in ["schema", "title", "owner", "matrix", "risks"] {
        let mut document = document();
        document.as_object_mut().unwrap().remove(member).unwrap();
        let error = read(&document).unwrap_err();
        assert_eq!(error.code(), "rmf.read.missing");
        assert_eq!(
            error.to_string(),
            format!("document has no member `{member}`")
        );
    }
}

#[test]
fn json_that_is_not_strict_or_too_large_is_refused() {
    let bytes = sample().to_json().unwrap();
    let limits = JsonLimits::default();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let twice = text.replacen("\"R-2\"", "\"R-1\"", 1);
    let cases: [(&[u8], JsonLimits); 4] = [
        (b"{", limits),
        (twice.as_bytes(), limits),
        (&bytes, limits.with_max_bytes(bytes.len() - 1)),
        (&bytes, limits.with_max_depth(3)),
    ];
    for (text, limits) in cases {
        let error = RiskRegister::from_json(text, &limits).unwrap_err();
        assert_eq!(error.code(), "rmf.read.json");
    }
}

proptest! {
    #[test]
    fn the_order_of_insertion_does_not_show(
        order in Just((0..12_usize).collect::<Vec<_>>()).prop_shuffle(),
        links in Just(vec!["LLM01:2026", "LLM04:2026", "CWE-502"]).prop_shuffle(),
    ) {
        let risk = |at: usize, links: &[&str]| {
            let id = format!("R-{at}");
            let start = if at.is_multiple_of(3) { opportunity(&id) } else { threat(&id) };
            let linked = links.iter();
            linked.fold(start, |risk, link| risk.taxonomy(link.parse().unwrap())).build().unwrap()
        };
        let sorted = register((0..12).map(|at| risk(at, &["CWE-502", "LLM01:2026", "LLM04:2026"])));
        let shuffled = register(order.iter().map(|at| risk(*at, &links)));
        let (sorted, shuffled) = (sorted.unwrap(), shuffled.unwrap());
        prop_assert_eq!(sorted.to_json().unwrap(), shuffled.to_json().unwrap());
        prop_assert_eq!(sorted.digest(), shuffled.digest());
    }
}
