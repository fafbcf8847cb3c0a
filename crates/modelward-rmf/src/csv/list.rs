use std::fmt;

/// Joins keys or ids, none of which has a separator.
pub(crate) fn joined(items: impl IntoIterator<Item = impl fmt::Display>) -> String {
    let items: Vec<_> = items.into_iter().map(|item| item.to_string()).collect();
    items.join("; ")
}

/// Splits what [`joined`] joins; commas and line breaks separate too.
pub(crate) fn split(cell: &str) -> impl Iterator<Item = &str> {
    let items = cell.split([';', ',', '\r', '\n']);
    items.map(str::trim).filter(|item| !item.is_empty())
}

/// Writes texts on a line each. A text that would not survive so is written as a JSON string.
pub(crate) fn lines(items: impl IntoIterator<Item = impl fmt::Display>) -> String {
    let items = items.into_iter().map(|item| {
        let item = item.to_string();
        let plain = !item.contains(['\r', '\n']) && item.trim() == item && string(&item).is_none();
        if plain {
            item
        } else {
            serde_json::Value::String(item).to_string()
        }
    });
    items.collect::<Vec<_>>().join("\n")
}

/// Reads what [`lines`] writes; blank lines are passed over.
pub(crate) fn texts(cell: &str) -> impl Iterator<Item = String> {
    let lines = cell.split(['\r', '\n']).map(str::trim);
    let lines = lines.filter(|line| !line.is_empty());
    lines.map(|line| string(line).unwrap_or_else(|| line.to_owned()))
}

fn string(text: &str) -> Option<String> {
    text.starts_with('"')
        .then(|| serde_json::from_str(text).ok())?
}
