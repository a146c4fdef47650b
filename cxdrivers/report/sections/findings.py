"""Show what the checks found in the answers."""

from __future__ import annotations

from cxdrivers.formatting import count
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section
from cxdrivers.survey.checks import check_name
from cxdrivers.wording import say


def findings_section(results: Results, language: str) -> Section:
    """Return every finding with its next step, or say that there is none."""
    data = results.survey.findings(language)
    title = say("report.findings.title", language)
    if data.empty:
        return Section("findings", title, (say("report.findings.none", language),), data=data)
    shown = data.assign(
        check=[check_name(name, language) for name in data["check"]],
        severity=[check_name(name, language) for name in data["severity"]],
        rows=[count(rows, language) for rows in data["rows"]],
    )
    words = {name: say(f"labels.column.{name}", language) for name in data.columns}
    return Section(
        stem="findings",
        title=title,
        paragraphs=(say("report.findings.intro", language),),
        table=shown.rename(columns=words),
        data=data,
    )
