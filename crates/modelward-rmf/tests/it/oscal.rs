use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use jsonschema::Validator;
use modelward_artifact::Digest;
use modelward_rmf::oscal::{
    self, NAMESPACE, OscalDocument, OscalError, OscalModel, OscalOptions, assessment_results,
    catalog, check, mapping_collection, plan_of_action,
};
use modelward_rmf::{Crosswalk, Rated, Subcategory};
use serde_json::{Value, json};

use crate::assessment::{builder, id, rated, sample};
use crate::official::published;
use crate::oscal_made::{Size, assessment, crosswalk, options, register};

const fn size(subcategories: usize, evidence: usize, risks: usize) -> Size {
    Size {
        subcategories,
        evidence,
        risks,
    }
}

/// Makes every kind of document, in several sizes, under a name.
pub(crate) fn documents() -> Vec<(String, OscalDocument)> {
    let mut made = vec![
        ("catalog".to_owned(), catalog(&options()).unwrap()),
        (
            "mapping-nasty".to_owned(),
            mapping_collection(&crosswalk(), &options()).unwrap(),
        ),
    ];
    let shipped = [
        Crosswalk::ssdf_218a(),
        Crosswalk::genai_600_1(),
        Crosswalk::draft_eu_ai_act(),
        Crosswalk::draft_iso_42001(),
        Crosswalk::draft_csf_2_0(),
        Crosswalk::draft_iso_5338(),
        Crosswalk::draft_owasp_ai_exchange(),
    ];
    for crosswalk in shipped {
        let name = format!(
            "mapping-{}-{}",
            crosswalk.source().id(),
            crosswalk.target().id()
        );
        made.push((name, mapping_collection(&crosswalk, &options()).unwrap()));
    }
    let sizes = (1..=19).map(|step| size(step, step * 2, step % 7));
    let sizes = sizes.chain([size(1, 0, 0), size(72, 0, 1), size(72, 200, 100)]);
    for made_of in sizes {
        let Size {
            subcategories,
            evidence,
            risks,
        } = made_of;
        let name = format!("{subcategories}-{evidence}-{risks}");
        let assessment = assessment(made_of);
        let register = (risks > 0).then(|| register(made_of));
        let results = assessment_results(&assessment, register.as_ref(), &options()).unwrap();
        made.push((format!("results-{name}"), results));
        let plan = plan_of_action(&assessment, register.as_ref(), &options()).unwrap();
        made.push((format!("plan-{name}"), plan));
    }
    made
}

fn schema(model: OscalModel) -> Option<Validator> {
    let name = match model {
        OscalModel::AssessmentResults => "assessment-results",
        OscalModel::Catalog => "catalog",
        OscalModel::MappingCollection => "mapping",
        _ => "poam",
    };
    let schema = published(&format!("oscal-schema/1.2.3/oscal_{name}_schema.json"))?;
    let validator = jsonschema::options().should_validate_formats(true);
    Some(validator.build(&schema).unwrap())
}

