use std::collections::BTreeMap;

use modelward_rmf::{Category, Function, ParseIdError, Subcategory};

#[test]
fn functions_have_as_many_categories_and_subcategories_as_the_framework() {
    let cases = [
        (Function::Govern, "GOVERN", "GV", 6, 19),
        (Function::Map, "MAP", "MP", 5, 18),
        (Function::Measure, "MEASURE", "MS", 4, 22),
        (Function::Manage, "MANAGE", "MG", 4, 13),
    ];
    for (function, name, short, categories, subcategories) in cases {
        assert_eq!(function.name(), name);
        assert_eq!(function.short(), short);
        assert_eq!(function.categories().count(), categories, "{function}");
        assert_eq!(
            function.subcategories().count(),
            subcategories,
            "{function}"
        );
    }
    assert_eq!(Function::ALL, cases.map(|case| case.0));
}

#[test]
fn lists_are_in_the_order_of_the_document() {
    assert!(Function::ALL.is_sorted_by(|a, b| a < b));
    assert!(Category::ALL.is_sorted_by(|a, b| a < b));
    assert!(Subcategory::ALL.is_sorted_by(|a, b| a < b));
    let text: Vec<_> = ["MEASURE 2.9", "MEASURE 2.10", "MANAGE 1.1"]
        .map(|id| id.parse::<Subcategory>().unwrap())
        .into();
    assert!(text.is_sorted());
    assert_eq!(Subcategory::ALL[0].to_string(), "GOVERN 1.1");
    assert_eq!(Subcategory::ALL[71].to_string(), "MANAGE 4.3");
}

#[test]
fn every_spelling_in_use_reads_as_one_subcategory() {
    let cases = [
        ("GOVERN 1.1", "GOVERN 1.1"),
        ("GOVERN-1.1", "GOVERN 1.1"),
        ("GOVERN.1.1", "GOVERN 1.1"),
        ("GOVERN1.1", "GOVERN 1.1"),
        ("GOVERN  1.1", "GOVERN 1.1"),
        ("GOVERN\u{a0}1.1", "GOVERN 1.1"),
        ("GOVERN\u{2011}1.1", "GOVERN 1.1"),
        ("GOVERN 1.1:", "GOVERN 1.1"),
        (" GOVERN 1.1 : ", "GOVERN 1.1"),
        ("GOVERN-1.1@1.0", "GOVERN 1.1"),
        ("govern-1.1", "GOVERN 1.1"),
        ("Govern 1.1", "GOVERN 1.1"),
        ("GV-1.1", "GOVERN 1.1"),
        ("GV.1.1", "GOVERN 1.1"),
        ("GV 1.1", "GOVERN 1.1"),
        ("GV4.3", "GOVERN 4.3"),
        ("GV-1.1@1.0", "GOVERN 1.1"),
        ("GV.1.1:", "GOVERN 1.1"),
        ("gv-1.1", "GOVERN 1.1"),
        ("gv.1.1", "GOVERN 1.1"),
        ("gv 1.1", "GOVERN 1.1"),
        ("Gv1.1", "GOVERN 1.1"),
        ("govern.1.1", "GOVERN 1.1"),
        ("GOVERN\u{2010}1.1", "GOVERN 1.1"),
        ("GOVERN\u{2013}1.1", "GOVERN 1.1"),
        ("measure-2.11@1.0", "MEASURE 2.11"),
        ("MP 4.1", "MAP 4.1"),
        ("MS-2.11", "MEASURE 2.11"),
        ("MG-3.2", "MANAGE 3.2"),
    ];
    for (spelling, canonical) in cases {
        let subcategory: Subcategory = spelling.parse().unwrap();
        assert_eq!(subcategory.to_string(), canonical, "{spelling}");
    }
}

