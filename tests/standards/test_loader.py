"""The loader: a broken file gives one error that says where, what, and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import standards
from sipukat.errors import StandardError
from sipukat.standards import loader

HERE = Path(__file__).parent
SMALL = (HERE / "small.toml").read_text(encoding="utf-8")
LOCAL = (HERE / "local.toml").read_text(encoding="utf-8")


def _without(line: str) -> str:
    assert line in SMALL
    return SMALL.replace(line, "", 1)


def _with(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


BROKEN = {
    "a TOML error names its line": (_with("low = 1\n", "low = = 1\n"), "line 17", "Invalid value", "TOML"),
    "a table that never ends": ('kind = "survey', "the end of the file", "Unterminated|Illegal|end", "TOML"),
    "a key twice": (
        _with("high = 4\n", "high = 4\nhigh = 5\n"),
        "line 19",
        "Cannot overwrite",
        "each key once",
    ),
    "an impossible day": (
        SMALL.replace("kind =", "berlaku = 2025-02-30\nkind =", 1),
        "line 2",
        "Invalid date",
        "TOML",
    ),
    "no kind": (_without('kind = "survey"\n'), "kind", "absent", '"survey"'),
    "a kind that is not known": (_with('"survey"', '"surveys"'), "kind", "'surveys'", '"survey"'),
    "a kind that is no text": (_with('"survey"', "4"), "kind", "4", '"survey"'),
    "a key that is not known": (
        _with("to_ikm", "to_imk"),
        "scale.to_imk",
        "unknown key 'to_imk'",
        "'to_ikm'",
    ),
    "a key like no other": (
        _with("high = 4\n", "high = 4\nqqq = 1\n"),
        "scale.qqq",
        "unknown key 'qqq'",
        "one of confidence, high",
    ),
    "a mistyped key before what it leaves missing": (
        _with("title =", "titel ="),
        "titel",
        "unknown key 'titel'",
        "'title'",
    ),
    "a key of two lines": (_with("[scale]", '"a\\nb" = 1\n[scale]'), r"sources.'a\nb'", "1", "string"),
    "a key that is missing": (_without('title = "Standar kecil"\n'), "title", "absent", "the key 'title'"),
    "a place that is missing": (
        _without('place = "Pasal 1"\n'),
        "unsur[0].place",
        "absent",
        "the key 'place'",
    ),
    "a place that is empty": (
        _with('place = "Pasal 1"', 'place = ""'),
        "unsur[0].place",
        "''",
        "at least 1 character",
    ),
    "weights that do not sum to 1": (
        _with('"2/3"', '"1/3"'),
        "unsur",
        "sum to 2/3",
        'exactly 1, e.g. "1/2" each',
    ),
    "a weight that is no fraction": (
        _with('"2/3"', '"2/0"'),
        "unsur[1].weight",
        "'2/0' is not a fraction",
        "1/9",
    ),
    "a weight of nothing": (_with('"2/3"', '"0"'), "unsur[1].weight", "0", "above 0"),
    "bands that do not ascend": (
        _with('"62.50"', '"20"'),
        "bands",
        "lower bounds 25, 20",
        "ascending",
    ),
    "bands that leave the bottom out": (
        _with('low = "25"', 'low = "30"'),
        "bands[0].low",
        "30",
        "25, the lowest index",
    ),
    "a band above the scale": (_with('"62.50"', '"101"'), "bands[1].low", "101", "at most 100"),
    "a cut point with 3 decimals": (
        _with('"62.50"', '"62.505"'),
        "bands[1].low",
        "'62.505' is not a number of at most 2",
        "76.61",
    ),
    "bands without an index": (_without('to_ikm = "25"\n'), "bands", "without scale.to_ikm", "no bands"),
    "a score off the scale": (
        _with("score = 4, label", "score = 5, label"),
        "unsur[0].options",
        "score 5",
        "from 1 to 4",
    ),
    "scores that do not ascend": (
        _with("score = 4, label", "score = 1, label"),
        "unsur[0].options",
        "scores [1, 1]",
        "ascending",
    ),
    "one wording of two scores": (
        _with('"Cepat"', '" LAMBAT"'),
        "unsur[0].answers",
        "stands for 1 and for 4",
        "one score a wording",
    ),
    "an unsur twice": (_with('key = "biaya"', 'key = "waktu"'), "unsur.key", "'waktu' stands twice", "once"),
    "a code twice": (_with('code = "U2"', 'code = "U1"'), "unsur.code", "'U1' stands twice", "once"),
    "a heading of two unsur": (
        _with('name = "Cost"', 'name = "Cost"\naliases = ["WAKTU"]'),
        "unsur.aliases",
        "names waktu and biaya",
        "one unsur",
    ),
    "a letter twice": (_with('mutu = "A"', 'mutu = "B"'), "bands.mutu", "'B' stands twice", "once"),
    "a key that is no word": (
        _with('key = "biaya"', 'key = "Biaya!"'),
        "unsur[1].key",
        "'Biaya!'",
        "matches ^",
    ),
    "an order that forgets an unsur": (
        _with('["waktu", "biaya"]', '["waktu"]'),
        "orders[0].keys",
        "biaya missing, unknown or twice",
        "each unsur once",
    ),
    "an order with one twice": (
        _with('["waktu", "biaya"]', '["waktu", "biaya", "biaya"]'),
        "orders[0].keys",
        "biaya missing",
        "once",
    ),
    "a date in quotes": (
        SMALL.replace("kind =", 'berlaku = "2025-01-01"\ndates_confidence = "A"\nkind =', 1),
        "berlaku",
        "'2025-01-01'",
        "valid date",
    ),
    "a date with an hour": (
        SMALL.replace("kind =", "berlaku = 2025-01-01T00:00:00\nkind =", 1),
        "berlaku",
        "2025-01-01",
        "valid date",
    ),
    "a date without a confidence": (
        SMALL.replace("kind =", "berlaku = 2025-01-01\nkind =", 1),
        "dates_confidence",
        "absent beside a date",
        '"A"',
    ),
    "an end before the start": (
        SMALL.replace(
            "kind =", 'berlaku = 2025-01-01\ndicabut = 2024-01-01\ndates_confidence = "A"\nkind =', 1
        ),
        "dicabut",
        "2024-01-01 is not after berlaku 2025-01-01",
        "a later date",
    ),
    "a confidence that is none": (
        _with('confidence = "B"', 'confidence = "D"'),
        "confidence",
        "'D'",
        '"A", "B" or "C"',
    ),
    "a source that is not listed": (
        _with('sources = ["A1"]', 'sources = ["A2"]'),
        "unsur[0].sources",
        "'A2' is not in [sources]",
        "listed there",
    ),
    "no default for missing answers": (_without("default = true\n"), "missing", "0 policies", "exactly one"),
    "a policy that is none": (
        _with('id = "per_unsur"', 'id = "zero"'),
        "missing[0].id",
        "'zero'",
        '"per_unsur"',
    ),
    "a scale upside down": (_with("high = 4\n", "high = 0\n"), "scale", "a scale from 1 to 0", "low < high"),
    "a whole number in quotes": (_with("high = 4\n", 'high = "4"\n'), "scale.high", "'4'", "valid integer"),
    "a list where a table should be": (_with("[scale]", "[[scale]]"), "scale", "low", "Scale|dictionary"),
    "an id with blanks": (
        _with('id = "kecil"', 'id = "Standar Kecil"'),
        "id",
        "'Standar Kecil'",
        "matches ^",
    ),
    "a number too long to be one": (
        _with("high = 4\n", f"high = {'9' * 5000}\n"),
        "",
        "digits|limit",
        "TOML",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_gives_one_error_that_says_where_what_and_what_would_be_right(case, refused):
    text, where, got, expected = BROKEN[case]
    refused(text, where, got, expected)


@pytest.mark.parametrize(
    ("raw", "where", "got"),
    [
        (b'kind = "survey"\ntitle = "\xff"\n', "line 2", "byte 0xff"),
        (b'kind = "survey"\n\n# \0\n', "line 3", "a NUL character"),
        (b"#" * 1_000_001, "the file", "more than 1000000 bytes"),
        (b"", "kind", "absent"),
        (b"PK\x03\x04\x14\x00\x00\x00", "line 1", "a NUL character"),
        (b"a = " + b"[" * 100_000, "the file", "nested too deeply"),
    ],
)
def test_bytes_that_are_no_standard_are_refused_with_the_line(tmp_path, raw, where, got):
    path = tmp_path / "rusak.toml"
    path.write_bytes(raw)
    with pytest.raises(StandardError) as caught:
        standards.load(path)
    assert (caught.value.file, caught.value.where, caught.value.got) == ("rusak.toml", where, got)


def test_a_file_that_is_not_there_or_is_a_folder_is_named(tmp_path):
    with pytest.raises(StandardError, match=r"tiada\.toml, the file: No such file"):
        standards.load(tmp_path / "tiada.toml")
    with pytest.raises(StandardError, match="the file: Is a directory"):
        standards.load(tmp_path)


def test_a_file_with_a_byte_order_mark_and_bare_numbers_is_read_exactly(tmp_path, small):
    path = tmp_path / "kecil.toml"
    text = small.replace('"62.50"', "62.51").replace('"25"\nplace', "25\nplace")
    path.write_text("\ufeff" + text, encoding="utf-8")
    standard = standards.load(str(path))
    assert str(standard.bands[1].low) == "62.51"
    assert standard.scale.to_ikm == 25


def test_a_circle_of_files_is_named(tmp_path, monkeypatch):
    for one, other in (("a", "b"), ("b", "c"), ("c", "a")):
        text = LOCAL.replace("perbup-contoh-12-2025", one).replace("permenpanrb-14-2017", other)
        (tmp_path / f"{one}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("SIPUKAT_PATH", str(tmp_path))
    with pytest.raises(StandardError, match="a circle: a -> b -> c -> a"):
        standards.get("a")


@given(st.text(max_size=300))
def test_any_text_is_a_standard_or_one_of_our_errors(text):
    with pytest.raises(StandardError):
        loader.parse(text, file="acak.toml", base=standards.get)


@given(st.integers(0, len(SMALL) - 1), st.integers(1, 40), st.text('"=[]{}#\n\0x9', max_size=3))
def test_a_damaged_standard_loads_or_gives_one_of_our_errors(start, length, put):
    text = SMALL[:start] + put + SMALL[start + length :]
    try:
        standard = loader.parse(text, file="rusak.toml", base=standards.get)
    except StandardError as error:
        assert str(error).startswith("rusak.toml, ")  # noqa: PT017  either is right
    else:
        assert sum(standard.weights.values()) == 1
