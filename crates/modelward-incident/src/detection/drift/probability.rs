/// Returns the probability that a Kolmogorov variable is above `x`.
///
/// The usual series converges fast for large `x` alone; below 1.18 the one of the theta function,
/// which equals it, does.
pub(super) fn kolmogorov_tail(x: f64) -> f64 {
    // The tail differs from 1 by less than a double tells.
    if x < 0.1 {
        return 1.0;
    }
    if x < 1.18 {
        let unit = std::f64::consts::PI.powi(2) / (8.0 * x * x);
        let terms = [1.0_f64, 3.0, 5.0, 7.0, 9.0];
        let sum: f64 = terms.iter().map(|odd| (-odd * odd * unit).exp()).sum();
        return 1.0 - (2.0 * std::f64::consts::PI).sqrt() / x * sum;
    }
    let term = |i: f64| (-2.0 * i * i * x * x).exp();
    2.0 * (term(1.0) - term(2.0) + term(3.0) - term(4.0) + term(5.0))
}

/// Returns the probability that a chi-square variable is above a statistic; `None` where this build
/// has no feature for it.
#[cfg(feature = "drift-stats")]
pub(super) fn chi_square_tail(statistic: f64, freedom: usize) -> Option<f64> {
    use statrs::function::gamma::checked_gamma_ur;

    if statistic <= 0.0 {
        return Some(1.0);
    }
    let freedom = crate::detection::trials::float(u64::try_from(freedom).ok()?);
    checked_gamma_ur(freedom / 2.0, statistic / 2.0).ok()
}

/// Returns nothing, since this build has no feature for it.
#[cfg(not(feature = "drift-stats"))]
pub(super) const fn chi_square_tail(_: f64, _: usize) -> Option<f64> {
    None
}
