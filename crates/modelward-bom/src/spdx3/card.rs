//! What the AI profile says of a model.

use serde_json::{Map, Value, json};

use crate::spdx3::source::Source;

/// The activities that the AI profile has energy for.
const ACTIVITIES: [(&str, &str); 3] = [
    ("fine-tuning", "ai_finetuningEnergyConsumption"),
    ("inference", "ai_inferenceEnergyConsumption"),
    ("training", "ai_trainingEnergyConsumption"),
];

/// The names of the CycloneDX property taxonomy that are hyperparameters.
const HYPERPARAMETER: &str = "cdx:ai-ml:model:hyperparameter:";
const PARAMETER: &str = "cdx:ai-ml:model:parameter:";

/// Adds what the model card says to the element of its model.
pub(super) fn card(source: &mut Source, at: &str, members: &mut Map<String, Value>) {
    let card = format!("{at}/modelCard");
    let kinds = ["approach/type", "architectureFamily", "modelArchitecture"];
    let kinds: Vec<String> = kinds
        .iter()
        .filter_map(|member| source.text(&format!("{card}/modelParameters/{member}")))
        .collect();
    put(members, "ai_typeOfModel", kinds.into());
    let mut application: Vec<String> = Vec::new();
    if let Some(task) = source.text(&format!("{card}/modelParameters/task")) {
        application.push(format!("task: {task}"));
    }
    for (list, word) in [("useCases", "use case"), ("users", "user")] {
        let texts = texts(source, &format!("{card}/considerations/{list}"));
        application.extend(texts.into_iter().map(|text| format!("{word}: {text}")));
    }
    if !application.is_empty() {
        put(
            members,
            "ai_informationAboutApplication",
            application.join("\n").into(),
        );
    }
    let limits = texts(
        source,
        &format!("{card}/considerations/technicalLimitations"),
    );
    if !limits.is_empty() {
        put(members, "ai_limitation", limits.join("\n").into());
    }
    put(
        members,
        "ai_hyperparameter",
        hyperparameters(source, &card).into(),
    );
    put(members, "ai_metric", metrics(source, &card).into());
    if let Some(energy) = energy(source, &card) {
        members.insert("ai_energyConsumption".to_owned(), energy);
    }
}

fn hyperparameters(source: &mut Source, card: &str) -> Vec<Value> {
    let mut entries = Vec::new();
    for index in 0..source.length(&format!("{card}/properties")) {
        let pointer = format!("{card}/properties/{index}");
        let name = source.peek(&format!("{pointer}/name")).unwrap_or_default();
        let known = name
            .strip_prefix(HYPERPARAMETER)
            .or_else(|| name.strip_prefix(PARAMETER));
        let Some(key) = known.map(|key| key.trim_start_matches("_undefined:").to_owned()) else {
            continue;
        };
        if let Some(value) = source.text(&format!("{pointer}/value")) {
            source.mark(format!("{pointer}/name"));
            entries.push(entry(&key, &value));
        }
    }
    entries
}

fn metrics(source: &mut Source, card: &str) -> Vec<Value> {
    let list = format!("{card}/quantitativeAnalysis/performanceMetrics");
    let mut entries = Vec::new();
    for index in 0..source.length(&list) {
        let pointer = format!("{list}/{index}");
        let (kind, value) = (format!("{pointer}/type"), format!("{pointer}/value"));
        if source.peek(&kind).is_none() || source.peek(&value).is_none() {
            continue;
        }
        if let (Some(kind), Some(value)) = (source.text(&kind), source.text(&value)) {
            let key = match source.text(&format!("{pointer}/slice")) {
                Some(slice) => format!("{kind} on {slice}"),
                None => kind,
            };
            entries.push(entry(&key, &value));
        }
    }
    entries
}

fn energy(source: &mut Source, card: &str) -> Option<Value> {
    let list = format!("{card}/considerations/environmentalConsiderations/energyConsumptions");
    let mut energy: Map<String, Value> = Map::new();
    for index in 0..source.length(&list) {
        let pointer = format!("{list}/{index}");
        let activity = source.peek(&format!("{pointer}/activity"));
        let known = ACTIVITIES.iter().find(|(name, _)| Some(*name) == activity);
        let amount = format!("{pointer}/activityEnergyCost/value");
        let value = source.document().pointer(&amount).and_then(Value::as_f64);
        let (Some((_, member)), Some(value)) = (known, value) else {
            continue;
        };
        source.mark(format!("{pointer}/activity"));
        source.mark(format!("{pointer}/activityEnergyCost"));
        let description = json!({
            "type": "ai_EnergyConsumptionDescription",
            "ai_energyQuantity": value,
            "ai_energyUnit": "kilowattHour",
        });
        let all = energy.entry(*member).or_insert_with(|| json!([]));
        if let Value::Array(all) = all {
            all.push(description);
        }
    }
    if energy.is_empty() {
        return None;
    }
    energy.insert("type".to_owned(), "ai_EnergyConsumption".into());
    Some(Value::Object(energy))
}

fn texts(source: &mut Source, list: &str) -> Vec<String> {
    let length = source.length(list);
    (0..length)
        .filter_map(|index| source.text(&format!("{list}/{index}")))
        .collect()
}

fn entry(key: &str, value: &str) -> Value {
    json!({"type": "DictionaryEntry", "key": key, "value": value})
}

/// Sets a member that says something.
fn put(members: &mut Map<String, Value>, name: &str, value: Value) {
    if !value.as_array().is_some_and(Vec::is_empty) {
        members.insert(name.to_owned(), value);
    }
}
