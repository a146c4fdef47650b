"""The part of the report that says where its numbers come from."""

from __future__ import annotations

from types import SimpleNamespace

from cxdrivers.report.sections.provenance import provenance_section

FACTS = {"file": "a.csv", "sha256": "", "rows": "12345", "n_boot": "1000", "level": "0.9"}


def test_counts_and_the_level_are_written_as_everywhere_else_and_raw_in_the_file():
    section = provenance_section(SimpleNamespace(provenance=lambda: FACTS | {"seed": "7"}), "nl")
    assert section.table.to_numpy().tolist() == [
        ["bestand", "a.csv"],
        ["gelezen rijen", "12\xa0345"],
        ["hertrekkingen", "1\xa0000"],
        ["niveau van de intervallen", "90\xa0%"],
        ["seed", "7"],
    ]
    assert section.data["value"].tolist() == ["a.csv", "12345", "1000", "0.9", "7"]
