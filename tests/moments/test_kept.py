"""Tests of `cxdrivers.moments.kept`: made once, and gone with what it was made of."""

from __future__ import annotations

import gc
from weakref import ref

import numpy as np

import cxdrivers as cx
from cxdrivers.moments.design import design_of
from cxdrivers.moments.imputation import filled_designs, filling_count, imputed_designs
from cxdrivers.moments.kept import kept
from tests.samples import answers, survey_of


class Owner:
    """Something to make things of."""


def blank_survey() -> cx.Survey:
    frame = answers(n=60)
    frame.loc[3:8, "empathy"] = np.nan
    return survey_of(frame)


def test_the_same_thing_is_made_once_and_another_by_itself():
    owner, made = Owner(), []
    for name in ("a", "a", "b"):
        kept(owner, name, lambda name=name: made.append(name))
    assert made == ["a", "b"]


def test_another_owner_has_its_own():
    assert kept(Owner(), "a", lambda: 1) == 1
    assert kept(Owner(), "a", lambda: 2) == 2


def test_what_was_made_goes_with_its_owner():
    owner = Owner()
    gone = ref(kept(owner, "a", Owner))
    gc.collect()
    assert gone() is not None
    del owner
    gc.collect()
    assert gone() is None


def test_a_survey_is_laid_out_once_for_each_way_to_use_its_rows():
    survey = blank_survey()
    assert design_of(survey, blanks=True) is design_of(survey, blanks=True)
    assert len(design_of(survey, blanks=False).outcome) == 54
    assert len(design_of(survey, blanks=True).outcome) == 60


def test_fillings_are_those_that_are_drawn_and_the_same_ones_when_asked_again():
    design = design_of(blank_survey(), blanks=True)
    fillings = filled_designs(design, seed=3)
    drawn = imputed_designs(design, m=filling_count(design), seed=3)
    for kept_one, drawn_one in zip(fillings, drawn, strict=True):
        np.testing.assert_array_equal(kept_one.columns, drawn_one.columns)
    assert filled_designs(design, seed=3) is fillings
    assert not np.array_equal(filled_designs(design, seed=4)[0].columns, fillings[0].columns)


def test_a_design_without_blanks_is_its_only_filling():
    design = design_of(survey_of(answers(n=50)))
    assert filled_designs(design, seed=1) == (design,)


def test_surveys_are_dropped_although_their_designs_were_kept():
    survey = blank_survey()
    gone = ref(survey)
    filled_designs(design_of(survey, blanks=True), seed=1)
    del survey
    gc.collect()
    assert gone() is None
