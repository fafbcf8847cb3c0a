use std::collections::BTreeSet;

use modelward_rmf::{Function, GenAiAction, GenAiRisk, ParseGenAiError, Subcategory};
use serde_json::Value;

use crate::official::published;

#[test]
fn risks_have_as_many_actions_as_the_document() {
    let cases = [
        ("cbrn", 31),
        ("confabulation", 18),
        ("dangerous-violent-hateful-content", 31),
        ("data-privacy", 29),
        ("environmental-impacts", 4),
        ("harmful-bias-homogenization", 57),
        ("human-ai-configuration", 58),
        ("information-integrity", 73),
        ("information-security", 51),
        ("intellectual-property", 28),
        ("obscene-degrading-abusive-content", 14),
        ("value-chain-component-integration", 36),
    ];
    for (risk, (id, count)) in GenAiRisk::ALL.into_iter().zip(cases) {
        assert_eq!(risk.id(), id);
        assert_eq!(risk.actions().count(), count, "{id}");
        assert!(risk.actions().all(|it| it.risks().any(|it| it == risk)));
    }
    let numbers = GenAiRisk::ALL.map(GenAiRisk::number);
    assert!((1..=12).eq(numbers));
}

#[test]
fn functions_and_subcategories_have_as_many_actions_as_the_document() {
    let counts = Function::ALL.map(|function| {
        let all = GenAiAction::ALL.into_iter();
        all.filter(|it| it.subcategory().function() == function)
            .count()
    });
    assert_eq!(counts, [58, 39, 72, 43]);
    let with = Subcategory::ALL.into_iter();
    let with = with.filter(|it| it.genai_actions().next().is_some());
    assert_eq!(with.count(), 49);
    assert!(GenAiAction::ALL.is_sorted_by(|a, b| a < b));
    let untagged = GenAiAction::ALL.into_iter();
    assert!(untagged.map(|it| it.risks().count()).all(|count| count > 0));
}

#[test]
fn every_spelling_in_use_reads_as_one_action() {
    let cases = [
        ("GV-1.1-001", "GV-1.1-001"),
        ("GV4.3--001", "GV-4.3-001"),
        ("GOVERN 1.1-001", "GV-1.1-001"),
        ("govern-1.1-001", "GV-1.1-001"),
        ("GV-1.1-1", "GV-1.1-001"),
        ("MP-4.1-10", "MP-4.1-010"),
        (" ms-2.13-001: ", "MS-2.13-001"),
        ("GV\u{2010}1.1\u{2011}001", "GV-1.1-001"),
    ];
    for (spelling, canonical) in cases {
        let action: GenAiAction = spelling.parse().unwrap();
        assert_eq!(action.to_string(), canonical, "{spelling}");
    }
    for action in GenAiAction::ALL {
        assert_eq!(action.to_string().parse(), Ok(action));
        let number = u16::from(action.number());
        assert_eq!(GenAiAction::new(action.subcategory(), number), Ok(action));
    }
}

#[test]
fn what_is_no_action_is_refused_and_named() {
    let cases = [
        (
            "GV-1.1-002",
            "rmf.genai.unknown_action",
            "GV-1.1-002 does not exist, the last action of GOVERN 1.1 is 001",
        ),
        (
            "GV-1.1-000",
            "rmf.genai.unknown_action",
            "GV-1.1-000 does not exist, the last action of GOVERN 1.1 is 001",
        ),
        (
            "GV-2.2-001",
            "rmf.genai.no_actions",
            "AI 600-1 has no action for GOVERN 2.2",
        ),
        (
            "GV-9.1-001",
            "rmf.genai.subcategory",
            "action does not begin with a subcategory",
        ),
        (
            "GV-1.1",
            "rmf.genai.form",
            "expected an action such as `GV-1.1-001`, found `GV-1.1`",
        ),
    ];
    for (text, code, message) in cases {
        let error = text.parse::<GenAiAction>().unwrap_err();
        assert_eq!(error.code(), code, "{text}");
        assert_eq!(error.to_string(), message);
    }
    let long = format!("GV-1.1-{}", "0".repeat(100));
    for text in [
        "",
        "-",
        "GV-1.1-",
        "GV-1.1--",
        "GV-1.1---001",
        "GV-1.1-0001",
        "GV-1.1-+01",
        "GV-1-001",
        "GV-1.1-\u{661}",
        "GV-1.1-001-001",
        &long,
    ] {
        let error = text.parse::<GenAiAction>().unwrap_err();
        assert!(error.to_string().len() < 120, "{error}");
        assert_ne!(error.code(), "rmf.genai.unknown_risk", "{text:?}");
    }
}

