"""Import the libraries that only some files need."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from cxdrivers.errors import SurveyError


def import_for(file: str, module: str) -> Any:
    """Import a library of the extra ``io``.

    Raises
    ------
    SurveyError
        Saying what to install, when it is not there.
    """
    check_package(file, module.partition(".")[0])
    return import_module(module)


def check_package(file: str, package: str) -> None:
    """Refuse to go on when a library of the extra ``io`` is not there, without importing it.

    Raises
    ------
    SurveyError
        Saying what to install.
    """
    if find_spec(package) is None:
        raise SurveyError("file_needs_package", path=file, package=package.replace("_", "-"))
