use std::collections::BTreeMap;

use crate::evidence::{AvidKind, AvidReport, FreeName};
use crate::{Finding, FindingClass, NodeRef, SupplyGraph};

/// Why such a finding is never certain.
const DOUBT: &str = "the report names something like this, without a version or an address";

impl SupplyGraph {
    /// Finds the nodes that reports of AVID name, by their names or the paths of their package URLs.
    ///
    /// Every finding has a doubt: a name proves nothing. A report on a data set is one of poisoned
    /// data, on a model of malicious weights, on anything else of a code flaw, which decides what it
    /// would reach. Findings are sorted by node and id.
    ///
    /// ```
    /// use modelward_artifact::JsonLimits;
    /// use modelward_graph::evidence::AvidReport;
    /// use modelward_graph::{NodeKind, Relation, SupplyGraphBuilder};
    ///
    /// let mut builder = SupplyGraphBuilder::default();
    /// builder.relate_all(&[("pkg:oci/shop@1", Relation::Serves, "pkg:huggingface/google/bert-base@1")])?;
    /// let graph = builder.build()?;
    /// let report = AvidReport::read(
    ///     br#"{"metadata": {"report_id": "AVID-2023-R0001"}, "affects": {"developer": [],
    ///         "deployer": [], "artifacts": [{"type": "Model", "name": "Bert Base"}]}}"#,
    ///     &JsonLimits::default(),
    /// )?;
    /// let findings = graph.named_findings(&[report]);
    /// assert_eq!(findings[0].node().as_str(), "pkg:huggingface/google/bert-base@1");
    /// assert!(findings[0].doubt().is_some());
    /// let impact = graph.impact(&findings, NodeKind::Container)?;
    /// assert_eq!(impact.reached().count(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn named_findings(&self, reports: &[AvidReport]) -> Vec<Finding> {
        let mut named: BTreeMap<&str, Vec<(&AvidReport, FindingClass)>> = BTreeMap::new();
        for report in reports {
            for artifact in report.artifacts() {
                if let Some(name) = artifact.name().folded() {
                    let class = class(artifact.kind());
                    named.entry(name).or_default().push((report, class));
                }
            }
        }
        let mut findings = Vec::new();
        for node in self.nodes() {
            for name in names(node) {
                let found = name.folded().and_then(|name| named.get(name));
                let found = found.into_iter().flatten();
                findings.extend(found.filter_map(|(report, class)| finding(node, report, *class)));
            }
        }
        findings.sort_unstable();
        findings.dedup();
        findings
    }
}

const fn class(kind: &AvidKind) -> FindingClass {
    match kind {
        AvidKind::Dataset => FindingClass::PoisonedData,
        AvidKind::Model => FindingClass::MaliciousWeights,
        AvidKind::System | AvidKind::Other(_) => FindingClass::CodeFlaw,
    }
}

/// Returns what people may call a node: its name, and the path of its package URL, such as
/// `google/bert-base`.
fn names(node: NodeRef<'_>) -> impl Iterator<Item = FreeName> {
    let path = node.id().strip_prefix("pkg:").and_then(|rest| {
        let rest = rest.split(['@', '?', '#']).next()?;
        rest.split_once('/').map(|(_, path)| path)
    });
    [Some(node.name()), path]
        .into_iter()
        .flatten()
        .map(FreeName::new)
}

/// Returns nothing for a report without an id, which could not be cited.
fn finding(node: NodeRef<'_>, report: &AvidReport, class: FindingClass) -> Option<Finding> {
    let (id, others) = report.ids().split_first()?;
    let finding = Finding::new(node.to_id(), class, id).with_aliases(others.iter().cloned());
    Some(finding.with_tool("AVID").with_doubt(DOUBT))
}
