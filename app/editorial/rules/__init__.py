"""What is allowed: who may do what, to a text in which state, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln
from flask_babel.speaklater import LazyString

from app.accounts import rules as accounts
from app.editorial.checks import Checked, Context, completeness, structure
from app.editorial.checks.reading import read
from app.editorial.models import WAITING, Edition, Revision, State
from app.refusals import Refusal
from app.text.characters import check_length, length
from app.web.filters import clock_time

TITLE_HARD = 300  # characters as people count them
LEAD_HARD = 2_000
REASON_HARD = 300

RIGHT_OF = {"submit": "write", "approve": "review", "return": "review"}  # other verbs are rights themselves


class Person(Protocol):
    """Somebody who acts at the desk."""

    id: int
    roles: list[str]
    is_active: bool


class NotAllowed(Refusal):
    """This person's role does not include this."""

    message = _l("Your role does not allow this. Ask a publisher.")


class WrongState(Refusal):
    """The text is no longer, or not yet, where this can be done to it."""

    message = _l("The text has moved on in the meantime. Look at its state and try again.")


class OwnWork(Refusal):
    """Four eyes: who wrote the text does not approve it."""

    message = _l("You wrote part of this version: another person must approve it.")


class Stale(Refusal):
    """Somebody saved another version while this one was being written."""

    def __init__(self, newer: Revision) -> None:
        super().__init__(
            _l("While you were writing, another version was saved. Nothing of yours is lost: compare.")
        )
        self.newer = newer


class NotReady(Refusal):
    """Something without which the text cannot be reviewed is missing; ``field`` says where."""


class NeedsReason(NotReady):
    """Something to look at again: it is mended, or let pass with a reason; ``how_many`` there are."""

    def __init__(self, message: Any, field: str, how_many: int) -> None:
        super().__init__(message, field=field)
        self.how_many = how_many


class InThePast(Refusal):
    """A moment for publication that is already over."""

    field = "clock"

    def __init__(self, at: datetime) -> None:
        now = LazyString(lambda: clock_time(at))
        super().__init__(_l("Choose a time in the future. It is %(now)s at the office.", now=now))


def may(person: Person | None, verb: str) -> bool:
    """Whether ``person`` still works here, and one of their roles includes ``verb`` (the accounts' table of rights)."""
    return person is not None and person.is_active and accounts.may(person, RIGHT_OF.get(verb, verb))


def check_may(person: Person, verb: str) -> None:
    """Raise NotAllowed unless one of ``person``'s roles includes ``verb``."""
    if not may(person, verb):
        raise NotAllowed


def check_title(title: str) -> None:
    """Raise Refusal when ``title`` is longer than any page can show. An empty one may be kept in a draft."""
    over = length(title) - TITLE_HARD
    if over > 0:
        raise Refusal(
            _ln(
                "The title is %(num)s character too long: 300 is the limit.",
                "The title is %(num)s characters too long: 300 is the limit.",
                over,
            ),
            field="title",
        )


def check_lead(lead: str) -> None:
    """Raise Refusal when ``lead`` is a body of text rather than a lead."""
    if len(lead) > LEAD_HARD:
        raise Refusal(_l("The lead is too long: 2,000 characters is the limit."), field="lead")


@dataclass(frozen=True)
class Typed:
    """What was typed of the facts and the words that only this type of text has, and what stood there before.

    ``old_facts`` are those of the item's working text, ``old_fields`` the words of this language, empty at the
    first save. ``seen`` are the facts that readers see, or saw last, None when they never saw any.
    """

    facts: dict[str, Any]
    fields: dict[str, Any]
    language: str
    old_facts: dict[str, Any]
    old_fields: dict[str, Any]
    seen: dict[str, Any] | None
    at: datetime


# What a type of text makes of its facts and its words before they are kept; it may refuse them.
TIDIES: dict[str, Callable[[Typed], tuple[dict[str, Any], dict[str, Any]]]] = {}

# From when to when what a type of text tells of happens; a type without hours is not here.
HOURS: dict[str, Callable[[Revision], tuple[datetime | None, datetime | None]]] = {}


def hours(type_: str, revision: Revision) -> tuple[datetime | None, datetime | None]:
    """Return when what ``revision`` tells of begins and ends; None where it has no hours."""
    return HOURS[type_](revision) if type_ in HOURS else (None, None)


