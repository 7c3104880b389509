"""The pages on which somebody gets an account, as a browser sees them."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts.hashing import Hashing
from app.database import db
from app.media_users import queries
from app.media_users.models import Consent, Registration
from app.proving.models import Proof, Purpose
from tests import make
from tests.browser import Page
from tests.media_users.steps import enter
from tests.proving.letters import code_in
from tests.signing import post

PATH = "/fr/account/register"
LOGIN = "/en/account/login"
TYPED = {
    "name": "Zoé Lefèvre",
    "organisation": "L’Écho du soir",
    "country": "FR",
    "email": "zoe@echo.test",
    "password": "Vulytsia-7-lypa!",
    "language": "uk",
    "conditions": "y",
}


def send(client: FlaskClient, page: str = PATH, **change: Any) -> Any:
    """Open the page, type everything and send it."""
    fields = {name: value for name, value in (TYPED | change).items() if value is not None}
    return post(client, page.partition("?")[0], {"next": ""} | fields, page=page)


def registrations() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Registration.proof_id))) or 0


def the_proof() -> Proof:
    db.session.rollback()
    return db.session.scalars(select(Proof)).one()


def kept(page: Page) -> dict[str, Any]:
    """Return what stands in the fields."""
    chosen = page.all("#country option[selected]")
    return {
        "name": page.one("#name").get("value"),
        "organisation": page.one("#organisation").get("value"),
        "country": chosen[0]["value"] if chosen else "",
        "email": page.one("#email").get("value"),
        "password": page.one("#password").get("value"),
        "language": page.one("input[name=language][checked]")["value"],
        "conditions": page.one("#conditions").get("value"),
    }


def test_the_page_asks_for_seven_things_and_ticks_nothing(browse: Any) -> None:
    page = browse(PATH)
    controls = page.all("main form.form :is(input:not([type=hidden], [type=radio]), select)")
    assert len(controls) + 1 == 7  # the language is three radio buttons
    assert not page.all("input[type=checkbox][checked]")
    assert page.one("input[name=language][checked]")["value"] == "fr"
    assert [page.one(f"#{name}")["autocomplete"] for name in ("name", "organisation", "country", "email", "password")] == [
        "name", "organization", "country", "email", "new-password",
    ]  # fmt: skip
    assert page.words(".account__step") == "Étape 1 sur 3"
    assert len(page.all("[data-rule]")) == 5
    before = page.soup.find(id="password").find_previous(id="password-rules")
    assert before is not None


def test_what_is_right_leads_to_the_code(client: FlaskClient) -> None:
    answer = send(client, next="/fr/news/?topic=x")
    assert (answer.status_code, answer.location) == (303, "/fr/account/code?for=register")
    proof = the_proof()
    assert (proof.email, proof.language, proof.back) == ("zoe@echo.test", "uk", "/fr/news/?topic=x")
    assert registrations() == 1


def test_nothing_typed_is_lost_but_the_password(client: FlaskClient) -> None:
    page = Page(send(client, conditions=None, country="ZZ"))
    assert page.status == 422
    assert page.soup.title.get_text().startswith("Erreur\u00a0: ")
    assert [link["href"] for link in page.all(".error-summary a")] == ["#country", "#conditions"]
    typed = kept(page)
    assert not typed.pop("password")
    assert (typed["name"], typed["organisation"], typed["email"], typed["language"]) == (
        TYPED["name"], TYPED["organisation"], TYPED["email"], TYPED["language"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Saisissez votre nom"),
        ({"organisation": " "}, "Saisissez le nom de votre média"),
        ({"country": ""}, "Choisissez un pays"),
        ({"email": ""}, "Saisissez votre adresse e-mail"),
        ({"email": "zoe"}, "Saisissez une adresse e-mail complète"),
        ({"password": ""}, "Choisissez un mot de passe"),
        ({"password": "vulytsia lypa"}, "Une minuscule et une majuscule, Un chiffre"),
        ({"password": "Lefevre-2025-ab!"}, "ne doit pas contenir votre nom"),
        ({"language": "de"}, "Choisissez une des trois langues"),
        ({"conditions": None}, "Acceptez les conditions"),
        ({"name": "x" * 300}, "120"),
        ({"name": "<script>alert(1)</script>", "country": ""}, "Choisissez un pays"),
    ],
)
def test_each_fault_is_named_beside_its_field_and_above(
    client: FlaskClient, change: dict[str, Any], words: str
) -> None:
    page = Page(send(client, **change))
    assert page.status == 422
    name = next(name for name in change if name != "name" or len(change) == 1)
    assert words in page.words(".error-summary")
    assert words in page.words(f"#{name}-error")
    assert not page.all("script:not([src])")
    assert registrations() == 0


def test_the_server_marks_the_rules_of_the_password(client: FlaskClient) -> None:
    page = Page(send(client, password="vulytsia lypa"))
    states = {rule["data-rule"]: rule["data-state"] for rule in page.all("[data-rule]")}
    assert states == {"length": "met", "case": "unmet", "digit": "unmet", "symbol": "unmet", "space": "unmet"}
    assert "pas encore respecté" in page.words("[data-rule=digit]")


def test_a_mistyped_domain_is_asked_about_and_holds_nobody_up(client: FlaskClient) -> None:
    page = Page(send(client, email="zoe@gmial.com", conditions=None))
    assert page.words(".meant__note") == "Vouliez-vous écrire zoe@gmail.com ?"
    corrected = Page(send(client, email="zoe@gmial.com", conditions=None, meant="1"))
    assert corrected.status == 200
    assert kept(corrected)["email"] == "zoe@gmail.com"
    assert not corrected.all(".error-summary")

    answer = send(client, email="zoe@gmial.com")

    assert answer.status_code == 303
    assert the_proof().email == "zoe@gmial.com"


def test_the_conditions_are_read_and_the_form_is_as_it_was(browse: Any, client: FlaskClient) -> None:
    answer = send(
        client,
        f"{PATH}?next=/fr/events/",
        conditions=None,
        password="",
        read="conditions",
        next="/fr/events/",
    )
    assert (answer.status_code, answer.location) == (303, "/fr/account/conditions?next=/fr/events/")
    back = browse(answer.location).one(".account__back a")["href"]

    page = browse(back)

    typed = kept(page)
    assert {name: typed[name] for name in ("name", "organisation", "country", "email", "language")} == {
        name: TYPED[name] for name in ("name", "organisation", "country", "email", "language")
    }
    assert page.one("input[name=next]")["value"] == "/fr/events/"
    cookie = client.get_cookie(client.application.config["SESSION_COOKIE_NAME"]).value
    assert len(cookie) < 4000


def test_changing_the_address_finds_the_form_as_it_was(browse: Any, client: FlaskClient) -> None:
    send(client)
    typed = kept(browse(PATH))
    assert (typed["name"], typed["email"], typed["country"]) == ("Zoé Lefèvre", "zoe@echo.test", "FR")
    assert not typed["password"]


def test_known_and_unknown_addresses_are_answered_alike(app: Flask) -> None:
    make.media_user("Zoe", "zoe@echo.test")
    answers = [send(app.test_client(), email=email) for email in ("zoe@echo.test", "new@echo.test")]
    told = [
        (answer.status_code, answer.location, sorted(answer.headers.keys()), answer.data)
        for answer in answers
    ]
    assert told[0] == told[1]


def test_a_form_that_stood_open_too_long_is_kept(client: FlaskClient) -> None:
    answer = client.post(PATH, data=TYPED)
    page = Page(answer)
    assert page.status == 400
    assert "Votre saisie est conservée" in page.words(".error-summary")
    assert kept(page)["name"] == TYPED["name"]
    assert registrations() == 0


def test_too_many_registrations_are_told_the_clock_time(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "REGISTRATIONS_NETWORK", 1)
    send(client)
    page = Page(send(client))
    assert page.status == 429
    assert "13:00" in page.words(".error-summary") or "13:01" in page.words(".error-summary")
    assert int(page.answer.headers["Retry-After"]) > 3500
    assert kept(page)["organisation"] == TYPED["organisation"]


def test_a_busy_newsroom_says_when_to_come_again(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.accounts.hashing import Busy

    def busy(self: Hashing, password: str) -> str:
        raise Busy

    monkeypatch.setattr(Hashing, "hash", busy)
    answer = send(client)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert registrations() == 0


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_a_closed_registration_says_why_and_takes_nothing(
    app: Flask, client: FlaskClient, browse: Any, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    token_page = f"/{language}/account/login"
    said = {"fr": "Jusqu’à lundi.", "en": "Until Monday.", "uk": "До понеділка."}
    monkeypatch.setitem(app.config, "REGISTRATION_CLOSED", said)
    page = browse(f"/{language}/account/register")
    assert said[language] in page.words()
    answer = post(client, f"/{language}/account/register", TYPED, page=token_page)
    assert said[language] in answer.get_data(as_text=True)
    assert registrations() == 0


def logged_in(client: FlaskClient) -> FlaskClient:
    tom = make.media_user("Tom")
    assert post(client, LOGIN, {"email": tom.email, "password": make.PASSWORD}, page=LOGIN).status_code == 303
    return client


def test_who_is_logged_in_is_told_so(client: FlaskClient, browse: Any) -> None:
    page = browse("/en/account/register?next=/en/events/", by=logged_in(client))
    assert page.one("h1").get_text() == "You have an account already"
    assert [link["href"] for link in page.all(".account__end a")] == ["/en/events/", "/en/account/settings"]
    assert page.all(".account__end a")[0].get_text(strip=True) == "Go to “Events”"


def enter_the_code(client: FlaskClient, run_jobs: Any, outbox: Any) -> Any:
    """Do what is due, and type the code of the newest mail."""
    run_jobs()
    return enter(client, code_in(outbox()[-1]), language="fr")


@pytest.mark.usefixtures("outbox_emptied")
def test_a_right_code_logs_in_and_leads_to_what_is_possible_now(
    client: FlaskClient, browse: Any, run_jobs: Any, outbox: Any
) -> None:
    send(client, next="/fr/events/?year=2025")

    answer = enter_the_code(client, run_jobs, outbox)

    assert answer.location == "/fr/account/created?next=/fr/events/?year%3D2025"
    page = browse(answer.location)
    assert page.one("h1").get_text() == "Votre compte est créé"
    button = page.one(".account__end a")
    assert (button["href"], button.get_text()) == (
        "/fr/events/?year=2025", "Aller à «\u202fÉvénements\u202f»",
    )  # fmt: skip
    assert "zoe@echo.test" in page.words()
    assert "Zoé Lefèvre" in page.words(".account__who")


@pytest.mark.usefixtures("outbox_emptied")
def test_an_address_taken_meanwhile_is_told_to_its_owner(
    client: FlaskClient, browse: Any, run_jobs: Any, outbox: Any
) -> None:
    send(client, next="/fr/events/")
    run_jobs()
    make.media_user("Zoe", "zoe@echo.test")

    answer = enter_the_code(client, run_jobs, outbox)

    assert answer.location == "/fr/account/login?next=/fr/events/"
    assert "déjà un compte" in browse(answer.location).words(".banner")


def test_yes_and_no_to_the_newsletter_weigh_the_same(client: FlaskClient, browse: Any) -> None:
    page = browse("/en/account/created?next=/en/news/", by=logged_in(client))
    yes, no = page.all(".account__answers button")
    assert yes["class"] == no["class"]
    assert (yes.get_text(), no.get_text()) == ("Subscribe", "No thanks")
    assert not page.all("main input[checked]")


def answer_newsletter(client: FlaskClient, **fields: Any) -> Any:
    return post(client, "/en/account/newsletter", fields, page="/en/account/created")


def consents() -> list[Consent]:
    db.session.rollback()
    return list(db.session.scalars(select(Consent).order_by(Consent.id)))


def test_a_no_is_taken_and_not_asked_again(client: FlaskClient, browse: Any) -> None:
    answer = answer_newsletter(logged_in(client), answer="no", next="/en/news/")
    page = browse(answer.location)
    assert page.words(".banner p") == "We will send you no newsletter."
    assert not page.all(".account__answers")
    assert page.one(".account__end a")["href"] == "/en/news/"
    assert consents() == []


def test_a_yes_asks_which_and_keeps_the_words_that_were_shown(
    client: FlaskClient, browse: Any, frozen: Any
) -> None:
    answer = answer_newsletter(logged_in(client), answer="yes", next="/en/news/")
    page = browse(answer.location)
    assert not page.all("input[type=checkbox][checked]")
    shown = page.words(".account__agreed")
    fields = {"kinds": ["every", "friday"], "language": "uk", "next": "/en/news/"}

    answer = post(client, "/en/account/newsletter", fields, page=answer.location)

    assert answer.location == "/en/account/created?next=/en/news/"
    assert (
        "Every release as it is published, A summary on Fridays (Українська)"
        in browse(answer.location).words()
    )
    (consent,) = consents()
    assert (consent.text, consent.version, consent.language) == (shown, "2026-11", "en")
    assert (consent.choices, consent.given_at) == ({"kinds": "every,friday", "language": "uk"}, frozen.at)
    assert (consent.email, consent.page, consent.how) == (
        "tom@globe.test", "/en/account/newsletter", "account, address proven",
    )  # fmt: skip


def test_another_yes_ends_the_one_before(client: FlaskClient) -> None:
    logged_in(client)
    for kind in ("every", "friday"):
        answer_newsletter(client, kinds=kind, language="en")
    first, second = consents()
    assert first.withdrawn_at is not None
    assert second.withdrawn_at is None
    assert queries.consent(second.account_id, "newsletter").id == second.id


@pytest.mark.parametrize("kinds", [[], ["hourly"], ["every", "hourly"]])
def test_a_yes_without_a_kind_is_asked_again(client: FlaskClient, kinds: list[str]) -> None:
    page = Page(answer_newsletter(logged_in(client), kinds=kinds, language="en"))
    assert page.status == 422
    assert page.words("#kinds-error").endswith("Choose at least one kind of e-mail")
    assert consents() == []


def test_purposes_are_told_in_the_address_of_the_code(client: FlaskClient) -> None:
    send(client)
    assert the_proof().purpose == Purpose.REGISTER
