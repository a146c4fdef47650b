"""Hold a survey: answers as they were given, and a codebook that says what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from cxdrivers.codebook.codebook import ITEMS, Codebook, Question
from cxdrivers.codebook.frames import Columns, codebook_of_frame
from cxdrivers.errors import SurveyError, nearest
from cxdrivers.reading.cells import is_blank
from cxdrivers.reading.grid import DECIMAL
from cxdrivers.reading.table import Code, Source
from cxdrivers.survey.base import Base, base_of
from cxdrivers.survey.coding import Answers, BoolArray, FloatArray, coded_answers
from cxdrivers.survey.scoring import Score, described, product, score
from cxdrivers.survey.weighting import read_replicate_weights, read_weights
from cxdrivers.wording import Sentence, say

if TYPE_CHECKING:
    from cxdrivers.survey.finding import Finding


DATA_FRAME = Source("data frame", "frame")


@dataclass(frozen=True, eq=False)
class Survey:
    """The answers of a survey with the codebook that says what they mean.

    Make one with `read_survey` (a file), `Survey.from_frame` (a data frame) or `load_example`.
    Nothing is dropped or imputed here; what stands in the way is listed by `findings`.

    Attributes
    ----------
    frame
        The answers as given, one row a respondent. It is never changed.
    codebook
        Which column is what.
    source
        Where the answers came from.
    drafted
        The open questions of a codebook that was drafted from the file and that nobody checked;
        None when a person wrote it.

    Raises
    ------
    SurveyError
        When the codebook names a column that is not there, or that is there twice, or the survey
        has no rows.
    """

    frame: pd.DataFrame
    codebook: Codebook
    source: Source = DATA_FRAME
    drafted: tuple[Sentence, ...] | None = None

    def __post_init__(self) -> None:
        if not len(self.frame):
            raise SurveyError("no_rows", survey=self.source.name)
        here = list(self.frame.columns)
        for column, role in self.codebook.columns():
            if column not in here:
                raise SurveyError(
                    "column_unknown",
                    column=column,
                    role=role,
                    survey=self.source.name,
                    near=nearest(column, here),
                    columns=here,
                )
            if here.count(column) > 1:
                raise SurveyError("column_twice", column=column)
        if not len(self.respondents):
            columns = self.codebook.required
            raise SurveyError("required_blank", columns=columns, rows=len(self.frame))

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame,
        *,
        outcome: str | Sequence[str],
        drivers: Columns | None = None,
        scale: tuple[float, float] | None = None,
        not_applicable: Iterable[Code] = (),
        dont_know: Iterable[Code] = (),
        labels: Mapping[str, str] | None = None,
        **columns: Any,
    ) -> Survey:
        """Make a survey from a data frame, without a codebook file.

        Parameters
        ----------
        frame
            One row a respondent. It is not changed.
        outcome
            Column with the satisfaction grade, or several whose mean is taken.
        drivers
            Columns that may explain it, or a mapping from driver to its items; by default every
            other column. One that pandas calls categorical is a factor: its categories share one
            weight.
        scale, not_applicable, dont_know
            Scale ends and codes, the same for all drivers; the outcome has the scale and the
            codes too. Give a codebook to `read_survey` when they differ.
        labels
            What charts call a driver or the outcome.
        **columns
            The other fields of a `Codebook`: weight, replicate_weights, replicate_scale,
            cluster, strata, segments, wave, verbatim, recommended, would_recommend, mention,
            respondent, title, language, note; and groups, what columns and codes are called:
            ``{"Q21": {"label": "Gender", "values": {1: "man", 2: "woman"}}}``.

        Raises
        ------
        SurveyError
            As the class.

        Examples
        --------
        >>> import pandas as pd, cxdrivers as cx
        >>> frame = pd.DataFrame({"grade": [6, 8, 9], "friendly": [5, 8, 10], "fast": [7, 7, 9]})
        >>> survey = cx.Survey.from_frame(frame, outcome="grade", drivers=["friendly", "fast"])
        >>> survey.tidy()[["driver", "mean", "n"]]
             driver      mean  n
        0     grade  7.666667  3
        1  friendly  7.666667  3
        2      fast  7.666667  3
        """
        shared: dict[str, Any] = {
            "scale": scale,
            "not_applicable": tuple(not_applicable),
            "dont_know": tuple(dont_know),
        }
        codebook = codebook_of_frame(
            frame,
            outcome=outcome,
            drivers=drivers,
            labels=labels or {},
            shared=shared,
            columns=columns,
        )
        return cls(frame, codebook)

    @cached_property
    def respondents(self) -> pd.DataFrame:
        """The rows in which every column that the codebook requires is filled in."""
        required = [*self.codebook.required]
        if not required:
            return self.frame
        return self.frame[~self.frame[required].map(is_blank).any(axis=1)]

    def of_rows(self, rows: BoolArray) -> Survey:
        """Return the same survey of some of its respondents.

        Parameters
        ----------
        rows
            Shape ``(respondents,)``: which of the rows of `respondents` stay.

        Raises
        ------
        SurveyError
            When none does.
        """
        return replace(self, frame=self.respondents[rows])

    @cached_property
    def answers(self) -> dict[str, Answers]:
        """The coded answers of the outcome and every driver, by key."""
        return {question.key: self.answers_to(question) for question in self.codebook.questions}

    def answers_to(self, question: Question) -> Answers:
        """Return the coded answers to one question.

        Raises
        ------
        SurveyError
            When a column holds text that is no number and no declared code.
        """
        return coded_answers(self.respondents, question, self._decimal)

    @property
    def drivers(self) -> tuple[str, ...]:
        """The keys of the drivers, in the order of the codebook."""
        return tuple(driver.key for driver in self.codebook.drivers)

    @cached_property
    def outcome(self) -> FloatArray:
        """The outcome, NaN where it is missing, shape ``(rows,)``."""
        return self._scored[self.codebook.outcome.key].values

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Score of every driver: the mean of at least half its items, NaN where there is none."""
        return pd.DataFrame(
            {driver: self._scored[driver].values for driver in self.drivers},
            index=self.respondents.index,
        )

    @cached_property
    def not_applicable(self) -> pd.DataFrame:
        """Where a driver did not apply to a respondent."""
        return pd.DataFrame(
            {driver: self._scored[driver].not_applicable for driver in self.drivers},
            index=self.respondents.index,
        )

    @cached_property
    def weights(self) -> FloatArray | None:
        """The weight of every row, or None when the survey has none.

        Raises
        ------
        SurveyError
            When a weight is missing, infinite or negative, or all are zero.
        """
        column = self.codebook.weight
        if column is None:
            return None
        return read_weights(self.respondents, column, self._decimal)

    @cached_property
    def replicate_weights(self) -> FloatArray | None:
        """The replicate weights of every row, shape ``(rows, R)``, or None when there are none.

        Raises
        ------
        SurveyError
            When one is missing, infinite or negative.
        """
        columns = self.codebook.replicate_weights
        if not columns:
            return None
        return read_replicate_weights(self.respondents, columns, self._decimal)

    @cached_property
    def base(self) -> Base:
        """Which respondents a model of all drivers can use, and why not the others."""
        return base_of(self.outcome, self.scores, ~self.not_applicable, self.weights)

    @cached_property
    def found(self) -> tuple[Finding, ...]:
        """What the checks found, most serious first."""
        from cxdrivers.survey.checks import check  # noqa: PLC0415  (a check reads a survey)

        return check(self)

    def findings(self, language: str | None = None) -> pd.DataFrame:
        """Return what stands out in the answers, most serious first.

        Parameters
        ----------
        language
            Language of the sentences; by default that of the codebook.

        Returns
        -------
        DataFrame
            One row a finding: `check`, `severity` (``stop``: no weights before it is mended;
            ``warn``: the numbers can be misread; ``note``), `column`, `rows`, `meaning` and
            `next_step`.
        """
        chosen = language or self.codebook.language
        columns = ["check", "severity", "column", "rows", "meaning", "next_step"]
        return pd.DataFrame([finding.row(chosen) for finding in self.found], columns=columns)

    def tidy(self) -> pd.DataFrame:
        """Return one row a driver, and the outcome first: its items, answers and spread.

        Columns: `driver`, `items`, `alpha` (NaN for one item), `mean`, `std` (weighted), `n`
        (respondents with a score), `not_applicable` and `missing` (respondents without).
        """
        return pd.DataFrame(
            {
                "driver": question.key,
                "items": len(question.items),
                **described(self.answers[question.key], self._scored[question.key], self.weights),
            }
            for question in self.codebook.questions
        )

    def headline(self, language: str = "en") -> str:
        """Return one line: which file, how many respondents, drivers and findings."""
        return say(
            "labels.survey.headline",
            language,
            survey=self.source.name,
            rows=len(self.respondents),
            drivers=len(self.drivers),
            count=len(self.found),
        )

    def __repr__(self) -> str:
        return self.headline()

    def _repr_html_(self) -> str:
        from html import escape  # noqa: PLC0415  (only notebooks come here)

        table = self.tidy().round(2).to_html(index=False)
        return f"<p>{escape(repr(self))}</p>{table}"

    @property
    def _decimal(self) -> str:
        """The decimal mark of numbers that stand as text: that of the file, else a point."""
        mark: str = self.frame.attrs.get(DECIMAL, ".")
        return mark

    @cached_property
    def _scored(self) -> dict[str, Score]:
        scored = {
            question.key: score(self.answers[question.key], every_item=question.kind == ITEMS)
            for question in self.codebook.questions
            if not question.interaction
        }
        for driver in self.codebook.drivers:
            if driver.interaction:
                scored[driver.key] = product([scored[key] for key in driver.interaction])
        return scored
