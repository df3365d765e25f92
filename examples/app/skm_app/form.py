"""The form of the citizens: its token, which counts once, and its answers."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sipukat.survey import Questionnaire
    from skm_app.config import Office

_HOURS = 12
_NONCE = 16  # bytes


def new_token(office: Office, unit: str) -> str:
    """Return a token for one answer about one unit: a random name, the time, and their seal."""
    body = f"{secrets.token_hex(_NONCE)}.{int(time.time())}"
    return f"{body}.{_seal(office, unit, body)}"


def batch_of(office: Office, unit: str, token: str) -> str | None:
    """Return the name under which the answer with this token is counted; None if it is not ours or old."""
    body, _, seal = token.rpartition(".")
    if not hmac.compare_digest(seal.encode(), _seal(office, unit, body).encode()):
        return None
    name, _, made = body.partition(".")
    return f"form-{name}" if time.time() - int(made) < _HOURS * 3600 else None


def _seal(office: Office, unit: str, body: str) -> str:
    return hmac.new(office.sums.secret, f"{unit}.{body}".encode(), hashlib.sha256).hexdigest()


def answers_model(asked: Questionnaire) -> type[BaseModel]:
    """Return the record of one person's answers, an optional score for each unsur of the standard."""
    fields: dict[str, Any] = {}
    for question in asked.of("unsur"):
        scores = [int(choice.code) for choice in question.choices]
        score = Annotated[int, Field(strict=True, ge=min(scores), le=max(scores))]
        fields[question.name] = (
            score | None,
            Field(None, title=question.title["id"], description=question.label["id"]),
        )
    config = ConfigDict(frozen=True, extra="forbid")
    return create_model("Answers", __config__=config, __doc__="Skor tiap unsur.", **fields)


def read(asked: Questionnaire, sent: Mapping[str, Any]) -> tuple[dict[str, int], list[str]]:
    """Return the scores that were sent, and the names of the questions that lack one.

    What is no answer of the question is as if it had not been sent.
    """
    scores: dict[str, int] = {}
    for question in asked.of("unsur"):
        code = sent.get(question.name)
        if code in {choice.code for choice in question.choices}:
            scores[question.name] = int(str(code))
    lacking = [q.name for q in asked.of("unsur") if q.required and q.name not in scores]
    if sent.get("persetujuan") != "ya":
        lacking.insert(0, "persetujuan")
    return scores, lacking
