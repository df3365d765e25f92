"""What holds for all figures of an IKM that `report.ikm_figures` makes, as a browser draws them."""

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest

from sipukat import plot
from sipukat.report import Figure

NS = "{http://www.w3.org/2000/svg}"
WIDTHS = (280, 352, 720)
HOSTILE = "<script>alert(1)</script>" + '" onload="x' + "&amp;"

# Every text of every figure, by the browser's own letters: which lie outside, which touch.
MEASURE = """
const out = [];
for (const svg of document.querySelectorAll("svg")) {
  const paper = svg.getBoundingClientRect(), texts = [...svg.querySelectorAll("text")];
  const boxes = texts.map(t => t.getBoundingClientRect());
  boxes.forEach((a, i) => {
    if (a.width && (a.left < paper.left - 1 || a.right > paper.right + 1 ||
        a.top < paper.top - 1 || a.bottom > paper.bottom + 1))
      out.push(svg.parentNode.id + ": outside: " + texts[i].textContent);
    boxes.slice(i + 1).forEach((b, j) => {
      const w = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (w > 1 && h > 4)
        out.push(svg.parentNode.id + ": " + texts[i].textContent + " | " + texts[i + 1 + j].textContent);
    });
  });
}
document.body.innerHTML = "<pre>" + document.querySelectorAll("svg").length + " drawn</pre>";
for (const line of out)
  document.body.append(Object.assign(document.createElement("p"), {textContent: line}));
"""


def drawn(made, width=720):
    return ET.fromstring(plot.svg(made, width=width))  # noqa: S314  our own


def test_no_label_touches_another_or_leaves_the_paper(figures, tmp_path):
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium on this machine, so nobody measures the labels")
    parts = [
        f'<div id="{name}, {width}">{plot.svg(made, width=width)}</div>'
        for name, made in figures.items()
        for width in WIDTHS
    ]
    page = tmp_path / "semua.html"
    page.write_text(
        f'<meta charset="utf-8"><body>{"".join(parts)}<script>{MEASURE}</script>', encoding="utf-8"
    )
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'x'}", "--dump-dom"]
    told = subprocess.run([browser, *flags, str(page)], capture_output=True, text=True, check=True).stdout
    assert f"<pre>{len(parts)} drawn</pre>" in told
    # The codes beside dots that coincide may touch; the list below names them all the same.
    touching = [
        words for words in re.findall(r"<p>(.*?)</p>", told) if not re.search(r": U\d \| U\d$", words)
    ]
    assert touching == []


@pytest.mark.parametrize("width", WIDTHS)
def test_every_figure_says_itself_in_words_and_refers_to_nothing(figures, width):
    for made in figures.values():
        root = drawn(made, width)
        assert root.get("role") == "img"
        ids = root.get("aria-labelledby").split()
        assert [root.find(f"*[@id='{i}']").text for i in ids] == [made.caption, made.alt]
        assert "url(" not in plot.svg(made, width=width)
        assert not any("href" in name for e in root.iter() for name in e.attrib)


def test_every_element_has_a_light_colour_and_one_for_the_dark(figures):
    for made in figures.values():
        drawing = plot.svg(made)
        for used in set(re.findall(r'class="(\w+)"', drawing)) - {"sipukat"}:
            assert f".{used}{{" in drawing
        assert not re.search(r"<(text|rect)(?![^>]*fill=)", drawing)


def test_twice_drawn_is_drawn_alike(figures):
    for made in figures.values():
        assert plot.svg(made, width=352) == plot.svg(made, width=352)


def test_hostile_names_are_text(figures):
    for made in figures.values():
        records = [{**r, "label": HOSTILE, **({"kode": HOSTILE} if "kode" in r else {})} for r in made.data]
        root = drawn(Figure(**{**dict(made), "data": records, "caption": HOSTILE, "alt": HOSTILE}))
        assert {e.tag.removeprefix(NS) for e in root.iter()} <= {
            "svg", "title", "desc", "style", "rect", "line", "text", "path", "circle",
        }  # fmt: skip
        assert not any(name.startswith("on") for e in root.iter() for name in e.attrib)


def test_every_number_that_is_printed_is_in_the_frame(figures):
    made = figures["answers"]
    held = {str(value).replace(".", ",") for record in made.data for value in record.values()}
    shares = [t.text for t in drawn(made).iter(f"{NS}text") if re.fullmatch(r"\d+,\d( %)?", t.text or "")]
    assert len(shares) > 20
    assert {share.removesuffix(" %") for share in shares} <= held
