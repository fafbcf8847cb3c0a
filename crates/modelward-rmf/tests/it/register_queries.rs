use modelward_artifact::{Date, Timestamp};
use modelward_rmf::{
    ActionPlan, ActionState, AssetRef, Basis, DueItem, Risk, RiskKind, RiskRegister, RiskStatus,
    Standing, Timing, Treatment,
};
use proptest::prelude::*;

use crate::register::{register, sample};
use crate::risk::{opportunity, rating, threat};
use crate::treatment::{acceptance, action, at, day};

const LIKELIHOOD: [&str; 5] = ["rare", "unlikely", "possible", "likely", "almost-certain"];
const IMPACT: [&str; 5] = ["negligible", "minor", "moderate", "major", "severe"];

fn ids<'a>(risks: impl Iterator<Item = &'a Risk>) -> Vec<&'a str> {
    risks.map(|risk| risk.id().as_str()).collect()
}

fn named(name: &str) -> AssetRef {
    AssetRef::Named(name.parse().unwrap())
}

#[test]
fn risks_are_found_by_what_they_are_linked_to() {
    let register = sample();
    let technique = |id: &str| ids(register.by_technique(id.parse().unwrap()));
    assert_eq!(
        ids(register.by_asset(&named("The chat bot"))),
        ["R-1", "R-2"]
    );
    assert!(ids(register.by_asset(&named("the chat bot"))).is_empty());
    assert_eq!(ids(register.by_incident("INC-7")), ["R-1"]);
    assert_eq!(
        ids(register.by_subcategory("MS-2.7".parse().unwrap())),
        ["R-1", "R-3"]
    );
    assert_eq!(technique("AML.T0020"), ["R-1"]);
    assert_eq!(technique("AML.T0020.001"), ["R-1"]);
    assert!(technique("AML.T0051.000").is_empty());
}

#[test]
fn levels_stand_to_the_limits() {
    let register = sample();
    let risk = |id: &str| register.risk(&id.parse().unwrap()).unwrap();
    let level = |id: &str, basis| {
        register
            .level(risk(id), basis)
            .map(|level| level.name().as_str())
    };
    assert_eq!(level("R-1", Basis::Inherent), Some("critical"));
    assert_eq!(level("R-1", Basis::Residual), Some("medium"));
    assert_eq!(level("R-4", Basis::Residual), None);
    assert_eq!(
        register.standing(risk("R-1"), Basis::Residual),
        Some(Standing::WithinTolerance)
    );
    assert_eq!(register.weight("MEASURE 2.7".parse().unwrap()), 4);
    assert_eq!(register.weight("MEASURE 2.8".parse().unwrap()), 0);
    // R-3 is closed, R-4 an opportunity.
    assert_eq!(ids(register.above_appetite(Basis::Current)), ["R-1", "R-2"]);
    assert_eq!(
        ids(register.above_appetite(Basis::Residual)),
        ["R-1", "R-2"]
    );
    assert_eq!(ids(register.above_tolerance(Basis::Residual)), ["R-2"]);
    assert_eq!(ids(register.above_tolerance(Basis::Inherent)), ["R-1"]);
}

#[test]
fn risks_are_counted_by_level_cell_asset_and_subcategory() {
    let aggregate = sample().aggregate(Basis::Residual);
    let threats = aggregate.threats();
    let counts: Vec<_> = threats
        .levels()
        .iter()
        .map(|(level, count)| (level.name().as_str(), *count))
        .collect();
    assert_eq!(
        counts,
        [("low", 0), ("medium", 1), ("high", 0), ("critical", 1)]
    );
    assert_eq!(threats.highest().unwrap().name().as_str(), "critical");
    assert_eq!((threats.cells()[1][2], threats.cells()[3][3]), (1, 1));
    assert_eq!(
        (threats.rated(), threats.unrated(), threats.closed()),
        (2, 0, 1)
    );
    assert_eq!(threats.count(&"medium".parse().unwrap()), 1);
    assert_eq!(threats.count(&"none".parse().unwrap()), 0);
    let opportunities = aggregate.tally(RiskKind::Opportunity);
    assert_eq!((opportunities.rated(), opportunities.unrated()), (0, 1));
    assert_eq!(opportunities.highest(), None);
    assert_eq!((aggregate.total(), aggregate.basis()), (4, Basis::Residual));

    let assets: Vec<_> = aggregate
        .assets()
        .map(|(asset, group)| (asset.to_string(), group.tally(RiskKind::Threat).total()))
        .collect();
    let component = format!("{}#model", crate::risk::SERIAL);
    assert_eq!(assets, [(component, 1), ("The chat bot".to_owned(), 2)]);
    let subcategories: Vec<_> = aggregate
        .subcategories()
        .map(|(id, group)| (id.to_string(), group.tally(RiskKind::Threat).rated()))
        .collect();
    assert_eq!(
        subcategories,
        [("GOVERN 6.1".to_owned(), 1), ("MEASURE 2.7".to_owned(), 1)]
    );
}

