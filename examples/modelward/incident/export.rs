use std::path::PathBuf;

use modelward::Timestamp;
use modelward::artifact::json::JsonError;
use modelward::artifact::{Text, write_atomically};
use modelward::incident::export::csaf::{
    CsafDocument, CsafPublisher, CsafPublisherCategory, CsafRequest, CsafRevision, CsafStatus,
    CsafTracking, CsafVersion,
};
use modelward::incident::export::cyclonedx::{CycloneDxRequest, CycloneDxVex};
use modelward::incident::export::markdown::{self, Duties, ReportStage};
use modelward::incident::export::oecd::OecdForm;
use modelward::incident::export::openvex::{OpenVexDocument, OpenVexRequest};
use modelward::incident::export::stix::{StixBundle, StixOptions};
use modelward::incident::export::{
    Export, FieldLoss, atlas, avid, csaf, cyclonedx, oecd, openvex, stix,
};
use modelward::incident::format::atlas::CaseStudy;
use modelward::incident::format::avid::{AvidReport, AvidVulnerability};
use modelward::incident::{Harm, IncidentId, Incidents, Released, ReportingRules, WorkingCalendar};
use serde_json::json;

use super::{Level, found, read};
use crate::Answer;
use crate::failure::Failure;
use crate::rmf::{Clock, counted, written};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The log.
    log: PathBuf,
    /// The incident.
    id: IncidentId,
    /// What to write.
    #[arg(long, value_enum)]
    format: Format,
    /// Up to which label: nothing above it is in the document.
    #[arg(long, value_enum)]
    level: Level,
    /// Who tells it; documents for others need it.
    #[arg(long, value_name = "NAME")]
    author: Option<Text>,
    /// The author's address, which CSAF calls the namespace.
    #[arg(long, value_name = "URL")]
    namespace: Option<String>,
    /// Write the document here instead of to standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write here, as JSON, how well each field of the record is told.
    #[arg(long, value_name = "FILE")]
    losses: Option<PathBuf>,
    #[command(flatten)]
    clock: Clock,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// A case study of MITRE ATLAS.
    Atlas,
    /// A report of AVID.
    AvidReport,
    /// A vulnerability of AVID.
    AvidVulnerability,
    /// An advisory of CSAF 2.0.
    #[value(name = "csaf-2.0")]
    Csaf20,
    /// An advisory of CSAF 2.1.
    #[value(name = "csaf-2.1")]
    Csaf21,
    /// VEX by CycloneDX.
    Cyclonedx,
    /// The 29 criteria of the OECD.
    Oecd,
    /// VEX in its own open form.
    Openvex,
    /// The whole record for people, in Markdown.
    Record,
    /// A draft of a report to an authority, in Markdown.
    Report,
    /// The review, in Markdown.
    Review,
    /// A short list for those who may be hit too, in Markdown.
    Sharing,
    /// A bundle of STIX 2.1.
    Stix,
}

/// A document and how well it tells the record.
type Told = (Vec<u8>, Vec<FieldLoss>);

pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let incidents = read(&args.log)?;
    let released = found(&incidents, &args.id)?.release(args.level.into())?;
    let (bytes, losses) = args.document(&incidents, &released)?;
    let lost = losses
        .iter()
        .filter(|loss| loss.status.name() != "direct")
        .count();
    if let Some(path) = &args.losses {
        let text = serde_json::to_vec_pretty(&losses)
            .map_err(|error| Failure::new("incident.losses", error))?;
        write_atomically(path, &text)?;
    }
    let answer = written(bytes, args.output.as_deref())?;
    let Some(output) = &args.output else {
        return Ok(answer);
    };
    let withheld = released.withheld().len();
    Ok(Answer {
        text: format!(
            "{}; {lost} of {} not told whole; {} withheld above {}",
            answer.text,
            counted(losses.len(), "field"),
            counted(withheld, "thing"),
            released.level(),
        ),
        json: json!({"wrote": output.to_string_lossy(), "withheld": withheld, "losses": losses}),
        ..answer
    })
}

