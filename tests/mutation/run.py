"""Mutation testing: change one thing in a file of the library, and see whether a test fails.

One warm process collects the tests of the room and imports the library. For each mutant it forks
a child, which puts the changed code into the living functions and runs the tests that pass
through the changed line, the quickest first, until one fails. README.md beside this file says how
to use it and why it is not mutmut itself.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import os
import random
import sys
import time
import tomllib
from collections import Counter
from contextlib import suppress
from pathlib import Path

import coverage
import hypothesis
import pytest
from _pytest.runner import runtestprotocol
from changing import forget, living, put_in, room_of
from children import KILLED, MISFIT, SURVIVED, answer_of_child, judged
from mutants import mutants, reach

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = ("test_spark.py", "test_store_crash.py", "test_odk_validate", "million", "hundreds_of_megabytes")


def say(text):
    """Tell how far it is, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def few_examples(given, most):
    """Return settings of Hypothesis: always the same examples, and none made small."""
    return hypothesis.settings(
        given,
        max_examples=min(most, given.max_examples),
        derandomize=True,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
        suppress_health_check=list(hypothesis.HealthCheck),
    )


class Runner:
    """A plugin of pytest that collects as ever, and runs what it collected on every mutant."""

    def __init__(self, options, chosen, explained, again):
        self.options, self.chosen, self.explained, self.again = options, chosen, explained, again

    def pytest_collection_modifyitems(self, items):
        items[:] = [item for item in items if not any(word in item.nodeid for word in LEFT_OUT)]
        most = self.options.examples
        hypothesis.settings.register_profile("mutation", few_examples(hypothesis.settings(), most))
        hypothesis.settings.load_profile("mutation")
        name = "_hypothesis_internal_use_settings"
        for test in {getattr(item, "obj", None) for item in items}:
            if getattr(test, name, None) is not None:
                setattr(test, name, few_examples(getattr(test, name), most))

    def pytest_runtestloop(self, session):
        lines, seconds, modules = answer_of_child(lambda: passed_through(session, list(self.chosen)))
        for name in modules:  # what the tests will need need not be imported by every child
            with suppress(Exception):
                importlib.import_module(name)
        say(f"{len(seconds)} tests, {sum(seconds.values()):.0f} s")
        self.items = {item.nodeid: item for item in session.items}
        self.living = living()
        gc.freeze()
        with Path(self.options.out).open("a", encoding="utf-8") as out:
            for file, making in self.chosen.items():
                tally = Counter()
                for make in making:
                    mutant = make()
                    if mutant is not None and (self.again is None or mutant.key in self.again):
                        said = self.verdict(session, mutant, lines[file], seconds)
                        tally[said["verdict"]] += 1
                        print(json.dumps(said), file=out, flush=True)
                say(f"{file} {dict(tally)}")
        return True

    def verdict(self, session, mutant, lines, seconds):
        said = {"file": mutant.file, "lineno": mutant.lineno, "line": mutant.line, "becomes": mutant.becomes}
        own = f"test_{Path(mutant.file).stem}.py"
        reached = reach(mutant, lines)
        names = seconds if reached is None else {t for line in reached for t in lines.get(line, ())}
        turn, seen = {}, Counter()  # the quickest of each file, then the second of each, …
        for name in sorted(names, key=seconds.get):
            turn[name] = seen[name.split("::")[0]]
            seen[name.split("::")[0]] += 1
        within, spent = [], 0.0
        for name in sorted(names, key=lambda name: (own not in name, turn[name], seconds[name])):
            if not within or spent + seconds[name] <= self.options.budget:
                within.append(self.items[name])
                spent += seconds[name]
        verdict, killer = "uncovered", None
        if within:
            verdict, killer = judged(lambda folder: tried(self, session, mutant, within, folder), spent)
        if verdict in {"survived", "uncovered"} and mutant.key in self.explained:
            verdict = "explained"
        return said | {"verdict": verdict, "by": killer, "tests": len(within), "of": len(names)}


