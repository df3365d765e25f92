"""What an office promises: a Standar Pelayanan, its values, its files.

`load` reads one from YAML, TOML, JSON, or a table in Word, Excel, CSV or HTML; `dump` writes
it; `diff` tells two versions apart. `sipukat.check` says what is wrong with it.
"""

from sipukat.pelayanan.biaya import Biaya
from sipukat.pelayanan.butir import Butir, Dasar, Langkah, PenanggungJawab, Saluran, Syarat
from sipukat.pelayanan.codec import dump, load, load_all, loads
from sipukat.pelayanan.difference import Change, diff
from sipukat.pelayanan.jam_pelayanan import Buka, JamPelayanan
from sipukat.pelayanan.jangka_waktu import JangkaWaktu
from sipukat.pelayanan.jumlah import JumlahPelaksana, Peran
from sipukat.pelayanan.komponen import Isi, Pengaduan
from sipukat.pelayanan.model import KOMPONEN, StandarPelayanan
from sipukat.pelayanan.schema import json_schema, vectors
from sipukat.pelayanan.tables import from_table
from sipukat.regulation import Citation

__all__ = [
    "KOMPONEN",
    "Biaya",
    "Buka",
    "Butir",
    "Change",
    "Citation",
    "Dasar",
    "Isi",
    "JamPelayanan",
    "JangkaWaktu",
    "JumlahPelaksana",
    "Langkah",
    "PenanggungJawab",
    "Pengaduan",
    "Peran",
    "Saluran",
    "StandarPelayanan",
    "Syarat",
    "diff",
    "dump",
    "from_table",
    "json_schema",
    "load",
    "load_all",
    "loads",
    "vectors",
]
