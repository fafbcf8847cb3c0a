//! Which statement counts for which product and finding.

use std::collections::{BTreeMap, HashMap};

use crate::impact::columns::{Column, Sweep, WIDTH};
use crate::triage::UnusedReason;
use crate::triage::products::{Meant, Products};
use crate::vex::VexStatement;
use crate::{FindingClass, Impact};

/// Holds the statements by what they do.
#[derive(Debug, Default)]
pub(super) struct Weighed {
    /// The findings of which a product is cleared, by class.
    pub(super) classes: BTreeMap<FindingClass, Vec<usize>>,
    /// For each finding the statements that clear a product, and the product.
    pub(super) clearing: BTreeMap<usize, Vec<(usize, u32)>>,
    /// The finding, the product, and the statement that clears nothing.
    pub(super) remarks: Vec<(usize, u32, usize)>,
    /// For each statement why it is of no use, if it is of none.
    pub(super) reasons: Vec<UnusedReason>,
}

/// A statement with the nodes that it is about.
struct Placed {
    products: Meant,
    parts: Option<Meant>,
}

impl Weighed {
    pub(super) fn new(impact: &Impact<'_>, statements: &[&VexStatement]) -> Self {
        let products = Products::new(impact.graph());
        let place = |statement: &&VexStatement| Placed {
            products: products.meant(statement.product()),
            parts: statement.subcomponent().map(|part| products.meant(part)),
        };
        let placed: Vec<Placed> = statements.iter().map(place).collect();
        let mut weighed = Self {
            reasons: placed.iter().map(reason).collect(),
            ..Self::default()
        };
        let concerned = concerned(impact, statements);
        for (class, findings) in concerned {
            weighed.weigh(impact, (class, &findings), (statements, &placed));
        }
        weighed
    }

    /// Looks at the findings of a class, 64 in one pass.
    fn weigh(
        &mut self,
        impact: &Impact<'_>,
        (class, findings): (FindingClass, &[(usize, Vec<usize>)]),
        (statements, placed): (&[&VexStatement], &[Placed]),
    ) {
        let mut sweep = Sweep::new(impact.graph(), class.flow());
        for chunk in findings.chunks(WIDTH) {
            let column = |(finding, _): &(usize, Vec<usize>)| Column {
                node: impact.node_of(*finding),
                blocked: Vec::new(),
            };
            let columns: Vec<Column> = chunk.iter().map(column).collect();
            let masks = sweep.run(&columns);
            for (bit, (finding, numbers)) in chunk.iter().enumerate() {
                let needs = |product: u32| masks[product as usize] >> bit & 1 == 1;
                let node = impact.node_of(*finding);
                let applying = self.applying((node, numbers), placed, needs);
                self.count(*finding, class, applying, statements);
            }
        }
    }

    /// Returns for each product that needs the flawed node the statements about it.
    fn applying(
        &mut self,
        (node, numbers): (u32, &[usize]),
        placed: &[Placed],
        needs: impl Fn(u32) -> bool,
    ) -> BTreeMap<u32, Vec<usize>> {
        let mut applying: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for &number in numbers {
            let placed = &placed[number];
            let has_part = |parts: &Meant| parts.nodes.binary_search(&node).is_ok();
            let reason = &mut self.reasons[number];
            if *reason == UnusedReason::NoFinding {
                *reason = UnusedReason::NotNeeded;
            }
            if !placed.parts.as_ref().is_none_or(has_part) {
                continue;
            }
            for &product in placed
                .products
                .nodes
                .iter()
                .filter(|product| needs(**product))
            {
                applying.entry(product).or_default().push(number);
                self.reasons[number] = UnusedReason::OtherPath;
            }
        }
        applying
    }

    /// Lets the newest statement about each product count, and the worst of equally new ones.
    fn count(
        &mut self,
        finding: usize,
        class: FindingClass,
        applying: BTreeMap<u32, Vec<usize>>,
        statements: &[&VexStatement],
    ) {
        for (product, numbers) in applying {
            let weight = |number: &usize| {
                let statement = statements[*number];
                (statement.timestamp(), !statement.status().clears())
            };
            let newest = numbers.iter().map(weight).max();
            for number in numbers {
                if Some(weight(&number)) != newest {
                    let reason = &mut self.reasons[number];
                    *reason = UnusedReason::Superseded;
                } else if statements[number].status().clears() {
                    self.clearing
                        .entry(finding)
                        .or_default()
                        .push((number, product));
                } else {
                    self.remarks.push((finding, product, number));
                }
            }
        }
        if self.clearing.contains_key(&finding) {
            self.classes.entry(class).or_default().push(finding);
        }
    }
}

/// Returns why a statement is of no use, before any finding is looked at.
fn reason(placed: &Placed) -> UnusedReason {
    let meant = [Some(&placed.products), placed.parts.as_ref()];
    let mut missing = meant
        .into_iter()
        .flatten()
        .filter(|meant| meant.nodes.is_empty());
    match missing.next() {
        None => UnusedReason::NoFinding,
        Some(Meant {
            doubt: Some(doubt), ..
        }) => UnusedReason::Doubt(*doubt),
        Some(_) => UnusedReason::NoNode,
    }
}

/// The findings of a class and the statements about the flaw of each, by number.
type Concerned = Vec<(usize, Vec<usize>)>;

fn concerned(
    impact: &Impact<'_>,
    statements: &[&VexStatement],
) -> BTreeMap<FindingClass, Concerned> {
    let mut by_id: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, statement) in statements.iter().enumerate() {
        let aliases = statement.aliases().iter().map(String::as_str);
        for id in std::iter::once(statement.vulnerability()).chain(aliases) {
            by_id.entry(id).or_default().push(number);
        }
    }
    let mut concerned: BTreeMap<FindingClass, Concerned> = BTreeMap::new();
    for (number, finding) in impact.findings().iter().enumerate() {
        let found = finding.ids().filter_map(|id| by_id.get(id));
        let mut found: Vec<usize> = found.flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        if !found.is_empty() {
            concerned
                .entry(finding.class())
                .or_default()
                .push((number, found));
        }
    }
    concerned
}
