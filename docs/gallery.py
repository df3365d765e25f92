"""The gallery of the documentation, drawn while Sphinx reads it, from the invented data sets of the library.

Nothing of it is stored: what a reader sees is what the library draws today.
"""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from sipukat import compliance, datasets, export, ikm, read_survey, report
from sipukat.errors import MissingExtraError
from sipukat.plot import svg
from sipukat.report import Document, Figure, ikm_figures, poster

if TYPE_CHECKING:
    from collections.abc import Iterator

_MADE = datetime(2026, 8, 17, 9, tzinfo=UTC)
_EVIDENCE = {
    "input.kompetensi": 62,
    "input.sarana_prasarana": 62,
    "proses.standar_pelayanan": 64,
    "output.persepsi_maladministrasi": 64,
    "pengaduan.pengelolaan": 35,
}


def gallery() -> Iterator[str]:
    """Yield the lines of the page: each figure with its words, then the posters."""
    for place, (name, told, figure) in enumerate(_figures(), start=1):
        yield from _shown(name, told, _drawn(figure, place))
    for name, told, document in _posters():
        try:
            picture = b64encode(export.get("png")(document)).decode()
        except MissingExtraError:  # the other pictures need nothing besides the library
            return
        words = escape(_words(document))
        image = f'<img src="data:image/png;base64,{picture}" alt="{words}" style="max-height:36rem">'
        yield from _shown(name, told, image)


def _shown(name: str, told: str, picture: str) -> Iterator[str]:
    yield from (f"## {name}", "", told, "", "```{raw} html", picture, "```", "")


def _drawn(figure: Figure, place: int) -> str:
    drawn = svg(figure.model_copy(update={"id": f"galeri-{place}"}))
    # Without its dark colours: a page whose reader has chosen another scheme than that of the system
    # would mix both.
    light = re.sub(r"<style>.*?</style>", "", drawn)
    return f'<div style="overflow-x:auto;background:#fff;padding:1rem">{light}</div>'


def _words(document: Document) -> str:
    """Return a poster in one sentence, for those who cannot see it."""
    block: Any = document.blocks[0]
    return f"{document.title}: {block.headline.text}"


def _figures() -> Iterator[tuple[str, str, Figure]]:
    responses = read_survey(datasets.path("kota-contoh")).responses
    city = ikm.estimate(responses, by="unit")
    shown = report.build(city, generated=_MADE).blocks
    drawn: dict[str, Figure] = {b.chart: b for b in shown if isinstance(b, Figure)}
    frame = read_survey(datasets.path("dpmptsp-contoh")).responses.frame
    periods = {name: ikm.estimate(part) for name, part in frame.groupby("periode")}
    now = compliance.score(compliance.Evidence.of(_EVIDENCE, unit="Dinas Contoh"), standard="ombudsman-2022")
    way = report.build(now, path=now.path_to("hijau"), generated=_MADE).blocks
    drawn |= {block.chart: block for block in way if isinstance(block, Figure)}
    made = (
        ikm_figures.distribution(city),
        ikm_figures.ranks(ikm.rank(city)),
        ikm_figures.trend(periods),
        ikm_figures.priorities(ikm.priorities(city)),
    )
    drawn |= {figure.chart: figure for figure in made if figure is not None}
    for chart, name, told in _CAPTIONS:
        yield name, told, drawn[chart]


# Kind of figure, heading, and how it is made.
_CAPTIONS = (
    (
        "band_gauge",
        "Indeks dan selangnya",
        "`report.build(hasil)`: angka besar, pita kategori, dan selangnya.",
    ),
    ("unsur_bars", "Nilai tiap unsur", "Dari yang tertinggi; kumisnya selang kepercayaan 95 %."),
    (
        "unit_intervals",
        "Unit berdampingan",
        "Menurut abjad, bukan peringkat: selang yang bertumpuk tidak dibedakan.",
    ),
    (
        "answer_distribution",
        "Sebaran jawaban",
        "`ikm_figures.distribution(hasil)`: jawaban kurang ke kiri, baik ke kanan.",
    ),
    (
        "unit_ranks",
        "Peringkat yang mungkin",
        "`ikm_figures.ranks(ikm.rank(hasil))`: garis menunjukkan peringkat yang masih mungkin.",
    ),
    (
        "trend",
        "Perubahan antarperiode",
        "`ikm_figures.trend(hasil_per_periode)`: DPMPTSP Contoh, enam semester.",
    ),
    (
        "importance_performance",
        "Yang dibenahi lebih dahulu",
        "`ikm_figures.priorities(ikm.priorities(hasil))`: nilai dan kepentingan tiap unsur.",
    ),
    (
        "zone_gauge",
        "Zona kepatuhan",
        "`compliance.score(bukti)`: nilai di antara zona, skemanya selalu disebut.",
    ),
    ("compliance_waterfall", "Jalan ke hijau", '`nilai.path_to("hijau")`: tambahan tiap langkah.'),
)


def _posters() -> Iterator[tuple[str, str, Document]]:
    city = ikm.estimate(read_survey(datasets.path("kota-contoh")).responses, by="unit")
    known: dict[str, Any] = {"instansi": "Pemerintah Kota Contoh", "period": "Semester I 2026"}
    layouts: tuple[tuple[Literal["a3", "square"], str, str], ...] = (
        (
            "a3",
            "Papan publikasi",
            '`publish(hasil, "papan.pdf", part="poster")`: A3, terbaca dari tiga meter.',
        ),
        ("square", "Untuk media sosial", "Tata letak `square`: 1080 × 1080 piksel."),
    )
    for layout, name, told in layouts:
        yield name, told, poster.build(city, layout=layout, generated=_MADE, **known)
