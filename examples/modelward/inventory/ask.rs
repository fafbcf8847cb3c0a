use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use modelward::artifact::escape::Terminal;
use modelward::artifact::read_file;
use modelward::audit::fleet::{Fleet, FleetBuilder, FleetGate};
use modelward::audit::inventory::{EntryId, HistoryKind, Inventory};
use modelward::audit::{AffectedAssets, ReleasePolicy};
use modelward::graph::license::{Compatibility, LicensePolicy};
use modelward::incident::AssetRef;
use modelward::rmf::{AuditCadence, AuditInputs, Phase};
use modelward::{Assessment, Timestamp};
use serde_json::{Value, json};

use super::list::listed;
use super::{asset, read};
use crate::Answer;
use crate::failure::Failure;
use crate::reply::Reply;
use crate::rmf::{Clock, MAX_BYTES, counted, limits, read_assessment, table};

/// The answer is 0 where there is nothing to do, 1 where something was found, 2 where nobody can tell.
#[derive(clap::Subcommand)]
pub(crate) enum Question {
    /// Which models need this in any way, also through the models that they were derived from?
    #[command(name = "reached-by")]
    ReachedBy(About),
    /// Which models' own ML-BOMs list this dataset?
    TrainedOn(About),
    /// Which models does nobody answer for?
    OwnerUnknown(All),
    /// Of which models was no signature verified that is of their files?
    Unsigned(All),
    /// Which licenses do not pass on what those of materials ask for?
    Licenses(All),
    /// In what do ML-BOMs contradict each other?
    Conflicts(All),
    /// What is known, unknown and contradicted of what an auditor asks of each model?
    Questions(All),
    /// What happened since a time?
    ChangedSince(Since),
    /// Which models are due for audit?
    Due(Due),
    /// Which models does a release policy let pass?
    Gate(Gate),
}

#[derive(clap::Args)]
pub(crate) struct All {
    /// The folder of the inventory.
    folder: PathBuf,
}

#[derive(clap::Args)]
pub(crate) struct About {
    /// The folder of the inventory.
    folder: PathBuf,
    /// A package URL, a digest such as sha256:.., or else a bom-ref.
    #[arg(value_parser = asset)]
    asset: AssetRef,
}

#[derive(clap::Args)]
pub(crate) struct Since {
    /// The folder of the inventory.
    folder: PathBuf,
    /// The time, such as 2026-11-26T10:00:00Z.
    time: Timestamp,
}

#[derive(clap::Args)]
pub(crate) struct Due {
    /// The folder of the inventory.
    folder: PathBuf,
    /// The last assessment of an entry, such as `reviews-1.0=assessment.json`; again for each. An
    /// entry without one is due.
    #[arg(long, value_name = "ID=FILE", value_parser = assessed)]
    assessment: Vec<(EntryId, PathBuf)>,
    #[command(flatten)]
    clock: Clock,
}

#[derive(clap::Args)]
pub(crate) struct Gate {
    /// The folder of the inventory.
    folder: PathBuf,
    /// The policy in TOML; ours if none is named, which asks for more than an inventory knows.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The phase whose rules hold.
    #[arg(long, default_value = "operation")]
    phase: Phase,
    /// A list of assets that are known to be affected.
    #[arg(long, value_name = "FILE")]
    affected: Option<PathBuf>,
    #[command(flatten)]
    clock: Clock,
}

pub(crate) fn run(question: &Question) -> Result<Reply, Failure> {
    match question {
        Question::ReachedBy(args) => reached_by(args),
        Question::TrainedOn(args) => {
            let inventory = read(&args.folder)?;
            let found: Vec<_> = inventory.trained_on(&args.asset).collect();
            Ok(none_is_good(listed(&found), found.is_empty()))
        }
        Question::OwnerUnknown(args) => {
            let inventory = read(&args.folder)?;
            let found: Vec<_> = inventory.owner_unknown().collect();
            Ok(none_is_good(listed(&found), found.is_empty()))
        }
        Question::Unsigned(args) => {
            let inventory = read(&args.folder)?;
            let found: Vec<_> = inventory.unsigned().collect();
            Ok(none_is_good(listed(&found), found.is_empty()))
        }
        Question::Licenses(args) => Ok(licenses(&read(&args.folder)?)),
        Question::Conflicts(args) => conflicts(args),
        Question::Questions(args) => questions(args),
        Question::ChangedSince(args) => Ok(changed(&read(&args.folder)?, args.time)),
        Question::Due(args) => due(args),
        Question::Gate(args) => gate(args),
    }
}

