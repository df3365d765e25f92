"""The report as a file: the library's document, in the library's formats."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import sipukat
from skm_app.sums import title_of

if TYPE_CHECKING:
    from sipukat.ikm import IkmResult
    from skm_app.config import Office

FORMATS: Final = {"xlsx": "Excel", "pdf": "PDF", "docx": "Word", "html": "Web"}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to download."""

    content: bytes
    media_type: str
    name: str

    @property
    def headers(self) -> dict[str, str]:
        """What tells a browser to save it, under a name without surprises."""
        return {"Content-Disposition": f'attachment; filename="{self.name}"'}


def report_of(office: Office, period: str, suffix: str) -> File | None:
    """Return the report of a period; None while there are too few respondents to tell of."""
    result = office.sums.shown(period)
    if result is None or result.overall.used < office.config.withhold_below:
        return None
    return _written(result, office.config.instansi, period, suffix, office.config.withhold_below)


@lru_cache(maxsize=8)  # the same result gives the same bytes, and is asked for by many
def _written(result: IkmResult, instansi: str, period: str, suffix: str, below: int) -> File:
    document = sipukat.report.build(result, subject=instansi, period=title_of(period), withhold_below=below)
    exporter = sipukat.export.get(suffix)
    name = re.sub(r"[^a-z0-9]+", "-", f"laporan-ikm-{period}".lower()).strip("-")
    return File(content=exporter(document), media_type=exporter.media_type, name=f"{name}{exporter.suffix}")
