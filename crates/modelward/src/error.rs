use modelward_artifact::json::JsonError;
use modelward_artifact::{
    HashError, ManifestError, ParseAtlasTechniqueError, ParseDateError, ParseDigestError,
    ParseEntryPathError, ParseTextError, ParseTimestampError, ReadCacheError, ReadError,
    ReadManifestError, ResourceNameError, SignerError, SumsError, UnknownAlgorithm, WriteError,
};
use modelward_audit::fleet::FleetError;
use modelward_audit::inventory::{
    EntryError, EntryOfBomError, InventoryError, ParseEntryIdError, ReadInventoryError, StoreError,
};
use modelward_audit::{
    AttestBomError, CheckpointKeyError, LineageError, ReadAffectedError, VerifyBomError,
};
use modelward_bom::inspect::InspectError;
use modelward_bom::model::{InvalidNumber, InvalidText};
use modelward_bom::profile::UnknownProfile;
use modelward_bom::spdx3::ExportSpdx3Error;
use modelward_bom::{ConvertError, GenerateBomError, MergeError, ReadBomError, UnknownSpecVersion};
use modelward_graph::advisory::{ParsePackageError, ReadAdvisoryError};
use modelward_graph::evidence::ReadEvidenceError;
use modelward_graph::license::ParseLicenseError;
use modelward_graph::scan::ReadScanError;
use modelward_graph::version::{ParseVersionError, ParseVersionRangeError};
use modelward_graph::vex::{ParseBomLinkError, ReadVexError};
use modelward_graph::{
    BuildGraphError, DrawError, ExportError, ImportError, ParseNodeIdError, ParseNodeKindError,
    ParseRelationError, SnapshotError, UnknownNode,
};
use modelward_incident::export::ExportError as ExportIncidentError;
use modelward_incident::export::csaf::CsafInputError;
use modelward_incident::export::vex::{VexExportError, VexInputError};
use modelward_incident::format::aiid::{AiidError, ParseAiidTimeError};
use modelward_incident::format::atlas::{AtlasError, ParseAtlasIdError};
use modelward_incident::format::avid::AvidError;
use modelward_incident::format::genai::{GenaiError, ParseGenaiDateError};
use modelward_incident::import::ImportError as ImportIncidentError;
use modelward_incident::log::{
    AppendError, DisclosureError, DraftError, Fault, LogFileError, ParseCheckpointError,
    ProofError, SignCheckpointError,
};
use modelward_incident::{
    AttackError, DriftError, FailureError, IncidentError, NumberError, ObligationError,
    OecdCriterionError, OffsetError, ParseAssetError, ParseIncidentIdError, ParseIncidentKindError,
    ParsePointerError, ParseRmfActionError, ParseSlugError, ReadEventError, ReadIncidentError,
    ReadListError, RecordError, ReleaseError, ReplayError, ReportingRuleError,
};
use modelward_rmf::crosswalk::{
    BuildCrosswalkError, ComposeError, FrameworkError, ReadCrosswalkError, ReadTsvError,
    UnknownTerm,
};
use modelward_rmf::csv::CsvErrors;
use modelward_rmf::oscal::{OscalError, ReadOscalError};
use modelward_rmf::{
    AuditCadenceError, BuildAssessmentError, EvidenceError, GatePolicyError, MatrixError,
    ParseGenAiError, ParseIdError, ParseKeyError, ParseNameError, ParseSsdfTaskError, ProfileError,
    RatedError, ReadAssessmentError, ReadAuditCadenceError, ReadDocumentError, ReadGatePolicyError,
    ReadProfileError, ReadRegisterError, RegisterError, RiskError, ScaleError, ScaleMismatch,
};
#[cfg(feature = "sigstore")]
use modelward_sign::ReadTrustError;
use modelward_sign::{
    AttestationError, ReadBundleError, ReadCertificateError, ReadKeyError, ReadStatementError,
    ResignError, SignError, SignerFault, VerifyError,
};
#[cfg(feature = "pkcs11")]
use modelward_sign::{ParsePkcs11UriError, Pkcs11Error};
use thiserror::Error;

