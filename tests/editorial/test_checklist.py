"""The checks at review and at publication: what blocks, what takes a reason, and what the machine puts right."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.audit.models import Entry
from app.database import db
from app.editorial import checking, rules, service
from app.editorial.models import State, Waiver
from app.refusals import Refusal
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.releases.test_desk import here, token

VAGUE = '<p>Read <a href="https://www.example.org/x">here</a>.</p>'
WHY = "The ministry calls it so."


def rules_found(edition):
    return [each.rule for each in checking.findings(edition)]


def key_of(edition, rule):
    return next(each.key for each in checking.findings(edition) if each.rule == rule)


def test_a_complete_text_has_nothing_to_report(app):
    assert rules_found(make.release()) == []


def test_what_does_not_block_takes_a_reason_that_is_kept_and_logged(app):
    edition, oksana = make.release(body=VAGUE), make.officer("Oksana")
    with pytest.raises(rules.NeedsReason) as told:
        service.submit(edition, by=oksana)
    assert (told.value.field, told.value.how_many) == ("body", 1)

    assert service.let_pass(edition, {key_of(edition, "link-vague"): WHY, "unknown:1": "x"}, by=oksana) == 1
    waiver = db.session.scalars(select(Waiver)).one()
    assert (waiver.reason, waiver.by.name) == (WHY, "Oksana")
    last = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert (last.verb, list(last.details["reasons"].values())) == ("let pass", [WHY])
    service.submit(edition, by=oksana)
    assert edition.state is State.IN_REVIEW


def test_one_reason_lets_everything_pass_in_the_act_that_submits(app):
    edition = make.release(body=VAGUE, lead="")
    service.submit(edition, by=make.officer("Oksana"), reason=WHY)
    assert {each.reason for each in db.session.scalars(select(Waiver))} == {WHY}
    last = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert (last.verb, len(last.details["let_pass"])) == ("submitted", 2)


def test_no_reason_lets_what_blocks_pass(app):
    edition = make.release(body="<table><tr><td>1</td></tr></table>")
    with pytest.raises(rules.NotReady):
        service.submit(edition, by=make.officer("Oksana"), reason=WHY)
    with pytest.raises(Refusal):
        service.let_pass(edition, {key_of(edition, "table-header"): WHY}, by=make.officer("Oksana"))
    assert edition.state is State.DRAFT


def test_a_reason_lapses_with_the_words_that_it_was_for_and_only_then(app):
    edition, oksana = make.release(body=VAGUE), make.officer("Oksana")
    service.let_pass(edition, {key_of(edition, "link-vague"): WHY}, by=oksana)
    longer = "<p>A sentence before.</p>" + VAGUE
    service.save(edition, make.text(body=longer), make.shared(), base=1, by=oksana)
    assert checking.unanswered(edition) == []
    service.save(edition, make.text(body=VAGUE.replace("/x", "/y")), make.shared(), base=2, by=oksana)
    assert [each.rule for each in checking.unanswered(edition)] == ["link-vague"]


@pytest.mark.parametrize("reason", ["x" * 301])
def test_a_reason_is_a_sentence(app, reason):
    edition = make.release(body=VAGUE)
    with pytest.raises(Refusal):
        service.let_pass(edition, {key_of(edition, "link-vague"): reason}, by=make.officer("Oksana"))
    assert service.let_pass(edition, {key_of(edition, "link-vague"): " \x00"}, by=make.officer("Oksana")) == 0


def test_a_link_that_leads_nowhere_since_the_review_keeps_the_text_from_publication(app, frozen):
    other, amelie = make.published(title="Other"), make.officer("Amélie")
    body = f'<p>See <a href="/en/news/{other.path}">the other page</a>.</p>'
    edition = make.release(State.APPROVED, body=body)
    assert rules_found(edition) == []
    service.remove(other, reason="Error.", by=amelie)
    with pytest.raises(rules.NeedsReason):
        service.publish(edition, by=amelie)
    service.let_pass(edition, {key_of(edition, "link-broken"): WHY}, by=amelie)
    service.publish(edition, by=amelie)
    assert edition.state is State.PUBLISHED


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/en/news/2025/11/20/none", "link-broken"),
        ("http://newsroom.test/en/news/2025/11/20/none", "link-broken"),
        ("/desk/releases/1/en/", "link-private"),
        ("waiting", "link-private"),
        ("withdrawn", "link-private"),
        ("removed", "link-broken"),
        ("old", None),
        ("public", None),
        ("other language", None),
        ("text", None),
        ("/en/about/privacy", None),
        ("https://www.example.org/en/news/none", None),
    ],
)
def test_an_address_of_ours_is_looked_up(app, frozen, address, said):
    public = make.published(title="Public")
    old = public.path
    make.again(public, "minor", title="Renamed")
    amelie = make.officer("Amélie")
    if address == "waiting":
        from datetime import timedelta

        address = f"/en/news/{make.release(State.EMBARGO, at=frozen.at + timedelta(hours=1)).path}"
    elif address in ("withdrawn", "removed"):
        ended = make.published(title="Ended")
        getattr(service, {"withdrawn": "withdraw", "removed": "remove"}[address])(
            ended, reason="Error.", by=amelie
        )
        address = f"/en/news/{ended.path}"
    address = {
        "old": f"/en/news/{old}",
        "public": f"/en/news/{public.path}?x=1#y",
        "other language": f"/fr/news/{public.path}",
        "text": f"/en/news/{public.path}.txt",
    }.get(address, address)
    edition = make.release(body=f'<p>See <a href="{address}">the other page</a>.</p>')
    assert rules_found(edition) == ([said] if said else [])


def test_typography_is_put_right_one_by_one_or_all_at_once(app):
    body = "<p>Mr J. Smith and Mrs A. Jones spoke.</p>"
    edition, oksana = make.release(body=body), make.officer("Oksana")
    first, *_rest = [each for each in checking.findings(edition) if each.suggestion]
    made = service.put_right(edition, keys=[first.key], base=1, by=oksana)
    assert (made.number, made.body.count("\u00a0")) == (2, 1)
    made = service.put_right(edition, base=2, by=oksana)
    assert made.body.count("\u00a0") == 2
    assert rules_found(edition) == []
    assert service.put_right(edition, base=3, by=oksana) is None
    with pytest.raises(rules.Stale):
        service.put_right(edition, base=1, by=oksana)


def test_who_may_not_write_answers_no_check(app):
    edition = make.release(body=VAGUE)
    for act in (
        lambda: service.let_pass(edition, {"x": "y"}, by=make.officer("Nora")),
        lambda: service.put_right(edition, base=1, by=make.officer("Nora")),
    ):
        with pytest.raises(rules.NotAllowed):
            act()


# The page


@pytest.fixture
def oksana(app):
    """A browser in which Oksana (writer) is signed in."""
    return make.signed_in(app, "Oksana")


def send(by, edition, status, **fields):
    known = {"csrf_token": token(by), "base": str(edition.current.number)}
    page = Page(by.post(here(edition) + "checks", data=known | fields))
    assert page.status == status, page.html[:2000]
    if status != 303:
        hold_to_the_house(page)
    db.session.expire_all()
    return page


def test_sending_for_review_leads_to_the_checks_and_on_from_there(oksana, app, browse):
    edition = make.release(body=VAGUE)
    page = Page(oksana.post(here(edition) + "submit", data={"csrf_token": token(oksana)}))
    assert page.status == 422
    hold_to_the_house(page)
    assert "A link named “here” does not say where it leads." in page.words()
    key = key_of(edition, "link-vague")
    assert send(oksana, edition, 422, submit="1", everything="").words(".error-summary")
    send(oksana, edition, 303, submit="1", **{f"reason-{key}": WHY})
    assert edition.state is State.IN_REVIEW
    assert WHY in browse(here(edition) + "review", by=make.signed_in(app, "Amélie")).words()


def test_a_text_without_findings_is_ready(oksana, browse):
    assert (
        "Nothing to report. Ready for review." in browse(here(make.release()) + "checks", by=oksana).words()
    )


def test_what_was_typed_is_kept_when_something_else_is_wrong(oksana):
    edition = make.release(body=VAGUE, lead="")
    key = key_of(edition, "link-vague")
    page = send(oksana, edition, 422, **{f"reason-{key}": "x" * 301})
    assert page.one(f"input[name='reason-{key}']")["value"] == "x" * 301


def test_a_correction_accepted_on_the_page_keeps_the_reasons_typed(oksana):
    edition = make.release(body="<p>Mr J. Smith spoke.</p>" + VAGUE)
    key = key_of(edition, "link-vague")
    send(oksana, edition, 303, accept_all="1", **{f"reason-{key}": WHY})
    assert edition.current.number == 2
    assert checking.unanswered(edition) == []


def test_an_older_page_puts_nothing_right(oksana):
    edition = make.release(body="<p>Mr J. Smith spoke.</p>")
    service.save(edition, make.text(body="<p>Mr J. Doe spoke.</p>"), make.shared(), base=1, by=make.officer())
    send(oksana, edition, 409, accept_all="1", base="1")
    assert edition.current.number == 2


def test_publishing_names_what_has_no_reason(app, browse):
    other = make.published(title="Other")
    edition = make.release(State.APPROVED, body=f'<p>See <a href="/en/news/{other.path}">the page</a>.</p>')
    service.withdraw(other, reason="Error.", by=make.officer("Amélie"))
    amelie = make.signed_in(app, "Amélie")
    assert "has no reason yet" in browse(here(edition) + "publish", by=amelie).words()
    sent = {"csrf_token": token(amelie), "when": "now", "seen": "1"}
    assert amelie.post(here(edition) + "publish", data=sent).status_code == 422
