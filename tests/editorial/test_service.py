"""What can be done to a text: every decision, and every time that the rules say no."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.audit.models import Entry
from app.database import db
from app.editorial import queries, rules, service
from app.editorial.models import Decision, Edition, Revision, State
from app.refusals import Refusal
from app.releases.models import Release
from tests import make

pytestmark = pytest.mark.usefixtures("app")


def readers_see(edition: Edition) -> bool:
    """Whether the edition's page is public now."""
    found = queries.public(Edition.id).where(Edition.id == edition.id)
    return db.session.execute(found).first() is not None


def log() -> list[str]:
    return list(db.session.scalars(select(Entry.verb).where(Entry.thing == "edition").order_by(Entry.id)))


# Writing


def test_a_started_release_is_a_draft_with_a_first_revision():
    edition = make.release(title="A  title\x00 with 'quotes'")

    assert (edition.state, edition.current.number) == (State.DRAFT, 1)
    assert edition.current.title == "A title with ‘quotes’"
    assert log() == ["started"]
    assert not readers_see(edition)


def test_a_draft_may_be_empty():
    edition = service.start(Release(), "en", service.Text(), service.Shared(), by=make.officer())
    assert (edition.current.title, edition.current.body) == ("", "")


def test_an_item_has_one_edition_in_a_language():
    edition = make.release()
    with pytest.raises(rules.WrongState):
        make.release(item=edition.item)
    assert make.release(item=edition.item, language="fr").item_id == edition.item_id


def test_each_save_of_substance_makes_a_revision_and_others_make_none():
    edition, oksana = make.release(), make.officer()

    assert service.save(edition, make.text(), make.shared(), base=1, by=oksana) is None
    assert service.save(edition, make.text(lead="Another."), make.shared(), base=1, by=oksana).number == 2
    assert [revision.number for revision in queries.revisions(edition.id)] == [2, 1]
    assert queries.revisions(edition.id)[1].lead == "A lead."
    assert log() == ["started", "saved"]


def test_the_second_of_two_who_save_is_told_and_nothing_is_overwritten():
    edition = make.release()
    service.save(edition, make.text(lead="Amélie’s."), make.shared(), base=1, by=make.officer("Amélie"))

    with pytest.raises(rules.Stale) as told:
        service.save(edition, make.text(lead="Oksana’s."), make.shared(), base=1, by=make.officer())

    assert told.value.newer.lead == "Amélie’s."
    assert edition.current.lead == "Amélie’s."
    assert (
        service.save(edition, make.text(lead="Oksana’s."), make.shared(), base=2, by=make.officer()).number
        == 3
    )


@pytest.mark.parametrize("title", ["x" * 301, "é" * 301, "e\N{COMBINING ACUTE ACCENT}" * 301])
def test_a_title_of_more_than_300_characters_is_refused_next_to_its_field(title):
    edition = make.release()
    with pytest.raises(Refusal) as told:
        service.save(edition, make.text(title=title), make.shared(), base=1, by=make.officer())
    assert told.value.field == "title"
    assert queries.revisions(edition.id)[0].number == 1


@pytest.mark.parametrize("title", ["x" * 300, "🇺🇦" * 300, "e\N{COMBINING ACUTE ACCENT}" * 300])
def test_a_title_of_300_characters_is_kept_however_many_bytes_it_has(title):
    assert rules.length(make.release(title=title).current.title) == 300


def test_a_lead_that_is_a_body_is_refused():
    with pytest.raises(Refusal) as told:
        make.release(lead="word " * 500)
    assert told.value.field == "lead"


def test_a_shared_fact_changed_in_one_language_makes_a_revision_in_each_and_voids_every_approval():
    french = make.release(language="fr")
    english = make.release(State.APPROVED, item=french.item, language="en")

    service.save(french, make.text("fr"), make.shared(date=date(2025, 11, 21)), base=1, by=make.officer())

    assert (english.current.number, english.current.date, english.state) == (
        2,
        date(2025, 11, 21),
        State.DRAFT,
    )
    assert english.current.title == make.TITLES["en"]
    assert "shared facts changed" in log()


# Reviewing


