//! The command line that the conformance suite of OpenSSF Model Signing drives.
//!
//! It takes every form that any client ever wrote, which a tool for daily use should not.
//! Exit codes: 0 yes, 1 no, 2 cannot tell or an error, 64 wrong usage.

#![expect(clippy::print_stderr, reason = "a command prints")]

mod arguments;
mod bundle;
mod clock;
mod failure;
mod inside;
mod pem;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use modelward::artifact::{
    EntryPath, GitPaths, HashOptions, NoControl, WalkOptions, write_atomically,
};
use modelward::sign::{
    CertificatePolicy, Profile, SignOptions, UnsignedFiles, Usage, ValidationTime, VerifyPolicy,
    sign_with, verify_model,
};
use modelward::{Manifest, Verdict};

use crate::failure::Failure;
use crate::inside::inside;

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
                SignOptions::default().with_certificates(pem::certificates(chain)?)
            }
            Method::Key => SignOptions::default(),
            Method::Sigstore => {
                let text = "signing without a key needs the network, which is not built in";
                return Err(Failure::new("adapter.method", text));
            }
        };
        let key = needed(self.private_key.as_ref(), "--private-key")?;
        let key = pem::private_key(key, None)?;
        let own = [&self.output_bundle].into_iter().chain(&self.ignore_paths);
        let walk =
            left_out(&self.model_path, own).fold(WalkOptions::default(), WalkOptions::with_ignored);
        let hashing = HashOptions::default().with_walk(walk);
        let manifest = Manifest::hash(&self.model_path, &hashing, &NoControl)?;
        let bundle = sign_with(&manifest, &key, &options)?;
        write_atomically(&self.output_bundle, &bundle.to_json())?;
        Ok(None)
    }
}

impl Verify {
    fn run(&self) -> Result<Option<String>, Failure> {
        let (bundle, limits) = bundle::read(&self.bundle)?;
        let unsigned = if self.ignore_unsigned_files {
            UnsignedFiles::Warn
        } else {
            UnsignedFiles::Refuse
        };
        let own = [&self.bundle].into_iter().chain(&self.ignore_paths);
        let policy = left_out(&self.model_path, own)
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
                let signers = CertificatePolicy::new(pem::certificates(&self.cert_chain)?, time);
                Ok(VerifyPolicy::certificate(
                    signers.with_usage(Usage::Reference),
                ))
            }
            Method::Key => {
                let key = needed(self.public_key.as_ref(), "--public-key")?;
                Ok(VerifyPolicy::key(pem::public_key(key)?))
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

/// Returns those of some files that lie in the model, below its root.
fn left_out<'a>(
    model: &Path,
    files: impl IntoIterator<Item = &'a PathBuf>,
) -> impl Iterator<Item = EntryPath> {
    files
        .into_iter()
        .filter_map(move |file| inside(model, file))
}
