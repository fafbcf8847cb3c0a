use modelward_artifact::Text;

use crate::format::atlas::{AtlasData, CaseStudyId, StudyKind};

/// Says what a case study has and the record has not.
///
/// ```
/// use modelward_incident::export::atlas::AtlasOptions;
/// use modelward_incident::format::atlas::StudyKind;
///
/// let options = AtlasOptions::new()
///     .with_kind(StudyKind::Exercise)
///     .with_actor("our red team".parse()?);
/// # Ok::<(), modelward_artifact::ParseTextError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct AtlasOptions<'a> {
    pub(super) id: Option<CaseStudyId>,
    pub(super) kind: Option<StudyKind>,
    pub(super) actor: Option<Text>,
    pub(super) reporter: Option<Text>,
    pub(super) data: Option<&'a AtlasData>,
}

impl<'a> AtlasOptions<'a> {
    /// Says nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the id that ATLAS gave.
    #[must_use]
    pub fn with_id(mut self, id: CaseStudyId) -> Self {
        self.id = Some(id);
        self
    }

    /// Says whether it is an attack or an exercise.
    #[must_use]
    pub fn with_kind(mut self, kind: StudyKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Names who attacked. It is not of the record, so no label keeps it from leaving.
    #[must_use]
    pub fn with_actor(mut self, actor: Text) -> Self {
        self.actor = Some(actor);
        self
    }

    /// Names who reported it. It is not of the record, so no label keeps it from leaving.
    #[must_use]
    pub fn with_reporter(mut self, reporter: Text) -> Self {
        self.reporter = Some(reporter);
        self
    }

    /// Takes the tactic of a technique that names none from a release of ATLAS.
    #[must_use]
    pub const fn with_data(mut self, data: &'a AtlasData) -> Self {
        self.data = Some(data);
        self
    }
}
