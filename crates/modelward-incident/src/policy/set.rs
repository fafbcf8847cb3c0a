use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::json::JsonError;
use modelward_artifact::{Finding, JsonLimits, Timestamp};

use super::{IncidentPolicy, NearMisses, PolicyKind, RmfAction};
use crate::Slug;
use crate::error::shortened;
use crate::records::{ListForm, ReadListError, unique};

const FORM: ListForm = ListForm {
    schema: "modelward.incident-policies/1",
    member: "policies",
    max: 1000,
};

/// Holds an organization's policies for incidents, each version with an id of its own.
///
/// - No policy replaces itself, at once or over others.
/// - A policy is in force from its approval on, until one that supersedes it is approved.
///
/// A document has the schema `modelward.incident-policies/1` and up to 1,000 `policies`.
///
/// ```
/// use modelward_artifact::Party;
/// use modelward_incident::{IncidentPolicy, PolicyKind, PolicySet, RmfAction};
///
/// let reporting = IncidentPolicy::draft(
///     "reporting-1".parse()?,
///     PolicyKind::Reporting,
///     "Reporting of incidents".parse()?,
///     "1".parse()?,
/// );
/// let reporting = reporting
///     .at("https://example.org/policies/reporting".parse()?)
///     .with_owner(Party::new("Ada Example")?)
///     .approved("2026-01-15".parse()?, "2027-01-15".parse()?)
///     .serving(RmfAction::INCIDENT_RESPONSE);
/// let policies = PolicySet::new(vec![reporting])?;
///
/// let gaps = policies.gaps("2026-11-26T10:00:00Z".parse()?);
/// let missing: Vec<_> = gaps.iter().filter_map(|gap| gap.subject()).collect();
/// assert_eq!(missing, ["ai-guidelines", "disclosing", "documenting", "information-sharing"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PolicySet {
    policies: Vec<IncidentPolicy>,
}

impl PolicySet {
    /// Joins policies.
    ///
    /// # Errors
    ///
    /// [`ReadListError`] above 1,000 policies, and where two have one id or one replaces itself.
    pub fn new(policies: Vec<IncidentPolicy>) -> Result<Self, ReadListError> {
        let found = policies.len();
        if found > FORM.max {
            let limit = FORM.max;
            return Err(ReadListError::TooMany { found, limit });
        }
        unique(policies.iter().map(|policy| policy.id().as_str()))?;
        check_circles(&policies)?;
        Ok(Self { policies })
    }

    /// Reads policies.
    ///
    /// # Errors
    ///
    /// [`ReadListError`] where the text is not strict JSON of this schema, and as of
    /// [`PolicySet::new`].
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadListError> {
        Self::new(FORM.read(bytes, limits)?)
    }

    /// Writes the policies: members sorted, the same bytes for the same policies.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where a policy has no JSON form, which each has.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        FORM.write(&self.policies)
    }

    /// Returns the policies in the order in which they were given.
    #[must_use]
    pub fn as_slice(&self) -> &[IncidentPolicy] {
        &self.policies
    }

    /// Returns the policies that are approved at `now` and that no other approved one supersedes.
    #[must_use]
    pub fn in_force(&self, now: Timestamp) -> Vec<&IncidentPolicy> {
        let approved = self
            .policies
            .iter()
            .filter(|policy| policy.is_approved(now));
        let replaced: BTreeSet<_> = approved.clone().filter_map(|it| it.supersedes()).collect();
        approved
            .filter(|policy| !replaced.contains(policy.id()))
            .collect()
    }

    /// Returns what is missing at `now`, measured by [`RmfAction::INCIDENT_RESPONSE`].
    ///
    /// The codes are `incident.policy.` and `missing` (about a kind of which none is in force),
    /// `unserved` (about an action of the AI RMF that none serves), `near_misses` (information
    /// sharing without them), and about a policy in force `no_location`, `no_owner`,
    /// `no_review` and `review_overdue`; `not_approved` is about a draft.
    #[must_use]
    pub fn gaps(&self, now: Timestamp) -> Vec<Finding> {
        self.gaps_for(now, &RmfAction::INCIDENT_RESPONSE)
    }

    /// Returns what is missing at `now`, as [`PolicySet::gaps`] does, measured by other actions.
    #[must_use]
    pub fn gaps_for(&self, now: Timestamp, actions: &[RmfAction]) -> Vec<Finding> {
        let in_force = self.in_force(now);
        let mut gaps = missing(&in_force);
        gaps.extend(unserved(&in_force, actions));
        gaps.extend(in_force.iter().flat_map(|policy| own_gaps(policy, now)));
        let drafts = self.policies.iter().filter(|it| !it.is_approved(now));
        gaps.extend(drafts.map(|draft| {
            Finding::new("incident.policy.not_approved", "the policy is not approved")
                .about(draft.id().as_str())
        }));
        gaps.sort();
        gaps
    }
}

