use std::path::PathBuf;

use clap::ValueEnum;
use modelward::artifact::escape::Terminal;
use modelward::artifact::{DigestAlgorithm, Signer, write_atomically};
use modelward::sign::{
    Certificate, Resigning, SignOptions, VerifyPolicy, Write, sign_with, verify_statement,
};
use modelward::{Manifest, Verdict};
use serde_json::json;

use crate::Answer;
use crate::bundle;
use crate::failure::Failure;
use crate::hashing::Hashing;
use crate::pem;
use crate::progress::Progress;
use crate::sums;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Sign with a private key on P-256, P-384 or P-521.
    Key(KeyArgs),
    /// Sign with a private key and its certificate.
    Certificate(CertificateArgs),
    /// Sign with a key on a token, by PKCS #11.
    #[cfg(feature = "pkcs11")]
    Pkcs11(Box<Pkcs11Args>),
}

#[derive(clap::Args)]
pub(crate) struct KeyArgs {
    #[command(flatten)]
    signing: Signing,
    #[command(flatten)]
    key: KeyFile,
}

#[derive(clap::Args)]
pub(crate) struct CertificateArgs {
    #[command(flatten)]
    signing: Signing,
    #[command(flatten)]
    key: KeyFile,
    /// The signer's certificate in PEM.
    #[arg(long, value_name = "FILE")]
    signing_certificate: PathBuf,
    /// Certificates in PEM between the signer's and the authority's, in this order.
    #[arg(long, value_name = "FILE")]
    certificate_chain: Vec<PathBuf>,
}

#[cfg(feature = "pkcs11")]
#[derive(clap::Args)]
pub(crate) struct Pkcs11Args {
    #[command(flatten)]
    signing: Signing,
    /// The key, as RFC 7512 names it, such as `pkcs11:token=release;object=models`.
    #[arg(long)]
    uri: modelward::sign::Pkcs11Uri,
    /// The vendor's library. To load it is to run its code, so a URI alone does not name it.
    #[arg(long, value_name = "FILE")]
    module: PathBuf,
    /// The file that holds the PIN; a line break at its end does not count.
    #[arg(long, value_name = "FILE")]
    pin_file: Option<PathBuf>,
    /// The signer's certificate in PEM, and those that lead to an authority, in this order.
    #[arg(long, value_name = "FILE")]
    certificate_chain: Vec<PathBuf>,
}

