use serde_json::Value;

use crate::model::dataset::DataGovernance;
use crate::model::license::LicenseChoice;
use crate::model::party::OrganizationalEntity;
use crate::model::property::Property;
use crate::model::reference::ExternalReference;
use crate::model::release::ReleaseNotes;
use crate::model::text::{BomRef, Iri, Version};
use crate::shape::{objects, words};

words! {
    /// Says which way data goes.
    DataFlow {
        BiDirectional = "bi-directional" V1_2,
        Inbound = "inbound" V1_2,
        Outbound = "outbound" V1_2,
        Unknown = "unknown" V1_2,
    }
}

objects! {
    /// Describes a service.
    Service = "service" {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_2;
        /// Returns who provides the service.
        optional one provider with_provider: OrganizationalEntity = "provider" V1_2;
        /// Returns the group, namespace or owner.
        optional text group with_group: String = "group" V1_2;
        /// Returns the name.
        required text name with_name: String = "name" V1_2;
        /// Returns the version.
        optional text version with_version: Version = "version" V1_2;
        /// Returns the description.
        optional text description with_description: String = "description" V1_2;
        /// Returns the addresses of the service.
        optional many endpoints with_endpoints: Iri = "endpoints" V1_2;
        /// Returns whether the service asks who calls.
        optional copy authenticated with_authenticated: bool = "authenticated" V1_2;
        /// Returns whether a call crosses a boundary of trust.
        optional copy trust_boundary with_trust_boundary: bool = "x-trust-boundary" V1_2;
        /// Returns the zone of trust.
        optional text trust_zone with_trust_zone: String = "trustZone" V1_5;
        /// Returns the data that goes in and out.
        optional many data with_data: ServiceData = "data" V1_2;
        /// Returns the licenses.
        optional many licenses with_licenses: LicenseChoice = "licenses" V1_2;
        /// Returns what is asserted of patents, as it is written.
        optional one patent_assertions with_patent_assertions: Value = "patentAssertions" V1_7;
        /// Returns what is pointed to outside the document.
        optional many external_references with_external_references: ExternalReference = "externalReferences" V1_2;
        /// Returns the services.
        optional many services with_services: Service = "services" V1_2 [unique = true];
        /// Returns what its release brought.
        optional one release_notes with_release_notes: ReleaseNotes = "releaseNotes" V1_2;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_2;
        /// Returns the words by which it is found.
        optional many tags with_tags: String = "tags" V1_6;
        /// Returns the signature inside the document (JSON Signature Format), as it is written: it is not verified.
        optional one signature with_signature: Value = "signature" V1_2;
    }

    /// Describes data that a service takes or gives.
    ServiceData = "serviceData" {
        /// Returns which way the data goes.
        required copy flow with_flow: DataFlow = "flow" V1_2;
        /// Returns how the data is classified.
        required text classification with_classification: String = "classification" V1_2;
        /// Returns the name.
        optional text name with_name: String = "name" V1_5;
        /// Returns the description.
        optional text description with_description: String = "description" V1_5;
        /// Returns who answers for the data.
        optional one governance with_governance: DataGovernance = "governance" V1_5;
        /// Returns where the data comes from.
        optional many source with_source: Iri = "source" V1_5;
        /// Returns where the data goes.
        optional many destination with_destination: Iri = "destination" V1_5;
    }
}
