"""Contacts and subjects: kept by who may, said in three languages, and never lost to another's save."""

from __future__ import annotations

import pytest

from app.audit.models import Entry
from app.database import db
from app.editorial import cards, naming, queries, service
from app.editorial.cards import Card
from app.editorial.models import Contact, Topic
from app.editorial.rules import NotAllowed
from app.refusals import Refusal
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.releases.test_desk import send, typed

NAMES = {"fr": "Énergie", "en": "Energy", "uk": "Енергетика"}
TYPED = {f"names_{code}": name for code, name in NAMES.items()}


@pytest.fixture
def max_(app):
    """A browser in which Max of the media desk is signed in."""
    return make.signed_in(app, "Max")


def last():
    return db.session.query(Entry).order_by(Entry.id.desc()).first()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+32 2 555 01 48", "+32 2 555 01 48"),
        ("0032 2/555.01.48", "+32 2 555 01 48"),
        ("+32 (0)2 555-01-48", "+32 2 555 01 48"),
        ("+3225550148", "+32 25 55 01 48"),
        ("+380442551234", "+380 442 55 12 34"),
        ("+1 202 555 0148", "+1 202 555 0148"),
        ("", ""),
    ],
)
def test_phone_numbers_are_kept_as_they_are_read(typed, kept):
    assert cards.phone(typed) == kept
    assert cards.phone(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "02 555 01 48",
        "+32",
        "+0 123 456 789",
        "+32 call me",
        "+" + "1" * 16,
        "+٣٢ ٢٥٥٥٠١٤٨",
        "++32 2 555 01 48",
    ],
)
def test_what_nobody_can_dial_is_refused(typed):
    with pytest.raises(cards.BadPhone):
        cards.phone(typed)


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_every_page_is_there_in_the_officers_language(app, browse, language):
    client = make.signed_in(app, "Amélie", language)
    browse("/desk/contacts/", by=client)
    browse("/desk/subjects/", by=client)
    topic, contact = make.topic(), make.contact()
    for path in (
        "contacts/",
        "contacts/new",
        f"contacts/{contact.id}/",
        "subjects/",
        "subjects/new",
        f"subjects/{topic.id}/",
    ):
        assert browse(f"/desk/{path}", by=client).soup.html["lang"] == language


def test_a_contact_is_added_and_changed_and_every_page_says_so(max_, browse):
    send(
        max_,
        "/desk/contacts/new",
        **(
            TYPED
            | {
                "phone": "+3225550148",
                "email": "x@Example.org",
                "functions_en": "Head",
                "hours_en": "It's always",
            }
        ),
    )
    contact = db.session.query(Contact).one()
    assert (contact.key, contact.names, contact.phone, contact.email) == (
        "energy",
        NAMES,
        "+32 25 55 01 48",
        "x@example.org",
    )
    assert (contact.functions, contact.hours, contact.is_listed) == (
        {"en": "Head"},
        {"en": "It’s always"},
        True,
    )
    edition = make.published(facts=make.shared(contact_id=contact.id))
    path = f"/desk/contacts/{contact.id}/"
    page = Page(
        max_.post(path, data=typed(max_, path, phone="+1 202 555 0148") | {"languages": ["fr", "de", "xx<"]})
    )
    assert page.status == 422
    fields = typed(max_, path, phone="+1 202 555 0148") | {"languages": ["fr", "de"]}
    assert max_.post(path, data=fields).status_code == 303
    told = browse(f"/en/news/{edition.path}").words(".press-contact")
    assert "+1 202 555 0148" in told
    assert "Speaks: Français , Deutsch" in told
    assert last().verb == "changed"
    assert last().details["before"]["phone"] == "+32 25 55 01 48"
    assert max_.post(path, data=typed(max_, path) | {"languages": ["fr", "de"]}).status_code == 303
    assert db.session.query(Entry).filter_by(verb="changed").count() == 1


def test_who_is_no_longer_listed_cannot_be_chosen_but_stays_where_they_are_named(max_, app):
    contact = make.contact()
    named = make.release(facts=make.shared(contact_id=contact.id))
    path = f"/desk/contacts/{contact.id}/"
    fields = typed(max_, path)
    fields.pop("is_listed")
    assert max_.post(path, data=fields).status_code == 303
    oksana = make.signed_in(app, "Oksana")
    listed = [
        each["value"] for each in Page(oksana.get("/desk/releases/new?language=en")).all("#contact_id option")
    ]
    assert listed == ["0"]
    assert Page(oksana.get(f"/desk/releases/{named.item_id}/en/")).one("#contact_id option[selected]")[
        "value"
    ] == str(contact.id)
    assert "No" in Page(max_.get("/desk/contacts/")).words("tbody")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("names_uk", "", "all three languages"),
        ("names_fr", "x" * 121, "Use at most 120 characters."),
        ("functions_en", "x" * 201, "Use at most 200 characters."),
        ("phone", "555 01 48", "country code"),
        ("email", "nobody", "Enter an e-mail address"),
    ],
)
def test_what_cannot_be_is_refused_next_to_its_field_and_kept(max_, field, value, told):
    page = send(max_, "/desk/contacts/new", status=422, **(TYPED | {field: value}))
    assert told in page.words(f"#{field}-error")
    assert page.one(f"#{field}").get("value", "") == value
    assert db.session.query(Contact).count() == 0


