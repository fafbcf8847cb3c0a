use modelward_artifact::AtlasTechnique;
use modelward_incident::format::atlas::{
    AtlasData, AtlasDeviation, AtlasLayout, AtlasTactic, CaseStudy, DateGranularity, DeviationKind,
    ProcedureStep, StudyKind, TacticId, TechniqueEntry,
};
use serde_json::{Value, json};

use super::{case_study, data, embedded, relation, separate, study};

fn technique(id: &str) -> AtlasTechnique {
    id.parse().unwrap()
}

fn same_of_both(atlas: &AtlasData) {
    let tactics: Vec<_> = atlas.tactics().iter().map(AtlasTactic::name).collect();
    assert_eq!(tactics, ["Get In", "Stage"]);
    assert_eq!(atlas.tactics()[0].attack().unwrap().id(), "TA0001");
    let (whole, part) = (technique("AML.T0010"), technique("AML.T0010.003"));
    assert_eq!(atlas.full_name(whole).as_deref(), Some("Supplier"));
    assert_eq!(atlas.full_name(part).as_deref(), Some("Supplier: Model"));
    assert_eq!(atlas.full_name(technique("AML.T0099")), None);
    for id in [whole, part] {
        let tactics: Vec<_> = atlas.tactics_of(id).iter().map(TacticId::as_str).collect();
        assert_eq!(tactics, ["AML.TA0004"], "{id}");
    }
    let parts: Vec<_> = atlas.parts_of(whole).map(TechniqueEntry::id).collect();
    assert_eq!(parts, [part]);
    let (mitigation, used) = atlas.mitigations_of(part).next().unwrap();
    assert_eq!(used.description(), Some("Refuse what is not signed."));
    assert_eq!(mitigation.categories().collect::<Vec<_>>(), ["Policy"]);
    assert_eq!(mitigation.phases().collect::<Vec<_>>(), ["Deployment"]);
    assert_eq!(atlas.mitigations_of(whole).count(), 0);
    let study = atlas.case_study(&"AML.CS9000".parse().unwrap()).unwrap();
    assert_eq!(study.summary(), "A model was planted.\n\nIt was found.");
    assert_eq!(study.kind(), Some(&StudyKind::Incident));
    assert_eq!(study.date().granularity(), DateGranularity::Month);
    let steps = study.procedure().iter();
    let steps: Vec<_> = steps
        .map(|it| (it.technique().unwrap(), it.description()))
        .collect();
    assert_eq!(steps, [(part, "They planted it."), (whole, "They waited.")]);
    assert_eq!(atlas.deviations(), []);
}

#[test]
fn both_layouts_say_the_same() {
    let old = data(&embedded()).unwrap();
    same_of_both(&old);
    assert_eq!((old.version(), old.format_version()), ("5.6.0", None));
    assert_eq!(old.layout(), AtlasLayout::Embedded);
    let new = data(&separate()).unwrap();
    same_of_both(&new);
    assert_eq!(
        (new.version(), new.format_version()),
        ("2026.08", Some("6.0.0"))
    );
    assert_eq!(new.layout(), AtlasLayout::Separate);
    assert_eq!((old.name(), new.name()), (Some("Ours"), Some("Ours")));
}

#[test]
fn members_that_are_not_known_are_kept() {
    let old = data(&embedded()).unwrap();
    assert_eq!(old.others()["more"], 1);
    assert_eq!(
        old.others()["matrices"],
        json!([{"id": "ATLAS", "name": "Matrix"}])
    );
    assert_eq!(old.tactics()[0].others()["created_date"], "2022-01-24");
    let new = data(&separate()).unwrap();
    assert_eq!(new.others()["matrix"]["id"], "ATLAS-matrix");
    assert_eq!(new.others()["collection"]["id"], "ATLAS-collection");
    assert_eq!(new.tactics()[1].others()["uuid"], "0b8c");
    let study = &new.case_studies()[0];
    assert_eq!(study.others()["uuid"], "77aa");
    assert_eq!(study.references()[0].others()["id"], "ref-1");
    assert_eq!(study.procedure()[0].others()["leads-to"], json!(["S01"]));
}

