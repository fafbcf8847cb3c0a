//! Turns what is known of a model into a CycloneDX 1.6 document.

use modelward_artifact::{Entry, Manifest, json};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::generate::{GenerateOptions, Observed};
use crate::hash::write_hash;
use crate::inspect::config::Config;
use crate::inspect::front_matter::{FrontMatter, Metric};

/// The `bom-ref` of the model itself.
const MODEL: &str = "model";

/// The property under which the digest of the whole model stands.
pub(crate) const ROOT_PROPERTY: &str = "modelward:manifest:root";

/// Makes the document. Its serial number is a version 5 UUID over all that it says.
pub(crate) fn document(
    manifest: &Manifest,
    observed: &Observed,
    options: &GenerateOptions,
) -> Value {
    let mut metadata = json!({
        "lifecycles": [{"phase": "post-build"}],
        "tools": {"components": [{
            "type": "library",
            "name": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
        }]},
        "component": model(manifest, observed, options),
    });
    if let Some(timestamp) = options.timestamp {
        metadata["timestamp"] = timestamp.to_string().into();
    }
    let datasets = datasets(&observed.card);
    let libraries = libraries(&observed.card);
    let mut document = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": metadata,
        "dependencies": dependencies(&observed.card, &datasets, &libraries),
        // All files are listed; whether the model stands on more than it says is not known.
        "compositions": [
            {"aggregate": "complete", "assemblies": [MODEL]},
            {"aggregate": "unknown", "dependencies": [MODEL]},
        ],
    });
    let components: Vec<Value> = datasets.into_iter().chain(libraries).collect();
    put(&mut document, "components", components);
    let content = json::canonical(&document).unwrap_or_else(|_| document.to_string().into_bytes());
    let serial = Uuid::new_v5(&Uuid::NAMESPACE_URL, &content);
    document["serialNumber"] = serial.urn().to_string().into();
    document
}

fn model(manifest: &Manifest, observed: &Observed, options: &GenerateOptions) -> Value {
    let card = &observed.card;
    let name = options
        .name
        .as_deref()
        .or(card.text("model_name"))
        .unwrap_or(manifest.name());
    let mut model = json!({
        "type": "machine-learning-model",
        "bom-ref": MODEL,
        "name": name,
        "modelCard": model_card(observed),
        "components": manifest.entries().iter().map(file).collect::<Vec<_>>(),
        "properties": [property(ROOT_PROPERTY, &manifest.root().to_string())],
    });
    if let Some(version) = &options.version {
        model["version"] = version.as_str().into();
    }
    if let Some(supplier) = &options.supplier {
        model["supplier"] = json!({"name": supplier});
    }
    if observed.has_card {
        let card = json!([{"type": "model-card", "url": "README.md"}]);
        model["externalReferences"] = card;
    }
    put(&mut model, "licenses", licenses(card));
    put(
        &mut model,
        "tags",
        unique(card.texts("tags"))
            .into_iter()
            .map(Value::from)
            .collect(),
    );
    let ancestors: Vec<Value> = unique(card.texts("base_model"))
        .into_iter()
        .map(ancestor)
        .collect();
    if !ancestors.is_empty() {
        model["pedigree"] = json!({"ancestors": ancestors});
    }
    model
}

fn model_card(observed: &Observed) -> Value {
    let (card, config) = (&observed.card, &observed.config);
    let mut parameters = Map::new();
    let texts = [
        ("task", card.text("pipeline_tag")),
        ("architectureFamily", config.family()),
        ("modelArchitecture", config.architecture()),
    ];
    for (member, text) in texts {
        if let Some(text) = text {
            parameters.insert(member.to_owned(), text.into());
        }
    }
    let datasets: Vec<Value> = unique(card.texts("datasets"))
        .into_iter()
        .map(|name| json!({"ref": dataset_ref(name)}))
        .collect();
    if !datasets.is_empty() {
        parameters.insert("datasets".to_owned(), datasets.into());
    }
    let mut model_card = json!({"modelParameters": parameters});
    let metrics: Vec<Value> = card.metrics().iter().map(metric).collect();
    if !metrics.is_empty() {
        model_card["quantitativeAnalysis"] = json!({"performanceMetrics": metrics});
    }
    put(
        &mut model_card,
        "properties",
        properties(observed, card, config),
    );
    model_card
}

/// Lists what has no member of its own, under the names of the CycloneDX property taxonomy.
fn properties(observed: &Observed, card: &FrontMatter, config: &Config) -> Vec<Value> {
    let mut properties = Vec::new();
    for language in unique(card.texts("language")) {
        properties.push(property("cdx:ai-ml:model:language", language));
    }
    for (name, value) in config.hyperparameters() {
        properties.push(property(
            &format!("cdx:ai-ml:model:hyperparameter:{name}"),
            &value,
        ));
    }
    if let Some(tensors) = &observed.tensors {
        let count = tensors.elements.to_string();
        properties.push(property("cdx:ai-ml:model:parameter:count", &count));
        properties.push(property(
            "modelward:tensor:count",
            &tensors.count.to_string(),
        ));
        for element_type in &tensors.types {
            properties.push(property("modelward:tensor:type", element_type));
        }
    }
    properties
}

