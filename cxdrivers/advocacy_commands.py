"""Do what the commands about words and recommendations ask: ``mentions`` and ``advocacy``."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxdrivers.commands import listed, survey_of
from cxdrivers.errors import CxError
from cxdrivers.wording import say

if TYPE_CHECKING:
    import pandas as pd

    from cxdrivers.answers.advocacy.advocacy_result import AdvocacyChain
    from cxdrivers.mentions.mentions_result import Mentions
    from cxdrivers.survey.survey import Survey


def mentions(chosen: Namespace) -> int:
    """Print in how many texts an employee is mentioned, and how well that was found.

    Writes the texts with what was found marked (``--out``), or a sample of them for people to label
    (``--sample``); ``--labels`` brings it back.
    """
    survey = survey_of(chosen)
    language = chosen.language or survey.codebook.language
    found = _mentions_of(survey, chosen)
    parts = [found.table(language).to_string(index=False), found.summary(language)]
    if chosen.labels is not None:
        from cxdrivers.mentions.correction import correct_shares  # noqa: PLC0415
        from cxdrivers.mentions.evaluation import evaluate_mentions  # noqa: PLC0415

        quality = evaluate_mentions(chosen.labels, found, _scores_of(survey))
        for made in (quality, correct_shares(quality, seed=chosen.seed)):
            parts += [made.table(language).to_string(index=False), made.summary(language)]
    sys.stdout.write("\n\n".join(parts) + "\n")
    if chosen.out is not None:
        from cxdrivers.mentions.marked import marked_page  # noqa: PLC0415

        title = found.headline(language)
        page = marked_page(found.marked(language=language), title=title, language=language)
        _write(Path(chosen.out), page.encode("utf-8"), chosen, language)
    if chosen.sample is not None:
        from cxdrivers.mentions.labelling import mention_sample  # noqa: PLC0415

        drawn = mention_sample(found, scores=_scores_of(survey), n=chosen.size, seed=chosen.seed)
        content = drawn.to_csv(index=False).encode("utf-8-sig")
        _write(Path(chosen.sample), content, chosen, language)
    return 0


def advocacy(chosen: Namespace) -> int:
    """Print the way from a mentioned employee to the top scores and to real recommendations."""
    from cxdrivers.answers.advocacy.advocacy import advocacy_chain  # noqa: PLC0415
    from cxdrivers.answers.advocacy.agent_link import agent_link  # noqa: PLC0415
    from cxdrivers.answers.advocacy.mention_flags import mentions_in_texts  # noqa: PLC0415
    from cxdrivers.answers.advocacy.recommendation import recommendation_curve  # noqa: PLC0415

    survey = survey_of(chosen)
    language = chosen.language or survey.codebook.language
    found = mentions_in_texts(survey, method=chosen.method, lexicon=chosen.lexicon)
    shared = {"n_boot": chosen.n_boot, "seed": chosen.seed, "threshold": chosen.threshold}
    adjusted = {**shared, "mentions": found, "always": listed(chosen.always)}
    asked: dict[str, Callable[[], Any]] = {
        "agent_link": lambda: agent_link(survey, **adjusted),
        "recommendation": lambda: recommendation_curve(survey, **shared),
        "advocacy": lambda: advocacy_chain(survey, **adjusted),
    }
    failed: list[CxError] = []
    blocks = []
    for name, answer in asked.items():
        title = say(f"{name}.title", language)
        try:
            made = answer()
        except CxError as error:
            failed.append(error)
            blocks.append(f"{title}\n\n{error.say(language)}")
            continue
        table = made.table(language).to_string(index=False)
        blocks.append(f"{title}\n\n{table}\n{made.footer(language)}\n\n{made.summary(language)}")
        if name == "advocacy":
            blocks.append(_of_drivers(made, language))
    if len(failed) == len(asked):
        raise failed[0]
    sys.stdout.write("\n\n\n".join(blocks) + "\n")
    return 0


def _of_drivers(chain: AdvocacyChain, language: str) -> str:
    """Return what half a point more on each driver goes with, through high scores."""
    title = say("advocacy.chart.title_drivers", language)
    table = chain.driver_table(language).to_string(index=False)
    footer = say("advocacy.footer_drivers", language, top=chain.top)
    return f"{title}\n\n{table}\n{footer}\n\n{' '.join(chain.driver_sentences(language))}"


def _mentions_of(survey: Survey, chosen: Namespace) -> Mentions:
    from cxdrivers.mentions.detector import find_mentions  # noqa: PLC0415
    from cxdrivers.survey.advocacy_columns import verbatims  # noqa: PLC0415

    return find_mentions(verbatims(survey), method=chosen.method, lexicon=chosen.lexicon)


def _scores_of(survey: Survey) -> pd.Series:
    import pandas as pd  # noqa: PLC0415  (help must not wait for it)

    return pd.Series(survey.outcome, index=survey.respondents.index)


def _write(path: Path, content: bytes, chosen: Namespace, language: str) -> None:
    from cxdrivers.report.files import write_file  # noqa: PLC0415

    write_file(path, content, force=chosen.force)
    sys.stdout.write(say("cli.written", language, count=1, first=path) + "\n")
