use modelward_bom::MlBom;
use modelward_bom::profile::{Profile, State};
use serde_json::{Value, json};

/// A document that says everything that any standard asks for.
fn full() -> Value {
    let contact = json!([{"name": "A", "email": "a@example.org"}]);
    let reference = |kind: &str| {
        json!({
            "type": kind,
            "url": "https://example.org",
            "hashes": [{"alg": "SHA-512", "content": "0".repeat(128)}],
        })
    };
    let kinds = [
        "adversary-model",
        "advisories",
        "digital-signature",
        "distribution",
        "documentation",
        "license",
        "model-card",
        "pentest-report",
        "rfc-9116",
        "risk-assessment",
        "vcs",
        "website",
    ];
    let references: Vec<Value> = kinds.iter().map(|kind| reference(kind)).collect();
    let names = [
        "bsi:component:archive",
        "bsi:component:effectiveLicense",
        "bsi:component:executable",
        "bsi:component:filename",
        "bsi:component:structured",
        "modelward:acceptable-use",
        "modelward:autonomy",
        "modelward:decision-threshold",
        "modelward:explainability",
        "modelward:hardware",
        "modelward:human-oversight",
        "modelward:monitoring-plan",
        "modelward:planned-changes",
        "modelward:preprocessing",
        "modelward:trained-by",
        "modelward:training:compute",
        "modelward:training:time",
        "modelward:validated-by",
        "cdx:ai-ml:model:parameter:count",
        "cdx:ai-ml:model:parameter:tune_method",
        "cdx:ai-ml:model:hyperparameter:vocab_size",
        "cdx:ai-ml:model:hyperparameter:context_length",
        "cdx:ai-ml:model:hyperparameter:tokenizer_class",
        "cdx:ai-ml:model:hyperparameter:_undefined:embedding_length",
        "cdx:ai-ml:model:hyperparameter:_undefined:block_count",
        "cdx:ai-ml:model:hyperparameter:_undefined:attention.head_count",
        "cdx:ai-ml:model:hyperparameter:_undefined:feed_forward_length",
        "cdx:ai-ml:model:hyperparameter:_undefined:rope.dimension_count",
        "cdx:ai-ml:model:hyperparameter:_undefined:quantization_version",
    ];
    let properties: Vec<Value> = names
        .iter()
        .map(|name| json!({"name": name, "value": "stated"}))
        .collect();
    let component = |kind: &str, name: &str| {
        json!({
            "type": kind, "bom-ref": name, "name": name, "version": "1", "description": "d",
            "manufacturer": {"name": "M", "url": ["https://example.org"], "contact": contact},
            "purl": format!("pkg:generic/{name}"),
            "hashes": [{"alg": "SHA-256", "content": "0".repeat(64)}],
            "licenses": [{"expression": "MIT", "acknowledgement": "concluded"},
                {"license": {"id": "MIT", "acknowledgement": "declared"}}],
            "externalReferences": references, "properties": properties, "tags": ["t"],
            "releaseNotes": {"type": "major", "timestamp": "2026-01-01T00:00:00Z", "description": "r"},
        })
    };
    let mut model = component("machine-learning-model", "m");
    model["pedigree"] = json!({"ancestors": [{"type": "machine-learning-model", "name": "base"}]});
    model["modelCard"] = json!({
        "modelParameters": {
            "approach": {"type": "supervised"}, "task": "t", "architectureFamily": "f",
            "modelArchitecture": "a", "datasets": [{"ref": "d"}],
            "inputs": [{"format": "text"}], "outputs": [{"format": "text"}],
        },
        "quantitativeAnalysis": {"performanceMetrics": [{"type": "accuracy", "value": "1"}]},
        "considerations": {
            "users": ["u"], "useCases": ["u"], "technicalLimitations": ["l"],
            "performanceTradeoffs": ["p"], "ethicalConsiderations": [{"name": "e"}],
            "fairnessAssessments": [{"groupAtRisk": "g"}],
            "environmentalConsiderations": {"energyConsumptions": [{
                "activity": "training",
                "energyProviders": [{"organization": {"name": "o"}, "energySource": "wind",
                    "energyProvided": {"value": 1, "unit": "kWh"}}],
                "activityEnergyCost": {"value": 1, "unit": "kWh"},
            }]},
        },
    });
    let mut data = component("data", "d");
    data["data"] = json!([{
        "type": "dataset", "contents": {"url": "https://example.org"}, "classification": "public",
        "sensitiveData": ["nothing personal"], "description": "d",
        "governance": {"owners": [{"organization": {"name": "o"}}]},
        "graphics": {"description": "statistics"},
    }]);
    json!({
        "bomFormat": "CycloneDX", "specVersion": "1.7", "version": 1,
        "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
        "metadata": {
            "timestamp": "2026-01-01T00:00:00Z", "lifecycles": [{"phase": "build"}],
            "tools": {"components": [{"type": "application", "name": "t", "version": "1"}]},
            "manufacturer": {"name": "M", "url": ["https://example.org"], "contact": contact},
            "authors": contact, "component": model,
        },
        "components": [data, component("library", "l"), component("device", "gpu")],
        "services": [{"name": "s", "endpoints": ["https://example.org"], "data": [
            {"flow": "inbound", "classification": "public", "description": "d"}]}],
        "externalReferences": references,
        "dependencies": [{"ref": "m", "dependsOn": ["l"]}],
        "compositions": [{"aggregate": "complete", "assemblies": ["m"], "dependencies": ["m"]}],
        "vulnerabilities": [{"id": "CVE-2026-1"}],
        "formulation": [{"workflows": [{"bom-ref": "w", "uid": "w", "taskTypes": ["build"]}]}],
        "declarations": {
            "assessors": [{"organization": {"name": "o"}}],
            "attestations": [{"summary": "s", "assessor": "a"}],
            "claims": [{"predicate": "p"}],
            "affirmation": {"statement": "s"},
        },
        "definitions": {"standards": [{"name": "s"}]},
        "signature": {"algorithm": "ES256", "value": "x"},
    })
}

