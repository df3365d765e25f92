"""The JSON API; its schema is made from the library's own models.

Annotations are evaluated here (no ``from __future__``): one of the models is made from the standard.
"""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field

import sipukat
from sipukat.compliance import Evidence
from sipukat.pelayanan import StandarPelayanan
from sipukat.standards import ComplianceStandard, DocumentStandard, SurveyStandard
from skm_app.board import Board, Index, board_of
from skm_app.checking import Checked, checked
from skm_app.config import Office
from skm_app.form import answers_model
from skm_app.guard import Limiter, officer
from skm_app.problems import MEDIA_TYPE, Problem
from skm_app.sums import this_period

_A_MINUTE = 600
_FAILS: dict[int | str, dict[str, Any]] = {
    "4XX": {
        "description": "Galat (RFC 9457).",
        "content": {MEDIA_TYPE: {"schema": Problem.model_json_schema()}},
    }
}
_Period = Annotated[str, Field(pattern=r"^\d{4}-TW[1-4]$", description="Triwulan, misalnya 2026-TW4.")]


class Received(BaseModel):
    """Whether an answer was counted now, or had been before."""

    new: bool


def routes(office: Office) -> APIRouter:
    """Return the routes of the API of one office."""
    scores_of_all: Any = answers_model(office.asked)
    codes: Any = Literal[tuple(office.units)]
    bearer = HTTPBearer(auto_error=False, description="Token petugas.")

    def allowed(given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> None:
        officer(office, given.credentials if given else "")

    class Sent(BaseModel):
        """One person's answers about one unit; the same `id` is counted once."""

        id: str = Field(pattern=r"^[A-Za-z0-9_-]{16,64}$", description="Acak; sama bila dikirim ulang.")
        unit: codes
        answers: scores_of_all

    api = APIRouter(prefix="/api", responses=_FAILS, dependencies=[Depends(Limiter(_A_MINUTE))])
    guarded = [Depends(allowed)]

    @api.get("/ikm")
    def ikm(period: _Period | None = None) -> Board:
        """Return the index of every unit, as the board shows it."""
        return board_of(office, period or this_period())

    @api.get("/ikm/{unit}")
    def ikm_of_unit(unit: str, period: _Period | None = None) -> Index:
        """Return the index of one unit, as the board shows it."""
        found = {index.unit: index for index in board_of(office, period or this_period()).units}
        if unit not in found:
            raise sipukat.errors.UnknownNameError("unit", unit, found)
        return found[unit]

    @api.post("/answers", status_code=201, dependencies=guarded)
    def add(sent: Sent, response: Response) -> Received:
        """Count one person's answers, once; 200 where they were counted before."""
        scores = sent.answers.model_dump()
        new = office.sums.add(
            scores, code=sent.unit, nama=office.units[sent.unit], batch=f"api-{sent.id}", period=this_period()
        )
        response.status_code = 201 if new else 200
        return Received(new=new)

    @api.post("/check", dependencies=guarded)
    def check(doc: StandarPelayanan, standard: str | None = None) -> Checked:
        """Hold a Standar Pelayanan against a standard."""
        return checked(doc, standard or office.config.document_standard)

    @api.post("/score", dependencies=guarded)
    def score(evidence: Evidence, standard: str) -> dict[str, Any]:
        """Score an office under a scheme that is named; there is no default."""
        return sipukat.compliance.score(evidence, standard).to_dict()

    @api.get("/standards/{id}")
    def standard(id: str) -> SurveyStandard | DocumentStandard | ComplianceStandard:  # noqa: A002
        """Return a standard, with the place in the law of each figure."""
        return office.rule if id == office.rule.id else sipukat.standards.get(id)

    return api