#[test]
fn risks_are_read_by_id_and_by_title() {
    for risk in GenAiRisk::ALL {
        for spelling in [
            risk.id().to_owned(),
            risk.id().replace('-', "_"),
            risk.title().to_owned(),
            risk.title().to_uppercase(),
        ] {
            assert_eq!(spelling.parse(), Ok(risk), "{spelling}");
        }
        assert!(risk.summary().len() > 20, "{risk}");
    }
    let cases = [
        ("CBRN Information", GenAiRisk::Cbrn),
        (
            "Harmful Bias and Homogenization",
            GenAiRisk::HarmfulBiasHomogenization,
        ),
        (
            "Dangerous, Violent or Hateful Content",
            GenAiRisk::DangerousViolentHatefulContent,
        ),
    ];
    for (text, risk) in cases {
        assert_eq!(text.parse(), Ok(risk), "{text}");
    }
    for text in ["", "and", "Civil Rights violations", "6"] {
        let error = text.parse::<GenAiRisk>().unwrap_err();
        assert!(matches!(error, ParseGenAiError::UnknownRisk { .. }));
    }
    let error = "Civil Rights".parse::<GenAiRisk>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown risk `Civil Rights`, expected an id such as `data-privacy`"
    );
    let exposed = GenAiRisk::ALL
        .into_iter()
        .filter(|it| it.revision_exposed());
    assert_eq!(
        exposed.map(GenAiRisk::number).collect::<Vec<_>>(),
        [5, 6, 8]
    );
}

#[test]
fn serde_reads_any_spelling_and_writes_one() {
    let read: (GenAiAction, GenAiRisk) =
        serde_json::from_str(r#"["GV4.3--001", "Data Privacy"]"#).unwrap();
    let written = serde_json::to_string(&read).unwrap();
    assert_eq!(written, r#"["GV-4.3-001","data-privacy"]"#);
    assert!(serde_json::from_str::<GenAiAction>(r#""GV-1.1-002""#).is_err());
}

/// Compares with data taken from the published document, which is not part of this repository.
#[test]
fn actions_and_tags_are_those_of_the_document() {
    let Some(profile) = published("genai_profile.json") else {
        return;
    };
    let rows = |name: &str| profile[name].as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();

    let risks = rows("risks");
    for (risk, row) in GenAiRisk::ALL.into_iter().zip(&risks) {
        assert_eq!(risk.id(), text(&row["id"]));
        assert_eq!(risk.title(), text(&row["title"]));
        assert_eq!(u64::from(risk.number()), row["number"].as_u64().unwrap());
    }
    assert_eq!(risks.len(), 12);

    let actions = rows("actions");
    let theirs: BTreeSet<_> = actions.iter().map(|row| text(&row["id"])).collect();
    let ours: BTreeSet<_> = GenAiAction::ALL
        .iter()
        .map(GenAiAction::to_string)
        .collect();
    assert_eq!(ours, theirs);
    for row in &actions {
        let action: GenAiAction = text(&row["id"]).parse().unwrap();
        assert_eq!(action.subcategory().to_string(), text(&row["subcategory"]));
        let tags = row["risks"].as_array().unwrap().iter().map(text);
        let ours = action.risks().map(|it| it.id().to_owned());
        assert_eq!(
            ours.collect::<BTreeSet<_>>(),
            tags.collect::<BTreeSet<_>>(),
            "{action}"
        );
    }
}