#[test]
fn every_spelling_in_use_reads_as_one_category() {
    let cases = [
        ("GOVERN 1", "GOVERN 1"),
        ("GOVERN 1.0", "GOVERN 1"),
        ("GOVERN-1.0", "GOVERN 1"),
        ("govern-1", "GOVERN 1"),
        ("GOVERN.1", "GOVERN 1"),
        ("GOVERN 1:", "GOVERN 1"),
        ("GOVERN 1@1.0", "GOVERN 1"),
        ("GV-1", "GOVERN 1"),
        ("GV.1", "GOVERN 1"),
        ("gv 1", "GOVERN 1"),
        ("MS-4.0", "MEASURE 4"),
    ];
    for (spelling, canonical) in cases {
        let category: Category = spelling.parse().unwrap();
        assert_eq!(category.to_string(), canonical, "{spelling}");
    }
}

#[test]
fn oscal_ids_are_lowercase_and_read_back() {
    assert_eq!(
        Function::ALL.map(Function::oscal_id),
        ["govern", "map", "measure", "manage"]
    );
    let last = Subcategory::ALL[71];
    assert_eq!(last.category().oscal_id(), "manage-4");
    assert_eq!(last.oscal_id(), "manage-4.3");
    for function in Function::ALL {
        assert_eq!(function.oscal_id().parse(), Ok(function));
    }
    for category in Category::ALL {
        assert_eq!(category.oscal_id().parse(), Ok(category));
    }
    for subcategory in Subcategory::ALL {
        assert_eq!(subcategory.oscal_id().parse(), Ok(subcategory));
    }
}

#[test]
fn an_index_is_the_position_in_the_list() {
    // A table is as long as the list at compile time.
    const LAST: usize = Subcategory::ALL[71].index();
    assert_eq!([(); LAST + 1].len(), Subcategory::ALL.len());
    for (index, category) in Category::ALL.into_iter().enumerate() {
        assert_eq!(category.index(), index, "{category}");
    }
    for (index, subcategory) in Subcategory::ALL.into_iter().enumerate() {
        assert_eq!(subcategory.index(), index, "{subcategory}");
    }
}

#[test]
fn every_id_survives_each_of_its_spellings() {
    for subcategory in Subcategory::ALL {
        let text = subcategory.to_string();
        let spellings = [
            subcategory.short(),
            text.to_lowercase(),
            text.replace(' ', "-"),
            text.replace(' ', "."),
            subcategory.short().replace('-', "."),
            subcategory.short().replace('-', " "),
            subcategory.oscal_id(),
            format!("{text}@1.0"),
            format!("{text}:"),
            text,
        ];
        for spelling in spellings {
            assert_eq!(spelling.parse(), Ok(subcategory), "{spelling}");
        }
        let category = subcategory.category();
        assert_eq!(category.to_string().parse(), Ok(category));
        assert_eq!(format!("{category}.0").parse(), Ok(category));
        let number = u16::from(subcategory.number());
        assert_eq!(Subcategory::new(category, number), Ok(subcategory));
    }
}

