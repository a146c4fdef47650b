"""Show drivers that did not apply to everybody, and what complete cases would have lost."""

from __future__ import annotations

from cxdrivers.answers.blanks.users_result import UsersComparison
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.charts.users import EVERYBODY, USERS, rows_of
from cxdrivers.formatting import percent
from cxdrivers.report.native import BARS, SHARE, NativeChart
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Chart, Section
from cxdrivers.report.sections.series import SHARES, series_of
from cxdrivers.wording import of_language, say


def users_section(results: Results, language: str) -> Section:
    """Return each driver that did not apply to some, among everybody and among its users."""
    title, users = say("users.title", language), results.users
    if not isinstance(users, UsersComparison):
        return Section(stem="users", title=title, paragraphs=(users.say(language),))
    if not users.drivers:
        return Section(stem="users", title=title, paragraphs=(users.sentences(language)[0],))
    elsewhere = users.lost(language)
    told = (line for line in users.sentences(language) if line != elsewhere)
    return Section(
        stem="users",
        title=title,
        paragraphs=(say("users.intro", language), *told),
        chart=_chart(users, language),
        table=users.table(language),
        notes=(users.footer(language),),
        data=users.tidy(),
    )


def complete_section(results: Results, language: str) -> Section:
    """Return the weights of all rows beside those of complete cases."""
    title, users = say("users.title_complete", language), results.users
    if not isinstance(users, UsersComparison):
        return Section(stem="complete", title=title, paragraphs=(users.say(language),))
    return Section(
        stem="complete",
        title=title,
        paragraphs=(users.lost(language),),
        table=users.complete_table(language),
        notes=(say("users.footer_complete", language),),
        data=users.complete_case(),
    )


def _chart(users: UsersComparison, language: str) -> Chart:
    labels, table = of_language(users.everybody.labels, language), users.tidy()
    figure, axes = figure_for_rows(rows_of(len(users.drivers)))
    users.plot(axes, language=language)
    shares = table.set_index(["among", "driver"])["share"]
    values = [
        say(
            "users.chart.value",
            language,
            driver=labels[driver],
            everybody=percent(shares["everybody", driver], language),
            users=percent(shares["users", driver], language),
        )
        for driver in users.drivers
    ]
    return Chart(
        stem="users",
        figure=figure,
        title=say("users.chart.title", language),
        description=say("users.chart.description", language, values="; ".join(values)),
        native=_native(users, labels, language),
    )


def _native(users: UsersComparison, labels: dict[str, str], language: str) -> NativeChart:
    """Return bars among users and among everybody, the largest among users first."""
    table = users.tidy()
    among = {key: rows.set_index("driver") for key, rows in table.groupby("among")}
    ranked = among[USERS].sort_values("share", ascending=False, kind="stable").index.tolist()
    return NativeChart(
        kind=BARS,
        categories=tuple(labels[driver] for driver in ranked),
        series=tuple(
            series_of(say(f"users.chart.{key}", language), among[key].loc[ranked], SHARES)
            for key in (USERS, EVERYBODY)
        ),
        axis=say("users.chart.axis", language),
        format=SHARE,
    )
