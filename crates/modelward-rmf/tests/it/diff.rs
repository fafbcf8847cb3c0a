use modelward_rmf::{
    Assessment, AssessmentBuilder, ChangeKind, Goal, Independence, Polarity, Priority, Profile,
    RatingScale, Target,
};

use crate::assessment::{builder, document_evidence, evidence_id, id, rated, sample};

fn aims(level: &str) -> Profile<Target> {
    let goal = Goal::new(level, Priority::High).unwrap();
    Profile::<Target>::new(RatingScale::outcome(), [(id("MAP 1.1"), goal)]).unwrap()
}

fn built(builder: AssessmentBuilder) -> Assessment {
    builder.build().unwrap()
}

#[test]
fn an_assessment_does_not_differ_from_itself() {
    let changes = sample().changes_since(&sample());
    assert!(changes.is_empty());
    assert_eq!(changes.to_string(), "");
}

#[test]
fn every_difference_has_its_line() {
    let earlier = builder()
        .rate(id("GOVERN 1.1"), rated("not-met", "a"))
        .rate(
            id("GOVERN 1.2"),
            rated("met", "a").citing(evidence_id("E-1")),
        )
        .rate(id("GOVERN 1.3"), rated("met", "a"))
        .evidence(evidence_id("E-1"), document_evidence("a"))
        .evidence(evidence_id("E-2"), document_evidence("b"))
        .target(aims("partially-met"));
    let earlier = built(earlier);
    let later = builder()
        .independence(Independence::External)
        .supersedes(earlier.digest())
        .rate(id("GOVERN 1.1"), rated("met", "a"))
        .rate(
            id("GOVERN 1.2"),
            rated("met", "other reason").citing(evidence_id("E-1")),
        )
        .not_applicable(id("MAP 1.1"), "b".parse().unwrap())
        .evidence(
            evidence_id("E-1"),
            document_evidence("a").bearing_on(id("GOVERN 1.2"), Polarity::Supports),
        )
        .evidence(evidence_id("E-3"), document_evidence("c"))
        .target(aims("met"));
    let later = built(later);
    let changes = later.changes_since(&earlier);
    let expected = "\
~ independence
~ supersedes
~ current GOVERN 1.1: not-met -> met
~ current GOVERN 1.2: met -> met
- current GOVERN 1.3: met -> none
+ current MAP 1.1: none -> not-applicable
~ target MAP 1.1: partially-met -> met
~ evidence E-1
- evidence E-2
+ evidence E-3
";
    assert_eq!(changes.to_string(), expected);
    let inventory = &changes.current()[&id("GOVERN 1.1")];
    assert_eq!(inventory.change(), ChangeKind::Changed);
    assert_eq!(
        (inventory.before(), inventory.now()),
        (Some("not-met"), Some("met"))
    );
    assert_eq!(
        changes.members().collect::<Vec<_>>(),
        ["independence", "supersedes"]
    );
    assert_eq!(changes.evidence()[&evidence_id("E-3")], ChangeKind::Added);
    assert_eq!(changes.target().len(), 1);
}

#[test]
fn what_changes_the_digest_is_a_difference() {
    let same = || builder().rate(id("MAP 1.1"), rated("met", "a"));
    let base = built(same());
    let others = [
        same().independence(Independence::Internal),
        same().supersedes(base.digest()),
        same().target(aims("met")),
        same().evidence(evidence_id("E-1"), document_evidence("a")),
        same().rate(id("MAP 1.2"), rated("met", "a")),
    ];
    for other in others {
        let other = built(other);
        assert_ne!(other.digest(), base.digest());
        assert!(!other.changes_since(&base).is_empty());
        assert!(!base.changes_since(&other).is_empty());
    }
}