def overtaken(revision: Revision, wanted_at: datetime | None) -> datetime | None:
    """Return when what ``revision`` tells of begins, if that is before ``wanted_at``; None if readers are in time.

    An office may want it so: it is told, and not kept from it.
    """
    begins_at, _ends_at = hours(revision.edition.type, revision)
    return begins_at if wanted_at and begins_at and begins_at < wanted_at else None


# What a type of text cannot be reviewed without, besides what all share; each room of texts says it here.
NEEDS: dict[str, Callable[[Revision], list[NotReady]]] = {}
# The types that have a body of text, and a place and a date before it.
DATELINED: set[str] = set()
_OF_DATELINED = {"text-missing", "place-missing", "date-missing"}


def missing(type_: str, revision: Revision) -> list[NotReady]:
    """Return what keeps ``revision``, of an item of ``type_``, from being reviewed, the most important first."""
    text = Checked(
        language="en",  # no sentence of these depends on it
        title=revision.title,
        body=revision.body,
        place=revision.place,
        date=revision.date,
        pictures=revision.pictures,
        faq=revision.fields.get("faq", []),
    )
    reading, context = read(text), Context(today=date(1, 1, 1), has_dateline=type_ in DATELINED)
    found = [*completeness.findings(text, context, reading), *structure.findings(text, context, reading)]
    blocking = [
        NotReady(each.message, field=each.field)
        for each in found
        if each.is_blocking and (type_ in DATELINED or each.rule not in _OF_DATELINED)
    ]
    return blocking + (NEEDS[type_](revision) if type_ in NEEDS else [])


def check_passing(is_blocking: bool, reason: str) -> None:
    """Raise unless a finding may be let pass with ``reason``."""
    if is_blocking:
        raise Refusal(_l("This must be put right: no reason lets it pass."), field="reason")
    check_length(reason, REASON_HARD, "reason")


def check_seen(edition: Edition, seen: int | None) -> None:
    """Raise WrongState when the version that somebody decides about is not the one that they ``seen``.

    None stands for somebody who has just read it, in the same act.
    """
    if seen is not None and (edition.current is None or edition.current.number != seen):
        raise WrongState


def check_submit(edition: Edition, *, by: Person) -> None:
    """Raise unless ``by`` may send the working text of ``edition`` for review, and it is complete.

    A text that had ended is sent as it is, or changed: either way somebody approves it again.
    """
    check_may(by, "submit")
    if edition.state not in (State.DRAFT, State.WITHDRAWN) or edition.current is None:
        raise WrongState
    for gap in missing(edition.type, edition.current):
        raise gap


def check_approval(edition: Edition, *, by: Person, writers: Iterable[int]) -> None:
    """Raise unless ``by`` may approve the text in review.

    ``writers`` are the ids of all who wrote a revision since the last approved one: none of
    them may, whatever their role, because two pairs of eyes are the point of the review.
    """
    check_may(by, "approve")
    if edition.state is not State.IN_REVIEW:
        raise WrongState
    if by.id in set(writers):
        raise OwnWork


def check_return(edition: Edition, *, by: Person, comment: str) -> None:
    """Raise unless ``by`` may send the text in review back, saying what should change."""
    check_may(by, "return")
    if edition.state is not State.IN_REVIEW:
        raise WrongState
    if not comment:
        raise Refusal(_l("Say what should change."), field="comment")


def check_take_back(edition: Edition, *, by: Person) -> None:
    """Raise unless ``by`` may make a draft of it again: its writers from review, editors from approval on."""
    if edition.state not in (State.IN_REVIEW, State.APPROVED, *WAITING):
        raise WrongState
    check_may(by, "submit" if edition.state is State.IN_REVIEW else "publish")


def check_publish(edition: Edition, *, by: Person, wanted_at: datetime | None, at: datetime) -> None:
    """Raise unless ``by`` may publish the approved text, now (``wanted_at`` None) or at a moment after ``at``.

    A text that readers already see is updated at once: two versions waiting for each other's
    hour would make "what is public at 15:00?" a riddle.
    """
    check_may(by, "publish")
    if edition.state is not State.APPROVED:
        raise WrongState
    if edition.approved_revision_id != edition.current_revision_id:
        raise WrongState
    if wanted_at is None:
        return
    if wanted_at <= at:
        raise InThePast(at)
    if edition.public_from is not None and edition.public_from <= at:
        raise Refusal(_l("Readers already see this page: an update is published at once."), field="when")
