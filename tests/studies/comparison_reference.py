"""Hold cxdrivers against what R's packages gave for the same correlation matrix."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import cxdrivers as cx

CASE = Path(__file__).parents[1] / "reference" / "a_mobi_composites.json"
JOINED = ","
"""What stands between the names of drivers in yhat's commonality coefficients."""


def reference() -> dict[str, Any]:
    """Return the case: a correlation matrix of six drivers, and what R's packages say of it."""
    facts: dict[str, Any] = json.loads(CASE.read_text(encoding="utf-8"))
    return facts


def correlation(outcome: str) -> pd.DataFrame:
    """Return the correlation matrix of the case, with the outcome last under this name."""
    facts = reference()
    names = [*facts["drivers"], outcome]
    return pd.DataFrame(facts["correlation"], index=names, columns=names)


def differences() -> dict[str, tuple[str, float]]:
    """Return what each package computes and the largest difference of ours from it."""
    facts = reference()
    data = cx.Moments.from_covariance(correlation("outcome"), outcome="outcome", n=facts["n"])
    ours = cx.compare_methods(data)
    estimates: Mapping[str, Any] = ours.estimates
    measures = ["lmg", "first", "last", "betasq", "pratt", "car"]
    parts = zip(ours.commonality["drivers"], ours.commonality["estimate"], strict=True)
    common = {JOINED.join(drivers): float(part) for drivers, part in parts}
    theirs = {_sorted(key): value for key, value in facts["commonality"].items()}
    dominates = np.array(facts["dominanceanalysis"]["complete"])
    return {
        "relaimpo": (
            "LMG, first, last, β², Pratt, CAR and Genizi's measure",
            max(
                *(_gap(estimates[measure], facts[measure]) for measure in measures),
                _gap(estimates["johnson"], facts["genizi"]),
            ),
        ),
        "domir": (
            "general and conditional dominance",
            max(
                _gap(estimates["lmg"], facts["domir"]["general"]),
                _gap(ours.conditional_dominance.to_numpy(), facts["domir"]["conditional"]),
            ),
        ),
        "rwa": ("Johnson's weights", _gap(estimates["johnson"], facts["rwa_raw"])),
        "yhat": (
            "commonality coefficients",
            max(abs(value - theirs[_sorted(key)]) for key, value in common.items()),
        ),
        "dominanceanalysis": (
            "complete dominance of every two drivers: 1, 0 or neither",
            _gap(_decided(data, facts["drivers"]), dominates),
        ),
    }


def _decided(data: cx.Moments, drivers: list[str]) -> np.ndarray[Any, Any]:
    """Return 1 where the row dominates the column completely, 0 the other way, else one half."""
    pairs = cx.driver_weights(data, adjusted=False).dominance()
    parts = pairs.set_index(["driver", "other"])["complete"].to_dict()
    return np.array(
        [[_decision(parts.get((one, other), 0.5)) for other in drivers] for one in drivers]
    )


def _decision(part: float) -> float:
    return part if part in (0, 1) else 0.5


def _gap(ours: Any, theirs: Any) -> float:
    return float(np.abs(np.subtract(ours, theirs)).max())


def _sorted(key: str) -> str:
    return JOINED.join(sorted(name.strip() for name in key.split(JOINED)))