#[derive(clap::Args)]
struct KeyFile {
    /// The private key in PEM: PKCS#8 or SEC1.
    #[arg(long, value_name = "FILE")]
    private_key: PathBuf,
    /// The file that holds the private key's password; a line break at its end does not count.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

#[derive(clap::Args)]
struct Signing {
    /// The model's directory or file.
    model: PathBuf,
    /// Where to write the signature.
    #[arg(long, value_name = "FILE")]
    signature: PathBuf,
    /// The hash function: blake2b, blake3, sha256, sha384 or sha512.
    #[arg(long, default_value_t = DigestAlgorithm::Sha256)]
    algorithm: DigestAlgorithm,
    /// The form of what is signed.
    #[arg(long, value_enum, default_value_t = Form::Spec)]
    form: Form,
    #[command(flatten)]
    hashing: Hashing,
    /// Sign again: read only what this older signature of the same key does not cover. A file that
    /// changed and kept its size must be named by '--changed'.
    #[arg(long, value_name = "FILE", requires = "resign_manifest")]
    resign: Option<PathBuf>,
    /// The manifest in JSON that was signed by '--resign'; signing writes it by '--manifest'.
    #[arg(long, value_name = "FILE", requires = "resign")]
    resign_manifest: Option<PathBuf>,
    /// A file of the model that changed since the older signature.
    #[arg(long, value_name = "PATH", requires = "resign")]
    changed: Vec<modelward::artifact::EntryPath>,
    /// Write the manifest that was signed, in JSON.
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// OMS v1.0.
    Spec,
    /// What `model-signing` 1.1.1 for Python reads.
    Python,
}

pub(crate) fn run(command: &Command) -> Result<Answer, Failure> {
    let (signing, key, chain) = match command {
        Command::Certificate(args) => {
            let files = [&args.signing_certificate];
            let chain = files.into_iter().chain(&args.certificate_chain);
            (&args.signing, &args.key, pem::certificates(chain)?)
        }
        Command::Key(args) => (&args.signing, &args.key, Vec::new()),
        #[cfg(feature = "pkcs11")]
        Command::Pkcs11(args) => return args.run(),
    };
    let key = pem::private_key(&key.private_key, key.password_file.as_deref())?;
    let policy = VerifyPolicy::key(key.public_key().clone());
    signing.run(&key, chain, &policy)
}

#[cfg(feature = "pkcs11")]
impl Pkcs11Args {
    fn run(&self) -> Result<Answer, Failure> {
        use modelward::sign::Pkcs11Module;

        let pin = self.pin_file.as_deref().map(pem::text).transpose()?;
        let pin = pin.as_deref().map(|pin| pin.trim_end_matches(['\r', '\n']));
        let signer = Pkcs11Module::load(&self.module)?.signer(&self.uri, pin)?;
        let chain = pem::certificates(&self.certificate_chain)?;
        let policy = VerifyPolicy::key(signer.public_key().clone());
        self.signing.run(&signer, chain, &policy)
    }
}

impl Signing {
    fn run(
        &self,
        signer: &dyn Signer,
        chain: Vec<Certificate>,
        own: &VerifyPolicy,
    ) -> Result<Answer, Failure> {
        let form = match self.form {
            Form::Python => Write::PythonCompat,
            Form::Spec => Write::Spec,
        };
        let options = SignOptions::default()
            .with_form(form)
            .with_certificates(chain);
        let manifest = self.hash(own)?;
        let bundle = sign_with(&manifest, signer, &options)?;
        write_atomically(&self.signature, &bundle.to_json())?;
        if let Some(file) = &self.manifest {
            write_atomically(file, &manifest.to_json())?;
        }
        let signature = self.signature.to_string_lossy();
        Ok(Answer {
            yes: true,
            text: format!(
                "signed {} resources of {}: {}",
                manifest.entries().len(),
                Terminal(manifest.name()),
                Terminal(&signature),
            ),
            json: json!({
                "model": manifest.name(),
                "root": manifest.root(),
                "method": bundle.method().name(),
                "signer": signer.key_name(),
                "signature": signature,
            }),
        })
    }

    fn hash(&self, own: &VerifyPolicy) -> Result<Manifest, Failure> {
        let files = [Some(&self.signature), self.manifest.as_ref()];
        let options = self
            .hashing
            .options(&self.model, files.into_iter().flatten());
        let options = options.with_algorithm(self.algorithm);
        let (Some(old), Some(manifest)) = (&self.resign, &self.resign_manifest) else {
            return Ok(Manifest::hash(&self.model, &options, &Progress::new())?);
        };
        let (bundle, limits) = bundle::read(old)?;
        let verified = match verify_statement(&bundle, &own.clone().with_limits(limits))? {
            Verdict::Verified(verified) => verified,
            Verdict::Rejected(findings) => {
                return Err(Failure::new("sign.resign.refused", findings));
            }
        };
        let (bytes, limits) = sums::read(manifest)?;
        let signed =
            Manifest::read_json(&bytes, &limits).map_err(|error| Failure::at(manifest, error))?;
        let mut resigning = Resigning::new(&verified, &signed)?;
        for path in &self.changed {
            resigning = resigning.with_changed(path.clone());
        }
        let hashed = resigning.hash(&self.model, &options, &Progress::new())?;
        eprintln!("{} files were not read again", hashed.reused().len());
        Ok(hashed.manifest().clone())
    }
}
