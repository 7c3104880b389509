"""Drafts that save themselves: when, never over another's work, and never at the cost of a decision."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from app.audit.models import Entry
from app.database import db
from app.editorial import service as editorial
from app.editorial.models import Edition, Revision, State
from app.teamwork import rules, service
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.signing import post

HERE = "/desk/releases/1/en/"
THERE = f"{HERE}autosave.json"


@pytest.fixture
def oksana(app: Flask):
    """Oksana, who writes."""
    return make.signed_in(app)


def fields(edition: Edition, **changes: str) -> dict[str, str]:
    """Return what the form of ``edition`` would send."""
    known = {
        "base": str(edition.current.number),
        "kind": "news_release",
        "title": "Ministers adopt a road map",
        "lead": "A lead.",
        "body": "<p>The text.</p>",
        "place": "Brussels",
        "date": "20 November 2025",
        "contact_id": "0",
        "account": str(make.officer().id),
    }
    return known | changes


def autosaved(client, edition: Edition, **changes: str):
    """Let the page's script save the form."""
    answer = post(client, THERE, fields(edition, **changes), page=HERE)
    db.session.refresh(edition)
    return answer


def test_a_draft_saves_itself_quietly_as_a_revision_that_nobody_asked_for(app: Flask, oksana) -> None:
    edition = make.release()
    answer = autosaved(oksana, edition, title="Another")

    assert answer.status_code == 200
    assert (answer.json["said"], answer.json["number"]) == ("Saved at 12:00", 2)
    assert (edition.current.number, edition.current.title, edition.current.is_autosave) == (
        2,
        "Another",
        True,
    )
    assert oksana.post(THERE, data=fields(edition) | {"csrf_token": answer.json["token"]}).status_code == 200


def test_what_is_the_same_is_not_saved_again(app: Flask, oksana) -> None:
    edition = make.release()
    for _ in range(3):
        answer = autosaved(oksana, edition, title="Another")
        assert (answer.json["number"], edition.current.number) == (2, 2)


def test_an_unfinished_draft_saves_itself_and_an_unreadable_value_is_told(app: Flask, oksana) -> None:
    edition = make.release()
    assert autosaved(oksana, edition, title="", body="", date="").status_code == 200
    answer = autosaved(oksana, edition, date="some day", title="Lost?")
    assert answer.status_code == 422
    assert answer.json["why"] == "typed"
    assert answer.json["said"].startswith("Not saved yet: Enter a date like")

    answer = autosaved(oksana, edition, title="x" * 301)
    assert (answer.status_code, answer.json["why"]) == (422, "typed")
    assert edition.current.number == 2


def test_pressing_save_makes_a_version_of_what_saved_itself(app: Flask, oksana) -> None:
    edition = make.release()
    autosaved(oksana, edition, title="Another")
    answer = post(oksana, HERE, fields(edition, title="Another"), page=HERE)

    assert answer.status_code == 303
    db.session.refresh(edition)
    assert (edition.current.number, edition.current.is_autosave) == (2, False)
    page = Page(oksana.get(HERE))
    assert "Saved as version 2" in page.words(".banner")
    assert page.one("#text-form")["data-just-saved"] == "2"
    assert Page(oksana.get(HERE)).one("#text-form")["data-just-saved"] == "0"
    post(oksana, HERE, fields(edition, title="Another"), page=HERE)
    assert "Nothing has changed since version 2" in Page(oksana.get(HERE)).words(".banner")


@pytest.mark.parametrize("state", [each for each in State if each is not State.DRAFT])
def test_nothing_but_a_draft_saves_itself_and_no_decision_is_voided(
    app: Flask, frozen, oksana, state: State
) -> None:
    from datetime import timedelta

    edition = make.release(state, at=frozen.at + timedelta(days=1))
    before = (edition.state, edition.current_revision_id, edition.approved_revision_id, edition.public_from)
    answer = autosaved(oksana, edition, title="Another")

    assert (answer.status_code, answer.json["why"]) == (409, "state")
    assert (
        edition.state,
        edition.current_revision_id,
        edition.approved_revision_id,
        edition.public_from,
    ) == before
    form = Page(oksana.get(HERE)).one("#text-form")
    assert form["data-autosave"] == ""


