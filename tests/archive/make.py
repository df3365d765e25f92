"""Write what this version stores, once, as files that every later version must still read.

``python tests/archive/make.py`` writes ``tests/archive/<version>/`` and refuses to touch a folder that
is there: an archive is never made again. All of it is invented.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sipukat
from sipukat import compliance, ikm, pelayanan, standards

HERE = Path(__file__).resolve().parent
WHEN = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
DAY = date(2026, 11, 24)

UNSUR = """# Unsur kesepuluh sebuah daerah rekaan.
kind = "survey"
id = "perbup-contoh-12-2025"
title = "SKM Kabupaten Contoh"
extends = "permenpanrb-14-2017"
confidence = "B"

[[unsur]]
key = "kanal_daring"
code = "U10"
nama = "Kanal daring"
name = "Online channel"
place = "Pasal 4"
confidence = "B"
"""

DRAFT_0 = {
    "title": "Kartu pencari kerja (AK/1)",
    "unit": "Disnaker Kota Contoh",
    "components": {"biaya_tarif": ["Gratis"], "jangka_waktu_penyelesaian": ["1 (satu) hari kerja"]},
    "sector": "disnaker",
}


def survey_result() -> ikm.IkmResult:
    answers = sipukat.read_survey(sipukat.datasets.path("kota-contoh")).responses
    return ikm.estimate(answers, by="unit")


def numbers_of_survey(result: ikm.IkmResult) -> dict[str, Any]:
    """Return every published number of a result; standard errors to 12 digits."""
    frame = result.to_frame()
    unsur = result.unsur_frame()
    rows = zip(frame["unit"], frame["published"], frame["mutu"], frame["n"], frame["se"], strict=True)
    cells = zip(unsur["unit"], unsur["unsur"], unsur["nrr"], unsur["mutu"], strict=True)
    return {
        "units": {unit: [str(p), mutu, int(n), f"{se:.12g}"] for unit, p, mutu, n, se in rows},
        "unsur": {f"{unit} / {name}": [f"{nrr:.12g}", mutu] for unit, name, nrr, mutu in cells},
        "rollups": {how: str(result.rollup(how).published) for how in ("pooled", "simple_mean")},
    }


def numbers_of_assessment(made: compliance.Assessment) -> dict[str, Any]:
    way = [[step.key, str(step.gain)] for step in made.path_to("hijau")]
    ends = {name: str(getattr(made, name).score) for name in ("lowest", "highest")}
    return {**ends, "published": str(made.published), "zone": made.zone, "to hijau": way}


def numbers_of_draft(draft: pelayanan.StandarPelayanan) -> dict[str, Any]:
    found = sipukat.check(draft, on=DAY)
    return {"tree": json.loads(pelayanan.dump(draft, format="json")), "codes": [f.code for f in found]}


def write_survey(folder: Path) -> dict[str, Any]:
    shutil.copy(sipukat.datasets.path("kota-contoh"), folder / "survei.csv")
    result = survey_result()
    (folder / "hasil.json").write_text(result.to_json(indent=1), encoding="utf-8")
    for suffix in ("json", "xlsx"):
        sipukat.publish(result, folder / f"terbit.{suffix}", generated=WHEN)
    sums = ikm.moments(sipukat.read_survey(folder / "survei.csv").responses, by="unit")
    (folder / "momen.json").write_text(sums.to_json(), encoding="utf-8")
    ikm.write_parquet(sums, folder / "momen.parquet")
    store = ikm.MomentStore(folder / "simpanan.db")
    store.append(sums, batch="berkas kota", period="2026-TW1")
    store.close()
    return numbers_of_survey(result)


def write_office(folder: Path) -> dict[str, Any]:
    draft = pelayanan.load(sipukat.datasets.path("disnaker-ak1-poor"))
    for format_ in ("yaml", "toml", "json"):
        (folder / f"standar.{format_}").write_text(pelayanan.dump(draft, format=format_), encoding="utf-8")
    (folder / "standar-format0.json").write_text(json.dumps(DRAFT_0, indent=1), encoding="utf-8")
    sipukat.publish(draft, folder / "standar.jsonld", generated=WHEN)
    (folder / "perbup-contoh-12-2025.toml").write_text(UNSUR, encoding="utf-8")
    filled = compliance.read_checklist(sipukat.datasets.path("disnaker-ak1-isian"))
    evidence = filled.evidence()
    held = json.dumps(evidence.to_dict(), ensure_ascii=False, indent=1)
    (folder / "bukti.json").write_text(held, encoding="utf-8")
    for suffix in ("xlsx", "yaml", "toml", "json"):
        compliance.write_checklist(filled, folder / f"isian.{suffix}")
    scored = compliance.score(evidence, "ombudsman-2022")
    return {
        "draft": numbers_of_draft(draft),
        "format 0": numbers_of_draft(pelayanan.load(folder / "standar-format0.json")),
        "assessment": numbers_of_assessment(scored),
        "tenth unsur": [u.key for u in standards.load(folder / "perbup-contoh-12-2025.toml").unsur],
    }


def main() -> None:
    folder = HERE / sipukat.__version__
    if folder.exists():
        sys.exit(f"{folder.name} is archived already; an archive is never made again")
    with tempfile.TemporaryDirectory(dir=HERE) as made:
        part = Path(made) / "part"
        part.mkdir()
        numbers = {"survey": write_survey(part), "office": write_office(part)}
        text = json.dumps(numbers, ensure_ascii=False, indent=1, sort_keys=True)
        (part / "angka.json").write_text(text + "\n", encoding="utf-8")
        part.rename(folder)


if __name__ == "__main__":
    main()
