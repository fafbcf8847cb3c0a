use modelward_artifact::Timestamp;

use crate::gate::judge::{Case, pass, unknown};
use crate::{
    AcceptanceState, ActionItem, ActionState, Basis, GateAnswer, GateReason, Place, Risk, RiskKind,
    RiskLimit, RiskRegister, RiskTerms, Treatment,
};

/// Judges each threat that is not closed and is about what is at the gate.
pub(super) fn reasons(case: &Case<'_>) -> Vec<GateReason> {
    let Some(terms) = case.policy.risks() else {
        return vec![pass("rmf.gate.risks_not_judged", "the policy judges none")];
    };
    let Some(register) = case.inputs.register else {
        let message = "no register of risks was given";
        return vec![unknown("rmf.gate.register_missing", message)];
    };
    let court = Court {
        terms,
        register,
        now: case.now,
    };
    let (here, elsewhere): (Vec<&Risk>, Vec<&Risk>) =
        register.risks().partition(|risk| is_here(case, risk));
    let open: Vec<_> = here
        .into_iter()
        .filter(|risk| risk.kind() == RiskKind::Threat && !risk.status().is_closed())
        .collect();
    let mut reasons = vec![census(open.len(), elsewhere.len(), register)];
    reasons.extend(court.limit());
    reasons.extend(open.into_iter().flat_map(|risk| court.judge(risk)));
    reasons
}

/// A risk that names no asset is about all.
fn is_here(case: &Case<'_>, risk: &Risk) -> bool {
    let Some(assets) = case.inputs.assets else {
        return true;
    };
    risk.assets().is_empty() || assets.iter().any(|asset| risk.assets().contains(asset))
}

/// A register in which nobody has put a threat is not the same as a system without any.
fn census(open: usize, elsewhere: usize, register: &RiskRegister) -> GateReason {
    let others = register.risks().len() - open - elsewhere;
    let message = format!(
        "open threats judged: {open}; not judged: {others} opportunities and closed risks, \
         {elsewhere} risks of other assets"
    );
    if open > 0 {
        return pass("rmf.gate.risks_judged", message);
    }
    GateReason::new(GateAnswer::Condition, "rmf.gate.risks_none", message)
        .asking("state that there is no threat to be judged", None)
}

/// Holds what risks are judged by.
struct Court<'a> {
    terms: &'a RiskTerms,
    register: &'a RiskRegister,
    now: Timestamp,
}

