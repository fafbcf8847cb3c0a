//! Names that lie, in every form in which an incident is shown or told to others.

#[path = "../../../modelward-artifact/tests/it/names/table.rs"]
mod table;

use std::error::Error;

use modelward_artifact::JsonLimits;
use modelward_incident::export::avid::AvidOptions;
use modelward_incident::export::csaf::CsafVersion;
use modelward_incident::export::cyclonedx::CycloneDxRequest;
use modelward_incident::export::markdown::{self, Duties, ReportStage};
use modelward_incident::export::openvex::OpenVexRequest;
use modelward_incident::export::stix::StixOptions;
use modelward_incident::export::{avid, csaf, cyclonedx, oecd, openvex, stix};
use modelward_incident::log::{Draft, IncidentLog};
use modelward_incident::{
    AssetRef, Detection, Incident, IncidentId, PolicySet, Readiness, Released, ReportingRules,
    Slug, Tlp, WorkingCalendar,
};
use serde_json::Value;

use self::table::{NAMES, assert_one_line, assert_quiet, assert_told_quietly, lies};
use crate::markdown::read;
use crate::{by, text};

#[track_caller]
fn told<T, E: Error + 'static>(read: Result<T, E>) -> Option<T> {
    read.map_err(|error| assert_told_quietly(&error)).ok()
}

fn assert_json(json: &[u8]) {
    serde_json::from_slice::<Value>(json).unwrap();
    assert!(!json.iter().any(|&byte| byte < 0x20 && byte != b'\n'));
}

/// Tells an incident in each form.
fn tell(released: &Released) {
    let calendar = WorkingCalendar::utc();
    let duties = Duties::new(ReportingRules::built_in(), &calendar, by(30).now());
    let near = std::slice::from_ref(released);
    let form = oecd::form(released, None).into_document();
    for document in [
        markdown::record(released, Some(duties)).into_document(),
        markdown::regulator(released, ReportStage::Initial, None, &[]).into_document(),
        markdown::regulator(released, ReportStage::Final, None, near).into_document(),
        markdown::review(released, by(30).now()).into_document(),
        markdown::sharing(released).into_document(),
    ] {
        assert_quiet("markdown", &document);
        assert!(!read(&document).titles.is_empty(), "{document}");
    }
    assert_quiet("markdown", &form.to_markdown());
    assert_json(&form.to_json().unwrap());
    let bundle = stix::bundle(released, &StixOptions::new(text("Acme")));
    let day = "2026-11-26".parse().unwrap();
    let now = by(30).now();
    let open = OpenVexRequest::new("Acme", now, 1).unwrap();
    let cyclone = CycloneDxRequest::new("Acme", now, 1).unwrap();
    let written = [
        told(bundle).map(|it| it.document().to_json()),
        told(avid::report(released, &AvidOptions::new(day))).map(|it| it.document().to_json()),
        told(openvex::document(released, &open)).map(|it| it.document().to_json()),
        told(cyclonedx::vex(released, &cyclone)).map(|it| it.document().to_json()),
        told(csaf::advisory(
            released,
            &crate::csaf::request(CsafVersion::V2_0),
        ))
        .map(|it| it.document().to_json()),
    ];
    for json in written.into_iter().flatten() {
        assert_json(&json.unwrap());
    }
}

#[test]
fn records_of_names_that_lie_show_none_as_it_is() {
    let whole = crate::whole::whole();
    let document = serde_json::from_slice(&whole.to_json().unwrap()).unwrap();
    let (mut shown, mut refused) = (0, 0);
    for lie in lies(&document).into_iter().step_by(23) {
        let bytes = lie.to_string();
        let read = Incident::from_json(bytes.as_bytes(), &JsonLimits::default());
        let Some(incident) = told(read) else {
            refused += 1;
            continue;
        };
        for detection in incident.detections() {
            assert_quiet("detection", &detection.to_string());
        }
        if let Some(released) = told(incident.release(Tlp::Red)) {
            tell(&released);
            shown += 1;
        }
    }
    assert!(shown > 50 && refused > 50, "{shown}, {refused}");
}

