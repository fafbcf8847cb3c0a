use std::path::PathBuf;

use modelward::Verdict;
use modelward::artifact::escape::Terminal;
use modelward::audit::rollback::BackupReport;
use modelward::sign::verify_statement;
use serde_json::json;

use super::refused;
use super::stored::compare;
use crate::failure::Failure;
use crate::hashing::Reading;
use crate::reply::Reply;
use crate::rmf::{Clock, counted};
use crate::trust::Trust;
use crate::{Answer, bundle};

/// Compare every byte of a stored copy with what was signed.
#[derive(clap::Args)]
#[command(arg_required_else_help = true, after_help = EXAMPLE)]
#[command(mut_group("trust", |group| group.required(true)))]
pub(crate) struct Args {
    /// The folder or file of the stored copy.
    folder: PathBuf,
    /// The signature of the model, a Sigstore bundle.
    #[arg(long, value_name = "FILE")]
    bundle: PathBuf,
    #[command(flatten)]
    trust: Trust,
    #[command(flatten)]
    clock: Clock,
    #[command(flatten, next_help_heading = "Reading the stored copy")]
    reading: Reading,
}

const EXAMPLE: &str = "\
None of the files that were signed may be missing or changed, and there may be no others.

Exit codes: 0 these are the signed bytes, 1 they are not or the signature is refused, 2 an error,
64 wrong usage.

Example:
  modelward rollback backup backups/1.0.0 --bundle backups/1.0.0.sig --public-key release.pub.pem";

pub(crate) fn run(args: &Args) -> Result<Reply, Failure> {
    let (bundle, limits) = bundle::read(&args.bundle)?;
    let now = args.clock.now();
    let policy = args.trust.policy(now)?.with_limits(limits);
    let signed = match verify_statement(&bundle, &policy)? {
        Verdict::Verified(signed) => signed,
        Verdict::Rejected(findings) => return Ok(refused("rejected", &findings)),
    };
    let files = (args.folder.as_path(), args.bundle.as_path());
    let report = compare(&signed, files, &args.reading, now)?;
    let mut reply = match report.verdict() {
        Verdict::Rejected(findings) => refused("mismatch", &findings),
        Verdict::Verified(backup) => {
            let (root, key) = (backup.root(), backup.signed_by());
            let checked = counted(report.checked(), "file");
            let text = format!(
                "verified: {checked}, {} bytes, root {root}, signed by {key}",
                backup.bytes()
            );
            Reply::from(Answer {
                yes: true,
                text,
                json: json!({
                    "verdict": "verified",
                    "root": root,
                    "key": key,
                    "checked": backup.checked(),
                    "bytes": backup.bytes(),
                }),
            })
        }
    };
    reply.answer.text.push_str(&warnings(&report));
    Ok(reply)
}

fn warnings(report: &BackupReport) -> String {
    let left_out = report.left_out().iter();
    let left_out = left_out.map(|path| {
        let path = Terminal(path.as_ref());
        format!("\nwarning: {path} was not read; do not restore it")
    });
    left_out.collect()
}
