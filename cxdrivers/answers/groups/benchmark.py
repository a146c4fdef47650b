"""Keep what many surveys say of drivers, without a row of them, to place the next one in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import cast

import pandas as pd

from cxdrivers.answers.groups.benchmark_clients import BenchmarkClient, clients_table
from cxdrivers.answers.groups.benchmark_file import (
    BenchmarkContent,
    benchmark_bytes,
    write_benchmark,
)
from cxdrivers.answers.groups.benchmark_given import Surveys, given_clients
from cxdrivers.answers.groups.benchmark_making import numbered
from cxdrivers.answers.groups.benchmark_place import BenchmarkPlace
from cxdrivers.answers.groups.benchmark_placing import place_survey
from cxdrivers.answers.groups.benchmark_privacy import kept_of
from cxdrivers.answers.groups.benchmark_reading import FEWEST_CLIENTS, read_benchmark
from cxdrivers.answers.groups.benchmark_surveys import common_labels
from cxdrivers.answers.groups.benchmark_words import (
    field_sentences,
    field_table,
    privacy_sentences,
)
from cxdrivers.codebook.codebook import Codebook
from cxdrivers.errors import CxError, FitError, nearest
from cxdrivers.moments.moments import Moments
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import of_language

LEVEL = 0.95


@dataclass(frozen=True, eq=False)
class Benchmark:
    """What surveys of many clients say of the same drivers: a field to place the next client in.

    Make one with `Benchmark.of` or `Benchmark.load`. It holds numbers of clients with at least
    `minimum` respondents, rounded to steps of about their standard error, and of no driver with
    fewer than 25 ratings: no rows, no texts, no names of files, no dates, and names of clients
    only where that was asked for. Everything lies between 0 and 100 by the ends of the scales:
    people use the ends of a short scale more often, so hold like against like where they differ.

    Attributes
    ----------
    drivers, outcome
        Keys, the same in every survey.
    labels
        What they are called, by language and key.
    clients
        What is known of each.
    minimum
        Respondents that a client has at least.
    named
        Whether the clients have their own names; otherwise numbers, in an order that does not
        follow that of the surveys.
    left_out
        How many groups were smaller than `minimum`.

    Raises
    ------
    CxError
        With fewer than four clients.
    """

    drivers: tuple[str, ...]
    outcome: str
    labels: Mapping[str, dict[str, str]]
    clients: tuple[BenchmarkClient, ...]
    minimum: int
    named: bool
    left_out: int = 0

    def __post_init__(self) -> None:
        if len(self.clients) < FEWEST_CLIENTS:
            raise CxError(
                "benchmark_few_clients",
                count=len(self.clients),
                fewest=FEWEST_CLIENTS,
                left_out=self.left_out,
                minimum=self.minimum,
            )

    @classmethod
    def of(
        cls,
        surveys: Surveys,
        *,
        by: str | None = None,
        codebook: Codebook | None = None,
        minimum: int = 50,
        named: bool = False,
        seed: int = 0,
    ) -> Benchmark:
        """Make a benchmark of the surveys of at least four clients.

        Parameters
        ----------
        surveys
            Name → survey, a list of surveys, one survey of many clients with `by`, or the moments
            of groups.
        by
            Column of one survey that tells the clients apart.
        codebook
            What the moments of groups were made with, when they do not know it: it says how long
            the scales are.
        minimum
            Respondents that a client must have, at least 25. A smaller survey is refused; groups
            of one survey that are smaller are left out and counted.
        named
            Whether the names of the clients are kept.
        seed
            Of the random parts that say how uncertain the numbers are.

        Raises
        ------
        CxError
            When a survey is too small, has no scale, other drivers than the rest, or the numbers
            of another one, or fewer than four clients are left.

        Examples
        --------
        >>> from cxdrivers import load_example
        >>> from cxdrivers.answers.groups.benchmark import Benchmark
        >>> survey = load_example()
        >>> field = Benchmark.of(survey, by="organisation", named=True)
        >>> len(field.clients), field.named
        (4, True)
        """
        given = given_clients(
            surveys, by=by, codebook=codebook, minimum=minimum, named=named, seed=seed
        )
        first = given.codebooks[0]
        clients = tuple(kept_of(client, minimum=minimum) for client in given.clients)
        return cls(
            drivers=tuple(driver.key for driver in first.drivers),
            outcome=first.outcome.key,
            labels=common_labels(given.codebooks),
            clients=clients if named else numbered(clients),
            minimum=minimum,
            named=named,
            left_out=given.left_out,
        )

    @classmethod
    def load(cls, path: str | Path) -> Benchmark:
        """Load a benchmark that `save` wrote; nothing in the file is run, and all of it is checked.

        Raises `CxError` when it is not there, damaged, something else, or of a later version.
        """
        return cls(**read_benchmark(Path(path)))

    def save(self, path: str | Path, *, force: bool = False) -> None:
        """Write the benchmark to a file, as JSON, whole or not at all.

        Raises `CxError` when it is there already and `force` is not given, or cannot be written.
        """
        write_benchmark(Path(path), benchmark_bytes(self._content), force=force)

    def place(self, survey: Survey, *, level: float = LEVEL, seed: int = 0) -> BenchmarkPlace:
        """Place a survey among the clients: its performance, its weights, and both beside theirs.

        Parameters
        ----------
        survey
            With the same drivers and outcome, of at least 25 respondents. If it is that of one of
            the clients, it is held against the others.
        level
            Of the intervals.
        seed
            Of the random parts that say how uncertain the numbers are.

        Raises
        ------
        CxError
            When the survey has other drivers or no scale, or is too small.
        """
        return place_survey(
            survey,
            self.clients,
            drivers=self.drivers,
            outcome=self.outcome,
            labels=self.labels,
            level=level,
            seed=seed,
        )

    def moments(self, client: str) -> Moments:
        """Return the rounded moments of one client (its name in `tidy`), for other methods.

        Drivers that fewer than 25 respondents rated are not among them, and who did not meet a
        driver counts as average. Raises `CxError` when there is no such client.
        """
        by_name = {member.name: member for member in self.clients}
        if client not in by_name:
            near = nearest(client, by_name)
            raise FitError("benchmark_client_unknown", client=client, near=near, known=[*by_name])
        return by_name[client].moments(self.drivers, self.outcome)

    def tidy(self, *, level: float = LEVEL) -> pd.DataFrame:
        """Return one row a client and driver.

        Columns
        -------
        client, driver
            Its name or number, and the key of the driver.
        mean, mean_low, mean_high
            Performance between 0 and 100, of those who rated the driver.
        estimate, std_error, conf_low, conf_high
            Its part of R², with the noise taken out.
        share
            The same as a part of what all drivers explain at that client.
        effect, effect_low, effect_high
            Its own effect: points of the outcome for a point of the rating, both between 0 and
            100, the other drivers being equal.
        n
            Respondents with a rating.
        """
        return clients_table(self.clients, self.drivers, level)

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the field as a reader wants it: a row a driver."""
        return field_table(self.tidy(), of_language(self.labels, language), language)

    def summary(self, language: str = "en") -> str:
        """Return what the field is in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return what the field is as a list of plain sentences."""
        labels = of_language(self.labels, language)
        sizes = [client.n for client in self.clients]
        return [
            *field_sentences(self.tidy(), sizes, labels, labels[self.outcome], language),
            *privacy_sentences(self.minimum, self.left_out, language, named=self.named),
        ]

    @property
    def _content(self) -> BenchmarkContent:
        names = BenchmarkContent.__required_keys__
        return cast("BenchmarkContent", {name: getattr(self, name) for name in names})

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.summary()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.summary())}</p>"
