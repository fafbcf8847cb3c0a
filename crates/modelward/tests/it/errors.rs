//! What no compiler sees: that the facade's error leaves no error out, and that codes are unique.
//! Both are read from the sources of all crates.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Returns every source file of the crates below the facade, with its path.
fn sources() -> Vec<(PathBuf, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let below = |path: &PathBuf| path.to_string_lossy().contains("/../modelward-");
    let crates: Vec<PathBuf> = children(&crates).into_iter().filter(below).collect();
    assert_eq!(crates.len(), 7, "the crates below the facade");
    let mut folders: Vec<PathBuf> = crates.iter().map(|path| path.join("src")).collect();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in children(&folder) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(&path).expect("sources are text");
                files.push((path, text));
            }
        }
    }
    files
}

/// Returns what is in a folder, in the order of names.
fn children(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder stands beside the facade's");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    paths.sort();
    paths
}

/// Returns the word at the beginning of a text.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

/// Returns the public types of a file that are errors, by `thiserror` or by hand.
fn errors_in(text: &str) -> BTreeSet<&str> {
    let mut derived = false;
    let mut found = BTreeSet::new();
    for line in text.lines() {
        if let Some(list) = line.strip_prefix("#[derive(") {
            let mut traits = list.trim_end_matches(")]").split(", ");
            derived = traits.any(|name| name == "Error");
        } else if let Some(rest) = line
            .strip_prefix("pub enum ")
            .or(line.strip_prefix("pub struct "))
        {
            if derived {
                found.insert(word(rest));
            }
            derived = false;
        } else if let Some((head, name)) = line.split_once("Error for ")
            && head.starts_with("impl")
        {
            found.insert(word(name));
        }
    }
    found
}

/// Returns the codes that a file's functions `code` write out, with the type that has each.
fn codes_in(text: &str) -> Vec<(&str, &str)> {
    let mut codes = Vec::new();
    let mut of = "";
    let mut inside = false;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("impl") {
            let name = rest.rsplit_once(" for ").map_or(rest, |(_, name)| name);
            of = word(name.trim_start_matches(|c: char| !c.is_alphabetic()));
        }
        inside |= line.contains("fn code(");
        if inside {
            let mut pieces = line.split('"').skip(1).step_by(2);
            codes.extend(
                pieces
                    .by_ref()
                    .filter(|code| is_code(code))
                    .map(|code| (code, of)),
            );
        }
        inside &= line != "    }";
    }
    codes
}

/// Tells whether a text is a whole code, and no beginning of one.
fn is_code(text: &str) -> bool {
    let mut parts = text.split('.');
    text.contains('.')
        && parts.all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'))
        })
}

#[test]
fn the_facade_holds_the_error_of_every_operation() {
    let listed = include_str!("../../src/error.rs");
    let files = sources();
    let mut all = BTreeSet::new();
    let mut missing = BTreeSet::new();
    for (path, text) in &files {
        for error in errors_in(text) {
            all.insert(error);
            if !listed.contains(&format!("::{error}),")) {
                missing.insert(format!("{error} of {}", path.display()));
            }
        }
    }
    assert!(
        all.len() > 140,
        "{} errors are all that was found",
        all.len()
    );
    assert_eq!(missing, BTreeSet::new(), "not in modelward::Error");
}

#[test]
fn a_code_belongs_to_one_error() {
    let files = sources();
    let mut owners: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut twice = Vec::new();
    for (_, text) in &files {
        for (code, of) in codes_in(text) {
            owners.entry(code).or_default().insert(of);
        }
    }
    assert!(
        owners.len() > 700,
        "{} codes are all that was found",
        owners.len()
    );
    for (code, of) in &owners {
        if of.len() > 1 {
            twice.push(format!("{code}: {of:?}"));
        }
    }
    assert_eq!(twice, Vec::<String>::new());
}

#[test]
fn a_code_begins_with_the_name_of_its_crate() {
    for (path, text) in &sources() {
        let name = path
            .components()
            .map(|part| part.as_os_str().to_string_lossy());
        let name = name
            .rev()
            .find_map(|part| part.strip_prefix("modelward-").map(str::to_owned));
        let name = name.unwrap();
        for (code, of) in codes_in(text) {
            assert!(
                code.starts_with(&format!("{name}.")),
                "{code} of {of} in {}",
                path.display()
            );
        }
    }
}

#[test]
fn what_reads_the_sources_finds_what_it_looks_for() {
    let text = "#[derive(Debug, Error)]\n#[error(\"no\")]\npub enum ReadError {}\n\n\
                #[derive(Debug)]\npub enum Kind {}\n\nimpl std::error::Error for Fault {}\n";
    assert_eq!(errors_in(text), BTreeSet::from(["Fault", "ReadError"]));
    let text = "impl ReadError {\n    pub fn code(&self) -> &str {\n        match self {\n            \
                Self::Io => \"read.io\",\n            Self::Other => concat!(\"read.\"),\n        }\n    }\n\n    \
                fn name() {\n        \"a.b\"\n    }\n}\n";
    assert_eq!(codes_in(text), [("read.io", "ReadError")]);
}