def test_an_incomplete_text_cannot_be_sent_for_review_and_is_told_what_is_missing():
    edition = make.release(title="", body="", place="")
    with pytest.raises(rules.NotReady) as told:
        service.submit(edition, by=make.officer())
    assert told.value.field == "title"
    assert [gap.field for gap in rules.missing("release", edition.current)] == ["title", "body", "place"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"body": "<table><tr><td>1</td></tr></table>"}, "body"),
        ({"fields": {"quotes": [{"text": "Words.", "speaker": "", "function": ""}]}}, "quotes"),
    ],
)
def test_what_readers_could_not_understand_keeps_a_text_from_review(change, field):
    edition = make.release(**change)
    with pytest.raises(rules.NotReady) as told:
        service.submit(edition, by=make.officer())
    assert told.value.field == field


def test_a_picture_needs_words_or_to_be_decorative():
    facts = make.shared(pictures=(7,))
    bare = make.release(facts=facts)
    assert [gap.field for gap in rules.missing("release", bare.current)] == ["pictures"]
    for words in ({"alt": "A table"}, {"is_decorative": True}):
        assert rules.missing("release", make.release(facts=facts, picture_words={7: words}).current) == []


def test_a_second_person_approves():
    edition = make.release(State.IN_REVIEW)
    service.approve(edition, by=make.officer("Amélie"))
    assert (edition.state, edition.approved_revision_id) == (State.APPROVED, edition.current_revision_id)
    assert log() == ["started", "submitted", "approved"]


def test_nobody_approves_what_they_wrote_not_even_an_editor_or_an_administrator():
    for name in ("Amélie", "Ada"):
        edition = make.release(State.IN_REVIEW, by=make.officer(name))
        with pytest.raises(rules.OwnWork):
            service.approve(edition, by=make.officer(name))


def test_nobody_approves_a_text_of_which_they_wrote_any_revision_since_the_last_approval():
    edition, amelie = make.release(), make.officer("Amélie")
    service.save(edition, make.text(lead="Hers."), make.shared(), base=1, by=amelie)
    service.save(edition, make.text(lead="His."), make.shared(), base=2, by=make.officer())
    service.submit(edition, by=make.officer())

    with pytest.raises(rules.OwnWork):
        service.approve(edition, by=amelie)
    service.approve(edition, by=make.officer("Ada"))


def test_who_wrote_before_the_last_approval_may_approve_what_came_after():
    edition, amelie, ada = (
        make.release(by=make.officer("Amélie")),
        make.officer("Amélie"),
        make.officer("Ada"),
    )
    service.submit(edition, by=amelie)
    service.approve(edition, by=ada)
    service.save(edition, make.text(lead="By Oksana."), make.shared(), base=1, by=make.officer())
    service.submit(edition, by=make.officer())

    service.approve(edition, by=amelie)
    assert edition.state is State.APPROVED


def test_writers_do_not_approve():
    edition = make.release(State.IN_REVIEW)
    with pytest.raises(rules.NotAllowed):
        service.approve(edition, by=make.officer("Ivan", role="writer"))


def test_only_a_text_in_review_is_approved_and_only_once():
    edition, amelie = make.release(), make.officer("Amélie")
    with pytest.raises(rules.WrongState):
        service.approve(edition, by=amelie)
    service.submit(edition, by=make.officer())
    service.approve(edition, by=amelie)
    with pytest.raises(rules.WrongState):
        service.approve(edition, by=make.officer("Ada"))


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.APPROVED])
def test_any_change_of_the_text_voids_what_was_decided(state):
    edition = make.release(state)
    service.save(edition, make.text(lead="Changed."), make.shared(), base=1, by=make.officer())
    assert edition.state is State.DRAFT
    with pytest.raises(rules.WrongState):
        service.publish(edition, by=make.officer("Amélie"))


def test_a_returned_text_says_what_should_change():
    edition, amelie = make.release(State.IN_REVIEW), make.officer("Amélie")
    with pytest.raises(Refusal) as told:
        service.send_back(edition, comment="  ", by=amelie)
    assert told.value.field == "comment"

    service.send_back(edition, comment="The date.\nAnd the place.", by=amelie)
    assert edition.state is State.DRAFT
    assert queries.decisions(edition.id)[0].comment == "The date.\nAnd the place."


def test_a_text_is_taken_back_from_review_by_its_writer():
    edition = make.release(State.IN_REVIEW)
    service.take_back(edition, by=make.officer())
    assert edition.state is State.DRAFT
    with pytest.raises(rules.WrongState):
        service.take_back(edition, by=make.officer())


# Publishing


def test_published_now_is_public_now(frozen):
    edition = make.release(State.PUBLISHED)
    assert readers_see(edition)
    assert (edition.public_from, edition.first_public_at) == (frozen.at, frozen.at)
    assert edition.path == "2025/11/20/ministers-adopt-a-road-map"


