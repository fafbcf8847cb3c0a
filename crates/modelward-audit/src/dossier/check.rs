use modelward_artifact::Digest;
use serde::Serialize;

use crate::dossier::block::{Block, Cell, Section, Table, Width};
use crate::dossier::view::Body;

/// Says what this dossier rests on, so that a reader can check it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Check {
    digests: Vec<Named>,
    commands: Vec<Command>,
}

/// States the digest of something that the dossier rests on; `None` where that was not given.
#[derive(Serialize)]
struct Named {
    what: &'static str,
    of: &'static str,
    digest: Option<Digest>,
}

/// States how a reader checks one thing.
#[derive(Serialize)]
struct Command {
    checks: &'static str,
    command: &'static str,
}

/// How a reader checks what the dossier says. Names in capitals are the reader's.
const COMMANDS: [Command; 4] = [
    Command {
        checks: "This page and the Markdown were written from the JSON beside them: it prints the \
                 digest that they state.",
        command: "sha256sum dossier.json",
    },
    Command {
        checks: "The files at hand are the ones that this dossier is about: it prints the root \
                 digest.",
        command: "modelward digest MODEL",
    },
    Command {
        checks: "A trusted key signed these files.",
        command: "modelward verify key MODEL --signature MODEL.sig --public-key TRUSTED.pem",
    },
    Command {
        checks: "A signer whom an authority certified signed these files.",
        command: "modelward verify certificate MODEL --signature MODEL.sig \
                  --certificate-chain AUTHORITY.pem --identity WHO",
    },
];

impl Check {
    pub(super) fn of(body: &Body) -> Self {
        let signed = body.identity.signature.given();
        let signed = signed.and_then(|signature| signature.signed());
        let named = |what, of, digest| Named { what, of, digest };
        Self {
            digests: vec![
                named(
                    "Root digest",
                    "every file of the model (OMS v1.0, section 6.3)",
                    Some(body.identity.root),
                ),
                named(
                    "Key of the signature",
                    "the signer's public key in PEM",
                    signed.map(|signed| signed.key),
                ),
                named("Signature", "the bundle, as it was read", body.bundle),
                named(
                    "Policy",
                    "the release policy, in its canonical form (RFC 8785)",
                    body.decision.given().map(|it| it.policy.digest),
                ),
                named(
                    "Assessment",
                    "the assessment, in its canonical form (RFC 8785)",
                    body.assessment.given().map(|it| it.digest),
                ),
                named(
                    "Policy of the phase gate",
                    "that policy, in its canonical form (RFC 8785)",
                    body.phase_gate.given().map(|it| it.policy_digest),
                ),
                named(
                    "Risk register",
                    "the register, in its canonical form (RFC 8785)",
                    body.risks.given().map(|it| it.digest),
                ),
            ],
            commands: COMMANDS.into(),
        }
    }

    /// Lays out the section, with the digest of the JSON that it cannot hold itself.
    pub(super) fn section(&self, json: &Digest) -> Section {
        let columns = [
            ("What", Width::Middle),
            ("SHA-256 of", Width::Rest),
            ("Digest", Width::Wide),
        ];
        let mut table = Table::new("digests", "What this dossier rests on", &columns);
        table.row([
            Cell::strong("This dossier"),
            Cell::text("the bytes of its JSON form"),
            Cell::code(json.to_hex()),
        ]);
        for named in &self.digests {
            let digest = named.digest.map(|digest| Cell::code(digest.to_hex()));
            table.row([
                Cell::strong(named.what),
                Cell::text(named.of),
                digest.unwrap_or_else(|| Cell::text("not given")),
            ]);
        }
        let mut blocks = vec![
            Block::text(
                "A dossier is a copy of what other documents say. It is not signed, and a copy can \
                 be changed. Whoever relies on it gets the digest of its JSON from the one who made \
                 it, by another way, and checks:",
            ),
            Block::Table(table),
        ];
        for command in &self.commands {
            blocks.push(Block::text(command.checks));
            blocks.push(Block::Code(command.command.to_owned()));
        }
        blocks.push(Block::text(
            "The same documents and the same time give the same bytes. Whoever has the documents \
             can write the dossier again and compare.",
        ));
        Section {
            id: "verify",
            title: "How to verify this dossier",
            blocks,
        }
    }
}