#[test]
fn what_is_no_subcategory_is_refused_and_named() {
    let cases = [
        (
            "MEASURE 2.14",
            "rmf.id.unknown_subcategory",
            "MEASURE 2.14 does not exist, MEASURE 2 has 2.1 to 2.13",
        ),
        (
            "GV-1.0",
            "rmf.id.unknown_subcategory",
            "GOVERN 1.0 does not exist, GOVERN 1 has 1.1 to 1.7",
        ),
        (
            "MAP 1.257",
            "rmf.id.unknown_subcategory",
            "MAP 1.257 does not exist, MAP 1 has 1.1 to 1.6",
        ),
        (
            "GOVERN 7.1",
            "rmf.id.unknown_category",
            "GOVERN 7 does not exist, GOVERN has categories 1 to 6",
        ),
        (
            "MANAGE 0.1",
            "rmf.id.unknown_category",
            "MANAGE 0 does not exist, MANAGE has categories 1 to 4",
        ),
        (
            "PROTECT 1.1",
            "rmf.id.function",
            "unknown function `PROTECT`, expected GOVERN, MAP, MEASURE or MANAGE",
        ),
        (
            "GOVERN 1.1@2.0",
            "rmf.id.version",
            "unknown AI RMF version `2.0`, expected 1.0",
        ),
        (
            "GOVERN 1",
            "rmf.id.form",
            "expected an id such as `GOVERN 1.1`, found `GOVERN 1`",
        ),
        (
            "GV-1.1-001",
            "rmf.id.form",
            "expected an id such as `GOVERN 1.1`, found `GV-1.1-001`",
        ),
        (
            "\u{1b}[2J",
            "rmf.id.form",
            r"expected an id such as `GOVERN 1.1`, found `\u{1b}[2J`",
        ),
    ];
    for (text, code, message) in cases {
        let error = text.parse::<Subcategory>().unwrap_err();
        assert_eq!(error.code(), code, "{text}");
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn malformed_ids_are_refused() {
    let long = format!("GOVERN{}1.1", " ".repeat(100));
    let cases = [
        "",
        " ",
        ":",
        "1.1",
        "GOVERN",
        "GOVERN-",
        "GOVERN 1.",
        "GOVERN .1",
        "GOVERN 1.1.1",
        "GOVERN 01.1",
        "GOVERN 1.01",
        "GOVERN 1-1",
        "GOVERN 1.1::",
        "GOVERN--1.1",
        "GOVERN 1.+1",
        "GOVERN 1.99999",
        "GOVERN 1.\u{661}",
        &long,
    ];
    for text in cases {
        let error = text.parse::<Subcategory>().unwrap_err();
        assert_eq!(error.code(), "rmf.id.form", "{text:?}");
        assert!(error.to_string().len() < 120, "{error}");
    }
}

#[test]
fn levels_are_not_confused() {
    assert_eq!("govern:".parse(), Ok(Function::Govern));
    assert_eq!("MP".parse(), Ok(Function::Map));
    for text in ["GOVERN 1", "GOVERN 1.1"] {
        let error = text.parse::<Function>().unwrap_err();
        assert!(matches!(
            error,
            ParseIdError::Form {
                example: "GOVERN",
                ..
            }
        ));
    }
    for text in ["GOVERN", "GOVERN 1.1"] {
        let error = text.parse::<Category>().unwrap_err();
        assert!(matches!(
            error,
            ParseIdError::Form {
                example: "GOVERN 1",
                ..
            }
        ));
    }
}

#[test]
fn serde_reads_any_spelling_and_writes_the_canonical_one() {
    let read: Vec<Subcategory> = serde_json::from_str(r#"["MS-2.11", "govern 1.1"]"#).unwrap();
    let written = serde_json::to_string(&read).unwrap();
    assert_eq!(written, r#"["MEASURE 2.11","GOVERN 1.1"]"#);
    let read: (Function, Category) = serde_json::from_str(r#"["mg", "GV-6"]"#).unwrap();
    assert_eq!(
        serde_json::to_string(&read).unwrap(),
        r#"["MANAGE","GOVERN 6"]"#
    );
    let error = serde_json::from_str::<Subcategory>(r#""MEASURE 2.14""#).unwrap_err();
    assert!(error.to_string().starts_with("MEASURE 2.14 does not exist"));
}

#[test]
fn ids_are_keys_of_json_maps() {
    let text = r#"{"MS-2.11":1,"govern-1.1":2}"#;
    let map: BTreeMap<Subcategory, u8> = serde_json::from_str(text).unwrap();
    let written = serde_json::to_string(&map).unwrap();
    assert_eq!(written, r#"{"GOVERN 1.1":2,"MEASURE 2.11":1}"#);
    let map: BTreeMap<Category, u8> = serde_json::from_str(r#"{"mg-4":1}"#).unwrap();
    assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"MANAGE 4":1}"#);
}
