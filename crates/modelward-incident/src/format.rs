//! Documents of others that are read and written here, as types of their own.

pub mod atlas;
