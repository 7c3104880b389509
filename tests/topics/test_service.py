"""Questions one by one: kept, put in order, deleted, and never lost to another's save."""

from __future__ import annotations

import pytest

from app.database import db
from app.editorial import rules as editorial
from app.editorial import service as texts
from app.editorial.models import Item, State, Topic
from app.editorial.service import Shared, Text
from app.refusals import Refusal
from app.topics import rules, service
from app.topics.models import TopicPage
from tests import make
from tests.topics import scene


def oksana():
    return make.officer("Oksana")


def three():
    return scene.topic(entries=[scene.asked("One?"), scene.asked("Two?"), scene.asked("Three?")])


def test_a_topic_page_is_neither_numbered_nor_dated(app):
    edition = scene.public()
    assert (edition.path, edition.item.reference) == ("support-for-ukraine", None)


def test_a_subject_has_one_page(app):
    scene.topic()
    with pytest.raises(rules.SubjectTaken):
        scene.topic()
    with pytest.raises(rules.SubjectTaken):
        service.start(None, "en", Text(title="x"), Shared(), subject_id=999, by=oksana())
    assert db.session.query(TopicPage).count() == 1


def test_a_new_subject_is_made_with_its_page_by_who_may(app):
    names = {"fr": "Énergie", "en": "Energy", "uk": "Енергетика"}
    with pytest.raises(editorial.NotAllowed):
        service.start(None, "en", Text(title="x"), Shared(), names=names, by=oksana())
    assert db.session.query(Item).count() == 0
    edition = service.start(None, "en", Text(title="x"), Shared(), names=names, by=make.officer("Amélie"))
    subject = db.session.get(Topic, edition.item.subject_id)
    assert (subject.key, subject.names) == ("energy", names)
    with pytest.raises(Refusal) as refused:
        service.start(None, "en", Text(title="y"), Shared(), names={"fr": "É"}, by=make.officer("Amélie"))
    assert refused.value.field == "names_en"
    assert db.session.query(Item).count() == db.session.query(Topic).count() == 1


def test_a_page_begun_without_a_subject_gets_one_and_keeps_it(app):
    edition, subject = scene.topic(subject=None), make.topic("energy")
    assert [gap.field for gap in editorial.missing("topic", edition.current)] == ["subject"]
    kept = service.save(
        edition,
        texts.snapshots.text_of(edition.current),
        Shared(),
        base=2,
        subject_id=subject.id,
        by=oksana(),
    )
    assert kept.number == 2
    service.save(edition, Text(title="New"), Shared(), base=2, subject_id=make.topic("other").id, by=oksana())
    assert edition.item.subject_id == subject.id
    other = make.topic("another").id
    service.start(edition.item, "fr", Text(title="x"), Shared(), subject_id=other, by=oksana())
    assert edition.item.subject_id == subject.id


def test_ids_are_of_the_question_distinct_and_stay(app):
    edition = scene.topic(
        entries=[scene.asked("Who pays?"), scene.asked("Who pays?", "<p>Others.</p>"), scene.asked("🎉")]
    )
    assert scene.ids(edition) == ["q-who-pays", "q-who-pays-2", "q-question"]
    service.keep_entry(edition, "q-who-pays", scene.asked("Who pays now?"), base=4, by=oksana())
    assert scene.ids(edition) == ["q-who-pays", "q-who-pays-2", "q-question"]
    assert edition.current.fields["faq"][0]["question"] == "Who pays now?"


def test_an_answer_is_cleaned_presented_and_has_no_headings(app):
    hostile = '<h2 onclick="x">Head <em>ing</em></h2><p>It\'s so <script>alert(1)</script><a href="javascript:x">a</a> <a href="https://www.example.org">b</a></p>'
    entry = rules.made(scene.asked("<b>It's</b>?\x00", hostile, group="G\n'1'"), "en")
    assert entry["question"] == "<b>It’s</b>?"
    assert (
        entry["answer"]
        == '<p><strong>Head <em>ing</em></strong></p><p>It’s so a <a href="https://www.example.org">b</a></p>'
    )
    assert 'rel="noopener noreferrer"' in entry["shown"]
    assert "shown" not in rules.made(scene.asked(), "en")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (scene.asked("x" * 301), "question"),
        (scene.asked(group="x" * 81), "group"),
        (scene.asked(answer="<p>x</p>" + "<em>" * 200), "answer"),
        (scene.asked(answer="x" * 600_000), "answer"),
    ],
)
def test_what_no_page_can_hold_is_refused(app, asked, field):
    edition = scene.topic()
    with pytest.raises(Refusal) as refused:
        service.keep_entry(edition, None, asked, base=2, by=oksana())
    assert refused.value.field == field
    assert len(edition.current.fields["faq"]) == 1


def test_saving_a_question_makes_a_version_and_voids_the_approval(app):
    edition = scene.topic(State.APPROVED)
    _id, kept = service.keep_entry(
        edition, "q-who-takes-part", scene.asked(answer="<p>New.</p>"), base=2, by=oksana()
    )
    assert (kept.number, edition.state, kept.title) == (3, State.DRAFT, "Support for Ukraine")
    assert (
        service.keep_entry(
            edition, "q-who-takes-part", scene.asked(answer="<p>New.</p>"), base=3, by=oksana()
        )[1]
        is None
    )


