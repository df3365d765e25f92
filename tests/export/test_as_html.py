import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from sipukat import export

VOID = {"meta", "link", "img", "br", "hr", "input"}


class Page(HTMLParser):
    """Collect elements, and fail on a tag that is not closed."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.elements, self.ids, self.text = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


def page_of(document):
    page = Page()
    page.feed(export.get("html")(document).decode())
    assert page.open == []
    return page


@pytest.mark.parametrize("lang", ["id", "en"])
def test_it_is_well_formed_and_says_its_language_and_title(document_of, lang):
    page = page_of(document_of({"Dinas A": 31, "Dinas B": 44}, lang=lang))
    assert page.all("html") == [{"lang": lang}]
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("title")) - 6 == 1  # 3 figures, twice
    assert len(page.ids) == len(set(page.ids))


def test_nothing_is_fetched_and_nothing_runs(document):
    text = export.get("html")(document).decode()
    page = page_of(document)
    assert not {tag for tag, _ in page.elements} & {
        "script",
        "link",
        "iframe",
        "object",
        "embed",
        "img",
        "form",
    }
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?!#)""", text)
    assert "url(" not in text
    assert "@import" not in text
    policy = next(m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")


def test_tables_and_figures_can_be_read_without_eyes(document):
    page = page_of(document)
    assert len(page.all("caption")) == len(page.all("table")) == 3
    assert all("scope" in th for th in page.all("th"))
    for region in (d for d in page.all("div") if "scroll" in d.get("class", "").split()):
        assert region["tabindex"] == "0"
        assert region["aria-labelledby"] in page.ids
    for drawing in page.all("svg"):
        assert drawing["role"] == "img"
        assert set(drawing["aria-labelledby"].split()) <= set(page.ids)
    assert next(a for a in page.all("a") if a.get("class") == "skip")["href"] == "#isi"
    assert "isi" in page.ids


def test_headings_go_down_one_level_at_a_time(document):
    levels = [int(tag[1]) for tag, _ in page_of(document).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_respondents_rows_are_left_out_and_it_says_so(document):
    text = "".join(page_of(document).text)
    assert "Baris per responden adalah jawaban orang dan tidak ditampilkan" in text
    assert text.count("Dinas A") < 10


def test_it_has_a_dark_and_a_printed_face(document):
    text = export.get("html")(document).decode()
    assert "@media screen and (prefers-color-scheme:dark)" in text
    assert "@media print" in text


def test_a_short_table_stays_on_one_page_and_a_long_one_may_break(document_of):
    few = page_of(document_of({"Dinas A": 31, "Dinas B": 44}))
    many = page_of(document_of({f"Dinas {n}": 12 for n in range(20)}))
    classes = [
        [d["class"] for d in page.all("div") if "scroll" in d.get("class", "")] for page in (few, many)
    ]
    assert classes[0] == ["scroll short"] * 3
    assert classes[1] == ["scroll", "scroll short", "scroll short"]
