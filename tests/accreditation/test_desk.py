"""Media accounts at the desk: the list, a person, decisions with the mail that they send, groups."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts.models import Account
from app.accreditation import queries, service
from app.acts import act
from app.audit.models import Entry
from app.clock import now
from app.database import db
from app.media_users.models import MediaUser
from tests import make
from tests.signing import log_in, post

LIST = "/desk/media-accounts/"


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    """Max's browser."""
    return make.signed_in(app, "Max")


def person(account: Account) -> str:
    """Return the page of ``account``."""
    return f"{LIST}{account.id}/"


def decide(desk: FlaskClient, path: str, **fields: Any) -> Any:
    """Read the mail that a decision sends, then make the decision."""
    page = desk.get(path) if not fields else post(desk, path, fields, page=path)
    confirmed = re.search(r'name="confirmed"[^>]*value="([^"]+)"', page.get_data(as_text=True))
    assert confirmed, page.get_data(as_text=True)
    return post(desk, path, fields | {"confirmed": confirmed[1]}, page=path)


def state(account: Account, group: Any) -> str | None:
    """Return how ``account`` stands with ``group``."""
    db.session.rollback()
    found = queries.membership_of(account.id, group.id)
    return found.state if found else None


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_every_page_of_it_keeps_the_rules_of_the_house(app: Flask, browse: Any, language: str) -> None:
    officer = make.signed_in(app, "Max", language=language)
    empty = browse(LIST, by=officer)
    assert empty.one(".empty-state")
    assert browse(f"{LIST}groups/", by=officer).one(".empty-state")
    group, tom = make.group("Pool", "pool.test", admits=True), make.media_user("Tom", language="fr")
    service.ask(group, by=tom)
    page = browse(LIST, by=officer)
    assert page.words("tbody th").startswith("Tom tom@globe.test")
    for path in (
        person(tom), f"{person(tom)}groups/{group.id}/approve", f"{person(tom)}groups/{group.id}/refuse",
        f"{person(tom)}suspend", f"{person(tom)}put-in?group={group.id}", f"{LIST}groups/", f"{LIST}groups/new",
        f"{LIST}groups/{group.id}/", f"{LIST}groups/{group.id}/close", f"/desk/log/of/{tom.id}",
    ):  # fmt: skip
        browse(path, by=officer)


def test_the_list_is_narrowed_by_its_address_and_pages_are_stable(browse: Any, desk: FlaskClient) -> None:
    group = make.group("Pool")
    for number in range(queries.PAGE + 1):
        make.media_user(f"Person {number:02}", f"p{number:02}@globe.test", organisation="Daily Globe")
    service.ask(group, by=make.media_user("Person 00", "p00@globe.test"))
    first, second = browse(LIST, by=desk), browse(f"{LIST}?page=2", by=desk)
    assert (len(first.all("tbody tr")), len(second.all("tbody tr"))) == (queries.PAGE, 1)
    assert first.words(".desk-count") == f"{queries.PAGE + 1} accounts"
    assert desk.get(f"{LIST}?page=3").status_code == 404
    assert desk.get(f"{LIST}?page=x").status_code == 404
    found = browse(
        f"{LIST}?state=waiting&group={group.id}&country=BE&organisation=daily+globe&q=person", by=desk
    )
    assert found.words("tbody th").startswith("Person 00")
    assert len(found.all(".active-filters__one")) == 5
    nothing = browse(f"{LIST}?q=nobody", by=desk)
    assert "No account matches." in nothing.words(".empty-state")
    assert browse(f"{LIST}?state=x&group=9999&country=XX", by=desk).words(".desk-count").startswith("31")


def test_a_page_of_twenty_thousand_asks_a_few_indexed_things(app: Flask, desk: FlaskClient) -> None:
    """Each page costs the same number of questions however many accounts there are."""
    from sqlalchemy import event

    asked: list[str] = []

    def count(pages: int) -> int:
        asked.clear()
        event.listen(db.engine, "before_cursor_execute", note)
        desk.get(f"{LIST}?page={pages}")
        event.remove(db.engine, "before_cursor_execute", note)
        return len(asked)

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    make.media_user("Tom")
    few = count(1)
    for number in range(40):
        make.media_user(f"P {number}", f"p{number}@globe.test")
    assert count(1) == count(2) == few


