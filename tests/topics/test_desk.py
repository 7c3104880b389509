"""An officer's way with a topic page and its questions, and every way in which it can go wrong."""

from __future__ import annotations

import pytest

from app.database import db
from app.editorial import queries
from app.editorial.models import Item, State
from app.topics import service
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.releases.test_desk import send, token, typed
from tests.topics import scene


@pytest.fixture
def oksana(app):
    return make.signed_in(app, "Oksana")


@pytest.fixture
def amelie(app):
    return make.signed_in(app, "Amélie")


def here(edition, rest=""):
    return f"/desk/topics/{edition.item_id}/{edition.language}/{rest}"


def press(by, path, status=303, drop=(), **fields):
    """Send the form at ``path``, whichever it is."""
    known = {name: value for name, value in typed(by, path).items() if name not in drop}
    page = Page(by.post(path, data=known | fields))
    assert page.status == status, page.html[:2000]
    if status != 303:
        hold_to_the_house(page)
    return page


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_every_page_is_there_in_the_officers_language(app, browse, language):
    client = make.signed_in(app, "Amélie", language)
    edition = scene.topic(entries=[scene.asked("One?"), scene.asked("", ""), scene.asked("Three?")])
    for path in ("/desk/topics/", "/desk/topics/new", f"/desk/topics/new?language={language}"):
        browse(path, by=client)
    for rest in ("", "preview", "faq/", "faq/new", "faq/q-one/", "faq/q-question/", "faq/q-three/delete"):
        page = browse(here(edition, rest), by=client)
        assert page.soup.html["lang"] == language


def test_of_two_who_save_the_text_the_second_sees_no_question_struck_out(oksana):
    edition = scene.topic(entries=[scene.asked("One?")])
    opened = typed(oksana, here(edition), lead="Mine")
    send(make.signed_in(oksana.application, "Petro"), here(edition), lead="Theirs")
    page = Page(oksana.post(here(edition), data=opened))
    assert (page.status, page.words(".compare__field")) == (409, "Lead")


def test_from_the_desk_to_the_reader(oksana, amelie, browse):
    make.topic("ukraine")
    send(oksana, "/desk/topics/new?language=en", title="Support", lead="Lead.", body="Text.", subject="1",
         **{"links-0-url": "https://www.example.org/a", "links-0-title": "A", "links-0-group": "Documents"})  # fmt: skip
    edition = queries.edition_of(1, "en")
    assert edition.item.subject_id == 1
    assert edition.current.fields["more"] == [
        {"title": "Documents", "links": [scene.link(title="A", url="https://www.example.org/a")]}
    ]
    page = press(oksana, here(edition, "faq/new"), question="Who takes part?", answer="Everybody.\n\nReally.", group="People",
                 checked_on="20 November 2025", **{"links-0-url": "https://www.example.org/b"})  # fmt: skip
    assert page.answer.location == here(edition, "faq/q-who-takes-part/")
    db.session.expire_all()
    assert edition.current.fields["faq"] == [
        {
            "id": "q-who-takes-part", "question": "Who takes part?", "answer": "<p>Everybody.</p><p>Really.</p>", "group": "People",
            "checked_on": "2025-11-20", "links": [scene.link(title="https://www.example.org/b", url="https://www.example.org/b")],
        }
    ]  # fmt: skip
    form = Page(oksana.get(here(edition, "faq/q-who-takes-part/")))
    assert form.one("#checked_on")["value"].replace("\xa0", " ") == "20 November 2025"
    assert form.one("#links-0-url")["value"] == "https://www.example.org/b"
    assert Page(oksana.get(here(edition))).one("#links-0-group")["value"] == "Documents"
    assert not Page(oksana.get(here(edition))).all("#subject")
    assert oksana.post(here(edition, "submit"), data={"csrf_token": token(oksana)}).status_code == 303
    browse(here(edition, "review"), by=amelie)
    send(amelie, here(edition, "review"), approve="1")
    send(amelie, here(edition, "publish"), when="now")
    assert "Who takes part?" in browse("/en/topics/support").words(".faq")


