"""What is stored: units, answers without a respondent, and each office's Standar Pelayanan."""

from __future__ import annotations

import json

from django.core.exceptions import ValidationError
from django.db import models

from sipukat import pelayanan, standards
from sipukat.errors import DraftError

ATURAN = standards.survey("permenpanrb-14-2017")


class Unit(models.Model):
    """An office that is judged."""

    nama = models.CharField(max_length=200, unique=True)

    class Meta:
        """Order and name."""

        ordering = ("nama",)
        verbose_name_plural = "unit"

    def __str__(self) -> str:
        return self.nama


class Jawaban(models.Model):
    """One answered questionnaire: the scores and the day, nothing about the respondent."""

    unit = models.ForeignKey(Unit, models.PROTECT)
    tanggal = models.DateField(auto_now_add=True)
    # The columns are the unsur of the standard: with a tenth unsur, makemigrations adds a column.
    for _unsur in ATURAN.unsur:
        vars()[_unsur.key] = models.PositiveSmallIntegerField(
            _unsur.nama,
            choices=[(option.score, option.label) for option in _unsur.options],
            null=True,
        )
    del _unsur

    class Meta:
        """Name."""

        verbose_name_plural = "jawaban"

    def __str__(self) -> str:
        return f"{self.unit} {self.tanggal:%Y-%m-%d}"


class Layanan(models.Model):
    """A service, and the Standar Pelayanan that the office promises for it."""

    unit = models.ForeignKey(Unit, models.PROTECT)
    nama = models.CharField(max_length=200)
    isi = models.JSONField(help_text="Standar Pelayanan sebagai JSON, seperti sipukat schema document")
    terbit = models.BooleanField(default=False)

    class Meta:
        """Order and name."""

        ordering = ("nama",)
        verbose_name_plural = "layanan"

    def __str__(self) -> str:
        return self.nama

    @property
    def standar(self) -> pelayanan.StandarPelayanan:
        """The document as the library reads it.

        Raises
        ------
        DraftError
            If it is not one.
        """
        return pelayanan.loads(json.dumps(self.isi), format="json")

    def clean(self) -> None:
        """Refuse what is no Standar Pelayanan, at the field that is wrong."""
        try:
            standar = self.standar
        except DraftError as galat:
            raise ValidationError(
                {"isi": ValidationError(f"{galat.problem}. {galat.remedy}", "draf")}
            ) from galat
        if standar.nama != self.nama:
            raise ValidationError({"nama": f"Nama di dalam dokumennya lain: {standar.nama!r}."})
