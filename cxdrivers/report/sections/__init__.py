"""Turn results into sections: one file an answer, the order of the report below."""

from __future__ import annotations

from cxdrivers.report.results import Results
from cxdrivers.report.section import Section
from cxdrivers.report.sections.findings import findings_section
from cxdrivers.report.sections.halo import halo_section
from cxdrivers.report.sections.method import method_section
from cxdrivers.report.sections.methods import methods_section
from cxdrivers.report.sections.missing import missing_section
from cxdrivers.report.sections.model import model_section
from cxdrivers.report.sections.outcomes import outcomes_section
from cxdrivers.report.sections.precision import precision_section
from cxdrivers.report.sections.provenance import provenance_section
from cxdrivers.report.sections.scales import scales_section
from cxdrivers.report.sections.scores import scores_section
from cxdrivers.report.sections.summary import summary_section
from cxdrivers.report.sections.users import complete_section, users_section
from cxdrivers.report.sections.weights import weights_section

ORDER = (
    summary_section,
    weights_section,
    model_section,
    methods_section,
    outcomes_section,
    users_section,
    complete_section,
    missing_section,
    halo_section,
    scores_section,
    scales_section,
    precision_section,
    findings_section,
    method_section,
    provenance_section,
)


def sections_of(results: Results, language: str) -> tuple[Section, ...]:
    """Return the sections of a report in a language."""
    return tuple(build(results, language) for build in ORDER)
