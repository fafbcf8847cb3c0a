use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use modelward_artifact::{Digest, DigestAlgorithm};
use serde_json::{Value, json};

use crate::oscal::export::{Export, Role};
use crate::oscal::object::{Object, Props};
use crate::oscal::{OscalError, component, text};
use crate::{Evidence, EvidenceId, EvidenceSource, Period, Polarity};

/// Returns the UUID of the observation that a piece of evidence becomes.
pub(super) fn uuid(export: &Export<'_>, id: &EvidenceId) -> String {
    export.uuid("observation", id.as_str())
}

/// Returns a piece of evidence as an observation, and adds the resource that it rests on.
pub(super) fn observation(
    export: &mut Export<'_>,
    id: &EvidenceId,
    evidence: &Evidence,
) -> Result<Value, OscalError> {
    let described = evidence.source().describe();
    let description = evidence
        .description()
        .map_or(described.as_str(), |it| it.as_str());
    let reference = resource(export, id, evidence);
    let against = evidence
        .bears_on()
        .any(|(_, it)| it == Polarity::Contradicts);
    let kind = if against {
        "finding"
    } else {
        "control-objective"
    };
    let expires = evidence.expires();
    let expires = expires.map(|day| text::end_of("expiry of evidence", day));
    Ok(Object::new()
        .set("uuid", uuid(export, id))
        .set("title", text::title(&format!("{id}: {described}")))
        .set("description", text::prose(description))
        .list("props", props(export, id, evidence).done())
        .set("methods", json!([evidence.method().name().to_uppercase()]))
        .set("types", json!([kind]))
        .set(
            "origins",
            json!([export.origin(evidence.collector(), Role::Collector)]),
        )
        .list("subjects", subjects(export, evidence.source()))
        .set(
            "relevant-evidence",
            json!([{"href": reference, "description": text::prose(&described)}]),
        )
        .set(
            "collected",
            text::instant("collection of evidence", evidence.collected())?,
        )
        .maybe("expires", expires.transpose()?)
        .into())
}

fn props<'a>(export: &Export<'a>, id: &EvidenceId, evidence: &Evidence) -> Props<'a> {
    let source = evidence.source();
    let mut props = export
        .props()
        .add("evidence-id", id)
        .add("evidence-kind", source.kind())
        .maybe("digest", evidence.digest())
        .maybe("location", evidence.location())
        .maybe("period-from", evidence.period().map(Period::from))
        .maybe("period-to", evidence.period().map(Period::to));
    props = match source {
        EvidenceSource::BomComponent {
            serial,
            version,
            bom_ref,
        } => props
            .add("bom-serial", serial)
            .add("bom-version", version)
            .add("bom-ref", bom_ref),
        EvidenceSource::Document { title } => props.add("title", title),
        EvidenceSource::GraphFinding { report, finding } => {
            props.add("report", report).add("finding-id", finding)
        }
        EvidenceSource::Incident { incident } => props.add("incident", incident),
        EvidenceSource::Interview { with } => props.add("interview-with", with),
        EvidenceSource::TestRun { tool, run } => props.add("tool", tool).add("run", run),
        EvidenceSource::VerifiedSignature {
            subject,
            bundle,
            identity,
        } => props
            .add("signed", subject)
            .add("bundle", bundle)
            .add("identity", identity),
    };
    for (subcategory, polarity) in evidence.bears_on() {
        props = props.class("bears-on", polarity.name(), subcategory);
    }
    props
}

fn subjects(export: &mut Export<'_>, source: &EvidenceSource) -> Vec<Value> {
    let component = component::uuid(export);
    let mut subjects = vec![json!({"subject-uuid": component, "type": "component"})];
    if let EvidenceSource::Interview { with } = source {
        let party = export.party(with, Role::Interviewee);
        subjects.push(json!({"subject-uuid": party, "type": "party"}));
    }
    subjects
}

/// Adds what can be fetched and recomputed: a place, hashes, or at least a description.
fn resource(export: &mut Export<'_>, id: &EvidenceId, evidence: &Evidence) -> String {
    let described = evidence.source().describe();
    let digest = evidence.digest();
    let place = evidence.location().map(|it| text::href(it.as_str()));
    let link = place.or_else(|| digest.and_then(named_information));
    let hashes = digest.and_then(hash).map(|hash| json!([hash]));
    let link = link.map(|href| Object::new().set("href", href).maybe("hashes", hashes));
    let props = export.props().maybe("digest", digest).done();
    let resource = Object::new()
        .set("title", text::title(&described))
        .set("description", text::prose(&described))
        .list("props", props)
        .list("rlinks", link.into_iter().map(Value::from).collect());
    export.resource(&format!("evidence {id}"), resource)
}

/// Returns a digest as OSCAL writes hashes, which it does for SHA-2 of the functions that we have.
fn hash(digest: &Digest) -> Option<Value> {
    let algorithm = match digest.algorithm() {
        DigestAlgorithm::Sha256 => "SHA-256",
        DigestAlgorithm::Sha384 => "SHA-384",
        DigestAlgorithm::Sha512 => "SHA-512",
        _ => return None,
    };
    Some(json!({"algorithm": algorithm, "value": digest.to_hex()}))
}

/// Names bytes by their digest, where nobody says where they are (RFC 6920, section 3).
fn named_information(digest: &Digest) -> Option<String> {
    let algorithm = match digest.algorithm() {
        DigestAlgorithm::Sha256 => "sha-256",
        DigestAlgorithm::Sha384 => "sha-384",
        DigestAlgorithm::Sha512 => "sha-512",
        _ => return None,
    };
    let digest = URL_SAFE_NO_PAD.encode(digest.as_bytes());
    Some(format!("ni:///{algorithm};{digest}"))
}
