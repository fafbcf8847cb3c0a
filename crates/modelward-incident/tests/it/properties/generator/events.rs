//! What each kind of event says.

use modelward_artifact::{Digest, Timestamp};
use modelward_incident::log::Context;
use modelward_incident::{
    ActionKind, ActionState, AffectedAsset, AiSystem, Answer, AssetKind, AssetOrigin, AssetRef,
    AttackEvidence, AttackIndicator, AttackTarget, Classification, CloseOutcome, Compromise,
    CompromiseWindow, Custody, CustodyAction, Detection, Determination, Disclosure, Effect,
    EventKind, Evidence, Fact, Harm, Impact, ImpactKind, Incident, IncidentKind, Link,
    LinkRelation, Moment, NewEvent, OecdCriterion, OecdSeverity, Opening, Phase, PoisonedPart,
    PostIncidentReview, QuarantineOrder, RecoveryPlan, RecoveryReceipt, Refusal, ReportingRules,
    ResponseAction, ReviewAction, RootCause, Severity, Slug, Stage, Technique, TimeRange, TimeSpec,
    Tlp,
};

use super::{Draw, KINDS, Words, minute, pick};

/// Makes the event that a draw says.
pub(in super::super) fn event(
    draw: &Draw,
    serial: usize,
    incident: &Incident,
    now: Timestamp,
) -> EventKind {
    let mut words = Words::new(serial);
    match draw.kind {
        kind if kind >= KINDS => onward(draw, &mut words, incident, now),
        0..12 => judged(draw, &mut words),
        12..21 => owed(draw, &mut words, incident, now),
        21..28 => found(draw, &mut words),
        28..35 => responded(draw, &mut words),
        _ => recovered(draw, &mut words),
    }
}

pub(super) const KINDS_OF_INCIDENT: [IncidentKind; 4] = [
    IncidentKind::DriftData,
    IncidentKind::ModelFailurePerformance,
    IncidentKind::AdversarialDataPoisoning,
    IncidentKind::SupplyChainModel,
];

fn slug(from: &[&str], by: u8) -> Slug {
    pick(from, by).parse().unwrap()
}

fn asset_id(by: u8) -> Slug {
    slug(&["weights", "data"], by)
}

fn judged(draw: &Draw, words: &mut Words) -> EventKind {
    let [a, b, c, ..] = draw.picks;
    match draw.kind {
        0 => {
            let id = "AML.T0020".parse().unwrap();
            let technique = Technique::new(id, words.text())
                .with_tactic(words.text())
                .with_name(words.text())
                .with_description(words.text());
            let kinds = Classification::new(pick(&KINDS_OF_INCIDENT, a));
            EventKind::Classified(kinds.with_technique(technique).with_cwe(502))
        }
        1 => EventKind::Determined {
            to: pick(&Determination::ALL, a),
            reason: words.text(),
        },
        2 => EventKind::HarmStated {
            to: pick(&Harm::ALL, a),
            reason: words.text(),
            prevented_by: (0..b % 3).map(|_| words.text()).collect(),
        },
        3 => EventKind::SeverityChanged {
            to: pick(&Severity::ALL, a),
            reason: words.text(),
            evidence: (0..b % 2).map(|_| slug(&["e1", "e2"], c)).collect(),
        },
        4 => EventKind::OecdSeverityStated {
            to: pick(&OecdSeverity::ALL, a),
            reason: words.text(),
        },
        _ => stated(draw, words),
    }
}

fn stated(draw: &Draw, words: &mut Words) -> EventKind {
    let a = draw.picks[0];
    match draw.kind {
        5 => EventKind::OecdAnswered {
            criterion: OecdCriterion::new(a % 29 + 1).unwrap(),
            answer: words.text(),
        },
        6 => EventKind::Began {
            at: TimeSpec::exact(minute(u64::from(a))),
        },
        7 => EventKind::RootCauseStated(if a.is_multiple_of(2) {
            RootCause::Known {
                cause: words.text(),
            }
        } else {
            RootCause::Unknown { why: words.text() }
        }),
        8 => EventKind::Noted { text: words.text() },
        9 => EventKind::PhaseChanged {
            to: pick(&Phase::ALL, a),
            reason: words.text(),
        },
        10 => EventKind::Closed {
            outcome: pick(&CloseOutcome::ALL, a),
            reason: words.text(),
        },
        _ => EventKind::Reopened {
            reason: words.text(),
        },
    }
}