fn states(profile: Profile, document: &Value) -> Vec<(&'static str, State)> {
    let bom = MlBom::from_value(document.clone()).expect("a document");
    let elements = profile.assess(&bom).elements().to_vec();
    elements
        .iter()
        .map(|element| (element.id(), element.state()))
        .collect()
}

#[test]
fn the_standards_have_their_number_of_elements_and_no_id_twice() {
    let counts = [25, 15, 7, 20, 18, 50, 7, 46];
    for (profile, count) in Profile::ALL.into_iter().zip(counts) {
        let elements = states(profile, &full());
        let ids: std::collections::BTreeSet<_> = elements.iter().map(|(id, _)| id).collect();
        assert_eq!((elements.len(), ids.len()), (count, count), "{profile}");
        assert_eq!(profile.name().parse(), Ok(profile));
    }
    assert_eq!(
        "x".parse::<Profile>().unwrap_err().code(),
        "bom.profile.unknown"
    );
}

#[test]
fn a_document_that_says_everything_meets_every_element() {
    for profile in Profile::ALL {
        for (id, state) in states(profile, &full()) {
            let meets = matches!(state, State::Met | State::NeedsReview);
            assert!(meets, "{profile} {id}: {state}");
        }
    }
}

/// Takes away what meets an element, the last first, so that places stay. Where a document cannot be
/// without a value, what the value stands in goes.
fn without(document: &Value, pointers: &[String]) -> Option<Value> {
    let mut document = document.clone();
    for pointer in pointers.iter().rev() {
        let mut pointer = pointer.as_str();
        loop {
            let mut tried = document.clone();
            let (parent, member) = pointer.rsplit_once('/')?;
            match tried.pointer_mut(parent) {
                Some(Value::Object(members)) => drop(members.remove(member)),
                Some(Value::Array(items)) => drop(items.remove(member.parse().ok()?)),
                // It went with what it stood in.
                _ => break,
            }
            if MlBom::from_value(tried.clone()).is_ok() {
                document = tried;
                break;
            }
            pointer = parent;
        }
    }
    Some(document)
}

