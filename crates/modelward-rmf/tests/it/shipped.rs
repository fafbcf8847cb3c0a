use std::collections::BTreeSet;

use modelward_rmf::crosswalk::{Confidence, KnownIds, Method, Relation, Status};
use modelward_rmf::{Crosswalk, GenAiAction, Subcategory};

fn drafts() -> [Crosswalk; 5] {
    [
        Crosswalk::draft_eu_ai_act(),
        Crosswalk::draft_iso_42001(),
        Crosswalk::draft_csf_2_0(),
        Crosswalk::draft_iso_5338(),
        Crosswalk::draft_owasp_ai_exchange(),
    ]
}

#[test]
fn the_links_of_nist_are_final_and_theirs() {
    let cases = [
        (
            Crosswalk::ssdf_218a(),
            "NIST SP 800-218A 2024 to NIST AI RMF 1.0",
            138,
        ),
        (
            Crosswalk::genai_600_1(),
            "NIST AI 600-1 2024 to NIST AI RMF 1.0",
            212,
        ),
    ];
    for (crosswalk, title, rows) in cases {
        assert_eq!(crosswalk.title(), title);
        assert_eq!(crosswalk.rows().len(), rows);
        assert!(!crosswalk.is_draft());
        assert_eq!(crosswalk.provenance().author(), "NIST");
        assert_eq!(crosswalk.provenance().date().to_string(), "2024-07-26");
        for row in crosswalk.rows() {
            assert_eq!(row.relation(), Relation::IntersectsWith);
            assert_eq!(row.confidence(), Confidence::Unspecified);
            assert_eq!(row.status(), Status::Complete);
        }
        assert_eq!(crosswalk.lint(&KnownIds::shipped()), []);
    }
    let crosswalk = Crosswalk::genai_600_1();
    for action in GenAiAction::ALL {
        let rows: Vec<_> = crosswalk.targets(&action.to_string()).collect();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].target(), action.subcategory().to_string());
    }
}

#[test]
fn drafts_are_marked_and_without_fault() {
    for crosswalk in drafts() {
        let title = crosswalk.title();
        assert!(title.starts_with("DRAFT: NIST AI RMF 1.0 to "), "{title}");
        assert!(crosswalk.is_draft(), "{title}");
        let provenance = crosswalk.provenance();
        assert_eq!(provenance.author(), "modelward project", "{title}");
        assert_eq!(provenance.method(), Method::Hybrid, "{title}");
        assert!(
            provenance.basis().unwrap().contains("not reviewed"),
            "{title}"
        );
        assert!(crosswalk.rows().len() > 50, "{title}");
        assert_eq!(crosswalk.lint(&KnownIds::shipped()), [], "{title}");
        for row in crosswalk.rows() {
            assert_eq!(row.status(), Status::Draft, "{title}");
            assert_ne!(row.confidence(), Confidence::High, "{title}");
            assert!(!row.relation().is_equality(), "{title}");
            assert!(row.source().parse::<Subcategory>().is_ok(), "{title}");
        }
        let sources: Vec<Subcategory> = crosswalk
            .rows()
            .iter()
            .map(|it| it.source().parse().unwrap())
            .collect();
        assert!(sources.is_sorted(), "{title}");
    }
    let unseen = Crosswalk::draft_iso_5338();
    assert!(
        unseen
            .rows()
            .iter()
            .all(|it| it.confidence() == Confidence::Low)
    );
}

#[test]
fn shipped_tables_are_the_bytes_that_would_be_written() {
    let texts = [
        include_str!("../../data/crosswalk/eu-ai-act.tsv"),
        include_str!("../../data/crosswalk/iso-42001-2023.tsv"),
        include_str!("../../data/crosswalk/nist-csf-2.0.tsv"),
        include_str!("../../data/crosswalk/iso-5338-2023.tsv"),
        include_str!("../../data/crosswalk/owasp-ai-exchange.tsv"),
    ];
    for (crosswalk, text) in drafts().iter().zip(texts) {
        let written = crosswalk.to_tsv();
        let same = written.lines().zip(text.lines()).find(|(a, b)| a != b);
        assert_eq!(same, None, "{}", crosswalk.title());
        assert_eq!(written, text);
    }
}

#[test]
fn lists_of_ids_are_complete_and_have_labels_of_ours() {
    let sizes = [
        ("ai-600-1", 12 + 212),
        ("ai-rmf-1.0", 4 + 19 + 72),
        ("eu-ai-act", 113 + 13),
        ("nist-csf-2.0", 6 + 22 + 106),
        ("sp-800-218a", 48),
    ];
    let lists = KnownIds::shipped();
    for (framework, size) in sizes {
        let list = lists
            .iter()
            .find(|it| it.framework().id() == framework)
            .unwrap();
        assert_eq!(list.len(), size, "{framework}");
    }
    let of_standards = lists.iter().filter(|it| it.basis().is_some());
    for list in of_standards.clone() {
        let labels: Vec<_> = list.ids().map(|id| list.label(id).unwrap()).collect();
        assert_eq!(labels.iter().collect::<BTreeSet<_>>().len(), labels.len());
        assert!(list.basis().unwrap().contains("labels are ours"));
        assert!(list.edition().is_some() && list.date().is_some());
    }
    assert_eq!(of_standards.count(), 5);
    let actions = lists
        .iter()
        .flat_map(|it| it.ids().filter(|id| it.label(id).is_none()));
    assert!(actions.eq(GenAiAction::ALL.iter().map(GenAiAction::to_string)));
    let iso = lists
        .iter()
        .find(|it| it.framework().id() == "iso-42001-2023")
        .unwrap();
    assert_eq!(iso.ids().filter(|id| id.starts_with("A.")).count(), 38);
}
