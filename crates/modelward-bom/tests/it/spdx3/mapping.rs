//! What becomes of components, of their relations and of their licenses.

use modelward_bom::spdx3::LossReason;
use serde_json::json;

use super::{exported, full, graph, model, named, shown};

#[test]
fn elements_say_what_the_components_say() {
    let made = exported(&full());
    let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let training = json!({
        "type": "ai_EnergyConsumption",
        "ai_trainingEnergyConsumption": [{
            "type": "ai_EnergyConsumptionDescription",
            "ai_energyQuantity": "0.0000025",
            "ai_energyUnit": "kilowattHour",
        }],
    });
    for (name, property, expected) in [
        ("sorter", "/type", json!("ai_AIPackage")),
        ("sorter", "/software_primaryPurpose", json!("model")),
        ("sorter", "/software_packageVersion", json!("1.2.0")),
        (
            "sorter",
            "/software_packageUrl",
            json!("pkg:huggingface/acme/sorter@1.2.0"),
        ),
        ("sorter", "/software_copyrightText", json!("(c) Acme")),
        (
            "sorter",
            "/software_downloadLocation",
            json!("https://acme.example/sorter.tar"),
        ),
        (
            "sorter",
            "/software_homePage",
            json!("https://acme.example/sorter"),
        ),
        ("sorter", "/releaseTime", json!("2026-11-20T08:00:00Z")),
        ("sorter", "/description", json!("Sorts reviews.")),
        ("sorter", "/verifiedUsing/0/algorithm", json!("sha256")),
        ("sorter", "/verifiedUsing/0/hashValue", json!(hash)),
        (
            "sorter",
            "/externalIdentifier/0/externalIdentifierType",
            json!("cpe23"),
        ),
        (
            "sorter",
            "/externalIdentifier/1/identifier",
            json!("acme-sorter"),
        ),
        (
            "sorter",
            "/externalRef/0/externalRefType",
            json!("altDownloadLocation"),
        ),
        ("sorter", "/externalRef/0/comment", json!("the mirror")),
        ("sorter", "/externalRef/1/externalRefType", json!("other")),
        (
            "sorter",
            "/externalRef/1/comment",
            json!("CycloneDX type: model-card"),
        ),
        ("sorter", "/externalRef/2/externalRefType", json!("vcs")),
        ("sorter", "/ai_domain", json!(["text-classification"])),
        (
            "sorter",
            "/ai_typeOfModel",
            json!(["supervised", "transformer", "BertForSequenceClassification"]),
        ),
        ("sorter", "/ai_hyperparameter/0/key", json!("hidden_size")),
        ("sorter", "/ai_hyperparameter/0/value", json!("384")),
        ("sorter", "/ai_hyperparameter/1/key", json!("gate")),
        (
            "sorter",
            "/ai_informationAboutTraining",
            json!("Tune method: lora"),
        ),
        (
            "sorter",
            "/ai_informationAboutApplication",
            json!(
                "Input format: string\nOutput format: label\nUser: Shops\n\
                 Use case: Sort reviews\nUse case: Find praise"
            ),
        ),
        (
            "sorter",
            "/ai_limitation",
            json!("English only\nPerformance tradeoff: Slow on long texts"),
        ),
        ("sorter", "/ai_metric/0/key", json!("accuracy (IMDb test)")),
        ("sorter", "/ai_metric/0/value", json!("0.93")),
        ("sorter", "/ai_metric/2/value", json!("0.95")),
        ("sorter", "/ai_metric/3/key", json!("f1")),
        ("sorter", "/ai_energyConsumption", training),
        ("reviews", "/type", json!("dataset_DatasetPackage")),
        ("reviews", "/dataset_datasetType", json!(["noAssertion"])),
        ("reviews", "/dataset_confidentialityLevel", json!("green")),
        ("reviews", "/description", json!("Shop reviews.")),
        (
            "reviews",
            "/comment",
            json!("Sensitive data: names of shops"),
        ),
        ("held out", "/type", json!("dataset_DatasetPackage")),
        (
            "held out",
            "/software_downloadLocation",
            json!("https://data.example/held-out"),
        ),
        (
            "settings",
            "/software_primaryPurpose",
            json!("configuration"),
        ),
        ("model.safetensors", "/type", json!("software_File")),
        (
            "model.safetensors",
            "/contentType",
            json!("application/octet-stream"),
        ),
        (
            "model.safetensors",
            "/verifiedUsing/0/algorithm",
            json!("sha512"),
        ),
        ("transformers", "/type", json!("software_Package")),
        ("torch", "/software_primaryPurpose", json!("framework")),
        (
            "torch",
            "/externalIdentifier/0/externalIdentifierType",
            json!("cpe22"),
        ),
        ("H100", "/software_primaryPurpose", json!("device")),
    ] {
        let found = named(&made, name).pointer(property);
        assert_eq!(found, Some(&expected), "{name}{property}");
    }
}

