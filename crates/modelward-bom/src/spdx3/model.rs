//! The model card, as properties of the AI profile.

use serde_json::{Value, json};

use crate::spdx3::LossReason;
use crate::spdx3::graph::Element;
use crate::spdx3::place::items;
use crate::spdx3::source::Node;

/// The names of the CycloneDX property taxonomy that have a place in SPDX.
const HYPERPARAMETER: &str = "cdx:ai-ml:model:hyperparameter:";
const TUNE_METHOD: &str = "cdx:ai-ml:model:parameter:tune_method";

/// Carries over what a machine-learning model says of itself.
pub(super) fn describe(element: &mut Element, node: &Node<'_>) {
    properties(element, node);
    let Some(card) = node.get("modelCard") else {
        return;
    };
    properties(element, &card);
    if let Some(parameters) = card.get("modelParameters") {
        self::parameters(element, &parameters);
    }
    for metric in items(&card, &["quantitativeAnalysis", "performanceMetrics"]) {
        self::metric(element, &metric);
    }
    if let Some(considerations) = card.get("considerations") {
        self::considerations(element, &considerations);
    }
}

fn properties(element: &mut Element, node: &Node<'_>) {
    for property in node.list("properties") {
        let (Some(name), Some(_)) = (property.peek("name"), property.peek("value")) else {
            continue;
        };
        let key = name
            .strip_prefix(HYPERPARAMETER)
            .filter(|key| !key.is_empty());
        if key.is_none() && name != TUNE_METHOD {
            continue;
        }
        property.take("name");
        let value = property.take("value").unwrap_or_default();
        match key {
            // The taxonomy puts this before names that it does not list.
            Some(key) => {
                let key = key.strip_prefix("_undefined:").unwrap_or(key);
                element.entry("ai_hyperparameter", key, value);
            }
            None => element.line(
                "ai_informationAboutTraining",
                &format!("Tune method: {value}"),
            ),
        }
    }
}

fn parameters(element: &mut Element, parameters: &Node<'_>) {
    // SPDX names supervised learning and the like as examples of a type of model.
    let approach = parameters
        .get("approach")
        .and_then(|approach| approach.take("type"));
    let family = parameters.take("architectureFamily");
    let architecture = parameters.take("modelArchitecture");
    for kind in [approach, family, architecture].into_iter().flatten() {
        element.push("ai_typeOfModel", kind);
    }
    if let Some(task) = parameters.take("task") {
        element.push("ai_domain", task);
    }
    for (member, label) in [("inputs", "Input"), ("outputs", "Output")] {
        for channel in parameters.list(member) {
            if let Some(format) = channel.take("format") {
                let line = format!("{label} format: {format}");
                element.line("ai_informationAboutApplication", &line);
            }
        }
    }
}

/// A metric is an entry of a dictionary. Its slice and the bounds of its confidence interval have
/// no property, so they stand in the keys of entries.
fn metric(element: &mut Element, metric: &Node<'_>) {
    let Some(kind) = metric.take("type") else {
        return;
    };
    let key = match metric.take("slice") {
        Some(slice) => format!("{kind} ({slice})"),
        None => kind.to_owned(),
    };
    match metric.take("value") {
        Some(value) => element.entry("ai_metric", &key, value),
        // A key may stand alone: the metric is named and its value is not known.
        None => element.push("ai_metric", json!({"type": "DictionaryEntry", "key": key})),
    }
    let Some(interval) = metric.get("confidenceInterval") else {
        return;
    };
    for (member, label) in [("lowerBound", "lower"), ("upperBound", "upper")] {
        if let Some(bound) = interval.take(member) {
            let key = format!("{key}, {label} bound of the confidence interval");
            element.entry("ai_metric", &key, bound);
        }
    }
}

fn considerations(element: &mut Element, considerations: &Node<'_>) {
    let application = "ai_informationAboutApplication";
    for (member, property, label) in [
        ("users", application, "User: "),
        ("useCases", application, "Use case: "),
        ("technicalLimitations", "ai_limitation", ""),
        (
            "performanceTradeoffs",
            "ai_limitation",
            "Performance tradeoff: ",
        ),
    ] {
        for text in considerations.take_list(member) {
            element.line(property, &format!("{label}{text}"));
        }
    }
    energy(element, considerations);
}

/// SPDX knows the energy of training, fine-tuning and inference alone.
fn energy(element: &mut Element, considerations: &Node<'_>) {
    let (mut training, mut tuning, mut inference) = (Vec::new(), Vec::new(), Vec::new());
    for consumption in items(
        considerations,
        &["environmentalConsiderations", "energyConsumptions"],
    ) {
        let list = match consumption.peek("activity") {
            Some("fine-tuning") => &mut tuning,
            Some("inference") => &mut inference,
            Some("training") => &mut training,
            _ => continue,
        };
        if let Some(quantity) = consumption
            .get("activityEnergyCost")
            .and_then(|cost| kilowatt_hours(&cost))
        {
            consumption.take("activity");
            list.push(json!({
                "type": "ai_EnergyConsumptionDescription",
                "ai_energyQuantity": quantity,
                "ai_energyUnit": "kilowattHour",
            }));
        }
    }
    let mut energy = json!({"type": "ai_EnergyConsumption"});
    for (property, list) in [
        ("ai_finetuningEnergyConsumption", tuning),
        ("ai_inferenceEnergyConsumption", inference),
        ("ai_trainingEnergyConsumption", training),
    ] {
        if !list.is_empty() {
            energy[property] = list.into();
        }
    }
    if energy.as_object().is_some_and(|energy| energy.len() > 1) {
        element.set("ai_energyConsumption", energy);
    }
}

/// Writes the quantity as a text, since an `xsd:decimal` has no exponent and a JSON number may.
fn kilowatt_hours(cost: &Node<'_>) -> Option<String> {
    let (value, unit) = (cost.get("value")?, cost.get("unit")?);
    let Value::Number(number) = value.value() else {
        value.lose(LossReason::Malformed);
        return None;
    };
    if unit.text() != Some("kWh") {
        unit.lose(LossReason::Malformed);
        return None;
    }
    let quantity = match (number.as_i64(), number.as_u64(), number.as_f64()) {
        (Some(whole), ..) => whole.to_string(),
        (None, Some(whole), _) => whole.to_string(),
        (None, None, float) => float?.to_string(),
    };
    value.carry();
    unit.carry();
    Some(quantity)
}
