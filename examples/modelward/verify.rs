mod decision;

use std::path::PathBuf;

use clap::ValueEnum;
use modelward::artifact::escape::Terminal;
use modelward::artifact::{GitPaths, ParseDigestError, ParseTimestampError};
use modelward::sign::{
    Denied, Profile, SignedBy, UnsignedFiles, VerifiedModel, VerifyPolicy, verify_model,
};
use modelward::{Digest, Timestamp, Verdict};
use serde_json::{Value, json};

use crate::authority::Authorities;
use crate::failure::Failure;
use crate::hashing::Reading;
use crate::progress::Progress;
use crate::reply::Reply;
use crate::{Answer, bundle, inside, pem};

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Verify against public keys on P-256, P-384 or P-521.
    Key(KeyArgs),
    /// Verify against authorities that certify signers.
    Certificate(CertificateArgs),
    /// Verify a decision that `gate` signed; the exit code is that of the decision.
    Decision(decision::Args),
    /// Verify a keyless signature against an identity, without the network.
    #[cfg(feature = "sigstore")]
    Sigstore(SigstoreArgs),
}

#[derive(clap::Args)]
pub(crate) struct KeyArgs {
    #[command(flatten)]
    verification: Verification,
    /// A trusted public key in PEM; of several, one must have signed.
    #[arg(long, value_name = "FILE", required = true)]
    public_key: Vec<PathBuf>,
}

#[derive(clap::Args)]
pub(crate) struct CertificateArgs {
    #[command(flatten)]
    verification: Verification,
    #[command(flatten)]
    authorities: Authorities,
}

#[cfg(feature = "sigstore")]
#[derive(clap::Args)]
pub(crate) struct SigstoreArgs {
    #[command(flatten)]
    verification: Verification,
    /// The e-mail address or URI that must have signed.
    #[arg(long)]
    identity: String,
    /// The provider that must have vouched for the identity.
    #[arg(long, value_name = "URL")]
    identity_provider: String,
    /// A trusted root or the settings of a client that have one; the public instance otherwise.
    #[arg(long, value_name = "FILE")]
    trust_config: Option<PathBuf>,
}

#[derive(clap::Args)]
struct Verification {
    /// The model's directory or file.
    model: PathBuf,
    /// The signature.
    #[arg(long, value_name = "FILE")]
    signature: PathBuf,
    /// Refuse the signature of a model of another name.
    #[arg(long, value_name = "NAME")]
    expected_name: Option<String>,
    /// Refuse the signature of a model with another root digest, such as an older version.
    #[arg(long, value_name = "DIGEST")]
    expected_root: Option<Digest>,
    /// A public key or certificate (SHA-256 of DER) that does not count from an instant on.
    #[arg(long, value_name = "DIGEST@TIME", value_parser = denied)]
    deny: Vec<Denied>,
    /// Which forms of signatures to take.
    #[arg(long, value_enum, default_value_t = Forms::Compatible)]
    forms: Forms,
    /// Warn of files that are not signed instead of refusing the model.
    #[arg(long)]
    ignore_unsigned_files: bool,
    /// Leave out version control's own files though the signature does not say so.
    #[arg(long)]
    ignore_git_paths: bool,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Clone, Copy, ValueEnum)]
enum Forms {
    /// OMS v1.0 and what known clients write.
    Compatible,
    /// Also those of model-signing v0.2, which name no model.
    Historic,
    /// OMS v1.0 to the letter.
    Strict,
}

pub(crate) fn run(command: &Command) -> Result<Reply, Failure> {
    match command {
        Command::Certificate(args) => {
            let policy = VerifyPolicy::certificate(args.authorities.policy()?);
            args.verification.run(policy).map(Reply::from)
        }
        Command::Decision(args) => decision::run(args),
        Command::Key(args) => {
            let keys: Result<Vec<_>, _> = args
                .public_key
                .iter()
                .map(|key| pem::public_key(key))
                .collect();
            let policy = VerifyPolicy::any_key(keys?);
            args.verification.run(policy).map(Reply::from)
        }
        #[cfg(feature = "sigstore")]
        Command::Sigstore(args) => args.verification.run(args.policy()?).map(Reply::from),
    }
}

