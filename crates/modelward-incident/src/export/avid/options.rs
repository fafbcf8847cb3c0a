use modelward_artifact::{Date, Text};

use crate::format::avid::{LangText, LifecycleStage, ProblemClass, ProblemKind, SepCategory};

/// The language that the database writes everywhere.
const ENGLISH: &str = "eng";

/// Says what a document of AVID has beside what the record of an incident holds.
///
/// Only the day has to be given. Nobody is credited who is not named here.
///
/// ```
/// use modelward_incident::export::avid::AvidOptions;
/// use modelward_incident::format::avid::{LifecycleStage, SepCategory};
///
/// let options = AvidOptions::new("2026-11-26".parse()?)
///     .identified("ACME-R-7".parse()?)
///     .with_sep_view(&[SepCategory::find("S0600").ok_or("is one")?])
///     .with_lifecycle(&[LifecycleStage::DataPreparation])
///     .crediting("Jo Example".parse()?);
/// assert_eq!(options.day().to_string(), "2026-11-26");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AvidOptions {
    day: Date,
    id: Option<Text>,
    class: ProblemClass,
    kind: ProblemKind,
    lang: Box<str>,
    sep_view: Vec<SepCategory>,
    lifecycle: Vec<LifecycleStage>,
    credit: Vec<Text>,
}

impl AvidOptions {
    /// Takes the day on which the document is given to others.
    #[must_use]
    pub fn new(day: Date) -> Self {
        Self {
            day,
            id: None,
            class: ProblemClass::Undefined,
            kind: ProblemKind::Issue,
            lang: ENGLISH.into(),
            sep_view: Vec::new(),
            lifecycle: Vec::new(),
            credit: Vec::new(),
        }
    }

    /// Sets the name that the database gave.
    #[must_use]
    pub fn identified(mut self, id: Text) -> Self {
        self.id = Some(id);
        self
    }

    /// Sets class and type, which are undefined and issue otherwise.
    #[must_use]
    pub const fn with_problem(mut self, class: ProblemClass, kind: ProblemKind) -> Self {
        self.class = class;
        self.kind = kind;
        self
    }

    /// Sets the language of all texts, which is `eng` otherwise.
    #[must_use]
    pub fn in_language(mut self, lang: &Text) -> Self {
        self.lang = lang.as_str().into();
        self
    }

    /// Sets the categories, which follow from the kinds of the incident otherwise.
    #[must_use]
    pub fn with_sep_view(mut self, sep_view: &[SepCategory]) -> Self {
        self.sep_view = sep_view.to_vec();
        self
    }

    /// Sets the stages that the problem is from. The record does not say them.
    #[must_use]
    pub fn with_lifecycle(mut self, lifecycle: &[LifecycleStage]) -> Self {
        self.lifecycle = lifecycle.to_vec();
        self
    }

    /// Adds somebody who is to be thanked.
    #[must_use]
    pub fn crediting(mut self, name: Text) -> Self {
        self.credit.push(name);
        self
    }

    /// Returns the day.
    #[must_use]
    pub const fn day(&self) -> Date {
        self.day
    }

    pub(super) const fn id(&self) -> Option<&Text> {
        self.id.as_ref()
    }

    pub(super) const fn class(&self) -> ProblemClass {
        self.class
    }

    pub(super) const fn kind(&self) -> ProblemKind {
        self.kind
    }

    pub(super) fn sep_view(&self) -> &[SepCategory] {
        &self.sep_view
    }

    pub(super) fn lifecycle(&self) -> &[LifecycleStage] {
        &self.lifecycle
    }

    pub(super) fn credit(&self) -> &[Text] {
        &self.credit
    }

    pub(super) fn text(&self, text: impl Into<String>) -> LangText {
        LangText::new(&*self.lang, text)
    }
}
