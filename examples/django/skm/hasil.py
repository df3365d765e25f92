"""From a QuerySet to the index: `values_list`, a frame, `estimate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

import sipukat
from sipukat.export import get
from sipukat.report import build
from skm.models import ATURAN

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sipukat.ikm import IkmResult
    from skm.models import Jawaban


def indeks(jawaban: QuerySet[Jawaban]) -> IkmResult:
    """Return the index of the answers, by unit.

    Raises
    ------
    EstimationError
        If nobody has answered yet.
    """
    unsur = [u.key for u in ATURAN.unsur]
    rows = jawaban.values_list("unit__nama", *unsur)
    frame = pd.DataFrame.from_records(list(rows), columns=["unit", *unsur])
    return sipukat.ikm.estimate(frame.astype(dict.fromkeys(unsur, "Int8")), ATURAN, by="unit")


def berkas(jawaban: QuerySet[Jawaban], bentuk: str) -> tuple[bytes, str]:
    """Return a report and its media type; the report withholds units with few respondents."""
    exporter = get(bentuk)
    return exporter(build(indeks(jawaban))), exporter.media_type
