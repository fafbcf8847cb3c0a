use serde_json::Value;

use crate::model::component::Component;
use crate::model::hash::Hash;
use crate::model::reference::ExternalReference;
use crate::model::service::Service;
use crate::model::text::Version;
use crate::shape::{Kind, Wire, objects};

objects! {
    /// Lists the tools that were used, as components and services.
    ToolSet = "tools" {
        /// Returns the components.
        optional many components with_components: Component = "components" V1_5 [unique = true];
        /// Returns the services.
        optional many services with_services: Service = "services" V1_5 [unique = true];
    }

    /// Describes a tool as CycloneDX did before 1.5.
    Tool = "tool" {
        /// Returns who makes the tool.
        optional text vendor with_vendor: String = "vendor" V1_2;
        /// Returns the name.
        optional text name with_name: String = "name" V1_2;
        /// Returns the version.
        optional text version with_version: Version = "version" V1_2;
        /// Returns the digests.
        optional many hashes with_hashes: Hash = "hashes" V1_2;
        /// Returns what is pointed to outside the document.
        optional many external_references with_external_references: ExternalReference = "externalReferences" V1_2;
    }
}

/// Lists the tools that were used, in either of the two forms of CycloneDX.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "CycloneDX has two forms, of which one is going"
)]
pub enum Tools {
    /// The form before 1.5, which is deprecated.
    List(Vec<Tool>),
    /// Components and services.
    Set(ToolSet),
}

impl Wire for Tools {
    const KIND: Kind = Kind::Either(&[ToolSet::KIND, Vec::<Tool>::KIND]);

    fn from_value(value: Value) -> Option<Self> {
        if value.is_array() {
            return Vec::from_value(value).map(Self::List);
        }
        ToolSet::from_value(value).map(Self::Set)
    }

    fn to_value(&self) -> Value {
        match self {
            Self::List(tools) => tools.to_value(),
            Self::Set(tools) => tools.to_value(),
        }
    }
}

impl From<ToolSet> for Tools {
    fn from(tools: ToolSet) -> Self {
        Self::Set(tools)
    }
}
