use std::path::PathBuf;

use modelward::artifact::write_atomically;
use modelward::incident::log::{Origin, SignedCheckpoint};
use serde_json::json;

use super::opened;
use crate::Answer;
use crate::failure::Failure;
use crate::pem;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The log.
    log: PathBuf,
    /// What the log is called, such as `acme.example/incidents`.
    #[arg(long, value_name = "NAME")]
    origin: Origin,
    /// The private key on P-256 in PEM.
    #[arg(long, value_name = "FILE")]
    private_key: PathBuf,
    /// The file that holds the private key's password; a line break at its end does not count.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// The name of the key in the checkpoint.
    #[arg(long, value_name = "NAME", default_value = "modelward")]
    key_name: Origin,
    /// Write the checkpoint here; keep it where who keeps the log cannot change it.
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let (log, _) = opened(&args.log)?;
    let key = pem::private_key(&args.private_key, args.password_file.as_deref())?;
    let checkpoint = log.chain().checkpoint(args.origin.clone());
    let (size, root) = (checkpoint.size(), *checkpoint.root());
    let signed = SignedCheckpoint::sign(checkpoint, args.key_name.clone(), &key)?;
    write_atomically(&args.output, signed.to_string().as_bytes())?;
    Ok(Answer {
        yes: true,
        text: format!("signed {size} entries, root {root}"),
        json: json!({"size": size, "root": root, "wrote": args.output}),
    })
}