#[test]
fn a_relation_that_is_not_understood_is_kept_as_it_stood() {
    let mut document = separate();
    let more = [
        relation("AML.M0013", "AML.T0010", "defeats", json!({})),
        relation(
            "AML.T0010",
            "AML.TA0001",
            "achieves",
            json!({"since": "2026.07"}),
        ),
        relation("AML.M0099", "AML.T0010", "mitigates", json!({})),
        relation(
            "AML.CS9999",
            "AML.T0010",
            "employs",
            json!({"tactic": "AML.TA0004"}),
        ),
    ];
    for relation in &more {
        let (source, kind) = (&relation["source"], &relation["relationship-type"]);
        let group = &mut document["relationships"][source.as_str().unwrap()];
        group[kind.as_str().unwrap()] = json!([relation]);
    }
    let atlas = data(&document).unwrap();
    let kept = &atlas.others()["relationships"];
    for relation in &more {
        let (source, kind) = (&relation["source"], &relation["relationship-type"]);
        let found = &kept[source.as_str().unwrap()][kind.as_str().unwrap()];
        assert_eq!(found, &json!([relation]));
    }
    let mut deviations = atlas.deviations().iter().map(ToString::to_string);
    let expected = [
        "/relationships/AML.M0099/mitigates/0: a relation of AML.M0099, which the data does not have",
        "/relationships/AML.CS9999/employs/0: a relation of AML.CS9999, which the data does not have",
    ];
    assert!(expected.iter().all(|text| deviations.any(|it| it == *text)));
}

#[test]
fn what_deviates_is_read_and_listed() {
    let misplaced = json!({"id": "AML.T0010", "use": "Train people."});
    let mut document = embedded();
    let mitigation = &mut document["matrices"][0]["mitigations"][0];
    mitigation["ml-lifecycle"]
        .as_array_mut()
        .unwrap()
        .push(misplaced);
    document["matrices"][0]["techniques"][1]["subtechnique-of"] = "AML.T0077".into();
    document["case-studies"][0]["procedure"][1]["tactic"] = "AML.TA0099".into();
    let atlas = data(&document).unwrap();
    let found: Vec<_> = atlas
        .deviations()
        .iter()
        .map(|it| (it.pointer(), it.kind()))
        .collect();
    let part = "/matrices/0/techniques/1/subtechnique-of";
    let (stated, technique) = (technique("AML.T0077"), technique("AML.T0010"));
    assert_eq!(
        found,
        [
            (part, &DeviationKind::Parent { stated }),
            (
                "/matrices/0/mitigations/0/ml-lifecycle/1",
                &DeviationKind::MisplacedTechnique { technique }
            ),
            (
                "/case-studies/0/procedure/1/tactic",
                &DeviationKind::UnknownTactic {
                    tactic: "AML.TA0099".parse().unwrap()
                }
            ),
            (part, &DeviationKind::UnknownTechnique { technique: stated }),
        ]
    );
    let uses: Vec<_> = atlas.mitigations()[0]
        .uses()
        .iter()
        .map(|it| it.description())
        .collect();
    assert_eq!(
        uses,
        [Some("Refuse what is not signed."), Some("Train people.")]
    );
    assert_eq!(atlas.mitigations()[0].phases().count(), 1);
}

#[test]
fn steps_that_are_no_chain_are_listed() {
    let employs = "/relationships/AML.CS9000/employs";
    for (change, place) in [
        (json!(["S01", "S02"]), 1),
        (json!([]), 1),
        (json!(["S00"]), 0),
        (json!("S01"), 1),
    ] {
        let mut document = separate();
        document.pointer_mut(employs).unwrap()[place]["leads-to"] = change.clone();
        let atlas = data(&document).unwrap();
        let kinds: Vec<_> = atlas
            .deviations()
            .iter()
            .map(AtlasDeviation::kind)
            .collect();
        assert_eq!(kinds, [&DeviationKind::Branches], "{change}");
        let first = &atlas.case_studies()[0].procedure()[0];
        assert_eq!(first.others()["step-id"], "S00");
    }
    let mut document = separate();
    let step = &mut document.pointer_mut(employs).unwrap()[0];
    step.as_object_mut().unwrap().remove("step-id");
    let atlas = data(&document).unwrap();
    assert_eq!(atlas.deviations()[0].kind(), &DeviationKind::Branches);
    assert_eq!(
        atlas.case_studies()[0].procedure()[0].description(),
        "They waited."
    );
}

