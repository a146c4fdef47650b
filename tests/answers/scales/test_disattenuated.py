"""Tests of `answers.scales.disattenuated`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.scales.disattenuated import disattenuated_weights
from cxdrivers.survey.reliability import omega_of
from tests.samples import OUTCOME, answers, survey_of
from tests.scale_samples import scale_answers, scale_survey
from tests.twins import average_over_all_orders, fits_of_covariance

NOISY = {"reliability": (0.5, 0.5, 0.5), "empathy": (0.9, 0.9, 0.9), "wait_time": (0.8, 0.8)}


def test_the_corrected_weights_are_shapley_values_of_spearman_s_correlations():
    frame = scale_answers(NOISY, n=900)
    found = disattenuated_weights(scale_survey(frame))
    columns = {
        name: frame[[f"{name}_{number}" for number in range(1, len(loadings) + 1)]]
        for name, loadings in NOISY.items()
    }
    scores = np.column_stack([*(items.mean(axis=1) for items in columns.values()), frame[OUTCOME]])
    correlation = np.corrcoef(scores, rowvar=False)
    omega = [float(omega_of(items.cov().to_numpy())) for items in columns.values()]
    roots = np.sqrt([*omega, 1.0])
    corrected = correlation / np.outer(roots, roots)
    np.fill_diagonal(corrected, 1)
    for weights, matrix in ((found.estimate, correlation), (found.corrected, corrected)):
        expected = average_over_all_orders(fits_of_covariance(matrix, 3), 3)
        np.testing.assert_allclose(weights, expected, atol=1e-8)
    np.testing.assert_allclose(found.omega, omega, atol=1e-7)


def test_the_weights_of_what_is_behind_the_answers_are_found_again():
    """A driver that was measured badly has too small a share, and gets back what it lost."""
    frame = scale_answers(NOISY, n=20_000, slopes=(0.6, 0.3, 0.1))
    found = disattenuated_weights(scale_survey(frame)).tidy().set_index("driver")
    latent = np.full((3, 3), 0.4) + 0.6 * np.eye(3)
    slopes = np.array([0.6, 0.3, 0.1])
    matrix = np.block(
        [
            [latent, (latent @ slopes)[:, np.newaxis]],
            [latent @ slopes, slopes @ latent @ slopes + 1],
        ]
    )
    truth = average_over_all_orders(fits_of_covariance(matrix, 3), 3)
    np.testing.assert_allclose(found["estimate_corrected"], truth, atol=0.025)
    assert found.loc["reliability", "share"] < 0.55 < truth[0] / truth.sum()
    assert found.loc["reliability", "share_corrected"] == pytest.approx(
        truth[0] / truth.sum(), abs=0.03
    )


def test_not_applicable_keeps_its_own_term_and_only_the_rating_is_corrected():
    frame = scale_answers(NOISY, n=2000)
    away = frame.copy()
    away.loc[::4, ["reliability_1", "reliability_2", "reliability_3"]] = -1
    found = disattenuated_weights(scale_survey(away, not_applicable=[-1]))
    plain = cx.driver_weights(scale_survey(away, not_applicable=[-1]), adjusted=False, n_boot=0)
    np.testing.assert_allclose(found.estimate, plain.estimate, atol=1e-9)
    assert found.corrected[0] > 1.2 * found.estimate[0]


def test_a_driver_that_never_varies_is_in_nobody_s_way():
    frame = scale_answers(NOISY).assign(ivr_menu_1=5.0, ivr_menu_2=5.0)
    found = disattenuated_weights(scale_survey(frame)).tidy().set_index("driver")
    assert found.loc["ivr_menu", ["estimate", "estimate_corrected"]].tolist() == [0, 0]
    assert np.isnan(found.loc["ivr_menu", "omega"])


def test_it_is_called_a_sensitivity_in_both_languages():
    found = disattenuated_weights(scale_survey(scale_answers(NOISY, n=900)))
    said = found.summary()
    assert "With unreliability taken out of the drivers they stand in" in said
    assert "The share of Reliability (omega 0.5" in said
    assert "This is a sensitivity analysis, not the answer" in said
    assert "Dit is een gevoeligheidsanalyse, niet het antwoord" in found.summary("nl")
    assert list(found.table().columns) == [
        "driver", "omega", "share", "share, corrected (sensitivity)",
    ]  # fmt: skip
    assert found.table("nl").columns[-1] == "aandeel, gecorrigeerd (gevoeligheid)"
    assert "<table" in found._repr_html_()
    assert repr(found).endswith(said)


def test_it_says_whether_the_order_hangs_on_reliability():
    same = {"reliability": (0.8, 0.8), "empathy": (0.8, 0.8)}
    kept = disattenuated_weights(scale_survey(scale_answers(same, slopes=(0.8, 0.2))))
    assert kept.summary().startswith(
        "With unreliability taken out of the drivers they stand in the"
    )
    assert kept.summary("nl").endswith("Rapporteer de gewichten zoals zij zijn gemeten.")
    uneven = {"reliability": (0.4, 0.4, 0.4), "empathy": (0.95, 0.95, 0.95)}
    frame = scale_answers(uneven, n=3000, slopes=(0.6, 0.5))
    turned = disattenuated_weights(scale_survey(frame))
    assert "they stand in another order, so the order hangs partly on" in turned.summary()
    assert "staan zij in een andere volgorde; de volgorde hangt dus deels" in turned.summary("nl")


def test_a_driver_of_one_item_is_refused():
    with pytest.raises(cx.FitError) as caught:
        disattenuated_weights(survey_of(answers()))
    assert caught.value.say("en").startswith(
        "Weights cannot be corrected for unreliability: 'reliability', 'empathy', 'customer_focus' "
        "are not the mean of several items, and of one answer nobody can tell how reliable it is."
    )
    assert caught.value.say("nl").endswith("Gebruik driver_weights, dat vraagt er niet om.")


def test_a_driver_whose_reliability_cannot_be_told_is_refused():
    frame = scale_answers(NOISY)
    turned = frame.assign(wait_time_2=14 - frame["wait_time_2"])
    with pytest.raises(cx.FitError) as caught:
        disattenuated_weights(scale_survey(turned))
    assert "of 'wait_time' the answers do not tell any (an item that" in caught.value.say("en")
    assert "die van 'wait_time' blijkt niet uit de antwoorden" in caught.value.say("nl")


def test_corrected_correlations_that_cannot_be_are_refused():
    """Items of two drivers that go together more than the items of each do."""
    frame = scale_answers({"empathy": (0.6, 0.6), "ivr_menu": (0.6, 0.6)}, correlation=1.0, n=300)
    rng = np.random.default_rng(1)
    shared = rng.normal(size=(300, 2))
    frame = frame.assign(
        empathy_1=frame["empathy_1"] + shared[:, 0],
        ivr_menu_1=frame["ivr_menu_1"] + shared[:, 0],
        empathy_2=frame["empathy_2"] + shared[:, 1],
        ivr_menu_2=frame["ivr_menu_2"] + shared[:, 1],
    )
    with pytest.raises(cx.FitError) as caught:
        disattenuated_weights(scale_survey(frame))
    assert caught.value.say("en").startswith(
        "The correlations corrected for unreliability cannot be correlations: their smallest "
        "eigenvalue is -"
    )
    assert "'empathy' and 'ivr_menu' would correlate 4." in caught.value.say("en")
    assert caught.value.say("nl").endswith("Gebruik driver_weights, dat niets corrigeert.")


def test_a_driver_that_would_correlate_more_than_whole_with_the_outcome_is_refused():
    frame = scale_answers({"empathy": (0.6, 0.6)}, n=300)
    both = frame["empathy_1"] + frame["empathy_2"]
    with pytest.raises(cx.FitError, match=r"'empathy' and 'satisfaction' would correlate 1\."):
        disattenuated_weights(scale_survey(frame.assign(satisfaction=both)))


def test_only_a_survey_can_be_corrected():
    with pytest.raises(cx.FitError, match="not a DataFrame"):
        disattenuated_weights(pd.DataFrame())  # type: ignore[arg-type]
