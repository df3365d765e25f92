"""A child process with bounds on memory, processor and files, in which hostile input is tried."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest

MEMORY = 1536 * 1024 * 1024  # above what the imports take
SECONDS = 30  # of the processor

BOUNDED = """
import os, sys
def bound(memory, seconds, size):
    import resource
    with open("/proc/self/statm") as file:
        here = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (here + memory,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, -1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
"""

EACH = f"""
SECONDS = {SECONDS}
import json, resource, time
from sipukat.errors import SipukatError
def each(names, work):
    for name in names:
        print(json.dumps(dict(begun=name)), flush=True)
        start = time.process_time()
        resource.setrlimit(resource.RLIMIT_CPU, (int(start) + SECONDS, -1))
        try:
            said = dict(gave=work(name))
        except SipukatError as failure:
            said = dict(refused=type(failure).__name__ + ": " + str(failure))
        except BaseException as failure:
            said = dict(raised=(type(failure).__name__ + ": " + str(failure))[:500])
        print(json.dumps(dict(name=name, took=time.process_time() - start, **said)), flush=True)
"""


@dataclass(frozen=True)
class Done:
    """How a child ended."""

    code: int
    out: str
    err: str

    def fine(self):
        """Return what it printed, or fail where it did not end by itself and well."""
        assert self.code == 0, f"exit code {self.code}: {self.err[-2000:]}"
        return self.out


@dataclass(frozen=True)
class Outcome:
    """What became of one hostile input."""

    took: float = 0.0
    gave: object = None
    refused: str = ""
    raised: str = ""


def environment(**more):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SIPUKAT_")}
    return {**clean, "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1", "PYTHONWARNINGS": "error", **more}


def run(code, *arguments, folder, memory=MEMORY, size=64 * 1024 * 1024, imports="", **more):
    """Run a piece of Python with bounds that hold from the end of its imports on."""
    begin = f"{BOUNDED}\n{textwrap.dedent(imports)}\nbound({memory}, {SECONDS}, {size})\n"
    return finished(
        [sys.executable, "-c", begin + textwrap.dedent(code), *map(str, arguments)], folder, **more
    )


def finished(command, folder, **more):
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def bounded_child():
    """Return a function that runs a piece of Python under bounds: memory, processor, size of files."""
    if not Path("/proc/self/statm").exists():
        pytest.skip("how much memory a process has is read from /proc, which this system lacks")
    return run


@pytest.fixture(scope="session")
def tried(bounded_child):
    """Return a function that tries named inputs in one child, and in a new one after each that it kills."""

    def attempt(names, work, *, folder, imports="", **more):
        rest, outcomes = list(names), {}
        while rest:
            code = f"{textwrap.dedent(work)}\neach(json.loads(sys.argv[1]), work)"
            done = bounded_child(
                code, json.dumps(rest), folder=folder, imports=EACH + textwrap.dedent(imports), **more
            )
            begun = None
            for line in done.out.splitlines():
                said = json.loads(line)
                begun = said.get("begun", begun)
                if (name := said.pop("name", None)) is not None:
                    outcomes[name] = Outcome(**said)
            assert begun is not None, done.err[-2000:]
            if begun not in outcomes:
                outcomes[begun] = Outcome(raised=f"the process ended with {done.code}: {done.err[-500:]}")
            rest = [name for name in rest if name not in outcomes]
        return outcomes

    return attempt


@pytest.fixture(scope="session")
def small_disk():
    """Return a function that mounts a file system of a few kilobytes in a folder, or skips."""
    mounted = []

    def mount(folder, kilobytes):
        if shutil.which("mount") is None or not sys.platform.startswith("linux") or os.geteuid():
            pytest.skip("a small file system is mounted on Linux, by root")
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("a small file system may not be mounted here")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S607
