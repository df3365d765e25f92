"""Files larger than memory, from the command line."""

import json
import signal
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from sipukat import ikm
from sipukat.cli import main

pytest.importorskip("pyarrow", reason="PyArrow (the extra arrow) is not installed")
CODES = [f"U{i}" for i in range(1, 10)]


def answers(rows):
    rng = np.random.default_rng(5)
    scores = rng.integers(1, 5, (rows, 9)).astype(np.int8)
    unit = pd.Categorical.from_codes(rng.integers(0, 3, rows), ["Disdukcapil", "Disnaker", "RSUD"])
    return pd.DataFrame(scores, columns=CODES).assign(unit=unit)


def call(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.mark.parametrize("kind", ["parquet", "csv", "folder of parquet", "folder of csv"])
def test_a_file_that_is_read_in_pieces_gives_what_the_frame_gives(tmp_path, kind):
    frame = answers(5000)
    path = tmp_path / ("data" if "folder" in kind else f"data.{kind}")
    if "folder" in kind:
        path.mkdir()
    parts = [frame.iloc[::2], frame.iloc[1::2]] if "folder" in kind else [frame]
    for place, part in enumerate(parts):
        target = path / f"{place}.{kind.split()[-1]}" if "folder" in kind else path
        part.to_csv(target, index=False) if "csv" in kind else part.to_parquet(target, index=False)
    done = call("ikm", path, "--by", "unit", "--json", *(["--pieces"] if kind == "csv" else []))
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    expected = ikm.estimate(frame, by="unit").to_dict()
    assert (told["overall"], told["groups"]) == (expected["overall"], expected["groups"])


def test_answers_outside_the_scale_are_refused_with_counts(tmp_path):
    frame = answers(100)
    frame.loc[[4, 9], "U2"] = 7
    frame.to_parquet(tmp_path / "data.parquet")
    done = call("ikm", tmp_path / "data.parquet")
    assert done.exit_code == 2
    assert "column 'U2': 2 answers lie outside the scale: 7 (2 x)" in done.stderr


def test_respondents_are_not_put_in_a_workbook_that_was_read_in_pieces(tmp_path):
    answers(100).to_parquet(tmp_path / "data.parquet")
    done = call("ikm", tmp_path / "data.parquet", "--by", "unit", "--out", tmp_path / "ikm.xlsx")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "ikm.xlsx").stat().st_size > 1000


def test_control_c_leaves_the_old_file_and_nothing_half_written(tmp_path):
    big = tmp_path / "data.parquet"
    answers(3_000_000).to_parquet(big, index=False)
    out = tmp_path / "ikm.html"
    out.write_text("lama")
    program = [sys.executable, "-m", "sipukat", "ikm", str(big), "--by", "unit", "--out", str(out)]
    stopped = 0
    for wait in (0.2, 0.7, 1.2, 1.7, 2.2):
        with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
            time.sleep(wait)
            running.send_signal(signal.SIGINT)
            told = running.communicate(timeout=60)[1]
        whole = out.read_text().startswith("<!DOCTYPE html>") and out.read_text().rstrip().endswith("</html>")
        assert out.read_text() == "lama" or whole
        assert sorted(p.name for p in tmp_path.iterdir()) == ["data.parquet", "ikm.html"]
        stopped += running.returncode != 0
        if "dihentikan" in told:
            assert running.returncode in {130, -signal.SIGINT}  # Arrow hands the signal on when it is done
        if running.returncode == 0:
            assert whole
    assert stopped
