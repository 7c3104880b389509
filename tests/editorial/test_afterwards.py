"""A page that readers know: what they are told when it changes, and that everything they saw can still be shown."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from feedparser import parse
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.database import db
from app.editorial import service
from app.editorial.models import Decision, Edition, Publication, State
from app.editorial.queries import afterwards
from app.editorial.rules import WrongState
from app.refusals import Refusal
from tests import make

NOTE = "The bridge is in Kyiv, not in Lviv."


def told(edition: Edition) -> list[tuple[str, str]]:
    """What was kept of an edition's publications: kind and note."""
    wanted = select(Publication.kind, Publication.note).where(Publication.edition_id == edition.id)
    return [tuple(row) for row in db.session.execute(wanted.order_by(Publication.id))]


def ready(edition: Edition, **words: str) -> Edition:
    """Bring another version of a public text to its approval."""
    service.save(
        edition, make.text(**words), make.shared(), base=edition.current.number, by=make.officer("Oksana")
    )
    service.submit(edition, by=make.officer("Oksana"))
    service.approve(edition, by=make.officer("Amélie"))
    return edition


# What is kept


def test_a_first_publication_is_kept_with_who_and_when(app, frozen):
    edition = make.published()
    kept = db.session.scalars(select(Publication)).one()
    assert (kept.edition_id, kept.revision_id, kept.kind, kept.note, kept.at) == (
        edition.id,
        edition.current_revision_id,
        "first",
        "",
        frozen.at,
    )
    assert kept.by.name == "Amélie"


def test_a_moment_that_comes_by_itself_is_kept_at_that_moment_by_nobody(app, frozen, run_jobs):
    ends = frozen.at + timedelta(hours=1)
    edition = make.release(State.SCHEDULED, at=ends)
    assert told(edition) == []
    frozen.at = ends + timedelta(minutes=3)
    run_jobs()
    run_jobs()
    kept = db.session.scalars(select(Publication)).one()
    assert (kept.kind, kept.at, kept.by_id) == ("first", ends, None)


@pytest.mark.parametrize(
    ("kind", "verb", "note", "is_dated"),
    [
        ("correction", "corrected", NOTE, True),
        ("update", "updated", "A second bridge is open.", True),
        ("minor", "edited", "", False),
    ],
)
def test_another_version_says_what_it_is_to_readers(app, frozen, kind, verb, note, is_dated):
    edition = make.published()
    first = frozen.at
    frozen.at += timedelta(hours=1)
    make.again(edition, kind, note, lead="Another.")

    assert told(edition) == [("first", ""), (kind, note)]
    assert (edition.public_from, edition.updated_at) == (first, frozen.at if is_dated else None)
    assert edition.public_revision.lead == "Another."
    last = db.session.scalars(select(Decision).order_by(Decision.id.desc())).first()
    assert (last.verb, last.comment) == (verb, note)


def test_a_minor_edit_keeps_the_date_of_the_last_update(app, frozen):
    edition = make.published()
    frozen.at += timedelta(hours=1)
    make.again(edition, "update", lead="Another.")
    dated = frozen.at
    frozen.at += timedelta(hours=1)
    make.again(edition, "minor", lead="One more.")
    assert edition.updated_at == dated


@pytest.mark.parametrize(
    ("kind", "note", "field"),
    [
        ("", "", "kind"),
        ("nonsense", "x", "kind"),
        ("first", "x", "kind"),
        ("correction", "", "correction"),
        ("correction", " \x00\u2028", "correction"),
        ("correction", "x" * 301, "correction"),
        ("update", "", "update"),
        ("update", "🇺🇦" * 301, "update"),
    ],
)
def test_what_readers_are_told_is_refused_next_to_its_field(app, kind, note, field):
    edition = ready(make.published(), lead="Another.")
    with pytest.raises(Refusal) as refused:
        service.publish(edition, by=make.officer("Amélie"), kind=kind, note=note)
    assert refused.value.field == field
    assert (told(edition), edition.public_revision.lead) == ([("first", "")], "A lead.")


def test_300_characters_as_people_count_them_are_a_note(app):
    make.again(make.published(), "correction", "🇺🇦" * 300, lead="Another.")


def test_a_text_that_nobody_sees_has_nothing_to_tell(app):
    edition = make.release(State.APPROVED)
    service.publish(edition, by=make.officer("Amélie"), kind="correction", note=NOTE)
    assert (told(edition), edition.updated_at) == ([("first", "")], None)


def test_the_version_that_was_looked_at_is_the_one_that_goes_out(app):
    edition = ready(make.published(), lead="Two.")
    ready(edition, lead="Three.")
    with pytest.raises(WrongState):
        service.publish(edition, by=make.officer("Amélie"), kind="minor", seen=2)
    service.publish(edition, by=make.officer("Amélie"), kind="minor", seen=3)
    assert edition.public_revision.lead == "Three."