#[test]
fn what_is_due_is_listed_by_day() {
    let due = sample().due(at("2026-11-26T15:00:00Z"), 14);
    let listed: Vec<_> = due
        .iter()
        .map(|due| {
            (
                due.on().to_string(),
                due.risk().as_str(),
                due.item().to_string(),
                due.timing(),
            )
        })
        .collect();
    let expected = [
        ("2026-11-25", "R-2", "acceptance", Timing::Overdue(1)),
        ("2026-12-01", "R-1", "review", Timing::Left(5)),
        ("2026-12-10", "R-1", "action A-1", Timing::Left(14)),
        ("2026-12-10", "R-1", "action A-2", Timing::Left(14)),
    ];
    let expected =
        expected.map(|(on, risk, item, timing)| (on.to_owned(), risk, item.to_owned(), timing));
    assert_eq!(listed, expected);
    assert!(due[0].is_overdue() && !due[1].is_overdue());
    assert_eq!(sample().due(at("2026-11-26T15:00:00Z"), 13).len(), 2);
    assert_eq!(sample().due(at("2026-11-24T23:59:59Z"), 0), []);
    let today = sample().due(at("2026-11-25T23:59:59Z"), 0);
    assert_eq!(
        today
            .iter()
            .map(modelward_rmf::Due::timing)
            .collect::<Vec<_>>(),
        [Timing::Left(0)]
    );
    assert_eq!(sample().due(Timestamp::MAX, u32::MAX).len(), 4);
}

/// What a generated risk is made of.
#[derive(Clone, Debug)]
struct Plan {
    opportunity: bool,
    current: (usize, usize),
    residual: Option<(usize, usize)>,
    status: u8,
    treatment: u8,
    days: [Option<u32>; 3],
    asset: Option<u8>,
}

fn plan() -> impl Strategy<Value = Plan> {
    let cell = (0_usize..5, 0_usize..5);
    let days = proptest::array::uniform3(proptest::option::of(0_u32..60));
    let residual = proptest::option::of(cell.clone());
    let asset = proptest::option::of(0_u8..3);
    (any::<bool>(), cell, residual, 0_u8..4, 0_u8..5, days, asset).prop_map(
        |(opportunity, current, residual, status, treatment, days, asset)| Plan {
            opportunity,
            current,
            residual,
            status,
            treatment,
            days,
            asset,
        },
    )
}

fn later(days: u32) -> Date {
    day("2026-11-20").checked_add_days(days).unwrap()
}

impl Plan {
    fn treatment(&self, at: usize) -> Treatment {
        let [_, expires, due] = self.days;
        let dated = |id: String| match due {
            Some(days) => action(&id).with_due(later(days)),
            None => action(&id),
        };
        match self.treatment {
            0 => Treatment::Undecided,
            1 => Treatment::Avoid {
                decision: "Dropped.".parse().unwrap(),
            },
            2 => {
                let end = later(expires.unwrap_or(0) + 1).to_string();
                Treatment::Accept(acceptance("2026-11-20", &end).unwrap())
            }
            _ => {
                let done = ActionState::Completed { on: later(0) };
                let actions = ActionPlan::new([
                    dated(format!("A-{at}.1")),
                    dated(format!("A-{at}.2")).with_state(done),
                    dated(format!("A-{at}.3")).with_state(ActionState::InProgress),
                ]);
                let actions = actions.unwrap();
                if self.opportunity {
                    Treatment::Pursue { actions }
                } else {
                    Treatment::Mitigate {
                        actions,
                        remainder: None,
                    }
                }
            }
        }
    }

    fn build(&self, at: usize) -> Risk {
        let id = format!("R-{at}");
        let mut risk = if self.opportunity {
            opportunity(&id)
        } else {
            threat(&id)
        };
        risk = risk.inherent(rating(LIKELIHOOD[self.current.0], IMPACT[self.current.1]));
        if let Some((likelihood, impact)) = self.residual {
            risk = risk.residual(rating(LIKELIHOOD[likelihood], IMPACT[impact]));
        }
        if let Some(days) = self.days[0] {
            risk = risk.review_by(later(days));
        }
        if let Some(asset) = self.asset {
            risk = risk.asset(named(&format!("asset {asset}")));
        }
        risk = match self.status {
            0 => risk,
            1 if self.treatment > 0 => risk.status(RiskStatus::Treating),
            3 => risk.status(RiskStatus::Closed {
                on: later(0),
                reason: "Gone.".parse().unwrap(),
            }),
            _ => risk.status(RiskStatus::Monitoring),
        };
        risk.treatment(self.treatment(at)).build().unwrap()
    }

