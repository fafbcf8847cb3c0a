//! The export to SPDX 3.

mod account;
mod mapping;

use modelward_artifact::Timestamp;
use modelward_bom::spdx3::{ExportSpdx3Error, Spdx3Export, Spdx3Options, export};
use serde_json::{Value, json};

/// A document that has something in every place that the export knows.
const FULL: &str = include_str!("spdx3/full.json");

#[test]
fn the_document_says_who_made_it_when_and_with_what() {
    let made = exported(&full());
    let info = &graph(&made)[0];
    assert_eq!(info["type"], "CreationInfo");
    assert_eq!(
        info["created"], "2026-11-23T10:00:00Z",
        "in UTC and whole seconds"
    );
    assert_eq!(info["comment"], "Made of a CycloneDX 1.6 document");
    let names = |member: &str| {
        let ids = info[member].as_array().expect("a list");
        let mut names: Vec<&str> = ids.iter().map(|id| shown(&made, id)).collect();
        names.sort_unstable();
        names
    };
    let own = concat!("modelward-bom-", env!("CARGO_PKG_VERSION"));
    assert_eq!(names("createdBy"), ["Acme", "Ada"]);
    assert_eq!(names("createdUsing"), ["maker-2.0", own, "registry"]);
    let document = of_type(&made, "SpdxDocument");
    assert_eq!(shown(&made, &document["dataLicense"]), "CC0-1.0");
    let link = "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/2";
    assert_eq!(document["externalIdentifier"][0]["identifier"], link);
    let sbom = of_type(&made, "software_Sbom");
    assert_eq!(document["rootElement"][0], sbom["spdxId"]);
    assert_eq!(shown(&made, &sbom["rootElement"][0]), "sorter");
    assert_eq!(sbom["software_sbomType"], json!(["analyzed"]));

    let sparse = exported(&model(&json!({})));
    let info = &graph(&sparse)[0];
    assert_eq!(
        info["created"], "1970-01-01T00:00:00Z",
        "the time of the options"
    );
    assert_eq!(
        shown(&sparse, &info["createdBy"][0]),
        own,
        "this crate made the output"
    );
}

#[test]
fn members_of_the_older_version_are_read() {
    let mut bom = full();
    bom["specVersion"] = "1.5".into();
    bom["metadata"]["tools"] = json!([{"vendor": "Acme", "name": "maker", "version": "1"}]);
    bom["metadata"]["manufacture"] = json!({"name": "Old Works"});
    let component = bom["metadata"]["component"].as_object_mut().expect("it is");
    component.remove("manufacturer");
    component.remove("author");
    component.remove("authors");
    let made = exported(&bom);
    assert_eq!(
        shown(&made, &named(&made, "sorter")["originatedBy"][0]),
        "Old Works"
    );
    assert_eq!(named(&made, "maker-1")["type"], "Tool");
}

#[test]
fn a_profile_is_claimed_where_all_that_it_requires_is_stated() {
    let complete = json!({
        "version": "1",
        "supplier": {"name": "Acme"},
        "externalReferences": [{"type": "distribution", "url": "https://acme.example/m"}],
        "releaseNotes": {"type": "major", "timestamp": "2026-01-01T00:00:00Z"},
    });
    let made = exported(&model(&complete));
    assert_eq!(made.unmet(), []);
    let claims = |made: &Spdx3Export| of_type(made, "SpdxDocument")["profileConformance"].clone();
    assert_eq!(
        claims(&made),
        json!(["ai", "core", "simpleLicensing", "software"])
    );
    for (member, property) in [
        ("version", "software_packageVersion"),
        ("supplier", "suppliedBy"),
        ("externalReferences", "software_downloadLocation"),
        ("releaseNotes", "releaseTime"),
    ] {
        let mut lacking = complete.clone();
        lacking.as_object_mut().expect("it is").remove(member);
        let made = exported(&model(&lacking));
        let [unmet] = made.unmet() else {
            panic!("{member}: {:?}", made.unmet());
        };
        assert_eq!(unmet.property(), property);
        assert_eq!(unmet.class(), "ai_AIPackage");
        assert_eq!(unmet.pointer(), "/metadata/component");
        assert_eq!(unmet.element(), named(&made, "m")["spdxId"]);
        assert_eq!(
            claims(&made),
            json!(["core", "simpleLicensing", "software"])
        );
    }
}

