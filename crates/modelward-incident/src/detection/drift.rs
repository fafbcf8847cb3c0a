pub(crate) mod error;
pub(crate) mod evidence;
pub(crate) mod histogram;
mod measure;
pub(crate) mod metric;
pub(crate) mod preset;
mod probability;
pub(crate) mod threshold;
pub(crate) mod wire;
