use std::collections::BTreeSet;

use modelward_rmf::Crosswalk;
use modelward_rmf::crosswalk::Relation::{
    self, EqualTo, EquivalentTo, IntersectsWith, NoRelationship, SubsetOf, SupersetOf,
};
use modelward_rmf::crosswalk::{Confidence, Method, Row, Status};
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

use crate::crosswalk::{any_crosswalk, between, row};

/// Composes one row with one row, both of this confidence.
fn composed(first: Relation, second: Relation, confidence: Confidence) -> Vec<Row> {
    let first = between(
        ["a", "b"],
        [row("1", "m", first).with_confidence(confidence)],
    );
    let second = between(
        ["b", "c"],
        [row("m", "2", second).with_confidence(confidence)],
    );
    first.compose(&second).unwrap().rows().to_vec()
}

#[test]
fn two_relations_give_what_sets_allow_and_no_more() {
    // The sets of a universe of three, which has every way in which three sets can lie.
    let sets = || 1..8_u8;
    let holds = |relation, a: u8, b: u8| match relation {
        EqualTo | EquivalentTo => a == b,
        SubsetOf => a & !b == 0,
        SupersetOf => b & !a == 0,
        IntersectsWith => a & b != 0,
        NoRelationship => a & b == 0,
    };
    for first in Relation::ALL {
        for second in Relation::ALL {
            let rows = composed(first, second, Confidence::High);
            if first == NoRelationship || second == NoRelationship {
                assert!(rows.is_empty(), "{first} {second}");
                continue;
            }
            let [row] = rows.as_slice() else {
                panic!("{first} {second} makes one row");
            };
            let always = |relation| {
                sets().all(|a| {
                    sets().all(|b| {
                        sets().all(|c| {
                            !(holds(first, a, b) && holds(second, b, c)) || holds(relation, a, c)
                        })
                    })
                })
            };
            assert!(!row.relation().is_equality(), "{first} {second}");
            let sound = always(row.relation());
            let hint = row.note().unwrap().starts_with("does not follow, a hint ");
            assert_eq!(sound, !hint, "{first} {second}");
            let confidence = if sound {
                Confidence::Medium
            } else {
                Confidence::Low
            };
            assert_eq!(row.confidence(), confidence, "{first} {second}");
            // Only equality is held back; else the strongest relation that follows is the one given.
            for stronger in [SubsetOf, SupersetOf] {
                if always(stronger) && !always(stronger.inverse()) {
                    assert_eq!(row.relation(), stronger, "{first} {second}");
                }
            }
        }
    }
}

#[test]
fn confidence_is_the_lower_one_and_never_high() {
    let cases = [
        (Confidence::High, Confidence::High, Confidence::Medium),
        (Confidence::High, Confidence::Low, Confidence::Low),
        (
            Confidence::Unspecified,
            Confidence::High,
            Confidence::Unspecified,
        ),
        (Confidence::Unspecified, Confidence::Low, Confidence::Low),
    ];
    for (a, b, expected) in cases {
        let first = between(["a", "b"], [row("1", "m", SubsetOf).with_confidence(a)]);
        let second = between(["b", "c"], [row("m", "2", SubsetOf).with_confidence(b)]);
        let derived = first.compose(&second).unwrap();
        assert_eq!(derived.rows()[0].confidence(), expected, "{a} {b}");
    }
}

#[test]
fn what_is_derived_says_so() {
    let tasks = Crosswalk::ssdf_218a();
    let derived = tasks.compose(&Crosswalk::draft_csf_2_0()).unwrap();
    let provenance = derived.provenance();
    assert!(provenance.is_derived() && derived.is_draft());
    assert_eq!(provenance.method(), Method::Automation);
    assert_eq!(
        provenance.author(),
        "composition of NIST and modelward project"
    );
    assert_eq!(provenance.date().to_string(), "2026-11-26");
    assert_eq!(
        provenance.license(),
        Some("(public domain in the United States (17 U.S.C. 105)) and (MIT OR Apache-2.0)")
    );
    let from: Vec<_> = provenance.derived_from().collect();
    assert_eq!(
        from,
        [
            "NIST SP 800-218A 2024 to NIST AI RMF 1.0, NIST, 2024-07-26",
            "DRAFT: NIST AI RMF 1.0 to NIST CSF 2.0, modelward project, 2026-11-26"
        ]
    );
    assert_eq!(
        derived.title(),
        "DRAFT: NIST SP 800-218A 2024 to NIST CSF 2.0"
    );
    assert!(!derived.rows().is_empty());
    for row in derived.rows() {
        assert_eq!(row.status(), Status::Draft);
        assert!(
            row.note().unwrap().contains("by way of "),
            "{:?}",
            row.note()
        );
    }
}

