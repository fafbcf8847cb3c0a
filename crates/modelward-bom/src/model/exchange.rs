use serde_json::Value;

use crate::model::attachment::Attachment;
use crate::model::property::Property;
use crate::model::reference::ExternalReference;
use crate::model::text::BomRef;
use crate::shape::{Kind, Wire, objects, words};

words! {
    /// Says what a task made.
    OutputKind {
        Artifact = "artifact" V1_5,
        Attestation = "attestation" V1_5,
        Evidence = "evidence" V1_5,
        Log = "log" V1_5,
        Metrics = "metrics" V1_5,
        Other = "other" V1_5,
    }
}

objects! {
    /// Describes what a task takes.
    WorkflowInput = "inputType" [exactly_one: &[&["resource", "parameters", "environmentVars", "data"]]] {
        /// Returns where it comes from.
        optional one source with_source: ResourceReference = "source" V1_5;
        /// Returns where it goes.
        optional one target with_target: ResourceReference = "target" V1_5;
        /// Returns the resource.
        fixed one resource with_resource: ResourceReference = "resource" V1_5;
        /// Returns the parameters.
        fixed many parameters with_parameters: Parameter = "parameters" V1_5 [unique = true];
        /// Returns environment variables.
        fixed many environment_vars with_environment_vars: EnvironmentVariable = "environmentVars" V1_5 [unique = true];
        /// Returns the data.
        fixed one data with_data: Attachment = "data" V1_5;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_5;
    }

    /// Describes what a task makes.
    WorkflowOutput = "outputType" [exactly_one: &[&["resource", "environmentVars", "data"]]] {
        /// Returns the kind.
        optional copy kind with_kind: OutputKind = "type" V1_5;
        /// Returns where it comes from.
        optional one source with_source: ResourceReference = "source" V1_5;
        /// Returns where it goes.
        optional one target with_target: ResourceReference = "target" V1_5;
        /// Returns the resource.
        fixed one resource with_resource: ResourceReference = "resource" V1_5;
        /// Returns the data.
        fixed one data with_data: Attachment = "data" V1_5;
        /// Returns environment variables.
        fixed many environment_vars with_environment_vars: EnvironmentVariable = "environmentVars" V1_5 [unique = true];
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_5;
    }

    /// Names something inside or outside the document.
    ResourceReference = "resourceReferenceChoice" [exactly_one: &[&["ref", "externalReference"]]] {
        /// Returns the `bom-ref`, or the BOM-Link of something in another document.
        fixed text reference with_reference: BomRef = "ref" V1_5;
        /// Returns the address.
        fixed one external_reference with_external_reference: ExternalReference = "externalReference" V1_5;
    }

    /// States a parameter of a task.
    Parameter = "parameter" {
        /// Returns the name.
        optional text name with_name: String = "name" V1_5;
        /// Returns the value.
        optional text value with_value: String = "value" V1_5;
        /// Returns the type.
        optional text data_type with_data_type: String = "dataType" V1_5;
    }
}

/// Holds an environment variable: a name and its value, or a text as it stands.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "CycloneDX has these two forms")]
pub enum EnvironmentVariable {
    /// A name and its value.
    Property(Property),
    /// A text as it stands, such as `HOME=/root`.
    Text(String),
}

impl Wire for EnvironmentVariable {
    const KIND: Kind = Kind::Either(&[Property::KIND, String::KIND]);

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self::Text(text)),
            value => Property::from_value(value).map(Self::Property),
        }
    }

    fn to_value(&self) -> Value {
        match self {
            Self::Property(property) => property.to_value(),
            Self::Text(text) => text.to_value(),
        }
    }
}

impl ResourceReference {
    /// Names a part of the document.
    #[must_use]
    pub fn of_reference(reference: BomRef) -> Self {
        let mut resource = Self::bare();
        resource.reference = Some(reference);
        resource
    }

    /// Names something outside the document.
    #[must_use]
    pub fn of_external(external: ExternalReference) -> Self {
        let mut resource = Self::bare();
        resource.external_reference = Some(Box::new(external));
        resource
    }
}

impl WorkflowInput {
    /// States that a task takes data.
    #[must_use]
    pub fn of_data(data: Attachment) -> Self {
        let mut input = Self::bare();
        input.data = Some(Box::new(data));
        input
    }

    /// States that a task takes environment variables.
    #[must_use]
    pub fn of_environment(variables: impl IntoIterator<Item = EnvironmentVariable>) -> Self {
        let mut input = Self::bare();
        input.environment_vars = Some(variables.into_iter().collect());
        input
    }

    /// States that a task takes parameters.
    #[must_use]
    pub fn of_parameters(parameters: impl IntoIterator<Item = Parameter>) -> Self {
        let mut input = Self::bare();
        input.parameters = Some(parameters.into_iter().collect());
        input
    }

    /// States that a task takes a resource, such as a dataset.
    #[must_use]
    pub fn of_resource(resource: ResourceReference) -> Self {
        let mut input = Self::bare();
        input.resource = Some(Box::new(resource));
        input
    }
}

impl WorkflowOutput {
    /// States that a task makes data.
    #[must_use]
    pub fn of_data(data: Attachment) -> Self {
        let mut output = Self::bare();
        output.data = Some(Box::new(data));
        output
    }

    /// States that a task sets environment variables.
    #[must_use]
    pub fn of_environment(variables: impl IntoIterator<Item = EnvironmentVariable>) -> Self {
        let mut output = Self::bare();
        output.environment_vars = Some(variables.into_iter().collect());
        output
    }

    /// States that a task makes a resource, such as a model.
    #[must_use]
    pub fn of_resource(resource: ResourceReference) -> Self {
        let mut output = Self::bare();
        output.resource = Some(Box::new(resource));
        output
    }
}