fn owed(draw: &Draw, words: &mut Words, incident: &Incident, now: Timestamp) -> EventKind {
    let [a, b, c, d, _] = draw.picks;
    let rule = slug(&["gdpr/33", "eu-ai-act/73-4"], a);
    match draw.kind {
        12 => EventKind::FactAnswered {
            fact: pick(&Fact::ALL, a),
            answer: pick(&[Answer::No, Answer::Unknown, Answer::Yes], b),
        },
        13 => EventKind::MomentStated {
            moment: pick(&[Moment::Aware, Moment::Resolved, Moment::Classified], a),
            at: minute(u64::from(b)),
        },
        14 => EventKind::ReportRecorded {
            rule,
            at: minute(u64::from(b)),
            receipt: (c % 2 == 0).then(|| words.text()),
        },
        15 => EventKind::ObligationTolled {
            rule,
            why: words.text(),
            since: minute(u64::from(c)),
            until: minute(u64::from(d)),
        },
        16 => EventKind::ObligationRuledOut {
            rule,
            why: words.text(),
        },
        17 => reviewed(incident, words, now, a),
        18 => EventKind::AuthorityInformed {
            authority: words.text(),
            receipt: (c % 2 == 0).then(|| words.text()),
        },
        19 => EventKind::HoldPlaced {
            assets: [asset_id(a)].into(),
            why: words.text(),
        },
        _ => EventKind::HoldLifted { why: words.text() },
    }
}

fn reviewed(incident: &Incident, words: &mut Words, now: Timestamp, pick: u8) -> EventKind {
    let rules = ReportingRules::built_in();
    let review = incident.review_obligations(rules, now).unwrap();
    let all: Vec<Slug> = review.outstanding.keys().cloned().collect();
    let given = all.iter().skip(usize::from(pick % 3 == 2));
    EventKind::ObligationsReviewed(
        given.fold(review, |it, rule| it.with_reason(rule, words.text())),
    )
}

fn found(draw: &Draw, words: &mut Words) -> EventKind {
    match draw.kind {
        21 => EventKind::SystemDescribed(
            AiSystem::new(words.text())
                .with_version(words.text())
                .with_purpose(words.text())
                .with_developer(words.text())
                .with_developer(words.text())
                .with_deployer(words.text()),
        ),
        22 => EventKind::AssetRecorded(asset(draw, words)),
        23 => EventKind::AssetsUnknown { why: words.text() },
        _ => shown(draw, words),
    }
}

fn shown(draw: &Draw, words: &mut Words) -> EventKind {
    let [a, b, c, ..] = draw.picks;
    match draw.kind {
        24 => {
            let custody = Custody::new(
                minute(u64::from(b)),
                words.party(c),
                CustodyAction::Collected,
            )
            .with_note(words.text());
            let content = (Digest::sha256(&[a]), u64::from(a));
            EventKind::EvidenceCollected(
                Evidence::new(slug(&["e1", "e2"], a), words.text(), content, custody)
                    .with_media_type(words.text())
                    .with_location(words.text()),
            )
        }
        25 => {
            let to = words.party(c);
            let done = [
                CustodyAction::Accessed,
                CustodyAction::Sealed,
                CustodyAction::Destroyed,
                CustodyAction::Verified { matched: true },
                CustodyAction::Transferred { to },
            ];
            let done = done[usize::from(b) % done.len()].clone();
            EventKind::CustodyRecorded {
                evidence: slug(&["e1", "e2"], a),
                custody: Custody::new(minute(u64::from(b)), words.party(c), done)
                    .with_note(words.text()),
            }
        }
        26 => EventKind::Detected(Detection::Attack(attack(words))),
        _ => EventKind::ImpactRecorded(
            Impact::new(
                slug(&["i1", "i2"], a),
                pick(&ImpactKind::ALL, b),
                words.text(),
            )
            .with_affected(words.text())
            .with_affected(words.text())
            .with_count(3),
        ),
    }
}

fn asset(draw: &Draw, words: &mut Words) -> AffectedAsset {
    let [a, b, c, d, _] = draw.picks;
    let all = [
        Compromise::Cleared,
        Compromise::Confirmed,
        Compromise::Suspected,
        Compromise::Unknown,
    ];
    let purl = format!("pkg:generic/{}", words.text());
    let from = TimeSpec::exact(minute(u64::from(c)));
    let until = (d % 2 == 0).then(|| TimeSpec::exact(minute(u64::from(d))));
    let asset = AffectedAsset::new(asset_id(a), pick(&AssetKind::ALL, b), words.text())
        .with_version(words.text())
        .with_ref(AssetRef::purl(&purl).unwrap())
        .with_ref(AssetRef::bom_ref(words.text().as_str()).unwrap())
        .with_compromise(pick(&all, b))
        .with_window(CompromiseWindow::new(from, until));
    let asset = match c % 3 {
        0 => asset,
        1 => asset.in_production(),
        _ => asset.out_of_production(),
    };
    if d % 3 == 0 {
        let path = vec![words.text(), words.text()];
        let from = asset_id(b);
        return asset.with_origin(AssetOrigin::Propagated { from, path });
    }
    asset
}

