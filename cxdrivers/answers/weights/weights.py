"""Say how much each driver adds to satisfaction, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import overload

from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.estimation import estimate_and_replicates
from cxdrivers.answers.weights.group_weights import weights_of_groups
from cxdrivers.answers.weights.group_weights_result import GroupWeights
from cxdrivers.answers.weights.imputed_valuation import ImputedValuation
from cxdrivers.answers.weights.likelihood_valuation import likelihood_valuation
from cxdrivers.answers.weights.linear_valuation import linear_valuation
from cxdrivers.answers.weights.part_weights import weights_of_group, weights_of_moments
from cxdrivers.answers.weights.valuation import Valuation
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.errors import FitError
from cxdrivers.models.own_effects import effects_of_model
from cxdrivers.models.satisfaction import SatisfactionModel, model_of
from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.incomplete import pattern_count
from cxdrivers.moments.moments import Moments, moments_of
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import EM, IMPUTATION, LINEAR, LISTWISE

MOST_PATTERNS = 100
"""With more combinations of blanks than this, resampled EM takes minutes, and fillings do not."""


@overload
def driver_weights(
    data: Survey | Moments,
    *,
    method: str = ...,
    kind: str = ...,
    threshold: float | None = ...,
    adjusted: bool = ...,
    always: Sequence[str] = ...,
    missing: str | None = ...,
    n_boot: int = ...,
    level: float = ...,
    seed: int = ...,
) -> DriverWeights: ...


@overload
def driver_weights(
    data: GroupedMoments,
    *,
    method: str = ...,
    adjusted: bool = ...,
    n_boot: int = ...,
    level: float = ...,
    seed: int = ...,
) -> DriverWeights | GroupWeights: ...


def driver_weights(
    data: Survey | Moments | GroupedMoments,
    *,
    method: str = "lmg",
    kind: str = "linear",
    threshold: float | None = None,
    adjusted: bool = True,
    always: Sequence[str] = (),
    missing: str | None = None,
    n_boot: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> DriverWeights | GroupWeights:
    """Estimate how much each driver adds to the outcome.

    Use it for how much a driver counts, alone and together with the others. A weight is a sum of
    squares and has no direction: the own effect in the same row has. Neither shows causes.

    Parameters
    ----------
    data
        A survey, or moments when the rows are elsewhere: sums of one group or of many, with
        intervals where they came in eight random parts or more (docs/parts.md), or means and
        covariances, without.
    method
        ``"lmg"``: Shapley shares of R² (Lindeman, Merenda & Gold 1980; Grömping 2006). For
        comparison or an older series also ``first last betasq pratt johnson car``: see
        `compare_methods`. In the other kinds also ``nagelkerke estrella cox_snell tjur``: Shapley
        shares of another index than McFadden's.
    kind
        What explains the outcome: ``"linear"``, least squares of the mean grade; ``"top_box"``,
        logistic regression of who reaches `threshold`; ``"ordinal"``, proportional odds of the
        grades in their order. The last two share McFadden's R² (Azen & Traxel 2009), and their
        own effects are in probability of reaching the threshold.
    threshold
        From which answer on a respondent is in the top box; by default four fifths up the scale,
        which is 8 on a scale to 10.
    adjusted
        Take out what noise alone would explain, so that the weights are nearly unbiased, and
        expand the intervals for few respondents or clusters, so that they cover, also for a
        driver that does nothing (docs/coverage.md). False
        gives the classic numbers of relaimpo and SPSS RELIMP.
    always
        Columns of the survey to control for: numbers, or categories such as an organisation.
        They are in every model and have no weight.
    missing
        What to do where a driver applied and has no answer. ``"em"`` (for ``"linear"``): the
        likeliest moments of all rows (full information maximum likelihood). ``"imputation"`` (for
        the others, and for more than a hundred combinations of blanks): fill blanks in five to
        twenty times and pool. ``"listwise"``: leave the row out. By default
        what fits; own effects are pooled over imputations with both.
    n_boot
        Resamples of respondents, of whole clusters when the codebook names a cluster, or of the
        random parts of sums; 0 for none.
    level
        Of the intervals (percentiles of the resamples).
    seed
        The same seed gives the same numbers.

    Returns
    -------
    DriverWeights
        For sums of several groups `GroupWeights`: every group by itself.

    Raises
    ------
    SurveyError
        When a check says that something must be mended first.
    FitError
        For settings that cannot be or need the rows, too few rows, too many drivers, or drivers
        that are tied together exactly. Among several groups one that cannot be weighed has no
        numbers and a remark instead.

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
    settings = Settings(
        method,
        kind,
        adjusted,
        n_boot,
        level,
        seed,
        tuple(always),
        threshold=threshold,
        missing=missing,
    )
    settings.check()
    if isinstance(data, Moments | GroupedMoments):
        if always or kind != LINEAR or missing is not None:
            raise FitError("needs_rows")
        if isinstance(data, Moments):
            return weights_of_moments(data, settings)
        return weights_of_groups(data, settings) if data.by else weights_of_group(data, settings)
    if not isinstance(data, Survey):
        raise FitError("not_a_survey", kind=type(data).__name__)
    return _weights_of_survey(data, settings)


def _weights_of_survey(survey: Survey, settings: Settings) -> DriverWeights:
    blanks = settings.policy != LISTWISE
    rows = design_of(survey, always=settings.always, blanks=blanks)
    model = model_of(
        rows,
        survey,
        kind=settings.kind,
        threshold=settings.threshold,
        level=settings.level,
        seed=settings.seed,
    )
    design = model.design
    policy = settings.policy
    if settings.missing is None and policy == EM and pattern_count(design) > MOST_PATTERNS:
        policy = IMPUTATION
    settings = replace(settings, threshold=model.threshold, missing=policy)
    moments = moments_of(design, survey.codebook.outcome.key)
    valuation = valuation_of(model, moments, settings)
    estimate, replicates = estimate_and_replicates(design, moments, valuation, settings)
    return DriverWeights(
        moments=moments,
        valuation=valuation,
        settings=settings,
        estimate=estimate,
        replicates=replicates,
        own=valuation.own(),
        effects=effects_of_model(model),
        n_rated=design.n_rated,
        regression=model,
        labels=model.labels,
    )


def valuation_of(model: SatisfactionModel, moments: Moments, settings: Settings) -> Valuation:
    """Return how sets of drivers are valued, for a model of the same rows."""

    def of_rows(design: Design, known: Moments | None = None) -> Valuation:
        if settings.kind == LINEAR:
            return linear_valuation(known or moments_of(design, moments.outcome), settings.method)
        return likelihood_valuation(design, settings.method)

    if not model.imputed or settings.missing == EM:
        return of_rows(model.design, moments)
    return ImputedValuation(tuple(map(of_rows, model.imputed)), model.imputed)
