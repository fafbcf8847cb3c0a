use std::fmt::Write as _;

use uuid::Uuid;

use super::VexInputError;

/// Names a bill of materials of CycloneDX by its serial number and version, so that an identifier
/// within it can be told from outside (BOM-Link).
///
/// ```
/// use modelward_incident::export::vex::BomId;
///
/// let bom = BomId::new("urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79", 2)?;
/// assert_eq!(
///     bom.link("the weights"),
///     "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/2#the%20weights",
/// );
/// assert!(BomId::new("urn:uuid:3e671687", 2).is_err());
/// # Ok::<(), modelward_incident::export::vex::VexInputError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BomId {
    serial: Uuid,
    version: u32,
}

impl BomId {
    /// Takes a serial number, a UUID with or without `urn:uuid:`, and a version from 1 on.
    ///
    /// # Errors
    ///
    /// [`VexInputError::Serial`] or [`VexInputError::Version`].
    pub fn new(serial: &str, version: u32) -> Result<Self, VexInputError> {
        let text = serial.strip_prefix("urn:uuid:").unwrap_or(serial);
        let serial = Uuid::try_parse(text).ok().filter(|_| text.len() == 36);
        let serial = serial.ok_or(VexInputError::Serial)?;
        if version == 0 {
            return Err(VexInputError::Version);
        }
        Ok(Self { serial, version })
    }

    /// Returns the link to a `bom-ref` of this bill. What a fragment of a URI cannot hold is escaped.
    #[must_use]
    pub fn link(&self, bom_ref: &str) -> String {
        let mut link = format!("urn:cdx:{}/{}#", self.serial, self.version);
        for byte in bom_ref.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte) {
                link.push(char::from(byte));
            } else {
                // Writing to a text cannot fail.
                let _ = write!(link, "%{byte:02X}");
            }
        }
        link
    }
}

/// Returns the link of a `bom-ref`: itself where it is one, else that of the bill it is in, if known.
pub(crate) fn link_of(bom_ref: &str, bom: Option<&BomId>) -> Option<String> {
    if is_link(bom_ref) {
        return Some(bom_ref.to_owned());
    }
    bom.map(|bom| bom.link(bom_ref))
}

/// Tells whether a text is a BOM-Link to one thing, as the schema of CycloneDX has it.
fn is_link(text: &str) -> bool {
    let parts = || {
        let (serial, rest) = text.strip_prefix("urn:cdx:")?.split_once('/')?;
        let (version, reference) = rest.split_once('#')?;
        Some((serial, version, reference))
    };
    let Some((serial, version, reference)) = parts() else {
        return false;
    };
    let is_serial = serial.len() == 36
        && Uuid::try_parse(serial).is_ok()
        && !serial.contains(|c: char| c.is_ascii_uppercase());
    let is_version = version.bytes().all(|byte| byte.is_ascii_digit()) && !version.starts_with('0');
    is_serial
        && is_version
        && !version.is_empty()
        && !reference.is_empty()
        && fluent_uri::UriRef::parse(text).is_ok()
}
