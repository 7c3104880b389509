"""Mails on their way to a real server: whatever happens there, nobody is skipped and each number adds up."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.database import db
from app.jobs.ledger import Job
from app.mail.relay import Answer, Fate
from app.mailings import carrier as carriers
from app.mailings import jobs, queries, rules, service
from app.mailings.carrier import Brake, Carrier, Server
from app.mailings.rules import NotNow
from app.mailings.service import Ended
from app.newsletter.models import Delivery, Issue, IssueState, Subscriber
from tests import make
from tests.mailings import mailing
from tests.newsletter import people
from tests.sink import Sink
from tests.waiting import until


@pytest.fixture
def sink(app, monkeypatch):
    """Start a server with the options of the test, and let the newsroom post there."""
    running: list[Sink] = []

    def start(*options: str, connections: int = 4) -> Sink:
        running.append(Sink(*options))
        for name, value in {
            "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": running[-1].port, "MAIL_USE_TLS": False,
            "MAIL_TIMEOUT_SECONDS": 2, "NEWSLETTER_CONNECTIONS": connections,
        }.items():  # fmt: skip
            monkeypatch.setitem(app.config, name, value)
        return running[-1]

    yield start
    for each in running:
        each.stop()


@pytest.fixture
def mailing_of(app):
    """Plan an issue to so many readers."""

    def plan(number: int = 3, **known) -> Issue:
        if number:
            mailing.readers(number)
        issue = service.start(mailing.issue(**known))
        while service.plan_window(issue.id):
            pass
        return issue

    return plan


def carry(seconds: float = 20) -> int:
    return Carrier("test", seconds=seconds, beat=lambda done: None, is_stopping=lambda: False).run()


def states(issue: Issue) -> dict[str, str]:
    rows = db.session.execute(
        select(Subscriber.email, Delivery.state)
        .join(Subscriber, Subscriber.id == Delivery.subscriber_id)
        .where(Delivery.issue_id == issue.id)
    )
    return {row.email.split("@")[0]: row.state for row in rows}


def adds_up(issue: Issue) -> bool:
    numbers = queries.numbers(issue.id)
    return numbers.recipients == issue.recipients == sum(numbers[1:-1])


def test_everybody_gets_it_once_with_their_own_links(sink, mailing_of):
    server, issue = sink(), mailing_of(50)
    assert carry() == 50
    assert set(server.readers().values()) == {1}
    assert len(server.readers()) == 50
    numbers = queries.numbers(issue.id)
    assert (numbers.accepted, numbers.open, adds_up(issue)) == (50, 0, True)
    assert service.finish(issue.id)
    assert issue.state == IssueState.SENT
    assert issue.finished_at
    assert not service.finish(issue.id)
    assert carry() == 0


def as_a_batch():
    """Return how this machine shares the cores with a thread that asks to be a batch."""

    def ask() -> int:
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
        return os.sched_getscheduler(0)

    with ThreadPoolExecutor(1) as alone:
        return alone.submit(ask).result()


def test_it_lets_pages_go_first_for_as_long_as_it_carries(sink, mailing_of):
    sink(), mailing_of(3)
    seen, before = [], os.sched_getscheduler(0)
    Carrier(
        "test", seconds=20, beat=lambda done: seen.append(os.sched_getscheduler(0)), is_stopping=lambda: False
    ).run()
    assert set(seen) == {as_a_batch()}
    assert os.sched_getscheduler(0) == before


@pytest.mark.parametrize("options", [("--plain",), ("--delay", "0.01")], ids=["no extensions", "slow"])
def test_any_server_will_do(sink, mailing_of, options):
    server, issue = sink(*options), mailing_of(12)
    carry()
    assert len(server.readers()) == queries.numbers(issue.id).accepted == 12


def test_one_who_is_refused_stops_nobody_else_and_is_never_written_to_again(sink, mailing_of):
    server = sink()
    nobody = people.subscriber("nobody@example.org")
    issue = mailing_of(5)
    carry()
    assert states(issue)["nobody"] == "refused"
    assert queries.numbers(issue.id).accepted == 5
    assert adds_up(issue)
    db.session.refresh(nobody)
    assert nobody.state == "refused"
    assert [tuple(each) for each in queries.reasons(issue.id)] == [("refused", 550, "5.1.1", 1)]
    assert "nobody@example.org" not in server.readers()


def test_a_server_that_refuses_our_own_address_says_nothing_about_readers(sink, mailing_of):
    server, zoe = sink("--no-sender"), people.subscriber()
    issue = mailing_of(0)
    carry()
    assert (queries.numbers(issue.id).refused, server.count()) == (1, 0)
    db.session.refresh(zoe)
    assert zoe.state == "active"


@pytest.mark.parametrize(
    ("code", "status", "is_about_reader", "state"),
    [
        (550, "5.1.1", True, "refused"), (550, "", True, "refused"), (550, "5.1.1", False, "active"),
        (550, "5.1.8", True, "active"), (553, "5.1.7", True, "active"), (554, "", True, "active"),
        (550, "5.7.1", True, "active"),
    ],
)  # fmt: skip
def test_an_address_is_suppressed_by_an_answer_about_it_alone(
    mailing_of, code, status, is_about_reader, state
):
    reader = people.subscriber()
    mailing_of(0)
    (leased,) = service.take("x", 5)
    service.note_refusal(Ended(leased, Answer(Fate.REFUSED, code, status, is_about_reader)))
    db.session.refresh(reader)
    assert reader.state == state


def test_what_is_put_off_comes_again_later_and_is_no_refusal(sink, mailing_of, frozen):
    server, issue = sink("--greylist"), mailing_of(3)
    carry()
    numbers = queries.numbers(issue.id)
    assert (numbers.deferred, numbers.refused, server.count()) == (3, 0, 0)
    assert not queries.is_due(issue.id, frozen.at)
    assert not service.finish(issue.id)
    frozen.at += rules.FIRST_WAIT
    carry()
    assert queries.numbers(issue.id).accepted == 3
    assert adds_up(issue)


def test_what_is_put_off_for_two_days_is_given_up_however_old_its_issue_is(app, mailing_of, frozen):
    issue = mailing_of(1)
    frozen.at += timedelta(days=30)  # it came late: in a language that was missing, or after a long pause
    begins = frozen.at
    for tries in range(1, rules.MOST_TRIES + 1):
        (leased,) = service.take("x", 5)
        service.note("x", [], [leased])
        service.note("x", [Ended(leased, Answer(Fate.LATER, 450, "4.2.0"))], [])
        frozen.at += rules.wait(tries)
    numbers = queries.numbers(issue.id)
    assert (numbers.stopped, numbers.refused, numbers.open) == (1, 0, 0)
    assert timedelta(days=1.8) < frozen.at - begins < timedelta(days=2.2)


def test_a_server_that_says_good_bye_in_the_middle_is_asked_again(sink, mailing_of, monkeypatch):
    monkeypatch.setattr(carriers, "BREAKER_SECONDS", (0.01,) * 50)
    server, issue = sink("--bye-every", "7"), mailing_of(40)
    carry()
    assert len(server.readers()) == queries.numbers(issue.id).accepted == 40
    assert set(server.readers().values()) == {1}


def test_a_mail_in_doubt_is_sent_once_more_under_the_same_message_id(sink, mailing_of, frozen, monkeypatch):
    monkeypatch.setattr(carriers, "BREAKER_SECONDS", (0.01,) * 50)
    server, issue = sink("--drop-every", "9", connections=1), mailing_of(9)
    carry()
    assert queries.numbers(issue.id).deferred == queries.numbers(issue.id).repeats == 1
    frozen.at += rules.FIRST_WAIT
    carry()
    assert len(server.readers()) == 9
    assert server.count() == 10
    assert len({message for message, _reader in server.taken()}) == 9
    assert queries.numbers(issue.id).accepted == 9


def test_a_server_that_never_answers_after_the_text_is_not_asked_for_ever(
    sink, mailing_of, frozen, monkeypatch
):
    monkeypatch.setattr(carriers, "BREAKER_SECONDS", (0.01,) * 50)
    server, issue = sink("--drop-every", "1"), mailing_of(1)
    for _ in range(10):
        carry()
        frozen.at += rules.LONGEST_WAIT
    assert states(issue) == {"reader0": "stopped"}
    assert server.count() == rules.MOST_REPEATS + 1


def test_a_server_that_is_away_costs_nobody_a_try(sink, mailing_of, monkeypatch):
    monkeypatch.setattr(carriers, "BREAKER_SECONDS", (0.01, 0.01))
    server, issue = sink(), mailing_of(4)
    server.stop()
    with pytest.raises(Server):
        carry()
    assert {row.state for row in db.session.scalars(select(Delivery))} == {"queued"}
    assert {row.attempts for row in db.session.scalars(select(Delivery))} == {0}
    server.start()
    carry()
    assert queries.numbers(issue.id).accepted == 4


def test_connections_that_fail_together_are_one_failure(sink, mailing_of, monkeypatch):
    monkeypatch.setattr(carriers, "BREAKER_SECONDS", (0.3, 60))
    server, issue = sink(connections=16), mailing_of(60)
    server.stop()
    mine = Carrier("test", seconds=0.25, beat=lambda done: None, is_stopping=lambda: False)
    with pytest.raises(Server):
        mine.run()
    assert mine._failures == 1
    assert queries.numbers(issue.id).queued == 60


def test_a_carrier_asks_again_in_a_minute_and_its_tries_are_not_used_up(sink, run_jobs, monkeypatch, frozen):
    monkeypatch.setattr("app.mailings.jobs.TURN_SECONDS", 0.05)
    server, issue = sink(), mailing.issue()
    mailing.readers(3)
    service.start(issue)
    server.stop()
    for _ in range(3):
        run_jobs()
        (job,) = db.session.scalars(select(Job).where(Job.name == queries.CARRY, Job.state == "queued"))
        assert (job.attempts, job.wanted_at - frozen.at) == (0, timedelta(minutes=1))
        frozen.at += timedelta(minutes=1)
    server.start()
    monkeypatch.setattr("app.mailings.jobs.TURN_SECONDS", 20)
    run_jobs()
    db.session.refresh(issue)
    assert (server.count(), issue.state) == (3, IssueState.SENT)


def test_a_server_that_hangs_is_left_after_its_time(sink, mailing_of, monkeypatch, app):
    monkeypatch.setattr("app.mail.relay.WHOLE_SECONDS", 0.3)
    sink("--delay", "30", connections=1)
    monkeypatch.setitem(app.config, "MAIL_TIMEOUT_SECONDS", 0.3)
    issue = mailing_of(1)
    carry(seconds=2)
    assert queries.numbers(issue.id).repeats == 1
    assert states(issue) == {"reader0": "deferred"}


# While the database is busy


@pytest.fixture
def busy(monkeypatch):
    """Let so many of the next notes fail, as on a database that somebody else keeps locked."""

    def fail(times: int) -> None:
        note, left = service.note, [times]

        def once(carrier: str, ended: list[Ended], begun: list) -> set:
            if ended and left[0]:
                left[0] -= 1
                raise OperationalError("UPDATE delivery", {}, Exception("database is locked"))
            return note(carrier, ended, begun)

        monkeypatch.setattr(service, "note", once)

    monkeypatch.setattr(carriers, "KEPT_SECONDS", (0,) * 6)
    return fail


def test_what_became_of_mails_is_kept_until_the_database_takes_it(sink, mailing_of, busy):
    server, issue = sink(), mailing_of(20)
    busy(2)
    carry()
    assert set(server.readers().values()) == {1}
    assert queries.numbers(issue.id).accepted == 20


def test_a_carrier_that_gives_up_keeps_what_it_knows_in_the_end(sink, mailing_of, busy):
    server, issue = sink(), mailing_of(20)
    busy(carriers.TROUBLES + 2)
    with pytest.raises(OperationalError):
        carry()
    numbers = queries.numbers(issue.id)
    assert (numbers.accepted, numbers.queued, numbers.under_way) == (server.count(), 20 - server.count(), 0)
    assert server.count() >= 1


def test_a_carrier_that_fails_hears_what_is_under_way(sink, mailing_of):
    server, issue = sink("--delay", "0.1"), mailing_of(4)
    beats = []

    def beat(done):
        beats.append(done)
        if len(beats) > 1:
            raise RuntimeError

    mine = Carrier("test", seconds=20, beat=beat, is_stopping=lambda: False)
    while not mine._under_way:
        mine._turn()
    mine._next_beat = 0
    with pytest.raises(RuntimeError):
        mine.run()
    assert server.count() == queries.numbers(issue.id).accepted >= 1
    assert queries.numbers(issue.id).under_way == 0


# While it is sent


def test_who_moved_since_it_was_leased_is_written_to_at_the_new_address(sink, mailing_of):
    server, issue = sink(), mailing_of(1)
    leased = service.take("test", 10)
    mailing.change("reader0@example.org", email="new@example.org", token_version=1)
    assert service.note("test", [], leased) == set()
    assert queries.numbers(issue.id).queued == 1
    carry()
    assert list(server.readers()) == ["new@example.org"]


def test_who_leaves_before_their_turn_gets_nothing(sink, mailing_of):
    server, issue = sink(), mailing_of(3)
    leased = service.take("test", 10)
    mailing.change("reader1@example.org", state="left")
    people.suppress("unknown@example.org")
    mailing.change("reader2@example.org", address_hash=people.digest("unknown@example.org"), state="left")
    granted = service.note("test", [], leased)
    assert [key[1] for key in granted] == [leased[0].subscriber_id]
    assert states(issue) == {"reader0": "sending", "reader1": "left", "reader2": "suppressed"}
    assert adds_up(issue)
    assert server.count() == 0


def test_a_held_sending_begins_no_mail_and_goes_on_later(sink, mailing_of):
    server, issue, nora = sink(), mailing_of(5), make.officer("Nora")
    leased = service.take("test", 2)
    service.pause(issue, by=nora)
    assert service.note("test", [], leased) == set()
    assert carry() == 0
    assert queries.numbers(issue.id).queued == 5
    with pytest.raises(NotNow):
        service.pause(issue, by=nora)
    service.resume(issue, by=nora)
    while service.plan_window(issue.id):
        pass
    assert carry() == 5 == server.count()


def test_a_stopped_sending_tells_how_many_got_it(sink, mailing_of):
    _server, issue, nora = sink(), mailing_of(6), make.officer("Nora")
    leased = service.take("test", 2)
    service.note("test", [], leased[:1])
    service.stop(issue, by=nora)
    numbers = queries.numbers(issue.id)
    assert (numbers.stopped, numbers.under_way) == (5, 1)
    service.note("test", [Ended(leased[0], Answer(Fate.ACCEPTED, 250, ""))], [])
    service.give_back("test", leased)
    assert (queries.numbers(issue.id).accepted, queries.numbers(issue.id).stopped, adds_up(issue)) == (
        1,
        5,
        True,
    )
    assert carry() == 0
    for act in (service.pause, service.resume, service.stop):
        with pytest.raises(NotNow):
            act(issue, by=nora)


def test_too_many_refusals_hold_a_sending_until_somebody_looked(sink, mailing_of, monkeypatch, frozen):
    monkeypatch.setattr(rules, "SMALLEST_SAMPLE", 10)
    sink()
    mailing.readers(12, name="nobody")
    issue = mailing_of(4)
    with monkeypatch.context() as blind:
        # A carrier that takes more than a second looks by itself, in the middle.
        blind.setattr(carriers.service, "look_at_refusals", lambda issue_id: False)
        carry()
    assert service.look_at_refusals(issue.id)
    assert (issue.state, issue.pause_reason) == (IssueState.PAUSED, "refusals:75")
    assert not service.look_at_refusals(issue.id)
    service.resume(issue, by=make.officer("Nora"))
    service.plan_window(issue.id)
    assert not service.look_at_refusals(issue.id)
    assert not service.look_at_refusals(10_000)
    # Held by hand and let go on, those of before are still seen; those that come now count.
    service.pause(issue, by=make.officer("Nora"))
    service.resume(issue, by=make.officer("Nora"))
    service.plan_window(issue.id)
    assert not service.look_at_refusals(issue.id)
    frozen.at += timedelta(seconds=1)
    mailing.settle_all(issue, "refused")
    assert service.look_at_refusals(issue.id)


def test_refusals_of_long_ago_hold_no_sending(mailing_of, monkeypatch, frozen):
    monkeypatch.setattr(rules, "SMALLEST_SAMPLE", 10)
    issue = mailing_of(12)
    mailing.settle_all(issue, "refused")
    frozen.at += rules.LATELY
    assert not service.look_at_refusals(issue.id)
    frozen.at -= timedelta(seconds=1)
    assert service.look_at_refusals(issue.id)


def test_a_carrier_gives_back_at_once_what_it_has_of_a_sending_that_holds_itself(mailing_of, monkeypatch):
    monkeypatch.setattr(rules, "SMALLEST_SAMPLE", 2)
    issue = mailing_of(6)
    mine = Carrier("test", seconds=20, beat=lambda done: None, is_stopping=lambda: False)
    mine._queue.extend(service.take("test", 4))
    mine._refused = {issue.id}
    mailing.settle_all(issue, "refused", only="queued")
    mine._look_around(time.monotonic())
    assert (len(mine._queue), queries.numbers(issue.id).queued) == (0, 4)
    mine._let_go()


def test_a_lost_lease_goes_back_and_a_lost_sending_is_in_doubt(app, mailing_of, frozen):
    issue = mailing_of(3)
    leased = service.take("gone", 3)
    service.note("gone", [], leased[:1])
    assert not queries.has_lost(frozen.at)
    frozen.at += rules.LEASE + timedelta(seconds=1)
    assert queries.has_lost(frozen.at)
    assert service.recover() == 1
    assert not queries.has_lost(frozen.at)
    numbers = queries.numbers(issue.id)
    assert (numbers.queued, numbers.deferred, numbers.repeats) == (2, 1, 1)
    # What the lost carrier hears late is kept: the mail arrived, and is not sent again.
    service.note("gone", [Ended(leased[0], Answer(Fate.ACCEPTED, 250, ""))], [])
    assert queries.numbers(issue.id).accepted == 1
    # What it would do late is not: the lease is somebody else's.
    assert service.note("gone", [], leased[1:2]) == set()


def test_what_was_under_way_when_a_sending_was_stopped_is_settled(app, mailing_of, frozen):
    issue = mailing_of(3)
    leased = service.take("test", 3)
    service.note("test", [], leased)
    service.stop(issue, by=make.officer("Nora"))
    service.note("test", [Ended(leased[0], Answer(Fate.LATER, 450, "4.2.0"))], [])
    service.note("test", [Ended(leased[1], Answer(Fate.UNTOUCHED, 0, ""))], [])
    numbers = queries.numbers(issue.id)
    assert (numbers.stopped, numbers.under_way, numbers.open) == (2, 1, 1)
    frozen.at += rules.LEASE + timedelta(seconds=1)
    service.recover()
    assert (queries.numbers(issue.id).stopped, queries.numbers(issue.id).open, adds_up(issue)) == (3, 0, True)
    # Answered while it was being stopped: the two did not see each other.
    mailing.settle_all(issue, "deferred")
    assert queries.has_lost(frozen.at)
    service.recover()
    assert not queries.has_lost(frozen.at)
    assert queries.numbers(issue.id).stopped == 3


def test_two_carriers_share_a_sending(sink, mailing_of, app):
    server, issue = sink("--delay", "0.002"), mailing_of(300)

    def other():
        with app.app_context():
            Carrier("other", seconds=20, beat=lambda done: None, is_stopping=lambda: False).run()

    thread = threading.Thread(target=other)
    thread.start()
    carry()
    thread.join()
    assert set(server.readers().values()) == {1}
    assert queries.numbers(issue.id).accepted == 300


def test_a_small_issue_does_not_wait_for_a_large_one(app, mailing_of):
    large = mailing_of(50)
    small = mailing_of(0)
    taken = service.take("test", 10)
    assert {each.issue_id for each in taken} == {large.id, small.id}
    assert len(taken) == 10


def test_limits_by_second_and_by_domain_hold_mails_not_people():
    brake = Brake(10, 2)
    brake._at -= 1
    assert brake.lets(5, time.monotonic()) == 1
    brake.begun(1)
    assert brake.lets(5, time.monotonic()) == 0
    assert [brake.lets_domain("a@x.org", at) for at in (0, 1, 2, 60.5)] == [True, True, False, True]
    assert brake.lets_domain("a@y.org", 2)
    free = Brake(0, 0)
    assert free.lets(7, 0) == 7
    assert free.lets_domain("a@x.org", 0)


@pytest.mark.parametrize(
    ("email", "takes_utf8", "sent"),
    [
        ("a@example.org", False, "a@example.org"), ("ü@example.org", True, "ü@example.org"),
        ("ü@example.org", False, None), ("a@бібліотека.укр", False, "a@xn--80abhjcgbr2ba9aw.xn--j1amh"),
        ('"a b"@example.org', False, '"a b"@example.org'), ("a@" + "ü" * 70 + ".org", False, None),
    ],
)  # fmt: skip
def test_the_envelope_holds_every_address_that_the_server_can_take(email, takes_utf8, sent):
    result = carriers._sendable(email, takes_utf8=takes_utf8)
    assert result == sent or (sent and "xn--" in sent and result.startswith("a@xn--"))


def test_without_a_mail_server_a_demonstration_keeps_them(mailing_of, outbox):
    issue = mailing_of(2)
    assert carry() == 2
    assert {mail.to for mail in outbox()} == {"reader0@example.org", "reader1@example.org"}
    assert queries.numbers(issue.id).accepted == 2


def test_a_worker_that_stops_leaves_the_rest_to_the_next(mailing_of):
    mailing_of(2)
    progress = SimpleNamespace(id=0, is_stopping=True, beat=lambda *counted: None)
    jobs.carry(progress, slot=1)
    assert db.session.scalars(select(Delivery.state).distinct()).all() == ["queued"]
    assert not db.session.scalars(select(Job.id).where(Job.name == queries.CARRY)).all()


def test_the_sweep_calls_carriers_and_ends(sink, run_jobs):
    server, issue = sink(), mailing.issue()
    mailing.readers(3)
    service.start(issue)
    run_jobs()
    db.session.refresh(issue)
    assert (server.count(), issue.state) == (3, IssueState.SENT)


# Killed

CARRIERS = """
import os, signal, sys
from app import create_app
from app.mailings.carrier import Carrier
app = create_app(dict(os.environ), testing=True)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:  # a carrier for each line, born ready: starting a program takes longer than many mails
    pid = os.fork()
    if pid:
        print(pid, flush=True)
        continue
    with app.app_context():
        Carrier(f"killed-{os.getpid()}", seconds=600, beat=lambda done: None, is_stopping=lambda: False).run()
    os._exit(0)
