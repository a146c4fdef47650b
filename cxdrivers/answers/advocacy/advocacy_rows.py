"""Lay side by side what each respondent scored, wrote and did: score, mention, recommendation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from cxdrivers.answers.advocacy.mention_flags import mention_flags
from cxdrivers.errors import FitError
from cxdrivers.moments.design import Design
from cxdrivers.moments.given_data import survey_in
from cxdrivers.moments.grades import threshold_of
from cxdrivers.moments.sampling import clusters_of, replicate_weights_of, strata_of
from cxdrivers.survey.advocacy_columns import verbatims, would_recommend, yes_or_no
from cxdrivers.survey.coding import BoolArray, FloatArray
from cxdrivers.survey.survey import Survey

if TYPE_CHECKING:
    from cxdrivers.mentions.mentions_result import Mentions

TEXT_LENGTH, MENTION, RECOMMENDED = "text_length", "mention", "recommended"


@dataclass(frozen=True, eq=False)
class AdvocacyRows:
    """The respondents with a score and a weight, with what they wrote and did.

    Attributes
    ----------
    survey
        Those respondents.
    lost
        Respondents without a score, or with a weight of zero.
    threshold
        From which score on a respondent is in the top box: the 8–10s.
    mention, recommended, would_recommend
        Shape ``(n,)``: 1, 0, or NaN where it is not known; None when the survey has no such
        column. A customer who wrote nothing is not known to mention or not to mention anybody.
    source
        Where the mentions come from: one of `mention_flags.SOURCES`, or None.
    """

    survey: Survey
    lost: int
    threshold: float
    mention: FloatArray | None
    recommended: FloatArray | None
    would_recommend: FloatArray | None
    source: str | None

    @property
    def score(self) -> FloatArray:
        """Shape ``(n,)``."""
        return self.survey.outcome

    @property
    def top(self) -> BoolArray:
        """Who is in the top box, shape ``(n,)``."""
        return self.score >= self.threshold

    @property
    def masses(self) -> FloatArray:
        """How much each row counts, shape ``(n,)``."""
        weights = self.survey.weights
        return np.ones(len(self.score)) if weights is None else weights

    @cached_property
    def rows(self) -> Design:
        """How the rows were sampled, without any columns: for drawing them again."""
        survey = self.survey
        used = np.ones(len(self.score), dtype=bool)
        cluster = clusters_of(survey, used)
        return Design(
            drivers=(),
            terms=(),
            groups=(),
            needs=(),
            controls={},
            columns=np.empty((len(used), 0)),
            outcome=self.score,
            weights=survey.weights,
            cluster=cluster,
            n_rated=np.empty(0, dtype=np.int64),
            base=survey.base,
            strata=strata_of(survey, used, cluster),
            replicate_weights=replicate_weights_of(survey, used),
            replicate_scale=survey.codebook.replicate_scale,
        )

    def among(self, kept: BoolArray) -> AdvocacyRows:
        """Return some of the rows.

        Parameters
        ----------
        kept
            Shape ``(n,)``.
        """

        def of(values: FloatArray | None) -> FloatArray | None:
            return None if values is None else values[kept]

        return replace(
            self,
            survey=self.survey.of_rows(kept),
            mention=of(self.mention),
            recommended=of(self.recommended),
            would_recommend=of(self.would_recommend),
        )

    @cached_property
    def text_lengths(self) -> FloatArray | None:
        """The logarithm of one plus the words that each wrote, shape ``(n,)``; None without texts.

        NaN where a customer wrote nothing.
        """
        if self.survey.codebook.verbatim is None:
            return None
        texts = verbatims(self.survey)
        return np.array([np.nan if text is None else np.log1p(len(text.split())) for text in texts])


def advocacy_rows(
    survey: Survey,
    *,
    mentions: Mentions | Sequence[float] | None = None,
    threshold: float | None = None,
    with_mentions: bool = True,
) -> AdvocacyRows:
    """Lay out the respondents with a score.

    Parameters
    ----------
    survey
        What was read.
    mentions
        What `find_mentions` returned for the survey's texts, or 1, 0 or NaN for every respondent.
        By default the survey's own column, and without one what is found in its texts.
    threshold
        From which score on a respondent is in the top box; by default 8 of 10.
    with_mentions
        Whether mentions are asked for; otherwise no text is read.

    Raises
    ------
    FitError
        When it is no survey, there are not as many mentions as respondents, or nobody has a score.
    SurveyError
        When a column cannot be read.
    """
    survey = survey_in(survey)
    flags, source = mention_flags(survey, mentions) if with_mentions else (None, None)
    book = survey.codebook
    recommended = None if book.recommended is None else yes_or_no(survey, "recommended")
    would = None if book.would_recommend is None else would_recommend(survey)
    scored = np.isfinite(survey.outcome)
    if survey.weights is not None:
        scored &= survey.weights > 0
    if not scored.any():
        raise FitError("nobody_scored", outcome=book.outcome.key, n=len(scored))
    whole = AdvocacyRows(
        survey=survey,
        lost=int((~scored).sum()),
        threshold=threshold_of(book.outcome, threshold, survey.outcome[scored]),
        mention=flags,
        recommended=recommended,
        would_recommend=would,
        source=source,
    )
    return whole.among(scored)
