"""Tests of `cxdrivers.mentions.languages`."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.mentions.languages import sentence_languages, telling_forms, text_languages
from cxdrivers.mentions.tokens import tokens_of
from cxdrivers.mentions.word_classes import WordClass

WORDS = ({"de", "het", "in"}, {"the", "it", "in"})


def languages_of(texts: list[str]) -> tuple[list[int], list[str]]:
    tokens = tokens_of(texts)
    classes = [{"function_words": WordClass(words=frozenset(words))} for words in WORDS]
    chosen = sentence_languages(tokens, telling_forms(tokens.forms, classes), len(texts))
    return chosen.tolist(), text_languages(tokens, chosen, ["nl", "en"], len(texts)).tolist()


def test_each_sentence_is_read_in_its_own_language():
    assert languages_of(["De bus reed. It came late."]) == ([0, 1], ["mixed"])


def test_a_sentence_without_such_words_goes_with_its_text():
    assert languages_of(["Super! It came. Top"]) == ([1, 1, 1], ["en"])


def test_a_text_without_such_words_goes_with_the_others():
    assert languages_of(["Top", "it came", "the bus", "de bus"]) == (
        [1, 1, 1, 0],
        ["en", "en", "en", "nl"],
    )


def test_where_nothing_tells_the_first_language_is_taken():
    assert languages_of(["Top", ""]) == ([0], ["nl", ""])
    assert languages_of([]) == ([], [])


def test_a_word_of_both_languages_tells_neither_but_a_name_takes_nothing_away():
    dutch = {
        "function_words": WordClass(words=frozenset({"de", "dan"})),
        "be": WordClass(words=frozenset({"was"})),
    }
    english = {
        "function_words": WordClass(words=frozenset({"was", "the"})),
        "name": WordClass(words=frozenset({"dan"}), capital=True),
    }
    telling = telling_forms(["de", "dan", "was", "the"], [dutch, english])
    assert [forms.tolist() for forms in telling] == [
        [True, True, False, False],
        [False, False, False, True],
    ]


@given(
    st.lists(
        st.lists(st.sampled_from(["de", "the", "in", "bus", "."]), max_size=8).map(" ".join),
        max_size=5,
    )
)
def test_the_choice_is_that_of_counting_by_hand(texts: list[str]):
    def counts(words: list[str]) -> tuple[int, int]:
        found = Counter(words)
        return tuple(sum(found[word] for word in known) for known in WORDS)  # type: ignore[return-value]

    expected = []
    for text in texts:
        for sentence in filter(None, (part.split() for part in text.split("."))):
            levels = [counts(sentence), counts(text.split()), counts(" ".join(texts).split())]
            decided = [level for level in levels if level[0] != level[1]]
            expected.append(int(decided[0][1] > decided[0][0]) if decided else 0)
    assert languages_of(texts)[0] == expected
