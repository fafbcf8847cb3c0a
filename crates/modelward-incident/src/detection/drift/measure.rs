use std::iter::zip;

use crate::detection::drift::probability::{chi_square_tail, kolmogorov_tail};
use crate::detection::trials::float;
use crate::{Bins, DriftError, DriftMeasure, DriftMetric, Finite, Histogram};

/// Why a metric has no value where its formula passes the range of doubles.
const TOO_LARGE: &str = "the edges are too far apart for a double";

impl DriftMeasure {
    /// Computes the value for two histograms of the same bins.
    ///
    /// Logarithms and roots differ in the last digits from machine to machine, so compare values by
    /// a tolerance, as [`DriftEvidence::recheck`](crate::DriftEvidence::recheck) does.
    ///
    /// ```
    /// use modelward_incident::{DriftMeasure, DriftMetric, Histogram};
    ///
    /// let before = Histogram::categorical(&["yes", "no"], vec![50, 50])?;
    /// let now = Histogram::categorical(&["yes", "no"], vec![75, 25])?;
    /// let measure = DriftMeasure::plain(DriftMetric::TotalVariation)?;
    /// assert_eq!(measure.value(&before, &now)?.get(), 0.25);
    /// # Ok::<(), modelward_incident::DriftError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`DriftError`] where the bins differ or have no order that the metric needs, the version is
    /// unknown, the metric has no value, or the feature `drift-stats` is missing.
    pub fn value(self, reference: &Histogram, current: &Histogram) -> Result<Finite, DriftError> {
        let metric = self.metric();
        if self.version() != Self::VERSION {
            let found = self.version();
            return Err(DriftError::Version { metric, found });
        }
        if reference.bins() != current.bins() {
            return Err(DriftError::Bins);
        }
        let pair = Pair {
            measure: self,
            reference,
            current,
            p: reference.shares(),
            q: current.shares(),
        };
        let value = pair.value()?;
        Finite::new(value).map_err(|_| pair.undefined(TOO_LARGE))
    }
}

/// Two histograms of the same bins, with their shares.
struct Pair<'a> {
    measure: DriftMeasure,
    reference: &'a Histogram,
    current: &'a Histogram,
    p: Vec<f64>,
    q: Vec<f64>,
}

