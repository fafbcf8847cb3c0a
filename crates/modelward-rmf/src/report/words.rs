use modelward_artifact::{Date, Timestamp};

use crate::{Confidence, Independence, Method, Priority, Subcategory};

/// Says a number of things, such as `1 risk` and `2 risks`.
pub(super) fn counted(count: usize, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{plural}")
}

/// Joins parts as a sentence does: `a, b and c`.
pub(super) fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Holds a day and, where it has passed, how long ago.
pub(super) struct Deadline {
    pub(super) on: String,
    /// Empty where the day has not passed.
    pub(super) late: String,
}

impl Deadline {
    /// Writes the last day for something to be done.
    pub(super) fn due(on: Date, now: Timestamp) -> Self {
        Self::new(on, now, |days| format!("overdue by {days}"))
    }

    /// Writes the last day on which something counts.
    pub(super) fn expiry(on: Date, now: Timestamp) -> Self {
        Self::new(on, now, |days| format!("expired {days} ago"))
    }

    /// Writes that no day is set.
    pub(super) fn none() -> Self {
        Self {
            on: "not set".to_owned(),
            late: String::new(),
        }
    }

    fn new(on: Date, now: Timestamp, late: impl Fn(String) -> String) -> Self {
        let days = now.date().days_since(on).unwrap_or(0);
        let days = usize::try_from(days).unwrap_or(usize::MAX);
        let late = on.is_over(now).then(|| late(counted(days, "day")));
        Self {
            on: on.to_string(),
            late: late.unwrap_or_default(),
        }
    }

    pub(super) const fn is_late(&self) -> bool {
        !self.late.is_empty()
    }

    /// Writes both in a line.
    pub(super) fn text(&self) -> String {
        if self.late.is_empty() {
            self.on.clone()
        } else {
            format!("{}, {}", self.on, self.late)
        }
    }
}

/// Returns the fragment by which a page links to a subcategory.
pub(super) fn anchor(subcategory: Subcategory) -> String {
    subcategory.to_string().to_lowercase().replace(' ', "-")
}

/// Returns what ids are sorted by, so that `R-9` stands before `R-10`.
pub(super) fn natural(id: &str) -> (String, String) {
    let mut key = String::new();
    let mut rest = id;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (text, digits) = rest.split_at(at);
        let end = digits
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(digits.len());
        let number = digits[..end].trim_start_matches('0');
        key.push_str(text);
        // The number of digits decides first; no key has more than 128.
        key.extend(u32::try_from(number.len()).ok().and_then(char::from_u32));
        key.push_str(number);
        rest = &digits[end..];
    }
    key.push_str(rest);
    (key, id.to_owned())
}

pub(super) const fn independence(independence: Option<Independence>) -> &'static str {
    match independence {
        Some(Independence::FirstLine) => {
            "First line: the assessor belongs to those who built or run the system"
        }
        Some(Independence::Internal) => {
            "Internal: the assessor belongs to the organization, but not to those who built or run \
             the system"
        }
        Some(Independence::External) => "External: the assessor belongs to another organization",
        None => "Not stated",
    }
}

pub(super) const fn priority(priority: Option<Priority>) -> &'static str {
    match priority {
        Some(Priority::High) => "High",
        Some(Priority::Medium) => "Medium",
        Some(Priority::Low) => "Low",
        None => "None",
    }
}

pub(super) const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "High confidence",
        Confidence::Medium => "Medium confidence",
        Confidence::Low => "Low confidence",
    }
}

pub(super) const fn method(method: Method) -> &'static str {
    match method {
        Method::Examine => "Examined",
        Method::Interview => "Interview",
        Method::Test => "Tested",
    }
}

/// Writes a text with a capital.
pub(super) fn capital_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next();
    first.map_or_else(String::new, |first| {
        format!("{}{}", first.to_uppercase(), chars.as_str())
    })
}

/// Writes a name of documents with a capital, such as `In progress` for `in-progress`.
pub(super) fn capital(name: &str) -> String {
    capital_first(&name.replace('-', " "))
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn numbers_in_ids_sort_as_numbers() {
        let mut ids = [
            "R-10", "R-9", "R-2.b", "R-2.a", "A-11", "R-002.a", "R", "R-0",
        ];
        ids.sort_by_cached_key(|id| natural(id));
        let sorted = [
            "A-11", "R", "R-0", "R-002.a", "R-2.a", "R-2.b", "R-9", "R-10",
        ];
        assert_eq!(ids, sorted);
    }
}
