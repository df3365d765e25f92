"""What a poster is asked for, checked once for one poster and for many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, get_args
from urllib.parse import quote, urlsplit

from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.report.cleaning import clean

if TYPE_CHECKING:
    from datetime import date

Layout = Literal["a3", "a3-landscape", "square"]

_LONGEST_URL: Final = 400  # a denser code is not read from a wall


def known(layout: Any) -> Layout:
    """Return a layout, if it is one."""
    if layout not in get_args(Layout):
        raise UnknownNameError("layout of a poster", layout, get_args(Layout))
    found: Layout = layout
    return found


def fewest(withhold_below: int) -> int:
    """Return the fewest respondents of a value that is shown, if it can be one."""
    if withhold_below < 0:
        raise ArgumentError(f"withhold_below must be 0 or more respondents, got {withhold_below}")
    return withhold_below


def in_order(dates: tuple[date, date] | None) -> tuple[date, date] | None:
    """Return the days of a survey, if the first is not after the last."""
    if dates is not None and dates[0] > dates[1]:
        raise ArgumentError(f"dates end before they begin: {dates[0]} to {dates[1]}")
    return dates


def address(url: str, unit: str = "") -> str:
    """Return an address that a telephone may open; a name goes into it escaped."""
    if not url:
        return ""
    url = url.replace("{unit}", quote(clean(unit), safe="")) if unit else url
    wrong = f"url must be an address such as https://contoh.go.id/ikm, got {url[:80]!r}"
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ArgumentError(wrong) from None
    plain = url.isascii() and url.isprintable() and " " not in url
    if parts.scheme not in {"http", "https"} or not parts.hostname or not plain or len(url) > _LONGEST_URL:
        raise ArgumentError(f"{wrong} ({len(url)} letters; at most {_LONGEST_URL} make a code that is read)")
    return url