#[test]
fn names_of_elements_stay_apart_and_are_the_same_each_time() {
    let mut bom = full();
    bom["components"] = json!([
        {"type": "file", "bom-ref": "a b", "name": "1"},
        {"type": "file", "bom-ref": "a%20b", "name": "2"},
        {"type": "file", "bom-ref": "a#b/ü", "name": "3"},
        {"type": "file", "name": "4"},
    ]);
    let options = options()
        .with_namespace("https://acme.example/spdx/1")
        .expect("an IRI");
    let made = export(&bom, &options).expect("it can be exported");
    for (name, id) in [
        ("1", "https://acme.example/spdx/1#ref/a%20b"),
        ("2", "https://acme.example/spdx/1#ref/a%2520b"),
        ("3", "https://acme.example/spdx/1#ref/a%23b%2F%C3%BC"),
        ("4", "https://acme.example/spdx/1#at/%2Fcomponents%2F3"),
    ] {
        assert_eq!(named(&made, name)["spdxId"], id);
    }
    let again = export(&bom, &options).expect("it can be exported");
    assert_eq!(made.to_json().unwrap(), again.to_json().unwrap());

    let id = |bom: &Value| of_type(&exported(bom), "SpdxDocument")["spdxId"].clone();
    let (mut newer, mut unnumbered) = (bom.clone(), bom.clone());
    newer["version"] = 3.into();
    unnumbered
        .as_object_mut()
        .expect("it is")
        .remove("serialNumber");
    let ids = [id(&bom), id(&newer), id(&unnumbered)];
    assert!(
        ids.iter()
            .all(|id| id.as_str().is_some_and(|id| id.starts_with("urn:uuid:")))
    );
    assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2]);
}

#[test]
fn what_cannot_be_exported_is_refused_with_a_code() {
    let mut deep = json!(0);
    for _ in 0..200 {
        deep = json!([deep]);
    }
    let mut nested = full();
    nested["deep"] = deep;
    let mut twice = full();
    twice["components"][0]["bom-ref"] = "model".into();
    for (bom, code, text) in [
        (
            json!({}),
            "bom.spdx3.format",
            "expected a CycloneDX document of version 1.2 to 1.7, found nothing nothing",
        ),
        (
            json!({"bomFormat": "CycloneDX", "specVersion": "1.1"}),
            "bom.spdx3.format",
            "expected a CycloneDX document of version 1.2 to 1.7, found CycloneDX 1.1",
        ),
        (
            nested,
            "bom.spdx3.depth",
            "the document nests deeper than 128 levels",
        ),
        (
            twice,
            "bom.spdx3.duplicate",
            "bom-ref `model` at /components/0 stands at /metadata/component too",
        ),
    ] {
        let error = export(&bom, &options()).expect_err(code);
        assert_eq!((error.code(), error.to_string().as_str()), (code, text));
    }
}

#[test]
fn a_namespace_is_an_absolute_iri_without_a_fragment() {
    for namespace in ["", "acme", "https://a b", "https://a#b", ":x", "1:x"] {
        let error = options().with_namespace(namespace).expect_err(namespace);
        assert!(
            matches!(error, ExportSpdx3Error::Namespace { .. }),
            "{namespace}"
        );
        assert_eq!(error.code(), "bom.spdx3.namespace");
    }
}

fn full() -> Value {
    serde_json::from_str(FULL).expect("the document is JSON")
}

/// A document about a model with these members.
fn model(members: &Value) -> Value {
    let mut component = json!({"type": "machine-learning-model", "bom-ref": "m", "name": "m"});
    for (name, value) in members.as_object().expect("members") {
        component[name] = value.clone();
    }
    json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": component}})
}

fn options() -> Spdx3Options {
    Spdx3Options::new(Timestamp::UNIX_EPOCH)
}

fn exported(bom: &Value) -> Spdx3Export {
    export(bom, &options()).expect("it can be exported")
}

fn graph(made: &Spdx3Export) -> &[Value] {
    made.document()["@graph"].as_array().expect("a list")
}

fn of_type<'a>(made: &'a Spdx3Export, kind: &str) -> &'a Value {
    let found = graph(made).iter().find(|node| node["type"] == kind);
    found.unwrap_or_else(|| panic!("nothing is a {kind}"))
}

/// The first element of a name that is neither the document nor the SBOM, which have it too.
fn named<'a>(made: &'a Spdx3Export, name: &str) -> &'a Value {
    let collections = ["SpdxDocument", "software_Sbom"];
    let found = graph(made)
        .iter()
        .find(|node| node["name"] == name && !collections.iter().any(|kind| node["type"] == *kind));
    found.unwrap_or_else(|| panic!("nothing is called {name}"))
}

/// The name of an element, or its expression, or its id where it is none of the document.
fn shown<'a>(made: &'a Spdx3Export, id: &'a Value) -> &'a str {
    let element = graph(made).iter().find(|node| node["spdxId"] == *id);
    let name = element.and_then(|element| {
        let names = [
            &element["name"],
            &element["simplelicensing_licenseExpression"],
        ];
        names.into_iter().find_map(Value::as_str)
    });
    name.or(id.as_str()).expect("an id is text")
}
