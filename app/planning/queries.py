"""What the calendar shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from app.database import db
from app.editorial.models import WAITING, Edition, Item, Revision, State
from app.languages import LANGUAGES, current

CLOSE = timedelta(minutes=15)  # two things becoming public within it may take the press from each other
MOST = 1_000  # things in one window


@dataclass(frozen=True)
class Slot:
    """Something at the moment ``at``: a publication or the hours of an event (until ``ends_at``).

    ``languages`` are those in which it happens then; ``state`` is the edition's in ``language``, whose title
    is shown. ``clashes`` are titles of what happens too close to it.
    """

    at: datetime
    ends_at: datetime | None
    is_event: bool
    type: str
    item_id: int
    language: str
    languages: tuple[str, ...]
    title: str
    state: State
    is_cancelled: bool = False
    clashes: tuple[str, ...] = ()

    @property
    def may_move(self) -> bool:
        """Whether its moment can still be changed: what readers have seen cannot."""
        return self.is_event or self.state in WAITING


def between(start: datetime, end: datetime) -> list[Slot]:
    """Return what happens from ``start`` on and before ``end`` (aware), in the order of its hours."""
    slots = [*_publications(start, end), *_events(start, end)]
    return _with_clashes(sorted(slots, key=lambda slot: (slot.at, slot.is_event, slot.item_id)))


def _publications(start: datetime, end: datetime) -> Iterable[Slot]:
    wanted = (
        select(Edition, Revision.title)
        .join(Revision, Revision.id == Edition.current_revision_id)
        .where(Edition.public_from >= start, Edition.public_from < end)
        .order_by(Edition.public_from, Edition.id)
        .limit(MOST)
    )
    together: dict[tuple[Any, int], list[Any]] = {}
    for edition, title in db.session.execute(wanted):
        together.setdefault((edition.public_from, edition.item_id), []).append((edition, title))
    for (moment, _item_id), group in together.items():
        edition, title = _in_our_language(group)
        yield Slot(
            at=moment,
            ends_at=None,
            is_event=False,
            type=edition.type,
            item_id=edition.item_id,
            language=edition.language,
            languages=_ordered(each.language for each, _title in group),
            title=title,
            state=edition.state,
        )


def _events(start: datetime, end: datetime) -> Iterable[Slot]:
    """Events as they are planned, public or not, but for those whose page ended: hours stand in the working text."""
    begins, ends = Revision.facts["starts_at"].as_string(), Revision.facts["ends_at"].as_string()
    from_, until = start.astimezone(UTC).isoformat(), end.astimezone(UTC).isoformat()
    wanted = (
        select(Edition, Revision)
        .join(Revision, Revision.id == Edition.current_revision_id)
        .join(Item, Item.id == Edition.item_id)
        .where(Edition.type == "event", Edition.state != State.WITHDRAWN, begins.is_not(None), begins < until)
        .where(or_(begins >= from_, and_(ends.is_not(None), ends > from_)))
        .order_by(Edition.id)
        .limit(MOST)
    )
    groups: dict[int, list[Any]] = {}
    for edition, revision in db.session.execute(wanted):
        groups.setdefault(edition.item_id, []).append((edition, revision))
    for group in groups.values():
        edition, revision = _in_our_language(group)
        facts = revision.facts
        yield Slot(
            at=datetime.fromisoformat(facts["starts_at"]),
            ends_at=datetime.fromisoformat(facts["ends_at"]) if facts.get("ends_at") else None,
            is_event=True,
            type=edition.type,
            item_id=edition.item_id,
            language=edition.language,
            languages=_ordered(each.language for each, _revision in group),
            title=revision.title,
            state=edition.state,
            is_cancelled=facts.get("state") == "cancelled",
        )


def _in_our_language(group: Sequence[Any]) -> Any:
    return min(group, key=lambda each: (each[0].language != current(), LANGUAGES.index(each[0].language)))


def _ordered(languages: Iterable[str]) -> tuple[str, ...]:
    have = set(languages)
    return tuple(code for code in LANGUAGES if code in have)


def _with_clashes(slots: list[Slot]) -> list[Slot]:
    """Tell each slot of the others that are too close: publications by minutes, events that overlap."""
    close: dict[int, list[str]] = {}
    for number, slot in enumerate(slots):
        for other in range(number + 1, len(slots)):
            later = slots[other]
            if later.at - slot.at > max(CLOSE, (slot.ends_at or slot.at) - slot.at):
                break
            if later.item_id != slot.item_id and _clash(slot, later):
                close.setdefault(number, []).append(later.title)
                close.setdefault(other, []).append(slot.title)
    return [replace(slot, clashes=tuple(close.get(number, ()))) for number, slot in enumerate(slots)]


def _clash(slot: Slot, later: Slot) -> bool:
    if slot.is_cancelled or later.is_cancelled or slot.is_event != later.is_event:
        return False
    if slot.is_event:
        return later.at < (slot.ends_at or slot.at + CLOSE)
    return later.at - slot.at < CLOSE