def test_the_second_to_save_a_contact_sees_both(max_):
    contact = make.contact()
    path = f"/desk/contacts/{contact.id}/"
    mine = typed(max_, path, phone="+1 202 555 0148")
    card = Card(names=contact.names, phone="+44 20 7946 0018", email=contact.email)
    service.change_contact(contact, card, base=cards.version(contact), by=make.officer("Amélie"))
    page = Page(max_.post(path, data=mine))
    hold_to_the_house(page)
    assert page.status == 409
    assert "+44 20 7946 0018" in page.words(".compare")
    assert page.one("#phone")["value"] == "+1 202 555 0148"
    assert max_.post(path, data=mine | {"base": page.one("#base")["value"]}).status_code == 303
    db.session.expire_all()
    assert contact.phone == "+1 202 555 0148"


def test_subjects_are_added_renamed_and_put_in_order(max_):
    first = make.topic("ukraine")
    send(max_, "/desk/subjects/new", **TYPED)
    second = db.session.query(Topic).filter_by(key="energy").one()
    send(max_, "/desk/subjects/new", **TYPED)
    assert [each.key for each in queries.topics()] == ["ukraine", "energy", "energy-2"]
    page = send(max_, f"/desk/subjects/{second.id}/", status=422, names_fr="")
    assert "all three languages" in page.words("#names_fr-error")
    send(max_, f"/desk/subjects/{second.id}/", names_en="Power")
    assert naming.topics("en")["energy"].name == "Power"
    token = Page(max_.get("/desk/subjects/")).one("main input[name=csrf_token]")["value"]
    for verb, row, order in (
        ("up", second, [2, 1, 3]),
        ("up", second, [2, 1, 3]),
        ("down", first, [2, 3, 1]),
        ("down", first, [2, 3, 1]),
    ):
        assert max_.post("/desk/subjects/", data={"csrf_token": token, verb: str(row.id)}).status_code == 303
        assert [each.id for each in queries.topics()] == order
    for odd in ("x", "999", "²", ""):
        assert max_.post("/desk/subjects/", data={"csrf_token": token, "up": odd}).status_code == 303


def test_the_second_to_rename_a_subject_sees_both(max_):
    topic = make.topic()
    path = f"/desk/subjects/{topic.id}/"
    mine = typed(max_, path, names_en="Mine")
    service.change_subject(
        topic, topic.names | {"en": "Theirs"}, base=cards.version(topic), by=make.officer("Amélie")
    )
    page = Page(max_.post(path, data=mine))
    hold_to_the_house(page)
    assert (page.status, page.one("#names_en")["value"]) == (409, "Mine")
    assert "Theirs" in page.words(".compare")


def test_only_who_may_keeps_them(app, client):
    topic, contact, oksana = make.topic(), make.contact(), make.officer("Oksana")
    for change in (
        lambda: service.add_subject(NAMES, by=oksana),
        lambda: service.change_subject(topic, NAMES, base=cards.version(topic), by=oksana),
        lambda: service.move_subject(topic, up=True, by=oksana),
        lambda: service.add_contact(Card(NAMES), by=oksana),
        lambda: service.change_contact(contact, Card(NAMES), base=cards.version(contact), by=oksana),
    ):
        with pytest.raises(NotAllowed):
            change()
    writer = make.signed_in(app, "Oksana")
    for path in (
        "contacts/",
        "contacts/new",
        f"contacts/{contact.id}/",
        "subjects/",
        "subjects/new",
        f"subjects/{topic.id}/",
    ):
        assert writer.get(f"/desk/{path}").status_code == 403
        assert client.get(f"/desk/{path}").status_code == 303
    assert not Page(writer.get("/desk/")).all("a[href='/desk/contacts/']")
    max_ = make.signed_in(app, "Max")
    assert max_.get("/desk/contacts/999/").status_code == max_.get("/desk/subjects/999/").status_code == 404


def test_hostile_words_are_words(max_, browse):
    bad = '"><script>alert(1)</script>\u202e'
    sent = {f"{what}_{code}": bad for what in ("names", "functions", "hours") for code in ("fr", "en", "uk")}
    send(max_, "/desk/contacts/new", **sent)
    contact = db.session.query(Contact).one()
    edition = make.published(facts=make.shared(contact_id=contact.id))
    assert "alert(1)" in browse(f"/en/news/{edition.path}").words(".press-contact")
    browse("/desk/contacts/", by=max_)
    browse(f"/desk/contacts/{contact.id}/", by=max_)
    with pytest.raises(Refusal):
        service.add_contact(Card({"fr": "\x00", "en": "x", "uk": "x"}), by=make.officer("Max"))
