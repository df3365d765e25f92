"""The admin: units with their report, and services with their Standar Pelayanan; no single answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.http import HttpResponse

import sipukat
from sipukat.errors import DraftError, EstimationError
from skm.hasil import berkas
from skm.models import Jawaban, Layanan, Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    """Units, with the report of those that are ticked."""

    actions = ("unduh_laporan",)

    @admin.action(description="Unduh laporan IKM (Excel)", permissions=["view"])
    def unduh_laporan(self, request: HttpRequest, queryset: QuerySet[Unit]) -> HttpResponse | None:
        """Return the report of these units as a file; None shows the list again."""
        try:
            isi, media = berkas(Jawaban.objects.filter(unit__in=queryset), "xlsx")
        except EstimationError:
            self.message_user(request, "Belum ada jawaban untuk unit ini.", messages.WARNING)
            return None
        headers = {"Content-Disposition": 'attachment; filename="laporan-ikm.xlsx"'}
        return HttpResponse(isi, content_type=media, headers=headers)


@admin.register(Layanan)
class LayananAdmin(admin.ModelAdmin):
    """Services; a document that is none is refused at its field."""

    list_display = ("nama", "unit", "terbit", "temuan")
    list_filter = ("terbit", "unit")

    @admin.display(description="temuan berat")
    def temuan(self, layanan: Layanan) -> str:
        """Count the findings of severity error."""
        try:
            findings = sipukat.check(layanan.standar)
        except DraftError:  # it was stored by a way that cleans nothing
            return "tidak terbaca"
        return str(sum(finding.severity == "error" for finding in findings))
