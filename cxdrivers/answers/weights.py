"""Say how much each driver adds to satisfaction, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cxdrivers.answers.estimation import estimate_and_replicates, share_function
from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights_result import DriverWeights
from cxdrivers.errors import FitError
from cxdrivers.importance.linear_shares import own_shares
from cxdrivers.importance.metrics import metric
from cxdrivers.models.diagnostics import refuse_collinear, tied_columns
from cxdrivers.models.own_effects import effects_of_model, effects_of_moments
from cxdrivers.models.satisfaction import model_of
from cxdrivers.moments.design import design_of
from cxdrivers.moments.moments import Moments, moments_of
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import labels_of


def driver_weights(
    data: Survey | Moments,
    *,
    method: str = "lmg",
    kind: str = "linear",
    adjusted: bool = True,
    always: Sequence[str] = (),
    n_boot: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> DriverWeights:
    """Estimate how much each driver adds to the outcome.

    Use it for how much a driver counts, alone and together with the others. A weight is a sum of
    squares and has no direction: the own effect in the same row has. Neither shows causes.

    Parameters
    ----------
    data
        A survey, or moments when the rows are elsewhere (then without resampled intervals).
    method
        ``"lmg"``: Shapley shares of R² (Lindeman, Merenda & Gold 1980; Grömping 2006). For
        comparison or an older series also ``first last betasq pratt johnson car``: see
        `compare_methods`.
    kind
        ``"linear"``: least squares.
    adjusted
        Take out what noise alone would explain, so that the weights are nearly unbiased, and
        expand the intervals for few respondents or clusters, so that they cover, also for a
        driver that does nothing (docs/coverage.md). False
        gives the classic numbers of relaimpo and SPSS RELIMP.
    always
        Columns of the survey to control for: numbers, or categories such as an organisation.
        They are in every model and have no weight.
    n_boot
        Resamples of respondents, or of whole clusters when the codebook names a cluster; 0 for
        none.
    level
        Of the intervals (percentiles of the resamples).
    seed
        The same seed gives the same numbers.

    Returns
    -------
    DriverWeights

    Raises
    ------
    SurveyError
        When a check says that something must be mended first.
    FitError
        For settings that cannot be, too few rows, too many drivers, or drivers that are tied
        together exactly.

    Notes
    -----
    With weights the adjustment uses Kish's effective number of respondents. With clusters that is
    too small a correction: there the noise is measured from the resamples, as the difference
    between their mean and the sample's own shares. So with clusters the weights themselves depend
    a little on `seed`, and without resamples only the formula is left.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> weights = cx.driver_weights(cx.load_example(), seed=7)
    >>> weights.tidy().sort_values("rank")["driver"].head(2).tolist()
    ['reliability', 'empathy']
    """
    settings = Settings(method, kind, adjusted, n_boot, level, seed, tuple(always))
    settings.check()
    if isinstance(data, Moments):
        if always:
            raise FitError("needs_rows")
        return _weights_of_moments(data, replace(settings, n_boot=0))
    if not isinstance(data, Survey):
        raise FitError("not_a_survey", kind=type(data).__name__)
    return _weights_of_survey(data, settings)


def _weights_of_moments(moments: Moments, settings: Settings) -> DriverWeights:
    tied = tied_columns(moments.covariance[:-1, :-1])
    refuse_collinear(tied, moments.terms, moments.groups, moments.drivers)
    return DriverWeights(
        moments=moments,
        settings=settings,
        estimate=share_function(moments, settings.method)(
            moments.covariance, n=moments.n_effective, adjust=_by_formula(settings)
        ),
        replicates=np.empty((0, len(moments.drivers))),
        own=own_shares(moments.covariance, moments.groups, always=moments.always),
        effects=effects_of_moments(moments, settings.level),
        n_rated=np.full(len(moments.drivers), moments.n),
        regression=None,
        labels=labels_of((*moments.drivers, moments.outcome)),
    )


def _weights_of_survey(survey: Survey, settings: Settings) -> DriverWeights:
    design = design_of(survey, always=settings.always)
    moments = moments_of(design, survey.codebook.outcome.key)
    model = model_of(design, survey, level=settings.level)
    estimate, replicates = estimate_and_replicates(design, moments, settings)
    return DriverWeights(
        moments=moments,
        settings=settings,
        estimate=estimate,
        replicates=replicates,
        own=own_shares(moments.covariance, moments.groups, always=moments.always),
        effects=effects_of_model(model),
        n_rated=design.n_rated,
        regression=model,
        labels=model.labels,
    )


def _by_formula(settings: Settings) -> int:
    """Return how often moments are adjusted: once when asked and the method has a formula."""
    return int(settings.adjusted and metric(settings.method).adjustable)
