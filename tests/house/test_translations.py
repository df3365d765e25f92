"""Every sentence of the tutorials, the how-to pages and the front page has its English words.

`python docs/translate.py` brings the catalogues up to date; the words are written by people.
"""

from __future__ import annotations

import importlib
import re
import sys
import warnings
from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("sphinx", reason="the documentation tools are not installed")
from babel.messages.catalog import Catalog

DOCS = Path(__file__).resolve().parents[2] / "docs"
sys.path.insert(0, str(DOCS))
translation = importlib.import_module("translation")
translate = importlib.import_module("translate")
sys.path.remove(str(DOCS))

ROLE = re.compile(r"(\{[\w:-]+\})`(?:[^`<]*<)?([^`>]*)>?`")
CODE = re.compile(r"(`+)(?!`)(.*?)(?<!`)\1(?!`)", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)|<(https?:[^>]+)>")

LISTED = re.compile(r"(?:\d+[.)]|[-*+>#]+) ")


def kept(text: str) -> Counter:
    """Count what no translation may change: code, the places that links and roles lead to."""
    rest = ROLE.sub("", text)
    return Counter([*ROLE.findall(text), *CODE.findall(rest), *LINK.findall(CODE.sub("", rest))])


def faults(source: Catalog, words: Catalog) -> list[str]:
    found = [f"no longer on the page: {m.id!r}" for m in words if m.id and m.id not in source]
    for asked in source:
        message = words.get(asked.id) if asked.id else None
        if not asked.id:
            continue
        if message is None or not message.string:
            found.append(f"not translated: {asked.id!r}")
        elif message.fuzzy:
            found.append(f"fuzzy, to be read by somebody: {asked.id!r}")
        elif LISTED.match(asked.id) or LISTED.match(message.string):
            found.append(f"begins like a list, which Sphinx leaves untranslated: {asked.id!r}")
        elif kept(asked.id) != kept(message.string):
            found.append(f"code or links differ: {asked.id!r} and {message.string!r}")
        elif message.string == asked.id and len(CODE.sub("", asked.id).split()) > 4:
            found.append(f"the same in both languages: {asked.id!r}")
    return found


@pytest.fixture(scope="module")
def asked():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Sphinx's own
        return translation.messages()


@pytest.mark.parametrize("page", translation.pages())
def test_every_sentence_of_a_page_has_its_english_words(page, asked):
    found = faults(asked[page], translation.catalogue(page))
    assert not found, f"{len(found)} in {page}.po:\n" + "\n".join(found)


@pytest.mark.parametrize("page", translation.pages())
def test_a_catalogue_is_as_translate_py_writes_it(page, asked):
    text = (translation.CATALOGUES / f"{page}.po").read_text(encoding="utf-8")
    assert text == translate.refreshed(page, asked[page])


def test_every_catalogue_has_its_page():
    found = {path.relative_to(translation.CATALOGUES) for path in translation.CATALOGUES.rglob("*.po")}
    assert found == {Path(f"{page}.po") for page in translation.pages()}


@pytest.mark.parametrize(
    ("english", "fault"),
    [
        ("", "not translated"),
        ("`Low` as {doc}`the page <../a>` and [here](b.md) say.", "code or links differ"),
        ("`low` as {doc}`the page <../b>` and [here](b.md) say.", "code or links differ"),
        ("`low` as {doc}`the page <../a>` and [here](c.md) say.", "code or links differ"),
        ("`low` seperti kata {doc}`../a` dan [di sini](b.md) pula.", "the same in both languages"),
        (
            "1. `low` as {doc}`../a` and [here](b.md) say.",
            "begins like a list, which Sphinx leaves untranslated",
        ),
        ("`low` as {doc}`../a` and [here](b.md) say.", None),
    ],
)
def test_a_fault_of_a_translation_is_seen(english, fault):
    source, words = Catalog(), Catalog()
    source.add("`low` seperti kata {doc}`../a` dan [di sini](b.md) pula.")
    words.add("`low` seperti kata {doc}`../a` dan [di sini](b.md) pula.", english)
    assert [found.split(":")[0] for found in faults(source, words)] == ([fault] if fault else [])


def test_a_fuzzy_sentence_and_a_stale_one_are_seen():
    source, words = Catalog(), Catalog()
    source.add("Satu kalimat.")
    words.add("Satu kalimat.", "One sentence.", flags={"fuzzy"})
    words.add("Kalimat lama.", "An old sentence.")
    assert [found.split(":")[0] for found in faults(source, words)] == [
        "no longer on the page",
        "fuzzy, to be read by somebody",
    ]


def test_the_note_for_readers_of_english_is_left_out_of_the_english_page():
    note = "```{admonition} In English\n:class: note\nShort.\n```\n"
    assert translation.without_english_note(f"# Judul\n\n{note}\nAkhir.\n") == "# Judul\n\n\nAkhir.\n"
