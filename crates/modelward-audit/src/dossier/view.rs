use modelward_artifact::{Digest, Timestamp};
use serde::Serialize;

use crate::dossier::Dossier;
use crate::dossier::assessment::{self, Assessed, Gate};
use crate::dossier::block::Section;
use crate::dossier::card::{self, Card};
use crate::dossier::check::Check;
use crate::dossier::covered::{self, Covered};
use crate::dossier::decision::{self, Decided};
use crate::dossier::findings::Findings;
use crate::dossier::identity::Identity;
use crate::dossier::incidents::{self, Incidents};
use crate::dossier::lineage::{self, Origin};
use crate::dossier::materials::{self, Materials};
use crate::dossier::part::Part;
use crate::dossier::risks::{self, Risks};
use crate::dossier::signature;
use crate::dossier::summary::Summary;
use crate::lineage::ROOT_PROPERTY;

/// Holds all that a dossier says. Every form is written from it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct View {
    schema: &'static str,
    pub(super) as_of: Timestamp,
    pub(super) summary: Summary,
    #[serde(flatten)]
    pub(super) body: Body,
    verify: Check,
}

/// Holds what is known, one member for each section.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Body {
    pub(super) identity: Identity,
    /// The root digest that the ML-BOM states.
    #[serde(skip)]
    pub(super) stated_root: Option<Digest>,
    /// The digest of the signature's bundle.
    #[serde(skip)]
    pub(super) bundle: Option<Digest>,
    pub(super) materials: Part<Materials>,
    pub(super) lineage: Part<Origin>,
    pub(super) card: Part<Card>,
    pub(super) findings: Findings,
    pub(super) assessment: Part<Assessed>,
    pub(super) phase_gate: Part<Gate>,
    pub(super) risks: Part<Risks>,
    pub(super) incidents: Part<Incidents>,
    pub(super) decision: Part<Decided>,
    pub(super) coverage: Part<Covered>,
}

impl View {
    pub(super) fn of(dossier: &Dossier<'_>) -> Self {
        let body = Body::of(dossier);
        Self {
            schema: "modelward.dossier/1",
            as_of: dossier.now,
            summary: Summary::of(&body),
            verify: Check::of(&body),
            body,
        }
    }

    /// Lays out the sections below the first screen.
    pub(super) fn sections(&self, json: &Digest) -> Vec<Section> {
        let body = &self.body;
        vec![
            decision::section(&body.decision),
            body.identity.section(),
            signature::section(&body.identity),
            materials::section(&body.materials, &body.identity),
            lineage::section(&body.lineage),
            card::section(&body.card),
            body.findings.section(),
            assessment::section(&body.assessment, &body.phase_gate),
            risks::section(&body.risks),
            incidents::section(&body.incidents, self.as_of),
            covered::section(&body.coverage),
            self.verify.section(json),
        ]
    }
}

impl Body {
    fn of(dossier: &Dossier<'_>) -> Self {
        let (evidence, now) = (&dossier.evidence, dossier.now);
        let model = evidence.bom().and_then(|bom| bom.model());
        let stated = model.map_or_else(Vec::new, |model| model.property_values(ROOT_PROPERTY));
        Self {
            identity: Identity::of(evidence),
            stated_root: stated.first().and_then(|root| root.parse().ok()),
            bundle: evidence.bundle(),
            materials: Materials::of(evidence),
            lineage: Origin::of(evidence),
            card: Card::of(evidence),
            findings: Findings::of(evidence),
            assessment: Assessed::of(evidence, now),
            phase_gate: Gate::of(evidence),
            risks: Risks::of(evidence, now),
            incidents: Incidents::of(evidence, now),
            decision: Decided::of(dossier.decision, evidence.root()),
            coverage: Covered::of(dossier.coverage, &evidence.root()),
        }
    }
}
