"""Fuzz one target, guided by the coverage of sipukat.

``python tests/fuzz/run.py TARGET [folder of the corpus] [options of libFuzzer]``;
the target ``all`` takes turns: the first byte of an input names the target by number.
"""

from __future__ import annotations

import hashlib
import logging
import sys
import warnings
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent))
with atheris.instrument_imports(include=["sipukat"]):
    import targets

CORPUS = Path(__file__).parent / "corpus"
NAMES = tuple(targets.TARGETS)


def aimed(name, data):
    """Try a target; what breaks it is left in the working folder, where atheris 3 leaves nothing."""
    try:
        targets.tried(name, data)
    except BaseException:
        Path(f"galat-{name}-{hashlib.sha256(data).hexdigest()[:12]}").write_bytes(data)
        raise


def one_of_all(data):
    if data:
        aimed(NAMES[data[0] % len(NAMES)], data[1:])


def main():
    name, *options = sys.argv[1:]
    warnings.simplefilter("ignore")  # of the libraries that are given nonsense
    logging.disable(logging.CRITICAL)
    aim = one_of_all if name == "all" else lambda data: aimed(name, data)
    atheris.Setup([sys.argv[0], *options], aim)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
