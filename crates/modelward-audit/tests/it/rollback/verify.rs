use modelward_artifact::{Digest, Verdict};
use modelward_audit::rollback::{
    RollbackPlan, RollbackPolicy, RollbackRequest, Stance, VerifiedPlan, attest_plan,
    plan_rollback, verify_attested_plan, verify_plan,
};
use modelward_graph::SupplyGraph;
use modelward_incident::{Compromise, Incident, RecoveryReceipt};
use modelward_sign::{SigningKey, VerifyPolicy};

use super::{MODELS, day, name, now, present, toy_graph, toy_incident, toy_releases};

fn request<'a>(incident: &'a Incident, graph: &'a SupplyGraph) -> RollbackRequest<'a> {
    let request = RollbackRequest::new(incident, graph, present(), now());
    toy_releases()
        .into_iter()
        .fold(request, RollbackRequest::with_release)
}

#[track_caller]
fn refused(verdict: Verdict<VerifiedPlan>, code: &str) {
    let findings = verdict.into_result().expect_err("it must be refused");
    assert!(findings.has(code), "{findings}");
}

#[test]
fn a_plan_is_verified_and_its_receipt_checked() {
    let (graph, incident) = (toy_graph(), toy_incident());
    let plan = plan_rollback(&request(&incident, &graph));
    let verdict = verify_plan(&plan, &request(&incident, &graph));
    let verified = verdict.into_result().expect("nothing changed");
    assert_eq!(verified.to(), &MODELS[1].root);
    assert!(!verified.is_held() && verified.newly_tainted().is_empty());
    let recovery = verified.recovery_plan();
    assert_eq!(
        (recovery.from, recovery.to),
        (MODELS[4].root, MODELS[1].root)
    );
    assert_eq!(recovery.steps.len(), plan.steps().len());
    let receipt = |observed| RecoveryReceipt::new(recovery.id.clone(), observed);
    let restored = verified.check_receipt(&receipt(MODELS[1].root));
    assert_eq!(restored.verified().unwrap().root(), &MODELS[1].root);
    let other = verified.check_receipt(&receipt(Digest::sha256(b"other")));
    assert!(
        other
            .rejected()
            .unwrap()
            .has("audit.rollback.receipt.observed")
    );
    let other = RecoveryReceipt::new("another".parse().unwrap(), MODELS[1].root);
    let other = verified.check_receipt(&other);
    assert!(other.rejected().unwrap().has("audit.rollback.receipt.plan"));
}

#[test]
fn a_plan_is_stale_once_the_taint_reaches_its_choice_and_not_before() {
    let (graph, mut incident) = (toy_graph(), toy_incident());
    let plan = plan_rollback(&request(&incident, &graph));
    name(&mut incident, "m2", Compromise::Suspected, None);
    let verified = verify_plan(&plan, &request(&incident, &graph));
    let verified = verified.into_result().expect("the choice is clean");
    assert_eq!(verified.newly_tainted().len(), 1);
    name(&mut incident, "d1", Compromise::Confirmed, None);
    let verdict = verify_plan(&plan, &request(&incident, &graph));
    refused(verdict, "audit.rollback.plan.stale");
}

#[test]
fn a_plan_of_another_time_policy_or_choice_is_refused() {
    let (graph, incident) = (toy_graph(), toy_incident());
    let plan = plan_rollback(&request(&incident, &graph));
    let later = request(&incident, &graph).at(day(101));
    refused(verify_plan(&plan, &later), "audit.rollback.plan.expired");
    let sooner = request(&incident, &graph).at(day(99));
    refused(verify_plan(&plan, &sooner), "audit.rollback.plan.future");
    let lax = RollbackPolicy::default().with_unsafe_formats(Stance::Allow);
    let other = request(&incident, &graph).with_policy(lax);
    refused(verify_plan(&plan, &other), "audit.rollback.plan.policy");
    let nothing = RollbackRequest::new(&incident, &graph, present(), now());
    let empty = plan_rollback(&nothing);
    refused(
        verify_plan(&empty, &nothing),
        "audit.rollback.plan.no_choice",
    );
    refused(
        verify_plan(&plan, &nothing),
        "audit.rollback.plan.other_choice",
    );
    // Somebody puts another choice, other steps or a longer life into the document.
    let forged = |from: &str, to: &str| -> RollbackPlan {
        let text = String::from_utf8(plan.to_json()).unwrap();
        let text = text.replace(from, to);
        RollbackPlan::from_json(text.as_bytes(), &Default::default()).unwrap()
    };
    let now = || request(&incident, &graph);
    let chosen = forged(&MODELS[1].root.to_hex(), &MODELS[3].root.to_hex());
    refused(verify_plan(&chosen, &now()), "audit.rollback.plan.stale");
    let steps = forged("\"preserve-evidence\"", "\"monitor\"");
    refused(verify_plan(&steps, &now()), "audit.rollback.plan.steps");
    let long = forged(&plan.expires().to_string(), &day(200).to_string());
    refused(verify_plan(&long, &now()), "audit.rollback.plan.validity");
}

#[test]
fn a_signed_plan_comes_back_as_it_was() {
    let (graph, incident) = (toy_graph(), toy_incident());
    let plan = plan_rollback(&request(&incident, &graph));
    let key = SigningKey::generate();
    let bundle = attest_plan(&plan, &key, &Default::default()).unwrap();
    let policy = VerifyPolicy::key(key.public_key().clone());
    let again = verify_attested_plan(&bundle, &policy).unwrap();
    assert_eq!(again.verified(), Some(&plan));
    let stranger = VerifyPolicy::key(SigningKey::generate().public_key().clone());
    let refused = verify_attested_plan(&bundle, &stranger).unwrap();
    assert!(refused.rejected().is_some());
}