    fn is_closed(&self) -> bool {
        self.status == 3
    }

    /// Every date at which something of the risk is due, by the plan alone.
    fn dates(&self, at: usize) -> Vec<(Date, String, DueItem)> {
        let mut dates = Vec::new();
        let mut add = |on, item| dates.push((on, format!("R-{at}"), item));
        let [review, expires, due] = self.days;
        if let Some(days) = review {
            add(later(days), DueItem::Review);
        }
        if self.treatment == 2 {
            add(later(expires.unwrap_or(0) + 1), DueItem::Acceptance);
        }
        if let (3.., Some(days)) = (self.treatment, due) {
            for open in [1, 3] {
                add(
                    later(days),
                    DueItem::Action(format!("A-{at}.{open}").parse().unwrap()),
                );
            }
        }
        dates
    }
}

fn built(plans: &[Plan]) -> RiskRegister {
    register(plans.iter().enumerate().map(|(at, plan)| plan.build(at))).unwrap()
}

proptest! {
    #[test]
    fn counts_add_up_to_the_number_of_risks(plans in proptest::collection::vec(plan(), 0..30)) {
        let register = built(&plans);
        for basis in Basis::ALL {
            let aggregate = register.aggregate(basis);
            prop_assert_eq!(aggregate.total(), plans.len());
            for (kind, opportunity) in [(RiskKind::Threat, false), (RiskKind::Opportunity, true)] {
                let tally = aggregate.tally(kind);
                let of_kind: Vec<_> = plans.iter().filter(|plan| plan.opportunity == opportunity).collect();
                prop_assert_eq!(tally.total(), of_kind.len());
                prop_assert_eq!(tally.closed(), of_kind.iter().filter(|plan| plan.is_closed()).count());
                prop_assert_eq!(tally.cells().iter().flatten().sum::<usize>(), tally.rated());
            }
            let in_assets: usize = aggregate
                .assets()
                .map(|(_, group)| group.tally(RiskKind::Threat).total() + group.tally(RiskKind::Opportunity).total())
                .sum();
            prop_assert_eq!(in_assets, plans.iter().filter(|plan| plan.asset.is_some()).count());
        }
        let residual = register.aggregate(Basis::Residual);
        let open = plans.iter().filter(|plan| !plan.is_closed());
        let unrated = open.filter(|plan| plan.residual.is_none()).count();
        prop_assert_eq!(residual.threats().unrated() + residual.opportunities().unrated(), unrated);
        let inherent = register.aggregate(Basis::Inherent);
        for (at, plan) in plans.iter().enumerate().filter(|(_, plan)| !plan.is_closed()) {
            let kind = if plan.opportunity { RiskKind::Opportunity } else { RiskKind::Threat };
            let (row, column) = plan.current;
            prop_assert!(inherent.tally(kind).cells()[row][column] > 0, "R-{at}");
        }
    }

    #[test]
    fn what_is_due_is_complete_and_in_order(
        plans in proptest::collection::vec(plan(), 0..20),
        today in 0_u32..70,
        within in 0_u32..40,
    ) {
        let now = later(today).start();
        let due = built(&plans).due(now, within);
        let mut expected: Vec<_> = plans
            .iter()
            .enumerate()
            .filter(|(_, plan)| !plan.is_closed())
            .flat_map(|(at, plan)| plan.dates(at))
            .filter(|(on, ..)| *on <= later(today + within))
            .collect();
        expected.sort();
        let found: Vec<_> = due
            .iter()
            .map(|due| (due.on(), due.risk().to_string(), due.item().clone()))
            .collect();
        prop_assert_eq!(found, expected);
        for due in &due {
            let days = match due.timing() {
                Timing::Left(days) => later(today).checked_add_days(days),
                Timing::Overdue(days) => {
                    prop_assert!(days > 0 && due.on().is_over(now));
                    Some(due.on())
                }
            };
            prop_assert_eq!(days, Some(due.on()));
        }
    }

    #[test]
    fn documents_survive_a_round_trip(plans in proptest::collection::vec(plan(), 0..12)) {
        let register = built(&plans);
        let bytes = register.to_json().unwrap();
        let read = RiskRegister::from_json(&bytes, &modelward_artifact::JsonLimits::default()).unwrap();
        prop_assert_eq!(read.to_json().unwrap(), bytes);
        prop_assert_eq!(read, register);
    }
}
