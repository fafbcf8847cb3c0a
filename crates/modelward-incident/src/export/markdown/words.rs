//! Each event in a sentence of ours, with what persons wrote. It is escaped where it is used.

use modelward_artifact::{Party, Text};

use crate::{Custody, CustodyAction, EventKind, ObligationReview, RootCause, Slug};

/// Says what happened, in plain text.
pub(super) fn of(kind: &EventKind) -> String {
    let words = judged(kind).or_else(|| owed(kind));
    let words = words.or_else(|| found(kind)).or_else(|| done(kind));
    words.unwrap_or_else(|| kind.name().to_owned())
}

fn judged(kind: &EventKind) -> Option<String> {
    Some(match kind {
        EventKind::Opened(opening) => {
            let kinds = names(opening.kinds.iter().map(|kind| kind.name()));
            let (severity, title) = (opening.severity, &opening.title);
            format!("Opened as {kinds}, severity {severity}: {title}")
        }
        EventKind::Classified(classification) => {
            let kinds = names(classification.kinds.iter().map(|kind| kind.name()));
            let techniques = classification.techniques.iter().map(|it| it.id.to_string());
            let weaknesses = classification.cwes.iter().map(|it| format!("CWE-{it}"));
            let means: Vec<_> = techniques.chain(weaknesses).collect();
            match means.as_slice() {
                [] => format!("Classified as {kinds}"),
                means => format!("Classified as {kinds}: {}", means.join(", ")),
            }
        }
        EventKind::Determined { to, reason } => format!("Determined as {to}: {reason}"),
        EventKind::HarmStated { to, reason, .. } => format!("Harm: {to}. {reason}"),
        EventKind::SeverityChanged {
            to,
            reason,
            evidence,
        } => {
            let shown = evidence.iter().map(Slug::as_str);
            let shown = shown_by(&names(shown));
            format!("Severity changed to {to}: {reason}{shown}")
        }
        EventKind::OecdSeverityStated { to, reason } => {
            format!("Severity in the words of the OECD: {to}. {reason}")
        }
        EventKind::OecdAnswered { criterion, answer } => {
            format!("Criterion {} of the OECD: {answer}", criterion.number())
        }
        EventKind::Began { at } => format!("The incident began at {at}"),
        kind => return stepped(kind),
    })
}

fn stepped(kind: &EventKind) -> Option<String> {
    Some(match kind {
        EventKind::RootCauseStated(RootCause::Known { cause }) => format!("Root cause: {cause}"),
        EventKind::RootCauseStated(RootCause::Unknown { why }) => {
            format!("The root cause could not be found out: {why}")
        }
        EventKind::Noted { text } => format!("Note: {text}"),
        EventKind::PhaseChanged { to, reason } => format!("Went over to {to}: {reason}"),
        EventKind::Closed { outcome, reason } => format!("Closed as {outcome}: {reason}"),
        EventKind::Reopened { reason } => format!("Opened again: {reason}"),
        _ => return None,
    })
}

fn owed(kind: &EventKind) -> Option<String> {
    Some(match kind {
        EventKind::FactAnswered { fact, answer } => {
            format!("Fact {fact}: {}", super::duties::answer(*answer))
        }
        EventKind::MomentStated { moment, at } => format!("Moment {}: {at}", moment.name()),
        EventKind::ReportRecorded { rule, at, receipt } => {
            format!(
                "Report under {rule} sent at {at}{}",
                said(": ", receipt.as_ref())
            )
        }
        EventKind::ObligationTolled {
            rule,
            why,
            since,
            until,
        } => {
            format!("Clock of {rule} stopped from {since} to {until}: {why}")
        }
        EventKind::ObligationRuledOut { rule, why } => format!("Rule {rule} ruled out: {why}"),
        EventKind::ObligationsReviewed(review) => reviewed(review),
        kind => return passed_on(kind),
    })
}

fn passed_on(kind: &EventKind) -> Option<String> {
    Some(match kind {
        EventKind::AuthorityInformed { authority, receipt } => {
            format!("{authority} was informed{}", said(": ", receipt.as_ref()))
        }
        EventKind::HoldPlaced { assets, why } => {
            let assets = names(assets.iter().map(Slug::as_str));
            format!("Hold on {assets}: {why}")
        }
        EventKind::HoldLifted { why } => format!("Hold lifted: {why}"),
        EventKind::Linked(link) => {
            let system = said(" of ", link.system.as_ref());
            format!(
                "Linked as {} to {}{system}",
                link.relation.name(),
                link.target
            )
        }
        EventKind::Disclosed(it) => format!(
            "Disclosed as {} at {} to {} (approved by {})",
            it.format,
            it.level,
            it.audience,
            party(&it.approved_by)
        ),
        _ => return None,
    })
}

