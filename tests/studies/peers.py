"""Install other packages, each in an environment of its own, and see what they compute."""

from __future__ import annotations

import shutil
import subprocess
import venv
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

PEERS = {
    "pingouin": "shares of all subsets",
    "shapley-value-regression": "shares of all subsets",
    "dominance-analysis": "shares of all subsets",
    "relativeImp": "relative weights (Johnson 2000), no subsets",
    "key-driver-analysis": "relative weights (Johnson 2000), no subsets",
}
"""Packages of PyPI that say how much each driver adds to R², and what they say of themselves."""

INSTALLING = 600


@dataclass(frozen=True)
class Peer:
    """A package in its own environment: its version and Python, or why there is none."""

    name: str
    version: str = ""
    python: Path | None = None
    trouble: str = ""


def installed(name: str, folder: Path) -> Peer:
    """Return a peer, installed from PyPI unless its environment stands in the folder already."""
    home = folder / name
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        done = subprocess.run(
            [python, "-m", "pip", "install", "--quiet", name, "pandas"],
            capture_output=True,
            text=True,
            timeout=INSTALLING,
            check=False,
        )
        if done.returncode:
            shutil.rmtree(home)
            return Peer(name, trouble=last_line(done.stderr))
    [version] = [
        found.version
        for found in distributions(path=[str(path) for path in home.glob("lib/*/site-packages")])
        if found.metadata["Name"].lower().replace("_", "-") == name.lower()
    ]
    return Peer(name, version, python)


def has_relaimpo() -> bool:
    """Say whether R is here with its package relaimpo."""
    if not shutil.which("Rscript"):
        return False
    asked = "cat(requireNamespace('relaimpo', quietly = TRUE))"
    said = subprocess.run(
        ["Rscript", "-e", asked], capture_output=True, text=True, check=False
    ).stdout
    return said.endswith("TRUE")


def last_line(text: str) -> str:
    """Return the last line that says something: of a traceback, the error."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no message"
