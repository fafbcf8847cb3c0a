use modelward_bom::inspect::{Format, SentenceModules, Settings, Tokenizer};

use crate::seed;
use crate::texts::{Reader, code, codes, lines, mutate, reader, said};

const TOKENIZER: &str = r#"{
    "version": "1.0",
    "added_tokens": [{"id": 2, "content": "<s>", "special": true},
                     {"id": 3, "content": "now", "special": false}],
    "model": {"type": "BPE", "vocab": {"a": 0, "b": 1}, "merges": []}
}"#;

/// Reads settings of a format.
macro_rules! settings {
    ($format:expr) => {
        |bytes, limits| {
            $crate::texts::with(bytes, limits, |input| {
                let file = Settings::read(input, $format)?;
                Ok((file.facts(), file.findings()))
            })
        }
    };
}

#[test]
fn the_vocabulary_of_a_tokenizer_is_counted() {
    seed::keep("tokenizer", TOKENIZER.as_bytes());
    let (facts, findings) = said(reader!(Tokenizer), TOKENIZER);
    let expected = [
        "format-version = 1.0 (observed, #/version)",
        "tokenizer:model = BPE (observed, #/model/type)",
        "tokenizer:vocab_size = 2 (observed, #/model/vocab)",
        "tokenizer:added_tokens = 2 (observed, #/added_tokens)",
        "tokenizer:special_token = <s> (observed, #/added_tokens/0/content)",
    ];
    assert_eq!(lines(&facts), expected);
    assert!(findings.is_empty());

    let unigram = r#"{"model": {"vocab": [["a", -1.5], ["b", -2.0], ["c", -3]]},
        "added_tokens": [{"id": 1, "content": "x"}, {"id": 1, "content": "y"}]}"#;
    let (facts, findings) = said(reader!(Tokenizer), unigram);
    assert!(lines(&facts).contains(&"tokenizer:vocab_size = 3 (observed, #/model/vocab)".into()));
    assert_eq!(codes(&findings), ["bom.inspect.tokenizer.id"]);

    let (_, findings) = said(reader!(Tokenizer), r#"{"model": {}}"#);
    assert_eq!(codes(&findings), ["bom.inspect.tokenizer.unknown"]);
}

#[test]
fn modules_of_other_packages_are_told() {
    let text = r#"[{"idx": 0, "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "path": "1_X", "type": "custom_module.X"}]"#;
    seed::keep("sentence-modules", text.as_bytes());
    let (facts, findings) = said(reader!(SentenceModules), text);
    let expected = [
        "library = sentence-transformers (inferred, #/0/type)",
        "import = sentence_transformers.models.Transformer (observed, #/0/type)",
        "import = custom_module.X (observed, #/1/type)",
    ];
    assert_eq!(lines(&facts), expected);
    assert_eq!(codes(&findings), ["bom.inspect.remote_code"]);
}

#[test]
fn classes_that_loaders_take_from_beside_the_model_are_told() {
    let remote = "bom.inspect.remote_code";
    let text = r#"{"auto_map": {"AutoConfig": "configuration_x.XConfig",
        "AutoModel": "acme/code--modeling_x.XModel", "AutoTokenizer": ["a.Slow", "a.Fast", "a.No"]},
        "custom_pipelines": {"x": {"impl": "pipeline_x.X", "pt": []}}}"#;
    let (facts, findings) = said(settings!(Format::Config), text);
    let expected = [
        "import = configuration_x.XConfig (observed, #/auto_map/AutoConfig)",
        "import = acme/code--modeling_x.XModel (observed, #/auto_map/AutoModel)",
        "import = a.Slow (observed, #/auto_map/AutoTokenizer/0)",
        "import = a.Fast (observed, #/auto_map/AutoTokenizer/1)",
        "import = pipeline_x.X (observed, #/custom_pipelines/x/impl)",
    ];
    assert_eq!(lines(&facts), expected);
    assert_eq!(codes(&findings), [remote, remote, remote]);
    assert!(findings[2].message().contains("acme/code"));

    // Settings of generation name no classes.
    let (facts, findings) = said(settings!(Format::GenerationConfig), text);
    assert!(facts.is_empty() && findings.is_empty());
}

#[test]
fn a_pipeline_lists_its_parts_and_foreign_code() {
    let text = r#"{"_class_name": "StableDiffusionPipeline", "_diffusers_version": "0.30.0",
        "unet": ["diffusers", "UNet2DConditionModel"], "feature_extractor": [null, null],
        "safety_checker": ["stable_diffusion", "StableDiffusionSafetyChecker"],
        "requires_safety_checker": true, "x": ["my_code", "Model"]}"#;
    let (facts, findings) = said(settings!(Format::ModelIndex), text);
    let expected = [
        "tool = diffusers 0.30.0 (declared, #/_diffusers_version)",
        "architecture = StableDiffusionPipeline (declared, #/_class_name)",
        "import = stable_diffusion.StableDiffusionSafetyChecker (observed, #/safety_checker)",
        "import = diffusers.UNet2DConditionModel (observed, #/unet)",
        "import = my_code.Model (observed, #/x)",
        "library = diffusers (inferred, #/unet)",
    ];
    assert_eq!(lines(&facts), expected);
    assert_eq!(codes(&findings), ["bom.inspect.remote_code"]);

    let custom = r#"{"_class_name": ["pipeline_x", "XPipeline"]}"#;
    let (facts, findings) = said(settings!(Format::ModelIndex), custom);
    let expected = ["architecture = XPipeline (declared, #/_class_name/1)"];
    assert_eq!(lines(&facts), expected);
    assert_eq!(codes(&findings), ["bom.inspect.remote_code"]);
}

