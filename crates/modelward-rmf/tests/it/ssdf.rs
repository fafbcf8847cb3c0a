use std::collections::BTreeSet;

use modelward_rmf::{SsdfChange, SsdfPriority, SsdfTask, Subcategory};

use crate::official::published;

#[test]
fn tasks_priorities_and_links_are_as_many_as_in_the_document() {
    let all = || SsdfTask::ALL.into_iter();
    let links: Vec<Subcategory> = all()
        .flat_map(|it| it.references().iter().copied())
        .collect();
    assert_eq!(links.len(), 138);
    assert_eq!(links.iter().collect::<BTreeSet<_>>().len(), 48);
    assert_eq!(all().filter(|it| !it.references().is_empty()).count(), 31);
    let added = all().filter(|it| it.change() == SsdfChange::Added);
    assert_eq!(
        added.map(SsdfTask::id).collect::<Vec<_>>(),
        ["PO.5.3", "PS.1.2", "PS.1.3", "PW.3.1", "PW.3.2", "PW.3.3"]
    );
    assert!(SsdfPriority::High > SsdfPriority::Low);
    for task in all() {
        assert!(task.references().is_sorted_by(|a, b| a < b), "{task}");
        assert!(task.id().starts_with(task.practice()), "{task}");
        assert!(task.summary().len() > 20, "{task}");
        for subcategory in task.references() {
            assert!(subcategory.ssdf_tasks().any(|it| it == task));
        }
    }
    let summaries: BTreeSet<_> = all().map(SsdfTask::summary).collect();
    assert_eq!(summaries.len(), 48);
}

#[test]
fn nist_ties_no_signing_task_to_the_ai_rmf() {
    for (id, references) in [
        ("PS.2.1", &[][..]),
        ("PS.3.2", &[]),
        ("PW.4.4", &[]),
        ("PW.3.2", &["MEASURE 2.1"]),
    ] {
        let task: SsdfTask = id.parse().unwrap();
        let ours: Vec<_> = task
            .references()
            .iter()
            .map(Subcategory::to_string)
            .collect();
        assert_eq!(ours, references, "{id}");
    }
}

#[test]
fn every_spelling_in_use_reads_as_one_task() {
    for spelling in [
        "PW.3.2",
        "pw.3.2",
        "PW-3.2",
        "PW 3.2",
        "PW3.2",
        " PW.3.2 : ",
    ] {
        let task: SsdfTask = spelling.parse().unwrap();
        assert_eq!(task.to_string(), "PW.3.2", "{spelling}");
    }
    for task in SsdfTask::ALL {
        assert_eq!(task.id().parse(), Ok(task));
    }
    let json: SsdfTask = serde_json::from_str(r#""pw-3.2""#).unwrap();
    assert_eq!(serde_json::to_string(&json).unwrap(), r#""PW.3.2""#);
    assert_eq!(format!("{json:?}"), "SsdfTask(PW.3.2)");
}

#[test]
fn what_is_no_task_is_refused_and_named() {
    let cases = [
        (
            "PW.4.3",
            "rmf.ssdf.unknown",
            "SP 800-218A has no task PW.4.3",
        ),
        (
            "xx-1.1",
            "rmf.ssdf.unknown",
            "SP 800-218A has no task XX.1.1",
        ),
        (
            "PO.1: Prepare",
            "rmf.ssdf.form",
            "expected a task such as `PW.3.2`, found `PO.1: Prepare`",
        ),
        (
            "PO.1",
            "rmf.ssdf.form",
            "expected a task such as `PW.3.2`, found `PO.1`",
        ),
    ];
    for (text, code, message) in cases {
        let error = text.parse::<SsdfTask>().unwrap_err();
        assert_eq!(error.code(), code, "{text}");
        assert_eq!(error.to_string(), message);
    }
    let long = format!("PO.1.{}", "1".repeat(100));
    for text in [
        "",
        "P",
        "\u{e9}x.1.1",
        "PO..1.1",
        "PO.1.1.1",
        "PO.1.",
        &long,
    ] {
        let error = text.parse::<SsdfTask>().unwrap_err();
        assert_eq!(error.code(), "rmf.ssdf.form", "{text:?}");
    }
}

/// Compares with data taken from the published document, which is not part of this repository.
#[test]
fn tasks_are_those_of_the_document() {
    let Some(table) = published("ssdf_218a_to_ai_rmf.json") else {
        return;
    };
    let tasks = table["tasks"].as_array().unwrap();
    assert_eq!(tasks.len(), SsdfTask::ALL.len());
    for (task, row) in SsdfTask::ALL.into_iter().zip(tasks) {
        assert_eq!(row["task"], task.id());
        let priority = serde_json::to_value(task.priority()).unwrap();
        assert_eq!(
            row["priority"].as_str().unwrap().to_lowercase(),
            priority.as_str().unwrap()
        );
        let change = match task.change() {
            SsdfChange::Added => "not-part-of-ssdf-1.1",
            SsdfChange::Modified => "modified",
            SsdfChange::Unchanged => "unchanged",
        };
        assert_eq!(row["ssdf_change"], change, "{task}");
        let references = serde_json::to_value(task.references()).unwrap();
        assert_eq!(row["ai_rmf"], references, "{task}");
    }
}
