use modelward_artifact::{AtlasTechnique, JsonLimits};
use modelward_incident::format::atlas::{
    AtlasData, CaseStudy, DateGranularity, ProcedureStep, Reference, StudyDate,
};
use proptest::prelude::{Strategy, any, proptest};
use serde_json::json;

use super::{case_study, embedded, separate, study};

fn yaml(text: &str) -> CaseStudy {
    CaseStudy::from_yaml(text.as_bytes(), &JsonLimits::default())
        .unwrap_or_else(|error| panic!("{error}: {:?}: {text}", std::error::Error::source(&error)))
}

fn told(name: &str, description: &str) -> CaseStudy {
    let date = StudyDate::new("2026-11-26".parse().unwrap(), DateGranularity::Day);
    let technique: AtlasTechnique = "AML.T0020".parse().unwrap();
    let step = ProcedureStep::new("AML.TA0006".parse().unwrap(), technique, description);
    CaseStudy::new(name, description, date, vec![step])
        .with_target(name)
        .with_references(vec![Reference::new(Some(name), None)])
}

#[test]
fn a_case_study_reads_as_people_write_it() {
    let mut document = case_study();
    document["ours"] = json!({"list": [[1, "two"], [], {}, {"a": null}], "key: odd": true});
    let read = study(&document).unwrap();
    let expected = r#"id: AML.CS9000
name: Planted model
object-type: case-study
summary: |-
  A model was planted.

  It was found.
incident-date: "2026-11-03"
incident-date-granularity: MONTH
procedure:
- tactic: AML.TA0004
  technique: AML.T0010.003
  description: They planted it.
- tactic: AML.TA0001
  technique: AML.T0010
  description: They waited.
reporter: Example
target: a scorer
actor: unknown
case-study-type: incident
references:
- title: A report
  url: "https://example.org/report"
ours:
  "key: odd": true
  list:
  - - 1
    - two
  - []
  - {}
  - a: null
"#;
    assert_eq!(read.to_yaml(), expected);
    assert_eq!(yaml(expected), read);
    assert_eq!(yaml(&document.to_string()), read, "JSON is YAML");
}

#[test]
fn a_text_that_could_be_something_else_is_quoted() {
    for text in [
        "",
        "no",
        "Yes",
        "null",
        "~",
        "true",
        "1",
        "1.5",
        "0x1f",
        "1_000",
        "2026-11-26",
        "-",
        "- a",
        "a: b",
        "a #b",
        "#a",
        "'",
        "\"",
        "\\",
        "{a}",
        "[a]",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        "|",
        ">",
        "a ",
        " a",
        "a\tb",
        "\ta",
        "a\rb",
        "a\r\nb",
        "\n",
        "a\n",
        "a\n\n",
        "\na",
        "a\n b\n",
        " a\nb",
        "a\n \nb",
        "a\u{85}b\nc",
        "a\u{2028}b",
        "\u{feff}a",
        "a\u{0}b",
        "\u{fffe}",
        "ü\n\u{1f600}",
        "---",
        "---\na",
        "...\na",
        "a\n---\nb",
        "a\n\tb",
        "a\n# b",
        "on",
        "n",
        "<<",
        "=",
        ".inf",
        "inf",
        "nan",
    ] {
        let told = told(text, text);
        assert_eq!(yaml(&told.to_yaml()), told, "{text:?}");
    }
}

#[test]
fn a_long_key_is_read_again() {
    for length in [1, 512, 513, 5000] {
        let mut document = case_study();
        document["x".repeat(length).as_str()] = json!({"a": 1});
        let read = study(&document).unwrap();
        assert_eq!(yaml(&read.to_yaml()), read, "{length}");
    }
}

#[test]
fn yaml_and_json_give_the_same_data() {
    for document in [embedded(), separate()] {
        let text = document.to_string();
        let limits = JsonLimits::default();
        let json = AtlasData::from_json(text.as_bytes(), &limits).unwrap();
        assert_eq!(
            AtlasData::from_yaml(text.as_bytes(), &limits).unwrap(),
            json
        );
    }
}

#[test]
fn a_plain_date_is_a_text_and_an_alias_is_what_it_names() {
    let text = "name: &n Planted model\nsummary: *n\nincident-date: 2026-11-26 # as ATLAS has it\n\
        incident-date-granularity: DATE\nprocedure: []\nreporter: Yes\n";
    let study = yaml(text);
    assert_eq!(study.summary(), "Planted model");
    assert_eq!(study.date().text(), "2026-11-26");
    assert_eq!(study.reporter(), Some("Yes"));
}

#[test]
fn yaml_of_an_attacker_is_refused() {
    let limits = JsonLimits::default();
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let list = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{list}]\n"));
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let block: String = (0..200)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    for (name, text, code) in [
        ("bomb", bomb.as_str(), "incident.atlas.yaml"),
        ("deep", deep.as_str(), "incident.atlas.yaml"),
        ("block", block.as_str(), "incident.atlas.depth"),
        ("twice", "a: 1\na: 2\n", "incident.atlas.yaml"),
        ("documents", "a: 1\n---\na: 2\n", "incident.atlas.yaml"),
        (
            "merge",
            "a: &a {b: 1}\nc:\n  <<: *a\n",
            "incident.atlas.yaml",
        ),
        ("self", "a: &a [*a]\n", "incident.atlas.yaml"),
        ("infinite", "a: .inf\n", "incident.atlas.yaml"),
        ("unclosed", "a: [1\n", "incident.atlas.yaml"),
        (
            "number",
            "version: 2026.10\nmatrices: []\n",
            "incident.atlas.type",
        ),
        ("pointer", "v6/ATLAS-2026.08.yaml\n", "incident.atlas.type"),
        ("empty", "", "incident.atlas.type"),
    ] {
        let error = AtlasData::from_yaml(text.as_bytes(), &limits).unwrap_err();
        assert_eq!(error.code(), code, "{name}: {error:?}");
    }
    let read = |bytes: &[u8], limits| AtlasData::from_yaml(bytes, &limits).unwrap_err().code();
    assert_eq!(read(b"\xff", limits), "incident.atlas.yaml");
    assert_eq!(
        read(b"[1, 2, 3]", limits.with_max_values(3)),
        "incident.atlas.too_many"
    );
    assert_eq!(
        read(b"[1, 2, 3]", limits.with_max_bytes(8)),
        "incident.atlas.too_large"
    );
    assert_eq!(
        read(b"[[[1]]]", limits.with_max_depth(2)),
        "incident.atlas.depth"
    );
    let aliases = b"a: &a [1, 2, 3]\nb: [*a, *a, *a, *a]\n";
    assert_eq!(
        read(aliases, limits.with_max_values(12)),
        "incident.atlas.too_many"
    );
}

/// Texts of the characters that YAML gives a meaning.
fn tricky() -> impl Strategy<Value = String> {
    "[a-c \n\t\r:#'\"\\-?{}\\[\\],&*!|>%@`.0-9~=<\u{85}\u{2028}\u{feff}é]{0,24}"
}

proptest! {
    #[test]
    fn every_text_is_read_as_it_was_written(name in tricky(), description in any::<String>()) {
        for study in [told(&name, &description), told(&description, &name)] {
            assert_eq!(yaml(&study.to_yaml()), study);
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in any::<Vec<u8>>(), text in tricky()) {
        let limits = JsonLimits::default();
        CaseStudy::from_yaml(&bytes, &limits).ok();
        CaseStudy::from_yaml(text.as_bytes(), &limits).ok();
        CaseStudy::from_json(&bytes, &limits).ok();
    }
}
