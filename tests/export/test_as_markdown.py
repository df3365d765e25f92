"""Markdown, read back by another library with every extension on that could make a text act."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import export
from sipukat.export.as_markdown import escaped
from sipukat.report import (
    Column,
    Document,
    Fact,
    Figure,
    Heading,
    Headline,
    Note,
    Paragraph,
    Provenance,
    Table,
)
from sipukat.report.cleaning import clean

markdown_it = pytest.importorskip("markdown_it", reason="markdown-it-py reads the Markdown back")

OVERRIDE = chr(0x202E)
HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "a | b || c",
    "`code` ``` ~~~ **b** __i__ _i_ ~~s~~",
    "[klik](http://jahat.example/) ![x](y) [^1] [x]: y",
    "http://jahat.example/ www.jahat.example https://x.y/z",
    "{{7*7}} {% raw %} {# x #} ${7*7} $x$ #import",
    "# judul", "## judul ##", "- butir", "+ butir", "* butir", "1. butir", "12) butir", "> kutip",
    "---", "===", "***", "___", "- [ ] kotak",
    "&amp; &#64; &copy;", "a\\b \\| \\\\", "=HYPERLINK(1)", "C#", "x" * 10_000,
    f"Dinas {chr(0x200F)}A{OVERRIDE}txt", "Dinas 😀 é", "    kode", "|---|", "a_b_c beta_ends", "<!-- x -->",
]  # fmt: skip
ACTING = {"html_inline", "html_block", "link_open", "image", "code_inline", "fence", "code_block", "s_open"}


def tokens_of(text):
    found = (
        markdown_it.MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    )
    for token in found:
        yield token
        yield from token.children or ()


def words_of(text):
    """Return what is printed, block by block."""
    words, line = [], None
    for token in tokens_of(text):
        if token.type == "inline":
            line = len(words)
            words.append("")
        elif line is not None and token.type in {"text", "softbreak", "hardbreak", "html_inline"}:
            words[line] += "\n" if token.type.endswith("break") or token.content == "<br>" else token.content
    return words


def document(blocks, made, **more):
    return Document(**{"title": "T", **more}, blocks=blocks, provenance=Provenance(generated=made))


def flat(text):
    return " ".join(clean(text).split())


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_every_text_is_printed_as_it_stands_wherever_it_is(text, made):
    table = Table(id="t", name="T", caption=text, columns=[Column(key="a", label=text)], rows=[(text,)])
    figure = Figure(
        id="f", chart="unsur_bars", caption="C", alt=text, axis=("0", "1"), data=[{"label": text, "value": 1}]
    )
    blocks = [
        Heading(level=2, text=text), Paragraph(text=text), table, figure, Note(severity="info", text=text),
        Headline(text=text, facts=[Fact(label=text, value=text)]),
    ]  # fmt: skip
    written = export.get("markdown")(document(blocks, made, title=text, subtitle=text)).decode()
    assert [t.type for t in tokens_of(written) if t.type in ACTING and t.content != "<br>"] == []
    assert OVERRIDE not in written
    words, shown = words_of(written), flat(text)
    assert words.count(shown) >= 7  # title, subtitle, heading, paragraph, label, cell, words of the figure
    assert sum(shown in block for block in words) >= 11
    assert sum(t.type == "table_open" for t in tokens_of(written)) == 2


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_template_brace_and_no_address_is_left_whole(text):
    safe = escaped(text)
    assert not re.search(r"\{[{%#]|https?://|(?i:\bwww\.)", safe)


@given(
    text=st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cn", "Co")), max_size=60)
)
def test_any_text_comes_back_from_a_paragraph(text):
    written = export.get("markdown")(document([Paragraph(text=text)], "2026-08-17T09:00:00Z")).decode()
    assert words_of(written) == list(filter(None, ["T", flat(text)]))


def test_numbers_are_aligned_and_printed_as_everywhere_else(document_of):
    written = export.get("markdown")(document_of({"Dinas A": 31, "Dinas B": 44})).decode()
    assert "| ---: | :--- | ---: | ---: | ---: | ---: | :--- | :--- | :--- |" in written
    page = export.get("html")(document_of({"Dinas A": 31, "Dinas B": 44})).decode()
    cells = re.findall(r'<td class="num">([^<]+)</td>', page)
    assert len(cells) > 40
    assert set(cells) <= {cell.strip(" *") for cell in re.split(r"[|\n]", written)}


def test_lines_stay_lines_in_a_paragraph_and_in_a_cell(made):
    table = Table(id="t", name="T", caption="C", columns=[Column(key="a", label="A")], rows=[("x\ny",)])
    written = export.get("markdown")(document([Paragraph(text="satu\n- dua"), table], made)).decode()
    assert "satu\n- dua" in words_of(written)
    assert "x\ny" in words_of(written)


def test_a_figure_is_its_words_and_its_numbers_without_how_it_is_drawn(document):
    written = export.get("markdown")(document).decode()
    figure = next(block for block in document.blocks if block.kind == "figure")
    assert flat(figure.alt) in " ".join(words_of(written))
    assert "| IKM | " in written
    assert not re.search(r"\| (role|overall) \|", written)


def test_no_respondent_is_in_it_and_the_provenance_is(document):
    written = export.get("markdown")(document).decode()
    assert "Σ nilai" in written
    assert max(line.count("|") for line in written.splitlines()) < 12
    assert "sipukat" in written.rpartition("## Asal-usul angka")[2]


def test_the_same_document_gives_the_same_bytes(document):
    assert export.get("markdown")(document) == export.get("markdown")(document.model_copy(deep=True))


def test_english_headings_in_an_english_document(document_of):
    written = export.get("markdown")(document_of({"Dinas A": 31}, lang="en")).decode()
    assert "**Table 1.**" in written
