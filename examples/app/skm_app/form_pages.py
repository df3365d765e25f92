"""The pages on which citizens answer; none needs JavaScript."""

from __future__ import annotations

from collections.abc import AsyncIterator  # noqa: TC003  FastAPI reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from sipukat.errors import BatchConflictError
from skm_app import form
from skm_app.guard import Limiter, same_site
from skm_app.sums import this_period

if TYPE_CHECKING:
    from fastapi.templating import Jinja2Templates

    from skm_app.config import Office

_FORMS = 60  # a minute and address; the tablets of a desk share one
_CONFLICT = "Jawaban dari formulir ini sudah kami terima. Yang dihitung adalah jawaban yang pertama."


async def sent_form(request: Request) -> AsyncIterator[FormData]:
    """Yield the fields of a form that our own page sent; files are closed afterwards."""
    same_site(request)
    async with request.form(max_files=1, max_fields=100) as fields:
        yield fields


Sent = Annotated[FormData, Depends(sent_form)]


def routes(office: Office, templates: Jinja2Templates) -> APIRouter:
    """Return the front page, the form of each unit, and the thanks."""
    pages = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    def show_form(request: Request, unit: str, status: int = 200, **more: Any) -> Response:
        if unit not in office.units:
            raise HTTPException(404)
        more |= {"unit": unit, "nama": office.units[unit], "token": form.new_token(office, unit)}
        return templates.TemplateResponse(request, "form.html", more, status_code=status)

    @pages.get("/")
    def home(request: Request) -> Response:
        return templates.TemplateResponse(request, "home.html")

    @pages.get("/isi/{unit}")
    def ask(request: Request, unit: str) -> Response:
        return show_form(request, unit, scores={}, lacking=[])

    @pages.post("/isi/{unit}", dependencies=[Depends(Limiter(_FORMS))])
    def answer(request: Request, unit: str, sent: Sent) -> Response:
        scores, lacking = form.read(office.asked, sent)
        batch = form.batch_of(office, unit, str(sent.get("token", "")))
        if lacking or batch is None:
            agreed = sent.get("persetujuan") == "ya"
            told = {"scores": scores, "lacking": lacking, "agreed": agreed, "old": batch is None}
            return show_form(request, unit, 422, **told)
        try:
            office.sums.add(scores, code=unit, nama=office.units[unit], batch=batch, period=this_period())
        except BatchConflictError:
            words = {"title": "Sudah diterima", "text": _CONFLICT}
            return templates.TemplateResponse(request, "message.html", words, status_code=409)
        return RedirectResponse("/terima-kasih", 303)

    @pages.get("/terima-kasih")
    def thanks(request: Request) -> Response:
        return templates.TemplateResponse(request, "thanks.html")

    return pages
