"""Groups, who gets into them and how, and what becomes of accounts."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app import clock
from app.accounts import queries as accounts
from app.accounts.models import Account, Remembered, Session
from app.accounts.service.signing import new_session
from app.accreditation import queries, rules, service
from app.accreditation.models import MembershipState
from app.acts import act
from app.audit.models import Entry
from app.database import db
from app.refusals import Missing, Refusal
from tests import make

pytestmark = pytest.mark.usefixtures("app")
NAMES = {"fr": "Presse", "en": "Press", "uk": "Преса"}


def state(account: Account, group: Any) -> str | None:
    """Return how ``account`` stands with ``group``."""
    db.session.rollback()
    found = queries.membership_of(account.id, group.id)
    return found.state if found else None


def verbs() -> list[str]:
    """Return what was done, in order."""
    return list(db.session.scalars(select(Entry.verb).order_by(Entry.id)))


# --- groups ---


def test_a_group_is_made_with_a_key_of_its_own_and_logged() -> None:
    first, second = make.group("Press"), make.group("Press")
    assert (first.key, second.key) == ("press", "press-2")
    assert not first.is_closed
    assert verbs()[-2:] == ["added", "added"]


@pytest.mark.parametrize("name", ["Oksana", "Petro", "Rosa", "Nora"])
def test_nobody_without_the_right_touches_groups_or_accounts(name: str) -> None:
    group, person, by = make.group(), make.media_user(), make.officer(name)
    waiting = service.ask(group, by=person)
    user = queries.media_user(person.id)
    before = len(verbs())
    for deed in (
        lambda: service.make(NAMES, by=by),
        lambda: service.change(group, NAMES, domains=[], admits_by_domain=False, base="", by=by),
        lambda: service.close(group, by=by),
        lambda: service.reopen(group, by=by),
        lambda: service.approve(waiting, by=by),
        lambda: service.refuse(waiting, reason="No.", by=by),
        lambda: service.put_in(person, group, by=by),
        lambda: service.take_out(waiting, reason="No.", by=by),
        lambda: service.suspend(user, reason="No.", by=by),
        lambda: service.lift(user, by=by),
        lambda: service.note_look(person, by=by),
    ):
        with pytest.raises(rules.NotAllowed):
            deed()
    assert len(verbs()) == before


def test_a_changed_group_tells_what_it_was_and_refuses_who_looked_at_another() -> None:
    group, max_ = make.group("Press"), make.officer("Max")
    base = rules.version(group)
    service.change(group, NAMES, domains=["globe.test"], admits_by_domain=False, base=base, by=max_)
    assert (group.names, group.domains) == (NAMES, ["globe.test"])
    with pytest.raises(rules.Changed):
        service.change(group, NAMES, domains=[], admits_by_domain=False, base=base, by=max_)
    before = len(verbs())
    service.change(
        group, NAMES, domains=["globe.test"], admits_by_domain=False, base=rules.version(group), by=max_
    )
    assert len(verbs()) == before  # nothing differs, and nothing is written


def test_a_domain_that_is_added_lets_in_who_has_it_and_one_that_goes_turns_nobody_out() -> None:
    group, max_ = make.group("Press"), make.officer("Max")
    tom = make.media_user("Tom", "tom@globe.test")
    near = make.media_user("Ann", "ann@news.globe.test")
    other = make.media_user("Bob", "bob@notglobe.test")
    service.change(
        group, NAMES, domains=["globe.test"], admits_by_domain=True, base=rules.version(group), by=max_
    )
    assert [state(each, group) for each in (tom, near, other)] == ["member", None, None]
    service.change(group, NAMES, domains=[], admits_by_domain=False, base=rules.version(group), by=max_)
    assert state(tom, group) == "member"


def test_a_closed_group_opens_nothing_takes_nobody_in_and_opens_again() -> None:
    group, max_ = make.group("Press", "globe.test", admits=True), make.officer("Max")
    tom = make.media_user("Tom")
    service.admit_by_domain(tom)
    assert [each.id for each in queries.members([group.id])] == [tom.id]
    service.close(group, by=max_)
    service.close(group, by=max_)  # twice is once
    assert not queries.members([group.id])
    ann = make.media_user("Ann")
    assert service.admit_by_domain(ann) == []
    with pytest.raises(rules.Closed):
        service.ask(group, by=ann)
    with pytest.raises(rules.Closed):
        service.put_in(ann, group, by=max_)
    service.reopen(group, by=max_)
    assert [each.name for each in queries.members([group.id])] == ["Tom", "Ann"]
    assert verbs().count("closed") == 1


# --- getting in ---


def test_who_asks_waits_for_an_officer_and_is_told_what_was_decided(outbox: Any, run_jobs: Any) -> None:
    group, tom = make.group(), make.media_user("Tom", language="fr")
    asked = service.ask(group, by=tom)
    assert (asked.state, queries.waiting()[0]) == (MembershipState.WAITING, 1)
    service.approve(asked, by=make.officer("Max"))
    assert (state(tom, group), asked.decided_by.name, queries.waiting()) == ("member", "Max", (0, None))
    run_jobs()
    run_jobs()
    (mail,) = outbox()
    assert mail.to == tom.email
    assert "Vous faites maintenant partie du groupe" in mail.text
    assert "Accredited newsrooms (fr)" in mail.text
    assert "http://newsroom.test/fr/account/embargoes/" in mail.text


def test_who_is_refused_reads_why_and_may_ask_again(outbox: Any, run_jobs: Any) -> None:
    group, tom, max_ = make.group(), make.media_user("Tom", language="uk"), make.officer("Max")
    asked = service.ask(group, by=tom)
    service.refuse(asked, reason="Send your press card.", by=max_)
    run_jobs()
    (mail,) = outbox()
    assert "Send your press card." in mail.text
    assert mail.subject == "Ваш запит на дострокове читання"
    again = service.ask(group, by=tom)
    assert (again.id, again.state, again.reason) == (asked.id, "waiting", "Send your press card.")
    service.approve(again, by=max_)
    assert again.reason == ""


def test_nobody_decides_twice_and_nobody_asks_twice() -> None:
    group, tom, max_ = make.group(), make.media_user("Tom"), make.officer("Max")
    asked = service.ask(group, by=tom)
    with pytest.raises(Refusal) as refused:
        service.ask(group, by=tom)
    assert refused.value.field == "group"
    service.approve(asked, by=max_)
    for deed in (
        lambda: service.approve(asked, by=max_),
        lambda: service.refuse(asked, reason="No.", by=max_),
        lambda: service.put_in(tom, group, by=max_),
    ):
        with pytest.raises(rules.Decided):
            deed()
    with pytest.raises(Refusal):
        service.ask(group, by=tom)


def test_a_request_to_a_group_that_was_closed_meanwhile_is_not_approved() -> None:
    group, tom, max_ = make.group(), make.media_user("Tom"), make.officer("Max")
    asked = service.ask(group, by=tom)
    service.close(group, by=max_)
    assert queries.waiting()[0] == 0
    with pytest.raises(rules.Closed):
        service.approve(asked, by=max_)


def test_a_reason_is_needed_to_refuse_to_take_out_and_to_suspend() -> None:
    group, tom, max_ = make.group(), make.media_user("Tom"), make.officer("Max")
    asked = service.ask(group, by=tom)
    user = queries.media_user(tom.id)
    for deed in (
        lambda: service.refuse(asked, reason=" ", by=max_),
        lambda: service.take_out(asked, reason="", by=max_),
        lambda: service.suspend(user, reason="\n", by=max_),
    ):
        with pytest.raises(Refusal) as refused:
            deed()
        assert refused.value.field == "reason"
    assert state(tom, group) == "waiting"


def test_only_a_media_user_gets_into_a_group() -> None:
    group, oksana, max_ = make.group("Press", "office.test", admits=True), make.officer(), make.officer("Max")
    assert service.admit_by_domain(oksana) == []
    with pytest.raises(Missing):
        service.ask(group, by=oksana)
    with pytest.raises(Missing):
        service.put_in(oksana, group, by=max_)


def test_a_proven_domain_lets_in_once_confirmed_and_is_told(outbox: Any, run_jobs: Any) -> None:
    group, other = make.group("Press", "globe.test", admits=True), make.group("Others", "globe.test")
    tom = make.media_user("Tom")
    (made,) = service.admit_by_domain(tom)
    assert (made.group_id, made.state, made.decided_by_id) == (group.id, "member", None)
    assert state(tom, other) is None  # it has the domain, and lets officers decide
    assert service.admit_by_domain(tom) == []
    run_jobs()
    assert [mail.to for mail in outbox()] == [tom.email]


def test_the_confirmation_of_an_account_lets_it_in(run_jobs: Any) -> None:
    from app.jobs.ledger import announce

    group, tom = make.group("Press", "globe.test", admits=True), make.media_user("Tom")
    act(lambda: announce("media_user.confirmed", account=tom.id))()
    run_jobs()
    assert state(tom, group) == "member"


def test_asking_at_a_group_that_admits_the_domain_lets_in_at_once() -> None:
    group, tom = make.group("Press"), make.media_user("Tom")
    service.change(
        group,
        NAMES,
        domains=["globe.test"],
        admits_by_domain=True,
        base=rules.version(group),
        by=make.officer("Max"),
    )
    ann = make.media_user("Ann")
    assert service.ask(group, by=ann).state == "member"
    assert state(tom, group) == "member"


def test_a_request_that_waits_is_let_in_when_its_domain_is_added() -> None:
    group, tom = make.group("Press"), make.media_user("Tom")
    service.ask(group, by=tom)
    service.change(
        group,
        NAMES,
        domains=["globe.test"],
        admits_by_domain=True,
        base=rules.version(group),
        by=make.officer("Max"),
    )
    assert state(tom, group) == "member"


def test_no_machine_lets_in_whom_an_officer_turned_down_but_another_officer_may(
    outbox: Any, run_jobs: Any
) -> None:
    group, max_ = make.group("Press", "globe.test", admits=True), make.officer("Max")
    tom = make.media_user("Tom")
    (made,) = service.admit_by_domain(tom)
    service.take_out(made, reason="Left the paper.", by=max_)
    assert service.admit_by_domain(tom) == []
    service.close(group, by=max_)
    service.reopen(group, by=max_)
    assert state(tom, group) == "refused"
    assert service.ask(group, by=tom).state == "waiting"  # and waits, though the domain would do
    service.put_in(tom, group, by=make.officer("Ada"))
    assert state(tom, group) == "member"
    run_jobs()
    assert sorted(mail.subject for mail in outbox()) == [
        "You can read texts under embargo",
        "You can read texts under embargo",
        "You no longer have early access",
    ]


def test_another_address_is_looked_at_again() -> None:
    by_domain = make.group("Globe", "globe.test", "star.test", admits=True)
    by_hand, tom, max_ = make.group("Pool"), make.media_user("Tom"), make.officer("Max")
    service.admit_by_domain(tom)
    service.put_in(tom, by_hand, by=max_)

    def moves(domain: str) -> None:
        tom.email = tom.email_key = f"tom@{domain}"
        db.session.flush()
        service.look_again(tom)

    act(moves)("star.test")
    assert (state(tom, by_domain), state(tom, by_hand)) == ("member", "waiting")
    act(moves)("elsewhere.test")
    assert (state(tom, by_domain), state(tom, by_hand)) == ("waiting", "waiting")


# --- suspending ---


def test_a_suspended_account_is_out_everywhere_and_reads_why(outbox: Any, run_jobs: Any) -> None:
    group, tom, max_ = make.group(), make.media_user("Tom"), make.officer("Max")
    service.put_in(tom, group, by=max_)

    def remembers() -> None:
        new_session(tom, network="n", user_agent="u", is_halfway=False)
        db.session.flush()
        session = db.session.scalars(select(Session)).one()
        db.session.add(
            Remembered(
                account_id=tom.id, family="f", token_digest="d", session_id=session.id, made_at=clock.now()
            )
        )

    act(remembers)()
    user = queries.media_user(tom.id)
    service.suspend(user, reason="Broke an embargo.", by=max_)
    assert not tom.is_active
    assert not accounts.sessions_of(tom.id)
    assert db.session.scalars(select(Remembered.ended_at)).one() is not None
    assert not queries.members([group.id])
    with pytest.raises(rules.Decided):
        service.suspend(user, reason="Again.", by=max_)
    service.lift(user, by=max_)
    with pytest.raises(rules.Decided):
        service.lift(user, by=max_)
    assert tom.is_active
    assert user.suspension_reason == ""
    assert [each.id for each in queries.members([group.id])] == [tom.id]
    run_jobs()
    told = {mail.subject: mail.text for mail in outbox()}
    assert "Broke an embargo." in told["Your media account is suspended"]
    assert "Your media account is open again" in told


# --- what can be asked ---


def test_newsrooms_are_counted_by_their_names_whatever_the_case() -> None:
    group, max_ = make.group(), make.officer("Max")
    for name, organisation in (("Tom", "Газета"), ("Ann", "ГАЗЕТА"), ("Bob", "Daily Globe")):
        service.put_in(make.media_user(name, organisation=organisation), group, by=max_)
    assert queries.newsrooms([group.id]) == 2
    assert queries.newsrooms([]) == 0


def test_the_list_is_narrowed_by_words_state_organisation_country_and_group() -> None:
    group, max_ = make.group(), make.officer("Max")
    tom = make.media_user("Том Ярош", "tom@globe.test", organisation="Дзеркало")
    ann = make.media_user("Ann 100%", "ann@star.test", organisation="The Star")
    bob = make.media_user("Bob", "bob@star.test", organisation="The Star")
    service.ask(group, by=tom)
    service.put_in(ann, group, by=max_)
    service.suspend(queries.media_user(bob.id), reason="No.", by=max_)

    def found(**asked: Any) -> list[str]:
        wanted = queries.Asked(**asked)
        names = [row[1].name for row in queries.page(wanted, skip=0)]
        assert queries.count(wanted) == len(names)
        return names

    assert found() == ["Bob", "Ann 100%", "Том Ярош"]
    assert found(words="ярош ДЗЕРК") == ["Том Ярош"]
    assert found(words="100%") == ["Ann 100%"]
    assert found(words="STAR.test bob") == ["Bob"]
    assert found(words="%") == ["Ann 100%"]
    assert found(state="waiting") == ["Том Ярош"]
    assert found(state="member", group_id=group.id) == ["Ann 100%"]
    assert found(state="member", group_id=group.id + 1) == []
    assert found(group_id=group.id) == ["Ann 100%", "Том Ярош"]
    assert found(state="suspended") == ["Bob"]
    assert found(state="leaving") == []
    assert found(organisation="the star") == ["Bob", "Ann 100%"]
    assert found(country="FR") == []
    assert queries.countries() == ["BE"]
