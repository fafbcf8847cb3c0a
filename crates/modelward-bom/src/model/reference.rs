use crate::model::hash::Hash;
use crate::model::property::Property;
use crate::model::text::Iri;
use crate::shape::{objects, words};

words! {
    /// Says what an external reference points to (`externalReference.type`).
    ExternalReferenceKind {
        AdversaryModel = "adversary-model" V1_5,
        Advisories = "advisories" V1_2,
        Attestation = "attestation" V1_5,
        Bom = "bom" V1_2,
        BuildMeta = "build-meta" V1_2,
        BuildSystem = "build-system" V1_2,
        CertificationReport = "certification-report" V1_5,
        Chat = "chat" V1_2,
        Citation = "citation" V1_7,
        CodifiedInfrastructure = "codified-infrastructure" V1_5,
        ComponentAnalysisReport = "component-analysis-report" V1_5,
        Configuration = "configuration" V1_5,
        DigitalSignature = "digital-signature" V1_6,
        Distribution = "distribution" V1_2,
        DistributionIntake = "distribution-intake" V1_5,
        Documentation = "documentation" V1_2,
        DynamicAnalysisReport = "dynamic-analysis-report" V1_5,
        ElectronicSignature = "electronic-signature" V1_6,
        Evidence = "evidence" V1_5,
        ExploitabilityStatement = "exploitability-statement" V1_5,
        Formulation = "formulation" V1_5,
        IssueTracker = "issue-tracker" V1_2,
        License = "license" V1_2,
        Log = "log" V1_5,
        MailingList = "mailing-list" V1_2,
        MaturityReport = "maturity-report" V1_5,
        ModelCard = "model-card" V1_5,
        Other = "other" V1_2,
        Patent = "patent" V1_7,
        PatentAssertion = "patent-assertion" V1_7,
        PatentFamily = "patent-family" V1_7,
        PentestReport = "pentest-report" V1_5,
        PlanOfActionAndMilestones = "poam" V1_5,
        QualityMetrics = "quality-metrics" V1_5,
        ReleaseNotes = "release-notes" V1_2,
        Rfc9116 = "rfc-9116" V1_6,
        RiskAssessment = "risk-assessment" V1_5,
        RuntimeAnalysisReport = "runtime-analysis-report" V1_5,
        SecurityContact = "security-contact" V1_5,
        Social = "social" V1_2,
        SourceDistribution = "source-distribution" V1_6,
        StaticAnalysisReport = "static-analysis-report" V1_5,
        Support = "support" V1_2,
        ThreatModel = "threat-model" V1_5,
        VersionControl = "vcs" V1_2,
        VulnerabilityAssertion = "vulnerability-assertion" V1_5,
        Website = "website" V1_2,
    }
}

objects! {
    /// Points to something outside the document.
    ExternalReference = "externalReference" {
        /// Returns the address.
        required text url with_url: Iri = "url" V1_2;
        /// Returns the remark.
        optional text comment with_comment: String = "comment" V1_2;
        /// Returns the kind.
        required copy kind with_kind: ExternalReferenceKind = "type" V1_2;
        /// Returns the digests.
        optional many hashes with_hashes: Hash = "hashes" V1_2;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_7;
    }
}
