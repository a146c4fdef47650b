"""Look for what would make intervals too narrow: how the rows were sampled."""

from __future__ import annotations

from collections.abc import Iterator

from cxdrivers.codebook.group_names import code_text
from cxdrivers.survey.finding import Finding
from cxdrivers.survey.ratings import base_in_use
from cxdrivers.survey.survey import Survey

FEW_CLUSTERS = 20


def few_clusters(survey: Survey) -> Iterator[Finding]:
    """Find clusters too few to say how much clusters differ."""
    column = survey.codebook.cluster
    if column is None:
        return
    clusters = int(survey.respondents.loc[base_in_use(survey).used, column].nunique())
    if clusters < FEW_CLUSTERS:
        yield Finding("few_clusters", "warn", column, clusters, {"enough": FEW_CLUSTERS})


def lone_strata(survey: Survey) -> Iterator[Finding]:
    """Find strata of a single respondent or cluster: nothing tells how much those differ."""
    strata, cluster = survey.codebook.strata, survey.codebook.cluster
    if strata is None:
        return
    used = survey.respondents.loc[base_in_use(survey).used]
    by_stratum = used.groupby(strata)
    units = by_stratum.size() if cluster is None else by_stratum[cluster].nunique()
    alone = units.index[units == 1]
    if len(alone):
        names = [name if isinstance(name, str) else code_text(name) for name in alone]
        facts = {"strata": names, "all": len(units)}
        yield Finding("lone_strata", "warn", strata, len(alone), facts)


def jackknife_scale(survey: Survey) -> Iterator[Finding]:
    """Find replicate weights that leave parts out one by one, without the scale that needs.

    With the usual scale 1/R their intervals would be too narrow by the root of R − 1.
    """
    weights = survey.replicate_weights
    if weights is None or survey.codebook.replicate_scale is not None:
        return
    silent = weights[base_in_use(survey).used] == 0
    if silent.any(axis=0).all() and silent.sum(axis=1).max() <= 1:
        columns = survey.codebook.replicate_weights
        facts = {"scale": round((len(columns) - 1) / len(columns), 6)}
        yield Finding("jackknife_scale", "stop", columns[0], len(columns), facts)
