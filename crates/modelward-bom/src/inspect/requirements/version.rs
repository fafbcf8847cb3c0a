//! Versions as poetry and conda write them, in the words of PEP 440.

/// Translates a constraint of poetry: `^1.2` and `~1.2` are ranges, a bare version is exact, `*` is
/// any. `None` for what has no such form, such as alternatives.
///
/// The rules: <https://python-poetry.org/docs/dependency-specification/>.
pub(super) fn of_poetry(constraint: &str) -> Option<String> {
    let parts: Option<Vec<String>> = constraint.split(',').map(part).collect();
    let parts: Vec<String> = parts?.into_iter().filter(|part| !part.is_empty()).collect();
    Some(parts.join(","))
}

fn part(part: &str) -> Option<String> {
    let part = part.trim();
    if part.is_empty() || part.contains(|c: char| c.is_whitespace() || c == '|') {
        return None;
    }
    if part == "*" {
        return Some(String::new());
    }
    if let Some(version) = part.strip_prefix('^') {
        return range(version, |numbers| {
            let first = numbers.iter().position(|number| *number > 0);
            first.unwrap_or(numbers.len() - 1)
        });
    }
    if let Some(version) = part.strip_prefix('~').filter(|rest| !rest.starts_with('=')) {
        return range(version, |numbers| usize::from(numbers.len() > 1));
    }
    if part.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(format!("=={part}"));
    }
    let starts = ["==", "!=", ">=", "<=", "~=", ">", "<"];
    starts
        .iter()
        .any(|start| part.starts_with(start))
        .then(|| part.to_owned())
}

/// Writes the range from a version up to the one in which a number is one more.
fn range(version: &str, grows: impl Fn(&[u64]) -> usize) -> Option<String> {
    let numbers: Result<Vec<u64>, _> = version.split('.').map(str::parse).collect();
    let numbers = numbers.ok()?;
    let at = grows(&numbers);
    let mut end = numbers.get(..=at)?.to_vec();
    let last = end.last_mut()?;
    *last = last.checked_add(1)?;
    let end: Vec<String> = end.iter().map(u64::to_string).collect();
    Some(format!(">={version},<{}", end.join(".")))
}

/// Translates a match of conda, `channel::name=version=build`: one equals sign alone is a prefix, a
/// build belongs to one version.
///
/// The rules: <https://docs.conda.io/projects/conda-build/en/stable/resources/package-spec.html>.
pub(super) fn of_conda(text: &str) -> String {
    let text = text.rsplit("::").next().unwrap_or(text).trim();
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let (package, rest) = text.split_at(text.find(|c| !name(c)).unwrap_or(text.len()));
    let rest = rest.trim();
    let Some(version) = rest.strip_prefix('=').filter(|rest| !rest.starts_with('=')) else {
        return format!("{package}{rest}");
    };
    let plain = |version: &str| !version.is_empty() && !version.contains(['<', '>', '|', ',']);
    match version.split_once(['=', ' ']) {
        Some((version, _build)) if plain(version) => format!("{package}=={version}"),
        None if plain(version) && version.ends_with('*') => format!("{package}=={version}"),
        None if plain(version) => format!("{package}=={version}.*"),
        _ => text.to_owned(),
    }
}
