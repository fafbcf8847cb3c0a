use modelward_artifact::JsonLimits;
use modelward_incident::{
    Due, Fact, InitialReport, ReadListError, ReportingRule, ReportingRules, Start,
};
use serde_json::{Value, json};

use crate::shared_json;

fn read(document: &Value) -> Result<ReportingRules, ReadListError> {
    ReportingRules::from_json(document.to_string().as_bytes(), &JsonLimits::default())
}

fn rule() -> Value {
    json!({
        "id": "acme/customers", "regime": "Contract", "basis": "4.1",
        "statement": "Customers are told.", "quote": "within 36 hours", "source": "C-1",
        "retrieved": "2026-11-26", "trigger": {"all": ["personal-data-breach"]},
        "start": {"moment": "aware"}, "due": {"hours": 36}, "initialReport": "allowed",
        "recipient": "the customer",
    })
}

fn document(rules: &[Value]) -> Value {
    json!({"schema": "modelward.reporting-rules/1", "rules": rules})
}

/// Every number of hours, days, weeks or months, or "immediately", that a phrase holds.
fn periods(phrase: &str) -> Vec<Due> {
    let number = |word: &str| match word {
        "one" => Some(1),
        "two" => Some(2),
        "four" => Some(4),
        "five" => Some(5),
        digits => digits.parse().ok(),
    };
    let words: Vec<_> = phrase
        .split([' ', ',', ';'])
        .filter(|it| !it.is_empty())
        .collect();
    let mut periods = Vec::new();
    for pair in words.windows(2) {
        let Some(number) = number(pair[0]) else {
            continue;
        };
        periods.push(match pair[1] {
            "day" | "days" => Due::Days(number),
            "h" | "hour" | "hours" => Due::Hours(number),
            "month" | "months" => Due::Months(number),
            "week" | "weeks" => Due::EveryWeeks(number),
            other => panic!("{other} is no unit: {phrase}"),
        });
    }
    if periods.is_empty() && words.contains(&"immediately") {
        periods.push(Due::Immediately);
    }
    periods
}

#[test]
fn every_built_in_number_is_the_one_of_its_quote() {
    let rules = ReportingRules::built_in().as_slice();
    assert_eq!(rules.len(), 15);
    for rule in rules {
        let quoted = periods(rule.quote().as_str());
        assert_eq!(quoted, [rule.due()], "{}", rule.id());
        assert!(rule.quote().as_str().len() <= 48, "{}", rule.id());
        // The statement is ours and leaves the number to the quote.
        let statement = rule.statement().as_str();
        assert!(
            !statement.contains(|c: char| c.is_ascii_digit()),
            "{}",
            rule.id()
        );
        assert!(
            rule.source().as_str().starts_with("https://"),
            "{}",
            rule.id()
        );
    }
}

#[test]
fn the_built_in_rules_are_these() {
    let rules = ReportingRules::built_in().as_slice();
    let line = |rule: &ReportingRule| {
        let initial = rule.initial_report() == InitialReport::Allowed;
        let from = rule
            .applies_from()
            .map_or("-".to_owned(), |from| from.to_string());
        format!("{} {} {from} {initial}", rule.id(), rule.due())
    };
    let lines: Vec<_> = rules.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "eu-ai-act/26-5 immediately 2027-12-02 false",
            "eu-ai-act/73-2 15 days 2026-08-02 true",
            "eu-ai-act/73-3 2 days 2026-08-02 true",
            "eu-ai-act/73-4 10 days 2026-08-02 true",
            "gpai-cop/9.3-a 2 days - true",
            "gpai-cop/9.3-b 5 days - true",
            "gpai-cop/9.3-c 10 days - true",
            "gpai-cop/9.3-d 15 days - true",
            "gpai-cop/intermediate every 4 weeks - true",
            "gpai-cop/final 60 days - false",
            "gdpr/33 72 hours 2018-05-25 true",
            "dora/initial-classified 4 hours 2025-01-17 true",
            "dora/initial-aware 24 hours 2025-01-17 true",
            "dora/intermediate 72 hours 2025-01-17 true",
            "dora/final 1 month 2025-01-17 false",
        ]
    );
    for rule in rules {
        if let Start::ReportSent(sent) = rule.start() {
            let known = |id| ReportingRules::built_in().get(id).is_some();
            assert!(sent.iter().all(known), "{}", rule.id());
        }
    }
}

