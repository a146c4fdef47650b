"""Turn results into sections: one file an answer, the order of the report below."""

from __future__ import annotations

from itertools import chain

from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section
from cxdrivers.report.sections.advocacy import advocacy_section
from cxdrivers.report.sections.agent_link import agent_link_section
from cxdrivers.report.sections.changes import changes_section
from cxdrivers.report.sections.findings import findings_section
from cxdrivers.report.sections.groups import groups_sections
from cxdrivers.report.sections.halo import halo_section
from cxdrivers.report.sections.method import method_section
from cxdrivers.report.sections.methods import methods_section
from cxdrivers.report.sections.missing import missing_section
from cxdrivers.report.sections.model import model_section
from cxdrivers.report.sections.outcomes import outcomes_section
from cxdrivers.report.sections.precision import precision_section
from cxdrivers.report.sections.priorities import (
    key_failures_section,
    priorities_section,
    stated_section,
)
from cxdrivers.report.sections.provenance import provenance_section
from cxdrivers.report.sections.recommendation import recommendation_section
from cxdrivers.report.sections.scales import scales_section
from cxdrivers.report.sections.scenarios import scenarios_section
from cxdrivers.report.sections.scores import scores_section
from cxdrivers.report.sections.shapes import shapes_section
from cxdrivers.report.sections.summary import summary_section
from cxdrivers.report.sections.terms import terms_section
from cxdrivers.report.sections.users import complete_section, users_section
from cxdrivers.report.sections.weights import weights_section

ORDER = (
    summary_section,
    weights_section,
    priorities_section,
    stated_section,
    shapes_section,
    key_failures_section,
    scenarios_section,
    groups_sections,
    changes_section,
    agent_link_section,
    recommendation_section,
    advocacy_section,
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
    terms_section,
    method_section,
    provenance_section,
)


def sections_of(results: Results, language: str) -> tuple[Section, ...]:
    """Return the sections of a report in a language."""
    built = (build(results, language) for build in ORDER)
    return tuple(chain.from_iterable(_listed(part) for part in built))


def _listed(part: Section | tuple[Section, ...] | None) -> tuple[Section, ...]:
    """Return what one builder made: no section, one, or several."""
    if part is None:
        return ()
    return (part,) if isinstance(part, Section) else part
