//! What the inspectors find, and what they refuse.

use std::io::Cursor;

use modelward_artifact::Finding;
use modelward_bom::inspect::{Format, InspectError, InspectLimits, Inspection};

use crate::{HEADER, safetensors, seed};

pub(crate) fn inspect(name: &str, bytes: impl AsRef<[u8]>) -> Result<Inspection, InspectError> {
    if let Some(format) = Format::of_name(name) {
        seed::keep(format.name(), bytes.as_ref());
    }
    read(name, bytes)
}

fn read(name: &str, bytes: impl AsRef<[u8]>) -> Result<Inspection, InspectError> {
    let limits = InspectLimits::default();
    let inspection = Inspection::of(name, &mut Cursor::new(bytes.as_ref()), &limits)?;
    Ok(inspection.expect("the name announces a format"))
}

/// Each fact as one line: `aspect detail: value (origin, place)`.
pub(crate) fn lines(inspection: &Inspection) -> Vec<String> {
    let line = |fact: &modelward_bom::inspect::Fact| {
        let detail = fact.aspect().detail().map(|detail| format!(" {detail}"));
        let (origin, place) = (fact.origin(), fact.location());
        let name = fact.aspect().name();
        format!(
            "{name}{}: {} ({origin}, {place})",
            detail.unwrap_or_default(),
            fact.value()
        )
    };
    inspection.facts().iter().map(line).collect()
}

