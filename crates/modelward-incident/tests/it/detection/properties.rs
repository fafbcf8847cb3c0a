use modelward_incident::{DriftMetric, Histogram, ZeroHandling};
use proptest::prelude::{Strategy, any, prop_assert, proptest};

use super::{histogram, measure, number};

/// Metrics that are distances between shares, or divergences.
const SHARES: [DriftMetric; 8] = [
    DriftMetric::Hellinger,
    DriftMetric::JensenShannonDistance,
    DriftMetric::JensenShannonDivergence,
    DriftMetric::KolmogorovSmirnov,
    DriftMetric::LInfinity,
    DriftMetric::Psi,
    DriftMetric::TotalVariation,
    DriftMetric::Wasserstein,
];

fn value(metric: DriftMetric, p: &Histogram, q: &Histogram) -> f64 {
    let share = number(0.0001);
    let measure = measure(metric, ZeroHandling::Replace { share });
    measure.value(p, q).expect("a value").get()
}

/// Yields two lists of counts of one length, neither of them empty of values.
fn pair() -> impl Strategy<Value = (Vec<u64>, Vec<u64>)> {
    let counts = |bins| proptest::collection::vec(0_u64..1_000, bins);
    (2_usize..20)
        .prop_flat_map(move |bins| (counts(bins), counts(bins)))
        .prop_map(|(mut p, mut q)| {
            p[0] += 1;
            q[1] += 1;
            (p, q)
        })
}

proptest! {
    #[test]
    fn equal_histograms_do_not_differ((p, _) in pair(), times in 1_u64..1_000) {
        let larger: Vec<u64> = p.iter().map(|count| count * times).collect();
        for metric in SHARES.into_iter().chain([DriftMetric::ChiSquareTable]) {
            prop_assert!(value(metric, &histogram(&p), &histogram(&larger)) < 1e-12);
        }
        let tail = value(DriftMetric::KolmogorovSmirnovP, &histogram(&p), &histogram(&larger));
        prop_assert!(tail == 1.0);
    }

    #[test]
    fn distances_are_the_same_both_ways((p, q) in pair()) {
        for metric in SHARES.into_iter().chain([DriftMetric::ChiSquareTable]) {
            let there = value(metric, &histogram(&p), &histogram(&q));
            let back = value(metric, &histogram(&q), &histogram(&p));
            prop_assert!((there - back).abs() <= 1e-12 * there.max(1e-3), "{metric}");
        }
    }

    #[test]
    fn values_stay_within_their_bounds((p, q) in pair()) {
        let (p, q) = (histogram(&p), histogram(&q));
        let of = |metric| value(metric, &p, &q);
        for metric in SHARES {
            prop_assert!(of(metric) >= 0.0);
        }
        let total = of(DriftMetric::TotalVariation);
        let hellinger = of(DriftMetric::Hellinger);
        prop_assert!(total <= 1.0 + 1e-12);
        // Known inequalities between the distances.
        prop_assert!(of(DriftMetric::KolmogorovSmirnov) <= total + 1e-12);
        prop_assert!(of(DriftMetric::LInfinity) <= total + 1e-12);
        prop_assert!(hellinger * hellinger <= total + 1e-12);
        prop_assert!(total <= hellinger * 2.0_f64.sqrt() + 1e-12);
        prop_assert!(of(DriftMetric::JensenShannonDivergence) <= 2.0_f64.ln() + 1e-12);
        let tail = of(DriftMetric::KolmogorovSmirnovP);
        prop_assert!((0.0..=1.0).contains(&tail));
    }

    #[test]
    fn to_mix_in_more_of_the_reference_never_adds_drift((p, q) in pair(), part in 1_u64..100) {
        // Both have the same size, so a sum of counts is a mixture of shares.
        let (n, m): (u64, u64) = (p.iter().sum(), q.iter().sum());
        let scaled = |counts: &[u64], by: u64| counts.iter().map(|count| count * by).collect::<Vec<_>>();
        let (p, q) = (scaled(&p, m), scaled(&q, n));
        let mixed: Vec<u64> = std::iter::zip(&p, &q).map(|(p, q)| p * part + q * (100 - part)).collect();
        let (p, q, mixed) = (histogram(&p), histogram(&q), histogram(&mixed));
        for metric in SHARES {
            if metric == DriftMetric::Psi {
                continue; // Replaced zeros vanish in a mixture.
            }
            // The divergence handles zeros too, by next to nothing.
            let zeros = ZeroHandling::None;
            let of = |q: &Histogram| measure(metric, zeros).value(&p, q).expect("a value").get();
            prop_assert!(of(&mixed) <= of(&q) + 1e-12, "{metric}");
        }
    }

    #[test]
    fn finite_numbers_round_trip(bits in any::<u64>()) {
        let Ok(found) = modelward_incident::Finite::new(f64::from_bits(bits)) else {
            return Ok(());
        };
        let text = serde_json::to_string(&found).unwrap();
        prop_assert!(serde_json::from_str::<modelward_incident::Finite>(&text).unwrap() == found);
        let again = modelward_artifact::json::read(text.as_bytes(), &modelward_artifact::JsonLimits::default()).unwrap();
        prop_assert!(again.as_f64().unwrap().to_bits() == found.get().to_bits());
    }
}
