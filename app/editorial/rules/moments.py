"""What is allowed to a moment that was set, and to languages that are to go live at the same one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from app.accreditation.models import Group
from app.editorial import rules
from app.editorial.models import WAITING, Edition, State
from app.languages import LANGUAGES, OWN_NAMES
from app.refusals import Refusal
from app.text.characters import check_length


class Moved(rules.WrongState):
    """Somebody set another moment while the page was open; ``moment`` is the one that stands now (aware)."""

    message = _l("The moment was changed while this page was open. Look at the new one and try again.")

    def __init__(self, moment: datetime | None) -> None:
        super().__init__()
        self.moment = moment


class Apart(Refusal):
    """Languages that are to go live with this one do not: ``languages`` are their codes."""

    field = "anyway"

    def __init__(self, languages: Collection[str], message: Any) -> None:
        self.languages = tuple(languages)
        super().__init__(message)


class Late(Apart):
    """They are not approved, or not begun."""

    def __init__(self, languages: Collection[str]) -> None:
        told = _l(
            "These languages are to go live together, and are not approved: %(names)s. "
            "Wait for them, or say why this one goes first.",
            names=_own_names(languages),
        )
        super().__init__(languages, told)


class OtherMoment(Apart):
    """They wait for another moment."""

    def __init__(self, languages: Collection[str]) -> None:
        told = _l(
            "These languages are to go live together, and wait for another moment: %(names)s. "
            "Choose the same one, or say why this one does not.",
            names=_own_names(languages),
        )
        super().__init__(languages, told)


def _own_names(languages: Collection[str]) -> str:
    return ", ".join(OWN_NAMES[code] for code in languages)


@dataclass(frozen=True)
class Company:
    """The languages that are to go live with an edition for the first time.

    ``ready`` can go at the moment that is wanted, ``late`` are codes of those that are not approved, or
    not begun, ``elsewhen`` of those that wait for another moment.
    """

    ready: tuple[Edition, ...] = ()
    late: tuple[str, ...] = ()
    elsewhen: tuple[str, ...] = ()


def company(edition: Edition, editions: Iterable[Edition], *, wanted_at: datetime | None) -> Company:
    """Return who goes live with ``edition`` at ``wanted_at`` (None: now); ``editions`` are all of its item.

    Only a first publication has company: an edition that readers knew before goes alone.
    """
    together = edition.item.together
    if edition.language not in together or edition.first_public_at is not None:
        return Company()
    others = {each.language: each for each in editions if each.id != edition.id}
    ready, late, elsewhen = [], [], []
    for code in (code for code in LANGUAGES if code in together and code != edition.language):
        other = others.get(code)
        if other is None:
            late.append(code)
        elif other.first_public_at is not None:
            continue
        elif other.state in WAITING and other.public_from != wanted_at:
            elsewhen.append(code)
        elif other.state in (State.APPROVED, *WAITING):
            ready.append(other)
        else:
            late.append(code)
    return Company(tuple(ready), tuple(late), tuple(elsewhen))


def with_same_moment(edition: Edition, editions: Iterable[Edition], moment: datetime | None) -> list[Edition]:
    """Return ``edition``, and those of ``editions`` that go live together with it and wait for the same ``moment``."""
    together = edition.item.together if edition.language in edition.item.together else ()
    return [
        each
        for each in editions
        if each.id == edition.id
        or (each.language in together and each.state in WAITING and each.public_from == moment)
    ]


def check_company(found: Company, *, anyway: str) -> None:
    """Raise Late or OtherMoment unless all go live together, or ``anyway`` says why one goes first."""
    if anyway:
        check_length(anyway, rules.REASON_HARD, "anyway")
        return
    if found.late:
        raise Late(found.late)
    if found.elsewhen:
        raise OtherMoment(found.elsewhen)


def check_together(languages: Sequence[str], *, by: rules.Person) -> None:
    """Raise unless ``by`` may ask that ``languages`` go live together: none, or at least two of ours."""
    rules.check_may(by, "begin")
    if not set(languages) <= set(LANGUAGES) or len(set(languages)) == 1:
        raise Refusal(_l("Choose at least two languages, or none."), field="together")


def check_groups(groups: Iterable[Group]) -> None:
    """Raise Refusal for a group that opens nothing. No group at all is allowed: then officers alone read the text."""
    for group in groups:
        if group.is_closed:
            raise Refusal(_l("This group is closed: choose another."), field="groups")


def check_regroup(
    edition: Edition, groups: Iterable[Group], *, by: rules.Person, reason: str, at: datetime
) -> None:
    """Raise unless ``by`` may open the text under embargo to ``groups`` instead, with a reason for the log."""
    rules.check_may(by, "publish")
    if edition.state is not State.EMBARGO or edition.public_from is None or edition.public_from <= at:
        raise rules.WrongState
    check_groups(groups)
    if not reason:
        raise Refusal(_l("Say why: it stands in the log."), field="reason")
    check_length(reason, rules.REASON_HARD, "reason")


def check_not_moved(edition: Edition, seen: datetime | None, *, at: datetime) -> None:
    """Raise Moved when ``seen``, the moment that somebody looked at, is not the one that is set."""
    if edition.state in WAITING and edition.public_from != seen:
        raise Moved(edition.public_from)


def check_move(
    edition: Edition,
    *,
    by: rules.Person,
    wanted_at: datetime | None,
    reason: str,
    seen: datetime | None,
    at: datetime,
) -> None:
    """Raise unless ``by`` may set another moment for a text that waits for one (``wanted_at`` None: let it go now).

    Those who were told of an embargo relied on it: moving or lifting it takes a reason.
    """
    rules.check_may(by, "publish")
    if edition.state not in WAITING:
        raise rules.WrongState
    check_not_moved(edition, seen, at=at)
    if wanted_at is not None and wanted_at <= at:
        raise rules.InThePast(at)
    if wanted_at is not None and wanted_at == edition.public_from:
        raise Refusal(_l("This is the moment that is set already."), field="clock")
    if edition.state is State.EMBARGO and not reason:
        raise Refusal(_l("Say why: an embargo is a promise to those who were told of it."), field="reason")
    check_length(reason, rules.REASON_HARD, "reason")
