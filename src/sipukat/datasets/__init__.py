"""Small examples, all of them invented: no office, person or answer in them exists.

``kota-contoh`` is a city of 13 units with 1,500 respondents; ``puskesmas-contoh`` is twenty
forms of one desk, answered by letters and separated by semicolons, as they come.
``dpmptsp-contoh`` is one office over six half-years, with applicants who come again.
``names("pelayanan")`` are Standar Pelayanan of eight offices, a good and a poor one of each.
"""

from sipukat.datasets.files import names, path

__all__ = ["names", "path"]
