"""Kept inputs, and neighbours of them, are tried on every target."""

import random
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from targets import TARGETS, tried  # noqa: E402  the folder of this file is no package

CORPUS = HERE / "corpus"
KEPT = sorted(path.relative_to(CORPUS).as_posix() for path in CORPUS.glob("*/*"))
TAKEN = set(KEPT) - {"checklist_xlsx/satu.xlsx"}  # a workbook, but no checklist


def test_every_target_has_a_seed_and_every_folder_a_target():
    assert {path.split("/")[0] for path in KEPT} == set(TARGETS)


def test_the_corpus_is_small():
    assert sum((CORPUS / path).stat().st_size for path in KEPT) < 64 * 1024


@pytest.mark.parametrize("path", KEPT)
def test_a_kept_input_is_taken_or_refused_with_words(path):
    name, file = path.split("/")
    taken = tried(name, (CORPUS / path).read_bytes())
    assert taken or path not in TAKEN or file.startswith("galat-")


@pytest.mark.parametrize("name", TARGETS)
def test_no_target_breaks_on_what_is_no_file_at_all(name):
    for data in (b"", b"\0", b"\xff\xfe", b"PK\x03\x04", b"{", b"[" * 5000, b"a: &a [*a]", b"-" * 3000):
        tried(name, data)


def mutated(data, other, rng):
    """Return the input with a few bytes changed, removed, doubled, or taken from another input."""
    data = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at, end = sorted((rng.randint(0, len(data)), rng.randint(0, len(data))))
        match rng.randrange(4):
            case 0:
                data[at : at + 1] = rng.randbytes(rng.randint(0, 3))
            case 1:
                del data[at : min(end, at + 40)]
            case 2:
                data[at:at] = data[at : at + 30] * rng.choice([1, 2, 50])
            case 3:
                cut = rng.randint(0, len(other))
                data[at:at] = other[cut : cut + 30]
    return bytes(data)


@pytest.mark.parametrize("path", KEPT)
def test_neighbours_of_a_kept_input_raise_nothing_but_our_own_errors(path):
    """A short run; `run.py`, guided by coverage, is for hours."""
    rng = random.Random(path)  # noqa: S311  so that a failure can be repeated
    name = path.split("/")[0]
    alike = [(CORPUS / each).read_bytes() for each in KEPT if each.startswith(name)]
    for _ in range(25):
        tried(name, mutated((CORPUS / path).read_bytes(), rng.choice(alike), rng))
