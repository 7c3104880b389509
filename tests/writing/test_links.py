"""Links as data: what is typed, what is kept of it, what readers see, and what editors are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.database import db
from app.editorial import checking, linking, service
from app.editorial.models import Mention, State
from app.refusals import Refusal
from app.writing import links
from tests import make
from tests.browser import Page
from tests.releases.test_desk import here, send


@pytest.fixture
def oksana(app):
    return make.signed_in(app, "Oksana")


def row(**changes):
    known = {
        "title": "",
        "url": "",
        "language": "en",
        "item": None,
        "date": None,
        "kind": "page",
        "size_bytes": None,
    }
    return known | changes


def linked(*rows, **known):
    return make.published(title="Linking", fields={"links": list(rows)}, **known)


def mentions():
    return {tuple(each) for each in db.session.execute(select(Mention.edition_id, Mention.item_id))}


@pytest.mark.parametrize(
    "address",
    [
        "http://newsroom.test/en/news/{path}",
        "https://NEWSROOM.test/en/news/{path}?from=mail",
        "/en/news/{path}/",
        "/uk/news/{path}",
        "/desk/releases/{item}/en/",
        "http://newsroom.test/desk/releases/{item}/",
    ],
)
def test_an_address_of_ours_is_kept_as_the_text_that_it_means(oksana, address):
    target, edition = make.published(), make.release(title="Draft")
    typed = address.format(path=target.path, item=target.item_id)
    send(oksana, here(edition), **{"links-0-url": typed, "links-0-title": "The road map"})
    db.session.expire_all()
    (kept,) = edition.current.fields["links"]
    assert kept == row(title="The road map", item=target.item_id)
    assert Page(oksana.get(here(edition))).one("#links-0-url")["value"] == f"/en/news/{target.path}"
    assert "Nothing has changed" in Page(oksana.get(send(oksana, here(edition)).answer.location)).words()


def test_a_link_elsewhere_keeps_its_date_kind_and_size(oksana):
    edition = make.release()
    send(
        oksana,
        here(edition),
        **{
            "links-0-url": "https://www.example.org/report.pdf",
            "links-0-kind": "document",
            "links-0-date": "3 December 2025",
            "links-0-size": "1,25 Mo",
        },
    )
    db.session.expire_all()
    (kept,) = edition.current.fields["links"]
    assert (kept["kind"], kept["date"], kept["size_bytes"]) == ("document", "2025-12-03", 1_250_000)
    assert kept["title"] == "https://www.example.org/report.pdf"
    page = Page(oksana.get(here(edition)))
    assert (page.one("#links-0-size")["value"], page.one("#links-0-date")["value"]) == (
        "1250 kB",
        "3\xa0December 2025",
    )


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("url", "javascript:alert(1)", "Enter a whole address"),
        ("url", "//evil.example/x", "Enter a whole address"),
        ("url", "http://[", "Enter a whole address"),
        ("url", "/en/news/2031/01/01/nothing", "There is no such text"),
        ("url", "/desk/releases/999/en/", "There is no such text"),
        ("url", "/desk/settings", "There is no such text"),
        ("date", "31 February", "Enter a date"),
        ("size", "large", "Enter a size like"),
        ("size", "0", "Enter a size like"),
    ],
)
def test_what_cannot_be_a_link_is_refused_next_to_its_field_and_kept(oksana, field, typed, told):
    edition = make.release()
    sent = {"links-0-url": "https://www.example.org/", f"links-0-{field}": typed}
    page = send(oksana, here(edition), status=422, **sent)
    assert told in page.words(f"#links-0-{field}-error")
    assert page.one(f"#links-0-{field}")["value"] == typed


@pytest.mark.parametrize(
    ("words", "size_bytes"),
    [
        ("640 kB", 640_000),
        ("1.2 MB", 1_200_000),
        ("3 МБ", 3_000_000),
        ("12\u202f000", 12_000),
        ("2 Go", 2_000_000_000),
        ("", None),
    ],
)
def test_sizes_are_read_as_people_write_them(words, size_bytes):
    assert links.size(words) == size_bytes


def test_nonsense_is_no_size():
    for words in ("1.2.3 MB", "-1", "9" * 20, "١٢ kB", "1 KiBs!"):
        with pytest.raises(Refusal):
            links.size(words)


def test_a_link_leads_to_the_readers_language_and_says_when_it_cannot(browse):
    french = make.published(language="fr")
    edition = linked(row(item=french.item_id))
    page = browse(f"/en/news/{edition.path}")
    link = page.one(".link-list a")
    assert (link["href"], link["hreflang"], link.get_text()) == (
        f"/fr/news/{french.path}",
        "fr",
        make.TITLES["fr"],
    )
    assert "(in French)" in page.words(".link-list")

    english = make.published(language="en", item=french.item)
    page = browse(f"/en/news/{edition.path}")
    assert page.one(".link-list a")["href"] == f"/en/news/{english.path}"
    assert "in French" not in page.words(".link-list")


def test_files_carry_their_kind_and_size_and_each_target_stands_once(browse):
    target = make.published()
    edition = linked(
        row(item=target.item_id, title="Once"),
        row(url=f"/en/news/{target.path}", title="Twice"),
        row(
            url="https://www.example.org/r.pdf",
            title="Report",
            kind="document",
            size_bytes=640_000,
            date="2025-12-03",
        ),
        row(url="https://www.example.org/v", title="Film", kind="video", language="uk"),
        row(item=target.item_id, url="#s-part", title="A part"),
    )
    page = browse(f"/en/news/{edition.path}")
    assert [link.get_text() for link in page.all(".link-list a")] == ["Once", "Report", "Film", "A part"]
    told = page.words(".link-list").replace("\xa0", " ")
    assert "Report (PDF, 640 kB) 3 December 2025" in told
    assert "Film (Video, in Ukrainian)" in told
    assert page.all(".link-list a")[-1]["href"] == f"/en/news/{target.path}#s-part"


def test_a_link_to_what_is_not_public_is_not_shown_until_it_is(browse, frozen):
    soon = make.release(State.EMBARGO, at=frozen.at + timedelta(hours=1), title="Quite secret")
    edition = linked(
        row(item=soon.item_id, title="Secret name"), row(url=f"/en/news/{soon.path}", title="Secret too")
    )
    page = browse(f"/en/news/{edition.path}")
    assert not [w for w in ("ecret name", "ecret too", "-secret") if w in page.html]
    assert not [w for w in ("ecret name", "ecret too", "-secret") if w in browse_text(browse, edition)]
    assert mentions() == {(edition.id, soon.item_id)}

    frozen.at += timedelta(hours=1)
    assert [link.get_text() for link in browse(f"/en/news/{edition.path}").all(".link-list a")] == [
        "Secret name"
    ]


def browse_text(browse, edition):
    from flask import current_app

    return current_app.test_client().get(f"/en/news/{edition.path}.txt").get_data(as_text=True)


def test_a_link_in_a_text_to_what_was_withdrawn_becomes_its_words(client, browse):
    target = make.published(language="fr")
    stays = make.published(title="It stays")
    body = (
        f'<p>See <a href="/fr/news/{target.path}" lang="fr">les <em>ministres</em></a>,'
        f' <a href="http://newsroom.test/fr/news/{target.path}?a=1&amp;b=2">again</a>'
        f' and <a href="/en/news/{stays.path}">what stays</a>, or <a href="/en/about/privacy">this</a>.</p>'
    )
    edition = make.published(title="Linking", body=body)
    assert len(browse(f"/en/news/{edition.path}").all(".prose a")) == 4

    service.withdraw(target, reason="An error.", by=make.officer("Amélie"))
    page = browse(f"/en/news/{edition.path}")
    assert [link["href"] for link in page.all(".prose a")] == [f"/en/news/{stays.path}", "/en/about/privacy"]
    assert "See les ministres , again and what stays" in page.words(".prose")
    assert page.one(".prose p span[lang=fr] em").get_text() == "ministres"
    assert target.path not in client.get("/en/news.atom").get_data(as_text=True)
    assert target.path not in client.get(f"/en/news/{edition.path}.txt").get_data(as_text=True)


def test_mentions_follow_what_is_public(app):
    one, two = make.published(title="One"), make.published(title="Two")
    edition = linked(
        row(item=one.item_id), row(item=12345), body=f'<p><a href="/en/news/{two.path}">x</a></p>'
    )
    assert mentions() == {(edition.id, one.item_id), (edition.id, two.item_id)}
    service.withdraw(edition, reason="An error.", by=make.officer("Amélie"))
    assert mentions() == set()


def test_an_old_address_means_the_same_text(app):
    edition = make.published()
    old = f"/en/news/{edition.path}"
    service.save(edition, make.text(title="Second title"), make.shared(), base=1, by=make.officer())
    service.submit(edition, by=make.officer())
    service.approve(edition, by=make.officer("Amélie"))
    service.publish(edition, by=make.officer("Amélie"), kind="minor")
    assert linking.items_of(
        [old, "/en/news/", "/en/about/privacy", "https://www.example.org/en/news/x", "mailto:x@y.z"]
    ) == {old: edition.item_id}


def test_editors_are_told_of_public_texts_that_lead_nowhere(oksana, browse):
    assert (
        "Every link between public texts leads somewhere." in browse("/desk/links/broken", by=oksana).words()
    )
    assert not browse("/desk/", by=oksana).all(".desk-notice")
    draft, gone = make.release(title="Still a draft"), make.published(title="Once here")
    edition = linked(row(item=draft.item_id), row(item=gone.item_id))
    service.withdraw(gone, reason="An error.", by=make.officer("Amélie"))
    linked(row(item=edition.item_id))
    assert "1 public text links to a page" in browse("/desk/", by=oksana).words(".desk-notice")
    page = browse("/desk/links/broken", by=oksana)
    assert [link.get_text() for link in page.all("tbody th a")] == ["Linking"]
    assert [link.get_text() for link in page.all("tbody td a")] == ["Still a draft", "Once here"]
    assert "Withdrawn" in page.words("tbody")


def test_texts_are_found_by_their_title_with_and_without_script(oksana, browse):
    public, draft = make.published(title="Bridge for Riga"), make.release(title="A bridge <b>", language="fr")
    page = browse("/desk/links/?q=bridge", by=oksana)
    assert [each["value"] for each in page.all(".found input")] == [
        f"/desk/releases/{draft.item_id}/",
        f"/en/news/{public.path}",
    ]
    found = oksana.get("/desk/links.json?q=bridge+riga").get_json()
    assert found == [
        {
            "title": "Bridge for Riga",
            "language": "en",
            "type": "Release",
            "state": "Published",
            "address": f"/en/news/{public.path}",
        }
    ]
    assert "No text has these words" in browse("/desk/links/?q=%00nothing", by=oksana).words()
    assert oksana.get("/desk/links.json?q=").get_json() == []


def test_another_language_shows_the_same_link_in_its_own(oksana):
    target = make.published(language="fr")
    edition = make.release(language="uk", fields={"links": [row(item=target.item_id)]})
    assert Page(oksana.get(here(edition))).one("#links-0-url")["value"] == f"/fr/news/{target.path}"


def test_the_checks_know_what_a_link_of_ours_leads_to_and_corrections_keep_it(app):
    draft, public = make.release(title="Soon"), make.published(title="A bridge")
    rows = [row(item=draft.item_id, title="“Soon”"), row(item=public.item_id)]
    edition = make.release(title="Linking", fields={"links": rows})
    told = [each.rule for each in checking.findings(edition) if each.rule.startswith("link")]
    assert told == ["link-private"]
    edition.current.fields = {
        "links": [row(item=draft.item_id, title='Say "soon" and “later”'), row(item=public.item_id)]
    }
    found = checking.corrected(edition, None).get("links", edition.current.fields["links"])
    assert [(link["item"], link["url"]) for link in found] == [(draft.item_id, ""), (public.item_id, "")]
