use std::fmt;
use std::str::FromStr;

use modelward_artifact::escape::Terminal;
use thiserror::Error;
use zeroize::Zeroizing;

const SCHEME: &str = "pkcs11:";

/// The longest text that is read, in bytes.
const MAX_BYTES: usize = 4096;

/// Names a key on a token (RFC 7512), such as `pkcs11:token=release;object=models`.
///
/// - What is in the path narrows the search; an attribute that is not known is refused, since it
///   would have to be passed over.
/// - No attribute stands twice. An unknown attribute of the query is passed over (RFC 7512, 2.4).
/// - The PIN of `pin-value` is wiped, and neither `Debug` nor `Display` shows it.
/// - `module-path`, `module-name` and `pin-source` are told and never followed: which library is
///   loaded and which file is read is for the caller to decide.
///
/// ```
/// use modelward_sign::Pkcs11Uri;
///
/// let uri: Pkcs11Uri = "pkcs11:token=my%20token;id=%01%a0?pin-value=1234".parse()?;
/// assert_eq!(uri.token(), Some("my token"));
/// assert_eq!(uri.id(), Some(&[0x01, 0xa0][..]));
/// assert_eq!(uri.to_string(), "pkcs11:token=my%20token;id=%01%a0");
///
/// let refused = "pkcs11:tokn=x".parse::<Pkcs11Uri>().unwrap_err();
/// assert_eq!(refused.to_string(), "pkcs11 uri has the attribute `tokn`, which is not known");
/// # Ok::<(), modelward_sign::ParsePkcs11UriError>(())
/// ```
#[derive(Clone, Default)]
pub struct Pkcs11Uri {
    path: String,
    pub(super) token: Option<String>,
    pub(super) manufacturer: Option<String>,
    pub(super) serial: Option<String>,
    pub(super) model: Option<String>,
    pub(super) slot: Option<u64>,
    pub(super) slot_description: Option<String>,
    pub(super) slot_manufacturer: Option<String>,
    pub(super) library_description: Option<String>,
    pub(super) library_manufacturer: Option<String>,
    pub(super) library_version: Option<String>,
    object: Option<String>,
    id: Option<Vec<u8>>,
    module_name: Option<String>,
    module_path: Option<String>,
    pin_source: Option<String>,
    pin: Option<Zeroizing<String>>,
}

impl Pkcs11Uri {
    /// Returns the label of the token.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Returns the label of the key.
    #[must_use]
    pub fn object(&self) -> Option<&str> {
        self.object.as_deref()
    }

    /// Returns the identifier of the key.
    #[must_use]
    pub fn id(&self) -> Option<&[u8]> {
        self.id.as_deref()
    }

    /// Returns the name of the library, without directory or ending, that the URI asks for.
    #[must_use]
    pub fn module_name(&self) -> Option<&str> {
        self.module_name.as_deref()
    }

    /// Returns the path of the library that the URI asks for. To load it is to run its code.
    #[must_use]
    pub fn module_path(&self) -> Option<&str> {
        self.module_path.as_deref()
    }

    /// Returns where the PIN is to be read, as it stands in the URI, such as `file:/etc/pin`.
    #[must_use]
    pub fn pin_source(&self) -> Option<&str> {
        self.pin_source.as_deref()
    }

    pub(super) fn pin(&self) -> Option<&str> {
        self.pin.as_ref().map(|pin| pin.as_str())
    }

    fn set_path(&mut self, name: &str, value: &str) -> Result<(), ParsePkcs11UriError> {
        match name {
            "id" => set(name, &mut self.id, decoded(name, value)?),
            "library-description" => set(name, &mut self.library_description, text(name, value)?),
            "library-manufacturer" => set(name, &mut self.library_manufacturer, text(name, value)?),
            "library-version" => set(name, &mut self.library_version, text(name, value)?),
            "manufacturer" => set(name, &mut self.manufacturer, text(name, value)?),
            "model" => set(name, &mut self.model, text(name, value)?),
            "object" => set(name, &mut self.object, text(name, value)?),
            "serial" => set(name, &mut self.serial, text(name, value)?),
            "slot-description" => set(name, &mut self.slot_description, text(name, value)?),
            "slot-manufacturer" => set(name, &mut self.slot_manufacturer, text(name, value)?),
            "slot-id" => {
                let digits = value.bytes().all(|byte| byte.is_ascii_digit());
                let slot = value.parse().ok().filter(|_| digits);
                set(name, &mut self.slot, slot.ok_or_else(|| refused(name))?)
            }
            "token" => set(name, &mut self.token, text(name, value)?),
            // A signer is a private key; whoever names its public half or certificate means it.
            "type" if matches!(value, "private" | "public" | "cert") => Ok(()),
            "type" => Err(refused(name)),
            _ => Err(ParsePkcs11UriError::Unknown {
                name: name.to_owned(),
            }),
        }
    }

