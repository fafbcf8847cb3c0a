use modelward_artifact::{Digest, JsonLimits, Verdict};
use modelward_audit::rollback::{
    Flaw, Restoration, RollbackPlan, RollbackPolicy, RollbackRequest, Stance, VerifiedPlan,
    attest_plan, plan_rollback, verify_attested_plan, verify_plan,
};
use modelward_graph::SupplyGraph;
use modelward_incident::{
    Compromise, EventKind, Incident, RecoveryPlan, RecoveryReceipt, RecoveryState,
};
use modelward_sign::{SigningKey, VerifyPolicy};

use super::{MODELS, bad_backup, by, day, name, release, toy_graph, toy_incident, toy_releases};

fn request<'a>(incident: &'a Incident, graph: &'a SupplyGraph) -> RollbackRequest<'a> {
    let request = super::request(incident, graph);
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
    assert_eq!(recovery.steps.len(), plan.steps().len() + 1);
    assert!(
        recovery.steps[0]
            .as_str()
            .ends_with(&plan.digest().to_string())
    );
}

/// What is in place: the release, and whatever else.
fn observed(root: Digest) -> Vec<Restoration> {
    vec![Restoration::new("m1".parse().unwrap(), root)]
}

#[test]
fn what_is_in_place_has_to_be_what_the_plan_restores() {
    let (graph, incident) = (toy_graph(), toy_incident());
    let plan = plan_rollback(&request(&incident, &graph));
    let verified = verify_plan(&plan, &request(&incident, &graph));
    let verified = verified.into_result().unwrap();
    // By now the plan would be too old to begin with, and so would the backup.
    let later = request(&incident, &graph).at(day(120));
    let check = |observed: &[Restoration]| verified.check_observed(observed, &later);
    let restored = check(&observed(MODELS[1].root)).into_result().unwrap();
    assert_eq!(restored.root(), &MODELS[1].root);
    let expected = RecoveryReceipt::new(verified.id(), MODELS[1].root);
    assert_eq!(restored.receipt(), expected);

    let other = Restoration::new("m2".parse().unwrap(), MODELS[2].root);
    for (observed, code) in [
        (observed(Digest::sha256(b"other")), "receipt.observed"),
        (Vec::new(), "receipt.missing"),
        (
            [observed(MODELS[1].root), vec![other]].concat(),
            "receipt.surplus",
        ),
        (
            [observed(MODELS[1].root), observed(MODELS[2].root)].concat(),
            "receipt.observed",
        ),
    ] {
        let findings = check(&observed).into_result().unwrap_err();
        assert!(
            findings.has(&format!("audit.rollback.{code}")),
            "{findings}"
        );
    }
}

#[test]
fn what_becomes_known_while_a_plan_is_carried_out_speaks_against_the_end_of_it() {
    let (graph, mut incident) = (toy_graph(), toy_incident());
    let plan = plan_rollback(&request(&incident, &graph));
    let verified = verify_plan(&plan, &request(&incident, &graph));
    let verified = verified.into_result().unwrap();
    name(&mut incident, "d1", Compromise::Confirmed, None);
    let verdict = verified.check_observed(&observed(MODELS[1].root), &request(&incident, &graph));
    let findings = verdict.into_result().unwrap_err();
    assert!(findings.has("audit.rollback.plan.stale"), "{findings}");

    let incident = toy_incident();
    let flaw = Flaw::new("raw1".parse().unwrap(), "CVE-2026-7".parse().unwrap());
    let now = request(&incident, &graph).with_flaws([flaw]);
    let verdict = verified.check_observed(&observed(MODELS[1].root), &now);
    let findings = verdict.into_result().unwrap_err();
    assert!(findings.has("audit.rollback.plan.stale"), "{findings}");
}

#[test]
fn the_record_has_the_digest_of_the_plan_and_its_receipt_ends_the_recovery() {
    let (graph, mut incident) = (toy_graph(), toy_incident());
    name(&mut incident, "model", Compromise::Confirmed, None);
    let plan = plan_rollback(&request(&incident, &graph));
    let verified = verify_plan(&plan, &request(&incident, &graph));
    let verified = verified.into_result().unwrap();
    assert!(!verified.is_recorded(&incident));
    // A plan of the same ends that is another one.
    let (id, asset) = (verified.id(), plan.asset().clone());
    let other = RecoveryPlan::new(id, asset, *plan.from(), *verified.to());
    incident
        .record(EventKind::RecoveryPlanned(other), &by())
        .unwrap();
    assert!(!verified.is_recorded(&incident));
    let planned = EventKind::RecoveryPlanned(verified.recovery_plan());
    incident.record(planned, &by()).unwrap();
    assert!(verified.is_recorded(&incident));
    let restored = verified
        .check_observed(&observed(MODELS[1].root), &request(&incident, &graph))
        .into_result()
        .unwrap();
    let receipt = EventKind::Restored(restored.receipt());
    incident.record(receipt, &by()).unwrap();
    assert!(
        incident
            .recoveries()
            .values()
            .all(RecoveryState::is_restored)
    );
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
fn a_hold_that_begins_after_the_plan_holds_its_steps_and_does_not_refuse_it() {
    let (graph, mut incident) = (toy_graph(), toy_incident());
    name(&mut incident, "model", Compromise::Confirmed, None);
    let plan = plan_rollback(&request(&incident, &graph));
    let hold = EventKind::HoldPlaced {
        assets: ["model".parse().unwrap()].into(),
        why: "the cause is not known".parse().unwrap(),
    };
    incident.record(hold, &by()).unwrap();
    let verdict = verify_plan(&plan, &request(&incident, &graph));
    let verified = verdict.into_result().expect("it has the same steps");
    assert!(verified.is_held());
    assert_eq!(verified.steps().len(), plan.steps().len());
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
    let nothing = super::request(&incident, &graph);
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

#[test]
fn a_plan_with_a_count_that_has_no_canonical_form_is_refused() {
    let (graph, incident) = (toy_graph(), toy_incident());
    let broken = release(1).with_backup(&bad_backup(1));
    let plan = plan_rollback(&super::request(&incident, &graph).with_release(broken));
    let text = String::from_utf8(plan.to_json()).unwrap();
    let read = |text: &str| RollbackPlan::from_json(text.as_bytes(), &JsonLimits::default());
    assert_eq!(read(&text).unwrap(), plan);
    let beyond = text.replace(r#""effort":3"#, r#""effort":9007199254740992"#);
    assert_ne!(beyond, text);
    assert_eq!(read(&beyond).unwrap_err().code(), "artifact.json.integer");
}
