"""Tests of `cxdrivers.survey.scale_verdicts`."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.survey.scale_verdicts import (
    DOUBTFUL,
    LOW,
    NOT_TOLD,
    SOUND,
    STRAY_ITEM,
    verdict_of,
)
from tests.scale_samples import one_factor_covariance


@pytest.mark.parametrize(
    ("loadings", "remark"),
    [
        ((0.8, 0.8, 0.8), ""),
        ((0.62, 0.62, 0.62), "doubtful"),
        ((0.5, 0.5, 0.5), "low"),
        ((0.8, 0.8, 0.1), "stray_item"),
        ((0.9, 0.8, 0.8, -0.1), "stray_item"),
        ((0.6, 0.3, 0.1), "low"),
        ((0.5, 0.5), "low"),
        ((0.8, 0.8), ""),
    ],
)
def test_what_there_is_to_say_follows_from_the_loadings(loadings: tuple[float, ...], remark: str):
    assert verdict_of(one_factor_covariance(loadings)).remark == remark
    assert remark in (LOW, DOUBTFUL, STRAY_ITEM, NOT_TOLD, SOUND)


def test_the_stray_item_is_named():
    verdict = verdict_of(one_factor_covariance((0.8, 0.1, 0.8)))
    assert verdict.worst == 1
    assert verdict.without[1] == pytest.approx(2 * 0.64 / 1.64)


def test_a_scale_is_not_blamed_for_what_only_alpha_holds_against_it():
    """Items of very unequal strength: alpha is below 0.7, omega is not."""
    verdict = verdict_of(one_factor_covariance((0.95, 0.7, 0.35)))
    assert verdict.alpha < 0.7 < verdict.omega
    assert verdict.remark == ""


def test_what_does_not_vary_is_not_judged():
    assert verdict_of(np.diag([1.0, 0.0, 1.0])).remark == "not_told"
    assert verdict_of(np.full((2, 2), np.nan)).remark == "not_told"
