use modelward_artifact::{AtlasTechnique, Digest};
use modelward_rmf::{
    AssetRef, ComponentRef, PackageUrl, Risk, RiskBuilder, RiskError, RiskRating, RiskStatement,
    RiskStatus, Treatment,
};
use proptest::prelude::*;

use crate::treatment::{action, at, day};

pub(crate) const SERIAL: &str = "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79";

pub(crate) fn rating(likelihood: &str, impact: &str) -> RiskRating {
    RiskRating::new(likelihood.parse().unwrap(), impact.parse().unwrap())
}

pub(crate) fn statement() -> RiskStatement {
    RiskStatement::new(
        "Data is not checked.",
        "Data is poisoned.",
        "Outputs are wrong.",
    )
    .unwrap()
}

pub(crate) fn threat(id: &str) -> RiskBuilder {
    let current = rating("likely", "major");
    Risk::threat(
        id.parse().unwrap(),
        statement(),
        current,
        at("2026-11-20T10:00:00Z"),
    )
}

pub(crate) fn opportunity(id: &str) -> RiskBuilder {
    let current = rating("possible", "minor");
    Risk::opportunity(
        id.parse().unwrap(),
        statement(),
        current,
        at("2026-11-20T10:00:00Z"),
    )
}

fn closed(on: &str) -> RiskStatus {
    RiskStatus::Closed {
        on: day(on),
        reason: "The model is retired.".parse().unwrap(),
    }
}

#[test]
fn risks_that_contradict_themselves_are_refused() {
    let plan = modelward_rmf::ActionPlan::new([action("A-1")]).unwrap();
    let pursue = Treatment::Pursue { actions: plan };
    assert!(opportunity("R-1").treatment(pursue.clone()).build().is_ok());
    assert!(threat("R-1").status(closed("2026-11-20")).build().is_ok());
    let cases = [
        (
            threat("R-1").treatment(pursue),
            "rmf.risk.pursued_threat",
            "threat cannot be pursued",
        ),
        (
            threat("R-1").status(RiskStatus::Treating),
            "rmf.risk.treated_undecided",
            "risk is being treated, but its treatment is undecided",
        ),
        (
            threat("R-1").status(closed("2026-11-19")),
            "rmf.risk.closed_before",
            "risk is closed on 2026-11-19, before it was identified at 2026-11-20T10:00:00Z",
        ),
        (
            threat("R-1")
                .incident("I-1".parse().unwrap())
                .incident("I-1".parse().unwrap()),
            "rmf.risk.link_twice",
            "incident `I-1` stands twice",
        ),
    ];
    for (builder, code, message) in cases {
        let error = builder.build().unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (code, message));
    }
}

#[test]
fn package_urls_have_a_type_and_a_name() {
    for url in [
        "pkg:huggingface/org/model@1",
        "pkg:pypi/torch",
        "pkg:generic/a%20b?x=y#z",
    ] {
        assert_eq!(PackageUrl::new(url).unwrap().as_str(), url);
    }
    let refused = [
        "",
        "pkg:",
        "pkg:pypi",
        "pkg:pypi/",
        "pkg:/torch",
        "pkg://pypi/torch",
        "PKG:pypi/torch",
        "pkg:pypi/to rch",
        "pkg:pypi/\u{e9}",
        "pkg:9p/a",
        "pkg:py pi/a",
        "https://example.org/a",
        "pkg:pypi/@1",
    ];
    for url in refused {
        let error = PackageUrl::new(url).unwrap_err();
        assert_eq!(error.code(), "rmf.risk.package_url", "{url}");
    }
}

#[test]
fn components_are_named_by_serial_number_and_bom_ref() {
    let component = ComponentRef::new(SERIAL, "model").unwrap();
    assert_eq!(component.to_string(), format!("{SERIAL}#model"));
    let cases = [
        (
            "3e671687-395b-41f5-a30f-a58921a69b79",
            "model",
            "rmf.risk.serial",
        ),
        (
            "urn:uuid:3E671687-395b-41f5-a30f-a58921a69b79",
            "model",
            "rmf.risk.serial",
        ),
        (
            "urn:uuid:3e671687395b41f5a30fa58921a69b79",
            "model",
            "rmf.risk.serial",
        ),
        (
            "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b7",
            "model",
            "rmf.risk.serial",
        ),
        (SERIAL, "", "rmf.risk.text"),
        ("", "model", "rmf.risk.text"),
    ];
    for (serial, bom_ref, code) in cases {
        let error = ComponentRef::new(serial, bom_ref).unwrap_err();
        assert_eq!(error.code(), code, "{serial} {bom_ref}");
    }
}

#[test]
fn assets_are_read_and_written_by_their_sort() {
    let digest = Digest::sha256(b"root");
    let cases = [
        (
            AssetRef::Component(ComponentRef::new(SERIAL, "model").unwrap()),
            format!(r#"{{"component":{{"serial":"{SERIAL}","bomRef":"model"}}}}"#),
        ),
        (
            AssetRef::Digest(digest),
            format!(r#"{{"digest":"{digest}"}}"#),
        ),
        (
            AssetRef::Named("The chat bot".parse().unwrap()),
            r#"{"named":"The chat bot"}"#.to_owned(),
        ),
        (
            AssetRef::Package(PackageUrl::new("pkg:pypi/torch").unwrap()),
            r#"{"package":"pkg:pypi/torch"}"#.to_owned(),
        ),
    ];
    for (asset, text) in cases {
        assert_eq!(serde_json::to_string(&asset).unwrap(), text);
        assert_eq!(serde_json::from_str::<AssetRef>(&text).unwrap(), asset);
    }
    let refused = [
        r#"{"component":{"serial":"urn:uuid:1","bomRef":"model"}}"#,
        r#"{"component":{"bomRef":"model"}}"#,
        r#"{"digest":"sha256:00"}"#,
        r#"{"package":"torch"}"#,
        r#"{"named":""}"#,
        r#"{"url":"https://example.org"}"#,
    ];
    for text in refused {
        assert!(serde_json::from_str::<AssetRef>(text).is_err(), "{text}");
    }
}

#[test]
fn a_statement_has_three_parts() {
    let cases = [
        (["", "b", "c"], "cause is not a valid text"),
        (["a", "-", "c"], "event is not a valid text"),
        (["a", "b", "\u{7}c"], "consequence is not a valid text"),
    ];
    for ([cause, event, consequence], message) in cases {
        let error: RiskError = RiskStatement::new(cause, event, consequence).unwrap_err();
        assert_eq!(error.to_string(), message);
        assert_eq!(error.code(), "rmf.risk.text");
    }
}

proptest! {
    #[test]
    fn an_id_that_is_read_is_written_as_it_was(text in "(AML\\.T|pkg:)?[ -~]{0,12}|.*") {
        if let Ok(technique) = text.parse::<AtlasTechnique>() {
            prop_assert_eq!(technique.to_string(), text.as_str());
        }
        if let Ok(package) = PackageUrl::new(&text) {
            prop_assert_eq!(package.as_str(), text.as_str());
        }
    }
}
