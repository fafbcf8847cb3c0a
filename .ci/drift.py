"""Computes the metrics of drift again, with numpy and scipy.

    drift.py FILE            fails where a value of the file differs by more than a billionth
    drift.py --prove FILE    changes each value by more than two billionths, and a count of every
                             case of PSI, and fails where a change goes unnoticed

FILE is a list of objects with a measure, two histograms and a value, as the tests of
modelward-incident write it to the folder that MODELWARD_DRIFT_OUT names. Every metric has to be in
it. Values below 1e-12 are compared as if they were 1e-12: the sums of scipy round there.

Needs from PyPI: numpy, scipy.
"""

import copy
import json
import math
import sys

import numpy as np
from scipy import special, stats
from scipy.spatial import distance

TOLERANCE = 1e-9
SMALL = 1e-12
BASES = {"e": math.e, "two": 2.0, "ten": 10.0}


def shares(counts, zeros):
    result = np.array(counts, dtype=float) / sum(counts)
    if zeros == "none":
        return result
    (kind, terms), = zeros.items()
    share = terms["share"]
    smallest = result[result > 0].min()
    if kind == "replace-scaled":
        share = smallest / terms["divisor"] if smallest <= share else share
    elif kind != "replace":
        raise ValueError(f"unknown zero handling {kind}")
    result[result == 0] = share
    return result


def centers(histogram):
    edges = np.array(histogram["bins"]["edges"], dtype=float)
    return (edges[:-1] + edges[1:]) / 2


def psi(case, p, q):
    kept = (p > 0) | (q > 0)
    p, q = p[kept], q[kept]
    return np.sum((p - q) * np.log(p / q)) / math.log(base(case))


def base(case):
    return BASES[case["measure"]["logBase"]]


def largest_gap(p, q):
    return np.max(np.abs(np.cumsum(p) - np.cumsum(q)))


def kolmogorov(case, p, q):
    n, m = sum(case["reference"]["counts"]), sum(case["current"]["counts"])
    return special.kolmogorov(math.sqrt(n * m / (n + m)) * largest_gap(p, q))


def fit(case):
    reference = np.array(case["reference"]["counts"], dtype=float)
    current = np.array(case["current"]["counts"], dtype=float)
    kept = reference > 0
    expected = reference[kept] * (current.sum() / reference.sum())
    return stats.chisquare(current[kept], expected)


def table(case):
    counts = np.array([case["reference"]["counts"], case["current"]["counts"]])
    return stats.chi2_contingency(counts[:, counts.sum(axis=0) > 0], correction=False)


def wasserstein(case, p, q):
    middle = centers(case["reference"])
    return stats.wasserstein_distance(middle, middle, p, q)


def deviation(case, p):
    middle = centers(case["reference"])
    return math.sqrt(np.average((middle - np.average(middle, weights=p)) ** 2, weights=p))


METRICS = {
    "chi-square-fit": lambda case, p, q: fit(case).statistic,
    "chi-square-fit-p": lambda case, p, q: fit(case).pvalue,
    "chi-square-table": lambda case, p, q: table(case).statistic,
    "chi-square-table-p": lambda case, p, q: table(case).pvalue,
    "hellinger": lambda case, p, q: np.linalg.norm(np.sqrt(p) - np.sqrt(q)) / math.sqrt(2),
    "jensen-shannon-distance": lambda case, p, q: distance.jensenshannon(p, q, base(case)),
    "jensen-shannon-divergence": lambda case, p, q: distance.jensenshannon(p, q, base(case)) ** 2,
    "kolmogorov-smirnov": lambda case, p, q: largest_gap(p, q),
    "kolmogorov-smirnov-p": kolmogorov,
    "l-infinity": lambda case, p, q: np.max(np.abs(p - q)),
    "psi": psi,
    "total-variation": lambda case, p, q: distance.cityblock(p, q) / 2,
    "wasserstein": wasserstein,
    "wasserstein-normed": lambda case, p, q: wasserstein(case, p, q) / deviation(case, p),
}


def difference(case):
    """Returns by what share of the larger value the stored and the recomputed one differ."""
    measure = case["measure"]
    if measure["version"] != 1:
        raise ValueError(f"unknown version {measure['version']}")
    p = shares(case["reference"]["counts"], measure["zeros"])
    q = shares(case["current"]["counts"], measure["zeros"])
    computed = float(METRICS[measure["metric"]](case, p, q))
    stored = case["value"]
    return abs(computed - stored) / max(abs(computed), abs(stored), SMALL)


def wrong(cases):
    found = [(difference(case), at) for at, case in enumerate(cases)]
    # A comparison with NaN is false, so it is asked this way round.
    return [(share, at) for share, at in found if not share <= TOLERANCE]


def check(cases):
    missing = sorted(set(METRICS) - {case["measure"]["metric"] for case in cases})
    if missing:
        sys.exit(f"no case of {', '.join(missing)}")
    for share, at in wrong(cases):
        print(f"case {at}: {cases[at]['measure']['metric']} differs by {share:.3g} of its value")
    if wrong(cases):
        sys.exit(1)
    print(f"drift: {len(cases)} values of {len(METRICS)} metrics as scipy has them")


def prove(cases):
    large = [case for case in cases if case["value"] > 1e-6]
    if len(large) < len(METRICS):
        sys.exit("too few values to change")
    by_value = copy.deepcopy(large)
    for case in by_value:
        case["value"] *= 1 + 2.5 * TOLERANCE
    by_count = [case for case in copy.deepcopy(large) if case["measure"]["metric"] == "psi"]
    for case in by_count:
        case["current"]["counts"][0] += 1
    for name, changed in [("value", by_value), ("count", by_count)]:
        noticed = len(wrong(changed))
        if not changed or noticed != len(changed):
            sys.exit(f"{len(changed)} cases with a changed {name}, noticed {noticed}")
    print(f"drift: {len(by_value)} changed values and {len(by_count)} changed counts noticed")


def main(arguments):
    proving = arguments[:1] == ["--prove"]
    file, = arguments[1:] if proving else arguments
    with open(file, encoding="utf-8") as stream:
        cases = json.load(stream)
    (prove if proving else check)(cases)


main(sys.argv[1:])
