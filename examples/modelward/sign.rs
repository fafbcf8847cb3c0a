use std::path::{Path, PathBuf};

use modelward::artifact::escape::Terminal;
use modelward::artifact::{DigestAlgorithm, Manifest, read_file, write_atomically};
use modelward::sign::{SigningKey, sign};
use serde_json::json;

use crate::Answer;
use crate::failure::Failure;
use crate::hashing::Hashing;
use crate::progress::Progress;

/// The largest key file that is read.
const MAX_KEY_BYTES: u64 = 64 << 10;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Sign with a private key on P-256, P-384 or P-521.
    Key(KeyArgs),
}

#[derive(clap::Args)]
pub(crate) struct KeyArgs {
    /// The model's directory or file.
    model: PathBuf,
    /// The private key in PEM: PKCS#8 or SEC1.
    #[arg(long)]
    private_key: PathBuf,
    /// The file that holds the private key's password; a line break at its end does not count.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// Where to write the signature.
    #[arg(long)]
    signature: PathBuf,
    /// The hash function: blake2b, blake3, sha256, sha384 or sha512.
    #[arg(long, default_value_t = DigestAlgorithm::Sha256)]
    algorithm: DigestAlgorithm,
    #[command(flatten)]
    hashing: Hashing,
}

pub(crate) fn run(command: &Command) -> Result<Answer, Failure> {
    let Command::Key(args) = command;
    let key = read_key(args)?;
    let options = args.hashing.options(&args.model, [&args.signature]);
    let options = options.with_algorithm(args.algorithm);
    let manifest = Manifest::hash(&args.model, &options, &Progress::new())?;
    let bundle = sign(&manifest, &key)?;
    write_atomically(&args.signature, &bundle.to_json())?;
    let signature = args.signature.to_string_lossy();
    Ok(Answer {
        yes: true,
        text: format!(
            "signed {} files of {}: {}",
            manifest.entries().len(),
            Terminal(manifest.name()),
            Terminal(&signature),
        ),
        json: json!({
            "model": manifest.name(),
            "root": manifest.root(),
            "signer": key.public_key().hint(),
            "signature": signature,
        }),
    })
}

/// A password in an argument or in the environment could be seen by others.
fn read_key(args: &KeyArgs) -> Result<SigningKey, Failure> {
    let pem = read_pem(&args.private_key)?;
    let key = match &args.password_file {
        Some(file) => {
            let password = read_file(file, MAX_KEY_BYTES)?;
            let end = password.iter().rposition(|byte| !b"\r\n".contains(byte));
            let length = end.map_or(0, |last| last + 1);
            SigningKey::from_encrypted_pem(&pem, &password[..length])
        }
        None => SigningKey::from_pem(&pem),
    };
    key.map_err(|error| Failure::at(&args.private_key, error))
}

/// Reads a PEM file as text.
pub(crate) fn read_pem(path: &Path) -> Result<String, Failure> {
    let bytes = read_file(path, MAX_KEY_BYTES)?;
    String::from_utf8(bytes).map_err(|_| {
        Failure::new(
            "sign.key.no_pem",
            format!("{}: not a text", Terminal(&path.to_string_lossy())),
        )
    })
}
