"""Hold all else equal: what a mention goes with among customers who rate the drivers the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cxdrivers.answers.advocacy.advocacy_rows import (
    MENTION,
    AdvocacyRows,
)
from cxdrivers.answers.advocacy.covariates import Covariates, covariates_of
from cxdrivers.answers.advocacy.share_contrasts import DIFFERENCE, ODDS_RATIO, Estimate
from cxdrivers.errors import CxError
from cxdrivers.models.logistic import FirthReason, LogisticFit
from cxdrivers.models.pooling import pooled_logistic
from cxdrivers.models.top_box import fit_top_box
from cxdrivers.moments.columns import CONTROL, RATING
from cxdrivers.moments.design import Design
from cxdrivers.survey.coding import FloatArray
from cxdrivers.wording import Sentence, sentence


@dataclass(frozen=True, eq=False)
class AdjustedMention:
    """What a mention goes with when drivers, text length and controls are held equal.

    Attributes
    ----------
    difference
        In the chance of the top box: the mean over all customers of the chance with a mention
        minus the chance without. Its interval ends at −1 and 1.
    odds_ratio
        Of the same logit.
    p_value
        That the log odds do not differ.
    n, first_n
        Respondents, and how many of them mention an employee.
    names
        What is held equal.
    fillings
        How often blanks were filled in; 1 without blanks.
    firth
        Why the likelihood was penalised, or None.
    """

    difference: Estimate
    odds_ratio: Estimate
    p_value: float
    n: int
    first_n: int
    names: tuple[str, ...]
    fillings: int
    firth: FirthReason | None

    def rows(self, name: str) -> Iterator[dict[str, object]]:
        """Yield a row of a tidy table for each measure, as `ShareContrast.rows` does."""
        for measure in (DIFFERENCE, ODDS_RATIO):
            found: Estimate = getattr(self, measure)
            yield {
                "comparison": name,
                "measure": measure,
                "estimate": found.estimate,
                "conf_low": found.low,
                "conf_high": found.high,
                "first": np.nan,
                "second": np.nan,
                "first_n": self.first_n,
                "second_n": self.n - self.first_n,
                "p_value": self.p_value,
            }


def adjusted_mention(
    rows: AdvocacyRows, *, always: Sequence[str], level: float, seed: int
) -> AdjustedMention | Sentence:
    """Return the adjusted difference, or why it cannot be made.

    Parameters
    ----------
    rows
        Respondents of whom it is known whether they mention an employee.
    always
        Columns of the survey to hold equal beside drivers and text length.
    level, seed
        Of the intervals; where the fillings of blanks start.
    """
    recommended = rows.recommended
    if recommended is not None and np.isnan(recommended).any():
        rows = replace(rows, recommended=None)
    try:
        covariates = covariates_of(rows, always=always, seed=seed)
        return _adjusted(covariates, level)
    except CxError as error:
        return error.sentence


def _adjusted(covariates: Covariates, level: float) -> AdjustedMention | Sentence:
    rows = covariates.rows
    mention, top = rows.mention, rows.top.astype(np.float64)
    if mention is None or np.ptp(mention) == 0 or np.ptp(top) == 0:
        return sentence("agent_link.one_sided", n=len(top))
    designs = [_design(covariates, filled, mention, top) for filled in covariates.fillings]
    fits = [fit_top_box(design, level) for design in designs]
    fit = fits[0] if len(fits) == 1 else pooled_logistic(fits, designs[0].groups, level)
    return AdjustedMention(
        difference=_first(
            fit.effects.effect, np.maximum(fit.effects.low, -1), np.minimum(fit.effects.high, 1)
        ),
        odds_ratio=_odds(fit),
        p_value=float(fit.terms.p_value[0]),
        n=len(top),
        first_n=int(mention.sum()),
        names=covariates.names,
        fillings=len(fits),
        firth=fit.firth,
    )


def _design(
    covariates: Covariates, filled: FloatArray, mention: FloatArray, top: FloatArray
) -> Design:
    """Return a design with the mention as its one driver and all else as controls."""
    controls = zip(covariates.names, covariates.groups, strict=True)
    return replace(
        covariates.rows.rows,
        drivers=(MENTION,),
        terms=(RATING, *[CONTROL] * filled.shape[1]),
        groups=((0,),),
        needs=((),),
        controls={name: tuple(1 + place for place in group) for name, group in controls},
        columns=np.column_stack([mention, filled]),
        outcome=top,
        n_rated=np.array([len(top)]),
    )


def _odds(fit: LogisticFit) -> Estimate:
    terms = fit.terms
    with np.errstate(over="ignore"):
        return _first(*(np.exp(end) for end in (terms.estimate, terms.conf_low, terms.conf_high)))


def _first(*numbers: FloatArray) -> Estimate:
    return Estimate(*(float(values[0]) for values in numbers))
