"""An officer's way with a release, and every way in which it can go wrong."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image

from app.database import db
from app.editorial import queries, service
from app.editorial.models import State
from app.library.models import Picture
from tests import make
from tests.browser import Page, hold_to_the_house


@pytest.fixture
def oksana(app):
    """A browser in which Oksana (author) is signed in."""
    return make.signed_in(app, "Oksana")


@pytest.fixture
def amelie(app):
    """A browser in which Amélie (editor) is signed in."""
    return make.signed_in(app, "Amélie")


def here(edition):
    return f"/desk/releases/{edition.item_id}/{edition.language}/"


def typed(by, path, **changes):
    """The fields of the form at ``path`` as it stands, with ``changes``."""
    page = Page(by.get(path))
    assert page.status == 200, page.html[:500]
    form = next(
        form
        for form in page.all("form")
        if form.get("method") == "post"
        and (form.get("id") == "text-form" or form.get("action", "").startswith(path))
    )
    fields = {}
    for control in form.select("input, textarea, select"):
        kind = control.get("type")
        if kind in ("checkbox", "radio") and not control.has_attr("checked"):
            continue
        if control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            fields[control["name"]] = chosen["value"] if chosen else ""
        elif control.name == "textarea":
            fields[control["name"]] = control.get_text().removeprefix("\n").removeprefix("\r\n")
        elif control.get("name") and kind != "submit":
            fields[control["name"]] = control.get("value", "y" if kind == "checkbox" else "")
    return fields | changes


def send(by, path, status=303, **fields):
    """Send the form at ``path`` with ``fields`` changed; return the answer as a page."""
    answer = by.post(path, data=typed(by, path, **fields))
    page = Page(answer)
    assert page.status == status, (page.status, page.html[:3000])
    if status != 303:
        hold_to_the_house(page)
    return page


def token(by):
    return Page(by.get("/desk/")).all("input[name=csrf_token]")[0]["value"]


# The walk


def test_from_the_desk_to_the_reader(app, client, oksana, amelie, browse):
    browse("/desk/releases/", by=oksana)
    browse("/desk/releases/new", by=oksana)
    send(
        oksana,
        "/desk/releases/new?language=fr",
        title="Un titre d'essai",
        lead="Chapeau",
        body="Un paragraphe.\n\nUn autre.",
        place="Bruxelles",
    )
    edition = queries.edition_of(1, "fr")
    assert edition.current.title == "Un titre d’essai"
    assert edition.current.body == "<p>Un paragraphe.</p><p>Un autre.</p>"
    browse(here(edition), by=oksana)
    browse(here(edition) + "preview", by=oksana)
    assert oksana.post(here(edition) + "submit", data={"csrf_token": token(oksana)}).status_code == 303

    assert "Un titre d’essai" in browse("/desk/", by=amelie).words(".turn")
    browse(here(edition) + "review", by=amelie)
    send(amelie, here(edition) + "review", approve="1")
    assert client.get("/fr/news/").data.count(b"Un titre") == 0

    browse(here(edition) + "publish", by=amelie)
    send(amelie, here(edition) + "publish", when="now")
    assert "Un titre d’essai" in browse("/fr/news/").words()
    browse("/desk/jobs", by=amelie)


def test_a_later_moment_is_read_back_before_it_is_set(amelie, frozen):
    edition = make.release(State.APPROVED)
    asked = {"when": "embargo", "day": "20 November 2025", "clock": "3 pm"}
    page = send(amelie, here(edition) + "publish", status=200, **asked)
    assert "15:00, Brussels time (UTC+1)" in page.words()
    assert "14:00 UTC" in page.words()
    db.session.expire_all()
    assert edition.state is State.APPROVED

    send(amelie, here(edition) + "publish", confirmed="2025-11-20T14:00:00+00:00", **asked)
    assert (edition.state, edition.public_from) == (State.EMBARGO, frozen.at + timedelta(hours=3))


@pytest.mark.parametrize(
    ("day", "clock", "fold", "told"),
    [
        ("30 March 2025", "02:30", "", "30 March"),  # clocks go forward: no such hour
        ("26 October 2025", "02:30", "", "twice"),
        ("20 November 2025", "11:59", "", "Choose a time in the future"),
        ("", "15:00", "", "Enter a date like"),
        ("31 February 2026", "15:00", "", "Enter a date like"),
        ("21 November 2025", "", "", "Enter a time"),
        ("21 November 2025", "27:99", "", "time"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_next_to_its_field(amelie, day, clock, fold, told):
    edition = make.release(State.APPROVED)
    page = send(amelie, here(edition) + "publish", status=422, when="at", day=day, clock=clock, fold=fold)
    assert told in page.words()
    assert page.one("#clock")["value"] == clock
    assert edition.state is State.APPROVED


def test_an_hour_that_comes_twice_is_set_once_it_is_said_which(amelie, frozen):
    frozen.at = frozen.at - timedelta(days=60)
    edition = make.release(State.APPROVED)
    asked = {"when": "at", "day": "26 October 2025", "clock": "02:30", "fold": "winter"}
    send(amelie, here(edition) + "publish", status=200, **asked)
    send(amelie, here(edition) + "publish", confirmed="2025-10-26T01:30:00+00:00", **asked)
    assert edition.state is State.SCHEDULED


def test_a_release_is_returned_with_a_reason_and_withdrawn_with_one(oksana, amelie, client):
    edition = make.release(State.IN_REVIEW)
    assert (
        "Say what should change"
        in send(amelie, here(edition) + "review", status=422, **{"return": "1"}).words()
    )
    send(amelie, here(edition) + "review", comment="The date is wrong.", **{"return": "1"})
    assert "The date is wrong." in Page(oksana.get(here(edition))).words()

    out = make.release(State.PUBLISHED)
    assert "Say why" in send(amelie, here(out) + "withdraw", status=422).words()
    asked = {"reason": "Published in error."}
    assert "Published in error." in send(amelie, here(out) + "withdraw", status=200, **asked).words(".notice")
    send(amelie, here(out) + "withdraw", **asked, confirmed="withdraw: Published in error.")
    assert b"Published in error." in client.get(f"/en/news/{out.path}").data


# Four eyes, roles, and doors


def test_who_wrote_it_is_not_offered_the_approval_and_does_not_get_it_by_asking(amelie):
    edition = make.release(State.IN_REVIEW, by=make.officer("Amélie"))
    assert "another person must approve it" in Page(amelie.get(here(edition) + "review")).words()
    answer = amelie.post(here(edition) + "review", data={"csrf_token": token(amelie), "approve": "1"})
    assert answer.status_code == 422
    db.session.expire_all()
    assert edition.state is State.IN_REVIEW


@pytest.mark.parametrize("page", ["review", "publish", "withdraw"])
def test_authors_are_turned_away_from_what_editors_decide(oksana, page):
    edition = make.release(State.IN_REVIEW)
    assert oksana.get(here(edition) + page).status_code == 403
    assert (
        oksana.post(here(edition) + page, data={"csrf_token": token(oksana), "approve": "1"}).status_code
        == 403
    )


@pytest.mark.parametrize("page", ["", "preview", "review", "publish", "withdraw", "pictures"])
def test_strangers_are_led_to_the_door_whether_the_text_exists_or_not(client, page):
    edition = make.release()
    for path in (here(edition) + page, f"/desk/releases/999/en/{page}"):
        answer = client.get(path)
        assert answer.status_code == 303
        assert answer.location.startswith("/desk/sign-in?next=")


def test_what_is_not_there_is_not_found(oksana):
    edition = make.release()
    for path in (
        "/desk/releases/999/en/",
        f"/desk/releases/{edition.item_id}/de/",
        here(edition).replace("/en/", "/fr/") + "preview",
    ):
        assert oksana.get(path).status_code == 404


def test_everything_at_the_desk_is_private(oksana):
    edition = make.release()
    for path in (
        "/desk/",
        "/desk/releases/",
        here(edition),
        here(edition) + "preview",
        "/desk/releases/pictures.json",
    ):
        assert oksana.get(path).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("verb", ["submit", "take-back"])
def test_a_decision_at_the_wrong_time_is_answered_with_a_sentence(amelie, verb):
    edition = make.release(State.PUBLISHED)
    page = Page(amelie.post(here(edition) + verb, data={"csrf_token": token(amelie)}))
    assert page.status == 409
    hold_to_the_house(page)
    assert "moved on" in page.words()


# Bad input


def test_the_second_of_two_who_save_sees_both_texts_and_keeps_theirs(oksana, amelie):
    edition = make.release()
    opened = typed(oksana, here(edition), lead="Oksana’s lead")
    send(amelie, here(edition), lead="Amélie’s lead")

    page = Page(oksana.post(here(edition), data=opened))
    assert page.status == 409
    hold_to_the_house(page)
    assert "Amélie" in page.words(".compare")
    assert page.one("#lead").get_text().strip() == "Oksana’s lead"
    assert edition.current.lead == "Amélie’s lead"

    base = page.one("#base")["value"]
    assert oksana.post(here(edition), data=opened | {"base": base}).status_code == 303
    db.session.expire_all()
    assert [revision.lead for revision in queries.revisions(edition.id)] == [
        "Oksana’s lead",
        "Amélie’s lead",
        "A lead.",
    ]


def test_a_long_title_is_refused_in_words_and_everything_typed_is_kept(oksana):
    edition = make.release()
    page = send(oksana, here(edition), status=422, title="x" * 301, lead="Kept")
    assert "1 character too long" in page.words()
    assert page.one("#title")["value"] == "x" * 301
    assert page.one("#lead").get_text().strip() == "Kept"
    assert page.one("title").get_text().startswith("Error:")


def test_an_empty_title_may_be_saved_but_not_sent_for_review(oksana):
    edition = make.release()
    send(oksana, here(edition), title="")
    page = Page(oksana.post(here(edition) + "submit", data={"csrf_token": token(oksana)}))
    assert page.status == 422
    assert "Write a title" in page.words()


@pytest.mark.parametrize("date", ["32/13/2025", "yesterday", "2025-02-30", "0"])
def test_a_date_that_is_none_is_refused_with_an_example(oksana, date):
    edition = make.release()
    page = send(oksana, here(edition), status=422, date=date)
    assert "Enter a date like 3 December 2025" in page.words()
    assert page.one("#date")["value"] == date


def test_a_body_of_200_kb_is_kept_and_one_of_600_kb_is_refused_in_words(oksana):
    edition = make.release()
    send(oksana, here(edition), body="<p>" + "word " * 40_000 + "</p>")
    assert len(edition.current.body) > 190_000
    page = send(oksana, here(edition), status=422, body="<p>" + "word " * 123_000 + "</p>")
    assert "too long" in page.words()


def test_odd_characters_do_no_harm(oksana, client):
    edition = make.release()
    title = "NUL\x00 e\u0301 🇺🇦 \u202eright-to-left שלום مرحبا {{7*7}} <b>bold</b>"
    send(
        oksana,
        here(edition),
        title=title,
        lead="\x0b\x1c\u2028",
        body="<script>alert(1)</script><p onclick=x>Text {{7*7}}</p>",
    )
    assert edition.current.title == "NUL é 🇺🇦 right-to-left שלום مرحبا {{7*7}} <b>bold</b>"
    assert edition.current.body == "<p>Text {{7*7}}</p>"
    service.submit(edition, by=make.officer(), reason="Odd on purpose.")
    service.approve(edition, by=make.officer("Amélie"))
    service.publish(edition, by=make.officer("Amélie"))
    for address in (
        f"/en/news/{edition.path}",
        "/en/news/",
        "/en/",
        "/en/news.atom",
        f"/en/news/{edition.path}.txt",
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        if address.endswith(("/", edition.path)):
            assert "&lt;b&gt;bold" in answer.get_data(as_text=True)
            assert "<b>bold" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "//evil.example", "example.org", "/\\evil", "data:1", "http://x y.example"],
)
def test_a_link_that_leads_nowhere_good_is_refused_next_to_it(oksana, address):
    edition = make.release()
    page = send(
        oksana,
        here(edition),
        status=422,
        **{"links-0-title": "T", "links-0-url": address, "links-0-language": "en"},
    )
    assert "Enter a whole address" in page.words()
    assert page.one("#links-0-url")["value"] == address


def test_one_more_row_can_be_had_without_script_and_nothing_is_lost(oksana):
    edition = make.release()
    asked = {
        "quotes-0-text": "Words",
        "quotes-0-speaker": "Somebody",
        "another": "quote",
        "title": "Not saved yet",
    }
    page = send(oksana, here(edition), status=200, **asked)
    assert page.one("#quotes-0-text").get_text().strip() == "Words"
    assert page.one("#quotes-1-text")
    assert page.one("#title")["value"] == "Not saved yet"
    assert edition.current.number == 1


def test_unknown_and_forbidden_fields_are_ignored(oksana):
    edition = make.release()
    send(
        oksana,
        here(edition),
        title="Changed",
        state="published",
        public_from="2020-01-01",
        author_id="1",
        id="99",
    )
    assert (edition.state, edition.public_from, edition.current.title) == (State.DRAFT, None, "Changed")


@pytest.mark.parametrize("language", ["de", "xx", "fr%00", "FR"])
def test_an_unknown_language_begins_nothing(oksana, language):
    assert oksana.get(f"/desk/releases/new?language={language}").status_code == 200
    assert oksana.post(
        f"/desk/releases/new?language={language}", data={"csrf_token": token(oksana)}
    ).status_code in (200, 404, 422)


def test_a_form_that_expired_with_the_session_gives_its_text_back(app, oksana, frozen):
    edition = make.release()
    opened = typed(oksana, here(edition), lead="Hours of work")
    frozen.at += timedelta(hours=25)
    answer = oksana.post(here(edition), data=opened)
    assert answer.status_code == 303
    assert answer.location.startswith("/desk/sign-in?next=")

    again = make.signed_in(app, "Oksana")
    from urllib.parse import parse_qs, urlsplit

    page = Page(again.get(parse_qs(urlsplit(answer.location).query)["next"][0]))
    assert page.status == 200
    assert page.one("#lead").get_text().strip() == "Hours of work"
    assert edition.current.lead == "A lead."


def test_a_form_that_expired_alone_is_kept_and_offered_again(oksana):
    edition = make.release()
    opened = typed(oksana, here(edition), lead="Hours of work") | {"csrf_token": "stale"}
    page = Page(oksana.post(here(edition), data=opened))
    assert page.status == 400
    link = next(link["href"] for link in page.all("main a") if "kept=" in link.get("href", ""))
    assert Page(oksana.get(link)).one("#lead").get_text().strip() == "Hours of work"


# Pictures


def photo(size=(800, 450), kind="JPEG"):
    out = io.BytesIO()
    Image.new("RGB", size, (30, 60, 90)).save(out, kind)
    return out.getvalue()


def add(by, edition, data, name="photo.jpg"):
    sent = {
        "csrf_token": token(by),
        "base": str(edition.current.number),
        "file": (io.BytesIO(data), name),
        "credit": "L. Moreau",
    }
    return Page(by.post(here(edition) + "pictures", data=sent, content_type="multipart/form-data"))


def test_a_picture_is_public_only_while_a_public_page_shows_it(oksana, client, browse):
    edition = make.release()
    browse(here(edition) + "pictures", by=oksana)
    assert add(oksana, edition, photo()).status == 303
    picture = db.session.query(Picture).one()
    file = f"/media/pictures/{picture.key}/640.jpg"
    assert client.get(file).status_code == 404
    assert oksana.get(file).headers["Cache-Control"] == "private, no-store"

    send(oksana, here(edition), **{"pictures-0-alt": "A blue field", "pictures-0-caption": "Blue"})
    service.submit(edition, by=make.officer())
    service.approve(edition, by=make.officer("Amélie"))
    service.publish(edition, by=make.officer("Amélie"))
    answer = client.get(file)
    assert (answer.status_code, answer.content_type) == (200, "image/jpeg")
    assert "Set-Cookie" not in answer.headers
    page = browse(f"/en/news/{edition.path}")
    assert page.one("article img")["alt"] == "A blue field"
    assert "L. Moreau" in page.words()

    service.withdraw(edition, reason="Error.", by=make.officer("Amélie"))
    assert client.get(file).status_code == 404


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\0" * 50,
        photo((100, 100)),
        photo()[:300],
    ],
    ids=["empty", "text", "svg", "gif", "small", "cut off"],
)
def test_what_is_no_usable_photo_is_refused_in_words(oksana, data):
    page = add(oksana, make.release(), data)
    assert page.status == 422
    hold_to_the_house(page)
    assert db.session.query(Picture).count() == 0


def test_the_same_file_is_kept_once(oksana):
    first, second = make.release(), make.release()
    assert add(oksana, first, photo()).status == add(oksana, second, photo()).status == 303
    assert db.session.query(Picture).count() == 1
