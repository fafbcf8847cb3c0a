//! What documents contradict each other in, with the documents named.

use modelward_artifact::Digest;
use modelward_audit::fleet::FleetConflict;
use modelward_bom::MlBom;
use serde_json::{Value, json};

use super::{BASE, bom, fleet, model};

fn hashes(of: &str) -> Value {
    json!([{"alg": "SHA-256", "content": Digest::sha256(of.as_bytes()).to_hex()}])
}

/// Two documents that describe one base model in two ways.
fn both(one: &Value, other: &Value) -> [(&'static str, MlBom); 2] {
    let about = |more: &Value| bom(&model("base", more), &json!({}));
    let with_purl = |more: &Value| {
        let mut more = more.clone();
        more["purl"] = json!(BASE);
        about(&more)
    };
    [("a", with_purl(one)), ("b", with_purl(other))]
}

fn ancestor(name: &str) -> Value {
    let purl = format!("pkg:huggingface/acme/{name}@1");
    let ancestor = json!({"type": "machine-learning-model", "name": name, "purl": purl});
    json!({"pedigree": {"ancestors": [ancestor]}})
}

#[test]
fn what_documents_say_differently_of_one_thing_is_found_with_both_named() {
    let sha = |of: &str| Digest::sha256(of.as_bytes()).to_string();
    let (one, two) = (sha("1"), sha("2"));
    let mut digests = [format!("{one} (a)"), format!("{two} (b)")];
    digests.sort();
    let cases = [
        (
            json!({"version": "1"}),
            json!({"version": "2"}),
            FleetConflict::Version,
            "has different versions: 1 (a); 2 (b)".to_owned(),
        ),
        (
            json!({"licenses": [{"license": {"id": "MIT"}}]}),
            json!({"licenses": [{"expression": "Apache-2.0 OR MIT"}]}),
            FleetConflict::License,
            "has different licenses: Apache-2.0 OR MIT (b); MIT (a)".to_owned(),
        ),
        (
            json!({}),
            json!({"name": "other"}),
            FleetConflict::Name,
            "has different names: base (a); other (b)".to_owned(),
        ),
        (
            json!({}),
            json!({"type": "data"}),
            FleetConflict::Kind,
            "is of different kinds: dataset (b); model (a)".to_owned(),
        ),
        (
            json!({"hashes": hashes("1")}),
            json!({"hashes": hashes("2")}),
            FleetConflict::Digest,
            format!("has different digests: {}; {}", digests[0], digests[1]),
        ),
        (
            json!({"supplier": {"name": "Acme"}}),
            json!({"supplier": {"name": "Bcme"}}),
            FleetConflict::Supplier,
            "comes from different suppliers: ".to_owned(),
        ),
        (
            ancestor("one"),
            ancestor("two"),
            FleetConflict::BaseModel,
            "is derived from different base models: pkg:huggingface/acme/one@1 (a); \
             pkg:huggingface/acme/two@1 (b)"
                .to_owned(),
        ),
    ];
    for (one, other, conflict, text) in cases {
        let fleet = fleet(&both(&one, &other));
        let [finding] = fleet.findings() else {
            panic!("{conflict:?}: {:?}", fleet.findings());
        };
        assert_eq!(finding.conflict(), conflict);
        assert_eq!(finding.subject(), BASE);
        assert_eq!(
            finding.documents().into_iter().collect::<Vec<_>>(),
            ["a", "b"]
        );
        assert!(
            finding.to_string().starts_with(&format!("{BASE} {text}")),
            "{finding}"
        );
        let for_gate = finding.to_finding();
        assert_eq!(for_gate.code(), conflict.code());
        // Nothing is lost: what one document alone says is in the graph.
        assert!(fleet.graph().node(BASE).unwrap().statements().len() >= 1);
    }
}

#[test]
fn what_one_document_adds_is_no_contradiction() {
    let supplier = json!({"supplier": {"name": "Acme"}});
    let more = json!({"supplier": {"name": "Acme"}, "publisher": "Hub", "version": "1"});
    let two_bases = json!({"pedigree": {"ancestors": [
        {"type": "machine-learning-model", "name": "one", "purl": "pkg:huggingface/acme/one@1"},
        {"type": "machine-learning-model", "name": "two", "purl": "pkg:huggingface/acme/two@1"},
    ]}});
    for (one, other) in [
        (json!({}), json!({"version": "1"})),
        (json!({}), json!({"hashes": hashes("1")})),
        (supplier, more),
        (ancestor("one"), two_bases),
    ] {
        assert_eq!(fleet(&both(&one, &other)).findings(), [], "{one} {other}");
    }
}

#[test]
fn rings_dangling_and_doubled_names_are_found() {
    let other = "pkg:huggingface/acme/other@1";
    let back = |name: &str, purl: &str| json!({"type": "machine-learning-model", "name": name, "purl": purl});
    let derived = |of: Value| json!({"purl": BASE, "pedigree": {"ancestors": [of]}});
    let ring = [
        (
            "a",
            bom(&model("base", &derived(back("other", other))), &json!({})),
        ),
        ("b", {
            let mut more = derived(back("base", BASE));
            more["purl"] = json!(other);
            bom(&model("other", &more), &json!({}))
        }),
    ];
    let found = fleet(&ring);
    let [finding] = found.findings() else {
        panic!("{:?}", found.findings());
    };
    assert_eq!(finding.conflict(), FleetConflict::Cycle);
    assert_eq!(
        finding.documents().into_iter().collect::<Vec<_>>(),
        ["a", "b"]
    );

    let library = |name: &str| json!({"type": "library", "name": name, "bom-ref": "twice"});
    let more = json!({
        "components": [library("one"), library("two")],
        "dependencies": [{"ref": "model", "dependsOn": ["nothing"]}],
    });
    let found = fleet(&[("doc", bom(&model("m", &json!({})), &more))]);
    let found: Vec<_> = found.findings().iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "nothing is related and not described in its document: doc",
            "twice is the name of two things in one document: doc",
        ],
    );
}

#[test]
fn a_digest_of_several_named_things_is_ambiguous_and_joins_none() {
    let named = |name: &str| {
        let purl = format!("pkg:huggingface/acme/{name}@1");
        bom(
            &model(name, &json!({"purl": purl, "hashes": hashes("1")})),
            &json!({}),
        )
    };
    let nameless = bom(&model("copy", &json!({"hashes": hashes("1")})), &json!({}));
    let boms = [("a", named("a")), ("b", named("b")), ("c", nameless)];
    let found = fleet(&boms);
    assert_eq!(found.graph().node_count(), 3);
    let codes: Vec<_> = found
        .findings()
        .iter()
        .map(|it| it.conflict().code())
        .collect();
    assert_eq!(codes, ["audit.fleet.ambiguous_digest"]);
    assert_eq!(found.findings()[0].statements().len(), 3);
}

#[test]
fn hostile_names_do_not_reach_a_terminal() {
    let evil = "\u{1b}[31mred\u{202e}";
    let found = fleet(&both(&json!({}), &json!({"name": evil})));
    let shown = found.findings()[0].to_string();
    assert!(
        !shown.contains('\u{1b}') && !shown.contains('\u{202e}'),
        "{shown}"
    );
}

#[test]
fn every_conflict_has_a_code_of_its_own() {
    let mut codes: Vec<_> = FleetConflict::ALL.iter().map(|it| it.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), FleetConflict::ALL.len());
}
