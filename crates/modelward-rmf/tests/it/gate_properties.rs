use modelward_rmf::{GateAnswer, GateReason, GateRule, PhaseDecision, Subcategory};
use proptest::prelude::{Strategy, any, prop, prop_assert, prop_assert_eq, proptest};
use serde_json::{Value, json};

use crate::gate::{evaluate, good, put};

/// The subcategories that cases speak of; few, so that they meet.
const FEW: [&str; 6] = [
    "GOVERN 1.6",
    "MAP 1.1",
    "MAP 4.1",
    "MEASURE 2.7",
    "MEASURE 2.10",
    "MANAGE 1.1",
];
const LEVELS: [&str; 3] = ["not-met", "partially-met", "met"];
const DAYS: [&str; 3] = ["2026-11-24", "2026-11-26", "2027-06-30"];

fn requirement() -> impl Strategy<Value = Value> {
    (0..FEW.len(), 0..4_usize, any::<bool>(), any::<bool>()).prop_map(
        |(id, level, by_level, blocks)| {
            let level = ["not-met", "partially-met", "met", "measured"][level];
            let at_least = if by_level || level == "measured" {
                json!({"level": level})
            } else {
                json!({"attainment": level})
            };
            let on_miss = if blocks { "block" } else { "condition" };
            json!({"subcategory": FEW[id], "atLeast": at_least, "onMiss": on_miss})
        },
    )
}

fn determination() -> impl Strategy<Value = Value> {
    let evidence = prop::collection::btree_set(0..4_usize, 0..3);
    (0..5_usize, evidence).prop_map(|(kind, evidence)| match kind {
        0 => json!({"determination": "not-assessed"}),
        1 => json!({"determination": "not-applicable", "justification": "a"}),
        level => {
            let evidence: Vec<_> = evidence.iter().map(|at| format!("E-{at}")).collect();
            json!({"determination": "rated", "level": LEVELS[level - 2], "rationale": "a", "evidence": evidence})
        }
    })
}

fn evidence() -> impl Strategy<Value = Value> {
    (0..DAYS.len(), 0..FEW.len(), any::<bool>()).prop_map(|(day, id, supports)| {
        let polarity = if supports { "supports" } else { "contradicts" };
        json!({
            "source": {"kind": "document", "title": "report"}, "method": "examine",
            "collector": "Grace", "collected": "2026-11-20T10:00:00Z", "expires": DAYS[day],
            "bearsOn": {FEW[id]: polarity},
        })
    })
}

fn risk() -> impl Strategy<Value = Value> {
    let likelihood = ["rare", "possible", "almost-certain"];
    let treatments = [
        json!({"kind": "undecided"}),
        json!({"kind": "avoid", "decision": "a"}),
        json!({"kind": "accept", "by": "Ada", "on": "2026-11-01", "justification": "a", "expires": "2026-11-25"}),
        json!({"kind": "accept", "by": "Ada", "on": "2026-11-01", "justification": "a", "expires": "2026-12-25"}),
    ];
    (0..3_usize, 0..treatments.len(), any::<bool>()).prop_map(move |(at, treatment, residual)| {
        let mut risk = json!({
            "statement": {"cause": "a", "event": "b", "consequence": "c"},
            "kind": "threat",
            "current": {"likelihood": likelihood[at], "impact": "major"},
            "treatment": treatments[treatment],
            "status": "open",
            "identifiedAt": "2026-11-20T10:00:00Z",
        });
        if residual {
            risk["residual"] = json!({"likelihood": "rare", "impact": "minor"});
        }
        risk
    })
}

fn handling() -> impl Strategy<Value = &'static str> {
    (0..3_usize).prop_map(|at| ["accept", "condition", "block"][at])
}