fn errors(schema: &Validator, document: &Value) -> Vec<String> {
    let errors = schema.iter_errors(document);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn every_document_is_valid_by_the_official_schemas() {
    let mut schemas = BTreeMap::new();
    for model in OscalModel::ALL {
        let Some(schema) = schema(model) else { return };
        schemas.insert(model, schema);
    }
    let mut judged = BTreeMap::new();
    for (name, document) in documents() {
        let found = errors(&schemas[&document.model()], document.value());
        assert!(
            found.is_empty(),
            "{name}: {:#?}",
            &found[..found.len().min(5)]
        );
        *judged.entry(document.model()).or_insert(0) += 1;
    }
    assert_eq!(judged.into_values().collect::<Vec<_>>(), [22, 1, 8, 22]);
}

#[test]
fn the_official_schemas_refuse_what_is_broken() {
    let made_of = size(72, 20, 10);
    let results = assessment_results(&assessment(made_of), Some(&register(made_of)), &options());
    let results = results.unwrap().into_value();
    let Some(schema) = schema(OscalModel::AssessmentResults) else {
        return;
    };
    assert_eq!(errors(&schema, &results), Vec::<String>::new());
    let v7 = "01935f5e-7b3a-7c4d-8e5f-0123456789ab";
    let cases = [
        ("/assessment-results/metadata/title", None),
        ("/assessment-results/metadata/extra", Some(json!("x"))),
        ("/assessment-results/uuid", Some(json!(v7))),
        (
            "/assessment-results/results/0/observations",
            Some(json!([])),
        ),
        (
            "/assessment-results/results/0/start",
            Some(json!("2026-11-26T10:00:00")),
        ),
        (
            "/assessment-results/results/0/title",
            Some(json!("two\nlines")),
        ),
        (
            "/assessment-results/metadata/props/0/value",
            Some(json!(" blank")),
        ),
        (
            "/assessment-results/metadata/props/0/name",
            Some(json!("two words")),
        ),
    ];
    for (place, value) in cases {
        let mut broken = results.clone();
        set(&mut broken, place, value);
        assert!(!errors(&schema, &broken).is_empty(), "{place}");
    }
}

/// Sets or removes what stands at a JSON pointer.
pub(crate) fn set(document: &mut Value, place: &str, value: Option<Value>) {
    let (parent, key) = place.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap();
    match (parent, value) {
        (Value::Object(members), Some(value)) => members.insert(key.to_owned(), value),
        (Value::Object(members), None) => members.remove(key),
        (parent, Some(value)) => {
            parent[key.parse::<usize>().unwrap()] = value;
            None
        }
        _ => unreachable!("nothing is taken out of a list"),
    };
}

#[test]
fn every_document_passes_our_own_checks() {
    for (name, document) in documents() {
        assert_eq!(check(document.value()), [], "{name}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for ((name, once), (_, again)) in documents().into_iter().zip(documents()) {
        assert_eq!(once.to_json().unwrap(), again.to_json().unwrap(), "{name}");
    }
    let size = size(72, 200, 100);
    let of = |size| assessment_results(&assessment(size), Some(&register(size)), &options());
    let bytes = of(size).unwrap().to_json().unwrap();
    let parsed: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(parsed, of(size).unwrap().into_value());
    assert!(bytes.ends_with(b"}\n") && !Digest::sha256(&bytes).to_hex().is_empty());
}

/// Writes all documents to the folder that `MODELWARD_OSCAL_OUT` names, for other readers.
#[test]
fn documents_are_written_for_other_readers() {
    let out = std::env::var_os("MODELWARD_OSCAL_OUT").map(PathBuf::from);
    let out = out.unwrap_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("oscal"));
    fs::create_dir_all(&out).unwrap();
    for (name, document) in documents() {
        let file = out.join(format!("{name}.json"));
        fs::write(file, document.to_json().unwrap()).unwrap();
    }
}

fn results_of(assessment: &modelward_rmf::Assessment) -> Value {
    let results = assessment_results(assessment, None, &options()).unwrap();
    results.into_value()["assessment-results"].take()
}

fn findings(results: &Value) -> &Vec<Value> {
    results["results"][0]["findings"].as_array().unwrap()
}

fn prop<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    let props = object["props"].as_array().unwrap();
    let prop = props.iter().find(|prop| prop["name"] == name)?;
    prop["value"].as_str()
}

#[test]
fn only_what_is_met_is_satisfied() {
    let results = results_of(&sample());
    let states: Vec<_> = findings(&results)
        .iter()
        .map(|finding| {
            let target = &finding["target"];
            [
                prop(finding, "subcategory"),
                prop(finding, "current-rating"),
                target["status"]["state"].as_str(),
                target["status"]["reason"].as_str(),
            ]
            .map(Option::unwrap_or_default)
        })
        .collect();
    let expected = [
        ["GOVERN 1.6", "met", "satisfied", "pass"],
        ["MEASURE 2.7", "partially-met", "not-satisfied", "fail"],
        ["MEASURE 2.10", "not-met", "not-satisfied", "fail"],
        ["MEASURE 2.12", "", "not-satisfied", "other"],
    ];
    assert_eq!(states, expected);
    let reviewed = &results["results"][0]["reviewed-controls"]["control-selections"][0];
    assert_eq!(reviewed["include-controls"].as_array().unwrap().len(), 4);
}

#[test]
fn evidence_can_be_found_again() {
    let results = results_of(&sample());
    let observation = &results["results"][0]["observations"][0];
    assert_eq!(observation["methods"], json!(["EXAMINE"]));
    assert_eq!(prop(observation, "evidence-id"), Some("E-1"));
    let href = observation["relevant-evidence"][0]["href"]
        .as_str()
        .unwrap();
    let resources = results["back-matter"]["resources"].as_array().unwrap();
    let resource = resources
        .iter()
        .find(|it| href[1..] == *it["uuid"].as_str().unwrap());
    let link = &resource.unwrap()["rlinks"][0];
    let digest = Digest::sha256(b"bom").to_hex();
    assert_eq!(
        link["hashes"],
        json!([{"algorithm": "SHA-256", "value": digest}])
    );
    // 32 bytes are 43 signs of base64url.
    let address = link["href"].as_str().unwrap();
    assert!(
        address.starts_with("ni:///sha-256;") && address.len() == 14 + 43,
        "{address}"
    );
    let second = results["results"][0]["observations"][1]["relevant-evidence"][0]["href"].as_str();
    let second = resources
        .iter()
        .find(|it| second.unwrap()[1..] == *it["uuid"].as_str().unwrap());
    let place = &second.unwrap()["rlinks"][0]["href"];
    assert_eq!(place, "https://example.org/report.pdf");
}