def test_another_language_is_never_changed_by_itself(app: Flask, oksana) -> None:
    edition = make.release()
    other = make.release(State.APPROVED, language="fr", item=edition.item)
    db.session.refresh(edition)
    answer = autosaved(oksana, edition, title="Another")
    assert answer.status_code == 200

    answer = autosaved(oksana, edition, title="A third", date="21 November 2025")
    db.session.refresh(other)
    assert (answer.status_code, answer.json["why"]) == (409, "shared")
    assert (edition.current.title, other.state, other.current.number) == ("Another", State.APPROVED, 1)
    assert db.session.query(Revision).count() == 3


def test_facts_of_a_text_in_one_language_save_themselves(app: Flask, oksana) -> None:
    edition = make.release()
    autosaved(oksana, edition, date="21 November 2025")

    assert str(edition.current.date) == "2025-11-21"


def test_anothers_version_is_never_written_over(app: Flask, oksana, frozen) -> None:
    edition = make.release()
    editorial.save(edition, make.text(title="Theirs"), make.shared(), base=1, by=make.officer("Petro"))
    answer = autosaved(oksana, edition, base="1", title="Mine")

    assert (answer.status_code, answer.json["why"]) == (409, "conflict")
    assert answer.json["said"] == "While you were writing, version 2 was saved (Petro, 12:00)."
    assert edition.current.title == "Theirs"


def test_who_took_over_the_browser_saves_nothing_in_anothers_name(app: Flask, oksana) -> None:
    edition = make.release()
    for account in ("", "x", str(make.officer("Petro").id)):
        answer = autosaved(oksana, edition, title="Mine", account=account)
        assert (answer.status_code, answer.json["why"]) == (409, "somebody")
    assert edition.current.number == 1


def test_an_expired_token_or_session_is_told_and_nothing_is_put_aside(app: Flask, oksana, frozen) -> None:
    from datetime import timedelta

    from app.web.keptforms import KeptForm

    edition = make.release()
    assert oksana.post(THERE, data=fields(edition) | {"csrf_token": "old"}).status_code == 400
    frozen.at += timedelta(hours=9)
    answer = oksana.post(THERE, data=fields(edition))
    assert answer.status_code == 403
    assert answer.json["heading"] == "Your session has ended"
    assert db.session.query(KeptForm).count() == 0


def test_who_may_not_write_cannot_save_by_script(app: Flask) -> None:
    edition = make.release()
    answer = post(make.signed_in(app, "Nora"), THERE, fields(edition), page="/desk/settings")

    assert answer.status_code == 403
    assert edition.current.number == 1


def test_an_act_that_is_not_allowed_keeps_nothing(app: Flask) -> None:
    edition = make.release()
    with pytest.raises(rules.NotAllowed):
        service.autosave(edition, lambda: pytest.fail("saved"), by=make.officer("Nora"))


def test_the_log_has_an_entry_for_each_saving(app: Flask, oksana) -> None:
    edition = make.release()
    autosaved(oksana, edition, title="Another")

    entry = db.session.query(Entry).order_by(Entry.id.desc()).first()
    assert (entry.verb, entry.details["revision"]) == ("autosaved", 2)


@pytest.mark.parametrize("text", ["a\0b", "<script>pwned(1)</script>", "\u202e🇺🇦" * 200, "99999999999999999"])
def test_hostile_fields_save_themselves_as_text_or_say_why_not(app: Flask, oksana, text: str) -> None:
    edition = make.release()
    changes = dict.fromkeys(("title", "lead", "body", "place", "slug"), text)
    assert autosaved(oksana, edition, **changes).status_code in (200, 422)
    assert autosaved(oksana, edition, base=text).status_code in (200, 409)
    hold_to_the_house(Page(oksana.get(HERE)))


# --- the conflict, and its three ways out ---


def conflict(client, edition: Edition, **mine: str) -> Page:
    """Let Petro save first, then send what was typed."""
    theirs = make.text(lead="Their lead.", body="<p>The text.</p><p>Their end.</p>")
    editorial.save(edition, theirs, make.shared(), base=1, by=make.officer("Petro"))
    page = Page(post(client, HERE, fields(edition, base="1", **mine), page=HERE))
    assert page.status == 409
    hold_to_the_house(page)
    return page


def sent(page: Page, **more: str) -> dict[str, str]:
    """Return what the form on ``page`` holds."""
    form = page.one("#text-form")
    known = {each["name"]: each.get("value", "") for each in form.select("input[name]:not([type=checkbox])")}
    known |= {each["name"]: each.get_text().removeprefix("\n") for each in form.select("textarea")}
    for each in form.select("select"):
        chosen = each.select_one("[selected]") or each.select_one("option")
        known[each["name"]] = chosen["value"]
    return {name: value for name, value in known.items() if name != "csrf_token"} | more


