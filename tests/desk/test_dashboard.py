"""The desk's front page: what waits for whom, what goes out today, what happened last."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.database import db
from app.editorial import service
from app.editorial.models import State
from app.languages import LANGUAGES
from tests import make

MIDNIGHT = datetime(2025, 11, 19, 23, 0, tzinfo=UTC)  # of 20 November in Brussels
HALF_PAST = MIDNIGHT + timedelta(minutes=30)  # 00:30 there, still the day before in UTC


def turns(page):
    """Return what a dashboard asks its officer to do: (the word on the button, the title)."""
    return [
        (
            each.select_one(".turn__act a").find(string=True, recursive=False).strip(),
            each.select_one(".turn__title").get_text(strip=True),
        )
        for each in page.all(".turn__one")
    ]


def rail(page):
    """Return what stands in today's rail: (hour, title)."""
    return [
        (row.select_one("time").get_text(), row.select_one("a").get_text()) for row in page.all(".rail__row")
    ]


@pytest.fixture
def desk_of(app, browse):
    """Visit the dashboard as an officer: ``desk_of("Amélie")`` returns the page."""
    clients = {}

    def visit(name, language="en"):
        by = clients.setdefault(name, None) or make.signed_in(app, name, language)
        clients[name] = by
        db.session.expire_all()
        return browse("/desk/", by=by)

    return visit


# Your turn


def test_a_review_waits_for_those_who_may_approve_it_and_not_for_its_writer(desk_of):
    make.release(State.IN_REVIEW, title="By Oksana")
    make.release(State.IN_REVIEW, title="By Amélie", by=make.officer("Amélie"))

    assert turns(desk_of("Oksana")) == []
    assert turns(desk_of("Amélie")) == [("Review", "By Oksana")]
    assert turns(desk_of("Ada")) == [("Review", "By Oksana"), ("Review", "By Amélie")]


def test_a_review_does_not_wait_for_who_wrote_any_part_since_the_last_approval(desk_of):
    edition, amelie, ada = make.release(), make.officer("Amélie"), make.officer("Ada")
    service.save(edition, make.text(lead="By Amélie."), make.shared(), base=1, by=amelie)
    service.save(edition, make.text(lead="By Oksana."), make.shared(), base=2, by=make.officer())
    service.submit(edition, by=make.officer())
    assert turns(desk_of("Amélie")) == []

    service.approve(edition, by=ada)
    service.save(edition, make.text(lead="By Oksana again."), make.shared(), base=3, by=make.officer())
    service.submit(edition, by=make.officer())
    assert turns(desk_of("Amélie")) == [("Review", make.TITLES["en"])]


def test_what_is_offered_for_review_can_be_reviewed(desk_of, app, browse):
    edition = make.release(State.IN_REVIEW)
    link = desk_of("Amélie").one(".turn__act a")
    assert link["href"] == f"/desk/releases/{edition.item_id}/en/review"
    browse(link["href"], by=make.signed_in(app, "Amélie"))


def test_a_returned_text_waits_for_its_writers_until_it_is_sent_again(desk_of):
    edition, amelie = make.release(State.IN_REVIEW), make.officer("Amélie")
    service.send_back(edition, comment="The date.", by=amelie)
    assert turns(desk_of("Oksana")) == [("Open", make.TITLES["en"])]
    assert turns(desk_of("Amélie")) == turns(desk_of("Ada")) == []

    service.save(edition, make.text(lead="Mended."), make.shared(), base=1, by=make.officer())
    assert turns(desk_of("Oksana")) == [("Open", make.TITLES["en"])]
    service.submit(edition, by=make.officer())
    assert turns(desk_of("Oksana")) == []


def test_a_text_that_its_writer_took_back_is_not_a_returned_one(desk_of):
    edition = make.release(State.IN_REVIEW)
    service.take_back(edition, by=make.officer())
    assert turns(desk_of("Oksana")) == []


def test_an_approved_text_waits_for_editors_alone(desk_of):
    make.release(State.APPROVED)
    assert turns(desk_of("Oksana")) == []
    assert turns(desk_of("Amélie")) == turns(desk_of("Ada")) == [("Publish", make.TITLES["en"])]


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.SCHEDULED, State.EMBARGO, State.PUBLISHED, State.WITHDRAWN]
)
def test_nothing_else_waits_for_anybody(desk_of, frozen, state):
    make.release(state, at=frozen.at + timedelta(hours=1))
    for name in ("Oksana", "Amélie"):
        page = desk_of(name)
        assert turns(page) == []
        assert "Nothing is waiting for you" in page.words()


# Today


