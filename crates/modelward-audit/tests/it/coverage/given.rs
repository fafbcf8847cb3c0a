//! Documents and records that the road does not have.

use modelward_artifact::Digest;
use modelward_graph::vex::VexDocument;
use modelward_graph::{Finding, FindingClass, Impact, NodeKind};
use modelward_incident::log::Context;
use modelward_incident::{
    AffectedAsset, AssetKind, AssetRef, AttackEvidence, AttackIndicator, AttackTarget, Detection,
    Determination, EventKind, Harm, Incident, IncidentKind, Opening, QuarantineOrder, Severity,
    TimeRange,
};
use modelward_rmf::{
    ActionItem, ActionPlan, Party, Risk, RiskBuilder, RiskMatrix, RiskRating, RiskRegister,
    RiskStatement, Treatment,
};

use crate::road::{Road, jo, now};

/// Makes a register of which each test changes the one risk.
pub(super) fn register(change: impl FnOnce(RiskBuilder) -> RiskBuilder) -> RiskRegister {
    let statement = RiskStatement::new("a cause", "an event", "a consequence").unwrap();
    let rating = RiskRating::new("likely".parse().unwrap(), "major".parse().unwrap());
    let builder = Risk::threat("R-1".parse().unwrap(), statement, rating, now());
    let risk = change(builder).build().unwrap();
    let matrix = RiskMatrix::five_by_five();
    let builder = RiskRegister::builder("Risks".parse().unwrap(), jo(), matrix);
    builder.risk(risk).build().unwrap()
}

/// Makes a risk that lacks nothing.
pub(super) fn kept(builder: RiskBuilder) -> RiskBuilder {
    let action = ActionItem::new("A-1".parse().unwrap(), "check the data").unwrap();
    let action = action.with_due("2027-01-01".parse().unwrap());
    let treatment = Treatment::Mitigate {
        actions: ActionPlan::new([action]).unwrap(),
        remainder: None,
    };
    builder
        .owner(jo())
        .review_by("2027-01-01".parse().unwrap())
        .residual(RiskRating::new(
            "unlikely".parse().unwrap(),
            "minor".parse().unwrap(),
        ))
        .treatment(treatment)
}

pub(super) fn by() -> Context {
    Context::new(now(), Party::new("Jo Example").unwrap())
}

fn other() -> Context {
    Context::new(now(), Party::new("Kim Example").unwrap())
}

/// Opens an attack on an asset, with what the investigation came to.
pub(super) fn attack(number: u32, asset: AssetRef, to: Determination) -> Incident {
    let kind = IncidentKind::ModelFailurePerformance;
    let opening = Opening::new("trouble".parse().unwrap(), kind, Severity::High);
    let id = format!("INC-{number}").parse().unwrap();
    let mut incident = Incident::open(id, opening, &by()).unwrap();
    let day = "2026-11-20T10:00:00Z".parse().unwrap();
    let target = AttackTarget::new(Digest::sha256(b"m"), TimeRange::new(day, now()).unwrap());
    let inputs = vec![Digest::sha256(b"input")];
    let attack = AttackEvidence::new(AttackIndicator::Jailbreak, target, inputs, vec![]).unwrap();
    let slug = || "it".parse().unwrap();
    let affected = AffectedAsset::new(slug(), AssetKind::Model, "it".parse().unwrap());
    let order = QuarantineOrder::new(slug(), "stop".parse().unwrap()).with_target(asset.clone());
    let events = [
        EventKind::AssetRecorded(affected.with_ref(asset)),
        EventKind::Detected(Detection::Attack(attack)),
        EventKind::Determined {
            to,
            reason: "seen".parse().unwrap(),
        },
        EventKind::HarmStated {
            to: Harm::Occurred,
            reason: "seen".parse().unwrap(),
            prevented_by: vec![],
        },
        EventKind::OrderProposed(order),
    ];
    for event in events {
        incident.record(event, &by()).unwrap();
    }
    let signed = EventKind::OrderSignedOff {
        order: slug(),
        note: "looked at".parse().unwrap(),
    };
    incident.record(signed, &other()).unwrap();
    incident
}

/// Finds an advisory on a part of the road's model.
pub(super) fn impact<'a>(road: &'a Road, node: &str, doubt: Option<&str>) -> Impact<'a> {
    let finding = Finding::new(
        node.parse().unwrap(),
        FindingClass::MaliciousWeights,
        "CVE-1",
    );
    let finding = match doubt {
        Some(doubt) => finding.with_doubt(doubt),
        None => finding,
    };
    let graph = road.lineage.graph();
    graph.impact(&[finding], NodeKind::Model).unwrap()
}

/// Says that a product is not affected.
pub(super) fn cleared(product: &str) -> VexDocument {
    let text = format!(
        r#"{{"@context": "https://openvex.dev/ns/v0.2.0", "timestamp": "2026-01-01T00:00:00Z",
            "statements": [{{"vulnerability": {{"name": "CVE-1"}}, "status": "not_affected",
            "justification": "vulnerable_code_not_in_execute_path",
            "products": [{{"@id": "{product}"}}]}}]}}"#
    );
    VexDocument::read(text.as_bytes(), &modelward_artifact::JsonLimits::default()).unwrap()
}
