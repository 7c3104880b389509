"""Forms that came too late are kept, so that nobody types a text twice.

An officer's session ends, or a form stands open for longer than its token lives; then the form is
sent. The text is put aside under a random token, the person signs in if need be, and gets the
same form filled in. Kept are the typed fields alone: no file, no password, no token of a form.

What an attacker may do with this: another site could make a browser send a form here (one that
names the sender is refused before this), or anybody could send one without an account. It is put
aside like any other, and can only fill in a form that an officer opens by its token, reads and
saves. It never saves anything by itself; a text of a known account opens for that account only;
how much a network without an account may put aside is limited; after a week it is gone.

Turned down: carrying the text through the sign-in page in hidden fields. Closing that page would lose it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, redirect, request, session, url_for
from flask.globals import request_ctx
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from app.limits.limits import TooMany, allow
from app.web import keptforms
from app.web.errors import error_page, is_too_large_a_file, sizes
from app.web.headers import is_desk, is_personal
from app.web.hosts import visitor_network
from app.web.keptforms import LONGEST_PATH, PARAMETER

STRANGERS_AN_HOUR = 30  # forms that one network may put aside without a session that we know
LONGEST_ADDRESS = 2000
PATIENCE = 4  # how many times too large a form may be for us to read its text all the same


class SignInFirst(Exception):
    """This page is for people who are signed in, and this visitor is not."""


@dataclass(frozen=True)
class Visitor:
    """Who sends this request: the account of the session, and whether that session still lives."""

    account_id: int | None
    is_signed_in: bool


Ask = Callable[[], Visitor]


def kept_fields(path: str) -> MultiDict[str, str] | None:
    """Return what was kept of a form sent to ``path``, if this request brings the token that opens it.

    None without such a token; also if it is more than a week old, of another path or account.
    """
    visitor, token = _visitor(), request.args.get(PARAMETER, "")
    if not token or not visitor.is_signed_in or visitor.account_id is None:
        return None
    kept = keptforms.find(token, path, account_id=visitor.account_id)
    if kept is None:
        return None
    session[PARAMETER] = token  # the form that saves it may not send the token back
    return MultiDict(kept.fields)


def forget_kept(path: str) -> None:
    """Throw away the kept form that filled in the one just saved at ``path``, if one did."""
    token = request.values.get(PARAMETER) or session.get(PARAMETER)
    account_id = _visitor().account_id
    if not token or account_id is None:
        return
    session.pop(PARAMETER, None)
    kept = keptforms.find(token, path, account_id=account_id)
    if kept is not None:
        keptforms.throw_away(kept)


def init_kept(app: Flask) -> None:
    """Let ``app`` keep what comes too late. Nobody is known until the room of accounts tells who is asking."""
    app.extensions.setdefault("visitor", lambda: Visitor(None, False))
    app.register_error_handler(CSRFError, late_form)
    app.register_error_handler(SignInFirst, _signed_out)
    app.register_error_handler(RequestEntityTooLarge, _too_large)


def _visitor() -> Visitor:
    return current_app.extensions["visitor"]()


def _keep(visitor: Visitor) -> str | None:
    """Put aside what this request sent; None if there is nothing, too much, or this network sends too often."""
    if (
        request.path.endswith(".json") or request.method != "POST"
    ):  # a script's: it has the text still, and tries again
        return None
    fields = keptforms.worth_keeping(request.form.lists())
    if not fields or len(request.path) > LONGEST_PATH or "\0" in request.path:
        return None
    if visitor.account_id is None:
        try:
            allow("web.kept", visitor_network(), amount=STRANGERS_AN_HOUR, seconds=3600)
        except TooMany:
            return None
    return keptforms.put_aside(request.path, fields, account_id=visitor.account_id)


def _address_of_form(token: str | None) -> str:
    """Return where the form of this request stands, with ``token`` to fill it in.

    A form may be sent to an address that shows nothing itself: then the nearest page above it.
    """
    path, query = request.path, _query()
    while path != "/" and not request_ctx.url_adapter.test(path, "GET"):  # type: ignore[union-attr]
        path, query = path.rstrip("/").rpartition("/")[0] + "/", []
    mine = [f"{PARAMETER}={token}"] if token else []
    return _address(
        path, [part for part in query if not part.startswith(f"{PARAMETER}=")] + mine, needed=mine
    )


def _query() -> list[str]:
    """Return the parts of the query as they were sent."""
    sent = request.query_string.decode("ascii", "replace").replace("\\", "%5C")
    return [part for part in sent.split("&") if part]


def _address(path: str, query: list[str], *, needed: list[str]) -> str:
    """Return ``path`` with ``query``, or with as much of it as is ``needed`` when it gets too long."""
    quoted = quote(path, safe="/:@!$&'()*+,;=~")
    whole = "?".join([quoted, "&".join(query)] if query else [quoted])
    return whole if len(whole) <= LONGEST_ADDRESS else "?".join([quoted, *needed])


def late_form(error: CSRFError) -> Any:
    """Answer a form whose token is missing, too old, or of a session that has ended."""
    if not is_desk(request.path):
        return error_page(400, _lost())
    visitor = _visitor()
    if not visitor.is_signed_in:
        return _to_sign_in(visitor)
    token = _keep(visitor)
    said = _("This form has expired. What you typed is kept: send it again.") if token else _lost()
    return error_page(400, said, links=[{"text": _("Open the form again"), "url": _address_of_form(token)}])


def _lost() -> str:
    return _("This form has expired. Go back, reload the page and send it again.")


def _signed_out(error: SignInFirst) -> Any:
    """Lead to the sign-in page, and from there back to where the visitor was going."""
    return _to_sign_in(_visitor())


def _to_sign_in(visitor: Visitor) -> Any:
    if request.path.endswith(".json") or "Tus-Resumable" in request.headers:  # a script's
        return error_page(403, _("Your session has ended. Log in again to go on."))
    if request.method in ("GET", "HEAD"):
        wanted = _address(request.path, _query(), needed=[])
    else:
        wanted = _address_of_form(_keep(visitor))
    door = "account.login" if is_personal(request.path) else "accounts.sign_in"
    return redirect(url_for(door, next=wanted), 303)


def _too_large(error: RequestEntityTooLarge) -> Any:
    """Answer a file that is too large; an officer's text beside it is read and kept all the same."""
    limit = current_app.config["MAX_CONTENT_LENGTH"] or 0
    size = request.content_length or 0
    if not is_desk(request.path) or not is_too_large_a_file() or size > PATIENCE * limit:
        return error_page(413)
    visitor = _visitor()
    if not visitor.is_signed_in:
        return error_page(413)
    request.max_content_length = PATIENCE * limit
    request._get_file_stream = _Nowhere  # type: ignore[method-assign]
    try:
        token = _keep(visitor)
    except RequestEntityTooLarge:  # it is the text that is too long
        token = None
    if token is None:
        return error_page(413)
    said = _(
        "The file is too large: %(size)s, for a limit of %(max)s. Your other entries are kept.", **sizes()
    )
    return error_page(413, said, links=[{"text": _("Open the form again"), "url": _address_of_form(token)}])


class _Nowhere(BytesIO):
    """Where a file goes that nobody will look at."""

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__()

    def write(self, data: Any) -> int:
        """Say that all of ``data`` is written."""
        return len(data)