fn attack(words: &mut Words) -> AttackEvidence {
    let window = TimeRange::new(minute(0), minute(9)).unwrap();
    let target = AttackTarget::new(Digest::sha256(b"model"), window);
    let mut part = || {
        let name = words.text();
        PoisonedPart::new(name.as_str(), Digest::sha256(b"shard"), vec![]).unwrap()
    };
    let parts = vec![part(), part()];
    AttackEvidence::new(AttackIndicator::DataPoisoning, target, vec![], parts).unwrap()
}

fn responded(draw: &Draw, words: &mut Words) -> EventKind {
    let [a, b, c, d, _] = draw.picks;

    match draw.kind {
        28 => {
            let stage = pick(
                &[Stage::Containment, Stage::Eradication, Stage::Recovery],
                b,
            );
            let id = slug(&["a1", "a2", "a3"], a);
            let action = ResponseAction::new(id, stage, pick(&ActionKind::ALL, c), words.text());
            let action = if d % 4 == 0 {
                action
            } else {
                action.on(asset_id(d))
            };
            EventKind::ActionTaken(match c % 4 {
                0 => action.with_effect(Effect::Destroys),
                1 => action.with_effect(Effect::Alters),
                _ => action,
            })
        }
        29 => EventKind::ActionConfirmed {
            action: slug(&["a1", "a2", "a3"], a),
            note: words.text(),
        },
        30 => EventKind::ContainmentWaived {
            asset: asset_id(a),
            why: words.text(),
        },
        _ => ordered(draw, words),
    }
}

fn ordered(draw: &Draw, words: &mut Words) -> EventKind {
    let [a, b, c, d, _] = draw.picks;
    let order = slug(&["q1", "q2"], a);
    match draw.kind {
        31 => EventKind::EradicationWaived { why: words.text() },
        32 => {
            let order = QuarantineOrder::new(order, words.text());
            let target = AssetRef::bom_ref(words.text().as_str()).unwrap();
            let order = if b % 4 == 0 {
                order
            } else {
                order.with_target(target)
            };
            EventKind::OrderProposed(if c % 3 == 0 {
                order.until(minute(u64::from(d)))
            } else {
                order
            })
        }
        33 => EventKind::OrderSignedOff {
            order,
            note: words.text(),
        },
        _ => EventKind::OrderLifted {
            order,
            why: words.text(),
        },
    }
}

fn recovered(draw: &Draw, words: &mut Words) -> EventKind {
    let [a, b, c, d, _] = draw.picks;
    match draw.kind {
        35 => {
            let id = slug(&["p1", "p2"], b);
            let to = Digest::sha256(&[c % 3]);
            let plan = RecoveryPlan::new(id, asset_id(a), Digest::sha256(&[0]), to)
                .with_version(words.text())
                .with_step(words.text())
                .with_step(words.text());
            EventKind::RecoveryPlanned(if d % 2 == 0 {
                plan.monitored_until(minute(u64::from(d)))
            } else {
                plan
            })
        }
        36 => EventKind::Restored(
            RecoveryReceipt::new(slug(&["p1", "p2"], b), Digest::sha256(&[c % 3]))
                .with_note(words.text()),
        ),
        37 => EventKind::RecoveryWaived { why: words.text() },
        38 => EventKind::ReviewHeld(review(a, words)),
        _ => told(draw, words),
    }
}

fn told(draw: &Draw, words: &mut Words) -> EventKind {
    let [a, b, ..] = draw.picks;
    match draw.kind {
        39 => EventKind::ReviewActionDone {
            action: slug(&["r1", "r2"], a),
            note: words.text(),
        },
        40 => {
            let relations = [LinkRelation::DuplicateOf, LinkRelation::Related];
            let link = Link::new(pick(&relations, a), words.text());
            EventKind::Linked(link.with_system(words.text()).with_title(words.text()))
        }
        41 => {
            let document = (words.text(), Digest::sha256(&[b]));
            let level = pick(&Tlp::ALL, a);
            let by = words.party(b);
            EventKind::Disclosed(Disclosure::new(words.text(), level, document, by))
        }
        _ => {
            let kind = pick(&KINDS_OF_INCIDENT, a);
            EventKind::Opened(Opening::new(words.text(), kind, Severity::Low))
        }
    }
}

