"""The feed, as a feed reader reads it: titles, links, dates, identities, whole texts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.dom import minidom

import feedparser
import pytest
from markupsafe import escape

from app.editorial import service
from app.editorial.models import State
from app.languages import LANGUAGES
from tests import make

BODY = (
    "<p>First &amp; foremost.</p><h2>Then</h2><ul><li>one</li><li>two<ol><li>deep</li></ol></li></ul>"
    '<p>See <a href="/en/about/privacy">our page</a>.</p>'
)


def read(client, language="en"):
    """Return the feed in ``language`` as a feed reader understands it."""
    answer = client.get(f"/{language}/news.atom")
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    minidom.parseString(answer.data)
    feed = feedparser.parse(
        answer.data, response_headers={"content-type": answer.content_type}, sanitize_html=False
    )
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def update(edition, **words):
    """Publish ``edition`` again with other words."""
    amelie = make.officer("Amélie")
    service.save(
        edition,
        make.text(edition.language, **words),
        make.shared(),
        base=edition.current.number,
        by=make.officer(),
    )
    service.submit(edition, by=make.officer())
    service.approve(edition, by=amelie)
    service.publish(edition, by=amelie, kind="update", note="The lead is new.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_of_a_language_holds_its_releases_newest_first(client, frozen, language):
    first = make.published(language=language, at=frozen.at - timedelta(days=1))
    second = make.published(language=language, title="№ 2 « deux » 🇺🇦")
    make.published(language={"fr": "en", "en": "uk", "uk": "fr"}[language])

    feed = read(client, language)

    assert [entry.title for entry in feed.entries] == [second.current.title, first.current.title]
    assert [entry.link for entry in feed.entries] == [
        f"http://newsroom.test/{language}/news/{edition.path}" for edition in (second, first)
    ]
    assert [entry.published_parsed[:6] for entry in feed.entries] == [
        (2025, 11, 20, 11, 0, 0),
        (2025, 11, 19, 11, 0, 0),
    ]
    assert feed.entries[1].summary == first.current.lead
    assert feed.feed.link == f"http://newsroom.test/{language}/news/"
    assert (feed.feed.id, feed.feed.language) == (f"http://newsroom.test/{language}/news.atom", language)
    for entry in feed.entries:
        assert client.get(entry.link.removeprefix("http://newsroom.test")).status_code == 200


@pytest.mark.parametrize(("language", "word"), [("fr", "Discours"), ("en", "Speech"), ("uk", "Промова")])
def test_an_entry_is_filed_under_the_kind_of_release_in_its_language(client, language, word):
    make.published(language=language, facts=make.shared(kind="speech"))
    assert [tag.term for tag in read(client, language).entries[0].tags] == [word]


def test_an_entry_holds_the_whole_text_with_its_lists(client):
    edition = make.published(body=BODY)
    (entry,) = read(client).entries
    (content,) = entry.content
    assert content.type == "text/html"
    assert "<ul><li>one</li><li>two<ol><li>deep</li></ol></li></ul>" in content.value.replace(
        "<p>", ""
    ).replace("</p>", "")
    for told in ("First &amp; foremost.", "Then", "our page"):
        assert told in content.value
    assert edition.current.body.count("<li>") == content.value.count("<li>") == 3


def test_what_a_body_links_to_is_found_from_another_site(client):
    make.published(body=BODY)
    answer = client.get("/en/news.atom")
    feed = feedparser.parse(answer.data, response_headers={"content-type": answer.content_type})
    assert 'href="http://newsroom.test/en/about/privacy"' in feed.entries[0].content[0].value


def test_an_entry_keeps_its_identity_through_updates_and_a_withdrawal(client, frozen):
    edition = make.published()
    (first,) = read(client).entries

    frozen.at += timedelta(days=2)
    update(edition, title="Another title")
    (second,) = read(client).entries
    assert (second.id, second.title) == (first.id, "Another title")
    assert second.link.endswith("/another-title")
    assert second.updated_parsed[:4] == (2025, 11, 22, 11)
    assert second.published_parsed == first.published_parsed

    service.withdraw(edition, reason="Published in error.", by=make.officer("Amélie"))
    (notice,) = read(client).entries
    assert (notice.id, notice.title) == (first.id, "Withdrawn: Another title")
    frozen.at += timedelta(days=2)
    update(edition, title="Right this time")
    (third,) = read(client).entries
    assert third.id == first.id
    assert third.published_parsed[:3] == third.updated_parsed[:3] == (2025, 11, 24)


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        ("fr", "Retiré\u00a0: Titre", "Retiré le 21\u00a0novembre 2025. Une erreur & <b>rien</b>."),
        ("en", "Withdrawn: Titre", "Withdrawn on 21\u00a0November 2025. Une erreur & <b>rien</b>."),
        ("uk", "Відкликано: Titre", "Відкликано 21\u00a0листопада 2025 року. Une erreur & <b>rien</b>."),
    ],
)
def test_a_withdrawn_release_is_replaced_by_its_notice(client, frozen, language, title, said):
    edition = make.published(language=language, title="Titre", body="<p>Wrong words.</p>")
    make.published(language=language, title="Newer")
    old = read(client, language).entries[1]
    frozen.at += timedelta(days=1)
    service.withdraw(edition, reason="Une erreur & <b>rien</b>.", by=make.officer("Amélie"))

    notice, other = read(client, language).entries
    assert (notice.id, notice.title, notice.link) == (old.id, title, old.link)
    assert notice.content[0].value == f"<p>{escape(said)}</p>"
    assert notice.updated_parsed[:3] == (2025, 11, 21)
    assert other.title == "Newer"
    assert b"Wrong words" not in client.get(f"/{language}/news.atom").data


def test_a_removed_release_leaves_no_word_of_itself(client, frozen):
    edition = make.published(title="Names of victims", lead="Names.", body="<p>Names.</p>")
    first = read(client).entries[0].id
    service.remove(
        edition, reason="A name too many.", sentence="It held personal data.", by=make.officer("Amélie")
    )

    (notice,) = read(client).entries
    assert (notice.id, notice.title) == (first, "Removed: News release of 20\u00a0November 2025")
    assert notice.summary == "It was removed from this site on 20\u00a0November 2025. It held personal data."
    assert b"ames" not in client.get("/en/news.atom").data
    assert b"too many" not in client.get("/en/news.atom").data


def test_a_merged_release_leads_to_the_other(client):
    edition, other = make.published(title="One"), make.published(title="Other")
    service.merge(edition, into=other.item, by=make.officer("Amélie"))
    entries = {entry.title: entry for entry in read(client).entries}
    assert set(entries) == {"Other", "Moved: One"}
    assert entries["Moved: One"].link == entries["Other"].link


def test_a_notice_tells_nothing_of_a_version_that_waits(client, frozen):
    edition = make.published(title="Known")
    service.withdraw(edition, reason="An error.", by=make.officer("Amélie"))
    oksana, amelie = make.officer(), make.officer("Amélie")
    service.save(edition, make.text(title="Secret"), make.shared(), base=edition.current.number, by=oksana)
    service.submit(edition, by=oksana, reason="It may stay.")
    service.approve(edition, by=amelie)
    later = frozen.at + timedelta(hours=1)
    service.publish(edition, by=amelie, wanted_at=later, is_embargo=True)
    assert [entry.title for entry in read(client).entries] == ["Withdrawn: Known"]
    frozen.at = later
    assert [entry.title for entry in read(client).entries] == ["Secret"]


def test_notices_stand_at_their_own_hour_and_are_ten_at_most(client, frozen):
    editions = [make.published(title=f"Number {number}") for number in range(12)]
    for edition in editions:
        frozen.at += timedelta(minutes=1)
        service.withdraw(edition, reason="An error.", by=make.officer("Amélie"))
    make.published(title="Older", at=frozen.at - timedelta(days=1))
    frozen.at += timedelta(minutes=1)
    make.published(title="Newer")
    titles = [entry.title for entry in read(client).entries]
    assert titles == ["Newer", *(f"Withdrawn: Number {number}" for number in range(11, 1, -1)), "Older"]


def test_the_feed_changes_when_something_in_it_does_and_not_with_the_clock(client, frozen):
    empty = client.get("/en/news.atom")
    frozen.at += timedelta(hours=1)
    assert client.get("/en/news.atom").data == empty.data
    make.published()
    assert read(client).feed.updated_parsed[:4] == (2025, 11, 20, 12)


@pytest.mark.parametrize(
    "title",
    [
        ']]> &amp; <b>bold</b> & "quotes" \' <script>alert(1)</script>',
        "NUL\x00 bell\x07 form feed\x0c escape\x1b[31m",
        "\ufffe\uffff\U0001fffe\u2028\u2029\x85 line\r\nbreaks",
        "e\u0301 🇺🇦 \u202eright-to-left שלום {{7*7}} %(name)s",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>&e;",
    ],
)
def test_no_title_breaks_the_feed(client, title):
    edition = make.published(title=title, lead=title, body=f"<p>{title}</p>")
    (entry,) = read(client).entries
    told = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
    known = edition.current.title
    assert entry.title in (known, "".join(told.get(letter, letter) for letter in known))
    assert entry.link == f"http://newsroom.test/en/news/{edition.path}"


def test_the_feed_holds_the_thirty_newest(client, frozen):
    for number in range(33):
        make.published(title=f"Number {number}", at=frozen.at - timedelta(hours=number))
    assert [entry.title for entry in read(client).entries] == [f"Number {number}" for number in range(30)]


@pytest.mark.parametrize(("size_bytes", "entries"), [(2_800, 11), (9_000, 10)])
def test_a_feed_of_long_texts_holds_fewer(client, frozen, size_bytes, entries):
    for number in range(12):
        body = f"<p>{'д' * (size_bytes // 2)}</p>"  # two bytes each
        make.published(
            language="uk", title=f"Number {number}", body=body, at=frozen.at - timedelta(hours=number)
        )
    assert [entry.title for entry in read(client, "uk").entries] == [f"Number {n}" for n in range(entries)]


def test_the_feed_is_the_same_while_nothing_changes_and_then_another(client):
    make.published()
    first = client.get("/en/news.atom")
    assert client.get("/en/news.atom", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    make.published(title="News")
    assert client.get("/en/news.atom", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_text_enters_the_feed_at_its_moment(client, frozen):
    ends = datetime(2025, 11, 20, 14, tzinfo=UTC)
    make.release(State.EMBARGO, at=ends)
    frozen.at = ends - timedelta(milliseconds=1)
    assert read(client).entries == []
    frozen.at = ends
    assert len(read(client).entries) == 1
