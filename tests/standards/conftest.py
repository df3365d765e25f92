"""A small standard file that the tests of this room break and extend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sipukat import standards
from sipukat.errors import StandardError
from sipukat.standards import loader

HERE = Path(__file__).parent


@pytest.fixture
def small() -> str:
    """Return a complete file that loads."""
    return (HERE / "small.toml").read_text(encoding="utf-8")


@pytest.fixture
def local() -> str:
    """Return a file that extends the rule in force and adds nothing yet."""
    return (HERE / "local.toml").read_text(encoding="utf-8")


@pytest.fixture
def parse():
    """Return a function that reads a standard from text, as `load` does from a file."""
    return lambda text, file="uji.toml": loader.parse(text, file=file, base=standards.get)


@pytest.fixture
def refused(parse):
    """Return a function that checks that a text is refused with one error that says all there is to say."""

    def check(text: str, where: str, got: str, expected: str) -> None:
        with pytest.raises(StandardError) as caught:
            parse(text)
        error = caught.value
        assert error.file == "uji.toml"
        assert error.where == where or not where
        assert got in error.got or re.search(got, error.got)
        assert expected in error.expected or re.search(expected, error.expected)
        assert str(error) == f"uji.toml, {error.where}: {error.got}; expected {error.expected}."
        assert "\n" not in str(error)
        assert "pydantic" not in str(error)

    return check
