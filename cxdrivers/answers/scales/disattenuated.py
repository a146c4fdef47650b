"""Show how far weights hang on how reliably drivers were measured: a sensitivity, no answer."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd

from cxdrivers.answers.scales.scale_estimates import estimated_scales, is_scale
from cxdrivers.errors import FitError
from cxdrivers.formatting import number, percent
from cxdrivers.importance.linear_shares import linear_shares
from cxdrivers.importance.ranking import ranks
from cxdrivers.moments.columns import RATING
from cxdrivers.moments.design import design_of
from cxdrivers.moments.given_data import survey_in
from cxdrivers.moments.moments import Moments, moments_of
from cxdrivers.survey.coding import FloatArray
from cxdrivers.survey.reliability import correlations_of
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import LANGUAGES, of_language, say

SINGULAR = 1e-8


@dataclass(frozen=True, eq=False)
class DisattenuatedWeights:
    """Weights as they are, beside weights as if every driver were measured without noise.

    Attributes
    ----------
    drivers
        Keys of the p drivers.
    omega
        Shape ``(p,)``: the reliability that was corrected for; NaN for what never varies.
    estimate, corrected
        Shape ``(p,)``: parts of R², not adjusted for noise, as they are and corrected.
    outcome, n
        What is explained, and respondents.
    labels
        What the drivers are called, by language and key.
    """

    drivers: tuple[str, ...]
    omega: FloatArray
    estimate: FloatArray
    corrected: FloatArray
    outcome: str
    n: int
    labels: dict[str, dict[str, str]]

    def tidy(self) -> pd.DataFrame:
        """Return one row a driver.

        Columns
        -------
        driver, omega
            Its key and the reliability of its score.
        estimate, share, rank
            Its part of R², that part of the whole, and its place, as the answers are.
        estimate_corrected, share_corrected, rank_corrected
            The same with unreliability taken out of the drivers.
        """
        return pd.DataFrame(
            {
                "driver": self.drivers,
                "omega": self.omega,
                "estimate": self.estimate,
                "share": _shares(self.estimate),
                "rank": ranks(self.estimate),
                "estimate_corrected": self.corrected,
                "share_corrected": _shares(self.corrected),
                "rank_corrected": ranks(self.corrected),
            }
        )

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the shares side by side as a reader wants them, largest first."""
        labels = of_language(self.labels, language)
        rows = self.tidy().sort_values("rank", kind="stable")
        return pd.DataFrame(
            {
                say("labels.column.driver", language): [labels[key] for key in rows["driver"]],
                say("scales.column.omega", language): [
                    number(omega, language) for omega in rows["omega"]
                ],
                say("labels.column.share", language): [
                    percent(share, language) for share in rows["share"]
                ],
                say("disattenuated.column.corrected", language): [
                    percent(share, language) for share in rows["share_corrected"]
                ],
            }
        )

    def summary(self, language: str = "en") -> str:
        """Say whether the order hangs on reliability, and that this is a sensitivity."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the finding as a list of plain sentences."""
        labels = of_language(self.labels, language)
        table = self.tidy()
        same = (table["rank"] == table["rank_corrected"]).all()
        moved = (table["share_corrected"] - table["share"]).abs()
        most = table.iloc[int(moved.fillna(0).to_numpy().argmax())]
        return [
            say("disattenuated.same" if same else "disattenuated.other", language),
            say(
                "disattenuated.most",
                language,
                driver=labels[most["driver"]],
                share=percent(most["share"], language, digits=1),
                corrected=percent(most["share_corrected"], language, digits=1),
                omega=number(most["omega"], language),
            ),
            say(
                "disattenuated.fit",
                language,
                fit=percent(float(self.estimate.sum()), language),
                corrected=percent(float(self.corrected.sum()), language),
                outcome=labels[self.outcome],
            ),
            say("disattenuated.sensitivity", language),
        ]

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.summary()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.summary())}</p>"


def disattenuated_weights(survey: Survey) -> DisattenuatedWeights:
    """Weigh the drivers as if each were measured without noise, beside the weights as they are.

    A sensitivity, never the answer. Unreliability takes from a driver's weight and gives part of
    it to drivers that go with it; correlations corrected for it (Spearman 1904) show how far the
    order hangs on that. They lean on one factor a driver and on errors that have nothing in common,
    they have a larger error themselves, and nobody can act on a score without noise.

    The outcome is not corrected: its unreliability makes all weights smaller alike and leaves the
    shares as they are. Neither is adjusted for what noise alone would explain.

    Parameters
    ----------
    survey
        Every driver must be the mean of several items.

    Returns
    -------
    DisattenuatedWeights

    Raises
    ------
    SurveyError
        When a check says that something must be mended first.
    FitError
        When a driver is not the mean of several items, when the answers do not tell how reliable
        it is, or when the corrected matrix cannot be one of correlations.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> from cxdrivers.answers.scales.disattenuated import disattenuated_weights
    >>> table = disattenuated_weights(cx.load_example()).tidy()
    >>> (table["estimate_corrected"].sum() > table["estimate"].sum()).item()
    True
    """
    survey = survey_in(survey)
    single = [question.key for question in survey.codebook.drivers if not is_scale(question)]
    if single:
        raise FitError("reliability_of_one_item", drivers=single, count=len(single))
    design = design_of(survey, blanks=True)
    moments = moments_of(design, survey.codebook.outcome.key)
    scales, _ = estimated_scales(survey, design, n_boot=0, seed=0, pairs=False)
    found = {scale.key: scale.omega for scale in scales}
    omega = np.array([found[driver] for driver in moments.drivers])
    varies = np.array([bool(group) for group in moments.groups])
    untold = [
        driver
        for driver, value, matters in zip(moments.drivers, omega, varies, strict=True)
        if matters and not value > 0
    ]
    if untold:
        raise FitError("reliability_untold", drivers=untold, count=len(untold))
    corrected = _without_noise(moments, omega)
    return DisattenuatedWeights(
        drivers=moments.drivers,
        omega=omega,
        estimate=linear_shares(moments.covariance, moments.groups),
        corrected=linear_shares(corrected, moments.groups),
        outcome=moments.outcome,
        n=moments.n,
        labels={code: survey.codebook.labels(code) for code in LANGUAGES},
    )


def _without_noise(moments: Moments, omega: FloatArray) -> FloatArray:
    """Return the covariances of drivers without the noise of their items.

    Noise is in the variance of a score and in no covariance. That holds for "not applicable" too:
    the score of those to whom it applied is centred, so its noise is in the variance of that
    column only.
    """
    covariance = moments.covariance.copy()
    owners: dict[int, int] = {}
    for place, group in enumerate(moments.groups):
        for column in group:
            if moments.terms[column] == RATING:
                covariance[column, column] *= omega[place]
                owners[column] = place
    correlation = correlations_of(covariance)
    smallest = float(np.linalg.eigvalsh(correlation).min())
    if smallest <= SINGULAR:
        columns = [*owners, len(covariance) - 1]
        names = [*(moments.drivers[place] for place in owners.values()), moments.outcome]
        between = np.abs(correlation[np.ix_(columns, columns)] - np.eye(len(columns)))
        first, second = sorted(divmod(int(between.argmax()), len(columns)))
        raise FitError(
            "corrected_indefinite",
            smallest=round(smallest, 4),
            driver=names[first],
            other=names[second],
            correlation=round(float(between.max()), 2),
        )
    return covariance


def _shares(weights: FloatArray) -> FloatArray:
    total = weights.sum()
    shares: FloatArray = weights / (total if total > 0 else np.nan)
    return shares
