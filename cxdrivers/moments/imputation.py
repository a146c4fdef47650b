"""Fill blanks in several times, so that what follows shows how little they are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from cxdrivers.moments.design import Design
from cxdrivers.moments.incomplete import (
    ROUGH,
    Likeliest,
    expected_columns,
    incomplete_rows,
    likeliest,
)
from cxdrivers.moments.kept import kept
from cxdrivers.moments.schemes import REPLICATE_WEIGHTS, RESPONDENTS, scheme_masses, scheme_of
from cxdrivers.moments.sums import FloatArray

FEWEST, MOST = 5, 20


def filling_count(design: Design) -> int:
    """Return how often to fill blanks in: once for every per cent of the rows that has some.

    But at least 5 times and at most 20 (White, Royston & Wood 2011, *Statistics in Medicine* 30,
    377–399).
    """
    rows = np.isnan(design.columns).any(axis=1).mean()
    return int(np.clip(np.ceil(100 * rows), FEWEST, MOST))


def filled_designs(design: Design, *, seed: int) -> tuple[Design, ...]:
    """Return a design with its blanks filled in, as often as `filling_count` says.

    Parameters
    ----------
    design
        Without blanks it is returned itself, alone.
    seed
        The same seed gives the same values, which are drawn once for a design.
    """
    if not design.has_blanks:
        return (design,)
    m = filling_count(design)
    return kept(design, (m, seed), lambda: tuple(imputed_designs(design, m=m, seed=seed)))


def imputed_designs(design: Design, *, m: int, seed: int) -> Iterator[Design]:
    """Yield a design m times with its blanks filled in by chance.

    Each time means and covariances are estimated from a resample of the respondents or clusters,
    and a blank is drawn from the normal distribution that these give it, the outcome and the other
    answers being as they are (EMB: Honaker & King 2010, *American Journal of Political Science*
    54(2), 561–581). Values are not rounded to answers: rounding would bias what follows (Horton,
    Lipsitz & Parzen 2003, *The American Statistician* 57(4), 229–232).

    Parameters
    ----------
    design
        With blanks.
    m
        How many times.
    seed
        The same seed gives the same values.
    """
    rows = incomplete_rows(
        np.column_stack([design.columns, design.outcome]), design.absent_beside_outcome
    )
    scheme = scheme_of(design)
    drawn = RESPONDENTS if scheme == REPLICATE_WEIGHTS else scheme
    masses = np.concatenate(list(scheme_masses(design, drawn, n_boot=m, seed=seed)))
    sample = likeliest(rows, np.ones((1, len(rows.order))), close=ROUGH)
    drawn_from = likeliest(rows, masses, sample, close=ROUGH)
    rng = np.random.default_rng([seed, m])
    columns = np.where(
        np.isnan(design.columns), 0.0, (design.columns - rows.centre[:-1]) / rows.scale[:-1]
    )
    known = np.column_stack([columns, (design.outcome - rows.centre[-1]) / rows.scale[-1]])
    for place in range(m):
        one = Likeliest(drawn_from.mean[[place]], drawn_from.covariance[[place]])
        told = expected_columns(rows, one, last=True)
        filled = design.columns.copy()
        for pattern, given in enumerate(rows.given):
            blank = np.flatnonzero(~given & ~rows.absent[pattern])
            if blank.size:
                who = rows.rows_of(pattern)
                slopes = told.slopes[0, pattern][blank]
                left = told.left[0, pattern][np.ix_(blank, blank)]
                expected = told.constant[0, pattern][blank] + known[who] @ slopes.T
                chance = rng.standard_normal(expected.shape) @ _root(left).T
                drawn_values = (expected + chance) * rows.scale[blank] + rows.centre[blank]
                filled[np.ix_(who, blank)] = drawn_values
        yield replace(design, columns=filled)


def _root(covariance: FloatArray) -> FloatArray:
    """Return a matrix whose square is a covariance that may have directions without variance."""
    sizes, directions = np.linalg.eigh(covariance)
    root: FloatArray = directions * np.sqrt(np.maximum(sizes, 0.0))
    return root
