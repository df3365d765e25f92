"""Personal data in texts: found and masked with patterns that take linear time.

Undang-Undang 27/2022 binds who publishes answers; a comment that names a NIK or a phone
number is personal data.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sipukat._validation import must_be
from sipukat.survey.personal_words import named, plates

if TYPE_CHECKING:
    from collections.abc import Callable

# every repetition is bounded and starts where the same kind of character does not precede
_NIK: Final = re.compile(r"(?<!\d)\d{2}[ .\-]?\d{2}[ .\-]?\d{2}[ .\-]?(?:\d{2}[ .\-]?){3}\d{4}(?!\d)")
# the number of a civil servant: birth date, month of appointment, 1 or 2, serial number
_NIP: Final = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ .\-]?"
    r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])[ .\-]?[12][ .\-]?\d{3}(?!\d)"
)
_PHONE: Final = re.compile(
    r"(?<![\d+])\(?(?:\+?62|0)[ .\-]?(?:\(?[1-9]\d{1,3}\)?)[ .\-]?\d{2,4}(?:[ .\-]?\d{2,4}){1,2}(?!\d)"
)
# the number of a bank account, certain by the word or the bank before it
_BANK: Final = r"(?:bank|bca|bri|bni|btn|bsi|bjb|bpd|cimb|danamon|mandiri|mega|muamalat|permata)"
_ACCOUNT: Final = re.compile(
    r"(?<![^\W\d])"
    rf"((?:(?:rek|rekening|norek)(?:[ .:]{{1,3}}(?:{_BANK}|nomor|no|syariah|saya|atas|nama)){{0,4}}"
    rf"|{_BANK}(?:[ .:]{{1,3}}(?:syariah|nomor|no)){{0,2}}(?![ .:]{{0,3}}(?:\+?62|08)))[ .:]{{1,3}})"
    r"\d(?:[ .\-]?\d){7,19}(?!\d)",
    re.IGNORECASE,
)
_EMAIL: Final = re.compile(
    r"(?<![\w.+\-])[\w.+\-]{1,64}@[a-z0-9](?:[a-z0-9\-]{0,62}\.){1,8}[a-z]{2,24}(?![\w\-])", re.IGNORECASE
)
_MOBILE_NUMBER: Final = re.compile(r"8[1-9]\d{7,10}")
_FEMALE_DAY: Final = 40
_MONTHS: Final = 12
_COMMON: Final = 3  # a name stands once, a wording often
_DAYS: Final = 31


def _is_nik(digits: str) -> bool:
    day, month = int(digits[6:8]), int(digits[8:10])
    return (
        1 <= day - _FEMALE_DAY * (day > _FEMALE_DAY) <= _DAYS and 1 <= month <= _MONTHS and digits[0] != "0"
    )


def is_personal(value: object) -> bool:
    """Say whether a value is, as a whole, a NIK, a NIP, a phone number or an e-mail address.

    Numbers count too: spreadsheets turn both into numbers.

    Examples
    --------
    >>> is_personal("0812-3456-7890"), is_personal(81234567890.0), is_personal("S1"), is_personal(4)
    (True, True, False, False)
    """
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        text = f"{value:.0f}" if abs(value) < 1e17 and value == value // 1 else ""  # noqa: PLR2004
        return bool(_MOBILE_NUMBER.fullmatch(text)) or (len(text) == 16 and _is_nik(text))  # noqa: PLR2004
    if not isinstance(value, str) or not 6 <= len(value) <= 200:  # noqa: PLR2004
        return False
    text = value.strip().lstrip("'")
    if _NIK.fullmatch(text):
        return _is_nik(re.sub(r"\D", "", text))
    if _NIP.fullmatch(text):
        return True
    return bool(_PHONE.fullmatch(text) or _EMAIL.fullmatch(text) or _MOBILE_NUMBER.fullmatch(text))


def quoted(value: object, *, times: int = 1) -> str:
    """Return a cell as a message may quote it: cut, masked, and no name.

    What looks like a name (two words or more, each with a capital) is quoted only where
    so many gave it that it is a wording.

    Examples
    --------
    >>> quoted(2.5), quoted("sangat puas"), quoted("Budi Santoso"), quoted("0812-3456-7890")
    ('2.5', "'sangat puas'", 'a text of 12 characters', 'personal data')
    """
    if is_personal(value):
        return "personal data"
    if not isinstance(value, str):
        return repr(value)
    words = value.split()
    if times < _COMMON and len(words) > 1 and all(word[0].isupper() for word in words):
        return f"a text of {len(value)} characters"
    return repr(redact(value)[:40])


def redact(text: str) -> str:
    """Mask what tells who is meant, where that is certain.

    Parameters
    ----------
    text
        Any text, e.g. a comment of a citizen. A name without a form of address before it
        and a postal address stay: no pattern finds them, so a person reads before it is published.

    Returns
    -------
    str
        The text with ``[NIK]``, ``[NIP]``, ``[rekening]``, ``[telepon]``, ``[e-mail]``, ``[plat]``
        (of a vehicle) and ``[nama]`` (after Bapak, Ibu, Sdr., Hj. …) in their places.

    Examples
    --------
    >>> redact("Hubungi 0812-3456-7890 atau budi@contoh.go.id, NIK 3578011502900001.")
    'Hubungi [telepon] atau [e-mail], NIK [NIK].'
    >>> redact("Ibu Siti Aminah minta transfer ke rek BRI 0123-01-004567-50-9.")
    'Ibu [nama] minta transfer ke rek BRI [rekening].'
    >>> redact("Antri 3 jam, 25 orang, loket 0812. Bapak Bupati, tolong!")
    'Antri 3 jam, 25 orang, loket 0812. Bapak Bupati, tolong!'
    """
    must_be(str, text, "text", "one text; of a column: frame[name].map(redact)")
    before, text = text, _masked(text)
    while text != before:  # what stood glued to a number, such as an address, is seen without it
        before, text = text, _masked(text)
    return text


def _masked(text: str) -> str:
    """Mask once. It ends when it is repeated: a mask holds less that could be masked than it replaces."""
    masks: list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]] = [
        (_EMAIL, "[e-mail]"),
        (_ACCOUNT, r"\1[rekening]"),
        (_NIP, "[NIP]"),
        (_NIK, lambda match: "[NIK]" if _is_nik(re.sub(r"\D", "", match[0])) else match[0]),
        (_PHONE, "[telepon]"),
    ]
    for pattern, mask in masks:
        text = pattern.sub(mask, text)
    return named(plates(text))
