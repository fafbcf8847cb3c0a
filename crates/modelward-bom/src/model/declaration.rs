use serde_json::Value;

use crate::model::claim::{Claim, ClaimEvidence};
use crate::model::component::Component;
use crate::model::number::Score;
use crate::model::party::OrganizationalEntity;
use crate::model::reference::ExternalReference;
use crate::model::service::Service;
use crate::model::text::BomRef;
use crate::shape::objects;

objects! {
    /// Holds claims, the evidence for them, and who attests to them.
    Declarations = "declarations" {
        /// Returns who assesses.
        optional many assessors with_assessors: Assessor = "assessors" V1_6;
        /// Returns what the assessors say.
        optional many attestations with_attestations: Attestation = "attestations" V1_6;
        /// Returns the claims.
        optional many claims with_claims: Claim = "claims" V1_6;
        /// Returns the evidence.
        optional many evidence with_evidence: ClaimEvidence = "evidence" V1_6;
        /// Returns what the claims are about.
        optional one targets with_targets: Targets = "targets" V1_6;
        /// Returns who affirms all this.
        optional one affirmation with_affirmation: Affirmation = "affirmation" V1_6;
        /// Returns the signature inside the document (JSON Signature Format), as it is written: it is not verified.
        optional one signature with_signature: Value = "signature" V1_6;
    }

    /// Names who assesses.
    Assessor = "assessor" {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_6;
        /// Returns whether the assessor is independent of what is assessed.
        optional copy third_party with_third_party: bool = "thirdParty" V1_6;
        /// Returns the organization.
        optional one organization with_organization: OrganizationalEntity = "organization" V1_6;
    }

    /// Holds what an assessor says about requirements.
    Attestation = "attestation" {
        /// Returns the summary.
        optional text summary with_summary: String = "summary" V1_6;
        /// Returns the `bom-ref` of the assessor.
        optional text assessor with_assessor: BomRef = "assessor" V1_6;
        /// Returns the judgment of each requirement.
        optional many requirements with_requirements: AttestationMap = "map" V1_6;
        /// Returns the signature inside the document (JSON Signature Format), as it is written: it is not verified.
        optional one signature with_signature: Value = "signature" V1_6;
    }

    /// Judges one requirement by claims.
    AttestationMap = "attestation map" {
        /// Returns the `bom-ref` of the requirement.
        optional text requirement with_requirement: BomRef = "requirement" V1_6;
        /// Returns the `bom-ref` of each claim that supports it.
        optional many claims with_claims: BomRef = "claims" V1_6;
        /// Returns the `bom-ref` of each claim that contradicts it.
        optional many counter_claims with_counter_claims: BomRef = "counterClaims" V1_6;
        /// Returns how far the requirement is met.
        optional one conformance with_conformance: Conformance = "conformance" V1_6;
        /// Returns how sure the assessor is.
        optional one confidence with_confidence: Confidence = "confidence" V1_6;
    }

    /// States how far a requirement is met.
    Conformance = "conformance" {
        /// Returns how far, from 0 to 1.
        optional one score with_score: Score = "score" V1_6;
        /// Returns the reasons.
        optional text rationale with_rationale: String = "rationale" V1_6;
        /// Returns the `bom-ref` of each mitigation.
        optional many mitigation_strategies with_mitigation_strategies: BomRef = "mitigationStrategies" V1_6;
    }

    /// States how sure an assessor is.
    Confidence = "confidence" {
        /// Returns how sure, from 0 to 1.
        optional one score with_score: Score = "score" V1_6;
        /// Returns the reasons.
        optional text rationale with_rationale: String = "rationale" V1_6;
    }

    /// Lists what claims are about.
    Targets = "targets" {
        /// Returns the organizations.
        optional many organizations with_organizations: OrganizationalEntity = "organizations" V1_6;
        /// Returns the components.
        optional many components with_components: Component = "components" V1_6;
        /// Returns the services.
        optional many services with_services: Service = "services" V1_6;
    }

    /// Affirms that the declarations are true.
    Affirmation = "affirmation" {
        /// Returns the statement.
        optional text statement with_statement: String = "statement" V1_6;
        /// Returns who affirms.
        optional many signatories with_signatories: Signatory = "signatories" V1_6;
        /// Returns the signature inside the document (JSON Signature Format), as it is written: it is not verified.
        optional one signature with_signature: Value = "signature" V1_6;
    }

    /// Names who affirms.
    Signatory = "signatory" [exactly_one: &[&["signature", "externalReference"]]] {
        /// Returns the name.
        optional text name with_name: String = "name" V1_6;
        /// Returns the role.
        optional text role with_role: String = "role" V1_6;
        /// Returns the signature inside the document (JSON Signature Format), as it is written: it is not verified.
        fixed one signature with_signature: Value = "signature" V1_6;
        /// Returns the organization.
        fixed one organization with_organization: OrganizationalEntity = "organization" V1_6;
        /// Returns the address.
        fixed one external_reference with_external_reference: ExternalReference = "externalReference" V1_6;
    }
}

impl Signatory {
    /// Names someone whose signature is in the document.
    #[must_use]
    pub fn signing(signature: Value) -> Self {
        let mut signatory = Self::bare();
        signatory.signature = Some(Box::new(signature));
        signatory
    }

    /// Names an organization and where its signed statement is.
    #[must_use]
    pub fn of_organization(organization: OrganizationalEntity, at: ExternalReference) -> Self {
        let mut signatory = Self::bare();
        signatory.organization = Some(Box::new(organization));
        signatory.external_reference = Some(Box::new(at));
        signatory
    }
}
