use modelward_artifact::Date;

use crate::format::aiid::{AiidAttribute, AiidError, AiidField};

/// Says what a submission to the database needs and no record has.
///
/// ```
/// use modelward_incident::export::aiid::AiidOptions;
/// use modelward_incident::format::aiid::AiidField;
///
/// let options = AiidOptions::new("2026-11-26".parse()?)
///     .with_submitter("Jo Example")
///     .with_choice(AiidField::LocationRegion, &["Europe"])?;
/// assert_eq!(options.attributes().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct AiidOptions {
    pub(super) today: Date,
    pub(super) description: Option<String>,
    pub(super) submitters: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) attributes: Vec<AiidAttribute>,
}

impl AiidOptions {
    /// Begins with the day of the submission.
    #[must_use]
    pub const fn new(today: Date) -> Self {
        Self {
            today,
            description: None,
            submitters: Vec::new(),
            tags: Vec::new(),
            language: None,
            attributes: Vec::new(),
        }
    }

    /// Sets a description of the incident of 3 to 500 characters, which takes the place of the
    /// record's summary.
    #[must_use]
    pub fn with_description(mut self, description: &str) -> Self {
        self.description = Some(description.to_owned());
        self
    }

    /// Adds who submits it.
    #[must_use]
    pub fn with_submitter(mut self, name: &str) -> Self {
        self.submitters.push(name.to_owned());
        self
    }

    /// Adds a tag.
    #[must_use]
    pub fn with_tag(mut self, tag: &str) -> Self {
        self.tags.push(tag.to_owned());
        self
    }

    /// Sets the language of the account, `en` unless it is set.
    #[must_use]
    pub fn with_language(mut self, language: &str) -> Self {
        self.language = Some(language.to_owned());
        self
    }

    /// Adds what a person says in the words of CSET or MIT. It takes the place of what follows from
    /// the record.
    ///
    /// # Errors
    ///
    /// As of [`AiidAttribute::new`].
    pub fn with_choice(mut self, field: AiidField, values: &[&str]) -> Result<Self, AiidError> {
        self.attributes.push(AiidAttribute::new(field, values)?);
        Ok(self)
    }

    /// Returns what a person says in the words of CSET or MIT.
    #[must_use]
    pub fn attributes(&self) -> &[AiidAttribute] {
        &self.attributes
    }
}
