use crate::inspect::{InspectError, Location};

impl InspectError {
    /// Places the error inside a member of an archive.
    pub(crate) fn inside(mut self, member: &str) -> Self {
        match &mut self {
            Self::Depth { at, .. }
            | Self::Malformed { at, .. }
            | Self::TooLarge { at, .. }
            | Self::Truncated { at, .. }
            | Self::Unsupported { at, .. } => {
                let inner = std::mem::replace(at, Location::Whole);
                *at = inner.inside(member);
            }
            // These have no place: their cause says where it is.
            Self::Io { .. } | Self::Json { .. } | Self::Parse { .. } => {}
        }
        self
    }
}
