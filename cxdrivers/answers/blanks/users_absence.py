"""Say what not having met a driver goes with, beside the other drivers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.models.satisfaction import SatisfactionModel, model_of
from cxdrivers.moments.columns import NOT_APPLICABLE
from cxdrivers.moments.design import Design
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import LINEAR

COLUMNS = ("estimate", "conf_low", "conf_high", "p_value")
Routes = tuple[tuple[int, ...], ...]
"""Positions of the drivers, those together that did not apply to the same respondents."""


def absence_table(survey: Survey, weights: DriverWeights) -> pd.DataFrame:
    """Return what not having met each driver goes with: the coefficient of its mark 1 − D.

    Drivers whose marks are the same have one effect, of having met none of them: a regression can
    tell no more.

    Parameters
    ----------
    survey
        What was read.
    weights
        Of everybody in it.

    Returns
    -------
    DataFrame
        One row for each driver that did not apply to some: `driver`, `route` (the first driver
        with the same mark), `estimate`, `conf_low`, `conf_high`, `p_value` and `n` (respondents to
        whom it did not apply). In outcome units, or for a model of chances in probability. NaN
        where it cannot be told.
    """
    design = weights.model.design
    routes = routes_of(design)
    first = {design.drivers[place]: design.drivers[route[0]] for route in routes for place in route}
    effects = _effects(_model_of_routes(survey, weights, routes))
    away = survey.not_applicable.loc[design.base.used].sum()
    rows = [
        {
            "driver": driver,
            "route": first[driver],
            **effects.get(first[driver], dict.fromkeys(COLUMNS, np.nan)),
            "n": int(away[driver]),
        }
        for driver in design.drivers
        if away[driver]
    ]
    return pd.DataFrame(rows, columns=["driver", "route", *COLUMNS, "n"])


def routes_of(design: Design) -> Routes:
    """Return the drivers by the respondents to whom they did not apply.

    A route through a questionnaire, or an organisation without a menu, leaves several questions
    out at once. A driver without a mark is by itself.
    """
    routes: dict[bytes, list[int]] = {}
    for place in range(len(design.drivers)):
        mark = mark_of(design, place)
        told = str(place).encode() if mark is None else design.columns[:, mark].tobytes()
        routes.setdefault(told, []).append(place)
    return tuple(tuple(route) for route in routes.values())


def mark_of(design: Design, place: int) -> int | None:
    """Return the position of the column that marks a driver as not applicable, if there is one."""
    marks = [column for column in design.groups[place] if design.terms[column] == NOT_APPLICABLE]
    return marks[0] if marks else None


def merged_design(design: Design, routes: Routes) -> Design:
    """Return a design in which the drivers of a route are one driver, with one mark."""
    again = {mark_of(design, place) for route in routes for place in route[1:]}
    kept = [column for column in range(len(design.terms)) if column not in again]
    position = {column: place for place, column in enumerate(kept)}
    groups = [
        [
            position[column]
            for place in route
            for column in design.groups[place]
            if column in position
        ]
        for route in routes
    ]
    return replace(
        design,
        drivers=tuple(design.drivers[route[0]] for route in routes),
        terms=tuple(design.terms[column] for column in kept),
        groups=tuple(tuple(sorted(group)) for group in groups),
        needs=((),) * len(routes),
        controls={
            name: tuple(position[column] for column in columns)
            for name, columns in design.controls.items()
        },
        columns=design.columns[:, kept],
        n_rated=design.n_rated[[route[0] for route in routes]],
    )


def _model_of_routes(survey: Survey, weights: DriverWeights, routes: Routes) -> SatisfactionModel:
    """Return the regression of everybody, once more when some marks are the same."""
    model, settings = weights.model, weights.settings
    if len(routes) == len(model.drivers):
        return model
    design = merged_design(model.design, routes)
    return model_of(
        replace(design, outcome=survey.outcome[design.base.used]),
        survey,
        kind=settings.kind,
        threshold=settings.threshold,
        level=settings.level,
        seed=settings.seed,
    )


def _effects(model: SatisfactionModel) -> dict[str, dict[str, float]]:
    table = model.tidy()
    if model.kind != LINEAR:
        shown = {"effect": "estimate", "effect_low": "conf_low", "effect_high": "conf_high"}
        table = table.drop(columns=[*shown.values()]).rename(columns=shown)
    marks = table[table["term"] == NOT_APPLICABLE].set_index("driver")
    return {str(driver): dict(row) for driver, row in marks[[*COLUMNS]].iterrows()}
