"""Names after a form of address, and plates of vehicles: masked where certain.

Certain is meant narrowly: "Bapak Bupati", "Ibu hamil" and "RSUD Dr. Soetomo" name no person
that the comment is about, and "Loket A 12 B" is no plate.
"""

from __future__ import annotations

import re
from typing import Final

# an office, a group, a thing or a word that begins a sentence: not the name of a person
_NO_NAME: Final = """
Admin Anak Apoteker Asisten Atas Atau Bagian Baik Bank Banyak Bapak Belum Bendahara Bidan Bisa Bpk
Bu Bupati Camat Cantik Cepat Dan Dari Dengan Di Dinas Direktur Dirut Dokter Dosen Dr Dra Driver Drs
Gubernur Guru Hajah Haji Hakim Hamil Harap Harus Hj Ibu Ini Ir Itu Jaksa Jangan Jika Juga Kabid
Kades Kadis Kalau Kami Kandung Kantor Karena Kasi Kasubag Ke Kepala Kerja Ketua Kh Kita Koordinator
Kota Kurang Lebih Lurah Mantap Mas Masih Mbak Mediator Melayani Menteri Menyusui Mertua Mohon Muda
Nakes Negara Operator Pak Panitera Para Pegawai Pejabat Pelaksana Pelayanan Pembina Penghulu
Pengurus Perangkat Perawat Perempuan Pertiwi Petugas Pimpinan Polisi Posyandu Presiden Prof Ramah
Resepsionis Rt Rumah Rw Sabar Saja Sangat Satpam Saya Sdr Sdri Security Sekali Sekda Sekdes
Sekretaris Selaku Selalu Semoga Semua Setiap Sopan Staf Staff Sudah Supir Susah Tanggap Tata Telah
Tentara Terima Tetap Tidak Tiri Tolong Tua Untuk Ust Ustadz Wakil Wali Walikota Yang Yth
"""
_OF_A_PLACE: Final = """
aula bandara gang gedung gg jalan jl lapangan masjid mushola puskesmas rs rsia rsu rsud rsup sakit
sekolah stadion terminal universitas
"""
_EXCLUDED: Final = "|".join((*_NO_NAME.split(), *(word.capitalize() for word in _OF_A_PLACE.split())))
_PLACE: Final = re.compile(rf"(?<!\w)(?:{'|'.join(_OF_A_PLACE.split())})\.? {{1,2}}$", re.IGNORECASE)
_END: Final = r"(?![\w+@]|[.\-'’]\w)"
_WORD: Final = (
    rf"(?!(?:{_EXCLUDED}){_END})"
    rf"(?:[A-Z][a-z]{{1,20}}(?:['’\-][A-Za-z][a-z]{{0,20}})?{_END}|[A-Z]\.(?= [A-Z][a-z]))"
)
_TITLE: Final = r"(?:H|Hj|KH|Dr|dr|drg|Drs|Dra|Ir|Prof|Ust)\.|Haji|Hajah"
_NAMED: Final = re.compile(
    rf"(?<![\w.])((?:(?:[Bb]apak|[Ii]bu|[Pp]ak|[Bb]u|[Mm]as|[Mm]bak|[Ss]audara|[Ss]audari|(?:[Bb]pk|[Ss]dr|[Ss]dri)\.?)"
    rf"(?: {{1,2}}(?:{_TITLE})){{0,2}}|(?:(?:{_TITLE}) {{0,2}}){{0,2}}(?:(?:{_TITLE})(?<=\.))) {{1,2}})"
    rf"{_WORD}(?: {{1,2}}{_WORD}){{0,2}}"
)
_REGION: Final = (
    "A|AA|AB|AD|AE|AG|B|BA|BB|BD|BE|BG|BH|BK|BL|BM|BN|BP|D|DA|DB|DC|DD|DE|DG|DH|DK|DL|DM|DN|DP|DR|DT|DW|E|EA|EB|ED"
    "|F|G|H|K|KB|KH|KT|KU|L|M|N|P|PA|PB|PS|R|S|T|W|Z"
)
_PLATE: Final = re.compile(
    r"(?<![\w\-])(?:((?i:plat(?: nomor)?|nopol|(?:nomor|no) polisi|motor|mobil|kendaraan)[ .:]{1,3})"
    rf"(?:{_REGION})[ \-]?\d{{1,4}}[ \-]?[A-Z]{{1,3}}|(?:{_REGION})[ \-]?\d{{4}}[ \-]?[A-Z]{{2,3}})(?![\w\-])"
)


def named(text: str) -> str:
    """Mask names after a form of address.

    Examples
    --------
    >>> named("Terima kasih Bapak H. Ahmad Fauzi, juga kepada Pak RT dan RSUD Dr. Soetomo")
    'Terima kasih Bapak H. [nama], juga kepada Pak RT dan RSUD Dr. Soetomo'
    """

    def mask(match: re.Match[str]) -> str:
        before = match.string[max(0, match.start() - 16) : match.start()]
        return match[0] if _PLACE.search(before) else f"{match[1]}[nama]"

    return _NAMED.sub(mask, text)


def plates(text: str) -> str:
    """Mask plates of vehicles: four digits and two letters or more, or any after a word that says so.

    Examples
    --------
    >>> plates("Motor B 12 A hilang, mobil DK 1234 XY juga; loket A 12 B")
    'Motor [plat] hilang, mobil [plat] juga; loket A 12 B'
    """
    return _PLATE.sub(lambda match: f"{match[1] or ''}[plat]", text)
