use serde_json::Value;

use crate::model::attachment::Attachment;
use crate::model::graphics::GraphicsCollection;
use crate::model::party::{OrganizationalContact, OrganizationalEntity};
use crate::model::property::Property;
use crate::model::text::{BomRef, Iri};
use crate::shape::{Kind, Wire, objects, words};

words! {
    /// Says what data is (`componentData.type`).
    DataKind {
        Configuration = "configuration" V1_5,
        Dataset = "dataset" V1_5,
        Definition = "definition" V1_5,
        Other = "other" V1_5,
        SourceCode = "source-code" V1_5,
    }
}

objects! {
    /// Describes data: a dataset, a configuration, source code.
    ComponentData = "componentData" {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_5;
        /// Returns the kind.
        required copy kind with_kind: DataKind = "type" V1_5;
        /// Returns the name.
        optional text name with_name: String = "name" V1_5;
        /// Returns the data, or where it is.
        optional one contents with_contents: DataContents = "contents" V1_5;
        /// Returns how the data is classified.
        optional text classification with_classification: String = "classification" V1_5;
        /// Returns what is sensitive in the data.
        optional many sensitive_data with_sensitive_data: String = "sensitiveData" V1_5;
        /// Returns graphics.
        optional one graphics with_graphics: GraphicsCollection = "graphics" V1_5;
        /// Returns the description.
        optional text description with_description: String = "description" V1_5;
        /// Returns who answers for the data.
        optional one governance with_governance: DataGovernance = "governance" V1_5;
    }

    /// Holds data, or tells where it is.
    DataContents = "contents" {
        /// Returns the data itself.
        optional one attachment with_attachment: Attachment = "attachment" V1_5;
        /// Returns the address.
        optional text url with_url: Iri = "url" V1_5;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_5;
    }

    /// Names who answers for data.
    DataGovernance = "dataGovernance" {
        /// Returns who keeps the data.
        optional many custodians with_custodians: ResponsibleParty = "custodians" V1_5;
        /// Returns who looks after the use of the data.
        optional many stewards with_stewards: ResponsibleParty = "stewards" V1_5;
        /// Returns who owns the data.
        optional many owners with_owners: ResponsibleParty = "owners" V1_5;
    }

    /// Names an organization or a person that answers for data.
    ResponsibleParty = "dataGovernanceResponsibleParty" [exactly_one: &[&["organization", "contact"]]] {
        /// Returns the organization.
        fixed one organization with_organization: OrganizationalEntity = "organization" V1_5;
        /// Returns the person.
        fixed one contact with_contact: OrganizationalContact = "contact" V1_5;
    }
}

objects! {
    /// Refers to a dataset that is described elsewhere, usually as a component of kind `data`.
    DatasetReference = "dataReference" {
        /// Returns the `bom-ref`, or the BOM-Link of something in another document.
        required text reference with_reference: BomRef = "ref" V1_5;
    }
}

/// Names a dataset of a model: described in place, or by reference.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "CycloneDX has these two")]
pub enum DatasetChoice {
    /// The description.
    Inline(ComponentData),
    /// Where the description is.
    Reference(DatasetReference),
}

impl Wire for DatasetChoice {
    const KIND: Kind = Kind::Either(&[DatasetReference::KIND, ComponentData::KIND]);

    fn from_value(value: Value) -> Option<Self> {
        if value.get("type").is_none() {
            return DatasetReference::from_value(value).map(Self::Reference);
        }
        ComponentData::from_value(value).map(Self::Inline)
    }

    fn to_value(&self) -> Value {
        match self {
            Self::Inline(data) => data.to_value(),
            Self::Reference(reference) => reference.to_value(),
        }
    }
}

impl From<BomRef> for DatasetChoice {
    fn from(reference: BomRef) -> Self {
        Self::Reference(DatasetReference::new(reference))
    }
}

impl From<ComponentData> for DatasetChoice {
    fn from(data: ComponentData) -> Self {
        Self::Inline(data)
    }
}

impl ResponsibleParty {
    /// Names an organization.
    #[must_use]
    pub fn of_organization(organization: OrganizationalEntity) -> Self {
        let mut party = Self::bare();
        party.organization = Some(Box::new(organization));
        party
    }

    /// Names a person.
    #[must_use]
    pub fn of_contact(contact: OrganizationalContact) -> Self {
        let mut party = Self::bare();
        party.contact = Some(Box::new(contact));
        party
    }
}
