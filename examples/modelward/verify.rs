use std::path::PathBuf;

use modelward::artifact::escape::Terminal;
use modelward::artifact::{JsonLimits, Verdict, read_file};
use modelward::sign::{Bundle, PublicKey, VerifyPolicy, verify_model};
use serde_json::json;

use crate::failure::Failure;
use crate::progress::Progress;
use crate::sign::read_pem;
use crate::{Answer, inside};

/// The largest bundle that is read: a million files have about 200 MB.
const MAX_BUNDLE_BYTES: u64 = 256 << 20;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Verify against a public key on P-256, P-384 or P-521.
    Key(KeyArgs),
}

#[derive(clap::Args)]
pub(crate) struct KeyArgs {
    /// The model's directory or file.
    model: PathBuf,
    /// The trusted public key in PEM.
    #[arg(long)]
    public_key: PathBuf,
    /// The signature.
    #[arg(long)]
    signature: PathBuf,
    /// Refuse the signature of a model of another name.
    #[arg(long)]
    expected_name: Option<String>,
}

pub(crate) fn run(command: &Command) -> Result<Answer, Failure> {
    let Command::Key(args) = command;
    let pem = read_pem(&args.public_key)?;
    let key = PublicKey::from_pem(&pem).map_err(|error| Failure::at(&args.public_key, error))?;
    let bytes = read_file(&args.signature, MAX_BUNDLE_BYTES)?;
    let limits = JsonLimits::default().with_max_bytes(bytes.len());
    let bundle =
        Bundle::read(&bytes, &limits).map_err(|error| Failure::at(&args.signature, error))?;
    let mut policy = VerifyPolicy::key(key).with_limits(
        JsonLimits::default()
            .with_max_bytes(bytes.len())
            .with_max_values(8_000_000),
    );
    if let Some(path) = inside(&args.model, &args.signature) {
        policy = policy.with_ignored(path);
    }
    if let Some(name) = &args.expected_name {
        policy = policy.with_expected_name(name);
    }
    match verify_model(&args.model, &bundle, &policy, &Progress::new())? {
        Verdict::Verified(model) => {
            let files = model.manifest().entries().len();
            let name = model.statement().name();
            let mut text = format!("verified: {files} files of {}", Terminal(name));
            for warning in model.warnings() {
                text.push_str(&format!("\nwarning: {warning}"));
            }
            Ok(Answer {
                yes: true,
                text,
                json: json!({
                    "verdict": "verified",
                    "model": name,
                    "root": model.statement().root(),
                    "signer": model.signed_by().key_digest(),
                    "warnings": model.warnings(),
                }),
            })
        }
        Verdict::Rejected(findings) => Ok(Answer {
            yes: false,
            text: format!("rejected:\n{findings}"),
            json: json!({"verdict": "rejected", "findings": findings}),
        }),
    }
}
