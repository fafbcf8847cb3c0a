//! Documents of other systems, typed: what they hold is checked, and what is not known is kept.

pub mod aiid;
pub mod atlas;
pub mod avid;
pub mod genai;
