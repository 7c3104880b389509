"""Comments: at a paragraph that is found again, answered, settled, counted; whatever is typed into them."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import Flask

from app.audit.models import Entry
from app.database import db
from app.editorial import service as editorial
from app.editorial.models import Edition
from app.editorial.rules import NotAllowed
from app.refusals import Refusal
from app.teamwork import placing, queries, rules, service
from app.text.paragraphs import found_again, paragraphs
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.signing import post

BODY = (
    "<h2>Energy</h2><p>The ministers agreed on five steps.</p>"
    "<ul><li>One</li><li>Two</li></ul><p>The next meeting is in May.</p>"
)


def rewrite(edition: Edition, body: str) -> None:
    """Save another body, as Oksana."""
    base = edition.current.number
    editorial.save(edition, make.text(body=body), make.shared(), base=base, by=make.officer())


def place(edition: Edition) -> placing.Thread:
    """Return the one thread on ``edition``, placed in the text as it is now."""
    (found,) = placing.threads(queries.comments(edition.id), paragraphs(edition.current.body))
    return found


def test_the_paragraphs_of_a_text_are_what_stands_on_lines_of_its_own() -> None:
    found = paragraphs(BODY)

    assert [(each.number, each.words) for each in found] == [
        (1, "Energy"),
        (2, "The ministers agreed on five steps."),
        (3, "– One – Two"),
        (4, "The next meeting is in May."),
    ]
    assert "".join(each.html for each in found) == BODY
    assert found[0].shown == '<h2 id="s-energy">Energy</h2>'
    assert paragraphs("") == []


def test_of_two_paragraphs_with_the_same_words_the_nearer_one_is_meant() -> None:
    now = paragraphs("<p>Yes.</p><p>No.</p><p>Yes.</p>")

    assert [found_again("Yes.", number, now)[0].number for number in (1, 3, 9)] == [1, 3, 3]


def test_a_comment_knows_its_paragraph_and_the_log_knows_the_comment(app: Flask, frozen) -> None:
    edition = make.release(body=BODY)
    made = service.comment(edition, text=" Five?\r\nOr six? ", by=make.officer("Rosa"), version=1, block=2)

    assert (made.block, made.words) == (2, "The ministers agreed on five steps.")
    assert (made.text, made.at, made.by.name) == ("Five?\nOr six?", frozen.at, "Rosa")
    entry = db.session.query(Entry).order_by(Entry.id.desc()).first()
    assert (entry.verb, entry.thing, entry.thing_id) == ("commented", "edition", edition.id)
    assert entry.details == {"comment": "Five?\nOr six?", "thread": made.id}


def test_a_comment_moves_with_its_paragraph(app: Flask) -> None:
    edition = make.release(body=BODY)
    service.comment(edition, text="Five?", by=make.officer("Rosa"), version=1, block=2)

    rewrite(edition, "<p>A new beginning.</p>" + BODY)
    found = place(edition)
    assert (found.number, found.has_changed, found.is_gone) == (3, False, False)


def test_a_comment_says_when_its_paragraph_has_changed_and_when_it_is_gone(app: Flask) -> None:
    edition = make.release(body=BODY)
    service.comment(edition, text="Five?", by=make.officer("Rosa"), version=1, block=2)

    rewrite(edition, BODY.replace("five", "six"))
    found = place(edition)
    assert (found.number, found.has_changed, found.is_gone) == (2, True, False)

    rewrite(edition, "<p>Something else entirely.</p>")
    found = place(edition)
    assert (found.number, found.is_gone) == (0, True)


def test_a_comment_is_about_the_version_that_was_read_whatever_was_saved_since(app: Flask) -> None:
    edition = make.release(body=BODY)
    rewrite(edition, "<p>Another text.</p>")
    made = service.comment(edition, text="Five?", by=make.officer("Rosa"), version=1, block=2)

    assert (made.revision.number, made.words) == (1, "The ministers agreed on five steps.")


@pytest.mark.parametrize(("version", "block"), [(1, 99), (77, 1), (0, 0)])
def test_a_place_that_there_is_not_makes_a_comment_on_the_whole_text(
    app: Flask, version: int, block: int
) -> None:
    edition = make.release(body="")
    made = service.comment(edition, text="Well?", by=make.officer("Rosa"), version=version, block=block)

    assert (made.block, made.words, made.revision.number) == (0, "", 1)


@pytest.mark.parametrize("text", ["", " \n ", "x" * 2001])
def test_a_comment_that_says_nothing_or_too_much_is_refused(app: Flask, text: str) -> None:
    edition = make.release()
    with pytest.raises(Refusal) as refused:
        service.comment(edition, text=text, by=make.officer("Rosa"), version=1)

    assert refused.value.field == "text"
    assert queries.comments(edition.id) == []


def test_everybody_at_the_desk_may_comment_and_nobody_without_a_role(app: Flask) -> None:
    edition = make.release()
    for name in make.ROLES:
        service.comment(edition, text="Yes.", by=make.officer(name), version=1)
    assert len(queries.comments(edition.id)) == len(make.ROLES)

    with pytest.raises(NotAllowed):
        rules.check_may(SimpleNamespace(roles=[]), "comment")


def test_the_same_comment_sent_twice_is_kept_once(app: Flask, frozen) -> None:
    edition, rosa = make.release(), make.officer("Rosa")
    first = service.comment(edition, text="Five?", by=rosa, version=1)
    assert service.comment(edition, text="Five?", by=rosa, version=1).id == first.id

    frozen.at += timedelta(minutes=2)
    assert service.comment(edition, text="Five?", by=rosa, version=1).id != first.id


def test_a_settled_comment_is_open_again_when_somebody_answers(app: Flask, frozen) -> None:
    edition = make.release()
    made = service.comment(edition, text="Five?", by=make.officer("Rosa"), version=1)
    assert queries.open_comments([edition.id, 99]) == {edition.id: 1}

    service.resolve(made, by=make.officer())
    service.resolve(made, by=make.officer("Ada"))
    assert (made.resolved_by.name, made.resolved_at) == ("Oksana", frozen.at)
    assert queries.open_comments([edition.id]) == {}

    service.reopen(made, by=make.officer())
    service.reopen(made, by=make.officer())
    assert queries.open_comments([edition.id]) == {edition.id: 1}
    service.resolve(made, by=make.officer())
    answer = service.answer(made, text="No, six.", by=make.officer("Rosa"))
    assert answer.thread_id == made.id
    assert queries.open_comments([edition.id]) == {edition.id: 1}
    verbs = [entry.verb for entry in db.session.query(Entry).filter_by(thing="edition").order_by(Entry.id)]
    assert verbs == [
        "started",
        "commented",
        "resolved a comment",
        "reopened a comment",
        "resolved a comment",
        "commented",
    ]


def test_a_comment_changes_nothing_about_the_text_nor_its_approval(app: Flask) -> None:
    edition = make.release(make.State.APPROVED)
    before = (edition.state, edition.current_revision_id, edition.changed_at)
    service.comment(edition, text="Five?", by=make.officer("Rosa"), version=1)

    assert (edition.state, edition.current_revision_id, edition.changed_at) == before


# --- the pages ---


@pytest.fixture
def nora(app: Flask):
    """Nora of the newsletter, who may not write."""
    return make.signed_in(app, "Nora")


def test_each_paragraph_leads_to_a_form_under_it_without_script(browse, app: Flask, nora) -> None:
    make.release(body=BODY)
    page = browse("/desk/releases/1/en/preview", by=nora)
    links = [link["href"] for link in page.all(".remarks__way a")]
    assert links == [f"/desk/releases/1/en/preview?comment={n}#paragraph-{n}" for n in (1, 2, 3, 4)]
    assert page.all(".remarks__way a")[1].get_text() == "Comment on paragraph 2"

    page = browse(links[1].partition("#")[0], by=nora)
    assert page.one("#paragraph-2 textarea")["id"] == "text"
    answer = post(
        nora,
        "/desk/releases/1/en/comments",
        {"text": "Five?", "block": "2", "version": "1", "page": "preview"},
        page="/desk/releases/1/en/preview",
    )
    assert (answer.status_code, answer.location) == (303, "/desk/releases/1/en/preview#comment-1")
    page = browse(answer.location.partition("#")[0], by=nora)
    assert "Nora" in page.words("#paragraph-2 .remark")
    assert "Five?" in page.words("#paragraph-2 .remark")
    assert page.words(".remarks-list") == "1 open comment Paragraph 2: Nora Five?"


def test_a_comment_without_words_is_asked_for_again_in_its_place(browse, app: Flask, nora) -> None:
    make.release(body=BODY)
    there = "/desk/releases/1/en/preview"
    fields = {"text": " ", "block": "2", "version": "1", "page": "review"}
    answer = post(nora, "/desk/releases/1/en/comments", fields, page=there)

    page = Page(answer)
    hold_to_the_house(page)
    assert page.status == 422
    assert page.words("#text-error") == "Error: Write your comment."
    assert page.one(".error-summary a")["href"] == "#text"
    assert page.one("#paragraph-2 [name=page]")["value"] == "review"


def test_a_comment_is_answered_resolved_and_opened_again_on_the_page(browse, app: Flask, nora) -> None:
    edition = make.release(body=BODY)
    service.comment(edition, text="Five?", by=make.officer("Rosa"), version=1, block=2)
    there = "/desk/releases/1/en/preview"

    answer = post(nora, "/desk/releases/1/en/comments", {"text": "Six.", "thread": "1"}, page=there)
    assert answer.location == f"{there}#comment-1"
    post(nora, "/desk/releases/1/en/comments/1/resolve", {"page": "preview"}, page=there)
    page = browse(there, by=nora)
    assert [each.get_text() for each in page.all("#comment-1 .remark__text")] == ["Five?", "Six."]
    assert page.words("#comment-1 .remark__settled").startswith("Resolved by Nora, today")
    assert not page.all(".remarks-list")

    answer = post(nora, "/desk/releases/1/en/comments/1/reopen", {"page": "review"}, page=there)
    assert answer.location == "/desk/releases/1/en/review#comment-1"
    assert browse(there, by=nora).words(".remarks-list").startswith("1 open comment")


def test_comments_that_there_are_not_are_not_found(app: Flask, nora) -> None:
    edition = make.release()
    other = make.release(language="fr")
    made = service.comment(other, text="Non.", by=make.officer("Rosa"), version=1)
    there = "/desk/releases/1/en/preview"
    assert edition.id != other.id

    for path in (f"/desk/releases/1/en/comments/{made.id}/resolve", "/desk/releases/9/en/comments"):
        assert post(nora, path, {"text": "x"}, page=there).status_code == 404
    fields = {"text": "x", "thread": str(made.id)}
    assert post(nora, "/desk/releases/1/en/comments", fields, page=there).status_code == 404


def test_a_comment_on_a_gone_paragraph_stands_under_the_text_with_its_words(browse, app: Flask, nora) -> None:
    edition = make.release(body=BODY)
    service.comment(edition, text="Five?", by=make.officer("Rosa"), version=1, block=2)
    rewrite(edition, "<p>Something else entirely.</p>")

    page = browse("/desk/releases/1/en/preview", by=nora)
    words = page.words("#comments")
    assert "The paragraph is no longer in the text. It said: The ministers agreed on five steps." in words


def test_open_comments_are_counted_beside_the_text_and_in_the_list(browse, app: Flask) -> None:
    edition = make.release(body=BODY)
    oksana = make.signed_in(app)
    for block in (1, 2):
        service.comment(edition, text="Five?", by=make.officer("Rosa"), version=1, block=block)

    link = browse("/desk/releases/1/en/", by=oksana).one(".side-box--state a[href$='#comments']")
    assert link.get_text() == "2 open comments"
    assert "2 open comments" in browse("/desk/releases/", by=oksana).words(".text-table")


def test_the_review_page_has_the_comments_too(browse, app: Flask) -> None:
    edition = make.release(make.State.IN_REVIEW, body=BODY)
    service.comment(edition, text="Five?", by=make.officer("Nora"), version=1, block=2)

    page = browse("/desk/releases/1/en/review?comment=3", by=make.signed_in(app, "Rosa"))
    assert "Five?" in page.words("#paragraph-2")
    assert page.one("#paragraph-3 [name=page]")["value"] == "review"


HOSTILE = (
    "<script>pwned(1)</script>",
    "</textarea><img src=x onerror=pwned(1)>",
    "a\0b",
    "\u202eright to left\u202c 🇺🇦" + "e\u0301" * 400,
    "99999999999999999999",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_comments_are_text(browse, app: Flask, nora, text: str) -> None:
    make.release(body=BODY)
    there = "/desk/releases/1/en/preview"
    fields = {"text": text, "block": text, "version": text, "page": text}
    answer = post(nora, "/desk/releases/1/en/comments", fields, page=there)

    assert answer.status_code == 303
    page = browse(there, by=nora)
    assert page.one(".remark__text").get_text().startswith(text[0].strip("\u202e\ud83d"))


def test_comments_speak_the_language_of_the_officer_inside_a_text_of_another(browse, app: Flask) -> None:
    make.release(body="<p>Текст.</p>", language="uk")
    page = browse("/desk/releases/1/uk/preview", by=make.signed_in(app, "Rosa", language="fr"))

    assert page.one("#paragraph-1")["lang"] == "fr"
    assert page.words("#paragraph-1") == "Commenter le paragraphe 1"


def test_what_others_say_about_my_text_waits_for_me(browse, app: Flask) -> None:
    edition = make.release(body=BODY)
    oksana = make.signed_in(app)
    service.comment(edition, text="A note to myself.", by=make.officer(), version=1)
    assert browse("/desk/", by=oksana).all(".turn__one") == []

    service.comment(edition, text="Five?", by=make.officer("Rosa"), version=1, block=2)
    turn = browse("/desk/", by=oksana).one(".turn__one")
    assert turn.select_one(".turn__why").get_text().startswith("2 open comments")
    assert turn.select_one(".turn__act a")["href"] == "/desk/releases/1/en/preview"
    assert browse("/desk/", by=make.signed_in(app, "Petro")).all(".turn__one") == []
