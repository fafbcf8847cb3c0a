//! Which hits stay once it is taken into account what producers say of them (VEX).
//!
//! A statement clears a product of a flaw, for the part that it names or for all of them. It says
//! nothing of whoever needs the flawed thing in another way. So a root is cleared only if every chain
//! from it to the flawed node passes a product that is cleared.
//!
//! ```
//! use modelward_artifact::JsonLimits;
//! use modelward_graph::vex::VexDocument;
//! use modelward_graph::{Finding, FindingClass, NodeKind, Relation, Scope, SupplyGraphBuilder};
//!
//! let needs = Relation::DependsOn(Scope::Runtime);
//! let mut builder = SupplyGraphBuilder::default();
//! builder.relate_all(&[
//!     ("pkg:oci/shop@1", needs, "pkg:pypi/serving@1.0"),
//!     ("pkg:oci/chat@1", needs, "pkg:pypi/serving@1.0"),
//!     ("pkg:oci/chat@1", needs, "pkg:pypi/torch@1.13.0"),
//!     ("pkg:pypi/serving@1.0", needs, "pkg:pypi/torch@1.13.0"),
//! ])?;
//! let graph = builder.build()?;
//! let torch = "pkg:pypi/torch@1.13.0".parse()?;
//! let finding = Finding::new(torch, FindingClass::CodeFlaw, "CVE-2022-45907");
//! let impact = graph.impact(&[finding], NodeKind::Container)?;
//! let document = VexDocument::read(
//!     br#"{"@context": "https://openvex.dev/ns/v0.2.0", "timestamp": "2026-01-01T00:00:00Z",
//!         "statements": [{"vulnerability": {"name": "CVE-2022-45907"}, "status": "not_affected",
//!             "justification": "vulnerable_code_not_in_execute_path",
//!             "products": [{"@id": "pkg:pypi/serving@1.0"}]}]}"#,
//!     &JsonLimits::default(),
//! )?;
//! let triage = impact.with_vex(document.statements());
//! let cleared: Vec<_> = triage.suppressed().map(|hit| hit.reached().root().id()).collect();
//! let open: Vec<_> = triage.open().map(|hit| hit.root().id()).collect();
//! // What chat needs in another way than through the product is not cleared.
//! assert_eq!((cleared, open), (vec!["pkg:oci/shop@1"], vec!["pkg:oci/chat@1"]));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod products;
mod shown;
mod weigh;

use std::collections::{BTreeMap, BTreeSet};

use self::weigh::Weighed;
use crate::impact::Passes;
use crate::impact::columns::{Column, Sweep, WIDTH};
use crate::vex::VexStatement;
use crate::{Finding, FindingClass, Impact, NodeRef, Reached};

pub use self::shown::{Unused, UnusedReason};

impl<'g> Impact<'g> {
    /// Takes statements into account.
    ///
    /// - A product that is not affected or fixed ends every chain that passes it, where the statement
    ///   names no part of it or the part is the flawed node. A flawed node may be the product itself.
    /// - Of several statements about one product and flaw the newest counts, and of equally new ones
    ///   the worst. One without a time is older than all others.
    /// - Only what is certain to be the product counts: a doubt clears nothing.
    /// - What is affected or under investigation clears nothing and is a [remark](Triage::remarks).
    #[must_use]
    pub fn with_vex<'t>(
        &'t self,
        statements: impl IntoIterator<Item = &'t VexStatement>,
    ) -> Triage<'t> {
        let statements: Vec<&VexStatement> = statements.into_iter().collect();
        let mut weighed = Weighed::new(self, &statements);
        let mut triage = Triage {
            impact: self,
            suppressed: BTreeMap::new(),
            clearing: BTreeMap::new(),
            remarks: std::mem::take(&mut weighed.remarks),
            passes: Passes::new(self.root_nodes().len()),
            unused: Vec::new(),
            statements,
        };
        for (class, findings) in &weighed.classes {
            triage.suppress(*class, findings, &weighed);
        }
        triage.clearing = std::mem::take(&mut weighed.clearing);
        triage.unused = triage.find_unused(&weighed);
        triage
    }
}

/// Holds which hits stay and which are cleared by statements.
#[derive(Debug)]
pub struct Triage<'t> {
    impact: &'t Impact<'t>,
    statements: Vec<&'t VexStatement>,
    /// For each finding the roots that are cleared, by place.
    suppressed: BTreeMap<usize, Vec<usize>>,
    /// For each finding the statements that clear a product, and the product.
    clearing: BTreeMap<usize, Vec<(usize, u32)>>,
    /// The finding, the product, and the statement that clears nothing.
    remarks: Vec<(usize, u32, usize)>,
    /// Which roots need which products.
    passes: Passes,
    unused: Vec<Unused<'t>>,
}

impl<'t> Triage<'t> {
    /// Returns what was triaged.
    #[must_use]
    pub const fn impact(&self) -> &'t Impact<'t> {
        self.impact
    }

