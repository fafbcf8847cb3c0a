use modelward_artifact::{Digest, Finding, Timestamp, Verdict};
use modelward_sign::{Revocation, SignedBy, SubjectName, VerifiedChain, VerifiedModel};
use serde::Serialize;

use crate::dossier::block::{Block, Cell, Section, Sign, Span, finding};
use crate::dossier::identity::{Identity, same};
use crate::dossier::part::Part;

/// Says what verifying the signature came to.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case", tag = "answer")]
pub(super) enum Signature {
    Rejected { findings: Vec<Finding> },
    Verified(Box<Signed>),
}

/// Holds who signed which files.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Signed {
    pub(super) root: Digest,
    signer: Signer,
    /// SHA-256 of the public key in PEM.
    pub(super) key: Digest,
    warnings: Vec<Finding>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
enum Signer {
    Certificate(Box<Certified>),
    Key,
    Other,
}

/// Holds what a certificate proves of a signer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Certified {
    names: Vec<String>,
    subject: String,
    issuer: String,
    serial: String,
    fingerprint: Digest,
    not_before: Timestamp,
    not_after: Timestamp,
    valid_at: Timestamp,
    revocation_checked: bool,
    chain: Vec<String>,
}

impl Signature {
    pub(super) fn of(verdict: &Verdict<VerifiedModel>) -> Self {
        match verdict {
            Verdict::Rejected(findings) => Self::Rejected {
                findings: findings.as_slice().to_vec(),
            },
            Verdict::Verified(model) => Self::Verified(Box::new(Signed {
                root: model.manifest().root(),
                signer: Signer::of(model.signed_by()),
                key: model.signed_by().key_digest(),
                warnings: model.warnings().to_vec(),
            })),
        }
    }

    pub(super) fn signed(&self) -> Option<&Signed> {
        match self {
            Self::Verified(signed) => Some(signed),
            Self::Rejected { .. } => None,
        }
    }
}

impl Signer {
    fn of(signer: &SignedBy) -> Self {
        match signer {
            SignedBy::Certificate(chain) => Self::Certificate(Box::new(Certified::of(chain))),
            SignedBy::Key(_) => Self::Key,
            _ => Self::Other,
        }
    }
}

impl Certified {
    fn of(chain: &VerifiedChain) -> Self {
        let leaf = chain.leaf();
        let names = leaf.subject_names().iter().map(|name| match name {
            SubjectName::Dns(name) | SubjectName::Email(name) | SubjectName::Uri(name) => {
                name.clone()
            }
            _ => "a name of another kind".to_owned(),
        });
        let subjects = chain.certificates().iter();
        Self {
            names: names.collect(),
            subject: leaf.subject().to_owned(),
            issuer: leaf.issuer().to_owned(),
            serial: leaf.serial(),
            fingerprint: leaf.fingerprint(),
            not_before: leaf.not_before(),
            not_after: leaf.not_after(),
            valid_at: chain.instant(),
            revocation_checked: chain.revocation() == Revocation::Checked,
            chain: subjects.map(|it| it.subject().to_owned()).collect(),
        }
    }
}

impl Signed {
    /// Returns the names that are proven to be the signer's, or what there is instead.
    pub(super) fn names(&self) -> Vec<String> {
        match &self.signer {
            Signer::Certificate(it) if it.names.is_empty() => vec![it.subject.clone()],
            Signer::Certificate(it) => it.names.clone(),
            Signer::Key => vec!["The holder of a trusted key".to_owned()],
            Signer::Other => vec!["A signer whom the policy trusts".to_owned()],
        }
    }

    /// Returns how the signer is known.
    pub(super) fn how(&self) -> String {
        match &self.signer {
            Signer::Certificate(it) => format!("certified by {}", it.issuer),
            Signer::Key | Signer::Other => format!("key {}", self.key),
        }
    }

    fn blocks(&self, root: &Digest) -> Vec<Block> {
        let mut facts = vec![
            ("Answer", Cell::chip(Sign::Good, "verified")),
            ("Signed by", Cell::lines(&self.names())),
            ("Signed files", same(Some(&self.root), root)),
            ("Public key", Cell::code(self.key.to_string())),
        ];
        if let Signer::Certificate(it) = &self.signer {
            facts.extend(it.facts());
        }
        let mut blocks = vec![Block::Facts(facts)];
        if !self.warnings.is_empty() {
            blocks.push(Block::text("What deserves attention:"));
            blocks.push(Block::List(self.warnings.iter().map(finding).collect()));
        }
        blocks
    }
}

impl Certified {
    fn facts(&self) -> Vec<(&'static str, Cell)> {
        let revoked = if self.revocation_checked {
            Cell::chip(Sign::Good, "checked").with(Span::Text("no certificate is revoked".into()))
        } else {
            Cell::chip(Sign::Unknown, "not checked").with(Span::Text("no list was given".into()))
        };
        let valid = format!("{} to {}", self.not_before, self.not_after);
        vec![
            ("Subject", Cell::text(&self.subject)),
            ("Issuer", Cell::text(&self.issuer)),
            ("Serial number", Cell::code(&self.serial)),
            ("Certificate", Cell::code(self.fingerprint.to_string())),
            (
                "Valid",
                Cell::text(valid).soft(format!("judged at {}", self.valid_at)),
            ),
            ("Revocation", revoked),
            ("Chain", Cell::lines(&self.chain)),
        ]
    }
}

/// Lays out the section on signatures.
pub(super) fn section(identity: &Identity) -> Section {
    let blocks = match &identity.signature {
        Part::Missing { text } => vec![
            Block::Missing((*text).to_owned()),
            Block::text("Nothing is known of who made these files, or whether they were changed."),
        ],
        Part::Given(Signature::Rejected { findings }) => vec![
            Block::Facts(vec![("Answer", Cell::chip(Sign::Bad, "rejected"))]),
            Block::text("Why the signature was rejected:"),
            Block::List(findings.iter().map(finding).collect()),
        ],
        Part::Given(Signature::Verified(signed)) => signed.blocks(&identity.root),
    };
    Section {
        id: "signature",
        title: "Signature",
        blocks,
    }
}
