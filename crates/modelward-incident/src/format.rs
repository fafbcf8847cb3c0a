//! Documents of other formats, typed, so that they can be read and written.

pub mod avid;
