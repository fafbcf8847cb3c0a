use std::path::PathBuf;

use modelward::artifact::escape::Terminal;
use modelward::sign::{Certificate, Inspection};
use serde_json::{Value, json};

use crate::Answer;
use crate::bundle;
use crate::failure::Failure;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The signature.
    signature: PathBuf,
}

/// Tells what a signature says. The answer is never that it is right.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let (bundle, limits) = bundle::read(&args.signature)?;
    let mut value = serde_json::to_value(Inspection::of(&bundle, &limits)).unwrap_or_default();
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
