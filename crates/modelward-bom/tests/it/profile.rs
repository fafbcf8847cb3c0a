use modelward_bom::MlBom;
use modelward_bom::profile::{Element, Profile, State};
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
        "source-distribution",
        "vcs",
        "website",
    ];
    let references: Vec<Value> = kinds.iter().map(|kind| reference(kind)).collect();
    let names = [
        "bsi:component:effectiveLicense",
        "bsi:component:filename",
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
    let enumerated = [
        ("bsi:component:archive", "no archive"),
        ("bsi:component:executable", "non-executable"),
        ("bsi:component:structured", "unstructured"),
    ];
    let stated = names.iter().map(|name| (*name, "stated"));
    let properties: Vec<Value> = stated
        .chain(enumerated)
        .map(|(name, value)| json!({"name": name, "value": value}))
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
        "dependencies": [{"ref": "m", "dependsOn": ["l", "d"]}, {"ref": "l"}, {"ref": "d"}, {"ref": "gpu"}],
        "compositions": [{"aggregate": "complete", "dependencies": ["m", "d", "l", "gpu"]}],
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

/// Puts a value somewhere, where its parent is there.
fn with(mut document: Value, pointer: &str, value: Value) -> Value {
    let (parent, member) = pointer.rsplit_once('/').expect("a pointer below the root");
    match document.pointer_mut(parent).expect("the parent") {
        Value::Array(items) => items[member.parse::<usize>().expect("an index")] = value,
        parent => parent[member] = value,
    }
    document
}

/// Lists what stands in a document, but of lists only the first item.
fn list(at: &str, value: &Value, pointers: &mut Vec<String>) {
    let members: Vec<(String, &Value)> = match value {
        Value::Array(items) => items
            .iter()
            .take(1)
            .map(|item| ("0".into(), item))
            .collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, item)| (name.clone(), item))
            .collect(),
        _ => Vec::new(),
    };
    for (name, item) in members {
        let pointer = format!("{at}/{name}");
        list(&pointer, item, pointers);
        pointers.push(pointer);
    }
}

fn element(profile: Profile, document: &Value, id: &str) -> Element {
    let bom = MlBom::from_value(document.clone()).expect("a document");
    let completeness = profile.assess(&bom);
    completeness
        .element(id)
        .expect("an element of the standard")
        .clone()
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
    let counts = [25, 15, 7, 21, 18, 50, 7, 46];
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
    let mut pointers = pointers.to_vec();
    let place = |name: &str| (name.parse::<usize>().ok(), name.to_owned());
    pointers.sort_by_cached_key(|pointer| pointer.split('/').map(place).collect::<Vec<_>>());
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
    const UNFILLED: [&str; 8] = [
        "",
        " ",
        "-",
        "*",
        "N/A",
        " none ",
        "tbd",
        "[More Information Needed]",
    ];
    let ignorance = ["unknown", "NOASSERTION"].map(|text| (text, State::ExplicitlyUnknown));
    let cases = UNFILLED.map(|text| (text, State::Missing));
    for (placeholder, where_taken) in cases.into_iter().chain(ignorance) {
        let document = with(full(), "/components/1/version", json!(placeholder));
        let ntia = element(Profile::Ntia2021, &document, "version");
        assert_eq!(ntia.state(), State::Missing, "{placeholder}");
        assert_eq!(ntia.lacking(), ["/components/1"], "{placeholder}");
        assert!(!ntia.evidence().contains(&"/components/1/version".into()));
        let cisa = element(Profile::Cisa2026, &document, "component-version");
        assert_eq!(cisa.state(), where_taken, "{placeholder}");
    }
}

#[test]
fn what_is_asked_of_a_model_is_missing_where_there_is_no_model() {
    let empty = json!({"bomFormat": "CycloneDX", "specVersion": "1.6"});
    let cases = [
        (Profile::AiActAnnexIv, "1a-purpose"),
        (Profile::AiActAnnexXi, "1d-architecture"),
        (Profile::Audit, "trained-by"),
        (Profile::G7Ai, "MDL-01"),
        (Profile::OwaspAibom, "datasets"),
    ];
    for (profile, id) in cases {
        let element = element(profile, &empty, id);
        assert_eq!(element.state(), State::Missing, "{profile}");
        assert_eq!(element.lacking(), [""], "{profile}");
    }
}

#[test]
fn dependencies_are_asked_of_every_component() {
    let cases = [
        (Profile::BsiTr03183, "dependencies", "/dependencies/3"),
        (
            Profile::BsiTr03183,
            "completeness",
            "/compositions/0/dependencies/3",
        ),
        (Profile::Cisa2026, "dependencies", "/dependencies/3"),
        (Profile::G7Ai, "MD-10", "/dependencies/3"),
        (Profile::Ntia2021, "dependencies", "/dependencies/3"),
    ];
    for (profile, id, pointer) in cases {
        let mut document = full();
        let (list, _) = pointer.rsplit_once('/').unwrap();
        document
            .pointer_mut(list)
            .unwrap()
            .as_array_mut()
            .unwrap()
            .pop();
        let element = element(profile, &document, id);
        assert_eq!(element.state(), State::Missing, "{profile} {id}");
        assert_eq!(element.lacking(), ["/components/2"], "{profile} {id}");
    }
}

#[test]
fn a_component_inside_another_is_related_to_it_but_bsi_asks_for_an_entry() {
    let inner = json!([{"type": "file", "bom-ref": "f", "name": "f"}]);
    let document = with(full(), "/components/1/components", inner);
    let place = "/components/1/components/0";
    let ntia = element(Profile::Ntia2021, &document, "dependencies");
    assert_eq!(ntia.state(), State::Met);
    assert!(ntia.evidence().contains(&place.into()));
    let bsi = element(Profile::BsiTr03183, &document, "dependencies");
    assert_eq!(bsi.lacking(), [place]);
}