def test_who_asks_is_let_in_once_the_mail_was_read(
    browse: Any, desk: FlaskClient, run_jobs: Any, outbox: Any
) -> None:
    group, tom = make.group("Pool"), make.media_user("Tom", language="fr")
    service.ask(group, by=tom)
    path = f"{person(tom)}groups/{group.id}/approve"
    page = browse(path, by=desk)
    assert "Vous faites maintenant partie du groupe" in page.words(".kept-mail")
    assert page.one(".kept-mail")["lang"] == "fr"
    assert post(desk, path, {"confirmed": "x"}, page=path).status_code == 200
    assert state(tom, group) == "waiting"
    assert decide(desk, path).status_code == 303
    assert state(tom, group) == "member"
    run_jobs()
    (mail,) = outbox()
    assert mail.text.strip() == page.one(".kept-mail").get_text().strip()
    assert desk.get(path).status_code == 409
    assert "Let in" not in browse(person(tom), by=desk).words()


def test_a_refusal_shows_its_mail_with_the_reason_and_another_reason_is_read_again(
    browse: Any, desk: FlaskClient, run_jobs: Any, outbox: Any
) -> None:
    group, tom = make.group("Pool"), make.media_user("Tom")
    service.ask(group, by=tom)
    path = f"{person(tom)}groups/{group.id}/refuse"
    assert not browse(path, by=desk).all(".kept-mail")
    answer = post(desk, path, {"reason": "  "}, page=path)
    assert answer.status_code == 422
    assert "Say why: the person reads it in the e-mail." in answer.get_data(as_text=True)
    first = post(desk, path, {"reason": "No <b>card</b>."}, page=path).get_data(as_text=True)
    assert "No &lt;b&gt;card&lt;/b&gt;." in first
    confirmed = re.search(r'name="confirmed"[^>]*value="([^"]+)"', first)[1]
    changed = {"reason": "Another reason.", "confirmed": confirmed}
    assert post(desk, path, changed, page=path).status_code == 200
    assert state(tom, group) == "waiting"
    assert decide(desk, path, reason="No card.").status_code == 303
    assert state(tom, group) == "refused"
    run_jobs()
    assert "No card." in outbox()[0].text
    assert "Reason: No card." in browse(person(tom), by=desk).words()


def test_somebody_is_put_into_a_group_and_taken_out(browse: Any, desk: FlaskClient) -> None:
    group, tom = make.group("Pool"), make.media_user("Tom")
    assert decide(desk, f"{person(tom)}put-in?group={group.id}").status_code == 303
    assert state(tom, group) == "member"
    assert desk.get(f"{person(tom)}put-in?group={group.id}").status_code == 409
    path = f"{person(tom)}groups/{group.id}/take_out"
    assert decide(desk, path, reason="Left the paper.").status_code == 303
    assert state(tom, group) == "refused"
    for wrong in ("", "?group=", "?group=x", "?group=99999999999", "?group=999"):
        assert desk.get(f"{person(tom)}put-in{wrong}").status_code == 404
    assert desk.get(f"{person(tom)}groups/999/approve").status_code == 404


def test_a_suspended_person_is_out_at_once_and_back_when_it_is_lifted(
    app: Flask, browse: Any, desk: FlaskClient
) -> None:
    tom = make.media_user("Tom")
    theirs = log_in(app.test_client(), tom)
    assert theirs.get("/en/account/settings").status_code == 200
    assert decide(desk, f"{person(tom)}suspend", reason="Broke an embargo.").status_code == 303
    assert theirs.get("/en/account/settings").status_code == 303
    page = browse(person(tom), by=desk)
    assert "Broke an embargo." in page.words(".notice")
    assert desk.get(f"{person(tom)}suspend").status_code == 409
    assert decide(desk, f"{person(tom)}lift").status_code == 303
    assert desk.get(f"{person(tom)}lift").status_code == 409
    log_in(theirs, tom)
    assert theirs.get("/en/account/settings").status_code == 200


def test_who_is_no_media_user_has_no_page_here(desk: FlaskClient) -> None:
    oksana = make.officer("Oksana")
    for path in (person(oksana), f"{person(oksana)}suspend", f"{LIST}999/", f"/desk/log/of/{oksana.id}"):
        assert desk.get(path).status_code == 404