#[track_caller]
fn says(name: &str, bytes: impl AsRef<[u8]>, expected: &[&str]) {
    let inspection = inspect(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(lines(&inspection), expected, "{name}");
}

#[track_caller]
pub(crate) fn refused(name: &str, bytes: impl AsRef<[u8]>, code: &str) {
    let error = inspect(name, bytes).expect_err("the file must be refused");
    assert_eq!(error.code(), code, "{name}: {error}");
}

/// Flips bits and cuts the file everywhere: no panic, and never more than the bytes can hold.
pub(crate) fn mutate(name: &str, good: &[u8]) {
    inspect(name, good).ok();
    for position in 0..good.len().min(4096) {
        for bit in [0, 3, 7] {
            let mut changed = good.to_vec();
            changed[position] ^= 1 << bit;
            read(name, &changed).ok();
        }
        for length in [0xff, 0x7f] {
            let mut changed = good.to_vec();
            let end = (position + 8).min(changed.len());
            changed[position..end].fill(length);
            read(name, &changed).ok();
        }
        read(name, &good[..position]).ok();
    }
}

/// Writes a GGUF file of version 3.
struct Gguf(Vec<u8>);

impl Gguf {
    fn new(tensors: u64, entries: u64) -> Self {
        let mut file = Self(b"GGUF\x03\0\0\0".to_vec());
        file.number(tensors);
        file.number(entries);
        file
    }

    fn number(&mut self, number: u64) {
        self.0.extend(number.to_le_bytes());
    }

    fn kind(&mut self, kind: u32) {
        self.0.extend(kind.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(u64::try_from(text.len()).expect("short"));
        self.0.extend(text.bytes());
    }

    fn entry(mut self, key: &str, value: &str) -> Self {
        self.text(key);
        self.kind(8);
        self.text(value);
        self
    }

    fn integer(mut self, key: &str, value: u32) -> Self {
        self.text(key);
        self.kind(4);
        self.kind(value);
        self
    }

    fn tensor(mut self, name: &str, shape: &[u64], element: u32, offset: u64) -> Self {
        self.text(name);
        self.kind(u32::try_from(shape.len()).expect("few"));
        shape.iter().for_each(|size| self.number(*size));
        self.kind(element);
        self.number(offset);
        self
    }

    fn data(mut self, bytes: usize) -> Vec<u8> {
        self.0.resize(self.0.len().next_multiple_of(32) + bytes, 0);
        self.0
    }
}

fn gguf() -> Vec<u8> {
    Gguf::new(2, 3)
        .entry("general.architecture", "llama")
        .entry("general.license", "mit")
        .integer("llama.block_count", 1)
        .tensor("blk.0.w", &[32, 2], 8, 0)
        .tensor("out", &[4], 0, 96)
        .data(112)
}

#[test]
fn gguf_files_tell_their_metadata_and_tensors() {
    says(
        "m.gguf",
        gguf(),
        &[
            "format-version: 3 (observed, byte 4)",
            "tensor-count: 2 (observed, byte 140)",
            "parameter-count: 68 (observed, byte 140)",
            "element-type: F32 (observed, byte 140)",
            "element-type: Q8_0 (observed, byte 140)",
            "quantization: Q8_0 (inferred, byte 140)",
            "architecture-family: llama (declared, byte 52)",
            "license: mit (declared, byte 92)",
            "hyperparameter block_count: 1 (declared, byte 132)",
        ],
    );
}

#[test]
fn gguf_files_that_lie_are_refused_with_a_code() {
    let tensor = |shape: &[u64], element: u32, offset: u64, data: usize| {
        Gguf::new(1, 0)
            .tensor("t", shape, element, offset)
            .data(data)
    };
    let cases: [(&str, Vec<u8>); 14] = [
        ("bom.inspect.truncated", b"GGUF".to_vec()),
        ("bom.inspect.malformed", b"GGML\x03\0\0\0".to_vec()),
        ("bom.inspect.unsupported", b"GGUF\x04\0\0\0".to_vec()),
        ("bom.inspect.too_large", Gguf::new(u64::MAX, 0).0),
        ("bom.inspect.too_large", Gguf::new(0, u64::MAX).0),
        ("bom.inspect.truncated", Gguf::new(1000, 0).0),
        ("bom.inspect.malformed", tensor(&[32], 8, 0, 33)),
        ("bom.inspect.malformed", tensor(&[33], 8, 0, 64)),
        ("bom.inspect.malformed", tensor(&[4], 0, 8, 64)),
        ("bom.inspect.malformed", tensor(&[4], 0, u64::MAX - 31, 64)),
        ("bom.inspect.malformed", tensor(&[u64::MAX, 2], 0, 0, 64)),
        ("bom.inspect.malformed", tensor(&[1; 5], 0, 0, 64)),
        (
            "bom.inspect.malformed",
            Gguf::new(0, 2).entry("a", "1").entry("a", "2").0,
        ),
        (
            "bom.inspect.malformed",
            Gguf::new(0, 1).integer("general.alignment", 24).0,
        ),
    ];
    for (code, bytes) in cases {
        refused("m.gguf", bytes, code);
    }
    // Arrays in arrays, deeper than any file has them, and one that says it is endless.
    let mut deep = Gguf::new(0, 1);
    deep.text("a");
    deep.kind(9);
    for _ in 0..100 {
        deep.kind(9);
        deep.number(1);
    }
    refused("m.gguf", deep.0, "bom.inspect.depth");
    let mut endless = Gguf::new(0, 1);
    endless.text("a");
    endless.kind(9);
    endless.kind(0);
    endless.number(1 << 60);
    refused("m.gguf", endless.0, "bom.inspect.too_large");
}

#[test]
fn files_changed_in_every_byte_are_read_or_refused() {
    mutate("m.gguf", &gguf());
    mutate("m.safetensors", &safetensors(HEADER, 12));
    mutate(
        "config.json",
        br#"{"architectures": ["A"], "vocab_size": 3}"#,
    );
    mutate("README.md", crate::CARD.as_bytes());
    mutate("pyproject.toml", b"[project]\ndependencies = ['a==1']\n");
    mutate(
        "environment.yml",
        b"dependencies:\n- python=3.11\n- pip:\n  - torch\n",
    );
}

#[test]
fn a_card_tells_each_value_with_its_line() {
    says(
        "README.md",
        crate::CARD,
        &[
            "base-model: acme/base-model (declared, line 6)",
            "dataset: acme/reviews (declared, line 8)",
            "dataset: acme/reviews (declared, line 9)",
            "dataset: imdb (declared, line 10)",
            "language: en (declared, line 3)",
            "language: de (declared, line 3)",
            "library: transformers (declared, line 4)",
            "license: apache-2.0 (declared, line 2)",
            "task: text-classification (declared, line 5)",
            "tag: sentiment (declared, line 11)",
            "metric accuracy: 0.93 (declared, line 18)",
            "metric f1: 0.91 (declared, line 19)",
        ],
    );
}

#[test]
fn prose_under_known_headings_is_taken_and_placeholders_are_not() {
    let card = "# M\n## Uses\n### Direct Use\n\n<!-- hint -->\nRate **reviews**.\n\n\
        ### Out-of-Scope Use\n\n[More Information Needed]\n## Limitations\n```\n# no heading\n```\n";
    says(
        "README.md",
        card,
        &[
            "use-case: Rate **reviews**. (declared, line 3)",
            "limitation: ```\n# no heading\n``` (declared, line 11)",
        ],
    );
}

#[test]
fn settings_tell_each_value_with_its_pointer() {
    let cases: [(&str, &str, &[&str]); 8] = [
        (
            "config.json",
            r#"{"architectures": ["Bert", "Other"], "model_type": "bert", "dtype": "float16",
                "n_layer": 2, "_name_or_path": "acme/base", "transformers_version": "4.1.0"}"#,
            &[
                "architecture: Bert (declared, #/architectures/0)",
                "architecture-family: bert (declared, #/model_type)",
                "element-type: float16 (declared, #/dtype)",
                "tool: transformers 4.1.0 (declared, #/transformers_version)",
                "hyperparameter num_hidden_layers: 2 (declared, #/n_layer)",
                "metadata _name_or_path: acme/base (inferred, #/_name_or_path)",
            ],
        ),
        (
            "adapter_config.json",
            r#"{"base_model_name_or_path": "acme/base", "peft_type": "LORA", "r": 8,
                "target_modules": ["q", "v"]}"#,
            &[
                "hyperparameter peft_type: LORA (declared, #/peft_type)",
                "hyperparameter lora_rank: 8 (declared, #/r)",
                "hyperparameter target_modules: q (declared, #/target_modules/0)",
                "hyperparameter target_modules: v (declared, #/target_modules/1)",
                "base-model: acme/base (declared, #/base_model_name_or_path)",
                "base-model-relation: adapter (inferred, #/base_model_name_or_path)",
                "tune-method: lora (declared, #/peft_type)",
            ],
        ),
        (
            "tokenizer_config.json",
            r#"{"unk_token": {"content": "<unk>"}, "chat_template": ""}"#,
            &[
                "tokenizer unk_token: <unk> (declared, #/unk_token/content)",
                "chat-template: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 \
                 (observed, #/chat_template)",
            ],
        ),
        (
            "data_config.json",
            r#"{"a/b": {"name": "reddit"}, "c": {"weight": 1}}"#,
            &["dataset: reddit (declared, #/a~1b/name)"],
        ),
        (
            "data_config.json",
            r#"[{"name": "reddit", "lines": 3}]"#,
            &["dataset: reddit (declared, #/0/name)"],
        ),
        (
            "model_index.json",
            r#"{"_class_name": "Pipeline", "_diffusers_version": "0.1", "unet": ["diffusers", "X"]}"#,
            &[
                "tool: diffusers 0.1 (declared, #/_diffusers_version)",
                "architecture: Pipeline (declared, #/_class_name)",
                "import: diffusers.X (observed, #/unet)",
                "library: diffusers (inferred, #/unet)",
            ],
        ),
        (
            "meta.json",
            r#"{"name": "core", "version": "1.0", "spacy_version": ">=3.8,<3.9",
                "performance": {"acc": 0.9, "per_type": {}}, "sources": [{"name": "Onto"}]}"#,
            &[
                "name: core (declared, #/name)",
                "version: 1.0 (declared, #/version)",
                "library: spacy>=3.8,<3.9 (declared, #/spacy_version)",
                "dataset: Onto (declared, #/sources/0/name)",
                "metric acc: 0.9 (declared, #/performance/acc)",
            ],
        ),
        (
            "generation_config.json",
            r#"{"temperature": 0.7, "do_sample": true}"#,
            &[
                "hyperparameter do_sample: true (declared, #/do_sample)",
                "hyperparameter temperature: 0.7 (declared, #/temperature)",
            ],
        ),
    ];
    for (name, text, expected) in cases {
        says(name, text, expected);
    }
    refused("config.json", "[]", "bom.inspect.malformed");
}

