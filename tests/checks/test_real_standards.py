"""Real documents: their listed defects are found, and what is found in them is true.

The documents are paraphrased and mostly excerpts; each defect that the facts list is paired with the
finding that shows it, or with the reason why no program could see it in the stored text.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import sipukat
from sipukat.pelayanan import KOMPONEN, dump, loads

ON = date(2026, 11, 24)
PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "alarm-palsu.md"
TITLE = "the typo stands in a title that the stored text does not hold"
ELSEWHERE = "the defect is on another page than the one stored"
PARAPHRASED = "the cell was paraphrased and does not hold the words"
# document -> for each listed defect, in order: code and path of the finding, or why there is none
DEFECTS = {
    "rsud-ciamis-igd": [
        "JLS301 biaya_tarif[7]", "JLS301 biaya_tarif[0]", "JLS323 biaya_tarif", "KNS225 sarana",
        "KNS224 sarana", "KNS214 dasar_hukum", "KNS215 dasar_hukum",
        TITLE, "JLS317 jangka_waktu", "JLS301 evaluasi",
    ],
    "kutaibarat-domisili": [
        "JLS301 jangka_waktu", "KNS203 jumlah", "KNS210 dasar_hukum[1]", "KNS214 dasar_hukum[2]",
        "LKP106 penanganan", "JLS334 jaminan_pelayanan", "LKP112 sistem",
    ],
    "pendopo-barat-pindah": [
        "KNS207 dasar_hukum", "KNS216 jangka", "KNS214 dasar_hukum", "JLS301 pengawasan",
    ],
    "man2yk-legalisasi": ["KNS211 dasar_hukum", "KNS204 persyaratan"],
    "man2yk-pengganti-ijazah": ["LKP101 biaya_tarif"],
    "dharmasraya-pengganti-ijazah": [
        "KNS216 jangka", "JLS301 persyaratan", "KNS222 penanganan", "LKP117 dasar_hukum[2]",
    ],
    "sleman-pengganti-ijazah-dikmas": ["JLS318 jangka", "KNS205 persyaratan", "LKP117 dasar_hukum[2]"],
    "lamongan-kk": ["JLS314 jangka", "LKP101 dasar_hukum"],
    "wonogiri-akta-lahir": [ELSEWHERE],
    "jembrana-ak1": ["JLS301 jangka"],
    "puskesmas-maridan-loket": [PARAPHRASED, "JLS321 biaya"],
    "puskesmas-nanggeleng-loket": ["JLS303 biaya"],
    "magelang-izin-gangguan": ["JLS322 biaya", "KNS227 nama"],
    "kutaibarat-pbb": ["JLS301 persyaratan", ELSEWHERE, "LKP101 penanganan_pengaduan"],
}  # fmt: skip
ABSENT = ("LKP101", "LKP102", "LKP105", "LKP116")
"""Codes for what is absent: not to be asked of an excerpt."""


@pytest.fixture(scope="module")
def documents(request):
    facts = request.getfixturevalue("facts")
    stored = facts("real-standards.json")["documents"]
    return {each["id"]: (each, loads(json.dumps(each))) for each in stored}


def test_all_load_and_none_loses_a_word(documents):
    assert len(documents) == 18
    for stored, doc in documents.values():
        assert loads(dump(doc, "json")) == doc
        for key in KOMPONEN:
            said = stored["components"][key]
            assert (doc.isi(key) is None) == (said is None)
            if isinstance(said, list):
                assert [item.text for item in doc.isi(key).semua] == said


@pytest.mark.parametrize("name", ["rsud-ciamis-igd", "kutaibarat-domisili"])
def test_full_ones_are_complete_in_komponen(documents, name):
    assert not sipukat.check(documents[name][1], select=["LKP101", "LKP102"], on=ON)
    assert sipukat.checks.ladder(documents[name][1]).score == 2


def test_every_listed_defect_is_paired(documents):
    listed = {
        name: len(stored["known_defects"])
        for name, (stored, _) in documents.items()
        if stored["known_defects"]
    }
    assert listed == {name: len(pairs) for name, pairs in DEFECTS.items()}


@pytest.mark.parametrize("name", DEFECTS)
def test_the_listed_defects_are_found(documents, name):
    found = [f"{f.code} {f.path}" for f in sipukat.check(documents[name][1], on=ON)]
    for pair in DEFECTS[name]:
        if pair not in {TITLE, ELSEWHERE, PARAPHRASED}:
            assert any(each.startswith(pair) for each in found), pair


def test_nine_in_ten_of_them_are_found_and_each_miss_is_explained():
    pairs = [pair for each in DEFECTS.values() for pair in each]
    missed = [pair for pair in pairs if pair in {TITLE, ELSEWHERE, PARAPHRASED}]
    assert len(pairs) - len(missed) >= 0.9 * len(pairs)


def test_the_page_on_false_alarms_states_what_is_found_today(documents):
    counts: Counter[str] = Counter()
    shortened = 0
    for _, doc in documents.values():
        for finding in sipukat.check(doc, ignore=ABSENT, on=ON):
            counts[str(finding.severity)] += 1
            shortened += finding.code in {"LKP108", "LKP109"}
    page = PAGE.read_text(encoding="utf-8")
    stated = re.search(r"(\d+) kesalahan, (\d+) peringatan, dan (\d+) keterangan", page)
    assert stated, counts
    assert [int(number) for number in stated.groups()] == [
        counts[key] for key in ("error", "warning", "info")
    ]
    assert f"{shortened} di antaranya" in page
