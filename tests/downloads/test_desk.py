"""At the desk: who took what, which seconds are taken most, and telling exactly those who hold a fault."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app import clock
from app.acts import act
from app.audit.models import Entry
from app.database import db
from app.downloads import figures, queries, rules, service
from app.downloads.models import Download
from app.downloads.rules.intervals import Cut, Uncounted
from app.downloads.service import Wish
from app.library.models import Master, MasterState, MediaKind
from app.media_users.belongings import BELONGINGS
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.signing import log_in, post, sign_in


@pytest.fixture
def place(text):
    """Where the downloads of the text are looked at."""
    return f"/desk/releases/{text.item_id}/en/downloads"


@pytest.fixture
def max_(app, text):
    """Max' browser: the media desk."""
    return sign_in(app.test_client(), make.officer("Max"))


def take(app, run_jobs, text, name, begins, ends, email=""):
    """Let somebody ask for a part, and take it."""
    person = make.media_user(name, email)
    mine = service.request_part(Wish(text.id, begins, ends), by=person)
    run_jobs()
    service.open_part(mine.id, by=person)
    return person


@pytest.fixture
def taken(app, run_jobs, text):
    """Tom holds the first two seconds, Ines the middle, Yuri all of it."""
    take(app, run_jobs, text, "Tom", 0, 50)
    take(app, run_jobs, text, "Ines", 40, 100)
    from app import clock, downloads
    from app.downloads import sources

    assert downloads
    yuri = make.media_user("Yuri", organisation="Zoria", language="uk")
    described = sources.find(text.id, account_id=None, at=clock.now())
    service.note_whole(described, "original", master_id=described.master_id, by=yuri)


def names(text, film, begins=None, ends=None):
    """Return who holds a frame of that interval."""
    spans = queries.spans(text.item_id, master_id=film.id, cut=Cut(begins, ends))
    found = queries.holders(text.item_id, spans)
    return [each.name for each in found]


def test_exactly_those_who_hold_a_frame_are_found(taken, text, film):
    assert names(text, film, 0, 40) == ["Tom", "Yuri"]
    assert names(text, film, 40, 50) == ["Tom", "Ines", "Yuri"]
    assert names(text, film, 50, 60) == ["Ines", "Yuri"]
    assert names(text, film, 100, 150) == ["Yuri"]
    assert names(text, film) == ["Tom", "Ines", "Yuri"]
    assert queries.holders(text.item_id + 1) == []


@act
def earlier_film(text, holds, told):
    """Keep a film that the text showed before, and who took which frames of it (None: all)."""
    film = Master(
        kind=MediaKind.VIDEO, sha256="e" * 64, size_bytes=1, extension="mov", state=MasterState.READY,
        added_at=clock.now(),
    )  # fmt: skip
    db.session.add(film)
    db.session.flush()
    if told:
        service.keep_index(film.id, told)
    for name, frames in holds.items():
        begins, ends = frames or (None, None)
        db.session.add(
            Download(
                at=clock.now(), account_id=make.media_user(name).id, item_id=text.item_id, edition_id=text.id,
                revision_id=text.public_revision_id, master_id=film.id, rendition="part master", in_frame=begins,
                out_frame=ends,
            )
        )  # fmt: skip
    return film


def test_whoever_holds_the_same_seconds_of_an_earlier_film_is_found_too(
    browse, max_, taken, text, film, place
):
    told = queries.index(film.id).to_json() | {"rate": [50, 1, False], "frames": 300, "start": 0}
    holds = {"Lena": (0, 50), "Omar": (50, 80), "Vera": None}
    before = earlier_film(text, holds, told)
    cut = Cut(0, 25)  # the first second
    assert queries.spans(text.item_id, master_id=film.id, cut=cut) == {film.id: cut, before.id: Cut(0, 50)}
    assert names(text, film, 0, 25) == ["Tom", "Yuri", "Lena", "Vera"]
    assert names(text, film, 24, 26) == ["Tom", "Yuri", "Lena", "Omar", "Vera"]
    page = browse(f"{place}?in=1.2&out=2.2", by=max_)  # by the film that was taken last, the earlier one
    assert [each.get_text() for each in page.all("tbody tr th[scope=row] a")] == [
        "Vera",
        "Omar",
        "Yuri",
        "Ines",
        "Tom",
    ]
    assert "00:00:01:00 – 00:00:01:30" in page.words()  # each frame in its own film's timecode
    assert "10:00:01:15 – 10:00:04:00" in page.words()
    assert page.one("a[download]")["href"].endswith("?in=1.2&out=2.2")


