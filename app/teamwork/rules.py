"""What is allowed around a text: what a comment may say, who may be asked to do what, and how long a preview lives."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import Account
from app.accounts.rules import may
from app.editorial.models import WAITING, Edition, State
from app.editorial.rules import NotAllowed, Person
from app.refusals import Refusal
from app.teamwork.models import PreviewLink

LONGEST_COMMENT = 2_000
LONGEST_NOTE = 500
LONGEST_MILESTONE = 80
LONGEST_NAME = 120
MOST_PREVIEWS = 50  # alive at the same time, for one text

# What somebody can be asked to do, and the right that it takes.
TASKS = {"write": "write", "translate": "write", "review": "review", "publish": "publish"}
# The decisions by which it is done, without anybody saying so.
DONE_BY = {
    "write": ("submitted",),
    "translate": ("submitted",),
    "review": ("approved", "returned", "confirmed"),
    "publish": ("published", "scheduled", "corrected", "updated", "edited"),
}


class NotADraft(Refusal):
    """Saving by itself would void what was decided about this text."""

    message = _l("This is not a draft: what you type is kept in this browser until you save it.")


class SharedChange(Refusal):
    """Saving by itself would change the other languages."""

    message = _l("Not saved yet: you changed something that all languages share. Save it yourself.")


class SomebodyElse(Refusal):
    """Another person has signed in in the same browser since the page was opened."""

    message = _l("Not saved: somebody else is logged in in this browser now.")


class NotTheirs(Refusal):
    """Somebody is asked for what their roles do not let them do."""

    field = "to"


class TaskOver(Refusal):
    """What somebody is asked for has been done already."""

    field = "task"


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


def check_task(task: str, edition: Edition, *, is_urgent: bool) -> None:
    """Raise TaskOver when nothing is left of ``task`` to do. An urgent publication waits for a second look."""
    if task == "review" and edition.state in (State.APPROVED, *WAITING, State.PUBLISHED) and not is_urgent:
        raise TaskOver(_l("This version is approved already."))
    if task == "publish" and edition.state in WAITING:
        raise TaskOver(_l("It becomes public by itself at its hour."))
    if task == "publish" and edition.state is State.PUBLISHED:
        raise TaskOver(_l("Readers see this version already."))


def may_close(person: Person, *, to_id: int, by_id: int) -> bool:
    """Whether ``person`` may say that what ``by_id`` asked of ``to_id`` is done, or is no longer asked for."""
    return person.id in (to_id, by_id) or may(person, "assign")


def check_milestone(name: str) -> None:
    """Raise Refusal for a name that no list could show."""
    if len(name) > LONGEST_MILESTONE:
        raise Refusal(_l("The name is too long: 80 characters is the limit."), field="name")


def check_preview(name: str, *, alive: int) -> None:
    """Raise Refusal for a link for nobody, or when as many are ``alive`` as one text may have."""
    if not name or len(name) > LONGEST_NAME:
        raise Refusal(_l("Say who gets the link, in at most 120 characters."), field="name")
    if alive >= MOST_PREVIEWS:
        raise Refusal(_l("This text has 50 links already. Revoke one first."), field="name")


def seen(edition: Edition, at: datetime) -> int | None:
    """Return the id of the version that readers see at ``at``, None when they see none."""
    is_public = edition.public_from is not None and edition.public_from <= at
    return edition.public_revision_id if is_public else None


def end_of(link: PreviewLink, edition: Edition, *, at: datetime) -> str:
    """Return how ``link`` ended: revoked, expired, or published (readers see what they did not); "" while it lives."""
    if link.revoked_at is not None:
        return "revoked"
    if at >= link.expires_at:
        return "expired"
    became_public = edition.first_public_at is not None and edition.first_public_at > link.at
    was_updated = edition.updated_at is not None and edition.updated_at >= link.at
    return "published" if became_public or was_updated or seen(edition, at) != link.seen_id else ""
