"""Forked processes: what one answers, and whether one fell."""

from __future__ import annotations

import json
import math
import os
import resource
import shutil
import signal
import tempfile
from pathlib import Path

KILLED, SURVIVED, MISFIT = 0, 10, 11


def answer_of_child(work):
    """Return what a forked process answers, so that this one stays as it was."""
    reads, writes = os.pipe()
    if not (pid := os.fork()):
        with os.fdopen(writes, "w") as pipe:
            json.dump(work(), pipe)
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as pipe:
        answer = json.load(pipe)
    os.waitpid(pid, 0)
    lines, seconds, modules = answer
    return {f: {int(n): tests for n, tests in by.items()} for f, by in lines.items()}, seconds, modules


def judged(trying, spent):
    """Run tests on the mutant in a child; return the verdict, and the test that failed."""
    folder = tempfile.mkdtemp(prefix="mutant")
    if not (pid := os.fork()):
        most = math.ceil(5 * spent + 5)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 5))
        resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
        signal.alarm(10 * most)
        status = MISFIT
        try:
            status = trying(Path(folder))
        finally:
            os._exit(status)
    _, status = os.waitpid(pid, 0)
    told = Path(folder, "killer")
    killer = told.read_text() if told.exists() else None
    shutil.rmtree(folder, ignore_errors=True)
    if os.WIFSIGNALED(status):
        return "timeout", f"signal {os.WTERMSIG(status)}"
    return {KILLED: "killed", SURVIVED: "survived"}.get(os.WEXITSTATUS(status), "misfit"), killer
