"""How many mutants were killed, by room, with the interval of a share drawn at random.

python tests/mutation/tally.py mutants.jsonl --left
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

from scipy.stats import binomtest

KILLED = ("killed", "timeout")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("results", nargs="+", help="what run.py wrote; a later verdict on a mutant counts")
    parser.add_argument("--files", action="store_true", help="a line a file, not a room")
    parser.add_argument("--left", action="store_true", help="list what is neither killed nor explained")
    options = parser.parse_args()
    known = tomllib.loads(Path(__file__).with_name("survivors.toml").read_text(encoding="utf-8"))["survivor"]
    explained = {(one["file"], one["line"], one["becomes"]) for one in known}
    last = {}
    for name in options.results:
        for line in Path(name).read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            last[one["file"], one["line"], one["becomes"]] = one
    tallies, left = defaultdict(Counter), []
    for key, one in sorted(last.items()):
        killed = one["verdict"] in KILLED
        verdict = "killed" if killed else "explained" if key in explained else "left"
        tallies[one["file"] if options.files else Path(one["file"]).parts[2]][verdict] += 1
        left += [one] * (verdict == "left")
    say = sys.stdout.write
    for name, tally in tallies.items():
        tried = tally.total() - tally["explained"]
        low, high = binomtest(tally["killed"], tried).proportion_ci(method="wilson") if tried else (0, 1)
        say(
            f"{name}: {tally.total()} tried, {tally['killed']} killed, {tally['explained']} explained, "
            f"{tally['left']} left: {tally['killed'] / max(tried, 1):.1%} ({low:.1%} to {high:.1%})\n"
        )
    for one in left if options.left else ():
        say(f"\n{one['file']}:{one['lineno']} {one['verdict']} by {one['tests']} of {one['of']} tests\n")
        say(f"  - {one['line']}\n  + {one['becomes']}\n")


if __name__ == "__main__":
    main()
