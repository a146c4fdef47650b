"""A query needs what a query cannot find out by itself, and says so."""

from __future__ import annotations

import pytest

from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.errors import FitError, SurveyError
from cxdrivers.moments.warehouse.query import moments_sql

FIELDS = {"outcome": "grade", "drivers": ["friendly", "fast"], "scale": (1, 10)}


def test_the_fields_of_a_codebook_say_the_same_as_the_codebook(tmp_path):
    path = tmp_path / "codebook.toml"
    path.write_text(
        '[defaults]\nscale = [1, 10]\n[outcome]\nkey = "grade"\nitems = ["grade"]\n'
        '[drivers.friendly]\nitems = ["friendly"]\n[drivers.fast]\nitems = ["fast"]\n',
        encoding="utf-8",
    )
    book = Codebook(
        Question("grade", ("grade",), scale=(1, 10)),
        tuple(Question(key, (key,), scale=(1, 10)) for key in ("friendly", "fast")),
    )
    texts = {
        moments_sql(table="t1", parts=0, **FIELDS).text,
        moments_sql(table="t1", parts=0, codebook=book).text,
        moments_sql(table="t1", parts=0, codebook=path).text,
    }
    assert len(texts) == 1


def test_a_table_may_lie_in_a_schema():
    assert 'FROM "a"."b" AS t' in moments_sql(table="a.b", parts=0, **FIELDS).text
    assert 'FROM "a.b" AS t' in moments_sql(table=["a.b"], parts=0, **FIELDS).text
    spark = moments_sql(table="lake.cx.answers", dialect="spark", parts=0, **FIELDS)
    assert "FROM `lake`.`cx`.`answers` AS t" in spark.text


def test_a_table_that_is_called_like_a_step_is_refused():
    with pytest.raises(FitError, match="'CX_told' cannot be written"):
        moments_sql(table="CX_told", parts=0, **FIELDS)


def test_parts_need_a_column_that_tells_rows_apart():
    with pytest.raises(FitError, match='identity="…"'):
        moments_sql(table="t1", **FIELDS)
    assert "hashed" in moments_sql(table="t1", respondent="id", **FIELDS).text


def test_without_a_scale_a_centre_is_needed():
    fields = {"outcome": "grade", "drivers": ["seconds"], "parts": 0}
    with pytest.raises(
        FitError, match=r"'seconds', 'grade' have no scale.*centre=\{\"seconds\": 100\}"
    ):
        moments_sql(table="t1", **fields)
    query = moments_sql(table="t1", centre={"seconds": 95.5, "grade": 7}, **fields)
    assert [column.centre for column in query.plan.columns] == [95.5, 7.0]
    assert "a_0 - 95.5e0 AS x_0" in query.text


@pytest.mark.parametrize(
    ("centre", "said"),
    [
        ({"fats": 3}, r"no question 'fats' to give a centre. Did you mean 'fast'\?"),
        ({"fast": float("nan")}, "The centre of 'fast' is 'nan', which is not a finite number"),
        ({"fast": "7"}, "The centre of 'fast' is '7', which is not a finite number"),
    ],
)
def test_a_centre_is_a_number_for_a_question(centre, said):
    with pytest.raises(FitError, match=said):
        moments_sql(table="t1", parts=0, centre=centre, **FIELDS)


def test_a_codebook_is_given_once_and_whole():
    with pytest.raises(SurveyError, match="'drivers', 'outcome' was not given"):
        moments_sql(table="t1", scale=(1, 10))
    book = moments_sql(table="t1", parts=0, **FIELDS).plan.codebook
    with pytest.raises(SurveyError, match=r"fields of another one \('scale'\)"):
        moments_sql(table="t1", codebook=book, scale=(1, 10))
