mod version;

use modelward_artifact::Finding;
use modelward_artifact::escape::Line;
use serde_json::Value;

use crate::inspect::{Aspect, Fact, Format, Input, InspectError, Location};

/// The longest name of a group of requirements, in bytes.
const LONGEST_GROUP: usize = 512;

/// What a list of Python requirements says: `requirements.txt`, `pyproject.toml`, or the
/// `environment.yml` of conda.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Requirements {
    requirements: Vec<(String, Location)>,
    findings: Vec<Finding>,
}

/// The largest list, whatever the limits allow: one is written by people, or locked by a tool.
const MAX_TEXT: u64 = 1 << 20;

impl Requirements {
    /// Reads a list, whose format its name announces. It has at most 1 MiB.
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the text is not UTF-8, or not the TOML or YAML that it should be.
    pub fn read(input: &mut Input<'_>, format: Format) -> Result<Self, InspectError> {
        let bytes = input.text_within("requirements", MAX_TEXT)?;
        let text = String::from_utf8(bytes).map_err(|source| InspectError::Parse {
            what: "requirements",
            source: source.utf8_error().into(),
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        match format {
            Format::CondaEnvironment => {
                let value = yaml(text)?;
                Ok(conda(&value))
            }
            Format::Pyproject => {
                let value =
                    toml::from_str(text).map_err(|error: toml::de::Error| InspectError::Parse {
                        what: "requirements",
                        source: Line(&error.to_string()).to_string().into(),
                    })?;
                Ok(pyproject(&value))
            }
            _ => Ok(lines(text)),
        }
    }

    /// Returns each requirement as it is written, and where.
    #[must_use]
    pub fn requirements(&self) -> &[(String, Location)] {
        &self.requirements
    }

    /// Returns what the list says of the model: the libraries that it needs.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let requirements = self.requirements.iter();
        requirements
            .map(|(text, at)| Fact::declared(Aspect::Library, text, at.clone()))
            .collect()
    }

    /// Returns what deserves attention: lines that take packages from elsewhere, or name another
    /// list that is not read.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.findings.clone()
    }

    fn push(&mut self, text: &str, at: Location) {
        if is_requirement(text) {
            self.requirements.push((text.to_owned(), at));
            return;
        }
        let message = format!("`{text}` at {at} is no requirement by name and is not listed");
        self.findings
            .push(Finding::new("bom.inspect.requirements.elsewhere", message));
    }
}

/// Tells whether a text begins with the name of a package (PEP 508) and goes on with a version, an
/// extra or a marker: addresses and options do not.
fn is_requirement(text: &str) -> bool {
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let end = text.find(|c| !name(c)).unwrap_or(text.len());
    let (package, rest) = text.split_at(end);
    let rest = rest.trim_start();
    let begins = package.starts_with(|c: char| c.is_ascii_alphanumeric());
    let goes_on = rest.is_empty() || rest.starts_with(['=', '<', '>', '!', '~', '[', ';', '(']);
    begins && goes_on && !rest.contains("://")
}

/// Joins lines that end with a backslash, and drops comments.
fn lines(text: &str) -> Requirements {
    let mut found = Requirements {
        requirements: Vec::new(),
        findings: Vec::new(),
    };
    let mut joined: Option<(u64, String)> = None;
    for (number, line) in (1_u64..).zip(text.lines()) {
        let (start, mut whole) = joined.take().unwrap_or((number, String::new()));
        if let Some(front) = line.trim_end().strip_suffix('\\') {
            whole.push_str(front);
            joined = Some((start, whole));
            continue;
        }
        whole.push_str(line);
        push_line(&mut found, &whole, start);
    }
    if let Some((start, whole)) = joined {
        push_line(&mut found, &whole, start);
    }
    found
}

fn push_line(found: &mut Requirements, line: &str, number: u64) {
    // A comment begins at the start or after a blank, since addresses have `#` too.
    let blanks = line.find(" #").into_iter().chain(line.find("\t#"));
    let end = blanks
        .min()
        .or_else(|| line.trim_start().starts_with('#').then_some(0));
    let line = line.get(..end.unwrap_or(line.len())).unwrap_or(line);
    // Digests after a requirement say which files may be installed, not what is required.
    let line = line.split(" --hash").next().unwrap_or(line).trim();
    if !line.is_empty() {
        found.push(line, Location::Line(number));
    }
}

/// `project.dependencies`, `project.optional-dependencies`, and the tables of poetry.
fn pyproject(value: &Value) -> Requirements {
    let mut found = Requirements {
        requirements: Vec::new(),
        findings: Vec::new(),
    };
    list(&mut found, value, "/project/dependencies");
    let groups = value.pointer("/project/optional-dependencies");
    for group in groups.and_then(Value::as_object).into_iter().flatten() {
        // The name stands in the pointer of each of its items.
        if group.0.len() > LONGEST_GROUP {
            let message = "a group of requirements has too long a name and is not listed";
            let code = "bom.inspect.requirements.unknown";
            found.findings.push(Finding::new(code, message));
            continue;
        }
        let name = group.0.replace('~', "~0").replace('/', "~1");
        list(
            &mut found,
            value,
            &format!("/project/optional-dependencies/{name}"),
        );
    }
    let poetry = "/tool/poetry/dependencies";
    let table = value.pointer(poetry).and_then(Value::as_object);
    for (name, version) in table.into_iter().flatten() {
        if name == "python" {
            continue;
        }
        let version = version
            .as_str()
            .or_else(|| version.get("version")?.as_str());
        let version = version.and_then(version::of_poetry).unwrap_or_default();
        let text = format!("{name}{version}");
        let pointer = format!("{poetry}/{}", name.replace('~', "~0").replace('/', "~1"));
        found.push(&text, Location::Pointer(pointer));
    }
    found
}

/// `dependencies` of a conda environment, with the list for pip inside.
fn conda(value: &Value) -> Requirements {
    let mut found = Requirements {
        requirements: Vec::new(),
        findings: Vec::new(),
    };
    let dependencies = value.get("dependencies").and_then(Value::as_array);
    for (index, item) in dependencies.into_iter().flatten().enumerate() {
        let pointer = format!("/dependencies/{index}");
        if let Some(text) = item.as_str() {
            let text = version::of_conda(text);
            found.push(&text, Location::Pointer(pointer));
        } else if item.get("pip").is_some() {
            list(&mut found, item, "/pip");
            for (_, at) in found.requirements.iter_mut().rev() {
                let Location::Pointer(inner) = at else { break };
                if !inner.starts_with("/pip/") {
                    break;
                }
                *inner = format!("{pointer}{inner}");
            }
        }
    }
    found
}

fn list(found: &mut Requirements, value: &Value, pointer: &str) {
    let items = value.pointer(pointer).and_then(Value::as_array);
    for (index, item) in items.into_iter().flatten().enumerate() {
        if let Some(text) = item.as_str() {
            found.push(text.trim(), Location::Pointer(format!("{pointer}/{index}")));
        }
    }
}

fn yaml(text: &str) -> Result<Value, InspectError> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: 16,
            max_documents: 1,
            max_anchors: 16,
            max_aliases: 16,
        },
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| InspectError::Parse {
        what: "requirements",
        source: Line(&error.to_string()).to_string().into(),
    })
}
