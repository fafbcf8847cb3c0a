//! Documents of other systems, and what the record makes of them.

use modelward_artifact::json::JsonError;
use modelward_artifact::{JsonLimits, Text};
use modelward_incident::format::aiid::{AiidClassification, AiidIncident, AiidSubmission};
use modelward_incident::format::atlas::{AtlasData, CaseStudy};
use modelward_incident::format::avid::{AvidReport, AvidVulnerability};
use modelward_incident::format::genai::GenaiIncident;
use modelward_incident::import::{self, Import, ImportError};
use modelward_incident::log::Context;
use modelward_incident::{Incident, Severity, Tlp, export};

use crate::{ada, now, round};

fn context() -> Context {
    Context::new(now(), ada())
}

fn version() -> Text {
    "5.6.0".parse().expect("it is a text")
}

/// Holds what holds of every import: the same twice, read as it is written, and its losses are told.
fn imported(import: impl Fn() -> Result<Import, ImportError>) {
    let read = match (import(), import()) {
        (Ok(read), Ok(again)) => {
            assert_eq!(read, again);
            read
        }
        (Err(error), Err(again)) => {
            assert_eq!(error.to_string(), again.to_string());
            return;
        }
        (read, again) => panic!("{read:?} and then {again:?}"),
    };
    let incident = read.incident();
    let written = incident.to_json().expect("it has a form");
    let again = Incident::from_json(&written, &JsonLimits::default());
    assert_eq!(again.as_ref().expect("what we wrote is read"), incident);
    for loss in read.losses() {
        let is_pointer = loss.field.is_empty() || loss.field.starts_with('/');
        assert!(is_pointer, "{:?} is no place", loss.field);
    }
    told(incident);
}

/// Tells an incident in the formats again, which are read as they are written.
fn told(incident: &Incident) {
    let Ok(released) = incident.release(Tlp::Red) else {
        return;
    };
    let options = export::avid::AvidOptions::new(now().date());
    if let Ok(told) = export::avid::report(&released, &options) {
        let document = told.document();
        let written = document.to_json().expect("it has a form");
        let again = AvidReport::from_json(&written, &JsonLimits::default());
        assert_eq!(again.as_ref().ok(), Some(document), "what we wrote is read");
    }
    let page = export::markdown::record(&released, None);
    assert!(!page.document().contains('\u{1b}'), "nothing acts");
}

/// Reads the data of MITRE ATLAS and its case studies, in JSON and in YAML.
pub fn atlas(bytes: &[u8]) {
    let limits = JsonLimits::default();
    let data = [
        AtlasData::from_json(bytes, &limits),
        AtlasData::from_yaml(bytes, &limits),
    ];
    for data in data.into_iter().flatten() {
        for technique in data.techniques() {
            let id = technique.id();
            assert_eq!(data.technique(id).map(|it| it.id()), Some(id));
            let _ = (data.full_name(id), data.tactics_of(id).len());
            let _ = data.mitigations_of(id).count();
        }
        data.case_studies().iter().for_each(study);
    }
    let studies = [
        CaseStudy::from_json(bytes, &limits),
        CaseStudy::from_yaml(bytes, &limits),
    ];
    for read in studies.into_iter().flatten() {
        study(&read);
    }
}

/// Writes a case study in three forms, which are read as the same study, and imports it.
fn study(study: &CaseStudy) {
    let limits = JsonLimits::default();
    let plain = study.to_json().expect("it has a form");
    let plain = CaseStudy::from_json(&plain, &limits).expect("what we wrote is read");
    assert_eq!(plain.to_json().ok(), study.to_json().ok());
    let submission = study.to_submission().expect("it has a form");
    let submission = CaseStudy::from_json(&submission, &limits);
    assert_eq!(
        submission.as_ref().ok(),
        Some(study),
        "a submission has all"
    );
    let yaml = CaseStudy::from_yaml(study.to_yaml().as_bytes(), &limits);
    let yaml = yaml.expect("what we wrote is read");
    assert_eq!(
        yaml.to_json().ok(),
        study.to_json().ok(),
        "YAML says the same"
    );
    let options = || {
        let id = "AML.CS9000".parse().expect("it is an id");
        import::atlas::AtlasImportOptions::new(id, Severity::Low)
    };
    imported(|| import::atlas::case_study(study, &options(), &context()));
}

/// Reads a report or a vulnerability of AVID.
pub fn avid(bytes: &[u8]) {
    let options = || {
        let id = "INC-7".parse().expect("it is an id");
        import::avid::AvidImportOptions::new(id, Severity::Low).with_atlas_version(version())
    };
    if let Some([report, again]) = round(bytes, AvidReport::from_json, AvidReport::to_json) {
        assert_eq!(report, again);
        assert_eq!(report.deviations(), again.deviations());
        imported(|| import::avid::report(&report, &options(), &context()));
    }
    let read = round(
        bytes,
        AvidVulnerability::from_json,
        AvidVulnerability::to_json,
    );
    if let Some([vulnerability, again]) = read {
        assert_eq!(vulnerability, again);
        assert_eq!(vulnerability.deviations(), again.deviations());
        imported(|| import::avid::vulnerability(&vulnerability, &options(), &context()));
    }
}

/// Reads an incident, a classification or a submission of the AI Incident Database.
pub fn aiid(bytes: &[u8]) {
    if let Some([incident, again]) = round(bytes, AiidIncident::from_json, AiidIncident::to_json) {
        assert_eq!(incident, again);
        imported(|| {
            let options = import::aiid::AiidImportOptions::new(Severity::Low);
            import::aiid::incident(&incident, &options, &context())
        });
    }
    let read = round(
        bytes,
        AiidClassification::from_json,
        AiidClassification::to_json,
    );
    if let Some([classification, again]) = read {
        assert_eq!(classification, again);
        assert!(!classification.namespace().is_empty() || classification.attributes().is_empty());
    }
    let read = round(bytes, AiidSubmission::from_json, AiidSubmission::to_json);
    if let Some([submission, again]) = read {
        assert_eq!(submission, again);
    }
    let limits = JsonLimits::default();
    let lists = [
        AiidIncident::list_from_json(bytes, &limits).err(),
        AiidClassification::list_from_json(bytes, &limits).err(),
        AiidSubmission::list_from_json(bytes, &limits).err(),
    ];
    for error in lists.into_iter().flatten() {
        assert_eq!(error.to_string().lines().count(), 1, "it is one line");
    }
}

/// Reads rows of the data set of incidents of generative AI.
pub fn genai(bytes: &[u8]) {
    let limits = JsonLimits::default();
    let one = round(bytes, GenaiIncident::from_json, GenaiIncident::to_json);
    let list = GenaiIncident::list_from_json(bytes, &limits).unwrap_or_default();
    if let Some([row, again]) = &one {
        assert_eq!(row, again);
    }
    for row in one.into_iter().flatten().chain(list) {
        let written: Result<Vec<u8>, JsonError> = row.to_json();
        let again = GenaiIncident::from_json(&written.expect("it has a form"), &limits);
        assert_eq!(again.ok().as_ref(), Some(&row), "what we wrote is read");
        imported(|| import::genai::incident(&row, &version(), &context()));
    }
}
