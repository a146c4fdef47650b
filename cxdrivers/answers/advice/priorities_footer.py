"""Say under a table of priorities what the targets are, and how it was resampled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cxdrivers.answers.advice.parts_words import parts_sentences
from cxdrivers.answers.advice.priorities_words import Told, rating_shown
from cxdrivers.answers.advice.priority_targets import GRADES
from cxdrivers.answers.weights.weights_footer import drawn_units
from cxdrivers.answers.weights.weights_intervals import by_replicate_weights
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.formatting import level_percent, percent
from cxdrivers.vocabulary import LINEAR
from cxdrivers.wording import say, together


def footer(
    weights: DriverWeights,
    table: pd.DataFrame,
    scales: Mapping[str, tuple[float, float]],
    told: Told,
) -> str:
    """Return the line under the table: targets, what gains are, resamples, seed."""
    language, settings = told.language, weights.settings
    targets = pd.DataFrame(
        {"target": table["target"], "scale": [scales[driver] for driver in table["driver"]]}
    )
    pairs = sorted(
        set(targets.itertuples(index=False, name=None)), key=lambda pair: (pair[1] != GRADES, pair)
    )
    shown = [
        say(
            "priorities.target",
            language,
            target=rating_shown(target, language),
            low=ends[0],
            high=ends[1],
        )
        for target, ends in pairs
    ]
    facts: dict[str, Any] = {
        "targets": together(shown, language),
        "share": percent(1 / len(weights.drivers), language),
        "outcome": told.outcome,
        "n": weights.n,
    }
    said = []
    if weights.drawn is not None and len(weights.replicates):
        said.append(
            say(
                "priorities.footer",
                language,
                resamples=len(weights.replicates),
                units=drawn_units(weights.drawn, settings.scheme, language),
                seed=str(settings.seed),
                level=level_percent(settings.level, language),
                **facts,
            )
        )
        if by_replicate_weights(settings, weights.drawn):
            said.append(say("priorities.by_replicates", language))
    else:
        said.append(say("priorities.footer_without_interval", language, **facts))
    if weights.parts is not None:
        asked = settings.n_boot > 0
        remarks = parts_sentences(weights.parts, asked=asked)
        said += [remark.say(language) for remark in remarks]
    if settings.kind != LINEAR:
        said.append(say("priorities.other_kind", language, outcome=told.outcome))
    return " ".join(said)
