"""Errors, said plainly: a page for people, problem details (RFC 9457) for programs."""

from __future__ import annotations

import sqlite3
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from sipukat import errors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI, Request
    from fastapi.templating import Jinja2Templates

MEDIA_TYPE = "application/problem+json"


class Misfit(BaseModel):
    """A part of a request that does not fit."""

    pointer: str
    detail: str


class Problem(BaseModel):
    """What went wrong, as RFC 9457 has it."""

    model_config = ConfigDict(frozen=True)

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Misfit] | None = None


def _problem_of(failure: Exception) -> tuple[Problem, Mapping[str, str]]:
    """Return a problem that holds no answer, no path of the machine and no secret."""
    headers: Mapping[str, str] = {}
    misfits = None
    match failure:
        case HTTPException():
            status, detail, headers = failure.status_code, str(failure.detail), failure.headers or {}
        case RequestValidationError():
            # the "input" that pydantic repeats is left out: it may be somebody's answer
            misfits = [
                Misfit(pointer="/" + "/".join(map(str, error["loc"])), detail=error["msg"])
                for error in failure.errors()
            ]
            status, detail = 422, "Kiriman tidak sesuai dengan skemanya."
        case errors.BatchConflictError():  # its text has the path of the database
            status, detail = 409, "Id ini sudah dipakai untuk jawaban lain; jawaban yang pertama tetap."
        case errors.StoreError() | sqlite3.Error():  # its text has the path of the database
            status, detail = 503, "Penyimpanan sedang tidak dapat dipakai; coba lagi sebentar."
        case errors.UnknownNameError():
            status, detail = 404, str(failure)
        case _:
            status, detail = 422, str(failure)
    named = isinstance(failure, errors.SipukatError)
    kind = f"urn:sipukat:error:{type(failure).__name__}" if named else "about:blank"
    title = HTTPStatus(status).phrase
    return Problem(type=kind, title=title, status=status, detail=detail, errors=misfits), headers


def answer_errors(app: FastAPI, templates: Jinja2Templates) -> None:
    """Answer every error that is expected, in the way that suits the asker."""

    def answer(request: Request, failure: Exception) -> Response:
        problem, headers = _problem_of(failure)
        if request.url.path.startswith("/api/"):
            content = problem.model_dump(exclude_none=True)
            return JSONResponse(content, problem.status, dict(headers), MEDIA_TYPE)
        not_found = problem.status == HTTPStatus.NOT_FOUND
        words = {
            "title": "Halaman tidak ditemukan" if not_found else "Maaf, ini tidak dapat dilakukan",
            "text": "Periksa alamatnya, atau mulai dari halaman depan." if not_found else problem.detail,
        }
        return templates.TemplateResponse(
            request, "message.html", words, status_code=problem.status, headers=dict(headers)
        )

    for kind in (HTTPException, RequestValidationError, errors.SipukatError, sqlite3.Error):
        app.add_exception_handler(kind, answer)
