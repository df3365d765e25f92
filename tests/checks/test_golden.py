"""What is found in the poor examples, line by line; a change of a file here is read in review.

To write them anew after a rule has changed: `python tests/checks/test_golden.py`, and read the difference.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import sipukat

FOLDER = Path(__file__).with_name("golden")
POOR = [name for name in sipukat.datasets.names("pelayanan") if name.endswith("-poor")]


def _told(name: str) -> str:
    doc = sipukat.pelayanan.load(sipukat.datasets.path(name))
    found = sipukat.check(doc, "permenpanrb-15-2014", on=date(2026, 11, 24))
    return "".join(f"{f.code} {f.severity} {f.path}\n  {f.message()}\n  -> {f.suggestion()}\n" for f in found)


@pytest.mark.parametrize("name", POOR)
def test_the_findings_are_those_that_were_read(name):
    assert _told(name) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_there_is_a_file_for_each_poor_example_and_no_other():
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == POOR


if __name__ == "__main__":
    for each in POOR:
        (FOLDER / f"{each}.txt").write_text(_told(each), encoding="utf-8")