    /// Returns the hits that stay, by finding, then root.
    pub fn open(&self) -> impl Iterator<Item = Reached<'t>> {
        let reached = self.impact.reached();
        reached.filter(|reached| !self.is_suppressed(*reached))
    }

    /// Returns the hits that are cleared, by finding, then root.
    pub fn suppressed(&self) -> impl Iterator<Item = Suppressed<'_, 't>> {
        self.suppressed.iter().flat_map(move |(finding, roots)| {
            let hits = roots.iter().map(|root| self.impact.at(*finding, *root));
            hits.map(move |reached| Suppressed {
                triage: self,
                reached,
            })
        })
    }

    /// Returns the statements that say of a product that it is affected, or that nobody knows yet,
    /// with the product and the finding, by finding.
    pub fn remarks(&self) -> impl Iterator<Item = (&'t Finding, NodeRef<'t>, &'t VexStatement)> {
        let impact = self.impact;
        self.remarks
            .iter()
            .map(move |(finding, product, statement)| {
                let product = impact.graph().at(*product);
                (
                    &impact.findings()[*finding],
                    product,
                    self.statements[*statement],
                )
            })
    }

    /// Returns the statements that cleared nothing and made no remark, in the order in which they were
    /// given.
    #[must_use]
    pub fn unused(&self) -> &[Unused<'t>] {
        &self.unused
    }

    fn is_suppressed(&self, reached: Reached<'_>) -> bool {
        let (finding, root) = reached.places();
        let roots = self.suppressed.get(&finding);
        roots.is_some_and(|roots| roots.binary_search(&root).is_ok())
    }

    /// Finds the roots that do not reach the flawed node once the products are taken out.
    fn suppress(&mut self, class: FindingClass, findings: &[usize], weighed: &Weighed) {
        let (impact, graph) = (self.impact, self.impact.graph());
        let mut products = BTreeSet::new();
        let mut sweep = Sweep::new(graph, class.flow());
        for chunk in findings.chunks(WIDTH) {
            let column = |finding: &usize| {
                let cleared = weighed.clearing.get(finding).into_iter().flatten();
                Column {
                    node: impact.node_of(*finding),
                    blocked: cleared.map(|(_, product)| *product).collect(),
                }
            };
            let columns: Vec<Column> = chunk.iter().map(column).collect();
            products.extend(
                columns
                    .iter()
                    .flat_map(|column| column.blocked.iter().copied()),
            );
            let masks = sweep.run(&columns);
            for (bit, finding) in chunk.iter().enumerate() {
                let reached = impact.of_number(*finding);
                let gone = reached.filter(|hit| masks[hit.root().index() as usize] >> bit & 1 == 0);
                let roots: Vec<usize> = gone.map(|hit| hit.places().1).collect();
                if !roots.is_empty() {
                    self.suppressed.insert(*finding, roots);
                }
            }
        }
        let products: Vec<u32> = products.into_iter().collect();
        self.passes
            .run(graph, class, &products, impact.root_nodes());
    }

    /// Returns the statements that clear the products between a root and a flawed node.
    fn statements_of(&self, reached: Reached<'_>) -> impl Iterator<Item = &'t VexStatement> {
        let (finding, root) = reached.places();
        let class = self.impact.findings()[finding].class();
        let cleared = self.clearing.get(&finding).into_iter().flatten();
        let on_the_way = cleared.filter(move |(_, product)| self.passes.has(root, class, *product));
        let numbers: BTreeSet<usize> = on_the_way.map(|(statement, _)| *statement).collect();
        numbers.into_iter().map(|number| self.statements[number])
    }

    fn find_unused(&self, weighed: &Weighed) -> Vec<Unused<'t>> {
        let mut used: BTreeSet<usize> = self.remarks.iter().map(|remark| remark.2).collect();
        for (finding, roots) in &self.suppressed {
            let class = self.impact.findings()[*finding].class();
            let cleared = self.clearing.get(finding).into_iter().flatten();
            used.extend(cleared.filter_map(|(statement, product)| {
                let mut roots = roots.iter();
                let is_used = roots.any(|root| self.passes.has(*root, class, *product));
                is_used.then_some(*statement)
            }));
        }
        let unused = (0..self.statements.len()).filter(|number| !used.contains(number));
        unused
            .map(|number| Unused::new(self.statements[number], weighed.reasons[number]))
            .collect()
    }
}

/// Joins a hit with the statements that clear it.
#[derive(Clone, Copy, Debug)]
pub struct Suppressed<'s, 't> {
    triage: &'s Triage<'t>,
    reached: Reached<'t>,
}

impl<'s, 't> Suppressed<'s, 't> {
    /// Returns the hit.
    #[must_use]
    pub const fn reached(self) -> Reached<'t> {
        self.reached
    }

    /// Returns the statements that clear products between root and flawed node, the two included, in
    /// the order in which they were given. It may take several to clear every chain.
    pub fn statements(self) -> impl Iterator<Item = &'t VexStatement> + use<'s, 't> {
        self.triage.statements_of(self.reached)
    }
}
