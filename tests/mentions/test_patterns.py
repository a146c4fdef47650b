"""Tests of `cxdrivers.mentions.patterns`, against a matcher that tries everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cxdrivers.errors import CxError
from cxdrivers.mentions.lexicon import Lexicon
from cxdrivers.mentions.patterns import Ground, longest, pattern_matches
from cxdrivers.mentions.steps import Step, read_pattern
from tests.mentions.small_lexicons import ground_of

LEXICON = Lexicon("nl").extended(
    {
        "classes": {
            "x": {"words": ["a", "b"]},
            "name": {"words": ["k"], "capital": True},
            "plain": {"words": ["p"], "capital": True, "plain": True},
        }
    }
)
TOKEN = st.sampled_from(
    ["a", "b", "c", "<x>", "a|c", "!a", "!<x>|,", ",", "<name>", "<plain>", "<Capital>",
     "<number>", "<word>", "<name>|b"]
)  # fmt: skip
LOOSE = st.one_of(TOKEN, TOKEN.map("{}?".format), st.sampled_from(["..0", "..1", "..3"]))


@st.composite
def patterns(draw: st.DrawFn) -> str:
    begin = draw(st.sampled_from(["", "^", "^,"]))
    end = draw(st.sampled_from(["", "$"]))
    middle = [*draw(st.lists(LOOSE, max_size=3)), draw(TOKEN), *draw(st.lists(LOOSE, max_size=3))]
    while middle[0].startswith("..") and not begin:
        middle.pop(0)
    while middle[-1].startswith("..") and not end:
        middle.pop()
    return " ".join(filter(None, [begin, *middle, end]))


WORDS = st.sampled_from(["a", "b", "c", "K", "k", "P", "p", "Xa", "C", "7", ",", ".", "("])
TEXTS = st.lists(st.lists(WORDS, max_size=9).map(" ".join), max_size=4)


def fits(step: Step, at: int, ground: Ground) -> bool:
    """Say whether a step is content with one token."""
    tokens = ground.tokens
    form = tokens.forms[tokens.form[at]]
    found = form in step.words
    for name in step.classes:
        if name == "word":
            found |= bool(tokens.word[at])
        elif name == "number":
            found |= form.isdigit()
        elif name == "Capital":
            found |= bool(tokens.capital[at] and not tokens.first[at] and not tokens.shouted[at])
        elif form in LEXICON.classes[name].words:
            one = LEXICON.classes[name]
            cased = bool(tokens.cased[tokens.text[at]])
            found |= not one.capital or bool(tokens.capital[at]) or (one.plain and not cased)
    return found != step.negated


def ends(
    steps: Sequence[Step], at: int, within: tuple[int, Ground, Sequence[bool]], begun: int = -1
) -> Iterator[tuple[int, int]]:
    """Yield where a match begins and ends, for every way in which the steps can be taken."""
    stop, ground, blocked = within
    if not steps:
        if begun >= 0:
            yield begun, at
        return
    step, rest = steps[0], steps[1:]
    if step.kind == "last":
        if not any(ground.tokens.word[place] for place in range(at, stop)):
            yield from ends(rest, at, within, begun)
    elif step.kind == "gap":
        for shift in range(step.gap + 1):
            if at + shift <= stop:
                yield from ends(rest, at + shift, within, begun)
    else:
        if step.optional:
            yield from ends(rest, at, within, begun)
        if at < stop and not blocked[at] and fits(step, at, ground):
            here = at if begun < 0 else begun
            yield from ends(rest, at + 1, within, here)


def every_match(
    steps: Sequence[Step], ground: Ground, blocked: Sequence[bool]
) -> set[tuple[int, int]]:
    """Try to begin at every token of every sentence."""
    tokens = ground.tokens
    found: set[tuple[int, int]] = set()
    for at in range(len(tokens)):
        stop = at + int((tokens.sentence[at:] == tokens.sentence[at]).sum())
        kind = steps[0].kind
        starts = bool(tokens.begins[at] or tokens.first[at])
        after = not tokens.begins[at] and tokens.forms[tokens.form[at - 1]] in {",", "(", ":", "-"}
        if kind == "start" and not starts:
            continue
        if kind == "clause" and not (starts or after):
            continue
        rest = steps[1:] if kind in {"start", "clause"} else steps
        found.update(ends(rest, at, (stop, ground, blocked)))
    return found


@settings(max_examples=300, deadline=None)
@given(TEXTS, patterns(), st.randoms(use_true_random=False))
@example(["a a , b ."], "^, ..1 b? a $", None)
@example(["a , b"], "a ..3 $", None)
def test_matches_are_those_that_trying_everything_finds(
    texts: list[str], pattern: str, random: object
) -> None:
    steps = read_pattern(pattern, LEXICON.classes, CxError)
    ground = ground_of(texts, LEXICON)
    n = len(ground.tokens)
    blocked = [random is not None and random.random() < 0.2 for _ in range(n)]
    start, end = pattern_matches(steps, ground, np.array(blocked, dtype=bool))
    found = list(zip(start.tolist(), end.tolist(), strict=True))
    assert len(found) == len(set(found))
    assert set(found) == every_match(steps, ground, blocked)


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("ik ben heel goed geholpen", "ben ..3 geholpen", "ben heel goed geholpen"),
        ("ik ben heel goed en snel geholpen", "ben ..3 geholpen", ""),
        ("ik ben. goed geholpen", "ben ..3 geholpen", ""),
        ("super, vriendelijk en snel", "^, vriendelijk", "vriendelijk"),
        ("super vriendelijk", "^, vriendelijk", ""),
        ("vriendelijk :) 👍", "vriendelijk $", "vriendelijk"),
        ("met Ans gesproken", "met <Capital>", "met Ans"),
        ("met ERG goed", "met <Capital>", ""),
        ("Met spoed", "<Capital> spoed", ""),
        ("na 20 minuten", "<number> minuten", "20 minuten"),
    ],
)
def test_a_pattern_finds_what_it_says(text: str, pattern: str, expected: str):
    ground = ground_of([text], LEXICON)
    start, end = longest(pattern_matches(read_pattern(pattern, (), CxError), ground))
    spans = zip(ground.tokens.start[start], ground.tokens.end[end - 1], strict=True)
    assert "".join(text[begin:stop] for begin, stop in spans) == expected


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 5)), max_size=8))
def test_the_longest_matches_lie_within_no_other(pairs: list[tuple[int, int]]):
    places = {(start, start + more) for start, more in pairs}
    start = np.array([place[0] for place in places], dtype=np.int64)
    end = np.array([place[1] for place in places], dtype=np.int64)
    kept = longest((start, end))
    expected = [
        (a, b)
        for a, b in sorted(places)
        if not any((c, d) != (a, b) and c <= a and b <= d for c, d in places)
    ]
    assert list(zip(kept[0].tolist(), kept[1].tolist(), strict=True)) == expected


def test_places_stay_few_however_often_the_words_come_back():
    """A hundred thousand equal words and three wide gaps: as many matches as ends can differ."""
    ground = ground_of(["a " * 50_000], LEXICON)
    start, end = pattern_matches(read_pattern("a ..8 a ..8 a ..8 a", (), CxError), ground)
    assert len(start) <= 25 * 50_000
    assert (end - start).max() == 28
