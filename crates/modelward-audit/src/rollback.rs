//! Which version is safe to go back to, and what to do in which order.
//!
//! [`plan_rollback`] is pure: it acts on records, and whoever runs the systems carries the plan out.
//!
//! | step | function | what it proves |
//! |---|---|---|
//! | before | [`verify_backup`] | [`VerifiedBackup`]: the stored bytes are the signed ones |
//! | plan | [`plan_rollback`], [`plan_both_ways`] | nothing: a plan is a document |
//! | sign | [`attest_plan`], [`verify_attested_plan`] | that somebody trusted signed the plan |
//! | just before it is carried out | [`verify_plan`] | [`VerifiedPlan`]: the plan is what one would plan now |
//! | after | [`observe`], [`VerifiedPlan::check_observed`] | [`RestoredModel`]: what was planned is in place, and still sound |
//!
//! What goes back may be a model, or a data set or a tokenizer in the same way.

mod attest;
mod backup;
mod both;
mod cause;
mod error;
mod execution;
mod health;
mod index;
mod judge;
mod members;
mod plan;
mod policy;
mod proofs;
mod reason;
mod release;
mod repair;
mod roots;
mod select;
mod step;
mod taint;
mod verify;

use std::collections::BTreeMap;

use modelward_artifact::{Digest, Timestamp};
use modelward_graph::{NodeId, SupplyGraph};
use modelward_incident::{Incident, Slug};

use self::health::Health;
use self::index::{Index, NodeIx};
use self::judge::Judge;
use self::members::Members;
use self::roots::Roots;
use self::select::Judgement;
use self::taint::Taint;

pub use self::attest::{attest_plan, verify_attested_plan};
pub use self::backup::{BackupOptions, BackupReport, Mismatch, VerifiedBackup, verify_backup};
pub use self::both::{BothPlans, plan_both_ways};
pub use self::cause::{Cause, Tainted, Witness, WitnessHop};
pub use self::error::{AttestPlanError, ReadRollbackError};
pub use self::execution::{RestoredModel, observe};
pub use self::health::{Flaw, HealthSource, WindowScore};
pub use self::members::Restoration;
pub use self::plan::{Candidate, CandidateVerdict, Outcome, RollbackPlan};
pub use self::policy::{Floor, RollbackPolicy, Stance, Suspects};
pub use self::proofs::RestoredMember;
pub use self::reason::{Reason, UnverifiedMember};
pub use self::release::{Release, RevokedSigner};
pub use self::repair::Repair;
pub use self::step::{Readiness, Step, StepKind};
pub use self::verify::{VerifiedPlan, verify_plan};

/// Says what is in production and is to be left.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct PresentModel {
    /// What the incident calls it.
    pub asset: Slug,
    /// The root digest of its manifest.
    pub root: Digest,
}

impl PresentModel {
    /// Names what is in production.
    #[must_use]
    pub const fn new(asset: Slug, root: Digest) -> Self {
        Self { asset, root }
    }
}

/// Gathers what a plan is made of. What is not given is not known, and is never in favor of a release.
#[derive(Clone, Debug)]
pub struct RollbackRequest<'a> {
    incident: &'a Incident,
    graph: &'a SupplyGraph,
    present: PresentModel,
    now: Timestamp,
    policy: RollbackPolicy,
    releases: Vec<Release>,
    members: Vec<RestoredMember>,
    revoked: Vec<RevokedSigner>,
    produced: BTreeMap<NodeId, Timestamp>,
    flaws: Option<Vec<Flaw>>,
    incidents: Option<&'a [Incident]>,
    present_score: Option<WindowScore>,
}

impl<'a> RollbackRequest<'a> {
    /// Begins with the incident, the graph, what is in production, and when this is asked; the policy
    /// is the strictest until another is given.
    #[must_use]
    pub fn new(
        incident: &'a Incident,
        graph: &'a SupplyGraph,
        present: PresentModel,
        now: Timestamp,
    ) -> Self {
        Self {
            incident,
            graph,
            present,
            now,
            policy: RollbackPolicy::default(),
            releases: Vec::new(),
            members: Vec::new(),
            revoked: Vec::new(),
            produced: BTreeMap::new(),
            flaws: None,
            incidents: None,
            present_score: None,
        }
    }

