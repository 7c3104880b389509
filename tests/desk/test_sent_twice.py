"""A form that is sent twice: the second time finds done what it asks for, or says that it is done, and does nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.audit.models import Entry
from app.database import db
from app.editorial.models import Decision, Item, Revision, State
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.topics import scene as topic_scene

HERE = "/desk/releases/1/en/"


def fields(by, path, action=""):
    """What a browser would send of the form at ``path`` that leads to ``action``, or of its longest form."""
    page = Page(by.get(path))
    assert page.status == 200, page.html[:500]
    forms = [form for form in page.all("form[method=post]") if form["action"].endswith(action)]
    form = max(forms, key=lambda each: len(each.select("[name]")))
    sent = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        if control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            sent[control["name"]] = chosen["value"]
        elif control.name == "textarea":
            sent[control["name"]] = control.get_text().removeprefix("\n")
        elif control.get("type") not in ("checkbox", "radio", "submit") or control.has_attr("checked"):
            sent[control["name"]] = control.get("value", "")
    return form["action"], sent


def counted():
    """How much is written down: of the log, of decisions, versions and items."""
    db.session.rollback()
    return [
        db.session.scalar(select(func.count()).select_from(kind))
        for kind in (Entry, Decision, Revision, Item)
    ]


@pytest.mark.parametrize("folder", ["releases", "events", "topics"])
def test_a_text_is_begun_once_however_often_its_first_form_is_sent(app, folder):
    ada = make.signed_in(app, "Ada")
    before = counted()[3]
    action, sent = fields(ada, f"/desk/{folder}/new?language=en")
    sent |= {"title": "Begun once"}
    if folder == "topics":
        sent |= {"subject": "new", "names_fr": "A", "names_en": "B", "names_uk": "C"}
    first, second = (ada.post(action, data=sent) for _number in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert counted()[3] == before + 1

    _action, again = fields(ada, f"/desk/{folder}/new?language=en")
    assert again["once"] != sent["once"]
    other = make.signed_in(app, "Amélie")
    action, theirs = fields(other, f"/desk/{folder}/new?language=en")
    answer = other.post(action, data=theirs | {"title": "Another’s", "once": sent["once"]})
    assert answer.status_code == 303
    assert answer.location != first.location, "nobody finds what another began"


def test_a_text_in_another_language_is_begun_once(app):
    make.release()
    oksana = make.signed_in(app)
    action, sent = fields(oksana, "/desk/releases/1/fr/")
    answers = [oksana.post(action, data=sent | {"title": "Le titre"}) for _number in range(2)]
    assert [each.status_code for each in answers] == [303, 303]
    assert counted()[2] == 2


@pytest.mark.parametrize("change", [{"title": "Saved once"}, {"kind": "speech"}])
def test_a_text_is_saved_once_and_the_second_time_is_no_conflict(app, change):
    make.release()
    oksana = make.signed_in(app)
    action, sent = fields(oksana, HERE)
    answers = [oksana.post(action, data=sent | change) for _number in range(2)]
    assert [each.status_code for each in answers] == [303, 303]
    assert counted()[2] == 2
    assert "Nothing has changed since version 2." in Page(oksana.get(HERE)).words()


def test_a_question_is_kept_once(app):
    topic_scene.topic(entries=[])
    oksana = make.signed_in(app)
    action, sent = fields(oksana, "/desk/topics/1/en/faq/new")
    sent |= {"question": "How many?", "answer": "<p>Two.</p>"}
    before = counted()[2]
    assert [oksana.post(action, data=sent).status_code for _number in range(2)] == [303, 303]
    assert counted()[2] == before + 1


def test_a_programme_is_kept_once(app):
    make.event(facts=make.event_facts(make.entry()))
    oksana = make.signed_in(app)
    action, sent = fields(oksana, "/desk/events/1/en/programme")
    sent |= {"programme-1-clock": "10:00", "programme-1-title": "Added"}
    first, second = (oksana.post(action, data=sent) for _number in range(2))
    assert (first.status_code, second.status_code) == (303, 409)
    assert "Added" in [each["value"] for each in Page(second).all("input[name$=-title]")]
    db.session.rollback()
    assert len(db.session.get(Item, 1).editions[0].current.facts["programme"]) == 2


DECISIONS = {
    "submit": (State.DRAFT, "Oksana", "", "submit", {}),
    "take back": (State.IN_REVIEW, "Oksana", "", "take-back", {}),
    "approve": (State.IN_REVIEW, "Amélie", "review", "review", {"approve": "1"}),
    "return": (State.IN_REVIEW, "Amélie", "review", "review", {"return": "1", "comment": "The date."}),
    "publish": (State.APPROVED, "Amélie", "publish", "publish", {"when": "now"}),
    "publish urgently": (State.DRAFT, "Amélie", "urgent", "urgent", {"reason": "Fire."}),
    "lift": (State.EMBARGO, "Amélie", "moment", "moment", {"when": "now", "reason": "All know.", "confirmed": "now"}),
    "withdraw": (
        State.PUBLISHED, "Amélie", "withdraw", "withdraw",
        {"how": "withdraw", "reason": "In error.", "confirmed": "withdraw: In error."},
    ),
    "remove": (
        State.PUBLISHED, "Amélie", "withdraw", "withdraw",
        {"how": "remove", "log_reason": "In error.", "sentence": "", "confirmed": "remove: "},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_is_made_once_and_whoever_sends_it_again_is_told(app, frozen, name):
    state, who, page, ending, more = DECISIONS[name]
    make.release(state, at=frozen.at + timedelta(hours=1))
    by = make.signed_in(app, who)
    action, sent = fields(by, HERE + page, ending)
    assert by.post(action, data=sent | more).status_code == 303
    done = counted()
    answer = Page(by.post(action, data=sent | more))
    assert answer.status == 409
    hold_to_the_house(answer)
    assert answer.words(".error-summary")
    assert counted() == done
