use modelward_bom::inspect::{DatasetCard, InspectLimits, ModelCardFile, Origin};

use crate::seed;
use crate::texts::{Reader, code, codes, lines, mutate, reader, said};

const CARD: &str = "---
license: other
license_name: acme-1.0
license_link: LICENSE
language: [en, de]
base_model:
- acme/base
- acme/second
base_model_relation: merge
datasets:
  - acme/reviews

tags: [a]
metrics: [accuracy]
co2_eq_emissions:
  emissions: 12.5
  source: codecarbon
model-index:
- name: m
  results:
  - task: {type: text-classification}
    dataset: {type: imdb, name: IMDb, config: plain, split: test}
    metrics:
    - type: accuracy
      value: 0.93
    - {type: f1, value: '0.91'}
    - {type: confusion, value: [1, 2]}
---
# A model

## Uses

<!-- Address questions
# Limitations
around how the model is used. -->

### Direct Use

Answers
questions.


As:
```
# Limitations
ask()
```

### Downstream Use [optional]

[More Information Needed]

### Out-of-Scope Use

{{ out_of_scope_use | default(\"x\") }}

## Bias, Risks, and Limitations

It is often wrong.

## Training Data
- **Kind:** [More Information Needed]
- Reviews.
";

#[test]
fn a_model_card_gives_facts_with_lines() {
    seed::keep("model-card", CARD.as_bytes());
    let (facts, findings) = said(reader!(ModelCardFile), CARD);
    let expected = [
        "base-model = acme/base (declared, line 7)",
        "base-model = acme/second (declared, line 8)",
        "base-model-relation = merge (declared, line 9)",
        "dataset = acme/reviews (declared, line 11)",
        "language = en (declared, line 5)",
        "language = de (declared, line 5)",
        "license = other (declared, line 2)",
        "license-link = LICENSE (declared, line 4)",
        "license-name = acme-1.0 (declared, line 3)",
        "tag = a (declared, line 13)",
        "metadata:metrics = accuracy (declared, line 14)",
        "metric:accuracy [IMDb / plain / test] = 0.93 (declared, line 25)",
        "metric:f1 [IMDb / plain / test] = 0.91 (declared, line 26)",
        "metadata:co2_eq_emissions.emissions = 12.5 (declared, line 16)",
        "metadata:co2_eq_emissions.source = codecarbon (declared, line 17)",
        "use-case = Answers\nquestions.\n\nAs:\n```\n# Limitations\nask()\n``` (declared, line 37)",
        "limitation = It is often wrong. (declared, line 57)",
        "ethical-consideration = It is often wrong. (declared, line 57)",
        "metadata:training_data = - Reviews. (declared, line 61)",
    ];
    assert_eq!(lines(&facts), expected);
    assert_eq!(codes(&findings), ["bom.inspect.model_card.unknown"]);
}

#[test]
fn line_ends_and_marks_before_the_front_matter_move_no_line() {
    let card = "---\nlicense: mit\n---\n\n## Limitations\nNone.\n";
    let expected = [
        "license = mit (declared, line 2)",
        "limitation = None. (declared, line 5)",
    ];
    let cases = [
        card.to_owned(),
        format!("\u{feff}{card}"),
        card.replace('\n', "\r\n"),
    ];
    for text in cases {
        let (facts, _) = said(reader!(ModelCardFile), &text);
        assert_eq!(lines(&facts), expected, "{text:?}");
    }
}

#[test]
fn headings_are_known_in_their_usual_forms() {
    let cases = [
        ("## Limitations", "limitation"),
        ("## **Limitations**:", "limitation"),
        ("### 3.1 Limitations ###", "limitation"),
        ("# Known limitations", "limitation"),
        ("## Intended uses", "use-case"),
        ("## Ethical Considerations", "ethical-consideration"),
        ("## Model Description", "description"),
        ("## Environmental Impact", "metadata"),
        ("## Citation [optional]", "metadata"),
        ("##Limitations", ""),
        ("####### Limitations", ""),
        ("    ## Limitations", ""),
        ("## How to use", ""),
    ];
    for (heading, expected) in cases {
        let card = format!("{heading}\n\nText.\n\n## Other\n\nMore.\n");
        let (facts, _) = said(reader!(ModelCardFile), card);
        let aspects: Vec<&str> = facts.iter().map(|fact| fact.aspect().name()).collect();
        let expected: Vec<&str> = [expected]
            .into_iter()
            .filter(|name| !name.is_empty())
            .collect();
        assert_eq!(aspects, expected, "{heading}");
        assert!(
            facts.iter().all(|fact| fact.value() == "Text."),
            "{heading}"
        );
    }
}

#[test]
fn long_sections_are_cut_between_characters() {
    let card = format!("# Limitations\n{}\n", "ä".repeat(5000));
    let (facts, _) = said(reader!(ModelCardFile), card);
    assert_eq!(facts[0].value(), format!("{} [..]", "ä".repeat(2048)));
}

#[test]
fn what_a_template_left_to_be_written_is_no_fact() {
    let card = "---\nlicense: '{{ license }}'\ntags: ['[More Information Needed]', b]\n---\n\
        ## Recommendations\nx\n## Uses\nMore information needed.\n";
    let (facts, _) = said(reader!(ModelCardFile), card);
    assert_eq!(lines(&facts), ["tag = b (declared, line 3)"]);
}

#[test]
fn values_that_are_no_texts_are_told() {
    let card = "---\nlanguage: no\ntags: [1, b]\nlicense: null\n---\n";
    let (facts, findings) = said(reader!(ModelCardFile), card);
    assert_eq!(lines(&facts), ["tag = b (declared, line 3)"]);
    let expected = ["bom.inspect.not_text", "bom.inspect.not_text"];
    assert_eq!(codes(&findings), expected);
}

#[test]
fn a_dataset_card_gives_facts_with_lines() {
    let card = "---
pretty_name: Reviews
language:
- en
license: cc-by-4.0
size_categories:
- 10K<n<100K
source_datasets: original
task_categories: [text-classification]
task_ids: [sentiment-classification]
configs:
- config_name: plain
  data_files: data/*.parquet
dataset_info:
  config_name: plain
  splits:
  - name: train
    num_bytes: 100
    num_examples: 25
---
";
    seed::keep("dataset-card", card.as_bytes());
    let (facts, findings) = said(reader!(DatasetCard), card);
    let expected = [
        "name = Reviews (declared, line 2)",
        "language = en (declared, line 4)",
        "license = cc-by-4.0 (declared, line 5)",
        "task = text-classification (declared, line 9)",
        "metadata:size_categories = 10K<n<100K (declared, line 7)",
        "metadata:source_datasets = original (declared, line 8)",
        "metadata:task_ids = sentiment-classification (declared, line 10)",
        "metadata:config = plain (declared, line 12)",
        "metadata:plain.train.num_examples = 25 (declared, line 19)",
        "metadata:plain.train.num_bytes = 100 (declared, line 18)",
    ];
    assert_eq!(lines(&facts), expected);
    assert!(findings.is_empty());
}

#[test]
fn cards_that_cannot_be_read_are_refused() {
    let cases: [(&[u8], &str); 9] = [
        (b"---\nlicense: mit\n", "bom.inspect.parse"),
        (b"---\n- a\n---\n", "bom.inspect.parse"),
        (b"---\na: [\n---\n", "bom.inspect.parse"),
        (b"---\na: 1\na: 2\n---\n", "bom.inspect.parse"),
        (b"---\na: *b\n---\n", "bom.inspect.parse"),
        (b"---\na: \xff\n---\n", "bom.inspect.parse"),
        (
            b"---\na: [[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]\n---\n",
            "bom.inspect.parse",
        ),
        (b"---\n---\n", "no error"),
        (b"", "no error"),
    ];
    let readers: [Reader; 2] = [reader!(ModelCardFile), reader!(DatasetCard)];
    for (text, expected) in cases {
        for reader in readers {
            assert_eq!(code(reader, text), expected, "{}", text.escape_ascii());
        }
    }
}

#[test]
fn a_flood_of_aliases_or_of_text_is_refused() {
    let doubled: String = (1..20)
        .map(|level| format!("a{level}: &a{level} [*a{}, *a{}]\n", level - 1, level - 1))
        .collect();
    let bomb = format!("---\na0: &a0 [x, x]\n{doubled}---\n");
    assert_eq!(code(reader!(ModelCardFile), bomb), "bom.inspect.parse");

    let card: Reader = reader!(ModelCardFile);
    let small = InspectLimits::default().with_max_text(10);
    let error = card(CARD.as_bytes(), &small).unwrap_err();
    assert_eq!(error.code(), "bom.inspect.too_large");
}

#[test]
fn no_change_of_a_byte_makes_a_card_fail_hard() {
    let card = CARD.split("## Bias").next().expect("a first part");
    assert!(mutate(reader!(ModelCardFile), card.as_bytes()) > 100);
    let (facts, _) = said(reader!(ModelCardFile), card);
    assert!(facts.iter().all(|fact| fact.origin() == Origin::Declared));
}
