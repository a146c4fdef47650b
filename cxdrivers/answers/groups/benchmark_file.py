"""Write a benchmark as JSON that anyone can read, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, TypedDict

import numpy as np

from cxdrivers.answers.groups.benchmark_clients import BenchmarkClient
from cxdrivers.errors import CxError

FORMAT = "cxdrivers benchmark"
VERSION = 1
SCALE = (0, 100)
DIGITS = 12
"""Significant digits of a number in a file."""
VECTORS = (
    "rated",
    "mean",
    "mean_variance",
    "weight",
    "weight_variance",
    "effect",
    "effect_variance",
)
"""Lists with a number for each driver; those of the mean end with the outcome."""
COUNTS = ("n", "degrees")


class BenchmarkContent(TypedDict):
    """What a file holds, as the fields of a `Benchmark`."""

    drivers: tuple[str, ...]
    outcome: str
    labels: Mapping[str, dict[str, str]]
    clients: tuple[BenchmarkClient, ...]
    minimum: int
    named: bool
    left_out: int


def benchmark_bytes(content: BenchmarkContent) -> bytes:
    """Return the file: JSON in UTF-8 with sorted keys, a row of numbers a line.

    There are no rows of respondents in it, no texts, no names of files or columns other than the
    keys of drivers and outcome, and no dates. Names of clients are there only when `named`.
    """
    named = content["named"]
    tree: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "scale": list(SCALE),
        "drivers": list(content["drivers"]),
        "outcome": content["outcome"],
        "labels": {code: dict(labels) for code, labels in content["labels"].items()},
        "minimum": content["minimum"],
        "named": named,
        "left_out": content["left_out"],
        "clients": [
            client_entry(client) | ({"name": client.name} if named else {})
            for client in content["clients"]
        ],
    }
    return (_json(tree, "") + "\n").encode("utf-8")


def client_entry(client: BenchmarkClient) -> dict[str, Any]:
    """Return what a file holds of a client, without its name; null is what is not known."""
    return {
        **{name: getattr(client, name) for name in COUNTS},
        "n_effective": _number(client.n_effective),
        **{name: [_number(value) for value in getattr(client, name)] for name in VECTORS},
        "covariance": [[_number(value) for value in row] for row in client.covariance],
    }


def fingerprint(client: BenchmarkClient) -> str:
    """Return a hash of what is known of a client: an order by it does not follow the input."""
    return sha256(_json(client_entry(client), "").encode("utf-8")).hexdigest()


def write_benchmark(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    CxError
        When it is there already and `force` is not given, or cannot be written.
    """
    if path.exists() and not force:
        raise CxError("benchmark_exists", file=path.name)
    waiting = path.with_name(f".{path.name}.part")
    try:
        waiting.write_bytes(content)
        waiting.replace(path)
    except OSError as error:
        _remove(waiting)
        folder = path.parent.name or "."
        raise CxError("folder_not_writable", folder=folder, reason=error.strerror) from error


def _remove(file: Path) -> None:
    if file.is_file():
        file.unlink()


def _number(value: float) -> float | int | None:
    if isinstance(value, int | np.integer):
        return int(value)
    return float(f"{value:.{DIGITS}g}") if np.isfinite(value) else None


def _json(value: object, indent: str) -> str:
    """Return JSON in which a list of numbers or texts stands on one line."""
    deeper = indent + " "
    if isinstance(value, Mapping):
        lines = [f"{_flat(key)}: {_json(value[key], deeper)}" for key in sorted(value)]
        return _block("{}", lines, indent)
    if isinstance(value, Sequence) and any(isinstance(part, Mapping | list) for part in value):
        return _block("[]", [_json(part, deeper) for part in value], indent)
    return _flat(value)


def _block(ends: str, lines: list[str], indent: str) -> str:
    inner = f",\n{indent} ".join(lines)
    return f"{ends[0]}\n{indent} {inner}\n{indent}{ends[1]}"


def _flat(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
