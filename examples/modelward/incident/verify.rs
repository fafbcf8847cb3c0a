use std::path::PathBuf;

use modelward::Verdict;
use modelward::audit::CheckpointKey;
use modelward::incident::Incidents;
use modelward::incident::log::{Chain, Disclosures, LogFile, LogLimits, Origin, SignedCheckpoint};
use serde_json::json;

use crate::Answer;
use crate::failure::Failure;
use crate::pem;
use crate::rmf::{counted, counted_as};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The log.
    log: PathBuf,
    /// A checkpoint that was remembered; a log that was cut off or written anew shows nowhere else.
    #[arg(long, value_name = "FILE", requires = "public_key")]
    checkpoint: Option<PathBuf>,
    /// The key that signed it, in PEM.
    #[arg(long, value_name = "FILE", requires = "checkpoint")]
    public_key: Option<PathBuf>,
    /// The name of the key in the checkpoint.
    #[arg(long, value_name = "NAME", default_value = "modelward")]
    key_name: Origin,
}

/// The answer is no where the log is not the one that was written.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let reading = LogFile::read(&args.log, LogLimits::default())
        .map_err(|error| Failure::at(&args.log, error))?;
    let mut log = reading.readable().clone();
    if let Some(fault) = reading.fault() {
        let entries = entries(log.chain());
        let text = format!(
            "rejected: {fault} [{}]\n{entries} before it can be read",
            fault.code()
        );
        let json = json!({"code": fault.code(), "entry": fault.seq(), "readable": log.len()});
        return Ok(Answer {
            yes: false,
            text,
            json,
        });
    }
    if let Some(found) = args.against(log.chain())? {
        return Ok(found);
    }
    let incidents = match Incidents::replay(&mut log, &Disclosures::new()) {
        Ok(incidents) => incidents,
        Err(error) => {
            let code = error.code();
            let text = format!("rejected: {}", Failure::from(error).text);
            return Ok(Answer {
                yes: false,
                text,
                json: json!({"code": code}),
            });
        }
    };
    let root = log.root();
    let text = format!(
        "verified: {} of {}, root {root}",
        entries(log.chain()),
        counted(incidents.len(), "incident"),
    );
    let json = json!({"entries": log.len(), "incidents": incidents.len(), "root": root});
    Ok(Answer {
        yes: true,
        text,
        json,
    })
}

impl Args {
    /// Compares with the checkpoint; returns what is wrong.
    fn against(&self, chain: &Chain) -> Result<Option<Answer>, Failure> {
        let (Some(file), Some(key)) = (&self.checkpoint, &self.public_key) else {
            return Ok(None);
        };
        let signed: SignedCheckpoint = pem::text(file)?.parse().map_err(
            |error: modelward::incident::log::ParseCheckpointError| Failure::at(file, error),
        )?;
        let key = CheckpointKey::new(self.key_name.clone(), pem::public_key(key)?)?;
        let findings = match signed.verify(&key) {
            Verdict::Rejected(findings) => findings,
            Verdict::Verified(checkpoint) => match chain.verify_against(&checkpoint) {
                Verdict::Verified(_) => return Ok(None),
                Verdict::Rejected(findings) => findings,
            },
        };
        Ok(Some(Answer {
            yes: false,
            text: format!("rejected: {findings}"),
            json: json!({"findings": findings}),
        }))
    }
}

fn entries(chain: &Chain) -> String {
    let count = usize::try_from(chain.len()).unwrap_or(usize::MAX);
    counted_as(count, "entry", "entries")
}
