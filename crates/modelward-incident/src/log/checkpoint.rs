use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use modelward_artifact::{Digest, DigestAlgorithm};
use thiserror::Error;

/// The longest line of a note in bytes.
const MAX_LINE: usize = 1024;

/// Names a log or a key in notes: a line such as `example.org/incidents`.
///
/// It has 1 to 1024 bytes of printable ASCII and neither blanks nor `+`.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Origin(Box<str>);

impl Origin {
    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Origin {
    type Err = ParseCheckpointError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'+';
        if (1..=MAX_LINE).contains(&text.len()) && text.bytes().all(plain) {
            Ok(Self(text.into()))
        } else {
            Err(ParseCheckpointError::Name)
        }
    }
}

/// States how many entries a log has and what its root is (C2SP `tlog-checkpoint`).
///
/// Its text is three lines: the log's name, the size in decimal, the root in base64.
///
/// ```
/// use modelward_incident::log::{Checkpoint, IncidentLog};
///
/// let empty = IncidentLog::new().chain().checkpoint("example.org/incidents".parse()?);
/// assert_eq!(
///     empty.to_string(),
///     "example.org/incidents\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
/// );
/// assert_eq!(empty.to_string().parse::<Checkpoint>()?, empty);
/// assert!("example.org/incidents\n00\n".parse::<Checkpoint>().is_err());
/// # Ok::<(), modelward_incident::log::ParseCheckpointError>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Checkpoint {
    origin: Origin,
    size: u64,
    root: Digest,
}

impl Checkpoint {
    /// Returns the log's name.
    #[must_use]
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Returns how many entries there are.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Returns the root.
    #[must_use]
    pub const fn root(&self) -> &Digest {
        &self.root
    }

    pub(super) const fn of(origin: Origin, size: u64, root: Digest) -> Self {
        Self { origin, size, root }
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let root = STANDARD.encode(self.root.as_bytes());
        write!(f, "{}\n{}\n{root}\n", self.origin, self.size)
    }
}

/// Reads the three lines. Lines of extensions, which C2SP advises against, are refused.
impl FromStr for Checkpoint {
    type Err = ParseCheckpointError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lines = text.strip_suffix('\n').map(|text| text.split('\n'));
        let mut lines = lines.ok_or(ParseCheckpointError::Lines)?;
        let (Some(origin), Some(size), Some(root), None) =
            (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(ParseCheckpointError::Lines);
        };
        let origin = origin.parse()?;
        let size = match size.parse::<u64>() {
            Ok(number) if number.to_string() == size => number,
            _ => return Err(ParseCheckpointError::Size),
        };
        let bytes = STANDARD
            .decode(root)
            .map_err(|_| ParseCheckpointError::Root)?;
        let root = Digest::from_bytes(DigestAlgorithm::Sha256, &bytes)
            .map_err(|_| ParseCheckpointError::Root)?;
        Ok(Self { origin, size, root })
    }
}

/// Says why a text is not a checkpoint or a signed one.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseCheckpointError {
    /// It has not the lines of a checkpoint.
    #[error("expected the lines origin, size and root in checkpoint")]
    Lines,
    /// A name is not one.
    #[error("expected 1 to 1024 printable ASCII characters without blanks and `+` in name")]
    Name,
    /// The root is not 32 bytes in base64.
    #[error("expected 32 bytes in base64 as root")]
    Root,
    /// A line below the text is not a signature.
    #[error("signature line {line} is malformed")]
    Signature {
        /// The line, counted from 1 below the blank line.
        line: usize,
    },
    /// There is no signature.
    #[error("the checkpoint has no signature")]
    Unsigned,
    /// The size is not a decimal number in its shortest form.
    #[error("expected a decimal number without leading zeros as size")]
    Size,
    /// It is too long or has too many signatures.
    #[error("the note has more than {limit} bytes or signatures than are read")]
    TooLarge {
        /// The largest size in bytes.
        limit: usize,
    },
}

impl ParseCheckpointError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Lines => "incident.checkpoint.lines",
            Self::Name => "incident.checkpoint.name",
            Self::Root => "incident.checkpoint.root",
            Self::Signature { .. } => "incident.checkpoint.signature_line",
            Self::Size => "incident.checkpoint.size",
            Self::TooLarge { .. } => "incident.checkpoint.too_large",
            Self::Unsigned => "incident.checkpoint.no_signature",
        }
    }
}