#[test]
fn requirements_are_listed_and_what_comes_from_elsewhere_is_a_finding() {
    let text = "# all\ntorch==2.4.0 \\\n  --hash=sha256:00\nnumpy>=1 # why\n-r other.txt\n\
        git+https://example.org/x\nx @ https://example.org/x.whl\nscikit-learn[extra]; python_version>'3'\n";
    let inspection = inspect("requirements.txt", text).unwrap();
    assert_eq!(
        lines(&inspection),
        [
            "library: torch==2.4.0 (declared, line 2)",
            "library: numpy>=1 (declared, line 4)",
            "library: scikit-learn[extra]; python_version>'3' (declared, line 8)",
        ]
    );
    let codes: Vec<&str> = inspection.findings().iter().map(Finding::code).collect();
    assert_eq!(codes, ["bom.inspect.requirements.elsewhere"; 3]);
    let toml = "[project]\ndependencies = ['torch==2']\n[project.optional-dependencies]\ng = ['a']\n\
        [tool.poetry.dependencies]\npython = '3'\nb = '^1'\nc = {version = '==2'}\n";
    says(
        "pyproject.toml",
        toml,
        &[
            "library: torch==2 (declared, #/project/dependencies/0)",
            "library: a (declared, #/project/optional-dependencies/g/0)",
            "library: b>=1,<2 (declared, #/tool/poetry/dependencies/b)",
            "library: c==2 (declared, #/tool/poetry/dependencies/c)",
        ],
    );
    let conda = "dependencies:\n- conda-forge::numpy=1.26=py\n- pip:\n  - torch==2\n- scipy\n";
    says(
        "environment.yml",
        conda,
        &[
            "library: numpy==1.26 (declared, #/dependencies/0)",
            "library: torch==2 (declared, #/dependencies/1/pip/0)",
            "library: scipy (declared, #/dependencies/2)",
        ],
    );
    refused("pyproject.toml", "= 1", "bom.inspect.parse");
    refused("environment.yml", "a: [", "bom.inspect.parse");
    refused("requirements.txt", b"\xff", "bom.inspect.parse");
}