#[test]
fn several_ways_make_one_row() {
    let first = [
        row("1", "m", SubsetOf).with_confidence(Confidence::Low),
        row("1", "n", IntersectsWith).with_confidence(Confidence::Medium),
        row("1", "o", IntersectsWith),
        row("1", "p", SupersetOf).with_status(Status::Deprecated),
    ];
    let second = |o| {
        [
            row("m", "2", SubsetOf).with_confidence(Confidence::Low),
            row("n", "2", SubsetOf).with_confidence(Confidence::High),
            row("o", "2", o),
            row("p", "2", SupersetOf),
        ]
    };
    let first = between(["a", "b"], first);
    let derived = first
        .compose(&between(["b", "c"], second(SupersetOf)))
        .unwrap();
    let [only] = derived.rows() else {
        panic!("one pair makes one row");
    };
    assert_eq!(
        (only.relation(), only.confidence()),
        (SubsetOf, Confidence::Low)
    );
    assert_eq!(only.note(), Some("by way of m"));

    let both = between(
        ["a", "b"],
        [row("1", "m", SubsetOf), row("1", "n", SupersetOf)],
    );
    let next = between(
        ["b", "c"],
        [row("m", "2", SubsetOf), row("n", "2", SupersetOf)],
    );
    let derived = both.compose(&next).unwrap();
    assert_eq!(derived.rows()[0].relation(), IntersectsWith);
    assert_eq!(derived.rows()[0].note(), Some("by way of m, n"));
}

#[test]
fn crosswalks_that_do_not_meet_are_refused() {
    let first = between(["a", "b"], [row("1", "m", SubsetOf)]);
    let error = first.compose(&first).unwrap_err();
    assert_eq!(error.code(), "rmf.compose.frameworks");
    assert_eq!(
        error.to_string(),
        "first crosswalk ends at `b`, second one begins at `a`"
    );
    let many = |frameworks, swap: bool| {
        let rows = (0..1001).map(|number| {
            let id = number.to_string();
            let (source, target) = if swap {
                ("m", id.as_str())
            } else {
                (id.as_str(), "m")
            };
            row(source, target, IntersectsWith)
        });
        between(frameworks, rows)
    };
    let error = many(["a", "b"], false)
        .compose(&many(["b", "c"], true))
        .unwrap_err();
    assert_eq!(error.code(), "rmf.compose.too_many");
    assert_eq!(error.to_string(), "more than 1000000 pairs of rows meet");
}

proptest! {
    #[test]
    fn a_derived_row_has_a_way_and_every_way_has_a_row(
        first in any_crosswalk(["a", "b"]),
        second in any_crosswalk(["b", "c"]),
    ) {
        let derived = first.compose(&second).unwrap();
        let mut ways = BTreeSet::new();
        for one in first.rows().iter().filter(|row| row.is_link()) {
            for next in second.rows().iter().filter(|row| row.is_link()) {
                if one.target() == next.source() {
                    ways.insert((one.source(), next.target()));
                }
            }
        }
        let pairs: BTreeSet<_> = derived.rows().iter().map(|it| (it.source(), it.target())).collect();
        prop_assert_eq!(pairs.len(), derived.rows().len());
        prop_assert_eq!(pairs, ways);
        prop_assert!(derived.rows().iter().all(|it| !it.relation().is_equality()));
        prop_assert!(derived.rows().iter().all(|it| it.confidence() != Confidence::High));
        prop_assert_eq!(first.compose(&second).unwrap(), derived);
    }
}
