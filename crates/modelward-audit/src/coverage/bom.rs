//! What the ML-BOM shows.

use modelward_artifact::Digest;
use modelward_bom::model::{Considerations, ModelParameters};
use modelward_bom::{Component, ComponentKind, MlBom};
use modelward_rmf::EvidenceSource;

use super::bearing::{
    Bearing, GOVERN_1_6, GOVERN_4_2, GOVERN_6_1, MANAGE_3_2, MAP_1_1, MAP_2_1, MAP_2_2, MAP_2_3,
    MAP_3_3, MAP_4_1, MEASURE_2_1, MEASURE_2_3, MEASURE_2_5, MEASURE_2_8, MEASURE_2_9,
    MEASURE_2_10, MEASURE_2_11, MEASURE_2_12, direct, supporting,
};
use super::notes::Notes;
use super::origin::{Origin, count, text};
use crate::ModelEvidence;

const INVENTORY: [Bearing; 1] = [direct(GOVERN_1_6)];
const TASK: [Bearing; 1] = [direct(MAP_2_1)];
const LICENSES: [Bearing; 2] = [direct(MAP_4_1), supporting(GOVERN_6_1)];
const BASE_MODELS: [Bearing; 1] = [supporting(MANAGE_3_2)];
const SUPPLIER: [Bearing; 1] = [supporting(MEASURE_2_8)];
const ARCHITECTURE: [Bearing; 1] = [supporting(MEASURE_2_9)];
const DATASETS: [Bearing; 1] = [supporting(MAP_2_3)];
const SENSITIVE: [Bearing; 1] = [supporting(MEASURE_2_10)];
const METRICS: [Bearing; 2] = [direct(MEASURE_2_1), supporting(MEASURE_2_3)];
const USERS: [Bearing; 1] = [supporting(MAP_1_1)];
const USE_CASES: [Bearing; 2] = [supporting(MAP_1_1), supporting(MAP_3_3)];
const LIMITATIONS: [Bearing; 2] = [supporting(MAP_2_2), supporting(MEASURE_2_5)];
const ETHICS: [Bearing; 1] = [supporting(GOVERN_4_2)];
const FAIRNESS: [Bearing; 1] = [supporting(MEASURE_2_11)];
const ENERGY: [Bearing; 1] = [supporting(MEASURE_2_12)];

pub(super) fn observe(notes: &mut Notes, evidence: &ModelEvidence<'_>) {
    let Some(bom) = evidence.bom() else {
        return;
    };
    // A document of several models, of which it names none as its subject, is about none of them.
    let Some(model) = bom.model() else {
        return;
    };
    let origin = origin(evidence.name(), bom, model);
    observe_inventory(notes, &origin, (bom, model));
    observe_licenses(notes, &origin, (bom, model));
    observe_card(notes, &origin, (bom, model));
}

fn origin(name: &str, bom: &MlBom, model: &Component) -> Origin {
    let digest = Digest::sha256(&bom.to_json());
    let version = bom.version().map_or(Some(1), |it| it.as_number().as_u64());
    let version = version.and_then(|it| u32::try_from(it).ok());
    match (bom.serial_number(), version, model.bom_ref()) {
        (Some(serial), Some(version), Some(bom_ref)) => {
            let source = EvidenceSource::BomComponent {
                serial: text(serial),
                version,
                bom_ref: text(bom_ref),
            };
            Origin::examined(source, digest)
        }
        _ => Origin::document(&format!("ML-BOM of {name}"), digest),
    }
}

fn observe_inventory(notes: &mut Notes, origin: &Origin, (bom, model): (&MlBom, &Component)) {
    let files = count(model.files().len(), "file", "files");
    let parts = parts(bom, model).len();
    let parts = count(parts, "other component", "other components");
    let message = format!("the ML-BOM lists the model, {files} of it, and {parts}");
    notes.add(&INVENTORY, &origin.supports(message));
    let bases = model.ancestors();
    if let [first, ..] = bases {
        let bases = count(bases.len(), "base model", "base models");
        let message = format!("the ML-BOM names {bases}, such as {}", first.name());
        notes.add(&BASE_MODELS, &origin.supports(message));
    }
}

/// Returns the components beside the model and its files, base models among them.
fn parts<'a>(bom: &'a MlBom, model: &'a Component) -> Vec<&'a Component> {
    let components = bom.all_components().into_iter().chain(model.ancestors());
    let is_part = |it: &&Component| {
        it.kind() != ComponentKind::File && !std::ptr::eq::<Component>(*it, model)
    };
    components.filter(is_part).collect()
}

