"""Mails that were kept because there is no mail server, for administrators: a demonstration can invite people."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, render_template

from app.accounts.guards import needs
from app.mail import outbox

desk = Blueprint("outbox", __name__, url_prefix="/desk/mails")


@desk.route("/")
@needs("people")
def index() -> str:
    """List the mails that were kept."""
    _only_without_server()
    return render_template("desk/mails.html", mails=outbox.newest())


@desk.route("/<name>")
@needs("people")
def show(name: str) -> str:
    """Show one of them, as text."""
    _only_without_server()
    mail = outbox.by_name(name)
    if mail is None:
        abort(404)
    return render_template("desk/mail.html", mail=mail)


def _only_without_server() -> None:
    """Where mails are posted nothing is kept, and there is no such page."""
    if current_app.config["MAIL_SERVER"]:
        abort(404)
