"""Who has a text open, asked and told by the page's script."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_wtf.csrf import generate_csrf

from app.accounts.guards import me, needs
from app.teamwork import service
from app.teamwork.beside import Around
from app.teamwork.desk.door import desk
from app.writing.desk.door import both
from app.writing.sections import Section


@desk.route("/<section:section>/<int:item_id>/<language>/presence.json", methods=["GET", "POST"])
@needs("write")
def presence(section: Section, item_id: int, language: str) -> dict[str, Any]:
    """Tell who else has the text open; a POST notes that this officer has (or, with ``left``, no longer has) it.

    ``token`` is a fresh one for the page's forms: a page that stays open for days can still be sent.
    """
    item, edition = both(section, item_id, language)
    if request.method == "POST":
        if request.form.get("left"):
            service.leave(edition, by=me())
        else:
            service.attend(edition, by=me())
    return {"others": Around(item, edition, language).others, "token": generate_csrf()}
