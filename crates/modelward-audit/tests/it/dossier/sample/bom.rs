use modelward_artifact::{Entry, JsonLimits, Manifest};
use modelward_bom::MlBom;
use serde_json::{Value, json};

use super::Words;

/// Describes the model in CycloneDX.
pub(super) fn of(words: &Words, manifest: &Manifest) -> MlBom {
    let document = json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6",
        "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79", "version": 3,
        "metadata": {"timestamp": "2026-11-20T09:00:00Z", "component": model(words, manifest)},
        "components": [data(words), torch(), transformers(words)],
        "dependencies": [
            {"ref": "model", "dependsOn": ["base", "disputes", "torch", "transformers"]},
            {"ref": "transformers", "dependsOn": ["torch"]},
        ],
    });
    let bytes = serde_json::to_vec(&document).unwrap();
    MlBom::read(&bytes, &JsonLimits::default()).unwrap()
}

fn model(words: &Words, manifest: &Manifest) -> Value {
    let files: Vec<_> = manifest.entries().iter().map(file).collect();
    json!({
        "type": "machine-learning-model", "bom-ref": "model", "name": words.name,
        "version": words.version, "description": words.text, "supplier": {"name": "Example Bank"},
        "licenses": [{"license": {"id": "Apache-2.0"}}],
        "properties": [{"name": "modelward:manifest:root", "value": manifest.root().to_string()}],
        "modelCard": card(words),
        "pedigree": {"ancestors": [{
            "type": "machine-learning-model", "bom-ref": "base", "name": words.base,
            "version": "1.2", "purl": "pkg:huggingface/bank/payments-encoder@1.2",
            "licenses": [{"license": {"id": "Apache-2.0"}}],
            "pedigree": {"ancestors": [{"type": "machine-learning-model", "bom-ref": "root-base",
                "name": "bert-base", "purl": "pkg:huggingface/google/bert-base@86b5"}]},
        }]},
        "components": files,
    })
}

fn card(words: &Words) -> Value {
    json!({
        "modelParameters": {
            "approach": {"type": "supervised"}, "task": "text-classification",
            "architectureFamily": "transformer", "modelArchitecture": "BertForSequenceClassification",
            "datasets": [{"ref": "disputes"}],
            "inputs": [{"format": "text, at most 512 tokens"}],
            "outputs": [{"format": "one of genuine, review, block"}],
        },
        "quantitativeAnalysis": {"performanceMetrics": [
            {"type": "recall of fraud", "value": "0.914", "slice": "disputes of 2026, second quarter",
                "confidenceInterval": {"lowerBound": "0.901", "upperBound": "0.926"}},
            {"type": "false alarms", "value": "0.6 %", "slice": words.text},
            {"type": "recall of fraud", "value": "0.871", "slice": "payments abroad"},
        ]},
        "considerations": {
            "users": ["The desk that handles disputes"],
            "useCases": [words.text],
            "technicalLimitations": [words.long, "It sees no amount above 50,000 euros."],
            "ethicalConsiderations": [{"name": "People with unusual habits are asked more often.",
                "mitigationStrategy": "A person decides; no payment is refused by the model alone."}],
        },
    })
}

fn data(words: &Words) -> Value {
    json!({
        "type": "data", "bom-ref": "disputes", "name": words.data, "version": "2026q2",
        "purl": "pkg:huggingface/datasets/bank/card-disputes@2026q2",
        "description": "Disputed card payments with what they came to.",
    })
}

fn torch() -> Value {
    json!({"type": "library", "bom-ref": "torch", "name": "torch", "version": "2.4.0",
        "purl": "pkg:pypi/torch@2.4.0", "licenses": [{"license": {"id": "BSD-3-Clause"}}]})
}

fn transformers(words: &Words) -> Value {
    json!({"type": "library", "bom-ref": "transformers", "name": "transformers",
        "version": "4.40.0", "purl": "pkg:pypi/transformers@4.40.0", "description": words.long})
}

fn file(entry: &Entry) -> Value {
    let path = entry.path().as_str();
    json!({"type": "file", "bom-ref": format!("file:{path}"), "name": path,
        "hashes": [{"alg": "SHA-256", "content": entry.digest().to_hex()}]})
}
