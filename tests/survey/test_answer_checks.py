"""Tests of `cxdrivers.survey.answer_checks`: what is looked at answer by answer."""

from __future__ import annotations

import numpy as np

from cxdrivers.survey.answer_checks import constant, off_scale
from tests.samples import survey_of
from tests.survey.sick_surveys import sound, with_value


def test_every_value_off_the_scale_is_named_once():
    frame = with_value("empathy", 3, 99)
    frame.loc[5, "empathy"] = 0
    [found] = off_scale(survey_of(frame, scale=(1, 10)))
    assert (found.rows, found.facts["values"]) == (4, [0.0, 99.0])


def test_a_driver_that_varies_only_among_rows_without_an_outcome_never_varies():
    frame = sound()
    frame.loc[10:, "empathy"] = 7.0
    frame.loc[:9, "satisfaction"] = np.nan
    assert [found.column for found in constant(survey_of(frame))] == ["empathy"]
