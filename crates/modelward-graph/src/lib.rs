#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod advisory;
pub mod petgraph;
pub mod version;

mod bits;
mod builder;
mod components;
mod error;
mod facts;
mod finding;
mod graph;
mod hash;
mod import;
mod limits;
mod node;
mod order;
mod origins;
mod path;
mod query;
mod reach;
mod relation;
mod rows;
mod set;
mod shortest;
mod source;
mod strings;
mod trace;
mod warning;

pub use crate::builder::{Retracted, SupplyGraphBuilder};
pub use crate::error::{
    BuildGraphError, ParseNodeIdError, ParseNodeKindError, ParseRelationError, UnknownNode,
};
pub use crate::finding::FindingClass;
pub use crate::graph::{Edge, NodeRef, SupplyGraph};
pub use crate::import::ImportError;
pub use crate::limits::GraphLimits;
pub use crate::node::{KindSet, Node, NodeId, NodeKind, SignatureState};
pub use crate::path::{Hop, Path};
pub use crate::query::{Direction, Query};
pub use crate::relation::{Derivation, Relation, RelationSet, Scope};
pub use crate::set::NodeSet;
pub use crate::source::Source;
pub use crate::trace::Trace;
pub use crate::warning::{GraphWarning, WarningKind};
