use serde_json::Value;

use crate::model::attachment::Attachment;
use crate::model::dataset::DataGovernance;
use crate::model::party::OrganizationalContact;
use crate::model::reference::ExternalReference;
use crate::model::text::{BomRef, DateTime, Iri};
use crate::shape::objects;

objects! {
    /// States something about a target.
    Claim = "claim" {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_6;
        /// Returns the `bom-ref` of what the claim is about.
        optional text target with_target: BomRef = "target" V1_6;
        /// Returns what is claimed.
        optional text predicate with_predicate: String = "predicate" V1_6;
        /// Returns the `bom-ref` of each mitigation.
        optional many mitigation_strategies with_mitigation_strategies: BomRef = "mitigationStrategies" V1_6;
        /// Returns why it holds.
        optional text reasoning with_reasoning: String = "reasoning" V1_6;
        /// Returns the `bom-ref` of the evidence for it.
        optional many evidence with_evidence: BomRef = "evidence" V1_6;
        /// Returns the `bom-ref` of the evidence against it.
        optional many counter_evidence with_counter_evidence: BomRef = "counterEvidence" V1_6;
        /// Returns what is pointed to outside the document.
        optional many external_references with_external_references: ExternalReference = "externalReferences" V1_6;
        /// Returns the signature inside the document (JSON Signature Format), as it is written: it is not verified.
        optional one signature with_signature: Value = "signature" V1_6;
    }

    /// Holds what supports or contradicts a claim.
    ClaimEvidence = "evidence" {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_6;
        /// Returns the name of what is shown.
        optional text property_name with_property_name: String = "propertyName" V1_6;
        /// Returns the description.
        optional text description with_description: String = "description" V1_6;
        /// Returns the data.
        optional many data with_data: EvidenceData = "data" V1_6;
        /// Returns when it was recorded.
        optional text created with_created: DateTime = "created" V1_6;
        /// Returns when it expires.
        optional text expires with_expires: DateTime = "expires" V1_6;
        /// Returns the person that made it, as one text (deprecated since 1.6).
        optional one author with_author: OrganizationalContact = "author" V1_6;
        /// Returns who reviewed it.
        optional one reviewer with_reviewer: OrganizationalContact = "reviewer" V1_6;
        /// Returns the signature inside the document (JSON Signature Format), as it is written: it is not verified.
        optional one signature with_signature: Value = "signature" V1_6;
    }

    /// Holds data that is evidence.
    EvidenceData = "evidence data" {
        /// Returns the name.
        optional text name with_name: String = "name" V1_6;
        /// Returns the data, or where it is.
        optional one contents with_contents: EvidenceContents = "contents" V1_6;
        /// Returns how the data is classified.
        optional text classification with_classification: String = "classification" V1_6;
        /// Returns what is sensitive in the data.
        optional many sensitive_data with_sensitive_data: String = "sensitiveData" V1_6;
        /// Returns who answers for the data.
        optional one governance with_governance: DataGovernance = "governance" V1_6;
    }

    /// Holds evidence, or tells where it is.
    EvidenceContents = "evidence contents" {
        /// Returns the data itself.
        optional one attachment with_attachment: Attachment = "attachment" V1_6;
        /// Returns the address.
        optional text url with_url: Iri = "url" V1_6;
    }
}
