"""Clarity (kejelasan): words that a citizen cannot hold an office to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sipukat.checks import content, fees, fillings, sentences, times
from sipukat.checks.base import Case, Rule
from sipukat.checks.reading import EXAMPLES, items
from sipukat.checks.vocabulary import quoted, vague_in
from sipukat.findings import Severity
from sipukat.pelayanan.komponen import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.findings import Finding

_TIME: Final = "jangka_waktu_penyelesaian"


def vague_phrase(case: Case) -> Iterator[Finding]:
    """Flag phrases to which nobody can be held.

    Who reads "secepatnya" does not know when to come back, and the office cannot be late.
    How much a phrase matters depends on the komponen; the list, where each was seen, what excuses it
    and what would do instead is data (``phrases.toml``). A maklumat may say "sesuai peraturan
    perundang-undangan": it is not looked at.

    Before::

        Jangka waktu: secepatnya

    After::

        Paling lama 3 (tiga) hari kerja sejak berkas diterima lengkap dan benar

    Source: 40 phrases of real documents and recollection; the chair of the Ombudsman in
    Tanjung Balai, 2023: time and cost must be clear.
    """
    for key in case.standard.komponen_keys:
        for place, item in items(case.doc, key):
            text = words(item)
            for said, phrase in vague_in(key, text):
                contoh, example = phrase.contoh, phrase.example
                if len(phrase.komponen) > 1 or "*" in phrase.komponen:
                    contoh = example = EXAMPLES.get(key, contoh)
                if key == _TIME and item.understood and phrase.severity is not Severity.ERROR:
                    contoh = example = times.rewritten(item)
                # with a figure beside it, a vague word leaves something to hold on to
                held = phrase.severity is Severity.ERROR and getattr(item, "understood", False)
                severity = Severity.WARNING if held else phrase.severity
                found = case.find(
                    "JLS301", place, frasa=said, contoh=contoh, example=example, teks=quoted(text)
                )
                yield found.model_copy(update={"severity": severity})


RULES: Final = tuple(
    sorted(
        (
            Rule("JLS301", vague_phrase),
            *fillings.RULES,
            *times.RULES,
            *fees.RULES,
            *content.RULES,
            *sentences.RULES,
        ),
        key=lambda rule: rule.code,
    )
)
"""The rules about clarity, by code."""
