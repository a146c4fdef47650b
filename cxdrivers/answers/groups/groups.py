"""Compare drivers between groups: clients, segments, waves, teams."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cxdrivers.answers.groups.comparison_making import (
    compared,
    comparison_of_moments,
    with_inner,
)
from cxdrivers.answers.groups.group_contrasts import IntArray
from cxdrivers.answers.groups.group_troubles import (
    troubles_of_names,
    troubles_of_nesting,
    troubles_of_questions,
)
from cxdrivers.answers.groups.grouping import (
    By,
    Grouping,
    columns_of,
    grouping_of,
    nested_grouping,
)
from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.answers.groups.shown_groups import shown_of
from cxdrivers.answers.settings import Settings
from cxdrivers.errors import FitError
from cxdrivers.moments.given_data import survey_or_groups
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.grouped_rows import moments_by_code
from cxdrivers.survey.ratings import base_in_use
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import LINEAR
from cxdrivers.wording import LANGUAGES

LEAST = 10
"""No group may be smaller: a respondent could be recognised."""


def compare_groups(
    data: Survey | GroupedMoments,
    *,
    by: By | None = None,
    method: str = "lmg",
    adjusted: bool = True,
    minimum: int = 25,
    level: float = 0.95,
    seed: int = 0,
) -> GroupComparison:
    """Compare the weights, own effects and ratings of drivers between groups.

    Use it for clients, segments, waves and teams: whether a driver counts more in one than in
    another, by how much groups are apart, which stand out, and what changed between waves. Small
    groups are set in the light of the others, and everything is adjusted for how much was looked
    at. It says how answers go together in groups, not why groups differ.

    Parameters
    ----------
    data
        A survey, or moments of its groups: those of two columns are taken for outer and inner
        groups.
    by
        The column with the groups; two for groups within groups, such as
        ``("organisation", "team")``: then the outer ones are compared with whole inner groups as
        what was sampled, and the inner ones with the others of their own outer group. By default
        the first segment of the codebook, else its wave.
    method, adjusted
        As in `driver_weights`.
    minimum
        Smaller groups are not shown but taken together: at least 10, and never fewer than three
        respondents for each column of the model.
    level
        Of the intervals; a difference is shown when its adjusted p-value is below one minus this.
    seed
        Which respondents are left out together for the standard errors.

    Returns
    -------
    GroupComparison

    Raises
    ------
    SurveyError
        When a check says that something must be mended first.
    FitError
        For columns that are no groups, a single group, or groups that are all too small.

    Notes
    -----
    Standard errors are those of a jackknife that leaves out random parts of a group, moderated
    over groups (`moderated_variances`); those of weights are typical of a group's size
    (`typical_variances`). What groups have in common and how much they differ is from
    `random_effects`. Waves and groups are compared as if no respondent or cluster is in two
    of them.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> comparison = compare_groups(cx.load_example(), by="organisation")
    >>> comparison.groups
    ('Energie', 'Telecom', 'Verzekeraar', 'Webwinkel')
    >>> spread = comparison.spread().query("measure == 'effect'")
    >>> spread.nsmallest(3, "p_value")["driver"].tolist()
    ['accessibility', 'customer_focus', 'customer_knowledge']
    """
    settings = Settings(method, LINEAR, adjusted, 0, level, seed)
    settings.check()
    if isinstance(minimum, bool) or not isinstance(minimum, int) or minimum < LEAST:
        raise FitError("minimum_unknown", minimum=str(minimum), least=LEAST)
    data = survey_or_groups(data)
    if isinstance(data, GroupedMoments):
        if by is not None:
            raise FitError("groups_of_moments", columns=_listed(by), column=data.by)
        return comparison_of_moments(data, minimum, settings)
    columns = columns_of(data, by)
    outer = _usable(data, grouping_of(data, columns[0]))
    if len(columns) == 1:
        return _of_survey(data, outer, minimum, settings)
    inner = nested_grouping(outer, _usable(data, grouping_of(data, columns[1])))
    whole = _of_survey(data, outer, minimum, settings, cluster=inner.codes)
    return _with_inner(data, whole, inner, minimum)


def _of_survey(
    survey: Survey,
    grouping: Grouping,
    minimum: int,
    settings: Settings,
    *,
    cluster: IntArray | None = None,
) -> GroupComparison:
    moments = _moments(survey, grouping, settings, cluster=cluster)
    shown = shown_of(moments, minimum)
    return compared(
        moments,
        shown,
        settings,
        {language: survey.codebook.labels(language) for language in LANGUAGES},
        troubles=(
            *troubles_of_names(grouping.by, grouping.labels, grouping.n),
            *troubles_of_questions(survey, grouping, shown.labels),
        ),
        in_time=grouping.by == survey.codebook.wave,
    )


def _with_inner(
    survey: Survey, whole: GroupComparison, inner: Grouping, minimum: int
) -> GroupComparison:
    """Return a comparison with that of the groups within its groups, where there is one."""
    moments = _moments(survey, inner, whole.settings)
    within = dict(zip(inner.labels, inner.within, strict=True))
    return with_inner(
        whole,
        moments,
        np.array([within[label] for label in moments.labels], dtype=np.intp),
        minimum=minimum,
        troubles_of=lambda shown: (
            *troubles_of_nesting(inner.by, inner.repeated, whole.by),
            *troubles_of_questions(survey, inner, shown.labels),
        ),
        in_time=inner.by == survey.codebook.wave,
    )


def _moments(
    survey: Survey, grouping: Grouping, settings: Settings, *, cluster: IntArray | None = None
) -> GroupedMoments:
    return moments_by_code(
        survey,
        grouping.codes,
        grouping.labels,
        by=grouping.by,
        cluster=cluster,
        seed=settings.seed,
    )


def _usable(survey: Survey, grouping: Grouping) -> Grouping:
    """Return the same groups of the respondents that a model uses; all others have none."""
    return replace(grouping, codes=np.where(base_in_use(survey).used, grouping.codes, -1))


def _listed(by: By) -> list[str]:
    return [by] if isinstance(by, str) else list(by)
