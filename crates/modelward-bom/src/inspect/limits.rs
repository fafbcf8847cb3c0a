use modelward_artifact::JsonLimits;

/// Bounds what is read of a model file. Nothing is allocated before its limit was asked.
///
/// The defaults fit the largest published models; a service that takes files of strangers may want
/// less.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InspectLimits {
    max_header: u64,
    max_text: u64,
    max_items: u64,
    max_depth: usize,
}

impl InspectLimits {
    /// Bounds what is held of one file at a time: a header, a table, a member of an archive after
    /// decompression. Bytes; 100 MB unless set, which is what the safetensors format allows.
    #[must_use]
    pub const fn with_max_header(mut self, bytes: u64) -> Self {
        self.max_header = bytes;
        self
    }

    /// Bounds a text such as a model card or a configuration. Bytes; 16 MiB unless set.
    #[must_use]
    pub const fn with_max_text(mut self, bytes: u64) -> Self {
        self.max_text = bytes;
        self
    }

    /// Bounds the items of all lists and tables of one file together: tensors, metadata, nodes,
    /// opcodes, members of an archive. 4,000,000 unless set; a configuration in JSON never has more
    /// than [`JsonLimits`] has where nothing is said.
    #[must_use]
    pub const fn with_max_items(mut self, items: u64) -> Self {
        self.max_items = items;
        self
    }

    /// Bounds how deep lists, messages and graphs nest. 64 unless set.
    #[must_use]
    pub const fn with_max_depth(mut self, levels: usize) -> Self {
        self.max_depth = levels;
        self
    }

    /// Returns how many bytes of a file may be held at a time.
    #[must_use]
    pub const fn max_header(&self) -> u64 {
        self.max_header
    }

    /// Returns how many bytes a text may have.
    #[must_use]
    pub const fn max_text(&self) -> u64 {
        self.max_text
    }

    /// Returns how many items a file may have.
    #[must_use]
    pub const fn max_items(&self) -> u64 {
        self.max_items
    }

    /// Returns how deep things may nest.
    #[must_use]
    pub const fn max_depth(&self) -> usize {
        self.max_depth
    }

    /// The same bounds for a configuration, whose size was bounded when it was read.
    pub(crate) fn json(&self) -> JsonLimits {
        let usual = JsonLimits::default();
        let large = self.large_json();
        large
            .with_max_values(usual.max_values().min(large.max_values()))
            .with_max_members(usual.max_members().min(large.max_members()))
    }

    /// The same bounds for a JSON text that lists tensors or a vocabulary.
    pub(crate) fn large_json(&self) -> JsonLimits {
        JsonLimits::default()
            .with_max_bytes(usize::MAX)
            .with_max_values(usize::try_from(self.max_items).unwrap_or(usize::MAX))
            .with_max_depth(self.max_depth)
    }
}

impl Default for InspectLimits {
    fn default() -> Self {
        Self {
            max_header: 100_000_000,
            max_text: 16 << 20,
            max_items: 4_000_000,
            max_depth: 64,
        }
    }
}
