"""Kinds of regulation: their spellings, how they are printed, and the short notation of jenis.

A kind is one word for those that one organ makes (``"uu"``, ``"permenkes"``), else a word and
the organ (``"permen-koperasi"``, ``"kepdirjen-pendidikan-islam"``, ``"sk-kepala-dinas"``).
"""

from __future__ import annotations

import re
from typing import Final

# kind -> (as printed, short notation, its spellings as patterns over folded text)
KINDS: Final[dict[str, tuple[str, str, str]]] = {
    "uu": ("Undang-Undang", "UU", r"undang ?-{0,3} ?undang|uu"),
    "perppu": ("Perppu", "Perppu", r"peraturan pemerintah pengganti undang ?-{0,3} ?undang|perppu|perpu"),
    "pp": ("Peraturan Pemerintah", "PP", r"peraturan pemerintah|pp"),
    "perpres": ("Peraturan Presiden", "Perpres", r"peraturan presiden|perpres"),
    "keppres": ("Keputusan Presiden", "Keppres", r"keputusan presiden|keppres"),
    "inpres": ("Instruksi Presiden", "Inpres", r"instruksi presiden|inpres"),
    "perda": ("Peraturan Daerah", "Perda", r"peraturan daerah|perda|qanun"),
    "pergub": ("Peraturan Gubernur", "Pergub", r"peraturan gubernur|pergub"),
    "perbup": ("Peraturan Bupati", "Perbup", r"peraturan bupati|perbup"),
    "perwal": ("Peraturan Wali Kota", "Perwali", r"peraturan wali ?kota|perwali|perwako|perwal"),
    "kepgub": ("Keputusan Gubernur", "Kepgub", r"keputusan gubernur|kepgub|sk gubernur"),
    "kepbup": ("Keputusan Bupati", "Kepbup", r"keputusan bupati|kepbup|sk bupati"),
    "kepwal": ("Keputusan Wali Kota", "Kepwali", r"keputusan wali ?kota|kepwali|kepwal|sk wali ?kota"),
    "perdes": ("Peraturan Desa", "Perdes", r"peraturan desa|perdes"),
    "permen": ("Peraturan Menteri", "Permen", r"peraturan menteri|peraturan men|permen"),
    "kepmen": ("Keputusan Menteri", "Kepmen", r"keputusan menteri|keputusan men|kepmen"),
    "se": ("Surat Edaran", "SE", r"surat edaran|se"),
    "pedoman": ("Pedoman", "Pedoman", r"pedoman(?= men)"),
    "kepdirjen": (
        "Keputusan Direktur Jenderal",
        "Kepdirjen",
        r"keputusan direktur jend?e?ral|keputusan dirjen|kepdirjen",
    ),
    "perdirjen": (
        "Peraturan Direktur Jenderal",
        "Perdirjen",
        r"peraturan direktur jend?e?ral|peraturan dirjen|perdirjen",
    ),
    "sk": ("Keputusan", "SK", r"(?:nomor|no|n0)[ .]{0,2}sk(?=[ .:])|surat keputusan|keputusan|sk"),
    "peraturan": ("Peraturan", "Peraturan", r"peraturan"),
}
"""Kind, or its first word, to its name as printed, its short notation, and its spellings."""

NATIONAL: Final = frozenset({"uu", "perppu", "pp", "perpres", "keppres", "inpres"})
"""Kinds that the state alone makes: no organ stands between the name and the number."""

LOCAL: Final = {
    "perda": "",
    "pergub": "provinsi",
    "kepgub": "provinsi",
    "perbup": "kabupaten",
    "kepbup": "kabupaten",
    "perwal": "kota",
    "kepwal": "kota",
    "perdes": "",
}
"""Kinds of a region, and the sort of region where the kind says it."""

GLUED: Final = frozenset(
    {"peraturan menteri", "peraturan men", "permen", "keputusan menteri", "keputusan men", "kepmen"}
)
"""Spellings that run into the organ (``permenkes``, ``peraturan menpan``): no word ends there."""

ALONE: Final = {"pma": "permenag", "kma": "kepmenag", "pmk": "permenkeu", "kmk": "kepmenkeu"}
"""Spellings that say the ministry too."""