fn none_is_good(answer: Answer, is_none: bool) -> Reply {
    Reply::new(answer, u8::from(!is_none))
}

fn joined(inventory: &Inventory) -> Result<Fleet, Failure> {
    let mut builder = FleetBuilder::default();
    builder.add_inventory(inventory)?;
    Ok(builder.build()?)
}

/// That no document names something does not say that nothing needs it: nobody can tell.
fn reached_by(args: &About) -> Result<Reply, Failure> {
    let radius = joined(&read(&args.folder)?)?.blast_radius(&args.asset);
    let code = match (radius.is_known(), radius.models().is_empty()) {
        (false, _) => 2,
        (true, true) => 0,
        (true, false) => 1,
    };
    let answer = Answer {
        yes: code == 0,
        text: radius.to_string(),
        json: serde_json::from_slice(&radius.to_json()).unwrap_or_default(),
    };
    Ok(Reply::new(answer, code))
}

fn licenses(inventory: &Inventory) -> Reply {
    let found = inventory.license_conflicts(&LicensePolicy::default());
    let mut rows = Vec::new();
    let mut list = Vec::new();
    for conflict in &found {
        let why: Vec<_> = match conflict.compatibility() {
            Compatibility::Compatible => Vec::new(),
            Compatibility::Conflict(all) => all.iter().map(ToString::to_string).collect(),
            Compatibility::Unknown(all) => all.iter().map(|it| format!("unknown: {it}")).collect(),
        };
        let (entry, material) = (conflict.entry(), conflict.material());
        rows.push([
            entry.id().to_string(),
            material.name.clone(),
            why.join("; "),
        ]);
        list.push(json!({
            "entry": entry.id(),
            "material": material.name,
            "license": conflict.license(),
            "reasons": why,
        }));
    }
    let count = counted(found.len(), "license to look at").replace("at s", "at");
    let text = if rows.is_empty() {
        "no license to look at".to_owned()
    } else {
        format!("{}\n{count}", table(["entry", "material", "why"], &rows))
    };
    let answer = Answer {
        yes: found.is_empty(),
        text,
        json: Value::from(list),
    };
    Reply::from(answer)
}

fn conflicts(args: &All) -> Result<Reply, Failure> {
    let fleet = joined(&read(&args.folder)?)?;
    let findings = fleet.findings();
    let mut lines: Vec<_> = findings.iter().map(ToString::to_string).collect();
    lines.push(counted(findings.len(), "conflict"));
    Ok(Reply::from(Answer {
        yes: findings.is_empty(),
        text: lines.join("\n"),
        json: json!(findings),
    }))
}

/// The answer is no where sources contradict each other, and nobody can tell where nobody says.
fn questions(args: &All) -> Result<Reply, Failure> {
    let inventory = read(&args.folder)?;
    let report = inventory.audit_questions();
    let code = match (report.contradicted(), report.unknown()) {
        (0, 0) => 0,
        (0, _) => 2,
        _ => 1,
    };
    let answer = Answer {
        yes: code == 0,
        text: report.to_string().trim_end().to_owned(),
        json: serde_json::from_slice(&report.to_json()?).unwrap_or_default(),
    };
    Ok(Reply::new(answer, code))
}

