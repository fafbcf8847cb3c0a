#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod advisory;
pub mod license;
pub mod petgraph;
pub mod version;

mod builder;
mod cycles;
mod error;
mod graph;
mod limits;
mod node;
mod path;
mod query;
mod relation;
mod render;
mod rows;
mod snapshot;

pub use crate::builder::SupplyGraphBuilder;
pub use crate::error::{BuildGraphError, ParseNodeIdError, SnapshotError, UnknownNode};
pub use crate::graph::{Edge, SupplyGraph};
pub use crate::limits::GraphLimits;
pub use crate::node::{Node, NodeId, NodeKind};
pub use crate::path::{Hop, Path};
pub use crate::query::{Direction, NodeSet};
pub use crate::relation::Relation;
