//! Keeps an append-only log whose every change shows.
//!
//! Each entry is one line of canonical JSON (RFC 8785) and a leaf of a hash tree (RFC 6962). An
//! [`IncidentLog`] holds its entries in memory, a [`LogFile`] on disk; both grow one [`Chain`],
//! which has the root and makes the proofs. What not every reader may see stands in the log as a
//! salted commitment, and is kept beside it in [`Disclosures`], where it can be dropped.
//!
//! **What shows when.** An entry that was changed, dropped, doubled or moved shows when the log is
//! read, since each entry names the hash of the one before. A change of the last entry, entries cut
//! off at the end, and a log that was written anew from some entry on do not show in the log itself:
//! they show only against a [`Checkpoint`] that was remembered elsewhere, by
//! [`Chain::verify_against`].
//!
//! ```
//! use modelward_artifact::Party;
//! use modelward_incident::log::{Context, Draft, IncidentLog};
//! use serde_json::json;
//!
//! let mut log = IncidentLog::new();
//! let context = Context::new("2026-11-23T10:00:00Z".parse()?, Party::new("Jo Example")?);
//! log.append(Draft::new(json!({"kind": "detected"}))?, &context)?;
//! let remembered = log.chain().checkpoint("example.org/incidents".parse()?);
//! for kind in ["contained", "recovered"] {
//!     log.append(Draft::new(json!({"kind": kind}))?, &context)?;
//! }
//!
//! let proof = log.chain().prove_inclusion(0)?;
//! proof.verify(&log.entries()[0].leaf()?, &log.chain().root())?;
//! assert!(log.chain().verify_against(&remembered).verified().is_some());
//!
//! let lines = String::from_utf8(log.to_lines()?)?;
//! let reading = IncidentLog::verify(lines.replace("detected", "rejected").as_bytes());
//! let fault = reading.fault().ok_or("no fault")?;
//! assert_eq!((fault.seq(), fault.code()), (0, "incident.log.changed"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod canonical;
mod chain;
mod checkpoint;
mod disclosure;
mod entry;
mod fault;
mod file;
mod limits;
mod memory;
mod merkle;
mod note;
mod scan;

pub use self::chain::{AppendError, Chain, Continuation};
pub use self::checkpoint::{Checkpoint, Origin, ParseCheckpointError};
pub use self::disclosure::{Disclosed, DisclosureError, Disclosures, Field, Salt};
pub use self::entry::{Context, Draft, DraftError, Entry};
pub use self::fault::{Defect, Fault};
pub use self::file::{Durability, FileOptions, LogFile, LogFileError, Repair};
pub use self::limits::LogLimits;
pub use self::memory::{IncidentLog, Reading};
pub use self::merkle::{ConsistencyProof, InclusionProof, ProofError};
pub use self::note::{NoteVerifier, SignCheckpointError, SignedCheckpoint};