#[test]
fn values_that_a_standard_enumerates_or_excludes_are_judged() {
    let cases = [
        (
            Profile::BsiTr03183,
            "executable",
            "/components/1/properties",
            json!([{"name": "bsi:component:executable", "value": "yes"}]),
        ),
        (
            Profile::BsiTr03183,
            "original-licences",
            "/components/1/licenses",
            json!([{"license": {"id": "MIT", "acknowledgement": "concluded"}}]),
        ),
        (
            Profile::BsiTr03183,
            "deployable-hash",
            "/components/1/externalReferences",
            json!([{"type": "distribution", "url": "https://example.org",
                "hashes": [{"alg": "SHA-256", "content": "0".repeat(64)}]}]),
        ),
        (
            Profile::Cisa2026,
            "coverage",
            "/compositions",
            json!([{"aggregate": "not_specified"}]),
        ),
        (
            Profile::G7Ai,
            "MDL-08",
            "/metadata/component/hashes",
            json!([{"alg": "SHA-1", "content": "0".repeat(40)}]),
        ),
        // The program that wrote the document is no part of the system.
        (
            Profile::G7Ai,
            "INF-01",
            "/components/1/type",
            json!("device"),
        ),
        // A system that takes something in and gives nothing out is half described.
        (
            Profile::G7Ai,
            "SLP-08",
            "/metadata/component/modelCard/modelParameters/outputs",
            json!([]),
        ),
        // Who supplied the system has not thereby written the document.
        (
            Profile::Ntia2021,
            "author",
            "/metadata",
            json!({"supplier": {"name": "S"}}),
        ),
        (
            Profile::Audit,
            "data-versions",
            "/components/0",
            json!({"type": "data", "name": "d", "purl": "pkg:generic/d"}),
        ),
    ];
    for (profile, id, pointer, value) in cases {
        let mut document = with(full(), pointer, value);
        document["services"] = json!([]);
        assert_eq!(
            element(profile, &full(), id).state(),
            State::Met,
            "{profile} {id}"
        );
        let state = element(profile, &document, id).state();
        assert_eq!(state, State::Missing, "{profile} {id}");
    }
}

#[test]
fn datasets_inside_a_model_card_are_datasets_and_other_data_is_none() {
    let place = "/metadata/component/modelCard/modelParameters/datasets";
    let inline = json!([{"type": "dataset", "name": "corpus", "description": "d"},
        {"type": "configuration", "name": "settings"}]);
    let mut document = with(full(), place, inline);
    document["components"][0]["data"] = json!([{"type": "configuration"}]);
    for (id, member) in [("DP-01", "name"), ("DP-02", "description")] {
        let element = element(Profile::G7Ai, &document, id);
        assert_eq!(element.state(), State::Met, "{id}");
        assert_eq!(element.evidence(), [format!("{place}/0/{member}")], "{id}");
    }
    let hash = element(Profile::G7Ai, &document, "DP-05");
    assert_eq!(hash.lacking(), [format!("{place}/0")]);
}

#[test]
fn the_elements_of_the_g7_stand_in_its_seven_clusters() {
    let completeness = Profile::G7Ai.assess(&MlBom::from_value(full()).unwrap());
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for element in completeness.elements() {
        let cluster = element.cluster().expect("every element is in one");
        match counts.last_mut().filter(|(last, _)| *last == cluster) {
            Some((_, count)) => *count += 1,
            None => counts.push((cluster, 1)),
        }
    }
    assert_eq!(
        counts,
        [
            ("metadata", 10),
            ("system-level properties", 9),
            ("models", 13),
            ("dataset properties", 10),
            ("infrastructure", 2),
            ("security properties", 4),
            ("key performance indicators", 2),
        ]
    );
}

#[test]
fn nothing_of_an_odd_type_is_evidence_of_more_than_stands_there() {
    let document = full();
    let mut pointers = Vec::new();
    list("", &document, &mut pointers);
    let odd = json!([null, 0, "", "unknown", [], {}, [[{}]], {"": [""]}]);
    let odd = odd.as_array().expect("a list");
    let mut tried = 0;
    for pointer in pointers {
        for odd in odd {
            let odd = with(document.clone(), &pointer, odd.clone());
            // What is no document at all is refused before it is assessed.
            let Ok(bom) = MlBom::from_value(odd.clone()) else {
                continue;
            };
            tried += 1;
            for element in Profile::ALL
                .iter()
                .flat_map(|profile| profile.assess(&bom).elements().to_vec())
            {
                let mut places = element.evidence().iter().chain(element.lacking());
                let absent = places.find(|place| odd.pointer(place).is_none());
                assert_eq!(absent, None, "{pointer}: {}", element.id());
            }
        }
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn models_and_what_they_share_do_not_multiply() {
    let many = 20_000;
    let model = json!({"type": "machine-learning-model", "bom-ref": "m", "name": "m"});
    let mut document = full();
    document["components"] = vec![model; many].into();
    document["formulation"] = json!([{"workflows":
        vec![json!({"bom-ref": "w", "uid": "w", "taskTypes": ["build"]}); many]}]);
    document["dependencies"] = vec![json!({"ref": "m", "dependsOn": ["m"]}); many].into();
    let completeness = Profile::G7Ai.assess(&MlBom::from_value(document).unwrap());
    for element in completeness.elements() {
        assert!(element.evidence().len() <= 2 * many + 2, "{}", element.id());
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
