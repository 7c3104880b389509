"""The same with several texts at once: what can be done is done, and the rest is named with its reason."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask

from app.audit.models import Entry
from app.database import db
from app.editorial import service as editorial
from app.editorial.models import State
from app.editorial.rules import NotAllowed, WrongState, filing
from app.refusals import Refusal
from app.teamwork import queries, rules, service
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.signing import post

THERE = "/desk/texts/several"


def page_of(client, doing: str, *editions) -> Page:
    """Open the page on which it is said what becomes of these texts."""
    asked = [("do", doing), *(("id", edition.id) for edition in editions), ("list", "/desk/texts/?q=a")]
    return Page(client.get(f"{THERE}?{urlencode(asked)}"))


def send(client, doing: str, fields: dict, *editions) -> Page:
    """Send that page's form."""
    ids = {"id": [str(edition.id) for edition in editions], "list": "/desk/texts/?q=a"}
    return Page(post(client, f"{THERE}/{doing}", ids | fields, page="/desk/settings"))


def left(page: Page) -> dict[str, str]:
    """Return the texts that were left as they are, each with the reason."""
    return {
        row.select_one("a").get_text(): row.select("p")[-1].get_text(strip=True)
        for row in page.all("li.chosen__one")
    }


def test_the_list_lets_texts_be_chosen_without_script(app: Flask, browse) -> None:
    edition = make.release()
    page = browse("/desk/texts/?q=ministers", by=make.signed_in(app, "Rosa"))

    form = page.one("form.desk-chosen")
    assert (form["action"], form["method"]) == (THERE, "get")
    assert page.one("tbody input[name=id]")["value"] == str(edition.id)
    assert "Ministers adopt a road map (English)" in page.words("tbody .text-table__pick")
    assert [option["value"] for option in page.all("#do option")] == ["assign", "topic"]
    assert page.one("input[name=list]")["value"] == "/desk/texts/?q=ministers"
    assert page.one("[data-choose-all]").has_attr("hidden")


def test_who_may_not_write_chooses_nothing_and_who_may_not_ask_takes_on(app: Flask, browse) -> None:
    make.release()
    assert not browse("/desk/texts/", by=make.signed_in(app, "Nora")).all("tbody input")
    page = browse("/desk/texts/", by=make.signed_in(app))
    assert page.one("#do option[value=assign]").get_text() == "Take them on…"


def test_nothing_chosen_leads_back_and_says_so(app: Flask) -> None:
    client = make.signed_in(app)
    for asked in ("do=topic", "do=assign&id=99", "do=assign&id=x&id=-1&id=99999999999999"):
        answer = client.get(f"{THERE}?{asked}&list=/desk/releases/")
        assert (answer.status_code, answer.location) == (303, "/desk/releases/")
    assert "Choose at least one text" in client.get("/desk/releases/").get_data(as_text=True)
    for hostile in ("//evil.test/desk/", "https://evil.test/", "/en/", "/desk/\\evil"):
        assert client.get(f"{THERE}?{urlencode({'do': 'topic', 'list': hostile})}").location == "/desk/texts/"
    assert client.get(f"{THERE}?do=publish").status_code == 404


def test_several_texts_are_given_to_somebody(app: Flask, frozen) -> None:
    first, second = make.release(title="First"), make.release(title="Second")
    rosa = make.signed_in(app, "Rosa")
    page = page_of(rosa, "assign", first, second)
    hold_to_the_house(page)
    assert page.words("h1") == "Assign 2 texts"
    assert [box["value"] for box in page.all("input[name=id][checked]")] == [str(second.id), str(first.id)]

    petro = make.officer("Petro")
    fields = {
        "task": "translate",
        "to": str(petro.id),
        "language": "uk",
        "note": "By noon.",
        "day": "21/11/2025",
    }
    answer = send(rosa, "assign", fields, first, second).answer
    assert (answer.status_code, answer.location) == (303, "/desk/texts/?q=a")
    assert "2 texts were assigned." in rosa.get(answer.location).get_data(as_text=True)
    for edition in (first, second):
        assert queries.assignments(edition.item_id, "en") == []
        (made,) = queries.assignments(edition.item_id, "uk")
        assert (made.to.name, made.by.name, made.note) == ("Petro", "Rosa", "By noon.")


