use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::triage::{Suppressed, Triage};
use crate::vex::{MatchDoubt, VexStatement, VexStatus};
use crate::{Finding, Path, Reached};

/// Names a statement that cleared nothing, and why.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unused<'t> {
    statement: &'t VexStatement,
    reason: UnusedReason,
}

impl<'t> Unused<'t> {
    pub(super) const fn new(statement: &'t VexStatement, reason: UnusedReason) -> Self {
        Self { statement, reason }
    }

    /// Returns the statement.
    #[must_use]
    pub const fn statement(&self) -> &'t VexStatement {
        self.statement
    }

    /// Returns why it cleared nothing.
    #[must_use]
    pub const fn reason(&self) -> UnusedReason {
        self.reason
    }
}

/// Says why a statement cleared nothing.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum UnusedReason {
    /// It may be about a node, but that is not certain.
    Doubt(MatchDoubt),
    /// No finding has its vulnerability.
    NoFinding,
    /// The graph has no node that is its product or part.
    NoNode,
    /// The product does not need the flawed node, or not the part that the statement names.
    NotNeeded,
    /// No root is cleared by it: there is no root, or each has a chain to the flawed node that passes
    /// no product that is cleared.
    OtherPath,
    /// A statement that is newer, or equally new and worse, counts.
    Superseded,
}

impl fmt::Display for UnusedReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Doubt(doubt) => write!(f, "it is not certain what it is about: {doubt}"),
            Self::NoFinding => f.write_str("nothing has the vulnerability"),
            Self::NoNode => f.write_str("the graph has no such product or part"),
            Self::NotNeeded => f.write_str("the product does not need what has the vulnerability"),
            Self::OtherPath => f.write_str("what has the vulnerability is reached in other ways"),
            Self::Superseded => f.write_str("another statement counts more"),
        }
    }
}

impl fmt::Display for Unused<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", Said(self.statement), self.reason)
    }
}

/// Shows whom a statement is about and what it says.
struct Said<'t>(&'t VexStatement);

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (product, status) = (self.0.product(), self.0.status());
        write!(f, "{product}")?;
        if let Some(part) = self.0.subcomponent() {
            write!(f, " with {part}")?;
        }
        write!(f, " is {status} by {}", Terminal(self.0.vulnerability()))?;
        match status {
            VexStatus::NotAffected(Some(justification)) => write!(f, " ({justification})"),
            _ => Ok(()),
        }
    }
}

/// Shows a line for each hit, those that stay first, then remarks and statements without effect.
impl fmt::Display for Triage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for hit in self.open() {
            writeln!(f, "open {}", Line(hit))?;
        }
        for hit in self.suppressed() {
            write!(f, "cleared {}", Line(hit.reached()))?;
            for statement in hit.statements() {
                write!(f, "; {}", Said(statement))?;
            }
            writeln!(f)?;
        }
        for (finding, product, statement) in self.remarks() {
            let (id, product) = (Terminal(finding.id()), Terminal(product.id()));
            writeln!(f, "said of {product} and {id}: {}", Said(statement))?;
        }
        for unused in self.unused() {
            writeln!(f, "unused: {unused}")?;
        }
        Ok(())
    }
}

struct Line<'t>(Reached<'t>);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let finding = self.0.finding();
        let (root, id) = (Terminal(self.0.root().id()), Terminal(finding.id()));
        write!(f, "{root}: {id} of {}", Terminal(finding.node().as_str()))
    }
}

/// An object with the lists `open`, `suppressed`, `remarks` and `unused`.
impl Serialize for Triage<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let open: Vec<Open<'_>> = self.open().map(Open).collect();
        let suppressed: Vec<Suppressed<'_, '_>> = self.suppressed().collect();
        let remarks = self.remarks().map(|(finding, product, statement)| Remark {
            finding,
            product: product.id(),
            statement: Said(statement).to_string(),
        });
        let unused: Vec<String> = self.unused().iter().map(ToString::to_string).collect();
        let mut object = serializer.serialize_struct("Triage", 4)?;
        object.serialize_field("open", &open)?;
        object.serialize_field("suppressed", &suppressed)?;
        object.serialize_field("remarks", &remarks.collect::<Vec<_>>())?;
        object.serialize_field("unused", &unused)?;
        object.end()
    }
}

#[derive(serde::Serialize)]
struct Remark<'t> {
    finding: &'t Finding,
    product: &'t str,
    statement: String,
}

struct Open<'t>(Reached<'t>);

impl Serialize for Open<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let path: Option<Path> = self.0.path();
        let mut object = serializer.serialize_struct("Open", 3)?;
        object.serialize_field("root", self.0.root().id())?;
        object.serialize_field("finding", self.0.finding())?;
        object.serialize_field("path", &path)?;
        object.end()
    }
}

impl Serialize for Suppressed<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let hit = self.reached();
        let statements: Vec<String> = self
            .statements()
            .map(|statement| Said(statement).to_string())
            .collect();
        let mut object = serializer.serialize_struct("Suppressed", 3)?;
        object.serialize_field("root", hit.root().id())?;
        object.serialize_field("finding", hit.finding())?;
        object.serialize_field("statements", &statements)?;
        object.end()
    }
}
