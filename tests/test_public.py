"""Tests of the public face, `cxdrivers`: what it offers, and what it does not load."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import cxdrivers as cx

HEAVY = {"pandas", "numpy", "scipy", "matplotlib", "seaborn", "statsmodels", "sklearn", "tqdm"}


def _loaded_after(line: str) -> set[str]:
    """Return the heavy packages that a fresh interpreter has loaded after a line."""
    code = f"import json, sys; {line}; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return HEAVY & set(json.loads(run.stdout.splitlines()[-1]))


@pytest.mark.parametrize("name", cx.__all__)
def test_every_public_name_is_there_and_says_what_it_does(name: str):
    found = getattr(cx, name)
    assert found.__name__ == name
    assert found.__doc__


def test_public_names_are_sorted_and_each_stands_once():
    assert cx.__all__ == sorted(set(cx.__all__))


def test_what_a_type_checker_sees_is_what_there_is():
    tree = ast.parse(Path(cx.__file__).read_text(encoding="utf-8"))
    [block] = [node for node in tree.body if isinstance(node, ast.If)]
    seen = {
        node.module.removeprefix("cxdrivers."): {alias.name for alias in node.names}
        for node in block.body
        if isinstance(node, ast.ImportFrom) and node.module
    }
    assert seen == {home: set(names) for home, names in cx._HOMES.items()}
    assert set().union(*seen.values()) == set(cx.__all__)


def test_names_are_offered_before_they_are_used():
    assert set(cx.__all__) <= set(dir(cx))


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(
        AttributeError, match=r"module 'cxdrivers' has no attribute 'driver_weight'"
    ):
        _ = cx.driver_weight


def test_importing_the_package_loads_nothing_heavy():
    assert _loaded_after("import cxdrivers") == set()


def test_the_words_and_the_errors_load_nothing_heavy():
    assert (
        _loaded_after("import cxdrivers; cxdrivers.SurveyError, cxdrivers.seven_drivers") == set()
    )


def test_a_weight_loads_no_chart():
    loaded = _loaded_after("import cxdrivers; cxdrivers.driver_weights, cxdrivers.Survey")
    assert {"numpy", "pandas", "statsmodels"} <= loaded
    assert not {"matplotlib", "seaborn", "sklearn"} & loaded


def test_importing_prints_nothing_and_leaves_the_random_numbers_alone():
    code = (
        "import numpy as np; np.random.seed(1); before = np.random.get_state()[1].tolist();"
        "import cxdrivers; [getattr(cxdrivers, name) for name in cxdrivers.__all__];"
        "assert np.random.get_state()[1].tolist() == before"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
