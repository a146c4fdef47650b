"""Say where the numbers come from, so that they can be made again."""

from __future__ import annotations

import pandas as pd

from cxdrivers.formatting import count, level_percent
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section
from cxdrivers.wording import say

COUNTS = ("rows", "used", "n_boot")
"""Settings that are whole numbers."""


def provenance_section(results: Results, language: str) -> Section:
    """Return file, hash, version, settings and date."""
    facts = {name: value for name, value in results.provenance().items() if value}
    shown = [_shown(name, value, language) for name, value in facts.items()]
    names = [say(f"report.provenance.{name}", language) for name in facts]
    columns = [say(f"labels.column.{name}", language) for name in ("setting", "value")]
    return Section(
        stem="provenance",
        title=say("report.provenance.title", language),
        table=pd.DataFrame(list(zip(names, shown, strict=True)), columns=columns),
        data=pd.DataFrame(list(facts.items()), columns=["setting", "value"]),
    )


def _shown(name: str, value: str, language: str) -> str:
    if name in COUNTS:
        return count(int(value), language)
    return level_percent(float(value), language) if name == "level" else value
