use std::fmt;

use modelward_artifact::escape::Terminal;
use modelward_artifact::{Digest, Text, Timestamp};
use modelward_graph::NodeId;
use serde::{Deserialize, Serialize};

use super::cause::{Cause, Witness};
use super::policy::Floor;

/// Says why a release is not gone back to, with what shows it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
#[non_exhaustive]
pub enum Reason {
    /// The bytes of its backup are other ones than those that were signed.
    BackupMismatch {
        /// Each difference.
        findings: Vec<Cause>,
    },
    /// No verification of a backup was given.
    BackupMissing,
    /// Its backup was verified too long ago, or at a time that is still to come.
    BackupStale {
        /// When it was verified.
        checked: Timestamp,
    },
    /// The signature was refused.
    BadSignature {
        /// Why.
        findings: Vec<Cause>,
    },
    /// It is older than the policy allows.
    BelowFloor {
        /// The floor.
        floor: Floor,
    },
    /// Something that it needs is not described in the graph.
    ClosureIncomplete {
        /// What is not.
        missing: Vec<NodeId>,
    },
    /// Something that it needs is tainted, though it was made before the compromise began.
    ClosureTainted {
        /// How many things that it needs are tainted.
        count: u64,
        /// The chains to the nearest ones.
        paths: Vec<Witness>,
    },
    /// Nobody looked whether its formats are safe.
    FormatsUnknown,
    /// The graph states another digest for its node, so that it knows another model by that name.
    IdentityConflict {
        /// What the graph states.
        stated: Vec<Digest>,
    },
    /// It is what is in production and is to be left.
    IsPresent,
    /// It is known to be bad.
    KnownBad {
        /// What says so.
        references: Vec<Text>,
    },
    /// Nobody verified a signature of it.
    NoSignature,
    /// The graph does not know it, so that nobody knows what it is made of.
    NotInGraph {
        /// The node that was looked for.
        node: NodeId,
    },
    /// Its signer's key was revoked, and nothing proves that it signed before.
    SignerRevoked {
        /// SHA-256 of the key.
        key: Digest,
        /// From when on the key is compromised.
        from: Timestamp,
        /// The instant before which it was signed, where that is proven.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        signed_before: Option<Timestamp>,
    },
    /// Compromise reaches it.
    Tainted {
        /// How.
        path: Witness,
    },
    /// What is compromised is not known as a whole, so that nobody can say what it reaches.
    TaintUnknown {
        /// What is not known.
        roots: Vec<String>,
    },
    /// It has formats that run code.
    UnsafeFormat {
        /// What was found.
        findings: Vec<Cause>,
    },
}

impl Reason {
    /// Returns the stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BackupMismatch { .. } => "audit.rollback.backup.mismatch",
            Self::BackupMissing => "audit.rollback.backup.missing",
            Self::BackupStale { .. } => "audit.rollback.backup.stale",
            Self::BadSignature { .. } => "audit.rollback.signature.bad",
            Self::BelowFloor { .. } => "audit.rollback.below_floor",
            Self::ClosureIncomplete { .. } => "audit.rollback.closure.incomplete",
            Self::ClosureTainted { .. } => "audit.rollback.closure.tainted",
            Self::FormatsUnknown => "audit.rollback.format.unknown",
            Self::IdentityConflict { .. } => "audit.rollback.identity",
            Self::IsPresent => "audit.rollback.present",
            Self::KnownBad { .. } => "audit.rollback.known_bad",
            Self::NoSignature => "audit.rollback.signature.none",
            Self::NotInGraph { .. } => "audit.rollback.not_in_graph",
            Self::SignerRevoked { .. } => "audit.rollback.signer_revoked",
            Self::Tainted { .. } => "audit.rollback.tainted",
            Self::TaintUnknown { .. } => "audit.rollback.taint_unknown",
            Self::UnsafeFormat { .. } => "audit.rollback.format.unsafe",
        }
    }

    /// Tells whether work on the release or on what is known of it can take the reason away: another
    /// backup, a check, a description. What is tainted, bad or too old stays so.
    #[must_use]
    pub const fn is_repairable(&self) -> bool {
        !matches!(
            self,
            Self::BelowFloor { .. }
                | Self::ClosureTainted { .. }
                | Self::IsPresent
                | Self::KnownBad { .. }
                | Self::Tainted { .. }
                | Self::UnsafeFormat { .. }
        )
    }
}

/// Says it in a line that is safe to print on a terminal.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BackupMismatch { findings } => list(f, "the backup differs", findings),
            Self::BackupMissing => f.write_str("no verified backup"),
            Self::BackupStale { checked } => write!(f, "the backup was verified at {checked}"),
            Self::BadSignature { findings } => list(f, "the signature is refused", findings),
            Self::BelowFloor { floor } => match floor {
                Floor::Digest(digest) => write!(f, "not deployed since {digest}"),
                Floor::Version(version) => write!(f, "not known to be at least {version}"),
            },
            Self::ClosureIncomplete { missing } => list(f, "needs what nobody described", missing),
            Self::ClosureTainted { count, paths } => {
                write!(f, "{count} things that it needs are tainted")?;
                paths.iter().try_for_each(|path| write!(f, "; {path}"))
            }
            Self::FormatsUnknown => f.write_str("nobody looked at the formats"),
            Self::IdentityConflict { stated } => list(f, "the graph states another digest", stated),
            Self::IsPresent => f.write_str("it is what is to be left"),
            Self::KnownBad { references } => list(f, "known to be bad", references),
            Self::NoSignature => f.write_str("no verified signature"),
            Self::NotInGraph { node } => write!(f, "the graph lacks {}", Terminal(node.as_str())),
            Self::SignerRevoked { key, from, .. } => {
                write!(f, "signed by the key {key}, revoked from {from} on")
            }
            Self::Tainted { path } => write!(f, "tainted: {path}"),
            Self::TaintUnknown { roots } => list(f, "what is compromised is not known", roots),
            Self::UnsafeFormat { findings } => list(f, "unsafe formats", findings),
        }
    }
}

fn list<T: fmt::Display>(f: &mut fmt::Formatter<'_>, what: &str, items: &[T]) -> fmt::Result {
    f.write_str(what)?;
    let mut items = items.iter();
    items.try_for_each(|item| write!(f, "; {}", Terminal(&item.to_string())))
}