def test_today_is_the_offices_day_from_midnight_to_midnight(desk_of, frozen):
    day = timedelta(days=1)
    frozen.at = MIDNIGHT - timedelta(hours=2)
    for title, at in (
        ("The last of yesterday", MIDNIGHT - timedelta(minutes=1)),
        ("The first", MIDNIGHT),
        ("Half past", HALF_PAST),
        ("The last", MIDNIGHT + day - timedelta(minutes=1)),
        ("The first of tomorrow", MIDNIGHT + day),
    ):
        make.release(State.SCHEDULED, at=at, title=title)

    frozen.at = HALF_PAST
    page = desk_of("Oksana")
    assert rail(page) == [("00:00", "The first"), ("00:30", "Half past"), ("23:59", "The last")]
    assert [row.select_one("a").get_text() for row in page.all(".rail__row--over")] == [
        "The first",
        "Half past",
    ]
    assert page.one(".desk-head__when").get_text(strip=True).endswith("November 2025, 00:30")

    frozen.at = MIDNIGHT - timedelta(minutes=30)
    assert rail(desk_of("Oksana")) == [("23:59", "The last of yesterday")]


@pytest.mark.parametrize(
    ("noon", "hours"),
    [
        (datetime(2026, 3, 29, 10, tzinfo=UTC), 23),
        (datetime(2025, 10, 26, 11, tzinfo=UTC), 25),
        (datetime(2025, 11, 20, 11, tzinfo=UTC), 24),
    ],
)
def test_a_day_on_which_the_clocks_change_has_its_own_length(desk_of, frozen, noon, hours):
    frozen.at = noon - timedelta(days=1)
    began = datetime(noon.year, noon.month, noon.day, tzinfo=UTC) - timedelta(hours=1 if hours != 25 else 2)
    make.release(State.SCHEDULED, at=began, title="First")
    make.release(State.SCHEDULED, at=began + timedelta(hours=hours, minutes=-1), title="Last")
    make.release(State.SCHEDULED, at=began + timedelta(hours=hours), title="Tomorrow")
    frozen.at = noon
    assert rail(desk_of("Oksana")) == [("00:00", "First"), ("23:59", "Last")]


def test_the_languages_that_come_together_are_one_row_in_the_officers_own_language(desk_of, frozen):
    at = frozen.at + timedelta(hours=1)
    french = make.release(State.EMBARGO, at=at, language="fr", title="Ensemble")
    make.release(State.EMBARGO, at=at, item=french.item, title="Together")
    assert rail(desk_of("Oksana")) == [("13:00", "Together")]
    assert rail(desk_of("Amélie", "uk")) == [("13:00", "Ensemble")] or rail(desk_of("Amélie")) == [
        ("13:00", "Together")
    ]


def test_what_comes_after_today_is_told_apart_from_it(desk_of, frozen):
    make.release(State.SCHEDULED, at=frozen.at + timedelta(hours=1), title="Today")
    make.release(State.SCHEDULED, at=frozen.at + timedelta(hours=13), title="Tomorrow")
    page = desk_of("Oksana")
    assert rail(page) == [("13:00", "Today")]
    assert [link.get_text() for link in page.all(".rail__list--later a")] == ["Tomorrow"]


def test_a_day_without_news_says_so(desk_of):
    make.release()
    assert "Nothing is to be published today." in desk_of("Oksana").words(".rail")


# The page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dashboard_speaks_its_officers_language(desk_of, frozen, language):
    make.officer("Amélie", language=language)
    make.release(State.EMBARGO, at=frozen.at + timedelta(hours=1), title="Sous embargo", language="fr")
    make.release(State.IN_REVIEW)
    make.release(State.APPROVED, language="uk")
    service.send_back(
        make.release(State.IN_REVIEW, title="Returned"), comment="The date.", by=make.officer("Ada")
    )
    make.release(State.WITHDRAWN)
    page = desk_of("Amélie", language)
    assert page.soup.html["lang"] == language
    assert page.one("h1").get_text() == {"fr": "Tableau de bord", "en": "Dashboard", "uk": "Огляд"}[language]
    assert len(turns(page)) == 2
    assert page.one(".rail__link")["lang"] == "fr"


def test_the_last_actions_are_told_with_who_did_them(desk_of, frozen, run_jobs):
    make.release(State.SCHEDULED, at=frozen.at + timedelta(hours=1))
    frozen.at += timedelta(hours=1)
    run_jobs()
    told = [
        item.get_text(" ", strip=True) for item in desk_of("Oksana").all("[aria-labelledby=lately-title] li")
    ]
    assert "The newsroom" in told[0]
    assert [
        next(
            word
            for word in ("moment set", "sent for review", "begun", "published", "approved")
            if word in each
        )
        for each in told
    ] == ["published", "moment set", "approved", "sent for review", "begun"]


def test_hostile_titles_stay_text_at_the_desk(desk_of):
    make.release(State.IN_REVIEW, title="<script>alert(1)</script> ${7*7} \u202e")
    page = desk_of("Amélie")
    assert "<script>alert(1)</script> ${7*7}" in page.words(".turn")


def test_nobody_sees_the_desk_without_signing_in(client):
    answer = client.get("/desk/")
    assert (answer.status_code, answer.location) == (303, "/desk/sign-in?next=/desk/")