#[test]
fn the_tenth_step_comes_after_the_second() {
    let mut document = separate();
    let ids = ["S10", "S2", "S1"];
    let steps = ids.map(|id| {
        let more = json!({"description": id, "tactic": "AML.TA0004", "step-id": id});
        relation("AML.CS9000", "AML.T0010", "employs", more)
    });
    document["relationships"]["AML.CS9000"]["employs"] = steps.to_vec().into();
    let atlas = data(&document).unwrap();
    let told = atlas.case_studies()[0]
        .procedure()
        .iter()
        .map(ProcedureStep::description);
    assert_eq!(told.collect::<Vec<_>>(), ["S1", "S2", "S10"]);
}

#[test]
fn a_case_study_is_written_as_it_was_read() {
    let mut document = case_study();
    document["ours"] = json!({"a": [1, {}]});
    document["procedure"][0]["step"] = true.into();
    let read = study(&document).unwrap();
    let written: Value = serde_json::from_slice(&read.to_json().unwrap()).unwrap();
    assert_eq!(written, document);
    assert_eq!(study(&written).unwrap(), read);
}

#[test]
fn a_submission_keeps_what_stands_beside_the_study() {
    let mut inner = case_study();
    inner.as_object_mut().unwrap().remove("id");
    inner["procedure"][1]["technique"] = json!({
        "name": "Waiting", "object-type": "technique", "description": "Waits.", "maturity": "feasible",
    });
    let document = json!({"study": inner, "meta": {"email": "jo@example.org"}});
    let read = study(&document).unwrap();
    assert_eq!(read.id(), None);
    assert_eq!(read.beside()["meta"]["email"], "jo@example.org");
    let step = &read.procedure()[1];
    assert_eq!(step.technique(), None);
    assert_eq!(step.proposed_technique().unwrap().name(), "Waiting");
    let written: Value = serde_json::from_slice(&read.to_submission().unwrap()).unwrap();
    assert_eq!(written, document);
    let alone: Value = serde_json::from_slice(&read.to_json().unwrap()).unwrap();
    assert_eq!(alone, document["study"]);
}

#[test]
fn dates_of_every_exactness_are_read() {
    for (written, granularity, shown) in [
        ("2026-11-03", "DATE", "2026-11-03"),
        ("2026-11-03", "Day", "2026-11-03"),
        ("2026-11-03", "Month", "2026-11"),
        ("2026-11-03", "YEAR", "2026"),
        ("2026-11", "MONTH", "2026-11"),
        ("2026", "Year", "2026"),
        ("2026-11-03T10:00:00.000Z", "DATE", "2026-11-03"),
    ] {
        let mut document = case_study();
        document["incident-date"] = written.into();
        document["incident-date-granularity"] = granularity.into();
        let read = study(&document).unwrap();
        assert_eq!(
            (read.date().text(), read.date().to_string().as_str()),
            (written, shown)
        );
    }
}

#[test]
fn the_reporter_of_old_case_studies_is_found() {
    let mut document = case_study();
    let members = document.as_object_mut().unwrap();
    let reporter = members.remove("reporter").unwrap();
    members.insert("reported-by".to_owned(), reporter);
    members.remove("case-study-type");
    members.insert("references".to_owned(), Value::Null);
    let read = study(&document).unwrap();
    assert_eq!((read.reporter(), read.kind()), (Some("Example"), None));
    let other = json!({"case-study-type": "near-miss"});
    document["case-study-type"] = other["case-study-type"].clone();
    let kind = study(&document).unwrap();
    assert_eq!(kind.kind().map(StudyKind::name), Some("near-miss"));
}

#[test]
fn release_three_was_its_own_matrix() {
    let mut document = embedded();
    let matrix = document["matrices"][0].take();
    document.as_object_mut().unwrap().remove("matrices");
    for name in ["tactics", "techniques", "mitigations"] {
        document[name] = matrix[name].clone();
    }
    let atlas = data(&document).unwrap();
    assert_eq!(atlas.techniques().len(), 2);
    assert_eq!(atlas.case_studies(), [study(&case_study()).unwrap()]);
    let same = CaseStudy::clone(&atlas.case_studies()[0]);
    assert_eq!(same.to_yaml(), atlas.case_studies()[0].to_yaml());
}
