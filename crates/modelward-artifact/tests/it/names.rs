//! Names that lie, in every form in which this crate shows or writes them.

mod long;
mod table;
mod trees;

use std::path::Path;

use modelward_artifact::escape::{JsonText, Lines, Markdown, Markup, ShownMarkup, Terminal};
use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{
    AtlasTechnique, Date, Digest, DigestAlgorithm, EntryPath, Finding, Findings, HashOptions,
    JsonLimits, Manifest, Memory, NoControl, Party, ResourceName, Sums, SumsError, SumsFormat,
    SumsLimits, Text, Timestamp, write_atomically,
};
use serde_json::{Value, json};

use self::table::{
    NAMES, acts, assert_distinct, assert_one_line, assert_quiet, assert_told_quietly, lies,
};

#[test]
fn no_character_that_acts_or_hides_gets_through_an_escape() {
    for c in '\0'..=char::MAX {
        let text = format!("a{c}b");
        let shown = Terminal(&text).to_string();
        assert!(!shown.chars().any(acts), "{shown:?}");
        assert_eq!(acts(c) || c == '\\', shown != text, "{:x}", u32::from(c));
        let kept = |c: char| acts(c) && c != '\n';
        for shown in [
            Markup(&text).to_string(),
            ShownMarkup(&text).to_string(),
            Lines(&text).to_string().replace('\t', ""),
            JsonText(&text).to_string().replace(['\r', '\t'], ""),
        ] {
            assert!(!shown.chars().any(kept), "{shown:?}");
        }
        for shown in [Markdown::text(&text), Markdown::code(&text)] {
            assert!(!shown.to_string().chars().any(acts), "{shown}");
        }
    }
}

#[test]
fn two_names_are_never_shown_as_one() {
    assert_distinct(|name| Terminal(name).to_string());
    assert_distinct(|name| Markup(name).to_string());
    assert_distinct(|name| Markup(&Terminal(name).to_string()).to_string());
    assert_distinct(|name| ShownMarkup(&Terminal(name).to_string()).to_string());
    assert_distinct(|name| Lines(&Terminal(name).to_string()).to_string());
    assert_distinct(|name| Markdown::code(name).to_string());
    assert_distinct(|name| JsonText(&json!(name).to_string()).to_string());
}

#[test]
fn what_is_shown_of_json_reads_as_the_same_json() {
    for name in NAMES {
        let value = json!({ name: [name] });
        let shown = JsonText(&format!("{value:#}")).to_string();
        assert_quiet("json", &shown);
        assert_eq!(serde_json::from_str::<Value>(&shown).unwrap(), value);
    }
}

#[test]
fn findings_show_what_they_are_about() {
    let show = |name: &str| {
        let finding = Finding::new(name.to_owned(), name).about(name);
        Findings::from(finding).to_string()
    };
    assert_distinct(show);
    for name in NAMES {
        assert_one_line("finding", &show(name));
    }
}

#[test]
fn errors_of_what_is_read_show_no_name_as_it_is() {
    for name in NAMES {
        let errors = [
            name.parse::<AtlasTechnique>().err().map(boxed),
            name.parse::<Date>().err().map(boxed),
            name.parse::<Digest>().err().map(boxed),
            name.parse::<DigestAlgorithm>().err().map(boxed),
            name.parse::<EntryPath>().err().map(boxed),
            ResourceName::parse_shard(name).err().map(boxed),
            name.parse::<Text>().err().map(boxed),
            name.parse::<Timestamp>().err().map(boxed),
            Party::new(name).err().map(boxed),
            json::read(name.as_bytes(), &JsonLimits::default())
                .err()
                .map(boxed),
        ];
        errors
            .iter()
            .flatten()
            .for_each(|it| assert_told_quietly(&**it));
        let twice = format!("{{{0}: 1, {0}: 2}}", json!(name));
        let error = json::read(twice.as_bytes(), &JsonLimits::default()).unwrap_err();
        assert!(matches!(&error, JsonError::Duplicate { member } if member == name));
        assert_told_quietly(&error);
    }
}

fn boxed<E: std::error::Error + 'static>(error: E) -> Box<dyn std::error::Error> {
    Box::new(error)
}

