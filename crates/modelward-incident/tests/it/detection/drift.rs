use modelward_incident::{
    Bins, DriftError, DriftMeasure, DriftMetric, Histogram, LogBase, ZeroHandling,
};

use super::{histogram, measure, number};

fn value(metric: DriftMetric, reference: &[u64], current: &[u64]) -> f64 {
    let measure = measure(metric, ZeroHandling::None);
    let value = measure.value(&histogram(reference), &histogram(current));
    value.expect("a value").get()
}

fn close(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() <= 1e-12 * expected.abs().max(1e-3),
        "found {found}, expected {expected}"
    );
}

#[test]
fn values_are_those_that_a_hand_computes() {
    let (p, q): (&[u64], &[u64]) = (&[50, 50], &[75, 25]);
    let ln = f64::ln;
    for (metric, expected) in [
        // m * p is 50 twice: 25^2 / 50 + 25^2 / 50.
        (DriftMetric::ChiSquareFit, 25.0),
        // 200 * (50 * 25 - 50 * 75)^2 / (100 * 100 * 125 * 75).
        (DriftMetric::ChiSquareTable, 40.0 / 3.0),
        (DriftMetric::KolmogorovSmirnov, 0.25),
        (DriftMetric::LInfinity, 0.25),
        (DriftMetric::TotalVariation, 0.25),
        (DriftMetric::Wasserstein, 0.25),
        // The deviation of the reference is 1/2.
        (DriftMetric::WassersteinNormed, 0.5),
        // 0.25 ln(1.5) + 0.25 ln 2.
        (DriftMetric::Psi, 0.25 * ln(3.0)),
        (
            DriftMetric::Hellinger,
            (1.0 - 0.375_f64.sqrt() - 0.125_f64.sqrt()).sqrt(),
        ),
        (
            DriftMetric::JensenShannonDivergence,
            (0.5 * ln(0.5 / 0.625)
                + 0.5 * ln(0.5 / 0.375)
                + 0.75 * ln(0.75 / 0.625)
                + 0.25 * ln(0.25 / 0.375))
                / 2.0,
        ),
    ] {
        close(value(metric, p, q), expected);
    }
}

#[test]
fn the_tail_of_kolmogorov_has_its_tabled_values() {
    // With n and m of 2 * 10^12, x is a million times d. It stands here in millionths.
    for (x, expected) in [
        (1_358_102_u64, 0.05),
        (1_627_624, 0.01),
        (1_223_848, 0.1),
        (827_574, 0.5),
        (519_610, 0.95),
    ] {
        let n = 2_000_000_000_000_u64;
        let moved = 2 * x;
        let p = value(
            DriftMetric::KolmogorovSmirnovP,
            &[n / 2, n / 2],
            &[n / 2 + moved, n / 2 - moved],
        );
        assert!(
            (p - expected).abs() < 3e-6,
            "found {p}, expected {expected}"
        );
    }
}

#[test]
#[cfg(feature = "drift-stats")]
fn the_tail_of_chi_square_has_its_tabled_values() {
    // With two degrees of freedom the tail is exp(-x / 2); the statistic is 30^2/100 * 2.
    let p = value(
        DriftMetric::ChiSquareFitP,
        &[100, 100, 100],
        &[130, 70, 100],
    );
    close(p, (-9.0_f64).exp());
    // With one it is erfc(sqrt(x / 2)); for 25 that is 5.733e-7.
    let p = value(DriftMetric::ChiSquareFitP, &[50, 50], &[75, 25]);
    assert!((p - 5.733_031_437_583_878e-7).abs() < 1e-15);
    assert_eq!(value(DriftMetric::ChiSquareTableP, &[5, 5], &[7, 7]), 1.0);
}

#[test]
#[cfg(not(feature = "drift-stats"))]
fn p_values_of_chi_square_need_the_feature() {
    let measure = measure(DriftMetric::ChiSquareFitP, ZeroHandling::None);
    let refused = measure.value(&histogram(&[5, 5]), &histogram(&[6, 4]));
    let refused = refused.unwrap_err();
    assert_eq!(refused.code(), "incident.drift.feature");
    assert_eq!(
        refused.to_string(),
        "p-values of chi-square-fit-p need the feature `drift-stats`"
    );
}

