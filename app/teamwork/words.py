"""How many, who and what, in the words of the page."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.accounts.models import Account
from app.teamwork.models import Assignment
from app.web.filters import near, number

TASK_WORDS = {
    "write": _l("Write it"),
    "translate": _l("Translate it"),
    "review": _l("Review it"),
    "publish": _l("Publish it"),
}


def comments_in_words(count: int) -> str:
    """Say how many comments are open."""
    return ngettext("%(n)s open comment", "%(n)s open comments", count, n=number(count))


def asked_in_words(assignment: Assignment, person: Account, at: datetime) -> str:
    """Say who asked ``person`` for it, and until when."""
    asked = _("Asked by %(name)s", name=assignment.by.name)
    said = _("You took this on") if assignment.by_id == person.id else asked
    if assignment.until is None:
        return said
    until = near(assignment.until)
    late = _("%(said)s, late: until %(time)s", said=said, time=until)
    return late if assignment.until <= at else _("%(said)s, until %(time)s", said=said, time=until)
