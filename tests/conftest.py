"""What many tests need: the data sets that stay outside the project, and reference numbers."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.moments.warehouse.servers import postgres_programs

settings.register_profile("steady", deadline=None, derandomize=True, max_examples=40)
settings.load_profile("steady")

REFERENCE = Path(__file__).parent / "reference"
PROGRAMS = ("chromium", "chromedriver", "soffice", "pdftoppm", "java")
PACKAGES = (
    *("selenium", "axe_core_python", "sphinx", "furo"),
    *("duckdb", "ibis", "polars", "psycopg", "pyspark"),
)


@pytest.fixture
def shared_file() -> Callable[[str], Path]:
    """Return a function that finds a file in the folder of CXDRIVERS_SHARED, or skips the test."""

    def find(name: str) -> Path:
        folder = os.environ.get("CXDRIVERS_SHARED")
        if not folder:
            pytest.skip("needs the data sets in the folder that CXDRIVERS_SHARED names")
        return Path(folder) / name

    return find


@pytest.fixture
def reference() -> Callable[[str], dict[str, Any]]:
    """Return a function that reads the numbers another program gave."""

    def read(name: str) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads((REFERENCE / f"{name}.json").read_text("utf-8"))
        return facts

    return read


def pytest_sessionstart() -> None:
    """Where programs are promised, refuse to skip tests for want of one."""
    if os.environ.get("CXDRIVERS_PROGRAMS") == "needed":
        absent = [name for name in PROGRAMS if shutil.which(name) is None]
        absent += [name for name in PACKAGES if find_spec(name) is None]
        absent += [] if postgres_programs() else ["PostgreSQL"]
        if absent:
            raise pytest.UsageError(f"not installed: {', '.join(absent)}")
