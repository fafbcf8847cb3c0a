use std::collections::BTreeSet;

use modelward_artifact::JsonLimits;
use modelward_incident::format::avid::{
    AvidReport, AvidTaxonomy, LifecycleStage, RiskDomain, SepCategory, Term, Vocabulary as _,
};
use serde_json::{Value, json};

use super::{report, value, vulnerability, whole_report, whole_vulnerability};

#[test]
fn a_whole_report_comes_back_member_for_member() {
    let whole = whole_report();
    let read = report(&whole).unwrap();
    assert_eq!(value(&read.to_json().unwrap()), whole);
    assert_eq!(read.deviations(), []);
    assert_eq!(read.id(), Some("ACME-R-7"));
    assert_eq!(read.reported_date().unwrap().to_string(), "2026-11-26");
    let metric = &read.metrics()[0];
    assert_eq!(metric.results().unwrap()["value"], json!(0.31));
    let impact = read.record().impact().unwrap();
    assert_eq!(impact.cvss().unwrap().base_score().as_f64(), Some(7.5));
    assert_eq!(impact.atlas()[0].technique(), Some("AML.T0020"));
    let odin = impact.odin().unwrap();
    assert_eq!(odin.jailbreak_taxonomy()[0].strategy(), Some("b"));
}

#[test]
fn a_whole_vulnerability_comes_back_member_for_member() {
    let whole = whole_vulnerability();
    let read = vulnerability(&whole).unwrap();
    assert_eq!(value(&read.to_json().unwrap()), whole);
    assert_eq!(read.deviations(), []);
    assert_eq!(read.id(), Some("ACME-V-7"));
    assert_eq!(read.published_date().unwrap().to_string(), "2026-11-26");
    let modified = read.last_modified_date().unwrap();
    assert_eq!(modified.to_string(), "2026-11-27");
    assert_eq!(read.reports()[0].name(), "Rows");
}

#[test]
fn a_member_that_is_null_is_as_one_that_is_not_there() {
    let mut whole = whole_report();
    for name in ["credit", "impact", "metrics", "reported_date", "metadata"] {
        whole[name] = Value::Null;
    }
    whole["problemtype"]["type"] = Value::Null;
    let read = report(&whole).unwrap();
    assert_eq!(read.deviations(), []);
    let written = value(&read.to_json().unwrap());
    let names: Vec<_> = written.as_object().unwrap().keys().collect();
    let expected = [
        "affects",
        "data_type",
        "data_version",
        "description",
        "problemtype",
        "references",
    ];
    assert_eq!(names, expected);
    assert!(written["problemtype"].get("type").is_none());
}

#[test]
fn the_data_type_is_avid_where_a_document_has_none() {
    let read = report(&json!({})).unwrap();
    assert_eq!(read.record().data_type(), "AVID");
    assert_eq!(
        value(&read.to_json().unwrap()),
        json!({"data_type": "AVID"})
    );
    let other = json!({"data_type": "ACME"});
    let read = report(&other).unwrap();
    assert_eq!(value(&read.to_json().unwrap()), other);
}

/// Each deviation is one that records of the database have.
#[test]
fn what_deviates_is_kept_and_listed_with_its_place() {
    let found = [
        (
            "/impact/avid/sep_view/0",
            json!("P0402: Physical Safety"),
            vec!["incident.avid.term /impact/avid/sep_view/0"],
        ),
        (
            "/problemtype/classof",
            json!(""),
            vec!["incident.avid.term /problemtype/classof"],
        ),
        (
            "/impact/avid/risk_domain/0",
            json!("Safety"),
            vec!["incident.avid.term /impact/avid/risk_domain/0"],
        ),
        (
            "/metrics/0",
            json!({"scorer": "combined", "metrics": "accuracy", "value": 0.5}),
            vec![
                "incident.avid.missing /metrics/0/detection_method",
                "incident.avid.unknown /metrics/0/metrics",
                "incident.avid.missing /metrics/0/name",
                "incident.avid.missing /metrics/0/results",
                "incident.avid.unknown /metrics/0/scorer",
                "incident.avid.unknown /metrics/0/value",
            ],
        ),
        (
            "/metadata",
            json!({"report_id": "", "a/b~c": [null]}),
            vec!["incident.avid.unknown /metadata/a~1b~0c"],
        ),
    ];
    for (pointer, put, expected) in found {
        let mut whole = whole_report();
        *whole.pointer_mut(pointer).unwrap() = put;
        let read = report(&whole).unwrap();
        assert_eq!(value(&read.to_json().unwrap()), whole, "{pointer}");
        let deviations = read.deviations();
        let listed = deviations.iter();
        let listed: Vec<_> = listed
            .map(|it| format!("{} {}", it.code(), it.subject().unwrap()))
            .collect();
        assert_eq!(listed, expected);
    }
}

