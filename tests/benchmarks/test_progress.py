"""Whether the bar that `driver_weights` shows while it resamples tells how much is done."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.answers.weights import estimation
from cxdrivers.importance import likelihood_lattice
from cxdrivers.importance.ascent import peak_of
from tests.samples import answers, survey_of

SLOPES = (0.5, 0.3, 0.2, 0.1, 0.0)
RESAMPLES = 600


class Bar:
    """Remembers how full it was after every tick, and how much had been computed by then."""

    def __init__(self, *, total: int, **_: Any) -> None:
        self.total, self.full = total, 0.0
        self.seen: list[tuple[float, float]] = []
        self.work = 0.0

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave it as it is, for the test to look at."""

    def update(self, done: float) -> None:
        """Note a tick."""
        self.full += done
        self.seen.append((self.full, self.work))


@pytest.fixture
def bars(monkeypatch: pytest.MonkeyPatch) -> list[Bar]:
    """Return the bars that are made, each told of the climbs that follow it."""
    made: list[Bar] = []

    def bar(**asked: Any) -> Bar:
        made.append(Bar(**asked))
        return made[-1]

    def noted(rows: Any, start: Any, masses: Any, *others: Any, **named: Any) -> Any:
        if made and len(masses) > 1:
            made[-1].work += len(masses) * len(start)
        return peak_of(rows, start, masses, *others, **named)

    monkeypatch.setattr(estimation, "tqdm", bar)
    monkeypatch.setattr(likelihood_lattice, "peak_of", noted)
    return made


@pytest.mark.parametrize(("kind", "ticks"), [("top_box", 96), ("ordinal", 96), ("linear", 1)])
def test_the_bar_is_as_long_as_the_resamples_and_ends_full(kind: str, ticks: int, bars: list[Bar]):
    """Ticks come after every subset of 256 resamples, not only at the end."""
    _weigh(kind)
    [bar] = bars
    assert bar.total == RESAMPLES
    assert bar.full == pytest.approx(RESAMPLES, abs=1e-9)
    assert len(bar.seen) >= ticks


@pytest.mark.parametrize("kind", ["top_box", "ordinal"])
def test_the_bar_grows_with_the_work(kind: str, bars: list[Bar]):
    """Work is the number of parameters climbed in: halfway the bar, about half of it is done."""
    _weigh(kind)
    full, work = np.array(bars[0].seen).T
    assert (np.diff(full) > 0).all()
    np.testing.assert_allclose(full / full[-1], work / work[-1], atol=0.15)


def test_no_bar_moves_where_nothing_is_resampled(bars: list[Bar]):
    _weigh("top_box", n_boot=0)
    assert [(bar.total, bar.full) for bar in bars] == [(0, 0.0)]


def _weigh(kind: str, n_boot: int = RESAMPLES) -> None:
    frame = answers(SLOPES, n=120)
    frame["satisfaction"] = frame["satisfaction"].round().clip(5, 9)
    threshold = None if kind == "linear" else 8
    cx.driver_weights(survey_of(frame), kind=kind, threshold=threshold, n_boot=n_boot)
