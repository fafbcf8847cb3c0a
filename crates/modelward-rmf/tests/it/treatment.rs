use modelward_artifact::{Date, Timestamp};
use modelward_rmf::{
    Acceptance, AcceptanceState, ActionItem, ActionPlan, ActionState, Party, Revocation, RiskError,
    Treatment,
};
use serde_json::{Value, json};

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn ada() -> Party {
    Party::new("Ada Example").unwrap()
}

pub(crate) fn acceptance(on: &str, expires: &str) -> Result<Acceptance, RiskError> {
    Acceptance::new(
        ada(),
        day(on),
        "The model is retired in March.",
        day(expires),
    )
}

pub(crate) fn action(id: &str) -> ActionItem {
    ActionItem::new(id.parse().unwrap(), "Sign the training data.").unwrap()
}

fn revocation(on: &str) -> Revocation {
    Revocation::new(ada(), day(on), "The model is used elsewhere.").unwrap()
}

#[test]
fn each_treatment_has_this_form() {
    let actions = json!([
        {"id": "A-1", "description": "Sign the training data.", "state": "planned",
            "countedInResidual": false},
        {"id": "A-2", "description": "Sign the training data.", "owner": "Ada Example",
            "due": "2027-01-31", "state": {"completed": {"on": "2027-01-15"}},
            "countedInResidual": true},
        {"id": "A-3", "description": "Sign the training data.",
            "state": {"cancelled": {"on": "2027-01-16", "reason": "Done by the vendor."}},
            "countedInResidual": false},
        {"id": "A-4", "description": "Sign the training data.", "state": "in-progress",
            "countedInResidual": false},
    ]);
    let plan = ActionPlan::new([
        action("A-4").with_state(ActionState::InProgress),
        action("A-3").with_state(ActionState::Cancelled {
            on: day("2027-01-16"),
            reason: "Done by the vendor.".parse().unwrap(),
        }),
        action("A-2")
            .with_owner(ada())
            .with_due(day("2027-01-31"))
            .with_state(ActionState::Completed {
                on: day("2027-01-15"),
            })
            .counted_in_residual(),
        action("A-1"),
    ])
    .unwrap();
    let accepted = acceptance("2026-11-26", "2027-03-31").unwrap();
    let text = |text: &str| text.parse().unwrap();
    let cases = [
        (
            Treatment::Accept(accepted.clone()),
            json!({"kind": "accept", "by": "Ada Example", "on": "2026-11-26",
                "justification": "The model is retired in March.", "expires": "2027-03-31"}),
        ),
        (
            Treatment::Accept(accepted.revoke(revocation("2026-12-01")).unwrap()),
            json!({"kind": "accept", "by": "Ada Example", "on": "2026-11-26",
                "justification": "The model is retired in March.", "expires": "2027-03-31",
                "revoked": {"on": "2026-12-01", "by": "Ada Example",
                    "reason": "The model is used elsewhere."}}),
        ),
        (
            Treatment::Avoid {
                decision: text("The feature is dropped."),
            },
            json!({"kind": "avoid", "decision": "The feature is dropped."}),
        ),
        (
            Treatment::Mitigate {
                actions: plan.clone(),
                remainder: None,
            },
            json!({"kind": "mitigate", "actions": actions}),
        ),
        (
            Treatment::Mitigate {
                actions: plan.clone(),
                remainder: Some(acceptance("2026-11-26", "2027-03-31").unwrap()),
            },
            json!({"kind": "mitigate", "actions": actions, "remainder": {
                "by": "Ada Example", "on": "2026-11-26", "expires": "2027-03-31",
                "justification": "The model is retired in March."}}),
        ),
        (
            Treatment::Pursue { actions: plan },
            json!({"kind": "pursue", "actions": actions}),
        ),
        (
            Treatment::Transfer {
                to: ada(),
                instrument: text("Contract 7"),
                remainder: None,
            },
            json!({"kind": "transfer", "to": "Ada Example", "instrument": "Contract 7"}),
        ),
        (Treatment::Undecided, json!({"kind": "undecided"})),
    ];
    for (treatment, document) in cases {
        assert_eq!(serde_json::to_value(&treatment).unwrap(), document);
        assert_eq!(document["kind"], treatment.kind());
        assert_eq!(
            serde_json::from_value::<Treatment>(document).unwrap(),
            treatment
        );
    }
}

