"""Read a benchmark as a file of somebody else: nothing in it is believed before it is checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from cxdrivers.answers.groups.benchmark_clients import BenchmarkClient
from cxdrivers.answers.groups.benchmark_file import (
    FORMAT,
    SCALE,
    VECTORS,
    VERSION,
    BenchmarkContent,
)
from cxdrivers.answers.groups.benchmark_json import LONGEST_NUMBER, GivenJson, client_name
from cxdrivers.answers.groups.group_estimates import MEASURES, WEIGHT
from cxdrivers.errors import CxError
from cxdrivers.moments.sums import FloatArray
from cxdrivers.wording import LANGUAGES

LARGEST = 64 * 2**20
"""Bytes of a file: about 30,000 clients with 7 drivers."""
SMALLEST_MINIMUM = 25
"""No client with fewer respondents is kept, and no driver with fewer ratings, whatever is asked."""
FEWEST_CLIENTS = 4
"""A field of fewer clients is no field, and would show each of them."""
ROUNDING = 1e-6
PARTS = (
    "clients",
    "drivers",
    "format",
    "labels",
    "left_out",
    "minimum",
    "named",
    "outcome",
    "scale",
    "version",
)
CLIENT_PARTS = ("covariance", "degrees", "n", "n_effective", *VECTORS)


def read_benchmark(path: Path) -> BenchmarkContent:
    """Read and check a file that `benchmark_bytes` made.

    Raises
    ------
    CxError
        When there is no such file, or it is too large, no JSON, something else, of a later version,
        or holds what cannot be.
    """
    if not path.is_file():
        raise CxError("benchmark_not_found", file=path.name)
    size = path.stat().st_size
    if size > LARGEST:
        raise CxError("benchmark_too_large", file=path.name, size=size, most=LARGEST)
    file = GivenJson(path.name)
    try:
        tree = json.loads(
            path.read_bytes().decode("utf-8"),
            object_pairs_hook=file.table_of,
            parse_constant=file.no_number,
            parse_int=file.whole_number,
        )
    except CxError:
        raise
    except (ValueError, RecursionError) as error:
        raise CxError("benchmark_not_json", file=path.name) from error
    except OSError as error:
        reason = error.strerror
        raise CxError("benchmark_not_readable", file=path.name, reason=reason) from error
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise CxError("benchmark_foreign", file=path.name)
    version = tree.get("version")
    if version != VERSION or isinstance(version, bool):
        found = str(version)[:LONGEST_NUMBER]
        raise CxError("benchmark_version", file=path.name, found=found, known=str(VERSION))
    return _content(file, tree)


def _content(file: GivenJson, tree: dict[str, Any]) -> BenchmarkContent:
    file.check_parts(tree, "", PARTS)
    drivers = file.texts(tree["drivers"], "drivers")
    (outcome,) = file.texts([tree["outcome"]], "outcome")
    if outcome in drivers:
        file.refuse("outcome", "name_twice", name=outcome)
    if tree["scale"] != list(SCALE):
        file.refuse("scale", "no_scale", low=SCALE[0], high=SCALE[1])
    if not isinstance(tree["named"], bool):
        file.refuse("named", "no_truth")
    minimum = file.count(tree["minimum"], "minimum", low=SMALLEST_MINIMUM)
    if not isinstance(tree["clients"], list) or len(tree["clients"]) < FEWEST_CLIENTS:
        file.refuse("clients", "few_clients", fewest=FEWEST_CLIENTS)
    named = tree["named"]
    clients = [
        _client(file, entry, place, len(drivers), minimum=minimum, named=named)
        for place, entry in enumerate(tree["clients"], 1)
    ]
    file.texts([client.name for client in clients], "clients")
    return {
        "drivers": drivers,
        "outcome": outcome,
        "labels": _labels(file, tree["labels"], (*drivers, outcome)),
        "clients": tuple(clients),
        "minimum": minimum,
        "named": named,
        "left_out": file.count(tree["left_out"], "left_out", low=0),
    }


def _labels(file: GivenJson, labels: Any, keys: tuple[str, ...]) -> dict[str, dict[str, str]]:
    file.check_parts(labels, "labels", LANGUAGES)
    for code in LANGUAGES:
        place = f"labels.{code}"
        file.check_parts(labels[code], place, keys)
        if not all(isinstance(label, str) for label in labels[code].values()):
            file.refuse(place, "no_names")
    return {code: dict(labels[code]) for code in LANGUAGES}


def _client(
    file: GivenJson, entry: Any, number: int, drivers: int, *, minimum: int, named: bool
) -> BenchmarkClient:
    where = f"clients[{number}]"
    file.check_parts(entry, where, (*CLIENT_PARTS, *(("name",) if named else ())))
    n = file.count(entry["n"], f"{where}.n", low=minimum)
    sizes = {name: drivers + (name.startswith("mean")) for name in VECTORS}
    found = {
        name: file.numbers(entry[name], f"{where}.{name}", size) for name, size in sizes.items()
    }
    _check_numbers(file, found, where, n)
    told = np.isfinite(found["mean"])
    covariance = _covariance(file, entry["covariance"], f"{where}.covariance", told)
    rated = found.pop("rated").astype(np.intp)
    return BenchmarkClient(
        name=file.texts([entry["name"]], f"{where}.name")[0] if named else client_name(number),
        n=n,
        n_effective=file.number(
            entry["n_effective"], f"{where}.n_effective", low=1.0, high=n * (1 + ROUNDING)
        ),
        degrees=file.count(entry["degrees"], f"{where}.degrees", low=1),
        rated=rated,
        covariance=covariance,
        **found,
    )


def _check_numbers(file: GivenJson, found: dict[str, FloatArray], where: str, n: int) -> None:
    rated = found["rated"]
    if not ((rated >= 0) & (rated <= n) & (rated == np.floor(rated))).all():
        file.refuse(f"{where}.rated", "outside", low=0.0, high=float(n))
    hidden = np.append(rated < SMALLEST_MINIMUM, False)
    if (np.isnan(found["mean"]) != hidden).any():
        file.refuse(f"{where}.mean", "few_ratings", fewest=SMALLEST_MINIMUM)
    for name in MEASURES:
        shown = np.isfinite(found[name])
        size = len(shown)
        if (shown & hidden[:size]).any():
            file.refuse(f"{where}.{name}", "few_ratings", fewest=SMALLEST_MINIMUM)
        variance = found[f"{name}_variance"]
        if (variance < 0).any() or (np.isfinite(variance) & ~shown).any():
            file.refuse(f"{where}.{name}_variance", "no_variance")
    low, high = SCALE
    for name, least, most in (("mean", low, high), (WEIGHT, -1, 1)):
        if ((found[name] < least - ROUNDING) | (found[name] > most + ROUNDING)).any():
            file.refuse(f"{where}.{name}", "outside", low=float(least), high=float(most))


def _covariance(file: GivenJson, rows: Any, place: str, told: Any) -> FloatArray:
    """Return a matrix that is square and symmetric, and that real answers can have."""
    size = len(told)
    if not isinstance(rows, list) or len(rows) != size:
        file.refuse(place, "square", size=size)
    matrix = np.stack([file.numbers(row, place, size) for row in rows])
    if (np.isfinite(matrix) != np.outer(told, told)).any():
        file.refuse(place, "few_ratings", fewest=SMALLEST_MINIMUM)
    known = matrix[np.ix_(told, told)]
    if not np.allclose(known, known.T, rtol=ROUNDING, atol=ROUNDING):
        file.refuse(place, "not_symmetric")
    spread = np.diag(known)
    if (spread < 0).any() or (spread > (SCALE[1] - SCALE[0]) ** 2).any():
        file.refuse(place, "no_variance")
    scale = np.sqrt(np.where(spread > 0, spread, 1.0))
    scaled = known / np.outer(scale, scale)
    still = spread == 0
    if known[still].any() or float(np.linalg.eigvalsh(scaled).min()) < -ROUNDING:
        file.refuse(place, "indefinite")
    return matrix
