use std::path::{Path, PathBuf};

use modelward_rmf::{Category, Function, Subcategory};
use serde_json::Value;

/// Compares with ids taken from the published document, which is not part of this repository.
#[test]
fn ids_are_those_of_the_published_framework() {
    let path = shared().join("data/rmf/ai_rmf_core.json");
    let Ok(text) = std::fs::read(&path) else {
        assert!(
            std::env::var_os("MODELWARD_NO_SKIP").is_none(),
            "{} is not at hand and skipping is forbidden",
            path.display()
        );
        eprintln!(
            "SKIPPED ids of the framework: {} is not at hand",
            path.display()
        );
        return;
    };
    let core: Value = serde_json::from_slice(&text).unwrap();

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