def test_times_are_refused_in_words_while_nobody_knows_how_a_film_is_counted(
    browse, max_, taken, text, film, place
):
    earlier_film(text, {"Lena": (0, 50)}, None)
    for query in ("in=0:00&out=0:01", f"in=0:00&out=0:01&master={film.id}"):
        page = browse(f"{place}?{query}", by=max_)
        assert "The timecode of a file that was taken is not known" in page.words("#in-error")
        assert max_.get(f"{place}.csv?{query}").location.endswith(f"?{query}")
    with pytest.raises(Uncounted):
        service.tell_holders(text, {"en": "x"}, master_id=film.id, cut=Cut(0, 25), by=make.officer("Max"))
    wrong = Page(post(max_, f"{place}/tell?in=0:00&out=0:01", {"words_en": "A word."}, page=place))
    hold_to_the_house(wrong)
    assert (wrong.status, wrong.words("#words_en")) == (422, "A word.")
    assert names(text, film) == ["Tom", "Ines", "Yuri", "Lena"]


def test_a_film_of_which_only_the_whole_was_taken_need_not_be_counted(taken, text, film):
    earlier_film(text, {"Lena": None}, None)
    assert names(text, film, 100, 150) == ["Yuri", "Lena"]


def test_they_are_told_once_each_in_their_language(taken, text, film, run_jobs, outbox):
    words = {"en": "The sound is not in time.", "uk": "Звук не синхронний.", "fr": ""}
    notice = service.tell_holders(text, words, master_id=film.id, cut=Cut(40, 60), by=make.officer("Max"))
    run_jobs()
    mails = {mail.to: mail for mail in outbox()}
    assert set(mails) == {"tom@globe.test", "ines@globe.test", "yuri@globe.test"}
    assert "The sound is not in time." in mails["tom@globe.test"].text
    assert "10:00:01:15" in mails["tom@globe.test"].text
    assert "Звук не синхронний." in mails["yuri@globe.test"].text
    from app.acts import act
    from app.jobs.ledger import announce

    act(lambda: announce("interval.told", notice=notice.id))()
    run_jobs()
    assert len(outbox()) == 3
    entry = db.session.scalars(select(Entry).where(Entry.verb == "told holders")).one()
    assert entry.details == {"count": 3}


def test_nobody_is_told_nothing_and_nothing_is_told_to_nobody(taken, text, film):
    with pytest.raises(rules.Refusal) as told:
        service.tell_holders(text, {"fr": "x"}, master_id=film.id, cut=Cut(), by=make.officer("Max"))
    assert told.value.field == "words_en"
    with pytest.raises(rules.Refusal) as told:
        service.tell_holders(text, {"en": "x" * 1001}, master_id=film.id, cut=Cut(), by=make.officer("Max"))
    assert "1000" in str(told.value)


def test_frames_that_nobody_holds_are_told_to_nobody(app, run_jobs, text, film):
    take(app, run_jobs, text, "Tom", 0, 50)
    with pytest.raises(rules.NobodyHolds):
        service.tell_holders(text, {"en": "x"}, master_id=film.id, cut=Cut(75, 100), by=make.officer("Max"))


def test_the_page_lists_who_took_what_and_the_most_taken_seconds(browse, max_, taken, place):
    page = browse(place, by=max_)
    assert [each.get_text() for each in page.all("tbody tr th[scope=row] a")] == ["Yuri", "Ines", "Tom"]
    assert "10:00:01:15 – 10:00:04:00" in page.words()
    assert "Zoria" in page.words(".taken-figures")
    assert len(page.all(".taken-plot__bar")) == 4  # the seconds of which a part was taken
    assert "3 people hold a frame" in page.words()
    assert "taken 3 times" in browse(place.removesuffix("downloads"), by=max_).words()


