//! The last chapter: the incident is told to others, to each in their format and up to their label.

use std::fs;
use std::path::{Path, PathBuf};

use modelward::Digest;
use modelward::incident::export::avid::{self, AvidOptions};
use modelward::incident::export::{FieldLoss, LossStatus};
use modelward::incident::format::avid::{LifecycleStage, ProblemClass, ProblemKind};
use modelward::incident::{Disclosure, EventKind, Released, Tlp};

use crate::desk::Desk;
use crate::people::People;
use crate::{Failure, chapter};

/// When everything was told.
const TOLD: &str = "2026-10-05T09:00:00Z";

pub(crate) fn tell(desk: &mut Desk, people: &People, folder: &Path) -> Result<(), Failure> {
    chapter(
        "told",
        "Nothing above the label of a document leaves, and what it cannot say is listed.",
    );
    let clear = desk.incident()?.release(Tlp::Clear)?;
    let mut shelf = Shelf::new(folder)?;
    to_avid(&mut shelf, &clear)?;
    println!();
    for told in shelf.told {
        let kind = EventKind::Disclosed(Disclosure::new(
            told.audience.parse()?,
            told.level,
            (told.name.parse()?, told.digest),
            people.cy.clone(),
        ));
        desk.record(TOLD, &people.cy, kind)?;
    }
    Ok(())
}

fn to_avid(shelf: &mut Shelf, released: &Released) -> Result<(), Failure> {
    let options = AvidOptions::new("2026-10-05".parse()?)
        .with_problem(ProblemClass::ThirdPartyReport, ProblemKind::Issue)
        .with_lifecycle(&[LifecycleStage::DataPreparation]);
    let audience = "AI Vulnerability Database";
    let export = avid::report(released, &options)?;
    let bytes = export.document().to_json()?;
    shelf.put(
        released,
        "avid-report.json",
        audience,
        (bytes, export.losses()),
    )?;
    let export = avid::vulnerability(released, &options)?;
    let bytes = export.document().to_json()?;
    shelf.put(
        released,
        "avid-vulnerability.json",
        audience,
        (bytes, export.losses()),
    )
}

/// A document that was given to somebody.
struct Told {
    name: &'static str,
    audience: &'static str,
    level: Tlp,
    digest: Digest,
}

/// The folder of documents, beside each the list of its losses.
struct Shelf {
    folder: PathBuf,
    told: Vec<Told>,
}

impl Shelf {
    fn new(folder: &Path) -> Result<Self, Failure> {
        fs::create_dir(folder.join("losses"))?;
        Ok(Self {
            folder: folder.to_path_buf(),
            told: Vec::new(),
        })
    }

    /// Writes a document and the list of its losses.
    fn put(
        &mut self,
        released: &Released,
        name: &'static str,
        audience: &'static str,
        (bytes, losses): (Vec<u8>, &[FieldLoss]),
    ) -> Result<(), Failure> {
        fs::write(self.folder.join(name), &bytes)?;
        let list = self.folder.join("losses").join(format!("{name}.json"));
        fs::write(list, serde_json::to_vec_pretty(losses)?)?;
        let direct = |loss: &&FieldLoss| loss.status == LossStatus::Direct;
        println!(
            "      {name}: {} of {} fields whole, {} things withheld  [{}]",
            losses.iter().filter(direct).count(),
            losses.len(),
            released.withheld().len(),
            released.level()
        );
        self.told.push(Told {
            name,
            audience,
            level: released.level(),
            digest: Digest::sha256(&bytes),
        });
        Ok(())
    }
}
