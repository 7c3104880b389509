"""At the desk: who reads a text before its hour, who has, and who is told when the hour changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.accreditation import service as accrediting
from app.audit.models import Entry
from app.database import db
from app.editorial import rules, service
from app.editorial.models import Edition, EmbargoAccess, State
from app.editorial.queries import early
from app.refusals import Refusal
from app.releases.models import Release
from tests import make
from tests.signing import log_in, post

HERE = "/desk/releases/1/en/"


def group(name: str = "Pool", *people: str) -> Any:
    """Return a new group with these people in it."""
    made = make.group(name)
    for each in people:
        accrediting.put_in(make.media_user(each, organisation=f"{each} News"), made, by=make.officer("Max"))
    return made


def names(edition: Edition) -> list[str]:
    """Return the groups that ``edition`` is open to."""
    db.session.rollback()
    return [each.names["en"] for each in early.groups_of(edition.id)]


def details(verb: str) -> dict[str, Any]:
    """Return what the last entry of that kind tells."""
    return (
        db.session.scalars(select(Entry).where(Entry.verb == verb).order_by(Entry.id.desc())).first().details
    )


# --- the acts ---


@pytest.mark.usefixtures("app")
def test_an_embargo_is_opened_to_groups_or_to_nobody_and_a_schedule_never() -> None:
    pool, amelie = group(), make.officer("Amélie")
    opened = make.embargoed(pool)
    assert (names(opened), details("scheduled")["groups"]) == (["Pool"], ["Pool"])
    closed = make.embargoed(title="Another one")
    assert (names(closed), closed.embargo_key, "groups" in details("scheduled")) == ([], None, False)
    scheduled = make.release(State.APPROVED, title="A third one")
    service.publish(scheduled, by=amelie, wanted_at=clock.now() + timedelta(hours=1), groups=[pool])
    now = make.release(State.APPROVED, title="A fourth one")
    service.publish(now, by=amelie, is_embargo=True, groups=[pool])
    assert (names(scheduled), names(now)) == ([], [])


@pytest.mark.usefixtures("app")
def test_a_closed_group_opens_no_text() -> None:
    pool, edition = group(), make.release(State.APPROVED)
    accrediting.close(pool, by=make.officer("Max"))
    with pytest.raises(Refusal) as refused:
        service.publish(
            edition, by=make.officer("Amélie"), wanted_at=clock.now() + timedelta(hours=1), is_embargo=True,
            groups=[pool],
        )  # fmt: skip
    assert refused.value.field == "groups"
    assert edition.state is State.APPROVED


@pytest.mark.usefixtures("app")
def test_languages_that_go_together_are_opened_and_regrouped_together() -> None:
    pool, other, amelie = group(), group("Others"), make.officer("Amélie")
    item = Release()
    english = make.release(State.APPROVED, item=item)
    french = make.release(State.APPROVED, item=item, language="fr")
    service.ask_together(item, ["fr", "en"], by=amelie)
    until = clock.now() + timedelta(hours=1)
    service.publish(english, by=amelie, wanted_at=until, is_embargo=True, groups=[pool])
    assert [names(each) for each in (english, french)] == [["Pool"], ["Pool"]]
    assert english.embargo_key != french.embargo_key
    service.regroup(french, [other, other], reason="Wrong pool.", by=amelie)
    assert [names(each) for each in (english, french)] == [["Others"], ["Others"]]
    told = details("regrouped")
    assert (told["groups_before"], told["groups"], told["comment"]) == (
        ["Pool"],
        ["Others", "Others"],
        "Wrong pool.",
    )


@pytest.mark.usefixtures("app")
def test_regrouping_takes_a_right_a_reason_and_an_hour_to_come(frozen: Any) -> None:
    pool, amelie = group(), make.officer("Amélie")
    edition = make.embargoed(pool, hours=1)
    for name in ("Oksana", "Rosa", "Max"):
        with pytest.raises(rules.NotAllowed):
            service.regroup(edition, [], reason="Why.", by=make.officer(name))
    for reason in ("", "x" * 301):
        with pytest.raises(Refusal) as refused:
            service.regroup(edition, [], reason=reason, by=amelie)
        assert refused.value.field == "reason"
    accrediting.close(pool, by=make.officer("Max"))
    with pytest.raises(Refusal) as refused:
        service.regroup(edition, [pool], reason="Why.", by=amelie)
    assert refused.value.field == "groups"
    scheduled = make.release(State.SCHEDULED, title="Another one", at=frozen.at + timedelta(hours=1))
    frozen.at += timedelta(hours=1)
    for each in (edition, scheduled):
        with pytest.raises(rules.WrongState):
            service.regroup(each, [], reason="Why.", by=amelie)


@pytest.mark.usefixtures("app")
def test_what_was_open_last_is_offered_again_and_opens_nothing_meanwhile() -> None:
    pool, tom = group("Pool", "Tom"), make.media_user("Tom")
    edition = make.embargoed(pool)
    service.take_back(edition, by=make.officer("Amélie"))
    assert names(edition) == ["Pool"]
    assert not early.texts(tom.id, at=clock.now())
    assert db.session.scalars(select(EmbargoAccess)).one()


# --- D7 ---


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "From now: Pool, Others, 2 newsrooms. From 20 November 2025, 15:00, Brussels time (UTC+1), that is 14:00 UTC: everyone."),
        ("fr", "Dès maintenant : Pool (fr), Others (fr), 2 rédactions."),
        ("uk", "Відтепер: Pool (uk), Others (uk), 2 редакції."),
    ],
)  # fmt: skip
def test_publishing_under_embargo_says_who_sees_what_and_when_before_it_is_done(
    app: Flask, browse: Any, language: str, said: str
) -> None:
    officer = make.signed_in(app, "Amélie", language=language)
    pool, other = group("Pool", "Tom", "Ann"), group("Others", "Tom")
    edition = make.release(State.APPROVED)
    page = browse(f"{HERE}publish", by=officer)
    assert len(page.all("input[name=groups]")) == 2
    fields = {
        "when": "embargo", "day": "20/11/2025", "clock": "15:00", "groups": [str(pool.id), str(other.id)],
        "seen": str(edition.current.number),
    }  # fmt: skip
    answer = post(officer, f"{HERE}publish", fields, page=f"{HERE}publish")
    text = " ".join(answer.get_data(as_text=True).replace("\N{NO-BREAK SPACE}", " ").split())
    assert said in text
    assert names(edition) == []


def test_what_was_read_back_is_what_is_done(app: Flask, browse: Any) -> None:
    pool, other = group("Pool", "Tom"), group("Others")
    edition = make.release(State.APPROVED)
    officer = make.signed_in(app, "Amélie")
    fields: dict[str, Any] = {
        "when": "embargo", "day": "20/11/2025", "clock": "15:00", "groups": [str(pool.id)],
        "seen": str(edition.current.number), "confirmed": f"2025-11-20T14:00:00+00:00 {other.id}",
    }  # fmt: skip
    assert (
        post(officer, f"{HERE}publish", fields, page=f"{HERE}publish").status_code == 200
    )  # read back again
    fields["confirmed"] = f"2025-11-20T14:00:00+00:00 {pool.id}"
    assert post(officer, f"{HERE}publish", fields, page=f"{HERE}publish").status_code == 303
    assert names(edition) == ["Pool"]
    page = browse(HERE, by=officer)
    assert "Open to Pool, 1 newsroom." in page.words("[aria-labelledby=early-title]")


def test_without_a_group_officers_alone_read_it_and_the_page_says_so(app: Flask, browse: Any) -> None:
    edition = make.release(State.APPROVED)
    officer = make.signed_in(app, "Amélie")
    assert "There is no group of media users yet" in browse(f"{HERE}publish", by=officer).words()
    fields = {"when": "embargo", "day": "20/11/2025", "clock": "15:00", "seen": str(edition.current.number)}
    answer = post(officer, f"{HERE}publish", fields, page=f"{HERE}publish")
    assert "until then only officers can read this text" in answer.get_data(as_text=True)


@pytest.mark.parametrize("typed", ["999", "x", "1 OR 1=1"])
def test_a_group_that_is_none_is_refused_beside_the_field(app: Flask, typed: str) -> None:
    group()
    edition = make.release(State.APPROVED)
    officer = make.signed_in(app, "Amélie")
    fields = {
        "when": "embargo", "day": "20/11/2025", "clock": "15:00", "groups": [typed],
        "seen": str(edition.current.number),
    }  # fmt: skip
    assert post(officer, f"{HERE}publish", fields, page=f"{HERE}publish").status_code == 422
    assert edition.state is State.APPROVED


def test_the_groups_are_changed_with_a_reason_while_it_waits(app: Flask, browse: Any, frozen: Any) -> None:
    pool, other = group("Pool", "Tom"), group("Others")
    edition = make.embargoed(pool, hours=1)
    officer = make.signed_in(app, "Amélie")
    page = browse(f"{HERE}early/groups", by=officer)
    assert [each["value"] for each in page.all("input[name=groups][checked]")] == [str(pool.id)]
    there = f"{HERE}early/groups"
    answer = post(officer, there, {"groups": [str(other.id)], "reason": ""}, page=there)
    assert (answer.status_code, names(edition)) == (422, ["Pool"])
    answer = post(officer, there, {"groups": [str(other.id)], "reason": "Wrong pool."}, page=there)
    assert (answer.status_code, names(edition)) == (303, ["Others"])
    token_page = officer.get(there)
    assert token_page.status_code == 200
    frozen.at += timedelta(minutes=25)
    service.take_back(edition, by=make.officer("Amélie"))
    answer = post(officer, there, {"groups": [], "reason": "Wrong pool."}, page=HERE)
    assert answer.status_code == 409
    assert "waits for no moment" in answer.get_data(as_text=True)


# --- who has read it ---


def test_the_desk_lists_who_has_opened_it_and_how_often(app: Flask, browse: Any, frozen: Any) -> None:
    edition = make.embargoed(group("Pool", "Tom", "Ann"))
    tom = log_in(app.test_client(), make.media_user("Tom"))
    there = f"/en/account/embargoes/{edition.embargo_key}"
    tom.get(there)
    frozen.at += timedelta(minutes=5)
    tom.get(there)
    officer = make.signed_in(app, "Max")
    page = browse(f"{HERE}early", by=officer)
    row = page.words("tbody tr")
    assert row.startswith("Tom Tom News today, 12:00 today, 12:05 2")
    assert "1 person has opened it" in browse(HERE, by=make.signed_in(app, "Amélie")).words(
        "[aria-labelledby=early-title]"
    )
    assert make.signed_in(app, "Oksana").get(f"{HERE}early").status_code == 403
    assert make.signed_in(app, "Max").get(f"{HERE}early/groups").status_code == 403


# --- who is told ---


def test_moving_and_lifting_tells_each_member_once_in_their_language(
    app: Flask, browse: Any, run_jobs: Any, outbox: Any
) -> None:
    pool, amelie = group("Pool", "Tom", "Ann"), make.officer("Amélie")
    zoe = make.media_user("Zoé", "zoe@monde.test", organisation="Le Monde entier", language="fr")
    accrediting.put_in(zoe, pool, by=make.officer("Max"))
    make.media_user("Bob")
    run_jobs()
    before = len(outbox())
    item = Release()
    english = make.release(State.APPROVED, item=item)
    make.release(State.APPROVED, item=item, language="fr")
    service.ask_together(item, ["fr", "en"], by=amelie)
    until = clock.now() + timedelta(hours=3)
    service.publish(english, by=amelie, wanted_at=until, is_embargo=True, groups=[pool])
    run_jobs()
    assert len(outbox()) == before

    officer = make.signed_in(app, "Amélie")
    page = browse(f"{HERE}moment", by=officer)
    fields = {"when": "now", "reason": "It leaked.", "seen": page.one("input[name=seen]")["value"]}
    answer = post(officer, f"{HERE}moment", fields, page=f"{HERE}moment")
    assert "3 newsrooms will be told at once." in answer.get_data(as_text=True)

    service.move(english, to=until + timedelta(hours=1), reason="Late.", by=amelie, seen=until)
    run_jobs()
    run_jobs()
    told = [mail for mail in outbox() if "moved" in mail.subject or "déplacé" in mail.subject]
    assert sorted(mail.to for mail in told) == ["ann@globe.test", "tom@globe.test", "zoe@monde.test"]
    (french,) = [mail for mail in told if mail.to == zoe.email]
    assert make.TITLES["fr"] in french.text
    assert "/fr/account/embargoes/" in french.text
    assert "2025-11-20 15:00 UTC" in french.text

    service.lift(english, reason="It leaked.", by=amelie, seen=until + timedelta(hours=1))
    run_jobs()
    told = [mail for mail in outbox() if "lifted" in mail.subject or "levé" in mail.subject]
    assert len(told) == 3
    assert all(f"http://newsroom.test/{mail.language}/news/2025/11/20/" in mail.text for mail in told)


def test_nobody_is_told_of_a_schedule_or_of_an_embargo_that_was_open_to_nobody(
    run_jobs: Any, outbox: Any, app: Flask
) -> None:
    group("Pool", "Tom")
    run_jobs()
    before, amelie = len(outbox()), make.officer("Amélie")
    hour = clock.now() + timedelta(hours=1)
    edition = make.embargoed(hours=1)
    service.move(edition, to=hour + timedelta(hours=1), reason="Late.", by=amelie, seen=hour)
    service.lift(edition, reason="Now.", by=amelie, seen=hour + timedelta(hours=1))
    run_jobs()
    assert len(outbox()) == before


def test_a_move_that_was_taken_back_before_the_mail_went_is_not_told(
    run_jobs: Any, outbox: Any, app: Flask
) -> None:
    pool, amelie = group("Pool", "Tom"), make.officer("Amélie")
    run_jobs()
    before, hour = len(outbox()), clock.now() + timedelta(hours=1)
    edition = make.embargoed(pool, hours=1)
    service.move(edition, to=hour + timedelta(hours=1), reason="Late.", by=amelie, seen=hour)
    service.take_back(edition, by=amelie)
    run_jobs()
    assert len(outbox()) == before