#[test]
fn a_file_that_is_not_what_its_name_announces_is_a_finding() {
    let inspection = inspect("model.safetensors", gguf()).unwrap();
    assert_eq!(inspection.format().name(), "gguf");
    let codes: Vec<&str> = inspection.findings().iter().map(Finding::code).collect();
    assert_eq!(codes, ["bom.inspect.mismatch"]);
}

#[test]
fn an_index_names_files_inside_of_the_model_alone() {
    let index = r#"{"metadata": {"total_parameters": 3}, "weight_map": {"a": "x-1.safetensors", "b": "../y"}}"#;
    let inspection = inspect("model.safetensors.index.json", index).unwrap();
    assert_eq!(
        lines(&inspection),
        [
            "tensor-count: 2 (declared, #/weight_map)",
            "parameter-count: 3 (declared, #/metadata/total_parameters)",
            "external-file: ../y (declared, #/weight_map)",
            "external-file: x-1.safetensors (declared, #/weight_map)",
        ]
    );
    assert_eq!(
        inspection.findings()[0].code(),
        "bom.inspect.index.path_escape"
    );
    refused(
        "model.safetensors.index.json",
        "{}",
        "bom.inspect.malformed",
    );
}

#[test]
fn limits_are_asked_before_anything_is_held() {
    let small = InspectLimits::default()
        .with_max_header(16)
        .with_max_text(16);
    for (name, bytes) in [
        ("m.safetensors", safetensors(HEADER, 12)),
        ("config.json", vec![b' '; 17]),
        ("m.gguf", gguf()),
    ] {
        let error = Inspection::of(name, &mut Cursor::new(bytes), &small).unwrap_err();
        assert_eq!(error.code(), "bom.inspect.too_large", "{name}: {error}");
    }
    let few = InspectLimits::default().with_max_items(3);
    let error = Inspection::of("m.gguf", &mut Cursor::new(gguf()), &few).unwrap_err();
    assert_eq!(error.code(), "bom.inspect.too_large");
}
