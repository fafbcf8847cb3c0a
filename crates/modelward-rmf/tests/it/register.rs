use std::error::Error as _;

use modelward_artifact::JsonLimits;
use modelward_rmf::{
    ActionPlan, AssetRef, ComponentRef, ReadRegisterError, RegisterError, Risk, RiskMatrix,
    RiskRegister, RiskStatus, Treatment,
};
use serde_json::Value;

use crate::risk::{SERIAL, opportunity, rating, threat};
use crate::treatment::{acceptance, action, ada, day};

pub(crate) fn mitigate(ids: &[&str]) -> Treatment {
    let actions = ids.iter().map(|id| action(id).with_due(day("2026-12-10")));
    let actions = ActionPlan::new(actions).unwrap();
    Treatment::Mitigate {
        actions,
        remainder: None,
    }
}

pub(crate) fn register(
    risks: impl IntoIterator<Item = Risk>,
) -> Result<RiskRegister, RegisterError> {
    let title = "Risks of the chat bot".parse().unwrap();
    RiskRegister::builder(title, ada(), RiskMatrix::five_by_five())
        .risks(risks)
        .build()
}

/// Four risks, one of each sort.
pub(crate) fn sample() -> RiskRegister {
    let component = ComponentRef::new(SERIAL, "model").unwrap();
    let treated = threat("R-1")
        .asset(AssetRef::Component(component))
        .asset(AssetRef::Named("The chat bot".parse().unwrap()))
        .subcategory("MEASURE 2.7".parse().unwrap())
        .subcategory("GOVERN 6.1".parse().unwrap())
        .incident("INC-7".parse().unwrap())
        .technique("AML.T0020.001".parse().unwrap())
        .taxonomy("LLM04:2026".parse().unwrap())
        .inherent(rating("almost-certain", "severe"))
        .residual(rating("unlikely", "moderate"))
        .treatment(mitigate(&["A-1", "A-2"]))
        .owner(ada())
        .review_by(day("2026-12-01"))
        .status(RiskStatus::Treating);
    let accepted = threat("R-2")
        .asset(AssetRef::Named("The chat bot".parse().unwrap()))
        .technique("AML.T0051".parse().unwrap())
        .residual(rating("likely", "major"))
        .treatment(Treatment::Accept(
            acceptance("2026-11-20", "2026-11-25").unwrap(),
        ))
        .status(RiskStatus::Monitoring);
    let closed = threat("R-3")
        .subcategory("MEASURE 2.7".parse().unwrap())
        .review_by(day("2026-11-21"))
        .status(RiskStatus::Closed {
            on: day("2026-11-22"),
            reason: "The feature is dropped.".parse().unwrap(),
        });
    let risks = [treated, accepted, closed, opportunity("R-4")];
    register(risks.map(|risk| risk.build().unwrap())).unwrap()
}

pub(crate) fn read(document: &Value) -> Result<RiskRegister, ReadRegisterError> {
    RiskRegister::from_json(document.to_string().as_bytes(), &JsonLimits::default())
}

#[test]
fn risks_that_do_not_fit_together_are_refused() {
    let built = |risks: Vec<modelward_rmf::RiskBuilder>| {
        register(risks.into_iter().map(|risk| risk.build().unwrap()))
    };
    let cases = [
        (
            vec![threat("R-1"), threat("R-2"), threat("R-1")],
            "rmf.register.risk_twice",
            "risk `R-1` stands twice",
        ),
        (
            vec![
                threat("R-2").treatment(mitigate(&["A-1", "A-2"])),
                threat("R-1").treatment(mitigate(&["A-2", "A-3"])),
            ],
            "rmf.register.action_twice",
            "action `A-2` stands in risk `R-1` and in risk `R-2`",
        ),
        (
            vec![
                threat("R-1"),
                threat("R-2").inherent(rating("always", "major")),
            ],
            "rmf.register.likelihood",
            "inherent rating of risk `R-2` has the likelihood `always`, which the matrix does not have",
        ),
        (
            vec![threat("R-1").residual(rating("rare", "none"))],
            "rmf.register.impact",
            "residual rating of risk `R-1` has the impact `none`, which the matrix does not have",
        ),
    ];
    for (risks, code, message) in cases {
        let error = built(risks).unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (code, message));
    }
    assert_eq!(built(Vec::new()).unwrap().risks().len(), 0);
}

#[test]
fn a_risk_is_added_and_nothing_else_changes() {
    let before = sample();
    let added = before.with_risk(threat("R-9").build().unwrap()).unwrap();
    assert_eq!(added.risks().len(), before.risks().len() + 1);
    assert_ne!(added.digest(), before.digest());
    assert!(
        before
            .risks()
            .all(|risk| added.risk(risk.id()) == Some(risk))
    );
    let error = added.with_risk(threat("R-9").build().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "risk `R-9` stands twice");
    assert_eq!(added.title().as_str(), "Risks of the chat bot");
    assert_eq!(added.owner(), &ada());
}

#[test]
fn the_cause_is_in_the_source() {
    let mut document = serde_json::to_value(sample()).unwrap();
    document["risks"]["R-1"]["treatment"] = serde_json::json!({"kind": "undecided"});
    let error = read(&document).unwrap_err();
    assert_eq!(error.code(), "rmf.register.risk");
    assert_eq!(error.to_string(), "risk `R-1` is not valid");
    let cause = error.source().unwrap().to_string();
    assert_eq!(
        cause,
        "risk is being treated, but its treatment is undecided"
    );
}
