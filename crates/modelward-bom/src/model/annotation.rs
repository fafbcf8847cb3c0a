use serde_json::Value;

use crate::model::component::Component;
use crate::model::party::{OrganizationalContact, OrganizationalEntity};
use crate::model::service::Service;
use crate::model::text::{BomRef, DateTime};
use crate::shape::objects;

objects! {
    /// Holds a remark on parts of the document.
    Annotation = "annotations" {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_5;
        /// Returns the `bom-ref` of each subject.
        required many subjects with_subjects: BomRef = "subjects" V1_5 [unique = true];
        /// Returns who made the remark.
        required one annotator with_annotator: Annotator = "annotator" V1_5;
        /// Returns when it was.
        required text timestamp with_timestamp: DateTime = "timestamp" V1_5;
        /// Returns the text.
        required text text with_text: String = "text" V1_5;
        /// Returns the signature inside the document (JSON Signature Format), as it is written: it is not verified.
        optional one signature with_signature: Value = "signature" V1_5;
    }

    /// Names who made a remark.
    Annotator = "annotator" [exactly_one: &[&["organization", "individual", "component", "service"]]] {
        /// Returns the organization.
        fixed one organization with_organization: OrganizationalEntity = "organization" V1_5;
        /// Returns the person.
        fixed one individual with_individual: OrganizationalContact = "individual" V1_5;
        /// Returns the component.
        fixed one component with_component: Component = "component" V1_5;
        /// Returns the service.
        fixed one service with_service: Service = "service" V1_5;
    }
}

impl Annotator {
    /// Names a component, such as the tool that made the remark.
    #[must_use]
    pub fn of_component(component: Component) -> Self {
        let mut annotator = Self::bare();
        annotator.component = Some(Box::new(component));
        annotator
    }

    /// Names a person.
    #[must_use]
    pub fn of_individual(individual: OrganizationalContact) -> Self {
        let mut annotator = Self::bare();
        annotator.individual = Some(Box::new(individual));
        annotator
    }

    /// Names an organization.
    #[must_use]
    pub fn of_organization(organization: OrganizationalEntity) -> Self {
        let mut annotator = Self::bare();
        annotator.organization = Some(Box::new(organization));
        annotator
    }

    /// Names a service.
    #[must_use]
    pub fn of_service(service: Service) -> Self {
        let mut annotator = Self::bare();
        annotator.service = Some(Box::new(service));
        annotator
    }
}
