"""Making a Message from templates/mails/<name>/, in the language of who will read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app
from jinja2 import TemplateNotFound

from app.languages import speaking
from app.mail.message import Message


def render(
    name: str,
    /,
    *,
    key: str,
    to: str,
    language: str,
    headers: Mapping[str, str] | None = None,
    return_path: str | None = None,
    **values: Any,
) -> Message:
    """Return the mail ``name`` for ``to``, with subject.txt, body.txt and, where there is one, body.html.

    Addresses in it begin with ``site``, our own PUBLIC_URL, and are never taken from a request.
    """
    config = current_app.config
    with speaking(language):
        around = {
            "language": language,
            "organisation": config["ORGANISATION"][language],
            "press_phone": config["PRESS_PHONE"],
            "press_email": config["PRESS_EMAIL"],
            "site": config["PUBLIC_URL"],
        }
        known = around | values
        subject = _template(f"mails/{name}/subject.txt").render(known)
        text = _template(f"mails/{name}/body.txt").render(known)
        try:
            html: str | None = _template(f"mails/{name}/body.html").render(known)
        except TemplateNotFound as missing:
            if missing.name != f"mails/{name}/body.html":
                raise
            html = None
    return Message(
        key=key, to=to, subject=subject, text=f"{text.strip()}\n", html=html, language=language,
        headers=headers or {}, return_path=return_path,
    )  # fmt: skip


def _template(path: str) -> Any:
    """Return a template without what surrounds pages: that knows of a request, and there is none."""
    return current_app.jinja_env.get_template(path)
