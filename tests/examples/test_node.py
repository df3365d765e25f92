"""examples/node: a Node team calls the command line by sipukat.mjs, without a shell and without Python."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sipukat import datasets

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples" / "node"
NODE = shutil.which("node") or ""
COMMAND = [sys.executable, "-m", "sipukat"]
UNIT = "--json & %PATH% \"petik\" 'satu' $(id) `id` <b> é 😀"

pytestmark = pytest.mark.skipif(not NODE, reason="node is not installed")


def node(code: str, *, folder: Path, **settings: str) -> list:
    """Run a module with Sipukat imported, and return the JSON that it prints."""
    head = (
        f"import {{ Sipukat }} from {json.dumps((FOLDER / 'sipukat.mjs').as_uri())};"
        f"const command = {json.dumps(COMMAND)};"
        "const sipukat = new Sipukat({ program: command });"
        "const refused = (promise) => promise.then(() => 'no error', (error) => [error.type, error.message]);"
    )
    script = folder / "skrip.mjs"
    script.write_text(f"{head}\n{code}\n", encoding="utf-8")
    done = subprocess.run(
        [NODE, str(script)], capture_output=True, cwd=folder, env={**os.environ, **settings}, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_node_gets_every_answer_that_was_computed_without_the_library():
    done = subprocess.run(
        [NODE, str(FOLDER / "vectors.mjs"), *COMMAND], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(" panggilan, 0 berbeda\n")


def test_calls_at_once_get_their_own_answers_and_hostile_letters_arrive(tmp_path):
    shutil.copy(datasets.path("kota-contoh"), tmp_path / "survei é.csv")
    seen = node(
        f"""
        const [ikm, letter, wrong, size, form, long, half] = await Promise.all([
          sipukat.call("ikm", {{ by: ["unit"] }}, "survei é.csv"),
          sipukat.call("audit", {{ mutu: "A" }}, "81,85"),
          refused(sipukat.call("ikm", {{}}, "--json")),
          sipukat.call("sample-size", {{}}, 1500),
          sipukat.call("form", {{ unit: {json.dumps(UNIT)} }}),
          sipukat.call("form", {{ unit: "x".repeat(300000) }}),
          refused(sipukat.call("form", {{ unit: "\\ud800" }})),
        ]);
        sipukat.close();
        console.log(JSON.stringify([
          ikm.ok, ikm.data.overall.published, ikm.data.groups.length, letter.ok, wrong[0],
          size.data.sizes[0].n, form.data.unit, long.ok, half[0],
        ]));
        """,
        folder=tmp_path,
        LC_ALL="C",
        PYTHONCOERCECLOCALE="0",
    )
    assert seen == [True, "82.50", 13, False, "BadParameter", 306, UNIT, True, "Sipukat"]


def test_a_program_that_hangs_or_dies_or_is_absent_is_an_error(tmp_path):
    (tmp_path / "lama.py").write_text("import time\ntime.sleep(60)\n", encoding="utf-8")
    (tmp_path / "mati.py").write_text("raise SystemExit('habis')\n", encoding="utf-8")
    seen = node(
        """
        const [python] = command;
        console.log(JSON.stringify(await Promise.all([
          refused(new Sipukat({ program: [python, "lama.py"], timeout: 500 }).run(["ikm"])),
          refused(new Sipukat({ program: [python, "mati.py"] }).run(["ikm"])),
          refused(new Sipukat({ program: "/tidak/ada" }).run(["ikm"])),
        ])));
        """,
        folder=tmp_path,
    )
    assert [error[0] for error in seen] == ["Timeout", "Stopped", "NotFound"]
    assert "habis" in seen[1][1]


def test_a_whole_number_that_javascript_would_round_is_an_error(tmp_path):
    answer = '{"exit": 0, "result": {"n": 9007199254740993}}'
    (tmp_path / "besar.py").write_text(f"input()\nprint({answer!r}, flush=True)\ninput()\n", encoding="utf-8")
    seen = node(
        """
        const big = new Sipukat({ program: [command[0], "besar.py"] });
        console.log(JSON.stringify(await refused(big.run(["ikm"]))));
        big.close();
        """,
        folder=tmp_path,
    )
    assert seen[0] == "Number"


def test_the_blocks_of_the_page_run_as_they_stand(tmp_path):
    page = (ROOT / "docs" / "how-to" / "dari-php-dan-node.md").read_text(encoding="utf-8")
    text = "".join(re.findall(r"^```javascript\n(.*?)^```", page, flags=re.MULTILINE | re.DOTALL))
    (tmp_path / "skrip.mjs").write_text(text, encoding="utf-8")
    (tmp_path / "draf.json").write_text('{"nama": "KTP-el"}', encoding="utf-8")
    shutil.copy(FOLDER / "sipukat.mjs", tmp_path)
    shutil.copy(datasets.path("kota-contoh"), tmp_path / "survei.csv")
    program = Path(sys.executable).with_name("sipukat")
    if not program.exists():
        pytest.skip("the command sipukat is not beside the running Python")
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [NODE, "skrip.mjs"], capture_output=True, cwd=tmp_path, env={**os.environ, "PATH": path}, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.startswith(b"82.50 B\n")
    assert b"RSUD Kota Contoh: 73.35 (n = 240)\n" in done.stdout
