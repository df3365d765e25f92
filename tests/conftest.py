"""Fixtures that every room's tests share."""

from __future__ import annotations

import json
import os
import shutil
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("dev", max_examples=40, deadline=None)
# CI has twenty minutes; every run draws other examples
settings.register_profile("ci", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))


def _shared_folder() -> Path | None:
    places = [os.environ.get("SIPUKAT_SHARED"), ROOT.parent / "shared", ROOT / "shared"]
    return next((Path(p) for p in places if p and Path(p, "data").is_dir()), None)


@pytest.fixture(scope="session")
def shared():
    """Return a function that finds a file of the data sets, which may not be redistributed, or skips."""
    folder = _shared_folder()

    def find(name: str) -> Path:
        path = folder / name if folder else None
        if path is None or not path.exists():
            pytest.skip(f"the data set {name} is not here (it may not be redistributed); set SIPUKAT_SHARED")
        return path

    return find


@pytest.fixture(scope="session")
def facts(shared):
    """Return a function that loads one JSON file of regulation facts, or skips."""
    return lambda name: json.loads(shared(f"facts/{name}").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def node_modules():
    """Return a function that finds a package of node, or skips where it or node is absent."""
    stated = os.environ.get("SIPUKAT_NODE_MODULES")
    folder = Path(stated) if stated else ROOT / ".venv" / "node" / "node_modules"

    def find(name: str) -> Path:
        if shutil.which("node") is None:
            pytest.skip("node is not installed, so what JavaScript makes of it cannot be seen")
        if not (folder / name).is_dir():
            pytest.skip(f"the node package {name} is not in {folder}; set SIPUKAT_NODE_MODULES")
        return folder / name

    return find


@pytest.fixture(scope="session")
def bounded():
    """Return a context that fails where its body takes far too much time of the processor.

    A bound on a catastrophe, not a measure of speed: what grows with the square of a hostile
    text takes minutes. Time of the processor, since a busy machine is nobody's fault.
    """

    @contextmanager
    def limit(seconds: float = 20.0):
        begun = time.process_time()
        yield
        took = time.process_time() - begun
        assert took < seconds, f"it took {took:.1f} s of the processor; {seconds:.0f} s are a catastrophe"

    return limit