/// Anything that may come to a gate.
fn whole() -> impl Strategy<Value = Value> {
    let parts = (
        prop::collection::vec(requirement(), 1..6),
        prop::collection::vec(determination(), FEW.len()),
        prop::collection::vec(evidence(), 4),
        prop::collection::vec(risk(), 0..4),
        prop::collection::vec(0..3_usize, 0..4),
        prop::collection::vec(handling(), 3),
    );
    parts.prop_map(|(require, current, evidence, risks, findings, handling)| {
        let mut whole = good();
        whole["policy"]["require"] = json!(distinct(require));
        whole["policy"]["notApplicable"] = json!(handling[0]);
        whole["policy"]["risks"]["accepted"] = json!(handling[1]);
        whole["policy"]["risks"]["undecided"] = json!(handling[2]);
        whole["assessment"]["current"] = FEW.into_iter().map(str::to_owned).zip(current).collect();
        whole["assessment"]["evidence"] = named("E", evidence);
        whole["register"]["risks"] = named("R", risks);
        let codes = ["org.note", "org.freeze", "rmf.check.evidence_changed"];
        let findings = findings.iter().enumerate();
        let findings = findings.map(|(at, code)| json!([codes[*code], format!("finding {at}")]));
        whole["findings"] = findings.collect();
        whole
    })
}

fn named(prefix: &str, values: Vec<Value>) -> Value {
    let values = values.into_iter().enumerate();
    values
        .map(|(at, value)| (format!("{prefix}-{at}"), value))
        .collect()
}

/// Leaves out what is required twice, which would be refused.
fn distinct(require: Vec<Value>) -> Vec<Value> {
    let mut distinct: Vec<Value> = Vec::new();
    for required in require {
        if !distinct.iter().any(|it| is_same(it, &required)) {
            distinct.push(required);
        }
    }
    distinct
}

fn is_same(left: &Value, right: &Value) -> bool {
    left["subcategory"] == right["subcategory"] && left["atLeast"] == right["atLeast"]
}

/// Counts the reasons that are no pass, rule by rule, by the words of the documents alone.
fn naive(whole: &Value) -> [usize; 4] {
    let stated = |id: &Value| &whole["assessment"]["current"][id.as_str().unwrap()];
    let step = |level: &Value| LEVELS.iter().position(|it| *it == level.as_str().unwrap());
    let reached = |required: &Value| {
        let stated = stated(&required["subcategory"]);
        let least = required["atLeast"].as_object().unwrap().values().next();
        let least = step(least.unwrap());
        (stated["determination"] == "rated" && least.is_some())
            .then(|| step(&stated["level"]) >= least)
    };
    let required = whole["policy"]["require"].as_array().unwrap();
    let not_applicable = |required: &&Value| {
        stated(&required["subcategory"])["determination"] == "not-applicable"
            && whole["policy"]["notApplicable"] == "accept"
    };
    let missed = required.iter().filter(|it| reached(it) != Some(true));
    let missed = missed.filter(|it| !not_applicable(it)).count();
    let unsupported = FEW.iter().filter(|id| {
        let id = json!(id);
        let is_reached = |it: &&Value| it["subcategory"] == id && reached(it) == Some(true);
        let stated = stated(&id);
        let counts = |cited: &Value| {
            let evidence = &whole["assessment"]["evidence"][cited.as_str().unwrap()];
            evidence["bearsOn"][id.as_str().unwrap()] != "contradicts"
                && evidence["expires"].as_str().unwrap() >= "2026-11-26"
        };
        required.iter().any(|it| is_reached(&it))
            && stated["level"] != "not-met"
            && !stated["evidence"].as_array().unwrap().iter().any(counts)
    });
    let risks = whole["register"]["risks"].as_object().unwrap();
    let risks: usize = risks.values().map(|risk| naive_risk(whole, risk)).sum();
    let none = usize::from(whole["register"]["risks"].as_object().unwrap().is_empty());
    let findings = whole["findings"].as_array().unwrap().iter();
    let findings = findings.filter(|it| it[0] != "org.note").count();
    [missed, unsupported.count(), risks + none, findings]
}