def test_what_is_done_already_is_named_and_the_rest_is_asked_for(app: Flask, frozen) -> None:
    later = frozen.at + timedelta(hours=1)
    texts = [
        make.release(title="Draft"),
        make.release(State.IN_REVIEW, title="Reviewing"),
        make.release(State.APPROVED, title="Approved"),
        make.release(State.EMBARGO, title="Waiting", at=later),
        make.release(State.PUBLISHED, title="Public"),
    ]
    rosa, rosa_id = make.signed_in(app, "Rosa"), str(make.officer("Rosa").id)
    page = send(rosa, "assign", {"task": "review", "to": rosa_id, "language": ""}, *texts)

    hold_to_the_house(page)
    assert page.status == 200
    assert "2 texts were assigned." in page.words(".banner")
    assert page.words("h1") == "3 texts were left as they are"
    assert left(page) == dict.fromkeys(["Public", "Waiting", "Approved"], "This version is approved already.")
    assert [len(queries.assignments(each.item_id, "en")) for each in texts] == [1, 1, 0, 0, 0]

    ada = make.officer("Ada")
    fields = {"task": "publish", "to": str(ada.id), "language": ""}
    page = send(rosa, "assign", fields, *texts[3:])
    assert page.status == 422
    assert left(page) == {
        "Waiting": "It becomes public by itself at its hour.",
        "Public": "Readers see this version already.",
    }
    assert "Nothing was changed." in page.words(".banner")


def test_an_urgent_publication_can_be_given_to_a_second_pair_of_eyes(app: Flask) -> None:
    edition = make.release()
    editorial.publish_urgently(edition, reason="A siren.", by=make.officer("Amélie"))
    made = service.assign(
        edition.item, "en", task="review", to=make.officer("Rosa"), by=make.officer("Amélie")
    )
    assert made in queries.assignments(edition.item_id, "en")
    editorial.confirm(edition, by=make.officer("Rosa"))
    assert queries.assignments(edition.item_id, "en") == []


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"task": "publish"}, "to", "Petro may not do this"),
        ({"day": "1/1/2020"}, "day", "Choose a day that is still to come."),
        ({"day": "soon"}, "day", "Enter a date"),
        ({"note": "x" * 501}, "note", "The note is too long"),
    ],
)
def test_what_is_wrong_for_all_is_said_next_to_the_field_and_kept(app: Flask, fields, field, said) -> None:
    edition = make.release()
    rosa = make.signed_in(app, "Rosa")
    typed = {"task": "translate", "to": str(make.officer("Petro").id), "language": "uk", "note": "Soon."}
    page = send(rosa, "assign", typed | fields, edition)

    hold_to_the_house(page)
    assert page.status == 422
    assert said in page.words(f"#{field}-error")
    assert page.one("#language option[selected]")["value"] == "uk"
    assert page.one("input[name=id][checked]")["value"] == str(edition.id)
    assert queries.assigned_to(make.officer("Petro").id) == []


def test_a_writer_takes_on_but_asks_nobody(app: Flask) -> None:
    edition = make.release()
    oksana = make.signed_in(app)
    petro = str(make.officer("Petro").id)
    assert send(oksana, "assign", {"task": "translate", "to": petro, "language": ""}, edition).status == 422
    own = {"task": "write", "to": str(make.officer().id), "language": ""}
    assert send(oksana, "assign", own, edition).status == 303
    assert [each.to.name for each in queries.assignments(edition.item_id, "en")] == ["Oksana"]


