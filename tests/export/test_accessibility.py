"""axe-core, run in Chromium on every page that we write: no violation of level A or AA, light or dark."""

import json
import re
import shutil
import subprocess
from html import escape, unescape

import pytest

from sipukat import export
from sipukat.report import Document, Provenance

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Width of the screen to the names of pages, all or those that differ there most.
WIDTHS = {1280: (), 360: ("hasil", "laporan", "poster", "city", "lampiran", "control")}
# A page is checked as it stands, and once more with its dark rules in force.
CHECK = """
addEventListener('load', async () => {
  const seen = {};
  for (const scheme of ['light', 'dark']) {
    const rules = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules]).filter(rule => rule.media);
    if (scheme === 'dark') for (const rule of rules)
      if (/prefers-color-scheme:\\s*dark/.test(rule.media.mediaText)) rule.media.mediaText = 'screen';
    const only = {runOnly: {type: 'tag', values: TAGS}, resultTypes: ['violations']};
    const found = await axe.run(document, only);
    seen[scheme] = {
      background: getComputedStyle(document.body).backgroundColor,
      passes: found.passes.length,
      violations: found.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 200))]),
    };
  }
  parent.done(NAME, seen);
});
"""
DRIVER = """<!DOCTYPE html><html lang="id"><title>axe</title><script>
const pages = PAGES, results = {};
function done(name, seen) {
  results[name] = seen;
  if (Object.keys(results).length === Object.keys(pages).length) {
    document.body.innerHTML = '';
    const pre = document.createElement('pre');
    pre.textContent = '<<<' + JSON.stringify(results) + '>>>';
    document.body.append(pre);
  }
}
addEventListener('load', () => {
  for (const page of Object.values(pages)) {
    const frame = document.createElement('iframe');
    frame.width = WIDTH; frame.height = 900; frame.srcdoc = page;
    document.body.append(frame);
  }
});
</script><body></body></html>"""


def in_script(value):
    return json.dumps(value).replace("</", "<\\/").replace("<!--", "<\\!--")


def axe_of(pages, source, folder, *, width):
    """Run axe in every page, in one start of Chromium, and return what it found by name."""
    armed = {}
    for name, page in pages.items():
        own = CHECK.replace("TAGS", json.dumps(TAGS)).replace("NAME", in_script(name))
        # Before the policy of the page, which forbids every script that comes after it.
        armed[name] = page.replace("<head>", f"<head><script>{source}</script><script>{own}</script>", 1)
    driver = folder / f"axe-{width}.html"
    driver.write_text(
        DRIVER.replace("WIDTH", str(width)).replace("PAGES", in_script(armed)), encoding="utf-8"
    )
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
        f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=120000",
        f"--window-size={width},900", driver.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, check=True, capture_output=True, timeout=170)
    found = re.search(r"<pre>&lt;&lt;&lt;(.*?)&gt;&gt;&gt;</pre>", done.stdout.decode(), re.DOTALL)
    assert found, done.stdout[-500:]
    return json.loads(unescape(found[1]))


@pytest.fixture(scope="module")
def pages(every_document, made):
    texts = {name: export.get("html")(document).decode() for name, document in every_document.items()}
    texts["empty"] = export.get("html")(
        Document(title="Kosong", blocks=[], provenance=Provenance(generated=made))
    ).decode()
    faint = escape("samar")
    texts["control"] = (
        f'<!DOCTYPE html><html><head><title>x</title></head><body><p style="color:#ccc">{faint}</p>'
        '<img src="data:,"></body></html>'
    )
    return texts


@pytest.fixture(scope="module", params=WIDTHS)
def checked(request, pages):
    names = WIDTHS[request.param] or pages.keys()
    return request.param, {name: pages[name] for name in names}


@pytest.fixture(scope="module")
def found(checked, node_modules, tmp_path_factory):
    if CHROMIUM is None:
        pytest.skip("Chromium is not here")
    width, pages = checked
    source = (node_modules("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    return axe_of(pages, source, tmp_path_factory.mktemp("axe"), width=width)


def test_no_page_breaks_a_rule_of_level_a_or_aa_in_light_or_dark(found):
    broken = {
        (name, scheme): seen[scheme]["violations"]
        for name, seen in found.items()
        for scheme in ("light", "dark")
        if name != "control" and seen[scheme]["violations"]
    }
    assert not broken


def test_every_page_was_checked_in_both_schemes(found, checked):
    assert found.keys() == checked[1].keys()
    for name in found.keys() - {"control"}:
        assert found[name]["light"]["background"] == "rgb(255, 255, 255)"
        assert found[name]["dark"]["background"] == "rgb(16, 23, 29)"
        assert found[name]["light"]["passes"] > 3


def test_a_faint_text_and_a_picture_without_words_would_be_found(found):
    rules = {rule for rule, _ in found["control"]["light"]["violations"]}
    assert {"color-contrast", "image-alt", "html-has-lang"} <= rules