#[test]
fn bases_and_zero_handling_are_part_of_the_measure() {
    let of = |metric, base, zeros| {
        let measure = DriftMeasure::logarithmic(metric, base, zeros).unwrap();
        let value = measure.value(&histogram(&[10, 0, 0]), &histogram(&[0, 10, 0]));
        value.map(modelward_incident::Finite::get)
    };
    let divergence = DriftMetric::JensenShannonDivergence;
    close(
        of(divergence, LogBase::Two, ZeroHandling::None).unwrap(),
        1.0,
    );
    close(
        of(divergence, LogBase::Ten, ZeroHandling::None).unwrap(),
        2.0_f64.log10(),
    );
    let share = number(0.0001);
    let replaced = of(
        DriftMetric::Psi,
        LogBase::E,
        ZeroHandling::Replace { share },
    );
    close(replaced.unwrap(), 2.0 * 0.9999 * 10_000.0_f64.ln());
    assert_eq!(
        of(DriftMetric::Psi, LogBase::E, ZeroHandling::None)
            .unwrap_err()
            .to_string(),
        "psi has no value: a share is zero in one window alone"
    );
    // The smallest share is a millionth and below the fixed one, so it counts.
    let measure =
        DriftMeasure::logarithmic(DriftMetric::Psi, LogBase::E, ZeroHandling::evidently()).unwrap();
    let counts: [&[u64]; 2] = [&[999_999, 1, 0], &[999_999, 0, 1]];
    let found = measure.value(&histogram(counts[0]), &histogram(counts[1]));
    close(
        found.unwrap().get(),
        2.0 * (1e-6 - 1e-12) * (1e-6_f64 / 1e-12).ln(),
    );
}

#[test]
fn histograms_that_are_none_are_refused() {
    let max = (1 << 53) - 1;
    for (refused, code, text) in [
        (
            Histogram::numeric(&[0.0], vec![]),
            "incident.drift.count",
            "histogram has 0 bins, expected 1 to 10000",
        ),
        (
            Histogram::new(Bins::Categories(vec![]), vec![1; 10_001]),
            "incident.drift.count",
            "histogram has 10001 bins, expected 1 to 10000",
        ),
        (
            Histogram::numeric(&[0.0, 1.0, 1.0], vec![1, 2]),
            "incident.drift.edges",
            "3 edges of 2 bins do not rise one by one, expected one more than bins",
        ),
        (
            Histogram::numeric(&[0.0, 1.0], vec![1, 2]),
            "incident.drift.edges",
            "2 edges of 2 bins do not rise one by one, expected one more than bins",
        ),
        (
            Histogram::numeric(&[0.0, f64::INFINITY], vec![1]),
            "incident.drift.edges",
            "2 edges of 1 bins do not rise one by one, expected one more than bins",
        ),
        (
            Histogram::numeric(&[f64::NAN, 1.0], vec![1]),
            "incident.drift.edges",
            "2 edges of 1 bins do not rise one by one, expected one more than bins",
        ),
        (
            Histogram::categorical(&["a", "a"], vec![1, 1]),
            "incident.drift.categories",
            "categories are not one for each of 2 counts, or one stands twice",
        ),
        (
            Histogram::categorical(&["a", "-"], vec![1, 1]),
            "incident.drift.text",
            "evidence of drift has an invalid text",
        ),
        (
            Histogram::categorical(&["a", "b"], vec![0, 0]),
            "incident.drift.empty",
            "histogram is empty",
        ),
        (
            Histogram::categorical(&["a", "b"], vec![max, 1]),
            "incident.drift.sum",
            "counts add up to more than 2^53 - 1",
        ),
        (
            Histogram::categorical(&["a", "b"], vec![u64::MAX, u64::MAX]),
            "incident.drift.sum",
            "counts add up to more than 2^53 - 1",
        ),
    ] {
        let refused = refused.unwrap_err();
        assert_eq!((refused.code(), refused.to_string().as_str()), (code, text));
    }
    assert!(Histogram::categorical(&["a", "b"], vec![max - 1, 1]).is_ok());
}