#[test]
fn relationships_say_how_the_components_belong_together() {
    let made = exported(&full());
    let none = "https://spdx.org/rdf/3.0.1/terms/Core/NoneElement";
    let unknown = "https://spdx.org/rdf/3.0.1/terms/Core/NoAssertionElement";
    let no_license = "https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense";
    for (from, kind, to, completeness) in [
        (
            "sorter",
            "contains",
            &["model.safetensors", "a b/100%.txt"][..],
            Some("complete"),
        ),
        ("sorter", "trainedOn", &["reviews", "held out"], None),
        (
            "sorter",
            "dependsOn",
            &["reviews", "transformers"],
            Some("incomplete"),
        ),
        ("sorter", "hasVariant", &["sorter-small"], None),
        ("sorter", "ancestorOf", &["review desk"], None),
        ("acme/base", "ancestorOf", &["sorter"], None),
        ("transformers", "dependsOn", &["torch"], None),
        ("torch", "dependsOn", &[unknown], Some("noAssertion")),
        ("H100", "dependsOn", &[none], Some("complete")),
        ("sorter", "hasDeclaredLicense", &["Apache-2.0"], None),
        ("sorter", "hasConcludedLicense", &["Acme Terms"], None),
        (
            "reviews",
            "hasConcludedLicense",
            &["CC-BY-4.0 OR MIT"],
            None,
        ),
        ("reviews", "hasDeclaredLicense", &[no_license], None),
        ("acme/base", "hasDeclaredLicense", &[no_license], None),
        ("transformers", "hasDeclaredLicense", &["Apache-2.0"], None),
    ] {
        let from_id = &named(&made, from)["spdxId"];
        let found = graph(&made)
            .iter()
            .find(|node| node["from"] == *from_id && node["relationshipType"] == kind)
            .unwrap_or_else(|| panic!("{from} {kind}"));
        let targets = found["to"].as_array().expect("`to` is a list");
        let found_to: Vec<&str> = targets.iter().map(|id| shown(&made, id)).collect();
        assert_eq!(found_to, to, "{from} {kind}");
        assert_eq!(
            found["completeness"].as_str(),
            completeness,
            "{from} {kind}"
        );
    }
}

