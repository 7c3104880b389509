"""Asking for the newsletter: the page, the form in the foot, the mail, and what a page tells of who is known."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.database import db
from app.newsletter import queries, rules, service
from app.newsletter.models import Consent, Kind, State, Subscriber, SubscriptionRequest
from tests import make
from tests.conftest import Frozen
from tests.newsletter import people
from tests.newsletter.reader import TYPED, link_in, mails_to, opened, send, subscribed

pytestmark = pytest.mark.usefixtures("outbox_emptied")
PATH = "/fr/newsletter/"


def _zoe() -> Subscriber:
    db.session.rollback()
    found = queries.by_key("zoe@example.org")
    assert found is not None
    return found


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_the_page_says_what_is_sent_and_how_to_leave(client: FlaskClient, browse: Any, language: str) -> None:
    make.topic()
    page = browse(f"/{language}/newsletter/")
    assert len(page.all('input[name="kinds"]')) == 4
    assert not page.all('input[name="kinds"][checked]')
    assert page.one('input[name="language"][checked]')["value"] == language
    assert page.one(".account__agreed")
    answer = client.get(f"/{language}/newsletter/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in answer.headers


def test_who_subscribes_gets_one_mail_and_is_sent_nothing_before_its_button(
    client: FlaskClient, frozen: Frozen, run_jobs: Any, browse: Any
) -> None:
    answer = send(client, frozen, kinds=["every", "friday"])
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers
    check = browse(answer.location)
    assert "zoe@example.org" in check.words(".account__lead")
    run_jobs()
    zoe = _zoe()
    assert (zoe.state, zoe.kinds, zoe.language) == (State.WAITING, (Kind.EVERY, Kind.FRIDAY), "fr")
    [mail] = mails_to("zoe@example.org")
    assert mail.language == "fr"
    assert "Chaque communiqué dès sa publication" in mail.text
    path = link_in(mail, "confirm")
    for _look in range(2):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert _zoe().state == State.WAITING
    assert not queries.may_write_to(zoe.id)
    page = browse(path)
    assert page.words("button.button--main") == "Confirmer mon abonnement"
    client.post(path, data={"action": "confirm"})
    zoe = _zoe()
    assert (zoe.state, zoe.confirmed_at) == (State.ACTIVE, frozen.at)


def test_a_consent_is_kept_as_it_was_seen(
    client: FlaskClient, frozen: Frozen, run_jobs: Any, browse: Any
) -> None:
    seen = browse(PATH).words(".account__agreed")
    send(client, frozen)
    asked_at = frozen.at
    run_jobs()
    frozen.at += timedelta(hours=3)
    client.post(link_in(mails_to("zoe@example.org")[0], "confirm"), data={"action": "confirm"})
    [consent] = queries.consents_of(_zoe().id)
    assert " ".join(consent.text.split()) == seen
    assert (consent.version, consent.language, consent.page) == ("2026-11", "fr", PATH)
    assert (consent.asked_at, consent.confirmed_at) == (asked_at, frozen.at)
    assert (consent.how, consent.withdrawn_at) == ("link in an e-mail", None)
    assert consent.choices == {"kinds": ["every"], "topics": [], "language": "fr", "if_missing": "english"}


def test_a_receipt_follows_with_what_was_agreed_to(
    client: FlaskClient, frozen: Frozen, run_jobs: Any
) -> None:
    subscribed(client, frozen, run_jobs)
    receipt = mails_to("zoe@example.org")[-1]
    [consent] = queries.consents_of(_zoe().id)
    assert consent.text in receipt.text
    assert "2026-11" in receipt.text
    told = client.get(f"{link_in(receipt, 'preferences')}/consent.json").get_json()
    assert told["consents"][0]["text"] == consent.text
    assert told["consents"][0]["confirmed"] == consent.confirmed_at.isoformat()
    assert (told["address"], told["kinds"]) == ("zoe@example.org", ["every"])


def test_the_form_in_the_foot_of_a_cached_page_needs_no_cookie_and_no_token(
    client: FlaskClient, browse: Any
) -> None:
    make.published()
    page = browse("/en/")
    form = page.one(".site-footer__letters")
    assert (form["method"], form["action"]) == ("post", "/en/newsletter/")
    assert [field["name"] for field in form.select("input")] == ["email"]
    assert client.get("/en/").headers["Cache-Control"].startswith("public")
    answer = client.post("/en/newsletter/", data={"email": "zoe@example.org"})
    assert answer.status_code == 200
    assert 'value="zoe@example.org"' in answer.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers
    assert db.session.scalar(select(func.count(SubscriptionRequest.id))) == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": ""}, "email"), ({"email": "zoe"}, "email"), ({"email": None}, "email"), ({"kinds": []}, "kinds"),
        ({"kinds": ["everything"]}, "kinds"), ({"language": "de"}, "language"), ({"language": None}, "language"),
        ({"email": "a" * 300 + "@example.org"}, "email"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_next_to_its_field_and_what_was_typed_is_kept(
    client: FlaskClient, frozen: Frozen, changes: dict[str, Any], field: str
) -> None:
    answer = send(client, frozen, **changes)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in page
    assert "<title>Erreur" in page
    if field != "email":
        assert 'value="zoe@example.org"' in page
    assert db.session.scalar(select(func.count(SubscriptionRequest.id))) == 0


def test_a_topic_that_is_not_there_is_ignored(client: FlaskClient, frozen: Frozen, run_jobs: Any) -> None:
    topic = make.topic("ukraine")
    make.topic("energy")
    send(client, frozen, topics=[str(topic.id), "999", "x", "-1", "9" * 40])
    run_jobs()
    zoe = _zoe()
    assert (zoe.has_all_topics, queries.topics_of(zoe.id)) == (False, (topic.id,))


def test_all_topics_are_the_same_as_none(client: FlaskClient, frozen: Frozen, run_jobs: Any) -> None:
    topics = [make.topic("ukraine"), make.topic("energy")]
    send(client, frozen, topics=[str(topic.id) for topic in topics])
    run_jobs()
    assert _zoe().has_all_topics
    assert queries.topics_of(_zoe().id) == ()


def test_a_known_address_sees_the_same_page_and_gets_a_link_to_its_preferences(
    client: FlaskClient, frozen: Frozen, run_jobs: Any
) -> None:
    people.subscriber("zoe@example.org", kinds=("friday",), language="uk")
    known, unknown = send(client, frozen), send(client, frozen, email="tom@example.org")
    run_jobs()

    def shown(answer: Any, address: str) -> str:
        page = client.get(answer.location).get_data(as_text=True)
        return (
            page.replace(address, "…")
            .replace(answer.location.rpartition("/")[2], "…")
            .replace(answer.location[-35:], "…")
        )

    assert known.status_code == unknown.status_code == 303
    assert shown(known, "zoe@example.org") == shown(unknown, "tom@example.org")
    [mail] = mails_to("zoe@example.org")
    assert mail.language == "uk"
    assert client.get(link_in(mail, "preferences")).status_code == 200
    assert _zoe().kinds == (Kind.FRIDAY,)
    [other] = mails_to("tom@example.org")
    assert link_in(other, "confirm")


@pytest.mark.parametrize("state", [State.WAITING, State.LEFT, State.REFUSED])
def test_who_does_not_get_anything_may_ask_again(
    client: FlaskClient, frozen: Frozen, run_jobs: Any, state: State
) -> None:
    zoe = people.subscriber(state=state, confirmed_at=None)
    send(client, frozen, kinds=["advisories"])
    run_jobs()
    assert _zoe().state == state
    path = link_in(mails_to("zoe@example.org")[-1], "confirm")
    client.post(path, data={"action": "confirm"})
    again = _zoe()
    assert (again.id, again.state, again.kinds) == (zoe.id, State.ACTIVE, (Kind.ADVISORIES,))


def test_a_suppressed_address_sees_the_same_page_and_gets_nothing(
    client: FlaskClient, frozen: Frozen, run_jobs: Any, browse: Any
) -> None:
    people.suppress("zoe@example.org")
    answer = send(client, frozen)
    assert "zoe@example.org" in browse(answer.location).words(".account__lead")
    run_jobs()
    assert mails_to("zoe@example.org") == []
    assert queries.by_key("zoe@example.org") is None


def test_a_form_that_comes_back_faster_than_anybody_reads_asks_for_its_button_once_more(
    client: FlaskClient, frozen: Frozen
) -> None:
    stamp = opened(client)
    fast = client.post(PATH, data=TYPED | {"opened": stamp})
    assert fast.status_code == 422
    assert 'value="zoe@example.org"' in fast.get_data(as_text=True)
    frozen.at += timedelta(seconds=2)
    assert client.post(PATH, data=TYPED | {"opened": stamp}).status_code == 303


@pytest.mark.parametrize(
    "stamp", ["", "1763636400", "1763636400.x", "x.y", "9" * 11 + "." + "0" * 32, "é.é", "."]
)
def test_a_stamp_that_is_not_ours_asks_for_the_button_once_more(
    client: FlaskClient, frozen: Frozen, stamp: str
) -> None:
    answer = client.post(PATH, data=TYPED | {"opened": stamp})
    assert answer.status_code == 422
    new = re.search(r'name="opened"[^>]*value="([^"]+)"', answer.get_data(as_text=True))
    assert new
    assert new[1] != stamp
    frozen.at += timedelta(seconds=2)
    assert client.post(PATH, data=TYPED | {"opened": new[1]}).status_code == 303


def test_a_form_that_stood_open_for_a_day_asks_for_its_button_once_more(
    client: FlaskClient, frozen: Frozen
) -> None:
    stamp = opened(client)
    frozen.at += timedelta(hours=24, seconds=1)
    answer = client.post(PATH, data=TYPED | {"opened": stamp})
    assert answer.status_code == 422
    new = re.search(r'name="opened"[^>]*value="([^"]+)"', answer.get_data(as_text=True))
    assert new
    frozen.at += timedelta(seconds=3)
    assert client.post(PATH, data=TYPED | {"opened": new[1]}).status_code == 303


def test_a_program_that_fills_in_what_nobody_sees_is_told_the_same_and_nothing_is_kept(
    client: FlaskClient, frozen: Frozen, browse: Any
) -> None:
    answer = send(client, frozen, more="cheap watches")
    assert answer.status_code == 303
    assert browse(answer.location).one("h1").text == "Consultez vos e-mails"
    assert db.session.scalar(select(func.count(SubscriptionRequest.id))) == 0
    preferences = "/fr/newsletter/preferences/"
    assert send(client, frozen, preferences, more="x").location == answer.location


def test_a_button_pressed_twice_sends_one_mail(client: FlaskClient, frozen: Frozen, run_jobs: Any) -> None:
    stamp = opened(client)
    frozen.at += timedelta(seconds=5)
    first, second = (client.post(PATH, data=TYPED | {"opened": stamp}) for _each in range(2))
    assert first.location == second.location
    run_jobs()
    assert len(mails_to("zoe@example.org")) == 1


def test_one_address_is_written_to_three_times_an_hour_whoever_asks(
    client: FlaskClient, frozen: Frozen, run_jobs: Any
) -> None:
    for _time in range(rules.ADDRESS_HOUR):
        frozen.at += timedelta(minutes=2)
        assert send(client, frozen).status_code == 303
    frozen.at += timedelta(minutes=2)
    answer = send(client, frozen)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert 'value="zoe@example.org"' in answer.get_data(as_text=True)
    assert send(client, frozen, email="tom@example.org").status_code == 303
    run_jobs()
    assert len(mails_to("zoe@example.org")) == rules.ADDRESS_HOUR


def test_one_network_asks_twenty_times_an_hour(
    client: FlaskClient, app: Flask, frozen: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SUBSCRIPTIONS_NETWORK", 2)
    for name in ("a", "b"):
        assert send(client, frozen, email=f"{name}@example.org").status_code == 303
    assert send(client, frozen, email="c@example.org").status_code == 429


def test_a_closed_newsletter_says_why(
    client: FlaskClient, app: Flask, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = {"fr": "Fermé en août.", "en": "Closed in August.", "uk": "Зачинено в серпні."}
    monkeypatch.setitem(app.config, "SUBSCRIPTIONS_CLOSED", closed)
    assert browse(PATH).words(".account__lead") == "Fermé en août."
    with pytest.raises(rules.Closed):
        service.ask(
            "zoe@example.org", rules.Wish((Kind.EVERY,), (), "fr"),
            service.Seen("", "", "", "fr"), network="x",
        )  # fmt: skip


def test_a_mail_that_did_not_come_is_sent_once_more(
    client: FlaskClient, frozen: Frozen, run_jobs: Any, browse: Any
) -> None:
    first = send(client, frozen).location
    frozen.at += timedelta(minutes=2)
    again = client.post(first)
    assert again.status_code == 303
    assert browse(again.location).one(".banner--done")
    run_jobs()
    assert len(mails_to("zoe@example.org")) == 2
    for _time in range(2):
        frozen.at += timedelta(minutes=2)
        last = client.post(first)
    assert last.status_code == 429


def test_the_page_shows_what_last_week_would_have_brought(
    client: FlaskClient, frozen: Frozen, browse: Any
) -> None:
    topic = make.topic("ukraine", en="Ukraine", fr="Ukraine", uk="Україна")
    make.topic("energy")
    make.published(
        frozen.at - timedelta(days=1), title="Filed under a topic", facts=make.shared(topics=["ukraine"])
    )
    make.published(frozen.at - timedelta(days=2), title="Of no topic")
    make.published(frozen.at - timedelta(days=8), title="Too old")
    page = browse("/en/newsletter/")
    assert [link.text for link in page.all(".last-week__list a")] == ["Filed under a topic", "Of no topic"]
    looked = client.post(
        "/en/newsletter/",
        data=TYPED | {"action": "look", "topics": [str(topic.id)], "language": "en"},
    ).get_data(as_text=True)
    assert "Filed under a topic" in looked
    assert "Of no topic" not in looked
    assert 'value="zoe@example.org"' in looked


def test_a_text_that_is_missing_in_the_language_is_shown_in_english_if_one_likes(
    client: FlaskClient, frozen: Frozen
) -> None:
    make.published(frozen.at - timedelta(days=1), title="In English alone")
    data = TYPED | {"action": "look", "language": "fr"}
    assert "In English alone" in client.post(PATH, data=data).get_data(as_text=True)
    assert "In English alone" not in client.post(PATH, data=data | {"if_missing": "skip"}).get_data(
        as_text=True
    )


def test_what_was_typed_is_forgotten_after_a_week_and_who_never_confirmed_after_thirty_days(
    client: FlaskClient, frozen: Frozen, run_jobs: Any
) -> None:
    check = send(client, frozen).location
    run_jobs()
    frozen.at += timedelta(days=7, seconds=1)
    run_jobs()
    assert db.session.scalar(select(func.count(SubscriptionRequest.id))) == 0
    assert client.get(check).status_code == 404
    assert _zoe().state == State.WAITING
    frozen.at += timedelta(days=24)
    run_jobs()
    db.session.rollback()
    assert queries.by_key("zoe@example.org") is None
    assert db.session.scalar(select(func.count(Consent.id))) == 0


def test_after_a_week_without_any_the_page_shows_the_newest_before(frozen: Frozen, browse: Any) -> None:
    empty = browse("/en/newsletter/")
    assert not empty.all(".last-week__list a")
    for days in range(8, 16):
        make.published(frozen.at - timedelta(days=days), title=f"Of {days} days ago")
    page = browse("/en/newsletter/")
    assert [link.text for link in page.all(".last-week__list a")] == [
        f"Of {days} days ago" for days in range(8, 13)
    ]
    assert "The newest before" in page.words(".last-week__none")
    assert {each.text for each in page.all(".choices__detail")} == {"Last week: none"}


@pytest.mark.parametrize(("kind", "shown"), [("every", "A release"), ("advisories", "An advisory")])
def test_each_kind_shows_its_own(client: FlaskClient, frozen: Frozen, kind: str, shown: str) -> None:
    make.published(frozen.at - timedelta(days=1), title="A release")
    make.published(
        frozen.at - timedelta(days=2), title="An advisory", facts=make.shared(kind="media_advisory")
    )
    data = TYPED | {"action": "look", "language": "en", "kinds": [kind]}
    page = client.post("/en/newsletter/", data=data).get_data(as_text=True)
    assert {title for title in ("A release", "An advisory") if title in page} == {shown}
