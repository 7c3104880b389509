"""The desk's page of running work, and an officer's own settings."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.acts import act
from app.audit.models import Entry
from app.database import db
from app.jobs.ledger import Job, State
from app.languages import LANGUAGES
from tests import make
from tests.signing import post

PAGE = "/desk/jobs"


@act
def _add(job):
    db.session.add(job)


def job(state, frozen, **known):
    """Keep a job in ``state`` and return its id."""
    started = None if state is State.QUEUED else frozen.at
    ended = None if state in (State.QUEUED, State.RUNNING) else frozen.at + timedelta(seconds=5)
    kept = Job(
        name="search.index", subject={"edition": 1}, state=state, created_at=frozen.at, wanted_at=frozen.at,
        started_at=started, heartbeat_at=started, finished_at=ended, **known,
    )  # fmt: skip
    _add(kept)
    return kept.id


def state_of(job_id):
    """Return where the job stands now."""
    db.session.expire_all()
    found = db.session.get(Job, job_id)
    return found.state, found.is_cancel_wanted


@pytest.fixture
def oksana(app):
    """A browser in which Oksana (writer) is signed in."""
    return make.signed_in(app, "Oksana")


@pytest.fixture
def amelie(app):
    """A browser in which Amélie (publisher) is signed in."""
    return make.signed_in(app, "Amélie")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_idle_newsroom_says_that_nothing_is_being_done(app, browse, language):
    page = browse(PAGE, by=make.signed_in(app, "Oksana", language))
    assert page.soup.html["lang"] == language
    assert page.one("#now-title")
    assert not page.all("#failed-title, #recent-title, .job")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_job_stands_where_it_belongs(app, browse, frozen, language):
    kept = {
        State.RUNNING: job(State.RUNNING, frozen, progress_done=3, progress_total=10),
        State.QUEUED: job(State.QUEUED, frozen),
        State.FAILED: job(State.FAILED, frozen, error="no <b>room</b> left", attempts=3),
        State.DONE: job(State.DONE, frozen),
        State.CANCELLED: job(State.CANCELLED, frozen),
    }
    page = browse(PAGE, by=make.signed_in(app, "Amélie", language))

    def ids(title):
        return [int(each.get_text()) for each in page.all(f"[aria-labelledby={title}] .job__id")]

    assert ids("now-title") == [kept[State.RUNNING], kept[State.QUEUED]]
    assert ids("failed-title") == [kept[State.FAILED]]
    assert sorted(ids("recent-title")) == [kept[State.DONE], kept[State.CANCELLED]]
    bar = page.one("progress")
    assert (bar["value"], bar["max"]) == ("3", "10")
    assert page.one(".job__error").get_text() == "no <b>room</b> left"
    name = page.all(".job__name")[0].get_text()
    assert "search.index" not in name


def test_a_failed_job_is_told_on_the_front_page(browse, oksana, frozen):
    job(State.FAILED, frozen, error="no room left")
    assert browse("/desk/", by=oksana).one(".health--bad").get_text() == "1 job could not be done"


def test_a_job_without_known_steps_has_a_bar_without_a_value(browse, oksana, frozen):
    job(State.RUNNING, frozen)
    assert not browse(PAGE, by=oksana).one("progress").has_attr("value")


def test_a_job_tells_the_script_how_far_it_is(oksana, frozen):
    known = job(State.RUNNING, frozen, progress_done=3, progress_total=10)
    answer = oksana.get(f"{PAGE}/{known}.json")
    assert answer.json == {"state": "running", "done": 3, "total": 10, "words": "Running"}
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("state", "wanted"), [(State.QUEUED, (State.CANCELLED, False)), (State.RUNNING, (State.RUNNING, True))]
)
def test_a_publisher_cancels_what_waits_at_once_and_what_runs_at_its_next_step(
    amelie, browse, frozen, state, wanted
):
    known = job(state, frozen)
    answer = post(amelie, f"{PAGE}/{known}/cancel", page=PAGE)
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert state_of(known) == wanted
    assert "It will stop soon." in browse(PAGE, by=amelie).words("body")
    assert db.session.scalars(select(Entry.verb).where(Entry.thing == "job")).all() == ["cancelled"]


def test_a_publisher_has_a_failed_job_done_again(amelie, frozen):
    known = job(State.FAILED, frozen, error="no room left", attempts=3)
    assert post(amelie, f"{PAGE}/{known}/retry", page=PAGE).status_code == 303
    assert state_of(known) == (State.QUEUED, False)


@pytest.mark.parametrize(
    ("state", "verb", "told"),
    [(State.DONE, "cancel", "already ended"), (State.RUNNING, "retry", "can be started again")],
)
def test_what_cannot_be_done_to_a_job_is_said_in_words(amelie, browse, frozen, state, verb, told):
    known = job(state, frozen)
    assert post(amelie, f"{PAGE}/{known}/{verb}", page=PAGE).status_code == 303
    assert state_of(known)[0] == state
    assert told in browse(PAGE, by=amelie).words("body")


def test_a_writer_sees_the_work_but_does_not_change_it(oksana, browse, frozen):
    known = job(State.QUEUED, frozen)
    browse(PAGE, by=oksana)
    answer = post(oksana, f"{PAGE}/{known}/cancel", page="/desk/settings")
    assert answer.status_code == 403
    assert state_of(known)[0] == State.QUEUED


def test_a_writer_is_not_offered_what_only_publishers_may_do(oksana, browse, frozen):
    job(State.QUEUED, frozen)
    job(State.FAILED, frozen, error="no room left")
    assert not browse(PAGE, by=oksana).all(".job form")


@pytest.mark.parametrize("number", ["999", "0", "99999999999999999999"])
def test_a_job_that_is_not_there_is_not_found(amelie, browse, number):
    answer = amelie.get(f"{PAGE}/{number}.json")
    assert (answer.status_code, answer.is_json) == (404, True)
    for verb in ("cancel", "retry"):
        assert post(amelie, f"{PAGE}/{number}/{verb}", page=PAGE).status_code == 404
    browse(f"{PAGE}/{number}", by=amelie, status=404)


def test_strangers_are_led_to_the_door(client, frozen):
    job(State.QUEUED, frozen)
    answer = client.get(PAGE)
    assert (answer.status_code, answer.location) == (303, f"/desk/sign-in?next={PAGE}")
    assert client.get(f"{PAGE}/1.json").status_code == client.get(f"{PAGE}/999.json").status_code == 403
    assert client.post(f"{PAGE}/1/cancel").status_code in (303, 400)
    assert state_of(1)[0] == State.QUEUED


# Settings


@pytest.mark.parametrize("before", LANGUAGES)
@pytest.mark.parametrize("after", LANGUAGES)
def test_an_officer_changes_the_language_of_the_desk(app, browse, before, after):
    by = make.signed_in(app, "Oksana", before)
    page = browse("/desk/settings", by=by)
    assert page.soup.html["lang"] == before
    assert page.one("input[name=language][checked]")["value"] == before

    answer = post(by, "/desk/language", {"language": after}, page="/desk/settings")
    assert (answer.status_code, answer.location) == (303, "/desk/settings")
    page = browse("/desk/settings", by=by)
    assert page.soup.html["lang"] == after
    said = {"fr": "français", "en": "English", "uk": "українською"}[after]
    assert said in page.words("[role=status]")
    db.session.expire_all()
    assert db.session.scalar(select(Account.language).where(Account.name == "Oksana")) == after


@pytest.mark.parametrize("language", ["", "de", "FR", "fr en", "x" * 5000])
def test_a_language_that_we_do_not_speak_is_refused_in_words(oksana, language):
    answer = post(oksana, "/desk/language", {"language": language}, page="/desk/settings")
    assert answer.status_code == 422
    db.session.expire_all()
    assert make.officer("Oksana").language == "en"
