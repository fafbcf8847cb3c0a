//! From the reasons against each release to a plan.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use modelward_artifact::{Digest, Timestamp, json};
use modelward_incident::Category;

use super::cause::{Cause, Tainted};
use super::health::WindowScore;
use super::judge::Judge;
use super::members::Restoration;
use super::plan::{Candidate, CandidateVerdict, Outcome, RollbackPlan, Schema};
use super::reason::Reason;
use super::release::Release;
use super::repair::repairs;
use super::step::{Readiness, Step, StepKind};
use super::taint::Closure;

/// Holds the releases as judged, before one is selected.
pub(crate) struct Judgement<'a, 'g> {
    judge: Judge<'a, 'g>,
    candidates: Vec<Candidate>,
    notes: Vec<Cause>,
}

impl<'a, 'g> Judgement<'a, 'g> {
    pub(crate) fn of(judge: Judge<'a, 'g>) -> Self {
        Self {
            judge,
            candidates: candidates(&judge.request.releases, judge),
            notes: judge.roots.notes.clone(),
        }
    }

    pub(crate) fn into_plan(mut self) -> RollbackPlan {
        let outcome = self.select();
        let request = self.judge.request;
        let taint = self.judge.taint.list();
        RollbackPlan {
            schema: Schema::V1,
            incident: request.incident.id().clone(),
            asset: request.present.asset.clone(),
            from: request.present.root,
            planned_at: request.now,
            expires: request
                .now
                .checked_add(request.policy.validity())
                .unwrap_or(Timestamp::MAX),
            policy: request.policy.digest(),
            graph: Digest::sha256(&request.graph.to_snapshot()),
            taint_digest: taint_digest(&taint),
            steps: self.steps(&outcome),
            restorations: self.restorations(),
            notes: self.notes(),
            taint,
            candidates: self.candidates,
            outcome,
        }
    }

    fn select(&mut self) -> Outcome {
        let roots = self.judge.roots;
        let kinds = self.judge.request.incident.kinds();
        let drifts = kinds.iter().all(|kind| kind.category() == Category::Drift);
        let choice = if drifts && roots.named == 0 && roots.unknown.is_empty() {
            self.rank();
            match self.best() {
                None => return Outcome::Unhelpful,
                choice => choice,
            }
        } else {
            let mut candidates = self.candidates.iter();
            candidates.position(|it| it.reasons.is_empty())
        };
        let Some(choice) = choice.and_then(|at| self.candidates.get_mut(at)) else {
            let repairs = repairs(&self.candidates);
            return Outcome::NoSafeVersion { repairs };
        };
        choice.verdict = CandidateVerdict::Selected;
        Outcome::Selected {
            root: choice.root,
            version: choice.version.clone(),
        }
    }

