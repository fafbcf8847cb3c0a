//! Each leaf of the input was carried or stands at or below a loss, whatever the input is.

use std::collections::BTreeSet;

use modelward_bom::spdx3::{Spdx3Export, export};
use serde_json::{Value, json};

use super::{exported, full, options};

#[test]
fn each_leaf_is_carried_or_lost() {
    let bom = full();
    let made = exported(&bom);
    assert_settled(&bom, &made);
    let (carried, lost) = (made.carried().count(), made.losses().len());
    assert!(
        carried > 120 && lost > 40,
        "{carried} leaves carried, {lost} losses"
    );
}

#[test]
fn what_nobody_has_heard_of_is_lost_with_its_place() {
    let mut bom = full();
    bom["x~/y"] = json!([{"z": 1}]);
    bom["metadata"]["component"]["modelCard"]["mood"] = "good".into();
    let made = exported(&bom);
    for pointer in ["/x~0~1y", "/metadata/component/modelCard/mood"] {
        assert!(
            made.losses().iter().any(|loss| loss.pointer() == pointer),
            "{pointer}"
        );
    }
    assert_settled(&bom, &made);
}

/// What counts as carried must be seen in the output, or be missed by name when it goes; what
/// counts as lost must not be seen.
#[test]
fn what_is_carried_matters_and_what_is_lost_does_not() {
    let bom = full();
    let made = exported(&bom);
    let carried: BTreeSet<&str> = made.carried().collect();
    for pointer in leaves(&bom) {
        let mut changed = bom.clone();
        change(changed.pointer_mut(&pointer).expect("the leaf is there"));
        let Ok(other) = export(&changed, &options()) else {
            assert!(carried.contains(pointer.as_str()), "{pointer}");
            continue;
        };
        if !carried.contains(pointer.as_str()) {
            assert_eq!(
                other.document(),
                made.document(),
                "{pointer} counts as lost"
            );
        } else if pointer != "/$schema" {
            // Which schema describes the input follows from its version.
            let same = other.document() == made.document() && other.losses() == made.losses();
            assert!(!same, "{pointer} counts as carried");
        }
    }
}

#[test]
fn hostile_documents_are_accounted_for_too() {
    let bom = full();
    let odd = [
        json!(null),
        json!(-1),
        json!("\u{0}#/ \""),
        json!([]),
        json!([[{"ref": [], "type": {}}]]),
    ];
    let mut tried = 0;
    for pointer in nodes(&bom) {
        for value in &odd {
            let mut changed = bom.clone();
            *changed.pointer_mut(&pointer).expect("the node is there") = value.clone();
            if let Ok(made) = export(&changed, &options()) {
                assert_settled(&changed, &made);
                tried += 1;
            }
        }
    }
    assert!(tried > 1500, "{tried} documents were exported");
}

fn assert_settled(bom: &Value, made: &Spdx3Export) {
    let carried: BTreeSet<&str> = made.carried().collect();
    let all = leaves(bom);
    let covering = |leaf: &str| {
        let covers = |loss: &str| {
            leaf.strip_prefix(loss)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        made.losses()
            .iter()
            .filter(|loss| covers(loss.pointer()))
            .count()
    };
    for leaf in &all {
        let covering = covering(leaf);
        // A loss of a carried leaf itself is a loss of a part of it.
        let settled = match carried.contains(leaf.as_str()) {
            true => covering == made.losses().iter().filter(|l| l.pointer() == leaf).count(),
            false => covering == 1,
        };
        assert!(settled, "{leaf} stands under {covering} losses");
    }
    let known: BTreeSet<&str> = all.iter().map(String::as_str).collect();
    assert!(
        carried.is_subset(&known),
        "{:?}",
        carried.difference(&known)
    );
    for loss in made.losses() {
        assert!(bom.pointer(loss.pointer()).is_some(), "{}", loss.pointer());
    }
}

fn leaves(value: &Value) -> Vec<String> {
    let mut all = nodes(value);
    let scalar = |pointer: &String| {
        !matches!(
            value.pointer(pointer),
            Some(Value::Array(_) | Value::Object(_))
        )
    };
    all.retain(scalar);
    all
}

/// The pointers of all values but the document itself.
fn nodes(value: &Value) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(i, item)| (i.to_string(), item))
            .collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, item)| (name.replace('~', "~0").replace('/', "~1"), item))
            .collect(),
        _ => Vec::new(),
    };
    let mut all = Vec::new();
    for (name, child) in children {
        all.push(format!("/{name}"));
        all.extend(
            nodes(child)
                .into_iter()
                .map(|inner| format!("/{name}{inner}")),
        );
    }
    all
}

fn change(value: &mut Value) {
    match value {
        Value::Bool(truth) => *truth = !*truth,
        Value::Number(number) => {
            *value = match number.as_u64() {
                Some(whole) => json!(whole + 1),
                None => json!(number.as_f64().unwrap_or_default() + 1.0),
            };
        }
        Value::String(text) => text.push('x'),
        other => panic!("{other} is no leaf of the document"),
    }
}
