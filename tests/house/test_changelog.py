"""The changelog says what changed, and first of all which numbers."""

from __future__ import annotations

import re
from pathlib import Path

import sipukat

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
VERSION = sipukat.__version__
OURS = ["Regulations", "Numbers that change"]
KEEP_A_CHANGELOG = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]


def _releases() -> dict[str, str]:
    parts = re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]
    return {part.splitlines()[0]: part for part in parts}


def test_there_is_an_entry_for_what_is_being_made():
    first = next(iter(_releases()))
    assert re.fullmatch(rf"\[Unreleased\]|\[{re.escape(VERSION)}\] - \d{{4}}-\d{{2}}-\d{{2}}", first)


def test_every_release_starts_with_regulations_and_numbers_that_change():
    for release, text in _releases().items():
        sections = re.findall(r"^### (.+)$", text, flags=re.MULTILINE)
        assert sections[:2] == OURS, release
        assert set(sections) <= {*OURS, *KEEP_A_CHANGELOG}, release
