use crate::bits::Bits;
use crate::reach::{self, Follow};
use crate::scan::{ScanReport, Severity};
use crate::{
    Direction, Finding, FindingClass, NodeKind, Relation, RelationSet, SupplyGraph, UnknownNode,
};

impl SupplyGraph {
    /// Turns what a scanner found in the files of a model into findings of malicious weights.
    ///
    /// A finding is of the file in the model whose name the report gives, be it after folders or
    /// before the name of a member of an archive. Where no file of the model is called so, or several
    /// are, it is of the model itself: it is not lost. What the scanner calls less than high has that
    /// as a doubt. That a report found nothing says nothing here: see
    /// [`ScanReport::verdict`].
    ///
    /// ```
    /// use modelward_artifact::JsonLimits;
    /// use modelward_graph::scan::ScanReport;
    /// use modelward_graph::{Node, NodeKind, Relation, SupplyGraphBuilder};
    ///
    /// let mut builder = SupplyGraphBuilder::default();
    /// let model = "pkg:huggingface/a/b@1";
    /// builder.relate_all(&[(model, Relation::Contains, "sha256:file")])?;
    /// builder.add_node(&Node::new("sha256:file".parse()?, NodeKind::File, "model.pkl"))?;
    /// let graph = builder.build()?;
    /// let report = ScanReport::read_picklescan(
    ///     "/tmp/b/model.pkl: dangerous import 'posix system' FOUND\n\
    ///      ----------- SCAN SUMMARY -----------\n\
    ///      Scanned files: 1\nInfected files: 1\nSuspicious globals: 0\nDangerous globals: 1\n",
    ///     &JsonLimits::default(),
    /// )?;
    /// let findings = graph.scan_findings(model, &report)?;
    /// assert_eq!(findings[0].node().as_str(), "sha256:file");
    /// assert_eq!(findings[0].severity(), Some("critical"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] where the graph lacks the model.
    pub fn scan_findings(
        &self,
        model: impl AsRef<str>,
        report: &ScanReport,
    ) -> Result<Vec<Finding>, UnknownNode> {
        let model = self.find(model.as_ref())?;
        let follow = Follow::along(
            Direction::Dependencies,
            RelationSet::of(&[Relation::Contains]),
        );
        let parts = reach::closure(self, &[model], &follow);
        let findings = report.findings().iter().map(|found| {
            let node = self.file_named(&parts, found.file()).unwrap_or(model);
            let word = match found.severity() {
                Some(severity) => severity.name(),
                None => found.severity_word(),
            };
            let finding = Finding::new(
                self.at(node).to_id(),
                FindingClass::MaliciousWeights,
                found.description(),
            )
            .with_tool(report.tool().name())
            .with_severity(word);
            if found.severity() >= Some(Severity::High) {
                finding
            } else {
                finding.with_doubt(format!("the scanner calls it {word}"))
            }
        });
        let mut findings: Vec<Finding> = findings.collect();
        findings.sort_unstable();
        findings.dedup();
        Ok(findings)
    }

    /// Returns the one file among some nodes that a report names: the one with the longest name, if
    /// there is a longest.
    fn file_named(&self, parts: &Bits, name: &str) -> Option<u32> {
        let files = parts
            .iter()
            .filter(|node| self.at(*node).kind() == NodeKind::File);
        let named = files.filter(|node| is_named(self.at(*node).name(), name));
        let mut named: Vec<(usize, u32)> = named
            .map(|node| (self.at(node).name().len(), node))
            .collect();
        named.sort_unstable();
        match named[..] {
            [.., (length, _), (longest, _)] if length == longest => None,
            [.., (_, node)] => Some(node),
            [] => None,
        }
    }
}

/// Tells whether a report means a file: by its path, after folders, or with the member of an archive
/// behind it.
fn is_named(file: &str, reported: &str) -> bool {
    if file.is_empty() {
        return false;
    }
    reported.match_indices(file).any(|(start, _)| {
        let (before, after) = (&reported[..start], &reported[start + file.len()..]);
        let begins = before.is_empty() || before.ends_with(['/', '\\']);
        begins && (after.is_empty() || after.starts_with(':'))
    })
}