fn naive_risk(whole: &Value, risk: &Value) -> usize {
    let treatment = &risk["treatment"];
    let holds = match treatment["kind"].as_str().unwrap() {
        "accept" => treatment["expires"].as_str().unwrap() >= "2026-11-26",
        kind => kind != "undecided",
    };
    let is_residual = risk.get("residual").is_some() && holds;
    // Of the likelihoods with a major impact, only the rare one is within tolerance.
    let likelihood = risk["current"]["likelihood"].as_str().unwrap();
    let is_above = !is_residual && ["almost-certain", "possible"].contains(&likelihood);
    let terms = &whole["policy"]["risks"];
    let undecided = !holds && terms["undecided"] != "accept";
    let is_accepted = holds && treatment["kind"] == "accept" && terms["accepted"] == "accept";
    usize::from(undecided) + usize::from(is_above && !is_accepted)
}

proptest! {
    #[test]
    fn one_more_requirement_never_makes_it_better(whole in whole(), more in requirement()) {
        let before = evaluate(&whole);
        let mut after = whole.clone();
        let require = after["policy"]["require"].as_array_mut().unwrap();
        if !require.iter().any(|it| is_same(it, &more)) {
            require.push(more);
        }
        let after = evaluate(&after);
        prop_assert!(after.decision() >= before.decision(), "{before}\n{after}");
        for rule in GateRule::ALL {
            let answer = |report: &modelward_rmf::PhaseGateReport| report.rule(rule).unwrap().answer();
            prop_assert!(answer(&after) >= answer(&before));
        }
    }

    #[test]
    fn an_unmet_requirement_that_blocks_never_lets_through(whole in whole()) {
        let mut whole = whole;
        let never = json!({"subcategory": "MANAGE 4.3", "atLeast": {"attainment": "met"}, "onMiss": "block"});
        put(&mut whole, "/policy/require/-", never);
        put(
            &mut whole,
            "/assessment/current/MANAGE 4.3",
            json!({"determination": "rated", "level": "partially-met", "rationale": "a"}),
        );
        prop_assert_eq!(evaluate(&whole).decision(), PhaseDecision::NoGo);
    }

    #[test]
    fn expired_evidence_never_makes_it_better(whole in whole(), of in 0..FEW.len()) {
        let before = evaluate(&whole);
        let mut after = whole.clone();
        let expired = json!({
            "source": {"kind": "document", "title": "report"}, "method": "examine",
            "collector": "Grace", "collected": "2026-11-20T10:00:00Z", "expires": "2026-11-25",
            "bearsOn": {FEW[of]: "supports"},
        });
        put(&mut after, "/assessment/evidence/E-9", expired);
        let stated = &mut after["assessment"]["current"][FEW[of]];
        if let Some(cited) = stated.get_mut("evidence").and_then(Value::as_array_mut) {
            cited.push(json!("E-9"));
        }
        let after = evaluate(&after);
        prop_assert!(after.decision() >= before.decision(), "{before}\n{after}");
    }

    #[test]
    fn every_reason_is_listed(whole in whole()) {
        let report = evaluate(&whole);
        let count = |rule| {
            let reasons = report.rule(rule).unwrap().reasons().iter();
            reasons.filter(|it| it.answer() != GateAnswer::Pass).count()
        };
        let found = [
            count(GateRule::Requirements),
            count(GateRule::Evidence),
            count(GateRule::Risks),
            count(GateRule::Findings),
        ];
        prop_assert_eq!(found, naive(&whole), "{}", report);
        let worst = report.reasons().map(GateReason::answer).max().unwrap();
        prop_assert_eq!(report.decision(), PhaseDecision::from(worst));
    }

    #[test]
    fn the_order_of_the_input_does_not_change_a_byte(whole in whole()) {
        let mut turned = whole.clone();
        for list in ["/policy/require", "/policy/forbid", "/findings"] {
            turned.pointer_mut(list).unwrap().as_array_mut().unwrap().reverse();
        }
        for id in FEW {
            let stated = &mut turned["assessment"]["current"][id];
            if let Some(cited) = stated.get_mut("evidence").and_then(Value::as_array_mut) {
                cited.reverse();
            }
        }
        prop_assert_eq!(evaluate(&turned).to_json(), evaluate(&whole).to_json());
    }
}

#[test]
fn the_cases_speak_of_subcategories_that_exist() {
    assert!(FEW.iter().all(|id| id.parse::<Subcategory>().is_ok()));
}
