/// A type of array elements: as numpy writes it, and what it takes in a file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Dtype {
    word: String,
    item_size: u64,
    has_objects: bool,
}

impl Dtype {
    /// Reads a simple type such as `<f4`, `|O` or `<M8[ns]`, the "array interface" strings of
    /// numpy. The byte order may be missing.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        let rest = word.strip_prefix(['<', '>', '|', '=']).unwrap_or(word);
        let mut characters = rest.chars();
        let kind = characters.next()?;
        let tail = characters.as_str();
        let (digits, unit) = tail
            .split_once('[')
            .map_or((tail, ""), |(digits, unit)| (digits, unit));
        let is_time = matches!(kind, 'M' | 'm') && unit.ends_with(']');
        if !unit.is_empty() && !is_time {
            return None;
        }
        if digits.is_empty() {
            return (rest == "O").then(|| Self::objects(word));
        }
        let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
        let size: u64 = digits.parse().ok().filter(|_| all_digits)?;
        let item_size = match (kind, size) {
            ('b', 1) | ('i' | 'u', 1 | 2 | 4 | 8) | ('f', 2 | 4 | 8 | 12 | 16) => size,
            ('c', 8 | 16 | 24 | 32) | ('M' | 'm', 8) | ('S' | 'a' | 'V', _) => size,
            ('U', _) => size.checked_mul(4)?,
            ('O', 4 | 8) => return Some(Self::objects(word)),
            _ => return None,
        };
        Some(Self {
            word: word.to_owned(),
            item_size,
            has_objects: false,
        })
    }

    /// Puts a byte order before the type that has none: `f4` becomes `<f4`.
    pub(crate) fn with_order(self, order: &str) -> Self {
        let bare = self.word.trim_start_matches(['<', '>', '|', '=']);
        Self {
            word: format!("{order}{bare}"),
            ..self
        }
    }

    /// Replaces the size of one element, for types that state it beside their name.
    pub(crate) fn with_item_size(self, item_size: u64) -> Self {
        Self { item_size, ..self }
    }

    /// Says that elements, or fields of them, are Python objects.
    pub(crate) fn with_objects(self) -> Self {
        Self {
            has_objects: true,
            ..self
        }
    }

    /// A structure of fields, such as `[('a', '<f4')]`.
    pub(crate) fn structure(word: String, item_size: u64) -> Self {
        Self {
            word,
            item_size,
            has_objects: false,
        }
    }

    pub(crate) fn word(&self) -> &str {
        &self.word
    }

    pub(crate) const fn item_size(&self) -> u64 {
        self.item_size
    }

    /// Tells whether loading such an array unpickles it.
    pub(crate) const fn has_objects(&self) -> bool {
        self.has_objects
    }

    fn objects(word: &str) -> Self {
        Self {
            word: word.to_owned(),
            item_size: 8,
            has_objects: true,
        }
    }
}
