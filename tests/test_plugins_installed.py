"""Plugins as people meet them: wheels built here, put into a new environment by pip, and asked by the CLI."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import textwrap
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

if find_spec("pip") is None or find_spec("hatchling") is None:
    pytest.skip("pip or hatchling is not installed, so no package can be", allow_module_level=True)

EXPORTER = """
class Teks:
    suffix = ".teks"
    media_type = "text/plain"
    api_version = "{api}"

    def __call__(self, document):
        return document.title.encode()

teks = Teks()
"""
PERBUP = """
kind = "survey"
id = "{id}"
title = "{title}"
extends = "permenpanrb-14-2017"
confidence = "A"
{more}

[[unsur]]
key = "ramah_anak"
code = "U10"
nama = "Ramah anak"
name = "Child friendly"
place = "Pasal 3"
confidence = "A"
"""
BROKEN = {
    "naik": "raise RuntimeError('sengaja \\x1b[31m')",
    "keluar": "raise SystemExit(3)",
    "dasar": "class Dasar(BaseException): pass\nraise Dasar",
    "bisu": "class Bisu(Exception):\n    def __str__(self): raise ValueError\nraise Bisu",
    "dalam": "def d(): d()\nd()",
    "kurang": "import modul_yang_tidak_ada",
    "kosong": "",
}
MISFITS = """
from sipukat.checks import Rule
class Tanpa:
    suffix, media_type = ".tanpa", "text/plain"
    def __call__(self, document): return b""
class Suffix(Tanpa): suffix = "../x"
class Media(Tanpa): media_type = "text"
class Sifat(Tanpa):
    @property
    def suffix(self): raise SystemExit
class Pembaca:
    suffixes = "csv"
    def __call__(self, path, *, sheet=None): return []