    /// How what is in production does now, where that is known.
    fn present_score(&self) -> Option<&'a WindowScore> {
        let request = self.judge.request;
        let score = request.present_score.as_ref();
        score.filter(|it| it.observed.sample().model() == &request.present.root)
    }

    /// Puts the candidates whose scores can be compared first, the best of them first of all.
    fn rank(&mut self) {
        let Some(present) = self.present_score() else {
            return;
        };
        let comparable = |candidate: &Candidate| {
            let score = candidate.score.clone();
            score.filter(|score| score.is_comparable(present))
        };
        self.candidates
            .sort_by(|a, b| match (comparable(a), comparable(b)) {
                (Some(a), Some(b)) => a.rank(&b),
                (a, b) => b.is_some().cmp(&a.is_some()),
            });
    }

    /// Returns the best candidate that does better now than what is in production, by more than chance.
    fn best(&mut self) -> Option<usize> {
        let unhelpful = |code: &str, message: &str| Cause::new(code, message);
        let Some(present) = self.present_score() else {
            let message = "nobody measured how what is in production does now";
            self.notes
                .push(unhelpful("audit.rollback.unhelpful.unknown", message));
            return None;
        };
        let mut candidates = self.candidates.iter();
        let best = candidates.position(|it| {
            let score = it.score.as_ref();
            it.reasons.is_empty() && score.is_some_and(|score| score.is_better(present))
        });
        if best.is_none() {
            let message = "no sound release is known to do better now";
            self.notes
                .push(unhelpful("audit.rollback.unhelpful.no_better", message));
        }
        best
    }

    /// Lists what is restored, the selected release last.
    fn restorations(&self) -> Vec<Restoration> {
        let mut candidates = self.candidates.iter();
        let selected = candidates.find(|it| it.verdict == CandidateVerdict::Selected);
        let found = selected.and_then(|it| {
            let node = self.judge.index.find(it.node.as_str())?;
            let closure = Closure::of(self.judge.index, node);
            let release = (node, it.root);
            Some(self.judge.members.order(self.judge, release, &closure))
        });
        found.unwrap_or_default()
    }

    fn steps(&self, outcome: &Outcome) -> Vec<Step> {
        let held = self
            .judge
            .request
            .incident
            .is_held(&self.judge.request.present.asset);
        // A part of the record that is withheld may have a hold.
        let alteration = if held || self.judge.request.incident.is_partial() {
            Readiness::Held
        } else {
            Readiness::Ready
        };
        let kinds = StepKind::ALL.into_iter().filter(|kind| match outcome {
            Outcome::NoSafeVersion { .. } => kind.contains_harm(),
            Outcome::Selected { .. } => true,
            Outcome::Unhelpful => false,
        });
        kinds.map(|kind| Step::new(kind, alteration)).collect()
    }

    fn notes(&self) -> Vec<Cause> {
        let mut notes = self.notes.clone();
        let present = &self.judge.request.present;
        if !self.candidates.iter().any(|it| it.root == present.root) {
            let message = "what is in production is not among the releases";
            let note = Cause::new("audit.rollback.present.unlisted", message);
            notes.push(note.about(present.root.to_string()));
        }
        if !self
            .judge
            .request
            .incident
            .assets()
            .contains_key(&present.asset)
        {
            let message = "the incident does not name what is in production";
            let note = Cause::new("audit.rollback.asset.unlisted", message);
            notes.push(note.about(present.asset.as_str()));
        }
        notes.sort();
        notes
    }
}

/// Judges each release, the newest first. Records of the same bytes share their reasons: what one of
/// them says against it, no other one takes back.
fn candidates(releases: &[Release], judge: Judge<'_, '_>) -> Vec<Candidate> {
    let mut releases: Vec<&Release> = releases.iter().collect();
    releases.sort_by_cached_key(|it| {
        let newest = (it.deployed_from, it.semantic_version(), it.version.clone());
        (Reverse(newest), it.proofs.root, it.node.clone())
    });
    let mut reasons: BTreeMap<Digest, BTreeMap<String, Reason>> = BTreeMap::new();
    for release in &releases {
        let known = reasons.entry(release.proofs.root).or_default();
        let named = judge.reasons(release).into_iter();
        known.extend(named.map(|reason| (sort_key(&reason), reason)));
    }
    let mut candidates: Vec<Candidate> = releases
        .into_iter()
        .map(|release| candidate(release, &reasons))
        .collect();
    candidates.dedup();
    candidates
}

fn candidate(release: &Release, reasons: &BTreeMap<Digest, BTreeMap<String, Reason>>) -> Candidate {
    let reasons = reasons.get(&release.proofs.root).into_iter();
    let reasons: Vec<Reason> = reasons.flat_map(BTreeMap::values).cloned().collect();
    Candidate {
        node: release.node.clone(),
        root: release.proofs.root,
        version: release.version.clone(),
        deployed_from: release.deployed_from,
        score: release
            .score
            .clone()
            .filter(|it| it.observed.sample().model() == release.root()),
        verdict: if reasons.is_empty() {
            CandidateVerdict::Eligible
        } else {
            CandidateVerdict::Rejected
        },
        reasons,
    }
}

/// The code first, then whatever tells two reasons of one code apart.
fn sort_key(reason: &Reason) -> String {
    let text = serde_json::to_string(reason).unwrap_or_default();
    format!("{} {text}", reason.code())
}

fn taint_digest(taint: &[Tainted]) -> Digest {
    let ids: Vec<&str> = taint.iter().map(|it| it.node.as_str()).collect();
    // Texts always have a canonical form.
    Digest::sha256(&json::canonical(&ids).unwrap_or_default())
}
