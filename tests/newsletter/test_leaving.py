"""Leaving: at once, by a page or by a mail program; coming back; and the links that never die."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.database import db
from app.newsletter import queries, rules, service, tokens
from app.newsletter.headers import unsubscribe_url
from app.newsletter.models import State, Subscriber
from app.newsletter.tokens import Purpose
from tests import make
from tests.conftest import Frozen
from tests.newsletter import people
from tests.newsletter.reader import link_in, mails_to

pytestmark = pytest.mark.usefixtures("outbox_emptied")
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def _link(kept: Subscriber, language: str = "fr") -> str:
    url = unsubscribe_url(kept.id, language=language, at=clock.now())
    return url.removeprefix("http://newsroom.test")


def _now(kept: Subscriber) -> Subscriber:
    db.session.rollback()
    return db.session.get_one(Subscriber, kept.id)


@pytest.fixture
def zoe(app: Flask) -> Subscriber:
    """Somebody who gets our mails."""
    return people.subscriber(kinds=("every", "friday"))


def test_a_look_changes_nothing(client: FlaskClient, browse: Any, zoe: Subscriber) -> None:
    page = browse(_link(zoe))
    assert page.one("h1").text == "Ne plus envoyer ces e-mails à z•••@example.org\u202f?"
    assert "zoe@example.org" not in page.html
    assert "Un résumé le vendredi" in page.words(".letters__state")
    assert len(page.all("main button.button--main")) == 1
    client.head(_link(zoe))
    assert _now(zoe).state == State.ACTIVE


def test_one_button_stops_everything_at_once(
    client: FlaskClient, browse: Any, frozen: Frozen, zoe: Subscriber
) -> None:
    answer = client.post(_link(zoe), data={"action": "leave"})
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers
    assert browse(answer.location).one("h1").text == "Votre abonnement a pris fin"
    left = _now(zoe)
    assert (left.state, left.state_at, left.left_how) == (State.LEFT, frozen.at, "link")
    [consent] = queries.consents_of(zoe.id)
    assert (consent.withdrawn_at, consent.withdrawn_how) == (frozen.at, "link")
    assert not queries.may_write_to(zoe.id)


def test_a_mail_program_leaves_by_one_post_without_cookie_page_or_redirect(
    client: FlaskClient, zoe: Subscriber
) -> None:
    for _time in range(2):
        answer = client.post(_link(zoe), data=ONE_CLICK, headers={"User-Agent": "Provider/1"})
        assert (answer.status_code, answer.mimetype) == (200, "text/plain")
        assert "Set-Cookie" not in answer.headers
    assert (_now(zoe).state, _now(zoe).left_how) == (State.LEFT, "one click")


def test_a_provider_that_leaves_for_thousands_is_not_held_up(
    client: FlaskClient, zoe: Subscriber, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.newsletter.views.door.OPENINGS_AN_HOUR", 3)  # the cache asks twice at first
    assert [client.get(_link(zoe)).status_code for _look in range(3)] == [200, 200, 429]
    for _time in range(3):
        assert client.post(_link(zoe), data=ONE_CLICK).status_code == 200


def test_a_mail_program_may_send_its_word_as_a_form_in_parts(client: FlaskClient, zoe: Subscriber) -> None:
    answer = client.post(_link(zoe), data=ONE_CLICK, content_type="multipart/form-data")
    assert answer.status_code == 200
    assert _now(zoe).state == State.LEFT


@pytest.mark.parametrize("data", [{}, {"List-Unsubscribe": "no"}, {"action": "x"}])
def test_a_post_that_says_neither_changes_nothing(
    client: FlaskClient, zoe: Subscriber, data: dict[str, str]
) -> None:
    assert client.post(_link(zoe), data=data).status_code == 200
    assert _now(zoe).state == State.ACTIVE


def test_another_site_cannot_make_a_browser_leave(client: FlaskClient, zoe: Subscriber) -> None:
    answer = client.post(_link(zoe), data={"action": "leave"}, headers={"Origin": "https://evil.test"})
    assert answer.status_code == 400
    assert _now(zoe).state == State.ACTIVE


def test_who_has_left_already_is_told_so(client: FlaskClient, browse: Any, zoe: Subscriber) -> None:
    service.leave(zoe, how="desk")
    assert browse(_link(zoe)).one("h1").text == "Ce désabonnement était déjà enregistré"
    assert not service.leave(zoe, how="link")
    assert _now(zoe).left_how == "desk"


def test_a_reason_may_be_told_afterwards(client: FlaskClient, browse: Any, zoe: Subscriber) -> None:
    assert not service.give_reason(zoe, "too_many")
    left = client.post(_link(zoe), data={"action": "leave"}).location
    assert len(browse(left).all('input[name="reason"]')) == 4
    assert client.post(_link(zoe), data={"action": "reason", "reason": "nonsense"}).location.endswith("left")
    thanks = client.post(_link(zoe), data={"action": "reason", "reason": "too_many"})
    assert browse(thanks.location).one(".banner--done")
    assert _now(zoe).left_reason == "too_many"


def test_within_thirty_days_one_button_brings_it_back_with_a_new_consent(
    client: FlaskClient, browse: Any, frozen: Frozen, zoe: Subscriber
) -> None:
    client.post(_link(zoe), data={"action": "leave"})
    frozen.at += timedelta(days=30)
    page = browse(_link(zoe))
    assert page.one('button[value="again"]')
    answer = client.post(_link(zoe), data={"action": "again"})
    assert browse(answer.location).one("h1").text == "Votre abonnement reprend"
    assert _now(zoe).state == State.ACTIVE
    newer, older = queries.consents_of(zoe.id)
    assert " ".join(newer.text.split()) == page.words(".account__agreed")
    assert (newer.confirmed_at, newer.withdrawn_at, newer.page) == (
        frozen.at,
        None,
        "/fr/newsletter/unsubscribe/",
    )
    assert older.withdrawn_at is not None
    client.post(_link(zoe), data={"action": "again"})
    assert len(queries.consents_of(zoe.id)) == 2


def test_after_thirty_days_the_form_is_the_way_back(
    client: FlaskClient, browse: Any, frozen: Frozen, zoe: Subscriber
) -> None:
    client.post(_link(zoe), data={"action": "leave"})
    frozen.at += timedelta(days=30, seconds=1)
    assert not browse(_link(zoe)).all('button[value="again"]')
    client.post(_link(zoe), data={"action": "again"})
    assert _now(zoe).state == State.LEFT


def test_who_never_confirmed_does_not_get_in_by_leaving(client: FlaskClient, browse: Any, app: Flask) -> None:
    zoe = people.subscriber(state=State.WAITING, confirmed_at=None)
    client.post(_link(zoe), data={"action": "leave"})
    assert _now(zoe).state == State.LEFT
    assert not browse(_link(zoe)).all('button[value="again"]')
    with pytest.raises(rules.TooLate):
        service.come_back(zoe, text="", version="", page="", language="fr")


def test_a_suppressed_address_does_not_come_back(client: FlaskClient, browse: Any, zoe: Subscriber) -> None:
    service.leave(zoe, how="link")
    people.suppress("zoe@example.org")
    client.post(_link(zoe), data={"action": "again"})
    assert _now(zoe).state == State.LEFT


def test_who_is_refused_is_told_that_nothing_is_sent(
    client: FlaskClient, browse: Any, zoe: Subscriber
) -> None:
    people.suppress("zoe@example.org")
    assert browse(_link(zoe)).one("h1").text == "Ce désabonnement était déjà enregistré"
    assert client.post(_link(zoe), data=ONE_CLICK).status_code == 200
    assert _now(zoe).state == State.REFUSED
    assert queries.consents_of(zoe.id)[0].withdrawn_how == "one click"


def test_the_link_of_somebody_who_was_erased_is_a_normal_page(
    client: FlaskClient, browse: Any, zoe: Subscriber
) -> None:
    link = _link(zoe)
    service.erase(zoe)
    assert browse(link).one("h1").text == "Ce désabonnement était déjà enregistré"
    assert client.post(link, data=ONE_CLICK).status_code == 200
    assert client.post(link, data={"action": "again"}).status_code == 200
    assert _now(zoe).state == State.LEFT


def test_a_link_to_leave_still_works_after_years_and_after_a_change_of_address(
    client: FlaskClient, frozen: Frozen, zoe: Subscriber
) -> None:
    link = _link(zoe)
    frozen.at += timedelta(days=1000)
    assert client.post(link, data=ONE_CLICK).status_code == 200
    assert _now(zoe).state == State.LEFT


def test_somebody_elses_link_cannot_be_made_from_ones_own(client: FlaskClient, zoe: Subscriber) -> None:
    tom = people.subscriber("tom@example.org")
    mine, theirs = tokens.read(_link(zoe).rpartition("/")[2]), tokens.read(_link(tom).rpartition("/")[2])
    assert mine is not None
    assert theirs is not None
    assert mine.raw[-16:] != theirs.raw[-16:]
    assert not tokens.Maker(Purpose.UNSUBSCRIBE).is_right(
        theirs._replace(raw=theirs.raw[:-16] + mine.raw[-16:]), 0
    )


def test_instead_of_leaving_one_may_ask_for_the_preferences(
    client: FlaskClient, run_jobs: Any, browse: Any, frozen: Frozen, zoe: Subscriber
) -> None:
    answer = client.post(_link(zoe), data={"action": "preferences"})
    assert "zoe@example.org" not in browse(answer.location).html
    run_jobs()
    assert client.get(link_in(mails_to("zoe@example.org")[-1], "preferences")).status_code == 200
    for _time in range(3):
        frozen.at += timedelta(minutes=2)
        answer = client.post(_link(zoe), data={"action": "preferences"})
    assert answer.status_code == 429


def test_what_was_agreed_to_with_a_media_account_ends_as_well(app: Flask, zoe: Subscriber) -> None:
    from app.media_users import queries as media_users
    from app.media_users import service as accounts
    from app.media_users.service import Wish

    tom = make.media_user("Tom", "tom@globe.test")
    accounts.subscribe(tom, Wish("Yes.", "1", ("every",), "en"), page="/en/account/newsletter", seen_in="en")
    consent = media_users.consent(tom.id, "newsletter")
    assert consent is not None
    service.take_in(consent.id)
    subscriber = queries.by_key("tom@globe.test")
    assert subscriber is not None
    service.leave(subscriber, how="link")
    db.session.rollback()
    assert media_users.consent(tom.id, "newsletter") is None
