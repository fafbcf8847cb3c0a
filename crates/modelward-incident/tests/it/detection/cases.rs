//! Values for `.ci/drift.py` to compute again.

use std::path::PathBuf;

use modelward_incident::{DriftError, DriftMeasure, DriftMetric, Histogram, LogBase, ZeroHandling};
use serde_json::{Value, json};

use super::number;

/// How often each measure is taken.
const ROUNDS: u64 = 12;

/// Draws numbers, the same ones each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: u64) -> u64 {
        // The constants of Knuth's MMIX; the upper bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn float(&mut self) -> f64 {
        f64::from(u32::try_from(self.below(1 << 31)).expect("31 bits")) / f64::from(1_u32 << 31)
    }

    /// Draws edges and two lists of counts. A bin of the reference is empty now and then, and one
    /// of the current window more often.
    fn pair(&mut self) -> (Histogram, Histogram) {
        let bins = 2 + self.below(30);
        let mut edges = vec![self.float() * 100.0 - 50.0];
        let (mut before, mut now) = (vec![], vec![]);
        for bin in 0..bins {
            let width = 0.01 + self.float() * 10.0;
            edges.push(edges[edges.len() - 1] + width);
            let count = 20 + self.below(400);
            let empty = bin > 1 && self.below(12) == 0;
            before.push(if empty { 0 } else { count });
            let moved = count + self.below(60);
            now.push(if empty || self.below(9) == 0 {
                0
            } else {
                moved
            });
        }
        now[0] += 7;
        let of = |counts| Histogram::numeric(&edges, counts).expect("a histogram");
        (of(before), of(now))
    }
}

fn measures() -> Vec<DriftMeasure> {
    let plain = DriftMetric::ALL.into_iter().map(DriftMeasure::plain);
    let mut measures: Vec<_> = plain.flatten().collect();
    let replace = ZeroHandling::Replace {
        share: number(0.001),
    };
    for base in [LogBase::E, LogBase::Two, LogBase::Ten] {
        for zeros in [ZeroHandling::None, ZeroHandling::evidently(), replace] {
            for metric in DriftMetric::ALL {
                measures.extend(DriftMeasure::logarithmic(metric, base, zeros));
            }
        }
    }
    measures
}

fn cases() -> Vec<Value> {
    let mut draw = Draw(8);
    let mut cases = vec![];
    for measure in measures() {
        for _ in 0..ROUNDS {
            let (reference, current) = draw.pair();
            match measure.value(&reference, &current) {
                Ok(value) => cases.push(json!({
                    "measure": measure,
                    "reference": reference,
                    "current": current,
                    "value": value,
                })),
                Err(DriftError::Feature { .. } | DriftError::Undefined { .. }) => {}
                Err(other) => panic!("{other}"),
            }
        }
    }
    cases
}

#[test]
fn values_are_written_for_others_to_compute_again() {
    let cases = cases();
    let folder = std::env::var_os("MODELWARD_DRIFT_OUT");
    let folder = folder.map_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")), PathBuf::from);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("drift.json"),
        serde_json::to_vec(&cases).unwrap(),
    )
    .unwrap();
    let psi = cases
        .iter()
        .filter(|case| case["measure"]["metric"] == "psi" && case["measure"]["zeros"] != "none");
    assert_eq!(psi.count(), 6 * usize::try_from(ROUNDS).unwrap());
    for metric in DriftMetric::ALL {
        let is_chi_p = metric.is_p_value() && metric != DriftMetric::KolmogorovSmirnovP;
        if is_chi_p && !cfg!(feature = "drift-stats") {
            continue;
        }
        let found = cases
            .iter()
            .any(|case| case["measure"]["metric"] == metric.name());
        assert!(found, "no case of {metric}");
    }
}
