"""Where officers see who reads a text before its hour, and change it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template
from flask_babel import gettext as _

from app.accounts.guards import me, needs
from app.editorial import rules, service
from app.editorial.models import Edition, Item
from app.embargoes.beside import embargoes
from app.embargoes.forms import RegroupForm
from app.refusals import Refusal
from app.writing.desk.decisions import chosen, offer_groups
from app.writing.desk.door import about, both
from app.writing.sections import Section, at_desk

__all__ = ["desk", "embargoes"]
desk = Blueprint("early_access", __name__, url_prefix="/desk")
PLACE = "/<section:section>/<int:item_id>/<language>"


@desk.route(f"{PLACE}/early")
@needs("media_accounts")
def show(section: Section, item_id: int, language: str) -> str:
    """List who has opened the text before its hour: when first, when last, how often."""
    item, edition = both(section, item_id, language)
    return render_template("embargoes/readers.html", **about(section, item, edition, language))


@desk.route(f"{PLACE}/early/groups", methods=["GET", "POST"])
@needs("publish")
def groups(section: Section, item_id: int, language: str) -> Any:
    """Open the text to other groups, while its hour is still to come."""
    item, edition = both(section, item_id, language)
    form, status = RegroupForm(), 422
    offered = offer_groups(form)
    values = about(section, item, edition, language)
    if not form.is_submitted():
        form.groups.data = [str(group.id) for group in values["ahead"].groups]
    if form.validate_on_submit():
        try:
            service.regroup(edition, chosen(form, offered), reason=form.reason.data or "", by=me())
        except Refusal as refusal:
            form.blame(refusal)
            status = 409 if isinstance(refusal, rules.WrongState) else 422
        else:
            flash(_("Changed. It holds from now on."))
            return redirect(_here(item, edition), 303)
    body = render_template("embargoes/groups.html", form=form, **values)
    return body, status if form.has_errors else 200


def _here(item: Item, edition: Edition) -> str:
    return at_desk(edition.type, item.id, edition.language)
