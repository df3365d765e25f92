"""The words of the annual report and of the briefs, in Indonesian and in English."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sipukat._text import Lang


@cache
def words_of(lang: Lang) -> Mapping[str, str]:
    """Return the words, from ``laporan_words.toml`` beside this file.

    Examples
    --------
    >>> words_of("id")["bab_5"]
    'BAB V PENUTUP'
    """
    text = files("sipukat.report").joinpath("laporan_words.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text)[lang])
