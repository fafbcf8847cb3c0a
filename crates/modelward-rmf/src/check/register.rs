use std::cmp::Ordering;

use crate::check::Run;
use crate::{
    AcceptanceState, ActionState, Basis, CheckCode, Place, Risk, RiskKind, RiskRegister, Standing,
};

/// Checks each risk of a register.
pub(super) fn check(run: &mut Run<'_>, register: &RiskRegister) {
    for risk in register.risks() {
        ratings(run, register, risk);
        if risk.status().is_closed() {
            closed(run, risk);
        } else {
            responsibility(run, risk);
            acceptance(run, risk);
            actions(run, risk);
            if risk.kind() == RiskKind::Threat {
                carried(run, register, risk);
            }
        }
    }
}

fn place(risk: &Risk) -> Place {
    Place::Risk(risk.id().clone())
}

fn ratings(run: &mut Run<'_>, register: &RiskRegister, risk: &Risk) {
    let Some(inherent) = risk.inherent() else {
        return;
    };
    // More of an opportunity after treatment is what treatment is for.
    if risk.kind() == RiskKind::Opportunity {
        return;
    }
    let cases = [
        (
            risk.residual(),
            CheckCode::RiskResidualAboveInherent,
            "residual",
        ),
        (
            Some(risk.current()),
            CheckCode::RiskCurrentAboveInherent,
            "current",
        ),
    ];
    for (rating, code, name) in cases {
        let above = rating.filter(|rating| {
            register.matrix().compare(rating, inherent) == Some(Ordering::Greater)
        });
        if let Some(rating) = above {
            let message = format!("{name} {rating} is higher than inherent {inherent}");
            run.found(code, place(risk), message);
        }
    }
}

fn closed(run: &mut Run<'_>, risk: &Risk) {
    let open = risk.treatment().actions().iter();
    for action in open.filter(|action| action.state().is_open()) {
        let message = format!("it is closed, and action {} is open", action.id());
        run.found(CheckCode::RiskClosedWithOpenActions, place(risk), message);
    }
}

fn responsibility(run: &mut Run<'_>, risk: &Risk) {
    if risk.owner().is_none() {
        let message = "nobody owns it";
        run.found(CheckCode::RiskOwnerMissing, place(risk), message);
    }
    match risk.review_by() {
        None => {
            let message = "no day of review is set";
            run.found(CheckCode::RiskReviewMissing, place(risk), message);
        }
        Some(day) if day.is_over(run.now) => {
            let message = format!("its review was due on {day}");
            run.found(CheckCode::RiskReviewOverdue, place(risk), message);
        }
        Some(_) => {}
    }
}

fn acceptance(run: &mut Run<'_>, risk: &Risk) {
    let Some(acceptance) = risk.treatment().acceptance() else {
        return;
    };
    let day = acceptance.expires();
    match acceptance.state(run.now) {
        AcceptanceState::Expired => {
            let message = format!("its acceptance by {} expired on {day}", acceptance.by());
            run.found(CheckCode::RiskAcceptanceExpired, place(risk), message);
        }
        AcceptanceState::Revoked => {
            let message = format!("its acceptance by {} was revoked", acceptance.by());
            run.found(CheckCode::RiskAcceptanceRevoked, place(risk), message);
        }
        AcceptanceState::Valid if run.is_soon(day) => {
            let message = format!("its acceptance expires on {day}");
            run.found(CheckCode::RiskAcceptanceExpiring, place(risk), message);
        }
        AcceptanceState::NotYetValid | AcceptanceState::Valid => {}
    }
    if let Some(owner) = risk.owner()
        && owner.is_same(acceptance.by())
    {
        let message = format!("{owner} owns it and accepted it");
        run.found(CheckCode::RiskAcceptedByOwner, place(risk), message);
    }
}

fn actions(run: &mut Run<'_>, risk: &Risk) {
    for action in risk.treatment().actions() {
        let is_completed = matches!(action.state(), ActionState::Completed { .. });
        if action.is_counted_in_residual() && risk.residual().is_some() && !is_completed {
            let state = action.state().name();
            let message = format!(
                "its residual rating counts on action {}, which is {state}",
                action.id()
            );
            run.found(CheckCode::RiskActionNotCompleted, place(risk), message);
        }
        let overdue = action.due().filter(|day| day.is_over(run.now));
        if let Some(day) = overdue.filter(|_| action.state().is_open()) {
            let message = format!("action {} was due on {day}", action.id());
            run.found(CheckCode::RiskActionOverdue, place(risk), message);
        }
    }
}

/// Checks whether what remains of a threat may be carried.
fn carried(run: &mut Run<'_>, register: &RiskRegister, risk: &Risk) {
    let remains = risk.residual().map_or(Basis::Current, |_| Basis::Residual);
    let accepted = risk.treatment().acceptance();
    let accepted = accepted.is_some_and(|acceptance| acceptance.is_valid(run.now));
    if register.standing(risk, remains) == Some(Standing::AboveTolerance) && !accepted {
        let level = register.level(risk, remains);
        let level = level.map_or("unknown", |level| level.name().as_str());
        let message =
            format!("{remains} level `{level}` is above tolerance and not validly accepted");
        run.found(CheckCode::RiskAboveTolerance, place(risk), message);
    }
    let current = register.standing(risk, Basis::Current);
    if current.is_some_and(|it| it > Standing::WithinAppetite) && !risk.treatment().is_decided() {
        let message = "it is above appetite, and nothing is decided about it";
        run.found(CheckCode::RiskUndecided, place(risk), message);
    }
}
