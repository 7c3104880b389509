"""A draft that saves itself, asked by the page's script."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from app import clock
from app.accounts.guards import me, needs
from app.editorial.rules import Stale
from app.refusals import Refusal
from app.teamwork import rules, service
from app.teamwork.desk.door import desk
from app.text.numbers import number
from app.web.filters import clock_time
from app.writing.desk.door import both
from app.writing.sections import Section


@desk.route("/<section:section>/<int:item_id>/<language>/autosave.json", methods=["POST"])
@needs("write")
def autosave(section: Section, item_id: int, language: str) -> Any:
    """Save what was typed so far, and say so: {said, number, token}; {said, why} with 409 or 422 when it is not kept.

    ``why`` is conflict, state, shared, somebody (else is signed in) or typed (something cannot be read).
    """
    _item, edition = both(section, item_id, language)
    form = section.form()
    section.prepare(form)
    if request.form.get("account") != str(me().id):
        return _not_kept(rules.SomebodyElse(), "somebody", 409)
    if not form.validate():
        said = _("Not saved yet: %(problem)s", problem=_first(form.errors))
        return {"said": said, "why": "typed"}, 422
    try:
        service.autosave(
            edition,
            lambda: section.save(edition, form, base=number(form.base.data), by=me()),
            by=me(),
        )
    except Stale as stale:
        newer = {"v": stale.newer.number, "name": stale.newer.author.name}
        said = _(
            "While you were writing, version %(v)s was saved (%(name)s, %(time)s).",
            time=clock_time(stale.newer.made_at),
            **newer,
        )
        return {"said": said, "why": "conflict"}, 409
    except rules.NotADraft as refusal:
        return _not_kept(refusal, "state", 409)
    except rules.SharedChange as refusal:
        return _not_kept(refusal, "shared", 409)
    except Refusal as refusal:
        said = _("Not saved yet: %(problem)s", problem=refusal.message)
        return {"said": said, "why": "typed"}, 422
    service.attend(edition, by=me())
    said = _("Saved at %(time)s", time=clock_time(clock.now()))
    return {
        "said": said,
        "number": edition.current.number if edition.current else 0,
        "token": generate_csrf(),
    }


def _not_kept(refusal: Refusal, why: str, status: int) -> tuple[dict[str, str], int]:
    return {"said": str(refusal.message), "why": why}, status


def _first(errors: Any) -> str:
    """Return the first sentence in a form's errors, however deep it lies."""
    while not isinstance(errors, str) and errors:
        if isinstance(errors, dict):
            errors = next((each for each in errors.values() if each), "")
        elif isinstance(errors, (list, tuple)):
            errors = next((each for each in errors if each), "")
        else:
            break
    return str(errors)
