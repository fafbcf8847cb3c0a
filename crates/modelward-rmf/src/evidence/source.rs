use modelward_artifact::Digest;
use serde::{Deserialize, Serialize};

use crate::{Party, Text};

/// Says what a piece of evidence is, and which one.
///
/// The other crates of the workspace are named by ids and digests and never asked from here: who
/// has them answers through an [`EvidenceResolver`](crate::EvidenceResolver).
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
#[non_exhaustive]
pub enum EvidenceSource {
    /// A component of an ML-BOM.
    BomComponent {
        /// The serial number of the document, such as `urn:uuid:3e67..`.
        serial: Text,
        /// The version of the document, from 1.
        version: u32,
        /// The component's `bom-ref`.
        bom_ref: Text,
    },
    /// A document: a policy, a report, minutes.
    Document {
        /// The document's title.
        title: Text,
    },
    /// A finding in the supply-chain graph.
    GraphFinding {
        /// The digest of the report that holds the finding.
        report: Digest,
        /// The finding's id in the report.
        finding: Text,
    },
    /// An incident record.
    Incident {
        /// The incident's id.
        incident: Text,
    },
    /// What somebody said.
    Interview {
        /// Whom the assessor asked.
        with: Party,
    },
    /// The run of a test or of a tool.
    TestRun {
        /// What ran, such as `garak 0.13`.
        tool: Text,
        /// Which run, such as a job's id.
        run: Text,
    },
    /// A signature that was verified.
    VerifiedSignature {
        /// The root digest of what is signed.
        subject: Digest,
        /// The digest of the signature's bundle.
        bundle: Digest,
        /// Who signed, as the verification named them.
        identity: Text,
    },
}

impl EvidenceSource {
    /// Returns the name of the kind, such as `bom-component`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::BomComponent { .. } => "bom-component",
            Self::Document { .. } => "document",
            Self::GraphFinding { .. } => "graph-finding",
            Self::Incident { .. } => "incident",
            Self::Interview { .. } => "interview",
            Self::TestRun { .. } => "test-run",
            Self::VerifiedSignature { .. } => "verified-signature",
        }
    }

    /// Returns a line that names the source for people, such as `incident INC-7`.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::BomComponent {
                serial,
                version,
                bom_ref,
            } => format!("component {bom_ref} of ML-BOM {serial}, version {version}"),
            Self::Document { title } => format!("document {title}"),
            Self::GraphFinding { report, finding } => {
                format!("finding {finding} of graph report {report}")
            }
            Self::Incident { incident } => format!("incident {incident}"),
            Self::Interview { with } => format!("interview with {with}"),
            Self::TestRun { tool, run } => format!("run {run} of {tool}"),
            Self::VerifiedSignature {
                subject, identity, ..
            } => format!("signature of {identity} over {subject}"),
        }
    }
}
