"""The report of an index with noise says so, with its budget, and holds no figure without noise."""

import json
import random
from datetime import UTC, datetime

import pandas as pd
import pytest

from sipukat import export, ikm, publish, report, verify
from sipukat.errors import ArgumentTypeError

MADE = datetime(2026, 8, 17, 9, 30, tzinfo=UTC)
FORMATS = ("csv", "datapackage", "docx", "html", "json", "markdown", "xlsx")


@pytest.fixture(scope="module")
def noisy():
    """An index of three units, of which the smallest drowns in its noise."""
    sizes = {"Besar": 900, "Sedang": 400, "Kecil": 4}
    rows = [
        {"unit": unit, **{f"U{i}": 2 + (at + i) % 3 for i in range(1, 10)}}
        for unit, n in sizes.items()
        for at in range(n)
    ]
    moments = ikm.moments(pd.DataFrame(rows), by="unit")
    return ikm.with_noise(moments, epsilon="0.5", source=random.Random(4))  # noqa: S311


def unit_named(document, name):
    (table,) = document.tables
    return dict(zip((c.key for c in table.columns), next(r for r in table.rows if r[0] == name), strict=True))


def test_noise_and_its_budget_stand_beside_the_number(noisy):
    for lang, said in (("id", "epsilon 0,5 tiap responden"), ("en", "epsilon 0.5 a respondent")):
        document = report.build(noisy, lang, generated=MADE)
        (head, *_) = document.blocks
        assert said in head.detail
        assert head.facts[-1].value in {"0,5", "0.5"}
        assert said in document.tables[0].note
        told = " ".join(b.text for b in document.blocks if b.kind == "paragraph")
        assert ("1,65 kali" if lang == "id" else "1.65 times") in told


def test_the_figures_are_those_that_were_given_away(noisy):
    row = unit_named(report.build(noisy, generated=MADE), "Besar")
    (given,) = [each for each in noisy.groups if each.group == ("Besar",)]
    assert (row["ikm"], row["n"], row["mutu"]) == (given.ikm, given.n, given.mutu)


def test_an_index_that_drowns_in_noise_is_withheld_everywhere(noisy):
    (small,) = [each for each in noisy.groups if each.group == ("Kecil",)]
    assert small.noise_se is None or small.noise_se > ikm.noise.TOO_MUCH
    document = report.build(noisy, generated=MADE)
    row = unit_named(document, "Kecil")
    assert (row["ikm"], row["n"], row["mutu"]) == (None, None, "")
    assert row["keterangan"]
    (plain,) = [each for each in document.data["groups"] if each["group"] == ["Kecil"]]
    assert plain == {"group": ["Kecil"], "withheld": True} | dict.fromkeys(
        ("ikm", "low", "high", "mutu", "n", "noise_se")
    )
    assert "Kecil" not in {
        record["label"] for b in document.blocks if b.kind == "figure" for record in b.data
    }
    assert "IKM710" in {block.code for block in document.blocks if block.kind == "note"}


def test_a_letter_whose_interval_crosses_a_bound_is_called_unsure(noisy):
    document = report.build(noisy, generated=MADE)
    shown = [each for each in noisy.groups if each.group != ("Kecil",)]
    assert len(shown) == 2
    for each in shown:
        row = unit_named(document, each.group[0])
        crosses = {ikm.classify(round(end, 2), standard=noisy.standard).mutu for end in (each.low, each.high)}
        assert bool(row["keterangan"]) == (crosses != {each.mutu})


def test_nothing_in_the_document_tells_of_the_survey_behind_it(noisy):
    came = report.build(noisy, generated=MADE).provenance
    assert came.manifest.input is None
    assert came.manifest.estimating["epsilon"] == "1/2"
    assert {item.key for item in came.items} & {"sha256", "answers_sha256", "n"} == set()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_it(noisy, name, tmp_path):
    if name in {"docx", "xlsx"}:
        pytest.importorskip(
            {"docx": "docx", "xlsx": "xlsxwriter"}[name], reason="its writer is not installed"
        )
    data = export.get(name)(report.build(noisy, generated=MADE))
    if name in {"csv", "html", "json", "markdown"}:
        assert "derau" in data.decode("utf-8-sig")
    assert data == export.get(name)(report.build(noisy, generated=MADE))


def test_without_groups_there_is_one_line_and_no_figure():
    frame = pd.DataFrame({f"U{i}": [3, 4] * 400 for i in range(1, 10)})
    document = report.build(ikm.with_noise(ikm.moments(frame), epsilon=1), "en", generated=MADE)
    assert [row[0] for row in document.tables[0].rows] == ["Overall"]
    assert not [block for block in document.blocks if block.kind == "figure"]


def test_where_noise_left_nothing_there_is_no_index():
    frame = pd.DataFrame({f"U{i}": [3, 4] for i in range(1, 10)})
    noisy = ikm.with_noise(ikm.moments(frame), epsilon="0.001", source=random.Random(1))  # noqa: S311
    document = report.build(noisy, generated=MADE)
    assert document.blocks[0].text.startswith("Derau lebih besar")
    assert document.data["overall"]["ikm"] is None


def test_it_takes_no_option_of_other_reports(noisy):
    with pytest.raises((ArgumentTypeError, TypeError)):
        report.build(noisy, withhold_below=3)


def test_it_cannot_be_computed_again_and_a_changed_number_is_still_seen(noisy, tmp_path):
    found = verify(publish(noisy, tmp_path / "a.json", generated=MADE))
    assert (found.verdict, [f.code for f in found.findings]) == ("undecided", ["VRF825"])
    data = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    data["data"]["overall"]["ikm"] = "99.99"
    (tmp_path / "b.json").write_text(json.dumps(data), encoding="utf-8")
    assert verify(tmp_path / "b.json").verdict == "different"
