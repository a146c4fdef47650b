"""Tests of `cxdrivers.mentions.detector`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.errors import CxError
from cxdrivers.mentions import lexicon_choice
from cxdrivers.mentions.detector import find_mentions
from cxdrivers.mentions.lexicon import Lexicon
from cxdrivers.mentions.mentions_result import Mentions
from cxdrivers.mentions.polarity import FloatArray
from cxdrivers.mentions.tokens import BoolArray
from tests.mentions.small_lexicons import dutch, english

ANYTHING = st.lists(
    st.none()
    | st.text(st.characters(categories=None), max_size=20)
    | st.lists(st.sampled_from(["monteur", "geen", "Kim", "mijn", ".", ",", "<b>", "top"])).map(
        " ".join
    ),
    max_size=6,
)
LEXICON = dutch()


class Scorer:
    """Find a mention in every text with an exclamation mark; tell nothing where one asks."""

    threshold, low, high = 0.5, 0.4, 0.6

    def probabilities(self, texts: Sequence[str], flags: BoolArray) -> FloatArray:
        assert flags.shape == (len(texts), 4)
        return np.array([0.9 if "!" in text else 0.45 if "?" in text else 0.1 for text in texts])


def found(texts: list[str | None], lexicon: Lexicon = LEXICON, **asked: object) -> Mentions:
    return find_mentions(texts, language="nl", method="lexicon", lexicon=lexicon, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "flag", "words", "rule"),
    [
        ("De MONTUER kwam", "explicit", "MONTUER", "role"),
        ("Sprak met dhr. Vos", "explicit", "dhr. Vos", "role"),
        ("<p>Kim</p> belde", "explicit", "Kim", "name"),
        ("kim belde", "explicit", "kim", "name"),
        ("wat een joy kim", "explicit", "joy", "name"),
        ("Prima, snel geholpen!", "implicit", "geholpen", "helped"),
        ("geen enkele monteur", "absent", "geen enkele monteur", "nobody"),
        ("Helpdesk was snel", "service_noun", "Helpdesk", "desk"),
        ("Mijn monteur zegt nee", "mask", "Mijn monteur", "own"),
    ],
)
def test_a_span_says_where_and_by_which_rule(text: str, flag: str, words: str, rule: str):
    mentions = found([text])
    span = mentions.found[0][0]
    assert (text[span.start : span.end], span.flag, span.rule) == (words, flag, rule)
    if flag != "mask":
        assert getattr(mentions, flag).tolist() == [True]
    assert mentions.mention.tolist() == [flag in {"explicit", "implicit"}]


def test_names_that_are_words_count_only_with_a_capital_where_there_are_capitals():
    assert found(["Een joy om te zien", "Joy belde", "JOY BELDE"]).mention.tolist() == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("service_nouns", [True, False])
def test_service_nouns_count_when_asked_for(*, service_nouns: bool):
    mentions = found(["Helpdesk top"], service_nouns=service_nouns)
    assert mentions.mention.tolist() == [service_nouns]
    assert mentions.service_noun.tolist() == [True]


@given(ANYTHING)
def test_whatever_is_written_gets_an_answer_that_holds_together(texts: list[str | None]):
    mentions = found(texts)
    assert len(mentions) == len(mentions.tidy()) == len(texts)
    for row, text in enumerate(texts):
        flags = {span.flag for span in mentions.found[row]}
        assert all(0 <= span.start < span.end <= len(text or "") for span in mentions.found[row])
        for flag in ("explicit", "implicit", "absent", "service_noun"):
            assert getattr(mentions, flag)[row] == (flag in flags)
    assert not (mentions.mention & ~mentions.written).any()
    assert len(mentions.marked()) > 0


@given(ANYTHING)
def test_a_text_says_the_same_alone_as_among_others(texts: list[str | None]):
    together = found(texts)
    alone = [found([text]) for text in texts]
    assert [one.found[0] for one in alone] == list(together.found)
    np.testing.assert_array_equal([one.polarity[0] for one in alone], together.polarity)


@pytest.mark.parametrize("texts", [[], [None], [np.nan, None], ["", " \n", "...", "-?!"]])
def test_where_nothing_is_written_nothing_is_found(texts: list[str | None]):
    mentions = find_mentions(texts, language="nl", lexicon=LEXICON, model=Scorer())
    assert not mentions.written.any()
    assert not mentions.mention.any()
    assert np.isnan(mentions.probability).all()
    assert mentions.tidy().shape == (len(texts), 12)


def test_labels_are_kept_and_the_column_stays_as_it_was():
    column = pd.Series(["Kim belde", None], index=["b", "a"], dtype=object)
    before = column.copy()
    mentions = find_mentions(column, language="nl", method="lexicon", lexicon=LEXICON)
    assert mentions.tidy()["mention"].to_dict() == {"b": True, "a": False}
    pd.testing.assert_series_equal(column, before)


@pytest.mark.parametrize("text", ["\0 Kim \0", "\ud800 Kim \udfff", "\ufeffKim", "Kim\u200d👩"])
def test_characters_that_mean_nothing_do_no_harm(text: str):
    assert found([text]).mention.tolist() == [True]


@pytest.mark.parametrize(
    ("method", "mention", "by", "unsure"),
    [
        ("lexicon", [True, True, False, False], ["lexicon", "lexicon", "", ""], []),
        ("model", [False, True, True, False], ["", "model", "model", ""], [3]),
        ("both", [True, True, True, False], ["lexicon", "both", "model", ""], [3]),
    ],
)
def test_the_result_says_which_of_the_two_found_it(
    method: str, mention: list[bool], by: list[str], unsure: list[int]
):
    texts = ["Kim belde", "Kim belde!", "Super!", "Wie weet?"]
    mentions = find_mentions(texts, language="nl", method=method, lexicon=LEXICON, model=Scorer())
    assert mentions.mention.tolist() == mention
    assert mentions.tidy()["found_by"].tolist() == by
    assert np.flatnonzero(mentions.unsure).tolist() == unsure
    assert np.isnan(mentions.probability).all() == (method == "lexicon")


def test_the_model_does_not_doubt_what_the_lexicon_found():
    texts = ["Kim belde?", "Wie belde?"]
    mentions = find_mentions(texts, language="nl", lexicon=LEXICON, model=Scorer())
    assert mentions.unsure.tolist() == [False, True]


def test_mixed_texts_are_read_sentence_by_sentence(monkeypatch: pytest.MonkeyPatch):
    both = {"nl": LEXICON, "en": english()}
    monkeypatch.setattr(lexicon_choice, "load_lexicon", both.__getitem__)
    texts = [
        "De monteur was top. The technician was rude.",
        "The tecnician was kind",
        "Het was de technician niet",
        "Monteur!",
        None,
    ]
    mentions = find_mentions(texts, method="lexicon")
    assert mentions.language.tolist() == ["mixed", "en", "nl", "nl", ""]
    assert mentions.mention.tolist() == [True, True, False, True, False]
    assert mentions.tidy()["rules"].tolist() == [
        ("role", "role en"), ("role en",), (), ("role",), (),
    ]  # fmt: skip
    np.testing.assert_array_equal(mentions.polarity, [0, 1, np.nan, 0, np.nan])


def test_polarity_is_that_of_the_words_about_the_employee():
    texts = ["Monteur was niet vriendelijk", "Bot. Kim top", "Kim belde", "Top", "Kim 👍"]
    np.testing.assert_array_equal(found(texts).polarity, [-1, 1, 0, np.nan, 1])


def test_a_method_that_is_not_there_is_refused():
    with pytest.raises(CxError) as caught:
        find_mentions([], method="modle")
    assert str(caught.value) == (
        "method is 'modle'. Did you mean 'model'? It can be 'lexicon', 'model', 'both'."
    )
    assert caught.value.say("nl").startswith("method is 'modle'. Bedoelde u 'model'?")


@pytest.mark.parametrize("part", ["Kim ", "(", "geen ", "<b", "a", "&amp", "Ã¨", "monteur, "])
def test_a_hundred_thousand_characters_are_one_text_like_another(part: str):
    text = (part * 100_000)[:100_000]
    mentions = found([text, "Kim belde"])
    assert mentions.mention.tolist() == [part in {"Kim ", "monteur, "}, True]


def test_the_lexicons_of_the_package_find_the_plain_cases():
    texts = ["De monteur was heel vriendelijk.", "The technician was very kind.", "Snel", None]
    mentions = find_mentions(texts, method="lexicon")
    assert mentions.mention.tolist() == [True, True, False, False]
    assert mentions.language.tolist()[:2] == ["nl", "en"]
    np.testing.assert_array_equal(mentions.polarity, [1, 1, np.nan, np.nan])