def test_a_new_subject_is_made_in_the_form_by_publishers(amelie, oksana):
    assert "new" not in [
        each["value"] for each in Page(oksana.get("/desk/topics/new?language=en")).all("#subject option")
    ]
    names = {"names_fr": "Énergie", "names_en": "Energy", "names_uk": ""}
    page = send(amelie, "/desk/topics/new?language=en", status=422, title="T", subject="new", **names)
    assert "all three languages" in page.words("#names_uk-error")
    assert page.one("#names_fr")["value"] == "Énergie"
    send(
        amelie,
        "/desk/topics/new?language=en",
        title="T",
        subject="new",
        **(names | {"names_uk": "Енергетика"}),
    )
    assert queries.topics()[0].names == {"fr": "Énergie", "en": "Energy", "uk": "Енергетика"}


@pytest.mark.parametrize("subject", ["999", "new", "x", "1'"])
def test_a_subject_that_was_not_offered_is_refused(oksana, subject):
    page = send(oksana, "/desk/topics/new?language=en", status=422, title="T", subject=subject)
    assert "Choose one of the subjects" in page.words("#subject-error")
    assert db.session.query(Item).count() == 0


def test_a_subject_taken_in_between_is_refused(oksana):
    make.topic("ukraine")
    fields = typed(oksana, "/desk/topics/new?language=en", title="Mine", subject="1")
    scene.topic()
    page = Page(oksana.post("/desk/topics/new?language=en", data=fields))
    assert page.status == 422
    assert "Choose one of the subjects" in page.words("#subject-error")
    assert page.one("#title")["value"] == "Mine"


def test_saving_leads_on_to_the_next_question_or_a_new_one(oksana):
    edition = scene.topic(entries=[scene.asked("One?"), scene.asked("Two?")])
    assert press(oksana, here(edition, "faq/q-one/"), then="next").answer.location == here(
        edition, "faq/q-two/"
    )
    assert press(oksana, here(edition, "faq/q-two/"), then="next").answer.location == here(edition, "faq/new")
    page = Page(oksana.get(here(edition, "faq/q-two/")))
    assert page.one("a[rel=prev]")["href"] == here(edition, "faq/q-one/")
    assert "Question 2 of 2" in page.words()


def test_another_link_is_one_more_row_and_saves_nothing(oksana):
    edition = scene.topic()
    page = press(
        oksana,
        here(edition, "faq/new"),
        status=200,
        another="link",
        question="Unsaved",
        **{"links-0-url": "https://a.example/"},
    )
    assert page.one("#links-1-url")["value"] == ""
    assert page.one("#question")["value"] == "Unsaved"
    assert len(scene.ids(edition)) == 1


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("question", "x" * 301, "Use at most 300 characters."),
        ("group", "x" * 81, "Use at most 80 characters."),
        ("checked_on", "31 February", "Enter a date"),
        ("links-0-url", "javascript:x", "Enter a whole address"),
    ],
)
def test_what_cannot_be_is_refused_next_to_its_field_and_kept(oksana, field, value, told):
    edition = scene.topic()
    page = press(oksana, here(edition, "faq/q-who-takes-part/"), status=422, **{field: value})
    assert told in page.words(f"#{field}-error")
    assert page.one(f"#{field}")["value"] == value
    page = press(oksana, here(edition, "faq/new"), status=422, answer="<em>" * 200 + "x")
    assert "nested too deeply" in page.words("#answer-error")


def test_two_people_write_the_same_question_and_both_texts_are_shown(oksana, amelie):
    edition = scene.topic()
    path = here(edition, "faq/q-who-takes-part/")
    mine = typed(oksana, path, answer="<p>Mine words.</p>")
    press(amelie, path, answer="<p>Theirs words.</p>")
    page = Page(oksana.post(path, data=mine))
    hold_to_the_house(page)
    assert page.status == 409
    assert "Theirs" in page.words(".compare del")
    assert "Mine" in page.words(".compare ins")
    assert page.one("#answer").get_text().strip() == "<p>Mine words.</p>"
    mine["base"] = page.one("#base")["value"]
    assert oksana.post(path, data=mine).status_code == 303
    db.session.expire_all()
    assert edition.current.fields["faq"][0]["answer"] == "<p>Mine words.</p>"


