//! Rows of the data set `genai-incidents` as records.

use modelward_artifact::Text;

use super::rows::Rows;
use super::writer::{Writer, opening};
use super::{Import, ImportError};
use crate::export::LossStatus::{Approximate, Direct, Unmapped};
use crate::format::genai::{GenaiIncident, GenaiSeverity, GenaiStatus};
use crate::log::Context;
use crate::{
    Classification, EventKind, IncidentId, IncidentKind, LinkRelation, Severity, Technique, Tlp,
};

/// Makes a record of a row, with techniques of a version of MITRE ATLAS, such as `2026.09`, which the
/// data set names beside its rows.
///
/// - The id is `GENAI-` and that of the row; everything is [`Tlp::Clear`], since the data are public.
/// - The attack vector gives the kind by our reading, [`IncidentKind::Other`] where there is none.
/// - `Info` becomes the least severity. The techniques have no order of their own.
/// - Vulnerabilities and the reference become links, what is affected and a doubt a note.
///
/// What a record cannot say is listed by its place in the row.
///
/// ```
/// use modelward_artifact::{JsonLimits, Party};
/// use modelward_incident::IncidentKind;
/// use modelward_incident::format::genai::GenaiIncident;
/// use modelward_incident::import::genai;
/// use modelward_incident::log::Context;
///
/// let row = br#"{"id": "INC-00001", "title": "Assistant leaks notes", "date": "2026-04",
///     "severity": "High", "attack_vector": "indirect-prompt-injection", "owasp_llm": ["LLM01"]}"#;
/// let row = GenaiIncident::from_json(row, &JsonLimits::default())?;
/// let now = Context::new("2026-11-26T10:00:00Z".parse()?, Party::new("Jo Example")?);
/// let import = genai::incident(&row, &"2026.09".parse()?, &now)?;
/// let kinds = import.incident().kinds();
/// assert!(kinds.contains(&IncidentKind::AdversarialPromptInjectionIndirect));
/// assert!(import.losses().iter().any(|loss| loss.field == "/owasp_llm"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`ImportError::Text`] where the title is none that a record takes.
pub fn incident(
    row: &GenaiIncident,
    atlas_version: &Text,
    context: &Context,
) -> Result<Import, ImportError> {
    let mut writer = opened(row, context)?;
    writer.rows.direct("/id", "id and a link");
    writer.link(LinkRelation::SameAs, row.id(), Some("genai-incidents"))?;
    let at = row.date().time();
    writer
        .rows
        .direct("/date", "when it began, as exactly as the row says");
    writer.record(EventKind::Began { at })?;
    classify(row, atlas_version, &mut writer)?;
    refer(row, &mut writer)?;
    note(row, &mut writer)?;
    for (member, value) in row.unknown() {
        writer.lose_unless_empty(member, value);
    }
    Ok(writer.into_import())
}

fn opened<'a>(row: &GenaiIncident, context: &'a Context) -> Result<Writer<'a>, ImportError> {
    let mut rows = Rows::default();
    let (severity, status) = severity(row.severity());
    rows.say("/severity", status, "severity");
    let told = (row.title(), row.description());
    let opening = opening(told, kind(row), severity, &mut rows)?;
    let id: IncidentId = format!("GENAI-{}", row.id())
        .parse()
        .expect("letters, dashes and digits make an id");
    Writer::open(id, opening, (Tlp::Clear, context), rows)
}

const fn severity(found: GenaiSeverity) -> (Severity, crate::export::LossStatus) {
    match found {
        GenaiSeverity::Critical => (Severity::Critical, Direct),
        GenaiSeverity::High => (Severity::High, Direct),
        GenaiSeverity::Info => (Severity::Low, Approximate),
        GenaiSeverity::Low => (Severity::Low, Direct),
        GenaiSeverity::Medium => (Severity::Medium, Direct),
    }
}

fn kind(row: &GenaiIncident) -> IncidentKind {
    match row.attack_vector().unwrap_or_default() {
        "adversarial-input" | "evasion" => IncidentKind::AdversarialEvasion,
        "agent-hijack" => IncidentKind::AgentActionUnauthorized,
        "algorithmic-bias" => IncidentKind::FairnessDiscrimination,
        "backdoor" => IncidentKind::AdversarialBackdoor,
        "csam-generation" | "deepfake" | "malware" | "phishing" => IncidentKind::MisuseMalicious,
        "data-exfiltration" | "info-disclosure" | "privacy-violation" => {
            IncidentKind::PrivacyUserDataExposure
        }
        "dos" => IncidentKind::InfrastructureOutage,
        "hallucination" | "misinformation" => IncidentKind::HarmfulOutputFalseInformation,
        "indirect-prompt-injection" => IncidentKind::AdversarialPromptInjectionIndirect,
        "jailbreak" => IncidentKind::AdversarialJailbreak,
        "membership-inference" => IncidentKind::AdversarialMembershipInference,
        "memory-poisoning" => IncidentKind::AdversarialMemoryPoisoning,
        "model-extraction" | "model-theft" => IncidentKind::AdversarialExtraction,
        "model-inversion" => IncidentKind::AdversarialInversion,
        "model-poisoning" => IncidentKind::AdversarialModelPoisoning,
        "prompt-injection" => IncidentKind::AdversarialPromptInjectionDirect,
        "supply-chain" => IncidentKind::SupplyChainSoftware,
        "tool-abuse" => IncidentKind::AgentActionToolMisuse,
        "unsafe-advice" => IncidentKind::HarmfulOutputDangerousAdvice,
        _ => IncidentKind::Other,
    }
}

fn classify(
    row: &GenaiIncident,
    atlas_version: &Text,
    writer: &mut Writer<'_>,
) -> Result<(), ImportError> {
    let kind = kind(row);
    if row.attack_vector().is_some_and(|vector| !vector.is_empty()) {
        let (status, note) = match kind {
            IncidentKind::Other => (Unmapped, "no kind of incident says it"),
            _ => (Approximate, "kind, by our reading"),
        };
        writer.rows.say("/attack_vector", status, note);
    }
    if row.techniques().is_empty() {
        return Ok(());
    }
    writer
        .rows
        .direct("/mitre_atlas", "techniques, whose order says nothing");
    let mut classification = Classification::new(kind);
    for id in row.techniques() {
        let technique = Technique::new(*id, atlas_version.clone());
        classification = classification.with_technique(technique);
    }
    writer.record(EventKind::Classified(classification))
}

fn refer(row: &GenaiIncident, writer: &mut Writer<'_>) -> Result<(), ImportError> {
    for cve in row.cves() {
        writer.link(LinkRelation::Related, cve, Some("CVE"))?;
    }
    if !row.cves().is_empty() {
        writer.rows.direct("/cve_ids", "links");
    }
    if let Some(address) = row.primary_reference().filter(|text| !text.is_empty())
        && let Some(address) = writer
            .rows
            .text("/primary_reference", address, (Direct, "a link"))
    {
        writer.link(LinkRelation::Source, address.as_str(), None)?;
    }
    Ok(())
}

fn note(row: &GenaiIncident, writer: &mut Writer<'_>) -> Result<(), ImportError> {
    let status = row.status().map(GenaiStatus::name);
    let notes = [
        ("/affected", "Affected", row.affected()),
        ("/status", "Status in the data set", status),
    ];
    for (pointer, label, text) in notes {
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            continue;
        };
        let text = format!("{label}: {text}");
        if let Some(text) = writer.rows.text(pointer, &text, (Approximate, "a note")) {
            writer.record(EventKind::Noted { text })?;
        }
    }
    Ok(())
}
