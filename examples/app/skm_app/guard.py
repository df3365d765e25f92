"""What stands before every page: sizes, headers, other sites, haste, and the officer's token."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import HTTPException, Request  # Request: FastAPI reads the annotations
from starlette.datastructures import Headers, MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from skm_app.config import Office

UPLOAD = 4 * 1024 * 1024
_BODY = 64 * 1024
_LARGE = ("/petugas", "/api/check", "/api/score")
_MOST_CLIENTS = 10_000

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",  # "no-referrer" would hide from us that our own form was sent
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """Bound the body of a request, and put the security headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = UPLOAD + _BODY if scope["path"] in _LARGE else _BODY
        seen = 0

        async def bounded() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise HTTPException(413, f"Kiriman lebih besar dari {most // 1024} KiB.")
            return message

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, bounded, dressed)


class Limiter:
    """So many requests a minute from one address, counted in the memory of one process.

    An address is held as a keyed hash, for a minute, and never written.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._key = secrets.token_bytes(16)
        self._minute, self._seen = 0, dict[bytes, int]()

    def __call__(self, request: Request) -> None:
        """Count a request.

        Raises
        ------
        HTTPException
            429, if there were too many.
        """
        minute = int(time.monotonic() // 60)
        if minute != self._minute:
            self._minute, self._seen = minute, {}
        address = request.client.host if request.client else ""
        name = hmac.digest(self._key, address.encode(), hashlib.sha256)
        if name not in self._seen and len(self._seen) >= _MOST_CLIENTS:
            name = b""  # all others together: the memory stays bounded
        self._seen[name] = self._seen.get(name, 0) + 1
        if self._seen[name] > self._most:
            raise HTTPException(
                429, "Terlalu banyak kiriman dalam satu menit; coba lagi sebentar.", {"Retry-After": "60"}
            )


def same_site(request: Request) -> None:
    """Refuse a form that another site sends.

    Raises
    ------
    HTTPException
        403, if the browser says so.
    """
    headers: Headers = request.headers
    origin = headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != headers.get("host")
    if foreign or headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise HTTPException(403, "Formulir ini hanya dapat dikirim dari halaman kami sendiri.")


def officer(office: Office, token: str) -> None:
    """Let an officer in.

    Raises
    ------
    HTTPException
        503 where no token is set, 401 where it is another one.
    """
    if not office.token:
        raise HTTPException(503, "Token petugas belum diatur: isi SIPUKAT_APP_TOKEN, lalu mulai ulang.")
    if not hmac.compare_digest(token.encode(), office.token.encode()):
        raise HTTPException(401, "Token petugas keliru.", {"WWW-Authenticate": "Bearer"})
