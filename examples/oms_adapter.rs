//! The command line that the conformance suite of OpenSSF Model Signing drives.
//!
//! It takes every form that any client ever wrote, which a tool for daily use should not.
//! Exit codes: 0 yes, 1 no, 2 cannot tell or an error, 64 wrong usage.

#![expect(clippy::print_stderr, reason = "a command prints")]

mod arguments;
mod clock;
mod failure;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use modelward::artifact::{
    EntryPath, GitPaths, HashOptions, JsonLimits, NoControl, WalkOptions, read_file,
    write_atomically,
};
use modelward::sign::{
    Certificate, CertificatePolicy, Profile, PublicKey, SignOptions, SigningKey, UnsignedFiles,
    Usage, ValidationTime, VerifyPolicy, sign_with, verify_model,
};
use modelward::{Bundle, Manifest, Verdict};

use crate::failure::Failure;

/// The largest file of keys or certificates, and the largest bundle.
const MAX_PEM_BYTES: u64 = 1 << 20;
const MAX_BUNDLE_BYTES: u64 = 256 << 20;

#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Sign a model.
    SignModel(Sign),
    /// Verify a model.
    VerifyModel(Verify),
}

#[derive(Clone, Copy, ValueEnum)]
enum Method {
    Certificate,
    Key,
    Sigstore,
}

#[derive(clap::Args)]
struct Sign {
    #[arg(long, value_enum)]
    method: Method,
    #[arg(long)]
    model_path: PathBuf,
    #[arg(long)]
    output_bundle: PathBuf,
    #[arg(long)]
    private_key: Option<PathBuf>,
    #[arg(long)]
    signing_cert: Option<PathBuf>,
    #[arg(long)]
    cert_chain: Vec<PathBuf>,
    #[arg(long)]
    ignore_paths: Vec<PathBuf>,
    #[arg(long, requires = "method")]
    identity_token: Option<String>,
    #[arg(long)]
    use_staging: bool,
}

#[derive(clap::Args)]
struct Verify {
    #[arg(long, value_enum)]
    method: Method,
    #[arg(long)]
    model_path: PathBuf,
    #[arg(long)]
    bundle: PathBuf,
    #[arg(long)]
    public_key: Option<PathBuf>,
    #[arg(long)]
    cert_chain: Vec<PathBuf>,
    #[arg(long)]
    ignore_paths: Vec<PathBuf>,
    #[arg(long)]
    ignore_unsigned_files: bool,
    #[arg(long)]
    identity: Option<String>,
    #[arg(long)]
    identity_provider: Option<String>,
    #[arg(long)]
    use_staging: bool,
}

fn main() -> ExitCode {
    let args = match arguments::parse::<Args>() {
        Ok(args) => args,
        Err(code) => return code,
    };
    let outcome = match &args.command {
        Command::SignModel(args) => args.run(),
        Command::VerifyModel(args) => args.run(),
    };
    match outcome {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(refusal)) => {
            eprintln!("{refusal}");
            ExitCode::from(1)
        }
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(2)
        }
    }
}

impl Sign {
    fn run(&self) -> Result<Option<String>, Failure> {
        let _ = (&self.identity_token, self.use_staging);
        let options = match self.method {
            Method::Certificate => {
                let leaf = needed(self.signing_cert.as_ref(), "--signing-cert")?;
                let chain = [leaf].into_iter().chain(&self.cert_chain);
                SignOptions::default().with_certificates(certificates(chain)?)
            }
            Method::Key => SignOptions::default(),
            Method::Sigstore => {
                let text = "signing without a key needs the network, which is not built in";
                return Err(Failure::new("adapter.method", text));
            }
        };
        let key = needed(self.private_key.as_ref(), "--private-key")?;
        let key = SigningKey::from_pem(&text(key)?).map_err(|error| Failure::at(key, error))?;
        let own = [&self.output_bundle].into_iter().chain(&self.ignore_paths);
        let walk = left_out(&self.model_path, own)
            .into_iter()
            .fold(WalkOptions::default(), WalkOptions::with_ignored);
        let hashing = HashOptions::default().with_walk(walk);
        let manifest = Manifest::hash(&self.model_path, &hashing, &NoControl)?;
        let bundle = sign_with(&manifest, &key, &options)?;
        write_atomically(&self.output_bundle, &bundle.to_json())?;
        Ok(None)
    }
}

