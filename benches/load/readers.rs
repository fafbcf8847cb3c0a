//! Every reader of the library by name. Each tells whether it refused.

use std::io::Cursor;

use modelward::artifact::{
    DigestAlgorithm, DigestCache, JsonLimits, Manifest, Sums, SumsLimits, Timestamp, json,
};
use modelward::audit::inventory::{Inventory, InventoryEntry, InventoryLimits};
use modelward::audit::rollback::ReleaseHistory;
use modelward::audit::{
    AffectedAssets, ReleasePolicy, ReleaseReport, RollbackPlan, RollbackPolicy,
};
use modelward::bom::MlBom;
use modelward::bom::inspect::{DatasetCard, Input, InspectLimits, Inspection};
use modelward::graph::advisory::Advisory;
use modelward::graph::evidence::AvidReport as GraphAvid;
use modelward::graph::scan::ScanReport;
use modelward::graph::vex::VexDocument;
use modelward::graph::{GraphLimits, Source, SupplyGraph, SupplyGraphBuilder};
use modelward::incident::format::aiid::{AiidClassification, AiidIncident, AiidSubmission};
use modelward::incident::format::atlas::{AtlasData, CaseStudy};
use modelward::incident::format::avid::{AvidReport, AvidVulnerability};
use modelward::incident::format::genai::GenaiIncident;
use modelward::incident::log::{Checkpoint, IncidentLog, SignedCheckpoint};
use modelward::incident::{Detection, Incident, PolicySet, Readiness, ReportingRules};
use modelward::rmf::crosswalk::KnownIds;
use modelward::rmf::csv::{CsvOptions, read_assessment, read_risks};
use modelward::rmf::oscal::{NAMESPACE, read_assessment_results};
use modelward::rmf::{
    Assessment, AuditCadence, Crosswalk, Current, GatePolicy, Profile, RatingScale, RiskMatrix,
    RiskRegister,
};
use modelward::sign::{Attestation, Bundle, Statement};

