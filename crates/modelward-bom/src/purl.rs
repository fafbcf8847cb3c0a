//! Package URLs (ECMA-427) of what models are made of.

/// Returns the package URL of a model on Hugging Face: `owner/name`, and its commit where it is
/// known. `None` for a name that cannot be one there.
///
/// ```
/// use modelward_bom::purl;
///
/// let purl = purl::huggingface("sentence-transformers/all-MiniLM-L6-v2", None);
/// assert_eq!(purl.as_deref(), Some("pkg:huggingface/sentence-transformers/all-MiniLM-L6-v2"));
/// assert_eq!(purl::huggingface("../etc", None), None);
/// ```
#[must_use]
pub fn huggingface(name: &str, commit: Option<&str>) -> Option<String> {
    let (owner, model) = name.split_once('/')?;
    if !plain(owner) || !plain(model) {
        return None;
    }
    match commit {
        None => Some(format!("pkg:huggingface/{name}")),
        // The type's definition has the commit in lowercase.
        Some(commit) => {
            plain(commit).then(|| format!("pkg:huggingface/{name}@{}", commit.to_ascii_lowercase()))
        }
    }
}

/// Returns the package URL of a model in an MLflow registry, with its version where it is known.
/// `None` for a name that would have to be escaped.
#[must_use]
pub fn mlflow(name: &str, version: Option<&str>) -> Option<String> {
    versioned("mlflow", name, version)
}

/// Returns the package URL of a Python package: the name in lowercase with `-` for `_` and `.`, as
/// the type's definition has it. `None` for a name that cannot be one.
#[must_use]
pub fn python(name: &str, version: Option<&str>) -> Option<String> {
    let name = name.to_ascii_lowercase().replace(['_', '.'], "-");
    versioned("pypi", &name, version)
}

fn versioned(kind: &str, name: &str, version: Option<&str>) -> Option<String> {
    if !plain(name) {
        return None;
    }
    let Some(version) = version else {
        return Some(format!("pkg:{kind}/{name}"));
    };
    // Local and pre-release versions have characters that a package URL escapes.
    let version = version.replace('+', "%2B").replace('!', "%21");
    plain(&version.replace('%', "")).then(|| format!("pkg:{kind}/{name}@{version}"))
}

/// Tells whether a text needs no escape and is no step of a path.
fn plain(part: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    !part.is_empty() && part != "." && part != ".." && part.chars().all(allowed)
}
