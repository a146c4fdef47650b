"""Put penalties, rewards, slopes and classes into one table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import ndtri
from scipy.stats import norm

from cxdrivers.answers.advice.shape_boxes import BoxEstimates
from cxdrivers.answers.advice.shape_classes import CLASSES, classes_of, verdict_of
from cxdrivers.answers.advice.shape_cut_offs import CutOffs
from cxdrivers.answers.advice.shape_drivers import ShapeDriver
from cxdrivers.answers.advice.shape_ends import EndEstimates
from cxdrivers.answers.advice.shape_slopes import HingeEstimates
from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.weights_intervals import by_replicate_weights, fitting_interval
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.hinge import equivalence
from cxdrivers.models.many_tests import holm_adjusted
from cxdrivers.models.penalty_reward import impact_asymmetry
from cxdrivers.moments.design import Design

MARGIN = 0.1
"""An effect of a standard deviation below a tenth of that of the outcome is next to nothing."""

About = tuple[Settings, Design, float]
"""How it was resampled, the rows, and the standard deviation of the outcome."""


def shape_table(
    drivers: Sequence[ShapeDriver],
    *,
    cut_offs: Sequence[CutOffs],
    boxes: Sequence[BoxEstimates],
    slopes: tuple[HingeEstimates, HingeEstimates],
    knots: tuple[FloatArray, FloatArray],
    ends: EndEstimates | None,
    about: About,
) -> pd.DataFrame:
    """Return one row a driver and setting, as `DriverShapes.tidy` describes them.

    Parameters
    ----------
    drivers
        Those that have a shape.
    cut_offs, boxes
        Of each setting.
    slopes
        In units of the outcome, and on the scale on which a change of slope is tested.
    knots
        Where slopes change most, in the sample and in resamples.
    ends
        Bottom against top of the outcome, or None.
    about
        How it was resampled, the rows, and the standard deviation of the outcome.
    """
    settings, design, _ = about
    tested = slopes[1]
    statistics = tested.statistics(tested.slopes)
    drawn = tested.statistics(tested.replicates)
    asymmetries = [impact_asymmetry(found.penalty, found.reward) for found in boxes]
    resampled = [impact_asymmetry(found.penalties, found.rewards) for found in boxes]
    classes = np.stack([classes_of(statistics, own, settings.level) for own in asymmetries])
    votes = np.stack([classes_of(drawn, own, settings.level) for own in resampled])
    verdict, verdict_votes = verdict_of(classes), verdict_of(votes)
    voted = settings.n_boot > 0 and not by_replicate_weights(settings, design)
    same = _shared_columns(drivers, slopes, knots, ends, about)
    parts = []
    for place, found in enumerate(boxes):
        pairs = [cut_offs[place][driver.key] for driver in drivers]
        columns = {
            "driver": [driver.key for driver in drivers],
            "setting": place + 1,
            "low": [low for low, _ in pairs],
            "high": [high for _, high in pairs],
            "n": [int(driver.rated.sum()) for driver in drivers],
            "n_low": found.n_low.astype(np.int64),
            "n_high": found.n_high.astype(np.int64),
        }
        for name, estimate, replicates in (
            ("penalty", found.penalty, found.penalties),
            ("reward", found.reward, found.rewards),
            ("asymmetry", asymmetries[place], resampled[place]),
        ):
            columns |= _with_interval(name, estimate, replicates, settings, design)
        columns |= same
        columns["class"] = _names(classes[place])
        columns["probability"] = _votes(votes[place], classes[place], voted=voted)
        columns["verdict"] = _names(verdict)
        columns["verdict_probability"] = _votes(verdict_votes, verdict, voted=voted)
        parts.append(pd.DataFrame(columns))
    table = pd.concat(parts, ignore_index=True)
    place_of = {driver.key: place for place, driver in enumerate(drivers)}
    return table.sort_values(
        "driver", key=lambda keys: keys.map(place_of), kind="stable", ignore_index=True
    )


def _shared_columns(
    drivers: Sequence[ShapeDriver],
    slopes: tuple[HingeEstimates, HingeEstimates],
    knots: tuple[FloatArray, FloatArray],
    ends: EndEstimates | None,
    about: About,
) -> dict[str, object]:
    """Return the columns that are the same in every setting."""
    settings, design, spread = about
    lines, tested = slopes
    reach = ndtri((1 + settings.level) / 2) * lines.std_errors
    bend = tested.statistics(tested.slopes)[:, 2]
    signs = np.array([driver.sign for driver in drivers])
    margin = MARGIN * spread / np.array([driver.spread for driver in drivers])
    nil = equivalence(lines.slopes, lines.std_errors, margin[:, np.newaxis])
    low, high = fitting_interval(knots[0], knots[1], settings, design)
    nothing = np.full(len(drivers), np.nan)
    found: dict[str, object] = {"centre": [driver.meeting for driver in drivers]}
    for side, name in enumerate(("slope_below", "slope_above")):
        found[name] = lines.slopes[:, side]
        found[f"{name}_low"] = lines.slopes[:, side] - reach[:, side]
        found[f"{name}_high"] = lines.slopes[:, side] + reach[:, side]
    return found | {
        "p_value": holm_adjusted(np.asarray(2 * norm.sf(np.abs(bend)), np.float64)),
        "p_below_nil": nil[:, 0],
        "p_above_nil": nil[:, 1],
        "knot": signs * knots[0],
        "knot_low": np.where(signs > 0, low, -high),
        "knot_high": np.where(signs > 0, high, -low),
        "ends_difference": nothing if ends is None else ends.difference,
        "ends_p_value": nothing if ends is None else ends.p_value,
    }


def _with_interval(
    name: str, estimate: FloatArray, replicates: FloatArray, settings: Settings, design: Design
) -> dict[str, FloatArray]:
    low, high = fitting_interval(estimate, replicates, settings, design)
    return {name: estimate, f"{name}_low": low, f"{name}_high": high}


def _names(classes: FloatArray | np.ndarray) -> list[str]:
    return [CLASSES[place] for place in classes]


def _votes(drawn: np.ndarray, found: np.ndarray, *, voted: bool) -> FloatArray:
    """Return the share of resamples that say what the sample says."""
    if not voted or not len(drawn):
        return np.full(len(found), np.nan)
    share: FloatArray = (drawn == found).mean(axis=0)
    return share
