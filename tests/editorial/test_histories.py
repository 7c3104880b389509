"""Random histories: people do things to texts in any order while the clock goes on, and the rules hold.

A second newsroom (second_newsroom.py) is told of everything that happens to the first. After each act both
must agree on every state, on what readers see and were told, and on the length of the log. Nothing that
nobody approved is ever public, unless it is marked as one person's; every version that readers saw can
still be shown, by address.

HISTORIES says how many are tried (300); all but the first five are slow. Each part is the same at
every run; a history that fails is told, act by act. pytest -s tells how often each act was done and refused.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam, func, or_, select

from app.audit.log import faults
from app.audit.models import Entry
from app.database import UtcDateTime, db
from app.editorial import queries, service
from app.editorial.models import Edition, Item, Publication, Revision, State, Urgency
from app.editorial.queries import afterwards
from app.prepared import Prepared
from app.refusals import Refusal
from app.releases.models import Release
from app.teamwork.service import restore
from tests import make
from tests.editorial.second_newsroom import MAY, PEOPLE, WAITING, Known, Refused, Second

HISTORIES = int(os.environ.get("HISTORIES", "300"))
AT_ONCE = 25  # histories in one newsroom, one after the other
FEW = 5  # the first of them, for a quick run
ACTS = 7  # after each beginning of a text
TITLES = ("A road map", "A road map", "A bridge", "🎉")
KINDS = ("statement", "speech")
STEPS = (
    *(timedelta(0), timedelta(0), timedelta(0)),
    timedelta(milliseconds=1),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=30),
)
VERBS = (
    *(
        "save",
        "submit",
        "take_back",
        "approve",
        "send_back",
        "publish",
        "withdraw",
        "settle",
        "publish_urgently",
    ),
    *("confirm", "move", "lift", "ask_together", "remove", "merge", "restore"),
)
LIKELY = {
    State.DRAFT: ("submit", "submit", "submit", "submit", "publish_urgently"),
    State.IN_REVIEW: ("approve",),
    State.APPROVED: ("publish",),
    State.PUBLISHED: ("save", "save", "save", "restore", "withdraw", "merge"),
    State.WITHDRAWN: ("save", "submit", "remove", "merge"),
    State.SCHEDULED: ("move", "lift", "save"),
    State.EMBARGO: ("move", "lift", "take_back"),
}
RIGHT_OF = {
    **dict.fromkeys(("save", "submit", "restore"), "write"),
    **dict.fromkeys(("approve", "send_back", "confirm"), "review"),
    "ask_together": "begin",
}
COUNTED = Counter()

# What is asked after each act, of the editions and items since the first of a history.
OURS, AT = Edition.id >= bindparam("edition"), bindparam("at", type_=UtcDateTime)
STATES = Prepared(
    select(
        *(Edition.id, Edition.state, Revision.number, Revision.title, Revision.lead),
        *(Edition.ending, Edition.merged_into_id),
    )
    .join(Revision, Revision.id == Edition.current_revision_id)
    .where(OURS)
)
SHOWN = Prepared(
    queries.public(
        *(Edition.id, Revision.title, Revision.lead, Edition.public_kind, Edition.public_from), at=AT
    ).where(OURS)
)
TOLD = Prepared(
    select(Publication.edition_id, Publication.kind, Revision.number)
    .join(Revision, Revision.id == Publication.revision_id)
    .where(Publication.edition_id >= bindparam("edition"))
    .order_by(Publication.id)
)
ALONE = Prepared(
    select(Urgency.edition_id)
    .where(Urgency.edition_id >= bindparam("edition"))
    .where(Urgency.closed_at.is_(None))
)
LOGGED = Prepared(
    select(func.count().label("entries")).where(
        or_(
            (Entry.thing == "edition") & (Entry.thing_id >= bindparam("edition")),
            (Entry.thing == "item") & (Entry.thing_id >= bindparam("item")),
        )
    )
)


class History:
    """One random history, told to both newsrooms."""

    def __init__(self, frozen, random):
        self.frozen, self.random, self.told = frozen, random, []
        self.second = Second(frozen)

    def live(self):
        first = self.begin("en", None)
        self.act_for_a_while()
        second = self.begin("fr", first.item)
        if self.random.random() < 0.6:
            self.do("ask_together", second)
            for verb in ("submit", "approve", "publish", "save"):
                for known in (first, second):
                    self.do(verb, known)
                    self.agree()
        self.act_for_a_while()
        self.begin("en", None)
        self.act_for_a_while()
        self.act_for_a_while()

    def act_for_a_while(self):
        for _number in range(ACTS):
            self.frozen.at += self.random.choice(STEPS)
            self.act()
            self.agree()

    def begin(self, code, item_id):
        """Begin an item, or its second language, mostly with the facts that it has."""
        known = [each for each in self.second.editions.values() if each.item == item_id]
        kinds = [known[0].revisions[-1][2]] * 4 if known else []
        who, words, kind = "Oksana", self.words(), self.random.choice((*kinds, *KINDS))
        item = db.session.get(Release, item_id) if item_id else Release()
        edition = service.start(
            item, code, self.text(words, code), make.shared(kind=kind), by=make.officer(who)
        )
        if item_id:
            self.second.settle()
        known = Known(edition.id, edition.item_id, code, [(who, words, kind)])
        self.second.editions[edition.id] = known
        self.second.share(known, who, kind)
        self.second.entries += 1
        self.told.append(f"{who} begins {code} of {edition.item_id}")
        return known

    def words(self):
        return self.random.choice(TITLES), self.random.choice(("One.", "Two."))

    @staticmethod
    def text(words, code):
        return make.text(code, title=words[0], lead=words[1])

    def act(self):
        """Let somebody do something, mostly what comes next; both newsrooms must say the same of it."""
        known = self.random.choice(sorted(self.second.editions.values(), key=lambda each: each.id))
        likely = "confirm" if known.urgent else self.random.choice(LIKELY[known.state])
        verb = likely if self.random.random() < 0.7 else self.random.choice(VERBS)
        self.do(verb, known)

    def do(self, verb, known):
        """Let somebody do ``verb``, mostly somebody who may."""
        edition = db.session.get(Edition, known.id)
        able = [name for name, role in PEOPLE.items() if role in MAY[RIGHT_OF.get(verb, "publish")]]
        who = self.random.choice(able if self.random.random() < 0.9 else list(PEOPLE))
        foreseen, real = getattr(self, f"_{verb}", self._plainly(verb))(known, edition)
        person = make.officer(who)
        before = self.second.remember()
        self.told.append(f"{self.frozen.at:%d %H:%M:%S.%f} {who}: {verb} {known.id} ({known.state})")
        try:
            self.second.settle()
            self.second.entries += 1
            foreseen(who)
        except Refused:
            self.second.restore(before)
            self.told.append("  refused")
            COUNTED[f"{verb} refused"] += 1
            with pytest.raises(Refusal):
                real(person)
            db.session.rollback()
        else:
            real(person)
            COUNTED[f"{verb} done"] += 1

    # Each act: how the second newsroom does it, and how the first.

    def _plainly(self, verb):
        reasons = {
            "send_back": {"comment": "The date."},
            "withdraw": {"reason": "In error."},
            "remove": {"reason": "In error."},
        }.get(verb, {})
        return lambda known, edition: (
            lambda who: getattr(self.second, verb)(known, who),
            lambda person: getattr(service, verb)(edition, by=person, **reasons),
        )

    def _settle(self, known, edition):
        def nothing_more(who):
            self.second.entries -= 1

        return nothing_more, lambda person: service.settle()

    def _save(self, known, edition):
        base = len(known.revisions) - (self.random.random() < 0.1)
        words, kind = self.words(), self.random.choice((known.revisions[-1][2], *KINDS))
        kind = kind if self.random.random() < 0.3 else known.revisions[-1][2]
        typed = self.text(words, edition.language)
        return (
            lambda who: self.second.save(known, who, words, kind, base),
            lambda person: service.save(edition, typed, make.shared(kind=kind), base=base, by=person),
        )

    def _restore(self, known, edition):
        base = len(known.revisions) - (self.random.random() < 0.1)
        place, with_shared = self.random.randrange(len(known.revisions)), self.random.random() < 0.5
        wanted = select(Revision).where(Revision.edition_id == known.id, Revision.number == place + 1)
        revision = db.session.scalars(wanted).one()
        return (
            lambda who: self.second.bring_back(known, who, place, with_shared, base),
            lambda person: restore(edition, revision, base=base, by=person, with_shared=with_shared),
        )

    def _approve(self, known, edition):
        seen = len(known.revisions) - (self.random.random() < 0.1)
        return (
            lambda who: self.second.approve(known, who, seen),
            lambda person: service.approve(edition, by=person, seen=seen),
        )

    def _kind(self):
        return self.random.choice(("correction", "update", "minor", "minor", ""))

    def _publish(self, known, edition):
        wait = self.random.choice((None, None, timedelta(0), timedelta(minutes=40), timedelta(hours=20)))
        wanted = None if wait is None else self.frozen.at + wait
        is_embargo, kind = self.random.random() < 0.5, self._kind()
        anyway = self.random.choice(("", "It cannot wait."))
        state = State.PUBLISHED if wanted is None else State.EMBARGO if is_embargo else State.SCHEDULED
        return (
            lambda who: self.second.publish(known, who, wanted, state, kind, anyway),
            lambda person: service.publish(
                edition,
                by=person,
                wanted_at=wanted,
                is_embargo=is_embargo,
                kind=kind,
                note="So.",
                anyway=anyway,
            ),
        )

    def _publish_urgently(self, known, edition):
        kind = self._kind()
        return (
            lambda who: self.second.publish_urgently(known, who, kind),
            lambda person: service.publish_urgently(
                edition, reason="Fire.", by=person, kind=kind, note="So."
            ),
        )

    def _moment(self, known):
        seen = known.public_from if self.random.random() < 0.85 else self.frozen.at
        return seen, self.random.choice(("", *("They end early.", "They end late.") * 3))

    def _move(self, known, edition):
        seen, reason = self._moment(known)
        to = self.frozen.at + self.random.choice(
            (timedelta(0), *(timedelta(minutes=40), timedelta(hours=3)) * 3)
        )
        return (
            lambda who: self.second.move(known, who, to, reason, seen),
            lambda person: service.move(edition, to=to, reason=reason, by=person, seen=seen),
        )

    def _lift(self, known, edition):
        seen, reason = self._moment(known)
        return (
            lambda who: self.second.lift(known, who, reason, seen),
            lambda person: service.lift(edition, reason=reason, by=person, seen=seen),
        )

    def _ask_together(self, known, edition):
        languages = self.random.choice(((), ("fr", "en"), ("fr", "en"), ("en",)))
        return (
            lambda who: self.second.ask_together(known, who, languages),
            lambda person: service.ask_together(edition.item, languages, by=person),
        )

    def _merge(self, known, edition):
        items = {each.item for each in self.second.editions.values()}
        others = sorted(items - {known.item}) if self.random.random() < 0.8 else []
        into = self.random.choice(others or sorted(items))
        return (
            lambda who: self.second.merge(known, who, into),
            lambda person: service.merge(edition, into=db.session.get(Item, into), by=person),
        )

    def agree(self):
        """Fail unless both newsrooms are in the same state, and readers see what they should."""
        db.session.rollback()
        at, first = self.frozen.at, min(self.second.editions)
        states = {number: (State(state), *rest) for number, state, *rest in STATES.rows(edition=first)}
        shown = {number: tuple(rest) for number, *rest in SHOWN.rows(edition=first, at=at)}
        alone = {number for (number,) in ALONE.rows(edition=first)}
        told = {number: [] for number in self.second.editions}
        for number, kind, version in TOLD.rows(edition=first):
            told[number].append((kind, version))
        for known in self.second.editions.values():
            words = known.revisions[-1][1]
            foreseen = (known.state, len(known.revisions), *words, known.ending, known.merged_into)
            assert states[known.id] == foreseen
            assert told[known.id] == [(kind, place + 1) for kind, place in known.publications]
            assert (known.id in alone) is (known.urgent is not None)
            if not known.is_public(at):
                assert known.id not in shown
                continue
            is_marked = known.urgent is not None and known.urgent[0] == known.public
            assert known.public in known.approvals or is_marked, "readers see what nobody approved"
            _who, words, kind = known.revisions[known.public]
            assert shown[known.id] == (*words, kind, known.public_from)
        (logged,) = LOGGED.rows(edition=first, item=self.second.editions[first].item)
        assert logged.entries == self.second.entries

    def look(self, client):
        """Open every page that readers ever knew, and every version of it."""
        for known in self.second.editions.values():
            path = db.session.get(Edition, known.id).path
            if not known.was_public or not path:
                continue
            here = f"/{known.language}/news/{path}"
            told = client.get(here)
            if known.is_public(self.frozen.at):
                assert told.status_code == 200
            elif known.ending == "merged":
                assert told.status_code == (301 if self.second.leads_somewhere(known.merged_into) else 410)
                continue
            elif known.ending == "removed":
                assert told.status_code == 410
                assert known.revisions[known.publications[-1][1]][1][1] not in told.get_data(as_text=True)
                continue
            else:
                assert told.status_code == 200
                assert "Withdrawn on" in told.get_data(as_text=True) or "Retiré le" in told.get_data(
                    as_text=True
                )
            shown = [place for kind, place in known.publications if kind in afterwards.SHOWN]
            if known.state in WAITING and known.is_public(self.frozen.at):
                shown = shown[:0]  # settled by the page that was just opened: compared at the next act
            for number, place in enumerate(shown, 1):
                version = client.get(f"{here}/history/{number}")
                title, lead = known.revisions[place][1]
                assert version.status_code == 200
                assert title in version.get_data(as_text=True)
                assert lead in version.get_data(as_text=True)
            assert client.get(f"{here}/history/{len(shown) + 40}").status_code == 404


PARTS = range(-(-HISTORIES // AT_ONCE))


@pytest.mark.parametrize(
    ("part", "many"),
    [
        pytest.param(0, FEW, id="few"),
        *(pytest.param(part, AT_ONCE, id=str(part), marks=pytest.mark.slow) for part in PARTS),
    ],
)
def test_whatever_people_do_in_whatever_order_the_rules_hold(app, client, frozen, part, many):
    for name, role in PEOPLE.items():
        make.officer(name, role=role)

    @seed(part)
    @settings(
        max_examples=min(many, HISTORIES),
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    @given(random=st.randoms(use_true_random=True))
    def lives(random):
        db.session.rollback()
        history = History(frozen, random)
        COUNTED["histories"] += 1
        try:
            history.live()
            history.look(client)
        except BaseException:
            print(*history.told, sep="\n")
            raise

    lives()
    assert list(faults()) == []
    service.settle()
    db.session.rollback()
    known = select(Edition.item_id).join(Publication, Publication.edition_id == Edition.id).distinct()
    numbered = db.session.scalars(select(Release).where(Release.reference_number.is_not(None))).all()
    assert {each.id for each in numbered} == set(db.session.scalars(known))
    for year in {each.reference_year for each in numbered}:
        given_out = sorted(each.reference_number for each in numbered if each.reference_year == year)
        assert given_out == list(range(1, len(given_out) + 1))
    print(f"\n{part}:", *(f"{words} {count}" for words, count in sorted(COUNTED.items())), sep="\n  ")
