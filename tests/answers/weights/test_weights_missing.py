"""Weights of surveys with blanks: `driver_weights(missing=...)` and `fit_satisfaction`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.moments import incomplete
from cxdrivers.moments.incomplete import incomplete_rows, likeliest_moments
from tests.samples import answers, survey_of

POLICIES = ("em", "imputation", "listwise")
HOLES = ("reliability", "empathy", "customer_focus")


def holes(frame: pd.DataFrame, share: float = 0.2, seed: int = 5) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    frame = frame.copy()
    for driver in HOLES:
        frame.loc[rng.random(len(frame)) < share, driver] = np.nan
    return frame


def blank_survey(n: int = 300, **fields: Any) -> cx.Survey:
    frame = holes(answers(n=n)).assign(
        team=np.arange(n) // 10,
        region=np.arange(n) // 100,
        w=np.random.default_rng(0).uniform(0.5, 2, n),
        minutes=np.arange(n) % 17.0,
        channel=["mail", "phone", "chat"] * (n // 3),
    )
    return survey_of(frame, **fields)


@pytest.fixture(scope="module")
def survey() -> cx.Survey:
    return blank_survey()


def test_without_blanks_every_policy_gives_the_same_weights_to_the_byte():
    survey = survey_of(answers())
    tables = [cx.driver_weights(survey, missing=policy, n_boot=50).tidy() for policy in POLICIES]
    for table in tables[1:]:
        pd.testing.assert_frame_equal(table, tables[0], check_exact=True)


def test_by_default_blanks_are_estimated_by_what_fits_the_kind(survey: cx.Survey):
    default = cx.driver_weights(survey, n_boot=20)
    assert default.settings.missing == "em"
    em = cx.driver_weights(survey, missing="em", n_boot=20)
    pd.testing.assert_frame_equal(default.tidy(), em.tidy(), check_exact=True)
    top_box = cx.driver_weights(survey, kind="top_box", threshold=8, n_boot=0)
    assert top_box.settings.missing == "imputation"
    assert top_box.n == default.n


def test_every_row_with_an_answer_is_used_and_listwise_only_the_complete_ones(survey: cx.Survey):
    blank = survey.frame[list(HOLES)].isna()
    assert cx.driver_weights(survey, n_boot=0).n == 300 - blank.all(axis=1).sum()
    assert cx.driver_weights(survey, missing="listwise", n_boot=0).n == (~blank.any(axis=1)).sum()


def test_weights_by_em_are_those_of_the_likeliest_covariances(survey: cx.Survey):
    weights = cx.driver_weights(survey, adjusted=False, n_boot=0)
    values = survey.frame[[*HOLES, "satisfaction"]].to_numpy()
    values = values[~np.isnan(values[:, :3]).all(axis=1)]
    _, [covariance] = likeliest_moments(incomplete_rows(values), np.ones((1, len(values))))
    moments = cx.Moments.from_covariance(covariance, names=[*HOLES, "satisfaction"], n=300)
    np.testing.assert_allclose(
        weights.estimate, cx.driver_weights(moments, adjusted=False).estimate, atol=1e-9
    )


def test_em_and_imputation_agree_but_for_chance():
    frame = holes(answers(n=3000))
    em, imputation = (
        cx.driver_weights(survey_of(frame), missing=policy, n_boot=0) for policy in POLICIES[:2]
    )
    np.testing.assert_allclose(em.estimate, imputation.estimate, atol=0.005)


@pytest.mark.parametrize("policy", ["em", "imputation"])
def test_blanks_that_follow_from_the_grade_bend_complete_rows_and_not_the_estimates(policy: str):
    frame = answers((0.6, 0.4, 0.1), n=20_000)
    truth = cx.driver_weights(survey_of(frame), n_boot=0)
    frame.loc[frame["satisfaction"] > 7.5, "empathy"] = np.nan
    survey = survey_of(frame)
    kept = cx.driver_weights(survey, missing=policy, n_boot=0)
    np.testing.assert_allclose(kept.estimate, truth.estimate, atol=0.02)
    np.testing.assert_allclose(kept.effects.effect, truth.effects.effect, atol=0.03)
    lost = cx.driver_weights(survey, missing="listwise", n_boot=0)
    assert np.abs(lost.estimate - truth.estimate).max() > 0.06


@pytest.mark.parametrize("policy", ["em", "imputation"])
def test_blanks_of_a_driver_that_did_not_apply_to_some_do_no_harm(policy: str):
    rng = np.random.default_rng(1)
    frame = answers((0.5, 0.0, 0.2), n=20_000)
    met = rng.random(len(frame)) < 0.5
    frame["satisfaction"] += np.where(met, 0.6 * (frame["empathy"] - 7), 0.3)
    frame.loc[~met, "empathy"] = -1
    truth = cx.driver_weights(survey_of(frame, not_applicable=[-1]), n_boot=0)
    frame.loc[met & (rng.random(len(frame)) < 0.5), "empathy"] = np.nan
    kept = cx.driver_weights(survey_of(frame, not_applicable=[-1]), missing=policy, n_boot=0)
    np.testing.assert_allclose(kept.estimate, truth.estimate, atol=0.02)


@pytest.mark.parametrize("policy", POLICIES)
def test_units_do_not_matter(survey: cx.Survey, policy: str):
    frame = survey.frame.assign(empathy=lambda table: 12.5 * table["empathy"] - 40)
    weights, other = (
        cx.driver_weights(one, missing=policy, n_boot=40) for one in (survey, survey_of(frame))
    )
    np.testing.assert_allclose(other.estimate, weights.estimate, atol=1e-9)
    np.testing.assert_allclose(other.replicates, weights.replicates, atol=1e-9)
    np.testing.assert_allclose(12.5 * other.effects.effect[1], weights.effects.effect[1], atol=1e-9)


def test_a_whole_weight_is_as_many_rows():
    frame = holes(answers(n=150)).assign(w=np.arange(150) % 3 + 1.0)
    repeated = frame.loc[frame.index.repeat(frame["w"].astype(int))].reset_index(drop=True)
    weighted = cx.driver_weights(survey_of(frame, weight="w"), adjusted=False, n_boot=0)
    plain = cx.driver_weights(survey_of(repeated), adjusted=False, n_boot=0)
    np.testing.assert_allclose(weighted.estimate, plain.estimate, atol=1e-6)


@pytest.mark.parametrize(
    ("kind", "policy"), [("linear", "em"), ("linear", "imputation"), ("top_box", "imputation")]
)
def test_the_same_seed_gives_the_same_bytes(kind: str, policy: str):
    survey = blank_survey(60)
    threshold = None if kind == "linear" else 7
    once, again, other = (
        cx.driver_weights(
            survey, kind=kind, threshold=threshold, missing=policy, n_boot=4, seed=seed
        )
        for seed in (3, 3, 4)
    )
    assert once.replicates.tobytes() == again.replicates.tobytes()
    assert once.effects.low.tobytes() == again.effects.low.tobytes()
    assert once.replicates.tobytes() != other.replicates.tobytes()


FIELDS: list[dict[str, Any]] = [
    {"cluster": "team"},
    {"strata": "region"},
    {"cluster": "team", "strata": "region", "weight": "w"},
]


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("fields", FIELDS)
def test_clusters_strata_weights_and_controls_go_with_every_policy(
    policy: str, fields: dict[str, str]
):
    survey = blank_survey(**fields)
    weights = cx.driver_weights(survey, missing=policy, always=["minutes", "channel"], n_boot=40)
    table = weights.tidy()
    assert np.isfinite(table[["estimate", "conf_low", "conf_high", "effect_low"]]).all(axis=None)
    assert (table["conf_low"] < table["conf_high"]).all()
    assert weights.estimate[0] > weights.estimate[2]
    drawn = "clusters" if "cluster" in fields else "respondents"
    assert f"40 resamples of {drawn}" in weights.footer()


@pytest.mark.parametrize("policy", POLICIES)
def test_factors_items_and_interactions_go_with_every_policy(policy: str):
    rng = np.random.default_rng(6)
    frame = answers((0.5, 0.3, 0.1, 0.4), n=400)
    channel = np.array(["mail", "phone", "phone", "chat"])[np.arange(400) % 4]
    frame["satisfaction"] -= np.where(channel == "chat", 1.5, 0)
    frame = holes(frame, 0.15).assign(channel=channel)
    frame.loc[rng.random(400) < 0.2, "channel"] = None
    drivers = (
        cx.Question("reliability", ("reliability",)),
        cx.Question("customer_knowledge", ("customer_knowledge",)),
        cx.Question("people", ("empathy", "customer_focus"), kind="items"),
        cx.Question("channel", ("channel",), kind="factor"),
        cx.Question("both", interaction=("reliability", "customer_knowledge")),
    )
    outcome = cx.Question("satisfaction", ("satisfaction",))
    survey = cx.Survey(frame, cx.Codebook(outcome=outcome, drivers=drivers))
    weights = cx.driver_weights(survey, missing=policy, n_boot=30)
    table = weights.tidy().set_index("driver")
    assert table.loc["channel", "rank"] <= 2
    assert np.isfinite(table[["estimate", "conf_low", "own_p_value"]]).all(axis=None)
    chat = weights.model.tidy().set_index("term").loc["chat"]
    assert chat["conf_low"] < -1.5 < chat["conf_high"]


@pytest.mark.parametrize("policy", POLICIES)
def test_all_that_weights_can_say_they_can_say_with_blanks(survey: cx.Survey, policy: str):
    weights = cx.driver_weights(survey, missing=policy, adjusted=False, n_boot=60)
    for kind in ("percentile", "basic", "normal", "bca"):
        table = weights.intervals(kind)
        assert (table["conf_low"] < table["conf_high"]).all()
    dominance = weights.dominance()
    assert dominance["complete_again"].between(0, 1).all()
    assert dominance.loc[1, "general"]
    assert len(weights.differences()) == 3
    assert weights.letters()["reliability"][0] == "a"
    assert f"between {weights.n} respondents" in weights.summary()
    assert f"tussen {weights.n} respondenten" in weights.summary("nl")
    again = weights.resampled("respondents", n_boot=10)
    assert again.replicates.shape == (10, 3)


@pytest.mark.parametrize("policy", ["em", "imputation"])
def test_bca_leaves_whole_clusters_out(policy: str):
    survey = blank_survey(cluster="team")
    weights = cx.driver_weights(survey, missing=policy, adjusted=False, n_boot=60)
    assert np.isfinite(weights.intervals("bca")["conf_low"]).all()


@pytest.mark.parametrize("method", ["first", "last", "betasq", "pratt", "johnson", "car"])
def test_every_measure_goes_with_em_and_imputation(survey: cx.Survey, method: str):
    em, imputation = (
        cx.driver_weights(survey, method=method, adjusted=False, missing=policy, n_boot=0).estimate
        for policy in POLICIES[:2]
    )
    np.testing.assert_allclose(em, imputation, atol=0.03)


@pytest.mark.parametrize("kind", ["top_box", "ordinal"])
def test_a_logistic_model_with_blanks_says_all_it_says_without(kind: str):
    frame = holes(answers(n=90)).round()
    weights = cx.driver_weights(survey_of(frame), kind=kind, threshold=8, adjusted=False, n_boot=20)
    assert len(weights.replicates) == 20
    assert weights.dominance().shape == (6, 8)
    assert np.isfinite(weights.intervals("bca")["conf_low"]).all()
    assert "AUC" in weights.model.validation(folds=3).table().to_string()
    assert weights.model.thresholds()["std_error"].notna().all()
    if kind == "ordinal":
        assert weights.model.proportional_odds().sentence()


def test_probes_go_with_blanks(survey: cx.Survey):
    weights = cx.driver_weights(survey, n_boot=0)
    table = weights.probe(50)
    np.testing.assert_allclose(table["estimate"], weights.estimate, atol=0.02)
    assert np.isfinite(table["probe"]).all()


def test_residuals_are_refused_while_blanks_are_estimated(survey: cx.Survey):
    weights = cx.driver_weights(survey, n_boot=0)
    with pytest.raises(cx.FitError) as caught:
        weights.resampled("residuals", n_boot=10)
    assert "while blank answers are estimated: which rows they belong to" in str(caught.value)
    assert "terwijl lege antwoorden worden geschat" in caught.value.say("nl")
    complete = cx.driver_weights(survey, missing="listwise", n_boot=0)
    assert len(complete.resampled("residuals", n_boot=10).replicates) == 10


REFUSED: list[tuple[Callable[[cx.Survey], object], str, str]] = [
    (
        lambda survey: cx.driver_weights(survey, missing="listwize"),
        "missing is 'listwize'. Did you mean 'listwise'? It can be 'em', 'imputation', 'listwise'.",
        "Bedoelde u 'listwise'?",
    ),
    (
        lambda survey: cx.driver_weights(survey, kind="ordinal", missing="em"),
        'Likeliest moments (missing="em") belong to kind="linear". Use missing="imputation"',
        'horen bij kind="linear". Gebruik bij kind="ordinal" missing="imputation"',
    ),
    (
        lambda survey: cx.fit_satisfaction(survey, missing="em"),
        "missing is 'em'. It can be 'imputation', 'listwise'.",
        "missing is 'em'. Het kan zijn: 'imputation', 'listwise'.",
    ),
]


@pytest.mark.parametrize(("call", "english", "dutch"), REFUSED)
def test_a_policy_that_cannot_be_is_refused(survey, call, english: str, dutch: str):
    with pytest.raises(cx.FitError) as caught:
        call(survey)
    assert english in str(caught.value)
    assert dutch in caught.value.say("nl")


def test_estimating_that_does_not_end_is_refused(monkeypatch):
    monkeypatch.setattr(incomplete, "MOST_STEPS", 1)
    frame = answers(n=200)
    frame.loc[frame.index[3:], "empathy"] = np.nan
    with pytest.raises(cx.FitError, match="too few respondents answered the same questions"):
        cx.driver_weights(survey_of(frame), n_boot=40)


def test_a_question_that_one_person_answered_never_varies_and_has_no_weight():
    frame = answers(n=200)
    frame.loc[frame.index[1:], "empathy"] = np.nan
    table = cx.driver_weights(survey_of(frame), n_boot=0).tidy().set_index("driver")
    assert table.loc["empathy", ["estimate", "n", "remark"]].tolist() == [0, 1, "constant"]
    assert table.loc["reliability", "n"] == 200


def test_a_survey_in_which_everybody_left_out_one_of_three_questions_has_weights():
    frame = answers((0.6, 0.3, 0.1), n=900)
    truth = cx.driver_weights(survey_of(frame), n_boot=0)
    for place, driver in enumerate(HOLES):
        frame.loc[place::3, driver] = np.nan
    for policy in ("em", "imputation"):
        weights = cx.driver_weights(survey_of(frame), missing=policy, n_boot=0)
        assert weights.n == 900
        np.testing.assert_allclose(weights.estimate, truth.estimate, atol=0.05)
    with pytest.raises(cx.FitError, match="0 usable rows are too few"):
        cx.driver_weights(survey_of(frame), missing="listwise", n_boot=0)


@pytest.mark.xfail(strict=True, reason="nothing is said of two questions never answered together")
def test_two_questions_that_nobody_answered_both_are_refused():
    frame = answers(n=200)
    frame.loc[:99, "empathy"] = np.nan
    frame.loc[100:, "customer_focus"] = np.nan
    with pytest.raises(cx.CxError, match=r"'empathy'.*'customer_focus'"):
        cx.driver_weights(survey_of(frame), n_boot=0)


def test_own_effects_and_counts_are_of_those_who_answered(survey: cx.Survey):
    table = cx.driver_weights(survey, n_boot=0).tidy()
    assert table["n"].tolist() == survey.frame[list(HOLES)].notna().sum().tolist()
    model = cx.fit_satisfaction(survey)
    np.testing.assert_allclose(table["effect"], model.tidy()["estimate"])


def test_the_frame_of_the_caller_keeps_its_blanks():
    frame = holes(answers())
    before = frame.copy(deep=True)
    cx.driver_weights(survey_of(frame), missing="imputation", n_boot=20)
    pd.testing.assert_frame_equal(frame, before)


def test_six_drivers_of_a_bank_by_every_policy(shared_file):
    frame = pd.read_csv(shared_file("data/flip_bank.csv"))
    names = ("Fees", "Interest", "Phone", "Branch", "Online", "ATM")
    questions = [cx.Question(name, (name,), scale=(1, 7)) for name in ("Overall", *names)]
    codebook = cx.Codebook(
        outcome=questions[0], drivers=tuple(questions[1:]), weight="weight", cluster="ID",
        required=("weight", "ID"),
    )  # fmt: skip
    survey = cx.Survey(frame, codebook)
    used = {policy: cx.driver_weights(survey, missing=policy, n_boot=0) for policy in POLICIES}
    assert {policy: weights.n for policy, weights in used.items()} == {
        "em": 696, "imputation": 696, "listwise": 244
    }  # fmt: skip
    np.testing.assert_allclose(used["em"].estimate, used["imputation"].estimate, atol=0.015)
