use std::collections::BTreeMap;

use modelward_rmf::{ActorTask, ParseNameError, Phase, ToolEvidence, TrustCharacteristic};

#[test]
fn every_spelling_in_use_reads_as_one_phase() {
    let cases = [
        ("scoping", Phase::Scoping),
        ("Plan", Phase::Scoping),
        ("Plan and Design", Phase::Scoping),
        ("plan & design", Phase::Scoping),
        ("engineering", Phase::Engineering),
        ("data-engineering", Phase::Engineering),
        ("Data Engineering", Phase::Engineering),
        ("Collect and Process Data", Phase::Engineering),
        ("model-development", Phase::ModelDevelopment),
        ("model_development", Phase::ModelDevelopment),
        ("development", Phase::ModelDevelopment),
        ("Build and Use Model", Phase::ModelDevelopment),
        ("test", Phase::Testing),
        ("TESTING", Phase::Testing),
        ("Verify and Validate", Phase::Testing),
        (" release ", Phase::Release),
        ("deployment", Phase::Release),
        ("Deploy and Use", Phase::Release),
        ("operate", Phase::Operation),
        ("operations", Phase::Operation),
        ("Operate and Monitor", Phase::Operation),
        ("decommission", Phase::Decommissioning),
        ("retirement", Phase::Decommissioning),
    ];
    for (spelling, phase) in cases {
        assert_eq!(spelling.parse(), Ok(phase), "{spelling}");
    }
}

#[test]
fn every_spelling_in_use_reads_as_one_characteristic() {
    let cases = [
        (
            "Valid and Reliable",
            "Validity and Reliability",
            "valid-and-reliable",
        ),
        ("Safe", "Safety", "safe"),
        (
            "Secure and Resilient",
            "Security and Resilience",
            "secure-and-resilient",
        ),
        (
            "Accountable and Transparent",
            "Transparency and Accountability",
            "accountable-and-transparent",
        ),
        (
            "Explainable and Interpretable",
            "Explainability & Interpretability",
            "explainable-and-interpretable",
        ),
        ("Privacy Enhanced", "Privacy", "privacy-enhanced"),
        (
            "Fair \u{2013} with Harmful Bias Managed",
            "Fairness and Bias",
            "fair-with-harmful-bias-managed",
        ),
    ];
    for (index, (adjective, noun, name)) in cases.into_iter().enumerate() {
        let expected = TrustCharacteristic::ALL[index];
        assert_eq!(expected.name(), name);
        for spelling in [adjective, noun, name] {
            assert_eq!(spelling.parse(), Ok(expected), "{spelling}");
        }
    }
}

#[test]
fn every_spelling_in_use_reads_as_one_actor_task() {
    let cases = [
        ("AI Design", ActorTask::AiDesign),
        ("AI_DEVELOPMENT", ActorTask::AiDevelopment),
        ("AI Deployment", ActorTask::AiDeployment),
        (
            "Operation and Monitoring",
            ActorTask::OperationAndMonitoring,
        ),
        ("TEVV", ActorTask::Tevv),
        (
            "Test, Evaluation, Verification, and Validation",
            ActorTask::Tevv,
        ),
        ("Human Factors", ActorTask::HumanFactors),
        ("Domain Expert", ActorTask::DomainExpert),
        ("Domain Experts", ActorTask::DomainExpert),
        ("AI Impact Assessment", ActorTask::AiImpactAssessment),
        ("Procurement", ActorTask::Procurement),
        (
            "Governance and Oversight",
            ActorTask::GovernanceAndOversight,
        ),
        ("Third-party entities", ActorTask::ThirdPartyEntity),
        ("End-Users", ActorTask::EndUser),
        ("end users", ActorTask::EndUser),
        (
            "Affected Individuals and Communities",
            ActorTask::AffectedIndividualOrCommunity,
        ),
        (
            "Affected individuals/communities",
            ActorTask::AffectedIndividualOrCommunity,
        ),
    ];
    for (spelling, task) in cases {
        assert_eq!(spelling.parse(), Ok(task), "{spelling}");
    }
}

#[test]
fn canonical_names_read_back_and_serde_writes_them() {
    for phase in Phase::ALL {
        assert_eq!(phase.name().parse(), Ok(phase));
        assert_eq!(json(&phase), format!("\"{phase}\""));
    }
    for characteristic in TrustCharacteristic::ALL {
        assert_eq!(characteristic.name().parse(), Ok(characteristic));
        assert_eq!(json(&characteristic), format!("\"{characteristic}\""));
    }
    for task in ActorTask::ALL {
        assert_eq!(task.name().parse(), Ok(task));
        assert_eq!(json(&task), format!("\"{task}\""));
    }
    for level in ToolEvidence::ALL {
        let text = json(&level);
        assert_eq!(text, format!("\"{level}\""));
        assert_eq!(serde_json::from_str::<ToolEvidence>(&text).unwrap(), level);
    }
    let read: BTreeMap<Phase, TrustCharacteristic> =
        serde_json::from_str(r#"{"operate":"Safety","Plan":"privacy"}"#).unwrap();
    assert_eq!(
        json(&read),
        r#"{"scoping":"privacy-enhanced","operation":"safe"}"#
    );
    let task: ActorTask = serde_json::from_str(r#""End-Users""#).unwrap();
    assert_eq!(task, ActorTask::EndUser);
}

#[test]
fn lists_are_in_order() {
    assert!(Phase::ALL.is_sorted_by(|a, b| a < b));
    assert!(TrustCharacteristic::ALL.is_sorted_by(|a, b| a < b));
    assert!(ActorTask::ALL.is_sorted_by(|a, b| a < b));
}

#[test]
fn unknown_names_are_refused_and_named() {
    let cases: [(ParseNameError, &str, &str); 3] = [
        (
            "wizard".parse::<ActorTask>().unwrap_err(),
            "rmf.name.actor_task",
            "unknown AI actor task `wizard`, expected a name such as `ai-design`",
        ),
        (
            "\u{1b}[2J".parse::<Phase>().unwrap_err(),
            "rmf.name.phase",
            r"unknown lifecycle phase `\u{1b}[2J`, expected a name such as `scoping`",
        ),
        (
            "nice".parse::<TrustCharacteristic>().unwrap_err(),
            "rmf.name.trust_characteristic",
            "unknown trustworthiness characteristic `nice`, expected a name such as `safe`",
        ),
    ];
    for (error, code, message) in cases {
        assert_eq!(error.code(), code);
        assert_eq!(error.to_string(), message);
    }
    let error = serde_json::from_str::<Phase>(r#""vibes""#).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("unknown lifecycle phase `vibes`")
    );
}

#[test]
fn malformed_names_are_refused() {
    let long = "test ".repeat(30);
    for text in [
        "",
        " ",
        "-",
        "test!",
        "test;release",
        "te st",
        "testing testing",
        &long,
    ] {
        let error = text.parse::<Phase>().unwrap_err();
        assert!(error.to_string().len() < 120, "{error}");
    }
    // Case folding may lengthen a text, so the limit holds before it.
    let long = "\u{130}".repeat(1 << 16);
    assert!(long.parse::<TrustCharacteristic>().is_err());
    assert!("fairness and bias?".parse::<TrustCharacteristic>().is_err());
    assert!("end\u{0}users".parse::<ActorTask>().is_err());
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}