# end of the kind -> (name as printed, other spellings, in words parted by one blank)
_MINISTRIES: Final[dict[str, tuple[str, str]]] = {
    "panrb": (
        "PANRB",
        "pan rb|pan dan rb|pendayagunaan aparatur negara dan reformasi birokrasi|menpan rb|menpanrb",
    ),
    "pan": ("PAN", "pendayagunaan aparatur negara|menpan"),
    "dagri": ("Dalam Negeri", "dalam negeri"),
    "kes": ("Kesehatan", "kesehatan"),
    "dikbud": ("Pendidikan dan Kebudayaan", "pendidikan dan kebudayaan"),
    "dikbudristek": (
        "Pendidikan, Kebudayaan, Riset, dan Teknologi",
        "pendidikan kebudayaan riset dan teknologi|dikbud ristek",
    ),
    "diknas": ("Pendidikan Nasional", "pendidikan nasional"),
    "ag": ("Agama", "agama"),
    "aker": ("Ketenagakerjaan", "ketenagakerjaan|tenaga kerja|naker"),
    "akertrans": ("Tenaga Kerja dan Transmigrasi", "tenaga kerja dan transmigrasi|nakertrans"),
    "keu": ("Keuangan", "keuangan"),
    "kumham": ("Hukum dan Hak Asasi Manusia", "hukum dan hak asasi manusia|hukum dan ham|kum ham"),
    "sos": ("Sosial", "sosial"),
    "hub": ("Perhubungan", "perhubungan"),
    "kominfo": ("Komunikasi dan Informatika", "komunikasi dan informatika"),
    "pupr": ("Pekerjaan Umum dan Perumahan Rakyat", "pekerjaan umum dan perumahan rakyat"),
    "lhk": ("Lingkungan Hidup dan Kehutanan", "lingkungan hidup dan kehutanan"),
    "dag": ("Perdagangan", "perdagangan"),
    "perin": ("Perindustrian", "perindustrian"),
    "tan": ("Pertanian", "pertanian"),
}
_ENDS: Final = {s: end for end, (_, others) in _MINISTRIES.items() for s in (end, *others.split("|"))}
_PANRB_SINCE: Final = 2010  # the ministry of PAN became that of PAN and RB at the end of 2009
_SMALL: Final = frozenset({"dan", "atau", "di", "pada", "serta", "untuk", "dengan"})
_LETTERS: Final = frozenset({"rsud", "bkn", "dpmptsp", "ptsp", "kpu", "bpk", "bps", "bpom", "ppid"})
_STATE: Final = re.compile(r"\b(?:republik indonesia|ri|r i)\b")


def ministry_kind(family: str, organ: str, tahun: int | None) -> str:
    """Return the kind of a minister's regulation or decision.

    Parameters
    ----------
    family
        ``"permen"`` or ``"kepmen"``.
    organ
        The ministry in words, ``"dalam negeri"``, or as it is shortened, ``"dagri"``.
    tahun
        The year: of offices that call PAN and PAN-RB alike, it says which of the two it was.

    Examples
    --------
    >>> ministry_kind("permen", "pan", 2017), ministry_kind("permen", "kelautan dan perikanan", 2020)
    ('permenpanrb', 'permen-kelautan-dan-perikanan')
    """
    bare = organ.removeprefix("menteri ")
    end = _ENDS.get(bare) or _ENDS.get(bare.removeprefix("men"))
    if not bare:
        # decisions on services that name no ministry were read as those of PAN since the first release
        end = "pan" if family == "kepmen" else None
    if end == "pan" and tahun is not None and tahun >= _PANRB_SINCE:
        end = "panrb"
    return f"{family}{end}" if end else with_organ(family, bare)


def with_organ(family: str, organ: str) -> str:
    """Return the kind of a regulation of some organ.

    Parameters
    ----------
    family
        The first word of the kind.
    organ
        The organ, in words.

    Examples
    --------
    >>> with_organ("sk", "kepala dinas")
    'sk-kepala-dinas'
    """
    return "-".join([family, *organ.split()])


def without_state(organ: str) -> str:
    """Fold the words of an organ; the words that only say "of the Republic" are left out.

    Examples
    --------
    >>> without_state("pan & rb republik indonesia")
    'pan dan rb'
    """
    folded = re.sub(r"[^a-z0-9]", " ", organ.replace("&", " dan "))
    return " ".join(_STATE.sub(" ", " ".join(folded.split())).split())


def printed(kind: str) -> str:
    """Return the name of a kind as it is printed.

    Examples
    --------
    >>> printed("kepmenpan"), printed("sk-kepala-dinas")
    ('Keputusan Menteri PAN', 'Keputusan Kepala Dinas')
    """
    name, organ = _taken_apart(kind)
    return f"{name[0]} {organ}".strip()


def notation(kind: str) -> str:
    """Return the short notation, with the organ where it matters.

    Examples
    --------
    >>> notation("permenkes"), notation("perwal"), notation("kepdirjen-pendidikan-islam")
    ('Permen:Kesehatan', 'Perwali', 'Kepdirjen')
    """
    name, organ = _taken_apart(kind)
    if name[1] in {"Permen", "Kepmen"} and organ:
        return f"{name[1]}:{organ}"
    return f"{name[1]} {organ}" if name[1] in {"Peraturan", "SE", "Pedoman"} and organ else name[1]


def _taken_apart(kind: str) -> tuple[tuple[str, str], str]:
    family, _, organ = kind.partition("-")
    if family in {"se", "pedoman"} and organ.startswith("men") and organ[3:] in _MINISTRIES:
        return KINDS[family][:2], f"Menteri {_MINISTRIES[organ[3:]][0]}"
    if family in KINDS:
        return KINDS[family][:2], _titled(organ)
    for head in ("permen", "kepmen"):
        if kind.startswith(head) and kind[len(head) :] in _MINISTRIES:
            return KINDS[head][:2], _MINISTRIES[kind[len(head) :]][0]
    return (kind, kind), ""


def _titled(slug: str) -> str:
    words = slug.split("-")
    return " ".join(
        w if w in _SMALL else w.upper() if w in _LETTERS or not set(w) & set("aeiou") else w.title()
        for w in words
    )
