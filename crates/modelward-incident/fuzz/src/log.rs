//! The log and what is kept beside it.

use std::sync::LazyLock;

use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{Digest, JsonLimits, Timestamp};
use modelward_incident::log::{
    Checkpoint, ConsistencyProof, Context, Disclosures, Draft, IncidentLog, InclusionProof,
    NoteVerifier, Origin, SignedCheckpoint,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{ada, round};

/// A log of 37 entries: neither whole nor small, so that proofs have every shape.
static LOG: LazyLock<IncidentLog> = LazyLock::new(|| {
    let mut log = IncidentLog::new();
    for number in 0..37 {
        append(&mut log, json!({"kind": "note", "number": number})).expect("it has a form");
    }
    log
});

fn origin() -> Origin {
    "example.org/incidents".parse().expect("it is a name")
}

/// Appends an event a second after the last one.
fn append(log: &mut IncidentLog, event: Value) -> Option<()> {
    let second = 1_795_428_000 + i64::try_from(log.len()).expect("the log is small");
    let at = Timestamp::from_unix_seconds(second).expect("it is a time");
    let draft = Draft::new(event).ok()?;
    log.append(draft, &Context::new(at, ada())).ok()?;
    Some(())
}

/// Reads bytes as the lines of a log, up to the first that is bad.
pub fn log_lines(bytes: &[u8]) {
    let reading = IncidentLog::verify(bytes);
    let log = reading.readable();
    let lines = log.to_lines().expect("every entry has a form");
    assert!(bytes.starts_with(&lines), "what is readable is as it stood");
    match reading.fault() {
        None => assert_eq!(bytes.len(), lines.len(), "all of it is readable"),
        Some(fault) => {
            assert_eq!(fault.seq(), log.len());
            assert_eq!(fault.offset(), lines.len() as u64);
            assert!(!fault.to_string().is_empty());
        }
    }
    sound(log, &lines);
}

/// Appends each line of the bytes as an event; then flips a bit, which has to show.
pub fn log_edit(bytes: &[u8]) {
    let Some(([high, low, bit], events)) = bytes.split_first_chunk() else {
        return;
    };
    let mut log = IncidentLog::new();
    for event in events.split(|byte| *byte == b'\n').take(64) {
        if let Ok(event) = serde_json::from_slice(event) {
            append(&mut log, event);
        }
    }
    let mut lines = log.to_lines().expect("every entry has a form");
    let reading = IncidentLog::verify(&lines);
    assert!(reading.fault().is_none(), "{:?}", reading.fault());
    assert_eq!(reading.readable().entries(), log.entries());
    sound(&log, &lines);
    if lines.is_empty() {
        return;
    }
    let remembered = log.chain().checkpoint(origin());
    let at = usize::from(u16::from_be_bytes([*high, *low])) % lines.len();
    lines[at] ^= 1 << (bit & 7);
    let reading = IncidentLog::verify(&lines);
    let verdict = reading.readable().chain().verify_against(&remembered);
    assert!(verdict.rejected().is_some(), "a flipped bit shows");
    let line = lines[..at].iter().filter(|byte| **byte == b'\n').count() as u64;
    match reading.fault() {
        None => assert_eq!(line + 1, log.len(), "only the last entry has none after it"),
        Some(fault) => assert!(fault.seq() == line || fault.seq() == line + 1),
    }
}

/// Holds what holds of every log: it reads back, its proofs prove, and it continues itself.
fn sound(log: &IncidentLog, lines: &[u8]) {
    let reading = IncidentLog::verify(lines);
    assert!(reading.fault().is_none(), "what is readable is sound");
    assert_eq!(reading.readable().root(), log.root());
    let chain = log.chain();
    for (seq, entry) in log.entries().iter().enumerate() {
        let proof = chain.prove_inclusion(seq as u64).expect("it is there");
        let leaf = entry.leaf().expect("every entry has a form");
        proof.verify(&leaf, &chain.root()).expect("it is there");
        let old = seq as u64 + 1;
        let before = chain.root_at(old).expect("it was so large");
        let proof = chain.prove_consistency(old).expect("it was so large");
        proof.verify(&before, &chain.root()).expect("it only grew");
    }
    let checkpoint = chain.checkpoint(origin());
    assert!(chain.verify_against(&checkpoint).verified().is_some());
}

/// Reads a checkpoint, signed and not, which is written as the same bytes.
pub fn note(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(checkpoint) = text.parse::<Checkpoint>() {
        assert_eq!(checkpoint.to_string(), text);
        let verdict = LOG.chain().verify_against(&checkpoint);
        let same = LOG.chain().root_at(checkpoint.size()) == Some(*checkpoint.root());
        assert_eq!(verdict.verified().is_some(), same);
    }
    if let Ok(note) = text.parse::<SignedCheckpoint>() {
        assert_eq!(note.to_string(), text);
        let nobody = Believer(origin());
        let verdict = note.verify(&nobody);
        if let Some(checkpoint) = verdict.verified() {
            assert_eq!(checkpoint, note.unverified());
            let line = format!("\n\u{2014} {} ", nobody.0);
            assert!(text.contains(&line), "who did not sign vouches for nothing");
        }
    }
}

/// Believes every signature of its key.
struct Believer(Origin);

impl NoteVerifier for Believer {
    fn key_name(&self) -> &Origin {
        &self.0
    }

    fn public_key_der(&self) -> &[u8] {
        b"no key"
    }

    fn verifies(&self, _: &[u8], _: &[u8]) -> bool {
        true
    }
}

/// Reads a proof and holds it to a log of which every proof is known.
pub fn proof(bytes: &[u8]) {
    let (chain, size) = (LOG.chain(), LOG.len());
    if let Some([proof, again]) = plain::<InclusionProof>(bytes) {
        assert_eq!(proof, again);
        let other = Digest::sha256(b"another");
        assert!(proof.verify(&other, &chain.root()).is_err());
        let index = usize::try_from(proof.index()).unwrap_or(usize::MAX);
        if let Some(entry) = LOG.entries().get(index).filter(|_| proof.size() == size) {
            let leaf = entry.leaf().expect("every entry has a form");
            let right = chain.prove_inclusion(proof.index()).expect("it is there");
            let verified = proof.verify(&leaf, &chain.root()).is_ok();
            assert_eq!(verified, proof == right);
        }
    }
    if let Some([proof, again]) = plain::<ConsistencyProof>(bytes) {
        assert_eq!(proof, again);
        let (old, root) = (proof.old_size(), chain.root());
        assert!(proof.verify(&Digest::sha256(b"another"), &root).is_err());
        let before = chain.root_at(old).filter(|_| proof.new_size() == size);
        if let (Some(before), Ok(right)) = (before, chain.prove_consistency(old)) {
            assert_eq!(proof.verify(&before, &root).is_ok(), proof == right);
        }
    }
}

/// Reads what is kept beside a log, commits to all of it, and redacts it.
pub fn disclosure(bytes: &[u8]) {
    let Some([mut kept, again]) = plain::<Disclosures>(bytes) else {
        return;
    };
    assert_eq!(kept, again);
    let mut log = IncidentLog::new();
    for seq in 0..16 {
        let mut draft = Draft::new(json!({"kind": "reported"})).expect("it is an object");
        for value in kept.of(seq) {
            // One field may stand there twice, as nothing was checked against an entry.
            let more = draft.clone().with_secret(value);
            draft = more.unwrap_or(draft);
        }
        let at = Timestamp::from_unix_seconds(1_795_428_000).expect("it is a time");
        let entry = log.append(draft, &Context::new(at, ada()));
        let entry = entry.expect("commitments have a form").clone();
        let mut beside = Disclosures::new();
        for value in kept.of(seq) {
            let committed = entry.commitments().get(value.field()) == Some(&value.commitment());
            assert_eq!(entry.check(value).is_ok(), committed);
            let disclosed = beside.disclose(&entry, value.clone());
            assert_eq!(disclosed.is_ok(), committed);
        }
        assert_eq!(beside.of(seq).len(), entry.commitments().len());
    }
    let root = log.root();
    for seq in 0..16 {
        kept.redact_entry(seq);
        assert!(kept.of(seq).is_empty());
    }
    let reading = IncidentLog::verify(&log.to_lines().expect("every entry has a form"));
    assert_eq!(reading.readable().root(), root);
}

/// Reads what has no reader of its own but that of serde.
fn plain<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Option<[T; 2]> {
    let read = |bytes: &[u8], limits: &JsonLimits| -> Result<T, JsonError> {
        json::read_as(bytes, limits)
    };
    round(bytes, read, json::pretty::<T>)
}