def test_a_reviewer_approves_the_version_that_they_read(app):
    edition, oksana = make.release(State.IN_REVIEW), make.officer("Oksana")
    service.save(edition, make.text(lead="Unread."), make.shared(), base=1, by=oksana)
    service.submit(edition, by=oksana)
    with pytest.raises(WrongState):
        service.approve(edition, by=make.officer("Amélie"), seen=1)
    assert edition.state is State.IN_REVIEW


def test_who_no_longer_works_here_decides_nothing(app):
    edition, amelie = make.release(State.IN_REVIEW), make.officer("Amélie")
    db.session.execute(
        amelie.__table__.update().where(amelie.__table__.c.id == amelie.id).values(is_active=False)
    )
    db.session.commit()
    with pytest.raises(Refusal):
        service.approve(edition, by=amelie)
    assert edition.state is State.IN_REVIEW


# What readers see


def test_a_correction_stands_above_the_text_until_a_later_update(client, browse, frozen):
    edition = make.published(lead="21 million.")
    frozen.at += timedelta(hours=3)
    make.again(edition, "correction", NOTE, lead="12 million.")

    page = browse(f"/en/news/{edition.path}")
    notice = page.one(".notice--caution")
    assert "Corrected on 20 November 2025 at 15:00." in notice.get_text().replace("\xa0", " ")
    assert NOTE in notice.get_text()
    assert notice.find_next(id="release-text")
    assert page.words(".updates").startswith(f"Updates Correction 20 November 2025, 15:00 {NOTE}")
    assert [link["href"] for link in page.all(".updates__all a")] == [f"/en/news/{edition.path}/history"]

    make.again(edition, "minor", lead="12 million!")
    assert browse(f"/en/news/{edition.path}").all(".notice--caution")
    make.again(edition, "update", "The vote was unanimous.", lead="12 million, all said yes.")
    page = browse(f"/en/news/{edition.path}")
    assert not page.all(".notice--caution")
    words = [each.get_text() for each in page.all(".updates__word")]
    assert words == ["Update", "Correction", "Published"]


def test_two_corrections_both_stand_there_newest_first(browse):
    edition = make.published()
    make.again(edition, "correction", "One.", lead="1")
    make.again(edition, "correction", "Two.", lead="2")
    notices = [each.get_text() for each in browse(f"/en/news/{edition.path}").all(".notice--caution")]
    assert ["Two." in notices[0], "One." in notices[1], len(notices)] == [True, True, 2]


def test_a_minor_edit_leaves_no_trace_on_the_page(browse):
    edition = make.published()
    make.again(edition, "minor", title="Ministers adopt the road map")
    page = browse(f"/en/news/{edition.path}")
    assert not page.all(".updates, .notice--caution")
    assert "Updated" not in page.words(".facts")


def test_machines_are_told_of_a_correction(client, frozen):
    edition = make.published()
    frozen.at += timedelta(hours=1)
    make.again(edition, "correction", NOTE, lead="12 million.")

    page = client.get(f"/en/news/{edition.path}").get_data(as_text=True)
    block = json.loads(page.partition('application/ld+json">')[2].partition("</script>")[0])
    assert block["correction"] == [
        {"@type": "CorrectionComment", "text": NOTE, "datePublished": "2025-11-20T13:00+01:00"}
    ]
    assert block["dateModified"] == "2025-11-20T13:00+01:00"
    (entry,) = parse(client.get("/en/news.atom").data).entries
    assert NOTE in entry.content[0].value
    assert entry.updated_parsed[3] == 12
    assert NOTE in client.get(f"/en/news/{edition.path}.txt").get_data(as_text=True)

    make.again(edition, "update", "New.", lead="More.")
    (entry,) = parse(client.get("/en/news.atom").data).entries
    assert NOTE not in entry.content[0].value


@pytest.mark.parametrize("note", ['<script>alert(1)</script> & "x"', "]]> \u202eabc שלום 🇺🇦"])
def test_a_hostile_note_is_only_words(client, browse, note):
    edition = make.published()
    make.again(edition, "correction", note, lead="Another.")
    html = browse(f"/en/news/{edition.path}").html
    assert "<script>alert" not in html
    browse(f"/en/news/{edition.path}/history")
    assert not parse(client.get("/en/news.atom").data).bozo


# Every version that readers saw


def test_every_version_can_be_read_and_compared(client, browse, frozen):
    edition = make.published(lead="It costs 21 million.")
    frozen.at += timedelta(hours=1)
    make.again(edition, "correction", NOTE, lead="It costs 12 million.")
    make.again(edition, "minor", lead="It costs 12 million euros.")
    here = f"/en/news/{edition.path}"

    page = browse(f"{here}/history")
    assert page.one("meta[name=robots]")["content"] == "noindex"
    assert len(page.all(".versions__one")) == 3
    assert "euros" in page.one("ins").get_text()
    page = browse(f"{here}/history?from=1&to=2")
    assert "21" in page.one("del").get_text()
    assert "12" in page.one("ins").get_text()

    page = browse(f"{here}/history/1")
    assert "This is an earlier version." in page.words()
    assert "It costs 21 million." in page.words()
    assert page.one("meta[name=robots]")["content"] == "noindex"
    assert page.one("link[rel=canonical]")["href"] == f"http://newsroom.test{here}"
    assert client.get(f"{here}/history/4").status_code == 404
    assert client.get(f"{here}/history/0").status_code == 404


