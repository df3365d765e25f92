"""The questionnaire, and the index for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from sipukat.errors import EstimationError
from skm.forms import KUESIONER, KuesionerForm
from skm.hasil import berkas
from skm.models import Jawaban, Unit


def survei(request: HttpRequest, unit: int) -> HttpResponse:
    """Ask, and store what is answered."""
    kantor = get_object_or_404(Unit, pk=unit)
    form = KuesionerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save(kantor)
        return redirect("ikm")
    consent = KUESIONER.text(KUESIONER.consent)
    return render(request, "skm/survei.html", {"form": form, "unit": kantor, "consent": consent})


@require_GET
def ikm(request: HttpRequest, bentuk: str = "html") -> HttpResponse:
    """Show the index of all units: the report itself, which withholds units with few respondents."""
    del request
    try:
        isi, media = berkas(Jawaban.objects.all(), bentuk)
    except EstimationError:
        return HttpResponse("Belum ada jawaban.", content_type="text/plain; charset=utf-8", status=404)
    return HttpResponse(isi, content_type=media)
