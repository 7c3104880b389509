"""What readers find: the list of topics, a topic page in its languages, its questions, and what is not there."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.editorial import service as texts
from app.editorial.models import State
from app.topics import service
from tests import make
from tests.topics import scene


def data(page):
    return json.loads(page.one("script[type='application/ld+json']").string)


def republished(edition, **told):
    texts.submit(edition, by=make.officer("Oksana"), reason="It may stay.")
    texts.approve(edition, by=make.officer("Amélie"))
    texts.publish(edition, by=make.officer("Amélie"), **told)
    return edition


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_a_topic_page_in_each_language(browse, language):
    edition = scene.public(language=language)
    page = browse(f"/{language}/topics/{edition.path}")
    assert page.one("h1").get_text() == scene.TITLES[language]
    entry = page.one("details.faq__entry")
    question, answer = scene.QUESTIONS[language]
    assert entry.summary.get_text().replace("\u202f", " ") == question
    assert answer[3:-4] in entry.get_text()
    assert not entry.has_attr("open")
    told = data(page)
    assert (told["@type"], told["inLanguage"]) == ("FAQPage", language)
    assert told["mainEntity"][0]["acceptedAnswer"] == {"@type": "Answer", "text": answer}
    assert (
        told["mainEntity"][0]["@id"] == f"http://newsroom.test/{language}/topics/{edition.path}#{entry['id']}"
    )
    browse(f"/{language}/topics/")
    assert browse(f"/{language}/").one(".topic-list a")["href"] == f"/{language}/topics/{edition.path}"


def test_the_page_says_when_it_was_checked_and_what_changed(browse, frozen):
    edition = scene.public(
        entries=[
            scene.asked("Old?", checked_on=date(2025, 11, 1)),
            scene.asked("New?", checked_on=date(2025, 11, 20)),
        ]
    )
    page = browse(f"/en/topics/{edition.path}")
    assert "Checked on 20 November 2025" in page.words(".topic__checked").replace("\xa0", " ")
    assert [each.get_text().replace("\xa0", " ") for each in page.all(".faq__checked")] == [
        "Checked on 1 November 2025"
    ]
    assert not page.all(".updates")

    frozen.at += timedelta(days=2)
    service.keep_entry(edition, None, scene.asked("Newest?"), base=3, by=make.officer("Oksana"))
    republished(edition, kind="update", note="A question was added.")
    page = browse(f"/en/topics/{edition.path}")
    assert "Checked on 22 November 2025" in page.words(".topic__checked").replace("\xa0", " ")
    assert page.one(".topic__checked a")["href"] == f"/en/topics/{edition.path}/history"
    assert "A question was added." in page.words(".updates")
    assert "Newest?" in browse(f"/en/topics/{edition.path}/history").words()
    assert "Newest?" not in browse(f"/en/topics/{edition.path}/history/1").words("main")


def test_contents_lead_to_sections_and_groups_when_there_are_many(browse):
    body = "<h2>One</h2><p>x</p><h2>Empty</h2><h2>Two &amp; <em>a half</em></h2><p>x</p><h2>Last, empty</h2><h3>Sub</h3>"
    few = scene.public(subject="few", body="<h2>One</h2><p>x</p>")
    assert not browse(f"/en/topics/{few.path}").all(".topic__contents")
    groups = [
        scene.asked("A?", group="First"),
        scene.asked("B?", group="Second"),
        scene.asked("C?", group="First"),
    ]
    page = browse(f"/en/topics/{scene.public(title='Many', body=body, entries=groups).path}")
    told = [link.get_text() for link in page.all(".topic__contents a")]
    assert told == ["One", "Two & a half", "Questions and answers", "First", "Second"]
    for link in page.all(".topic__contents a"):
        assert page.all(link["href"])
    assert [each.get_text() for each in page.all(".faq__entry summary")] == ["A?", "C?", "B?"]
    assert [each.name for each in page.all(".faq__entry summary > *")] == ["h4", "h4", "h4"]
    assert "Empty" not in page.words("article")


def test_what_is_filed_under_the_subject_is_shown(browse):
    subject, other = make.topic("ukraine"), make.topic("energy")
    releases = [
        make.published(title=f"Release {n}", facts=make.shared(topics=("ukraine",))) for n in range(6)
    ]
    make.published(title="Elsewhere", facts=make.shared(topics=("energy",)))
    contact = make.contact()
    edition = scene.public(
        facts=make.shared(kind="", date=None, topics=("energy", "ukraine"), contact_id=contact.id)
    )
    page = browse(f"/en/topics/{edition.path}")
    lists = {
        box.h2.get_text(): [link.get_text() for link in box.select("li a")]
        for box in page.all(".topic__side section")
    }
    assert lists == {
        "Latest releases": [f"Release {n}" for n in (5, 4, 3, 2, 1)],
        "Related topics": ["Topic energy"],
    }
    assert "Press service" in page.words(".press-contact")
    assert subject.key != other.key

    release = browse(f"/en/news/{releases[0].path}")
    assert release.one(".facts a[href*=topics]")["href"] == f"/en/topics/{edition.path}"


def test_languages_lead_to_each_other_and_a_missing_one_shows_another(browse, client):
    french = scene.public(language="fr")
    page = browse(f"/uk/topics/{french.path}")
    assert page.one("h1")["lang"] == "fr"
    assert page.one("link[rel=canonical]")["href"] == f"http://newsroom.test/fr/topics/{french.path}"
    listed = browse("/en/topics/")
    assert listed.one(".topics__one a")["hreflang"] == "fr"
    assert "in French" in listed.words(".topics__one")

    english = scene.public(language="en", item=french.item)
    page = browse(f"/fr/topics/{french.path}")
    found = {link["hreflang"]: link["href"] for link in page.all("link[rel=alternate][hreflang]")}
    assert found == {
        "fr": f"http://newsroom.test/fr/topics/{french.path}",
        "en": f"http://newsroom.test/en/topics/{english.path}",
        "x-default": f"http://newsroom.test/en/topics/{english.path}",
    }
    answer = client.get(f"/en/topics/{french.path}")
    assert (answer.status_code, answer.location) == (301, f"/en/topics/{english.path}")
    assert page.one("meta[property='og:title']")["content"] == scene.TITLES["fr"]


def test_subjects_without_a_page_lead_to_what_is_filed_under_them(browse):
    make.topic("energy")
    assert browse("/en/topics/").one(".topics__subjects a")["href"] == "/en/news/?topic=energy"
    scene.topic()
    assert len(browse("/en/topics/").all(".topics__subjects a")) == 2
    assert "No topic has been named yet" not in browse("/en/topics/").words()


def test_an_empty_list_says_so(browse):
    for language in ("fr", "en", "uk"):
        browse(f"/{language}/topics/")


def test_an_old_address_leads_on_and_a_withdrawn_page_says_why(client, browse):
    edition = scene.public()
    text = texts.snapshots.text_of(edition.current)
    service.save(
        edition,
        replace(text, title="Other words", slug=""),
        texts.Shared(),
        base=2,
        by=make.officer("Oksana"),
    )
    republished(edition, kind="minor")
    answer = client.get("/en/topics/support-for-ukraine")
    assert (answer.status_code, answer.location) == (301, "/en/topics/other-words")
    texts.withdraw(edition, reason="Out of date.", by=make.officer("Amélie"))
    page = browse("/en/topics/other-words")
    assert "Out of date." in page.words()
    assert "Thirty-two countries." in page.words(".faq")
    assert page.one("meta[name=robots]")["content"] == "noindex"
    assert browse("/en/topics/").all(".topics__subjects a")
    assert "other-words" not in client.get("/sitemap-en-1.xml").get_data(as_text=True)


def test_a_removed_page_says_nothing_of_what_it_said(browse):
    edition = scene.public()
    texts.remove(edition, reason="Out of date.", by=make.officer("Amélie"))
    page = browse(f"/en/topics/{edition.path}", status=410)
    assert "Support for Ukraine" not in page.html


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.APPROVED])
def test_what_is_not_public_answers_like_nothing(client, state):
    scene.topic(state)
    assert client.get("/en/topics/support-for-ukraine").status_code == 404
    assert (
        client.get("/en/topics/support-for-ukraine").data == client.get("/en/topics/support-for-ukrainx").data
    )
    assert client.get("/en/topics/a/b").status_code == 404
    assert b"/en/topics/support" not in client.get("/en/topics/").data


def test_the_map_names_topic_pages(client):
    edition = scene.public()
    assert f"http://newsroom.test/en/topics/{edition.path}" in client.get("/sitemap-en-1.xml").get_data(
        as_text=True
    )


def test_links_of_answers_and_lists_are_shown_as_links_are(browse):
    gone, soon = make.published(title="Gone"), make.release(title="Soon")
    french = make.published(language="fr", title="Français")
    body = f'<p>See <a href="/en/news/{gone.path}">what is gone</a>.</p>'
    asked = scene.asked(answer=body, links=[scene.link(item=french.item_id), scene.link(item=soon.item_id)])
    more = [
        {
            "title": "Documents",
            "links": [scene.link(url="https://www.example.org/a.pdf", kind="document", title="A")],
        },
        {"title": "Nothing to show", "links": [scene.link(item=soon.item_id)]},
    ]
    edition = scene.topic(entries=[], fields={"links": [], "more": more})
    service.keep_entry(edition, None, asked, base=1, by=make.officer("Oksana"))
    republished(edition)
    texts.withdraw(gone, reason="x", by=make.officer("Amélie"))
    page = browse(f"/en/topics/{edition.path}")
    assert "See what is gone." in page.words(".faq__answer .prose")
    assert not page.all(".faq__answer .prose a")
    assert page.one(".faq__answer .link-list__links a")["href"] == f"/fr/news/{french.path}"
    assert [each.get_text() for each in page.all(".link-list__title")] == ["Documents"]
    assert gone.path not in data(page)["mainEntity"][0]["acceptedAnswer"]["text"]


def test_links_in_answers_are_whole_for_machines(browse):
    target = make.published()
    edition = scene.public(entries=[scene.asked(answer=f'<p><a href="/en/news/{target.path}">a</a></p>')])
    text = data(browse(f"/en/topics/{edition.path}"))["mainEntity"][0]["acceptedAnswer"]["text"]
    assert text == f'<p><a href="http://newsroom.test/en/news/{target.path}">a</a></p>'


def test_a_page_without_questions_is_no_faq(browse):
    edition = scene.public(entries=[])
    page = browse(f"/en/topics/{edition.path}")
    assert data(page)["@type"] == "WebPage"
    assert not page.all(".faq")


@pytest.mark.long
def test_two_hundred_questions_are_one_lean_page(browse):
    edition = scene.filled()
    page = browse(f"/en/topics/{edition.path}")
    assert len(page.all("details")) == len(data(page)["mainEntity"]) == 200
    assert len({each["id"] for each in page.all("details")}) == 200
    assert len(page.all(".faq__group")) == 10
    assert page.one(".faq__tools[hidden] #faq-filter")
    around = len(page.html) - sum(
        len(str(each.decode_contents())) for each in page.all(".faq__answer .prose")
    )
    assert around / 200 < 1000  # bytes around each answer, data for machines included


def test_a_filter_is_there_above_ten_questions(browse):
    ten = scene.public(entries=[scene.asked(f"{n}?") for n in range(10)])
    assert not browse(f"/en/topics/{ten.path}").all("#faq-filter")


HOSTILE = '"><script>alert(1)</script><svg/onload=alert(2)>\u202e{% 7*7 %}</title>'


def test_hostile_words_in_every_field_are_words(browse):
    asked = scene.asked(
        HOSTILE,
        f"<p>{HOSTILE}</p>",
        group=HOSTILE[:80],
        links=[scene.link(url="https://www.example.org/", title=HOSTILE)],
    )
    more = [{"title": HOSTILE, "links": [scene.link(url="https://www.example.org/b", title=HOSTILE)]}]
    edition = scene.topic(
        entries=[],
        title=HOSTILE,
        lead=HOSTILE,
        body=f"<h2>{HOSTILE}</h2><p>x</p>",
        fields={"links": [], "more": more},
    )
    service.keep_entry(edition, None, asked, base=1, by=make.officer("Oksana"))
    republished(edition)
    page = browse(f"/en/topics/{edition.path}")
    assert not [
        each
        for each in page.all("script")
        if not each.get("src") and each.get("type") != "application/ld+json"
    ]
    assert not page.all("svg[onload]")
    assert "alert(1)" in page.one("h1").get_text()
    assert data(page)["name"] == page.one("h1").get_text()
    browse("/en/topics/")