fn found(kind: &EventKind) -> Option<String> {
    Some(match kind {
        EventKind::SystemDescribed(system) => format!("System described: {}", system.name),
        EventKind::AssetRecorded(asset) => {
            let (id, name) = (&asset.id, &asset.name);
            let (kind, state) = (asset.kind.name(), asset.compromise.name());
            format!("Asset {id} ({kind} {name}): compromise {state}")
        }
        EventKind::AssetsUnknown { why } => format!("It is not known what is affected: {why}"),
        EventKind::EvidenceCollected(evidence) => {
            format!("Evidence {} collected: {}", evidence.id(), evidence.title())
        }
        EventKind::CustodyRecorded {
            evidence,
            custody: step,
        } => {
            format!("Evidence {evidence}: {}", custody(step))
        }
        EventKind::Detected(detection) => format!("Detected: {detection}"),
        EventKind::ImpactRecorded(impact) => {
            format!(
                "Impact {} ({}): {}",
                impact.id,
                impact.kind.name(),
                impact.description
            )
        }
        _ => return None,
    })
}

fn done(kind: &EventKind) -> Option<String> {
    Some(match kind {
        EventKind::ActionTaken(action) => {
            let (stage, kind) = (action.stage.name(), action.kind.name());
            format!(
                "Action {} ({stage}, {kind}): {}",
                action.id, action.description
            )
        }
        EventKind::ActionConfirmed { action, note } => format!("Action {action} done: {note}"),
        EventKind::ContainmentWaived { asset, why } => {
            format!("No containment of {asset}: {why}")
        }
        EventKind::EradicationWaived { why } => format!("Nothing to eradicate: {why}"),
        EventKind::RecoveryWaived { why } => format!("Nothing to recover: {why}"),
        EventKind::OrderProposed(order) => {
            format!("Quarantine {} proposed: {}", order.id, order.reason)
        }
        EventKind::OrderSignedOff { order, note } => {
            format!("Quarantine {order} signed off: {note}")
        }
        EventKind::OrderLifted { order, why } => format!("Quarantine {order} lifted: {why}"),
        EventKind::RecoveryPlanned(plan) => {
            format!("Recovery {} of {} planned", plan.id, plan.asset)
        }
        EventKind::Restored(it) => {
            let note = said(": ", it.note.as_ref());
            format!(
                "Recovery {} carried out, found {}{note}",
                it.plan, it.observed
            )
        }
        EventKind::ReviewHeld(review) => format!("Review held: {}", review.summary),
        EventKind::ReviewActionDone { action, note } => {
            format!("Action {action} of the review done: {note}")
        }
        _ => return None,
    })
}

/// Names a party with its organization and role.
pub(super) fn party(who: &Party) -> String {
    format!("{who}{}", said(", ", who.role()))
}

/// Says what was done with a piece of evidence.
pub(super) fn custody(step: &Custody) -> String {
    let done = match &step.action {
        CustodyAction::Accessed => "accessed".to_owned(),
        CustodyAction::Collected => "collected".to_owned(),
        CustodyAction::Destroyed => "destroyed".to_owned(),
        CustodyAction::Sealed => "sealed".to_owned(),
        CustodyAction::Transferred { to } => format!("handed to {}", party(to)),
        CustodyAction::Verified { matched: true } => "verified, the digest is the same".to_owned(),
        CustodyAction::Verified { matched: false } => "verified, the digest differs".to_owned(),
    };
    let note = said(": ", step.note.as_ref());
    format!("{done} by {} at {}{note}", party(&step.by), step.at)
}

fn reviewed(review: &ObligationReview) -> String {
    let outstanding = review.outstanding.iter();
    let outstanding =
        outstanding.map(|(rule, why)| format!("{rule}{}", said(" since ", why.as_ref())));
    let outstanding: Vec<_> = outstanding.collect();
    match outstanding.as_slice() {
        [] => "Went through the reports: none is outstanding".to_owned(),
        list => format!("Went through the reports. Outstanding: {}", list.join("; ")),
    }
}

fn said(before: &str, text: Option<&Text>) -> String {
    text.map(|text| format!("{before}{text}"))
        .unwrap_or_default()
}

fn shown_by(names: &str) -> String {
    match names {
        "" => String::new(),
        names => format!(" (shown by {names})"),
    }
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
