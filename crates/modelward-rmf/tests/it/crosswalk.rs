use modelward_rmf::Crosswalk;
use modelward_rmf::crosswalk::{
    Confidence, Extent, FrameworkRef, KnownIds, Method, NewRow, Provenance, Rationale, Relation,
    Row, Status,
};
use proptest::prelude::{Strategy, prop_assert_eq, proptest};
use proptest::{collection, sample};

pub(crate) fn provenance() -> Provenance {
    Provenance::new("Ada Example", "2026-11-26".parse().unwrap()).unwrap()
}

/// Makes a crosswalk between two frameworks whose ids nobody knows.
pub(crate) fn between(
    [source, target]: [&str; 2],
    rows: impl IntoIterator<Item = NewRow>,
) -> Crosswalk {
    let framework = |id| FrameworkRef::new(id, id).unwrap();
    Crosswalk::new(framework(source), framework(target), provenance(), rows).unwrap()
}

pub(crate) fn row(source: &str, target: &str, relation: Relation) -> NewRow {
    NewRow::new(source, target, relation)
}

fn sample() -> Crosswalk {
    between(
        ["a", "b"],
        [
            row("1", "x", Relation::SubsetOf)
                .with_confidence(Confidence::Medium)
                .with_status(Status::Complete)
                .with_note("because"),
            row("1", "y", Relation::IntersectsWith),
            row("2", "y", Relation::SupersetOf),
            row("3", "y", Relation::NoRelationship),
            row("3", "z", Relation::EqualTo).with_status(Status::Superseded),
        ],
    )
}

#[test]
fn rows_inherit_what_they_do_not_say() {
    let crosswalk = sample();
    let [own, inherits, ..] = crosswalk.rows() else {
        panic!("there are rows");
    };
    assert_eq!(
        (own.confidence(), own.status()),
        (Confidence::Medium, Status::Complete)
    );
    assert_eq!(own.note(), Some("because"));
    assert_eq!(
        (inherits.confidence(), inherits.status()),
        (Confidence::Unspecified, Status::Draft)
    );
    assert_eq!(inherits.note(), None);
    for row in crosswalk.rows() {
        assert_eq!(row.provenance().author(), "Ada Example");
        assert_eq!(row.provenance().method(), Method::Human);
        assert_eq!(row.provenance().rationale(), Rationale::Semantic);
    }
}

#[test]
fn both_directions_are_answered() {
    let crosswalk = sample();
    let targets = |id: &str| crosswalk.targets(id).map(Row::target).collect::<Vec<_>>();
    let sources = |id: &str| crosswalk.sources(id).map(Row::source).collect::<Vec<_>>();
    assert_eq!(targets("1"), ["x", "y"]);
    assert_eq!(targets("4"), [""; 0]);
    assert_eq!(sources("y"), ["1", "2", "3"]);

    let inverse = crosswalk.invert();
    assert_eq!(inverse.source().id(), "b");
    let relations: Vec<_> = inverse.rows().iter().map(Row::relation).collect();
    assert_eq!(
        relations,
        [
            Relation::SupersetOf,
            Relation::IntersectsWith,
            Relation::SubsetOf,
            Relation::NoRelationship,
            Relation::EqualTo,
        ]
    );
    assert_eq!(inverse.invert(), crosswalk);
}