    /// Sets the policy.
    #[must_use]
    pub fn with_policy(mut self, policy: RollbackPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Adds a release.
    #[must_use]
    pub fn with_release(mut self, release: Release) -> Self {
        self.releases.push(release);
        self
    }

    /// Adds something that is restored together with a release that needs it.
    #[must_use]
    pub fn with_member(mut self, member: RestoredMember) -> Self {
        self.members.push(member);
        self
    }

    /// Gives what advisories say of the supply chain. An empty list says that somebody looked and found
    /// nothing; those of two calls add up.
    #[must_use]
    pub fn with_flaws(mut self, flaws: impl IntoIterator<Item = Flaw>) -> Self {
        self.flaws.get_or_insert_default().extend(flaws);
        self
    }

    /// Gives every incident record there is, open and closed, on whatever asset; this incident may be
    /// among them.
    #[must_use]
    pub const fn with_incidents(mut self, incidents: &'a [Incident]) -> Self {
        self.incidents = Some(incidents);
        self
    }

    /// Sets how what is in production does on the window of now, for an incident in which the world
    /// moved.
    #[must_use]
    pub fn with_present_score(mut self, score: WindowScore) -> Self {
        self.present_score = Some(score);
        self
    }

    /// Adds a signer whose signatures count no longer.
    #[must_use]
    pub fn with_revoked(mut self, signer: RevokedSigner) -> Self {
        self.revoked.push(signer);
        self
    }

    /// States when something was made. Of two statements the later one holds, by which more is
    /// tainted.
    #[must_use]
    pub fn with_produced(mut self, node: NodeId, at: Timestamp) -> Self {
        let known = self.produced.entry(node).or_insert(at);
        *known = at.max(*known);
        self
    }

    /// Sets when this is asked, such as just before the plan is carried out.
    #[must_use]
    pub const fn at(mut self, now: Timestamp) -> Self {
        self.now = now;
        self
    }

    /// Returns when each node was made.
    fn production(&self, index: &Index<'_>) -> BTreeMap<NodeIx, Timestamp> {
        let stated = self.produced.iter().map(|(node, at)| (node, *at));
        let releases = self.releases.iter();
        let releases = releases.filter_map(|release| Some((&release.node, release.produced?)));
        let mut production: BTreeMap<NodeIx, Timestamp> = BTreeMap::new();
        for (node, at) in stated.chain(releases) {
            if let Some(node) = index.find(node.as_str()) {
                let known = production.entry(node).or_insert(at);
                *known = at.max(*known);
            }
        }
        production
    }
}

/// Chooses the newest release that is safe to go back to, with every reason against all others.
///
/// - What the incident confirms to be compromised, and by policy what it suspects, taints whatever is
///   made of it or needs it, but for what was made before the compromise began.
/// - A release is refused where it is tainted, or needs anything that is, or is not known well enough:
///   see [`Reason`].
/// - Evidence is preserved before anything else, and steps that alter the system are held while
///   [`Incident::is_held`] says so.
///
/// Nothing is refused by an error: what is missing or contradictory is a reason or a note of the plan.
///
/// # Examples
///
/// ```
/// use modelward_artifact::{Digest, Party};
/// use modelward_audit::rollback::{
///     Outcome, PresentModel, Release, RollbackRequest, plan_rollback,
/// };
/// use modelward_graph::{Relation, SupplyGraphBuilder};
/// use modelward_incident::log::Context;
/// use modelward_incident::{
///     AffectedAsset, AssetKind, AssetRef, Compromise, EventKind, Incident, IncidentKind, Opening,
///     Severity,
/// };
///
/// let now = "2026-11-23T10:00:00Z".parse()?;
/// let by = Context::new(now, Party::new("Jo Example")?);
/// let kind = IncidentKind::AdversarialDataPoisoning;
/// let opening = Opening::new("poisoned shard".parse()?, kind, Severity::High);
/// let mut incident = Incident::open("INC-1".parse()?, opening, &by)?;
/// let shard = AffectedAsset::new("shard".parse()?, AssetKind::Dataset, "shard".parse()?)
///     .with_ref(AssetRef::bom_ref("shard")?)
///     .with_compromise(Compromise::Confirmed);
/// incident.record(EventKind::AssetRecorded(shard), &by)?;
///
/// let mut builder = SupplyGraphBuilder::default();
/// builder.relate_all(&[("model-2", Relation::TrainedOn, "shard")])?;
/// let graph = builder.build()?;
///
/// let root = Digest::sha256(b"2");
/// let present = PresentModel::new("model".parse()?, root);
/// let request = RollbackRequest::new(&incident, &graph, present, now)
///     .with_release(Release::new("model-2".parse()?, root, "2".parse()?));
/// let plan = plan_rollback(&request);
///
/// // It is what learned from the shard, and there is no other one.
/// assert!(matches!(plan.outcome(), Outcome::NoSafeVersion { .. }));
/// let chain = plan.witness(&"model-2".parse()?).ok_or("it is tainted")?;
/// assert_eq!(chain.to_string(), "model-2 -trained on-> shard");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn plan_rollback(request: &RollbackRequest<'_>) -> RollbackPlan {
    let index = Index::of(request.graph);
    let roots = Roots::of(request, &index);
    let taint = Taint::spread(&index, &roots.nodes, &request.production(&index));
    let judge = Judge {
        request,
        index: &index,
        roots: &roots,
        taint: &taint,
        health: &Health::of(request, &index),
        members: &Members::of(request, &index),
    };
    Judgement::of(judge).into_plan()
}
