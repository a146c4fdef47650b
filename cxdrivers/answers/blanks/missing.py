"""Weigh drivers by everything that can be done with blanks, to see whether it matters."""

from __future__ import annotations

from cxdrivers.answers.blanks.missing_result import MissingComparison
from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.weights import MOST_PATTERNS, driver_weights
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.errors import FitError
from cxdrivers.moments.design import design_of
from cxdrivers.moments.given_data import survey_in
from cxdrivers.moments.incomplete import pattern_count
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import EM, IMPUTATION, LINEAR, LISTWISE
from cxdrivers.wording import Sentence


def compare_missing(
    survey: Survey,
    *,
    kind: str = "linear",
    threshold: float | None = None,
    n_boot: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> MissingComparison:
    """Weigh the drivers by every policy for blanks that fits the kind, side by side.

    Use it to see whether a finding hangs on what is done where a driver applied and has no
    answer. For the answer itself use `driver_weights`, which estimates blanks by default.
    "Not applicable" is an answer and no blank, whatever the policy.

    Parameters
    ----------
    survey
        With or without blanks.
    kind, threshold, n_boot, level, seed
        As in `driver_weights`. With ``"linear"`` the policies are ``em``, ``imputation`` and
        ``listwise``, with ``"top_box"`` and ``"ordinal"`` the last two.

    Returns
    -------
    MissingComparison
        A policy that cannot be, such as complete rows where there are none, is left out, and the
        summary says why. Where blanks lie in more than a hundred patterns, EM of every resample
        would take minutes: its weights have no interval then, and the summary says so.

    Raises
    ------
    SurveyError
        When a check says that something must be mended first.
    FitError
        When no policy gives weights: that of the first one.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> from cxdrivers.answers.blanks.missing import compare_missing
    >>> comparison = compare_missing(cx.load_example(), n_boot=0)
    >>> comparison.rows()["policy"].tolist()
    ['em', 'imputation', 'listwise']
    """
    survey = survey_in(survey)
    settings = Settings(
        "lmg", kind, adjusted=True, n_boot=n_boot, level=level, seed=seed, threshold=threshold
    )
    return _compared(survey, settings, {})


def missing_of(survey: Survey, weights: DriverWeights) -> MissingComparison:
    """Compare weights that were made already with those by the other policies.

    Parameters
    ----------
    survey
        That they were made of.
    weights
        Stay as they are; the others are made with the same settings.

    Raises
    ------
    FitError
        When the weights came from moments: policies need the rows.
    """
    if weights.regression is None:
        raise FitError("needs_rows")
    return _compared(survey, weights.settings, {weights.settings.policy: weights})


def policies_of(kind: str) -> tuple[str, ...]:
    """Return what can be done with blanks in a model of a kind, the default first."""
    return (EM, IMPUTATION, LISTWISE) if kind == LINEAR else (IMPUTATION, LISTWISE)


def _compared(
    survey: Survey, settings: Settings, known: dict[str, DriverWeights]
) -> MissingComparison:
    weights: dict[str, DriverWeights] = {}
    left_out: dict[str, Sentence] = {}
    first_error: FitError | None = None
    for policy in policies_of(settings.kind):
        try:
            weights[policy] = known.get(policy) or _weights(survey, settings, policy)
        except FitError as error:
            left_out[policy] = error.sentence
            first_error = first_error or error
    if first_error is not None and not weights:
        raise first_error
    return MissingComparison(survey, weights, left_out)


def _weights(survey: Survey, settings: Settings, policy: str) -> DriverWeights:
    n_boot = settings.n_boot
    if policy == EM and _is_slow(survey, settings):
        n_boot = 0
    made = driver_weights(
        survey,
        method=settings.method,
        kind=settings.kind,
        threshold=settings.threshold,
        adjusted=settings.adjusted,
        always=settings.always,
        missing=policy,
        n_boot=n_boot,
        level=settings.level,
        seed=settings.seed,
    )
    return made if settings.scheme is None or not n_boot else made.resampled(settings.scheme)


def _is_slow(survey: Survey, settings: Settings) -> bool:
    design = design_of(survey, always=settings.always, blanks=True)
    return pattern_count(design) > MOST_PATTERNS
