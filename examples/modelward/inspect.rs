use std::fs::File;
use std::path::{Path, PathBuf};

use modelward::artifact::escape::{Terminal, TerminalPath};
use modelward::bom::inspect::{InspectLimits, Inspection};
use modelward::sign::{Certificate, Inspection as SignatureInspection};
use serde_json::{Value, json};

use crate::Answer;
use crate::bundle;
use crate::failure::Failure;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// A file of a model, or a signature.
    file: PathBuf,
}

/// Tells what a file says: a model's file by its format, anything else as a signature.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let name = args.file.file_name().unwrap_or_default().to_string_lossy();
    let io = |error: std::io::Error| {
        Failure::new(
            "artifact.read.io",
            format!("{}: {error}", TerminalPath(&args.file)),
        )
    };
    let mut file = File::open(&args.file).map_err(io)?;
    if !file.metadata().map_err(io)?.is_file() {
        let text = format!("{}: is not a regular file", TerminalPath(&args.file));
        return Err(Failure::new("artifact.read.io", text));
    }
    let limits = InspectLimits::default();
    match Inspection::of(&name, &mut file, &limits) {
        Ok(Some(inspection)) => Ok(model_file(&inspection)),
        Ok(None) => signature(&args.file),
        Err(error) => Err(Failure::at(&args.file, error)),
    }
}

/// Writes a line for each fact. The answer is no where something deserves attention.
fn model_file(inspection: &Inspection) -> Answer {
    let mut lines = vec![format!("format: {}", inspection.format())];
    for fact in inspection.facts() {
        let aspect = fact.aspect();
        let detail = aspect.detail().map(|name| format!(" {}", Terminal(name)));
        lines.push(format!(
            "{}{}: {} ({}, {})",
            aspect.name(),
            detail.unwrap_or_default(),
            Terminal(fact.value()),
            fact.origin(),
            fact.location(),
        ));
    }
    let findings = inspection.findings().iter();
    lines.extend(findings.map(|finding| format!("finding: {finding}")));
    Answer {
        yes: inspection.findings().is_empty(),
        text: lines.join("\n"),
        json: serde_json::to_value(inspection).unwrap_or_default(),
    }
}

/// Tells what a signature says. The answer is never that it is right.
fn signature(path: &Path) -> Result<Answer, Failure> {
    let (bundle, limits) = bundle::read(path)?;
    let mut value =
        serde_json::to_value(SignatureInspection::of(&bundle, &limits)).unwrap_or_default();
    let certificates = bundle.unverified_certificates().map(|der| {
        Certificate::from_der(der).map_or(Value::Null, |certificate| {
            json!({
                "subject": certificate.subject(),
                "issuer": certificate.issuer(),
                "not_before": certificate.not_before(),
                "not_after": certificate.not_after(),
                "fingerprint": certificate.fingerprint(),
            })
        })
    });
    value["certificates"] = certificates.collect();
    let mut text = "nothing of this is verified:".to_owned();
    lines("", &value, &mut text);
    Ok(Answer {
        yes: true,
        text,
        json: value,
    })
}

/// Writes one line for each value.
fn lines(name: &str, value: &Value, text: &mut String) {
    let inner = |key: &str| match name {
        "" => key.to_owned(),
        name => format!("{name}.{key}"),
    };
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                lines(&inner(key), value, text);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                lines(&inner(&index.to_string()), value, text);
            }
        }
        Value::String(value) => text.push_str(&format!("\n{name}: {}", Terminal(value))),
        value => text.push_str(&format!("\n{name}: {value}")),
    }
}
