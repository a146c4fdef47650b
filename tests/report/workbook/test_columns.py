"""Columns of tables have names, and words in them a meaning, in two languages."""

from dataclasses import replace

import pytest

from cxdrivers.report.workbook.column_forms import (
    COUNT,
    NUMBER,
    P_VALUE,
    SHARE,
    Form,
    deciding_column,
    form_of,
)
from cxdrivers.report.workbook.columns import Terms, family_of, middle_and_end
from cxdrivers.wording import LANGUAGES, catalogue, say

GROUP_COLUMNS = (
    "group",
    "driver",
    "estimate",
    "conf_low",
    "conf_high",
    "std_error",
    "share",
    "shrunk",
    "shrunk_low",
    "shrunk_high",
    "effect",
    "effect_low",
    "effect_high",
    "effect_shrunk",
    "effect_shrunk_low",
    "effect_shrunk_high",
    "mean",
    "mean_low",
    "mean_high",
    "mean_shrunk",
    "mean_shrunk_low",
    "mean_shrunk_high",
    "n",
    "measure",
    "tau",
    "tau_low",
    "tau_high",
    "i_squared",
    "prediction_low",
    "prediction_high",
    "statistic",
    "df",
    "p_value",
    "p_adjusted",
    "differs",
    "stands_out",
    "before",
    "changed",
    "question",
    "other",
    "other_share",
    "other_n",
)


@pytest.fixture
def terms():
    return Terms("en", 0.9, {"empathy": "Warmth"}, {"at_least_8": "8 or higher"})


def test_a_column_has_a_name_and_an_end_of_an_interval_is_named_after_its_middle(terms):
    assert terms.heading("share", "model") == "share"
    assert terms.heading("share_low", "model") == "share, lower end (90\u00a0%)"
    dutch = replace(terms, language="nl")
    assert dutch.heading("share_high", "model") == "aandeel, bovengrens (90\u00a0%)"


def test_an_estimate_is_called_what_it_is_in_its_section(terms):
    assert terms.heading("estimate", "priorities") == "headroom"
    assert terms.heading("conf_low", "priorities") == "headroom, lower end (90\u00a0%)"
    assert terms.heading("estimate", "model") == "own effect"


def test_a_column_that_ends_like_an_interval_and_is_none_keeps_its_own_name(terms):
    assert terms.heading("n_low", "shapes") == "n, low"
    assert terms.heading("odds_high", "model") == "odds ratio, upper end (90\u00a0%)"


def test_a_column_of_the_client_stays_as_it_is(terms):
    assert terms.heading("Q7_low", "weights") == "Q7_low"
    assert terms.heading("team", "groups") == "team"
    assert terms.is_known("share", "weights")
    assert not terms.is_known("Q7_low", "weights")