#[test]
fn the_built_in_numbers_are_those_of_the_research() {
    let Some(clocks) = shared_json("incident/derived/reporting_clocks.json") else {
        return;
    };
    let limits = |id: &str| {
        let clocks = clocks["clocks"].as_array().unwrap();
        let clock = clocks.iter().find(|clock| clock["id"] == id).unwrap();
        periods(clock["limit"].as_str().unwrap())
    };
    for rule in ReportingRules::built_in().as_slice() {
        let id = rule.id().as_str();
        let found = limits(match id {
            "dora/initial-aware" | "dora/initial-classified" => "dora/initial",
            id => id,
        });
        match id {
            "dora/initial-classified" => assert_eq!(found[0], rule.due()),
            "dora/initial-aware" => assert_eq!(found[1..], [rule.due()]),
            _ => assert_eq!(found, [rule.due()], "{id}"),
        }
    }
}

#[test]
fn rules_read_back_as_they_were_written() {
    for rules in [
        ReportingRules::built_in(),
        &read(&document(&[rule()])).unwrap(),
    ] {
        let bytes = rules.to_json().unwrap();
        let again = ReportingRules::from_json(&bytes, &JsonLimits::default()).unwrap();
        assert_eq!(&again, rules);
        assert_eq!(again.to_json().unwrap(), bytes);
    }
}

#[test]
fn every_fact_has_the_name_that_documents_use() {
    for fact in Fact::ALL {
        assert_eq!(serde_json::to_value(fact).unwrap(), fact.name());
    }
}

#[test]
fn a_rule_that_contradicts_itself_is_refused() {
    type Forgery = fn(&mut Value);
    let cases: [(&str, Forgery); 12] = [
        ("the quote does not say 15 hours", |r| {
            r["due"] = json!({"hours": 15});
        }),
        ("the quote does not say 36 hours", |r| {
            r["quote"] = "within two days".into();
        }),
        ("time limit out of range", |r| {
            r["due"] = json!({"hours": 0});
        }),
        ("time limit out of range", |r| {
            r["due"] = json!({"days": 3661});
        }),
        ("time limit out of range", |r| {
            r["due"] = json!({"months": 4_000_000_000_u32});
        }),
        ("the trigger names no fact", |r| r["trigger"] = json!({})),
        ("the trigger names no fact", |r| {
            r["trigger"] = json!({"none": ["death"]});
        }),
        ("the trigger names no fact", |r| {
            r["trigger"] = json!({"any": ["death"], "none": ["death"]});
        }),
        ("the clock waits for 0 reports", |r| {
            r["start"] = json!({"reportSent": []});
        }),
        ("unknown variant `alive`", |r| {
            r["trigger"] = json!({"all": ["alive"]});
        }),
        ("unknown field `severity`", |r| r["severity"] = 1.into()),
        ("missing field `source`", |r| {
            r.as_object_mut().unwrap().remove("source");
        }),
    ];
    for (text, forge) in cases {
        let mut forged = rule();
        forge(&mut forged);
        let error = read(&document(&[rule(), forged])).unwrap_err();
        assert_eq!(error.code(), "incident.list.shape", "{text}");
        let place = "item 1 of `rules` does not have the expected shape";
        assert_eq!(error.to_string(), place);
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(source.starts_with(text), "{source}");
    }
}

#[test]
fn a_quote_in_another_language_is_believed() {
    let mut foreign = rule();
    foreign["quote"] = "binnen zwei Tagen".into();
    foreign["due"] = json!({"days": 2});
    assert!(read(&document(&[foreign])).is_ok());
}

#[test]
fn a_document_that_is_none_is_refused() {
    let mut other = document(&[rule()]);
    other["schema"] = "modelward.incident/1".into();
    let mut more = document(&[rule()]);
    more["note"] = 1.into();
    let many: Vec<_> = (0..1001).map(|_| rule()).collect();
    let cases = [
        ("incident.list.schema", other),
        ("incident.list.unknown", more),
        (
            "incident.list.missing",
            json!({"schema": "modelward.reporting-rules/1"}),
        ),
        ("incident.list.missing", json!({"rules": []})),
        ("incident.list.twice", document(&[rule(), rule()])),
        ("incident.list.too_many", document(&many)),
        ("incident.list.shape", json!([])),
    ];
    for (code, document) in cases {
        assert_eq!(read(&document).unwrap_err().code(), code);
    }
    let error = ReportingRules::from_json(b"{", &JsonLimits::default()).unwrap_err();
    assert_eq!(error.code(), "artifact.json.syntax");
}

#[test]
fn rules_of_one_id_are_not_joined() {
    let built_in = ReportingRules::built_in();
    let error = built_in.clone().with(built_in.clone()).unwrap_err();
    assert_eq!(error.to_string(), "`eu-ai-act/26-5` stands twice");
    let joined = built_in.clone().with(read(&document(&[rule()])).unwrap());
    assert_eq!(joined.unwrap().as_slice().len(), 16);
}
