"""Pemeriksaan daerah: kanal daring bukan hanya ada, tetapi jelas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sipukat.checks import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.checks import Case
    from sipukat.findings import Finding

KEY = "kanal_daring"
_ADDRESS = re.compile(r"[a-z0-9-]{1,63}\.[a-z]{2,}|\baplikasi \w", re.IGNORECASE)


def no_address(case: Case) -> Iterator[Finding]:
    """Kanal daring disebut, tetapi tidak alamat atau aplikasinya.

    Bahwa komponennya ada sudah diperiksa oleh LKP101, karena standar daerah memintanya.

    Before::

        Kanal daring: tersedia

    After::

        Kanal daring: layanan.contoh.example, setiap hari 24 jam

    Source: Peraturan Bupati Contoh Nomor 12 Tahun 2025, Pasal 5.
    """
    content = case.doc.isi(KEY)
    if content is None:
        return
    lines = [text for key, _, text in case.doc.lines() if key == KEY]
    if not any(_ADDRESS.search(line) for line in lines):
        yield case.find("CON101", KEY, n=len(lines))


RULES = (Rule("CON101", no_address),)
