"""Random histories: people do things to texts in any order while the clock goes on, and the rules hold.

A second newsroom, a few lists in memory, is told of everything that happens to the first. It knows
the rules in their shortest form, and must foresee each refusal; after each act both must agree on
every state, on what readers see, on the numbers given, and on the length of the log.

HISTORIES says how many are tried (300; `make test-quick` tries the first 50 of them). A failure
names its seed: HISTORY=<seed> repeats it alone.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.audit.log import faults
from app.audit.models import Entry
from app.database import db
from app.editorial import queries, service
from app.editorial.models import Edition, Revision, State
from app.refusals import Refusal
from app.releases import presenting
from app.releases.models import Release
from tests import make

HISTORIES = int(os.environ.get("HISTORIES", "300"))
TOGETHER = 25  # histories in one newsroom, one after the other
QUICKLY = 50
SEEDS = [int(os.environ["HISTORY"])] if "HISTORY" in os.environ else range(0, HISTORIES, TOGETHER)
ACTS = 12
TITLES = ("A road map", "A road map", "A bridge", "🎉")
KINDS = ("statement", "speech")
PEOPLE = {"Oksana": 1, "Ivan": 1, "Amélie": 2, "Hélène": 2, "Ada": 3}
STEPS = (
    timedelta(0),
    timedelta(milliseconds=1),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=30),
)
WAITING = (State.SCHEDULED, State.EMBARGO)
SEEN = (Revision.title, Revision.lead, Edition.public_kind, Edition.public_from, Edition.path)


@dataclass
class Known:
    """What the second newsroom knows of an edition. Revisions are (who wrote, words, kind)."""

    id: int
    item: int
    revisions: list = field(default_factory=list)
    state: State = State.DRAFT
    approved: int = -1  # places in the list of revisions; -1 is before the first
    public: int = -1
    public_from: object = None
    was_public: bool = False
    approvals: set = field(default_factory=set)
    paths: set = field(default_factory=set)

    def add(self, who, words, kind):
        self.unschedule()
        self.revisions.append((who, words, kind))
        self.state = State.DRAFT

    def unschedule(self):
        if self.state in WAITING:
            self.public, self.public_from = -1, None

    def writers(self):
        before = self.approved
        if before == len(self.revisions) - 1:  # approved as it stands, and to be approved once more
            before = max([-1, *(each for each in self.approvals if each < before)])
        return {who for who, _words, _kind in self.revisions[before + 1 :]}

    def is_public(self, at):
        return self.public_from is not None and self.public_from <= at


class Refused(Exception):
    """What the second newsroom foresees."""


class Second:
    """The second newsroom."""

    def __init__(self, frozen):
        self.frozen, self.editions, self.numbered = frozen, {}, []
        self.entries = self.by_itself = 0

    def settle(self):
        due = [
            each
            for each in self.editions.values()
            if each.state in WAITING and each.is_public(self.frozen.at)
        ]
        for each in sorted(due, key=lambda each: (each.public_from, each.id)):
            each.state = State.PUBLISHED
            self.entries, self.by_itself = self.entries + 1, self.by_itself + 1
            self.number(each)

    def number(self, known):
        known.was_public = True
        if known.item not in self.numbered:
            self.numbered.append(known.item)

    def share(self, known, who, kind):
        for other in self.editions.values():
            if other.item == known.item and other.id != known.id and other.revisions[-1][2] != kind:
                other.add(who, other.revisions[-1][1], kind)
                self.entries += 1

    # Each act takes what the real one takes, and raises Refused where that must.

    def save(self, known, who, words, kind, base):
        self.must(base == len(known.revisions))
        self.share(known, who, kind)
        if known.revisions[-1][1:] == (words, kind):
            self.entries -= 1  # nothing to write down
        else:
            known.add(who, words, kind)

    def submit(self, known, who):
        self.must(known.state in (State.DRAFT, State.WITHDRAWN))
        known.state = State.IN_REVIEW

    def take_back(self, known, who):
        self.must(
            known.state is State.IN_REVIEW or (known.state in (State.APPROVED, *WAITING) and PEOPLE[who] > 1)
        )
        known.unschedule()
        known.state = State.DRAFT

    def approve(self, known, who):
        self.must(PEOPLE[who] > 1 and known.state is State.IN_REVIEW and who not in known.writers())
        known.state, known.approved = State.APPROVED, len(known.revisions) - 1
        known.approvals.add(known.approved)

    def send_back(self, known, who):
        self.must(PEOPLE[who] > 1 and known.state is State.IN_REVIEW)
        known.state = State.DRAFT

    def publish(self, known, who, wanted_at, state, kind):
        at = self.frozen.at
        self.must(PEOPLE[who] > 1 and known.state is State.APPROVED)
        self.must(known.approved == len(known.revisions) - 1)
        self.must(wanted_at is None or (wanted_at > at and not known.is_public(at)))
        self.must(kind or not known.is_public(at))
        if not known.is_public(at):
            known.public_from = wanted_at or at
        known.public, known.state = known.approved, state
        if wanted_at is None:
            self.number(known)

    def withdraw(self, known, who):
        self.must(PEOPLE[who] > 1 and known.is_public(self.frozen.at))
        known.state, known.public_from = State.WITHDRAWN, None

    @staticmethod
    def must(is_allowed):
        if not is_allowed:
            raise Refused


class History:
    """One random history, told to both newsrooms."""

    def __init__(self, second, seed):
        self.second, self.random, self.told = second, random.Random(seed), []
        self.frozen = second.frozen

    def live(self):
        for code in ("en", "fr"):
            self.begin(code)
            for _number in range(ACTS // 2):
                self.frozen.at += self.random.choice(STEPS)
                self.act()
                self.agree()

    def begin(self, code):
        """Begin an item, or its second language."""
        who, words, kind = self.chosen()
        mine = self.mine()
        item = db.session.get(Release, mine[0].item) if mine else Release()
        edition = service.start(
            item, code, self.text(words, code), make.shared(kind=kind), by=make.officer(who)
        )
        if mine:
            self.second.settle()
        known = Known(edition.id, edition.item_id, [(who, words, kind)])
        self.second.editions[edition.id] = known
        self.second.share(known, who, kind)
        self.second.entries += 1
        self.told.append(f"{who} begins {code} of {edition.item_id}")
        self.mine_ids = [*getattr(self, "mine_ids", []), edition.id]

    def mine(self):
        return [self.second.editions[number] for number in getattr(self, "mine_ids", [])]

    def chosen(self):
        words = (self.random.choice(TITLES), self.random.choice(("One.", "Two.")))
        return self.random.choice(list(PEOPLE)), words, self.random.choice(KINDS)

    @staticmethod
    def text(words, code):
        return make.text(code, title=words[0], lead=words[1])

    def act(self):
        """Let somebody do something, mostly what comes next; both newsrooms must say the same of it."""
        known = self.random.choice(self.mine())
        edition = db.session.get(Edition, known.id)
        who, words, kind = self.chosen()
        verb, mine, real = self.decision(known, edition, who, words, kind)
        person = make.officer(who)
        before = self.remember()
        self.told.append(f"{self.frozen.at:%d %H:%M:%S.%f} {who}: {verb} {known.id} ({known.state})")
        try:
            self.second.settle()
            self.second.entries += 1
            mine()
        except Refused:
            self.restore(before)
            with pytest.raises(Refusal):
                real(person)
            db.session.rollback()
        else:
            real(person)

    def decision(self, known, edition, who, words, kind):
        """Choose an act; return its name and how each newsroom does it."""
        second, chance = self.second, self.random.random()
        likely = {
            State.DRAFT: "submit", State.IN_REVIEW: "approve", State.APPROVED: "publish", State.PUBLISHED: "save",
            State.WITHDRAWN: "save", State.SCHEDULED: "publish", State.EMBARGO: "take_back",
        }[known.state]  # fmt: skip
        verbs = ("save", "submit", "take_back", "approve", "send_back", "publish", "withdraw", "settle")
        verb = likely if chance < 0.55 else self.random.choice(verbs)
        if verb == "save":
            base = len(known.revisions) - (self.random.random() < 0.1)
            typed = self.text(words, edition.language)
            return (
                f"save {words} {kind} on {base}",
                lambda: second.save(known, who, words, kind, base),
                lambda person: service.save(edition, typed, make.shared(kind=kind), base=base, by=person),
            )
        if verb == "publish":
            wait = self.random.choice(
                (None, None, timedelta(minutes=-5), timedelta(0), timedelta(minutes=40), timedelta(hours=20))
            )
            wanted = None if wait is None else self.frozen.at + wait
            is_embargo = self.random.random() < 0.5
            told = self.random.choice(("correction", "update", "minor", "minor", ""))
            state = State.PUBLISHED if wanted is None else State.EMBARGO if is_embargo else State.SCHEDULED
            return (
                f"publish at {wanted}",
                lambda: second.publish(known, who, wanted, state, told),
                lambda person: service.publish(
                    edition, by=person, wanted_at=wanted, is_embargo=is_embargo, kind=told, note="So."
                ),
            )
        if verb == "settle":

            def nothing_more():
                second.entries -= 1

            return verb, nothing_more, lambda person: service.settle()
        more = {"send_back": {"comment": "The date."}, "withdraw": {"reason": "In error."}}.get(verb, {})
        return (
            verb,
            lambda: getattr(second, verb)(known, who),
            lambda person: getattr(service, verb)(edition, by=person, **more),
        )

    def remember(self):
        known = {
            number: (each, dict(vars(each)), list(each.revisions))
            for number, each in self.second.editions.items()
        }
        return known, list(self.second.numbered), self.second.entries, self.second.by_itself

    def restore(self, before):
        known, self.second.numbered, self.second.entries, self.second.by_itself = before
        for each, values, revisions in known.values():
            vars(each).update(values)
            each.revisions = revisions

    def agree(self):
        """Fail unless both newsrooms are in the same state, and readers see what they should."""
        db.session.rollback()
        at = self.frozen.at
        for known in self.mine():
            edition = db.session.get(Edition, known.id)
            assert edition.state is known.state
            assert edition.current.number == len(known.revisions)
            assert [edition.current.title, edition.current.lead] == list(known.revisions[-1][1])
            row = db.session.execute(queries.public(*SEEN).where(Edition.id == known.id)).first()
            if not known.is_public(at):
                assert row is None
                continue
            assert known.public in known.approvals, "readers see what nobody approved"
            _who, words, kind = known.revisions[known.public]
            assert (row.title, row.lead, row.public_kind, row.public_from) == (
                *words,
                kind,
                known.public_from,
            )
            known.paths.add((edition.language, row.path))
            shown = presenting.page(queries.page("release", edition.language, row.path), edition.language)
            assert (shown.title, shown.id) == (words[0], known.id)


@pytest.fixture
def second(app, frozen):
    """An empty second newsroom, beside an empty first one."""
    for name, rank in PEOPLE.items():
        make.officer(name, role={1: "writer", 2: "publisher", 3: "administrator"}[rank])
    return Second(frozen)


def lives(second, first) -> Iterator[History]:
    """Live several histories, one after the other, in the same newsroom."""
    for seed in range(first, first + TOGETHER):
        history = History(second, seed)
        try:
            history.live()
        except BaseException:
            print(f"HISTORY={first}, of which {seed} failed", *history.told, sep="\n")
            raise
        yield history


@pytest.mark.parametrize(
    "first", [pytest.param(seed, marks=pytest.mark.slow if seed >= QUICKLY else ()) for seed in SEEDS]
)
def test_whatever_people_do_in_whatever_order_the_rules_hold(second, client, frozen, first):
    for _history in lives(second, first):
        pass

    logged = select(func.count()).select_from(Entry).where(Entry.thing == "edition")
    assert db.session.scalar(logged) == second.entries
    assert db.session.scalar(logged.where(Entry.account_id.is_(None))) == second.by_itself
    assert list(faults()) == []

    numbered = db.session.scalars(select(Release).where(Release.reference_number.is_not(None))).all()
    assert {each.id for each in numbered} == set(second.numbered)
    for year in {each.reference_year for each in numbered}:
        given = sorted(each.reference_number for each in numbered if each.reference_year == year)
        assert given == list(range(1, len(given) + 1))

    for known in second.editions.values():
        edition = db.session.get(Edition, known.id)
        kept = {each.number: each for each in queries.revisions(known.id)}
        for number, (_who, words, kind) in enumerate(known.revisions, 1):
            assert (kept[number].title, kept[number].lead, kept[number].kind) == (*words, kind)
        # The two newsrooms spoke of each other's moments last when somebody did something: look once more.
        for code, path in known.paths:
            told = client.get(f"/{code}/news/{path}")
            if known.is_public(frozen.at):
                assert told.status_code in (200, 301), (path, told.status_code)
                here = f"/{edition.language}/news/{edition.path}"
                assert told.request.path == here if told.status_code == 200 else told.location == here
            else:
                assert told.status_code in (200, 301), (path, known)
                assert told.status_code == 301 or b"Withdrawn on" in told.data
