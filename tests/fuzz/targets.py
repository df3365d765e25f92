"""What is fuzzed: each target takes any bytes, and may refuse them only with a `SipukatError`.

The keys of `TARGETS` are the folders of the corpus.
"""

from __future__ import annotations

import json
import pickle
import tempfile
from contextlib import suppress
from pathlib import Path

from sipukat import pelayanan, standards, survey
from sipukat.compliance import read_checklist
from sipukat.errors import CitationError, SipukatError
from sipukat.export import get
from sipukat.ikm import Moments
from sipukat.pelayanan import Biaya, Citation, JamPelayanan, JangkaWaktu
from sipukat.pelayanan.numerals import parse_terbilang, terbilang
from sipukat.readers.kinds import read_file
from sipukat.standards.loader import parse

FOLDER = tempfile.TemporaryDirectory(prefix="sipukat-fuzz-")


def written(data, suffix):
    """Write the bytes to the one file that every input goes through."""
    place = Path(FOLDER.name) / f"masukan{suffix}"
    place.write_bytes(data)
    return place


def text_in(data):
    return data.decode("utf-8", "replace")


def reads(suffix):
    def target(data):
        grids, _ = read_file(written(data, suffix))
        for grid in grids:
            assert all(len(row) >= 0 for row in grid.rows)

    return target


def surveys(data):
    """Read a survey whole: what was read can be estimated or is refused."""
    reading = survey.read_survey(written(data, ".csv"))
    assert len(reading.responses) >= 0


def standard(data):
    made = parse(text_in(data), file="masukan.toml", base=standards.get)
    assert type(made).model_validate_json(made.model_dump_json()) == made


def documents(form):
    def target(data):
        made = pelayanan.loads(text_in(data), format=form)
        assert pelayanan.loads(pelayanan.dump(made, form), format=form) == made

    return target


def values(data):
    """Whatever is written in a field is kept word for word, and read again to the same value."""
    text = text_in(data)
    for kind in (Biaya, JangkaWaktu, JamPelayanan):
        value = kind.parse(text)
        assert kind.model_validate_json(value.model_dump_json()) == value
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301  our own
    assert all(str(found) for found in Citation.find(text))
    with suppress(CitationError):  # a text that cites nothing
        assert Citation.parse(text) == Citation.parse(text)
    number = parse_terbilang(text)
    if number is not None and 0 <= number < 1_000_000:
        assert parse_terbilang(terbilang(number)) == number


def redacted(data):
    """What was redacted has nothing more to redact."""
    once = survey.redact(text_in(data))
    assert survey.redact(once) == once


def sums(data):
    made = Moments.from_json(text_in(data))
    assert json.loads(Moments.from_json(made.to_json()).to_json()) == json.loads(made.to_json())


def checklists(suffix):
    def target(data):
        read_checklist(written(data, suffix))

    return target


def template(data):
    get("docx").with_template(written(data, ".docx"))


TARGETS = {
    "csv": reads(".csv"),
    "html": reads(".html"),
    "json": reads(".json"),
    "docx": reads(".docx"),
    "xlsx": reads(".xlsx"),
    "survey": surveys,
    "standard": standard,
    "pelayanan_yaml": documents("yaml"),
    "pelayanan_toml": documents("toml"),
    "pelayanan_json": documents("json"),
    "values": values,
    "redact": redacted,
    "moments": sums,
    "checklist_yaml": checklists(".yaml"),
    "checklist_toml": checklists(".toml"),
    "checklist_json": checklists(".json"),
    "checklist_xlsx": checklists(".xlsx"),
    "template": template,
}


def tried(name, data):
    """Give a target its bytes; say whether it took them."""
    try:
        TARGETS[name](data)
    except SipukatError:
        return False
    return True
