use modelward_artifact::JsonLimits;
use modelward_rmf::{
    Current, Determination, GapAnalysis, GapState, Goal, Priority, Profile, RatingScale,
    Subcategory, Target,
};
use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, proptest};

use crate::assessment::{id, rated};

fn goal(level: &str, priority: Priority) -> Goal {
    Goal::new(level, priority).unwrap()
}

fn current(entries: &[(&str, Determination)]) -> Profile<Current> {
    let entries = entries.iter().map(|(name, it)| (id(name), it.clone()));
    Profile::<Current>::new(RatingScale::maturity(), entries).unwrap()
}

fn target(entries: &[(&str, Goal)]) -> Profile<Target> {
    let entries = entries.iter().map(|(name, it)| (id(name), it.clone()));
    Profile::<Target>::new(RatingScale::maturity(), entries).unwrap()
}

#[test]
fn every_way_in_which_two_profiles_compare_has_its_state() {
    let justification = "No third party has a part.".parse().unwrap();
    let current = current(&[
        ("GOVERN 1.1", Determination::Rated(rated("ad-hoc", "a"))),
        ("GOVERN 1.2", Determination::Rated(rated("measured", "a"))),
        ("GOVERN 1.3", Determination::Rated(rated("improving", "a"))),
        ("GOVERN 1.4", Determination::NotApplicable { justification }),
        ("GOVERN 1.6", Determination::Rated(rated("absent", "a"))),
    ]);
    let measured = || goal("measured", Priority::High);
    let target = target(&[
        ("GOVERN 1.1", measured()),
        ("GOVERN 1.2", measured()),
        ("GOVERN 1.3", measured()),
        ("GOVERN 1.4", measured()),
        ("GOVERN 1.5", measured()),
    ]);
    let gaps = GapAnalysis::between(&current, &target).unwrap();
    let cases = [
        ("GOVERN 1.1", GapState::Gap { levels: 2 }, true),
        ("GOVERN 1.2", GapState::Met, false),
        ("GOVERN 1.3", GapState::Met, false),
        ("GOVERN 1.4", GapState::NotApplicable, false),
        ("GOVERN 1.5", GapState::NotAssessed, true),
        ("GOVERN 1.6", GapState::NoGoal, false),
    ];
    for (name, state, is_open) in cases {
        let gap = gaps.of(id(name));
        assert_eq!((gap.state(), gap.is_open()), (state, is_open), "{name}");
    }
    assert_eq!(gaps.all().len(), 72);
}

#[test]
fn profiles_on_different_scales_are_not_compared() {
    let empty = Profile::<Target>::new(RatingScale::outcome(), []).unwrap();
    let error = GapAnalysis::between(&current(&[]), &empty).unwrap_err();
    assert_eq!(error.code(), "rmf.gap.scale");
    assert_eq!(
        error.to_string(),
        "current profile is rated on scale modelward.maturity 1, target profile on modelward.outcome 1"
    );
}

#[test]
fn the_urgent_comes_first_then_the_early_then_the_wide() {
    let day = |text: &str| text.parse().unwrap();
    let current = current(&[
        ("MAP 1.1", Determination::Rated(rated("defined", "a"))),
        ("MAP 1.2", Determination::Rated(rated("absent", "a"))),
    ]);
    let high = || goal("measured", Priority::High);
    let target = target(&[
        (
            "GOVERN 1.1",
            goal("measured", Priority::Low).due(day("2026-01-01")),
        ),
        ("GOVERN 1.2", goal("measured", Priority::Medium)),
        ("MAP 1.1", high()),
        ("MAP 1.2", high()),
        ("MAP 1.3", high()),
        ("MEASURE 1.1", high().due(day("2027-01-01"))),
        ("MEASURE 1.2", high().due(day("2026-12-01"))),
    ]);
    let gaps = GapAnalysis::between(&current, &target).unwrap();
    let order: Vec<_> = gaps
        .prioritized(None)
        .iter()
        .map(|it| it.subcategory())
        .collect();
    let expected = [
        "MEASURE 1.2",
        "MEASURE 1.1",
        "MAP 1.3",
        "MAP 1.2",
        "MAP 1.1",
        "GOVERN 1.2",
        "GOVERN 1.1",
    ];
    assert_eq!(order, expected.map(id));
}

#[test]
fn a_profile_of_its_own_is_read_as_it_is_written() {
    let limits = JsonLimits::default();
    let target = target(&[("MAP 1.1", goal("measured", Priority::High))]);
    let bytes = target.to_json().unwrap();
    assert_eq!(
        Profile::<Target>::from_json(&bytes, &limits).unwrap(),
        target
    );
    let error = Profile::<Current>::from_json(&bytes, &limits).unwrap_err();
    assert_eq!(error.code(), "rmf.profile.kind");
    assert_eq!(
        error.to_string(),
        "expected a current profile, found `target`"
    );
    let cases = [
        ("\"AI RMF 1.0\"", "\"AI RMF 2.0\"", "rmf.read.framework"),
        (
            "\"measured\",\n      \"priority\"",
            "\"best\",\n      \"priority\"",
            "rmf.profile.level",
        ),
        ("\"kind\"", "\"sort\"", "rmf.read.missing"),
        ("\"entries\"", "\"x\": 1, \"entries\"", "rmf.read.unknown"),
    ];
    let text = String::from_utf8(bytes).unwrap();
    for (from, to, code) in cases {
        let broken = text.replace(from, to);
        assert_ne!(broken, text, "{from}");
        let error = Profile::<Target>::from_json(broken.as_bytes(), &limits).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    }
}

fn level() -> impl Strategy<Value = Option<usize>> {
    proptest::option::of(0_usize..5)
}

proptest! {
    #[test]
    fn a_gap_is_as_wide_as_the_levels_between(levels in proptest::collection::vec((level(), level()), 72)) {
        let scale = RatingScale::maturity();
        let name = |at: usize| scale.levels()[at].name().as_str();
        let ids = || Subcategory::ALL.into_iter().zip(&levels);
        let now = ids().filter_map(|(id, (now, _))| {
            Some((id, Determination::Rated(rated(name((*now)?), "a"))))
        });
        let aims = ids().filter_map(|(id, (_, aim))| Some((id, goal(name((*aim)?), Priority::Low))));
        let current = Profile::<Current>::new(scale.clone(), now).unwrap();
        let target = Profile::<Target>::new(scale.clone(), aims).unwrap();
        let gaps = GapAnalysis::between(&current, &target).unwrap();
        for (id, (now, aim)) in ids() {
            let expected = match (now, aim) {
                (_, None) => GapState::NoGoal,
                (None, Some(_)) => GapState::NotAssessed,
                (Some(now), Some(aim)) if aim > now => GapState::Gap { levels: aim - now },
                _ => GapState::Met,
            };
            prop_assert_eq!(gaps.of(id).state(), expected);
        }
        let prioritized = gaps.prioritized(None);
        prop_assert_eq!(prioritized.len(), gaps.open().count());
        prop_assert!(prioritized.iter().all(|gap| gap.is_open()));
    }
}