fn review(pick: u8, words: &mut Words) -> PostIncidentReview {
    let due = "2026-12-24".parse().unwrap();
    let id = slug(&["r1", "r2"], pick);
    let owner = words.party(pick);
    let action = ReviewAction::new(id, words.text(), owner, due);
    let mut review = PostIncidentReview::new(words.text()).with_action(action);
    for _ in 0..pick % 5 {
        review = review.went_well(words.text()).went_badly(words.text());
    }
    review.with_participant(words.party(pick))
}

/// Makes the next step forward, or what it lacks.
fn onward(draw: &Draw, words: &mut Words, incident: &Incident, now: Timestamp) -> EventKind {
    let [a, b, ..] = draw.picks;
    let reason = words.text();
    let to = match incident.phase() {
        Phase::Detection => Phase::Containment,
        Phase::Containment if a % 4 == 0 => Phase::Recovery,
        Phase::Containment => Phase::Eradication,
        Phase::Eradication => Phase::Recovery,
        Phase::Recovery => Phase::PostIncident,
        _ => Phase::Closed,
    };
    let step = match to {
        _ if !incident.is_open() => return EventKind::Reopened { reason },
        Phase::Closed => EventKind::Closed {
            outcome: CloseOutcome::Resolved,
            reason,
        },
        to => EventKind::PhaseChanged { to, reason },
    };
    let context = Context::new(now, words.party(draw.actor));
    let refused = incident.check(&NewEvent::new(step.clone()), &context);
    let Err(modelward_incident::IncidentError::Refused { refusals, .. }) = refused else {
        return step;
    };
    let refusal = &refusals[usize::from(b) % refusals.len()];
    mended(refusal, draw, words, (incident, now))
}

/// Makes what a step lacks.
fn mended(
    refusal: &Refusal,
    draw: &Draw,
    words: &mut Words,
    (incident, now): (&Incident, Timestamp),
) -> EventKind {
    let [a, _, c, ..] = draw.picks;
    match refusal {
        Refusal::NoAffectedAsset => EventKind::AssetRecorded(asset(draw, words)),
        Refusal::NoAwareness => EventKind::MomentStated {
            moment: Moment::Aware,
            at: minute(0),
        },
        Refusal::NoContainment { asset } => contain(asset, draw, words, incident),
        Refusal::NeedsEradication => EventKind::EradicationWaived { why: words.text() },
        Refusal::NoRootCause => EventKind::RootCauseStated(RootCause::Known {
            cause: words.text(),
        }),
        Refusal::NoPlan if c % 2 == 0 && !incident.assets().is_empty() => {
            let asset = incident.assets().keys().next().unwrap().clone();
            let (from, to) = (Digest::sha256(&[0]), Digest::sha256(&[1]));
            EventKind::RecoveryPlanned(RecoveryPlan::new(slug(&["p1"], 0), asset, from, to))
        }
        Refusal::NotRestored { asset } if c % 4 != 0 => {
            let plan = incident.recoveries()[asset].plan();
            let receipt = RecoveryReceipt::new(plan.id.clone(), plan.to);
            EventKind::Restored(receipt.with_note(words.text()))
        }
        Refusal::NoPlan | Refusal::NotRestored { .. } => {
            EventKind::RecoveryWaived { why: words.text() }
        }
        Refusal::NoReview => EventKind::ReviewHeld(review(a, words)),
        Refusal::ObligationsNotReviewed | Refusal::Outstanding { .. } => {
            reviewed(incident, words, now, 0)
        }
        _ => EventKind::Noted { text: words.text() },
    }
}

/// Contains an asset in two steps, or says why not.
fn contain(asset: &Slug, draw: &Draw, words: &mut Words, incident: &Incident) -> EventKind {
    let mut taken = incident.actions().values().map(ActionState::action);
    let taken = taken.find(|it| it.stage == Stage::Containment && it.assets.contains(asset));
    match taken {
        _ if draw.picks[2].is_multiple_of(4) => EventKind::ContainmentWaived {
            asset: asset.clone(),
            why: words.text(),
        },
        Some(action) => EventKind::ActionConfirmed {
            action: action.id.clone(),
            note: words.text(),
        },
        None => {
            let id = slug(&["a1", "a2", "a3"], draw.picks[0]);
            let kind = ActionKind::RemoveFromServing;
            let action = ResponseAction::new(id, Stage::Containment, kind, words.text());
            EventKind::ActionTaken(action.on(asset.clone()))
        }
    }
}