def test_the_page_is_narrowed_to_frames(browse, max_, taken, place):
    page = browse(f"{place}?in=0:00&out=0:01", by=max_)
    assert [each.get_text() for each in page.all("tbody tr th[scope=row] a")] == ["Yuri", "Tom"]
    assert "is not a time" in browse(f"{place}?in=now", by=max_).words("#in-error")


@pytest.mark.parametrize("query", ["master=99", "master=abc", "in=%00", "in=9&out=8", "out=" + "9" * 999])
def test_whatever_stands_in_the_address_the_page_answers(browse, max_, taken, place, query):
    browse(f"{place}?{query}", by=max_)


def test_a_text_of_which_nothing_was_taken_says_so(browse, max_, text, place):
    assert "Nobody has taken any of this yet." in browse(place, by=max_).words()
    answer = post(max_, f"{place}/tell", {"words_en": "x"}, page="/desk/settings")
    assert answer.status_code == 422


def test_telling_by_the_page(browse, max_, taken, place, run_jobs, outbox):
    wrong = post(max_, f"{place}/tell?in=0:00&out=0:01", {"words_en": "", "words_fr": "Un mot"}, page=place)
    shown = Page(wrong)
    hold_to_the_house(shown)
    assert wrong.status_code == 422
    assert shown.words("#words_fr") == "Un mot"
    right = post(max_, f"{place}/tell?in=0:00&out=0:01", {"words_en": "A word."}, page=place)
    assert right.status_code == 303
    assert "2 people are told" in browse(right.location, by=max_).words(".banner")
    run_jobs()
    assert len(outbox()) == 2


def test_the_table_for_other_programs_has_no_formula_in_it(app, max_, run_jobs, text, place):
    take(app, run_jobs, text, "=cmd|' /C calc'!A0", 0, 50, "somebody@globe.test")
    lines = max_.get(f"{place}.csv").text.splitlines()
    assert lines[0] == "at,name,organisation,what,in,out,version,conditions"
    assert lines[1].split(",")[1].startswith("'=cmd")
    assert "10:00:00:00,10:00:02:00" in lines[1]


@pytest.mark.parametrize("name", ["Oksana", "Petro", "Nora", "Rosa"])
def test_who_may_not_look_is_turned_away(app, taken, place, name):
    person = sign_in(app.test_client(), make.officer(name))
    assert person.get(place).status_code == 403
    assert person.get(f"{place}.csv").status_code == 403


def test_media_users_do_not_see_the_desk(app, text, place, tom):
    assert log_in(app.test_client(), tom).get(place).status_code in (303, 403)


def test_the_log_stays_without_the_person(app, taken, text, tom):
    from app.acts import act

    mine = {each.name: each for each in BELONGINGS}
    assert mine["downloads"].tell(tom.id)[0]["what"] == "part master"
    assert mine["part_requests"].tell(tom.id)[0]["in"] == 0
    act(lambda: (mine["downloads"].forget(tom.id), mine["part_requests"].forget(tom.id)))()
    kept = db.session.scalars(select(Download).order_by(Download.id)).first()
    assert (kept.account_id, kept.organisation, kept.in_frame) == (None, "Daily Globe", 0)
    assert mine["part_requests"].tell(tom.id) == []


def test_a_plot_counts_each_stretch_once_for_each_part(film):
    plot = figures.plot(queries.index(film.id), [(0, 25, 2), (24, 26, 1), (149, 150, 5)])
    assert [bar.times for bar in plot.bars] == [3, 1, 0, 0, 0, 5]
    assert [(bar.begins, bar.ends) for bar in plot.top] == [(125, 150), (0, 25), (25, 50)]
    assert figures.plot(queries.index(film.id), []).most == 0
