"""How a page that readers know ends, and how it comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.audit.models import Entry
from app.database import db
from app.editorial import rules, service
from app.editorial.models import Publication, State
from app.editorial.queries import afterwards
from app.refusals import Refusal
from app.releases.models import Release
from tests import make


def kinds(edition):
    wanted = select(Publication.kind).where(Publication.edition_id == edition.id)
    return list(db.session.scalars(wanted.order_by(Publication.id)))


def get(client, edition, end=""):
    return client.get(f"/{edition.language}/news/{edition.path}{end}")


# Withdrawing


def test_a_withdrawn_page_shows_what_readers_saw_last_whatever_is_written_since(client, frozen):
    edition = make.published(lead="Public lead.")
    make.again(edition, "correction", "It was so.", lead="Second lead.")
    service.withdraw(edition, reason="The meeting did not take place.", by=make.officer("Amélie"))
    service.save(edition, make.text(lead="Zanzibar"), make.shared(), base=2, by=make.officer())

    words = get(client, edition).get_data(as_text=True)
    assert "The meeting did not take place." in words
    assert "Second lead." in words
    assert "Zanzibar" not in words
    assert kinds(edition) == ["first", "correction", "withdrawn"]
    assert b"Public lead." in get(client, edition, "/history/1").data
    assert get(client, edition, "/history").status_code == 200


def test_an_old_address_of_a_withdrawn_page_leads_to_it(client):
    edition = make.published()
    old = edition.path
    make.again(edition, "minor", title="Second title")
    service.withdraw(edition, reason="An error.", by=make.officer("Amélie"))
    assert client.get(f"/en/news/{old}").location == f"/en/news/{edition.path}"


# Removing


def test_a_removed_page_is_gone_and_says_so_without_a_word_of_it(client, browse):
    edition = make.published(lead="Secret lead.")
    service.remove(
        edition,
        reason="A name that must not stand there.",
        sentence="Published in error.",
        by=make.officer("Amélie"),
    )
    page = browse(f"/en/news/{edition.path}", status=410)
    assert "Published in error." in page.words()
    assert "News release" in page.words()
    for secret in ("Secret lead", "must not stand", make.TITLES["en"]):
        assert secret not in page.html
    for end in ("/history", "/history/1"):
        assert get(client, edition, end).status_code == 410
    assert get(client, edition, ".txt").status_code == 404
    last = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert (last.verb, last.details["comment"]) == ("removed", "A name that must not stand there.")


def test_a_removal_needs_a_reason_for_the_log_and_no_sentence(client):
    edition, amelie = make.published(), make.officer("Amélie")
    for reason, sentence, field in (
        ("", "x", "log_reason"),
        ("x" * 301, "", "log_reason"),
        ("x", "x" * 301, "sentence"),
    ):
        with pytest.raises(Refusal) as refused:
            service.remove(edition, reason=reason, sentence=sentence, by=amelie)
        assert refused.value.field == field
    service.remove(edition, reason="Error.", by=amelie)
    assert get(client, edition).status_code == 410


def test_what_was_withdrawn_can_still_be_removed_and_nothing_twice(client, frozen):
    edition, amelie = make.release(State.WITHDRAWN), make.officer("Amélie")
    service.save(edition, make.text(lead="Next."), make.shared(), base=1, by=make.officer())
    service.submit(edition, by=make.officer())
    service.approve(edition, by=amelie)
    service.publish(edition, by=amelie, wanted_at=frozen.at + timedelta(hours=1))
    service.remove(edition, reason="Error.", by=amelie)
    frozen.at += timedelta(hours=2)
    assert get(client, edition).status_code == 410
    for again in (
        lambda: service.remove(edition, reason="Error.", by=amelie),
        lambda: service.withdraw(edition, reason="Error.", by=amelie),
        lambda: service.merge(edition, into=make.published().item, by=amelie),
    ):
        with pytest.raises(rules.WrongState):
            again()
    assert kinds(edition) == ["first", "withdrawn", "removed"]


# Merging


def test_a_merged_page_leads_to_the_other_in_its_language_or_in_one_that_exists(client):
    french, english = make.published(language="fr"), make.published(language="en")
    service.merge(english, into=french.item, by=make.officer("Amélie"))
    assert (get(client, english).status_code, get(client, english).location) == (
        301,
        f"/fr/news/{french.path}",
    )

    twin = make.published(language="en", item=french.item, title="Twin")
    assert get(client, english).location == f"/en/news/{twin.path}"
    assert get(client, english, "/history").location == f"/en/news/{twin.path}"
    assert make.TITLES["en"] not in client.get("/en/news/").get_data(as_text=True)


def test_a_chain_of_merges_is_followed_to_its_end(client):
    first, second, third = (make.published(title=title) for title in ("One", "Two", "Three"))
    amelie = make.officer("Amélie")
    service.merge(first, into=second.item, by=amelie)
    service.merge(second, into=third.item, by=amelie)
    assert get(client, first).location == f"/en/news/{third.path}"
    service.remove(third, reason="Error.", by=amelie)
    assert get(client, first).status_code == 410


@pytest.mark.parametrize("turns", [0, 1, 2])
def test_a_merge_that_goes_round_in_a_circle_is_refused(client, turns):
    amelie = make.officer("Amélie")
    french = make.published(language="fr")
    edition = make.published(item=french.item)
    last = french.item
    for number in range(turns):
        between = make.published(title=f"Step {number}", language="fr")
        english = make.published(title=f"Step {number}", item=between.item)
        service.merge(english, into=last, by=amelie)
        last = between.item
    with pytest.raises(Refusal) as refused:
        service.merge(edition, into=last, by=amelie)
    assert refused.value.field == "target"
    assert get(client, edition).status_code == 200


def test_a_merge_into_nothing_is_refused(app, frozen):
    edition, amelie = make.published(), make.officer("Amélie")
    waiting = make.release(State.EMBARGO, at=frozen.at + timedelta(hours=1))
    gone = make.published()
    service.remove(gone, reason="Error.", by=amelie)
    for into in (None, waiting.item, gone.item, make.release().item):
        with pytest.raises(Refusal) as refused:
            service.merge(edition, into=into, by=amelie)
        assert refused.value.field == "target"


# Coming back


@pytest.mark.parametrize("ending", ["withdrawn", "removed", "merged"])
def test_a_page_that_ended_is_put_back_unchanged_by_a_new_approval(client, ending, frozen):
    edition, amelie, oksana = make.published(), make.officer("Amélie"), make.officer("Oksana")
    path, target = edition.path, make.published(title="Target").item
    {
        "withdrawn": lambda: service.withdraw(edition, reason="Error.", by=amelie),
        "removed": lambda: service.remove(edition, reason="Error.", by=amelie),
        "merged": lambda: service.merge(edition, into=target, by=amelie),
    }[ending]()
    with pytest.raises(rules.WrongState):
        service.publish(edition, by=amelie)
    frozen.at += timedelta(days=1)
    service.submit(edition, by=oksana)
    assert get(client, edition).status_code == {"withdrawn": 200, "removed": 410, "merged": 301}[ending]
    with pytest.raises(Refusal):
        service.approve(edition, by=oksana)
    service.approve(edition, by=amelie)
    service.publish(edition, by=amelie)

    answer = get(client, edition)
    assert (answer.status_code, edition.path, edition.current.number) == (200, path, 1)
    assert b"Withdrawn on" not in answer.data
    assert (edition.ending, edition.merged_into_id, edition.withdrawn_at) == ("", None, None)
    assert kinds(edition) == ["first", ending, "restored"]
    assert "Put back" in answer.get_data(as_text=True)


def test_who_wrote_it_does_not_put_it_back_alone(app):
    edition, ada = make.release(State.WITHDRAWN, by=make.officer("Ada")), make.officer("Ada")
    service.submit(edition, by=ada)
    with pytest.raises(rules.OwnWork):
        service.approve(edition, by=ada)


def test_writers_do_not_end_pages(app):
    edition, oksana = make.published(), make.officer("Oksana")
    for end in (
        lambda: service.withdraw(edition, reason="Error.", by=oksana),
        lambda: service.remove(edition, reason="Error.", by=oksana),
        lambda: service.merge(edition, into=make.published().item, by=oksana),
    ):
        with pytest.raises(rules.NotAllowed):
            end()


def test_where_an_item_leads_ends_even_if_it_goes_round(app):
    one, two = make.published(title="One"), make.published(title="Two")
    for each, other in ((one, two), (two, one)):  # no act does this: the rows are made by hand
        each.public_from, each.ending, each.merged_into_id = None, "merged", other.item_id
    db.session.flush()
    assert afterwards.leads_to(one.item_id, "en") is None
    assert afterwards.is_merged_into(one.item_id, one.item_id)
    assert not afterwards.is_merged_into(make_id(), one.item_id)
    db.session.rollback()


def make_id():
    return db.session.scalar(select(Release.id).order_by(Release.id.desc())) + 1
