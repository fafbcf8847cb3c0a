use crate::{Digest, EntryPath, Manifest, ResourceName};

/// Tells how one file or shard differs from what was expected.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a file is there and was not, is not and was, or has other bytes"
)]
pub enum Difference {
    /// It is there and was not expected.
    Added {
        /// The file or shard.
        name: ResourceName,
    },
    /// It has another digest.
    Changed {
        /// The file or shard.
        name: ResourceName,
        /// The digest that was expected.
        expected: Digest,
        /// The digest that it has.
        found: Digest,
    },
    /// It was expected and is not there.
    Removed {
        /// The file or shard.
        name: ResourceName,
    },
}

impl Difference {
    /// Returns the file or shard.
    #[must_use]
    pub const fn name(&self) -> &ResourceName {
        match self {
            Self::Added { name } | Self::Changed { name, .. } | Self::Removed { name } => name,
        }
    }

    /// Returns the path of the file.
    #[must_use]
    pub const fn path(&self) -> &EntryPath {
        self.name().path()
    }

    const fn expected(&self) -> Option<&Digest> {
        match self {
            Self::Changed { expected, .. } => Some(expected),
            Self::Added { .. } | Self::Removed { .. } => None,
        }
    }
}

impl Manifest {
    /// Lists every difference between this manifest and what was expected, by name.
    ///
    /// - The order of `expected` does not matter.
    /// - Where `expected` has a name twice, both digests must be the one that was found; each that
    ///   is not is a difference of its own.
    /// - A digest of another algorithm is another digest, and a shard is not its file.
    /// - [`Manifest::empty_files`] are not compared: they have no digest.
    ///
    /// ```
    /// use modelward_artifact::{Difference, Digest, Entry, Manifest};
    ///
    /// let entry = |text: &[u8]| {
    ///     Ok::<_, Box<dyn std::error::Error>>(vec![Entry::new(
    ///         "weights.bin".parse()?,
    ///         text.len() as u64,
    ///         Digest::sha256(text),
    ///     )])
    /// };
    /// let released = Manifest::new("model", entry(b"trained")?)?;
    /// let found = Manifest::new("model", entry(b"swapped")?)?;
    /// let differences = found.differences(released.resources());
    /// assert!(matches!(&differences[..], [Difference::Changed { .. }]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn differences<'a>(
        &self,
        expected: impl IntoIterator<Item = (&'a ResourceName, &'a Digest)>,
    ) -> Vec<Difference> {
        let entries = self.entries();
        let mut met = vec![false; entries.len()];
        let mut differences = Vec::new();
        for (name, digest) in expected {
            let Ok(index) = entries.binary_search_by(|entry| entry.name().cmp(name)) else {
                let name = name.clone();
                differences.push(Difference::Removed { name });
                continue;
            };
            met[index] = true;
            let found = entries[index].digest();
            if found != digest {
                differences.push(Difference::Changed {
                    name: name.clone(),
                    expected: *digest,
                    found: *found,
                });
            }
        }
        let unmet = entries.iter().zip(met).filter(|(_, met)| !met);
        differences.extend(unmet.map(|(entry, _)| Difference::Added {
            name: entry.name().clone(),
        }));
        differences.sort_by(|a, b| (a.name(), a.expected()).cmp(&(b.name(), b.expected())));
        differences.dedup();
        differences
    }
}
