//! Somebody outside who keeps the checkpoints of the log, and the key that signs them.

use std::fs;
use std::path::Path;

use modelward::artifact::{Message, SignatureAlgorithm, Signer, SignerError, Verdict};
use modelward::audit::CheckpointKey;
use modelward::incident::Incidents;
use modelward::incident::log::{
    Checkpoint, Disclosures, Entry, IncidentLog, LogFile, LogLimits, Origin, SignedCheckpoint,
};
use modelward::sign::PublicKey;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::EncodePublicKey as _;

use crate::desk::Desk;
use crate::{Failure, chapter};

/// Where the log belongs.
const ORIGIN: &str = "dermalyse.example/incidents";

/// Signs checkpoints, and holds what others check them with. The key is made of fixed bytes, so that every run writes the same;
/// a key of yours lies in a token or a key service.
pub(crate) struct Witness {
    name: Origin,
    key: SigningKey,
    public: PublicKey,
}

impl Witness {
    pub(crate) fn new(name: &str) -> Result<Self, Failure> {
        let key = SigningKey::from_slice(&[0x4d; 32])?;
        let der = key.verifying_key().to_public_key_der()?;
        let public = PublicKey::from_der(der.as_bytes())?;
        let name = name.parse()?;
        Ok(Self { name, key, public })
    }

    fn trusted(&self) -> Result<CheckpointKey, Failure> {
        Ok(CheckpointKey::new(self.name.clone(), self.public.clone())?)
    }
}

impl Signer for Witness {
    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::EcdsaP256Sha256
    }

    fn public_key_der(&self) -> &[u8] {
        self.public.as_der()
    }

    fn sign(&self, message: &Message<'_>) -> Result<Vec<u8>, SignerError> {
        let signature: Signature = self.key.sign(message.bytes());
        Ok(signature.to_der().as_bytes().to_vec())
    }
}

/// Signs where the log stands, which somebody outside keeps.
pub(crate) fn remember(desk: &Desk, witness: &Witness) -> Result<SignedCheckpoint, Failure> {
    let checkpoint = desk.log.chain().checkpoint(ORIGIN.parse()?);
    Ok(SignedCheckpoint::sign(
        checkpoint,
        witness.name.clone(),
        witness,
    )?)
}

/// Shows that the log holds what it held, and that it would show if it did not.
pub(crate) fn check(
    desk: &Desk,
    witness: &Witness,
    remembered: &SignedCheckpoint,
    folder: &Path,
) -> Result<(), Failure> {
    chapter("verified", "Nobody has to believe the log.");
    let last = remember(desk, witness)?;
    fs::write(folder.join("checkpoint.txt"), last.to_string())?;
    println!("{last}");
    let path = desk.log.path();
    let old = vouched(remembered, witness)?;
    let reading = LogFile::read(path, LogLimits::default())?;
    let Verdict::Verified(log) = reading.into_verdict() else {
        return Err("the log does not verify".into());
    };
    match log.chain().verify_against(&old) {
        Verdict::Verified(grown) => println!(
            "the log goes on from the checkpoint over {} entries with {} more",
            grown.old_size(),
            grown.added()
        ),
        Verdict::Rejected(_) => return Err("the log was written anew".into()),
    }
    prove(&log, &vouched(&last, witness)?)?;
    replay(desk, log)?;
    change(path)
}

/// Returns a checkpoint that the witness signed.
fn vouched(signed: &SignedCheckpoint, witness: &Witness) -> Result<Checkpoint, Failure> {
    match signed.verify(&witness.trusted()?) {
        Verdict::Verified(checkpoint) => Ok(checkpoint),
        Verdict::Rejected(_) => Err("the witness did not sign".into()),
    }
}

/// Proves that one entry is in the log, to somebody who has its checkpoint and no other entry.
fn prove(log: &IncidentLog, checkpoint: &Checkpoint) -> Result<(), Failure> {
    let signed_off = |entry: &&Entry| entry.kind() == Some("order-signed-off");
    let entry = log
        .entries()
        .iter()
        .find(signed_off)
        .ok_or("no order was signed off")?;
    let proof = log.prove_inclusion(entry.seq())?;
    proof.verify(&entry.leaf()?, checkpoint.root())?;
    println!(
        "entry {}, the order of quarantine, is in the log by {} digests:",
        entry.seq(),
        proof.path().len()
    );
    for digest in proof.path() {
        println!("  {digest}");
    }
    Ok(())
}

/// The record is what the log says, and it can be read without what stands beside it.
fn replay(desk: &Desk, mut log: IncidentLog) -> Result<(), Failure> {
    let incident = desk.incident()?;
    let again = Incidents::replay(&mut log, &desk.secrets)?;
    if again.get(incident.id()) != Some(incident) {
        return Err("the log tells another story".into());
    }
    let bare = Incidents::replay(&mut log, &Disclosures::new())?;
    let bare = bare.get(incident.id()).ok_or("the log has no incident")?;
    println!(
        "{} events lived through again; {} without what is kept beside the log",
        incident.timeline().len(),
        bare.timeline().len()
    );
    Ok(())
}

/// One word is changed in a copy.
fn change(path: &Path) -> Result<(), Failure> {
    let lines = fs::read_to_string(path)?.replace("two weeks later", "two days later");
    let reading = IncidentLog::verify(lines.as_bytes());
    let fault = reading.fault().ok_or("a changed word went unnoticed")?;
    println!("with `weeks` changed to `days`: {}", fault.to_finding());
    Ok(())
}
