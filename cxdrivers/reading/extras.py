"""Import the libraries that only some files need."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from cxdrivers.errors import SurveyError


def import_for(file: str, module: str) -> Any:
    """Import a library of the extra ``io``.

    Raises
    ------
    SurveyError
        Saying what to install, when it is not there.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        package = module.partition(".")[0].replace("_", "-")
        raise SurveyError("file_needs_package", path=file, package=package) from error