/// Writes the enum, `code` and nothing else: each variant holds one crate's error as it is.
macro_rules! errors {
    ($($(#[doc = $doc:literal])* $(#[cfg($($when:tt)*)])? $variant:ident($source:ty),)*) => {
        /// Holds the error of any operation of any crate, so that `?` works in a tool.
        ///
        /// Its text and its source are those of the error that it holds.
        #[derive(Debug, Error)]
        #[non_exhaustive]
        pub enum Error {
            $(
                $(#[doc = $doc])*
                $(#[cfg($($when)*)])?
                #[error(transparent)]
                $variant(#[from] $source),
            )*
        }

        impl Error {
            /// Returns the stable code of the error, such as `artifact.walk.symlink`.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self {
                    $(
                        $(#[cfg($($when)*)])?
                        Self::$variant(source) => source.code(),
                    )*
                }
            }
        }
    };
}

errors! {
    /// A name is not that of a hash function.
    Algorithm(UnknownAlgorithm),
    /// A text is not an asset's name.
    Asset(ParseAssetError),
    /// A list of affected assets could not be read.
    Affected(ReadAffectedError),
    /// A text is not a date.
    Date(ParseDateError),
    /// An advisory could not be read.
    Advisory(ReadAdvisoryError),
    /// A text is not a license expression.
    License(ParseLicenseError),
    /// A text does not name a package.
    Package(ParsePackageError),
    /// A text is not the id of a technique of ATLAS.
    AtlasTechnique(ParseAtlasTechniqueError),
    /// A text is not a BOM-Link.
    BomLink(ParseBomLinkError),
    /// A report of AVID could not be read.
    Evidence(ReadEvidenceError),
    /// A scanner's report could not be read.
    Scan(ReadScanError),
    /// A document of VEX could not be read.
    Vex(ReadVexError),
    /// An ML-BOM could not be attested.
    AttestBom(AttestBomError),
    /// A model and its ML-BOM could not be verified together.
    VerifyBom(VerifyBomError),
    /// An incident cannot be told in a format.
    ExportIncident(ExportIncidentError),
    /// A document of others does not make an incident.
    ImportIncident(ImportIncidentError),
    /// Something that a caller gave has no form in CSAF.
    CsafInput(CsafInputError),
    /// An incident has no form in a format of VEX.
    ExportVex(VexExportError),
    /// Something that a caller gave has no form in VEX.
    VexInput(VexInputError),
    /// A document of the AI Incident Database could not be read or made.
    Aiid(AiidError),
    /// A text is not a time of the AI Incident Database.
    AiidTime(ParseAiidTimeError),
    /// Data of ATLAS could not be read.
    Atlas(AtlasError),
    /// A text is not an id of ATLAS.
    AtlasId(ParseAtlasIdError),
    /// A record of AVID could not be read.
    Avid(AvidError),
    /// A row of `genai-incidents` could not be read.
    Genai(GenaiError),
    /// A text is not a date of `genai-incidents`.
    GenaiDate(ParseGenaiDateError),
    /// A text is not a kind of incident.
    IncidentKind(ParseIncidentKindError),
    /// A text is not a field of an event.
    Pointer(ParsePointerError),
    /// A number is none of the OECD's criteria.
    OecdCriterion(OecdCriterionError),
    /// An entry of a log is no event of an incident.
    ReadEvent(ReadEventError),
    /// An event was not recorded.
    Record(RecordError),
    /// Nothing of an incident may be told.
    Release(ReleaseError),
    /// A log is no log of incidents.
    Replay(ReplayError),
    /// An entry could not be appended to a log.
    Append(AppendError),
    /// A value does not open a commitment of a log.
    LogDisclosure(DisclosureError),
    /// Something is no entry of a log.
    LogDraft(DraftError),
    /// A log is not what was written.
    LogFault(Fault),
    /// The file of a log could not be opened, read or written.
    LogFile(LogFileError),
    /// A checkpoint could not be read.
    Checkpoint(ParseCheckpointError),
    /// Something is no entry of an inventory.
    InventoryEntry(EntryError),
    /// A text is not the id of an entry.
    InventoryEntryId(ParseEntryIdError),
    /// An ML-BOM does not make an entry.
    InventoryEntryOfBom(EntryOfBomError),
    /// An inventory does not take a change.
    Inventory(InventoryError),
    /// An inventory could not be read.
    ReadInventory(ReadInventoryError),
    /// The folder of an inventory could not be used.
    InventoryStore(StoreError),
    /// A document was not taken into a fleet.
    Fleet(FleetError),
    /// A key does not check checkpoints.
    CheckpointKey(CheckpointKeyError),
    /// A checkpoint could not be signed.
    SignCheckpoint(SignCheckpointError),
    /// A proof could not be made or does not hold.
    LogProof(ProofError),
    /// Something is no evidence of an attack.
    Attack(AttackError),
    /// Something is no evidence of drift.
    Drift(DriftError),
    /// Something is no evidence of a failure.
    ModelFailure(FailureError),
    /// A number is none that evidence can hold.
    DetectionNumber(NumberError),
    /// An obligation cannot go where it was sent.
    Obligation(ObligationError),
    /// A time zone's offset is none.
    Offset(OffsetError),
    /// A text is not the id of an action of the AI RMF.
    RmfAction(ParseRmfActionError),
    /// A text is not an id of a rule or a policy.
    Slug(ParseSlugError),
    /// A list of rules or policies could not be read.
    ReadList(ReadListError),
    /// Something is no rule of reporting.
    ReportingRule(ReportingRuleError),
    /// An assessment could not be made.
    Assessment(BuildAssessmentError),
    /// An assessment could not be read.
    ReadAssessment(ReadAssessmentError),
    /// Rules are no audit cadence.
    AuditCadence(AuditCadenceError),
    /// An audit cadence could not be read.
    ReadAuditCadence(ReadAuditCadenceError),
    /// A table could not be read.
    Csv(CsvErrors),
    /// Terms are no gate policy.
    GatePolicy(GatePolicyError),
    /// A gate policy could not be read.
    ReadGatePolicy(ReadGatePolicyError),
    /// Something is no evidence.
    RmfEvidence(EvidenceError),
    /// A text is not the key of a risk, of evidence or of a level.
    RmfKey(ParseKeyError),
    /// Entries are no profile of the AI RMF.
    RmfProfile(ProfileError),
    /// A profile of the AI RMF could not be read.
    ReadRmfProfile(ReadProfileError),
    /// Something is no rating.
    RmfRated(RatedError),
    /// A document of the AI RMF could not be read.
    ReadRmfDocument(ReadDocumentError),
    /// A crosswalk of frameworks cannot be made.
    BuildCrosswalk(BuildCrosswalkError),
    /// Two crosswalks cannot be composed.
    ComposeCrosswalks(ComposeError),
    /// A text is not the name of a framework.
    Framework(FrameworkError),
    /// A crosswalk could not be read.
    ReadCrosswalk(ReadCrosswalkError),
    /// A table of a crosswalk could not be read.
    ReadCrosswalkTable(ReadTsvError),
    /// A text is not a term of crosswalks.
    CrosswalkTerm(UnknownTerm),
    /// Something has no form in OSCAL.
    Oscal(OscalError),
    /// Assessment results of OSCAL could not be read.
    ReadOscal(ReadOscalError),
    /// Profiles on different scales cannot be compared.
    Gap(ScaleMismatch),
    /// A text is not an id of NIST AI 600-1.
    GenAi(ParseGenAiError),
    /// Levels and cells are no risk matrix.
    RiskMatrix(MatrixError),
    /// A text is not the name of a phase, a characteristic or an actor task.
    RmfName(ParseNameError),
    /// Something is no risk or no treatment of one.
    Risk(RiskError),
    /// Risks are no register.
    RiskRegister(RegisterError),
    /// A risk register could not be read.
    ReadRiskRegister(ReadRegisterError),
    /// A text is not a task of NIST SP 800-218A.
    SsdfTask(ParseSsdfTaskError),
    /// Levels are no rating scale.
    RmfScale(ScaleError),
    /// An ML-BOM could not be read.
    Bom(ReadBomError),
    /// An ML-BOM could not be made of a model.
    GenerateBom(GenerateBomError),
    /// An ML-BOM has no form in another version of CycloneDX.
    ConvertBom(ConvertError),
    /// An ML-BOM could not be exported as SPDX 3.
    ExportSpdx3(ExportSpdx3Error),
    /// A number of an ML-BOM is out of its bounds.
    BomNumber(InvalidNumber),
    /// A text of an ML-BOM does not have the form that CycloneDX asks for.
    BomText(InvalidText),
    /// A text names no version of CycloneDX.
    SpecVersion(UnknownSpecVersion),
    /// Documents could not be joined.
    MergeBom(MergeError),
    /// A text names no standard of completeness.
    Profile(UnknownProfile),
    /// A model file could not be inspected.
    Inspect(InspectError),
    /// Something is not an attestation.
    Attestation(AttestationError),
    /// A signature bundle could not be read.
    Bundle(ReadBundleError),
    /// A certificate or revocation list could not be read.
    Certificate(ReadCertificateError),
    /// A text is not a digest.
    Digest(ParseDigestError),
    /// A graph could not be built.
    Graph(BuildGraphError),
    /// A model could not be walked or hashed.
    Hash(HashError),
    /// A text is not an id of the AI RMF.
    Id(ParseIdError),
    /// An event cannot be appended to an incident.
    Incident(IncidentError),
    /// A text does not name an incident.
    IncidentId(ParseIncidentIdError),
    /// An incident record could not be read.
    ReadIncident(ReadIncidentError),
    /// A text is not the strict JSON that was expected.
    Json(JsonError),
    /// A key could not be read.
    Key(ReadKeyError),
    /// A cache of digests could not be read.
    ReadCache(ReadCacheError),
    /// An ML-BOM does not make a graph.
    Lineage(LineageError),
    /// A document was not read into a graph.
    ImportGraph(ImportError),
    /// Entries do not make a manifest.
    Manifest(ManifestError),
    /// A manifest could not be read.
    ReadManifest(ReadManifestError),
    /// A graph could not be drawn.
    Draw(DrawError),
    /// A graph could not be written as tables.
    ExportGraph(ExportError),
    /// A graph has no such node.
    Node(UnknownNode),
    /// A text is not a node's identity.
    NodeId(ParseNodeIdError),
    /// A text is not a kind of node.
    NodeKind(ParseNodeKindError),
    /// A text is not a path inside of a model.
    Path(ParseEntryPathError),
    /// A file could not be read.
    Read(ReadError),
    /// A text is not a relation of a graph.
    Relation(ParseRelationError),
    /// A text does not name a file or shard.
    Resource(ResourceNameError),
    /// A manifest is not the one that was signed.
    Resign(ResignError),
    /// A model could not be signed.
    Sign(SignError),
    /// A signer could not sign.
    Signer(SignerError),
    /// A signer does not do what one has to.
    SignerFault(SignerFault),
    /// A graph's snapshot could not be read.
    Snapshot(SnapshotError),
    /// A text is not an OMS statement.
    Statement(ReadStatementError),
    /// A list of a checksum tool could not be read or written.
    Sums(SumsError),
    /// A text of an assessment says nothing or is too long.
    Text(ParseTextError),
    /// A text is not a timestamp.
    Timestamp(ParseTimestampError),
    /// A key on a token cannot be used.
    #[cfg(feature = "pkcs11")]
    Pkcs11(Pkcs11Error),
    /// A text is not the URI of a key on a token.
    #[cfg(feature = "pkcs11")]
    Pkcs11Uri(ParsePkcs11UriError),
    /// A text is not a trusted root of Sigstore.
    #[cfg(feature = "sigstore")]
    Trust(ReadTrustError),
    /// There is no answer to whether a model is the one that was signed.
    Verify(VerifyError),
    /// A text is not a version of its scheme.
    Version(ParseVersionError),
    /// A text is not a range of versions.
    VersionRange(ParseVersionRangeError),
    /// A file could not be written.
    Write(WriteError),
}

impl Error {
    /// Returns what the caller can do next, where that is known.
    #[must_use]
    pub const fn help(&self) -> Option<&'static str> {
        match self {
            Self::Hash(source) | Self::Verify(VerifyError::Hash(source)) => source.help(),
            Self::Key(source) => source.help(),
            _ => None,
        }
    }
}