"""


@pytest.mark.slow
@pytest.mark.crash
@pytest.mark.timeout(900)
def test_carriers_killed_at_any_point_skip_nobody_and_repeat_one_at_most_for_each_kill(
    sink, mailing_of, environ, frozen, app, tmp_path
):
    """KILLS and KILLED_READERS make it longer: 200 of 20,000 are what we promise."""
    kills, at_once, number = (
        int(os.environ.get("KILLS", "15")),
        3,
        int(os.environ.get("KILLED_READERS", "1500")),
    )
    server, issue = sink("--delay", "0.002", connections=1), mailing_of(number)
    settings = dict(os.environ) | environ | {
        "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(server.port), "MAIL_USE_TLS": "0", "NEWSLETTER_CONNECTIONS": "1",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }  # fmt: skip
    db.session.rollback()
    chance = random.Random(number)
    with (tmp_path / "errors").open("wb") as errors:
        parent = subprocess.Popen(
            [sys.executable, "-c", CARRIERS], env=settings, stderr=errors, text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip

        def start() -> int:
            parent.stdin.write("\n")
            parent.stdin.flush()
            return int(parent.stdout.readline())

        running = [start() for _ in range(at_once)]
        killed = 0
        for kill in range(kills):
            goal = server.count() + chance.randint(1, max(2, 2 * number // kills - 20))
            goal = min(goal, number - 60 * (killed + at_once))  # the rest is leased by who was killed
            until(lambda goal=goal: server.count() >= goal, seconds=120, every=0.003, what="mails")
            with suppress(ProcessLookupError):
                os.kill(running[kill % at_once], signal.SIGKILL)
                killed += 1
            running[kill % at_once] = start()
        for each in running:
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
                killed += 1
        parent.stdin.close()
        parent.wait()
    for _ in range(4):  # on a clock that goes on: what was lost comes back, what is in doubt comes once more
        frozen.at += rules.LEASE + rules.LONGEST_WAIT + timedelta(days=400)
        service.recover()
        carry(240)
    readers, taken, numbers = server.readers(), server.taken(), queries.numbers(issue.id)
    repeated = len(taken) - number
    print(f"{killed} kills, {number} readers: {repeated} repeated, {numbers.repeats} in doubt")
    assert len(readers) == number == numbers.accepted, "somebody was skipped"
    assert len({message for message, _reader in taken}) == number, "a repeat has another Message-ID"
    assert repeated <= killed
    assert adds_up(issue)