#[test]
fn ids_of_known_frameworks_get_their_one_form() {
    let cases = [
        (FrameworkRef::ai_rmf_1_0(), "ms-2.7", "MEASURE 2.7"),
        (FrameworkRef::ai_rmf_1_0(), "GOVERN 1.0", "GOVERN 1"),
        (FrameworkRef::ai_rmf_1_0(), "GV", "GOVERN"),
        (FrameworkRef::ai_rmf_1_0(), "MEASURE 2.14", "MEASURE 2.14"),
        (FrameworkRef::ai_600_1(), "GV4.3--001", "GV-4.3-001"),
        (FrameworkRef::ai_600_1(), "Data Privacy", "data-privacy"),
        (FrameworkRef::sp_800_218a(), "pw3.2", "PW.3.2"),
        (FrameworkRef::nist_csf_2_0(), "gv.oc-01", "gv.oc-01"),
    ];
    for (framework, spelling, canonical) in cases {
        assert_eq!(framework.canonical_id(spelling), canonical);
        let other = FrameworkRef::new("other", "Other").unwrap();
        let rows = [row(spelling, "x", Relation::EqualTo)];
        let crosswalk = Crosswalk::new(framework, other, provenance(), rows).unwrap();
        assert_eq!(crosswalk.rows()[0].source(), canonical);
        assert_eq!(crosswalk.targets(spelling).count(), 1);
    }
}

#[test]
fn every_known_framework_has_a_name_and_a_list_of_ids() {
    let cases = [
        (FrameworkRef::ai_600_1(), "NIST AI 600-1 2024"),
        (FrameworkRef::ai_rmf_1_0(), "NIST AI RMF 1.0"),
        (
            FrameworkRef::eu_ai_act(),
            "EU AI Act, Regulation (EU) 2024/1689 as amended by (EU) 2026/1744",
        ),
        (FrameworkRef::iso_42001_2023(), "ISO/IEC 42001 2023"),
        (FrameworkRef::iso_5338_2023(), "ISO/IEC 5338 2023"),
        (FrameworkRef::nist_csf_2_0(), "NIST CSF 2.0"),
        (FrameworkRef::owasp_ai_exchange(), "OWASP AI Exchange"),
        (FrameworkRef::sp_800_218a(), "NIST SP 800-218A 2024"),
    ];
    assert_eq!(KnownIds::shipped().len(), cases.len());
    for (framework, name) in cases {
        assert_eq!(framework.to_string(), name);
        assert_eq!(
            FrameworkRef::known(framework.id()).as_ref(),
            Some(&framework)
        );
        let known = KnownIds::of(&framework).unwrap();
        assert!(!known.is_empty() && known.ids().all(|id| known.contains(id)));
        assert_eq!(known.ids().count(), known.len());
    }
    assert_eq!(FrameworkRef::known("ai-rmf-2.0"), None);
}

#[test]
fn a_draft_says_so_and_shows_nothing_to_act_on() {
    let crosswalk = sample();
    assert!(crosswalk.is_draft());
    assert_eq!(
        crosswalk.to_string(),
        "DRAFT: a to b (5 rows by Ada Example, 2026-11-26)"
    );
    let done = Crosswalk::new(
        FrameworkRef::ai_rmf_1_0(),
        FrameworkRef::new("evil", "\u{202e}evil").unwrap(),
        provenance().with_status(Status::Complete),
        [],
    );
    assert_eq!(
        done.unwrap().to_string(),
        r"NIST AI RMF 1.0 to \u{202e}evil (0 rows by Ada Example, 2026-11-26)"
    );
}

