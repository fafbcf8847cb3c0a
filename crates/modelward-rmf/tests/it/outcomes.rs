use std::collections::BTreeSet;

use modelward_rmf::{Category, Phase, Subcategory, ToolEvidence, TrustCharacteristic};

#[test]
fn every_summary_is_one_plain_sentence_of_its_own() {
    let categories = Category::ALL.map(Category::summary);
    let subcategories = Subcategory::ALL.map(Subcategory::summary);
    let characteristics = TrustCharacteristic::ALL.map(TrustCharacteristic::summary);
    let all = [&categories[..], &subcategories, &characteristics].concat();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 19 + 72 + 7);
    for text in all {
        let words = text.split_whitespace().count();
        assert!((8..=40).contains(&words), "{words} words: {text}");
        assert!(text.starts_with(char::is_uppercase), "{text}");
        assert_eq!(text.find(". "), None, "{text}");
        assert!(text.ends_with('.'), "{text}");
        assert!(!text.contains("  "), "{text}");
    }
}

#[test]
fn every_ambiguous_statement_has_a_note() {
    let noted: Vec<_> = all_where(|it| it.note().is_some());
    let expected = ids(
        "GOVERN 1.5, GOVERN 5.2, GOVERN 6.1, MAP 1.4, MAP 1.5, MAP 1.6, MAP 4.1, MEASURE 1.1, \
         MEASURE 1.3, MEASURE 2.4, MEASURE 2.6, MEASURE 2.9, MEASURE 2.13, MEASURE 4.1, \
         MEASURE 4.2, MEASURE 4.3, MANAGE 1.1, MANAGE 1.3, MANAGE 1.4, MANAGE 2.4",
    );
    assert_eq!(noted, expected);
    let says = |id: &str, part: &str| {
        let note = id.parse::<Subcategory>().unwrap().note().unwrap();
        assert!(note.contains(part), "{id}: {note}");
        assert!(note.ends_with('.') && !note.contains("  "), "{id}: {note}");
    };
    says("GOVERN 5.2", "follows AI 100-1");
    says("GOVERN 6.1", "MAP 4.1");
    says("MAP 1.5", "assess it once");
    says("MAP 4.1", "GOVERN 6.1");
    says("MEASURE 2.6", "Four claims");
    says("MANAGE 1.4", "what remains after treatment");
}

#[test]
fn what_a_revision_may_change_and_what_rests_on_map_is_listed() {
    let exposed = ids("GOVERN 3.1, GOVERN 3.2, MAP 1.2, MEASURE 2.11, MEASURE 2.12");
    assert_eq!(all_where(Subcategory::revision_exposed), exposed);
    let dependent = ids(
        "MEASURE 2.4, MEASURE 2.6, MEASURE 2.7, MEASURE 2.8, MEASURE 2.9, MEASURE 2.10, \
         MEASURE 2.11, MEASURE 2.12",
    );
    assert_eq!(all_where(Subcategory::depends_on_map), dependent);
}

#[test]
fn fifty_of_seventy_two_get_at_most_supporting_evidence() {
    let direct = ids(
        "GOVERN 1.5, GOVERN 1.6, GOVERN 4.3, GOVERN 6.1, MAP 1.5, MAP 2.1, MAP 3.2, MAP 4.1, \
         MAP 4.2, MAP 5.1, MEASURE 2.1, MEASURE 2.7, MEASURE 3.1, MEASURE 3.2, MANAGE 1.1, \
         MANAGE 1.2, MANAGE 1.3, MANAGE 1.4, MANAGE 2.3, MANAGE 3.1, MANAGE 3.2, MANAGE 4.3",
    );
    let none = ids(
        "GOVERN 1.2, GOVERN 2.2, GOVERN 3.1, GOVERN 4.1, MAP 1.2, MAP 1.3, MAP 1.4, MAP 3.4, \
         MEASURE 2.2, MEASURE 4.1, MANAGE 2.2",
    );
    let at = |level| all_where(move |it| it.tool_evidence() == level);
    assert_eq!(at(ToolEvidence::Direct), direct);
    assert_eq!(at(ToolEvidence::None), none);
    assert_eq!(at(ToolEvidence::Supporting).len(), 39);
    assert_eq!(Subcategory::ALL.len() - direct.len(), 50);
}

#[test]
fn every_outcome_has_a_phase_or_is_organizational() {
    for subcategory in Subcategory::ALL {
        let phases = subcategory.phases();
        assert!(phases.is_sorted_by(|a, b| a < b), "{subcategory}");
        assert!(
            !phases.is_empty() || subcategory.is_organizational(),
            "{subcategory}"
        );
    }
    let organizational = all_where(Subcategory::is_organizational);
    let of_govern = organizational.iter().filter(|it| it.index() < 19).count();
    assert_eq!(of_govern, 19, "GOVERN is about the organization");
    assert_eq!(organizational[19..], ids("MAP 1.3, MAP 1.5, MANAGE 1.2"));
    let in_no_phase = ids(
        "GOVERN 1.1, GOVERN 1.2, GOVERN 1.3, GOVERN 1.4, GOVERN 2.1, GOVERN 2.2, GOVERN 3.1, \
         GOVERN 4.1",
    );
    assert_eq!(all_where(|it| it.phases().is_empty()), in_no_phase);
}

#[test]
fn every_phase_has_outcomes() {
    let cases = [
        (Phase::Scoping, "MAP 1.1"),
        (Phase::Engineering, "MEASURE 2.10"),
        (Phase::ModelDevelopment, "MANAGE 3.2"),
        (Phase::Testing, "MEASURE 2.1"),
        (Phase::Release, "MANAGE 1.1"),
        (Phase::Operation, "MEASURE 2.4"),
        (Phase::Decommissioning, "GOVERN 1.7"),
    ];
    assert_eq!(cases.map(|case| case.0), Phase::ALL);
    for (phase, id) in cases {
        let subcategory: Subcategory = id.parse().unwrap();
        assert!(subcategory.phases().contains(&phase), "{id} in {phase}");
    }
    let last = all_where(|it| it.phases().contains(&Phase::Decommissioning));
    assert_eq!(last, ids("GOVERN 1.6, GOVERN 1.7, MANAGE 2.4"));
}

fn ids(list: &str) -> Vec<Subcategory> {
    list.split(',').map(|id| id.parse().unwrap()).collect()
}

fn all_where(keep: impl Fn(Subcategory) -> bool) -> Vec<Subcategory> {
    let all = Subcategory::ALL.into_iter();
    all.filter(|subcategory| keep(*subcategory)).collect()
}
