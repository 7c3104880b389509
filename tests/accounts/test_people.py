"""The office's people: invited by mail, their roles changed, their accounts closed, and who is told."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts import queries, rules, service
from app.accounts.models import Account, Invitation, Role, Session
from app.accounts.service import inviting
from app.audit.models import Entry
from app.database import db
from app.jobs.ledger import Job, State
from app.languages import LANGUAGES
from app.mail import post as mailing
from tests import make, servers
from tests.signing import FACTOR, code_of, give_factor, post, session_cookie, show_code, sign_in, try_password

PAGE = "/desk/people/"
NEW = "Kvitka-2026-weselka?"
TYPED = {"name": "Noé Petit", "email": "Noe@office.test", "roles": ["reviewer", "writer"], "language": "fr"}


@pytest.fixture
def ada(client: FlaskClient, app: Flask) -> FlaskClient:
    """A browser in which Ada, an administrator, is signed in."""
    return sign_in(client, make.officer("Ada"))


def verbs() -> list[str]:
    """Return what the log tells, the oldest first."""
    return list(db.session.scalars(select(Entry.verb).order_by(Entry.id)))


def invited(**changes: Any) -> Invitation:
    """Return an invitation by Ada."""
    told = {"email": "noe@office.test", "name": "Noé Petit", "roles": ["writer"], "language": "fr"} | changes
    return service.invite(told.pop("email"), by=make.officer("Ada"), **told)


def link_in(mail: Any) -> str:
    """Return the path of the link in a mail."""
    found = re.search(r"http://newsroom\.test(/desk/invitation/[\w-]{40,})", mail.text)
    assert found, mail.text
    return found[1]


# The page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_lists_people_invitations_and_rights(app: Flask, browse: Any, language: str) -> None:
    by, oksana = make.signed_in(app, "Ada", language), make.officer("Oksana")
    invited()
    service.deactivate(make.officer("Nora"))
    page = browse(PAGE, by=by)
    assert page.soup.html["lang"] == language
    assert [cell.a.get_text() for cell in page.all(".text-table tbody th")] == ["Ada", "Nora", "Oksana"]
    assert page.one(f"a[href='{PAGE}{oksana.id}']")
    assert "noe@office.test" in page.words(".devices")
    heads = page.all(".rights thead th[scope=col]")
    rows = page.all(".rights tbody tr")
    assert (len(heads), len(rows)) == (len(Role), len(rules.RIGHTS))
    for row, having in zip(rows, rules.RIGHTS.values(), strict=True):
        assert row.th["scope"] == "row"
        assert [bool(cell.select(".rights__yes")) for cell in row.find_all("td")] == [
            role in having for role in Role
        ]


@pytest.mark.parametrize("name", ["Oksana", "Petro", "Rosa", "Amélie", "Max", "Nora"])
def test_the_page_is_for_administrators(app: Flask, name: str) -> None:
    by = make.signed_in(app, name)
    for path in (PAGE, f"{PAGE}invite", f"{PAGE}1"):
        assert by.get(path).status_code == 403, path
    assert PAGE not in by.get("/desk/").get_data(as_text=True)


# Invitations


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_is_invited_in_their_language_and_comes_in(
    ada: FlaskClient, app: Flask, browse: Any, run_jobs: Any, outbox: Any, language: str, frozen: Any
) -> None:
    browse(f"{PAGE}invite", by=ada)
    answer = post(ada, f"{PAGE}invite", TYPED | {"language": language}, page=f"{PAGE}invite")
    assert (answer.status_code, answer.location) == (303, PAGE)
    run_jobs()
    (mail,) = outbox()
    assert (mail.to, mail.language) == ("Noe@office.test", language)
    assert "Ada" in mail.text
    assert {"fr": "Rédaction, Relecture", "en": "Writer, Reviewer", "uk": "Написання текстів, Перевірка"}[
        language
    ] in mail.text

    guest = app.test_client()
    page = browse(link_in(mail), by=guest)
    assert page.soup.html["lang"] == language
    assert "Noé Petit" in page.words()
    assert queries.by_key("noe@office.test") is None  # looking changes nothing

    answer = post(guest, link_in(mail), {"password": NEW}, page=link_in(mail))
    assert answer.status_code == 303
    account = queries.by_key("noe@office.test")
    assert account is not None
    assert (account.name, account.roles, account.language) == ("Noé Petit", ["writer", "reviewer"], language)
    assert guest.get("/desk/").location.startswith("/desk/sign-in")
    assert guest.get("/desk/sign-in").location == f"{FACTOR}/set-up"

    assert guest.get(link_in(mail)).status_code == 410
    assert try_password(app.test_client(), "noe@office.test", NEW).status_code == 303
    assert {"invited", "accepted invitation", "added"} <= set(verbs())


def test_neither_database_nor_queue_nor_log_holds_the_token(
    ada: FlaskClient, run_jobs: Any, outbox: Any
) -> None:
    asked = invited()
    run_jobs()
    token = link_in(outbox()[0]).rsplit("/", 1)[1]
    db.session.refresh(asked)
    assert asked.token_digest == inviting.digest_of(token)
    told = " ".join(
        [str(vars(each)) for each in db.session.scalars(select(Invitation))]
        + [f"{each.subject}{each.error}{each.key}" for each in db.session.scalars(select(Job))]
        + [f"{each.details}{each.label}" for each in db.session.scalars(select(Entry))]
    )
    assert token not in told


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"name": ""}, "name", "Enter a name"),
        ({"name": "x" * 300}, "name", "at most 120 characters"),
        ({"email": ""}, "email", "Enter an e-mail address"),
        ({"email": "nothing"}, "email", "correct format"),
        ({"email": "a@b.test\r\nBcc: c@d.test"}, "email", "correct format"),
        ({"email": "ADA@office.test"}, "email", "already an account"),
        ({"roles": []}, "roles-0", "Choose at least one role"),
        ({"roles": ["owner"]}, "roles-0", "Choose at least one role"),
        ({"roles": ["writer", "\0"]}, "roles-0", "Choose at least one role"),
        ({"language": "de"}, "language-0", ""),
    ],
)
def test_what_is_wrong_is_said_next_to_its_field_and_the_rest_is_kept(
    ada: FlaskClient, changes: dict[str, Any], field: str, told: str
) -> None:
    answer = post(ada, f"{PAGE}invite", TYPED | {"name": "Zoé <b>"} | changes, page=f"{PAGE}invite")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'href="#{field}"' in text
    assert told in text
    if "name" not in changes:
        assert 'value="Zoé &lt;b&gt;"' in text
    assert db.session.scalars(select(Invitation)).all() == []


def test_one_address_has_one_open_invitation(ada: FlaskClient, frozen: Any) -> None:
    invited()
    answer = post(ada, f"{PAGE}invite", TYPED, page=f"{PAGE}invite")
    assert answer.status_code == 422
    assert "This address is already invited." in answer.get_data(as_text=True)
    again = {"name": "N", "roles": ["writer"], "language": "fr", "by": make.officer("Ada")}
    frozen.at += timedelta(days=7) - timedelta(seconds=1)
    with pytest.raises(rules.Invited):
        service.invite("NOE@office.test", **again)
    frozen.at += timedelta(seconds=1)
    service.invite("NOE@office.test", **again)


def test_an_invitation_works_for_seven_days(app: Flask, run_jobs: Any, outbox: Any, frozen: Any) -> None:
    invited()
    run_jobs()
    link = link_in(outbox()[0])
    frozen.at += timedelta(days=7) - timedelta(seconds=1)
    assert app.test_client().get(link).status_code == 200
    frozen.at += timedelta(seconds=1)
    assert app.test_client().get(link).status_code == 410


def test_an_invitation_sent_again_replaces_the_link(
    ada: FlaskClient, app: Flask, run_jobs: Any, outbox: Any, frozen: Any
) -> None:
    asked = invited()
    run_jobs()
    frozen.at += timedelta(days=8)
    sign_in(ada, make.officer("Ada"))
    assert post(ada, f"{PAGE}invitations/{asked.id}/again", page=PAGE).status_code == 303
    run_jobs()
    first, second = (link_in(mail) for mail in outbox())
    assert app.test_client().get(first).status_code == 410
    assert app.test_client().get(second).status_code == 200


def test_an_expired_invitation_is_not_sent_again_beside_a_newer_one(
    app: Flask, browse: Any, frozen: Any
) -> None:
    expired = invited()
    frozen.at += timedelta(days=8)
    invited()
    ada = sign_in(app.test_client(), make.officer("Ada"))
    assert post(ada, f"{PAGE}invitations/{expired.id}/again", page=PAGE).status_code == 303
    assert "This address is already invited." in browse(PAGE, by=ada).words(".banner")
    db.session.refresh(expired)
    assert (expired.sending, expired.expires_at < frozen.at) == (1, True)


def test_a_withdrawn_invitation_opens_nothing(
    ada: FlaskClient, app: Flask, browse: Any, run_jobs: Any, outbox: Any
) -> None:
    asked = invited()
    run_jobs()
    assert post(ada, f"{PAGE}invitations/{asked.id}/withdraw", page=PAGE).status_code == 303
    page = browse(link_in(outbox()[0]), by=app.test_client(), status=410)
    assert "This invitation is over" in page.words()
    answer = post(ada, f"{PAGE}invitations/{asked.id}/again", page=PAGE)
    assert answer.status_code == 303
    assert "This invitation is over" in browse(PAGE, by=ada).words(".banner")
    assert post(ada, f"{PAGE}invitations/999/again", page=PAGE).status_code == 404


@pytest.mark.parametrize("token", ["x", "../..", "%00", "А" * 50, "x" * 3000, "<script>"])
def test_a_link_that_was_never_ours_is_over(app: Flask, token: str) -> None:
    assert app.test_client().get(f"/desk/invitation/{token}").status_code in (404, 410)


def test_a_password_that_does_not_do_is_told_and_the_link_still_works(
    app: Flask, run_jobs: Any, outbox: Any, browse: Any
) -> None:
    invited(language="en")
    run_jobs()
    link, guest = link_in(outbox()[0]), app.test_client()
    answer = post(guest, link, {"password": "short"}, page=link)
    assert answer.status_code == 422
    assert "The password does not yet meet: 12 characters or more" in answer.get_data(as_text=True)
    assert "short" not in re.findall(r'value="([^"]*)"', answer.get_data(as_text=True))
    assert post(guest, link, {"password": NEW}, page=link).status_code == 303


def test_two_who_accept_at_once_make_one_account(app: Flask, run_jobs: Any, outbox: Any) -> None:
    asked = invited()
    run_jobs()
    token = link_in(outbox()[0]).rsplit("/", 1)[1]
    assert service.accept(token, NEW, network="n", user_agent="")
    db.session.refresh(asked)
    with pytest.raises(rules.InvitationOver):
        inviting._accepted(asked.id, token, "hash", network="n", user_agent="")
    with pytest.raises(rules.InvitationOver):
        service.accept(token, NEW, network="n", user_agent="")


def test_an_address_that_got_an_account_in_between_is_told_so(app: Flask, run_jobs: Any, outbox: Any) -> None:
    invited(email="oksana@office.test", language="en")
    run_jobs()
    make.officer("Oksana")
    link = link_in(outbox()[0])
    answer = post(app.test_client(), link, {"password": NEW}, page=link)
    assert answer.status_code == 422
    assert "There is already an account with this address" in answer.get_data(as_text=True)


def test_accepting_ends_the_session_that_this_browser_had(
    ada: FlaskClient, run_jobs: Any, outbox: Any
) -> None:
    invited()
    run_jobs()
    link = link_in(outbox()[0])
    before = session_cookie(ada).value
    assert post(ada, link, {"password": NEW}, page=link).status_code == 303
    ended = [
        row.ended_at
        for row in db.session.scalars(select(Session).where(Session.account_id == make.officer("Ada").id))
    ]
    assert all(ended)
    assert session_cookie(ada).value != before


def test_a_mail_that_goes_wrong_is_sent_again_and_one_that_was_sent_is_not(
    app: Flask, run_jobs: Any, monkeypatch: pytest.MonkeyPatch, frozen: Any
) -> None:
    asked, sent = invited(), []

    def fail(message: Any) -> None:
        raise mailing.Away("the mail server cannot be reached")

    monkeypatch.setattr("app.accounts.jobs.post", fail)
    run_jobs()
    monkeypatch.setattr("app.accounts.jobs.post", sent.append)
    frozen.at += timedelta(minutes=5)
    run_jobs()
    assert len(sent) == 1
    db.session.refresh(asked)
    assert asked.mailed == 1
    assert inviting.new_link(asked.id, 1) is None  # the job may run twice


def test_an_address_that_the_server_refuses_is_shown(
    ada: FlaskClient, browse: Any, run_jobs: Any, monkeypatch: Any
) -> None:
    def refuse(message: Any) -> None:
        raise mailing.Refused(550)

    monkeypatch.setattr("app.accounts.jobs.post", refuse)
    invited()
    run_jobs()
    assert "The mail server refused this address (550)." in browse(PAGE, by=ada).words(".devices")
    assert {job.state for job in db.session.scalars(select(Job))} == {State.DONE}


# Changes


def test_roles_are_changed_and_both_sides_are_told(
    ada: FlaskClient, browse: Any, run_jobs: Any, outbox: Any
) -> None:
    oksana = make.officer("Oksana", language="uk")
    make.officer("Berta", "administrator", language="fr")
    service.deactivate(make.officer("Carl", "administrator"))
    page = f"{PAGE}{oksana.id}"
    assert [box["value"] for box in browse(page, by=ada).all("input[name=roles][checked]")] == ["writer"]
    assert post(ada, page, {"roles": ["publisher", "writer"]}, page=page).status_code == 303
    db.session.refresh(oksana)
    assert oksana.roles == ["writer", "publisher"]
    run_jobs()
    mails = {mail.to: mail for mail in outbox()}
    assert set(mails) == {"oksana@office.test", "ada@office.test", "berta@office.test"}
    own = mails["oksana@office.test"]
    assert (own.language, own.subject) == ("uk", "Ваші ролі в пресслужбі змінено")
    assert "Раніше: Написання текстів." in own.text
    assert "Тепер: Написання текстів, Публікація." in own.text
    assert mails["ada@office.test"].subject == "The roles of Oksana were changed"
    run_jobs()
    assert len(outbox()) == 3


def test_roles_that_stay_as_they_are_are_not_told(ada: FlaskClient, run_jobs: Any, outbox: Any) -> None:
    oksana = make.officer("Oksana")
    before = len(verbs())
    assert (
        post(ada, f"{PAGE}{oksana.id}", {"roles": ["writer"]}, page=f"{PAGE}{oksana.id}").status_code == 303
    )
    run_jobs()
    assert (outbox(), len(verbs())) == ([], before)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "At least one administrator must remain"),
        ("fr", "Il doit rester au moins une personne qui administre le site"),
        ("uk", "Має залишитися принаймні один адміністратор"),
    ],
)
def test_the_last_administrator_stays_one(app: Flask, language: str, told: str) -> None:
    client = make.signed_in(app, "Ada", language)
    ada = make.officer("Ada")
    answer = post(client, f"{PAGE}{ada.id}", {"roles": ["writer"]}, page=f"{PAGE}{ada.id}")
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)
    db.session.refresh(ada)
    assert ada.roles == ["administrator"]


def test_nobody_removes_themselves(ada: FlaskClient, app: Flask) -> None:
    make.officer("Berta", "administrator")
    own = make.officer("Ada")
    for verb in ("deactivate", "reset-factor"):
        answer = post(ada, f"{PAGE}{own.id}/{verb}", page=PAGE)
        assert answer.status_code == 409
        assert "You cannot remove yourself." in answer.get_data(as_text=True)
    db.session.refresh(own)
    assert own.is_active
    assert own.factor_at


@pytest.mark.skipif(not servers.POSTGRES, reason="SQLite lets one write at a time")
def test_two_administrators_who_take_the_role_from_each_other_leave_one(app: Flask) -> None:
    ids = [make.officer(name, "administrator").id for name in ("Ada", "Berta")]
    both, refused = threading.Barrier(2), []

    def take(account_id: int) -> None:
        with app.app_context():
            both.wait()
            try:
                service.set_roles(db.session.get_one(Account, account_id), ["writer"])
            except rules.LastAdministrator:
                refused.append(account_id)

    threads = [threading.Thread(target=take, args=(each,)) for each in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert (len(refused), len(queries.administrators())) == (1, 1)


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(
    ada: FlaskClient, app: Flask, browse: Any
) -> None:
    oksana = make.officer("Oksana")
    other = make.signed_in(app, "Oksana")
    page = f"{PAGE}{oksana.id}/deactivate"
    assert "1 device is logged out at once." in browse(page, by=ada).words()
    assert post(ada, page, page=page).status_code == 303
    assert other.get("/desk/").location.startswith("/desk/sign-in")
    browse(f"{PAGE}{oksana.id}", by=ada)
    assert post(ada, f"{PAGE}{oksana.id}/activate", page=f"{PAGE}{oksana.id}").status_code == 303
    sign_in(app.test_client(), oksana)


def test_a_lost_telephone_is_reset_by_somebody_else_and_told(
    ada: FlaskClient, app: Flask, browse: Any, run_jobs: Any, outbox: Any
) -> None:
    oksana = make.officer("Oksana")
    other = make.signed_in(app, "Oksana")
    page = f"{PAGE}{oksana.id}/reset-factor"
    browse(page, by=ada)
    assert post(ada, page, page=page).status_code == 303
    assert other.get("/desk/").location.startswith("/desk/sign-in")
    assert try_password(other, oksana.email, make.PASSWORD).location == f"{FACTOR}/set-up"
    run_jobs()
    mails = {mail.to: mail.text for mail in outbox()}
    assert set(mails) == {"oksana@office.test", "ada@office.test"}
    assert "By: Ada." in mails["oksana@office.test"]
    assert verbs().count("reset second factor") == 1
    answer = post(ada, page, page=page)
    assert answer.status_code == 409
    assert "There is no second factor." in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["999", "999/deactivate", "999/reset-factor", "99999999999999999999", "x"])
def test_somebody_who_is_not_there_is_not_found(ada: FlaskClient, path: str) -> None:
    assert ada.get(f"{PAGE}{path}").status_code == 404


# One's own


def test_an_officer_sees_and_ends_their_other_sessions(
    client: FlaskClient, app: Flask, browse: Any, frozen: Any
) -> None:
    sign_in(client)
    others = [make.signed_in(app, "Oksana") for _ in range(3)]
    page = browse("/desk/settings", by=client)
    assert len(page.all(".devices__one")) == 4
    assert len(page.all(".devices__one form")) == 3
    one = page.all(".devices__one form")[0]["action"]
    assert post(client, one, page="/desk/settings").status_code == 303
    assert sum(other.get("/desk/").status_code == 200 for other in others) == 2
    assert post(client, one, page="/desk/settings").status_code == 404
    assert post(client, "/desk/settings/sessions/end-others", page="/desk/settings").status_code == 303
    assert not [other for other in others if other.get("/desk/").status_code == 200]
    assert client.get("/desk/").status_code == 200


def test_nobody_ends_the_session_of_another(client: FlaskClient, app: Flask) -> None:
    sign_in(client)
    amelie = make.signed_in(app, "Amélie")
    theirs = queries.sessions_of(make.officer("Amélie").id)[0].id
    assert post(client, f"/desk/settings/sessions/{theirs}/end", page="/desk/settings").status_code == 404
    assert amelie.get("/desk/").status_code == 200


def test_an_officer_changes_their_password(
    client: FlaskClient, app: Flask, run_jobs: Any, outbox: Any
) -> None:
    sign_in(client)
    other = make.signed_in(app, "Oksana")
    page = "/desk/settings"
    sent = {"current_password": make.PASSWORD, "password": NEW}
    assert post(client, f"{page}/password", sent, page=page).status_code == 303
    assert client.get("/desk/").status_code == 200
    assert other.get("/desk/").status_code == 303
    assert try_password(app.test_client(), "oksana@office.test", make.PASSWORD).status_code == 422
    assert try_password(app.test_client(), "oksana@office.test", NEW).status_code == 303
    run_jobs()
    assert [(mail.to, mail.subject) for mail in outbox()] == [
        ("oksana@office.test", "Your password was changed – International Secretariat")
    ]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"current_password": "x", "password": NEW}, "This is not your password"),
        ({"current_password": "x" * 100_000, "password": NEW}, "This is not your password"),
        ({"current_password": make.PASSWORD, "password": "short"}, "The password does not yet meet"),
        ({"current_password": "", "password": ""}, "Enter your password"),
    ],
)
def test_a_password_is_not_changed_without_the_old_one_or_to_a_bad_one(
    client: FlaskClient, app: Flask, sent: dict[str, str], told: str
) -> None:
    sign_in(client)
    answer = post(client, "/desk/settings/password", sent, page="/desk/settings")
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)
    assert make.PASSWORD not in answer.get_data(as_text=True)


def test_a_password_and_a_code_let_in_whoever_was_led_here_by_the_mail(app: Flask) -> None:
    oksana = make.officer("Oksana")
    give_factor(oksana)
    client = app.test_client()
    try_password(client, oksana.email, make.PASSWORD)
    assert show_code(client, code_of(oksana)).location == "/desk/"