fn missing(in_force: &[&IncidentPolicy]) -> Vec<Finding> {
    let of = |kind: PolicyKind| in_force.iter().filter(move |it| it.kind() == kind);
    let mut gaps = Vec::new();
    for kind in PolicyKind::ALL {
        if of(kind).next().is_none() {
            let message = "no policy of this kind is in force";
            gaps.push(Finding::new("incident.policy.missing", message).about(kind.name()));
        }
    }
    let kind = PolicyKind::InformationSharing;
    let covers = |it: &&IncidentPolicy| it.near_misses() == NearMisses::Covered;
    if of(kind).next().is_some() && !of(kind).any(covers) {
        let message = "no policy of this kind covers near misses";
        gaps.push(Finding::new("incident.policy.near_misses", message).about(kind.name()));
    }
    gaps
}

fn unserved(in_force: &[&IncidentPolicy], actions: &[RmfAction]) -> Vec<Finding> {
    let served: BTreeSet<_> = in_force.iter().flat_map(|it| it.serves()).collect();
    let actions: BTreeSet<_> = actions.iter().collect();
    let unserved = actions.difference(&served);
    unserved
        .map(|action| {
            let message = "no policy in force serves this subcategory";
            Finding::new("incident.policy.unserved", message).about(action.to_string())
        })
        .collect()
}

fn own_gaps(policy: &IncidentPolicy, now: Timestamp) -> Vec<Finding> {
    let gap = |code, message: String| Finding::new(code, message).about(policy.id().as_str());
    let mut gaps = Vec::new();
    if policy.location().is_none() {
        gaps.push(gap(
            "incident.policy.no_location",
            "nothing says where it lies".into(),
        ));
    }
    if policy.owner().is_none() {
        gaps.push(gap(
            "incident.policy.no_owner",
            "nobody answers for it".into(),
        ));
    }
    match policy.review_by() {
        None => gaps.push(gap(
            "incident.policy.no_review",
            "no review is planned".into(),
        )),
        Some(by) if by.is_over(now) => {
            let message = format!("the review was due by {by}");
            gaps.push(gap("incident.policy.review_overdue", message));
        }
        Some(_) => {}
    }
    gaps
}

/// Follows each policy to what it replaces; each has at most one, so a walk that is too long turns.
fn check_circles(policies: &[IncidentPolicy]) -> Result<(), ReadListError> {
    let replaced = policies
        .iter()
        .filter_map(|it| Some((it.id(), it.supersedes()?)));
    let replaced: BTreeMap<&Slug, &Slug> = replaced.collect();
    let mut straight = BTreeSet::new();
    for start in replaced.keys() {
        let mut walk = BTreeSet::new();
        let mut next = Some(*start);
        while let Some(id) = next {
            if straight.contains(id) {
                break;
            }
            if !walk.insert(id) {
                let id = shortened(id.as_str());
                return Err(ReadListError::Circle { id });
            }
            next = replaced.get(id).copied();
        }
        straight.extend(walk);
    }
    Ok(())
}
