"""A suite that nothing fails proves nothing: each planted fault is seen, by the test that is named for it."""

from __future__ import annotations

import csv
import io
import itertools
import sys
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from sipukat import datasets, standards
from sipukat.checks import Rule
from sipukat.errors import MissingExtraError, UnreadableFileError
from sipukat.export.as_csv import csv_people
from sipukat.export.as_html import html
from sipukat.export.as_json import json as json_exporter
from sipukat.findings import Finding
from sipukat.readers import Grid
from sipukat.readers.from_csv import read_csv
from sipukat.testing import ChecksConformance, ExporterConformance, ReaderConformance, StandardConformance

LAW = standards.survey("permenpanrb-14-2017")
DOCUMENT = standards.document("permenpanrb-15-2014")
SCHEME = standards.compliance("ombudsman-2022")


def changed(standard, **fields):
    """Return a standard as a careless program makes it: not checked again."""
    return standard.model_copy(update=fields)


def without_a_place():
    first = changed(LAW.unsur[0], place=" ")
    return changed(LAW, unsur=(first, *LAW.unsur[1:]))


def heavier():
    first = changed(LAW.unsur[0], weight=Fraction(1, 8))
    return changed(LAW, unsur=(first, *LAW.unsur[1:]))


def two_of_one_key():
    return changed(LAW, unsur=(*LAW.unsur[:8], changed(LAW.unsur[8], key="biaya")))


def with_a_gap():
    low, *others = SCHEME.bands
    return changed(
        SCHEME,
        bands=(changed(low, high=low.high - 1), *others),
        scale=changed(SCHEME.scale, lookup="upper_bound"),
    )


def without_the_lowest():
    return changed(LAW, bands=LAW.bands[1:])


def without_biaya():
    kept = [unsur for unsur in LAW.unsur if unsur.key != "biaya"]
    return changed(LAW, extends=LAW.id, unsur=tuple(kept))


def hidden():
    place, first = next((n, k) for n, k in enumerate(DOCUMENT.komponen) if k.must_publish)
    komponen = list(DOCUMENT.komponen)
    komponen[place] = changed(first, must_publish=False)
    return changed(DOCUMENT, extends="uu-25-2009", komponen=tuple(komponen))


def of_nobody():
    return changed(LAW, extends="perbup-antah-berantah-1-2020")


STANDARDS = [
    (without_a_place, "test_every_figure_has_its_place_and_confidence", "no place in the law"),
    (heavier, "test_weights_add_up_to_exactly_one", "must add up to exactly 1"),
    (two_of_one_key, "test_keys_stand_once_and_it_can_be_made_again", "contradicts itself"),
    (with_a_gap, "test_keys_stand_once_and_it_can_be_made_again", "no gap"),
    (without_the_lowest, "test_every_value_has_a_band_and_a_higher_one_no_lower_band", "has no band"),
    (without_biaya, "test_nothing_of_the_extended_standard_is_taken_away", "the unsur biaya"),
    (hidden, "test_nothing_of_the_extended_standard_is_taken_away", "the publication of"),
    (of_nobody, "test_nothing_of_the_extended_standard_is_taken_away", "extends what is not there"),
]


def fails(suite, method, said, *args, **stated):
    held = type("Held", (suite,), stated)()
    with pytest.raises(AssertionError) as caught:
        getattr(held, method)(*args)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("plant", "method", "said"), STANDARDS, ids=lambda each: getattr(each, "__name__", None)
)
def test_a_faulty_standard_fails(plant, method, said):
    fails(StandardConformance, method, said, plugin=plant())


class Dressed:
    """An exporter that is one of ours, but for one fault."""

    suffix = ".html"
    media_type = "text/html"

    def __init__(self, make=html, **stated):
        self.make = make
        vars(self).update(stated)

    def __call__(self, document):
        return self.make(document)


def clocked(document):
    return html(document) + str(datetime.now(tz=UTC).timestamp() * next(TICKS)).encode()


TICKS = itertools.count(1)


def raw(document):
    return b"<html>" + document.title.encode() + b"</html>"


def raw_csv(document):
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";").writerow([document.title])
    return buffer.getvalue().encode()


def without_figures(document):
    if any(block.kind == "figure" for block in document.blocks):
        raise KeyError("figure")
    return html(document)


def talkative(document):
    print("selesai")  # noqa: T201  the fault
    return html(document)


def untidy(document):
    with open("sisa.tmp", "w", encoding="utf-8") as file:  # noqa: PTH123  as careless code does it
        file.write("x")
    return html(document)


def imprecise(document):
    import decimal

    decimal.getcontext().prec = 5 + next(TICKS)
    return html(document)


def mutating(document):
    document.data["x"] = next(TICKS)
    return html(document)


