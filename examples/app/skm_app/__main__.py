"""Start the app: ``python -m skm_app``; the settings are read from ``SIPUKAT_APP_CONFIG``."""

from __future__ import annotations

import os

import uvicorn


def main() -> None:
    """Serve on the loopback address; a proxy in front of it brings TLS."""
    uvicorn.run(
        "skm_app.app:create_app",
        factory=True,
        host="127.0.0.1",
        port=int(os.environ.get("SIPUKAT_APP_PORT", "8000")),
        workers=int(os.environ.get("SIPUKAT_APP_WORKERS", "1")),
        access_log=False,  # it would write down who answered when
        server_header=False,
    )


if __name__ == "__main__":
    main()