#[test]
fn logs_of_names_that_lie_are_refused_without_showing_one_as_it_is() {
    let mut refused = 0;
    let mut log = IncidentLog::new();
    let draft = Draft::new(serde_json::json!({"kind": "note", "text": "x"})).unwrap();
    log.append(draft, &by(1)).unwrap();
    let lines = log.to_lines().unwrap();
    let first = lines.split(|&byte| byte == b'\n').next().unwrap();
    for lie in lies(&serde_json::from_slice(first).unwrap()) {
        let line = format!("{lie}\n");
        let check = IncidentLog::verify(line.as_bytes());
        if let Some(fault) = check.fault() {
            assert_one_line("fault", &fault.to_string());
            assert_one_line("finding", &fault.to_finding().to_string());
            refused += 1;
        }
    }
    assert!(refused > 50, "{refused}");
}

#[test]
fn lists_of_names_that_lie_are_refused_without_showing_one_as_it_is() {
    let limits = JsonLimits::default();
    let rules = ReportingRules::built_in().to_json().unwrap();
    for lie in lies(&serde_json::from_slice(&rules).unwrap())
        .into_iter()
        .step_by(7)
    {
        told(ReportingRules::from_json(
            lie.to_string().as_bytes(),
            &limits,
        ));
    }
    for detection in crate::avid::detections() {
        let document = serde_json::from_slice(&detection.to_json().unwrap()).unwrap();
        for lie in lies(&document) {
            if let Some(read) = told(Detection::from_json(lie.to_string().as_bytes(), &limits)) {
                assert_quiet("detection", &read.to_string());
            }
        }
    }
    for name in NAMES {
        let bytes = serde_json::json!({ name: name }).to_string();
        told(PolicySet::from_json(bytes.as_bytes(), &limits));
        told(Readiness::from_json(bytes.as_bytes(), &limits));
        told(name.parse::<IncidentId>());
        told(name.parse::<Slug>());
        told(AssetRef::purl(name));
        told(AssetRef::bom_ref(name));
    }
}

#[test]
fn documents_of_others_with_names_that_lie_show_none_as_it_is() {
    use modelward_incident::format::aiid::{AiidClassification, AiidIncident, AiidSubmission};
    use modelward_incident::format::atlas::{AtlasData, CaseStudy};
    use modelward_incident::format::avid::{AvidReport, AvidVulnerability};
    use modelward_incident::format::genai::GenaiIncident;

    let limits = JsonLimits::default();
    let whole = crate::whole::whole();
    let released = whole.release(Tlp::Clear).unwrap();
    let options = AvidOptions::new("2026-11-26".parse().unwrap());
    let report = avid::report(&released, &options).unwrap().into_document();
    let document = serde_json::from_slice(&report.to_json().unwrap()).unwrap();
    for lie in lies(&document) {
        let bytes = lie.to_string().into_bytes();
        told(AvidReport::from_json(&bytes, &limits));
        told(AvidVulnerability::from_json(&bytes, &limits));
    }
    for name in NAMES {
        let quoted = serde_json::json!(name);
        for text in [
            format!("{{{quoted}: 1}}"),
            format!("{{{quoted}: 1, {quoted}: 2}}"),
            format!("{{\"id\": {quoted}, \"date\": {quoted}, \"incident_id\": {quoted}}}"),
            format!("[{{\"id\": {quoted}, {quoted}: {quoted}}}]"),
            format!("{{\"study\": {{\"name\": {quoted}, {quoted}: {quoted}}}}}"),
        ] {
            let bytes = text.as_bytes();
            told(AiidClassification::from_json(bytes, &limits));
            told(AiidIncident::from_json(bytes, &limits));
            told(AiidSubmission::from_json(bytes, &limits));
            told(AtlasData::from_json(bytes, &limits));
            told(CaseStudy::from_json(bytes, &limits));
            told(GenaiIncident::from_json(bytes, &limits));
            #[cfg(feature = "yaml")]
            {
                told(AtlasData::from_yaml(bytes, &limits));
                told(CaseStudy::from_yaml(bytes, &limits));
                told(CaseStudy::from_yaml(name.as_bytes(), &limits));
            }
        }
    }
}