#[test]
fn serde_repeats_no_name_as_it_is() {
    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Known {
        #[expect(dead_code, reason = "it is read alone")]
        kind: Kind,
    }
    #[derive(Debug, serde::Deserialize)]
    enum Kind {}
    for name in NAMES {
        for value in [json!({ name: 1 }), json!({"kind": name}), json!(name)] {
            let bytes = value.to_string();
            let error = json::read_as::<Known>(bytes.as_bytes(), &JsonLimits::default());
            assert_told_quietly(&error.unwrap_err());
        }
    }
    let plain = serde_json::from_str::<Known>("{\"other\": 1}").unwrap_err();
    assert_eq!(
        json::harmless(plain).to_string(),
        "unknown field `other`, expected `kind` at line 1 column 8"
    );
    let long = format!("{{\"kind\": \"{}\"}}", "é".repeat(100_000));
    let error = json::read_as::<Known>(long.as_bytes(), &JsonLimits::default()).unwrap_err();
    let told = std::error::Error::source(&error).map(ToString::to_string);
    let told = told.unwrap_or_else(|| error.to_string());
    assert!(
        told.len() < 10_000 && told.contains('…'),
        "{} bytes",
        told.len()
    );
}

/// Hashes a model in memory that has one file of a name.
fn hashed(name: &str) -> Option<Manifest> {
    let path = name.parse().ok()?;
    let files = Memory::new("model", [(path, b"weights".to_vec())]).ok()?;
    Manifest::hash_source(&files, &HashOptions::default(), &NoControl).ok()
}

fn read_sums(text: &str) -> Result<Sums, SumsError> {
    Sums::read(
        text.as_bytes(),
        DigestAlgorithm::Sha256,
        &SumsLimits::default(),
    )
}

#[test]
fn a_manifest_keeps_each_name_and_lists_of_sums_do() {
    let mut kept = 0;
    for name in NAMES {
        let Some(manifest) = hashed(name) else {
            continue;
        };
        let read = Manifest::read_json(&manifest.to_json(), &JsonLimits::default()).unwrap();
        assert_eq!(read.entries()[0].path().as_str(), name);
        for format in [SumsFormat::Gnu, SumsFormat::Bsd] {
            let text = match manifest.to_sums(format) {
                Ok(text) => text,
                Err(error) => {
                    assert_told_quietly(&error);
                    continue;
                }
            };
            assert_eq!(text.matches('\n').count(), 1, "{text:?}");
            let sums = read_sums(&text).unwrap();
            assert!(sums.digest(name).is_some(), "{text:?}");
            kept += 1;
        }
    }
    assert!(kept > 60, "{kept}");
}

#[test]
fn errors_of_manifests_show_no_name_as_it_is() {
    let manifest = hashed("a/model.bin").unwrap();
    let document = serde_json::from_slice(&manifest.to_json()).unwrap();
    let mut refused = 0;
    for lie in lies(&document) {
        match Manifest::read_json(lie.to_string().as_bytes(), &JsonLimits::default()) {
            Ok(manifest) => assert_eq!(manifest.entries().len(), 1),
            Err(error) => {
                assert_told_quietly(&error);
                refused += 1;
            }
        }
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn lists_of_sums_are_refused_without_showing_a_name_as_it_is() {
    let mut refused = 0;
    for name in NAMES {
        let zeros = "0".repeat(64);
        for text in [
            format!("{zeros}  {name}"),
            format!("{name}  model.bin"),
            format!("SHA256 ({name}) = {zeros}"),
            format!("{name} (model.bin) = {zeros}"),
            format!("\\{zeros}  {name}"),
            format!("{zeros}  {name}\n{zeros}  {name}"),
        ] {
            if let Err(error) = read_sums(&text) {
                assert_told_quietly(&error);
                refused += 1;
            }
        }
    }
    assert!(refused > 60, "{refused}");
}

#[test]
fn errors_of_input_and_output_name_their_path_escaped() {
    for name in NAMES {
        let path = Path::new("no such folder").join(name);
        let error = Manifest::hash(&path, &HashOptions::default(), &NoControl).unwrap_err();
        assert_told_quietly(&error);
        let error = write_atomically(&path, b"").unwrap_err();
        assert_told_quietly(&error);
    }
}
