use super::super::id::CaseStudyId;
use super::super::node::Node;
use super::super::reference::Reference;
use super::super::step::ProcedureStep;
use super::{CaseStudy, StudyKind};

impl CaseStudy {
    /// Returns the object in the form of the official schemas, members in the order of ATLAS.
    pub(super) fn object(&self) -> Node {
        let procedure = self.procedure.iter().map(ProcedureStep::object);
        let references = self.references.iter().map(Reference::object);
        let mut object = Node::map();
        object.put_some("id", self.id.as_ref().map(CaseStudyId::as_str));
        object.put("name", &*self.name);
        object.put("object-type", "case-study");
        object.put("summary", &*self.summary);
        object.put("incident-date", self.date.text());
        object.put("incident-date-granularity", self.date.granularity().name());
        object.put("procedure", Node::List(procedure.collect()));
        object.put_some("reporter", self.reporter.as_deref());
        object.put_some("target", self.target.as_deref());
        object.put_some("actor", self.actor.as_deref());
        object.put_some("case-study-type", self.kind.as_ref().map(StudyKind::name));
        if !self.references.is_empty() {
            object.put("references", Node::List(references.collect()));
        }
        object.put_all(&self.others);
        object
    }
}

impl StudyKind {
    /// Returns the word of the official schemas.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Exercise => "exercise",
            Self::Incident => "incident",
            Self::Other(word) => word,
        }
    }
}