fn observe_licenses(notes: &mut Notes, origin: &Origin, (bom, model): (&MlBom, &Component)) {
    let states = |it: &Component| it.license_labels().iter().any(|it| !it.trim().is_empty());
    let mut all = parts(bom, model);
    all.insert(0, model);
    let without: Vec<_> = all.iter().filter(|it| !states(it)).collect();
    let fact = match without.as_slice() {
        [] => {
            let stated = count(all.len(), "component states", "components state");
            origin.supports(format!("{stated} a license"))
        }
        [first, ..] => origin.contradicts(format!(
            "{} of {} no license, such as {}",
            without.len(),
            count(all.len(), "component states", "components state"),
            first.name()
        )),
    };
    notes.add(&LICENSES, &fact);
}

fn observe_card(notes: &mut Notes, origin: &Origin, (bom, model): (&MlBom, &Component)) {
    let lacks = |code: &str| bom.unknowns().iter().any(|it| it.code() == code);
    let card = model.model_card();
    let parameters = card.and_then(|card| card.model_parameters());
    match parameters.and_then(ModelParameters::task) {
        Some(task) if !lacks("bom.unknown.task") => {
            let message = format!("the model card states the task: {task}");
            notes.add(&TASK, &origin.supports(message));
        }
        _ => notes.add(&TASK, &origin.contradicts("the ML-BOM states no task")),
    }
    if !lacks("bom.unknown.supplier") {
        let message = "the ML-BOM states who supplies or wrote the model";
        notes.add(&SUPPLIER, &origin.supports(message));
    }
    if !lacks("bom.unknown.architecture") {
        let message = "the model card states the architecture";
        notes.add(&ARCHITECTURE, &origin.supports(message));
    }
    observe_datasets(notes, origin, (bom, model));
    let metrics = card.and_then(|card| card.quantitative_analysis());
    let metrics = metrics.map_or(0, |it| it.performance_metrics().len());
    if metrics > 0 {
        let metrics = count(metrics, "measured value", "measured values");
        let message = format!("the model card holds {metrics}");
        notes.add(&METRICS, &origin.supports(message));
    }
    if let Some(considerations) = card.and_then(|card| card.considerations()) {
        observe_considerations(notes, origin, considerations);
    }
}

fn observe_datasets(notes: &mut Notes, origin: &Origin, (bom, model): (&MlBom, &Component)) {
    let refs = model.dataset_refs();
    if refs.is_empty() {
        return;
    }
    let datasets = count(refs.len(), "dataset", "datasets");
    let message = format!("the model card names {datasets}");
    notes.add(&DATASETS, &origin.supports(message));
    let is_used = |it: &&Component| it.bom_ref().is_some_and(|it| refs.contains(it));
    let components = bom.all_components();
    let data = components.into_iter().filter(is_used);
    let said = data
        .flat_map(Component::data)
        .filter(|it| !it.sensitive_data().is_empty())
        .count();
    if said > 0 {
        let datasets = count(said, "dataset holds", "datasets hold");
        let message = format!("the ML-BOM says which sensitive data {datasets}");
        notes.add(&SENSITIVE, &origin.supports(message));
    }
}

fn observe_considerations(notes: &mut Notes, origin: &Origin, card: &Considerations) {
    let limits = card.technical_limitations().len() + card.performance_tradeoffs().len();
    let energy = card.environmental_considerations();
    let energy = energy.map_or(0, |it| it.energy_consumptions().len());
    let sections: [(usize, &[Bearing], &str); 6] = [
        (card.users().len(), &USERS, "who uses the model"),
        (card.use_cases().len(), &USE_CASES, "what the model is for"),
        (limits, &LIMITATIONS, "where the model's limits lie"),
        (
            card.ethical_considerations().len(),
            &ETHICS,
            "ethical risks",
        ),
        (
            card.fairness_assessments().len(),
            &FAIRNESS,
            "assessments of fairness",
        ),
        (energy, &ENERGY, "the energy that was used"),
    ];
    for (_, bearings, what) in sections.iter().filter(|(entries, ..)| *entries > 0) {
        let message = format!("the model card states {what}");
        notes.add(bearings, &origin.supports(message));
    }
}
