use crate::{Digest, DigestAlgorithm, EntryPath, Layout, Manifest, ResourceName};

mod error;
mod limits;
mod line;

pub use crate::sums::error::SumsError;
pub use crate::sums::limits::SumsLimits;

use crate::sums::line::{Line, bsd_name, escaped};

/// Names a form of the lists that checksum tools write and check.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum SumsFormat {
    /// `SHA256 (path) = <hex>`, as BSD's `sha256`, `sha256sum --tag` and `b3sum --tag` write it.
    Bsd,
    /// `<hex>  <path>`, as `sha256sum`, `sha512sum`, `b2sum` and `b3sum` write it.
    Gnu,
}

/// Holds a list of files with their digests, as checksum tools write it.
///
/// - At least one file, no path twice, one algorithm for all.
/// - Every path lies inside of the model; what could point elsewhere is refused, not passed over.
/// - Sorted by path in code point order, whatever the order of the lines.
///
/// ```
/// use modelward_artifact::{Digest, DigestAlgorithm, Sums, SumsLimits};
///
/// let text = "\
/// ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  ./weights.bin
/// SHA256 (config.json) = 44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a
/// ";
/// let limits = SumsLimits::default();
/// let sums = Sums::read(text.as_bytes(), DigestAlgorithm::Sha256, &limits)?;
/// assert_eq!(sums.digest("weights.bin"), Some(&Digest::sha256(b"abc")));
///
/// let text = text.replace("./weights.bin", "../weights.bin");
/// let refused = Sums::read(text.as_bytes(), DigestAlgorithm::Sha256, &limits).unwrap_err();
/// assert_eq!(refused.to_string(), "line 1 has a name that is no path inside of a model");
/// # Ok::<(), modelward_artifact::SumsError>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Sums {
    algorithm: DigestAlgorithm,
    files: Vec<(ResourceName, Digest)>,
}

impl Sums {
    /// Reads a list whose digests are of `algorithm`.
    ///
    /// Each line is of either [`SumsFormat`]. As GNU coreutils 9 does when it checks a list:
    ///
    /// - Empty lines and lines that start with `#` are passed over.
    /// - A carriage return at the end of a line is dropped.
    /// - ` *` (binary mode) between digest and path means the same as two blanks.
    /// - Uppercase hexadecimal is read as lowercase.
    /// - A line that starts with a backslash has `\n`, `\r` and `\\` escaped in its path.
    ///
    /// One leading `./`, as `find` writes it, is dropped. Blanks before a line, one blank between
    /// digest and path (`md5 -r`), absolute paths, paths with `..` or a backslash, and standard
    /// input (`-`) are refused.
    ///
    /// # Errors
    ///
    /// [`SumsError`] with the number of the line that is at fault, or where the list is empty or
    /// passes a limit.
    pub fn read(
        bytes: &[u8],
        algorithm: DigestAlgorithm,
        limits: &SumsLimits,
    ) -> Result<Self, SumsError> {
        if bytes.len() > limits.max_bytes() {
            return Err(SumsError::TooLarge {
                limit: limits.max_bytes(),
            });
        }
        let mut found: Vec<(EntryPath, Digest, usize)> = Vec::new();
        let text = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        for (line, bytes) in (1..).zip(text.split(|&byte| byte == b'\n')) {
            check_line(line, bytes, limits)?;
            let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
            if bytes.is_empty() || bytes.starts_with(b"#") {
                continue;
            }
            let (path, digest) = Line::new(line, bytes)?.read(algorithm)?;
            found.push((path, digest, line));
        }
        Self::of(algorithm, found)
    }

    fn of(
        algorithm: DigestAlgorithm,
        mut found: Vec<(EntryPath, Digest, usize)>,
    ) -> Result<Self, SumsError> {
        if found.is_empty() {
            return Err(SumsError::Empty);
        }
        found.sort_by(|a, b| (&a.0, a.2).cmp(&(&b.0, b.2)));
        if let Some(pair) = found.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(SumsError::Duplicate {
                line: pair[1].2,
                first: pair[0].2,
                path: pair[0].0.clone(),
            });
        }
        let file = |(path, digest, _)| (ResourceName::file(path), digest);
        Ok(Self {
            algorithm,
            files: found.into_iter().map(file).collect(),
        })
    }

    /// Returns the algorithm of every digest.
    #[must_use]
    pub const fn algorithm(&self) -> DigestAlgorithm {
        self.algorithm
    }

    /// Returns the digest of a file.
    #[must_use]
    pub fn digest(&self, path: &str) -> Option<&Digest> {
        let found = self
            .files
            .binary_search_by(|(name, _)| name.path().as_str().cmp(path));
        found.ok().map(|index| &self.files[index].1)
    }

    /// Returns the name and the digest of every file, sorted by name.
    #[must_use]
    pub fn resources(&self) -> impl ExactSizeIterator<Item = (&ResourceName, &Digest)> {
        self.files.iter().map(|(name, digest)| (name, digest))
    }
}

impl Manifest {
    /// Writes the list that checksum tools check, one line a file, in the order of the entries.
    ///
    /// A path with a line feed or a carriage return is escaped as GNU coreutils and `b3sum` do; the
    /// tools of the BSDs have no form for it. A file of the name `-` is written `./-`, since the
    /// tools take the name alone as standard input.
    ///
    /// ```
    /// use modelward_artifact::{Digest, Entry, Manifest, SumsFormat};
    ///
    /// let entry = Entry::new("weights.bin".parse()?, 3, Digest::sha256(b"abc"));
    /// let manifest = Manifest::new("model", vec![entry])?;
    /// assert_eq!(
    ///     manifest.to_sums(SumsFormat::Gnu)?,
    ///     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  weights.bin\n",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SumsError::Sharded`] where the entries are shards, which these tools do not know.
    pub fn to_sums(&self, format: SumsFormat) -> Result<String, SumsError> {
        if self.layout() != Layout::Files {
            return Err(SumsError::Sharded);
        }
        let tag = bsd_name(self.algorithm());
        let mut text = String::new();
        for (name, digest) in self.resources() {
            let (mark, path) = escaped(name.path());
            let hex = digest.to_hex();
            let line = match format {
                SumsFormat::Bsd => format!("{mark}{tag} ({path}) = {hex}\n"),
                SumsFormat::Gnu => format!("{mark}{hex}  {path}\n"),
            };
            text.push_str(&line);
        }
        Ok(text)
    }
}

const fn check_line(line: usize, bytes: &[u8], limits: &SumsLimits) -> Result<(), SumsError> {
    if line > limits.max_lines() {
        return Err(SumsError::TooMany {
            limit: limits.max_lines(),
        });
    }
    if bytes.len() > limits.max_line_bytes() {
        return Err(SumsError::LineTooLong {
            line,
            limit: limits.max_line_bytes(),
        });
    }
    Ok(())
}
