//! All case studies of ATLAS 5.6.0 as incidents and back.

use modelward_incident::export::atlas::{AtlasOptions, case_study as export};
use modelward_incident::export::{FieldLoss, LossStatus};
use modelward_incident::format::atlas::{CaseStudy, StudyDate};
use modelward_incident::import::Import;
use modelward_incident::import::atlas::{AtlasImportOptions, case_study as import};
use modelward_incident::{Incident, IncidentId, Severity, Tlp};
use serde_json::Value;

use super::official::{faults, release, schemas};
use crate::{by, text};

fn imported(study: &CaseStudy, version: &str) -> Import {
    let id: IncidentId = study.id().unwrap().as_str().parse().unwrap();
    let options = AtlasImportOptions::new(id, Severity::Low)
        .with_version(text(version))
        .marked(Tlp::Clear);
    import(study, &options, &by(0)).unwrap()
}

/// Returns what of a case study is not lost by the list: the date no more exact than it says, and
/// neither who attacked nor who reported it.
fn kept(study: &CaseStudy, losses: &[FieldLoss]) -> CaseStudy {
    let lost = |field: &str| {
        let mut rows = losses.iter();
        rows.any(|row| row.field == field && row.status != LossStatus::Direct)
    };
    let date = study.date();
    let date = if lost("/incident-date") {
        StudyDate::new(date.first_day(), date.granularity())
    } else {
        date.clone()
    };
    let mut kept = CaseStudy::new(
        study.name(),
        study.summary(),
        date,
        study.procedure().to_vec(),
    )
    .with_id(study.id().unwrap().clone())
    .with_references(study.references().to_vec())
    .with_kind(study.kind().unwrap().clone());
    for (field, value, set) in [
        (
            "/target",
            study.target(),
            CaseStudy::with_target as fn(CaseStudy, &str) -> CaseStudy,
        ),
        ("/actor", study.actor(), CaseStudy::with_actor),
        ("/reporter", study.reporter(), CaseStudy::with_reporter),
    ] {
        if let Some(value) = value.filter(|_| !lost(field)) {
            kept = set(kept, value);
        }
    }
    kept
}

#[test]
fn every_case_study_is_an_incident_and_comes_back_but_for_what_is_listed() {
    let Some((atlas, document, folder)) = release() else {
        return;
    };
    let (output, website) = schemas(&folder);
    let (mut whole, mut lost_dates) = (0, 0);
    for (study, original) in atlas
        .case_studies()
        .iter()
        .zip(document["case-studies"].as_array().unwrap())
    {
        let import = imported(study, atlas.version());
        let losses = import.losses();
        assert!(every_member_is_listed(original, losses), "{:?}", study.id());
        let released = import.incident().release(Tlp::Clear).unwrap();
        let back = export(&released, &AtlasOptions::new()).unwrap();
        let kept = kept(study, losses);
        assert_eq!(back.document(), &kept);
        assert_ne!(&kept, study, "who attacked is always lost");
        lost_dates += u32::from(kept.date() != study.date());
        // With what the record has no field for, all is there again.
        let options = AtlasOptions::new().with_actor(text(study.actor().unwrap()));
        let options = match study.reporter() {
            Some(reporter) => options.with_reporter(text(reporter)),
            None => options,
        };
        let back = export(&released, &options).unwrap();
        whole += u32::from(back.document() == study);
        let (id, back) = (study.id().unwrap(), back.document());
        assert_eq!(faults(&output, &back.to_json().unwrap()), [""; 0], "{id}");
        assert_eq!(
            faults(&website, &back.to_submission().unwrap()),
            [""; 0],
            "{id}"
        );
    }
    // Four have a day that is more exact than their granularity, such as 2020-04-16 by the month.
    assert_eq!((lost_dates, whole), (4, 53));
}

/// Tells whether every member of the document has a row of its own, or rows below it.
fn every_member_is_listed(document: &Value, losses: &[FieldLoss]) -> bool {
    let members = document.as_object().unwrap().keys();
    members.filter(|name| *name != "object-type").all(|name| {
        let field = format!("/{name}");
        let below = format!("/{name}/");
        let mut rows = losses.iter().map(|row| &row.field);
        rows.any(|row| *row == field || row.starts_with(&below))
    })
}

#[test]
fn every_record_of_a_case_study_is_read_again() {
    let Some((atlas, _, _)) = release() else {
        return;
    };
    for study in atlas.case_studies() {
        let incident = imported(study, atlas.version()).into_incident();
        let bytes = incident.to_json().unwrap();
        let read = Incident::from_json(&bytes, &modelward_artifact::JsonLimits::default());
        assert_eq!(read.unwrap(), incident);
        assert_eq!(incident.techniques().len(), study.procedure().len());
    }
}