EXPORTERS = [
    (Dressed(suffix="HTML"), "test_it_says_its_suffix_and_media_type", "its suffix is 'HTML'"),
    (Dressed(media_type="teks"), "test_it_says_its_suffix_and_media_type", "its media_type is 'teks'"),
    (Dressed(clocked), "test_the_same_document_gives_the_same_bytes", "other bytes the second time"),
    (Dressed(without_figures), "test_every_kind_of_block_becomes_bytes_in_both_languages", "raised KeyError"),
    (Dressed(lambda _: "teks"), "test_every_kind_of_block_becomes_bytes_in_both_languages", "return bytes"),
    (Dressed(lambda _: b""), "test_every_kind_of_block_becomes_bytes_in_both_languages", "an empty file"),
    (Dressed(raw), "test_hostile_texts_are_inert", "became the tag"),
    (Dressed(raw_csv, suffix=".csv", media_type="text/csv"), "test_hostile_texts_are_inert", "is a formula"),
    (Dressed(mutating), "test_the_document_stays_as_it_was", "changed the document"),
    (Dressed(lambda _: b"<p></p>"), "test_the_numbers_of_the_tables_are_there", "is nowhere in it"),
]


@pytest.mark.parametrize(("plugin", "method", "said"), EXPORTERS, ids=[said for _, _, said in EXPORTERS])
def test_a_faulty_exporter_fails(plugin, method, said):
    fails(ExporterConformance, method, said, plugin=plugin, examples=3)


@pytest.mark.parametrize(
    ("make", "said"),
    [(talkative, "it printed"), (untidy, "sisa.tmp"), (imprecise, "the decimal context")],
    ids=["prints", "writes", "sets"],
)
def test_an_exporter_that_does_more_than_return_bytes_fails(make, said, tmp_path):
    import decimal

    with decimal.localcontext():
        method = "test_it_prints_writes_and_sets_nothing"
        fails(ExporterConformance, method, said, tmp_path, plugin=Dressed(make))


@pytest.mark.parametrize("plugin", [csv_people, html, json_exporter], ids=["csv", "html", "json"])
def test_a_sound_exporter_passes_what_the_faulty_ones_fail(plugin, tmp_path):
    held = type("Held", (ExporterConformance,), {"plugin": plugin, "examples": 2})()
    for _, method, _ in EXPORTERS:
        getattr(held, method)()
    held.test_it_prints_writes_and_sets_nothing(tmp_path)


def reader(read=read_csv, suffixes=(".csv",)):
    def call(path, *, sheet=None):
        return read(path, sheet=sheet)

    call.suffixes = suffixes
    return call


def as_rows(path, *, sheet=None):
    return [list(grid.rows) for grid in read_csv(path, sheet=sheet)]


def of_any_sheet(path, *, sheet=None):
    return read_csv(path)


def careless(path, *, sheet=None):
    return [Grid(name="", rows=[path.read_text().split(",")])]


def stamping(path, *, sheet=None):
    grids = read_csv(path, sheet=sheet)
    path.with_suffix(".baca").write_text("sudah", encoding="utf-8")
    return grids


def appending(path, *, sheet=None):
    grids = read_csv(path, sheet=sheet)
    path.touch()  # as if it had been saved
    return grids


READERS = [
    (reader(suffixes=("CSV",)), "test_its_suffixes_begin_with_a_point_in_lower_case", "no suffix", False),
    (
        reader(suffixes=(".skm",)),
        "test_its_suffixes_begin_with_a_point_in_lower_case",
        "does not end in",
        False,
    ),
    (reader(as_rows), "test_a_good_file_gives_grids", "not a Grid", False),
    (
        reader(of_any_sheet),
        "test_a_sheet_is_found_by_place_and_name_and_an_unknown_one_refused",
        "is not there and was read",
        False,
    ),
    (reader(careless), "test_a_file_that_is_absent_or_empty_is_refused", "FileNotFoundError", True),
    (reader(careless), "test_a_damaged_or_hostile_file_is_read_or_refused", "UnicodeDecodeError", True),
    (reader(stamping), "test_it_reads_the_same_twice_and_leaves_the_file_as_it_was", "beside the file", True),
    (reader(appending), "test_it_reads_the_same_twice_and_leaves_the_file_as_it_was", "was changed", True),
]


@pytest.mark.parametrize(
    ("plugin", "method", "said", "folder"),
    READERS,
    ids=[f"{method[:30]}-{said}" for _, method, said, _ in READERS],
)
def test_a_faulty_reader_fails(plugin, method, said, folder, tmp_path):
    args = (tmp_path,) if folder else ()
    fails(ReaderConformance, method, said, *args, plugin=plugin, sample=datasets.path("puskesmas-contoh"))


def test_a_reader_without_a_good_file_is_told_to_name_one():
    fails(ReaderConformance, "test_a_good_file_gives_grids", "set sample", plugin=read_csv)


