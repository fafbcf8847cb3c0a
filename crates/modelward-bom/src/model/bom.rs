mod items;

pub(crate) use self::items::List;

use serde_json::Value;

use crate::SpecVersion;
use crate::model::annotation::Annotation;
use crate::model::citation::Citation;
use crate::model::component::Component;
use crate::model::composition::Composition;
use crate::model::declaration::Declarations;
use crate::model::dependency::Dependency;
use crate::model::formulation::Formula;
use crate::model::metadata::Metadata;
use crate::model::number::Positive;
use crate::model::property::Property;
use crate::model::reference::ExternalReference;
use crate::model::service::Service;
use crate::model::standard::Definitions;
use crate::model::text::SerialNumber;
use crate::model::vulnerability::Vulnerability;
use crate::shape::{Kind, Wire, Word, objects, words};
use crate::version::schema_address;

objects! {
    /// Holds a CycloneDX document: the inventory of one or several models and what they stand on.
    MlBom = "bom" {
        /// Returns the address of the schema.
        fixed text schema with_schema: String = "$schema" V1_2;
        /// Returns the name of the format.
        required copy bom_format with_bom_format: BomFormat = "bomFormat" V1_2;
        /// Returns the version of CycloneDX.
        required copy spec_version with_spec_version: SpecVersion = "specVersion" V1_2;
        /// Returns the serial number.
        optional text serial_number with_serial_number: SerialNumber = "serialNumber" V1_2;
        /// Returns the number of the document among those of its serial number.
        optional one version with_version: Positive = "version" V1_2;
        /// Returns what the document says of itself and what it is about.
        optional one metadata with_metadata: Metadata = "metadata" V1_2;
        /// Returns the components beside the one that the document is about.
        optional many components with_components: Component = "components" V1_2 [unique = true];
        /// Returns the services.
        optional many services with_services: Service = "services" V1_2 [unique = true];
        /// Returns what is pointed to outside the document.
        optional many external_references with_external_references: ExternalReference = "externalReferences" V1_2;
        /// Returns which components need others.
        optional many dependencies with_dependencies: Dependency = "dependencies" V1_2 [unique = true];
        /// Returns how complete the document is.
        optional many compositions with_compositions: Composition = "compositions" V1_2 [unique = true];
        /// Returns the vulnerabilities.
        optional many vulnerabilities with_vulnerabilities: Vulnerability = "vulnerabilities" V1_2 [unique = true];
        /// Returns remarks.
        optional many annotations with_annotations: Annotation = "annotations" V1_5 [unique = true];
        /// Returns how components were made.
        optional many formulation with_formulation: Formula = "formulation" V1_5 [unique = true];
        /// Returns what is attested.
        optional one declarations with_declarations: Declarations = "declarations" V1_6;
        /// Returns standards and patents that are referred to.
        optional one definitions with_definitions: Definitions = "definitions" V1_6;
        /// Returns where values come from (1.7).
        optional many citations with_citations: Citation = "citations" V1_7 [unique = true];
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_5;
        /// Returns the signature inside the document (JSON Signature Format), as it is written: it is not verified.
        optional one signature with_signature: Value = "signature" V1_2;
    }
}

words! {
    /// Names the format of the document.
    BomFormat {
        CycloneDx = "CycloneDX" V1_2,
    }
}

impl MlBom {
    /// Makes a document that says nothing yet.
    #[must_use]
    pub fn new(version: SpecVersion) -> Self {
        Self::bare(BomFormat::CycloneDx, version)
    }

    /// Names the JSON schema of the document's version (`$schema`).
    #[must_use]
    pub fn with_schema_of_version(mut self) -> Self {
        self.schema = Some(schema_address(self.spec_version));
        self
    }
}

impl Wire for SpecVersion {
    const KIND: Kind = Kind::Words(&[
        word("1.2"),
        word("1.3"),
        word("1.4"),
        word("1.5"),
        word("1.6"),
        word("1.7"),
    ]);

    fn from_value(value: Value) -> Option<Self> {
        value.as_str()?.parse().ok()
    }

    fn to_value(&self) -> Value {
        self.name().into()
    }
}

/// The version is no newer than itself.
const fn word(name: &'static str) -> Word {
    Word {
        name,
        since: SpecVersion::V1_2,
    }
}
