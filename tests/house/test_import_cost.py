"""`import sipukat` costs next to nothing, and the rooms without arithmetic load no arithmetic."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"
HEAVY = ("numpy", "pandas", "scipy", "narwhals", "pyarrow", "polars", "duckdb", "matplotlib", "xlsxwriter")
LIGHT = [
    "sipukat",
    "sipukat.errors",
    "sipukat.plugins",
    "sipukat.regulation",
    "sipukat.findings",
    "sipukat.standards",
    "sipukat.export",
    "sipukat.cli",
]


def _python(code: str) -> subprocess.CompletedProcess[str]:
    path = f"import sys; sys.path.insert(0, {str(SRC)!r}); "
    return subprocess.run([sys.executable, "-c", path + code], capture_output=True, text=True, check=True)


def _loaded_by(code: str) -> set[str]:
    done = _python(f"{code}; print(*[name for name in {HEAVY!r} if name in sys.modules])")
    return set(done.stdout.split())


@pytest.mark.parametrize("module", LIGHT)
def test_importing_a_room_loads_no_frame_or_array_library(module):
    assert _loaded_by(f"import {module}") == set()


def test_looking_up_the_law_loads_no_frame_or_array_library():
    code = "import sipukat; sipukat.standards.get('permenpanrb-14-2017').unsur; sipukat.standards.names()"
    assert _loaded_by(code) == set()


def test_the_probe_sees_a_heavy_import():
    assert _loaded_by("import numpy") == {"numpy"}


def _best_of(code: str, *, tries: int) -> float:
    best = float("inf")
    for _ in range(tries):
        start = time.perf_counter()
        _python(code)
        best = min(best, time.perf_counter() - start)
    return best


def test_importing_the_library_takes_at_most_three_times_as_long_as_importing_pydantic():
    """Compares minima, each less a bare interpreter; a busy machine gets more tries before it fails."""
    for tries in (3, 6, 12):
        bare = _best_of("pass", tries=tries)
        pydantic = _best_of("import pydantic", tries=tries) - bare
        ours = _best_of("import sipukat", tries=tries) - bare
        if ours <= 3 * pydantic:
            return
    pytest.fail(f"beyond a bare interpreter, sipukat takes {ours:.3f} s and pydantic {pydantic:.3f} s")
