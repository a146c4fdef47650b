"""Spark within one process gives what memory gives."""

from __future__ import annotations

import shutil

import pytest

from tests.moments.warehouse.servers import spark_session
from tests.moments.warehouse.test_spark import check_data_frame, check_query

pytest.importorskip("pyspark")

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed"),
    # What Spark says of pandas 3 is about its own pandas API.
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.slow,
]


def test_one_machine_without_a_master_gives_the_same_as_memory():
    with spark_session("local[2]") as session:
        check_query(session, by=("group", "channel"), missing="pairwise", parts=0)
        check_query(session, parts=10, seed=5)
        check_data_frame(session)