#[cfg(feature = "sigstore")]
impl SigstoreArgs {
    fn policy(&self) -> Result<VerifyPolicy, Failure> {
        use modelward::artifact::{JsonLimits, read_file};
        use modelward::sign::{SigstorePolicy, SigstoreTrust};

        let trust = match &self.trust_config {
            Some(file) => {
                let bytes = read_file(file, 16 << 20)?;
                let trust = SigstoreTrust::read(&bytes, &JsonLimits::default());
                trust.map_err(|error| Failure::at(file, error))?
            }
            None => SigstoreTrust::public_good()?,
        };
        let (identity, provider) = (self.identity.as_str(), self.identity_provider.as_str());
        Ok(VerifyPolicy::sigstore(SigstorePolicy::new(
            trust, identity, provider,
        )))
    }
}

impl Verification {
    fn run(&self, policy: VerifyPolicy) -> Result<Answer, Failure> {
        let (bundle, limits) = bundle::read(&self.signature)?;
        let policy = self.completed(policy).with_limits(limits);
        let verdict = verify_model(&self.model, &bundle, &policy, &Progress::new())?;
        Ok(match verdict {
            Verdict::Verified(model) => verified(&model),
            Verdict::Rejected(findings) => Answer {
                yes: false,
                text: format!("rejected:\n{findings}"),
                json: json!({"verdict": "rejected", "findings": findings}),
            },
        })
    }

    fn completed(&self, policy: VerifyPolicy) -> VerifyPolicy {
        let mut policy =
            policy
                .with_hashing(self.reading.options())
                .with_profile(match self.forms {
                    Forms::Compatible => Profile::Compatible,
                    Forms::Historic => Profile::Historic,
                    Forms::Strict => Profile::Strict,
                });
        let own = inside(&self.model, &self.signature);
        for path in self.reading.ignored().iter().cloned().chain(own) {
            policy = policy.with_ignored(path);
        }
        for denied in &self.deny {
            policy = policy.with_denied(*denied);
        }
        if self.ignore_unsigned_files {
            policy = policy.with_unsigned_files(UnsignedFiles::Warn);
        }
        if self.ignore_git_paths {
            policy = policy.with_git_paths(GitPaths::Ignore);
        }
        if let Some(name) = &self.expected_name {
            policy = policy.with_expected_name(name);
        }
        if let Some(root) = self.expected_root {
            policy = policy.with_expected_root(root);
        }
        policy
    }
}

fn verified(model: &VerifiedModel) -> Answer {
    let resources = model.manifest().entries().len();
    let name = model.statement().name();
    let signer = signer(model.signed_by());
    let mut text = format!("verified: {resources} resources of {}", Terminal(name));
    for (member, value) in signer.as_object().into_iter().flatten() {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        text.push_str(&format!("\n{member}: {}", Terminal(&value)));
    }
    for warning in model.warnings() {
        text.push_str(&format!("\nwarning: {warning}"));
    }
    Answer {
        yes: true,
        text,
        json: json!({
            "verdict": "verified",
            "model": name,
            "root": model.statement().root(),
            "signer": signer,
            "warnings": model.warnings(),
        }),
    }
}

fn signer(signed_by: &SignedBy) -> Value {
    let key = signed_by.key_digest();
    match signed_by {
        SignedBy::Certificate(chain) => json!({
            "method": "certificate",
            "key": key,
            "subject": chain.leaf().subject(),
            "authority": chain.certificates().last().map(|root| root.subject().to_owned()),
            "at": chain.instant(),
        }),
        #[cfg(feature = "sigstore")]
        SignedBy::Sigstore(signer) => json!({
            "method": "sigstore",
            "key": key,
            "identity": signer.identity(),
            "issuer": signer.issuer(),
            "signed_at": signer.signed_at(),
        }),
        _ => json!({"method": "key", "key": key}),
    }
}

fn denied(text: &str) -> Result<Denied, String> {
    let (digest, since) = text
        .split_once('@')
        .ok_or("expected a digest, `@` and a time")?;
    let digest: Digest = digest
        .parse()
        .map_err(|error: ParseDigestError| error.to_string())?;
    let since: Timestamp = since
        .parse()
        .map_err(|error: ParseTimestampError| error.to_string())?;
    Ok(Denied::new(digest, since))
}