impl Pair<'_> {
    fn value(&self) -> Result<f64, DriftError> {
        match self.measure.metric() {
            DriftMetric::ChiSquareFit => Ok(self.fit()?.0),
            DriftMetric::ChiSquareFitP => self.tail(self.fit()?),
            DriftMetric::ChiSquareTable => Ok(self.table().0),
            DriftMetric::ChiSquareTableP => self.tail(self.table()),
            DriftMetric::Hellinger => Ok(self.hellinger()),
            DriftMetric::JensenShannonDistance => Ok(self.jensen_shannon().sqrt()),
            DriftMetric::JensenShannonDivergence => Ok(self.jensen_shannon()),
            DriftMetric::KolmogorovSmirnov => self.kolmogorov_smirnov(),
            DriftMetric::KolmogorovSmirnovP => {
                let (n, m) = (self.n(), self.m());
                Ok(kolmogorov_tail(
                    self.kolmogorov_smirnov()? * (n / (n + m) * m).sqrt(),
                ))
            }
            DriftMetric::LInfinity => Ok(self.differences().fold(0.0, f64::max)),
            DriftMetric::Psi => self.psi(),
            DriftMetric::TotalVariation => Ok(self.differences().sum::<f64>() / 2.0),
            DriftMetric::Wasserstein => self.wasserstein(),
            DriftMetric::WassersteinNormed => self.wasserstein_normed(),
        }
    }

    fn n(&self) -> f64 {
        float(self.reference.total())
    }

    fn m(&self) -> f64 {
        float(self.current.total())
    }

    fn undefined(&self, why: &'static str) -> DriftError {
        let metric = self.measure.metric();
        DriftError::Undefined { metric, why }
    }

    fn differences(&self) -> impl Iterator<Item = f64> {
        zip(&self.p, &self.q).map(|(p, q)| (p - q).abs())
    }

    fn hellinger(&self) -> f64 {
        let squares = zip(&self.p, &self.q).map(|(p, q)| (p.sqrt() - q.sqrt()).powi(2));
        (squares.sum::<f64>() / 2.0).sqrt()
    }

    fn handled(&self) -> (Vec<f64>, Vec<f64>) {
        let (mut p, mut q) = (self.p.clone(), self.q.clone());
        self.measure.zeros().apply(&mut p);
        self.measure.zeros().apply(&mut q);
        (p, q)
    }

    fn base(&self) -> f64 {
        let base = self.measure.log_base();
        base.expect("a measure with a logarithm has a base").ln()
    }

    fn psi(&self) -> Result<f64, DriftError> {
        let (p, q) = self.handled();
        let mut sum = 0.0;
        for (p, q) in zip(p, q) {
            match (p > 0.0, q > 0.0) {
                (true, true) => sum += (p - q) * (p.ln() - q.ln()),
                (false, false) => {}
                _ => return Err(self.undefined("a share is zero in one window alone")),
            }
        }
        Ok(sum / self.base())
    }

    fn jensen_shannon(&self) -> f64 {
        let (p, q) = self.handled();
        let (sum_p, sum_q) = (p.iter().sum::<f64>(), q.iter().sum::<f64>());
        let terms = zip(p, q).map(|(p, q)| jensen_shannon_term(p / sum_p, q / sum_q));
        terms.sum::<f64>() / 2.0 / self.base()
    }

    fn edges(&self) -> Result<&[Finite], DriftError> {
        match self.reference.bins() {
            Bins::Edges(edges) => Ok(edges),
            Bins::Categories(_) => Err(DriftError::Order {
                metric: self.measure.metric(),
            }),
        }
    }

    /// Yields the difference of the cumulative shares after each bin.
    ///
    /// The counts are added, not the shares, so that nothing is rounded before the division.
    fn cumulative(&self) -> impl Iterator<Item = f64> {
        let counts = zip(self.reference.counts(), self.current.counts());
        let (n, m) = (self.n(), self.m());
        counts.scan((0, 0), move |(before, now), (r, c)| {
            (*before, *now) = (*before + r, *now + c);
            Some((float(*before) / n - float(*now) / m).abs())
        })
    }

    fn kolmogorov_smirnov(&self) -> Result<f64, DriftError> {
        self.edges()?;
        Ok(self.cumulative().fold(0.0, f64::max))
    }

    fn wasserstein(&self) -> Result<f64, DriftError> {
        let centers = centers(self.edges()?);
        let gaps = centers.windows(2).map(|pair| pair[1] - pair[0]);
        Ok(zip(gaps, self.cumulative()).map(|(gap, d)| gap * d).sum())
    }

    fn wasserstein_normed(&self) -> Result<f64, DriftError> {
        let centers = centers(self.edges()?);
        let mean: f64 = zip(&centers, &self.p).map(|(x, p)| x * p).sum();
        let variance: f64 = zip(&centers, &self.p)
            .map(|(x, p)| (x - mean).powi(2) * p)
            .sum();
        if self.p.iter().filter(|&&share| share > 0.0).count() < 2 || variance <= 0.0 {
            return Err(self.undefined("the reference does not vary"));
        }
        // A distance over infinity would be zero, which means something else.
        if !variance.is_finite() {
            return Err(self.undefined(TOO_LARGE));
        }
        Ok(self.wasserstein()? / variance.sqrt())
    }

    /// Returns the statistic and its degrees of freedom.
    fn fit(&self) -> Result<(f64, usize), DriftError> {
        let (mut sum, mut bins) = (0.0, 0);
        let m = self.m();
        for (&p, &count) in zip(&self.p, self.current.counts()) {
            if p > 0.0 {
                sum += (float(count) - m * p).powi(2) / (m * p);
                bins += 1;
            } else if count > 0 {
                return Err(
                    self.undefined("the current window has values where the reference has none")
                );
            }
        }
        Ok((sum, bins - 1))
    }

    /// Returns the statistic and its degrees of freedom.
    fn table(&self) -> (f64, usize) {
        let (n, m) = (self.n(), self.m());
        let (mut sum, mut bins) = (0.0, 0);
        for (&r, &c) in zip(self.reference.counts(), self.current.counts()) {
            let both = float(r) + float(c);
            if both > 0.0 {
                let (expected_r, expected_c) = (both * (n / (n + m)), both * (m / (n + m)));
                sum += (float(r) - expected_r).powi(2) / expected_r
                    + (float(c) - expected_c).powi(2) / expected_c;
                bins += 1;
            }
        }
        (sum, bins - 1)
    }

    fn tail(&self, (statistic, freedom): (f64, usize)) -> Result<f64, DriftError> {
        if freedom == 0 {
            return Err(self.undefined("one bin alone has values"));
        }
        chi_square_tail(statistic, freedom).ok_or(DriftError::Feature {
            metric: self.measure.metric(),
        })
    }
}

fn centers(edges: &[Finite]) -> Vec<f64> {
    let pairs = edges.windows(2);
    // Halved first, since the sum of two large edges may be infinite.
    pairs
        .map(|pair| pair[0].get() / 2.0 + pair[1].get() / 2.0)
        .collect()
}

/// Returns `p ln(p / m) + q ln(q / m)`, where `m` is the mean of both.
///
/// With `d = (p - q) / (p + q)` that is `m ((1 + d) ln(1 + d) + (1 - d) ln(1 - d))`, which is about
/// `m d^2` for small `d`, where the two logarithms would cancel each other.
fn jensen_shannon_term(p: f64, q: f64) -> f64 {
    if p + q == 0.0 {
        return 0.0;
    }
    let (m, d) = ((p + q) / 2.0, (p - q) / (p + q));
    if d.abs() < 1e-3 {
        let d2 = d * d;
        return m * d2 * (1.0 + d2 * (1.0 / 6.0 + d2 * (1.0 / 15.0 + d2 / 28.0)));
    }
    // What tends to zero times its logarithm tends to zero.
    let part = |share: f64, d: f64| {
        if share > 0.0 {
            (1.0 + d) * d.ln_1p()
        } else {
            0.0
        }
    };
    m * (part(p, d) + part(q, -d))
}
