#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod advisory;
pub mod diff;
pub mod evidence;
pub mod exposure;
pub mod license;
pub mod patch;
pub mod petgraph;
pub mod scan;
pub mod triage;
pub mod version;
pub mod vex;

mod bits;
mod builder;
mod components;
mod contamination;
mod cycles;
mod error;
mod export;
mod facts;
mod finding;
mod frontier;
mod graph;
mod hash;
mod hygiene;
mod impact;
mod import;
mod limits;
mod matrix;
mod node;
mod order;
mod origins;
mod parallel;
mod path;
mod paths;
mod percent;
mod query;
mod reach;
mod relation;
mod render;
mod rows;
mod set;
mod shortest;
mod snapshot;
mod source;
mod statement;
mod strings;
mod summary;
mod trace;
mod unions;
mod warning;
mod why;

pub use crate::builder::{Retracted, SupplyGraphBuilder};
pub use crate::contamination::Contamination;
pub use crate::cycles::{Cycle, CycleLength};
pub use crate::error::{
    BuildGraphError, ParseNodeIdError, ParseNodeKindError, ParseRelationError, UnknownNode,
};
pub use crate::export::{ExportError, TableFormat};
pub use crate::finding::{Finding, FindingClass};
pub use crate::graph::{Edge, NodeRef, SupplyGraph};
pub use crate::impact::{Impact, Reached};
pub use crate::import::ImportError;
pub use crate::limits::GraphLimits;
pub use crate::matrix::{MatrixQuery, ReachMatrix};
pub use crate::node::{KindSet, Node, NodeId, NodeKind, SignatureState};
pub use crate::path::{Hop, Path};
pub use crate::paths::{Completeness, Paths};
pub use crate::query::{Direction, Query};
pub use crate::relation::{Derivation, Relation, RelationSet, Scope};
pub use crate::render::{DrawError, Drawing, Highlight};
pub use crate::set::NodeSet;
pub use crate::snapshot::SnapshotError;
pub use crate::source::Source;
pub use crate::statement::Statement;
pub use crate::summary::{GraphSummary, NeededNode};
pub use crate::trace::Trace;
pub use crate::warning::{GraphWarning, WarningKind};
