"""What is allowed around a text: what a comment may say, who may be asked to do what, and how long a preview lives."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import Account
from app.accounts.rules import may
from app.editorial.rules import NotAllowed, Person
from app.refusals import Refusal

LONGEST_COMMENT = 2_000
LONGEST_NOTE = 500

# What somebody can be asked to do, and the right that it takes.
TASKS = {"write": "write", "translate": "write", "review": "review", "publish": "publish"}
# The decisions by which it is done, without anybody saying so.
DONE_BY = {
    "write": ("submitted",),
    "translate": ("submitted",),
    "review": ("approved", "returned"),
    "publish": ("published", "scheduled", "corrected", "updated", "edited"),
}


class NotTheirs(Refusal):
    """Somebody is asked for what their roles do not let them do."""

    field = "to"


class Over(Refusal):
    """A moment by which something should be done that has passed already."""

    field = "day"
    message = _l("Choose a day that is still to come.")


def check_may(person: Person, right: str) -> None:
    """Raise NotAllowed unless one of ``person``'s roles has ``right``."""
    if not may(person, right):
        raise NotAllowed


def check_comment(text: str) -> None:
    """Raise Refusal for a comment that says nothing, or too much."""
    if not text:
        raise Refusal(_l("Write your comment."), field="text")
    if len(text) > LONGEST_COMMENT:
        raise Refusal(_l("The comment is too long: 2,000 characters is the limit."), field="text")


def check_assignment(
    *, task: str, to: Account, by: Person, until: datetime | None, note: str, at: datetime
) -> None:
    """Raise unless ``by`` may ask ``to`` to do ``task`` until then. Everybody may take on what they may do."""
    if task not in TASKS:
        raise Refusal(_l("Choose what should be done."), field="task")
    if to.id != by.id:
        check_may(by, "assign")
    if not to.is_active or not may(to, TASKS[task]):
        raise NotTheirs(_l("%(name)s may not do this. Choose somebody else.", name=to.name))
    if until is not None and until <= at:
        raise Over
    if len(note) > LONGEST_NOTE:
        raise Refusal(_l("The note is too long: 500 characters is the limit."), field="note")


def may_close(person: Person, *, to_id: int, by_id: int) -> bool:
    """Whether ``person`` may say that what ``by_id`` asked of ``to_id`` is done, or is no longer asked for."""
    return person.id in (to_id, by_id) or may(person, "assign")
