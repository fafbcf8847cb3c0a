use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::Crosswalk;
use crate::crosswalk::{Confidence, KnownIds};

impl Crosswalk {
    /// Tells for each target how many of its sources are reached, as the caller says.
    ///
    /// Rows that say no-relationship, are deprecated or superseded do not count. A target whose
    /// sources are all reached is a candidate to look at, and not fulfilled for that reason.
    ///
    /// ```
    /// use modelward_rmf::Crosswalk;
    /// use modelward_rmf::crosswalk::Extent;
    ///
    /// let coverage = Crosswalk::ssdf_218a().invert().coverage(["MEASURE 2.1", "MAP 1.3", "MAP 1.5"]);
    /// let extent = |task| coverage.target(task).map(|it| it.extent());
    /// assert_eq!(extent("PW.3.2"), Some(Extent::All));
    /// assert_eq!(extent("PO.1.1"), Some(Extent::Some));
    /// assert_eq!(extent("PO.2.1"), Some(Extent::None));
    /// assert_eq!(extent("PS.2.1"), None);
    /// ```
    pub fn coverage<'a>(&self, reached: impl IntoIterator<Item = &'a str>) -> Coverage {
        let reached = reached.into_iter().map(|id| self.source.canonical_id(id));
        let reached: BTreeSet<String> = reached.collect();
        let mut unused = reached.clone();
        let mut place = BTreeMap::new();
        let mut targets: Vec<TargetCoverage> = Vec::new();
        for row in self.rows.iter().filter(|row| row.is_link()) {
            unused.remove(&row.source);
            let index = *place.entry(row.target.as_str()).or_insert(targets.len());
            if index == targets.len() {
                targets.push(TargetCoverage {
                    target: row.target.clone(),
                    reached: Vec::new(),
                    missing: Vec::new(),
                    confidence: row.confidence,
                });
            }
            let target = &mut targets[index];
            target.confidence = target.confidence.lower(row.confidence);
            let list = if reached.contains(&row.source) {
                &mut target.reached
            } else {
                &mut target.missing
            };
            // One pair may stand in several rows, of several relations.
            if !list.contains(&row.source) {
                list.push(row.source.clone());
            }
        }
        Coverage {
            targets,
            unused: unused.into_iter().collect(),
        }
    }
}

/// Lists for each target of a crosswalk which of its sources are reached.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Coverage {
    targets: Vec<TargetCoverage>,
    unused: Vec<String>,
}

impl Coverage {
    /// Returns the targets that have a source, in the order of the crosswalk.
    #[must_use]
    pub fn targets(&self) -> &[TargetCoverage] {
        &self.targets
    }

    /// Returns one target, by its id as the crosswalk writes it.
    #[must_use]
    pub fn target(&self, id: &str) -> Option<&TargetCoverage> {
        self.targets.iter().find(|it| it.target == id)
    }

    /// Returns the reached ids that no row maps, sorted.
    #[must_use]
    pub fn unused(&self) -> &[String] {
        &self.unused
    }

    /// Returns the ids of the target framework that have no source, in the order of the list.
    #[must_use]
    pub fn without_source<'a>(&self, known: &'a KnownIds) -> Vec<&'a str> {
        let with: BTreeSet<&str> = self.targets.iter().map(TargetCoverage::target).collect();
        known.ids().filter(|id| !with.contains(id)).collect()
    }
}

/// Lists which sources of one target are reached, and which are not.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct TargetCoverage {
    target: String,
    reached: Vec<String>,
    missing: Vec<String>,
    confidence: Confidence,
}

impl TargetCoverage {
    /// Returns the target id.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Returns how many of the sources are reached.
    #[must_use]
    pub fn extent(&self) -> Extent {
        match (self.reached.is_empty(), self.missing.is_empty()) {
            (true, _) => Extent::None,
            (false, true) => Extent::All,
            (false, false) => Extent::Some,
        }
    }

    /// Returns the sources that are reached, in the order of the crosswalk.
    #[must_use]
    pub fn reached(&self) -> &[String] {
        &self.reached
    }

    /// Returns the sources that are not reached, in the order of the crosswalk.
    #[must_use]
    pub fn missing(&self) -> &[String] {
        &self.missing
    }

    /// Returns the lowest confidence of the rows behind this.
    #[must_use]
    pub const fn confidence(&self) -> Confidence {
        self.confidence
    }
}

/// Says how many sources of a target are reached.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "there is nothing else between none and all"
)]
pub enum Extent {
    /// None of them.
    None,
    /// Some of them, and not all.
    Some,
    /// All of them.
    All,
}