#[test]
fn treatments_that_lack_something_are_refused() {
    let action = json!({"id": "A-1", "description": "Sign the data."});
    let cases: [(Value, &str); 15] = [
        (Value::Null, "invalid type: null"),
        (json!({"kind": "hope"}), "unknown variant `hope`"),
        (
            json!({"kind": "undecided", "why": "a"}),
            "unknown field `why`",
        ),
        (
            json!({"kind": "accept", "by": "Ada", "on": "2026-11-26", "justification": "a"}),
            "missing field `expires`",
        ),
        (
            json!({"kind": "accept", "by": "Ada", "on": "2026-11-26", "expires": "2027-01-01"}),
            "missing field `justification`",
        ),
        (
            json!({"kind": "accept", "on": "2026-11-26", "justification": "a", "expires": "2027-01-01"}),
            "missing field `by`",
        ),
        (
            json!({"kind": "accept", "by": "Ada", "on": "2026-11-26", "justification": " - ",
            "expires": "2027-01-01"}),
            "text has neither a letter nor a digit",
        ),
        (
            json!({"kind": "accept", "by": "Ada", "on": "2026-11-26", "justification": "a",
            "expires": "2026-11-25"}),
            "acceptance of 2026-11-26 expires on 2026-11-25, expected a later day",
        ),
        (
            json!({"kind": "accept", "by": "Ada", "on": "2026-11-26", "justification": "a",
            "expires": "2027-01-01", "revoked": {"on": "2026-11-25", "by": "Ada", "reason": "a"}}),
            "acceptance of 2026-11-26 is revoked on 2026-11-25, expected that day or a later one",
        ),
        (
            json!({"kind": "mitigate", "actions": []}),
            "treatment has no action, expected one or more",
        ),
        (
            json!({"kind": "mitigate", "actions": [action, action]}),
            "action `A-1` stands twice",
        ),
        (
            json!({"kind": "mitigate", "actions": [{"id": "A-1", "description": "a", "state": "done"}]}),
            "unknown variant `done`",
        ),
        (
            json!({"kind": "mitigate", "actions": [{"id": "A-1", "description": "a",
            "state": {"cancelled": {"on": "2026-11-26"}}}]}),
            "missing field `reason`",
        ),
        (
            json!({"kind": "transfer", "to": "Ada"}),
            "missing field `instrument`",
        ),
        (
            json!({"kind": "avoid", "decision": ""}),
            "text has neither a letter nor a digit",
        ),
    ];
    for (document, message) in cases {
        let error = serde_json::from_value::<Treatment>(document.clone()).unwrap_err();
        assert!(
            error.to_string().starts_with(message),
            "{document}: {error}"
        );
    }
}

#[test]
fn faults_have_codes() {
    let accepted = acceptance("2026-11-26", "2027-03-31").unwrap();
    let revoked = accepted.clone().revoke(revocation("2026-11-26")).unwrap();
    let cases = [
        (
            acceptance("2026-11-26", "2026-11-26").unwrap_err(),
            "rmf.risk.acceptance_end",
        ),
        (
            accepted.revoke(revocation("2026-11-25")).unwrap_err(),
            "rmf.risk.revoked_before",
        ),
        (
            revoked.revoke(revocation("2026-12-01")).unwrap_err(),
            "rmf.risk.revoked_twice",
        ),
        (ActionPlan::new([]).unwrap_err(), "rmf.risk.no_action"),
        (
            ActionPlan::new([action("A-1"), action("A-2"), action("A-1")]).unwrap_err(),
            "rmf.risk.action_twice",
        ),
        (
            Revocation::new(ada(), day("2026-11-26"), "-").unwrap_err(),
            "rmf.risk.text",
        ),
        (
            Acceptance::new(ada(), day("2026-11-26"), "", day("2027-01-01")).unwrap_err(),
            "rmf.risk.text",
        ),
    ];
    for (error, code) in cases {
        assert_eq!(error.code(), code, "{error}");
    }
}

#[test]
fn an_acceptance_holds_from_its_first_to_its_last_day() {
    let accepted = acceptance("2026-11-26", "2027-03-31").unwrap();
    let revoked = accepted.clone().revoke(revocation("2026-12-01")).unwrap();
    let cases = [
        (
            "2026-11-25T23:59:59Z",
            AcceptanceState::NotYetValid,
            AcceptanceState::NotYetValid,
        ),
        (
            "2026-11-26T00:00:00Z",
            AcceptanceState::Valid,
            AcceptanceState::Valid,
        ),
        (
            "2026-11-30T23:59:59Z",
            AcceptanceState::Valid,
            AcceptanceState::Valid,
        ),
        (
            "2026-12-01T00:00:00Z",
            AcceptanceState::Valid,
            AcceptanceState::Revoked,
        ),
        (
            "2027-03-31T23:59:59Z",
            AcceptanceState::Valid,
            AcceptanceState::Revoked,
        ),
        (
            "2027-04-01T00:00:00Z",
            AcceptanceState::Expired,
            AcceptanceState::Revoked,
        ),
    ];
    for (now, plain, taken_back) in cases {
        assert_eq!(accepted.state(at(now)), plain, "{now}");
        assert_eq!(revoked.state(at(now)), taken_back, "{now}");
        assert_eq!(
            accepted.is_valid(at(now)),
            plain == AcceptanceState::Valid,
            "{now}"
        );
    }
}