def test_a_question_sent_twice_stands_once(app):
    edition = scene.topic(entries=[])
    first = service.keep_entry(edition, None, scene.asked(), base=1, by=oksana())
    assert service.keep_entry(edition, None, scene.asked(), base=1, by=oksana()) == (first[0], None)
    assert len(scene.ids(edition)) == 1


def test_two_people_write_two_questions_at_once_and_none_is_lost(app):
    edition = three()
    base = edition.current.number
    service.keep_entry(
        edition, "q-one", scene.asked("One?", "<p>By Amélie.</p>"), base=base, by=make.officer("Amélie")
    )
    service.keep_entry(edition, "q-two", scene.asked("Two?", "<p>By Oksana.</p>"), base=base, by=oksana())
    answers = [each["answer"] for each in edition.current.fields["faq"][:2]]
    assert answers == ["<p>By Amélie.</p>", "<p>By Oksana.</p>"]


def test_the_second_to_save_the_same_question_is_told(app):
    edition = three()
    base = edition.current.number
    service.keep_entry(
        edition, "q-one", scene.asked("One?", "<p>Theirs.</p>"), base=base, by=make.officer("Amélie")
    )
    with pytest.raises(rules.EntryChanged) as told:
        service.keep_entry(edition, "q-one", scene.asked("One?", "<p>Mine.</p>"), base=base, by=oksana())
    assert (told.value.theirs["answer"], told.value.newer.number) == ("<p>Theirs.</p>", base + 1)
    with pytest.raises(rules.EntryChanged):
        service.drop_entry(edition, "q-one", base=base, by=oksana())
    with pytest.raises(rules.EntryChanged):
        service.keep_entry(edition, "q-one", scene.asked("One?", "<p>Mine.</p>"), base=999, by=oksana())


def test_who_writes_a_deleted_question_is_told_and_deleting_twice_is_once(app):
    edition = three()
    base = edition.current.number
    service.drop_entry(edition, "q-one", base=base, by=oksana())
    service.drop_entry(edition, "q-one", base=base, by=oksana())
    assert scene.ids(edition) == ["q-two", "q-three"]
    with pytest.raises(rules.EntryGone):
        service.keep_entry(edition, "q-one", scene.asked(), base=base, by=oksana())


def test_order_is_changed_by_places(app):
    edition = three()
    service.order_entries(edition, {"q-three": 1, "unknown": 1}, base=4, by=oksana())
    assert scene.ids(edition) == ["q-three", "q-one", "q-two"]
    assert service.order_entries(edition, {"q-three": 1}, base=5, by=oksana()) is None
    with pytest.raises(rules.Reordered):
        service.order_entries(edition, {"q-one": 1}, base=4, by=oksana())
    service.keep_entry(edition, "q-one", scene.asked("One?", "<p>Else.</p>"), base=5, by=oksana())
    service.order_entries(edition, {"q-one": 1, "q-two": 2}, base=5, by=oksana())
    assert scene.ids(edition) == ["q-one", "q-two", "q-three"]


def test_the_big_form_keeps_questions_that_were_saved_meanwhile_and_nothing_else(app):
    edition = scene.topic()
    text = texts.snapshots.text_of(edition.current)
    service.keep_entry(edition, None, scene.asked("Later?"), base=2, by=oksana())
    assert (
        service.save(edition, Text(title="Renamed", fields={"faq": []}), Shared(), base=2, by=oksana()).number
        == 4
    )
    assert scene.ids(edition) == ["q-who-takes-part", "q-later"]
    with pytest.raises(editorial.Stale):
        service.save(edition, text, Shared(), base=2, by=oksana())


def test_nobody_writes_questions_without_the_right(app):
    edition, max_ = scene.topic(), make.officer("Nora")
    for change in (
        lambda: service.keep_entry(edition, None, scene.asked("x"), base=2, by=max_),
        lambda: service.drop_entry(edition, "q-who-takes-part", base=2, by=max_),
        lambda: service.order_entries(edition, {}, base=2, by=max_),
        lambda: service.save(edition, Text(), Shared(), base=2, by=max_),
        lambda: texts.save_fields(edition, {}, base=2, by=max_),
    ):
        with pytest.raises(editorial.NotAllowed):
            change()
    assert edition.current.number == 2


def test_save_fields_tells_who_comes_second(app):
    edition = scene.topic()
    with pytest.raises(editorial.Stale):
        texts.save_fields(edition, {}, base=1, by=oksana())


def test_a_page_holds_three_hundred_questions(app):
    edition = scene.filled(300, State.DRAFT)
    with pytest.raises(rules.TooMany):
        service.keep_entry(edition, None, scene.asked(), base=2, by=oksana())


def test_review_needs_a_subject_something_to_read_and_answers(app):
    edition = scene.topic(subject=None, body="", entries=[])
    told = [str(gap.message) for gap in editorial.missing("topic", edition.current)]
    assert told == [
        "Choose the subject that this is the page of.",
        "Write the text, or a question with its answer.",
    ]
    edition = scene.topic(entries=[scene.asked("", ""), scene.asked("Why?", "")])
    told = [str(gap.message) for gap in editorial.missing("topic", edition.current)]
    assert told == ["Entry 1 has no question.", "Question 2 has no answer."]