impl Args {
    fn document(&self, incidents: &Incidents, released: &Released) -> Result<Told, Failure> {
        let (now, utc) = (self.clock.now(), WorkingCalendar::utc());
        let measured = avid::AvidOptions::new(now.date());
        match self.format {
            Format::Atlas => {
                let options = atlas::AtlasOptions::new();
                told(&atlas::case_study(released, &options)?, CaseStudy::to_json)
            }
            Format::AvidReport => told(&avid::report(released, &measured)?, AvidReport::to_json),
            Format::AvidVulnerability => {
                let export = avid::vulnerability(released, &measured)?;
                told(&export, AvidVulnerability::to_json)
            }
            Format::Csaf20 => self.advisory(CsafVersion::V2_0, released),
            Format::Csaf21 => self.advisory(CsafVersion::V2_1, released),
            Format::Cyclonedx => {
                let request = CycloneDxRequest::new(self.author()?.as_str(), now, 1)?;
                told(&cyclonedx::vex(released, &request)?, CycloneDxVex::to_json)
            }
            Format::Oecd => told(&oecd::form(released, None), OecdForm::to_json),
            Format::Openvex => {
                let request = OpenVexRequest::new(self.author()?.as_str(), now, 1)?;
                told(
                    &openvex::document(released, &request)?,
                    OpenVexDocument::to_json,
                )
            }
            Format::Record => {
                let duties = Duties::new(ReportingRules::built_in(), &utc, now);
                told(&markdown::record(released, Some(duties)), text)
            }
            Format::Report => {
                let near = self.near_misses(incidents);
                let export = markdown::regulator(released, ReportStage::Initial, None, &near);
                told(&export, text)
            }
            Format::Review => told(&markdown::review(released, now), text),
            Format::Sharing => told(&markdown::sharing(released), text),
            Format::Stix => {
                let options = StixOptions::new(self.author()?.clone());
                told(&stix::bundle(released, &options)?, StixBundle::to_json)
            }
        }
    }

    /// Others are told in a report too, so that they are released up to the same label.
    fn near_misses(&self, incidents: &Incidents) -> Vec<Released> {
        let others = incidents.iter().filter(|it| *it.id() != self.id);
        others
            .filter(|it| it.harm() == Harm::NearMiss)
            .filter_map(|it| it.release(self.level.into()).ok())
            .collect()
    }

    fn advisory(&self, version: CsafVersion, released: &Released) -> Result<Told, Failure> {
        let namespace = self
            .namespace
            .as_deref()
            .ok_or_else(|| missing("--namespace"))?;
        let category = CsafPublisherCategory::Other;
        let publisher = CsafPublisher::new(category, self.author()?.as_str(), namespace)?;
        let now: Timestamp = self.clock.now();
        let first = CsafRevision::new("1".parse()?, now, "First release.")?;
        let id = self.id.to_string();
        let tracking = CsafTracking::new(&id, CsafStatus::Draft, vec![first])?;
        let request = CsafRequest::new(version, publisher, tracking);
        told(&csaf::advisory(released, &request)?, CsafDocument::to_json)
    }

    fn author(&self) -> Result<&Text, Failure> {
        self.author.as_ref().ok_or_else(|| missing("--author"))
    }
}

fn told<T>(
    export: &Export<T>,
    write: impl FnOnce(&T) -> Result<Vec<u8>, JsonError>,
) -> Result<Told, Failure> {
    Ok((write(export.document())?, export.losses().to_vec()))
}

#[expect(
    clippy::unnecessary_wraps,
    clippy::ptr_arg,
    reason = "it stands where a document writes itself"
)]
fn text(document: &String) -> Result<Vec<u8>, JsonError> {
    Ok(document.clone().into_bytes())
}

fn missing(option: &str) -> Failure {
    Failure::new(
        "incident.export.option",
        format!("this format needs `{option}`"),
    )
}