#[test]
fn rows_that_cannot_stand_are_refused() {
    let long = "x".repeat(4097);
    let twice = || row("1", "x", Relation::SubsetOf);
    let cases = [
        (
            vec![twice(), twice().with_confidence(Confidence::Low)],
            "rmf.crosswalk.duplicate",
            "row 2 repeats row 1",
        ),
        (
            vec![twice(), row(" ", "x", Relation::SubsetOf)],
            "rmf.crosswalk.text",
            "source id of row 2 is not one line of text",
        ),
        (
            vec![row("1", "x\ty", Relation::SubsetOf)],
            "rmf.crosswalk.text",
            "target id of row 1 is not one line of text",
        ),
        (
            vec![twice().with_note(long)],
            "rmf.crosswalk.text",
            "note of row 1 is not one line of text",
        ),
    ];
    for (rows, code, message) in cases {
        let framework = FrameworkRef::new("a", "a").unwrap();
        let count = rows.len();
        let error = Crosswalk::new(framework.clone(), framework, provenance(), rows).unwrap_err();
        assert_eq!((error.code(), error.row()), (code, count));
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn names_and_provenance_that_cannot_stand_are_refused() {
    for id in ["", "OWASP", "a b", "a/b", &"a".repeat(65)] {
        let error = FrameworkRef::new(id, "Title").unwrap_err();
        assert_eq!(error.code(), "rmf.framework.id", "{id:?}");
    }
    let error = FrameworkRef::new("A b", "Title").unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected an id of lower-case letters, digits, hyphens and dots, found `A b`"
    );
    let error = FrameworkRef::new("a", " ").unwrap_err();
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        (
            "rmf.framework.text",
            "title of the framework is not one line of text"
        )
    );
    let day = "2026-11-26".parse().unwrap();
    let cases = [
        ("", "rmf.line.blank", "text is blank"),
        (
            "a\nb",
            "rmf.line.control",
            "text has a control character or a line break at byte 1",
        ),
        (
            &"a".repeat(5000),
            "rmf.line.too_long",
            "text has 5000 bytes, expected at most 4096",
        ),
    ];
    for (author, code, message) in cases {
        let error = Provenance::new(author, day).unwrap_err();
        assert_eq!(error.code(), code);
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn coverage_counts_what_is_reached() {
    let coverage = sample().coverage(["1", "9"]);
    let rows: Vec<_> = coverage
        .targets()
        .iter()
        .map(|it| {
            (
                it.target(),
                it.extent(),
                it.missing().len(),
                it.confidence(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("x", Extent::All, 0, Confidence::Medium),
            ("y", Extent::Some, 1, Confidence::Unspecified),
        ]
    );
    assert_eq!(coverage.target("y").unwrap().reached(), ["1"]);
    assert_eq!(coverage.target("y").unwrap().missing(), ["2"]);
    assert_eq!(coverage.unused(), ["9"]);
    let nothing = sample().coverage([]);
    assert!(
        nothing
            .targets()
            .iter()
            .all(|it| it.extent() == Extent::None)
    );

    let known = KnownIds::from_tsv(b"# framework: b\nid\tlabel\nw\tW\nx\tX\ny\t\nz\n").unwrap();
    assert_eq!(coverage.without_source(&known), ["w", "z"]);
    assert_eq!((known.label("w"), known.label("y")), (Some("W"), None));
    let json = serde_json::to_value(&coverage).unwrap();
    assert_eq!(json["targets"][0]["reached"][0], "1");
}

#[test]
fn terms_are_those_of_oscal() {
    let relations = Relation::ALL.map(Relation::name);
    assert_eq!(
        relations,
        [
            "equivalent-to",
            "equal-to",
            "subset-of",
            "superset-of",
            "intersects-with",
            "no-relationship"
        ]
    );
    for relation in Relation::ALL {
        assert_eq!(relation.name().parse(), Ok(relation));
        assert_eq!(serde_json::to_value(relation).unwrap(), relation.name());
        assert_eq!(relation.inverse().inverse(), relation);
    }
    for status in Status::ALL {
        assert_eq!(status.name().parse(), Ok(status));
        assert_eq!(serde_json::to_value(status).unwrap(), status.name());
    }
    for confidence in Confidence::ALL {
        assert_eq!(confidence.name().parse(), Ok(confidence));
        assert_eq!(serde_json::to_value(confidence).unwrap(), confidence.name());
        assert_eq!(confidence.lower(Confidence::Low), Confidence::Low);
        assert_eq!(confidence.lower(Confidence::High), confidence);
    }
    for method in Method::ALL {
        assert_eq!(method.to_string().parse(), Ok(method));
        assert_eq!(serde_json::to_value(method).unwrap(), method.name());
    }
    for rationale in Rationale::ALL {
        assert_eq!(rationale.to_string().parse(), Ok(rationale));
        assert_eq!(serde_json::to_value(rationale).unwrap(), rationale.name());
    }
    let error = "Subset-of".parse::<Relation>().unwrap_err();
    assert_eq!(error.code(), "rmf.crosswalk.term");
    assert_eq!(error.to_string(), "unknown relation `Subset-of`");
}

/// Makes crosswalks from one small framework to another, with every relation, status and confidence.
pub(crate) fn any_crosswalk(
    frameworks: [&'static str; 2],
) -> impl Strategy<Value = Crosswalk> + use<> {
    let id = || sample::select(vec!["1", "2", "3", "4"]);
    let row = (
        id(),
        id(),
        sample::select(Relation::ALL.to_vec()),
        proptest::option::of(sample::select(Confidence::ALL.to_vec())),
        proptest::option::of(sample::select(Status::ALL.to_vec())),
        proptest::option::of("[a-z#=\"\u{e9}][a-z #:=\"\u{e9}]{0,6}[a-z]"),
    );
    collection::btree_map((id(), id(), 0..6_usize), row, 0..12).prop_map(move |rows| {
        let rows = rows
            .into_iter()
            .map(|((source, target, relation), it)| NewRowParts {
                row: NewRow::new(source, target, Relation::ALL[relation]),
                confidence: it.3,
                status: it.4,
                note: it.5,
            });
        between(frameworks, rows.map(NewRowParts::made))
    })
}

struct NewRowParts {
    row: NewRow,
    confidence: Option<Confidence>,
    status: Option<Status>,
    note: Option<String>,
}

impl NewRowParts {
    fn made(self) -> NewRow {
        let mut row = self.row;
        if let Some(confidence) = self.confidence {
            row = row.with_confidence(confidence);
        }
        if let Some(status) = self.status {
            row = row.with_status(status);
        }
        if let Some(note) = self.note {
            row = row.with_note(note);
        }
        row
    }
}

proptest! {
    #[test]
    fn a_crosswalk_survives_both_of_its_forms(crosswalk in any_crosswalk(["a", "b"])) {
        let json = crosswalk.to_json().unwrap();
        let read = Crosswalk::from_json(&json, &modelward_artifact::JsonLimits::default()).unwrap();
        prop_assert_eq!(&read, &crosswalk);
        prop_assert_eq!(read.to_json().unwrap(), json);
        let tsv = crosswalk.to_tsv();
        let read = Crosswalk::from_tsv(tsv.as_bytes()).unwrap();
        prop_assert_eq!(&read, &crosswalk);
        prop_assert_eq!(read.to_tsv(), tsv);
    }

    #[test]
    fn whatever_stands_in_the_text_is_read_or_refused(
        head in "(# [a-z-]{1,8}: ?[a-z0-9.\u{e9}-]{0,12}\n){0,4}",
        rows in "([A-Z\u{e9}]{1,4}[ -]?[0-9.]{0,5}\t[a-z\t]{0,9}\r?\n){0,3}",
        relation in sample::select(Relation::ALL.to_vec()),
    ) {
        let names = "source\ttarget\trelation\tconfidence\tnote\n";
        let by = "# source: ai-600-1\n# target: sp-800-218a\n# author: A\n# date: 2026-11-26\n";
        let good = format!("GV-1.1-001\tPW.3.2\t{relation}\n");
        for text in [
            format!("{head}{rows}"),
            format!("{by}{head}{names}{rows}"),
            format!("{by}{names}{good}{rows}"),
            format!("{by}{names}{good}"),
        ] {
            if let Ok(crosswalk) = Crosswalk::from_tsv(text.as_bytes()) {
                prop_assert_eq!(crosswalk.lint(&KnownIds::shipped()), []);
                prop_assert_eq!(Crosswalk::from_tsv(crosswalk.to_tsv().as_bytes()), Ok(crosswalk));
            }
        }
    }

    #[test]
    fn inverting_twice_changes_nothing(crosswalk in any_crosswalk(["a", "b"])) {
        prop_assert_eq!(crosswalk.invert().invert(), crosswalk);
    }
}