impl Court<'_> {
    /// Says where the limit is none of the matrix's.
    fn limit(&self) -> Option<GateReason> {
        let matrix = self.register.matrix();
        match self.terms.highest() {
            RiskLimit::Level(level) if matrix.level(level).is_none() => {
                let message = format!("the limit is level `{level}`, which {matrix} does not have");
                Some(unknown("rmf.gate.risk_limit_unknown", message))
            }
            RiskLimit::Level(_) | RiskLimit::Standing(_) => None,
        }
    }

    fn judge(&self, risk: &Risk) -> Vec<GateReason> {
        let mut reasons = Vec::new();
        let decided = self.treatment(risk, &mut reasons);
        let basis = self.remains(risk, decided);
        let level = self.register.level(risk, basis);
        let level = level.map_or("unknown", |level| level.name().as_str());
        let limit = self.terms.highest();
        match self.is_above(risk, basis) {
            // The limit has its own reason.
            None => {}
            Some(true) => reasons.push(self.above(risk, &format!("{basis} level `{level}`"))),
            Some(false) => {
                let message = format!("{basis} level `{level}` is within {limit}");
                reasons.push(pass("rmf.gate.risk_within", message));
            }
        }
        if basis == Basis::Residual && self.is_above(risk, Basis::Current) == Some(true) {
            reasons.extend(counted(risk).filter_map(pending));
        }
        let place = || Place::Risk(risk.id().clone());
        let reasons = reasons.into_iter();
        reasons.map(|reason| reason.at(place())).collect()
    }

    /// Judges a risk above the limit.
    fn above(&self, risk: &Risk, level: &str) -> GateReason {
        let limit = self.terms.highest();
        let accepted = risk.treatment().acceptance();
        match accepted.filter(|acceptance| acceptance.is_valid(self.now)) {
            None => {
                let message = format!("{level} is above {limit}, and nobody validly accepts it");
                GateReason::new(GateAnswer::Fail, "rmf.gate.risk_above", message)
            }
            Some(acceptance) => {
                let (by, until) = (acceptance.by(), acceptance.expires());
                let message = format!("{level} is above {limit}, accepted by {by} until {until}");
                let answer = self.terms.accepted_handling().into();
                GateReason::new(answer, "rmf.gate.risk_accepted", message)
                    .asking("treat the risk or decide on it anew", Some(until))
            }
        }
    }

    /// Tells whether something is decided about a risk that holds now. Where a decision is missing
    /// or has lapsed, it adds the reason.
    fn treatment(&self, risk: &Risk, reasons: &mut Vec<GateReason>) -> bool {
        let treatment = risk.treatment();
        let state = treatment.acceptance().map(|it| it.state(self.now));
        let (code, message) = match state {
            Some(AcceptanceState::Valid) => return true,
            Some(AcceptanceState::Expired) => {
                ("rmf.gate.acceptance_expired", "its acceptance has expired")
            }
            Some(AcceptanceState::Revoked) => {
                ("rmf.gate.acceptance_revoked", "its acceptance was revoked")
            }
            Some(AcceptanceState::NotYetValid) => (
                "rmf.gate.acceptance_not_yet_valid",
                "its acceptance does not hold yet",
            ),
            None if treatment.is_decided() => return true,
            None => ("rmf.gate.risk_undecided", "nothing is decided about it"),
        };
        let answer = self.terms.undecided_handling().into();
        let reason = GateReason::new(answer, code, message);
        reasons.push(reason.asking("decide how the risk is treated", risk.review_by()));
        // What mitigates or transfers a risk holds where nobody carries what remains any more.
        treatment.is_decided() && !matches!(treatment, Treatment::Accept(_))
    }

    /// Returns by which rating a risk is judged: the residual one only as long as what it counts on
    /// is decided and done, or still in time.
    fn remains(&self, risk: &Risk, decided: bool) -> Basis {
        let broken = |action: &ActionItem| match action.state() {
            ActionState::Completed { .. } => false,
            ActionState::Planned | ActionState::InProgress => {
                action.due().is_some_and(|due| due.is_over(self.now))
            }
            ActionState::Cancelled { .. } => true,
        };
        if risk.residual().is_some() && decided && !counted(risk).any(broken) {
            Basis::Residual
        } else {
            Basis::Current
        }
    }

    /// Tells whether a rating is above the limit; `None` where the matrix cannot tell.
    fn is_above(&self, risk: &Risk, basis: Basis) -> Option<bool> {
        match self.terms.highest() {
            RiskLimit::Level(limit) => {
                let matrix = self.register.matrix();
                let level = self.register.level(risk, basis)?;
                Some(matrix.ordinal(level.name())? > matrix.ordinal(limit)?)
            }
            RiskLimit::Standing(limit) => Some(self.register.standing(risk, basis)? > *limit),
        }
    }
}

/// Returns the actions that the residual rating counts on: all where none says so, since otherwise
/// plans that nobody marked would lower a risk for free.
fn counted(risk: &Risk) -> impl Iterator<Item = &ActionItem> {
    let actions = risk.treatment().actions();
    let is_marked = actions.iter().any(ActionItem::is_counted_in_residual);
    let actions = actions.iter();
    actions.filter(move |action| !is_marked || action.is_counted_in_residual())
}

/// Asks for an action that has to be done for the risk to become what it is judged to be.
fn pending(action: &ActionItem) -> Option<GateReason> {
    if !action.state().is_open() {
        return None;
    }
    let (id, state) = (action.id(), action.state().name());
    let message = format!("its residual rating counts on action {id}, which is {state}");
    let reason = GateReason::new(GateAnswer::Condition, "rmf.gate.action_pending", message);
    let action_text = format!("complete action {id}: {}", action.description());
    Some(reason.asking(action_text, action.due()))
}