benda, suffix, media, sifat, pembaca = object(), Suffix(), Media(), Sifat(), Pembaca()
bukan_aturan, rebut = [1], [Rule("LKP101", lambda case: [])]
standar = "bukan standar"
"""
HOSTILE = {
    "../../etc/passwd": "../../etc/passwd",
    "JSON": "JSON",
    "\uff4a\uff53\uff4f\uff4e": r"\uff4a\uff53\uff4f\uff4e",
    "j\u0455on": r"j\u0455on",
    "a\x1b[31mb": r"a\x1b[31mb",
    "nosj\u202e": r"nosj\u202e",
    "csv_machine": "csv_machine",
    "a" * 10_000: "a" * 80 + "… (10000 characters)",
}


def wheel(folder, name, points, files):
    """Write a wheel: `points` is group to lines, `files` is path to text."""
    info = f"{name.replace('-', '_')}-1.0.dist-info"
    groups = "\n".join(f"[sipukat.{group}]\n" + "\n".join(lines) for group, lines in points.items())
    texts = {
        **{path: textwrap.dedent(text) for path, text in files.items()},
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": groups + "\n",
    }
    texts[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in (*texts, f"{info}/RECORD"))
    path = folder / f"{name.replace('-', '_')}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for each, text in texts.items():
            archive.writestr(each, text)
    return path


def _wheels(folder):
    standards = {
        "perbup_contoh/__init__.py": "raise RuntimeError('imported')",
        "perbup_contoh/perbup-contoh-1-2026.toml": PERBUP.format(
            id="perbup-contoh-1-2026", title="Contoh", more='api = "1"'
        ),
        "perbup_contoh/data/perbup-contoh-3-2026.toml": PERBUP.format(
            id="perbup-contoh-3-2026", title="Contoh dalam", more='api = "1.4"'
        ),
        "perbup_contoh/perbup-baru-2-2030.toml": PERBUP.format(
            id="perbup-baru-2-2030", title="Baru", more='api = "2"'
        ),
    }
    declared = [
        "perbup-contoh-1-2026 = perbup_contoh",
        "perbup-contoh-3-2026 = perbup_contoh.data",
        "perbup-baru-2-2030 = perbup_contoh",
        "perbup-tiada = perbup_contoh",
    ]
    misfits = {
        "exporters": [
            *(f"salah-{name} = salah:{name}" for name in ("benda", "suffix", "media", "sifat")),
            "paket = salah",
        ],
        "readers": ["salah-pembaca = salah:pembaca"],
        "checks": [
            "salah-aturan = salah:bukan_aturan",
            "salah-rebut = salah:rebut",
            "konsistensi = salah:rebut",
        ],
        "standards": ["salah-standar = salah:standar"],
        "exporter": ["salah-kelompok = salah:benda"],
    }
    slow = "import time\nprint('selamat datang')\ntime.sleep(2.05)\n" + EXPORTER.format(api="1.0")
    good = {"exporters": ["teks = bentuk_contoh:teks"]}
    yield wheel(folder, "perbup-contoh", {"standards": declared}, standards)
    yield wheel(folder, "bentuk-contoh", good, {"bentuk_contoh.py": EXPORTER.format(api="1.0")})
    yield wheel(
        folder,
        "rusak",
        {"exporters": [f"{name} = rusak_{name}:teks" for name in BROKEN]},
        {f"rusak_{name}.py": code for name, code in BROKEN.items()},
    )
    yield wheel(folder, "salah", misfits, {"salah.py": MISFITS})
    yield wheel(folder, "lambat", {"exporters": ["lambat = lambat:teks"]}, {"lambat.py": slow})
    versions = ["api-dua = api_dua:teks", "api-tujuh = api_tujuh:teks"]
    files = {"api_dua.py": EXPORTER.format(api="2.0"), "api_tujuh.py": EXPORTER.format(api="1.7")}
    yield wheel(folder, "nanti", {"exporters": versions}, files)
    yield wheel(folder, "Ganda_A", {"exporters": ["ganda = json:dumps", "html = json:dumps"]}, {"ga.py": ""})
    yield wheel(folder, "ganda-b", {"exporters": ["ganda = json:loads"]}, {"gb.py": ""})
    yield wheel(folder, "jahat", {"exporters": [f"{name} = json:dumps" for name in HOSTILE]}, {"jh.py": ""})
    gone = {"exporters": ["pergi = pergi_kode:teks"]}
    yield wheel(folder, "pergi", gone, {"pergi_kode.py": EXPORTER.format(api="1.0")})


class House:
    """A virtual environment that sees the packages of this one, besides its own."""

    def __init__(self, folder):
        self.folder = folder
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
        self.python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
        places = sysconfig.get_paths(vars={"base": str(folder), "platbase": str(folder)})
        self.site = Path(places["purelib"])
        ours = sysconfig.get_paths()["purelib"]
        # a .pth file inside a folder that is only named in a .pth file would not be read
        (self.site / "ours.pth").write_text(f"import site; site.addsitedir({ours!r})\n", encoding="utf-8")

    def pip(self, *arguments):
        command = [sys.executable, "-m", "pip", "--python", self.python, "-q", *arguments]
        subprocess.run([str(part) for part in command], check=True, env=_environment())

    def run(self, *arguments, cwd=None, **environment):
        return subprocess.run(
            [str(self.python), *map(str, arguments)],
            cwd=cwd or self.folder,
            env=_environment(**environment),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )


def _environment(**more):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("SIPUKAT_") and k != "PYTHONPATH"}
    return {**clean, "PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", **more}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The environment with all the wheels installed, and one package that is being developed."""
    folder = tmp_path_factory.mktemp("house")
    made = House(folder / "venv")
    wheels = folder / "wheels"
    wheels.mkdir()
    project = folder / "sunting"
    (project / "sunting_contoh").mkdir(parents=True)
    (project / "sunting_contoh" / "__init__.py").write_text("raise RuntimeError('imported')")
    (project / "sunting_contoh" / "perbup-sunting-7-2026.toml").write_text(
        PERBUP.format(id="perbup-sunting-7-2026", title="Sunting", more=""), encoding="utf-8"
    )
    (project / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        '[project]\nname = "sunting-contoh"\nversion = "1.0"\n'
        '[project.entry-points."sipukat.standards"]\nperbup-sunting-7-2026 = "sunting_contoh"\n',
        encoding="utf-8",
    )
    alone = ("install", "--no-index", "--no-deps", "--no-build-isolation", "--no-compile")
    made.pip(*alone, *_wheels(wheels), "-e", project)
    return made


@pytest.fixture(scope="module")
def loaded(house):
    """What `plugins --load --json` says, by name."""
    done = house.run("-m", "sipukat", "plugins", "--load", "--json")
    assert done.returncode == 1, done.stderr
    assert "selamat datang" in done.stderr  # what a plugin prints does not spoil the JSON
    return {plugin["name"]: plugin for plugin in json.loads(done.stdout)["plugins"]}


