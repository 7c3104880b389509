"""What every answer says to the browser besides its page: what may run, frame, leak or be kept.

Nothing in our pages is inline, so one policy of 'self' without nonces holds for all, and finished
pages can be cached. ``always()`` is for whatever answers beside the app (static files): errors,
redirects and files carry the same lines as pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Request, Response, current_app, g, request
from flask.globals import request_ctx
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from app.here import asked, notes
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
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone",
    "midi", "payment", "picture-in-picture", "publickey-credentials-create", "publickey-credentials-get",
    "screen-wake-lock", "serial", "storage-access", "usb", "xr-spatial-tracking",
)  # fmt: skip
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join([*(f"{power}=()" for power in _POWERS), "fullscreen=(self)"]),
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


def is_personal(path: str) -> bool:
    """Say whether ``path`` belongs to whoever is logged in: below a language, but never the same for everybody."""
    below = path[3:]
    is_theirs = below.startswith(("/account/", "/media/downloads/")) or below == "/media/downloads"
    return is_theirs and from_address(path) is not None


def is_counted(path: str) -> bool:
    """Say whether ``path`` is a link that counts who follows it: the app is to be asked once each time, as it came."""
    return path[3:].startswith("/newsletter/go/") and from_address(path) is not None


def keep_private() -> None:
    """Mark this answer as made for one person: nobody may keep a copy."""
    g.is_private = True


def keep_tag() -> None:
    """Let this answer keep its ETag though it is for one person: a download that broke off goes on by it."""
    g.keeps_tag = True


def is_private() -> bool:
    """Say whether this answer is for one person."""
    path = asked().path
    return is_desk(path) or is_personal(path) or notes().get("is_private", False)


class NoSession(SecureCookieSession):
    """The session of a page that is the same for everybody: empty whatever the cookie says, and never kept."""


class Sessions(SecureCookieSessionInterface):
    """Sessions for all but public pages: to make ready to read a cookie takes longer than to ask whether to."""

    null_session_class = NoSession  # type: ignore[assignment]

    def open_session(self, app: Flask, request: Request) -> Any:
        """Return the session of ``request``."""
        if is_for_everybody(request):
            return self.make_null_session(app)
        return super().open_session(app, request)


def is_for_everybody(request: Request) -> bool:
    """Say whether ``request`` asks for a public page, by its address."""
    if request.method not in ("GET", "HEAD") or from_address(request.path) is None:
        return False
    return not is_personal(request.path)


class AlwaysSaid:
    """WSGI middleware: adds ``lines`` to every answer of ``app`` that does not say the same thing otherwise."""

    def __init__(self, app: Callable[..., Iterable[bytes]], lines: dict[str, str]) -> None:
        self._app = app
        self._lines = list(lines.items())

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer ``environ`` with what the app says, and with the lines."""

        def begin(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            said = {name for name, _value in headers}
            return start_response(
                status, headers + [line for line in self._lines if line[0] not in said], exc_info
            )

        return self._app(environ, begin)


def init_headers(app: Flask) -> None:
    """Write the headers on every answer of ``app``, and keep public pages apart from sessions."""
    app.session_interface = Sessions()
    app.wsgi_app = AlwaysSaid(app.wsgi_app, always(app.config["PUBLIC_URL"]))  # type: ignore[method-assign]

    @app.after_request
    def write(response: Response) -> Response:
        if is_private():
            response.headers["Cache-Control"] = PRIVATE
            if not (notes().get("keeps_tag", False) and response.status_code < 400):
                response.headers.pop("ETag", None)
                response.headers.pop("Last-Modified", None)
            if is_desk(request.path) or is_personal(request.path):
                response.headers["Referrer-Policy"] = "no-referrer"
            return response
        if response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-store")
        _keep_apart()
        return response


def _keep_apart() -> None:
    """Complain when a page for everybody was made of somebody's session: it would be cached for all."""
    session = request_ctx._session  # the proxy would count as touching it
    if session is None or not session.accessed or not is_for_everybody(request):
        return
    complaint = f"{request.endpoint} is public and touched the session"
    if current_app.testing:
        raise TouchedSession(complaint)
    current_app.logger.error(complaint)
