/// Says what is known of a node in a picture, which its frame and a sign show.
///
/// What the states mean is the caller's: an advisory, a license, a review.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Highlight {
    /// What is looked for concerns the node.
    Affected,
    /// It does not.
    Cleared,
    /// The picture is about this node.
    Focus,
    /// It could not be found out.
    Unknown,
}

impl Highlight {
    /// Lists every state that this build knows.
    pub const ALL: [Self; 4] = [Self::Affected, Self::Cleared, Self::Focus, Self::Unknown];

    /// Returns the name, such as `affected`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Affected => "affected",
            Self::Cleared => "cleared",
            Self::Focus => "focus",
            Self::Unknown => "unknown",
        }
    }

    /// Returns the color of the frame, from the palette of Okabe and Ito.
    pub(super) const fn frame(self) -> &'static str {
        match self {
            Self::Affected => "#d55e00",
            Self::Cleared => "#007a5a",
            Self::Focus => "#111827",
            Self::Unknown => "#b38600",
        }
    }

    /// Returns the color of the box.
    pub(super) const fn fill(self) -> &'static str {
        match self {
            Self::Affected => "#ffe3d1",
            Self::Cleared => "#e2f5ee",
            Self::Focus => "#e5e7eb",
            Self::Unknown => "#fff5cc",
        }
    }
}