def test_the_second_to_save_has_three_ways_out(app: Flask, oksana) -> None:
    page = conflict(oksana, make.release(), body="<p>My beginning.</p><p>The text.</p>")

    assert page.one("button[name=merge]").get_text() == "Compare and merge"
    assert page.one("[data-save]").get_text() == "Save mine as version 3"
    assert page.one(".compare a[href='/desk/releases/1/en/']").get_text() == "Drop mine and open version 2"
    assert page.one("#text-form")["data-guard"] == "unsaved"


def test_two_versions_are_put_together_and_saved(app: Flask, oksana) -> None:
    edition = make.release()
    page = conflict(oksana, edition, body="<p>My beginning.</p><p>The text.</p>", title="My title")
    page = Page(post(oksana, HERE, sent(page, merge="1"), page=HERE))

    assert page.status == 200
    hold_to_the_house(page)
    assert "Nothing was changed by both of you." in page.words(".notice")
    merged = sent(page)
    assert merged["body"] == "<p>My beginning.</p><p>The text.</p><p>Their end.</p>"
    assert (merged["title"], merged["lead"], merged["base"]) == ("My title", "Their lead.", "2")
    assert post(oksana, HERE, merged, page=HERE).status_code == 303
    db.session.refresh(edition)
    assert (edition.current.number, edition.current.title, edition.current.lead) == (
        3,
        "My title",
        "Their lead.",
    )


def test_what_both_changed_is_named_and_nothing_is_lost(app: Flask, oksana) -> None:
    edition = make.release()
    page = conflict(oksana, edition, lead="My lead.", body="<p>My text.</p>")
    page = Page(post(oksana, HERE, sent(page, merge="1"), page=HERE))

    assert "You both changed: Lead, Text. Look there, then save." in page.words(".notice")
    merged = sent(page)
    assert merged["lead"] == "My lead."
    assert merged["body"] == "<p>My text.</p><p>Their end.</p>"


def test_rows_that_only_they_changed_are_theirs_and_mine_stay_mine(app: Flask, oksana) -> None:
    edition = make.release()
    link = {"title": "The treaty", "url": "https://www.example.org/treaty", "language": "en"}
    theirs = replace(make.text(), fields={"links": [link], "quotes": []})
    editorial.save(edition, theirs, make.shared(), base=1, by=make.officer("Petro"))
    quote = {"quotes-0-text": "Yes.", "quotes-0-speaker": "Eva", "quotes-0-function": "Minister"}
    page = Page(post(oksana, HERE, fields(edition, base="1", **quote), page=HERE))
    merged = sent(Page(post(oksana, HERE, sent(page, merge="1"), page=HERE)))

    assert merged["links-0-url"] == "https://www.example.org/treaty"
    assert (merged["quotes-0-text"], merged["quotes-0-speaker"]) == ("Yes.", "Eva")


def test_an_unknown_beginning_still_keeps_mine(app: Flask, oksana) -> None:
    edition = make.release()
    page = conflict(oksana, edition, title="My title")
    for before in ("", "99", "x", "9" * 30):
        page = Page(post(oksana, HERE, sent(page) | {"merge": "1", "before": before}, page=HERE))
        assert page.status == 200
        assert sent(page)["title"] == "My title"


# --- what the page keeps ---


def test_the_page_gives_its_script_a_key_of_the_accounts_own(app: Flask, oksana) -> None:
    make.release()
    forms = [
        Page(client.get(HERE)).one("#text-form") for client in (oksana, oksana, make.signed_in(app, "Petro"))
    ]

    assert forms[0]["data-key"] == forms[1]["data-key"] != forms[2]["data-key"]
    assert len(forms[0]["data-key"]) == 44
    assert (forms[0]["data-text"], forms[0]["data-number"]) == ("1/en", "1")
    new = Page(oksana.get("/desk/releases/new?language=fr")).one("#text-form")
    assert (new["data-text"], new["data-autosave"]) == ("/desk/releases/new?fr", "")


def test_what_was_recovered_comes_back_in_the_form_and_is_not_saved(app: Flask, oksana) -> None:
    edition = make.release()
    page = Page(post(oksana, HERE, fields(edition, title="Recovered") | {"another": "recovered"}, page=HERE))

    assert page.status == 200
    assert (sent(page)["title"], page.one("#text-form")["data-guard"]) == ("Recovered", "unsaved")
    assert edition.current.number == 1
