"""What every answer says to the browser besides its page: what may run, frame, leak or be kept.

Nothing in our pages is inline, so one policy of 'self' without nonces holds for all, and finished
pages can be cached. ``always()`` is for whatever answers beside the app (static files): errors,
redirects and files carry the same lines as pages.
"""

from __future__ import annotations

from flask import Flask, Response, current_app, g, request
from flask.globals import request_ctx

from app.languages import from_address

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "media-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_POWERS = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone",
    "midi", "payment", "picture-in-picture", "publickey-credentials-create", "publickey-credentials-get",
    "screen-wake-lock", "serial", "storage-access", "usb", "xr-spatial-tracking",
)  # fmt: skip
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(f"{power}=()" for power in _POWERS),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"  # a year, renewed by every answer
PRIVATE = "private, no-store"
DESK = "/desk"


class TouchedSession(RuntimeError):
    """A page that is the same for everybody looked at its reader's session."""


def always(public_url: str) -> dict[str, str]:
    """Return the headers of every answer of a newsroom at ``public_url``."""
    if public_url.startswith("https://"):
        return ALWAYS | {"Strict-Transport-Security": STRICT_TRANSPORT}
    return dict(ALWAYS)


def is_desk(path: str) -> bool:
    """Say whether ``path`` belongs to the press office."""
    return path == DESK or path.startswith(f"{DESK}/")


def keep_private() -> None:
    """Mark this answer as made for one person: nobody may keep a copy."""
    g.is_private = True


def is_private() -> bool:
    """Say whether this answer is for one person."""
    return is_desk(request.path) or g.get("is_private", False)


def init_headers(app: Flask) -> None:
    """Write the headers on every answer of ``app``, and keep public pages apart from sessions."""
    lines = list(always(app.config["PUBLIC_URL"]).items())

    @app.after_request
    def write(response: Response) -> Response:
        said = {name for name, _value in response.headers}
        response.headers.extend([line for line in lines if line[0] not in said])
        if is_private():
            response.headers["Cache-Control"] = PRIVATE
            response.headers.pop("ETag", None)
            response.headers.pop("Last-Modified", None)
        elif response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-store")
        if is_desk(request.path):
            response.headers["Referrer-Policy"] = "no-referrer"
        _keep_apart()
        return response


def _keep_apart() -> None:
    """Complain when a page for everybody was made of somebody's session: it would be cached for all."""
    if request.method not in ("GET", "HEAD") or is_private() or from_address(request.path) is None:
        return
    session = request_ctx._session  # the proxy would count as touching it
    if session is None or not session.accessed:
        return
    complaint = f"{request.endpoint} is public and touched the session"
    if current_app.testing:
        raise TouchedSession(complaint)
    current_app.logger.error(complaint)
