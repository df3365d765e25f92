from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest

from sipukat import compliance, datasets, ikm, pelayanan, read_survey, report

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


@pytest.fixture(scope="session")
def document_for(document):
    """Return a function that gives a document that an exporter takes: some want one figure."""
    figure = next(block for block in document.blocks if block.kind == "figure")

    def of(name):
        return document.model_copy(update={"blocks": (figure,)}) if name in {"png", "svg"} else document

    return of


INDICATORS = (
    "input.kompetensi",
    "input.sarana_prasarana",
    "proses.standar_pelayanan",
    "output.persepsi_maladministrasi",
    "pengaduan.pengelolaan",
)


def scores(*values, unit):
    known = {key: value for key, value in zip(INDICATORS, values, strict=True) if value is not None}
    return compliance.Evidence.of(known, unit=unit)


@pytest.fixture(scope="session")
def every_document(made, document):
    """Return a document of every kind that the library reports, by name."""
    responses = read_survey(datasets.path("kota-contoh")).responses
    result = ikm.estimate(responses, by="unit")
    poor, partly = scores(62, 62, 64, 64, 35, unit="Dinas A"), scores(90, None, 70, None, 40, unit="Dinas B")
    good = pelayanan.load(datasets.path("rsud-rawat-jalan-good"))
    bad = pelayanan.load(datasets.path("disdukcapil-ktp-el-poor"))
    every = {
        "invented": document,
        "hasil": report.build(result, responses=responses, generated=made),
        "hasil in English": report.build(result, "en", generated=made),
        "one unit": report.build(ikm.estimate(responses), generated=made),
        "score": report.build(compliance.score(poor, standard="ombudsman-2022"), generated=made),
        "score with gaps": report.build(
            compliance.score(partly, standard="ombudsman-2022"), "en", generated=made
        ),
        "city": report.build(compliance.city([poor, partly], "ombudsman-2022", name="Kota"), generated=made),
    }
    for part in ("laporan", "ringkas", "poster"):
        every[part] = report.build(result, part=part, generated=made)
    for part in ("lampiran", "keputusan", "maklumat", "berita_acara", "sippn", "pemeriksaan"):
        every[part] = report.build([good, bad], part=part, generated=made)
    return every
