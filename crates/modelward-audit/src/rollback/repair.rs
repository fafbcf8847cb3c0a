//! What would have to be done so that a release could be gone back to.

use modelward_artifact::{Digest, Text};
use serde::{Deserialize, Serialize};

use super::plan::Candidate;
use super::reason::Reason;

/// Names a release that would be safe if what speaks against it were repaired.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Repair {
    /// The root digest of the release.
    pub root: Digest,
    /// Its version.
    pub version: Text,
    /// How much work it is: the sum of [`Reason::effort`].
    pub effort: u64,
    /// The codes of the reasons to take away, those of the same release as in its [`Candidate`].
    pub reasons: Vec<String>,
    /// What to do about each of them, in the same order.
    pub remedies: Vec<String>,
}

impl Reason {
    /// Returns how much work it is to take the reason away, `None` where nothing can.
    ///
    /// | effort | work | reasons |
    /// |---|---|---|
    /// | 1 | look again | a stale backup, formats, health or taint that nobody looked at |
    /// | 2 | find a document | a signature, a proof of its time, a description of what it needs |
    /// | 3 | find other bytes | no backup or a bad one, bytes with a bad signature |
    ///
    /// Members that are restored with a release count each for itself. The numbers are ours and say
    /// only in which order to try.
    #[must_use]
    pub fn effort(&self) -> Option<u64> {
        match self {
            Self::BackupStale { .. }
            | Self::FormatsUnknown
            | Self::HealthUnknown { .. }
            | Self::TaintUnknown { .. } => Some(1),
            Self::ClosureIncomplete { .. }
            | Self::IdentityConflict { .. }
            | Self::NoSignature
            | Self::NotInGraph { .. }
            | Self::SignerRevoked { .. } => Some(2),
            Self::BackupMismatch { .. } | Self::BackupMissing | Self::BadSignature { .. } => {
                Some(3)
            }
            Self::MemberUnverified { count, members } => {
                let listed = total(members.iter().flat_map(|member| &member.reasons));
                // Those that are not listed are as much work as can be.
                let rest = count.saturating_sub(members.len() as u64);
                Some(listed?.saturating_add(rest.saturating_mul(5)))
            }
            Self::BelowFloor { .. }
            | Self::ClosureTainted { .. }
            | Self::IsPresent
            | Self::KnownBad { .. }
            | Self::Tainted { .. }
            | Self::UnsafeFormat { .. } => None,
        }
    }

    /// Returns what to do about it, `None` where nothing can be done.
    #[must_use]
    pub const fn remedy(&self) -> Option<&'static str> {
        match self {
            Self::BackupMismatch { .. } => Some("find another backup, and verify it"),
            Self::BackupMissing => Some("find a backup, and verify it"),
            Self::BackupStale { .. } => Some("verify the backup again"),
            Self::BadSignature { .. } => {
                Some("find the bytes that were signed, or why they differ")
            }
            Self::ClosureIncomplete { .. } => Some("describe what it needs, such as by its ML-BOM"),
            Self::FormatsUnknown => Some("inspect its formats"),
            Self::HealthUnknown { .. } => Some("look up what is known of it"),
            Self::IdentityConflict { .. } => Some("find out which bytes the graph means"),
            Self::MemberUnverified { .. } => Some("verify what it is restored with"),
            Self::NoSignature => Some("verify its signature"),
            Self::NotInGraph { .. } => Some("add it to the graph, such as by its ML-BOM"),
            Self::SignerRevoked { .. } => Some("find proof of when it was signed"),
            Self::TaintUnknown { .. } => Some("find out what is compromised"),
            Self::BelowFloor { .. }
            | Self::ClosureTainted { .. }
            | Self::IsPresent
            | Self::KnownBad { .. }
            | Self::Tainted { .. }
            | Self::UnsafeFormat { .. } => None,
        }
    }
}

/// Lists the releases that repairs can make safe: the least work first, then the fewest reasons, then
/// the newest.
pub(crate) fn repairs(candidates: &[Candidate]) -> Vec<Repair> {
    let mut repairs: Vec<Repair> = candidates.iter().filter_map(repair).collect();
    repairs.sort_by_key(|repair| (repair.effort, repair.reasons.len()));
    repairs
}

/// Adds up how much work reasons are: a plan that was read may say any number.
fn total<'a>(reasons: impl IntoIterator<Item = &'a Reason>) -> Option<u64> {
    let mut reasons = reasons.into_iter();
    reasons.try_fold(0, |sum: u64, reason| {
        Some(sum.saturating_add(reason.effort()?))
    })
}

fn repair(candidate: &Candidate) -> Option<Repair> {
    let reasons = &candidate.reasons;
    let effort = total(reasons);
    let remedies = reasons.iter().filter_map(Reason::remedy);
    Some(Repair {
        root: candidate.root,
        version: candidate.version.clone(),
        effort: effort?,
        reasons: reasons.iter().map(|it| it.code().to_owned()).collect(),
        remedies: remedies.map(str::to_owned).collect(),
    })
}
