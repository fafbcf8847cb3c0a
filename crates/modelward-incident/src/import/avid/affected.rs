//! What is affected, and whose it is.

use modelward_artifact::Text;

use super::reading::Reading;
use crate::format::avid::{Affects, Artifact, ArtifactKind};
use crate::import::ImportError;
use crate::{AffectedAsset, AiSystem, AssetKind, EventKind};

impl Reading<'_> {
    pub(super) fn affects(&mut self, affects: &Affects) -> Result<(), ImportError> {
        let mut systems = Vec::new();
        for (index, artifact) in affects.artifacts().iter().enumerate() {
            let at = format!("/affects/artifacts/{index}");
            let kind = match artifact.kind().known() {
                Some(ArtifactKind::System) => None,
                Some(ArtifactKind::Dataset) => Some(AssetKind::Dataset),
                Some(ArtifactKind::Model) => Some(AssetKind::Model),
                None => {
                    self.writer
                        .rows
                        .unmapped(at, "its type is none of the format");
                    continue;
                }
            };
            let Some(name) = self.text(&format!("{at}/name"), artifact.name()) else {
                self.writer.rows.unmapped(at, "it has no name");
                continue;
            };
            match kind {
                None => {
                    self.writer
                        .rows
                        .direct(at, format!("systems/{}", systems.len()));
                    systems.push(AiSystem::new(name));
                }
                Some(kind) => self.asset(&at, index, AffectedName { kind, name })?,
            }
        }
        self.parties(affects, &mut systems)?;
        for system in systems {
            self.writer.record(EventKind::SystemDescribed(system))?;
        }
        Ok(())
    }

    fn asset(&mut self, at: &str, index: usize, it: AffectedName) -> Result<(), ImportError> {
        let id = format!("artifact-{index}").parse();
        let id = id.expect("letters, a dash and digits are an id");
        self.writer.rows.direct(at, format!("assets/{id}"));
        self.writer
            .record(EventKind::AssetRecorded(AffectedAsset::new(
                id, it.kind, it.name,
            )))
    }

    /// Puts developers and deployers to the system; where there are several or none, it is only
    /// noted who they are, since the document does not say whose they are.
    fn parties(
        &mut self,
        affects: &Affects,
        systems: &mut Vec<AiSystem>,
    ) -> Result<(), ImportError> {
        let developers = self.names("/affects/developer", affects.developer());
        let deployers = self.names("/affects/deployer", affects.deployer());
        if systems.is_empty()
            && let [model] = affects.artifacts()
            && let Some(name) = of_model(model)
            && !(developers.is_empty() && deployers.is_empty())
        {
            self.writer
                .rows
                .approximate("/affects", "systems, by the name of the model");
            systems.push(AiSystem::new(name));
        }
        let lists = [("developer", developers), ("deployer", deployers)];
        for (member, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
            let at = format!("/affects/{member}");
            let [system] = systems.as_mut_slice() else {
                self.note(&at, member, &names)?;
                continue;
            };
            self.writer.rows.direct(at, "systems");
            match member {
                "developer" => system.developers = names,
                _ => system.deployers = names,
            }
        }
        Ok(())
    }

    fn note(&mut self, at: &str, member: &str, names: &[Text]) -> Result<(), ImportError> {
        let names: Vec<_> = names.iter().map(Text::as_str).collect();
        let Ok(text) = format!("AVID, {member}: {}", names.join("; ")).parse() else {
            let why = "it is not said whose they are, and they are too many for a note";
            self.writer.rows.unmapped(at, why);
            return Ok(());
        };
        let why = "notes, since it is not said whose they are";
        self.writer.rows.approximate(at, why);
        self.writer.record(EventKind::Noted { text })
    }

    fn names(&mut self, at: &str, names: &[String]) -> Vec<Text> {
        let names = names.iter().enumerate();
        names
            .filter_map(|(index, name)| self.text(&format!("{at}/{index}"), name))
            .collect()
    }
}

struct AffectedName {
    kind: AssetKind,
    name: Text,
}

fn of_model(artifact: &Artifact) -> Option<Text> {
    let is_model = artifact.kind().known() == Some(ArtifactKind::Model);
    is_model.then(|| artifact.name().parse().ok())?
}
