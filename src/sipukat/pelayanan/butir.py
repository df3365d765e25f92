"""The lines of a komponen: the words as they stand in the draft, and what was understood of them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias

from pydantic import Field, model_serializer, model_validator

from sipukat._model import Record
from sipukat._text import plain
from sipukat.pelayanan.jangka_waktu import JangkaWaktu
from sipukat.regulation import Citation

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

_WAKTU: Final = (
    r"^([1-9][0-9]{0,3}|[0-9]{1,4} ?- ?[1-9][0-9]{0,3}) (menit|jam|hari|hari kerja|minggu|bulan|tahun)$"
)

Waktu: TypeAlias = Annotated[str, Field(pattern=_WAKTU)]
"""A stated time, in figures: ``"10 menit"``, ``"1 - 3 hari kerja"``; words are refused."""


class Butir(Record):
    """One line of a komponen.

    A text stands for the whole record; it is written back as a text where nothing else
    is stated.

    Parameters
    ----------
    text
        The words as they stand in the draft.

    Examples
    --------
    >>> Butir.model_validate("Meja tamu").text
    'Meja tamu'
    """

    text: str

    @model_validator(mode="before")
    @classmethod
    def _worded(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value

    @model_serializer(mode="wrap")
    def _shortest(self, write: Callable[[Any], dict[str, Any]]) -> str | dict[str, Any]:
        stated = {key: value for key, value in write(self).items() if key in self.model_fields_set}
        return self.text if set(stated) == {"text"} else stated

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string"}, handler(core)]}

    def __str__(self) -> str:
        return self.text


class Dasar(Butir):
    """One line of dasar hukum.

    Examples
    --------
    >>> dasar = Dasar(text="UU N0 25 tahun 2009 tentang Pelayanan Publik")
    >>> [str(citation.regulation) for citation in dasar.citations]
    ['Undang-Undang Nomor 25 Tahun 2009']
    """

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """The regulations cited, in order; empty where none is understood."""
        return tuple(found.citation for found in Citation.find(self.text))


class Syarat(Butir):
    """One line of persyaratan.

    Parameters
    ----------
    text
        The words.
    jenis
        ``"administratif"`` or ``"teknis"``, where the draft says so.
    """

    jenis: Literal["administratif", "teknis"] | None = None


_PARENTHESES: Final = re.compile(r"\(([^()]{1,80})\)")


class Langkah(Butir):
    """One step of the procedure.

    Parameters
    ----------
    text
        The words.
    pelaku
        Who takes it, where the draft says so apart from the words.
    waktu
        The time it takes, in figures, e.g. ``"10 menit"``, where it is stated apart.

    Examples
    --------
    >>> langkah = Langkah(text="Petugas memeriksa berkas (5 menit)")
    >>> langkah.oleh, langkah.lama.minutes_max
    ('petugas', 5)
    """

    pelaku: str | None = None
    waktu: Waktu | None = None

    @cached_property
    def lama(self) -> JangkaWaktu | None:
        """The time it takes: as stated, or from the words in parentheses; else None."""
        if self.waktu is not None:
            return JangkaWaktu.parse(self.waktu)
        read = map(JangkaWaktu.parse, _PARENTHESES.findall(self.text))
        return next((waktu for waktu in read if waktu.max is not None and not waktu.parts), None)

    @cached_property
    def oleh(self) -> str | None:
        """Who takes it: as stated, or the actor that the sentence begins with; else None."""
        if self.pelaku is not None:
            return self.pelaku
        words = plain(self.text[:200])
        return next((actor for actor in _ACTORS if words.startswith(actor)), None)


_ACTORS: Final = (
    "pemohon", "masyarakat", "warga", "pasien", "keluarga", "penderita", "pengguna layanan", "orang tua",
    "pencari kerja", "pelaku usaha", "wajib pajak", "siswa", "alumni", "petugas", "kepala dinas",
    "kepala bidang", "kepala seksi", "kepala puskesmas", "kepala", "sekretaris", "dokter", "perawat", "bidan",
    "verifikator", "operator", "kasir", "apoteker", "tim teknis", "camat", "lurah", "direktur",
)  # fmt: skip

Jenis: TypeAlias = Literal[
    "sp4n_lapor",
    "telepon",
    "whatsapp",
    "sms",
    "surel",
    "kotak_saran",
    "media_sosial",
    "situs",
    "langsung",
    "surat",
]
"""The kinds of channel for complaints."""

_PATTERNS: Final[dict[Jenis, str]] = {
    "sp4n_lapor": r"sp4n|span lapor|lapor!|lapor\.go\.id|aplikasi lapor",
    "whatsapp": r"\bwhatsapp?\b|\bwa\b",
    "sms": r"\bsms\b",
    "surel": r"\be-?mail\b|\bsurel\b|\bpos-el\b|\bsurat elektronik\b|[a-z0-9]@[a-z0-9]",
    "telepon": r"\bt[ei]le?[pf]p?on\b|\btelp\b|\bhotline\b|\bcall cent(?:er|re)\b|\bhp\b",
    "kotak_saran": r"\bkotak (?:saran|pengaduan|kepuasan)\b",
    "media_sosial": r"\b(?:instagram|facebook|twitter|tiktok|youtube|media sosial|medsos)\b",
    "situs": r"\b(?:website|situs|web)\b|https?://|\bwww\.",
    "surat": r"\bsurat pengaduan\b|\b(?:melalui|alamat) surat\b",
    "langsung": r"\blangsung\b|\btatap muka\b|\bdatang ke\b|\b(?:ruang|loket) pengaduan\b|\balamat\b",
}  # the first that fits names the kind
_CHANNELS: Final[dict[Jenis, re.Pattern[str]]] = {
    kind: re.compile(pattern) for kind, pattern in _PATTERNS.items()
}


class Saluran(Butir):
    """One channel, or one line, of the handling of complaints.

    Parameters
    ----------
    text
        The words.
    jenis
        The kind of channel, where it is stated apart from the words.
    alamat
        Number, address or name of the channel, where it is stated apart.
    nama
        Who answers there, where it is stated apart.

    Examples
    --------
    >>> Saluran(text="Telp. (0274) 523347").kanal
    'telepon'
    """

    jenis: Jenis | None = None
    alamat: str | None = None
    nama: str | None = None

    @cached_property
    def kanal(self) -> Jenis | None:
        """The kind of channel: as stated, or as the words name it; else None."""
        if self.jenis is not None:
            return self.jenis
        words = plain(self.text[:1000])
        return next((kind for kind, pattern in _CHANNELS.items() if pattern.search(words)), None)

    @property
    def blank(self) -> bool:
        """Whether the channel is named and nothing stands behind it (``"Website -"``)."""
        head = self.text.rstrip()
        return self.alamat is None and len(head) > 1 and head[-1] in "-–—:"


class PenanggungJawab(Record):
    """Who answers for complaints: Pasal 36 ayat (4) asks for name and address.

    Parameters
    ----------
    nama, jabatan, alamat
        Name, office and address.
    """

    nama: str = ""
    jabatan: str = ""
    alamat: str = ""
