use serde_json::Value;

use crate::model::property::Property;
use crate::model::reference::ExternalReference;
use crate::model::text::{BomRef, OpenCre};
use crate::shape::objects;

objects! {
    /// Holds standards and patents that the document refers to.
    Definitions = "definitions" {
        /// Returns the standards.
        optional many standards with_standards: Standard = "standards" V1_6;
        /// Returns the patents, as they are written.
        optional many patents with_patents: Value = "patents" V1_7;
    }

    /// Describes a standard.
    Standard = "standard" {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_6;
        /// Returns the name.
        optional text name with_name: String = "name" V1_6;
        /// Returns the version.
        optional text version with_version: String = "version" V1_6;
        /// Returns the description.
        optional text description with_description: String = "description" V1_6;
        /// Returns who owns the standard.
        optional text owner with_owner: String = "owner" V1_6;
        /// Returns the requirements.
        optional many requirements with_requirements: Requirement = "requirements" V1_6;
        /// Returns the levels.
        optional many levels with_levels: StandardLevel = "levels" V1_6;
        /// Returns what is pointed to outside the document.
        optional many external_references with_external_references: ExternalReference = "externalReferences" V1_6;
        /// Returns the signature inside the document (JSON Signature Format), as it is written: it is not verified.
        optional one signature with_signature: Value = "signature" V1_6;
    }

    /// States one requirement of a standard.
    Requirement = "requirement" {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_6;
        /// Returns the identifier.
        optional text identifier with_identifier: String = "identifier" V1_6;
        /// Returns the title.
        optional text title with_title: String = "title" V1_6;
        /// Returns the text.
        optional text text with_text: String = "text" V1_6;
        /// Returns explanations.
        optional many descriptions with_descriptions: String = "descriptions" V1_6;
        /// Returns the numbers in the Common Requirement Enumeration.
        optional many open_cre with_open_cre: OpenCre = "openCre" V1_6;
        /// Returns the `bom-ref` of the requirement above it.
        optional text parent with_parent: BomRef = "parent" V1_6;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_6;
        /// Returns what is pointed to outside the document.
        optional many external_references with_external_references: ExternalReference = "externalReferences" V1_6;
    }

    /// Names a level of a standard and its requirements.
    StandardLevel = "level" {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_6;
        /// Returns the identifier.
        optional text identifier with_identifier: String = "identifier" V1_6;
        /// Returns the title.
        optional text title with_title: String = "title" V1_6;
        /// Returns the description.
        optional text description with_description: String = "description" V1_6;
        /// Returns the `bom-ref` of each requirement.
        optional many requirements with_requirements: BomRef = "requirements" V1_6;
    }
}