#[test]
fn what_is_no_tokenizer_or_list_of_modules_is_refused() {
    let cases: [(Reader, &str, &str); 5] = [
        (reader!(Tokenizer), "{}", "bom.inspect.malformed"),
        (
            reader!(Tokenizer),
            r#"{"model": []}"#,
            "bom.inspect.malformed",
        ),
        (
            reader!(Tokenizer),
            r#"{"model": {}"#,
            "artifact.json.syntax",
        ),
        (reader!(SentenceModules), "{}", "bom.inspect.malformed"),
        (reader!(SentenceModules), "[1, 1", "artifact.json.syntax"),
    ];
    for (reader, text, expected) in cases {
        assert_eq!(code(reader, text), expected, "{text}");
    }
    assert!(mutate(reader!(Tokenizer), TOKENIZER.as_bytes()) > TOKENIZER.len());
}

#[test]
fn a_tokenizer_may_be_larger_than_other_texts_but_not_than_a_header() {
    let limits = modelward_bom::inspect::InspectLimits::default();
    let tokenizer: Reader = reader!(Tokenizer);
    let text = TOKENIZER.as_bytes();
    tokenizer(text, &limits.clone().with_max_text(4)).expect("a small file");
    let error = tokenizer(text, &limits.with_max_header(4)).expect_err("a large file");
    assert_eq!(error.code(), "bom.inspect.too_large");
}

#[test]
fn kinds_of_adapters_are_told_in_the_words_of_the_taxonomy() {
    let cases = [
        (
            r#"{"peft_type": "LORA"}"#,
            "tune-method = lora (declared, #/peft_type)",
        ),
        (
            r#"{"peft_type": "LORA", "alora_invocation_tokens": [1]}"#,
            "tune-method = alora (inferred, #/peft_type)",
        ),
        (
            r#"{"peft_type": "PREFIX_TUNING"}"#,
            "tune-method = prompt (inferred, #/peft_type)",
        ),
        (
            r#"{"peft_type": "IA3"}"#,
            "tune-method = adapter (inferred, #/peft_type)",
        ),
    ];
    for (text, expected) in cases {
        let (facts, findings) = said(settings!(Format::AdapterConfig), text);
        assert!(lines(&facts).contains(&expected.to_owned()), "{text}");
        assert_eq!(codes(&findings), ["bom.inspect.adapter_config.unknown"]);
    }
    let local = r#"{"base_model_name_or_path": "/home/me/model"}"#;
    let (facts, findings) = said(settings!(Format::AdapterConfig), local);
    assert!(lines(&facts)[0].starts_with("metadata:base_model_name_or_path = /home/me/model"));
    assert_eq!(codes(&findings), ["bom.inspect.adapter_config.unknown"]);
}

#[test]
fn adapters_of_models_without_an_organization_name_them() {
    let text = r#"{"base_model_name_or_path": "gpt2"}"#;
    let (facts, findings) = said(settings!(Format::AdapterConfig), text);
    let expected = [
        "base-model = gpt2 (declared, #/base_model_name_or_path)",
        "base-model-relation = adapter (inferred, #/base_model_name_or_path)",
    ];
    assert_eq!(lines(&facts), expected);
    assert!(findings.is_empty());
}

#[test]
fn a_spacy_pipeline_states_its_data_and_results() {
    let text = r#"{"sources": ["Web", {"name": "OntoNotes 5", "author": "Weischedel",
        "license": "commercial", "url": "https://catalog.ldc.upenn.edu/LDC2013T19"}],
        "performance": {"ents_f": 0.5, "speed": null,
            "ents_per_type": {"DATE": {"p": 0.25, "r": 1, "f": 0.4}}}}"#;
    let (facts, _) = said(settings!(Format::SpacyMeta), text);
    let expected = [
        "dataset = Web (declared, #/sources/0)",
        "dataset = OntoNotes 5 (declared, #/sources/1/name)",
        "metadata:dataset.OntoNotes 5.author = Weischedel (declared, #/sources/1/author)",
        "metadata:dataset.OntoNotes 5.license = commercial (declared, #/sources/1/license)",
        "metadata:dataset.OntoNotes 5.url = https://catalog.ldc.upenn.edu/LDC2013T19 \
         (declared, #/sources/1/url)",
        "metric:ents_f = 0.5 (declared, #/performance/ents_f)",
        "metric:ents_per_type.p [DATE] = 0.25 (declared, #/performance/ents_per_type/DATE/p)",
        "metric:ents_per_type.r [DATE] = 1 (declared, #/performance/ents_per_type/DATE/r)",
        "metric:ents_per_type.f [DATE] = 0.4 (declared, #/performance/ents_per_type/DATE/f)",
    ];
    assert_eq!(lines(&facts), expected);
    let (facts, _) = said(
        settings!(Format::SpacyMeta),
        text.replace("performance", "accuracy"),
    );
    assert_eq!(facts.len(), expected.len());
}

#[test]
fn a_long_name_is_not_repeated_in_every_pointer() {
    let labels: Vec<String> = (0..1000)
        .map(|label| format!(r#""{label}": {{"p": 1}}"#))
        .collect();
    let (long, labels) = ("x".repeat(10_000), labels.join(","));
    let text = format!(r#"{{"performance": {{"{long}": {{{labels}}}}}}}"#);
    let (facts, _) = said(settings!(Format::SpacyMeta), text);
    assert_eq!(lines(&facts), [""; 0]);
}
