"""A second newsroom: a few lists in memory that know the rules in their shortest form.

It is told of everything that happens to the first one, and must foresee each refusal. Revisions are
(who wrote, words, kind); a place in their list stands for one, -1 for none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.editorial.models import State

PEOPLE = {
    "Oksana": "writer",
    "Ivan": "writer",
    "Petro": "translator",
    "Rosa": "reviewer",
    "Amélie": "publisher",
    "Hélène": "publisher",
    "Max": "media_desk",
    "Nora": "newsletter",
    "Ada": "administrator",
}
DECIDE = {"reviewer", "publisher", "administrator"}
MAY = {
    "begin": {"writer", "media_desk"} | DECIDE,
    "write": {"writer", "media_desk", "translator"} | DECIDE,
    "review": DECIDE,
    "publish": {"publisher", "administrator"},
}
WAITING = (State.SCHEDULED, State.EMBARGO)


class Refused(Exception):
    """What the second newsroom foresees."""


def must(is_allowed: Any) -> None:
    """Refuse unless something is so."""
    if not is_allowed:
        raise Refused


def may(who: str, right: str) -> bool:
    """Whether the role of ``who`` has ``right``."""
    return PEOPLE[who] in MAY[right]


@dataclass
class Known:
    """What the second newsroom knows of an edition; ``publications`` are (kind, place of the revision)."""

    id: int
    item: int
    language: str
    revisions: list = field(default_factory=list)
    state: State = State.DRAFT
    approved: int = -1
    approvals: frozenset = frozenset()
    public: int = -1
    public_from: Any = None
    publications: tuple = ()
    ending: str = ""
    merged_into: int | None = None
    urgent: tuple | None = None  # the place of the revision, and who published it alone

    @property
    def last(self) -> int:
        """The place of the working text."""
        return len(self.revisions) - 1

    @property
    def was_public(self) -> bool:
        """Whether readers ever knew it."""
        return bool(self.publications)

    def is_public(self, at: Any) -> bool:
        """Whether readers see it at ``at``."""
        return self.public_from is not None and self.public_from <= at

    def writers(self, upto: int, since: int) -> set:
        """Who wrote a revision after ``since``, up to ``upto``."""
        return {who for who, _words, _kind in self.revisions[since + 1 : upto + 1]}

    def approval_before(self, place: int) -> int:
        """The last approval of an earlier revision."""
        return max([-1, *(each for each in self.approvals if each < place)])

    def forget_moment(self) -> None:
        """Take back its moment."""
        self.public, self.public_from = -1, None


class Second:
    """The second newsroom, for the items of one history. ``entries`` is the length of the log about them."""

    def __init__(self, frozen: Any) -> None:
        self.frozen = frozen
        self.editions: dict[int, Known] = {}
        self.together: dict[int, tuple] = {}
        self.entries = 0

    @property
    def at(self) -> Any:
        """The moment that it is."""
        return self.frozen.at

    def of(self, item: int) -> list[Known]:
        """The editions of an item, in the order in which they were begun."""
        return sorted((each for each in self.editions.values() if each.item == item), key=lambda e: e.id)

    def settle(self) -> None:
        """Publish what is due."""
        due = [each for each in self.editions.values() if each.state in WAITING and each.is_public(self.at)]
        for each in due:
            each.state = State.PUBLISHED
            self.entries += 1
            self.go_public(each)

    def go_public(self, known: Known, kind: str = "") -> None:
        """Note what readers see."""
        kind = kind or ("restored" if known.was_public else "first")
        known.publications = (*known.publications, (kind, known.public))
        known.ending, known.merged_into = "", None

    def company_at_moment(self, known: Known) -> list[Known]:
        """``known``, and those that go live together with it and wait for the same moment."""
        together = self.together.get(known.item, ())
        moment, mine = known.public_from, known.language in together
        return [
            each
            for each in self.of(known.item)
            if each is known
            or (mine and each.language in together and each.state in WAITING and each.public_from == moment)
        ]

    def unschedule(self, known: Known) -> None:
        """Take back a moment; those that would have gone with it are held."""
        if known.state not in WAITING:
            return
        for each in self.company_at_moment(known):
            each.forget_moment()
            if each is not known:
                each.state = State.APPROVED
                self.entries += 1

    def add(self, known: Known, who: str, words: Any, kind: str) -> None:
        """Make a revision the working text."""
        self.unschedule(known)
        known.revisions.append((who, words, kind))
        known.state = State.DRAFT

    def share(self, known: Known, who: str, kind: str) -> None:
        """Bring a shared fact into the other languages."""
        for other in self.of(known.item):
            if other is not known and other.revisions[-1][2] != kind:
                self.add(other, who, other.revisions[-1][1], kind)
                self.entries += 1

    # Each act takes what the real one takes, and raises Refused where that must.

    def save(self, known, who, words, kind, base):
        must(may(who, "write"))
        if known.revisions[-1][1:] == (words, kind):
            self.entries -= 1  # nothing to write down, whoever saved in between
            return
        must(base == len(known.revisions))
        self.share(known, who, kind)
        self.add(known, who, words, kind)

    def bring_back(self, known, who, place, with_shared, base):
        must(may(who, "write") and base == len(known.revisions))
        _who, words, kind = known.revisions[place]
        self.save(known, who, words, kind if with_shared else known.revisions[-1][2], base)

    def submit(self, known, who):
        must(may(who, "write") and known.state in (State.DRAFT, State.WITHDRAWN))
        known.state = State.IN_REVIEW

    def take_back(self, known, who):
        must(known.state in (State.IN_REVIEW, State.APPROVED, *WAITING))
        must(may(who, "write" if known.state is State.IN_REVIEW else "publish"))
        self.unschedule(known)
        known.state = State.DRAFT

    def approve(self, known, who, seen):
        must(may(who, "review") and known.state is State.IN_REVIEW and seen == len(known.revisions))
        since = known.approved if known.approved < known.last else known.approval_before(known.last)
        must(who not in known.writers(known.last, since))
        known.state, known.approved = State.APPROVED, known.last
        known.approvals |= {known.last}

    def send_back(self, known, who):
        must(may(who, "review") and known.state is State.IN_REVIEW)
        known.state = State.DRAFT

    def publish(self, known, who, wanted, state, kind, anyway):
        must(may(who, "publish") and known.state is State.APPROVED)
        must(wanted is None or (wanted > self.at and not known.is_public(self.at)))
        must(kind or not known.is_public(self.at))
        ready = self.company(known, wanted, anyway)
        self.show(known, wanted, state, kind)
        for other in ready:
            if other.state is State.APPROVED:
                self.show(other, wanted, state, "")
                self.entries += 1

    def company(self, known, wanted, anyway):
        together = self.together.get(known.item, ())
        if known.language not in together or known.was_public:
            return []
        others = {each.language: each for each in self.of(known.item)}
        found = [others.get(code) for code in together if code != known.language]
        found = [each for each in found if each is None or not each.was_public]
        ready = [
            each
            for each in found
            if each is not None
            and (each.state is State.APPROVED or (each.state in WAITING and each.public_from == wanted))
        ]
        must(anyway or len(ready) == len(found))
        return ready

    def show(self, known, wanted, state, kind):
        was_public = known.is_public(self.at)
        if not was_public:
            known.public_from = wanted or self.at
        known.public, known.state, known.urgent = known.approved, state, None
        if wanted is None:
            self.go_public(known, kind if was_public else "")

    def publish_urgently(self, known, who, kind):
        must(may(who, "publish") and known.state in (State.DRAFT, State.IN_REVIEW))
        was_public = known.is_public(self.at)
        must(kind or not was_public)
        if not was_public:
            known.public_from = self.at
        known.public, known.state, known.urgent = known.last, State.PUBLISHED, (known.last, who)
        self.go_public(known, kind if was_public else "")

    def confirm(self, known, who):
        must(may(who, "review") and known.urgent is not None)
        place, by = known.urgent
        must(who != by and who not in known.writers(place, known.approval_before(place)))
        known.approved = max(known.approved, place)
        known.approvals |= {place}
        known.urgent = None

    def move(self, known, who, to, reason, seen):
        must(may(who, "publish") and known.state in WAITING and seen == known.public_from)
        must(to > self.at and to != known.public_from)
        must(reason or known.state is State.SCHEDULED)
        going = self.company_at_moment(known)
        for each in going:
            each.public_from = to
        self.entries += len(going) - 1

    def lift(self, known, who, reason, seen):
        must(may(who, "publish") and known.state in WAITING and seen == known.public_from)
        must(reason or known.state is State.SCHEDULED)
        going = self.company_at_moment(known)
        for each in going:
            each.public_from, each.state = self.at, State.PUBLISHED
            self.go_public(each)
        self.entries += len(going) - 1

    def ask_together(self, known, who, languages):
        must(may(who, "begin") and len(languages) != 1)
        if self.together.get(known.item, ()) == languages:
            self.entries -= 1
        self.together[known.item] = languages

    def withdraw(self, known, who):
        must(known.is_public(self.at))
        self.end(known, who, "withdrawn")

    def remove(self, known, who):
        self.end(known, who, "removed")

    def merge(self, known, who, into):
        must(into is not None and into != known.item)
        must(not self.is_merged_into(into, known.item) and self.leads_somewhere(into))
        self.end(known, who, "merged")
        known.merged_into = into

    def end(self, known, who, ending):
        must(may(who, "publish"))
        must(known.is_public(self.at) or known.ending == "withdrawn")
        known.publications = (*known.publications, (ending, known.publications[-1][1]))
        known.forget_moment()
        known.state, known.ending, known.merged_into, known.urgent = State.WITHDRAWN, ending, None, None

    def leads_somewhere(self, item):
        been = set()
        while item is not None and item not in been:
            been.add(item)
            if any(each.is_public(self.at) or each.ending == "withdrawn" for each in self.of(item)):
                return True
            item = next((each.merged_into for each in self.of(item) if each.merged_into), None)
        return False

    def is_merged_into(self, item, other):
        been, following = set(), {item}
        while following := following - been:
            been |= following
            following = {each.merged_into for each in self.editions.values() if each.item in following} - {
                None
            }
            if other in following:
                return True
        return False

    def remember(self):
        known = {
            number: dict(vars(each), revisions=list(each.revisions)) for number, each in self.editions.items()
        }
        return known, dict(self.together), self.entries

    def restore(self, before):
        known, self.together, self.entries = before
        for number, values in known.items():
            vars(self.editions[number]).update(values)
