"""Versions: listed and folded, compared in words and in fields, named, and brought back as new ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from app.audit.models import Entry
from app.database import db
from app.editorial import queries as editorial_queries
from app.editorial import service as editorial
from app.editorial.models import Edition, Revision, State
from app.editorial.rules import NotAllowed, Stale, WrongState
from app.editorial.service.snapshots import shared_of, text_of
from app.events.rules import Seen
from app.refusals import Refusal
from app.teamwork import service
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.signing import post

HERE = "/desk/releases/1/en/"
HISTORY = f"{HERE}history"


def save(edition: Edition, by: str = "Oksana", is_autosave: bool = False, shared=None, **words) -> Revision:
    """Save other words."""
    base = edition.current.number
    made = editorial.save(
        edition, make.text(**words), shared or make.shared(), base=base, by=make.officer(by)
    )
    if is_autosave:
        made.is_autosave = True
        db.session.commit()
    return made


def version(edition: Edition, number: int) -> Revision:
    """Return a version by its number."""
    found = editorial_queries.revision(edition.id, number)
    assert found is not None
    return found


def last_entry() -> Entry:
    """Return what was written down last."""
    return db.session.query(Entry).order_by(Entry.id.desc()).first()


@pytest.fixture
def oksana(app: Flask):
    """Oksana, who writes."""
    return make.signed_in(app)


def test_every_version_is_listed_with_what_was_decided_about_it(browse, app: Flask, oksana) -> None:
    edition = make.release(State.IN_REVIEW)
    editorial.send_back(edition, comment="Say when.", by=make.officer("Rosa"))
    save(edition, title="Another")

    page = browse(HISTORY, by=oksana)
    rows = page.all(".timeline__list > li")
    assert [row["id"] for row in rows] == ["version-2", "version-1"]
    assert "working text" in rows[0].get_text()
    assert "returned with comments: Rosa, today, 12:00 Say when." in " ".join(rows[1].get_text(" ").split())
    assert browse(HERE, by=oksana).one(f"a[href='{HISTORY}']")


def test_what_saved_itself_is_folded_by_person(browse, app: Flask, oksana) -> None:
    edition = make.release()
    for title, by in (("a", "Oksana"), ("b", "Oksana"), ("c", "Petro"), ("d", "Oksana")):
        save(edition, by, is_autosave=True, title=title)
    save(edition, title="e")

    page = browse(HISTORY, by=oksana)
    assert len(page.all(".timeline__list > li > details")) == 1
    assert page.words(".timeline details summary") == "2 versions that saved themselves, Oksana, today, 12:00"
    assert len(page.all("input[name=old]")) == 6


@pytest.mark.parametrize(("state", "old", "new"), [(State.DRAFT, "1", "2"), (State.PUBLISHED, "1", "3")])
def test_what_readers_see_and_the_working_text_are_chosen_unless_told(
    browse, app: Flask, oksana, state: State, old: str, new: str
) -> None:
    edition = make.release(state)
    save(edition, title="Another")
    if state is State.PUBLISHED:
        save(edition, title="A third")

    page = browse(HISTORY, by=oksana)
    assert page.one("input[name=old][checked]")["value"] == old
    assert page.one("input[name=new][checked]")["value"] == new


def test_two_versions_are_compared_in_words_and_in_fields(browse, app: Flask, oksana) -> None:
    topic = make.topic(en="The topic", fr="Le thème", uk="Тема")
    edition = make.release(body="<p>One step.</p><p>The end.</p>")
    link = {"title": "The treaty", "url": "https://www.example.org/", "language": "fr"}
    words = {"title": "Ministers adopt a map", "body": "<p>Two steps.</p><p>The end.</p>", "place": "Kyiv"}
    facts = make.shared(date=date(2025, 12, 3), topics=(topic.key,), kind="statement")
    save(edition, shared=facts, fields={"links": [link]}, **words)

    page = browse(f"{HISTORY}/difference?old=1&new=2", by=oksana)
    assert page.words("h1") == "Versions 1 and 2"
    assert "One" in page.all(".body-changes del")[0].get_text()
    assert "1 paragraph unchanged" in page.words(".body-changes")
    rows = {row.th.get_text(): [cell.get_text() for cell in row.select("td")] for row in page.all("tbody tr")}
    assert rows["Place"] == ["Brussels", "Kyiv"]
    assert rows["Date"] == ["20\u00a0November 2025", "3\u00a0December 2025"]
    assert rows["Kind"] == ["News release", "Statement"]
    assert rows["Topics"] == ["–", "The topic"]
    assert rows["Find out more 1"] == ["–", "The treaty, https://www.example.org/, Français"]


def test_when_no_word_changed_the_fields_that_did_are_named(browse, app: Flask, oksana) -> None:
    edition = make.release()
    save(edition, place="Kyiv")

    page = browse(f"{HISTORY}/difference?old=1&new=2", by=oksana)
    assert "No difference in the text. Fields changed: Place." in page.words("main")


def test_facts_of_any_type_are_told_in_words_and_hours_as_hours(app: Flask) -> None:
    from app.writing import told

    edition = make.release()
    old, new = edition.current, save(edition, title="x")
    old.facts = {"doors": [{"id": 3, "opens_at": "2025-11-20T11:00:00+00:00", "is_open": True}]}
    new.facts = {"doors": [{"id": 3, "opens_at": "2025-11-20T12:30:00+00:00", "odd": [1, "a"]}]}
    with app.test_request_context("/en/"):
        rows = told.changed(old, new)
    db.session.rollback()

    assert ("Other details 3", "20\u00a0November 2025, 12:00, Brussels time (UTC+1)",
            "20\u00a0November 2025, 13:30, Brussels time (UTC+1)") in rows  # fmt: skip
    assert ("Other details 3", "yes", "–") in rows
    assert ("Other details 3", "–", "1; a") in rows


def test_an_event_is_compared_in_the_words_of_its_page(browse, app: Flask, oksana) -> None:
    from app.events.models import Event

    facts = {"starts_at": "2025-12-03T09:00:00+00:00", "ends_at": "2025-12-03T11:00:00+00:00",
             "precision": "exact", "state": "planned", "stream_url": ""}  # fmt: skip
    shared = replace(make.shared(), kind="meeting", facts=facts)
    edition = editorial.start(Event(), "en", make.text(), shared, by=make.officer())
    later = facts | {"starts_at": "2025-12-03T10:00:00+00:00", "stream_url": "https://x.example/"}
    editorial.save(edition, make.text(), replace(shared, facts=later), base=1, by=make.officer())

    page = browse("/desk/events/1/en/history/difference?old=1&new=2", by=oksana)
    rows = {row.th.get_text(): [cell.get_text() for cell in row.select("td")] for row in page.all("tbody tr")}
    assert set(rows) == {"When", "Address of the live stream"}
    assert "10:00" in rows["When"][0]
    assert "11:00" in rows["When"][1]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("old=1&new=1", "with this one: Choose another version: this one is already chosen."),
        ("old=1&new=9", "with this one: Choose a version."),
        ("old=x&new=1", "Compare this version: Choose a version."),
        ("", "with this one: Choose a version."),
        ("old=1%00&new=99999999999999999999", "with this one: Choose a version."),
    ],
)
def test_a_choice_that_is_none_is_told_at_the_choice(browse, app: Flask, oksana, asked, said) -> None:
    make.release()
    page = browse(f"{HISTORY}/difference?{asked}", by=oksana, status=422)

    assert any(said in each.get_text() for each in page.all(".field__error"))
    assert page.all(".error-summary a")


def test_a_version_gets_a_name_and_loses_it(browse, app: Flask, oksana) -> None:
    edition = make.release()
    save(edition, is_autosave=True, title="Another")
    answer = post(oksana, f"{HISTORY}/2/name", {"name": " Sent to\nministers "}, page=HISTORY + "/2")

    assert (answer.status_code, answer.location) == (303, f"{HISTORY}#version-2")
    assert (version(edition, 2).milestone, version(edition, 2).is_autosave) == ("Sent to ministers", False)
    assert (last_entry().verb, last_entry().details) == (
        "named a version",
        {"revision": 2, "name": "Sent to ministers"},
    )
    assert browse(HISTORY, by=oksana).words(".timeline__name") == "Sent to ministers"
    post(oksana, f"{HISTORY}/2/name", {"name": ""}, page=HISTORY + "/2")
    assert version(edition, 2).milestone == ""
    page = Page(post(oksana, f"{HISTORY}/2/name", {"name": "x" * 81}, page=HISTORY + "/2"))
    assert page.status == 422
    hold_to_the_house(page)
    assert "80 characters is the limit" in page.words("#name-error")


def test_an_older_version_comes_back_as_a_new_one_and_voids_what_was_decided(app: Flask, frozen) -> None:
    edition = make.release()
    save(edition, title="Another", body="<p>Other.</p>")
    editorial.submit(edition, by=make.officer())
    editorial.approve(edition, by=make.officer("Amélie"))
    made = service.restore(edition, version(edition, 1), base=2, by=make.officer("Petro"))

    assert made is not None
    assert (made.number, made.title, made.body, made.author.name) == (
        3,
        "Ministers adopt a road map",
        "<p>The text.</p>",
        "Petro",
    )
    assert (edition.state, edition.current_revision_id) == (State.DRAFT, made.id)
    assert (last_entry().verb, last_entry().details) == ("restored", {"revision": 3, "source": 1})
    assert service.restore(edition, version(edition, 1), base=3, by=make.officer()) is None


def test_what_all_languages_share_comes_back_only_when_asked(app: Flask) -> None:
    edition = make.release()
    other = make.release(language="fr", item=edition.item)
    save(edition, title="Another", shared=make.shared(date=date(2025, 12, 3)))
    assert other.current.date == date(2025, 12, 3)
    made = service.restore(edition, version(edition, 1), base=2, by=make.officer())
    assert (made.title, made.date, other.current.date) == (
        "Ministers adopt a road map",
        date(2025, 12, 3),
        date(2025, 12, 3),
    )

    made = service.restore(edition, version(edition, 1), base=3, by=make.officer(), with_shared=True)
    assert (made.date, other.current.date) == (date(2025, 11, 20), date(2025, 11, 20))


def test_an_older_programme_takes_nothing_away_that_readers_have_seen(app: Flask, browse, oksana) -> None:
    edition = make.event(facts=make.event_facts())
    more = replace(shared_of(edition.current), facts=make.event_facts(make.entry()).facts)
    words = replace(text_of(edition.current), fields={"programme": {"e0000001": {"title": "Arrivals"}}})
    editorial.save(edition, words, more, base=1, by=make.officer())
    make.event_again(edition)
    with pytest.raises(Seen):
        service.restore(edition, version(edition, 1), base=2, by=make.officer(), with_shared=True)
    assert edition.current.number == 2

    there = f"/desk/events/{edition.item_id}/en/history/1/restore"
    page = Page(post(oksana, there, {"base": "2", "with_shared": "y"}, page=there))
    assert (page.status, "Readers have seen this entry" in page.words(".error-summary")) == (422, True)


def test_an_older_hour_that_comes_back_is_told_as_a_change(app: Flask) -> None:
    edition = make.event(facts=make.event_facts())
    later = make.event_facts(starts_at="2025-11-21T09:00:00+00:00")
    editorial.save(edition, text_of(edition.current), later, base=1, by=make.officer())
    make.event_again(edition)
    made = service.restore(edition, version(edition, 1), base=2, by=make.officer(), with_shared=True)
    assert made is not None
    assert made.facts["was"]["starts_at"] == "2025-11-21T09:00:00+00:00"
    assert (made.facts["starts_at"], made.facts["state"]) == ("2025-11-21T08:00:00+00:00", "moved")


def test_a_version_is_not_brought_back_over_anothers_work(app: Flask) -> None:
    edition, other = make.release(), make.release(language="fr")
    save(edition, title="Another")
    with pytest.raises(Stale):
        service.restore(edition, version(edition, 1), base=1, by=make.officer())
    with pytest.raises(NotAllowed):
        service.restore(edition, version(edition, 1), base=2, by=make.officer("Nora"))
    with pytest.raises(WrongState):
        service.restore(edition, other.current, base=2, by=make.officer())
    with pytest.raises(NotAllowed):
        service.name_version(edition, edition.current, name="x", by=make.officer("Nora"))
    with pytest.raises(Refusal):
        service.name_version(edition, edition.current, name="x" * 81, by=make.officer())
    assert edition.current.number == 2


def test_bringing_back_is_asked_after_a_look_at_what_changes(browse, app: Flask, oksana) -> None:
    edition = make.release(State.APPROVED)
    make.release(language="fr", item=edition.item)
    save(edition, title="Another", shared=make.shared(date=date(2025, 12, 3)))
    page = browse(f"{HISTORY}/1/restore", by=oksana)

    assert page.words("h1") == "Bring version 1 back"
    assert "It becomes version 3" in page.words(".desk-lead")
    assert "This changes: Français." in page.words("#with_shared-hint")
    answer = post(oksana, f"{HISTORY}/1/restore", {"base": "1"}, page=f"{HISTORY}/1/restore")
    assert answer.status_code == 409
    sent = {"base": "2", "with_shared": "y"}
    answer = post(oksana, f"{HISTORY}/1/restore", sent, page=f"{HISTORY}/1/restore")
    assert (answer.status_code, answer.location) == (303, HERE)
    assert "Version 1 is back, as version 3." in browse(HERE, by=oksana).words(".banner")
    answer = post(oksana, f"{HISTORY}/3/restore", {"base": "3"}, page=f"{HISTORY}/3/restore")
    assert "Nothing differs from the working text." in browse(HERE, by=oksana).words(".banner")


def test_an_older_version_is_read_as_it_was(browse, app: Flask, oksana) -> None:
    edition = make.release()
    save(edition, title="Another")
    page = browse(f"{HISTORY}/1", by=oksana)

    assert page.words("h1") == "Ministers adopt a road map"
    assert browse(f"{HISTORY}/1", by=make.signed_in(app, "Nora")).all("form.form") == []
    assert oksana.get(f"{HISTORY}/9").status_code == 404


def test_hundreds_of_versions_are_paged(browse, app: Flask, oksana) -> None:
    edition = make.release()
    rows = [
        Revision(edition_id=edition.id, number=n, author_id=1, made_at=edition.changed_at, title=f"v{n}")
        for n in range(2, 131)
    ]
    db.session.add_all(rows)
    db.session.commit()
    page = browse(HISTORY, by=oksana)
    assert len(page.all("input[name=old]")) == 60
    page = browse(page.one(".timeline__pages a")["href"], by=oksana)
    assert [link.get_text() for link in page.all(".timeline__pages a")] == [
        "Newest versions",
        "Older versions",
    ]


def test_hostile_text_is_text_in_a_comparison(browse, app: Flask, oksana) -> None:
    edition = make.release()
    text = "<script>pwned(1)</script>\u202e"
    save(edition, title=text, lead=text, place=text, body="<p>&lt;script&gt;pwned(1)</p>",
         fields={"links": [{"title": text, "url": "/x", "language": "de"}], "odd<b>": {text: text}})  # fmt: skip
    version(edition, 2).milestone = text
    db.session.commit()

    for path in ("", "/difference?old=1&new=2", "/2", "/1/restore"):
        browse(HISTORY + path, by=oksana)


def test_words_of_pictures_that_were_added_since_are_kept(app: Flask) -> None:
    edition = make.release(facts=replace(make.shared(), pictures=(1,)), picture_words={1: {"alt": "One"}})
    facts = replace(make.shared(), pictures=(1, 2))
    save(edition, shared=facts, picture_words={1: {"alt": "Uno"}, 2: {"alt": "Two"}}, title="x")
    made = service.restore(edition, version(edition, 1), base=2, by=make.officer())

    assert made.pictures == [{"picture": 1, "alt": "One"}, {"picture": 2, "alt": "Two"}]
