"""Random sendings: carriers work, die and come back while readers leave and officers hold or stop it.

After each step the numbers add up to whoever the sending is for, and nothing that was settled comes undone. Whatever
happened, every sending comes to an end, and then everybody has an answer. What the mail server knows is counted
here: nobody who is to get the mail is skipped, nobody gets it twice but for a kill or a connection that broke between
the last byte and the answer, and never under another Message-ID.

Each history is the same at every run; one that fails is told, step by step.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.database import db
from app.mail.relay import Answer, Fate
from app.mailings import queries, rules, service
from app.mailings.rules import NotNow
from app.mailings.service import Ended, Leased
from app.newsletter.models import Delivery, DeliveryState, IssueState, Subscriber, SuppressionReason
from app.newsletter.service import erase, leave, suppress
from tests.mailings import mailing

ANSWERS = {
    Fate.ACCEPTED: Answer(Fate.ACCEPTED, 250, "2.0.0"),
    Fate.LATER: Answer(Fate.LATER, 450, "4.2.1"),
    Fate.REFUSED: Answer(Fate.REFUSED, 554, "5.7.1"),
    Fate.UNTOUCHED: Answer(Fate.UNTOUCHED, 0, ""),
    Fate.IN_DOUBT: Answer(Fate.IN_DOUBT, 0, ""),
}
OVER = {
    DeliveryState.ACCEPTED, DeliveryState.REFUSED, DeliveryState.SUPPRESSED, DeliveryState.LEFT,
    DeliveryState.STOPPED,
}  # fmt: skip
CARRIERS = ("one", "two")
WAITS = (timedelta(seconds=1), timedelta(minutes=3), rules.LEASE * 1.5, rules.LONGEST_WAIT * 2)
# What may happen, and how likely it is beside the others.
STEPS = {
    "take": 8, "begin": 8, "end": 16, "give_back": 1, "die": 1, "wait": 3, "turn_away": 2, "come_late": 1, "hold": 1,
    "finish": 2,
}  # fmt: skip
LENGTH = 60  # steps of a history; it may be stopped for good in the last third


class Sending:
    """One issue to a handful of readers; what each carrier has in its memory, and what the mail server took."""

    def __init__(self, number: int, frozen) -> None:
        self.frozen, self.chance = frozen, random.Random(number)
        self.name = f"history{number}-"
        self.told: list[str] = []
        self.joined = 0
        self.leased: dict[str, list[Leased]] = {"one": [], "two": []}
        self.begun: dict[str, list[Leased]] = {"one": [], "two": []}
        self.taken = Counter[str]()  # by Message-ID: how often the mail server took it
        self.doubts = Counter[str]()  # and how often nobody could know whether it had
        self.settled: dict[int, str] = {}
        self.moves = Counter[int]()  # how often each person moved to another address
        self.gone: set[int] = set()  # who left, was suppressed or erased
        self.join(6)
        self.issue = service.start(mailing.issue())
        self.plan_all()

    def join(self, number: int) -> None:
        mailing.readers(number, first=self.joined, name=self.name)
        self.joined += number

    def plan_all(self) -> None:
        while service.plan_window(self.issue.id):
            pass

    def person(self, place: int) -> Subscriber:
        found = select(Subscriber).where(
            Subscriber.email_key == f"{self.name}{place % self.joined}@example.org"
        )
        return db.session.scalars(found).first()

    def deliveries(self) -> dict[int, Delivery]:
        db.session.expire_all()
        mine = db.session.scalars(select(Delivery).where(Delivery.issue_id == self.issue.id))
        return {each.subscriber_id: each for each in mine}

    def live(self) -> None:
        """Let one thing happen after the other, then bring the sending to its end."""
        for step in self.chance.choices(list(STEPS), STEPS.values(), k=LENGTH):
            if len(self.told) > LENGTH * 2 / 3 and self.chance.random() < 0.02:
                self.steer("stop")
            self.told.append(step)
            getattr(self, step)()
            self.adds_up()
        self.come_to_an_end()

    # What carriers do

    def take(self) -> None:
        carrier = self.chance.choice(CARRIERS)
        self.leased[carrier] += service.take(carrier, self.chance.randint(1, 4))

    def begin(self, carrier: str = "") -> None:
        carrier = carrier or self.chance.choice(CARRIERS)
        wanted, self.leased[carrier] = self.leased[carrier], []
        granted = service.note(carrier, [], wanted)
        assert not self.gone & {person for _issue, person in granted}, "written to after they had left"
        begun = [each for each in wanted if each.key in granted]
        for each in begun:
            assert each.token_version == self.moves[each.subscriber_id], "written to at the old address"
        self.begun[carrier] += begun

    def end(self, carrier: str = "", fate: Fate | None = None) -> None:
        carrier = carrier or self.chance.choice(CARRIERS)
        if not self.begun[carrier]:
            return
        mail, fate = self.begun[carrier].pop(0), fate or self.chance.choice(list(ANSWERS))
        self.told.append(f"  {carrier}: {mail.email} {fate.name}")
        self.hear(mail, fate)
        service.note(carrier, [Ended(mail, ANSWERS[fate])], [])

    def hear(self, mail: Leased, fate: Fate) -> None:
        is_taken = fate is Fate.ACCEPTED or (fate is Fate.IN_DOUBT and self.chance.random() < 0.5)
        self.taken[mail.message_id] += is_taken
        self.doubts[mail.message_id] += fate is Fate.IN_DOUBT

    def give_back(self) -> None:
        carrier = self.chance.choice(CARRIERS)
        service.give_back(carrier, self.leased[carrier])
        self.leased[carrier] = []

    def die(self, carrier: str = "") -> None:
        carrier = carrier or self.chance.choice(CARRIERS)
        for mail in self.begun[carrier]:
            self.hear(mail, Fate.IN_DOUBT)
        self.leased[carrier], self.begun[carrier] = [], []

    def wait(self) -> None:
        """A carrier that stood still for longer than its leases lives on, and may hear of its mails afterwards."""
        step = self.chance.choice(WAITS)
        if step >= rules.LEASE:
            self.doubts.update(mail.message_id for mails in self.begun.values() for mail in mails)
        self.frozen.at += step
        service.recover()

    # What readers and officers do

    def turn_away(self) -> None:
        person, how = (
            self.person(self.chance.randrange(self.joined)),
            self.chance.choice(("leaves", "suppressed", "erased", "moved")),
        )
        if person is None:  # erased before
            return
        self.told.append(f"  {person.email} {how}")
        if how == "moved":
            self.moves[person.id] += 1
            mailing.change(person.email, token_version=self.moves[person.id])
            return
        self.gone.add(person.id)
        if how == "leaves":
            leave(person, how="link")
        elif how == "suppressed":
            suppress(person.email, reason=SuppressionReason.ADMINISTRATOR, source="test")
        else:
            erase(person)

    def come_late(self) -> None:
        """Somebody joins, and the issue is looked at again because an edition came."""
        self.join(1)
        self.steer("again")
        self.plan_all()

    def hold(self) -> None:
        self.steer("pause")
        self.adds_up()
        self.take()
        self.steer("resume")
        self.plan_all()

    def finish(self) -> None:
        service.finish(self.issue.id)

    def steer(self, what: str) -> None:
        known = {} if what == "again" else {"by": None}
        try:
            getattr(service, what)(self.issue, **known)
            self.told.append(f"  {what}")
        except NotNow:
            db.session.rollback()

    # What always holds

    def adds_up(self) -> None:
        db.session.expire_all()
        numbers, deliveries = queries.numbers(self.issue.id), self.deliveries()
        assert numbers.recipients == self.issue.recipients == sum(numbers[1:-1]) == len(deliveries)
        for person, state in self.settled.items():
            assert deliveries[person].state == state, "what was settled came undone"
        self.settled = {person: each.state for person, each in deliveries.items() if each.state in OVER}
        for message, times in self.taken.items():
            assert times <= 1 + self.doubts[message], "a mail came twice without reason"

    def come_to_an_end(self) -> None:
        """All carriers die; whatever is left is taken by a new one."""
        for carrier in CARRIERS:
            self.die(carrier)
        for _ in range(rules.MOST_REPEATS + 2):
            self.frozen.at += rules.LONGEST_WAIT + rules.LEASE
            service.recover()
            self.leased["one"] = service.take("one", 50)
            self.begin("one")
            while self.begun["one"]:
                self.end("one", Fate.ACCEPTED)
            self.finish()
            self.adds_up()
        db.session.refresh(self.issue)
        assert self.issue.state in (IssueState.SENT, IssueState.STOPPED)
        assert queries.numbers(self.issue.id).open == 0
        known = {each.message_id for each in self.deliveries().values()}
        assert set(self.taken) <= known, "a repeat has another Message-ID"
        for person, each in self.deliveries().items():
            was_given_up = each.repeats > rules.MOST_REPEATS or rules.is_given_up(each.attempts)
            if each.state == DeliveryState.ACCEPTED:
                assert self.taken[each.message_id]
            elif self.issue.state == IssueState.SENT and person not in self.gone:
                assert each.state == DeliveryState.REFUSED or was_given_up, "somebody was skipped"


@pytest.mark.parametrize("number", range(20))
def test_the_numbers_add_up_and_nobody_is_skipped_whatever_happens(app, frozen, number):
    sending = Sending(number, frozen)
    try:
        sending.live()
    except BaseException:
        print(*sending.told, sep="\n")
        raise
