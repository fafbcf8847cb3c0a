use crate::{Basis, Change, Risk, RiskError, RiskKind, RiskStatus, Treatment};

/// Checks what the parts of a risk say about each other.
pub(crate) fn checked(risk: Risk) -> Result<Risk, RiskError> {
    if risk.kind == RiskKind::Threat && matches!(risk.treatment, Treatment::Pursue { .. }) {
        return Err(RiskError::PursuedThreat);
    }
    if risk.status == RiskStatus::Treating && !risk.treatment.is_decided() {
        return Err(RiskError::TreatedUndecided);
    }
    if let RiskStatus::Closed { on, .. } = risk.status
        && on < risk.identified_at.date()
    {
        let identified_at = risk.identified_at;
        return Err(RiskError::ClosedBefore { on, identified_at });
    }
    in_order(&risk)?;
    without_gap(&risk)?;
    Ok(risk)
}

fn in_order(risk: &Risk) -> Result<(), RiskError> {
    let mut earliest = risk.identified_at;
    for (entry, recorded) in (1..).zip(&risk.history) {
        let at = recorded.at();
        if at < earliest {
            return Err(RiskError::HistoryOrder {
                entry,
                at,
                earliest,
            });
        }
        earliest = at;
    }
    Ok(())
}

/// Goes back from what the risk is now through its history: each entry has to end at what follows
/// it. So a value that was changed by hand without an entry is found, once an entry speaks of it.
fn without_gap(risk: &Risk) -> Result<(), RiskError> {
    if risk.history.is_empty() {
        return Ok(());
    }
    let mut then = Risk {
        history: Vec::new(),
        ..risk.clone()
    };
    for (entry, recorded) in (1..)
        .zip(&risk.history)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
    {
        if !undo(&mut then, recorded.change()) {
            let what = recorded.change().what();
            return Err(RiskError::HistoryGap { entry, what });
        }
    }
    Ok(())
}

/// Takes a change back, or returns `false` where the risk is not what the change ended at.
fn undo(risk: &mut Risk, change: &Change) -> bool {
    match change {
        Change::Linked { link } => risk.unlink(link),
        Change::Noted { .. } => true,
        Change::Owner { from, to } => back(&mut risk.owner, from, to),
        Change::Rating { basis, from, to } => match basis {
            Basis::Inherent => back(&mut risk.inherent, from, to),
            Basis::Current => match (from, to) {
                (Some(from), Some(to)) => back(&mut risk.current, from, to),
                _ => false,
            },
            Basis::Residual => back(&mut risk.residual, from, to),
        },
        Change::Review { from, to } => back(&mut risk.review_by, from, to),
        Change::Statement { from, to } => back(&mut risk.statement, from, to),
        Change::Status { from, to } => back(&mut risk.status, from, to),
        Change::Treatment { from, to } => back(&mut risk.treatment, from, to),
        Change::Unlinked { link } => risk.link(link.clone()).is_ok(),
    }
}

fn back<T: Clone + PartialEq>(place: &mut T, from: &T, to: &T) -> bool {
    let leads = place == to;
    place.clone_from(from);
    leads
}
