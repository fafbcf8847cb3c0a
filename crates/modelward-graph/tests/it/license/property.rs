use modelward_graph::license::{Flow, License, LicenseExpression, LicenseKind};
use proptest::prelude::*;

use super::shown;

/// An expression as a tree, so that its operands can be turned around.
#[derive(Clone, Debug)]
enum Tree {
    Leaf(&'static str),
    Join(&'static str, Vec<Self>),
}

impl Tree {
    fn text(&self, reversed: bool) -> String {
        match self {
            Self::Leaf(text) => (*text).to_owned(),
            Self::Join(operator, parts) => {
                let mut parts: Vec<_> = parts.iter().map(|part| part.text(reversed)).collect();
                if reversed {
                    parts.reverse();
                }
                format!("({})", parts.join(operator))
            }
        }
    }
}

fn trees() -> impl Strategy<Value = Tree> {
    let leaf = prop::sample::select(vec![
        "MIT",
        "0BSD",
        "GPL-3.0-only",
        "GPL-2.0-or-later",
        "LGPL-2.1-only",
        "AGPL-3.0-only",
        "CC-BY-NC-4.0",
        "CC-BY-SA-4.0",
        "CC-BY-ND-4.0",
        "LicenseRef-acme",
        "LicenseRef-HF-llama3",
        "LicenseRef-HF-gemma",
        "YPL-1.1",
        "Apache-2.0",
        "GPL-2.0-only",
    ])
    .prop_map(Tree::Leaf);
    leaf.prop_recursive(4, 24, 4, |inner| {
        let operator = prop::sample::select(vec![" AND ", " OR "]);
        let parts = prop::collection::vec(inner, 1..4);
        (operator, parts).prop_map(|(operator, parts)| Tree::Join(operator, parts))
    })
}

proptest! {
    #[test]
    fn the_order_of_operands_does_not_matter(theirs in trees(), own in trees()) {
        for via in Flow::ALL {
            let judged = |reversed| {
                let theirs = License::of(&theirs.text(reversed));
                // The text of the own license is part of a conflict and stays as it is.
                shown(&theirs.flows_into(via, &License::of(&own.text(reversed))))
            };
            prop_assert_eq!(judged(false), judged(true));
        }
        let own = License::of(&own.text(false));
        let (one, other) = (License::of(&theirs.text(false)), License::of(&theirs.text(true)));
        for via in Flow::ALL {
            prop_assert_eq!(one.flows_into(via, &own), other.flows_into(via, &own));
        }
    }

    #[test]
    fn any_text_is_read_and_judged(text in "(?s).{0,64}", words in "[ ()+A-Za-z0-9.:-]{0,64}") {
        for text in [text, words] {
            let license = License::of(&text);
            prop_assert_eq!(license.candidates().is_empty(), license.kind() == LicenseKind::Unknown);
            for candidate in license.candidates() {
                if let Ok(again) = LicenseExpression::read(candidate.as_str()) {
                    prop_assert_eq!(&again, candidate);
                }
            }
            let _ = LicenseExpression::read(&text).map_err(|error| error.to_string());
            for via in Flow::ALL {
                let _ = shown(&license.flows_into(via, &License::of("mit")));
                let _ = shown(&License::of("cc-by-nc-4.0").flows_into(via, &license));
            }
        }
    }

    #[test]
    fn words_of_expressions_never_panic(words in prop::collection::vec(
        prop::sample::select(vec![
            "MIT", "gpl-2.0", "+", "(", ")", "AND", "or", "WITH", "LLVM-exception", "LicenseRef-",
            "LicenseRef-a", "DocumentRef-b:LicenseRef-c", "AdditionRef-d", "GPL-3.0-only", ":", " ",
        ]),
        0..16,
    )) {
        for text in [words.concat(), words.join(" ")] {
            let license = License::of(&text);
            for via in Flow::ALL {
                let _ = license.flows_into(via, &license);
            }
        }
    }
}

/// The largest expressions that are taken are judged at once.
#[test]
fn hostile_expressions_are_judged_in_bounded_time() {
    let leaves: Vec<_> = (0..LicenseExpression::MAX_LICENSES)
        .map(|index| ["MIT", "0BSD", "GPL-3.0-only", "YPL-1.1"][index % 4])
        .collect();
    let pairs: Vec<_> = leaves
        .chunks(2)
        .map(|pair| format!("({})", pair.join(" OR ")))
        .collect();
    // Written out, the alternatives of this are 2^128.
    let license = License::of(&pairs.join(" AND "));
    assert_eq!(license.kind(), LicenseKind::Exact);
    for via in Flow::ALL {
        assert!(!license.flows_into(via, &license).is_compatible());
    }
}

/// What says nothing is judged as such, also where it is hidden in a text of the longest kind.
#[test]
fn the_longest_text_is_read_in_bounded_time() {
    let words = "a ".repeat(LicenseExpression::MAX_LEN / 2);
    assert_eq!(License::of(&words).kind(), LicenseKind::Unknown);
    let lower = "mit or ".repeat(255) + "mit";
    assert_eq!(License::of(&lower).kind(), LicenseKind::Exact);
}