def test_a_question_deleted_in_between_can_be_added_again(oksana):
    edition = scene.topic()
    path = here(edition, "faq/q-who-takes-part/")
    mine = typed(oksana, path, answer="<p>Mine.</p>")
    service.drop_entry(edition, "q-who-takes-part", base=2, by=make.officer("Amélie"))
    page = Page(oksana.post(path, data=mine))
    hold_to_the_house(page)
    assert page.status == 409
    assert "deleted in the meantime" in page.words()
    assert page.one("#text-form")["action"] == here(edition, "faq/new")
    assert oksana.post(here(edition, "faq/new"), data=mine).status_code == 303
    db.session.expire_all()
    assert scene.ids(edition) == ["q-who-takes-part"]


def test_questions_are_put_in_order_by_buttons_and_by_numbers(oksana):
    edition = scene.topic(entries=[scene.asked(f"{n}?") for n in "abcd"])
    path = here(edition, "faq/")

    def order(status=303, **fields):
        page = press(oksana, path, status, **fields)
        db.session.expire_all()
        return page, "".join(each.removeprefix("q-") for each in scene.ids(edition))

    assert order(up="q-c")[1] == "acbd"
    assert order(down="q-d")[1] == "acbd"
    assert order(down="q-a")[1] == "cabd"
    assert order(**{"to-q-d": "1", "to-q-c": "4"})[1] == "dabc"
    for wrong in ("0", "5", "x", "", "²", "9" * 30):
        page, now = order(422, **{"to-q-d": wrong})
        assert "Enter a position from 1 to 4." in page.words(".error-summary")
        assert now == "dabc"
    stale = typed(oksana, path)
    service.order_entries(edition, {"q-c": 1}, base=edition.current.number, by=make.officer("Amélie"))
    page = Page(oksana.post(path, data=stale | {"up": "q-b"}))
    hold_to_the_house(page)
    assert page.status == 409
    assert [each["name"] for each in page.all(".order__number")] == ["to-q-c", "to-q-d", "to-q-a", "to-q-b"]


def test_a_question_is_deleted_after_one_more_look(oksana):
    edition = scene.topic(entries=[scene.asked("One?"), scene.asked("Two?")])
    path = here(edition, "faq/q-one/delete")
    sent = typed(oksana, path)
    service.keep_entry(
        edition, "q-one", scene.asked("One?", "<p>New.</p>"), base=3, by=make.officer("Amélie")
    )
    assert Page(oksana.post(path, data=sent)).status == 409
    assert press(oksana, path).answer.location == here(edition, "faq/")
    db.session.expire_all()
    assert scene.ids(edition) == ["q-two"]
    assert oksana.get(path).status_code == 404
    assert oksana.post(path, data=sent).status_code == 303


def test_the_big_form_does_not_hold_the_questions(oksana):
    edition = scene.filled(200, State.DRAFT)
    page = Page(oksana.get(here(edition)))
    assert "200 questions" in page.words("#faq")
    assert "Question number 7" not in page.html
    send(oksana, here(edition), title="Renamed")
    db.session.expire_all()
    assert (edition.current.title, len(scene.ids(edition))) == ("Renamed", 200)
    press(oksana, here(edition, "faq/q-question-number-100/"), question="Changed?")
    overview = Page(oksana.get(here(edition, "faq/")))
    hold_to_the_house(overview)
    assert len(overview.all("tbody tr")) == 200
    assert overview.all("tbody th a")[100].get_text() == "Changed?"


def test_what_is_not_there_is_not_found_and_who_may_not_is_turned_away(app, oksana, client):
    edition = scene.topic()
    for rest in ("faq/q-nothing/", "faq/q-nothing/delete", "faq/%00/"):
        assert oksana.get(here(edition, rest)).status_code == 404
    assert oksana.get(here(edition).replace("/en/", "/fr/") + "faq/").status_code == 404
    assert oksana.get(f"/desk/topics/{make.release().item_id}/en/faq/").status_code == 404
    nora = make.signed_in(app, "Nora")
    for rest in ("faq/", "faq/new", "faq/q-who-takes-part/", "faq/q-who-takes-part/delete"):
        assert nora.get(here(edition, rest)).status_code == 403
        assert client.get(here(edition, rest)).status_code == 303


def test_a_text_kept_from_an_expired_form_is_given_back(oksana):
    edition = scene.topic()
    path = here(edition, "faq/new")
    answer = oksana.post(path, data={"question": "Kept?", "answer": "Words.", "csrf_token": "wrong"})
    assert answer.status_code == 400
    link = Page(answer).one("main a[href*=kept]")["href"]
    assert Page(oksana.get(link)).one("#question")["value"] == "Kept?"
