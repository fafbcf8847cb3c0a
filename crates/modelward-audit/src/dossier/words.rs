use modelward_artifact::Digest;

/// Says a number of things, such as `1 risk` and `2 risks`.
pub(super) fn counted(count: usize, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", grouped(count as u64))
}

/// Writes a number with its digits in groups of three.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Writes a size in bytes, and in a larger unit where that is easier to read.
pub(super) fn size(bytes: u64) -> String {
    let units = [
        ("TB", 1_000_000_000_000),
        ("GB", 1_000_000_000),
        ("MB", 1_000_000),
        ("kB", 1000),
    ];
    let exact = format!("{} bytes", grouped(bytes));
    let unit = units.into_iter().find(|(_, unit)| bytes >= *unit);
    unit.map_or(exact.clone(), |(name, unit)| {
        let unit = u128::from(unit);
        let tenths = (u128::from(bytes) * 10 + unit / 2) / unit;
        format!("{}.{} {name} ({exact})", tenths / 10, tenths % 10)
    })
}

/// Writes a text with a capital.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next();
    first.map_or_else(String::new, |first| {
        format!("{}{}", first.to_uppercase(), chars.as_str())
    })
}

/// Writes a name of documents as words with a capital, such as `In progress` for `in-progress`.
pub(super) fn title(name: &str) -> String {
    capital(&name.replace('-', " "))
}

/// Returns the beginning of a digest, by which people tell two of them apart.
pub(super) fn short(digest: &Digest) -> String {
    digest.to_hex().chars().take(12).collect()
}
