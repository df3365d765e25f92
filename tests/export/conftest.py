from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest

from sipukat import ikm, read_survey, report

KEYS = "persyaratan prosedur waktu biaya produk kompetensi perilaku pengaduan sarana".split()


def answers(units, *, blanks=True):
    """Invented answers, the same each time; about every tenth is missing."""
    rows = []
    for place, (unit, n) in enumerate(units.items()):
        for i in range(n):
            row = {"Unit": unit}
            for j, key in enumerate(KEYS):
                missing = blanks and (7 * i + 3 * j + place) % 10 == 0
                row[key] = None if missing else 4 - (i * (j + 2) + i // 3 + place) % 4 * ((i + j) % 2)
            rows.append(row)
    frame = pd.DataFrame(rows)
    return frame.astype(dict.fromkeys(KEYS, "Int8"))


@pytest.fixture(scope="session")
def made():
    return datetime(2026, 8, 17, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def document_of(made):
    """Return a function that builds the document of invented answers, with the processing sheet."""

    def build(units, *, blanks=True, opts=None, lang="id", rows=True, **how):
        raw = answers(units, blanks=blanks)
        read = read_survey(raw.assign(Unit="x")).responses
        # The reader tidies names; here they come as somebody else's program may hand them over.
        responses = replace(read, frame=read.frame.assign(Unit=raw["Unit"].to_numpy()))
        result = ikm.estimate(responses, by="Unit", **how)
        at_hand = responses if rows else None
        return report.build(result, lang=lang, responses=at_hand, generated=made, **(opts or {}))

    return build


@pytest.fixture(scope="session")
def document(document_of):
    return document_of(
        {"Dinas A": 31, "Dinas B": 44, "Dinas C": 12, "Dinas D": 6}, opts={"subject": "Kota Contoh"}
    )
