"""examples/php: a PHP team calls the command line by Sipukat.php, without a shell and without Python."""

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
FOLDER = ROOT / "examples" / "php"
PHP = shutil.which("php") or ""
COMMAND = [sys.executable, "-m", "sipukat"]
UNIT = "--json & %PATH% \"petik\" 'satu' $(id) `id` <b> é 😀"

pytestmark = pytest.mark.skipif(not PHP, reason="php is not installed (Debian: php-cli)")


def php(code: str, *, folder: Path, **settings: str) -> dict:
    """Run PHP with Sipukat.php loaded, and return the JSON that it prints."""
    head = (
        f"require {json.dumps(str(FOLDER / 'Sipukat.php'))};"
        f"$command = json_decode({json.dumps(json.dumps(COMMAND))});"
        "$sipukat = new \\Sipukat\\Sipukat($command);"
    )
    script = folder / "skrip.php"
    script.write_text(f"<?php\n{head}\n{code}\n", encoding="utf-8")
    done = subprocess.run(
        [PHP, "-d", "display_errors=stderr", "-d", "error_reporting=-1", str(script)],
        capture_output=True,
        cwd=folder,
        env={**os.environ, **settings},
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert not done.stderr, done.stderr.decode()
    return json.loads(done.stdout)


def test_php_gets_every_answer_that_was_computed_without_the_library():
    done = subprocess.run(
        [PHP, str(FOLDER / "vectors.php"), *COMMAND], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(" panggilan, 0 berbeda\n")


def test_one_process_answers_results_findings_and_errors_in_turn(tmp_path):
    shutil.copy(datasets.path("kota-contoh"), tmp_path / "survei é.csv")
    seen = php(
        """
        $ikm = $sipukat->call('ikm', ['by' => ['unit']], 'survei é.csv');
        $letter = $sipukat->call('audit', ['mutu' => 'A'], '81,85');
        try {
            $sipukat->call('ikm', [], '--json');
        } catch (\\Sipukat\\SipukatException $refused) {
        }
        $after = $sipukat->call('sample-size', [], '1500');
        echo json_encode([
            'published' => $ikm->data['overall']['published'], 'units' => count($ikm->data['groups']),
            'ok' => $ikm->ok, 'letter' => $letter->ok, 'codes' => array_column($letter->findings(), 'code'),
            'type' => $refused->type, 'n' => $after->data['sizes'][0]['n'],
        ]);
        """,
        folder=tmp_path,
    )
    assert seen.pop("codes") == ["IKM655"]
    assert seen == {
        "published": "82.50", "units": 13, "ok": True, "letter": False, "type": "BadParameter", "n": 306,
    }  # fmt: skip


def test_hostile_arguments_arrive_unchanged_in_the_locale_c(tmp_path):
    code = f"""
        $unit = json_decode({json.dumps(json.dumps(UNIT))});
        $long = $sipukat->call('form', ['unit' => str_repeat('x', 300000)]);
        try {{
            $sipukat->call('form', ['unit' => "\\xff"]);
        }} catch (\\Sipukat\\SipukatException $refused) {{
        }}
        $answer = $sipukat->call('form', ['unit' => $unit]);
        echo json_encode([$long->ok, $answer->data['unit'], $refused->getMessage()]);
    """
    ok, unit, refused = php(code, folder=tmp_path, LC_ALL="C", PYTHONCOERCECLOCALE="0")
    assert ok
    assert unit == UNIT
    assert "UTF-8" in refused


def test_a_program_that_hangs_or_dies_or_is_absent_is_an_exception(tmp_path):
    (tmp_path / "lama.py").write_text("import time\ntime.sleep(60)\n", encoding="utf-8")
    (tmp_path / "mati.py").write_text("raise SystemExit('habis')\n", encoding="utf-8")
    seen = php(
        """
        $types = [];
        foreach ([[$command[0], 'lama.py'], [$command[0], 'mati.py'], ['/tidak/ada']] as $program) {
            try {
                (new \\Sipukat\\Sipukat($program, in_array('lama.py', $program) ? 0.5 : 30.0))->run(['ikm']);
            } catch (\\Sipukat\\SipukatException $refused) {
                $types[] = [$refused->type, $refused->getMessage()];
            }
        }
        echo json_encode($types);
        """,
        folder=tmp_path,
    )
    assert seen[0][0] == "Timeout"
    assert seen[1][0] == "Stopped"
    assert "habis" in seen[1][1]
    assert seen[2][0] in {"NotFound", "Stopped"}


def test_the_blocks_of_the_page_run_as_they_stand(tmp_path):
    page = (ROOT / "docs" / "how-to" / "dari-php-dan-node.md").read_text(encoding="utf-8")
    text = "".join(re.findall(r"^```php\n(.*?)^```", page, flags=re.MULTILINE | re.DOTALL))
    (tmp_path / "skrip.php").write_text("<?php\n" + text, encoding="utf-8")
    (tmp_path / "draf.json").write_text('{"nama": "KTP-el"}', encoding="utf-8")
    shutil.copy(FOLDER / "Sipukat.php", tmp_path)
    shutil.copy(datasets.path("kota-contoh"), tmp_path / "survei.csv")
    program = Path(sys.executable).with_name("sipukat")
    if not program.exists():
        pytest.skip("the command sipukat is not beside the running Python")
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [PHP, "skrip.php"], capture_output=True, cwd=tmp_path, env={**os.environ, "PATH": path}, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.startswith(b"82.50 B\n")
    assert b"RSUD Kota Contoh: 73.35 (n = 240)\n" in done.stdout
