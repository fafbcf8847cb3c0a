use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use modelward_artifact::JsonLimits;
use modelward_graph::vex::{VexDocument, VexStatus};

use crate::version::fixtures;

/// How many statements of each status each document makes, and how many warnings: affected, under
/// investigation, fixed, not affected, warnings.
const EXPECTED: &str = include_str!("expected.txt");

#[test]
fn documents_of_others_make_as_many_statements_as_before() {
    let Some(folder) = fixtures() else { return };
    let mut expected: BTreeMap<&str, &str> = EXPECTED
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect();
    let mut names: Vec<_> = fs::read_dir(folder.join("../vex"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    names.sort();
    let mut differing = Vec::new();
    for path in &names {
        let name = path.file_name().unwrap().to_str().unwrap();
        let found = counts(path);
        if expected.remove(name) != Some(found.as_str()) {
            differing.push(format!("{name} {found}"));
        }
    }
    assert!(
        differing.is_empty(),
        "these differ:\n{}",
        differing.join("\n")
    );
    assert_eq!((names.len(), expected.len()), (52, 0));
}

fn counts(path: &Path) -> String {
    let text = fs::read(path).unwrap();
    let document = VexDocument::read(&text, &JsonLimits::default()).unwrap();
    let count = |status: VexStatus| {
        let name = status.name();
        let statements = document.statements().iter();
        statements.filter(|one| one.status().name() == name).count()
    };
    format!(
        "{} {} {} {} {}",
        count(VexStatus::Affected),
        count(VexStatus::UnderInvestigation),
        count(VexStatus::Fixed),
        count(VexStatus::NotAffected(None)),
        document.warnings().len()
    )
}
