"""Say what this survey can tell, and what a larger one of the same kind could."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cxdrivers.answers.planning.precision_result import Precision
from cxdrivers.answers.weights.weights import driver_weights
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.errors import FitError, nearest
from cxdrivers.moments.given_data import survey_in
from cxdrivers.moments.group_labels import group_codes
from cxdrivers.survey.survey import Survey

SIZES = (1, 2, 4)
POWER = 0.8
LEAST_POWER, MOST_POWER = 0.5, 0.99


def expected_precision(
    data: Survey | DriverWeights,
    *,
    times: Sequence[int] = SIZES,
    by: str | None = None,
    power: float = POWER,
    n_boot: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> Precision:
    """Say how wide intervals are now, and would be with more respondents of the same kind.

    Use it to see what a survey can and cannot tell, and what asking more customers would buy. It
    takes what the drivers seem to weigh now for the truth; for a survey that is still to be held
    use `sample_size`.

    Parameters
    ----------
    data
        A survey, or the weights of one by any method and kind of model. Weights bring their own
        resamples and level, so that the numbers fit those that were reported.
    times
        How many times the respondents there are now, whole numbers. With clusters: as many times
        the clusters, each of the same size.
    by
        Column of the survey: what each of its segments would tell by itself. Segments with fewer
        than 50 respondents are counted and not shown.
    power
        Chance to find an own effect, or to tell two drivers apart.
    n_boot, level, seed
        As in `driver_weights`, for a survey.

    Returns
    -------
    Precision

    Raises
    ------
    SurveyError
        When a check says that something must be mended first.
    FitError
        For settings that cannot be, a column that is not there, and weights without resamples.

    Notes
    -----
    An interval at k times n is that of now, drawn in towards the estimate by √k, and by what few
    respondents or clusters widen it less. In simulated surveys of seven drivers that is within 5 %
    of the width that twice and four times as many respondents have, except for a driver that adds
    nothing and goes with no other: its interval gets narrower than that.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> precision = expected_precision(cx.load_example(), seed=7)
    >>> precision.tidy()[["driver", "times", "n", "share_width"]].head(2).round(1)
            driver  times     n  share_width
    0  reliability      1  1500          0.1
    1      empathy      1  1500          0.1
    """
    if isinstance(data, DriverWeights):
        if by is not None:
            raise FitError("precision_of_segments", by=by)
        return precision_of(data, times=times, power=power)
    data = survey_in(data)
    weights = driver_weights(data, n_boot=n_boot, level=level, seed=seed)
    return precision_of(weights, survey=data, by=by, times=times, power=power)


def precision_of(
    weights: DriverWeights,
    *,
    survey: Survey | None = None,
    by: str | None = None,
    times: Sequence[int] = SIZES,
    power: float = POWER,
) -> Precision:
    """Return the precision of weights that were estimated, by segments of their own survey."""
    whole = all(isinstance(size, int | np.integer) and size >= 1 for size in times)
    if not (times and whole):
        raise FitError("precision_times", times=", ".join(map(str, times)))
    if not LEAST_POWER <= power <= MOST_POWER:
        raise FitError("plan_range", name="power", value=power, low=LEAST_POWER, high=MOST_POWER)
    if weights.regression is None:
        raise FitError("needs_rows")
    if not len(weights.replicates):
        raise FitError("precision_needs_resamples")
    return Precision(
        weights=weights,
        times=tuple(sorted({int(size) for size in times})),
        power=float(power),
        by=by,
        segments={} if by is None or survey is None else _segments(weights, survey, by),
        codebook=None if survey is None else survey.codebook,
    )


def _segments(weights: DriverWeights, survey: Survey, by: str) -> dict[str, NDArray[np.bool_]]:
    """Return which rows of the design are in each segment, named and in order as everywhere."""
    if by not in survey.respondents:
        columns = list(survey.respondents.columns)
        raise FitError(
            "precision_segment_unknown", column=by, near=nearest(by, columns), columns=columns
        )
    values = survey.respondents.loc[weights.model.design.base.used, by]
    codes, labels = group_codes(values)
    return {label: codes == place for place, label in enumerate(labels)}
