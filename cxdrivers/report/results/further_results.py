"""Compute what a report tells beside the weights, with as many resamples as keep it quick."""

from __future__ import annotations

from cxdrivers.answers.blanks.missing import missing_of
from cxdrivers.answers.blanks.missing_result import MissingComparison
from cxdrivers.answers.blanks.users import users_of
from cxdrivers.answers.blanks.users_result import UsersComparison
from cxdrivers.answers.draws import Draws
from cxdrivers.answers.outcomes.outcomes import outcomes_of
from cxdrivers.answers.outcomes.outcomes_boxes import boxes_of
from cxdrivers.answers.outcomes.outcomes_result import OutcomeComparison
from cxdrivers.answers.planning.precision import precision_of
from cxdrivers.answers.planning.precision_result import Precision
from cxdrivers.answers.scales.halo import compare_halo
from cxdrivers.answers.scales.halo_result import HaloComparison
from cxdrivers.answers.scales.scales import assess_scales
from cxdrivers.answers.scales.scales_result import ScaleAssessment
from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.report.results.reasons import or_reason
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import LISTWISE
from cxdrivers.wording import Sentence, sentence

MOST_RESAMPLES = 200
FEWEST_RESAMPLES = 100
MOST_WORK = 200_000_000
"""Rows times subsets times resamples of one logistic model: a minute for all outcomes."""
MOST_PARTIAL = 6
"""Drivers that did not apply to everybody: each is weighed among its users."""


def outcomes_or_reason(survey: Survey, weights: DriverWeights) -> OutcomeComparison | Sentence:
    """Return the comparison of outcomes, with as many resamples as keep a report quick.

    The grades in order have none: they take longest, and a report shows no interval of them. For
    the same reason respondents with a blank are left out, and counted.
    """
    if survey.codebook.outcome.scale is None:
        return sentence("report.outcomes.no_scale")
    settings, drivers = weights.settings, len(weights.drivers)
    affordable = MOST_WORK // (weights.n * 2**drivers)
    n_boot = min(settings.n_boot, MOST_RESAMPLES, affordable)
    if affordable < FEWEST_RESAMPLES:
        return sentence("report.outcomes.too_much", drivers=drivers, n=weights.n)
    return or_reason(
        lambda: outcomes_of(
            survey,
            boxes_of(survey.codebook.outcome, None, None),
            n_boot=n_boot,
            n_boot_of_grades=0,
            level=settings.level,
            seed=settings.seed,
            missing=LISTWISE,
        )
    )


def users_or_reason(survey: Survey, weights: DriverWeights) -> UsersComparison | Sentence:
    """Return the weights among everybody and among users."""
    partial = int(survey.not_applicable.any().sum())
    if partial > MOST_PARTIAL:
        return sentence("report.users.too_much", count=partial)
    n_boot = quick_draws(weights.settings).n_boot
    return or_reason(lambda: users_of(survey, weights, n_boot=n_boot))


def missing_or_reason(survey: Survey, weights: DriverWeights) -> MissingComparison | Sentence:
    """Return the weights by every way to treat blanks."""
    if not weights.model.design.has_blanks:
        return sentence("missing.none")
    return or_reason(lambda: missing_of(survey, weights))


def scales_or_reason(survey: Survey, weights: DriverWeights) -> ScaleAssessment | Sentence:
    """Return how well the items of every driver measure."""
    return or_reason(lambda: assess_scales(survey, **vars(quick_draws(weights.settings))))


def precision_or_reason(survey: Survey, weights: DriverWeights) -> Precision | Sentence:
    """Return what this survey can tell, and what more respondents would."""
    by = next(iter(survey.codebook.segments), None)
    return or_reason(lambda: precision_of(weights, survey=survey, by=by))


def halo_or_reason(survey: Survey, weights: DriverWeights) -> HaloComparison | Sentence:
    """Return the weights with and without halo."""
    return or_reason(lambda: compare_halo(survey, **vars(quick_draws(weights.settings))))


def quick_draws(settings: Settings) -> Draws:
    """Return how a further result is resampled: as the weights are, if that is not too often."""
    return Draws(min(settings.n_boot, MOST_RESAMPLES), settings.level, settings.seed)
