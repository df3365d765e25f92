"""Every code block of the documentation runs, in the order of its page, and prints what it says.

`pycon` blocks are doctests, `python` blocks are run, `console` blocks run our own command, and a
`toml`, `text` or `json` block with a caption is a file of that name in the folder of the page.
That folder also holds `survei.csv`, the invented city of `sipukat.datasets`.
"""

from __future__ import annotations

import ast
import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import sipukat

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
PAGES = [path for path in PAGES if "_build" not in path.parts]
FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=fence)[ ]*$", re.MULTILINE | re.DOTALL
)
CAPTION = re.compile(r"\A(?::[a-z-]+:.*\n)*?:caption: (?P<name>\S+)\n(?::[a-z-]+:.*\n)*\n?")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
FILES = {"toml", "text", "json"}
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
RUN = {"python", "pycon", "console"} | FILES


class Block(NamedTuple):
    """One fenced block: its language, its text and the line on which its text begins."""

    language: str
    text: str
    line: int


def blocks(page: str) -> list[Block]:
    found = []
    for match in FENCE.finditer(page):
        language = match["info"].strip().replace("{code-block} ", "").replace("{doctest}", "pycon")
        found.append(Block(language, match["body"], page.count("\n", 0, match.start("body")) + 1))
    return [block for block in found if block.language in RUN]


def _run_doctest(block: Block, names: dict[str, object], page: str) -> None:
    test = doctest.DocTestParser().get_doctest(block.text, names, page, page, block.line - 1)
    runner = doctest.DocTestRunner(optionflags=FLAGS, verbose=False)
    seen: list[str] = []
    result = runner.run(test, out=seen.append, clear_globs=False)
    names.update(test.globs)
    assert result.failed == 0, "".join(seen)


def _run_console(block: Block, folder: Path, page: str) -> None:
    """Run each line that starts with `$ sipukat`; it prints the lines below it."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, want = part.partition("\n")
        words = shlex.split(command, comments=True)
        if words[0] != "sipukat":
            continue
        done = subprocess.run(
            [sys.executable, "-m", "sipukat", *words[1:]],
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "src"),
                "PYTHONIOENCODING": "utf-8",
                "COLUMNS": "100",
            },
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        stated = re.search(r"# exit (\d)", command)
        place = f"{page}:{block.line}: {command}"
        assert done.returncode == int(stated[1] if stated else 0), f"{place}\n{done.stderr}"
        got = "\n".join(line.rstrip() for line in done.stdout.splitlines())
        if want.strip():
            same = doctest.OutputChecker().check_output(want.strip() + "\n", got.strip() + "\n", FLAGS)
            assert same, f"{place}\nexpected:\n{want}\ngot:\n{got}"


def run_page(text: str, folder: Path, page: str) -> int:
    """Run the blocks of one page in `folder`; return how many there were."""
    names: dict[str, object] = {"__name__": "__main__"}
    found = blocks(text)
    for block in found:
        if block.language in FILES:
            if caption := CAPTION.match(block.text):
                (folder / caption["name"]).write_text(block.text[caption.end() :], encoding="utf-8")
        elif block.language == "console":
            _run_console(block, folder, page)
        elif ">>>" in block.text:
            _run_doctest(block, names, page)
        else:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile("\n" * (block.line - 1) + block.text, page, "exec"), names)  # noqa: S102
    return len(found)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_blocks_of_a_page_run(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(sipukat.datasets.path("kota-contoh"), tmp_path / "survei.csv")
    run_page(path.read_text(encoding="utf-8"), tmp_path, path.name)


def unknown_tests(page: str) -> list[str]:
    """Return the tests that a page names and that are not there."""
    found = []
    for file, name in NAMED.findall(page):
        path = ROOT / file
        tree = ast.parse(path.read_text(encoding="utf-8")) if path.exists() else ast.Module([], [])
        known = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        if not path.exists() or (name and name not in known):
            found.append(f"{file}::{name}")
    return found


def test_every_test_that_an_explanation_names_is_there():
    named = {path.name: path.read_text("utf-8") for path in PAGES if path.parent.name == "explanation"}
    assert {name: found for name, page in named.items() if (found := unknown_tests(page))} == {}
    assert len(NAMED.findall(named["untuk-auditor.md"])) > 50


def test_a_test_that_is_not_there_is_seen():
    page = "`tests/house/test_docs.py::test_of_nothing`, `tests/house/none.py`, `tests/house/test_docs.py`"
    assert unknown_tests(page) == ["tests/house/test_docs.py::test_of_nothing", "tests/house/none.py::"]


def test_every_variable_of_the_environment_that_is_read_is_in_the_reference():
    sources = [path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py")]
    read = {name for text in sources for name in re.findall(r'"(SIPUKAT_[A-Z_]+)"', text)}
    page = (ROOT / "docs" / "reference" / "lingkungan.md").read_text("utf-8")
    assert read
    assert {name for name in read if f"`{name}`" not in page} == set()


def test_a_block_that_prints_something_else_is_seen(tmp_path):
    with pytest.raises(AssertionError):
        run_page("```pycon\n>>> 1 + 1\n3\n```\n", tmp_path, "page.md")


def test_a_block_that_fails_is_seen(tmp_path):
    with pytest.raises(ZeroDivisionError):
        run_page("# Judul\n\n```python\n1 / 0\n```\n", tmp_path, "page.md")


def test_names_live_on_to_the_next_block_and_a_captioned_file_is_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = """```{code-block} text
:caption: a.csv

U1
4
```

```python
from pathlib import Path
x = Path("a.csv").read_text()
```

```pycon
>>> x.split()
['U1', '4']
```
"""
    assert run_page(page, tmp_path, "page.md") == 3
