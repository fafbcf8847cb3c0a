//! The element types of ggml and the mixtures that llama.cpp names.

/// An element type of ggml, by its number in the file.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct GgufElement(u32);

/// Number, name, elements in a block, bytes of a block.
const ELEMENTS: [(u32, &str, u64, u64); 34] = [
    (0, "F32", 1, 4),
    (1, "F16", 1, 2),
    (2, "Q4_0", 32, 18),
    (3, "Q4_1", 32, 20),
    (6, "Q5_0", 32, 22),
    (7, "Q5_1", 32, 24),
    (8, "Q8_0", 32, 34),
    (9, "Q8_1", 32, 40),
    (10, "Q2_K", 256, 84),
    (11, "Q3_K", 256, 110),
    (12, "Q4_K", 256, 144),
    (13, "Q5_K", 256, 176),
    (14, "Q6_K", 256, 210),
    (15, "Q8_K", 256, 292),
    (16, "IQ2_XXS", 256, 66),
    (17, "IQ2_XS", 256, 74),
    (18, "IQ3_XXS", 256, 98),
    (19, "IQ1_S", 256, 50),
    (20, "IQ4_NL", 32, 18),
    (21, "IQ3_S", 256, 110),
    (22, "IQ2_S", 256, 82),
    (23, "IQ4_XS", 256, 136),
    (24, "I8", 1, 1),
    (25, "I16", 1, 2),
    (26, "I32", 1, 4),
    (27, "I64", 1, 8),
    (28, "F64", 1, 8),
    (29, "IQ1_M", 256, 56),
    (30, "BF16", 1, 2),
    (34, "TQ1_0", 256, 54),
    (35, "TQ2_0", 256, 66),
    (39, "MXFP4", 32, 17),
    (40, "NVFP4", 64, 36),
    (41, "Q1_0", 128, 18),
];

/// What `general.file_type` means in llama.cpp: the mixture that the writer was asked for.
const FILE_TYPES: [(u64, &str); 36] = [
    (0, "F32"),
    (1, "F16"),
    (2, "Q4_0"),
    (3, "Q4_1"),
    (7, "Q8_0"),
    (8, "Q5_0"),
    (9, "Q5_1"),
    (10, "Q2_K"),
    (11, "Q3_K_S"),
    (12, "Q3_K_M"),
    (13, "Q3_K_L"),
    (14, "Q4_K_S"),
    (15, "Q4_K_M"),
    (16, "Q5_K_S"),
    (17, "Q5_K_M"),
    (18, "Q6_K"),
    (19, "IQ2_XXS"),
    (20, "IQ2_XS"),
    (21, "Q2_K_S"),
    (22, "IQ3_XS"),
    (23, "IQ3_XXS"),
    (24, "IQ1_S"),
    (25, "IQ4_NL"),
    (26, "IQ3_S"),
    (27, "IQ3_M"),
    (28, "IQ2_S"),
    (29, "IQ2_M"),
    (30, "IQ4_XS"),
    (31, "IQ1_M"),
    (32, "BF16"),
    (36, "TQ1_0"),
    (37, "TQ2_0"),
    (38, "MXFP4_MOE"),
    (39, "NVFP4"),
    (40, "Q1_0"),
    (1024, "GUESSED"),
];

impl GgufElement {
    pub(super) const fn of(id: u32) -> Self {
        Self(id)
    }

    /// Returns the number that stands in the file.
    #[must_use]
    pub const fn id(self) -> u32 {
        self.0
    }

    /// Returns the name, such as `Q4_K`; `None` for a type that is newer than this list.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        row(self).map(|(_, name, _, _)| *name)
    }

    pub(super) fn label(self) -> String {
        self.name()
            .map_or_else(|| format!("type {}", self.0), str::to_owned)
    }

    /// Returns how many bytes so many elements take; `None` where the type is not known.
    pub(super) fn size(self, elements: u64) -> Option<u64> {
        let (block, bytes) = width(self)?;
        (elements / block).checked_mul(bytes)
    }
}

/// Returns how many elements a block has, and how many bytes.
pub(super) fn width(element: GgufElement) -> Option<(u64, u64)> {
    row(element).map(|(_, _, block, bytes)| (*block, *bytes))
}

pub(super) fn file_type(id: u64) -> Option<&'static str> {
    FILE_TYPES
        .iter()
        .find(|(known, _)| *known == id)
        .map(|(_, name)| *name)
}

fn row(element: GgufElement) -> Option<&'static (u32, &'static str, u64, u64)> {
    ELEMENTS.iter().find(|(id, ..)| *id == element.0)
}