#[test]
fn licenses_become_expressions_that_spdx_can_read() {
    let text = json!({"content": "Be kind."});
    let encoded = json!({"content": "QmU=", "encoding": "base64"});
    for (choice, expression, lost) in [
        (json!({"license": {"id": "MIT"}}), "MIT", None),
        (
            json!({"expression": "MIT AND (BSD-3-Clause OR LicenseRef-x)"}),
            "MIT AND (BSD-3-Clause OR LicenseRef-x)",
            None,
        ),
        (
            json!({"license": {"name": "Acme Terms 1"}}),
            "LicenseRef-Acme-Terms-1-",
            None,
        ),
        (
            json!({"license": {"name": "A/B", "text": text}}),
            "LicenseRef-A-B-",
            None,
        ),
        (
            json!({"license": {"name": "C", "text": encoded}}),
            "LicenseRef-C-",
            Some((
                "/metadata/component/licenses/0/license/text",
                LossReason::NotMapped,
            )),
        ),
        // Nothing is said of these, which SPDX has a thing of its own for.
        (json!({"expression": "NOASSERTION"}), "", None),
        (json!({"license": {"id": "NOASSERTION"}}), "", None),
        (
            json!({"expression": "MIT OR NOASSERTION"}),
            "",
            Some(("/metadata/component/licenses", LossReason::Malformed)),
        ),
        (
            json!({"license": {"id": "No-Such"}}),
            "",
            Some(("/metadata/component/licenses", LossReason::Malformed)),
        ),
        (
            json!({"expression": "MIT AND"}),
            "",
            Some(("/metadata/component/licenses", LossReason::Malformed)),
        ),
    ] {
        let made = exported(&model(&json!({"licenses": [choice.clone()]})));
        let found: Vec<&str> = graph(&made)
            .iter()
            .filter_map(|node| node["simplelicensing_licenseExpression"].as_str())
            .collect();
        if expression.is_empty() {
            assert!(found.is_empty(), "{choice}");
        } else {
            let exact = !expression.ends_with('-');
            assert!(found[0].starts_with(expression), "{choice}: {found:?}");
            assert!(!exact || found == [expression], "{choice}: {found:?}");
            assert!(spdx::Expression::parse(found[0]).is_ok(), "{found:?}");
        }
        let losses: Vec<_> = made
            .losses()
            .iter()
            .map(|l| (l.pointer(), l.reason()))
            .collect();
        assert_eq!(losses, Vec::from_iter(lost), "{choice}");
    }
}

#[test]
fn types_decide_the_class() {
    for (component, class, purpose) in [
        (
            json!({"type": "data"}),
            "dataset_DatasetPackage",
            json!("data"),
        ),
        (
            json!({"type": "data", "data": [{"type": "source-code"}, {"type": "dataset"}]}),
            "dataset_DatasetPackage",
            json!("data"),
        ),
        (
            json!({"type": "data", "data": [{"type": "source-code"}]}),
            "software_Package",
            json!("source"),
        ),
        (
            json!({"type": "data", "data": [{"type": "other"}]}),
            "software_Package",
            json!("data"),
        ),
        (
            json!({"type": "application"}),
            "software_Package",
            json!("application"),
        ),
        (
            json!({"type": "container"}),
            "software_Package",
            json!("container"),
        ),
        (
            json!({"type": "cryptographic-asset"}),
            "software_Package",
            json!("other"),
        ),
        (
            json!({"type": "device-driver"}),
            "software_Package",
            json!("deviceDriver"),
        ),
        (json!({"type": "file"}), "software_File", json!("file")),
        (
            json!({"type": "firmware"}),
            "software_Package",
            json!("firmware"),
        ),
        (
            json!({"type": "operating-system"}),
            "software_Package",
            json!("operatingSystem"),
        ),
        (
            json!({"type": "platform"}),
            "software_Package",
            json!("platform"),
        ),
        (json!({"type": "spirit"}), "software_Package", json!(null)),
        (json!({}), "software_Package", json!(null)),
    ] {
        let mut component = component;
        component["name"] = "odd".into();
        let mut bom = model(&json!({}));
        bom["components"] = json!([component.clone()]);
        let made = exported(&bom);
        let element = named(&made, "odd");
        assert_eq!(element["type"], class, "{component}");
        assert_eq!(element["software_primaryPurpose"], purpose, "{component}");
        let kinds = usize::from(class == "dataset_DatasetPackage");
        let found = element["dataset_datasetType"]
            .as_array()
            .map_or(0, Vec::len);
        assert_eq!(found, kinds, "{component}");
    }
}

#[test]
fn a_model_card_on_another_component_is_lost() {
    let mut bom = model(&json!({}));
    let card = json!({"modelParameters": {"task": "sort", "datasets": [{"ref": "m"}]}});
    bom["components"] = json!([{"type": "library", "name": "odd", "modelCard": card}]);
    let made = exported(&bom);
    let [loss] = made.losses() else {
        panic!("{:?}", made.losses());
    };
    assert_eq!(loss.pointer(), "/components/0/modelCard");
    assert_eq!(loss.reason(), LossReason::NotMapped);
    assert!(
        graph(&made)
            .iter()
            .all(|node| node["relationshipType"] != "trainedOn")
    );
}
