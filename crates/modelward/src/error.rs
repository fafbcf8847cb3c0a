use thiserror::Error;

/// Writes the enum, `code` and nothing else: each variant holds one crate's error as it is, and is
/// there where the feature of the crate is on.
macro_rules! errors {
    ($($when:tt { $($(#[doc = $doc:literal])* $variant:ident($source:ty),)* })*) => {
        /// Holds the error of any operation of any crate, so that `?` works in a tool.
        ///
        /// Its text and its source are those of the error that it holds.
        #[derive(Debug, Error)]
        #[non_exhaustive]
        pub enum Error {
            $($(
                $(#[doc = $doc])*
                #[cfg $when]
                #[error(transparent)]
                $variant(#[from] $source),
            )*)*
        }

        impl Error {
            /// Returns the stable code of the error, such as `artifact.walk.symlink`.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self {
                    $($(
                        #[cfg $when]
                        Self::$variant(source) => source.code(),
                    )*)*
                }
            }
        }
    };
}

errors! {
    (true) {
        /// A name is not that of a hash function.
        Algorithm(modelward_artifact::UnknownAlgorithm),
        /// A text is not the id of a technique of ATLAS.
        AtlasTechnique(modelward_artifact::ParseAtlasTechniqueError),
        /// A text is not a date.
        Date(modelward_artifact::ParseDateError),
        /// A text is not a digest.
        Digest(modelward_artifact::ParseDigestError),
        /// A model could not be walked or hashed.
        Hash(modelward_artifact::HashError),
        /// A text is not the strict JSON that was expected.
        Json(modelward_artifact::json::JsonError),
        /// Entries do not make a manifest.
        Manifest(modelward_artifact::ManifestError),
        /// A text is not a path inside of a model.
        Path(modelward_artifact::ParseEntryPathError),
        /// A file could not be read.
        Read(modelward_artifact::ReadError),
        /// A cache of digests could not be read.
        ReadCache(modelward_artifact::ReadCacheError),
        /// A manifest could not be read.
        ReadManifest(modelward_artifact::ReadManifestError),
        /// A text does not name a file or shard.
        Resource(modelward_artifact::ResourceNameError),
        /// A value of JSON is not of the type that was asked for.
        Shape(modelward_artifact::json::ShapeError),
        /// A signer could not sign.
        Signer(modelward_artifact::SignerError),
        /// A list of a checksum tool could not be read or written.
        Sums(modelward_artifact::SumsError),
        /// A tar archive is not one that has one meaning.
        Tar(modelward_artifact::TarError),
        /// A text of an assessment says nothing or is too long.
        Text(modelward_artifact::ParseTextError),
        /// A text is not a timestamp.
        Timestamp(modelward_artifact::ParseTimestampError),
        /// A file could not be written.
        Write(modelward_artifact::WriteError),
    }
    (feature = "audit") {
        /// A list of affected assets could not be read.
        Affected(modelward_audit::ReadAffectedError),
        /// An ML-BOM could not be attested.
        AttestBom(modelward_audit::AttestBomError),
        /// A rollback plan could not be attested.
        AttestPlan(modelward_audit::AttestPlanError),
        /// A report of a release gate was not attested, or there is no answer on one.
        AttestReport(modelward_audit::AttestReportError),
        /// A key does not check checkpoints.
        CheckpointKey(modelward_audit::CheckpointKeyError),
        /// A document was not taken into a fleet.
        Fleet(modelward_audit::fleet::FleetError),
        /// An inventory does not take a change.
        Inventory(modelward_audit::inventory::InventoryError),
        /// Something is no entry of an inventory.
        InventoryEntry(modelward_audit::inventory::EntryError),
        /// A text is not the id of an entry.
        InventoryEntryId(modelward_audit::inventory::ParseEntryIdError),
        /// An ML-BOM does not make an entry.
        InventoryEntryOfBom(modelward_audit::inventory::EntryOfBomError),
        /// The folder of an inventory could not be used.
        InventoryStore(modelward_audit::inventory::StoreError),
        /// An ML-BOM does not make a graph.
        Lineage(modelward_audit::LineageError),
        /// A history of releases was refused.
        ReadHistory(modelward_audit::ReadHistoryError),
        /// An inventory could not be read.
        ReadInventory(modelward_audit::inventory::ReadInventoryError),
        /// A release policy could not be read.
        ReadReleasePolicy(modelward_audit::ReadReleasePolicyError),
        /// A report of a release gate could not be read.
        ReadReleaseReport(modelward_audit::ReadReleaseReportError),
        /// A document of rollback could not be read.
        ReadRollback(modelward_audit::ReadRollbackError),
        /// The pickles of a model could not be scanned.
        ScanPickles(modelward_audit::ScanPicklesError),
        /// A model and its ML-BOM could not be verified together.
        VerifyBom(modelward_audit::VerifyBomError),
    }
    (feature = "bom") {
        /// An ML-BOM could not be read.
        Bom(modelward_bom::ReadBomError),
        /// A number of an ML-BOM is out of its bounds.
        BomNumber(modelward_bom::model::InvalidNumber),
        /// A text of an ML-BOM does not have the form that CycloneDX asks for.
        BomText(modelward_bom::model::InvalidText),
        /// An ML-BOM has no form in another version of CycloneDX.
        ConvertBom(modelward_bom::ConvertError),
        /// An ML-BOM could not be exported as SPDX 3.
        ExportSpdx3(modelward_bom::spdx3::ExportSpdx3Error),
        /// An ML-BOM could not be made of a model.
        GenerateBom(modelward_bom::GenerateBomError),
        /// A model file could not be inspected.
        Inspect(modelward_bom::inspect::InspectError),
        /// Documents could not be joined.
        MergeBom(modelward_bom::MergeError),
        /// A text names no standard of completeness.
        Profile(modelward_bom::profile::UnknownProfile),
        /// A text names no version of CycloneDX.
        SpecVersion(modelward_bom::UnknownSpecVersion),
    }
    (feature = "graph") {
        /// An advisory could not be read.
        Advisory(modelward_graph::advisory::ReadAdvisoryError),
        /// A text is not a BOM-Link.
        BomLink(modelward_graph::vex::ParseBomLinkError),
        /// A graph could not be drawn.
        Draw(modelward_graph::DrawError),
        /// A report of AVID could not be read.
        Evidence(modelward_graph::evidence::ReadEvidenceError),
        /// A graph could not be written as tables.
        ExportGraph(modelward_graph::ExportError),
        /// A graph could not be built.
        Graph(modelward_graph::BuildGraphError),
        /// A document was not read into a graph.
        ImportGraph(modelward_graph::ImportError),
        /// A text is not a license expression.
        License(modelward_graph::license::ParseLicenseError),
        /// A graph has no such node.
        Node(modelward_graph::UnknownNode),
        /// A text is not a node's identity.
        NodeId(modelward_graph::ParseNodeIdError),
        /// A text is not a kind of node.
        NodeKind(modelward_graph::ParseNodeKindError),
        /// A text does not name a package.
        Package(modelward_graph::advisory::ParsePackageError),
        /// A text is not a relation of a graph.
        Relation(modelward_graph::ParseRelationError),
        /// A scanner's report could not be read.
        Scan(modelward_graph::scan::ReadScanError),
        /// A graph's snapshot could not be read.
        Snapshot(modelward_graph::SnapshotError),
        /// A text is not a version of its scheme.
        Version(modelward_graph::version::ParseVersionError),
        /// A text is not a range of versions.
        VersionRange(modelward_graph::version::ParseVersionRangeError),
        /// A document of VEX could not be read.
        Vex(modelward_graph::vex::ReadVexError),
    }
    (feature = "incident") {
        /// A document of the AI Incident Database could not be read or made.
        Aiid(modelward_incident::format::aiid::AiidError),
        /// A text is not a time of the AI Incident Database.
        AiidTime(modelward_incident::format::aiid::ParseAiidTimeError),
        /// An entry could not be appended to a log.
        Append(modelward_incident::log::AppendError),
        /// A text is not an asset's name.
        Asset(modelward_incident::ParseAssetError),
        /// Data of ATLAS could not be read.
        Atlas(modelward_incident::format::atlas::AtlasError),
        /// A text is not an id of ATLAS.
        AtlasId(modelward_incident::format::atlas::ParseAtlasIdError),
        /// Something is no evidence of an attack.
        Attack(modelward_incident::AttackError),
        /// A record of AVID could not be read.
        Avid(modelward_incident::format::avid::AvidError),
        /// A checkpoint could not be read.
        Checkpoint(modelward_incident::log::ParseCheckpointError),
        /// Something that a caller gave has no form in CSAF.
        CsafInput(modelward_incident::export::csaf::CsafInputError),
        /// A number is none that evidence can hold.
        DetectionNumber(modelward_incident::NumberError),
        /// Something is no evidence of drift.
        Drift(modelward_incident::DriftError),
        /// An incident cannot be told in a format.
        ExportIncident(modelward_incident::export::ExportError),
        /// An incident has no form in a format of VEX.
        ExportVex(modelward_incident::export::vex::VexExportError),
        /// A row of `genai-incidents` could not be read.
        Genai(modelward_incident::format::genai::GenaiError),
        /// A text is not a date of `genai-incidents`.
        GenaiDate(modelward_incident::format::genai::ParseGenaiDateError),
        /// A document of others does not make an incident.
        ImportIncident(modelward_incident::import::ImportError),
        /// An event cannot be appended to an incident.
        Incident(modelward_incident::IncidentError),
        /// A text does not name an incident.
        IncidentId(modelward_incident::ParseIncidentIdError),
        /// A text is not a kind of incident.
        IncidentKind(modelward_incident::ParseIncidentKindError),
        /// A line of a log is not what was written.
        LogDefect(modelward_incident::log::Defect),
        /// A value does not open a commitment of a log.
        LogDisclosure(modelward_incident::log::DisclosureError),
        /// Something is no entry of a log.
        LogDraft(modelward_incident::log::DraftError),
        /// A log is not what was written.
        LogFault(modelward_incident::log::Fault),
        /// The file of a log could not be opened, read or written.
        LogFile(modelward_incident::log::LogFileError),
        /// A proof could not be made or does not hold.
        LogProof(modelward_incident::log::ProofError),
        /// Something is no evidence of a failure.
        ModelFailure(modelward_incident::FailureError),
        /// An obligation cannot go where it was sent.
        Obligation(modelward_incident::ObligationError),
        /// A number is none of the OECD's criteria.
        OecdCriterion(modelward_incident::OecdCriterionError),
        /// A time zone's offset is none.
        Offset(modelward_incident::OffsetError),
        /// A text is not a field of an event.
        Pointer(modelward_incident::ParsePointerError),
        /// An entry of a log is no event of an incident.
        ReadEvent(modelward_incident::ReadEventError),
        /// An incident record could not be read.
        ReadIncident(modelward_incident::ReadIncidentError),
        /// A list of rules or policies could not be read.
        ReadList(modelward_incident::ReadListError),
        /// An event was not recorded.
        Record(modelward_incident::RecordError),
        /// Nothing of an incident may be told.
        Release(modelward_incident::ReleaseError),
        /// A log is no log of incidents.
        Replay(modelward_incident::ReplayError),
        /// Something is no rule of reporting.
        ReportingRule(modelward_incident::ReportingRuleError),
        /// A text is not the id of an action of the AI RMF.
        RmfAction(modelward_incident::ParseRmfActionError),
        /// A checkpoint could not be signed.
        SignCheckpoint(modelward_incident::log::SignCheckpointError),
        /// A text is not an id of a rule or a policy.
        Slug(modelward_incident::ParseSlugError),
        /// Something that a caller gave has no form in VEX.
        VexInput(modelward_incident::export::vex::VexInputError),
    }
    (feature = "rmf") {
        /// An assessment could not be made.
        Assessment(modelward_rmf::BuildAssessmentError),
        /// Rules are no audit cadence.
        AuditCadence(modelward_rmf::AuditCadenceError),
        /// A crosswalk of frameworks cannot be made.
        BuildCrosswalk(modelward_rmf::crosswalk::BuildCrosswalkError),
        /// Two crosswalks cannot be composed.
        ComposeCrosswalks(modelward_rmf::crosswalk::ComposeError),
        /// A crosswalk has a fault.
        CrosswalkIssue(modelward_rmf::crosswalk::CrosswalkIssue),
        /// A text of a crosswalk is not one line.
        CrosswalkLine(modelward_rmf::crosswalk::LineError),
        /// A text is not a term of crosswalks.
        CrosswalkTerm(modelward_rmf::crosswalk::UnknownTerm),
        /// A table could not be read.
        Csv(modelward_rmf::csv::CsvErrors),
        /// A place of a table is wrong.
        CsvCell(modelward_rmf::csv::CsvError),
        /// A cell or a line of a table is wrong.
        CsvFault(modelward_rmf::csv::CsvFault),
        /// A text is not the name of a framework.
        Framework(modelward_rmf::crosswalk::FrameworkError),
        /// Profiles on different scales cannot be compared.
        Gap(modelward_rmf::ScaleMismatch),
        /// Terms are no gate policy.
        GatePolicy(modelward_rmf::GatePolicyError),
        /// A text is not an id of NIST AI 600-1.
        GenAi(modelward_rmf::ParseGenAiError),
        /// A text is not an id of the AI RMF.
        Id(modelward_rmf::ParseIdError),
        /// Something has no form in OSCAL.
        Oscal(modelward_rmf::oscal::OscalError),
        /// A finding of OSCAL is no determination.
        OscalFinding(modelward_rmf::oscal::FindingError),
        /// An assessment could not be read.
        ReadAssessment(modelward_rmf::ReadAssessmentError),
        /// An audit cadence could not be read.
        ReadAuditCadence(modelward_rmf::ReadAuditCadenceError),
        /// A crosswalk could not be read.
        ReadCrosswalk(modelward_rmf::crosswalk::ReadCrosswalkError),
        /// A table of a crosswalk could not be read.
        ReadCrosswalkTable(modelward_rmf::crosswalk::ReadTsvError),
        /// A gate policy could not be read.
        ReadGatePolicy(modelward_rmf::ReadGatePolicyError),
        /// Assessment results of OSCAL could not be read.
        ReadOscal(modelward_rmf::oscal::ReadOscalError),
        /// A risk register could not be read.
        ReadRiskRegister(modelward_rmf::ReadRegisterError),
        /// A document of the AI RMF could not be read.
        ReadRmfDocument(modelward_rmf::ReadDocumentError),
        /// A profile of the AI RMF could not be read.
        ReadRmfProfile(modelward_rmf::ReadProfileError),
        /// Something is no risk or no treatment of one.
        Risk(modelward_rmf::RiskError),
        /// Levels and cells are no risk matrix.
        RiskMatrix(modelward_rmf::MatrixError),
        /// Risks are no register.
        RiskRegister(modelward_rmf::RegisterError),
        /// Something is no evidence.
        RmfEvidence(modelward_rmf::EvidenceError),
        /// A text is not the key of a risk, of evidence or of a level.
        RmfKey(modelward_rmf::ParseKeyError),
        /// A text is not the name of a phase, a characteristic or an actor task.
        RmfName(modelward_rmf::ParseNameError),
        /// Entries are no profile of the AI RMF.
        RmfProfile(modelward_rmf::ProfileError),
        /// Something is no rating.
        RmfRated(modelward_rmf::RatedError),
        /// Levels are no rating scale.
        RmfScale(modelward_rmf::ScaleError),
        /// A text is not a task of NIST SP 800-218A.
        SsdfTask(modelward_rmf::ParseSsdfTaskError),
    }
    (feature = "sign") {
        /// Something is not an attestation.
        Attestation(modelward_sign::AttestationError),
        /// A signature bundle could not be read.
        Bundle(modelward_sign::ReadBundleError),
        /// A certificate or revocation list could not be read.
        Certificate(modelward_sign::ReadCertificateError),
        /// A key could not be read.
        Key(modelward_sign::ReadKeyError),
        /// A model could not be opened to be loaded, or bytes of it are not given out.
        Load(modelward_sign::LoadError),
        /// A manifest is not the one that was signed.
        Resign(modelward_sign::ResignError),
        /// A model could not be signed.
        Sign(modelward_sign::SignError),
        /// A signer does not do what one has to.
        SignerFault(modelward_sign::SignerFault),
        /// A text is not an OMS statement.
        Statement(modelward_sign::ReadStatementError),
        /// There is no answer to whether a model is the one that was signed.
        Verify(modelward_sign::VerifyError),
    }
    (feature = "pkcs11") {
        /// A key on a token cannot be used.
        Pkcs11(modelward_sign::Pkcs11Error),
        /// A text is not the URI of a key on a token.
        Pkcs11Uri(modelward_sign::ParsePkcs11UriError),
    }
    (feature = "safetensors") {
        /// A tensor is not given out.
        Tensor(modelward_sign::TensorError),
    }
    (feature = "sigstore") {
        /// A text is not a trusted root of Sigstore.
        Trust(modelward_sign::ReadTrustError),
    }
}

impl Error {
    /// Returns what the caller can do next, where that is known.
    #[must_use]
    pub const fn help(&self) -> Option<&'static str> {
        match self {
            Self::Hash(source) => source.help(),
            #[cfg(feature = "sign")]
            Self::Verify(modelward_sign::VerifyError::Hash(source)) => source.help(),
            #[cfg(feature = "sign")]
            Self::Load(modelward_sign::LoadError::Verify(modelward_sign::VerifyError::Hash(
                source,
            ))) => source.help(),
            #[cfg(feature = "sign")]
            Self::Key(source) => source.help(),
            _ => None,
        }
    }
}
