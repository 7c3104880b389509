"""Who reads at the desk what is under embargo, and what becomes of drafts that saved themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import Entry
from app.database import db
from app.editorial import queries, service
from app.editorial.jobs import PRUNED, prune_what_saved_itself
from app.editorial.models import Revision, State
from app.editorial.service import pruning
from app.teamwork import service as teamwork
from tests import make

HERE = "/desk/releases/1/en/"


def opened() -> list[tuple[str, str]]:
    """Return who opened what under embargo, as the log says."""
    entries = db.session.scalars(select(Entry).where(Entry.verb == "opened under embargo").order_by(Entry.id))
    names = {account.id: account.name for account in (make.officer(), make.officer("Rosa"))}
    return [(names[entry.account_id], entry.label) for entry in entries]


@pytest.mark.parametrize("page", ["", "preview", "history", "moment"])
def test_a_text_under_embargo_that_is_opened_is_noted(app: Flask, frozen, page) -> None:
    until = frozen.at + timedelta(hours=2)
    edition = make.release(State.EMBARGO, at=until)
    reader = make.signed_in(app, "Amélie" if page == "moment" else "Rosa")
    assert reader.get(HERE + page).status_code == 200
    entry = db.session.scalar(select(Entry).where(Entry.verb == "opened under embargo"))
    assert (entry.thing, entry.thing_id, entry.label) == ("edition", edition.id, edition.current.title)
    assert entry.details == {"until": until.isoformat()}


def test_each_person_is_noted_once_a_day_of_the_office(app: Flask, frozen) -> None:
    make.release(State.EMBARGO, at=frozen.at + timedelta(days=3), title="Secret")
    rosa, oksana = make.signed_in(app, "Rosa"), make.signed_in(app)
    for client in (rosa, rosa, oksana, rosa):
        client.get(HERE)
        client.get(f"{HERE}preview")
    assert opened() == [("Rosa", "Secret"), ("Oksana", "Secret")]

    frozen.at = frozen.at.replace(hour=22, minute=59)  # a minute before midnight in Brussels
    rosa = make.signed_in(app, "Rosa")
    rosa.get(HERE)
    assert len(opened()) == 2
    frozen.at += timedelta(minutes=1)
    rosa.get(HERE)
    assert opened()[2:] == [("Rosa", "Secret")]


def test_what_is_no_secret_is_not_noted(app: Flask, frozen) -> None:
    ends = frozen.at + timedelta(hours=1)
    rosa = make.signed_in(app, "Rosa")
    for state in (State.DRAFT, State.IN_REVIEW, State.SCHEDULED, State.PUBLISHED):
        edition = make.release(state, at=ends)
        rosa.get(f"/desk/releases/{edition.item_id}/en/")
    under_embargo = make.release(State.EMBARGO, at=ends)
    rosa.get("/desk/texts/")
    frozen.at = ends
    rosa.get(f"/desk/releases/{under_embargo.item_id}/en/")
    assert opened() == []


# --- drafts that saved themselves ---


def typed(edition, title: str, by: str = "Oksana", *, is_autosave: bool = True) -> Revision:
    """Save another title, by itself or by somebody's will."""
    officer, base = make.officer(by), edition.current.number

    def keep() -> Revision | None:
        return service.save(edition, make.text(title=title), make.shared(), base=base, by=officer)

    made = teamwork.autosave(edition, keep, by=officer) if is_autosave else keep()
    assert made is not None
    return made


def numbers(edition) -> list[int]:
    """Return the numbers of the revisions that are left."""
    wanted = select(Revision.number).where(Revision.edition_id == edition.id).order_by(Revision.number)
    return list(db.session.scalars(wanted))


def test_autosaves_that_were_replaced_go_after_a_week(app: Flask, frozen) -> None:
    edition = make.release()
    for number in range(3):
        typed(edition, f"Half {number}")
    typed(edition, "Whole", is_autosave=False)
    last = typed(edition, "Whole, and")
    frozen.at += pruning.KEPT
    assert service.prune() == 0
    frozen.at += timedelta(seconds=1)
    assert service.prune() == 3
    assert (numbers(edition), edition.current.id) == ([1, 5, 6], last.id)
    entry = db.session.scalar(select(Entry).where(Entry.verb == "pruned"))
    assert (entry.account_id, entry.thing_id, entry.details) == (None, edition.id, {"count": 3})
    # The text goes on as before.
    assert typed(edition, "Whole, and more", is_autosave=False).number == 7


def test_nothing_that_anybody_named_decided_saw_or_spoke_of_goes(app: Flask, frozen) -> None:
    edition = make.release()
    amelie = make.officer("Amélie")
    named, said_of, shown, reviewed = (
        typed(edition, title) for title in ("Named", "Said", "Shown", "Reviewed")
    )
    teamwork.name_version(edition, named, name="Before lunch", by=make.officer())
    teamwork.comment(edition, text="So?", by=amelie, version=said_of.number)
    link, _token = teamwork.make_preview(edition, name="Tom", by=make.officer())
    teamwork.note_opening(link, shown, network="127.0.0.1")
    service.submit(edition, by=make.officer(), reason="It may stay.")
    service.approve(edition, by=amelie)
    service.publish(edition, by=amelie)
    typed(edition, "Another", is_autosave=False)
    passing = typed(edition, "In passing")
    typed(edition, "At last", is_autosave=False)
    kept, gone = {each.number for each in (named, said_of, shown, reviewed)}, passing.number
    frozen.at += timedelta(days=30)

    assert service.prune() == 1
    assert gone not in numbers(edition)
    assert kept <= set(numbers(edition))


def test_who_wrote_since_an_approval_stays_known(app: Flask, frozen) -> None:
    edition = make.release()
    typed(edition, "Rosa was here", by="Rosa")
    typed(edition, "Oksana goes on", is_autosave=False)
    before = queries.writers_since_approval(edition)
    frozen.at += timedelta(days=30)
    assert service.prune() == 0
    assert queries.writers_since_approval(edition) == before == {make.officer().id, make.officer("Rosa").id}


def test_the_sweep_looks_once_an_hour_and_goes_on_to_the_end(app: Flask, frozen, monkeypatch) -> None:
    monkeypatch.setattr(pruning, "AT_ONCE", 2)
    edition = make.release()
    for number in range(5):
        typed(edition, f"Half {number}")
    frozen.at += timedelta(days=30)
    app.extensions.pop(PRUNED, None)
    prune_what_saved_itself()
    assert numbers(edition) == [1, 6]
    assert db.session.scalar(select(func.count()).where(Entry.verb == "pruned")) == 2

    typed(edition, "Half again")
    typed(edition, "And again")
    frozen.at += timedelta(minutes=59)
    with db.session.no_autoflush:
        prune_what_saved_itself()
    assert app.extensions[PRUNED] > frozen.at