#[test]
fn members_of_other_documents_are_kept_at_the_top() {
    let mut whole = whole_vulnerability();
    whole["metrics"] = json!([{"name": "HONEST", "results": {"score": [0.1754, -1.35]}}]);
    whole["reported_date"] = json!("not a date, and not looked at");
    let read = vulnerability(&whole).unwrap();
    assert_eq!(value(&read.to_json().unwrap()), whole);
    let deviations = read.deviations();
    let places: Vec<_> = deviations.iter().filter_map(|it| it.subject()).collect();
    assert_eq!(places, ["/metrics", "/reported_date"]);
}

#[test]
fn every_category_of_the_sep_view_is_found_by_its_code_and_its_text() {
    let mut codes = BTreeSet::new();
    for &category in SepCategory::ALL {
        let (code, label) = (category.code(), category.label());
        assert_eq!(category.wire(), format!("{code}: {label}"));
        assert_eq!(SepCategory::find(code), Some(category));
        assert_eq!(SepCategory::from_wire(category.wire()), Some(category));
        assert_eq!(Term::new(category.wire()), Term::from(category));
        assert_eq!(Term::<SepCategory>::new(code).known(), None);
        let letter = category.domain().wire().chars().next();
        assert_eq!(code.chars().next(), letter);
        codes.insert(code);
    }
    assert_eq!(codes.len(), 48);
}

#[test]
fn every_category_makes_a_taxonomy_of_its_domain_that_comes_back() {
    for &category in SepCategory::ALL {
        let taxonomy = AvidTaxonomy::new(&[category], &[LifecycleStage::Deployment]);
        let written = serde_json::to_value(&taxonomy).unwrap();
        assert_eq!(written["sep_view"], json!([category.wire()]));
        assert_eq!(written["risk_domain"], json!([category.domain().wire()]));
        let mut whole = whole_report();
        whole["impact"]["avid"] = written;
        let read = report(&whole).unwrap();
        assert_eq!(read.record().impact().unwrap().avid(), Some(&taxonomy));
        assert_eq!(read.deviations(), []);
    }
}

#[test]
fn domains_of_a_taxonomy_stand_once_and_in_order() {
    let categories = ["P0101", "S0600", "S0601", "E0301"].map(|it| SepCategory::find(it).unwrap());
    let taxonomy = AvidTaxonomy::new(&categories, &[]);
    let expected = [
        RiskDomain::Security,
        RiskDomain::Ethics,
        RiskDomain::Performance,
    ];
    assert_eq!(taxonomy.risk_domain(), expected.map(Term::from));
}

#[test]
fn the_order_of_members_does_not_change_what_is_written() {
    let whole = whole_report();
    let members = whole.as_object().unwrap().iter().rev();
    let members: Vec<_> = members
        .map(|(name, it)| format!("{name:?}: {it}"))
        .collect();
    let turned = format!("{{{}}}", members.join(", "));
    let again = AvidReport::from_json(turned.as_bytes(), &JsonLimits::default()).unwrap();
    let once = report(&whole).unwrap();
    assert_eq!(once.to_json().unwrap(), again.to_json().unwrap());
}
