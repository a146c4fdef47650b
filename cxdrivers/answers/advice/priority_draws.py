"""Draw mean ratings and slopes in the very resamples that the weights come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cxdrivers.answers.advice.shape_boxes import drawn_from
from cxdrivers.answers.blanks.users_absence import mark_of
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.models.penalty_reward import slopes_of
from cxdrivers.models.satisfaction import SatisfactionModel, model_of
from cxdrivers.moments.columns import RATING
from cxdrivers.moments.design import Design
from cxdrivers.moments.incomplete import IncompleteRows, incomplete_rows, likeliest_moments
from cxdrivers.moments.incomplete import likeliest as likeliest_of
from cxdrivers.moments.moments import moments_of
from cxdrivers.moments.schemes import scheme_masses
from cxdrivers.moments.sums import FloatArray, moments_from_sums, row_products
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import EM, LINEAR


@dataclass(frozen=True, eq=False)
class RatedDrivers:
    """Where the ratings of q drivers stand among the columns of a design.

    Attributes
    ----------
    places
        Of each of them among the drivers.
    columns
        The position of its ratings.
    marks
        The position of its mark that it did not apply, or None.
    centres
        Shape ``(q,)``: what the design took off its ratings.
    """

    places: tuple[int, ...]
    columns: tuple[int, ...]
    marks: tuple[int | None, ...]
    centres: FloatArray

    def of_moments(self, mean: FloatArray, covariance: FloatArray) -> FloatArray:
        """Return each driver's mean among its users, its slope, and which part are its users.

        Parameters
        ----------
        mean, covariance
            Shapes ``(..., k + 1)`` and ``(..., k + 1, k + 1)``, outcome last.

        Returns
        -------
        ndarray, shape ``(..., 3, q)``
        """
        met = np.stack(
            [
                np.ones(mean.shape[:-1]) if mark is None else 1 - mean[..., mark]
                for mark in self.marks
            ],
            axis=-1,
        )
        among = np.full(met.shape, np.nan)
        np.divide(mean[..., list(self.columns)], met, out=among, where=met > 0)
        slopes = slopes_of(covariance)[..., list(self.columns)]
        return np.stack([self.centres + among, slopes, met], axis=-2)


@dataclass(frozen=True, eq=False)
class RatingDraws:
    """Mean, slope and part of users of q drivers, in the sample and in its resamples.

    Attributes
    ----------
    sample
        Shape ``(3, q)``.
    replicates
        Shape ``(B, 3, q)``: the resamples of the weights, in their order.
    """

    sample: FloatArray
    replicates: FloatArray


def rated_drivers(survey: Survey, design: Design, drivers: Sequence[str]) -> RatedDrivers:
    """Return where the ratings of some drivers stand in a design.

    Parameters
    ----------
    survey, design
        What was read, and how it was laid out.
    drivers
        Keys of drivers that are ratings and vary.
    """
    used = design.base.used
    places = [design.drivers.index(driver) for driver in drivers]
    columns = [
        next(column for column in design.groups[place] if design.terms[column] == RATING)
        for place in places
    ]
    centres = []
    for driver in drivers:
        away = survey.not_applicable[driver].to_numpy()[used]
        scores = survey.scores[driver].to_numpy(np.float64)[used]
        rated = np.isfinite(scores) & ~away
        kept = None if design.weights is None else design.weights[rated]
        centres.append(np.average(scores[rated], weights=kept) if away.any() else 0.0)
    return RatedDrivers(
        tuple(places),
        tuple(columns),
        tuple(mark_of(design, place) for place in places),
        np.array(centres),
    )


def linear_model_of(survey: Survey, weights: DriverWeights) -> SatisfactionModel:
    """Return the regression of the grades themselves behind weights of any kind."""
    settings = weights.settings
    if settings.kind == LINEAR:
        return weights.model
    design = weights.model.design
    rows = replace(design, outcome=survey.outcome[design.base.used])
    return model_of(rows, survey, level=settings.level, seed=settings.seed)


def drawn_masses(weights: DriverWeights) -> Iterator[tuple[int, FloatArray]]:
    """Yield how much every row counts in the resamples of weights, in their order.

    Yields
    ------
    int, ndarray of shape ``(b, n)``
        Which of the completed data sets was drawn from (0 when blanks were not filled in), and the
        masses.
    """
    settings, model = weights.settings, weights.model
    if not len(weights.replicates):
        return
    if not model.imputed or settings.missing == EM:
        parts = scheme_masses(
            model.design, settings.scheme, n_boot=settings.n_boot, seed=settings.seed
        )
        yield from ((0, part) for part in parts)
        return
    completed = drawn_from(model.imputed, n_boot=settings.n_boot, seed=settings.seed)
    for place, (filled, size, start) in enumerate(completed):
        for part in scheme_masses(filled, settings.scheme, n_boot=size, seed=start):
            yield place, part


def rating_draws(
    weights: DriverWeights, model: SatisfactionModel, rated: RatedDrivers
) -> RatingDraws:
    """Return means and slopes in the sample and in the resamples of the weights.

    Parameters
    ----------
    weights
        Whose resamples.
    model
        The regression of the grades on the same rows (`linear_model_of`). Blanks are estimated as
        for the weights: the likeliest moments of every resample, or a resample of one of the data
        sets in which they were filled in.
    rated
        Of which drivers.
    """
    likeliest = bool(model.imputed) and weights.settings.missing == EM
    designs = model.imputed if model.imputed and not likeliest else (model.design,)
    moments = [moments_of(design) for design in designs]
    sample = np.mean(
        [rated.of_moments(_known(found.mean), found.covariance) for found in moments], axis=0
    )
    drawn = [np.empty((0, *sample.shape))]
    if likeliest:
        values = np.column_stack([model.design.columns, model.design.outcome])
        rows = incomplete_rows(values, model.design.absent_beside_outcome)
        drawn += _likeliest_draws(rows, weights, rated)
        return RatingDraws(sample, np.concatenate(drawn))
    data = [np.column_stack([design.columns, design.outcome]) for design in designs]
    shifts = [values.mean(axis=0) for values in data]
    products = [row_products(values - shift) for values, shift in zip(data, shifts, strict=True)]
    for place, masses in drawn_masses(weights):
        mean, covariance = moments_from_sums(masses @ products[place])
        drawn.append(rated.of_moments(mean + shifts[place], covariance))
    return RatingDraws(sample, np.concatenate(drawn))


def _likeliest_draws(
    rows: IncompleteRows, weights: DriverWeights, rated: RatedDrivers
) -> Iterator[FloatArray]:
    start = likeliest_of(rows, np.ones((1, len(rows.order))))
    for _, masses in drawn_masses(weights):
        yield rated.of_moments(*likeliest_moments(rows, masses, start))


def _known(mean: FloatArray | None) -> FloatArray:
    if mean is None:
        raise ValueError("moments of rows have means")
    return mean