impl Verify {
    fn run(&self) -> Result<Option<String>, Failure> {
        let bytes = read_file(&self.bundle, MAX_BUNDLE_BYTES)?;
        let limits = JsonLimits::default()
            .with_max_bytes(bytes.len())
            .with_max_values(8_000_000);
        let bundle =
            Bundle::read(&bytes, &limits).map_err(|error| Failure::at(&self.bundle, error))?;
        let unsigned = if self.ignore_unsigned_files {
            UnsignedFiles::Warn
        } else {
            UnsignedFiles::Refuse
        };
        let own = [&self.bundle].into_iter().chain(&self.ignore_paths);
        let policy = left_out(&self.model_path, own)
            .into_iter()
            .fold(self.policy()?, VerifyPolicy::with_ignored)
            .with_profile(Profile::Historic)
            .with_git_paths(GitPaths::Ignore)
            .with_unsigned_files(unsigned)
            .with_limits(limits);
        Ok(
            match verify_model(&self.model_path, &bundle, &policy, &NoControl)? {
                Verdict::Verified(_) => None,
                Verdict::Rejected(findings) => Some(findings.to_string()),
            },
        )
    }

    fn policy(&self) -> Result<VerifyPolicy, Failure> {
        match self.method {
            Method::Certificate => {
                let time = ValidationTime::Now(clock::now());
                let signers = CertificatePolicy::new(certificates(&self.cert_chain)?, time);
                Ok(VerifyPolicy::certificate(
                    signers.with_usage(Usage::Reference),
                ))
            }
            Method::Key => {
                let key = needed(self.public_key.as_ref(), "--public-key")?;
                let pem = text(key)?;
                let key = PublicKey::from_pem(&pem).map_err(|error| Failure::at(key, error))?;
                Ok(VerifyPolicy::key(key))
            }
            Method::Sigstore => self.keyless(),
        }
    }

    #[cfg(feature = "sigstore")]
    fn keyless(&self) -> Result<VerifyPolicy, Failure> {
        use modelward::sign::{SigstorePolicy, SigstoreTrust};

        let trust = if self.use_staging {
            SigstoreTrust::staging()?
        } else {
            SigstoreTrust::public_good()?
        };
        let identity = needed(self.identity.as_ref(), "--identity")?;
        let issuer = needed(self.identity_provider.as_ref(), "--identity-provider")?;
        Ok(VerifyPolicy::sigstore(SigstorePolicy::new(
            trust, identity, issuer,
        )))
    }

    #[cfg(not(feature = "sigstore"))]
    fn keyless(&self) -> Result<VerifyPolicy, Failure> {
        let _ = (&self.identity, &self.identity_provider, self.use_staging);
        Err(Failure::new(
            "adapter.method",
            "built without the feature `sigstore`",
        ))
    }
}

fn needed<'a, T>(argument: Option<&'a T>, name: &str) -> Result<&'a T, Failure> {
    argument.ok_or_else(|| Failure::new("adapter.argument", format!("{name} is missing")))
}

fn text(path: &Path) -> Result<String, Failure> {
    let bytes = read_file(path, MAX_PEM_BYTES)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn certificates<'a>(
    paths: impl IntoIterator<Item = &'a PathBuf>,
) -> Result<Vec<Certificate>, Failure> {
    let mut certificates = Vec::new();
    for path in paths {
        let read = Certificate::read_pem_all(&text(path)?, 64);
        certificates.extend(read.map_err(|error| Failure::at(path, error))?);
    }
    Ok(certificates)
}

/// Returns those of some files that lie in the model, below its root.
fn left_out<'a>(model: &Path, files: impl IntoIterator<Item = &'a PathBuf>) -> Vec<EntryPath> {
    let Ok(model) = fs::canonicalize(model) else {
        return Vec::new();
    };
    let inside = |file: &PathBuf| {
        let folder = fs::canonicalize(file.parent()?).ok()?;
        let file = folder.join(file.file_name()?);
        EntryPath::from_relative(file.strip_prefix(&model).ok()?).ok()
    };
    files.into_iter().filter_map(inside).collect()
}
