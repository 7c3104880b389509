"""Preferences by a link: what is sent, pauses, another address, all that is kept, and being erased."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.database import db
from app.newsletter import queries, rules, service
from app.newsletter.headers import preferences_url
from app.newsletter.models import AddressChange, Consent, IfMissing, Kind, State, Subscriber
from tests import make
from tests.conftest import NOON, Frozen
from tests.newsletter import people
from tests.newsletter.reader import link_in, mails_to, send

pytestmark = pytest.mark.usefixtures("outbox_emptied")
SAVE: dict[str, Any] = {"action": "save", "kinds": ["every"], "language": "fr", "if_missing": "wait"}


@pytest.fixture
def zoe(app: Flask) -> Subscriber:
    """Somebody who gets our mails."""
    return people.subscriber(kinds=("every",))


def _link(kept: Subscriber, language: str = "fr") -> str:
    url = preferences_url(kept.id, kept.token_version, language=language, at=clock.now())
    return url.removeprefix("http://newsroom.test")


def _now(kept: Subscriber) -> Subscriber:
    db.session.rollback()
    return db.session.get_one(Subscriber, kept.id)


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_the_page_shows_what_is_sent(browse: Any, zoe: Subscriber, language: str) -> None:
    make.topic()
    page = browse(_link(zoe, language))
    assert "zoe@example.org" not in page.html
    assert [box["value"] for box in page.all('input[name="kinds"][checked]')] == ["every"]
    assert page.one('input[name="language"][checked]')["value"] == "fr"
    assert page.one(".last-week")


def test_a_look_changes_nothing_and_sets_no_cookie(client: FlaskClient, zoe: Subscriber) -> None:
    answer = client.get(_link(zoe))
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"].startswith("noindex")


def test_what_is_saved_is_said_and_sent_from_now_on(
    client: FlaskClient, browse: Any, zoe: Subscriber
) -> None:
    topic = make.topic("ukraine")
    make.topic("energy")
    data = SAVE | {"kinds": ["daily", "advisories"], "topics": [str(topic.id)], "language": "uk"}
    answer = client.post(_link(zoe), data=data)
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers
    assert "Un résumé en fin de journée, Les avis aux médias" in browse(answer.location).words(
        ".banner--done"
    )
    kept = _now(zoe)
    assert kept.kinds == (Kind.DAILY, Kind.ADVISORIES)
    assert (kept.language, kept.if_missing, kept.has_all_topics) == ("uk", IfMissing.WAIT, False)
    assert queries.topics_of(zoe.id) == (topic.id,)
    client.post(_link(zoe), data=SAVE)
    assert _now(zoe).has_all_topics
    assert queries.topics_of(zoe.id) == ()


def test_nothing_chosen_is_nothing_sent_and_offers_to_leave(
    client: FlaskClient, browse: Any, zoe: Subscriber
) -> None:
    answer = client.post(_link(zoe), data=SAVE | {"kinds": []})
    page = browse(answer.location)
    assert page.one(".banner--done")
    assert page.one('.letters__state a[href*="/unsubscribe/"]')
    assert (_now(zoe).state, _now(zoe).kinds) == (State.ACTIVE, ())


def test_a_language_that_there_is_not_is_said_next_to_it(client: FlaskClient, zoe: Subscriber) -> None:
    answer = client.post(_link(zoe), data=SAVE | {"language": "de"})
    assert answer.status_code == 422
    assert 'id="language-error"' in answer.get_data(as_text=True)
    assert _now(zoe).language == "fr"


def test_a_look_at_what_it_would_bring_saves_nothing(
    client: FlaskClient, frozen: Frozen, zoe: Subscriber
) -> None:
    make.published(frozen.at - timedelta(days=1), title="A headline of last week")
    answer = client.post(_link(zoe), data=SAVE | {"action": "look", "kinds": ["friday"], "language": "en"})
    assert answer.status_code == 200
    assert "A headline of last week" in answer.get_data(as_text=True)
    assert _now(zoe).kinds == (Kind.EVERY,)


@pytest.mark.parametrize(
    ("months", "until"),
    [
        (1, NOON.replace(month=12)),
        (2, NOON.replace(year=2026, month=1)),
        (3, NOON.replace(year=2026, month=2)),
    ],
)
def test_a_pause_of_one_to_three_months_stops_everything_until_its_end(
    client: FlaskClient, browse: Any, zoe: Subscriber, months: int, until: Any
) -> None:
    answer = client.post(_link(zoe), data={"action": "pause", "months": str(months)})
    page = browse(answer.location)
    assert page.one(".banner--done")
    assert page.one('button[value="resume"]')
    assert (_now(zoe).state, _now(zoe).paused_until) == (State.PAUSED, until)
    assert not queries.may_write_to(zoe.id)


@pytest.mark.parametrize("months", ["0", "4", "x", "", "１"])
def test_a_pause_of_another_length_is_refused(client: FlaskClient, zoe: Subscriber, months: str) -> None:
    answer = client.post(_link(zoe), data={"action": "pause", "months": months})
    assert answer.status_code == 422
    assert 'id="months-error"' in answer.get_data(as_text=True)
    assert _now(zoe).state == State.ACTIVE


def test_a_pause_ends_on_the_last_day_of_a_shorter_month() -> None:
    end = NOON.replace(year=2026, month=1, day=31)
    assert rules.pause_until(1, at=end) == end.replace(month=2, day=28)


def test_a_pause_is_ended_by_a_button(client: FlaskClient, browse: Any, zoe: Subscriber) -> None:
    client.post(_link(zoe), data={"action": "pause", "months": "3"})
    answer = client.post(_link(zoe), data={"action": "resume"})
    assert browse(answer.location).one(".banner--done")
    assert (_now(zoe).state, _now(zoe).paused_until) == (State.ACTIVE, None)
    assert not service.resume(zoe)


def test_who_gets_nothing_cannot_pause(app: Flask, zoe: Subscriber) -> None:
    service.leave(zoe, how="link")
    with pytest.raises(rules.NoPause):
        service.pause(zoe, 1)


def test_another_address_is_confirmed_from_there(
    client: FlaskClient, browse: Any, run_jobs: Any, zoe: Subscriber
) -> None:
    before = _link(zoe)
    answer = client.post(before, data={"action": "move", "email": "new@example.org"})
    assert browse(answer.location).one(".banner--done")
    run_jobs()
    assert _now(zoe).email == "zoe@example.org"
    assert mails_to("zoe@example.org") == []
    path = link_in(mails_to("new@example.org")[0], "address")
    assert "n•••@example.org" in browse(path).words(".account__lead")
    assert _now(zoe).email == "zoe@example.org"
    moved = client.post(path)
    assert browse(moved.location).one(".banner--done")
    assert (_now(zoe).email, _now(zoe).email_key) == ("new@example.org", "new@example.org")
    run_jobs()
    [notice] = mails_to("zoe@example.org")
    assert "n•••@example.org" in notice.text
    assert "new@example.org" not in notice.text
    assert client.get(before).status_code == 404
    assert client.get(moved.location).status_code == 200
    assert browse(path).one("h1").text == "Votre adresse est modifiée"
    assert client.post(path).status_code == 303


@pytest.mark.parametrize("email", ["", "x", "zoe@example.org", "ZOE@Example.ORG", "a\r\nBcc: b@example.org"])
def test_an_address_that_cannot_be_the_new_one_is_refused(
    client: FlaskClient, zoe: Subscriber, email: str
) -> None:
    answer = client.post(_link(zoe), data={"action": "move", "email": email})
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.get_data(as_text=True)
    assert db.session.scalar(select(func.count(AddressChange.id))) == 0


def test_changes_of_address_are_limited(client: FlaskClient, zoe: Subscriber) -> None:
    codes = [
        client.post(_link(zoe), data={"action": "move", "email": f"n{number}@example.org"}).status_code
        for number in range(6)
    ]
    assert codes == [303] * 5 + [429]


def test_a_link_to_a_new_address_works_for_seven_days(
    client: FlaskClient, browse: Any, frozen: Frozen, run_jobs: Any, zoe: Subscriber
) -> None:
    service.ask_address(zoe, "new@example.org", network="x")
    run_jobs()
    path = link_in(mails_to("new@example.org")[0], "address")
    frozen.at += timedelta(days=7, seconds=1)
    assert browse(path).one("h1").text == "Ce lien a expiré"
    client.post(path)
    assert _now(zoe).email == "zoe@example.org"
    with pytest.raises(rules.LinkOver):
        service.move(1)


def test_nobody_moves_to_a_suppressed_address(
    client: FlaskClient, browse: Any, run_jobs: Any, zoe: Subscriber
) -> None:
    service.ask_address(zoe, "new@example.org", network="x")
    run_jobs()
    path = link_in(mails_to("new@example.org")[0], "address")
    people.suppress("new@example.org")
    assert browse(path).one("h1").text == "Ce lien ne mène nulle part"
    client.post(path)
    assert _now(zoe).email == "zoe@example.org"
    service.ask_address(zoe, "blocked@example.org", network="x")
    people.suppress("blocked@example.org")
    run_jobs()
    assert mails_to("blocked@example.org") == []


def test_an_address_that_is_subscribed_already_stays_and_the_old_one_ends(
    app: Flask, zoe: Subscriber
) -> None:
    tom = people.subscriber("tom@example.org", kinds=("friday",))
    service.ask_address(zoe, "tom@example.org", network="x")
    change = db.session.scalar(select(AddressChange))
    assert change is not None
    assert service.move(change.id).id == tom.id
    assert (_now(zoe).state, _now(zoe).left_how, _now(tom).state) == (State.LEFT, "moved", State.ACTIVE)


def test_an_address_that_had_left_is_taken_over(app: Flask, zoe: Subscriber) -> None:
    tom = people.subscriber("tom@example.org", state=State.LEFT)
    service.ask_address(zoe, "tom@example.org", network="x")
    change = db.session.scalar(select(AddressChange))
    assert change is not None
    assert service.move(change.id).id == zoe.id
    assert (_now(zoe).email, _now(tom).email_key) == ("tom@example.org", None)


def test_leaving_from_the_page_is_one_button(client: FlaskClient, browse: Any, zoe: Subscriber) -> None:
    answer = client.post(_link(zoe), data={"action": "leave"})
    assert browse(answer.location).one("h1").text == "Votre abonnement a pris fin"
    assert (_now(zoe).state, _now(zoe).left_how) == (State.LEFT, "preferences")
    assert browse(_link(zoe)).one("h1").text == "Vous ne recevez rien de nous"


def test_the_link_works_for_thirty_days_and_then_sends_a_new_one(
    client: FlaskClient, browse: Any, frozen: Frozen, run_jobs: Any, zoe: Subscriber
) -> None:
    link = _link(zoe)
    frozen.at += timedelta(days=30)
    assert browse(link).one("h1").text == "Vos e-mails"
    frozen.at += timedelta(days=1)
    page = browse(link, status=410)
    assert "zoe@example.org" not in page.html
    assert "z•••@example.org" in page.words(".account__lead")
    assert client.post(link, data=SAVE | {"kinds": ["friday"]}).status_code == 410
    assert client.get(f"{link}/consent.json").status_code == 303
    assert client.post(f"{link}/erase").status_code == 303
    assert _now(zoe).kinds == (Kind.EVERY,)
    answer = client.post(link, data={"action": "again"})
    assert "zoe@example.org" not in browse(answer.location).html
    run_jobs()
    assert client.get(link_in(mails_to("zoe@example.org")[-1], "preferences")).status_code == 200
    for _time in range(3):
        frozen.at += timedelta(minutes=2)
        answer = client.post(link, data={"action": "again"})
    assert answer.status_code == 429


@pytest.mark.parametrize(
    ("state", "page"),
    [(State.ACTIVE, "preferences"), (State.PAUSED, "preferences"), (State.WAITING, "confirm")],
)
def test_a_link_is_sent_to_who_asks_for_it_by_address(
    client: FlaskClient, frozen: Frozen, run_jobs: Any, app: Flask, state: State, page: str
) -> None:
    people.subscriber(state=state)
    answer = send(client, frozen, "/fr/newsletter/preferences/")
    assert answer.status_code == 303
    assert "zoe@example.org" in client.get(answer.location).get_data(as_text=True)
    run_jobs()
    assert link_in(mails_to("zoe@example.org")[-1], page)


@pytest.mark.parametrize("state", [None, State.LEFT])
def test_nothing_is_sent_to_who_is_not_subscribed_and_the_page_says_the_same(
    client: FlaskClient, frozen: Frozen, run_jobs: Any, app: Flask, state: State | None
) -> None:
    if state is not None:
        people.subscriber(state=state)
    answer = send(client, frozen, "/fr/newsletter/preferences/")
    assert answer.status_code == 303
    assert "zoe@example.org" in client.get(answer.location).get_data(as_text=True)
    run_jobs()
    assert mails_to("zoe@example.org") == []


def test_an_old_confirmation_is_not_sent_again(
    client: FlaskClient, frozen: Frozen, run_jobs: Any, app: Flask
) -> None:
    people.subscriber(state=State.WAITING)
    frozen.at += timedelta(days=8)
    send(client, frozen, "/fr/newsletter/preferences/")
    run_jobs()
    assert mails_to("zoe@example.org") == []


def test_asking_for_a_link_needs_an_address(client: FlaskClient, frozen: Frozen, browse: Any) -> None:
    browse("/fr/newsletter/preferences/")
    answer = send(client, frozen, "/fr/newsletter/preferences/", email="x")
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.get_data(as_text=True)
    codes = []
    for _time in range(4):
        frozen.at += timedelta(minutes=2)
        codes.append(send(client, frozen, "/fr/newsletter/preferences/").status_code)
    assert codes == [303, 303, 303, 429]


def test_everything_is_erased_but_a_digest(client: FlaskClient, browse: Any, zoe: Subscriber) -> None:
    link = _link(zoe)
    page = browse(f"{link}/erase")
    assert len(page.all(".account__effects li")) == 4
    assert _now(zoe).email == "zoe@example.org"
    done = client.post(f"{link}/erase")
    assert done.status_code == 200
    kept = _now(zoe)
    assert (kept.email, kept.email_key, kept.address_hash, kept.kinds) == ("", None, None, ())
    assert db.session.scalar(select(func.count(Consent.id))) == 0
    suppression = queries.suppression_of("zoe@example.org")
    assert suppression is not None
    assert (suppression.reason, suppression.source, suppression.by_id) == ("erased", "erasure", None)
    assert client.get(link).status_code == 404
    assert not service.erase(kept)


def test_what_is_done_to_somebody_who_was_erased_is_refused(app: Flask, zoe: Subscriber) -> None:
    service.erase(zoe)
    with pytest.raises(rules.Gone):
        service.save(zoe, rules.Wish((Kind.EVERY,), (), "fr"))
    with pytest.raises(rules.Gone):
        service.come_back(zoe, text="", version="", page="", language="fr")
    with pytest.raises(rules.Gone):
        service.ask_address(zoe, "new@example.org", network="x")
    with pytest.raises(rules.Gone):
        service.move(99)
    assert not service.leave(zoe, how="link")
    assert not service.give_reason(zoe, "too_many")