def test_a_topic_is_a_new_version_in_every_language_and_voids_what_was_decided(app: Flask) -> None:
    make.topic("energy", en="Energy", fr="Énergie", uk="Енергетика")
    edition = make.release(State.APPROVED, facts=make.shared(topics=("ukraine",)))
    french = make.release(
        State.IN_REVIEW, language="fr", item=edition.item, facts=make.shared(topics=("ukraine",))
    )
    # The second language brought a version of its own facts to the first only where these differ: they do not.
    assert edition.state is State.APPROVED
    public = make.release(State.PUBLISHED, title="Public")
    numbers = [each.current.number for each in (edition, french, public)]

    oksana = make.signed_in(app)
    page = page_of(oksana, "topic", edition, public)
    hold_to_the_house(page)
    assert "A draft again, to be reviewed once more: English , Français" in page.words(
        f"#text-{edition.id}-note"
    )
    assert not page.all(f"#text-{public.id}-note")

    answer = send(oksana, "topic", {"topic": "energy"}, edition, public).answer
    assert answer.status_code == 303
    assert "2 texts were changed." in oksana.get(answer.location).get_data(as_text=True)
    db.session.expire_all()
    assert [each.state for each in (edition, french, public)] == [State.DRAFT] * 3
    assert [each.current.number for each in (edition, french, public)] == [n + 1 for n in numbers]
    assert edition.current.topics == french.current.topics == ["ukraine", "energy"]
    assert edition.current.body == "<p>The text.</p>"
    assert public.public_revision.topics == []
    entry = db.session.query(Entry).filter_by(verb="saved", thing_id=edition.id).one()
    assert entry.details == {"revision": numbers[0] + 1, "added": "energy"}


def test_a_topic_is_refused_where_something_would_be_lost(app: Flask, frozen) -> None:
    make.topic("energy")
    later = frozen.at + timedelta(hours=1)
    waiting = make.release(State.SCHEDULED, title="Waiting", at=later)
    fellow = make.release(title="Fellow", language="fr", item=waiting.item)
    ended = make.release(State.WITHDRAWN, title="Ended")
    known = make.release(title="Known", facts=make.shared(topics=("energy",)))
    free = make.release(title="Free")
    page = send(make.signed_in(app), "topic", {"topic": "energy"}, waiting, fellow, ended, known, free)

    assert page.status == 200
    assert "1 text was changed." in page.words(".banner")
    assert {title: reason[:25] for title, reason in left(page).items()} == {
        "Waiting": "It waits for its hour, wh",
        "Fellow": "It waits for its hour, wh",
        "Ended": "Readers are told that thi",
        "Known": "It has this topic already",
    }
    db.session.expire_all()
    assert (waiting.state, waiting.public_from) == (State.SCHEDULED, later)
    assert [each.current.number for each in (waiting, fellow, ended, known)] == [1, 1, 1, 1]


def test_a_topic_has_to_be_chosen_and_to_be_there(app: Flask) -> None:
    make.topic("energy")
    edition, oksana = make.release(), make.signed_in(app)
    for topic in ("", "nothing"):
        page = send(oksana, "topic", {"topic": topic}, edition)
        hold_to_the_house(page)
        assert page.status == 422
        assert page.words("#topic-error").endswith("Choose a topic.")
    page = send(oksana, "topic", {"topic": "energy"})
    assert "Choose at least one text." in page.words("[role=alert]")
    assert edition.current.number == 1


def test_the_rules_hold_for_the_act_itself(app: Flask) -> None:
    make.topic("energy")
    edition = make.release()
    with pytest.raises(NotAllowed):
        editorial.add_topic(edition, "energy", by=make.officer("Nora"))
    with pytest.raises(Refusal, match="Choose a topic"):
        editorial.add_topic(edition, "nothing", by=make.officer())
    editorial.add_topic(edition, "energy", by=make.officer())
    with pytest.raises(filing.Filed):
        editorial.add_topic(edition, "energy", by=make.officer())
    public = make.release(State.PUBLISHED)
    with pytest.raises(rules.TaskOver):
        service.assign(public.item, "en", task="publish", to=make.officer("Ada"), by=make.officer("Ada"))
    with pytest.raises(WrongState):
        service.assign(edition.item, "de", task="write", to=make.officer(), by=make.officer())


def test_the_first_texts_are_begun_from_an_empty_list(app: Flask, browse) -> None:
    page = browse("/desk/texts/", by=make.signed_in(app))
    links = [link["href"] for link in page.all(".empty-state a")]
    assert links[:3] == ["/desk/releases/new", "/desk/events/new", "/desk/topics/new"]
    assert not browse("/desk/texts/", by=make.signed_in(app, "Petro")).all(".empty-state a")
