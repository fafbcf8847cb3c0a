use modelward_artifact::{Date, Timestamp};

use super::Obligation;
use super::facts::{Answer, Facts, Moment};
use super::rule::{Due, ReportingRule, Start};
use crate::Slug;

/// Says why a rule gives no obligation.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Exclusion {
    /// The facts do not fit it.
    Facts,
    /// It applies only from a later day on than that of awareness.
    NotInForce {
        /// That day.
        from: Date,
    },
    /// It asks for reports until the incident is resolved, which it is.
    Resolved,
    /// Another rule of its group applies and is shorter.
    ShorterApplies {
        /// The other rule.
        rule: Slug,
    },
}

/// Names a rule that gives no obligation, and why.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Excluded {
    /// The rule.
    pub rule: Slug,
    /// Why.
    pub why: Exclusion,
}

/// Holds what follows from rules: each is either an obligation or excluded with its reason.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Selection {
    /// What has to be reported, or may have to be, in the order of the rules.
    pub obligations: Vec<Obligation>,
    /// What has not.
    pub excluded: Vec<Excluded>,
}

/// Returns the obligations that follow from facts, by our reading: a reminder, no legal advice.
///
/// Facts that nobody stated give obligations that say what has to be found out. Of a group of rules,
/// such as AI Act, Art. 73(2) to (4), only the shortest that applies is left, beside shorter ones of
/// which it cannot be told yet.
#[must_use]
pub fn applicable(facts: &Facts, rules: &[ReportingRule]) -> Vec<Obligation> {
    select(facts, rules).obligations
}

/// Returns the obligations as [`applicable`] does, and the rules that give none.
#[must_use]
pub fn select(facts: &Facts, rules: &[ReportingRule]) -> Selection {
    let mut selection = Selection {
        obligations: Vec::new(),
        excluded: Vec::new(),
    };
    for rule in rules {
        match exclusion(rule, facts, rules) {
            None => {
                let start = start(rule, facts);
                let obligation = Obligation::new(rule, facts, start);
                selection.obligations.push(obligation);
            }
            Some(why) => {
                let rule = rule.id().clone();
                selection.excluded.push(Excluded { rule, why });
            }
        }
    }
    selection
}

fn exclusion(rule: &ReportingRule, facts: &Facts, rules: &[ReportingRule]) -> Option<Exclusion> {
    if let Some(why) = excluded_alone(rule, facts) {
        return Some(why);
    }
    let group = rule.shortest_of()?;
    let shorter = rules
        .iter()
        .filter(|other| other.shortest_of() == Some(group))
        .filter(|other| other.trigger().answer(facts) == Answer::Yes)
        .filter(|other| excluded_alone(other, facts).is_none())
        .min_by_key(|other| rank(other))?;
    (rank(shorter) < rank(rule)).then(|| Exclusion::ShorterApplies {
        rule: shorter.id().clone(),
    })
}

/// Two rules of one length keep their order by id, so that exactly one of a group is left.
fn rank(rule: &ReportingRule) -> (u32, &Slug) {
    (rule.due().least_hours(), rule.id())
}

fn excluded_alone(rule: &ReportingRule, facts: &Facts) -> Option<Exclusion> {
    if rule.trigger().answer(facts) == Answer::No {
        return Some(Exclusion::Facts);
    }
    let aware = facts.time(Moment::Aware).or_else(|| start(rule, facts));
    if let (Some(from), Some(aware)) = (rule.applies_from(), aware)
        && aware.date() < from
    {
        return Some(Exclusion::NotInForce { from });
    }
    let resolved = facts.time(Moment::Resolved).is_some();
    (resolved && matches!(rule.due(), Due::EveryWeeks(_))).then_some(Exclusion::Resolved)
}

fn start(rule: &ReportingRule, facts: &Facts) -> Option<Timestamp> {
    match rule.start() {
        Start::Moment(moment) => facts.time(*moment),
        Start::ReportSent(rules) => {
            let sent = rules.iter().filter_map(|rule| facts.report(rule));
            sent.map(super::ReportSent::at).max()
        }
    }
}
