"""Say what is measured where the rows are: programs, numbers of rows, blanks, shapes of tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.studies.benchmarks_engine_data import Answers
from tests.studies.benchmarks_engine_tasks import Task

ROWS = 100_000_000
PARTS, RESAMPLES = 200, 1000
ROUNDS = 3

MAIN, BLANK, WIDE = Answers(), Answers(blanks=True), Answers(drivers=20)
BY_HAND, PACKAGE = "by hand", "package"
OURS = ((BY_HAND, 0), (PACKAGE, 0), (PACKAGE, PARTS))
POLARS = ("polars, whole", "polars, doubles", "package, polars")
PANDAS = ("pandas, products", "pandas, matrices")
PRICES = ((False, False), (True, False), (True, True))
"""Without blanks and weights, with blanks, with both."""
SHAPES = ((MAIN, ""), (MAIN, "client"), (MAIN, "team"), (WIDE, "client"))
STEPS = (1, 3, 10, 30, 100)


@dataclass(frozen=True)
class Case:
    """What is measured.

    Attributes
    ----------
    task
        What is done; where its files are is not known yet.
    rows
        Of so many rows.
    rounds
        In so many processes.
    """

    task: Task
    rows: int
    rounds: int = 1

    @property
    def key(self) -> tuple[Task, int]:
        """What is the same for the same measurement."""
        return self.task, self.rows


@dataclass(frozen=True)
class Plan:
    """Everything that is measured.

    Attributes
    ----------
    rows
        Rows of the largest table.
    steps
        Of how many hundredths of them the same is told.
    rounds
        Fresh processes for what ratios are made of; the best counts.
    shapes
        What else is told of a tenth of the rows: which answers, and by which column.
    """

    rows: int = ROWS
    steps: tuple[int, ...] = STEPS
    rounds: int = ROUNDS
    shapes: tuple[tuple[Answers, str], ...] = SHAPES

    @property
    def tenth(self) -> int:
        """Rows of the tables that are told briefly."""
        return self.rows // 10

    @property
    def ladder(self) -> tuple[int, ...]:
        """Numbers of rows, the largest last."""
        return tuple(self.rows * step // 100 for step in self.steps)

    @property
    def nothing(self) -> Case:
        """A process that has only imported everything."""
        return Case(task_of("nothing"), self.tenth)

    @property
    def side_by_side(self) -> tuple[Case, ...]:
        """All programs on the largest table; those that are slow, on a tenth of it."""
        by_hand, *ours = self.rung(self.rows)
        checked = Case(task_of("by hand, checked"), self.rows, self.rounds)
        in_parts = Case(task_of("by hand, parts"), self.rows)
        most = [Case(task_of(name), self.rows, self.rounds) for name in POLARS]
        least = [Case(task_of(name), self.tenth) for name in PANDAS]
        return (by_hand, checked, *ours, in_parts, *most, *least)

    @property
    def weighings(self) -> tuple[Case, ...]:
        """The weights of all clients from their moments, without and with resamples."""
        task = task_of("weights", parts=PARTS)
        return tuple(Case(replace(task, n_boot=count), self.tenth) for count in (0, RESAMPLES))

    def rung(self, rows: int) -> tuple[Case, ...]:
        """Return what is measured of every number of rows."""
        rounds = self.rounds if rows == self.rows else 1
        return tuple(Case(task_of(name, parts=parts), rows, rounds) for name, parts in OURS)

    def price(self, *, blanks: bool, weighted: bool) -> tuple[Case, ...]:
        """Return what is measured to tell the price of blanks and of weights."""
        answers = BLANK if blanks else MAIN
        return tuple(
            Case(
                replace(task_of(name, answers, parts=parts), blanks=blanks, weighted=weighted),
                self.tenth,
            )
            for name, parts in (*OURS, ("polars, doubles", 0))
        )

    def shape(self, answers: Answers, by: str) -> tuple[Case, ...]:
        """Return what is measured of another shape."""
        return tuple(
            Case(task_of(name, answers, by, parts=parts), self.tenth) for name, parts in OURS
        )

    def __iter__(self) -> Iterator[Case]:
        """Yield everything, nothing twice."""
        every = [self.nothing, *self.side_by_side, *self.weighings]
        every += [case for rows in self.ladder for case in self.rung(rows)]
        for blanks, weighted in PRICES:
            every += self.price(blanks=blanks, weighted=weighted)
        for answers, by in self.shapes:
            every += self.shape(answers, by)
        found: dict[tuple[Task, int], Case] = {}
        for case in every:
            _ = found.setdefault(case.key, case)
        yield from found.values()


def task_of(program: str, answers: Answers = MAIN, by: str = "client", *, parts: int = 0) -> Task:
    """Return a task that has no folder yet."""
    return Task(program, "", answers, by, parts=parts)
