"""Confirming: the page asks, its button does; too late, already done, removed, made up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.database import db
from app.newsletter import queries, rules, service, tokens
from app.newsletter.models import Consent, Kind, State, Subscriber
from app.newsletter.tokens import Purpose
from tests.conftest import NOON, Frozen
from tests.newsletter import people
from tests.newsletter.reader import link_in, mails_to, send, subscribed

pytestmark = pytest.mark.usefixtures("outbox_emptied")


def _zoe() -> Subscriber:
    db.session.rollback()
    found = queries.by_key("zoe@example.org")
    assert found is not None
    return found


@pytest.fixture
def link(client: FlaskClient, frozen: Frozen, run_jobs: Any) -> str:
    """The link in the mail to somebody who has just subscribed."""
    send(client, frozen)
    run_jobs()
    return link_in(mails_to("zoe@example.org")[-1], "confirm")


def test_the_page_names_what_is_confirmed_and_hides_half_of_the_address(browse: Any, link: str) -> None:
    page = browse(link)
    assert "zoe@example.org" not in page.html
    assert "z•••@example.org" in page.html
    assert "Chaque communiqué" in page.words(".letters__state")


def test_a_second_press_changes_nothing(
    client: FlaskClient, frozen: Frozen, run_jobs: Any, browse: Any, link: str
) -> None:
    answer = client.post(link, data={"action": "confirm"})
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers
    confirmed_at = frozen.at
    assert browse(answer.location).one("h1").text == "Votre abonnement est confirmé"
    frozen.at += timedelta(days=1)
    client.post(link, data={"action": "confirm"})
    assert browse(link).one("h1").text == "Votre abonnement est confirmé"
    assert _zoe().confirmed_at == confirmed_at
    run_jobs()
    assert len(mails_to("zoe@example.org")) == 2


def test_the_link_works_for_seven_days_to_the_second(
    client: FlaskClient, frozen: Frozen, browse: Any, link: str
) -> None:
    asked = frozen.at
    frozen.at = asked + timedelta(days=7)
    assert browse(link).one("h1").text == "Confirmez votre abonnement"
    frozen.at += timedelta(seconds=1)
    page = browse(link, status=410)
    assert page.one("h1").text == "Ce lien a expiré"
    assert "zoe@example.org" not in page.html
    client.post(link, data={"action": "confirm"})
    assert _zoe().state == State.WAITING


def test_a_link_that_is_too_old_sends_a_new_one(
    client: FlaskClient, frozen: Frozen, run_jobs: Any, browse: Any, link: str
) -> None:
    frozen.at += timedelta(days=8)
    answer = client.post(link, data={"action": "again"})
    assert answer.status_code == 303
    check = browse(answer.location)
    assert "zoe@example.org" not in check.html
    assert "z•••@example.org" in check.words(".account__lead")
    run_jobs()
    new = link_in(mails_to("zoe@example.org")[-1], "confirm")
    assert new != link
    client.post(new, data={"action": "confirm"})
    assert _zoe().kinds == (Kind.EVERY,)
    assert _zoe().state == State.ACTIVE


def test_new_links_are_limited(client: FlaskClient, frozen: Frozen, link: str) -> None:
    frozen.at += timedelta(days=8)
    answers = []
    for _time in range(4):
        frozen.at += timedelta(minutes=2)
        answers.append(client.post(link, data={"action": "again"}).status_code)
    assert answers == [303, 303, 303, 429]


def test_who_left_or_was_suppressed_in_the_meantime_is_told_that_nothing_is_there(
    client: FlaskClient, browse: Any, link: str
) -> None:
    people.suppress("zoe@example.org")
    client.post(link, data={"action": "confirm"})
    assert _zoe().state == State.REFUSED
    assert browse(link, status=410).one("h1").text == "Cet abonnement n’existe plus"


def test_who_was_erased_in_the_meantime_sees_what_a_made_up_link_shows(
    client: FlaskClient, browse: Any, link: str
) -> None:
    service.erase(_zoe())
    erased = browse(link, status=404)
    made_up = browse(f"/fr/newsletter/confirm/{tokens.make(Purpose.CHECK, 1, at=NOON)}", status=404)
    assert erased.words("main") == made_up.words("main")
    assert client.post(link, data={"action": "confirm"}).status_code == 404


@pytest.mark.parametrize("token", ["x", "A" * 35, "%00", "../../..", "é", "A" * 3000])
@pytest.mark.parametrize("page", ["confirm", "preferences", "unsubscribe", "address", "check"])
def test_a_made_up_link_leads_nowhere(client: FlaskClient, page: str, token: str) -> None:
    for language in ("fr", "en"):
        assert client.get(f"/{language}/newsletter/{page}/{token}").status_code == 404
    assert client.post(f"/en/newsletter/{page}/{token}", data={"action": "leave"}).status_code == 404


def test_two_requests_make_two_consents_and_the_newer_takes_the_place(
    client: FlaskClient, frozen: Frozen, run_jobs: Any, link: str
) -> None:
    frozen.at += timedelta(minutes=5)
    send(client, frozen, kinds=["friday"])
    run_jobs()
    second = link_in(mails_to("zoe@example.org")[-1], "confirm")
    client.post(link, data={"action": "confirm"})
    assert _zoe().kinds == (Kind.EVERY,)
    client.post(second, data={"action": "confirm"})
    assert _zoe().kinds == (Kind.FRIDAY,)
    newer, older = queries.consents_of(_zoe().id)
    assert (older.withdrawn_at, older.withdrawn_how) == (frozen.at, "replaced")
    assert newer.withdrawn_at is None


def test_a_consent_that_was_withdrawn_confirms_nothing(app: Flask, frozen: Frozen) -> None:
    zoe = people.subscriber(state=State.WAITING)
    [consent] = queries.consents_of(zoe.id)
    service.leave(zoe, how="link")
    with pytest.raises(rules.Gone):
        service.confirm(consent.id)
    with pytest.raises(rules.Gone):
        service.confirm(9999)


def test_a_mail_that_is_refused_for_good_suppresses_the_address(
    client: FlaskClient, app: Flask, frozen: Frozen, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.mailserver import MailServer

    server = MailServer().start()
    try:
        for name, value in {
            "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": server.port, "MAIL_USE_TLS": False, "MAIL_USE_SSL": False,
        }.items():  # fmt: skip
            monkeypatch.setitem(app.config, name, value)
        server.refusing["zoe@example.org"] = "550 5.1.1 no such mailbox"
        server.refusing["full@example.org"] = "452 4.2.2 mailbox full"
        for address in ("zoe@example.org", "full@example.org"):
            send(client, frozen, email=address)
        run_jobs()
    finally:
        server.stop()
    assert _zoe().state == State.REFUSED
    assert queries.suppression_of("zoe@example.org").reason == "bounce"  # type: ignore[union-attr]
    assert queries.suppression_of("full@example.org") is None


def test_each_mail_says_how_to_leave_and_whose_it_was(
    client: FlaskClient, app: Flask, frozen: Frozen, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.newsletter.returns import ReturnAddresses
    from tests.mailserver import MailServer

    server = MailServer().start()
    try:
        for name, value in {
            "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": server.port, "MAIL_USE_TLS": False, "MAIL_USE_SSL": False,
            "BOUNCE_ADDRESS": "bounces@newsroom.test",
        }.items():  # fmt: skip
            monkeypatch.setitem(app.config, name, value)
        send(client, frozen)
        run_jobs()
        whose = ReturnAddresses().read(server.envelopes[0].mail_from)
    finally:
        server.stop()
    assert whose == (0, _zoe().id)
    [mail] = server.mails
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "newsletter.newsroom.test" in mail["List-Id"]
    assert "Secrétariat international" in mail["List-Id"]
    path = mail["List-Unsubscribe"].strip("<>").removeprefix("http://newsroom.test")
    answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    assert _zoe().state == State.LEFT
    assert isinstance(queries.consents_of(_zoe().id)[0], Consent)


def test_another_purpose_opens_nothing(client: FlaskClient, frozen: Frozen, run_jobs: Any) -> None:
    path = subscribed(client, frozen, run_jobs)
    token = path.rpartition("/")[2]
    for page in ("preferences", "unsubscribe", "address", "check"):
        assert client.get(f"/fr/newsletter/{page}/{token}").status_code == 404