def passed_through(session, files):
    """Run every test once; return file → line → tests, test → seconds, and what was imported."""
    watch = coverage.Coverage(data_file=None, include=[str(ROOT / file) for file in files], config_file=False)
    seconds, bad, (_, caches) = {}, set(), living()
    watch.start()
    for item, following in zip(session.items, [*session.items[1:], None], strict=True):
        forget(caches, room_of(files[0]))
        watch.switch_context(item.nodeid)
        begun = time.process_time()
        for report in runtestprotocol(item, log=False, nextitem=following):
            if not report.passed:
                bad.add(item.nodeid)
                if report.failed:
                    say(f"left out, for it fails as it is: {item.nodeid}")
        seconds[item.nodeid] = time.process_time() - begun
    watch.stop()
    data = watch.get_data()
    lines = {}
    for file in files:
        found = data.contexts_by_lineno(str(ROOT / file))
        lines[file] = {n: [t for t in tests if t and t not in bad] for n, tests in found.items()}
    seconds = {name: took for name, took in seconds.items() if name not in bad}
    return lines, seconds, [m for m in sys.modules if m.split(".")[0] not in {"__main__", "tests", "_pytest"}]


def tried(runner, session, mutant, items, folder):
    """Change the library in this process and run tests; tell whether one failed."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 1)
    os.dup2(devnull, 2)
    try:
        fits = put_in(mutant, *runner.living)
    except Exception as error:  # noqa: BLE001  the changed constant cannot even be made
        Path(folder, "killer").write_text(f"import: {error!r}")
        return KILLED
    if not fits:
        return MISFIT
    session.config._tmp_path_factory._basetemp = folder
    for item, following in zip(items, [*items[1:], None], strict=True):
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
            Path(folder, "killer").write_text(item.nodeid)
            return KILLED
    return SURVIVED


def left_by(results):
    """Return the keys of the mutants that an earlier run did not kill."""
    last = {}
    for line in Path(results).read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        last[one["file"], one["line"], one["becomes"]] = one["verdict"]
    return {key for key, verdict in last.items() if verdict not in {"killed", "timeout"}}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", help="of one room, from the root of the repository")
    parser.add_argument("--sample", type=int, help="so many mutants a file, drawn at random (default: all)")
    parser.add_argument("--draw", type=int, help="so many mutants of all files together: each as likely")
    parser.add_argument("--seed", default="sipukat")
    parser.add_argument(
        "--budget", type=float, default=6.0, help="seconds of the processor a mutant (default: 6)"
    )
    parser.add_argument("--examples", type=int, default=15, help="of each property (default: 15)")
    parser.add_argument("--tests", nargs="+", help="folders or files of tests (default: those of the room)")
    parser.add_argument("--again", help="results of an earlier run: only what was not killed in it")
    parser.add_argument("--out", required=True, help="one line of JSON a mutant is added to this file")
    options = parser.parse_args()
    explained = tomllib.loads(Path(__file__).with_name("survivors.toml").read_text("utf-8"))["survivor"]
    keys = {(one["file"], one["line"], one["becomes"]) for one in explained}
    chosen = {}
    again = left_by(options.again) if options.again else None
    for file in options.files:
        making = mutants(file, ROOT, again and {line for name, line, _ in again if name == file})
        random.Random(f"{options.seed}:{file}").shuffle(making)  # noqa: S311  a sample, no secret
        chosen[file] = making[: options.sample]
    if options.draw is not None:
        every = [(file, make) for file, making in chosen.items() for make in making]
        drawn = random.Random(options.seed).sample(every, min(options.draw, len(every)))  # noqa: S311
        chosen = {file: [make for other, make in drawn if other == file] for file in chosen}
        chosen = {file: making for file, making in chosen.items() if making}
    room = Path(options.files[0]).parts[2]
    tests = [*(options.tests or [f"tests/{room}"]), *options.files]
    os.chdir(ROOT)
    quiet = "-W ignore::pytest.PytestAssertRewriteWarning -p no:cacheprovider -p no:xdist -s".split()
    return pytest.main([*quiet, *tests], plugins=[Runner(options, chosen, keys, again)])


if __name__ == "__main__":
    sys.exit(main())
