use std::collections::BTreeSet;

use modelward_artifact::{Digest, Text};
use serde::{Deserialize, Serialize};

use crate::detection::trials::{MAX_COUNT, float};
use crate::{DriftError, Finite, TimeRange};

/// The most bins that a histogram may have.
pub(crate) const MAX_BINS: usize = 10_000;

/// Says into what the values of a column are sorted.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Bins {
    /// Names of categories, one for each count, none twice.
    Categories(Vec<Text>),
    /// Edges that rise, one more than counts. A bin has its lower edge and lacks its upper one; the
    /// last bin has both.
    Edges(Vec<Finite>),
}

/// Counts how many values fell into each bin.
///
/// - It has 1 to 10,000 bins and at least one value.
/// - Counts and their sum are at most 2^53 - 1, so a double holds them.
/// - Values outside of the edges are not in it: whoever bins them widens the outermost bins first.
///
/// ```
/// use modelward_incident::Histogram;
///
/// let histogram = Histogram::numeric(&[0.0, 0.5, 1.0], vec![30, 70])?;
/// assert_eq!(histogram.total(), 100);
/// let refused = Histogram::numeric(&[0.0, 1.0, 0.5], vec![30, 70]).unwrap_err();
/// assert_eq!(refused.code(), "incident.drift.edges");
/// # Ok::<(), modelward_incident::DriftError>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "WireHistogram")]
pub struct Histogram {
    bins: Bins,
    counts: Vec<u64>,
}

impl Histogram {
    /// Counts the values of bins.
    ///
    /// # Errors
    ///
    /// [`DriftError`] where bins and counts are not as stated above.
    pub fn new(bins: Bins, counts: Vec<u64>) -> Result<Self, DriftError> {
        if !(1..=MAX_BINS).contains(&counts.len()) {
            return Err(DriftError::Count {
                found: counts.len(),
            });
        }
        check_bins(&bins, counts.len())?;
        let add = |sum: u64, &count: &u64| sum.checked_add(count);
        match counts.iter().try_fold(0, add) {
            Some(0) => Err(DriftError::Empty),
            Some(1..=MAX_COUNT) => Ok(Self { bins, counts }),
            _ => Err(DriftError::Sum),
        }
    }

    /// Counts numbers between edges.
    ///
    /// # Errors
    ///
    /// As of [`new`](Self::new); [`DriftError::Edges`] where an edge is infinite or NaN, too.
    pub fn numeric(edges: &[f64], counts: Vec<u64>) -> Result<Self, DriftError> {
        let finite: Result<Vec<_>, _> = edges.iter().map(|&edge| Finite::new(edge)).collect();
        let finite = finite.map_err(|_| DriftError::Edges {
            found: edges.len(),
            counts: counts.len(),
        })?;
        Self::new(Bins::Edges(finite), counts)
    }

    /// Counts the values of categories.
    ///
    /// # Errors
    ///
    /// As of [`new`](Self::new); [`DriftError::Text`] where a category is no [`Text`].
    pub fn categorical(categories: &[&str], counts: Vec<u64>) -> Result<Self, DriftError> {
        let texts: Result<Vec<Text>, _> = categories.iter().map(|name| name.parse()).collect();
        let texts = texts.map_err(|source| DriftError::Text { source })?;
        Self::new(Bins::Categories(texts), counts)
    }

    /// Returns the bins.
    #[must_use]
    pub const fn bins(&self) -> &Bins {
        &self.bins
    }

    /// Returns the count of each bin.
    #[must_use]
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// Returns the sum of the counts, at least 1.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Returns the share of each bin.
    pub(crate) fn shares(&self) -> Vec<f64> {
        let total = float(self.total());
        let counts = self.counts.iter();
        counts.map(|&count| float(count) / total).collect()
    }
}

/// Records a sample: when it was taken, how large it is, what it is, how it is distributed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "WireWindow")]
pub struct DriftWindow {
    time: TimeRange,
    n: u64,
    digest: Digest,
    histogram: Histogram,
}

impl DriftWindow {
    /// Records a sample. The digest covers the sample, or the profile that was made of it.
    #[must_use]
    pub fn new(time: TimeRange, digest: Digest, histogram: Histogram) -> Self {
        Self {
            time,
            n: histogram.total(),
            digest,
            histogram,
        }
    }

    /// Returns when it was taken.
    #[must_use]
    pub const fn time(&self) -> TimeRange {
        self.time
    }

    /// Returns how many values it has.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Returns the digest of the sample.
    #[must_use]
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }

    /// Returns how its values are distributed.
    #[must_use]
    pub const fn histogram(&self) -> &Histogram {
        &self.histogram
    }
}

fn check_bins(bins: &Bins, counts: usize) -> Result<(), DriftError> {
    match bins {
        Bins::Categories(names) => {
            let distinct: BTreeSet<&Text> = names.iter().collect();
            if names.len() != counts || distinct.len() != counts {
                return Err(DriftError::Categories { counts });
            }
        }
        Bins::Edges(edges) => {
            let found = edges.len();
            if found != counts + 1 || !edges.is_sorted_by(|low, high| low < high) {
                return Err(DriftError::Edges { found, counts });
            }
        }
    }
    Ok(())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireHistogram {
    bins: Bins,
    counts: Vec<u64>,
}

impl TryFrom<WireHistogram> for Histogram {
    type Error = DriftError;

    fn try_from(wire: WireHistogram) -> Result<Self, DriftError> {
        Self::new(wire.bins, wire.counts)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireWindow {
    time: TimeRange,
    n: u64,
    digest: Digest,
    histogram: Histogram,
}

impl TryFrom<WireWindow> for DriftWindow {
    type Error = DriftError;

    fn try_from(wire: WireWindow) -> Result<Self, DriftError> {
        let sum = wire.histogram.total();
        if wire.n != sum {
            return Err(DriftError::Sample { found: wire.n, sum });
        }
        Ok(Self::new(wire.time, wire.digest, wire.histogram))
    }
}
