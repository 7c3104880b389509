"""The index follows what is public: a row after publication, none after withdrawal, never one too many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, insert, select, text

from app import clock
from app.database import db
from app.editorial import queries as editorial
from app.editorial import service as editorial_service
from app.editorial.models import State
from app.search import queries, service
from app.search.asking import asked
from app.search.models import FTS, SearchRow, place
from tests import make


def _found(typed: str, language: str = "en") -> int:
    return len(queries.found(asked(typed, (language,)), "release"))


def _rows() -> tuple[int, int]:
    rows = db.session.scalar(select(func.count()).select_from(SearchRow))
    return rows, db.session.scalar(select(func.count()).select_from(FTS))


def _version() -> int:
    return editorial.standing(clock.now())[0]


def _corrected(edition, **words):
    """Publish another version of ``edition``."""
    editor, writer = make.officer("Amélie"), make.officer("Oksana")
    editorial_service.save(edition, make.text(**words), make.shared(), base=edition.current.number, by=writer)
    editorial_service.submit(edition, by=writer)
    editorial_service.approve(edition, by=editor)
    return editorial_service.publish(edition, by=editor, kind="minor")


def test_a_published_text_is_found_once_its_job_is_done(app, run_jobs):
    make.published(title="Grid repairs in winter")
    assert _found("winter") == 0
    assert "search.index" in [job.name for job in run_jobs()]
    assert _found("winter") == 1
    assert _rows() == (1, 1)


def test_everything_public_of_a_text_is_found(app, run_jobs):
    topic = make.topic("energy", en="Energy security", fr="Énergie", uk="Енергетика")
    make.published(
        facts=make.shared(topics=(topic.key,)),
        title="Titleword",
        lead="Leadword.",
        body="<p>Paragraphword</p><ul><li>itemword</li></ul><table><tr><th>cellword</th></tr></table>",
        place="Strasbourg",
        fields={
            "quotes": [{"text": "Quoteword.", "speaker": "Hélène Vasseur", "function": "Chairperson"}],
            "links": [],
        },
    )
    run_jobs()
    told = (
        "titleword leadword paragraphword itemword cellword strasbourg quoteword vasseur chairperson security"
    )
    for word in [*told.split(), "(2025)\u00a01"]:
        assert _found(word) == 1, word
    assert _found("oksana") == 0


def test_the_same_job_twice_leaves_one_row_and_changes_nothing(app, run_jobs):
    edition = make.published()
    run_jobs()
    before = _version()
    service.follow(edition.id)
    service.follow(edition.id)
    assert _rows() == (1, 1)
    assert _version() == before


def test_a_text_that_becomes_findable_empties_the_page_caches(app, run_jobs):
    make.published()
    before = _version()
    run_jobs()
    assert _version() == before + 1


def test_a_job_for_what_is_not_public_writes_nothing(app, frozen):
    for state in (State.DRAFT, State.IN_REVIEW, State.APPROVED):
        service.follow(make.release(state).id)
    service.follow(make.release(State.EMBARGO, at=frozen.at + timedelta(hours=1)).id)
    service.follow(4711)
    assert _rows() == (0, 0)


def test_a_withdrawn_text_is_not_found_before_its_job_nor_kept_after_it(app, run_jobs):
    edition = make.published(title="Retracted words")
    run_jobs()
    editorial_service.withdraw(edition, reason="An error.", by=make.officer("Amélie"))
    assert _rows() == (1, 1)
    assert _found("retracted") == 0
    assert "search.forget" in [job.name for job in run_jobs()]
    assert _rows() == (0, 0)


def test_a_late_job_of_the_publication_does_not_bring_a_withdrawn_text_back(app, run_jobs):
    edition = make.published()
    editorial_service.withdraw(edition, reason="An error.", by=make.officer("Amélie"))
    run_jobs()
    service.follow(edition.id)
    assert _rows() == (0, 0)


def test_a_corrected_text_is_never_found_by_its_old_words(app, run_jobs):
    edition = make.published(title="Wrong figure")
    run_jobs()
    _corrected(edition, title="Right number")
    assert (_found("figure"), _rows()) == (0, (1, 1))
    run_jobs()
    assert (_found("figure"), _found("number"), _rows()) == (0, 1, (1, 1))


@pytest.mark.parametrize("state", [State.EMBARGO, State.SCHEDULED])
def test_an_index_that_knows_too_much_tells_nothing_before_the_moment(app, frozen, state):
    ends = frozen.at + timedelta(hours=1)
    edition = make.release(state, at=ends, title="Quite secret")
    row_id = place(ends, edition.id)
    db.session.execute(
        insert(SearchRow).values(
            id=row_id, edition_id=edition.id, revision_id=edition.public_revision_id, text="Secret."
        )
    )
    words = (
        "§en §kind·release secret"
        if db.engine.dialect.name == "sqlite"
        else text("array_to_tsvector(ARRAY['§en', '§kind·release', 'secret'])")
    )
    db.session.execute(insert(FTS).values(rowid=row_id, words=words))

    assert _found("secret") == 0
    assert queries.rows([row_id], "release") == []
    frozen.at = ends - timedelta(microseconds=1)
    assert _found("secret") == 0
    frozen.at = ends
    assert _found("secret") == 1
    frozen.at = ends + timedelta(hours=1)
    assert _found("secret") == 1
    db.session.rollback()


def test_a_text_under_embargo_is_found_after_its_moment_by_the_sweep_alone(app, frozen, run_jobs):
    ends = frozen.at + timedelta(hours=1)
    make.release(State.EMBARGO, at=ends, title="Quite secret")
    run_jobs()
    assert (_found("secret"), _rows()) == (0, (0, 0))
    frozen.at = ends
    run_jobs()
    assert _found("secret") == 1


def test_results_are_in_the_order_of_publication_not_of_writing(app, frozen, run_jobs):
    first = make.release(State.APPROVED, title="Energy one")
    second = make.published(title="Energy two")
    frozen.at += timedelta(hours=1)
    editorial_service.publish(first, by=make.officer("Amélie"))
    run_jobs()
    found = queries.rows(queries.found(asked("energy"), "release"), "release")
    assert [row.id for row in found] == [first.id, second.id]


def test_rebuilding_finds_what_was_lost_and_forgets_what_should_not_be_there(app, run_jobs):
    kept, gone = make.published(title="Lost words"), make.published(title="Retracted words")
    run_jobs()
    editorial_service.withdraw(gone, reason="An error.", by=make.officer("Amélie"))
    db.session.execute(delete(FTS).where(FTS.c.rowid == place(kept.public_from, kept.id)))
    db.session.commit()
    assert _found("lost") == 0

    told = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert (told.exit_code, told.output) == (
        0,
        "Texts looked at: 2\nThe desk’s own index is written anew, too.\n",
    )
    db.session.rollback()
    assert (_found("lost"), _found("retracted"), _rows()) == (1, 0, (1, 1))


@pytest.mark.long
def test_a_text_of_half_a_megabyte_of_different_words_can_be_indexed(app, run_jobs):
    body = "".join(
        f"<p>{' '.join(f'слово{number}' for number in range(part, part + 100))}</p>"
        for part in range(0, 20_000, 100)
    )
    make.published(language="uk", body=body)
    assert {job.state for job in run_jobs()} == {"done"}
    assert _found("слово19999", "uk") == 1