/// A reader: its name, and what tells whether it refused a text.
pub(crate) type Reader = (&'static str, fn(&[u8]) -> bool);

/// Refuses as the reader of JSON with the default limits does.
macro_rules! json {
    ($name:literal, $read:path) => {
        ($name, |text| $read(text, &JsonLimits::default()).is_err())
    };
}

/// Refuses as the reader of a model's file of this name does.
macro_rules! inspected {
    ($name:literal) => {
        ($name, |text| {
            let inspected =
                Inspection::of($name, &mut Cursor::new(text), &InspectLimits::default());
            inspected.map_or(true, |found| found.is_none_or(|it| it.facts().is_empty()))
        })
    };
}

/// Refuses what a graph does not take in.
macro_rules! imported {
    ($name:literal, $add:ident) => {
        ($name, |text| {
            let Ok(value) = json::read(text, &JsonLimits::default()) else {
                return true;
            };
            SupplyGraphBuilder::default()
                .$add(Source::new("text"), &value)
                .is_err()
        })
    };
}

pub(crate) const JSON: &[Reader] = &[
    json!("json::read", json::read),
    json!("Manifest", Manifest::read_json),
    ("DigestCache", |text| {
        let now = Timestamp::from_unix_seconds(0).expect("a time");
        DigestCache::read_json(text, &JsonLimits::default(), now).is_err()
    }),
    json!("Bundle", Bundle::read),
    json!("Statement", Statement::read),
    json!("Attestation", Attestation::read),
    json!("MlBom", MlBom::read),
    json!("Advisory", Advisory::read),
    json!("Advisory lines", Advisory::read_lines),
    json!("VexDocument", VexDocument::read),
    json!("ScanReport modelscan", ScanReport::read_modelscan),
    ("ScanReport fickling", |text| {
        ScanReport::read_fickling(text, "f", &JsonLimits::default()).is_err()
    }),
    json!("AvidReport of the graph", GraphAvid::read),
    json!("AvidReport lines", GraphAvid::read_lines),
    imported!("graph of CycloneDX", add_cyclonedx),
    imported!("graph of Hugging Face", add_hugging_face),
    imported!("graph of pip", add_pip_report),
    imported!("graph of cargo metadata", add_cargo_metadata),
    json!("Incident", Incident::from_json),
    json!("PolicySet", PolicySet::from_json),
    json!("Readiness", Readiness::from_json),
    json!("ReportingRules", ReportingRules::from_json),
    json!("Detection", Detection::from_json),
    json!("AtlasData", AtlasData::from_json),
    json!("CaseStudy", CaseStudy::from_json),
    json!("AvidReport", AvidReport::from_json),
    json!("AvidVulnerability", AvidVulnerability::from_json),
    json!("AiidIncident", AiidIncident::from_json),
    json!("AiidIncident list", AiidIncident::list_from_json),
    json!("AiidSubmission", AiidSubmission::from_json),
    json!("AiidSubmission list", AiidSubmission::list_from_json),
    json!("AiidClassification", AiidClassification::from_json),
    json!(
        "AiidClassification list",
        AiidClassification::list_from_json
    ),
    json!("GenaiIncident", GenaiIncident::from_json),
    json!("GenaiIncident list", GenaiIncident::list_from_json),
    ("IncidentLog", |text| {
        IncidentLog::verify(text).fault().is_some()
    }),
    json!("Assessment", Assessment::from_json),
    json!("AuditCadence", AuditCadence::from_json),
    json!("Crosswalk", Crosswalk::from_json),
    json!("GatePolicy", GatePolicy::from_json),
    json!("Profile", Profile::<Current>::from_json),
    json!("RiskRegister", RiskRegister::from_json),
    ("OSCAL results", |text| {
        let scale = RatingScale::outcome();
        read_assessment_results(text, &JsonLimits::default(), &scale, NAMESPACE).is_err()
    }),
    ("Inventory", |text| {
        Inventory::read(text, &InventoryLimits::default()).is_err()
    }),
    json!("InventoryEntry", InventoryEntry::read),
    json!("AffectedAssets", AffectedAssets::from_json),
    json!("ReleaseHistory", ReleaseHistory::from_json),
    json!("ReleasePolicy", ReleasePolicy::from_json),
    json!("ReleaseReport", ReleaseReport::from_json),
    json!("RollbackPlan", RollbackPlan::from_json),
    json!("RollbackPolicy", RollbackPolicy::from_json),
    inspected!("config.json"),
    inspected!("tokenizer.json"),
    inspected!("tokenizer_config.json"),
    inspected!("model.safetensors.index.json"),
    inspected!("modules.json"),
    ("model.safetensors", |text| {
        let file = [&(text.len() as u64).to_le_bytes()[..], text].concat();
        let limits = InspectLimits::default();
        Inspection::of("model.safetensors", &mut Cursor::new(file), &limits).is_err()
    }),
];

pub(crate) const TOML: &[Reader] = &[
    ("ReleasePolicy", |text| {
        let text = std::str::from_utf8(text).expect("our own text");
        ReleasePolicy::from_toml(text, &JsonLimits::default()).is_err()
    }),
    ("Cargo.lock", |text| {
        let text = std::str::from_utf8(text).expect("our own text");
        SupplyGraphBuilder::default()
            .add_cargo_lock(Source::new("text"), text)
            .is_err()
    }),
    inspected!("pyproject.toml"),
];

pub(crate) const YAML: &[Reader] = &[
    inspected!("README.md"),
    inspected!("environment.yml"),
    ("DatasetCard", |text| {
        let (mut cursor, limits) = (Cursor::new(text), InspectLimits::default());
        let input = Input::new(&mut cursor, &limits);
        let card = input.and_then(|mut input| DatasetCard::read(&mut input));
        card.map_or(true, |card| card.facts().is_empty())
    }),
    json!("AtlasData", AtlasData::from_yaml),
    json!("CaseStudy", CaseStudy::from_yaml),
];

pub(crate) const XML: &[Reader] = &[json!("MlBom", MlBom::read_xml)];

pub(crate) const CSV: &[Reader] = &[
    ("risks", |text| {
        read_risks(
            text,
            None,
            &RiskMatrix::five_by_five(),
            &CsvOptions::default(),
        )
        .is_err()
    }),
    ("assessment", |text| {
        read_assessment(text, None, &RatingScale::outcome(), &CsvOptions::default()).is_err()
    }),
    ("Crosswalk of SSSOM", |text| {
        Crosswalk::from_tsv(text).is_err()
    }),
    ("KnownIds", |text| KnownIds::from_tsv(text).is_err()),
    ("Sums", |text| {
        Sums::read(text, DigestAlgorithm::Sha256, &SumsLimits::default()).is_err()
    }),
    ("Checkpoint", |text| {
        std::str::from_utf8(text).map_or(true, |text| text.parse::<Checkpoint>().is_err())
    }),
    ("SignedCheckpoint", |text| {
        std::str::from_utf8(text).map_or(true, |text| text.parse::<SignedCheckpoint>().is_err())
    }),
    ("requirements.txt", |text| {
        let limits = InspectLimits::default();
        let found = Inspection::of("requirements.txt", &mut Cursor::new(text), &limits);
        found.map_or(true, |found| found.is_none_or(|it| it.facts().is_empty()))
    }),
    ("graph snapshot", |text| {
        SupplyGraph::from_snapshot(text, &GraphLimits::default()).is_err()
    }),
];
