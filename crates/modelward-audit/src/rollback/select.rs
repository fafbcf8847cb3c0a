//! From the reasons against each release to a plan.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use modelward_artifact::{Digest, Timestamp, json};
use modelward_incident::Category;

use super::RollbackRequest;
use super::cause::{Cause, Witness};
use super::judge::Judge;
use super::plan::{Candidate, CandidateVerdict, Outcome, Repair, RollbackPlan, Schema};
use super::reason::Reason;
use super::release::Release;
use super::roots::Roots;
use super::step::{Readiness, Step, StepKind};
use super::taint::Taint;

/// Holds the releases as judged, before one is selected.
#[derive(Debug)]
pub(crate) struct Judgement<'a, 'g> {
    request: &'a RollbackRequest<'g>,
    roots: Roots<'g>,
    taint: Vec<Witness>,
    candidates: Vec<Candidate>,
}

impl<'a, 'g> Judgement<'a, 'g> {
    pub(crate) fn of(
        request: &'a RollbackRequest<'g>,
        roots: Roots<'g>,
        taint: &Taint<'g>,
    ) -> Self {
        let judge = Judge {
            request,
            roots: &roots,
            taint,
        };
        let candidates = candidates(&request.releases, judge);
        Self {
            request,
            roots,
            taint: taint.witnesses(),
            candidates,
        }
    }

    pub(crate) fn into_plan(mut self) -> RollbackPlan {
        let outcome = self.select();
        let request = self.request;
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
            taint_digest: taint_digest(&self.taint),
            steps: self.steps(&outcome),
            notes: self.notes(),
            taint: self.taint,
            candidates: self.candidates,
            outcome,
        }
    }

    fn select(&mut self) -> Outcome {
        let kinds = self.request.incident.kinds();
        let drifts = kinds.iter().all(|kind| kind.category() == Category::Drift);
        if drifts && self.roots.named == 0 && self.roots.unknown.is_empty() {
            return Outcome::Unhelpful;
        }
        let mut candidates = self.candidates.iter_mut();
        match candidates.find(|it| it.reasons.is_empty()) {
            None => Outcome::NoSafeVersion {
                repairs: repairs(&self.candidates),
            },
            Some(choice) => {
                choice.verdict = CandidateVerdict::Selected;
                Outcome::Selected {
                    root: choice.root,
                    version: choice.version.clone(),
                }
            }
        }
    }

    fn steps(&self, outcome: &Outcome) -> Vec<Step> {
        let held = self.request.incident.is_held(&self.request.present.asset);
        // A part of the record that is withheld may have a hold.
        let alteration = if held || self.request.incident.is_partial() {
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
        let mut notes = self.roots.notes.clone();
        let present = &self.request.present;
        if !self.candidates.iter().any(|it| it.root == present.root) {
            let message = "what is in production is not among the releases";
            let note = Cause::new("audit.rollback.present.unlisted", message);
            notes.push(note.about(present.root.to_string()));
        }
        if !self.request.incident.assets().contains_key(&present.asset) {
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
        (Reverse(newest), it.root, it.node.clone())
    });
    let mut reasons: BTreeMap<Digest, BTreeMap<String, Reason>> = BTreeMap::new();
    for release in &releases {
        let known = reasons.entry(release.root).or_default();
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
    let reasons = reasons.get(&release.root).into_iter();
    let reasons: Vec<Reason> = reasons.flat_map(BTreeMap::values).cloned().collect();
    Candidate {
        node: release.node.clone(),
        root: release.root,
        version: release.version.clone(),
        deployed_from: release.deployed_from,
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

/// Lists the releases that repairs can make safe, those with the fewest reasons first, then the
/// newest.
fn repairs(candidates: &[Candidate]) -> Vec<Repair> {
    let repairable = candidates
        .iter()
        .filter(|it| it.reasons.iter().all(Reason::is_repairable));
    let mut repairs: Vec<Repair> = repairable
        .map(|candidate| Repair {
            root: candidate.root,
            version: candidate.version.clone(),
            reasons: candidate
                .reasons
                .iter()
                .map(|reason| reason.code().to_owned())
                .collect(),
        })
        .collect();
    repairs.sort_by_key(|repair| repair.reasons.len());
    repairs
}

fn taint_digest(taint: &[Witness]) -> Digest {
    let ids: Vec<&str> = taint.iter().map(|it| it.start.as_str()).collect();
    // Texts always have a canonical form.
    Digest::sha256(&json::canonical(&ids).unwrap_or_default())
}