    fn set_query(&mut self, name: &str, value: &str) -> Result<(), ParsePkcs11UriError> {
        match name {
            "module-name" => set(name, &mut self.module_name, text(name, value)?),
            "module-path" => set(name, &mut self.module_path, text(name, value)?),
            "pin-source" => set(name, &mut self.pin_source, text(name, value)?),
            "pin-value" => set(name, &mut self.pin, Zeroizing::new(text(name, value)?)),
            _ => Ok(()),
        }
    }
}

impl FromStr for Pkcs11Uri {
    type Err = ParsePkcs11UriError;

    fn from_str(uri: &str) -> Result<Self, Self::Err> {
        let (scheme, rest) = uri.split_at_checked(SCHEME.len()).unwrap_or_default();
        if !scheme.eq_ignore_ascii_case(SCHEME) {
            return Err(ParsePkcs11UriError::Scheme);
        }
        if uri.len() > MAX_BYTES {
            return Err(ParsePkcs11UriError::TooLong);
        }
        if !uri
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'#')
        {
            return Err(ParsePkcs11UriError::Character);
        }
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        // The path is shown, and there a PIN would be by mistake.
        if path.to_ascii_lowercase().contains("pin-") {
            return Err(ParsePkcs11UriError::PinInPath);
        }
        let mut read = Self {
            path: path.to_owned(),
            ..Self::default()
        };
        for attribute in path.split(';').filter(|attribute| !attribute.is_empty()) {
            let (name, value) = pair(attribute)?;
            read.set_path(name, value)?;
        }
        for attribute in query.split('&').filter(|attribute| !attribute.is_empty()) {
            let (name, value) = pair(attribute)?;
            read.set_query(name, value)?;
        }
        Ok(read)
    }
}

/// Writes the path alone: the query may have a PIN.
impl fmt::Display for Pkcs11Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pkcs11:{}", Terminal(&self.path))
    }
}

impl fmt::Debug for Pkcs11Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pkcs11Uri({self})")
    }
}

/// Says why a text is not the URI of a key on a token.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParsePkcs11UriError {
    /// An attribute has a value that cannot be read.
    #[error("pkcs11 uri has an attribute `{}` that cannot be read", Terminal(name))]
    Attribute {
        /// The attribute.
        name: String,
    },
    /// A character stands in the text that must be escaped in a URI.
    #[error("pkcs11 uri has a character that a uri escapes, such as a blank")]
    Character,
    /// An attribute has no value. It is not named: it may be a part of a PIN.
    #[error("pkcs11 uri has an attribute without `=`")]
    NoValue,
    /// A PIN seems to stand before the question mark, where it would be shown.
    #[error("pkcs11 uri has a pin in its path, expected it behind `?`")]
    PinInPath,
    /// The text has another scheme.
    #[error("pkcs11 uri does not begin with `pkcs11:`")]
    Scheme,
    /// The text is longer than any that names a key.
    #[error("pkcs11 uri has more than {MAX_BYTES} bytes")]
    TooLong,
    /// An attribute stands twice.
    #[error("pkcs11 uri has the attribute `{}` twice", Terminal(name))]
    Twice {
        /// The attribute.
        name: String,
    },
    /// An attribute of the path is not known, so nothing can be said to match it.
    #[error(
        "pkcs11 uri has the attribute `{}`, which is not known",
        Terminal(name)
    )]
    Unknown {
        /// The attribute.
        name: String,
    },
}

impl ParsePkcs11UriError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Attribute { .. } => "sign.pkcs11.attribute",
            Self::Character => "sign.pkcs11.character",
            Self::NoValue => "sign.pkcs11.no_value",
            Self::PinInPath => "sign.pkcs11.pin_in_path",
            Self::Scheme => "sign.pkcs11.scheme",
            Self::TooLong => "sign.pkcs11.too_long",
            Self::Twice { .. } => "sign.pkcs11.twice",
            Self::Unknown { .. } => "sign.pkcs11.unknown_attribute",
        }
    }
}

fn refused(name: &str) -> ParsePkcs11UriError {
    ParsePkcs11UriError::Attribute {
        name: name.to_owned(),
    }
}

fn pair(attribute: &str) -> Result<(&str, &str), ParsePkcs11UriError> {
    attribute
        .split_once('=')
        .ok_or(ParsePkcs11UriError::NoValue)
}

fn set<T>(name: &str, slot: &mut Option<T>, value: T) -> Result<(), ParsePkcs11UriError> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(ParsePkcs11UriError::Twice {
            name: name.to_owned(),
        }),
    }
}

fn text(name: &str, value: &str) -> Result<String, ParsePkcs11UriError> {
    String::from_utf8(decoded(name, value)?).map_err(|_| refused(name))
}

/// Decodes `%41` to `A`.
fn decoded(name: &str, value: &str) -> Result<Vec<u8>, ParsePkcs11UriError> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let [high, low, tail @ ..] = rest else {
            return Err(refused(name));
        };
        let digit = |byte: &u8| char::from(*byte).to_digit(16);
        let (Some(high), Some(low)) = (digit(high), digit(low)) else {
            return Err(refused(name));
        };
        bytes.push(u8::try_from(high << 4 | low).map_err(|_| refused(name))?);
        rest = tail;
    }
    Ok(bytes)
}
