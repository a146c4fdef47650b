"""Show what the checks found in the answers."""

from __future__ import annotations

import pandas as pd

from cxdrivers.formatting import count
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section
from cxdrivers.survey.checks import check_name
from cxdrivers.survey.finding import named_findings
from cxdrivers.wording import say

SHOWN = ("check", "severity", "rows", "meaning", "next_step")
"""What a reader sees; the column by its name in the codebook is for the data beside it."""


def findings_section(results: Results, language: str) -> Section:
    """Return every finding with its next step, or say that there is none."""
    survey = results.survey
    keyed = survey.findings(language)
    title = say("report.findings.title", language)
    if keyed.empty:
        return Section("findings", title, (say("report.findings.none", language),), data=keyed)
    told = named_findings(survey.found, survey.codebook, language)
    rows = pd.DataFrame(finding.row(language) for finding in told)
    data = rows.assign(column=keyed["column"])
    shown = data.assign(
        check=[check_name(name, language) for name in data["check"]],
        severity=[check_name(name, language) for name in data["severity"]],
        rows=[count(rows, language) for rows in data["rows"]],
    )
    words = {name: say(f"labels.column.{name}", language) for name in SHOWN}
    return Section(
        stem="findings",
        title=title,
        paragraphs=(say("report.findings.intro", language),),
        table=shown[list(SHOWN)].rename(columns=words),
        data=data,
    )