/// The answer is yes: it is told.
fn changed(inventory: &Inventory, since: Timestamp) -> Reply {
    let events = inventory.changed_since(since);
    let what = |kind: HistoryKind<'_>| match kind {
        HistoryKind::Recorded => "recorded".to_owned(),
        HistoryKind::Revised(reason) => format!("revised: {reason}"),
        HistoryKind::Superseded(by) => format!("superseded by {by}"),
        HistoryKind::Retired(reason) => format!("retired: {reason}"),
        _ => "changed".to_owned(),
    };
    let rows: Vec<_> = events
        .iter()
        .map(|it| [it.at().to_string(), it.id().to_string(), what(it.kind())])
        .collect();
    let list = rows.iter();
    let list = list.map(|[at, id, what]| json!({"at": at, "entry": id, "what": what}));
    let count = counted(rows.len(), "change");
    let json = list.collect();
    let text = if rows.is_empty() {
        count
    } else {
        format!("{}\n{count}", table(["when", "entry", "what"], &rows))
    };
    Reply::from(Answer {
        yes: true,
        text,
        json,
    })
}

fn due(args: &Due) -> Result<Reply, Failure> {
    let inventory = read(&args.folder)?;
    let assessments: Result<Vec<(&EntryId, Assessment)>, Failure> = args
        .assessment
        .iter()
        .map(|(id, path)| Ok((id, read_assessment(path)?)))
        .collect();
    let assessments = assessments?;
    let inputs = assessments.iter();
    let inputs: BTreeMap<EntryId, AuditInputs<'_>> = inputs
        .map(|(id, assessment)| ((*id).clone(), AuditInputs::new(assessment)))
        .collect();
    let due = inventory.due_for_audit(&AuditCadence::recommended(), &inputs, args.clock.now());
    let why = |items: Option<usize>| {
        items.map_or_else(
            || "never assessed".to_owned(),
            |count| format!("{} to be assessed anew", counted(count, "outcome")),
        )
    };
    let rows: Vec<_> = due
        .iter()
        .map(|it| [it.entry().id().to_string(), why(it.items().map(<[_]>::len))])
        .collect();
    let json = rows
        .iter()
        .map(|[id, why]| json!({"entry": id, "why": why}))
        .collect();
    let count = format!("{} due for audit", counted(due.len(), "model"));
    let text = if rows.is_empty() {
        count
    } else {
        format!("{}\n{count}", table(["entry", "why"], &rows))
    };
    Ok(Reply::from(Answer {
        yes: due.is_empty(),
        text,
        json,
    }))
}

/// The answer is the worst of all decisions.
fn gate(args: &Gate) -> Result<Reply, Failure> {
    let inventory = read(&args.folder)?;
    let fleet = joined(&inventory)?;
    let policy = match &args.policy {
        Some(path) => own_policy(path)?,
        None => ReleasePolicy::baseline(),
    };
    let affected = match &args.affected {
        Some(path) => {
            let read = AffectedAssets::from_json(&read_file(path, MAX_BYTES)?, &limits());
            Some(read.map_err(|error| Failure::at(path, error))?)
        }
        None => None,
    };
    let mut gate = FleetGate::new(&inventory, &fleet);
    if let Some(affected) = &affected {
        gate = gate.with_affected(affected);
    }
    let report = gate.judge(&policy, args.phase, args.clock.now());
    let code = report.decision().exit_code();
    let answer = Answer {
        yes: code == 0,
        text: report.to_string(),
        json: serde_json::from_slice(&report.to_json()).unwrap_or_default(),
    };
    Ok(Reply::new(answer, code))
}

fn own_policy(path: &Path) -> Result<ReleasePolicy, Failure> {
    let bytes = read_file(path, MAX_BYTES)?;
    let shown = path.to_string_lossy();
    let text = String::from_utf8(bytes).map_err(|error| Failure::new("inventory.policy", error))?;
    ReleasePolicy::from_toml(&text, &limits()).map_err(|error| {
        let told = format!("{}: {error}", Terminal(&shown));
        Failure::new(error.code(), told)
    })
}

fn assessed(text: &str) -> Result<(EntryId, PathBuf), String> {
    let (id, path) = text.split_once('=').ok_or("expected ID=FILE")?;
    let id = id.parse().map_err(|error| format!("{id}: {error}"))?;
    Ok((id, path.into()))
}