def test_at_its_moment_it_is_public_without_anybody_doing_anything(frozen):
    ends = frozen.at + timedelta(hours=2)
    edition = make.release(State.EMBARGO, at=ends)

    frozen.at = ends - timedelta(milliseconds=1)
    assert not readers_see(edition)
    frozen.at = ends
    assert readers_see(edition)
    assert edition.state is State.EMBARGO  # until the sweep, or the first page after the moment


def test_the_sweep_does_what_publication_brings_with_it_once(frozen, run_jobs):
    ends = frozen.at + timedelta(hours=2)
    edition = make.release(State.SCHEDULED, at=ends)
    frozen.at = ends - timedelta(seconds=1)
    run_jobs()
    assert edition.state is State.SCHEDULED

    frozen.at = ends + timedelta(minutes=10)
    run_jobs()
    run_jobs()
    db.session.expire_all()
    assert (edition.state, edition.public_from, edition.item.reference_number) == (State.PUBLISHED, ends, 1)
    assert log().count("published") == 1


def test_a_moment_that_is_over_is_refused(frozen):
    edition = make.release(State.APPROVED)
    with pytest.raises(rules.InThePast) as told:
        service.publish(edition, by=make.officer("Amélie"), wanted_at=frozen.at)
    assert "12:00" in str(told.value)


def test_who_translates_begins_a_language_and_no_text():
    petro = make.officer("Petro")
    with pytest.raises(rules.NotAllowed):
        make.release(by=petro)
    edition = make.release()
    assert make.release(item=edition.item, language="fr", by=petro).current.author.name == "Petro"


def test_only_editors_publish():
    edition = make.release(State.APPROVED)
    with pytest.raises(rules.NotAllowed):
        service.publish(edition, by=make.officer())


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.PUBLISHED, State.WITHDRAWN])
def test_only_an_approved_text_is_published(state):
    edition = make.release(state)
    with pytest.raises(rules.WrongState):
        service.publish(edition, by=make.officer("Amélie"))


def test_a_change_to_a_scheduled_text_takes_its_moment_away_and_remembers_it(frozen):
    ends = frozen.at + timedelta(hours=2)
    edition = make.release(State.SCHEDULED, at=ends)

    service.save(edition, make.text(lead="Changed."), make.shared(), base=1, by=make.officer())
    frozen.at = ends
    assert not readers_see(edition)
    assert (edition.state, edition.public_from, edition.wanted_at) == (State.DRAFT, None, ends)


def test_a_moment_can_be_moved_and_taken_back(frozen):
    edition, amelie = make.release(State.SCHEDULED, at=frozen.at + timedelta(hours=2)), make.officer("Amélie")
    later = frozen.at + timedelta(hours=5)
    service.move(edition, to=later, by=amelie, seen=edition.public_from)
    assert edition.public_from == later
    service.take_back(edition, by=amelie)
    frozen.at = later
    assert not readers_see(edition)


def test_readers_keep_the_approved_version_while_the_next_one_is_written():
    edition = make.release(State.PUBLISHED)
    service.save(edition, make.text(title="A better title"), make.shared(), base=1, by=make.officer())
    assert edition.public_revision.title == "Ministers adopt a road map"
    assert readers_see(edition)


def test_an_update_is_approved_again_then_seen_at_once_under_a_new_date(frozen):
    edition, amelie = make.release(State.PUBLISHED), make.officer("Amélie")
    first = frozen.at
    service.save(edition, make.text(title="A better title"), make.shared(), base=1, by=make.officer())
    service.submit(edition, by=make.officer())
    service.approve(edition, by=amelie)
    frozen.at += timedelta(hours=1)
    with pytest.raises(Refusal):
        service.publish(edition, by=amelie, wanted_at=frozen.at + timedelta(hours=1))

    service.publish(edition, by=amelie, kind="update", note="The title is new.")
    assert (edition.public_from, edition.updated_at) == (first, frozen.at)
    assert edition.public_revision.title == "A better title"
    assert edition.item.reference_number == 1


# References and addresses


def test_references_count_up_through_the_year_and_begin_again_with_the_next(frozen):
    first = make.release(State.PUBLISHED)
    second = make.release(State.PUBLISHED)
    frozen.at += timedelta(days=60)
    third = make.release(State.PUBLISHED)
    assert [each.item.reference for each in (first, second, third)] == [
        "(2025)\u00a01",
        "(2025)\u00a02",
        "(2026)\u00a01",
    ]