#[test]
fn risks_have_the_states_of_oscal() {
    let made_of = size(72, 0, 30);
    let results = assessment_results(&assessment(made_of), Some(&register(made_of)), &options());
    let results = results.unwrap().into_value();
    let risks = results["assessment-results"]["results"][0]["risks"].as_array();
    let mut states = BTreeMap::new();
    for risk in risks.unwrap() {
        let ours = ["treatment", "status", "acceptance-state"].map(|name| prop(risk, name));
        let ours = ours.map(Option::unwrap_or_default).join(" ");
        states.insert(ours.trim_end().to_owned(), risk["status"].as_str().unwrap());
    }
    let expected = [
        ("accept monitoring expired", "open"),
        ("accept monitoring revoked", "open"),
        ("accept open expired", "open"),
        ("avoid treating", "remediating"),
        ("mitigate treating revoked", "remediating"),
        ("mitigate treating valid", "remediating"),
        ("pursue treating", "remediating"),
        ("transfer monitoring", "open"),
        ("undecided open", "open"),
    ];
    for (ours, state) in expected {
        assert_eq!(states.get(ours), Some(&state), "{ours}: {states:#?}");
    }
    let closed = states.iter().filter(|(ours, _)| ours.contains("closed"));
    assert!(closed.clone().count() > 0 && closed.into_iter().all(|(_, state)| *state == "closed"));
}

#[test]
fn a_plan_lists_open_actions_and_then_gaps_by_urgency() {
    let made_of = size(4, 4, 1);
    let plan = plan_of_action(&assessment(made_of), Some(&register(made_of)), &options());
    let plan = plan.unwrap().into_value()["plan-of-action-and-milestones"].take();
    let items = plan["poam-items"].as_array().unwrap();
    let shown: Vec<_> = items
        .iter()
        .map(|item| {
            prop(item, "action-id")
                .or(prop(item, "subcategory"))
                .unwrap()
        })
        .collect();
    let expected = [
        "A-0.0",
        "A-0.1",
        "GOVERN 1.3",
        "GOVERN 1.6",
        "GOVERN 1.2",
        "GOVERN 1.5",
        "GOVERN 1.1",
    ];
    assert_eq!(shown, expected);
    assert_eq!(prop(&items[2], "rank"), Some("1"));
    assert_eq!(prop(&items[3], "gap"), Some("not-assessed"));
    assert!(items[2]["related-findings"].is_array() && items[3]["related-findings"].is_null());
    let response = &plan["risks"][0]["remediations"][2];
    let milestone = &response["tasks"][0];
    assert_eq!(
        milestone["timing"]["on-date"]["date"],
        "2027-01-31T23:59:59Z"
    );
    assert_eq!(
        plan["system-id"]["identifier-type"],
        format!("{NAMESPACE}/system")
    );
}

#[test]
fn a_draft_is_seen_to_be_one() {
    let mapping = mapping_collection(&Crosswalk::draft_csf_2_0(), &options()).unwrap();
    let mapping = &mapping.value()["mapping-collection"];
    assert_eq!(
        mapping["metadata"]["title"],
        "DRAFT: NIST AI RMF 1.0 to NIST CSF 2.0"
    );
    assert_eq!(mapping["provenance"]["status"], "draft");
    let first = &mapping["mappings"][0]["maps"][0];
    assert_eq!(first["sources"][0]["id-ref"], "govern-1.1");
    assert_eq!(first["targets"][0]["id-ref"], "GV.OC-03");
    assert_eq!(first["confidence-score"]["category"], "medium");
    assert_eq!(prop(first, "status"), Some("draft"));
    let final_one = mapping_collection(&Crosswalk::ssdf_218a(), &options()).unwrap();
    let remarks = &final_one.value()["mapping-collection"]["metadata"]["remarks"];
    assert!(!remarks.as_str().unwrap().contains("DRAFT"));
}

#[test]
fn a_catalog_has_every_subcategory_once_and_no_wording_of_nist() {
    let catalog = catalog(&options()).unwrap().into_value();
    let text = catalog.to_string();
    for subcategory in Subcategory::ALL {
        let id = format!("\"{}_stm\"", subcategory.oscal_id());
        assert_eq!(text.matches(&id).count(), 1, "{id}");
    }
    assert_eq!(text.matches("revision-exposed").count(), 5);
    let Some(core) = published("ai_rmf_core.json") else {
        return;
    };
    let statements = core["subcategories"].as_array().unwrap();
    assert_eq!(statements.len(), 72);
    for statement in statements {
        let statement = statement["text"].as_str().unwrap();
        assert!(!text.contains(statement), "{statement}");
    }
}