def test_a_standard_without_code_is_read_from_its_package_which_is_not_imported(loaded):
    plugin = loaded["perbup-contoh-1-2026"]
    assert (plugin["state"], plugin["kind"], plugin["reason"]) == ("loaded", "declarative", "")
    assert (plugin["origin"], plugin["version"]) == ("perbup-contoh", "1.0")


def test_a_standard_is_read_from_an_editable_install_too(loaded):
    assert loaded["perbup-sunting-7-2026"]["state"] == "loaded"


def test_an_exporter_that_fits_is_loaded_and_one_that_is_slow_or_newer_is_reported(loaded):
    assert (loaded["teks"]["state"], loaded["teks"]["reason"]) == ("loaded", "")
    assert loaded["lambat"]["state"] == "loaded"
    assert "its import is slow: it took 2." in loaded["lambat"]["reason"]
    assert "printed 15 characters" in loaded["lambat"]["reason"]
    assert loaded["api-tujuh"]["state"] == "loaded"
    assert "made for API 1.7" in loaded["api-tujuh"]["reason"]
    assert loaded["perbup-contoh-3-2026"]["state"] == "loaded"
    assert "made for API 1.4" in loaded["perbup-contoh-3-2026"]["reason"]


@pytest.mark.parametrize("name", ["api-dua", "perbup-baru-2-2030"])
def test_a_newer_major_version_is_refused_and_says_what_to_get(loaded, name):
    assert loaded[name]["state"] == "outdated"
    assert "use a sipukat that has API 2" in loaded[name]["reason"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("naik", r"RuntimeError: sengaja \x1b[31m"),
        ("keluar", "SystemExit: 3"),
        ("dasar", "Dasar"),
        ("bisu", "Bisu: (without a message that can be read)"),
        ("dalam", "RecursionError: maximum recursion depth"),
        ("kurang", "it needs the module 'modul_yang_tidak_ada', which is not installed"),
        ("kosong", "AttributeError: "),
        ("salah-benda", "it is a object that cannot be called"),
        ("salah-suffix", "it has no `suffix`"),
        ("salah-media", "it has no `media_type`"),
        ("salah-sifat", "SystemExit"),
        ("salah-pembaca", "it has no `suffixes`"),
        ("salah-aturan", "it holds a int where a sipukat.checks.Rule belongs"),
        ("salah-rebut", "its code LKP101 is that of a built-in rule"),
        ("salah-standar", "expected a standard, or a callable that returns one"),
        ("perbup-tiada", "no file perbup-tiada.toml in "),
    ],
)
def test_what_is_broken_says_why_and_breaks_no_other(loaded, name, reason):
    assert loaded[name]["state"] == "failed"
    assert reason in loaded[name]["reason"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_refused_with_a_reason_and_shown_escaped(loaded, name):
    plugin = loaded[HOSTILE[name]]
    assert plugin["state"] == "refused"
    assert "a name " in plugin["reason"]
    assert plugin["name"].removesuffix("… (10000 characters)").isascii()


def test_a_name_that_looks_like_a_built_in_says_which(loaded):
    assert "resembles the built-in 'json'" in loaded["JSON"]["reason"]
    assert "resembles the built-in 'csv-machine'" in loaded["csv_machine"]["reason"]


def test_what_names_no_attribute_or_no_group_is_refused(loaded):
    assert "write 'package:attribute'" in loaded["paket"]["reason"]
    assert "did it mean sipukat.exporters?" in loaded["salah-kelompok"]["reason"]


def test_listing_imports_nothing_and_the_rest_of_the_house_goes_on(house, tmp_path):
    code = """
        import sys, sipukat
        from sipukat import errors
        found = {p.name: p for p in sipukat.plugins.listing()}
        strangers = {"perbup_contoh", "rusak_naik", "salah", "lambat", "bentuk_contoh", "sunting_contoh"}
        assert not strangers & set(sys.modules), strangers & set(sys.modules)
        assert found["naik"].state == "ready" and found["ganda"].state == "duplicate"
        assert found["csv"].built_in
        rule = sipukat.standards.get("perbup-contoh-1-2026")
        assert (len(rule.unsur), sum(rule.weights.values())) == (10, 1)
        assert not {"perbup_contoh", "sunting_contoh"} & set(sys.modules)
        for name in ("ganda", "html"):
            try:
                sipukat.export.get(name)
            except errors.DuplicatePluginError as failure:
                assert "Ganda_A 1.0" in str(failure)
        assert sipukat.export.get("json").suffix == ".json"
        assert sipukat.export.base.for_path("a.teks").media_type == "text/plain"
        assert sipukat.standards.get("Permenpan RB 14/2017").id == "permenpanrb-14-2017"
        open("a.tidak", "w").write("x")
        try:
            sipukat.read_survey("a.tidak", standard="permenpanrb-14-2017")
        except errors.SurveyError:  # and not what the broken reader raised
            pass
        codes = [f.code for f in sipukat.check({"nama": "A"})]
        assert codes.count("STD501") == 3 and "LKP101" in codes
        """
    done = house.run("-c", textwrap.dedent(code), cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_folder_of_the_same_name_where_one_works_shadows_nothing_in_silence(house, tmp_path):
    for package, name in (
        ("perbup_contoh", "perbup-contoh-1-2026"),
        ("sunting_contoh", "perbup-sunting-7-2026"),
    ):
        (tmp_path / package).mkdir()
        text = PERBUP.format(id=name, title="Palsu", more="")
        (tmp_path / package / f"{name}.toml").write_text(text, encoding="utf-8")
        (tmp_path / package / "__init__.py").touch()
    code = """
        from sipukat import standards
        print(standards.get("perbup-contoh-1-2026").title)
        print(standards.get("perbup-sunting-7-2026").title)
        """
    done = house.run("-c", textwrap.dedent(code), cwd=tmp_path)
    assert done.stdout.split() == ["Contoh"]
    assert "another package named 'sunting_contoh' stands before it" in done.stderr


def test_the_environment_allows_by_distribution_however_its_name_is_written(house):
    allow = {"SIPUKAT_PLUGINS": "Bentuk.Contoh, perbup_contoh,ganda-a"}
    done = house.run("-m", "sipukat", "plugins", "--json", **allow)
    states = {p["name"]: p["state"] for p in json.loads(done.stdout)["plugins"]}
    assert states["teks"] == states["perbup-contoh-1-2026"] == "ready"
    assert states["naik"] == states["api-dua"] == "not_allowed"
    off = house.run("-m", "sipukat", "plugins", SIPUKAT_NO_PLUGINS="1")
    assert "tidak diizinkan" in off.stdout
    assert "siap " not in off.stdout
    assert "SIPUKAT_NO_PLUGINS: '1'" in off.stdout


def test_damaged_metadata_breaks_no_other_and_never_the_import(house, tmp_path):
    damage = {
        "robek": ("Name: robek\nVersion: 1.0\n", b"[sipukat.exporters]\nini bukan baris\n"),
        "biner": ("Name: biner\nVersion: 1.0\n", b"[sipukat.exporters]\n\xff\xfe = x:y\n"),
        "anonim": ("Version: 1.0\n", b"[sipukat.exporters]\nanonim = json:dumps\n"),
    }
    for name, (metadata, points) in damage.items():
        info = tmp_path / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\n{metadata}", encoding="utf-8")
        (info / "entry_points.txt").write_bytes(points)
    (tmp_path / "hampa-1.0.dist-info").mkdir()
    done = house.run("-m", "sipukat", "plugins", "--json", PYTHONPATH=str(tmp_path))
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)["plugins"]
    reasons = [p["reason"] for p in found if p["group"] == "" and "sipukat.exporter'" not in p["reason"]]
    assert len(reasons) == 3
    assert all(
        any(words in reason for reason in reasons) for words in ("parsed", "cannot be read", "no Name")
    )
    assert "ready" in {p["state"] for p in found if p["name"] == "teks"}


def test_a_package_that_is_removed_after_it_was_listed_says_so(house):
    assert "pergi" in house.run("-c", "from sipukat import export; print(*export.names())").stdout.split()
    code = """
        import sys
        from sipukat import export
        assert "pergi" in export.names()
        print("terdaftar", flush=True)
        sys.stdin.readline()
        export.get("pergi")
        """
    command = [str(house.python), "-c", textwrap.dedent(code)]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(command, text=True, env=_environment(), cwd=house.folder, **pipes) as process:
        assert process.stdout.readline().strip() == "terdaftar"
        house.pip("uninstall", "-y", "pergi")
        _, failure = process.communicate("\n")
    assert "exporter 'pergi' of pergi 1.0 could not be loaded" in failure
    assert "its module 'pergi_kode' is not there; was the package removed in the meantime?" in failure
