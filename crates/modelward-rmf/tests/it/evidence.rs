use modelward_rmf::{Collection, Evidence, EvidenceSource, Method, Period, Polarity};
use serde_json::json;

use crate::assessment::{collected, document_evidence, id, party};

#[test]
fn evidence_of_every_kind_is_read_as_it_is_written() {
    let digest = "sha256:23f3770b6441c8d5c9c5fd6b364972b0bf29ae5cd1782749edaae17847dac020";
    let cases = [
        json!({"kind": "bom-component", "serial": "urn:uuid:1", "version": 1, "bomRef": "m"}),
        json!({"kind": "document", "title": "Policy"}),
        json!({"kind": "graph-finding", "report": digest, "finding": "G-7"}),
        json!({"kind": "incident", "incident": "INC-7"}),
        json!({"kind": "interview", "with": "Jo"}),
        json!({"kind": "test-run", "tool": "garak 0.13", "run": "4711"}),
        json!({"kind": "verified-signature", "subject": digest, "bundle": digest,
            "identity": "jo@example.org"}),
    ];
    for source in cases {
        let method = match source["kind"].as_str().unwrap() {
            "interview" => "interview",
            _ => "examine",
        };
        let document = json!({
            "source": source,
            "method": method,
            "collector": {"name": "Ada", "organization": "Org"},
            "collected": "2026-11-20T10:00:00Z",
            "description": "What it shows.",
            "period": {"from": "2026-01-01", "to": "2026-06-30"},
            "expires": "2027-01-01",
            "digest": digest,
            "location": "reports/7.pdf",
            "bearsOn": {"GOVERN 1.6": "supports", "MEASURE 2.10": "contradicts"},
        });
        let evidence: Evidence = serde_json::from_value(document.clone()).unwrap();
        assert_eq!(serde_json::to_value(&evidence).unwrap(), document);
        assert_eq!(evidence.source().kind(), source["kind"]);
        assert!(evidence.source().describe().len() > 8);
    }
}

#[test]
fn what_contradicts_itself_is_no_evidence() {
    let interview = EvidenceSource::Interview { with: party("Jo") };
    let day = |text: &str| text.parse().unwrap();
    let cases = [
        (
            Evidence::new(interview, collected(Method::Examine)).unwrap_err(),
            "rmf.evidence.method",
            "an interview is collected by interview, not by examine",
        ),
        (
            document_evidence("a")
                .expiring(day("2026-11-19"))
                .unwrap_err(),
            "rmf.evidence.expiry",
            "evidence expires on 2026-11-19, before it was collected on 2026-11-20",
        ),
        (
            Period::new(day("2026-02-01"), day("2026-01-31")).unwrap_err(),
            "rmf.evidence.period",
            "period from 2026-02-01 ends on 2026-01-31, before it begins",
        ),
        (
            document_evidence("a").with_location(" ").unwrap_err(),
            "rmf.evidence.text",
            "evidence has an invalid text",
        ),
    ];
    for (error, code, message) in cases {
        assert_eq!((error.code(), error.to_string().as_str()), (code, message));
    }
}

#[test]
fn evidence_counts_from_its_collection_to_the_end_of_its_last_day() {
    let evidence = document_evidence("a")
        .expiring("2026-11-30".parse().unwrap())
        .unwrap();
    let cases = [
        ("2026-11-20T09:59:59Z", false),
        ("2026-11-20T10:00:00Z", true),
        ("2026-11-30T23:59:59Z", true),
        ("2026-12-01T00:00:00Z", false),
    ];
    for (now, counts) in cases {
        assert_eq!(evidence.is_current(now.parse().unwrap()), counts, "{now}");
    }
    let endless = document_evidence("a");
    assert!(endless.is_current("2999-01-01T00:00:00Z".parse().unwrap()));
}

#[test]
fn the_last_word_on_a_subcategory_holds() {
    let evidence = document_evidence("a")
        .bearing_on(id("MAP 1.1"), Polarity::Supports)
        .bearing_on(id("GOVERN 1.1"), Polarity::Supports)
        .bearing_on(id("MAP 1.1"), Polarity::Contradicts);
    let all: Vec<_> = evidence.bears_on().collect();
    let expected = [
        (id("GOVERN 1.1"), Polarity::Supports),
        (id("MAP 1.1"), Polarity::Contradicts),
    ];
    assert_eq!(all, expected);
    assert_eq!(evidence.polarity(id("MAP 1.2")), None);
    let collection = Collection::new(Method::Test, party("Jo"), evidence.collected());
    let run = EvidenceSource::TestRun {
        tool: "t".parse().unwrap(),
        run: "1".parse().unwrap(),
    };
    assert_eq!(
        Evidence::new(run, collection).unwrap().method(),
        Method::Test
    );
}
