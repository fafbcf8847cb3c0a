//! What signatures and scans of the files show.

use modelward_artifact::{Finding, Verdict};
use modelward_rmf::{EvidenceSource, Method};
use modelward_sign::{SignedBy, SubjectName, VerifiedModel};

use super::bearing::{Bearing, MAP_4_2, MEASURE_2_7, MEASURE_2_8, direct, supporting};
use super::notes::Notes;
use super::origin::{Origin, count, text};
use crate::{ModelEvidence, PickleFact, PickleState};

const SIGNATURE: [Bearing; 2] = [direct(MEASURE_2_7), direct(MAP_4_2)];
const SIGNER: [Bearing; 1] = [supporting(MEASURE_2_8)];
const PICKLES: [Bearing; 1] = [direct(MEASURE_2_7)];

pub(super) fn observe(notes: &mut Notes, evidence: &ModelEvidence<'_>) {
    match evidence.verification() {
        Some(Verdict::Verified(model)) => observe_verified(notes, evidence, model),
        Some(Verdict::Rejected(findings)) => {
            let codes: Vec<_> = findings.iter().map(Finding::code).collect();
            let origin = run_of_verification(evidence, &codes);
            let first = findings.iter().next().map(ToString::to_string);
            let first = first.unwrap_or_default();
            let message = format!("the signature was refused: {first}");
            notes.add(&SIGNATURE, &origin.contradicts(message));
        }
        None => {}
    }
    if let Some(pickles) = evidence.pickles() {
        observe_pickles(notes, evidence, pickles);
    }
}

fn observe_verified(notes: &mut Notes, evidence: &ModelEvidence<'_>, model: &VerifiedModel) {
    let signer = name(model.signed_by());
    let signed = model.manifest().root();
    let origin = match evidence.bundle() {
        Some(bundle) => Origin {
            source: EvidenceSource::VerifiedSignature {
                subject: signed,
                bundle,
                identity: text(&signer),
            },
            method: Method::Test,
            digest: bundle,
        },
        None => run_of_verification(evidence, &[signed.to_string().as_str(), &signer]),
    };
    if signed != evidence.root() {
        let message = format!("{signer} signed other files, with the root digest {signed}");
        notes.add(&SIGNATURE, &origin.contradicts(message));
        return;
    }
    let files = count(model.manifest().entries().len(), "file is", "files are");
    let message = format!("{files} as {signer} signed them");
    notes.add(&SIGNATURE, &origin.supports(message));
    let message = format!("{signer} answers for the files by a signature");
    notes.add(&SIGNER, &origin.supports(message));
}

fn run_of_verification(evidence: &ModelEvidence<'_>, found: &[&str]) -> Origin {
    let mut origin = Origin::run("modelward verify", &evidence.root(), found);
    origin.digest = evidence.bundle().unwrap_or(origin.digest);
    origin
}

/// A pickle that is not scanned, or not as a whole, shows nothing, and so the others do not either.
fn observe_pickles(notes: &mut Notes, evidence: &ModelEvidence<'_>, pickles: &[PickleFact]) {
    let mut pickles: Vec<_> = pickles.iter().collect();
    pickles.sort_unstable();
    let is = |state| pickles.iter().filter(move |it| it.state == state);
    let states: Vec<_> = pickles.iter().map(|it| (&*it.path, state(it))).collect();
    let origin = Origin::run("modelward pickle scan", &evidence.root(), &states);
    let bad: Vec<_> = is(PickleState::Unsafe)
        .chain(is(PickleState::Suspicious))
        .collect();
    if let [first, ..] = bad.as_slice() {
        let (number, path) = (bad.len(), &first.path);
        let pickles = count(number, "pickle runs", "pickles run");
        let what = match first.state {
            PickleState::Unsafe => "what must not be run",
            _ => "what may do harm",
        };
        let message = format!("{pickles} {what}, such as {path}");
        notes.add(&PICKLES, &origin.contradicts(message));
    } else if pickles.iter().all(|it| it.state == PickleState::Safe) {
        let message = match pickles.len() {
            0 => "the model has no pickle".to_owned(),
            number => {
                let pickles = count(number, "pickle runs", "pickles run");
                format!("{pickles} nothing that it should not")
            }
        };
        notes.add(&PICKLES, &origin.supports(message));
    }
}

const fn state(pickle: &PickleFact) -> &'static str {
    match pickle.state {
        PickleState::Safe => "safe",
        PickleState::Suspicious => "suspicious",
        PickleState::NotScanned => "not-scanned",
        PickleState::Unsafe => "unsafe",
    }
}

/// Returns the first name that a certificate proves, or the digest of the key.
fn name(signer: &SignedBy) -> String {
    let key = signer.key_digest();
    if let SignedBy::Certificate(chain) = signer {
        let names = chain.leaf().subject_names().iter();
        let mut names = names.filter_map(|name| match name {
            SubjectName::Dns(name) | SubjectName::Email(name) | SubjectName::Uri(name) => {
                Some(name.to_string())
            }
            _ => None,
        });
        if let Some(name) = names.next() {
            return name;
        }
    }
    format!("key {key}")
}
