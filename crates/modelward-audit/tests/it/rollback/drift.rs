//! The world moved and nothing is compromised: releases beside each other on the window of now.

use modelward_artifact::Digest;
use modelward_audit::rollback::{
    Outcome, RollbackPlan, RollbackRequest, WindowScore, plan_rollback,
};
use modelward_incident::{
    Better, Compromise, EvaluatedSample, Finite, IncidentKind, Interval, Labels, Observed,
    PerformanceMetric, TimeRange,
};

use super::{MODELS, day, incident, name, release, selected, toy_graph};

/// The accuracy of a model in thousandths, give or take ten.
fn score(number: usize, thousandths: i32, data: &[u8]) -> WindowScore {
    let finite = |thousandths: i32| Finite::new(f64::from(thousandths) / 1000.0).unwrap();
    let window = TimeRange::new(day(90), day(97)).unwrap();
    let sample = EvaluatedSample::new(MODELS[number].root, Digest::sha256(data), 4000, window);
    let (low, high) = (finite(thousandths - 10), finite(thousandths + 10));
    let interval = Interval::new(low, high, Finite::new(0.95).unwrap()).unwrap();
    let observed = Observed::new(finite(thousandths), interval, sample.unwrap()).unwrap();
    let metric = PerformanceMetric::new("accuracy", Better::Higher, Labels::Available);
    WindowScore::new(metric.unwrap(), observed)
}

/// Releases 1 to 3 with these scores, beside release 4 with 800.
fn plan(scores: [Option<WindowScore>; 3]) -> RollbackPlan {
    let graph = toy_graph();
    let incident = incident(IncidentKind::DriftData);
    let request = super::request(&incident, &graph).with_present_score(score(4, 800, b"now"));
    let releases = (1..).zip(scores).map(|(number, score)| match score {
        Some(score) => release(number).with_score(score),
        None => release(number),
    });
    let request = releases.fold(request, RollbackRequest::with_release);
    plan_rollback(&request)
}

fn at(number: usize, thousandths: i32) -> Option<WindowScore> {
    Some(score(number, thousandths, b"now"))
}

#[test]
fn the_release_that_does_best_now_is_chosen_and_not_the_newest() {
    let plan = plan([at(1, 900), at(2, 950), at(3, 850)]);
    assert_eq!(selected(&plan), ["1.2.0"], "{plan}");
    let order: Vec<&str> = plan
        .candidates()
        .iter()
        .map(|it| it.version.as_str())
        .collect();
    assert_eq!(order, ["1.2.0", "1.1.0", "1.3.0"]);
    let again = RollbackPlan::from_json(&plan.to_json(), &Default::default()).unwrap();
    assert_eq!(again, plan);
}

#[test]
fn going_back_does_not_help_where_no_release_is_known_to_do_better() {
    let elsewhere = |number| Some(score(number, 990, b"then"));
    // The score of another model says nothing.
    let borrowed = at(2, 990);
    for scores in [
        [None, None, None],
        [at(1, 700), at(2, 790), None],
        [at(1, 815), None, None],
        [elsewhere(1), elsewhere(2), elsewhere(3)],
        [borrowed, None, None],
    ] {
        let plan = plan(scores);
        assert_eq!(plan.outcome(), &Outcome::Unhelpful, "{plan}");
        assert!(plan.steps().is_empty() && plan.restorations().is_empty());
        let mut notes = plan.notes().iter();
        assert!(notes.any(|it| it.code == "audit.rollback.unhelpful.no_better"));
    }
}

#[test]
fn a_release_with_a_reason_against_it_is_not_chosen_however_well_it_does() {
    let graph = toy_graph();
    let incident = incident(IncidentKind::DriftData);
    let bad = release(2)
        .with_score(score(2, 950, b"now"))
        .known_bad("CVE-2026-1".parse().unwrap());
    let request = super::request(&incident, &graph)
        .with_present_score(score(4, 800, b"now"))
        .with_release(bad)
        .with_release(release(1).with_score(score(1, 900, b"now")));
    assert_eq!(selected(&plan_rollback(&request)), ["1.1.0"]);
}

#[test]
fn once_something_is_compromised_the_newest_sound_release_is_chosen() {
    let graph = toy_graph();
    let mut incident = incident(IncidentKind::DriftData);
    name(&mut incident, "raw2", Compromise::Confirmed, None);
    let request = super::request(&incident, &graph)
        .with_present_score(score(4, 800, b"now"))
        .with_release(release(2).with_score(score(2, 700, b"now")))
        .with_release(release(1).with_score(score(1, 990, b"now")));
    assert_eq!(selected(&plan_rollback(&request)), ["1.2.0"]);
}