fn file(entry: &Entry) -> Value {
    json!({
        "type": "file",
        "bom-ref": format!("file:{}", entry.path()),
        "name": entry.path(),
        "hashes": Vec::from_iter(write_hash(entry.digest())),
        "properties": [property("modelward:file:size", &entry.size().to_string())],
    })
}

/// An SPDX identifier where the card's word is one but for its case, else the word as a name.
fn licenses(card: &FrontMatter) -> Vec<Value> {
    // A link with blanks is no reference (RFC 3986); the schema asks for one.
    let url = card
        .text("license_link")
        .filter(|link| !link.contains(char::is_whitespace));
    let choice = |slug: &str| {
        let id = spdx::identifiers::LICENSES
            .iter()
            .find(|license| license.name.eq_ignore_ascii_case(slug));
        let name = card
            .text("license_name")
            .filter(|_| slug == "other")
            .unwrap_or(slug);
        let mut license = match id {
            Some(license) => json!({"id": license.name, "acknowledgement": "declared"}),
            None => json!({"name": name, "acknowledgement": "declared"}),
        };
        if let Some(url) = url {
            license["url"] = url.into();
        }
        json!({"license": license})
    };
    let known = |slug: &&str| !slug.trim().is_empty() && *slug != "unknown";
    unique(card.texts("license"))
        .into_iter()
        .filter(known)
        .map(choice)
        .collect()
}

fn datasets(card: &FrontMatter) -> Vec<Value> {
    let dataset = |name| {
        json!({
            "type": "data",
            "bom-ref": dataset_ref(name),
            "name": name,
            "data": [{"type": "dataset", "name": name}],
        })
    };
    unique(card.texts("datasets"))
        .into_iter()
        .map(dataset)
        .collect()
}

fn libraries(card: &FrontMatter) -> Vec<Value> {
    let library =
        |name: &str| json!({"type": "library", "bom-ref": format!("library:{name}"), "name": name});
    card.text("library_name").map(library).into_iter().collect()
}

/// A base model. It has a package URL only where its name is one of Hugging Face's form.
fn ancestor(name: &str) -> Value {
    let mut ancestor = json!({
        "type": "machine-learning-model",
        "bom-ref": ancestor_ref(name),
        "name": name,
    });
    let plain = |part: &str| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        !part.is_empty() && part.chars().all(allowed)
    };
    if name
        .split_once('/')
        .is_some_and(|(owner, model)| plain(owner) && plain(model))
    {
        ancestor["purl"] = format!("pkg:huggingface/{name}").into();
    }
    ancestor
}

fn metric(metric: &Metric) -> Value {
    let mut value = json!({"type": metric.kind, "value": metric.value});
    if let Some(slice) = &metric.slice {
        value["slice"] = slice.as_str().into();
    }
    value
}

fn dependencies(card: &FrontMatter, datasets: &[Value], libraries: &[Value]) -> Vec<Value> {
    let others: Vec<&Value> = datasets
        .iter()
        .chain(libraries)
        .map(|component| &component["bom-ref"])
        .collect();
    let ancestors = unique(card.texts("base_model"))
        .into_iter()
        .map(ancestor_ref);
    let mut on: Vec<Value> = others.iter().copied().cloned().collect();
    on.extend(ancestors.map(Value::from));
    let mut dependencies = vec![json!({"ref": MODEL, "dependsOn": on})];
    // An entry without `dependsOn` says that the component was looked at.
    dependencies.extend(others.into_iter().map(|bom_ref| json!({"ref": bom_ref})));
    dependencies
}

fn dataset_ref(name: &str) -> String {
    format!("dataset:{name}")
}

fn ancestor_ref(name: &str) -> String {
    format!("base:{name}")
}

fn property(name: &str, value: &str) -> Value {
    json!({"name": name, "value": value})
}

/// Sets a list, unless it is empty: the document says nothing rather than an empty list.
fn put(object: &mut Value, member: &str, items: Vec<Value>) {
    if !items.is_empty() {
        object[member] = items.into();
    }
}

/// Keeps the first of equal texts, since a `bom-ref` may stand once only.
fn unique(texts: Vec<&str>) -> Vec<&str> {
    let mut kept: Vec<&str> = Vec::new();
    for text in texts {
        if !text.trim().is_empty() && !kept.contains(&text) {
            kept.push(text);
        }
    }
    kept
}
