"""The live board, and the report as a download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from skm_app.board import bands, board_of, colours
from skm_app.guard import Limiter
from skm_app.report import FORMATS, report_of
from skm_app.sums import this_period

if TYPE_CHECKING:
    from fastapi.templating import Jinja2Templates

    from skm_app.config import Office

_REPORTS = 60  # a minute and address


def routes(office: Office, templates: Jinja2Templates) -> APIRouter:
    """Return the board, the part of it that changes, the report, and the colours."""
    pages = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    def show(request: Request, name: str, masa: str | None) -> Response:
        periods = office.sums.periods()
        period = masa if masa in periods else this_period()
        version = office.sums.version(period)
        told = {"board": board_of(office, period), "bands": bands(office), "formats": FORMATS}
        shown = templates.TemplateResponse(request, name, {**told, "periods": periods, "version": version})
        shown.headers["ETag"] = f'"{period}-{version}"'
        return shown

    @pages.get("/papan")
    def board(request: Request, masa: str | None = None) -> Response:
        return show(request, "board.html", masa)

    @pages.get("/papan/isi")
    def board_rows(request: Request, masa: str | None = None) -> Response:
        return show(request, "board_rows.html", masa)

    @pages.get("/laporan/{masa}.{suffix}", dependencies=[Depends(Limiter(_REPORTS))])
    def report(masa: str, suffix: str) -> Response:
        if suffix not in FORMATS or masa not in {this_period(), *office.sums.periods()}:
            raise HTTPException(404)
        file = report_of(office, masa, suffix)
        if file is None:
            raise HTTPException(409, "Responden masih terlalu sedikit; laporan belum dapat dibuat.")
        return Response(file.content, media_type=file.media_type, headers=file.headers)

    @pages.get("/warna.css")
    def style() -> Response:
        return Response(colours(), media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    return pages
