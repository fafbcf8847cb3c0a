use std::fmt;

use modelward_artifact::escape::Terminal;
use modelward_artifact::{Digest, Text, Timestamp};
use modelward_graph::NodeId;
use serde::{Deserialize, Serialize};

use super::cause::{Cause, Witness};
use super::health::HealthSource;
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
        /// How many things are not.
        count: u64,
        /// The first of them, in order of ids.
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
    /// Nobody looked whether it is known to be bad.
    HealthUnknown {
        /// Where nobody looked.
        missing: Vec<HealthSource>,
    },
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
    /// Something that is restored together with it is not known well enough.
    MemberUnverified {
        /// How many things are not.
        count: u64,
        /// The first of them, in order of ids.
        members: Vec<UnverifiedMember>,
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

/// Says what speaks against something that is restored together with a release.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UnverifiedMember {
    /// The node in the graph.
    pub node: NodeId,
    /// Every reason against it.
    pub reasons: Vec<Reason>,
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
            Self::HealthUnknown { .. } => "audit.rollback.health_unknown",
            Self::IdentityConflict { .. } => "audit.rollback.identity",
            Self::IsPresent => "audit.rollback.present",
            Self::KnownBad { .. } => "audit.rollback.known_bad",
            Self::MemberUnverified { .. } => "audit.rollback.member_unverified",
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
    pub fn is_repairable(&self) -> bool {
        self.effort().is_some()
    }

    /// Tells whether it says that compromise reaches the release, or may reach it.
    #[must_use]
    pub const fn is_of_taint(&self) -> bool {
        matches!(
            self,
            Self::ClosureTainted { .. } | Self::Tainted { .. } | Self::TaintUnknown { .. }
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
            Self::ClosureIncomplete { count, missing } => list(
                f,
                &format!("needs {count} things that nobody described"),
                missing,
            ),
            Self::ClosureTainted { count, paths } => {
                write!(f, "{count} things that it needs are tainted")?;
                paths.iter().try_for_each(|path| write!(f, "; {path}"))
            }
            Self::FormatsUnknown => f.write_str("nobody looked at the formats"),
            Self::HealthUnknown { missing } => {
                let missing: Vec<&str> = missing.iter().map(|it| it.name()).collect();
                list(f, "nobody looked whether it is known to be bad", &missing)
            }
            Self::IdentityConflict { stated } => list(f, "the graph states another digest", stated),
            Self::IsPresent => f.write_str("it is what is to be left"),
            Self::KnownBad { references } => list(f, "known to be bad", references),
            Self::MemberUnverified { count, members } => {
                write!(
                    f,
                    "{count} things that it is restored with are not verified"
                )?;
                members.iter().try_for_each(|it| {
                    write!(f, "; {}:", Terminal(it.node.as_str()))?;
                    let mut reasons = it.reasons.iter();
                    reasons.try_for_each(|reason| write!(f, " {reason}"))
                })
            }
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
