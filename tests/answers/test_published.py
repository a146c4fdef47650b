"""Tests of `answers.published`."""

from __future__ import annotations

import pytest

from cxdrivers.answers.published import published_figure


@pytest.mark.parametrize(
    ("name", "share"), [("K1", 0.667), ("K2", 0.87), ("K3", 0.36), ("K4", 0.14)]
)
def test_the_figures_of_mentions_and_recommendations_are_there(name, share):
    assert published_figure(name).share == pytest.approx(share)


def test_a_figure_has_its_source_and_its_caution():
    figure = published_figure("K1")
    assert "Klantvriendelijkste Bedrijf" in figure.source
    assert figure.group == "consumers scoring 8-10"
    assert "not an association" in figure.caution


def test_there_is_no_figure_of_another_name():
    with pytest.raises(KeyError):
        published_figure("nothing")