def test_the_first_cells_are_compared_where_they_are_stated():
    sample = datasets.path("puskesmas-contoh")
    fails(
        ReaderConformance,
        "test_a_good_file_gives_grids",
        "expected ['Nomor']",
        plugin=read_csv,
        sample=sample,
        expected=["Nomor"],
    )


def silent(case):
    return ()


def fragile(case):
    """Raise on a document without a fee."""
    yield Finding.of("LKP101", path="biaya_tarif", n=len(case.doc.biaya_tarif.butir))


def elsewhere(case):
    """Point to nothing."""
    yield Finding.of("LKP101", path="halaman 3", nama="x", huruf="a", contoh="y")


def beyond(case):
    """Point to a line that is not there."""
    yield Finding.of("LKP101", path="maklumat[99]", nama="x", huruf="a", contoh="y")


def gappy(case):
    """Leave out what the sentence speaks of."""
    yield Finding.of("LKP101", path="maklumat")


def another(case):
    """Speak for another rule."""
    yield Finding.of("LKP102", path="maklumat", nama="x", huruf="a", contoh="y")


def restless(case):
    """Count the calls."""
    yield Finding.of("LKP101", path="maklumat", nama="x", huruf="a", contoh=str(next(TICKS)))


CHECKS = [
    ((silent,), "test_it_is_a_sequence_of_rules_with_codes_of_their_own", "not a sipukat.checks.Rule"),
    ((Rule("salah", silent),), "test_it_is_a_sequence_of_rules_with_codes_of_their_own", "is no code"),
    (
        (Rule("LKP101", silent),),
        "test_it_is_a_sequence_of_rules_with_codes_of_their_own",
        "codes of another set",
    ),
    ((Rule("CON901", silent),), "test_every_code_has_words_in_both_languages", "findings.toml"),
    ((Rule("LKP101", silent),), "test_every_rule_says_why_it_is_there", "no docstring"),
    (
        (Rule("LKP101", fragile),),
        "test_no_rule_raises_and_the_document_stays_as_it_was",
        "raised AttributeError",
    ),
    ((Rule("LKP101", another),), "test_no_rule_raises_and_the_document_stays_as_it_was", "its own code"),
    ((Rule("LKP101", restless),), "test_the_same_document_gives_the_same_findings", "the second time"),
    ((Rule("LKP101", elsewhere),), "test_every_finding_is_at_a_place_of_the_document", "'halaman 3'"),
    ((Rule("LKP101", beyond),), "test_every_finding_is_at_a_place_of_the_document", "maklumat[99]"),
    ((Rule("LKP101", gappy),), "test_every_finding_is_told_in_both_languages_without_gaps", "give the fact"),
]


@pytest.mark.parametrize(("plugin", "method", "said"), CHECKS, ids=[said for _, _, said in CHECKS])
def test_a_faulty_set_of_checks_fails(plugin, method, said):
    fails(ChecksConformance, method, said, plugin=plugin, examples=6)


def test_a_name_that_nobody_has_is_told_with_those_that_are_there():
    fails(
        ExporterConformance,
        "test_it_says_its_suffix_and_media_type",
        "no exporter is installed",
        name="tiada",
    )
    fails(ExporterConformance, "test_it_says_its_suffix_and_media_type", "set name", name="")


def test_pytest_runs_a_suite_of_two_lines(tmp_path):
    import subprocess

    file = tmp_path / "test_perbup.py"
    file.write_text(
        "from sipukat.testing import StandardConformance\n\n"
        f"class TestPerbup(StandardConformance):\n    name = {LAW.id!r}\n",
        encoding="utf-8",
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-k",
        "weights or figure",
        str(file),
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


def test_without_hypothesis_the_extra_is_named(monkeypatch):
    monkeypatch.setattr("sipukat._require.find_spec", lambda _: None)
    for module in [name for name in sys.modules if name.startswith("sipukat.testing.strategies")]:
        monkeypatch.delitem(sys.modules, module)
    with pytest.raises(MissingExtraError, match=r"sipukat\[testing\]"):
        __import__("sipukat.testing.strategies")
    held = type("Held", (ExporterConformance,), {"plugin": html})()
    with pytest.raises(MissingExtraError, match=r"sipukat\[testing\]"):
        held.test_the_same_document_gives_the_same_bytes()


def test_a_reader_may_refuse_everything_that_is_not_good(tmp_path):
    good = datasets.path("puskesmas-contoh")

    def strict(path, *, sheet=None):
        if path.is_file() and path.read_bytes() == good.read_bytes():
            return read_csv(path, sheet=sheet)
        raise UnreadableFileError("it is no good file", path.name)

    held = type("Held", (ReaderConformance,), {"plugin": reader(strict), "sample": good})()
    held.test_a_damaged_or_hostile_file_is_read_or_refused(tmp_path)