def test_the_languages_of_an_item_share_its_reference():
    french = make.release(State.PUBLISHED, language="fr")
    english = make.release(State.PUBLISHED, language="en", item=french.item)
    assert english.item.reference_number == french.item.reference_number == 1


def test_an_undone_publication_leaves_no_gap(monkeypatch):
    edition = make.release(State.APPROVED)
    monkeypatch.setattr("app.editorial.service.settling.announce", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        service.publish(edition, by=make.officer("Amélie"))
    monkeypatch.undo()
    assert edition.state is State.APPROVED
    assert make.release(State.PUBLISHED).item.reference_number == 1


def test_what_was_due_first_is_numbered_first_even_if_no_worker_ran(frozen):
    due = make.release(State.SCHEDULED, at=frozen.at + timedelta(hours=1))
    frozen.at += timedelta(hours=2)
    now = make.release(State.PUBLISHED)
    assert (due.item.reference_number, now.item.reference_number) == (1, 2)


def test_two_texts_of_a_day_with_one_title_have_two_addresses():
    first, second = make.release(State.PUBLISHED), make.release(State.PUBLISHED)
    assert first.path == "2025/11/20/ministers-adopt-a-road-map"
    assert second.path == "2025/11/20/ministers-adopt-a-road-map-2"


def test_a_changed_title_changes_the_address_and_the_old_one_leads_on():
    edition, amelie = make.release(State.PUBLISHED), make.officer("Amélie")
    old = edition.path
    service.save(edition, make.text(title="Second title"), make.shared(), base=1, by=make.officer())
    service.submit(edition, by=make.officer())
    service.approve(edition, by=amelie)
    service.publish(edition, by=amelie, kind="minor")

    assert edition.path == "2025/11/20/second-title"
    assert queries.elsewhere("release", "en", old).path == edition.path
    assert make.release(State.PUBLISHED).path == f"{old}-2"  # an old address is never given to another text


def test_a_title_without_a_letter_has_an_address_all_the_same():
    assert make.release(State.PUBLISHED, title="🇺🇦 🎉").path == "2025/11/20/release"


# Withdrawing


def test_a_withdrawn_page_is_gone_and_says_why():
    edition = make.release(State.WITHDRAWN)
    assert not readers_see(edition)
    ended = queries.elsewhere("release", "en", edition.path)
    assert (ended.withdrawal_reason, ended.withdrawn_at) == ("Published in error.", clock.now())


def test_a_withdrawal_needs_a_reason_of_a_sentence():
    edition, amelie = make.release(State.PUBLISHED), make.officer("Amélie")
    for reason in ("", " ", "x" * 301):
        with pytest.raises(Refusal) as told:
            service.withdraw(edition, reason=reason, by=amelie)
        assert told.value.field == "reason"
    assert readers_see(edition)


def test_what_is_not_public_cannot_be_withdrawn(frozen):
    for edition in (
        make.release(State.APPROVED),
        make.release(State.SCHEDULED, at=frozen.at + timedelta(hours=1)),
    ):
        with pytest.raises(rules.WrongState):
            service.withdraw(edition, reason="Because.", by=make.officer("Amélie"))


def test_a_withdrawn_text_can_be_written_approved_and_published_again():
    edition, amelie = make.release(State.WITHDRAWN), make.officer("Amélie")
    path = edition.path
    service.save(edition, make.text(lead="Right this time."), make.shared(), base=1, by=make.officer())
    service.submit(edition, by=make.officer())
    service.approve(edition, by=amelie)
    service.publish(edition, by=amelie)
    assert readers_see(edition)
    assert (edition.path, edition.withdrawn_at, edition.item.reference_number) == (path, None, 1)


# The log


def test_every_act_leaves_one_entry_and_one_decision():
    edition = make.release(State.WITHDRAWN)
    assert log() == ["started", "submitted", "approved", "published", "withdrawn"]
    verbs = db.session.scalars(
        select(Decision.verb).where(Decision.edition_id == edition.id).order_by(Decision.id)
    )
    assert list(verbs) == ["submitted", "approved", "published", "withdrawn"]
    assert db.session.scalar(select(func.count()).select_from(Revision)) == 1


def test_what_is_refused_leaves_no_entry():
    edition = make.release(State.IN_REVIEW)
    before = len(log())
    with pytest.raises(rules.NotAllowed):
        service.approve(edition, by=make.officer())
    assert len(log()) == before