#[test]
fn without_its_evidence_an_element_is_not_met() {
    let document = full();
    let bom = MlBom::from_value(document.clone()).unwrap();
    let mut tried = 0;
    for profile in Profile::ALL {
        for element in profile.assess(&bom).elements() {
            for pointer in element.evidence() {
                assert!(document.pointer(pointer).is_some(), "{profile}: {pointer}");
            }
            // What is listed is what stands first; others may still stand where it could.
            let mut judged = element.clone();
            let mut rest = Some(document.clone());
            while let Some(left) = rest.filter(|_| !judged.evidence().is_empty()) {
                if judged.state() == State::Missing {
                    break;
                }
                rest = without(&left, judged.evidence()).filter(|next| *next != left);
                if let Some(next) = &rest {
                    let next = MlBom::from_value(next.clone()).unwrap();
                    judged = profile.assess(&next).element(element.id()).unwrap().clone();
                }
            }
            // The format and its version no document can be without.
            if ["/bomFormat", "/specVersion"].contains(&element.evidence()[0].as_str()) {
                continue;
            }
            let gone = matches!(judged.state(), State::Missing | State::NotApplicable);
            assert!(gone, "{profile} {}: {}", element.id(), judged.state());
            tried += 1;
        }
    }
    assert!(tried > 175, "{tried}");
}

#[test]
fn an_empty_document_meets_next_to_nothing() {
    let empty = json!({"bomFormat": "CycloneDX", "specVersion": "1.6"});
    for profile in Profile::ALL {
        let met = states(profile, &empty)
            .iter()
            .filter(|(_, state)| *state == State::Met)
            .count();
        // Its format and version are all that it says.
        assert!(met <= 2, "{profile}: {met}");
    }
}

#[test]
fn placeholders_meet_nothing_and_stated_ignorance_counts_where_the_standard_takes_it() {
    let mut document = full();
    for placeholder in ["unknown", "N/A", "NOASSERTION", " none ", "tbd"] {
        for component in [
            "/metadata/component",
            "/components/0",
            "/components/1",
            "/components/2",
        ] {
            document.pointer_mut(component).unwrap()["version"] = placeholder.into();
        }
        let bom = MlBom::from_value(document.clone()).unwrap();
        let state = |profile: Profile, id: &str| profile.assess(&bom).element(id).unwrap().state();
        assert_eq!(
            state(Profile::Ntia2021, "version"),
            State::Missing,
            "{placeholder}"
        );
        let cisa = state(Profile::Cisa2026, "component-version");
        assert_eq!(cisa, State::ExplicitlyUnknown, "{placeholder}");
    }
}

#[test]
fn a_model_without_a_named_dataset_lacks_it_and_a_document_without_a_model_does_not() {
    let mut document = full();
    document["components"] = json!([]);
    let dataset = |document: &Value| {
        let states = states(Profile::G7Ai, document);
        states.iter().find(|(id, _)| *id == "DP-01").unwrap().1
    };
    assert_eq!(dataset(&document), State::Missing);
    document["metadata"]["component"]["type"] = "application".into();
    assert_eq!(dataset(&document), State::NotApplicable);
}

#[test]
fn a_score_shows_its_formula_and_does_not_leave_out_what_does_not_apply() {
    let empty = json!({"bomFormat": "CycloneDX", "specVersion": "1.6"});
    let score = Profile::G7Ai
        .assess(&MlBom::from_value(empty).unwrap())
        .score();
    assert_eq!(
        score.to_string(),
        "2 of 50 (elements that are met / all elements of the standard)"
    );
}
