//! The objects of CycloneDX 1.5 to 1.7 that concern models: one file for each family.

pub(crate) mod analysis;
pub(crate) mod annotation;
pub(crate) mod attachment;
pub(crate) mod bom;
pub(crate) mod card;
pub(crate) mod citation;
pub(crate) mod claim;
pub(crate) mod component;
pub(crate) mod composition;
pub(crate) mod considerations;
pub(crate) mod dataset;
pub(crate) mod declaration;
pub(crate) mod dependency;
pub(crate) mod energy;
pub(crate) mod evidence;
pub(crate) mod exchange;
pub(crate) mod expression;
pub(crate) mod formulation;
pub(crate) mod graphics;
pub(crate) mod hash;
pub(crate) mod issue;
pub(crate) mod license;
pub(crate) mod metadata;
pub(crate) mod number;
pub(crate) mod party;
pub(crate) mod pedigree;
pub(crate) mod property;
pub(crate) mod reference;
pub(crate) mod release;
pub(crate) mod service;
pub(crate) mod standard;
pub(crate) mod text;
pub(crate) mod tool;
pub(crate) mod trigger;
pub(crate) mod vulnerability;
pub(crate) mod workspace;

pub(crate) use self::bom::List;

pub use self::analysis::{
    Affected, AffectedStatus, AffectedVersions, Analysis, AnalysisState, Justification, Response,
};
pub use self::annotation::{Annotation, Annotator};
pub use self::attachment::{Attachment, Encoding};
pub use self::bom::{BomFormat, MlBom};
pub use self::card::{
    ApproachKind, ConfidenceInterval, ModelApproach, ModelCard, ModelInterface, ModelParameters,
    PerformanceMetric, QuantitativeAnalysis,
};
pub use self::citation::Citation;
pub use self::claim::{Claim, ClaimEvidence, EvidenceContents, EvidenceData};
pub use self::component::{Component, ComponentKind, Scope, Swid};
pub use self::composition::{Aggregate, Composition};
pub use self::considerations::{Considerations, EthicalConsideration, FairnessAssessment};
pub use self::dataset::{
    ComponentData, DataContents, DataGovernance, DataKind, DatasetChoice, DatasetReference,
    ResponsibleParty,
};
pub use self::declaration::{
    Affirmation, Assessor, Attestation, AttestationMap, Confidence, Conformance, Declarations,
    Signatory, Targets,
};
pub use self::dependency::Dependency;
pub use self::energy::{
    Activity, Co2Measure, Co2Unit, EnergyConsumption, EnergyMeasure, EnergyProvider, EnergySource,
    EnergyUnit, EnvironmentalConsiderations,
};
pub use self::evidence::{
    Callstack, Copyright, Evidence, Frame, Identities, IdentityEvidence, IdentityField,
    IdentityMethod, Occurrence, Technique,
};
pub use self::exchange::{
    EnvironmentVariable, OutputKind, Parameter, ResourceReference, WorkflowInput, WorkflowOutput,
};
pub use self::expression::Expression;
pub use self::formulation::{Command, Formula, Step, Task, TaskKind, Workflow};
pub use self::graphics::{Graphic, GraphicsCollection};
pub use self::hash::{Hash, HashAlgorithm};
pub use self::issue::{Issue, IssueKind, IssueSource};
pub use self::license::{Acknowledgement, License, LicenseChoice};
pub use self::metadata::{DistributionConstraints, Lifecycle, Metadata, Phase, TrafficLight};
pub use self::number::{Count, Integer, InvalidNumber, Positive, Score};
pub use self::party::{OrganizationalContact, OrganizationalEntity, PostalAddress};
pub use self::pedigree::{Commit, Diff, IdentifiableAction, Patch, PatchKind, Pedigree};
pub use self::property::Property;
pub use self::reference::{ExternalReference, ExternalReferenceKind};
pub use self::release::{Note, ReleaseNotes};
pub use self::service::{DataFlow, Service, ServiceData};
pub use self::standard::{Definitions, Requirement, Standard, StandardLevel};
pub use self::text::{
    BomRef, DateTime, Email, HashContent, InvalidText, Iri, Locale, MediaType, OpenCre,
    SerialNumber, SpdxId, Version, VersionRange,
};
pub use self::tool::{Tool, ToolSet, Tools};
pub use self::trigger::{Condition, Trigger, TriggerEvent, TriggerKind};
pub use self::vulnerability::{
    Advisory, Credits, ProofOfConcept, Rating, ScoreMethod, Severity, Vulnerability,
    VulnerabilityReference, VulnerabilitySource,
};
pub use self::workspace::{AccessMode, Volume, VolumeMode, Workspace};
