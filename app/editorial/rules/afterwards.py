"""What is allowed to a page that readers know: to be changed before their eyes, or to end."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.editorial import rules
from app.editorial.models import Edition, Item, State, Urgency
from app.refusals import Refusal
from app.text.characters import check_length

NOTE_HARD = 300  # characters of what readers are told
TELLING = ("correction", "update")  # kinds that come with a note and a new date
KINDS = (*TELLING, "minor")


class NoKind(Refusal):
    """A public text was to be changed without a word on what that means to its readers."""

    field = "kind"
    message = _l("Say whether readers need to know.")


def check_telling(edition: Edition, *, kind: str, note: str, at: datetime) -> None:
    """Raise unless ``kind`` and ``note`` say what readers are told when they see another version.

    A text that readers do not see has nothing to tell of: its publication is the news.
    """
    if not _is_public(edition, at):
        return
    if kind not in KINDS:
        raise NoKind
    if kind in TELLING and not note:
        if kind == "correction":
            raise Refusal(_l("Say in one sentence what was wrong and what is right"), field="correction")
        raise Refusal(_l("Say in one sentence what is new"), field="update")
    check_length(note, NOTE_HARD, kind)


def check_urgent(edition: Edition, *, by: rules.Person, reason: str) -> None:
    """Raise unless ``by`` may publish the working text alone, with a reason; it must be whole all the same."""
    rules.check_may(by, "urgent")
    if edition.state not in (State.DRAFT, State.IN_REVIEW) or edition.current is None:
        raise rules.WrongState
    if not reason:
        raise Refusal(_l("Say why this cannot wait for a second person."), field="reason")
    check_length(reason, rules.REASON_HARD, "reason")
    for gap in rules.missing(edition.type, edition.current):
        raise gap


def check_confirm(urgency: Urgency | None, *, by: rules.Person, writers: set[int]) -> None:
    """Raise unless ``by`` is a second person for what was published alone: neither its writer nor its publisher."""
    rules.check_may(by, "approve")
    if urgency is None:
        raise rules.WrongState
    if by.id == urgency.by_id or by.id in writers:
        raise rules.OwnWork


def check_withdrawal(edition: Edition, *, by: rules.Person, reason: str, at: datetime) -> None:
    """Raise unless ``by`` may withdraw the page that readers see, with a reason for them."""
    rules.check_may(by, "withdraw")
    if not _is_public(edition, at):
        raise rules.WrongState
    if not reason:
        raise Refusal(_l("Say why: readers will see it on the page."), field="reason")
    check_length(reason, rules.REASON_HARD, "reason")


def check_removal(edition: Edition, *, by: rules.Person, reason: str, sentence: str, at: datetime) -> None:
    """Raise unless ``by`` may remove the page, with a reason for the log and perhaps a sentence for readers."""
    rules.check_may(by, "withdraw")
    _check_known(edition, at)
    if not reason:
        raise Refusal(_l("Say why: it stays in the log, and readers do not see it."), field="log_reason")
    check_length(reason, rules.REASON_HARD, "log_reason")
    check_length(sentence, rules.REASON_HARD, "sentence")


def check_merge(
    edition: Edition,
    into: Item | None,
    *,
    by: rules.Person,
    at: datetime,
    is_known: bool,
    is_circular: bool,
) -> None:
    """Raise unless ``by`` may let the page lead to that of ``into``.

    ``is_known`` says whether readers find something there, ``is_circular`` whether it leads back here.
    """
    rules.check_may(by, "withdraw")
    _check_known(edition, at)
    if into is None:
        raise Refusal(_l("Choose the page that takes its place."), field="target")
    if into.id == edition.item_id:
        raise Refusal(_l("A page cannot take its own place. Choose another."), field="target")
    if is_circular:
        raise Refusal(
            _l("That page was merged into this one: readers would go round in a circle."), field="target"
        )
    if not is_known:
        raise Refusal(_l("Readers cannot see that page. Choose one that is public."), field="target")


def _is_public(edition: Edition, at: datetime) -> bool:
    return edition.public_from is not None and edition.public_from <= at


def _check_known(edition: Edition, at: datetime) -> None:
    """Raise WrongState unless readers see the page, or its text under the notice of a withdrawal."""
    if not _is_public(edition, at) and edition.ending != "withdrawn":
        raise rules.WrongState
