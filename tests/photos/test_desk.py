"""An officer's way with photos: choosing files, describing many at once, their order, and all that can go wrong."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.database import db
from app.editorial import queries
from app.editorial.models import State
from app.library.models import MasterState, MediaKind
from app.photos import desk as photos_desk
from app.photos import queries as sets
from app.photos import rules, service
from app.photos.rules import Described
from tests import make
from tests.browser import Page
from tests.photos import scene
from tests.topics.test_desk import press


@pytest.fixture
def max_(app):
    return make.signed_in(app, "Max")


def here(edition, rest=""):
    return f"/desk/photos/{edition.item_id}/{edition.language}/{rest}"


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_every_page_is_there_in_the_officers_language(app, browse, language):
    client = make.signed_in(app, "Max", language)
    edition = scene.gallery()
    for path in (
        "/desk/photos/",
        "/desk/photos/new",
        "/desk/photos/begin",
        f"/desk/photos/new?language={language}",
    ):
        browse(path, by=client)
    for rest in (
        "",
        "preview",
        "photos/",
        "photos/order",
        "photos/add",
        f"photos/{scene.keys(edition)[0]}/remove",
    ):
        page = browse(here(edition, rest), by=client)
        assert page.soup.html["lang"] == language


def test_from_the_files_to_the_reader(app, max_, browse):
    ids = [scene.master(name).id for name in ("one", "two")]
    page = press(max_, "/desk/photos/begin", master=[str(each) for each in ids], language="en")
    edition = queries.edition_of(1, "en")
    assert page.answer.location == here(edition, "photos/")
    now = edition.current
    assert (now.facts["credit"], now.fields["terms"], now.place) == (
        "Council",
        "Free for the press.",
        "Justus Lipsius, Brussels",
    )
    assert now.date.isoformat() == "2025-11-19"
    first = now.facts["photos"][0]
    assert (first["master"], first["creator"], first["credit"], first["taken_on"]) == (
        ids[0],
        "Ana Lens",
        "",
        None,
    )
    words = {f"photos-{n}-{name}": value for n in (0, 1)
             for name, value in {"caption": f"Caption {n}.", "alt": f"Alt {n}.", "people": "Ana A\nBo B; Cy C"}.items()}  # fmt: skip
    press(max_, here(edition, "photos/"), **words)
    press(max_, here(edition), title="Two photos")
    db.session.expire_all()
    said = edition.current.fields["photos"][first["id"]]
    assert (said["caption"], said["people"]) == ("Caption 0.", ["Ana A", "Bo B", "Cy C"])
    press(max_, here(edition), title="Two photos again")  # the set's form leaves the photos alone
    db.session.expire_all()
    assert edition.current.fields["photos"][first["id"]]["caption"] == "Caption 0."


def test_what_was_said_of_a_file_while_it_came_counts_before_what_it_says(app):
    one = scene.master("one")
    told = {"caption": "Put right.", "place": "Kyiv", "persons": ["Zoé Z"], "date": "2025-11-20"}
    begun = rules.begun([one], told={one.id: told})
    (words,) = begun.words.values()
    assert (words["caption"], words["people"]) == ("Put right.", ["Zoé Z"])
    assert (begun.place, begun.credit, begun.taken_on.isoformat()) == ("Kyiv", "Council", "2025-11-20")


def test_a_set_begins_with_the_rights_and_the_last_embargo_that_were_told(app, max_):
    photos = [scene.master("one"), scene.master("two")]
    for master, hour in zip(photos, (14, 16), strict=True):
        told = {
            "usage_terms": "Not for advertising.",
            "alt": "A door.",
            "embargo_until": f"2025-12-03T{hour}:00:00+00:00",
        }
        scene.upload(master, told)
    edition = service.begin([each.id for each in photos], "en", by=make.officer("Max"))
    assert edition.current.fields["terms"] == "Not for advertising."
    assert {each["alt"] for each in edition.current.fields["photos"].values()} == {"A door."}
    assert edition.wanted_at == datetime(2025, 12, 3, 16, tzinfo=UTC)


def test_a_form_sent_twice_begins_one_set(app, max_):
    fields = {"master": str(scene.master().id), "language": "en"}
    from tests.releases.test_desk import typed

    known = typed(max_, "/desk/photos/begin") | fields
    first, second = (max_.post("/desk/photos/begin", data=known) for _ in range(2))
    assert first.location == second.location


def test_nothing_chosen_or_nothing_usable_is_refused(app, max_):
    scene.master()
    page = press(max_, "/desk/photos/begin", status=422, language="en")
    assert page.words(".error-summary li") == "Select at least one photo"
    for wrong in (scene.master("film", kind=MediaKind.VIDEO).id, 999, "x", "-1", 2**40, "٣", "9" * 5000):
        press(max_, "/desk/photos/begin", status=422, language="en", master=str(wrong))
    unread = scene.master("unread", state=MasterState.FAILED)
    page = press(max_, "/desk/photos/begin", status=422, language="en", master=str(unread.id))
    assert "not ready" in page.words(".error-summary li")


def test_what_is_chosen_on_one_page_goes_along_to_the_next(app, max_, monkeypatch):
    monkeypatch.setattr(photos_desk, "FILES", 1)
    one, two, three = [
        scene.master(name).id for name in ("one", "two", "three")
    ]  # the last on the first page
    page = press(max_, "/desk/photos/begin", status=200, master=str(three), language="fr", turn="2")
    assert page.one("input[type=checkbox]")["value"] == str(two)
    assert "1 photo of another page is chosen, too." in page.words("main")
    assert page.one("input[name=language][checked]")["value"] == "fr"
    press(max_, "/desk/photos/begin", status=422, master=["999", str(three)], language="xx", page="2")
    page = press(max_, "/desk/photos/begin", status=200, master=["999", str(three)], language="en", turn="3")
    hidden = [each["value"] for each in page.all("input[type=hidden][name=master]")]
    assert hidden == [str(three)]  # what can never be chosen does not stay
    press(max_, "/desk/photos/begin", master=[*hidden, str(one)], language="en")
    edition = queries.edition_of(1, "en")
    assert [each["master"] for each in edition.current.facts["photos"]] == [three, one]
    page = press(max_, here(edition, "photos/add"), status=200, master=[str(two), str(three)], turn="1")
    assert [each["value"] for each in page.all("input[type=hidden][name=master]")] == [str(two)]
    press(max_, here(edition, "photos/add"), master=str(two))
    db.session.expire_all()
    assert len(scene.keys(edition)) == 3


def test_photos_are_added_ordered_and_taken_out_in_every_language(app, max_):
    edition = scene.gallery()
    french = scene.gallery(language="fr", item=edition.item)
    one, two, three = scene.keys(edition)
    new = scene.master("four")
    press(max_, here(edition, "photos/add"), master=str(new.id))
    db.session.expire_all()
    four = scene.keys(edition)[3]
    assert scene.keys(french) == [one, two, three, four]
    press(max_, here(edition, "photos/order"), up=four)
    db.session.expire_all()
    assert scene.keys(edition) == [one, two, four, three]
    press(max_, here(edition, "photos/order"), first=three)
    press(max_, here(edition, "photos/order"), **{f"to-{one}": "4"})
    db.session.expire_all()
    assert scene.keys(french) == [three, two, four, one]
    press(max_, here(edition, f"photos/{two}/remove"))
    db.session.expire_all()
    assert scene.keys(edition) == [three, four, one]
    press(max_, here(edition, "photos/order"), status=422, **{f"to-{one}": "77"})
    press(max_, here(edition, "photos/order"), status=422, **{f"to-{one}": "0" * 5000 + "1"})
    press(max_, here(edition, "photos/add"), status=422, master=str(new.id))


def test_of_two_who_describe_a_photo_the_second_is_told_and_keeps_what_they_typed(app, max_):
    edition = scene.gallery()
    one, _two, _three = scene.keys(edition)
    from tests.releases.test_desk import typed

    mine = typed(
        max_, here(edition, "photos/"), **{"photos-0-caption": "Mine", "photos-1-caption": "Mine too"}
    )
    theirs = {one: Described(caption="Theirs", alt="Alternative 1.", people=("Ana A", "Bo B"))}
    service.describe(edition, theirs, base=edition.current.number, by=make.officer("Oksana"))
    page = Page(max_.post(here(edition, "photos/"), data=mine))
    assert page.status == 409
    assert page.one("#photos-0-caption").get_text(strip=True) == "Mine"
    assert "Theirs" in page.words(".sheet__words .notice")
    press_again = typed_of(page)
    assert max_.post(here(edition, "photos/"), data=press_again).status_code == 303
    db.session.expire_all()
    assert edition.current.fields["photos"][one]["caption"] == "Mine"


def typed_of(page):
    fields = {}
    for control in page.soup.select("#text-form input, #text-form textarea"):
        if control.get("name"):
            fields[control["name"]] = (
                control.get_text().removeprefix("\n")
                if control.name == "textarea"
                else control.get("value", "")
            )
    return fields


def test_two_who_describe_different_photos_do_not_disturb_each_other(app):
    edition = scene.gallery()
    one, two, _three = scene.keys(edition)
    base = edition.current.number
    for key, by in ((one, "Max"), (two, "Oksana")):
        service.describe(
            edition, {key: Described(caption=f"By {by}", alt="Alt.")}, base=base, by=make.officer(by)
        )
    words = edition.current.fields["photos"]
    assert (words[one]["caption"], words[two]["caption"]) == ("By Max", "By Oksana")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("caption", "x" * 2001, "at most 2000"),
        ("taken_on", "31 February", ""),
        ("people", "\n".join(f"P{n}" for n in range(41)), "at most 40 people"),
        ("credit", "c" * 201, "at most 200"),
    ],
)
def test_what_no_photo_holds_is_said_beside_its_field(app, max_, field, value, said):
    edition = scene.gallery()
    page = press(max_, here(edition, "photos/"), status=422, **{f"photos-1-{field}": value})
    assert said in page.words(f"#photos-1-{field}-error")


def test_hostile_words_are_words(app, max_, browse):
    edition = scene.gallery()
    press(
        max_,
        here(edition, "photos/"),
        **{"photos-0-caption": "<script>alert(1)</script> \u202egnp.exe", "photos-0-key": "../../etc"},
    )
    press(max_, here(edition, "photos/"), **{"photos-0-caption": "<script>alert(1)</script> \u202egnp.exe"})
    page = browse(here(edition, "preview"), by=max_)
    assert "<script>alert" not in page.html
    assert "\u202e" not in page.html


def test_a_set_without_photos_captions_or_files_is_not_reviewed(app):
    from app.photos import rules

    edition = scene.gallery()
    first = scene.master("one")
    assert not rules.missing(edition.current)
    edition.current.facts = edition.current.facts | {"credit": ""}
    edition.current.fields = edition.current.fields | {"photos": {}}
    db.session.query(type(first)).update({"state": MasterState.CHECKING})
    assert [str(each.message) for each in rules.missing(edition.current)] == [
        "3 photos have no caption in this language.",
        "3 photos have no alternative text in this language.",
        "3 photos have no credit.",
        "The sizes of 3 photos are not made yet.",
    ]
    edition.current.facts = {"photos": []}
    assert [str(each.message) for each in rules.missing(edition.current)] == ["Add at least one photo."]
    db.session.rollback()


def test_readers_learn_of_another_version_as_of_every_text(app, browse):
    edition = scene.gallery(State.PUBLISHED)
    scene.describe(edition, caption="Put right.")
    scene.again(edition, "correction", "The caption named another minister.")
    page = browse("/en/media/photos/ministers-meet/history")
    assert "[inserted] Put right" in page.words("main")
    browse("/en/media/photos/ministers-meet/history/1")


def test_the_sets_of_several_files_are_found_without_reading_every_set(app, max_):
    one, two, three = (scene.master(name).id for name in ("one", "two", "three"))
    both = scene.gallery(State.DRAFT, "one", "two", title="Both")
    scene.gallery(State.DRAFT, language="fr", item=both.item, title="Les deux")
    scene.gallery(State.DRAFT, "two", title="Alone")
    found = sets.current_sets([one, two, three])
    assert {key: [row.title for row in rows] for key, rows in found.items()} == {
        one: ["Both"],
        two: ["Both", "Alone"],
    }
    assert [row._fields for row in found[one]] == [("master_id", "item_id", "language", "title")]
    assert sets.current_sets([]) == {}


def test_from_the_uploads_a_photo_is_described_and_its_sets_are_named(app, max_, browse):
    from app.library.describing import describing

    how = describing(MediaKind.PHOTO)
    first = scene.master("one")
    assert how.known({first.id}) == {}
    page = browse(how.begin(first.id), by=max_)
    assert page.one("input[name=master][checked]")["value"] == str(first.id)
    edition = scene.gallery(State.DRAFT, "one", "two")
    assert how.known({first.id}) == {first.id: [("Ministers meet", here(edition))]}
