"""What stands under a komponen, as one cell: a line each, lists numbered, in the words of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sipukat._text import plain
from sipukat.pelayanan.butir import Langkah, Saluran, Syarat
from sipukat.pelayanan.komponen import words
from sipukat.pelayanan.lines import marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sipukat._model import Record
    from sipukat.pelayanan.butir import PenanggungJawab
    from sipukat.pelayanan.model import StandarPelayanan

_CHANNELS: Final = {
    "sp4n_lapor": "SP4N-LAPOR!",
    "telepon": "Telepon",
    "whatsapp": "WhatsApp",
    "sms": "SMS",
    "surel": "Surel",
    "kotak_saran": "Kotak saran",
    "media_sosial": "Media sosial",
    "situs": "Situs",
    "langsung": "Datang langsung",
    "surat": "Surat",
}


def cell(doc: StandarPelayanan, key: str) -> str:
    r"""Return the content of a komponen as text; empty where nothing stands under it.

    Variants stand under their names; `sipukat.pelayanan.from_table` reads the lines back.

    Examples
    --------
    >>> from sipukat.pelayanan import StandarPelayanan
    >>> cell(StandarPelayanan(persyaratan=["KTP", "KK"]), "persyaratan")
    '1. KTP\n2. KK'
    >>> cell(StandarPelayanan(biaya_tarif={"BPJS": "Gratis", "Umum": "Rp15.000"}), "biaya_tarif")
    'BPJS:\nGratis\nUmum:\nRp15.000'
    """
    content = doc.isi(key)
    if content is None or (content.kosong and getattr(content, "penanggung_jawab", None) is None):
        return ""
    parts = [_listed(content.butir)]
    parts += [f"{name}:\n{_listed(lines)}" for name, lines in content.varian.items()]
    officer = getattr(content, "penanggung_jawab", None)
    parts.append("" if officer is None else _officer(officer))
    return "\n".join(part for part in parts if part)


def _listed(lines: Sequence[Record]) -> str:
    texts = [text for text in map(_line, lines) if text.strip()]
    # an office that numbered its lines itself has the numbers that it wrote
    if len(texts) < 2 or any(marked(line.strip()).kind for text in texts for line in text.splitlines()):  # noqa: PLR2004
        return "\n".join(texts)
    return "\n".join(f"{at}. {text}" for at, text in enumerate(texts, start=1))


def _line(line: Record) -> str:
    """Return the words of a line, and what is stated beside them."""
    text = words(line).strip()
    match line:
        case Langkah():
            return _followed(_by(line.pelaku, text), line.waktu)
        case Saluran():
            unnamed = line.jenis is not None and Saluran(text=line.text).kanal is None
            text = _led(_CHANNELS[line.jenis], text) if line.jenis and unnamed else text
            if line.alamat and line.alamat not in text:
                text = f"{text.rstrip(':')}: {line.alamat}"
            return _followed(text, line.nama)
        case Syarat():
            return _followed(text, line.jenis)
        case _:
            return text


def _led(label: str | None, text: str) -> str:
    return f"{label}: {text}" if label and not plain(text).startswith(plain(label)) else text


def _by(actor: str | None, text: str) -> str:
    """Name who takes a step: before it, or behind one that begins with the actor in short."""
    first = plain(text).partition(" ")[0]
    if actor and not plain(text).startswith(plain(actor)) and plain(actor).partition(" ")[0] == first:
        return _followed(text, f"oleh {actor}")
    return _led(actor, text)


def _followed(text: str, beside: str | None) -> str:
    return f"{text} ({beside})" if beside and beside not in text else text


def _officer(officer: PenanggungJawab) -> str:
    named = ", ".join(filter(None, (officer.nama, officer.jabatan, officer.alamat)))
    return f"Penanggung jawab: {named}" if named else ""
