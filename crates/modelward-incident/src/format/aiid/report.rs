use serde_json::{Map, Value};

use super::links::{Target, named};
use super::members::{Place, number};

/// Names an article about an incident.
///
/// A row of the database has its number alone; GraphQL may give its title, address and more.
#[derive(Clone, Debug, PartialEq)]
pub struct AiidReport {
    number: u64,
    details: Option<Map<String, Value>>,
}

impl AiidReport {
    /// Returns the number of the report, from 1 on.
    #[must_use]
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// Returns the title where the document has it.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.detail("title")
    }

    /// Returns the address where the document has it. It is not checked.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.detail("url")
    }

    fn detail(&self, member: &str) -> Option<&str> {
        let details = self.details.as_ref();
        details.and_then(|details| details.get(member)?.as_str())
    }
}

impl Target for AiidReport {
    fn read(place: Place<'_>, value: Value) -> Option<Self> {
        if value.is_object() {
            let (number, details) = named(place, value, "report_number", number)?;
            let details = Some(details);
            return Some(Self { number, details });
        }
        let number = number(place, value)?;
        let details = None;
        Some(Self { number, details })
    }

    fn write(&self) -> Value {
        let number = Value::from(self.number);
        let Some(details) = &self.details else {
            return number;
        };
        let mut object = details.clone();
        object.insert("report_number".to_owned(), number);
        Value::Object(object)
    }
}
