//! What is affected, and whose it is.

use crate::export::ledger::Ledger;
use crate::export::versioned;
use crate::format::avid::{Affects, Artifact, ArtifactKind};
use crate::{AiSystem, AssetKind, Compromise, Incident, Text};

/// The format has a kind and a name for an artifact.
const NAME_ONLY: &str = "the format has nothing of an artifact but kind and name";

pub(super) fn affects(incident: &Incident, ledger: &mut Ledger) -> Option<Affects> {
    let systems = incident.systems();
    let mut artifacts = Vec::new();
    for (index, it) in systems.iter().enumerate() {
        let place = format!("/affects/artifacts/{}", artifacts.len());
        system(&format!("systems/{index}"), &place, ledger);
        artifacts.push(Artifact::new(
            ArtifactKind::System,
            versioned(&it.name, it.version.as_ref()),
        ));
    }
    for it in incident.assets().values() {
        let field = format!("assets/{}", it.id);
        if it.compromise == Compromise::Cleared {
            let why = "it was cleared and is not affected";
            ledger.unmapped(format!("{field}/*"), why);
            continue;
        }
        let place = format!("/affects/artifacts/{}", artifacts.len());
        let kind = asset(&field, it.kind, &place, ledger);
        artifacts.push(Artifact::new(
            kind,
            versioned(&it.name, it.version.as_ref()),
        ));
    }
    let developer = parties(systems, "developers", |it| &it.developers, ledger);
    let deployer = parties(systems, "deployers", |it| &it.deployers, ledger);
    let nothing = artifacts.is_empty() && developer.is_empty() && deployer.is_empty();
    (!nothing).then(|| Affects::new(developer, deployer, artifacts))
}

fn system(field: &str, place: &str, ledger: &mut Ledger) {
    ledger.direct(format!("{field}/name"), place);
    ledger.approximate(format!("{field}/version"), format!("{place}, in the name"));
    ledger.unmapped(format!("{field}/purpose"), NAME_ONLY);
}

/// Returns what the format calls an asset of this kind.
fn asset(field: &str, asset: AssetKind, place: &str, ledger: &mut Ledger) -> ArtifactKind {
    let (kind, is_exact) = kind(asset);
    if is_exact {
        ledger.direct(format!("{field}/kind"), place);
    } else {
        ledger.approximate(format!("{field}/kind"), place);
    }
    ledger.direct(format!("{field}/name"), place);
    ledger.approximate(format!("{field}/version"), format!("{place}, in the name"));
    for member in ["refs", "compromise", "window", "inProduction", "origin"] {
        ledger.unmapped(format!("{field}/{member}"), NAME_ONLY);
    }
    kind
}

/// Returns the kind of the format that is nearest, and whether it is the same.
const fn kind(kind: AssetKind) -> (ArtifactKind, bool) {
    match kind {
        AssetKind::Model => (ArtifactKind::Model, true),
        AssetKind::Dataset => (ArtifactKind::Dataset, true),
        AssetKind::Adapter | AssetKind::Tokenizer => (ArtifactKind::Model, false),
        AssetKind::Code
        | AssetKind::Config
        | AssetKind::Key
        | AssetKind::Memory
        | AssetKind::Pipeline
        | AssetKind::Prompt
        | AssetKind::Service
        | AssetKind::Tool
        | AssetKind::VectorStore => (ArtifactKind::System, false),
    }
}

/// Lists parties of all systems, each once.
fn parties(
    systems: &[AiSystem],
    member: &str,
    of: impl Fn(&AiSystem) -> &Vec<Text>,
    ledger: &mut Ledger,
) -> Vec<String> {
    let mut parties: Vec<String> = Vec::new();
    let place = format!("/affects/{}", member.trim_end_matches('s'));
    for (index, system) in systems.iter().enumerate() {
        let found = of(system);
        if found.is_empty() {
            continue;
        }
        let field = format!("systems/{index}/{member}");
        if systems.len() == 1 {
            ledger.direct(field, place.as_str());
        } else {
            ledger.partial(field, format!("{place}, without saying of which system"));
        }
        for party in found.iter().map(Text::as_str) {
            if !parties.iter().any(|it| it == party) {
                parties.push(party.to_owned());
            }
        }
    }
    parties
}
