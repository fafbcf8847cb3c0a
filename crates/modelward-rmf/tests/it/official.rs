//! Compares with data taken from the published documents, which is not part of this repository.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use modelward_rmf::{ActorTask, Category, Function, Subcategory, TrustCharacteristic};
use serde_json::Value;

#[test]
fn ids_are_those_of_the_published_framework() {
    let Some(core) = published("ai_rmf_core.json") else {
        return;
    };
    let functions: Vec<_> = column(&core, "functions", "id");
    assert_eq!(functions, Function::ALL.map(|it| it.name().to_owned()));
    let codes: Vec<_> = column(&core, "functions", "code");
    assert_eq!(codes, Function::ALL.map(|it| it.short().to_owned()));

    let categories: Vec<_> = column(&core, "categories", "id");
    assert_eq!(categories, Category::ALL.map(|it| it.to_string()));

    let subcategories: Vec<_> = column(&core, "subcategories", "id");
    assert_eq!(subcategories, Subcategory::ALL.map(|it| it.to_string()));
    let short: Vec<_> = column(&core, "subcategories", "short_id");
    assert_eq!(short, Subcategory::ALL.map(Subcategory::short));
    let parents: Vec<_> = column(&core, "subcategories", "category");
    assert_eq!(
        parents,
        Subcategory::ALL.map(|it| it.category().to_string())
    );
}

/// No text of ours repeats six words of any statement, its own or another's.
#[test]
fn no_summary_or_note_repeats_a_statement() {
    let Some(core) = published("ai_rmf_core.json") else {
        return;
    };
    let mut runs = BTreeMap::new();
    let mut statements = BTreeSet::new();
    for list in ["functions", "categories", "subcategories"] {
        for text in column(&core, list, "text") {
            for run in words(&text).windows(6) {
                runs.insert(run.to_vec(), text.clone());
            }
            statements.insert(words(&text));
        }
    }
    assert_eq!(statements.len(), 4 + 19 + 72);
    assert!(runs.len() > 1000, "{} runs", runs.len());

    let mut ours: Vec<_> = Subcategory::ALL.map(Subcategory::summary).into();
    ours.extend(Category::ALL.map(Category::summary));
    ours.extend(Function::ALL.map(Function::summary));
    ours.extend(Subcategory::ALL.into_iter().filter_map(Subcategory::note));
    for text in ours {
        let words = words(text);
        assert!(!statements.contains(&words), "{text}");
        for run in words.windows(6) {
            assert_eq!(runs.get(run), None, "{run:?} in {text}");
        }
    }
}

#[test]
fn what_rests_on_map_is_what_the_statements_say() {
    let Some(core) = published("ai_rmf_core.json") else {
        return;
    };
    let statements = column(&core, "subcategories", "text");
    for (subcategory, text) in Subcategory::ALL.into_iter().zip(statements) {
        let says = text.contains("as identified in the MAP function");
        assert_eq!(subcategory.depends_on_map(), says, "{subcategory}");
    }
}

#[test]
fn characteristics_are_the_topics_of_the_playbook() {
    let Some(core) = published("ai_rmf_core.json") else {
        return;
    };
    let rows = core["subcategories"].as_array().unwrap();
    for (subcategory, row) in Subcategory::ALL.into_iter().zip(rows) {
        let mut expected: Vec<TrustCharacteristic> = parsed(&row["trustworthy_characteristics"]);
        expected.sort();
        assert_eq!(subcategory.characteristics(), expected, "{subcategory}");
    }
    let named = rows
        .iter()
        .filter(|row| row["trustworthy_characteristics"] != Value::Array(vec![]));
    assert_eq!(named.count(), 15);
}

#[test]
fn actor_tasks_are_those_of_the_generative_ai_profile() {
    let Some(profile) = published("genai_profile.json") else {
        return;
    };
    let actions = profile["actions"].as_array().unwrap();
    assert_eq!(actions.len(), 212);
    let tasks: BTreeSet<ActorTask> = actions
        .iter()
        .flat_map(|action| parsed::<ActorTask>(&action["ai_actor_tasks"]))
        .collect();
    assert!(tasks.into_iter().eq(ActorTask::ALL));
    let risks = profile["risks"].as_array().unwrap();
    let characteristics: BTreeSet<TrustCharacteristic> = risks
        .iter()
        .flat_map(|risk| parsed::<TrustCharacteristic>(&risk["trustworthy_characteristics"]))
        .collect();
    assert!(characteristics.into_iter().eq(TrustCharacteristic::ALL));
}

/// Reads a file of published data, or says that the test is skipped.
pub(crate) fn published(name: &str) -> Option<Value> {
    let path = shared().join("data/rmf").join(name);
    let Ok(text) = std::fs::read(&path) else {
        assert!(
            std::env::var_os("MODELWARD_NO_SKIP").is_none(),
            "{} is not at hand and skipping is forbidden",
            path.display()
        );
        // The macros' output is captured by the test runner; a skip must be seen.
        writeln!(
            io::stderr(),
            "SKIPPED comparison with the framework: {} is not at hand",
            path.display()
        )
        .ok();
        return None;
    };
    Some(serde_json::from_slice(&text).unwrap())
}

fn shared() -> PathBuf {
    std::env::var_os("MODELWARD_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    )
}

fn column(core: &Value, list: &str, member: &str) -> Vec<String> {
    let rows = core[list].as_array().unwrap();
    rows.iter()
        .map(|row| row[member].as_str().unwrap().to_owned())
        .collect()
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(names: &Value) -> Vec<T> {
    let names = names.as_array().unwrap().iter();
    names
        .map(|name| name.as_str().unwrap().parse().unwrap())
        .collect()
}

/// Splits at everything but letters and digits, so that a hyphenated word counts as two.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
