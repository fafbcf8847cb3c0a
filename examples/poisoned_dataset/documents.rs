//! The last chapter: the incident is told to others, to each in their format and up to their label.

use std::fs;
use std::path::{Path, PathBuf};

use modelward::Digest;
use modelward::incident::export::aiid::{self, AiidOptions, PublishedAccount};
use modelward::incident::export::atlas::{self, AtlasOptions};
use modelward::incident::export::avid::{self, AvidOptions};
use modelward::incident::export::markdown::{self, Duties, ReportStage};
use modelward::incident::export::oecd;
use modelward::incident::export::stix::{self, StixDialect, StixOptions};
use modelward::incident::export::{FieldLoss, LossStatus};
use modelward::incident::format::avid::{LifecycleStage, ProblemClass, ProblemKind};
use modelward::incident::{Disclosure, EventKind, Released, ReportingRules, Tlp, WorkingCalendar};

use crate::desk::Desk;
use crate::people::People;
use crate::review::NOTICE;
use crate::{Failure, advisories, chapter};

/// When everything was told.
pub(crate) const TOLD: &str = "2026-10-05T09:00:00Z";

pub(crate) fn tell(desk: &mut Desk, people: &People, folder: &Path) -> Result<(), Failure> {
    chapter(
        "told",
        "Nothing above the label of a document leaves, and what it cannot say is listed.",
    );
    let incident = desk.incident()?;
    let amber = incident.release(Tlp::Amber)?;
    let green = incident.release(Tlp::Green)?;
    let clear = incident.release(Tlp::Clear)?;
    let mut shelf = Shelf::new(folder)?;
    to_stix(&mut shelf, (&amber, &clear))?;
    advisories::tell(&mut shelf, &green)?;
    to_avid(&mut shelf, &clear)?;
    to_atlas(&mut shelf, &clear)?;
    to_aiid(&mut shelf, &clear)?;
    to_oecd(&mut shelf, &clear, people)?;
    to_people(&mut shelf, (&amber, &green))?;
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

/// The whole for those who share threats under a label, and what everyone may have for the rest.
fn to_stix(shelf: &mut Shelf, (amber, clear): (&Released, &Released)) -> Result<(), Failure> {
    let options = StixOptions::new("Dermalyse".parse()?);
    for (released, dialect, name) in [
        (amber, StixDialect::Prose20, "stix.json"),
        (amber, StixDialect::Schema20, "stix-schema-2.0.json"),
        (clear, StixDialect::Prose20, "stix-clear.json"),
    ] {
        let export = stix::bundle(released, &options.clone().with_dialect(dialect))?;
        let bytes = export.document().to_json()?;
        shelf.put(
            released,
            name,
            "those who share threats",
            (bytes, export.losses()),
        )?;
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

fn to_atlas(shelf: &mut Shelf, released: &Released) -> Result<(), Failure> {
    let options = AtlasOptions::new().with_reporter("Dermalyse".parse()?);
    let export = atlas::case_study(released, &options)?;
    let study = export.document();
    let (json, yaml) = (study.to_submission()?, study.to_yaml().into_bytes());
    shelf.put(
        released,
        "atlas-case-study.json",
        "MITRE ATLAS",
        (json, export.losses()),
    )?;
    shelf.put(
        released,
        "atlas-case-study.yaml",
        "MITRE ATLAS",
        (yaml, export.losses()),
    )
}

/// The database takes what was published, so that a notice has to stand somewhere first.
fn to_aiid(shelf: &mut Shelf, released: &Released) -> Result<(), Failure> {
    let today = "2026-10-05".parse()?;
    let text = "On 7 September 2026 we found that LesionSort 2.4.0 took a ruler in an image for a \
                sign of a benign lesion. Somebody had sent 60 images with wrong labels to the \
                archive that it learned from. We took it out of service on that day.";
    let account = PublishedAccount::new(
        NOTICE,
        "A ruler fooled LesionSort",
        text,
        "2026-09-28".parse()?,
    )?
    .by("Dermalyse")?;
    let options = AiidOptions::new(today)
        .with_submitter("Cy Marsh")
        .with_tag("poisoning");
    let export = aiid::submission(released, &account, &options)?;
    let bytes = export.document().to_json()?;
    shelf.put(
        released,
        "aiid-submission.json",
        "AI Incident Database",
        (bytes, export.losses()),
    )
}

fn to_oecd(shelf: &mut Shelf, released: &Released, people: &People) -> Result<(), Failure> {
    let export = oecd::strict(released, Some(&people.cy))?;
    let form = export.document();
    let (json, text) = (form.to_json()?, form.to_markdown().into_bytes());
    shelf.put(
        released,
        "oecd.json",
        "AI Incidents Monitor",
        (json, export.losses()),
    )?;
    shelf.put(
        released,
        "oecd.md",
        "AI Incidents Monitor",
        (text, export.losses()),
    )
}

/// The record, the report to the authority and the review, and a checklist for sharing.
fn to_people(shelf: &mut Shelf, (amber, green): (&Released, &Released)) -> Result<(), Failure> {
    let (now, utc) = (TOLD.parse()?, WorkingCalendar::utc());
    let duties = Duties::new(ReportingRules::built_in(), &utc, now);
    let advice = "Archives of images should know who sends in what.".parse()?;
    for (released, name, audience, export) in [
        (
            amber,
            "record.md",
            "Dermalyse",
            markdown::record(amber, Some(duties)),
        ),
        (
            amber,
            "regulator-report.md",
            "market surveillance authority",
            markdown::regulator(amber, ReportStage::Final, Some(&advice), &[]),
        ),
        (
            amber,
            "post-incident-review.md",
            "Dermalyse",
            markdown::review(amber, now),
        ),
        (
            green,
            "sharing.md",
            "clinics that use LesionSort",
            markdown::sharing(green),
        ),
    ] {
        let text = export.document().as_bytes().to_vec();
        shelf.put(released, name, audience, (text, export.losses()))?;
    }
    Ok(())
}

/// A document that was given to somebody.
struct Told {
    name: &'static str,
    audience: &'static str,
    level: Tlp,
    digest: Digest,
}

/// The folder of documents, beside each the list of its losses.
pub(crate) struct Shelf {
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
    pub(crate) fn put(
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
