"""The door, and what stands on every page behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError

from app.accounts.guards import me
from app.accounts.rules import same_site_path
from app.forms import Form
from app.languages import LANGUAGES, OWN_NAMES, current
from app.web.errors import error_page
from app.web.public import Link

account = Blueprint("account", __name__)
_again: dict[str, Callable[[], Any]] = {}


def page(template: str, *, form: Any = None, status: int | None = None, **values: Any) -> Response:
    """Render a page of an account: 422 when ``form`` has errors, unless another ``status`` is given.

    ``step`` is (2, 3) for "Step 2 of 3"; ``back_url`` where one came from. The languages lead to the same page with
    the same way back.
    """
    if status is None:
        status = 422 if form is not None and form.has_errors else 200
    shown = render_template(
        template,
        form=form,
        me=me(),
        language_links=_languages(),
        sections=(),
        is_indexed=False,
        **values,
    )
    return make_response(shown, status)


def way_back() -> str | None:
    """Return the page to go back to, as this request brings it; None without one, or for one that is not ours."""
    return same_site_path(request.values.get("next"))


def page_to_return(path: str | None) -> str | None:
    """Return what the page at ``path`` is called, for the button that leads there; None for one without a name."""
    return current_app.extensions["page_name"](path) if path else None


def late(endpoint: str) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Let the decorated function show the form of ``endpoint`` again when its token had expired."""

    def keep(show: Callable[[], Any]) -> Callable[[], Any]:
        _again[endpoint] = show
        return show

    return keep


def say_expired(form: Form) -> None:
    """Say above ``form`` that its token had expired; what was typed still stands in it."""
    form.form_errors.append(_("This form has expired. What you typed is kept: send it again."))


@account.errorhandler(CSRFError)
def expired(error: CSRFError) -> Any:
    """Show a form again whose token was missing, too old, or of another session; nothing was done with it."""
    endpoint = request.endpoint or ""
    is_guarded = hasattr(current_app.view_functions.get(endpoint), "_guard")
    if endpoint in _again and not (is_guarded and me() is None):
        return _again[endpoint]()
    return error_page(
        400,
        _("This form has expired. Go back, reload the page and send it again."),
        links=[{"text": _("Media account"), "url": url_for("account.home")}],
    )


def _languages() -> list[Link]:
    endpoint, known = request.endpoint or "account.home", request.view_args or {}
    if endpoint.endswith((".logout", ".new_code")):
        endpoint = "account.home"
    brought = {name: request.args[name] for name in ("for",) if name in request.args}
    brought |= {"next": back} if (back := way_back()) else {}
    return [
        Link(OWN_NAMES[code], url_for(endpoint, speaks=code, **known, **brought), code, code == current())
        for code in LANGUAGES
    ]