#[test]
fn measures_without_a_value_say_why() {
    let plain = |metric| DriftMeasure::plain(metric).unwrap();
    let names = |counts| Histogram::categorical(&["a", "b"], counts).unwrap();
    let far = |end: f64, counts: [u64; 3]| {
        let edges = [-end, -end / 1.01, end / 1.01, end];
        Histogram::numeric(&edges, counts.to_vec()).unwrap()
    };
    let refused = |metric, reference: Histogram, current: Histogram| -> DriftError {
        plain(metric).value(&reference, &current).unwrap_err()
    };
    for (refused, code, text) in [
        (
            refused(
                DriftMetric::Wasserstein,
                names(vec![1, 1]),
                names(vec![1, 1]),
            ),
            "incident.drift.order",
            "wasserstein needs edges of bins, found categories",
        ),
        (
            refused(
                DriftMetric::KolmogorovSmirnovP,
                names(vec![1, 1]),
                names(vec![1, 1]),
            ),
            "incident.drift.order",
            "kolmogorov-smirnov-p needs edges of bins, found categories",
        ),
        (
            refused(
                DriftMetric::Hellinger,
                names(vec![1, 1]),
                histogram(&[1, 1]),
            ),
            "incident.drift.bins",
            "reference and current window do not have the same bins",
        ),
        (
            refused(
                DriftMetric::ChiSquareFit,
                names(vec![1, 0]),
                names(vec![1, 1]),
            ),
            "incident.drift.undefined",
            "chi-square-fit has no value: the current window has values where the reference has none",
        ),
        (
            refused(
                DriftMetric::ChiSquareTableP,
                names(vec![1, 0]),
                names(vec![5, 0]),
            ),
            "incident.drift.undefined",
            "chi-square-table-p has no value: one bin alone has values",
        ),
        (
            refused(
                DriftMetric::WassersteinNormed,
                histogram(&[4, 0]),
                histogram(&[3, 1]),
            ),
            "incident.drift.undefined",
            "wasserstein-normed has no value: the reference does not vary",
        ),
        (
            refused(
                DriftMetric::WassersteinNormed,
                far(1e200, [1, 0, 1]),
                far(1e200, [0, 0, 1]),
            ),
            "incident.drift.undefined",
            "wasserstein-normed has no value: the edges are too far apart for a double",
        ),
        (
            refused(
                DriftMetric::Wasserstein,
                far(f64::MAX, [1, 0, 0]),
                far(f64::MAX, [0, 0, 1]),
            ),
            "incident.drift.undefined",
            "wasserstein has no value: the edges are too far apart for a double",
        ),
    ] {
        assert_eq!((refused.code(), refused.to_string().as_str()), (code, text));
    }
}

#[test]
fn measures_have_what_their_metric_needs() {
    for metric in DriftMetric::ALL {
        let logarithmic = DriftMeasure::logarithmic(metric, LogBase::E, ZeroHandling::None);
        assert_ne!(DriftMeasure::plain(metric).is_ok(), logarithmic.is_ok());
        let name = serde_json::to_value(metric).unwrap();
        assert_eq!(name, metric.name());
    }
    let refused = DriftMeasure::plain(DriftMetric::Psi).unwrap_err();
    assert_eq!(refused.code(), "incident.drift.definition");
    assert_eq!(refused.to_string(), "psi needs the base of its logarithm");
    let zeros = ZeroHandling::Replace { share: number(1.0) };
    let refused = DriftMeasure::logarithmic(DriftMetric::Psi, LogBase::E, zeros).unwrap_err();
    assert_eq!(refused.code(), "incident.drift.share");
    let json = r#"{"metric": "hellinger", "version": 1, "zeros": {"replace": {"share": 0.1}}}"#;
    let refused = serde_json::from_str::<DriftMeasure>(json).unwrap_err();
    assert_eq!(refused.to_string(), "hellinger handles no zeros");
}
