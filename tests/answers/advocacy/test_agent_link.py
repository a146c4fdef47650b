"""Tests of `answers.advocacy.agent_link`, its result and what it says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from cxdrivers.answers.advocacy.adjusted_mention import AdjustedMention
from cxdrivers.answers.advocacy.agent_link import agent_link
from cxdrivers.answers.advocacy.agent_link_result import CONTRASTS, AgentLink
from cxdrivers.errors import FitError
from cxdrivers.wording import Sentence
from tests.answers.advocacy.scored_surveys import scored, scored_survey

TWO_THIRDS = "two in three (67\xa0%)"


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return scored()


@pytest.fixture(scope="module")
def link(frame) -> AgentLink:
    return agent_link(scored_survey(frame, verbatim="text"), n_boot=50)


def of(frame, threshold=None, always=(), **fields) -> AgentLink:
    return agent_link(scored_survey(frame, **fields), threshold=threshold, always=always, n_boot=50)


def test_the_share_of_mentions_is_told_at_every_score(link, frame):
    table = link.tidy()
    assert list(table.columns) == [
        "score", "top", "n", "yes", "estimate", "conf_low", "conf_high", "n_effective",
    ]  # fmt: skip
    by_score = frame.groupby("grade")["named"]
    given = table[table["n"] > 0].set_index("score")
    np.testing.assert_allclose(given["estimate"], by_score.mean())
    np.testing.assert_array_equal(given["n"], by_score.size())
    assert link.n == 600


def test_high_scores_with_and_without_a_mention_stand_side_by_side(link, frame):
    top = frame["grade"] >= 8
    contrast = link.contrasts["top_by_mention"]
    assert contrast.first.estimate == pytest.approx(top[frame["named"] == 1].mean())
    assert contrast.second.estimate == pytest.approx(top[frame["named"] == 0].mean())
    by_top, by_highest = link.contrasts["mention_by_top"], link.contrasts["mention_by_highest"]
    assert by_top.first.estimate == pytest.approx(frame["named"][top].mean())
    assert by_top.second.estimate == pytest.approx(frame["named"][~top].mean())
    assert by_highest.first.estimate == pytest.approx(frame["named"][frame["grade"] == 10].mean())
    assert by_highest.second_n == int((frame["grade"] < 10).sum())


def test_all_comparisons_are_in_one_table(link):
    table = link.comparisons()
    assert table["comparison"].unique().tolist() == [*CONTRASTS, "adjusted"]
    assert len(table) == 11
    assert table.loc[table["comparison"] == "adjusted", "p_value"].notna().all()
    assert (table["first_n"] + table["second_n"] == 600).all()
    assert list(of(scored(40).assign(named=1)).comparisons().columns) == list(table.columns)


def test_the_summary_says_the_finding_its_adjustment_and_that_it_is_an_association(link):
    first, ratios, by_top, by_highest, adjusted, published, source, last = link.sentences("en")
    assert (
        first
        == link.headline()
        == (
            "Customers who mention an employee give a score of 8–10 more often: 46\xa0% against"
            " 33\xa0% of those who mention nobody, a difference of 13.0 [5.2, 20.7] percentage"
            " points (95\xa0% interval)."
        )
    )
    assert ratios.startswith("That is 1.39 [1.14, 1.70] times as often")
    assert by_top.startswith(
        "An employee is mentioned by 54\xa0% (48–60\xa0%) of those who give 8–10"
    )
    assert by_highest.startswith("Of those who give a 10, 58\xa0%")
    assert adjusted.startswith("With 2 drivers and the length of the text held equal")
    assert TWO_THIRDS in published
    assert "87\xa0%" in published
    assert "here 54\xa0% and 58\xa0%" in published
    assert "no share below 8" in published
    assert source == "Whether an employee is mentioned stands in a column of the survey."
    assert last.startswith("This is an association")


def test_dutch_says_the_same(link):
    said = link.sentences("nl")
    assert said[0].startswith("Klanten die een medewerker noemen, geven vaker een cijfer van 8–10")
    assert "twee op de drie (67\xa0%)" in link.summary("nl")
    assert said[-1].startswith("Dit is een samenhang")
    assert len(said) == len(link.sentences("en"))


def test_a_mention_that_goes_with_low_scores_is_said_without_a_sign(frame):
    said = of(frame.assign(named=1 - frame["named"]))
    assert "less often: 33\xa0% against 46\xa0%" in said.headline()
    assert "a difference of 13.0 [5.2, 20.7]" in said.headline()
    assert "minder vaak" in said.headline("nl")


def test_a_difference_that_is_not_shown_keeps_its_sign():
    frame = scored(30, seed=4)
    frame["named"] = np.where(frame["grade"] >= 8, np.arange(30) % 2, (np.arange(30) + 1) % 2)
    said = of(frame)
    gap = said.contrasts["top_by_mention"].difference
    assert gap.low < 0 < gap.high
    assert "is not shown" in said.headline()
    assert ("−" in said.headline().split("[")[0]) is bool(gap.estimate < 0)


@pytest.mark.parametrize(
    ("flag", "english", "dutch"),
    [
        (1, "All 600 customers of whom this is known mention an employee", "Alle 600 klanten"),
        (0, "None of the 600 customers of whom this is known mentions", "Geen van de 600 klanten"),
    ],
)
def test_when_all_or_none_mention_anybody_shares_stand_and_comparisons_do_not(
    frame, flag, english, dutch
):
    found = of(frame.assign(named=flag))
    assert set(found.tidy()["estimate"].dropna()) == {float(flag)}
    assert all(isinstance(part, Sentence) for part in found.contrasts.values())
    assert found.headline().startswith(english)
    assert found.headline("nl").startswith(dutch)
    assert found.sentences()[1].startswith(f"Of those who give 8–10, {100 * flag}\xa0%")
    assert found.comparisons().empty


def test_only_high_scores_are_no_comparison_and_it_says_what_is_missing(frame):
    found = of(frame[frame["grade"] >= 8])
    assert found.headline() == (
        "All 236 customers give a score of 8 or higher. A comparison needs customers with lower"
        " scores too: without them a share of mentions shows no association."
    )
    assert "lagere cijfers" in found.headline("nl")
    assert set(found.comparisons()["comparison"]) == {"mention_by_highest"}
    assert "cannot be told" in found.summary()


def test_only_low_scores_and_a_missing_highest_score_are_said(frame):
    low = of(frame[frame["grade"] < 8])
    assert low.headline().startswith("None of the 364 customers gives a score of 8 or higher")
    assert "– (nobody gave it)" in low.summary()
    no_ten = of(frame[frame["grade"] < 10])
    assert "None of the 533 customers gives the highest score" in no_ten.summary()
    assert "Geen van de 533 klanten geeft het hoogste cijfer" in no_ten.summary("nl")


def test_one_score_only_is_said_and_no_score_at_all_is_compared(frame):
    found = of(frame.assign(grade=10.0))
    assert found.contrasts["mention_by_highest"].say().startswith("All 600 customers give a score")
    assert found.comparisons().empty


def test_where_the_top_box_is_the_highest_score_it_is_said_once(frame):
    found = of(frame, threshold=10.0)
    assert found.top.say() == "10"
    assert "Of those who give a 10," not in found.summary()
    assert "by 58\xa0% (46–69\xa0%) of those who give 10 and" in found.summary()


def test_on_another_scale_the_top_box_goes_by_its_threshold_and_nothing_is_published(frame):
    five = frame.assign(grade=np.clip(np.round(frame["grade"] / 2), 1, 5))
    five[["reliability", "empathy"]] = np.round(five[["reliability", "empathy"]] / 2)
    found = of(five, scale=(1, 5))
    assert "give a score of 4 or higher more often" in found.headline()
    assert "8–10" not in found.summary()
    assert TWO_THIRDS not in found.summary()
    assert TWO_THIRDS not in of(frame, threshold=9).summary()


def test_who_wrote_nothing_and_who_has_no_score_is_counted(frame):
    blank = frame.copy()
    blank.loc[:9, "named"] = np.nan
    blank.loc[10:12, "grade"] = np.nan
    found = of(blank)
    assert (found.n, found.unwritten, found.lost) == (587, 10, 3)
    assert "Of 10 of the 597 customers it is not known" in found.summary()
    assert "3 respondents have no usable grade or weight" in found.summary()
    assert "3 respondenten hebben geen bruikbaar antwoord op grade" in found.summary("nl")


def test_scores_between_points_are_said_and_mentions_that_were_given_too(frame):
    between = scored_survey(frame.assign(grade=frame["grade"] - 0.25))
    found = agent_link(between, mentions=frame["named"].tolist(), n_boot=0)
    assert "Scores between two points count at the lower one." in found.summary()
    assert "was given with the survey" in found.summary()


def test_controls_blanks_and_penalties_are_said(frame):
    blank = frame.copy()
    blank.loc[::9, "empathy"] = np.nan
    held = of(blank, always=["place"])
    assert isinstance(held.adjusted, AdjustedMention)
    assert "With 2 drivers and 'place' held equal" in held.summary()
    assert "Blank ratings were filled in 12 times" in held.summary()
    apart = of(frame.assign(named=(frame["grade"] >= 8).astype(float)))
    assert "sets the high scores apart completely, so a penalised logit (Firth)" in apart.summary()
    assert "half a respondent was added" in apart.summary()
    assert "an odds ratio of >\xa01\xa0000 [" in apart.summary()
    few = frame.head(60).assign(grade=np.where(np.arange(60) % 5 == 0, 9.0, 5.0))
    assert "there are only 12 customers, so a penalised logit" in of(few).summary()


def test_weights_and_clusters_are_in_the_footer_and_the_same_seed_gives_the_same(frame):
    one, other = (of(frame, weight="weight", cluster="team") for _ in range(2))
    pd.testing.assert_frame_equal(one.comparisons(), other.comparisons())
    assert "50 resamples of clusters for comparisons, seed 0" in one.footer()
    assert "50 hertrekkingen van clusters" in one.footer("nl")
    assert one.footer().endswith("seed 0. Shares are weighted.")
    assert one.footer("nl").endswith("Aandelen zijn gewogen.")
    assert of(frame, cluster="team").footer().endswith("seed 0.")
    assert "Newcombe" in of(frame).footer()


def test_replicate_weights_are_in_the_footer(frame):
    rng = np.random.default_rng(1)
    more = {f"r{place}": frame["weight"] * rng.uniform(0.5, 1.5, 600) for place in range(6)}
    columns = {"weight": "weight", "replicate_weights": tuple(more)}
    found = of(frame.assign(**more), **columns)
    assert "replicate weights for comparisons" in found.footer()
    assert np.isfinite(found.contrasts["top_by_mention"].difference.low)


def test_it_reads_well_in_a_notebook_and_draws_itself(link):
    assert "mentions an employee" in repr(link).splitlines()[0]
    assert link.headline() in repr(link)
    assert "<table" in link._repr_html_()
    assert "noemt een medewerker" in link.table("nl").columns
    axes = link.plot(language="nl")
    assert isinstance(axes, Axes)


def test_a_survey_without_texts_or_mentions_is_refused_with_what_to_add(frame):
    with pytest.raises(FitError) as caught:
        of(frame, mention=None)
    assert "names neither a column of texts (verbatim) nor one of mentions" in str(caught.value)
    assert "noemt geen kolom met teksten" in caught.value.say("nl")


def test_mentions_that_are_all_blank_are_refused(frame):
    with pytest.raises(FitError) as caught:
        of(frame.assign(named=np.nan))
    assert str(caught.value).startswith("Of none of the 600 respondents with a score is it known")
    assert caught.value.say("nl").startswith("Van geen van de 600 respondenten")
