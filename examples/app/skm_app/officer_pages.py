"""The officers' page: a draft of a Standar Pelayanan is uploaded, and its findings are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import UploadFile

from sipukat.errors import SipukatError
from skm_app.checking import SUFFIXES, Checked, checked_file
from skm_app.form_pages import Sent  # noqa: TC001  FastAPI reads the annotations
from skm_app.guard import UPLOAD, Limiter, officer

if TYPE_CHECKING:
    from fastapi.templating import Jinja2Templates

    from skm_app.config import Office

_TRIES = 20  # a minute and address
_SHOWN = 80  # letters of the name of a file


def routes(office: Office, templates: Jinja2Templates) -> APIRouter:
    """Return the page and its answer; the token is sent with the file, so no cookie is needed."""
    pages = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    def show(request: Request, status: int = 200, **more: Any) -> Response:
        more |= {"suffixes": SUFFIXES, "most": UPLOAD // 2**20}
        return templates.TemplateResponse(request, "check.html", more, status_code=status)

    @pages.get("/petugas")
    def ask(request: Request) -> Response:
        return show(request)

    @pages.post("/petugas", dependencies=[Depends(Limiter(_TRIES))])
    def check(request: Request, sent: Sent) -> Response:
        try:
            officer(office, str(sent.get("token", "")))
        except HTTPException as refused:
            return show(request, refused.status_code, refused=refused.detail)
        file = sent.get("berkas")
        if not isinstance(file, UploadFile) or not file.filename:
            return show(request, 422, refused="Pilih dulu satu berkas.")
        found, reason = _found(file, office.config.document_standard)
        status = 422 if reason else 200
        return show(request, status, name=file.filename[:_SHOWN], found=found, reason=reason)

    return pages


def _found(file: UploadFile, standard: str) -> tuple[list[Checked], str]:
    try:
        return checked_file(file.file.read(), file.filename or "", standard), ""
    except SipukatError as failure:
        return [], str(failure)
