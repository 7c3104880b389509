"""The checks read questions and answers as they read a text: what they find, where it is, and what they put right."""

from __future__ import annotations

import pytest
from flask import Flask

from app.editorial import checking, rules, service
from app.editorial.checks import Checked, accepted
from app.editorial.models import State
from tests import make
from tests.topics import scene

TABLE = "<table><tr><td>1</td></tr></table>"
HEADED = "<table><tr><th>A</th></tr><tr><td>1</td></tr></table>"


def found(*entries, **words) -> list[tuple[str, str, int | None, bool]]:
    """Return what the checks find in a topic page with these questions."""
    edition = scene.topic(entries=list(entries), **words)
    return [(each.rule, each.field, each.at, each.is_blocking) for each in checking.findings(edition)]


@pytest.mark.parametrize(
    ("rule", "wrong", "right", "blocks"),
    [
        ("table-header", TABLE, HEADED, True),
        (
            "alt-missing",
            '<p><img src="/media/pictures/1/640.jpg"></p>',
            '<p><img src="/a.jpg" alt=""></p>',
            True,
        ),
        (
            "list-missing",
            "<p>There are three:</p><p>That is all.</p>",
            "<p>There are:</p><ul><li>One</li></ul>",
            False,
        ),
        ("link-bare", "<p>See https://www.example.org/x for more.</p>", "<p>See the plan.</p>", False),
        (
            "link-vague",
            '<p>Read <a href="https://www.example.org/x">here</a>.</p>',
            '<p>Read <a href="https://www.example.org/x">the plan</a>.</p>',
            False,
        ),
        (
            "link-broken",
            '<p>Read <a href="/en/news/nothing">the plan</a>.</p>',
            "<p>Read the plan.</p>",
            False,
        ),
        ("date-weekday", "<p>On Monday 20 November 2025.</p>", "<p>On Thursday 20 November 2025.</p>", False),
        ("date-relative", "<p>So far none did.</p>", "<p>By 20 November 2025 none did.</p>", False),
    ],
)
def test_a_rule_finds_it_in_an_answer(app: Flask, rule, wrong, right, blocks):
    seen = found(scene.asked("One?", f"{right}"), scene.asked("Two?", wrong))
    assert (rule, "faq", 1, blocks) in seen
    assert not [each for each in seen if each[2] == 0 and each[0] == rule]


def test_a_question_is_read_too(app: Flask) -> None:
    service.keep_word("en", "chairman", "chair", by=make.officer("Amélie"))
    seen = found(scene.asked("Who is the chairman?", "<p>The chair is elected.</p>"))
    assert ("word-instead", "faq", 0, False) in seen


def test_what_blocks_in_an_answer_keeps_the_page_from_review(app: Flask) -> None:
    edition = scene.topic(entries=[scene.asked("One?", TABLE)])
    with pytest.raises(rules.NotReady) as refused:
        service.submit(edition, by=make.officer(), reason="It may stay.")
    assert refused.value.field == "faq"
    assert edition.state is State.DRAFT


def test_a_finding_leads_to_its_question(app: Flask, browse) -> None:
    scene.topic(entries=[scene.asked("One?"), scene.asked("Two?", TABLE)])
    oksana = make.signed_in(app)
    page = browse("/desk/topics/1/en/checks", by=oksana)
    there = page.one(".checks__one--blocking a")["href"]
    assert there == "/desk/topics/1/en/faq/#row-2"
    listed = browse(there.partition("#")[0], by=oksana)
    assert "Two?" in listed.words("#row-2")


def test_typography_is_put_right_in_question_and_answer() -> None:
    faq = [
        {
            "id": "q-1",
            "question": "Who's there?",
            "answer": "<p>Nobody's here, <strong>it's</strong> late.</p>",
        },
        {"id": "q-2", "question": "Fine?", "answer": "<p>Fine.</p>"},
    ]
    mended = accepted(Checked(language="en", faq=faq))
    assert mended.faq[0] == {
        "id": "q-1",
        "question": "Who’s there?",
        "answer": "<p>Nobody’s here, <strong>it’s</strong> late.</p>",
    }
    assert mended.faq[1] == faq[1]


def test_what_is_put_right_is_kept_and_shown(app: Flask) -> None:
    edition = scene.topic(entries=[scene.asked("One?", HEADED + "<p>Fine.</p>")])
    (entry,) = edition.current.fields["faq"]
    broken = entry | {"answer": entry["answer"].replace("Fine.", "Nobody's.")}
    service.save_fields(
        edition, edition.current.fields | {"faq": [broken]}, base=edition.current.number, by=make.officer()
    )
    service.put_right(edition, base=edition.current.number, by=make.officer())
    (mended,) = edition.current.fields["faq"]
    assert "Nobody’s." in mended["answer"]
    assert "Nobody’s." in mended["shown"]
    assert mended["question"] == "One?"