#[test]
fn uuids_stay_where_the_system_is_named() {
    let named = options().with_system_id("fraud-model").unwrap();
    let [first, second] = ["a", "b"].map(|rationale| {
        let assessment = builder().rate(id("GOVERN 1.6"), rated("met", rationale));
        let assessment = assessment.build().unwrap();
        let of = |options: &OscalOptions| {
            let results = assessment_results(&assessment, None, options).unwrap();
            let results = results.into_value()["assessment-results"].take();
            [
                results["uuid"].clone(),
                findings(&results)[0]["uuid"].clone(),
            ]
        };
        [of(&named), of(&options())]
    });
    let [[document, finding], [other_document, other_finding]] = first;
    let [[document_2, finding_2], [other_document_2, other_finding_2]] = second;
    assert_eq!(finding, finding_2);
    assert_ne!(document, document_2);
    assert_ne!(other_document, other_document_2);
    assert_ne!(other_finding, other_finding_2);
}

#[test]
fn namespace_ids_and_plan_are_the_callers() {
    let options = options()
        .with_namespace("urn:example:ns")
        .unwrap()
        .with_control_ids(|subcategory| format!("x_{}", subcategory.short()))
        .unwrap()
        .with_import_ap("plan.json#part")
        .unwrap();
    let results = assessment_results(&sample(), None, &options).unwrap();
    assert_eq!(check(results.value()), []);
    let text = results.value().to_string();
    assert!(!text.contains(NAMESPACE) && text.contains("urn:example:ns"));
    let results = &results.value()["assessment-results"];
    assert_eq!(results["import-ap"]["href"], "plan.json#part");
    let target = &findings(results)[0]["target"];
    assert_eq!(target["target-id"], "x_GV-1.6_stm");
}

#[test]
fn what_has_no_oscal_form_is_refused_and_named() {
    let at = "2026-11-26T10:00:00Z".parse().unwrap();
    let empty = builder().build().unwrap();
    let late = builder().rate(id("MAP 1.1"), Rated::new("met", "a").unwrap());
    let late_evidence = crate::assessment::document_evidence("a");
    let late_evidence = late_evidence
        .expiring("3000-01-01".parse().unwrap())
        .unwrap();
    let late = late.evidence("E-1".parse().unwrap(), late_evidence);
    let late = late.build().unwrap();
    let no_rows = Crosswalk::new(
        Crosswalk::ssdf_218a().source().clone(),
        Crosswalk::ssdf_218a().target().clone(),
        Crosswalk::ssdf_218a().provenance().clone(),
        [],
    );
    let one = |_: Subcategory| "one".to_owned();
    let blank = |_: Subcategory| "no token".to_owned();
    let cases: [(Result<(), OscalError>, &str, &str); 11] = [
        (
            assessment_results(&empty, None, &options()).map(drop),
            "rmf.oscal.nothing_assessed",
            "assessment has no determination",
        ),
        (
            plan_of_action(&sample(), None, &options()).map(drop),
            "rmf.oscal.nothing_open",
            "no action and no gap is open",
        ),
        (
            assessment_results(&late, None, &options()).map(drop),
            "rmf.oscal.year",
            "expiry of evidence 3000-01-01 is after the year 2999, the last that OSCAL has",
        ),
        (
            mapping_collection(&no_rows.unwrap(), &options()).map(drop),
            "rmf.oscal.no_rows",
            "crosswalk has no rows to map",
        ),
        (
            OscalOptions::new(at, " 1").map(drop),
            "rmf.oscal.line",
            "version is not one line of text without blanks around it",
        ),
        (
            options().with_system_id("a\u{1}b").map(drop),
            "rmf.oscal.line",
            "system id is not one line of text without blanks around it",
        ),
        (
            options().with_namespace("no address").map(drop),
            "rmf.oscal.address",
            "namespace `no address` is not an address that OSCAL takes",
        ),
        (
            options().with_namespace("urn:").map(drop),
            "rmf.oscal.address",
            "namespace `urn:` is not an address that OSCAL takes",
        ),
        (
            options().with_import_ap("#here").map(drop),
            "rmf.oscal.address",
            "assessment plan `#here` is not an address that OSCAL takes",
        ),
        (
            options().with_control_ids(blank).map(drop),
            "rmf.oscal.control_id",
            "control id `no token` of GOVERN 1.1 is no token",
        ),
        (
            options().with_control_ids(one).map(drop),
            "rmf.oscal.control_id_twice",
            "GOVERN 1.1 and GOVERN 1.2 have one control id, `one`",
        ),
    ];
    for (result, code, message) in cases {
        let error = result.unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (code, message));
    }
    assert_eq!(oscal::OSCAL_VERSION, "1.2.1");
}
