"""Libraries that only some files need."""

import sys

import pyarrow as pa
import pytest

from cxdrivers.errors import SurveyError
from cxdrivers.reading.extras import import_for
from cxdrivers.reading.readers import read_table


def test_a_library_that_is_there_is_imported():
    assert import_for("client.parquet", "pyarrow") is pa


@pytest.mark.parametrize(
    ("name", "content", "package"),
    [
        ("client.sav", b"$FL2", "pyreadstat"),
        ("client.xlsx", b"PK\x03\x04xl/", "python-calamine"),
        ("client.parquet", b"PAR1", "pyarrow"),
    ],
)
def test_a_package_that_is_not_installed_is_named(tmp_path, monkeypatch, name, content, package):
    (tmp_path / name).write_bytes(content)
    monkeypatch.setitem(sys.modules, package.replace("-", "_"), None)
    message = (
        f"Reading '{name}' needs the package {package}, which is not installed. Install it with:"
        ' pip install "cxdrivers[io]"'
    )
    with pytest.raises(SurveyError) as caught:
        read_table(tmp_path / name)
    assert str(caught.value) == message