def test_looking_at_what_somebody_did_is_an_entry_each_time(
    browse: Any, desk: FlaskClient, app: Flask
) -> None:
    tom = make.media_user("Tom")
    service.ask(make.group("Pool"), by=tom)

    def looks() -> int:
        db.session.rollback()
        return db.session.scalar(select(func.count()).where(Entry.verb == "looked at activity"))

    path = f"/desk/log/of/{tom.id}"
    assert "noted in the log" in browse(path, by=desk).words()
    assert looks() == 0
    answer = post(desk, path, page=path)
    assert "asked to join a group" in answer.get_data(as_text=True)
    post(desk, path, page=path)
    assert looks() == 2
    assert make.signed_in(app, "Rosa").get(path).status_code == 403


def test_somebody_who_leaves_is_shown_so(browse: Any, desk: FlaskClient) -> None:
    tom = make.media_user("Tom")
    act(lambda: setattr(db.session.get_one(MediaUser, tom.id), "leaving_at", now()))()
    assert "Leaving" in browse(f"{LIST}?state=leaving", by=desk).words("tbody")
    assert "to be deleted" in browse(person(tom), by=desk).words(".notice")


# --- groups ---

FIELDS = {
    "names_fr": "Presse",
    "names_en": "Press",
    "names_uk": "Преса",
    "domains": "",
    "admits_by_domain": "",
}


def test_a_group_is_made_and_changed_and_what_is_wrong_stands_beside_its_field(
    browse: Any, desk: FlaskClient
) -> None:
    new = f"{LIST}groups/new"
    for changed, said in (
        ({"names_uk": ""}, "Write the name in all three languages."),
        ({"domains": "gmail.com"}, "it would let everybody in"),
        ({"domains": "not a domain"}, "is no domain"),
        ({"admits_by_domain": "y"}, "Write the domains that let people in"),
    ):
        answer = post(desk, new, FIELDS | changed, page=new)
        text = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert said in text
        assert 'value="Presse"' in text
    answer = post(
        desk, new, FIELDS | {"domains": "Globe.test, AFP.example\r\n", "admits_by_domain": "y"}, page=new
    )
    assert answer.status_code == 303
    (group,) = queries.groups()
    assert (group.domains, group.admits_by_domain) == (["afp.example", "globe.test"], True)
    page = browse(f"{LIST}groups/{group.id}/", by=desk)
    assert page.one("textarea").get_text().split() == ["afp.example", "globe.test"]


def test_two_who_change_a_group_at_once_both_keep_what_they_typed(browse: Any, desk: FlaskClient) -> None:
    group = make.group("Press")
    path = f"{LIST}groups/{group.id}/"
    base = browse(path, by=desk).one("input[name=base]")["value"]
    assert post(desk, path, FIELDS | {"base": base, "names_en": "Theirs"}, page=path).status_code == 303
    answer = post(desk, path, FIELDS | {"base": base, "names_en": "Mine"}, page=path)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "What is saved now" in text
    assert "Theirs" in text
    assert 'value="Mine"' in text


def test_a_group_is_closed_and_opened_again_by_a_page_that_says_what_it_does(
    browse: Any, desk: FlaskClient
) -> None:
    group = make.group("Press")
    service.put_in(make.media_user("Tom"), group, by=make.officer("Max"))
    path = f"{LIST}groups/{group.id}/close"
    assert "1 member reads no text under embargo" in browse(path, by=desk).words()
    assert post(desk, path, page=path).status_code == 303
    assert "(closed)" in browse(f"{LIST}groups/", by=desk).words("tbody")
    path = f"{LIST}groups/{group.id}/reopen"
    assert post(desk, path, page=path).status_code == 303
    assert not queries.groups()[0].is_closed
    for wrong in ("999/", "999/close", "999/reopen"):
        assert desk.get(f"{LIST}groups/{wrong}").status_code == 404


# --- the dashboard ---


def test_requests_that_wait_stand_on_the_dashboard_of_who_decides(
    app: Flask, browse: Any, desk: FlaskClient
) -> None:
    assert "request to join" not in browse("/desk/", by=desk).words()
    group = make.group("Pool")
    service.ask(group, by=make.media_user("Tom"))
    page = browse("/desk/", by=desk)
    assert "1 request to join a group" in page.words("[aria-labelledby=turn-title]")
    assert page.words(".side-box__count") == "1"
    assert "request to join" not in browse("/desk/", by=make.signed_in(app, "Rosa")).words()
