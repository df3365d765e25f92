"""A result names the plugins that took part in it, and no other: an installed reader, rule and exporter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import zipfile
from importlib.util import find_spec

import pytest

if find_spec("pip") is None:
    pytest.skip("pip is not installed, so no package can be", allow_module_level=True)

CODE = """
import json
from sipukat.checks import Rule
from sipukat.readers import Grid

class Pembaca:
    suffixes = (".baris",)
    def __call__(self, path, *, sheet=None):
        rows = [line.split(";") for line in open(path, encoding="utf-8").read().splitlines()]
        return [Grid(name="", rows=rows)]

class Bentuk:
    suffix, media_type = ".bentuk", "application/json"
    def __call__(self, document):
        return document.model_dump_json().encode()

class Diam(Bentuk):
    suffix = ".diam"

baris, bentuk, diam = Pembaca(), Bentuk(), Diam()
aturan = [Rule("KTA901", lambda case: [case.find("KTA901", "nama")] if case.doc.nama == "KTP-el" else [])]
"""
WORDS = """
[KTA901]
severity = "info"
judul = "Contoh"
title = "Example"
pesan = "contoh"
message = "example"
"""
PROGRAM = """
import json, sipukat
from pathlib import Path
survey = ";".join(f"U{i}" for i in range(1, 10)) + "\\n" + "4;3;4;3;4;3;4;3;4\\n" * 40
Path("a.baris").write_text(survey, encoding="utf-8")
Path("a.csv").write_text(survey.replace(";", ","), encoding="utf-8")

def told(obj, path, **opts):
    text = json.loads(sipukat.publish(obj, path, **opts).read_text(encoding="utf-8"))["provenance"]
    return text["manifest"]["plugins"], [i["value"] for i in text["items"] if i["key"] == "plugins"]

def ikm(path):
    return sipukat.ikm.estimate(sipukat.read_survey(path).responses)

doc = sipukat.pelayanan.StandarPelayanan(nama="KTP-el")
other = sipukat.pelayanan.StandarPelayanan(nama="KIA")
print(json.dumps({
    "nothing": told(ikm("a.csv"), "1.json"),
    "reader": told(ikm("a.baris"), "2.json"),
    "exporter": told(ikm("a.csv"), "3.bentuk"),
    "both": told(ikm("a.baris"), "4.bentuk"),
    "rule": told(doc, "5.json", part="pemeriksaan"),
    "rule that found nothing": told(other, "6.json", part="pemeriksaan"),
    "no check": told(doc, "7.json", part="lampiran"),
    "verdict": sipukat.verify("2.json", "a.baris").verdict,
}))
"""


def wheel(folder, name, points, files):
    info = f"{name}-1.0.dist-info"
    groups = "\n".join(f"[sipukat.{group}]\n{line}" for group, line in points.items())
    texts = files | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": groups + "\n",
    }
    texts[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in (*texts, f"{info}/RECORD"))
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for each, text in texts.items():
            archive.writestr(each, text)
    return path


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    """What publications say of plugins, where three packages are installed."""
    folder = tmp_path_factory.mktemp("plugins")
    wheels = [
        wheel(folder, "pembaca_kota", {"readers": "baris = pembaca_kota:baris"}, {"pembaca_kota.py": CODE}),
        wheel(
            folder,
            "bentuk_kota",
            {"exporters": "bentuk = bentuk_kota:bentuk\ndiam = bentuk_kota:diam"},
            {"bentuk_kota.py": CODE},
        ),
        wheel(
            folder,
            "aturan_kota",
            {"checks": "kota = aturan_kota:aturan"},
            {"aturan_kota/__init__.py": CODE, "aturan_kota/findings.toml": WORDS},
        ),
    ]
    site = folder / "site"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--no-compile"]
    subprocess.run([*pip, "--target", str(site), *map(str, wheels)], check=True)
    clean = {key: value for key, value in os.environ.items() if not key.startswith("SIPUKAT_")}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(PROGRAM)],
        cwd=folder,
        env=clean | {"PYTHONPATH": str(site), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("what", "plugins"),
    [
        ("reader", ["pembaca_kota 1.0"]),
        ("exporter", ["bentuk_kota 1.0"]),
        ("both", ["bentuk_kota 1.0", "pembaca_kota 1.0"]),
        ("rule", ["aturan_kota 1.0"]),
    ],
)
def test_a_publication_names_each_plugin_that_took_part_for_programs_and_for_people(named, what, plugins):
    assert named[what] == [plugins, ["; ".join(plugins)]]


@pytest.mark.parametrize("what", ["nothing", "rule that found nothing", "no check"])
def test_what_is_installed_but_gave_nothing_is_not_named(named, what):
    assert named[what] == [[], []]


def test_a_publication_of_a_plugins_reader_is_recomputed_where_the_plugin_is_there(named):
    assert named["verdict"] == "equal"