def test_a_text_is_compared_paragraph_by_paragraph_and_says_so_to_all(browse):
    body = "<h2>Costs</h2><p>One.</p><p>It costs 21 million.</p><ul><li>a table</li></ul>"
    edition = make.published(language="fr", body=body)
    make.again(
        edition, "minor", title=edition.current.title, lead="Un chapeau.", body=body.replace("21", "12")
    )
    page = browse(f"/fr/news/{edition.path}/history")

    assert [part.get_text() for part in page.all(".versions__part")] == ["Texte"]
    change = page.one(".body-changes__change")
    assert change.select_one("del").get_text(" ", strip=True) == "[supprimé] 21 [fin]"
    assert change.select_one("ins").get_text(" ", strip=True) == "[ajouté] 12 [fin]"
    assert [same.get_text(strip=True) for same in page.all(".body-changes__same summary")] == [
        "2 paragraphes inchangés",
        "1 paragraphe inchangé",
    ]
    assert page.one(".body-changes__count a")["href"] == f"#{change['id']}"


def test_versions_that_read_the_same_say_so(browse):
    secret = make.release(title="Not public yet")
    edition = make.published(body='<p>See <a href="https://www.example.org/a">the plan</a>.</p>')
    make.again(edition, "minor", body=f'<p>See <a href="/en/news/{secret.item_id}">the plan</a>.</p>')
    page = browse(f"/en/news/{edition.path}/history")
    # Where a link leads is no word, and may be of what is not public: it is not told.
    assert "No word differs between these two versions." in page.words()
    assert f"/news/{secret.item_id}" not in page.html
    assert not page.all("ins, del")
    page = browse(f"/en/news/{edition.path}/history?from=2&to=2")
    assert "These are the same version." in page.words()


@pytest.mark.parametrize(
    "query", ["from=9&to=1", "from=x&to=\x00", "from=2&to=2", "from=-1", "from=99999999999"]
)
def test_odd_choices_of_versions_do_no_harm(browse, query):
    edition = make.published()
    make.again(edition, "minor", lead="Another.")
    browse(f"/en/news/{edition.path}/history?{query}")


def test_a_text_that_nobody_could_settle_yet_has_no_history(client, frozen, monkeypatch):
    edition = make.release(State.SCHEDULED, at=frozen.at + timedelta(hours=1))

    def locked():
        raise OperationalError("", None, Exception("database is locked"))

    monkeypatch.setattr("app.editorial.hour.service.settle", locked)
    frozen.at += timedelta(hours=2)
    assert client.get(f"/en/news/{edition.path}").status_code == 200
    assert client.get(f"/en/news/{edition.path}/history").status_code == 404


def test_the_history_of_an_old_address_leads_on(client):
    edition = make.published()
    old = edition.path
    make.again(edition, "minor", title="Second title")
    for end in ("/history", "/history/1"):
        answer = client.get(f"/en/news/{old}{end}")
        assert (answer.status_code, answer.location) == (301, f"/en/news/{edition.path}{end}")


def test_the_history_shows_nothing_that_readers_did_not_see(client, frozen):
    edition = make.published()
    waiting = make.release(State.EMBARGO, at=frozen.at + timedelta(hours=1), title="Zanzibar")
    ready(edition, lead="Zanzibar")
    for path in (f"{edition.path}/history", f"{edition.path}/history/1", f"{edition.path}/history/2"):
        assert b"Zanzibar" not in client.get(f"/en/news/{path}").data
    for end in ("history", "history/1"):
        assert client.get(f"/en/news/{waiting.path}/{end}").status_code == 404
    assert client.get("/en/news/2025/11/20/history").status_code == 404


def test_a_release_may_be_called_history(client):
    edition = make.published(title="History")
    assert edition.path == "2025/11/20/history"
    assert client.get(f"/en/news/{edition.path}").status_code == 200
    assert client.get(f"/en/news/{edition.path}/history").status_code == 200


def test_an_earlier_version_asks_for_no_picture(app, client):
    body = '<p>Text.</p><figure><img src="/media/pictures/0/640.jpg" alt="A table" width="640" height="457"></figure>'
    edition = make.published(body=body)
    make.again(edition, "minor", body="<p>Text.</p>")
    assert b"<figure" not in client.get(f"/en/news/{edition.path}/history/1").data


def test_the_desk_says_corrected_until_an_update(app):
    edition, other = make.published(), make.published()
    make.again(edition, "correction", NOTE, lead="Another.")
    assert afterwards.marks([edition.id, other.id]) == {edition.id: frozenset({"corrected"})}
    make.again(edition, "update", lead="More.")
    assert afterwards.marks([edition.id]) == {}