@pytest.mark.parametrize("stem", ["groups", "spread", "changes", "perceptions"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_comparisons_of_groups_have_words_for_all_their_columns(terms, language: str, stem: str):
    told = replace(terms, language=language)
    assert [name for name in GROUP_COLUMNS if not told.is_known(name, stem)] == []
    assert not [name for name in GROUP_COLUMNS if "_" in told.heading(name, stem)]


def test_numbers_in_a_word_are_written_as_the_language_does(terms):
    word = replace(terms, language="nl").word("recommended", "quantity", "scenarios")
    assert word == "echte aanbevelers per 1\u00a0000 klanten"


@pytest.mark.parametrize(
    ("value", "column", "stem", "shown"),
    [
        ("empathy", "driver", "weights", "Warmth"),
        ("empathy", "scenario", "scenarios", "Warmth"),
        ("passenger", "remark", "weights", "passenger"),
        ("low", "remark", "scales", "too loose"),
        ("fix_first", "quadrant_at_means", "priorities", "fix first"),
        ("not_applicable", "term", "model", "did not apply"),
        ("at_least_8", "outcome", "outcomes", "8 or higher"),
        ("indirect", "effect", "advocacy", "indirect, through the score"),
        ("recommended", "quantity", "scenarios", "real recommenders per 1\u00a0000 customers"),
        (True, "top", "agent_link", "yes"),
        (False, "differs", "spread", "no"),
        ("{level} of {}", "remark", "weights", "{level} of {}"),
        ("Team 3", "group", "groups", "Team 3"),
    ],
)
def test_a_word_in_a_table_is_said_in_the_language_and_a_clients_own_stays(
    terms, value: object, column: str, stem: str, shown: str
):
    assert terms.word(value, column, stem) == shown


def test_smaller_groups_together_are_called_so_and_a_group_of_that_name_stays(terms):
    pooled = replace(terms, language="nl", others=frozenset({"others*"}))
    assert pooled.word("others*", "group", "groups") == "kleinere groepen samen"
    assert pooled.word("others", "group", "groups") == "others"
    assert pooled.word("others*", "remark", "groups") == "others*"


def test_sections_of_one_kind_share_their_words(terms):
    assert family_of("group-forest") == "group_forest"
    assert terms.heading("estimate", "groups_12") == terms.heading("estimate", "groups")
    assert form_of("shrunk_low", "groups_2") == Form(SHARE, 1)


def test_a_word_is_dutch_in_dutch(terms):
    dutch = replace(terms, language="nl")
    assert dutch.word("listwise", "policy", "missing") == say("missing.policy.listwise", "nl")
    assert dutch.word(True, "key", "key_failures") == "ja"


def test_no_heading_of_one_language_stands_in_the_other_as_a_sentence():
    words = {code: catalogue(code) for code in LANGUAGES}
    keys = [key for key in words["en"] if key.startswith("columns.name.")]
    same = [words["en"][key] for key in keys if words["en"][key] == words["nl"][key]]
    assert len(keys) > 90
    assert [text for text in same if " " in text] == []


@pytest.mark.parametrize(
    ("column", "parts"),
    [
        ("share_low", ("share", "low")),
        ("conf_high", ("estimate", "high")),
        ("effect_shrunk_low", ("effect_shrunk", "low")),
        ("low", ("low", None)),
        ("n", ("n", None)),
    ],
)
def test_an_end_of_an_interval_is_told_from_its_middle(column: str, parts: tuple):
    assert middle_and_end(column) == parts


@pytest.mark.parametrize(
    ("column", "stem", "form"),
    [
        ("share_high", "weights", Form(SHARE)),
        ("estimate", "weights", Form(SHARE, 1)),
        ("conf_low", "key_failures", Form(SHARE, 1)),
        ("estimate", "model", Form(NUMBER, 2)),
        ("estimate", "somewhere", Form(NUMBER, 2)),
        ("rank_low", "weights", Form(COUNT)),
        ("own_p_value", "weights", Form(P_VALUE)),
        ("p_first", "weights", Form(SHARE)),
        ("vif", "model", Form(NUMBER, 1)),
        ("target", "priorities", Form(NUMBER, 2)),
    ],
)
def test_a_number_is_shown_as_what_it_is_in_its_section(column: str, stem: str, form: Form):
    assert form_of(column, stem) == form


def test_whole_numbers_are_shown_whole():
    assert form_of("items", "scores", whole=True) == Form(COUNT)
    assert form_of("mean", "scores") == Form(NUMBER, 2)


def test_the_same_column_is_shown_by_what_its_row_is():
    assert deciding_column("scenarios") == "quantity"
    assert form_of("estimate", "scenarios", word="top_box") == Form(SHARE, 1)
    assert form_of("today", "scenarios", word="recommended") == Form(COUNT)
    assert form_of("changed_low", "scenarios", word="mean") == Form(NUMBER, 2)
    assert form_of("effect", "outcomes", word="mean") == Form(NUMBER, 2)
    assert form_of("effect_low", "outcomes", word="at_least_8") == Form(SHARE, 1)
    assert form_of("tau", "spread", word="weight") == Form(SHARE, 1)
    assert form_of("tau_high", "spread", word="effect") == Form(NUMBER, 2)
