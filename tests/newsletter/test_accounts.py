"""Media accounts and the newsletter: no second confirmation, one export, one erasure; and addresses of every odd form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text

from app.accounts.models import Account
from app.accounts.rules import email_key
from app.database import Base, db
from app.media_users import queries as media_queries
from app.media_users import service as media_users
from app.media_users.service import Wish
from app.newsletter import queries, service
from app.newsletter.models import Consent, Kind, State
from tests import make
from tests.conftest import Frozen
from tests.newsletter import people
from tests.newsletter.reader import link_in, mails_to, send
from tests.signing import log_in, post

pytestmark = pytest.mark.usefixtures("outbox_emptied")


@pytest.fixture
def tom(app: Flask) -> Account:
    """Somebody of the media."""
    return make.media_user("Tom", "tom@globe.test", language="uk")


def _agree(tom: Account, *kinds: str, language: str = "uk") -> None:
    wish = Wish("Так.", "2026-11", kinds, language)
    media_users.subscribe(tom, wish, page="/uk/account/newsletter", seen_in="uk")


def test_who_agrees_after_opening_an_account_is_written_to_without_a_second_confirmation(
    client: FlaskClient, run_jobs: Any, tom: Account
) -> None:
    log_in(client, tom)
    path = "/uk/account/newsletter"
    post(client, path, {"kinds": ["every", "daily"], "language": "fr", "next": ""}, page=path)
    run_jobs()
    subscriber = queries.by_key("tom@globe.test")
    assert subscriber is not None
    assert (subscriber.state, subscriber.source, subscriber.language) == (State.ACTIVE, "account", "fr")
    assert subscriber.kinds == (Kind.EVERY, Kind.DAILY)
    consent = queries.current_consent(subscriber.id)
    assert consent is not None
    assert (consent.how, consent.source) == ("media account, address proven", "account")
    [receipt] = mails_to("tom@globe.test")
    assert consent.text in receipt.text
    assert link_in(receipt, "preferences")


def test_it_is_taken_in_once_however_often_the_job_runs(app: Flask, run_jobs: Any, tom: Account) -> None:
    _agree(tom, "every")
    consent = media_queries.consent(tom.id, "newsletter")
    assert consent is not None
    for _time in range(2):
        service.take_in(consent.id)
        run_jobs()
    assert db.session.scalar(select(func.count(Consent.id))) == 1
    assert service.take_in(999) is None


def test_who_is_subscribed_already_gets_what_they_chose_last(app: Flask, run_jobs: Any, tom: Account) -> None:
    before = people.subscriber("tom@globe.test", kinds=("friday",), language="en")
    _agree(tom, "advisories")
    run_jobs()
    db.session.rollback()
    after = queries.by_key("tom@globe.test")
    assert after is not None
    assert (after.id, after.kinds, after.language) == (before.id, (Kind.ADVISORIES,), "uk")
    newer, older = queries.consents_of(after.id)
    assert older.withdrawn_how == "replaced"
    assert newer.account_consent_id is not None


def test_nobody_gets_past_a_suppression_by_an_account(app: Flask, run_jobs: Any, tom: Account) -> None:
    people.suppress("tom@globe.test")
    _agree(tom, "every")
    run_jobs()
    assert queries.by_key("tom@globe.test") is None


def test_what_was_withdrawn_before_the_job_ran_is_not_taken_in(app: Flask, tom: Account) -> None:
    _agree(tom, "every")
    consent = media_queries.consent(tom.id, "newsletter")
    assert consent is not None
    media_users.withdraw(tom.email_key)
    assert service.take_in(consent.id) is None
    assert queries.by_key("tom@globe.test") is None


def test_an_export_of_the_account_tells_of_the_newsletter(app: Flask, run_jobs: Any, tom: Account) -> None:
    _agree(tom, "every")
    run_jobs()
    [told] = media_users.export(tom)["newsletter"]
    assert (told["address"], told["state"], told["kinds"]) == ("tom@globe.test", "active", ["every"])
    assert told["consents"][0]["text"] == "Так."
    assert media_users.export(make.media_user("Ann", "ann@globe.test"))["newsletter"] == []


@pytest.mark.parametrize("state", [State.ACTIVE, State.PAUSED])
def test_an_erased_account_keeps_the_subscription_that_is_separate(
    app: Flask, frozen: Frozen, run_jobs: Any, tom: Account, state: State
) -> None:
    subscriber = people.subscriber("tom@globe.test", state=state)
    media_users.leave(tom)
    frozen.at += timedelta(days=30, seconds=1)
    run_jobs()
    db.session.rollback()
    kept = queries.subscriber(subscriber.id)
    assert kept is not None
    assert kept.email == "tom@globe.test"


def test_an_erased_account_leaves_nothing_of_a_subscription_that_is_over(
    app: Flask, frozen: Frozen, run_jobs: Any, tom: Account
) -> None:
    _agree(tom, "every")
    run_jobs()
    subscriber = queries.by_key("tom@globe.test")
    assert subscriber is not None
    service.leave(subscriber, how="link")
    media_users.leave(tom)
    frozen.at += timedelta(days=30, seconds=1)
    run_jobs()
    db.session.rollback()
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(text(f'SELECT * FROM "{table.name}"')):
            assert "tom@globe.test" not in str(row), table.name


# --- odd and hostile addresses ---


@pytest.mark.parametrize(
    "address",
    [
        "first.last+tag@example.org", "o'brien@example.org", "a@b.museum", "!#$%&'*+-/=?^_`{|}~@example.org",
        "x" * 64 + "@example.org", "zoe@sub.sub.sub.example.org", "zoë@example.org", "пошта@приклад.укр",
        "user@xn--80ak6aa92e.com", "0@0.example.org", "a--b@ex-ample.org", "UPPER@EXAMPLE.ORG",
    ],
)  # fmt: skip
def test_odd_addresses_that_are_valid_are_subscribed(
    client: FlaskClient, frozen: Frozen, run_jobs: Any, address: str
) -> None:
    answer = send(client, frozen, email=address)
    assert answer.status_code == 303
    assert client.get(answer.location).status_code == 200
    run_jobs()
    db.session.rollback()
    found = queries.by_key(email_key(address))
    assert found is not None
    assert found.state == State.WAITING


@pytest.mark.parametrize(
    "address",
    [
        "zoe@example.org\r\nBcc: all@example.org", "zoe@example.org\nSubject: x", "zoe@example.org\x0bBcc: a@example.org",
        "zoe@example.org\u2028Bcc: a@example.org", "zoe@example.org,tom@example.org", "zoe@example.org tom@example.org",
        "<zoe@example.org>", "Zoé <zoe@example.org>", "zoe@", "@example.org", "zoe@exa mple.org", "zoe@@example.org",
        "zoe@example", "zoe@-example.org", "zoe..x@example.org", ".zoe@example.org", "zoe@example..org",
        "zoe@[127.0.0.1]", '"><script>alert(1)</script>@example.org', "zoe@example.org\x00", "\u202ezoe@example.org",
        "zoe%0aBcc:a@example.org\n", "x" * 65 + "@example.org", "zoe@" + "a" * 64 + ".org",
    ],
)  # fmt: skip
def test_no_hostile_address_reaches_a_header(
    client: FlaskClient, frozen: Frozen, run_jobs: Any, address: str
) -> None:
    answer = send(client, frozen, email=address)
    assert answer.status_code in (303, 422)
    assert "<script>alert" not in answer.get_data(as_text=True)
    run_jobs()
    from app.mail.outbox import newest

    for mail in newest():
        assert mail.to.count("@") == 1
        assert "Bcc" not in mail.subject


def test_spellings_of_one_address_are_one_subscriber(
    client: FlaskClient, frozen: Frozen, run_jobs: Any
) -> None:
    for address in ("Zoe@Example.org", "zoe@EXAMPLE.ORG"):
        frozen.at += timedelta(minutes=2)
        send(client, frozen, email=address)
    run_jobs()
    db.session.rollback()
    found = queries.by_key("zoe@example.org")
    assert found is not None
    assert found.email == "zoe@example.org"
    assert len(queries.consents_of(found.id)) == 2
