"""Spark gives what memory gives, on a standalone master and worker, also if the worker is lost."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Thread
from typing import Any

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.codebook.codebook_text import write_codebook
from cxdrivers.errors import CxError
from cxdrivers.moments.warehouse import lost_workers
from cxdrivers.moments.warehouse.query import MomentsQuery, moments_sql
from cxdrivers.moments.warehouse.reading import moments_from
from tests.moments.warehouse.awkward import (
    CENTRE,
    EMPATHY,
    WAIT,
    answers,
    assert_same,
    codebook,
    in_memory,
)
from tests.moments.warehouse.servers import SparkCluster, spark_cluster, spark_session
from tests.moments.warehouse.test_warehouse_page import python_with

pytest.importorskip("pyspark")

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed"),
    # What Spark says of pandas 3 is about its own pandas API.
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]

ROWS = 1_000_000
AWAY = 99
TABLE = "`client's`"


@pytest.fixture(scope="module")
def cluster() -> Iterator[SparkCluster]:
    with spark_cluster() as found:
        yield found


@pytest.fixture(scope="module")
def session(cluster: SparkCluster) -> Iterator[Any]:
    with spark_session(cluster.url) as found:
        yield found


def spark_frame(session: Any, frame: pd.DataFrame) -> Any:
    """Return answers as a data frame of Spark, with columns of many kinds."""
    from pyspark.sql import types

    kinds = {
        "group": types.StringType(),
        "channel": types.StringType(),
        "wait_1": types.StringType(),
        "cost": types.DoubleType(),
        "Weight": types.DoubleType(),
        "solved": types.BooleanType(),
        "select": types.ByteType(),
        "id": types.LongType(),
    }
    fields = [types.StructField(name, kinds.get(name, types.IntegerType())) for name in frame]
    rows = frame.astype(object).where(frame.notna(), None)
    rows["solved"] = [None if cell is None else cell == 1 for cell in rows["solved"]]
    found = session.createDataFrame(rows.to_numpy().tolist(), types.StructType(fields))
    return found.repartition(3)


def query_of(**settings: Any) -> MomentsQuery:
    asked = {"codebook": codebook(), "centre": CENTRE, "identity": "id"} | settings
    return moments_sql(table=["client's"], dialect="spark", **asked)


def check_query(session: Any, **settings: Any) -> None:
    """Check that the query for a data team gives what memory gives."""
    frame = answers()
    spark_frame(session, frame).createOrReplaceTempView(TABLE)
    query = query_of(**settings)
    assert_same(query.moments(session.sql(query.text)), in_memory(query.plan, frame))


def with_texts(frame: pd.DataFrame) -> pd.DataFrame:
    """Return answers with plain names, of which one column is texts with "n.v.t." among grades."""
    found = frame.rename(columns={EMPATHY: "empathy_1", WAIT: "wait_1"})
    texts = [f" {cell}" if cell != AWAY else "N.v.t." for cell in found["wait_1"].fillna(0)]
    return found.assign(wait_1=[None if text == " 0" else text for text in texts])


def check_data_frame(session: Any) -> None:
    """Check that a data frame of Spark gives what memory gives, and that nothing else changes."""
    drivers = list(codebook("empathy_1", "wait_1").drivers)
    drivers[1] = replace(drivers[1], not_applicable=("n.v.t.",))
    plain = replace(codebook("empathy_1", "wait_1"), drivers=tuple(drivers))
    frame = with_texts(answers())
    settings = {"codebook": plain, "by": "group", "identity": "id", "parts": 20, "seed": 2}
    given, views = spark_frame(session, frame), session.catalog.listTables()
    moments = moments_from(given, **settings)
    assert moments.parts.max() > 1
    assert_same(moments, moments_from(frame, **settings))
    assert given.columns == list(frame)
    assert session.catalog.listTables() == views
    dotted = codebook("empathy.1", "wait_1")
    renamed = spark_frame(session, frame.rename(columns={"empathy_1": "empathy.1"}))
    with pytest.raises(CxError, match=r"'empathy\.1' has a full stop or a backtick in its name"):
        moments_from(renamed, codebook=dotted)


def test_a_master_and_a_worker_give_the_same_as_memory(session):
    check_query(session, by="group")
    check_data_frame(session)


@pytest.mark.slow
@pytest.mark.usefixtures("session")
def test_the_lines_on_the_page_give_weights_of_every_group(tmp_path, monkeypatch):
    example = cx.load_example()
    example.frame.to_parquet(tmp_path / "answers.parquet")
    (tmp_path / "client.toml").write_text(write_codebook(example.codebook), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found: dict[str, Any] = {}
    lines = python_with("pyspark").replace("answers.parquet", str(tmp_path / "answers.parquet"))
    exec(lines, found)  # noqa: S102  (it is a page of this project)
    assert found["moments"].n.tolist() == [415, 380, 353, 342]
    assert found["weights"].tidy()["organisation"].nunique() == 4


def even_answers(session: Any, name: str) -> MomentsQuery:
    """Make a view that takes long to read: all pairs of grades equally often."""
    digits = "CAST(conv(substr(sha2(CAST(id AS STRING), 512), 1, 1), 16, 10) AS INT)"
    grades = [f"1 + (id DIV {10**place}) % 10 + 0 * {digits} AS q_{place}" for place in range(3)]
    session.range(0, ROWS, 1, 8).selectExpr("id", *grades).createOrReplaceTempView(name)
    return moments_sql(
        table=name,
        dialect="spark",
        outcome="q_0",
        drivers=["q_1", "q_2"],
        scale=(1, 10),
        identity="id",
    )


def while_it_runs(session: Any, act: Callable[[], object]) -> Thread:
    """Act once some task of a query runs."""
    status = session.sparkContext.statusTracker()

    def wait() -> None:
        running = False
        while not running:
            time.sleep(0.1)
            stages = [status.getStageInfo(stage) for stage in status.getActiveStageIds()]
            running = any(stage is not None and stage.numActiveTasks for stage in stages)
        act()

    thread = Thread(target=wait)
    thread.start()
    return thread


@pytest.mark.slow
def test_when_a_worker_is_lost_and_another_comes_the_answer_is_right(cluster, session):
    query = even_answers(session, "even")

    def replace() -> None:
        cluster.lose_worker()
        cluster.start_worker()

    replacing = while_it_runs(session, replace)
    moments = query.moments(session.sql(query.text))
    replacing.join()
    assert moments.n.tolist() == [ROWS]
    np.testing.assert_allclose(moments.mean, [[5.5] * 3])
    np.testing.assert_allclose(moments.covariance, [8.25 * np.eye(3)], atol=1e-9)


@pytest.mark.slow
def test_when_no_worker_is_left_the_query_is_given_up_and_can_be_asked_again(
    cluster, session, monkeypatch
):
    query = even_answers(session, "even_again")
    losing = while_it_runs(session, cluster.lose_worker)
    monkeypatch.setattr(lost_workers, "PATIENCE", 3.0)
    with pytest.raises(CxError, match="For 3 seconds there was no worker of Spark") as caught:
        query.moments(session.sql(query.text))
    losing.join()
    assert "worker van Spark" in caught.value.say("nl")
    monkeypatch.undo()
    cluster.start_worker()
    assert query.moments(session.sql(query.text)).n.tolist() == [ROWS]
