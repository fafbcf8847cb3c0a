use modelward_rmf::Crosswalk;
use modelward_rmf::crosswalk::Relation::{EqualTo, IntersectsWith, NoRelationship, SubsetOf};
use modelward_rmf::crosswalk::{
    Confidence, CrosswalkIssue, FrameworkRef, KnownIds, NewRow, Status,
};

use crate::crosswalk::{between, provenance, row};

fn to_csf(rows: Vec<NewRow>) -> Crosswalk {
    let (source, target) = (FrameworkRef::ai_rmf_1_0(), FrameworkRef::nist_csf_2_0());
    Crosswalk::new(source, target, provenance(), rows).unwrap()
}

#[test]
fn each_fault_has_its_code_and_row() {
    let good = || row("GOVERN 1.1", "GV.OC-03", IntersectsWith);
    let cases = [
        (vec![good()], vec![]),
        (
            vec![good(), row("MEASURE 2.14", "GV.OC-03", IntersectsWith)],
            vec![(
                "rmf.lint.unknown_id",
                "source id `MEASURE 2.14` of row 2 does not exist",
            )],
        ),
        (
            vec![row("GOVERN 1.1", "GV.OC-99", IntersectsWith)],
            vec![(
                "rmf.lint.unknown_id",
                "target id `GV.OC-99` of row 1 does not exist",
            )],
        ),
        (
            vec![good(), row("GV-1.1", "GV.OC-03", SubsetOf)],
            vec![(
                "rmf.lint.duplicate_row",
                "row 2 maps the pair of row 1 again",
            )],
        ),
        (
            vec![good(), row("GV-1.1", "GV.OC-03", NoRelationship)],
            vec![(
                "rmf.lint.contradiction",
                "row 2 and row 1 say of one pair that it relates and that it does not",
            )],
        ),
        (
            vec![row(
                "Policies for data privacy",
                "Asset Management",
                SubsetOf,
            )],
            vec![
                (
                    "rmf.lint.name_as_id",
                    "source id `Policies for data privacy` of row 1 is a name and no id",
                ),
                (
                    "rmf.lint.name_as_id",
                    "target id `Asset Management` of row 1 is a name and no id",
                ),
            ],
        ),
        (
            vec![row("GOVERN 1.1", "GV.OC-03", EqualTo).with_confidence(Confidence::Low)],
            vec![(
                "rmf.lint.unsure_equality",
                "row 1 claims equality as a draft of low confidence",
            )],
        ),
        (
            vec![
                row("GOVERN 1.1", "GV.OC-03", EqualTo)
                    .with_confidence(Confidence::Low)
                    .with_status(Status::Complete),
            ],
            vec![],
        ),
    ];
    for (rows, expected) in cases {
        let issues = to_csf(rows).lint(&KnownIds::shipped());
        let found: Vec<_> = issues
            .iter()
            .map(|it| (it.code(), it.to_string()))
            .collect();
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(code, text)| (code, text.to_owned()))
            .collect();
        assert_eq!(found, expected);
        assert!(issues.iter().all(|issue| issue.row().is_some()));
    }
}

#[test]
fn a_contradiction_is_found_beside_any_other_relation() {
    let rows = || {
        vec![
            row("GOVERN 1.1", "GV.OC-03", NoRelationship),
            row("GOVERN 1.1", "GV.OC-03", IntersectsWith),
            row("GOVERN 1.1", "GV.OC-03", SubsetOf),
        ]
    };
    let codes = |rows| {
        let issues = to_csf(rows).lint(&KnownIds::shipped());
        issues.iter().map(CrosswalkIssue::code).collect::<Vec<_>>()
    };
    assert_eq!(codes(rows()), ["rmf.lint.contradiction"; 2]);
    let mut turned = rows();
    turned.rotate_left(1);
    assert_eq!(
        codes(turned),
        ["rmf.lint.duplicate_row", "rmf.lint.contradiction"]
    );
}

#[test]
fn ids_need_the_edition_that_they_mean() {
    let cases = [
        ("LLM04", 1),
        ("llm04", 1),
        ("LLM03-7", 1),
        ("LLM04:26", 1),
        ("ASI01", 1),
        ("LLM04:2026", 0),
        ("ASI01:2026", 0),
        ("LLM", 0),
        ("LLMs", 0),
        ("AML.T0010", 0),
    ];
    for (id, count) in cases {
        let crosswalk = between(["a", "b"], [row("1", id, SubsetOf)]);
        let issues = crosswalk.lint(&[]);
        let found = issues
            .iter()
            .filter(|it| it.code() == "rmf.lint.edition_missing");
        assert_eq!(found.count(), count, "{id}");
    }
}

#[test]
fn what_was_not_checked_is_said() {
    let crosswalk = between(["a", "b\u{2e}c"], [row("1", "2", SubsetOf)]);
    let issues = crosswalk.lint(&KnownIds::shipped());
    let texts: Vec<_> = issues.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "source ids are unchecked, there is no list of those of `a`",
            "target ids are unchecked, there is no list of those of `b.c`"
        ]
    );
    assert!(issues.iter().all(|it| it.row().is_none()));
    let known = KnownIds::from_tsv(b"# framework: a\n# title: A\nid\tlabel\n1\tOne\n").unwrap();
    assert_eq!(crosswalk.lint(&[known]).len(), 1);
}
