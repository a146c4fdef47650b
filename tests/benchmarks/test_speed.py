"""How much longer the weights take than the bare steps they cannot do without.

Every test compares best times of one run on one machine, so no number here is a number of seconds.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from time import perf_counter, process_time

import numpy as np
import pytest
from statsmodels.discrete.discrete_model import Logit
from statsmodels.miscmodels.ordinal_model import OrderedModel
from statsmodels.regression.linear_model import OLS
from threadpoolctl import threadpool_limits

from cxdrivers.answers.weights.estimation import resampled_shares
from cxdrivers.answers.weights.likelihood_valuation import likelihood_valuation
from cxdrivers.importance.graded_rows import graded_rows
from cxdrivers.importance.likelihood_lattice import LikelihoodLattice
from cxdrivers.importance.linear_shares import linear_shares
from cxdrivers.importance.walk import walked_shares
from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.resampling import resample_counts
from cxdrivers.moments.schemes import scheme_masses
from cxdrivers.moments.sums import row_products
from tests.samples import answers, lmg, survey_of

pytestmark = pytest.mark.slow

SLOPES = (0.4, 0.35, 0.15, 0.12, 0.03, 0.02, 0.0)
RESPONDENTS, RESAMPLES = 1500, 1000
REFITTED = 5
FITTED_RESAMPLES, FEWEST = 256, 2
SUBSETS = [list(chosen) for size in range(1, 8) for chosen in combinations(range(7), size)]


@pytest.fixture(scope="module")
def design() -> Design:
    return design_of(survey_of(answers(SLOPES, n=RESPONDENTS)))


def test_a_thousand_resamples_take_at_most_twice_the_two_steps_that_they_need(
    design: Design, record_property: Callable
):
    """The two are drawing the counts, as the package draws them, and one matrix product."""
    values = np.column_stack([design.columns, design.outcome])
    sums = row_products(values - values.mean(axis=0))

    def bare() -> None:
        rng = np.random.default_rng(1)
        drawn = rng.integers(0, RESPONDENTS, size=(RESAMPLES, RESPONDENTS))
        drawn += np.arange(RESAMPLES)[:, np.newaxis] * RESPONDENTS
        counts = np.bincount(drawn.ravel(), minlength=RESAMPLES * RESPONDENTS)
        counts.reshape(RESAMPLES, RESPONDENTS).astype(np.float64) @ sums

    whole, steps = _best(lambda: _resampled(design), bare, times=100)
    record_property("ratio", whole / steps)
    assert whole < 2 * steps, f"{whole / steps:.2f} times the two bare steps"


def test_resamples_are_500_times_faster_than_refitting_every_subset(
    design: Design, record_property: Callable
):
    """Extrapolated: statsmodels refits all 127 subsets for five resamples, not for a thousand."""
    rng = np.random.default_rng(1)
    rows = [rng.integers(0, RESPONDENTS, RESPONDENTS) for _ in range(REFITTED)]
    subsets = [[0, *(1 + driver for driver in chosen)] for chosen in SUBSETS]
    regressors = np.column_stack([np.ones(RESPONDENTS), design.columns])

    def refit(drawn: np.ndarray) -> None:
        x, y = regressors[drawn], design.outcome[drawn]
        for subset in subsets:
            _ = OLS(y, x[:, subset]).fit().rsquared

    assert len(subsets) == 127
    [whole] = _best(lambda: _resampled(design), times=20)
    one = min(_once(lambda drawn=drawn: refit(drawn)) for drawn in rows)
    record_property("ratio", one * RESAMPLES / whole)
    assert one * RESAMPLES > 500 * whole, f"only {one * RESAMPLES / whole:.0f} times faster"


def test_logits_are_40_times_faster_than_mcfadden_of_every_subset_by_statsmodels(
    design: Design, record_property: Callable
):
    """Both are extrapolated to a thousand resamples: theirs from one, ours from 256.

    `prsquared` fits the model without drivers again. A loop that takes no more than the
    log-likelihoods is still more than ten times slower.
    """
    boxed = replace(design, outcome=(design.outcome > np.quantile(design.outcome, 0.6)) * 1.0)
    rng = np.random.default_rng(1)
    drawn = rng.integers(0, RESPONDENTS, RESPONDENTS)
    x, y = np.column_stack([np.ones(RESPONDENTS), design.columns])[drawn], boxed.outcome[drawn]

    def refit(told: str) -> None:
        for chosen in SUBSETS:
            model = Logit(y, x[:, [0, *(1 + driver for driver in chosen)]])
            _ = getattr(model.fit(disp=False), told)

    *ours, whole, alone = _on_one_processor(
        *_climbs(boxed), lambda: refit("prsquared"), lambda: refit("llf"), times=3
    )
    ratios = [one * RESAMPLES / _of_a_thousand(ours) for one in (whole, alone)]
    record_property("ratio", ratios[0])
    record_property("ratio_of_log_likelihoods", ratios[1])
    assert ratios[0] > 40, f"only {ratios[0]:.0f} times faster"
    assert ratios[1] > 10, f"only {ratios[1]:.0f} times faster"


def test_proportional_odds_of_ten_grades_are_20_times_faster_than_ordered_models(
    design: Design, record_property: Callable
):
    """Theirs is extrapolated from the seven smallest subsets, which are fitted fastest."""
    graded = _in_ten_grades(design)
    few = SUBSETS[:7]

    def refit() -> None:
        for chosen in few:
            model = OrderedModel(graded.outcome, graded.columns[:, chosen], distr="logit")
            _ = model.fit(method="bfgs", disp=False, maxiter=500).llf

    *ours, some = _on_one_processor(*_climbs(graded), refit, times=1)
    ratio = some * len(SUBSETS) / len(few) * RESAMPLES / _of_a_thousand(ours)
    record_property("ratio", ratio)
    assert len(np.unique(graded.outcome)) == 10
    assert ratio > 20, f"only {ratio:.0f} times faster"


def test_a_thousand_resamples_of_ten_grades_need_far_less_than_two_gibibytes(
    design: Design, record_property: Callable
):
    """All seven drivers at once, which is the largest of the 128 fits."""
    graded = _in_ten_grades(design)
    rows = graded_rows(graded.columns, graded.outcome)
    lattice = LikelihoodLattice(rows, [range(7)])
    tracemalloc.start()
    for masses in scheme_masses(graded, n_boot=RESAMPLES, seed=1):
        _ = lattice.values(masses)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    record_property("MiB", peak / 2**20)
    assert peak < 2**31


def test_twenty_drivers_cost_a_small_multiple_of_their_million_subsets(record_property: Callable):
    """The unit is one multiplication and one subtraction for each of the 2^20 subsets, in NumPy.

    The lattice does about six of them for each subset and Shapley's rule a few more; what else it
    takes is moving blocks about.
    """
    rng = np.random.default_rng(2)
    rows = rng.normal(size=(500, 21)) + rng.normal(size=(500, 1))
    correlation = np.corrcoef(rows, rowvar=False)
    groups = [(driver,) for driver in range(20)]
    first, second = rng.normal(size=(2, 2**20))

    def unit() -> np.ndarray:
        return first - first * second

    whole, one = _best(lambda: linear_shares(correlation, groups), unit, times=7)
    record_property("units", whole / one)
    assert whole < 100 * one, f"{whole / one:.0f} units"


def test_the_walk_costs_a_smaller_multiple_and_as_much_for_every_subset(record_property: Callable):
    """Four drivers more are sixteen times the subsets; what is done for each may not grow much."""
    rng = np.random.default_rng(2)
    rows = rng.normal(size=(500, 25)) + rng.normal(size=(500, 1))
    correlation = np.corrcoef(rows, rowvar=False)
    few, more = ([(driver,) for driver in range(drivers)] for drivers in (20, 24))
    first, second = rng.normal(size=(2, 2**20))

    def unit() -> np.ndarray:
        return first - first * second

    small, large, one = _best(
        lambda: walked_shares(correlation, few),
        lambda: walked_shares(correlation, more),
        unit,
        times=7,
    )
    record_property("units", small / one)
    record_property("growth", large / small / 16)
    assert small < 20 * one, f"{small / one:.0f} units"
    assert large < 32 * small, f"{large / small:.0f} times as long"


def test_drawing_is_what_the_package_draws_with(design: Design):
    """Were it to draw another way, the first comparison here would have to change with it."""
    rng, again = np.random.default_rng(3), np.random.default_rng(3)
    drawn = again.integers(0, 40, size=(7, 40))
    expected = np.stack([np.bincount(row, minlength=40) for row in drawn])
    np.testing.assert_array_equal(resample_counts(rng, 40, 7), expected)
    assert design.cluster is None


def _resampled(design: Design) -> np.ndarray:
    return resampled_shares(design, lmg(design), n=RESPONDENTS, adjust=2, n_boot=RESAMPLES, seed=1)


def _climbs(design: Design) -> list[Callable[[], object]]:
    """Return two works: the weights of very few resamples, and of 256."""
    return [
        lambda count=count: resampled_shares(
            design,
            likelihood_valuation(design, "lmg"),
            n=RESPONDENTS,
            adjust=1,
            n_boot=count,
            seed=1,
        )
        for count in (FEWEST, FITTED_RESAMPLES)
    ]


def _of_a_thousand(times: list[float]) -> float:
    """Return how long a thousand take, of which what the sample itself takes is no multiple."""
    few, some = times
    return few + (some - few) * (RESAMPLES - FEWEST) / (FITTED_RESAMPLES - FEWEST)


def _in_ten_grades(design: Design) -> Design:
    edges = np.quantile(design.outcome, np.arange(1, 10) / 10)
    return replace(design, outcome=np.digitize(design.outcome, edges).astype(float))


def _on_one_processor(*works: Callable[[], object], times: int) -> list[float]:
    """Return the best time that each kept a processor busy, whatever else ran beside it."""
    with threadpool_limits(1):
        return _best(*works, times=times, clock=process_time)


def _best(
    *works: Callable[[], object], times: int, clock: Callable[[], float] = perf_counter
) -> list[float]:
    """Return the best time of each of some works, done in turns."""
    rounds = [[_once(work, clock) for work in works] for _ in range(times)]
    return [min(of_one) for of_one in zip(*rounds, strict=True)]


def _once(work: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    start = clock()
    work()
    return clock() - start
