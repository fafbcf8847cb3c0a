use std::path::PathBuf;

use modelward::Timestamp;
use modelward::artifact::{Text, write_atomically};
use modelward::incident::export::csaf::{
    CsafPublisher, CsafPublisherCategory, CsafRequest, CsafRevision, CsafStatus, CsafTracking,
    CsafVersion,
};
use modelward::incident::export::cyclonedx::CycloneDxRequest;
use modelward::incident::export::markdown::{self, Duties, ReportStage};
use modelward::incident::export::openvex::OpenVexRequest;
use modelward::incident::export::stix::StixOptions;
use modelward::incident::export::{
    Export, FieldLoss, atlas, avid, csaf, cyclonedx, oecd, openvex, stix,
};
use modelward::incident::{Harm, IncidentId, Released, ReportingRules, WorkingCalendar};
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
    // Others are told in it too, so that they are released up to the same label.
    let others = incidents.iter().filter(|it| it.id() != &args.id);
    let near: Vec<Released> = others
        .filter(|it| it.harm() == Harm::NearMiss)
        .filter_map(|it| it.release(args.level.into()).ok())
        .collect();
    let (bytes, losses) = match args.format {
        Format::Report => told(
            &markdown::regulator(&released, ReportStage::Initial, None, &near),
            |it| Ok(it.clone().into_bytes()),
        )?,
        format => args.document(format, &released)?,
    };
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
        json: json!({"wrote": output, "withheld": withheld, "losses": losses}),
        ..answer
    })
}

impl Args {
    fn document(&self, format: Format, released: &Released) -> Result<Told, Failure> {
        let now = self.clock.now();
        let utc = WorkingCalendar::utc();
        let text = |it: &String| Ok(it.clone().into_bytes());
        match format {
            Format::Atlas => {
                let options = atlas::AtlasOptions::new();
                told(&atlas::case_study(released, &options)?, |it| {
                    Ok(it.to_json()?)
                })
            }
            Format::AvidReport => {
                let options = avid::AvidOptions::new(now.date());
                told(&avid::report(released, &options)?, |it| Ok(it.to_json()?))
            }
            Format::AvidVulnerability => {
                let options = avid::AvidOptions::new(now.date());
                told(&avid::vulnerability(released, &options)?, |it| {
                    Ok(it.to_json()?)
                })
            }
            Format::Csaf20 => self.advisory(CsafVersion::V2_0, released),
            Format::Csaf21 => self.advisory(CsafVersion::V2_1, released),
            Format::Cyclonedx => {
                let request = CycloneDxRequest::new(self.author()?.as_str(), now, 1)?;
                told(&cyclonedx::vex(released, &request)?, |it| Ok(it.to_json()?))
            }
            Format::Oecd => told(&oecd::form(released, None), |it| Ok(it.to_json()?)),
            Format::Openvex => {
                let request = OpenVexRequest::new(self.author()?.as_str(), now, 1)?;
                told(&openvex::document(released, &request)?, |it| {
                    Ok(it.to_json()?)
                })
            }
            Format::Record | Format::Report => {
                let duties = Duties::new(ReportingRules::built_in(), &utc, now);
                told(&markdown::record(released, Some(duties)), text)
            }
            Format::Review => told(&markdown::review(released, now), text),
            Format::Sharing => told(&markdown::sharing(released), text),
            Format::Stix => {
                let options = StixOptions::new(self.author()?.clone());
                told(&stix::bundle(released, &options)?, |it| Ok(it.to_json()?))
            }
        }
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
        told(&csaf::advisory(released, &request)?, |it| Ok(it.to_json()?))
    }

    fn author(&self) -> Result<&Text, Failure> {
        self.author.as_ref().ok_or_else(|| missing("--author"))
    }
}

fn told<T>(
    export: &Export<T>,
    write: impl FnOnce(&T) -> Result<Vec<u8>, Failure>,
) -> Result<Told, Failure> {
    Ok((write(export.document())?, export.losses().to_vec()))
}

fn missing(option: &str) -> Failure {
    Failure::new(
        "incident.export.option",
        format!("this format needs `{option}`"),
    )
}
