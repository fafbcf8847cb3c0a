use std::borrow::Cow;

use crate::{Digest, DigestAlgorithm, EntryPath, SumsError};

/// One line of a list without its end, and its number from 1.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    number: usize,
    text: &'a str,
    /// Whether the line started with a backslash, so that its path is escaped.
    escaped: bool,
}

impl<'a> Line<'a> {
    pub(crate) fn new(number: usize, bytes: &'a [u8]) -> Result<Self, SumsError> {
        let Ok(text) = str::from_utf8(bytes) else {
            return Err(SumsError::Encoding { line: number });
        };
        Ok(Self {
            number,
            text: text.strip_prefix('\\').unwrap_or(text),
            escaped: text.starts_with('\\'),
        })
    }

    pub(crate) fn read(self, expected: DigestAlgorithm) -> Result<(EntryPath, Digest), SumsError> {
        let (path, hex) = match self.bsd() {
            Some((algorithm, path, hex)) => {
                self.check_algorithm(algorithm, expected)?;
                (path, hex)
            }
            None => self
                .gnu()
                .ok_or(SumsError::Malformed { line: self.number })?,
        };
        Ok((self.path(path)?, self.digest(hex, expected)?))
    }

    /// Splits `SHA256 (path) = hex`. The path may have parentheses, the digest has none.
    fn bsd(self) -> Option<(&'a str, &'a str, &'a str)> {
        let (algorithm, rest) = self.text.split_once(" (")?;
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/');
        let (path, hex) = rest.rsplit_once(") = ")?;
        (!algorithm.is_empty() && algorithm.chars().all(word)).then_some((algorithm, path, hex))
    }

    /// Splits `hex  path` and `hex *path`. The path may start and end with blanks.
    fn gnu(self) -> Option<(&'a str, &'a str)> {
        let (hex, rest) = self.text.split_once(' ')?;
        let path = rest.strip_prefix([' ', '*'])?;
        let digits = !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
        digits.then_some((path, hex))
    }

    fn check_algorithm(self, found: &str, expected: DigestAlgorithm) -> Result<(), SumsError> {
        let expected = bsd_name(expected);
        if found == expected {
            return Ok(());
        }
        Err(SumsError::Algorithm {
            line: self.number,
            expected,
            found: found.to_owned(),
        })
    }

    fn digest(self, hex: &str, algorithm: DigestAlgorithm) -> Result<Digest, SumsError> {
        Digest::from_hex(algorithm, &hex.to_ascii_lowercase()).map_err(|source| SumsError::Digest {
            line: self.number,
            source,
        })
    }

    fn path(self, text: &str) -> Result<EntryPath, SumsError> {
        let line = self.number;
        let text = if self.escaped {
            Cow::Owned(unescaped(text).ok_or(SumsError::Escape { line })?)
        } else {
            Cow::Borrowed(text)
        };
        if text == "-" {
            return Err(SumsError::StandardInput { line });
        }
        let path = text.strip_prefix("./").unwrap_or(&text);
        path.parse()
            .map_err(|source| SumsError::Path { line, source })
    }
}

/// Returns the name that BSD's tools have for an algorithm, such as `SHA256`.
pub(crate) const fn bsd_name(algorithm: DigestAlgorithm) -> &'static str {
    match algorithm {
        DigestAlgorithm::Blake2b => "BLAKE2b",
        DigestAlgorithm::Blake3 => "BLAKE3",
        DigestAlgorithm::Sha256 => "SHA256",
        DigestAlgorithm::Sha384 => "SHA384",
        DigestAlgorithm::Sha512 => "SHA512",
    }
}

/// Returns what stands at the line's start and the path as it stands in the line.
///
/// A path has no backslash, so only line breaks need an escape.
pub(crate) fn escaped(path: &EntryPath) -> (&'static str, Cow<'_, str>) {
    let text = path.as_str();
    if text == "-" {
        ("", Cow::Borrowed("./-"))
    } else if text.contains(['\n', '\r']) {
        let text = text.replace('\n', "\\n").replace('\r', "\\r");
        ("\\", Cow::Owned(text))
    } else {
        ("", Cow::Borrowed(text))
    }
}

fn unescaped(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        plain.push(match c {
            '\\' => match chars.next()? {
                '\\' => '\\',
                'n' => '\n',
                'r' => '\r',
                _ => return None,
            },
            other => other,
        });
    }
    Some(plain)
}
