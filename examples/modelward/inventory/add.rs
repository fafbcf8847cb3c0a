use std::path::{Path, PathBuf};

use modelward::artifact::{JsonLimits, Text, read_file};
use modelward::audit::inventory::{
    AuditQuestion, Claim, Deployment, EntryId, InventoryEntry, ParseEntryIdError,
};
use modelward::sign::{VerifyPolicy, verify_model};
use modelward::{MlBom, Timestamp};
use serde_json::json;

use super::opened;
use crate::Answer;
use crate::failure::Failure;
use crate::inside::inside;
use crate::progress::Progress;
use crate::rmf::{Clock, counted};
use crate::{bundle, pem};

/// The largest ML-BOM that is read.
const MAX_BYTES: u64 = 64 << 20;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the inventory.
    folder: PathBuf,
    /// The ML-BOM of each model; `modelward bom` writes one.
    #[arg(required = true)]
    bom: Vec<PathBuf>,
    /// The id of the entry; made of the model's name and version if none is given.
    #[arg(long)]
    id: Option<EntryId>,
    /// Who answers for the models.
    #[arg(long, value_name = "NAME")]
    owner: Option<Text>,
    /// On which decisions the models bear, and how.
    #[arg(long, value_name = "TEXT")]
    decisions: Option<Text>,
    /// Who says so, of owner and decisions.
    #[arg(long, value_name = "SOURCE", default_value = "command line")]
    source: Text,
    /// Where the models run; again for each place.
    #[arg(long, value_name = "PLACE")]
    deployed: Vec<Text>,
    /// The entry whose place the model takes from now on: an earlier version of it.
    #[arg(long, value_name = "ID")]
    supersedes: Option<EntryId>,
    /// Verify the signature of the model in this folder and record how that ended.
    #[arg(
        long,
        value_name = "DIR",
        requires = "signature",
        requires = "public_key"
    )]
    model: Option<PathBuf>,
    /// The signature.
    #[arg(long, value_name = "FILE", requires = "model")]
    signature: Option<PathBuf>,
    /// The trusted public key in PEM.
    #[arg(long, value_name = "FILE", requires = "model")]
    public_key: Option<PathBuf>,
    #[command(flatten)]
    clock: Clock,
}

/// The answer is yes: all are added.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let is_one = args.bom.len() == 1;
    let of_one = args.id.is_some() || args.supersedes.is_some() || args.model.is_some();
    if of_one && !is_one {
        let text = "--id, --supersedes and --model are about one model, and several were given";
        return Err(Failure::new("inventory.one", text));
    }
    let mut store = opened(&args.folder)?;
    let now = args.clock.now();
    let entries: Result<Vec<_>, Failure> =
        args.bom.iter().map(|path| args.entry(path, now)).collect();
    let entries = entries?;
    let ids: Vec<_> = entries.iter().map(|it| it.id().to_string()).collect();
    let added = store.update(|inventory| {
        entries
            .into_iter()
            .try_for_each(|entry| match &args.supersedes {
                Some(previous) => inventory.new_version(previous, entry),
                None => inventory.add(entry),
            })
    });
    added.map_err(|error| {
        let mut failure = Failure::from(error);
        if failure.code == "audit.inventory.already_there" {
            failure.help = Some("--id gives an entry another id".to_owned());
        } else if failure.code == "audit.inventory.same_version" {
            failure.help = Some("an entry is about one version; `retire` takes one out".to_owned());
        }
        failure
    })?;
    let lines: Vec<_> = ids.iter().map(|id| format!("  {id}")).collect();
    Ok(Answer {
        yes: true,
        text: format!(
            "added {}\n{}",
            counted(ids.len(), "model"),
            lines.join("\n")
        ),
        json: json!({"added": ids}),
    })
}

impl Args {
    fn entry(&self, path: &Path, now: Timestamp) -> Result<InventoryEntry, Failure> {
        let bytes = read_file(path, MAX_BYTES)?;
        let limits = JsonLimits::default()
            .with_max_bytes(bytes.len())
            .with_max_values(4_000_000);
        let bom = MlBom::read(&bytes, &limits).map_err(|error| Failure::at(path, error))?;
        let id = match &self.id {
            Some(id) => id.clone(),
            None => id_of(&bom).map_err(|error| Failure::at(path, error))?,
        };
        let entry = InventoryEntry::of_bom(id, &bom, now);
        let mut entry = entry.map_err(|error| Failure::at(path, error))?;
        for (question, value) in [
            (AuditQuestion::Owner, &self.owner),
            (AuditQuestion::DecisionImpact, &self.decisions),
        ] {
            if let Some(value) = value {
                entry = entry.with_claim(question, Claim::new(value.clone(), self.source.clone()));
            }
        }
        for place in &self.deployed {
            entry = entry.with_deployment(Deployment::new(place.clone()).since(now));
        }
        self.verified(entry, now)
    }

    /// Records how the check of a signature ended, where one was asked for.
    fn verified(&self, entry: InventoryEntry, now: Timestamp) -> Result<InventoryEntry, Failure> {
        let (Some(model), Some(signature), Some(key)) =
            (&self.model, &self.signature, &self.public_key)
        else {
            return Ok(entry);
        };
        let (bundle, limits) = bundle::read(signature)?;
        let mut policy = VerifyPolicy::key(pem::public_key(key)?).with_limits(limits);
        for path in inside(model, signature) {
            policy = policy.with_ignored(path);
        }
        let verdict = verify_model(model, &bundle, &policy, &Progress::new())?;
        Ok(entry.with_verification(&bundle, &verdict, now))
    }
}

/// Makes an id of name and version: what cannot stand in one becomes a `-`.
fn id_of(bom: &MlBom) -> Result<EntryId, ParseEntryIdError> {
    let model = bom.model();
    let name = model.map_or("", |it| it.name());
    let version = model.and_then(|it| it.version()).unwrap_or_default();
    let text = format!("{name}-{version}").to_lowercase();
    let fitting = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._".contains(c);
    let parts: Vec<_> = text
        .split(|c: char| !fitting(c))
        .filter(|part| !part.is_empty())
        .collect();
    let joined = parts.join("-");
    let id: String = joined.chars().take(120).collect();
    id.trim_matches(|c: char| !c.is_ascii_alphanumeric())
        .parse()
}
