use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::prelude::BASE64_STANDARD;
use modelward_artifact::json::{JsonError, shaped};
use modelward_artifact::{Digest, Finding};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{MAX_CERTIFICATES, Material, ReadBundleError};
use crate::{Envelope, PublicKey};

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireBundle {
    pub(super) media_type: String,
    pub(super) verification_material: Map<String, Value>,
    pub(super) dsse_envelope: WireEnvelope,
    #[serde(flatten)]
    pub(super) other: Map<String, Value>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireEnvelope {
    payload: String,
    payload_type: String,
    #[serde(default)]
    signatures: Option<Vec<WireSignature>>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

#[derive(Deserialize, Serialize)]
struct WireSignature {
    sig: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    keyid: Option<String>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

/// Holds the members of an envelope and of its signature that nothing here goes by.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Beside {
    keyid: Option<String>,
    signature: Map<String, Value>,
    envelope: Map<String, Value>,
}

impl Default for Beside {
    /// A bundle that is made here has a `keyid` without text, as other clients write it.
    fn default() -> Self {
        Self {
            keyid: Some(String::new()),
            signature: Map::new(),
            envelope: Map::new(),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireMaterial {
    #[serde(default)]
    public_key: Option<WireKey>,
    #[serde(default)]
    x509_certificate_chain: Option<WireChain>,
    #[serde(default)]
    certificate: Option<WireCertificate>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireKey {
    #[serde(default)]
    hint: Option<String>,
    /// Clients before v1.1 put the key itself here: base64 of its PEM.
    #[serde(default)]
    raw_bytes: Option<String>,
}

#[derive(Deserialize)]
struct WireChain {
    #[serde(default)]
    certificates: Option<Vec<WireCertificate>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireCertificate {
    raw_bytes: String,
}

impl Material {
    /// Finds the one method among the members.
    pub(super) fn read(
        members: &Map<String, Value>,
        bundle: &[u8],
    ) -> Result<Self, ReadBundleError> {
        let wire: WireMaterial =
            shaped(Value::Object(members.clone())).map_err(|source| ReadBundleError::Json {
                source: JsonError::Shape { source },
            })?;
        match (
            wire.public_key,
            wire.x509_certificate_chain,
            wire.certificate,
        ) {
            (Some(key), None, None) => key.read(),
            (None, Some(chain), None) => chain.read(),
            (None, None, Some(leaf)) => Ok(Self::Sigstore {
                leaf: decode(&leaf.raw_bytes, "certificate")?,
                text: String::from_utf8_lossy(bundle).into_owned(),
            }),
            (key, chain, leaf) => Err(ReadBundleError::Methods {
                found: usize::from(key.is_some())
                    + usize::from(chain.is_some())
                    + usize::from(leaf.is_some()),
            }),
        }
    }

    /// Returns the members of a bundle that is made here.
    pub(super) fn members(&self) -> Map<String, Value> {
        let raw = |der: &Vec<u8>| json!({"rawBytes": BASE64_STANDARD.encode(der)});
        let (member, value) = match self {
            Self::Certificate { chain } => {
                let certificates: Vec<_> = chain.iter().map(raw).collect();
                let chain = json!({"certificates": certificates});
                ("x509CertificateChain", chain)
            }
            Self::Key { hint } => {
                let hint = hint.map(|hint| hint.to_hex()).unwrap_or_default();
                ("publicKey", json!({"hint": hint}))
            }
            Self::Sigstore { leaf, .. } => ("certificate", raw(leaf)),
        };
        let members = [(member, value), ("tlogEntries", json!([]))];
        members
            .into_iter()
            .map(|(member, value)| (member.to_owned(), value))
            .collect()
    }
}

impl WireKey {
    fn read(self) -> Result<Material, ReadBundleError> {
        let stated = self.hint.filter(|hint| !hint.is_empty());
        let stated: Option<Digest> = stated
            .map(|hint| hint.parse().map_err(|_| ReadBundleError::Hint))
            .transpose()?;
        let hint = match (stated, self.raw_bytes.filter(|raw| !raw.is_empty())) {
            (Some(hint), _) => Some(hint),
            (None, Some(raw)) => Some(carried_key(&raw)?.hint()),
            (None, None) => None,
        };
        Ok(Material::Key { hint })
    }
}

fn carried_key(raw: &str) -> Result<PublicKey, ReadBundleError> {
    let pem = String::from_utf8(decode(raw, "rawBytes")?);
    let pem = pem.map_err(|_| ReadBundleError::Base64 { member: "rawBytes" })?;
    PublicKey::from_pem(&pem).map_err(|source| ReadBundleError::Key { source })
}

impl WireChain {
    fn read(self) -> Result<Material, ReadBundleError> {
        let certificates = self.certificates.unwrap_or_default();
        let found = certificates.len();
        if !(1..=MAX_CERTIFICATES).contains(&found) {
            return Err(ReadBundleError::Certificates { found });
        }
        let chain = certificates.iter();
        let chain = chain.map(|certificate| decode(&certificate.raw_bytes, "certificates"));
        Ok(Material::Certificate {
            chain: chain.collect::<Result<_, _>>()?,
        })
    }
}

impl WireEnvelope {
    pub(super) fn of(envelope: &Envelope, beside: &Beside) -> Self {
        Self {
            payload: BASE64_STANDARD.encode(envelope.unverified_payload()),
            payload_type: envelope.payload_type().to_owned(),
            signatures: Some(vec![WireSignature {
                sig: BASE64_STANDARD.encode(envelope.signature()),
                keyid: beside.keyid.clone(),
                other: beside.signature.clone(),
            }]),
            other: beside.envelope.clone(),
        }
    }

    pub(super) fn read(self) -> Result<(Envelope, Beside), ReadBundleError> {
        let signatures = self.signatures.unwrap_or_default();
        let found = signatures.len();
        let [signature] = <[WireSignature; 1]>::try_from(signatures)
            .map_err(|_| ReadBundleError::Signatures { found })?;
        let sig = decode(&signature.sig, "sig")?;
        let payload = decode(&self.payload, "payload")?;
        let beside = Beside {
            keyid: signature.keyid,
            signature: signature.other,
            envelope: self.other,
        };
        Ok((Envelope::new(payload, self.payload_type, sig), beside))
    }
}

/// Lists where the text of a bundle is not that of OMS v1.0, though it is understood.
pub(super) fn deviations(wire: &WireBundle) -> Vec<Finding> {
    let mut findings = Vec::new();
    let envelope = &wire.dsse_envelope;
    let key = wire.verification_material.get("publicKey");
    let text = |member: &str| key.and_then(|key| key.get(member)).and_then(Value::as_str);
    if text("rawBytes").is_some() {
        let message = "the bundle carries its key instead of a hint, as clients before v1.1 did";
        findings.push(Finding::new("sign.bundle.raw_key", message));
    } else if key.is_some() && text("hint").unwrap_or_default().is_empty() {
        let message = "the bundle does not name its key";
        findings.push(Finding::new("sign.bundle.no_hint", message));
    }
    let signatures = envelope.signatures.iter().flatten();
    let texts = signatures.clone().map(|signature| &signature.sig);
    if texts
        .chain([&envelope.payload])
        .any(|text| !is_standard(text))
    {
        let message = "the bundle has base64 that is not of the standard alphabet with padding";
        findings.push(Finding::new("sign.bundle.base64_form", message));
    }
    let others = signatures.map(|signature| &signature.other);
    let mut others = others.chain([&envelope.other, &wire.other]);
    if let Some(member) = others.find_map(|other| other.keys().next()) {
        let message = format!("the bundle has the member `{member}`, which is not known");
        findings.push(Finding::new("sign.bundle.unknown_member", message));
    }
    findings
}

fn is_standard(text: &str) -> bool {
    !text.contains(['-', '_']) && text.len().is_multiple_of(4)
}

/// Reads base64 of either alphabet, as protobuf's JSON mapping asks of readers.
fn decode(text: &str, member: &'static str) -> Result<Vec<u8>, ReadBundleError> {
    let lenient =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let alphabet = if text.contains(['-', '_']) {
        alphabet::URL_SAFE
    } else {
        alphabet::STANDARD
    };
    GeneralPurpose::new(&alphabet, lenient)
        .decode(text)
        .map_err(|_| ReadBundleError::Base64 { member })
}
